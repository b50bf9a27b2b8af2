"""A recipe: what the group answered about its files, so that the next ones go in without a question. French YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kpa_model.declare.entry import entries, entry, part
from kpa_model.declare.part import Text, TextByName, Texts
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import UnreadableFile
from kpa_model.files.book.cells import as_text, bare, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.blocks import rank_of_titles
from kpa_model.files.book.reading.columns.times import HERE
from kpa_model.files.book.reading.context import named_as, table_topic, timeless
from kpa_model.files.book.reading.sales.suppliers import of_suppliers
from kpa_model.files.book.reading.sales.taxes import SEVERAL
from kpa_model.places import data
from kpa_model.words import month_names

_CLOSE = 0.75
"""Part of the titles that two files of one source share."""
RECIPE = "recette.yaml"
_PASSING = {"annee", "mois", "depuis", "autre", "a_venir"}
"""Topics whose answer is that of one file, and would be wrong for the next one in silence."""


class _Titles(Texts):
    """Titles of columns, in their bare form."""

    blank = frozenset[str]()

    def read(self, value: Any) -> frozenset[str]:  # type: ignore[override]
        return frozenset(map(bare, super().read(value)))

    def write(self, inner: Iterable[str]) -> list[str]:
        return sorted(inner)


def _answers() -> Any:
    return part(TextByName("reponses"), default_factory=dict)


@entry
class Source:
    """One kind of file: how to know it, which table it holds, and what was answered about it."""

    name: str = part(Text("source"), default="")
    titles: frozenset[str] = part(_Titles("titres"), default=frozenset())
    answers: Mapping[str, str] = _answers()
    holds: str = part(Text("table"), default="", always=False)
    """`achats` when it lists what was bought: sales may have the same titles, and other answers."""
    whole: bool = False
    """Tell whether all its titles must be there, and others may be: the ready sources of known programs."""

    @property
    def key(self) -> str:
        """Return what makes two files one source: the same titles, else the same name; sales and purchases are two."""
        return f"{' '.join(sorted(self.titles)) or self.name} {self.holds}".strip()


@entry
class Recipe:
    """Every source a group has given, and what was answered about the book as a whole."""

    sources: tuple[Source, ...] = entries(
        Source, "sources", "source", default=(), most=1000, begins="source: …", called="source"
    )
    answers: Mapping[str, str] = _answers()
    anew: bool = False
    """Tell whether the group asked for every question again: what the book holds of its answers is asked too."""

    def source_of(self, grid: Grid) -> Source:
        """Return the source that a grid comes from, the group's own first; a new one when none fits."""
        name, titles, own = _name(grid), titles_of(grid), table_topic(grid)
        alike = [each for each in self.sources if _alike(each, titles, name)]
        alike.sort(key=lambda each: -_shared(each.titles, titles))  # its own answers, not those of a copy of it
        said = {topic: it for each in alike for topic, it in each.answers.items() if topic.split("@")[0] == own}
        bought = of_suppliers(grid) or named_as(grid, dictionaries()) == "achats" or "achats" in said.values()
        holds = "achats" if bought else ""
        known = [each for each in alike if each.holds == holds]
        known += [each for each in ready_sources() if each.titles and each.titles <= titles]
        if known and not known[0].whole:
            return replace(known[0], answers={**known[0].answers, **said})
        return Source(name, titles, {**(known[0].answers if known else {}), **said}, holds)

    def answered(self, grid: Grid) -> Grid:
        """Return a grid with the answers already made about its source; what was bought is never told to be sold."""
        answers, own = {**grid.answers, **self.source_of(grid).answers}, table_topic(grid)
        answers |= {f"table{topic[len(own) :]}": said for topic, said in answers.items() if topic.split("@")[0] == own}
        if answers.get("table") == "factures" and (of_suppliers(grid) or named_as(grid, dictionaries()) == "achats"):
            del answers["table"]
        return replace(grid, answers={topic: said for topic, said in answers.items() if said != SEVERAL})

    def with_answer(self, source: Source, topic: str, said: str) -> Recipe:
        """Return the recipe that remembers one more answer about a source."""
        known = next((each for each in self.sources if each.key == source.key), source)
        mine = replace(known, answers={**known.answers, topic: said})
        return replace(self, sources=(*(each for each in self.sources if each.key != source.key), mine))

    @property
    def told(self) -> bool:
        """Tell whether anything was answered."""
        return bool(self.answers) or any(each.answers for each in self.sources)

    @property
    def lasting(self) -> Recipe:
        """Return what holds for the next files too: a year was that of these files alone."""
        sources = tuple(replace(each, answers=_but_passing(each.answers)) for each in self.sources)
        return replace(self, sources=sources, answers=_but_passing(self.answers))

    def seen(self, sources: Iterable[Source]) -> Recipe:
        """Return the recipe that also knows these sources."""
        known = {each.key: each for each in (*sources, *self.sources)}  # what was answered before stays
        return replace(self, sources=tuple(known.values()))


def _but_passing(answers: Mapping[str, str]) -> dict[str, str]:
    kept = (topic for topic in answers if topic.split(".")[0] not in _PASSING and not topic.endswith(HERE))
    return {topic: answers[topic] for topic in kept}


_KIND = FileKind("une recette", "« sources: »", UnreadableFile, "la recette d'avant")
_FILE = YamlFile(_KIND, Recipe, "Recette")


def _alike(source: Source, titles: frozenset[str], name: str) -> bool:
    if not source.titles or not titles:
        return source.name == name and source.titles == titles
    return _shared(source.titles, titles) >= _CLOSE


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the part of their titles that two files share."""
    return len(one & other) / max(1, len(one | other))


def _name(grid: Grid) -> str:
    """Return the name of a source: that of the file, and of the sheet, without dates nor months."""
    said = re.sub(r"\.\w+$", "", grid.file) + (f" {grid.sheet}" if grid.sheet else "")
    words = [word for word in re.split(r"[\W\d_]+", same(said)) if len(word) > 1 and word not in _PASSING_WORDS]
    return " ".join(words) or "tableau"


_ABBREVIATED = ("janv", "fev", "fevr", "avr", "juil", "sept", "oct", "nov", "dec")
_PASSING_WORDS = {*map(bare, month_names()), *_ABBREVIATED, "copie"}


def titles_of(grid: Grid) -> frozenset[str]:
    """Return the titles of a grid in their bare form, without days, figures or totals: what stays month after month."""
    cells = grid.lines[rank_of_titles(grid.lines)][1] if grid.lines else []
    kept = {timeless(as_text(each)) for each in cells if isinstance(each, str) and not re.search(r"\d", each)}
    return frozenset(kept - {"", "total"})


@cache
def ready_sources() -> tuple[Source, ...]:
    """Return the sources of known programs."""
    folder = data() / "sources"
    return tuple(
        replace(source, whole=True) for path in sorted(folder.glob("*.yaml")) for source in read_recipe(path).sources
    )


def read_recipe(path: Path) -> Recipe:
    """Read a recipe. Raises UnreadableFile."""
    return _FILE.load(path)


def recipe_text(recipe: Recipe) -> str:
    """Return a recipe as French YAML that the group can read."""
    head = "# Comment lire nos fichiers. Le cahier l'écrit ; vous pouvez la relire et la corriger.\n"
    return head + _FILE.dumps(recipe)
