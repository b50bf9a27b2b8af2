"""What the assistant proposes: tables as it understands them, a few questions, and the whole book when it can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kpa_model.errors import UnreadableFile
from kpa_model.files.book.book_reader import Reading, cooperative_values, finished, typed
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings, Place
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.recognise import recognised_grids
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Row
from kpa_model.files.book.writing import text_of
from kpa_model.files.importing.completing import completed, paying
from kpa_model.files.importing.recipe import Recipe, Source

MOST_QUESTIONS = 3
_SHOWN = 3
_STAKE = {"duree": 4, "montant_ht": 5, "taux_tva": 5, "argent": 5, "table": 6, "personne": 4, "genre": 3}


@dataclass(frozen=True)
class Question:
    """One thing to ask about one source: where it shows, what can be answered."""

    source: Source | None
    place: Place
    doubt: Doubt

    @property
    def key(self) -> str:
        """Return what tells this question from the others."""
        if self.source is None:
            return self.doubt.topic
        return f"{' '.join(sorted(self.source.titles)) or self.source.name}|{self.doubt.topic}"


@dataclass(frozen=True)
class Understood:
    """One table as the assistant understands it: where it was, what it is, its first lines."""

    place: str
    table: str
    count: int
    titles: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Proposal:
    """What some files give: the questions first; then the whole book, or what refuses it."""

    recipe: Recipe
    questions: tuple[Question, ...] = ()
    understood: tuple[Understood, ...] = ()
    reading: Reading | None = None
    refusal: UnreadableFile | None = None
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    def answer(self, question: Question, said: str) -> Recipe:
        """Return the recipe that remembers an answer."""
        if question.source is None:
            return replace(self.recipe, answers={**self.recipe.answers, question.doubt.topic: said})
        return self.recipe.with_answer(question.source, question.doubt.topic, said)


def propose(
    files: Iterable[GivenFile], name: str, recipe: Recipe | None = None, findings: Findings | None = None
) -> Proposal:
    """Return what files give, with the answers already known. Nothing is kept, nothing is guessed.

    Args:
        files: what the group gave; a book it already has may be among them.
        name: what the book is called when no file says it.
        recipe: the answers already made.
        findings: what reading the files already found.
    """
    recipe, findings = recipe or Recipe(), findings or Findings()
    findings.asking = True
    sources: dict[tuple[str, str], Source] = {}

    def answering(grid: Grid) -> Grid:
        sources[grid.file, grid.sheet] = recipe.source_of(grid)
        return recipe.answered(grid)

    grids = recognised_grids(files, dictionaries(), findings, answering)
    values = cooperative_values(grids.pop("cooperative", []), name, findings)
    tables = typed(grids, findings)
    understood = tuple(_shown(table, rows) for table, rows in tables.items() if rows)
    paying(tables, findings)
    completed(tables, recipe.answers, name, findings)
    questions = _questions(findings, sources)
    own = recipe.seen(source for source in sources.values() if source.titles)
    given = {table: [dict(row.values) for row in rows] for table, rows in tables.items()}
    reading, refusal = None, None
    if not questions:
        _say_missing(tables, name, findings)
        try:
            reading = finished(values, tables, name, findings)
        except UnreadableFile as error:
            refusal = error
        given = {table: [dict(row.values) for row in rows] for table, rows in tables.items()}
    return Proposal(own, questions, understood, reading, refusal, findings.told(), findings.told_unread(), given)


def _questions(findings: Findings, sources: Mapping[tuple[str, str], Source]) -> tuple[Question, ...]:
    """Return the questions left, those that weigh most first; three for each source, one for each topic."""
    found: dict[str, Question] = {}
    for place, doubt in findings.doubts:
        made = Question(sources.get((place.file, place.sheet)), place, doubt)
        found.setdefault(made.key, made)
    ranked = sorted(found.values(), key=lambda each: -_STAKE.get(each.doubt.topic.split(".")[0], 1))
    kept: list[Question] = []
    for each in ranked:
        if sum(other.source == each.source for other in kept) < MOST_QUESTIONS:
            kept.append(each)
    return tuple(kept)


def _say_missing(tables: Mapping[str, Sequence[Row]], name: str, findings: Findings) -> None:
    for each in dictionaries().values():
        if each.required and not tables.get(each.table):
            todo = "Ajoutez-y le fichier qui les contient."
            findings.problem(Place(name), f"rien ne contient {each.label[:1].lower()}{each.label[1:]}.", todo)


def _shown(table: str, rows: Sequence[Row]) -> Understood:
    """Return the first lines of a table, as the book writes them."""
    columns = [each for each in dictionaries()[table].columns if any(each.name in row.values for row in rows)]
    lines = tuple(tuple(_cell(row.values.get(each.name), each) for each in columns) for row in rows[:_SHOWN])
    places = dict.fromkeys(
        f"{row.grid.file}{f', feuille « {row.grid.sheet} »' if row.grid.sheet else ''}" for row in rows
    )
    return Understood(" + ".join(places), table, len(rows), tuple(each.label for each in columns), lines)


def _cell(value: Any, column: Any) -> str:
    return text_of(round(value) if column.kind == "duree" and value is not None else value, column)
