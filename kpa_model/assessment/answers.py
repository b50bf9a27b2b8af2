"""What one person said of herself, or of somebody, on a grid: levels, with an example, a date and how sure she is.

Everything is JSON, so that a booklet, a phone and a paper keep the same thing. Nothing here adds levels up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kpa_model.assessment.grid import Criterion, Grid
from kpa_model.assessment.grid_file import fingerprint
from kpa_model.declare.form import Choice, Day, Field, Form, Text

NOT_MET = "pas_rencontre"
NO_ANSWER = "ne_dit_pas"
ASIDE = {NOT_MET: "Pas encore rencontré", NO_ANSWER: "Je préfère ne pas répondre"}
"""Answers that are not levels: neither low, nor wrong."""

SURE = {"peu": "J'hésite", "assez": "Je pense que c'est ça", "tres": "C'est net pour moi"}
"""How sure the person is of her answer."""

_DETAILS = {"exemple": "example", "date": "on", "confiance": "confidence"}


@dataclass(frozen=True)
class Mark:
    """The answer to one criterion: `level` is a rank (`1`, `2`…), `NOT_MET` or `NO_ANSWER`; `on` is an ISO date."""

    level: str
    example: str = ""
    on: str = ""
    confidence: str = ""

    @property
    def rank(self) -> int | None:
        """The level as a number from 1; None when the answer is not a level."""
        return int(self.level) if self.level.isdecimal() else None


@dataclass(frozen=True)
class Filled:
    """A grid filled by one person. Criteria without an answer are absent.

    Args:
        title: title of the grid.
        version: version of the grid.
        mark: fingerprint of the grid, to know whether its words have changed since.
        marks: criterion → answer.
        seconds: how long it took when it was measured, else 0.
    """

    title: str
    version: str
    mark: str
    marks: Mapping[str, Mark] = field(default_factory=dict)
    seconds: int = 0

    def rank(self, key: str) -> int | None:
        """Return the level of a criterion as a number from 1, None when there is none."""
        return self.marks[key].rank if key in self.marks else None

    def fits(self, grid: Grid) -> bool:
        """Tell whether the grid still says what the person read."""
        return self.mark == fingerprint(grid)


def form_of(grid: Grid, *, details: bool = True, area: str | None = None) -> Form:
    """Return the form of a grid, whole or for one family of criteria.

    Field names: `cle` for the level, then `cle__exemple`, `cle__date` and `cle__confiance` when `details`. Nothing is
    obligatory: a criterion may be left for another day.
    """
    chosen = [each for each in grid.criteria if area is None or each.area == area]
    fields = [made for each in chosen for made in _fields(grid, each, details)]
    return Form(tuple(fields), grid.title, grid.sentence, "Enregistrer mes réponses")


def _fields(grid: Grid, each: Criterion, details: bool) -> list[Field]:
    told = zip(grid.ranks, grid.levels, each.descriptors, strict=True)
    options = {rank: f"{level.name} : {descriptor}" for rank, level, descriptor in told}
    made: list[Field] = [Choice(each.key, each.name, _help(each), needed=False, options={**options, **ASIDE})]
    if details:
        made += [
            Text(f"{each.key}__exemple", "Un exemple", "Un moment vécu, en une phrase.", needed=False),
            Day(f"{each.key}__date", "La date de cet exemple", needed=False),
            Choice(f"{each.key}__confiance", "Est-ce clair pour vous ?", needed=False, options=SURE),
        ]
    return made


def _help(each: Criterion) -> str:
    return f"Par exemple : {each.example}" if each.example else ""


def filled(grid: Grid, answer: Mapping[str, Any], seconds: int = 0) -> Filled:
    """Return the filled grid for what `Form.read` gave; criteria left aside are absent."""
    marks, ranks = {}, grid.ranks
    for key in grid.keys:
        level = answer.get(key)
        if level in ranks or level in ASIDE:
            details = {name: str(answer.get(f"{key}__{field}") or "") for field, name in _DETAILS.items()}
            marks[key] = Mark(str(level), **details)
    return Filled(grid.title, grid.version, fingerprint(grid), marks, seconds)


def as_data(done: Filled) -> dict[str, Any]:
    """Return a filled grid as JSON values."""
    marks = {}
    for key, mark in done.marks.items():
        details = {each: value for each, name in _DETAILS.items() if (value := getattr(mark, name))}
        marks[key] = {"niveau": mark.level, **details}
    about = {"grille": done.title, "version": done.version, "empreinte": done.mark}
    return {**about, "reponses": marks, **({"secondes": done.seconds} if done.seconds else {})}


def from_data(content: Mapping[str, Any]) -> Filled:
    """Read what `as_data` gave. Raises KeyError, TypeError, AttributeError or ValueError when it is something else."""
    marks = {}
    for key, each in content["reponses"].items():
        level = str(each["niveau"])
        if not (level in ASIDE or level.isdecimal()):
            raise ValueError(level)
        marks[str(key)] = Mark(level, **{name: str(each.get(field, "")) for field, name in _DETAILS.items()})
    title, version, mark = (str(content[name]) for name in ("grille", "version", "empreinte"))
    return Filled(title, version, mark, marks, int(content.get("secondes", 0)))


def show(grid: Grid, mark: Mark | None) -> str:
    """Return an answer as people read it: the name of the level, « Pas encore rencontré », or a dash."""
    if mark is None:
        return "—"
    if mark.rank is not None and mark.rank <= len(grid.levels):
        return grid.levels[mark.rank - 1].name
    return ASIDE.get(mark.level, "—")


def tell(grid: Grid, mark: Mark, criterion: Criterion) -> str:
    """Return an answer with the sentence the person chose: it is still clear when the grid is far."""
    level = show(grid, mark)
    sentence = criterion.descriptors[mark.rank - 1] if mark.rank else ""
    return f"{level} : {sentence.rstrip('.')}" if sentence else level
