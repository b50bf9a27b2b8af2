"""What the assistant proposes: tables as it understands them, a few questions, and the whole book when it can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import Reading, cooperative_values, finished, typed
from kpa_model.files.book.cells import same
from kpa_model.files.book.copies import each_once
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.periods import settle_minutes
from kpa_model.files.book.reading.recognise import recognised_grids
from kpa_model.files.book.reading.sales.as_days import with_numbers
from kpa_model.files.book.reading.spread.recaps import check_sums
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Given, Held, Row, Values
from kpa_model.files.book.writing import table_values
from kpa_model.files.importing.asking import FileQuestion, Understood, first_lines, questions_of, with_answer
from kpa_model.files.importing.completing import completed, of_another_group, say_missing
from kpa_model.files.importing.merging import (
    Merged,
    content,
    merged,
    plain,
    say_left_at_edges,
    say_missing_invoices,
    with_derived,
    withdrawn,
)
from kpa_model.files.importing.newcomers import numbered, with_known_statuses
from kpa_model.files.importing.paid import paid
from kpa_model.files.importing.past import KeptBook, but, spoken_of, with_left
from kpa_model.files.importing.payments.offsets import credited
from kpa_model.files.importing.payments.once import apart_by_year, paid_once
from kpa_model.files.importing.payments.paying import paying
from kpa_model.files.importing.payments.sent_back import days_remarked
from kpa_model.files.importing.payments.takings import takings_beside
from kpa_model.files.importing.payments.till import paid_at_till
from kpa_model.files.importing.people.asked_again import asked_again
from kpa_model.files.importing.people.short_names import whole_names
from kpa_model.files.importing.people.worked_before import say_idle, work_left, worked_before
from kpa_model.files.importing.recapped import without_recaps
from kpa_model.files.importing.receipts import sold_as_received
from kpa_model.files.importing.received import bought_once, told_again, told_once
from kpa_model.files.importing.recipe import Recipe, Source
from kpa_model.files.importing.since import Known, unsaid


@dataclass(frozen=True)
class ImportProposal:
    """What some files give: the questions first; then the whole book, or what refuses it."""

    recipe: Recipe
    questions: tuple[FileQuestion, ...] = ()
    understood: tuple[Understood, ...] = ()
    reading: Reading | None = None
    refusal: UnreadableFile | None = None
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    heeded: tuple[str, ...] = ()
    merged: Merged = field(default_factory=Merged)
    came: Mapping[tuple[str, Any], str] = field(default_factory=dict)
    """Which source each given line comes from, by table and content."""

    def source_of(self, table: str, values: Values) -> str:
        """Return the source that gave a line; an empty text for what the assistant added."""
        return self.came.get((table, _bare_content(content(values))), "")

    def answer(self, question: FileQuestion, said: str) -> Recipe:
        """Return the recipe that remembers an answer."""
        return with_answer(self.recipe, question, said)


def propose(
    files: Iterable[GivenFile],
    name: str,
    recipe: Recipe | None = None,
    findings: Findings | None = None,
    held: KeptBook | None = None,
    leave: Callable[[Given, Findings], None] | None = None,
) -> ImportProposal:
    """Return what files give, with the answers already known. Nothing is kept, nothing is guessed.

    Args:
        files: what the group gave.
        name: what the book is called when no file says it.
        recipe: the answers already made.
        findings: what reading the files already found.
        held: the book they are added to, if any.
        leave: what takes lines out of the tables, when the group asks for it.
    """
    recipe, findings, held = recipe or Recipe(), findings or Findings(), held or KeptBook()
    findings.asking = True
    seen: dict[tuple[str, str], Grid] = {}

    def answering(grid: Grid) -> Grid:
        seen[grid.file, grid.sheet] = grid
        return recipe.answered(grid)

    grids = recognised_grids(each_once(files, findings), dictionaries(), findings, answering, held.context)
    sources = {key: recipe.source_of(grid) for key, grid in seen.items()}
    if refusal := findings.refused({file for file, _ in sources}):  # before any question: no answer would help
        return ImportProposal(recipe, refusal=refusal, **_told(findings))
    said = cooperative_values(grids.pop("cooperative", []), name, findings) if "cooperative" in grids else {}
    tables = typed(with_known_statuses(grids, findings), findings)
    if leave is not None:
        leave(tables, findings)
    _hours_that_count(tables, seen.values(), findings)
    held, gone = _paid(tables, held, sources, recipe.anew, findings)
    if held.own_orders or tables.get("commandes"):
        numbered(tables, held.tables.get("commandes", ()), findings)
    shown = [table for table, rows in tables.items() if rows]
    if refusal := of_another_group(recipe.answers, name):
        return ImportProposal(recipe, refusal=refusal)
    if not whole_names(tables, held.tables, recipe.answers, name, findings):
        worked_before(tables, held.tables, held.given_by(each.key for each in sources.values()), findings)
        held, gone = _completed(tables, held, gone, recipe, name, findings)
    understood = tuple(first_lines(table, tables[table]) for table in shown)  # each hour under its order
    own = recipe.seen(source for source in sources.values() if source.titles)
    start = ImportProposal(own, questions_of(findings, sources, recipe), understood, **_told(findings))
    if start.questions:
        return replace(start, refusal=findings.certain({file for file, _ in sources}, {"genre"}))
    return _whole(start, {**held.cooperative, **said}, tables, name, findings, held, sources, gone)


def _hours_that_count(tables: Given, grids: Iterable[Grid], findings: Findings) -> None:
    """Ask about the hours of sales left out; check those read with the sheets that only sum them up, no facts."""
    work_left(tables, findings)
    check_sums(tables.get("heures", ()), findings)
    without_recaps(tables, grids, findings)


def _paid(
    tables: Given, held: KeptBook, sources: Mapping[tuple[str, str], Source], anew: bool,
    findings: Findings,
) -> tuple[KeptBook, Held]:  # fmt: skip
    """Lead payments to their invoices, add those that lists tell; return what stays of the book, and what leaves it."""
    days_remarked(tables, findings)
    with_numbers(tables, held.tables, findings)
    apart_by_year(tables, held.tables, findings)
    told_once(tables, held.tables, findings)
    paid_at_till(tables, held.tables, findings)
    takings_beside(tables, held.tables, findings)
    gone = withdrawn(tables, held.tables, findings)
    held = held.without(gone)
    credited(tables, findings)
    sold_as_received(tables, held.tables, findings)
    given = replace(held, by_source=spoken_of(held.by_source, with_left(tables, findings), sources)).given_by(
        {each.key for each in sources.values()}
    )
    spent = [plain("achats", each) for each in held.tables.get("achats", ())]
    bought_once(tables, but(spent, given.get("achats", ())), findings)
    before = given.get("encaissements", ())
    asked = [{"facture": number} for number in paying(tables, held.tables, before, findings)]
    known = Known({same(str(each.get("facture", ""))) for each in held.tables.get("factures", ())}, before)
    others = but(held.tables.get("encaissements", ()), before)
    paid_once(tables, {**held.tables, "encaissements": others}, findings)
    paid(tables, [*others, *asked], findings, known.forgotten(tables.get("factures", ())) if anew else known)
    again = [*told_again(tables, held.tables, findings), *(unsaid(tables, held.tables, known) if anew else ())]
    return held.without({"encaissements": again}), {**gone, "encaissements": [*gone["encaissements"], *again]}


def _completed(
    tables: Given, held: KeptBook, gone: Held, recipe: Recipe, name: str, findings: Findings
) -> tuple[KeptBook, Held]:
    """Add what the tables imply, ask who has a CAPE; return what stays of the book, and what leaves it."""
    completed(tables, held.tables, recipe.answers, name, findings, held.own_orders)
    left = {"personnes": asked_again(tables, held.tables, held.given_by([""]), recipe, name, findings)}
    return held.without(left), {**gone, **left}


def _whole(
    start: ImportProposal,
    said: Mapping[str, Any],
    tables: Given,
    name: str,
    findings: Findings,
    held: KeptBook,
    sources: Mapping[tuple[str, str], Source],
    gone: Held,
) -> ImportProposal:
    """Return the proposal with the whole book, what it changes, and where each line comes from."""
    rounded = settle_minutes(tables.get("heures", ()), findings)
    given = {table: [plain(table, row.values) for row in rows] for table, rows in tables.items()}
    origins = {
        (table, content(plain(table, row.values))): (row, sources.get(row.source))
        for table, rows in tables.items()
        for row in rows
    }
    spoken = with_left(tables, findings)
    before = held.spoken_of(spoken, sources)
    say_missing_invoices(before, given, name, findings)
    say_left_at_edges(held.given_by({each.key for each in sources.values()}), held.tables, spoken, name, findings)
    said = {table: [row.values for row in rows] for table, rows in spoken.items()}
    whole = merged(held.tables, given, before, said)
    whole.changes["heures"] = replace(whole.changes["heures"], rounded=rounded)
    whole.changes["commandes"] = with_derived(whole.changes["commandes"], held.tables, given)
    for table, left in gone.items():
        change = whole.changes[table]
        whole.changes[table] = replace(change, removed=(*change.removed, *left))
    lines = {table: [_row_of(table, each, origins) for each in rows] for table, rows in whole.tables.items() if rows}
    say_missing(lines, tables.keys(), name, findings)
    try:
        reading, refusal = finished(said, lines, name, findings), None
        whole = _as_kept(whole, reading.book)
        say_idle(reading.book, given, name, findings)
    except UnreadableFile as error:
        reading, refusal = None, UnreadableFile(*error.problems)  # its notes are told with the proposal
    came = {(table, _bare_content(key)): source.key for (table, key), (_, source) in origins.items() if source}
    return replace(start, reading=reading, refusal=refusal, merged=whole, came=came, **_told(findings))


def _told(findings: Findings) -> dict[str, Any]:
    return {"notes": findings.told(), "unread": findings.told_unread(), "heeded": findings.told_heeded()}


def _bare_content(key: Any) -> Any:
    """Return the content of a line without what the book adds to it when it keeps it."""
    return tuple(each for each in key if each[0] not in ("echeance", "points", "besoin"))


def _as_kept(whole: Merged, book: OrderBook) -> Merged:
    """Return what an import changes, as the book will write it: dates due and defaults included."""
    kept = table_values(book)
    changes = {}
    for table, change in whole.changes.items():
        if table == "personnes":
            changes[table] = change
            continue
        written = {
            content(values): plain(table, mine) for values, mine in zip(whole.tables[table], kept[table], strict=True)
        }
        changes[table] = replace(change, added=tuple(written.get(content(each), each) for each in change.added))
    return replace(whole, changes=changes)


def _row_of(table: str, values: Values, origins: Mapping[Any, tuple[Row, Source | None]]) -> Row:
    """Return a line of the whole book at its place in what is given; without one when the book held it."""
    row, _ = origins.get((table, content(values)), (None, None))
    return replace(row, values=dict(values)) if row else Row(Grid("", table, ()), 0, {}, (), dict(values))
