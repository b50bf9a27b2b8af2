"""Lines that nobody can read, set aside because the group asks for it: each is told, with what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from copy import deepcopy
from fractions import Fraction
from functools import partial

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Given, Row
from kpa_model.files.book.where import Place
from kpa_model.files.importing.past import KeptBook
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from kpa_model.words import euros, hours

Spot = tuple[str, str, int]
"""The file, the sheet and the number of a line."""
Cells = Mapping[Spot, Set[int]]
"""The columns of the cells of each line that refuse it; −1 is the whole line."""
_ROUNDS = 4
"""A payment of an invoice that is set aside is set aside too: so many times at most."""


def proposed(
    files: Iterable[GivenFile],
    name: str,
    recipe: Recipe,
    findings: Findings,
    held: KeptBook | None = None,
    aside: bool = False,
) -> tuple[ImportProposal, ImportProposal | None]:
    """Return what files give, and what they would without the lines that refuse them, if nothing else does.

    `aside` says that the group asks for the second one.
    """
    given, before = list(files), deepcopy(findings)
    whole = propose(given, name, recipe, findings, held)
    rest = spared(given, name, recipe, before, held) if whole.refusal else None
    return (rest if rest and aside else whole), rest


def spared(
    files: Iterable[GivenFile], name: str, recipe: Recipe | None, findings: Findings, held: KeptBook | None = None
) -> ImportProposal | None:
    """Return what files give without the lines that refuse them, questions perhaps; None when that refuses them too.

    `findings` are those of before the files were read: they stay as they are.
    """
    given, without = list(files), dict[Spot, Set[int]]()
    for _ in range(_ROUNDS):
        mine = deepcopy(findings)
        proposal = propose(given, name, recipe, mine, held, partial(_leave, without=without))
        if proposal.refusal is None:
            return proposal if without else None
        more: dict[Spot, Set[int]] = {**without}
        for place in (place for place, _, _ in mine.problems if place.line):
            more[_spot(place)] = more.get(_spot(place), frozenset()) | {place.column}
        if more == without:
            return None
        without = more
    return None


def _leave(tables: Given, findings: Findings, without: Cells) -> None:
    """Take lines out of the tables, an invoice whole; what refused them becomes what is not read.

    Of a line that gives several facts, those that need the cell leave: one day of somebody, her hours of a sale.
    """
    rows = [row for group in tables.values() for row in group]
    refused = _refused(rows, without)
    staying = {_spot(row.place()) for row in rows if id(row) not in refused}
    first: dict[tuple[str, str], int] = {}  # titles, above, are no line to set aside
    for row in rows:
        first[_spot(row.place())[:2]] = min(first.get(_spot(row.place())[:2], row.line), row.line)
    told: dict[Spot, dict[str, Place]] = {}
    for place, what, _ in findings.problems:
        if _spot(place) in without and place.line >= first.get(_spot(place)[:2], place.line + 1):
            told.setdefault(_spot(place), {}).setdefault(what, place)
    bills = {_bill(row) for row in tables.get("factures", ()) if id(row) in refused} - {("", "")}
    for table, group in tables.items():
        gone = refused | {id(row) for row in group if table == "factures" and _bill(row) in bills}
        tables[table] = [row for row in group if id(row) not in gone]
        for row in (row for row in group if id(row) in gone):
            spot, own = _spot(row.place()), _columns(row)
            why = {what: at for what, at in told.get(spot, {}).items() if spot not in staying or at.column in own}
            findings.left_out(next(iter(why.values()), row.place()), " ".join((*why, _weight(row, spot in staying))))
    seen = {_spot(place) for place, _ in findings.unread}
    for place, what, _ in findings.problems:
        if _spot(place) in told and _spot(place) not in seen:
            findings.left_out(place, f"{what} Cette ligne est mise de côté.")
    findings.problems[:] = [each for each in findings.problems if _spot(each[0]) not in told]


def _refused(rows: Iterable[Row], without: Cells) -> set[int]:
    """Return the identities of the rows that need a cell that refuses; all those of a line when none has that cell."""
    lines: dict[Spot, list[Row]] = {}
    for row in rows:
        lines.setdefault(_spot(row.place()), []).append(row)
    found: set[int] = set()
    for spot, cells in without.items():
        own = [(row, _columns(row)) for row in lines.get(spot, ())]
        every = not cells <= set[int]().union(*(columns for _, columns in own))
        found |= {id(row) for row, columns in own if every or cells & columns}
    return found


def _spot(place: Place) -> Spot:
    return place.file, place.sheet, int(place.line)


def _bill(row: Row) -> tuple[str, str]:
    return (row.grid.file, row.get("facture")) if row.get("facture") else ("", "")


def _columns(row: Row) -> set[int]:
    """Return the columns of the file that a row comes from."""
    return {row.place(name).column for name in row.columns} - {-1}


def _weight(row: Row, part: bool) -> str:
    """Return what a line, or a part of it, would change: its name, hours, euros, as far as they can be read."""
    said = [str(row.get(name)) for name in ("facture", "personne", "libelle", "commande") if row.get(name)][:2]
    money = [(row.get("montant_ht"), " HT"), (row.get("montant_ttc"), " TTC")]
    said += [f"{euros(cents)}{tax}" for cents, tax in money if isinstance(cents, int)][:1]
    said += [hours(int(minutes))] if isinstance(minutes := row.get("duree"), int | Fraction) else []
    left = "Case mise de côté" if part else "Ligne mise de côté"
    return f"{left} : {', '.join(said)}." if said else f"{left}."
