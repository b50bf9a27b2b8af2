"""An exercise, and the same exercise with its numbers drawn for one person.

Numbers come from a seed: the same seed gives the same numbers, on a screen, on a phone and on paper. Figures from
outside (SMIC, rates) are given by whoever draws, from the dated files: this module holds none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from zlib import crc32

from kpa_model import randomness
from kpa_model.errors import KpaError, Problem
from kpa_model.lessons.formula import Formula
from kpa_model.lessons.measure import shown, step_of

THEMES = {
    "offre": "De l'idée à l'offre",
    "cout": "Coût de revient et heure réelle",
    "prix": "Fixer un prix",
    "marge": "Marge et taux",
    "seuil": "Seuil de rentabilité",
    "devis": "Du devis à la facture",
    "tva": "TVA par ligne",
    "tresorerie": "Calendrier de trésorerie",
    "delais": "Délais et besoin de trésorerie",
    "financement": "Financer un achat",
    "papiers": "Lire une facture et une paie",
    "cae": "La CAE et le CAPE",
    "relation": "La relation client",
    "communs": "Communs, réserve, solidarité",
}
HOLE = re.compile(r"\{([^{}|]+)(?:\|([^{}]*))?\}")
"""A hole in a text: `{achats}`, or a calculation and its unit, `{heures × cout | €}`."""

_UNBROKEN = re.compile(r"(\d) (?=[€%]|h\b|\d{3}\b)")
_ATTEMPTS = 60
"""Numbers for which a mistake gives the right answer, or that of another mistake, are drawn again, so many times."""
_HAIR = Fraction(1, 200)

Figures = Mapping[str, Fraction]
"""Outside figures by name, in the unit of the exercise: `smic_horaire` in euros, rates as parts of one."""


class WrongExercise(KpaError):
    """An exercise, as written, cannot be used."""


@dataclass(frozen=True)
class Quantity:
    """One number of an exercise: drawn (`low`, `step`, `count`), calculated (`formula`) or from outside (`figure`).

    A fixed number is drawn among one.
    """

    name: str
    unit: str
    low: Fraction = Fraction(0)
    step: Fraction = Fraction(0)
    count: int = 1
    formula: Formula | None = None
    figure: str = ""


@dataclass(frozen=True)
class Mistake:
    """A usual mistake: a formula that gives its answer, and the sentence that helps. `same_as` says it coincides."""

    name: str
    title: str
    formula: Formula
    sentence: str
    same_as: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer: its formula, unit, how far one may be, and whether rounding it further is wrong."""

    formula: Formula
    unit: str
    tolerance: Fraction
    exact: bool = False


@dataclass(frozen=True)
class AnswerOption:
    """One choice of an exercise with choices; its sentence says why it is right, or what was missed."""

    name: str
    text: str
    right: bool
    sentence: str


@dataclass(frozen=True)
class Exercise:
    """An exercise as its author wrote it: a number to find (`answer`), or one right choice (`options`)."""

    name: str
    title: str
    theme: str
    minutes: int
    text: str
    question: str
    hints: tuple[str, ...]
    reasoning: tuple[str, ...]
    quantities: tuple[Quantity, ...] = ()
    answer: Answer | None = None
    mistakes: tuple[Mistake, ...] = ()
    options: tuple[AnswerOption, ...] = ()
    example: Mapping[str, Fraction] = field(default_factory=dict)
    expected: Fraction | None = None
    source: str = ""

    @cached_property
    def units(self) -> dict[str, str]:
        """Name of a quantity → its unit; the answer is `reponse`."""
        return {each.name: each.unit for each in self.quantities} | (
            {"reponse": self.answer.unit} if self.answer else {}
        )

    @property
    def figures_needed(self) -> tuple[str, ...]:
        """Names of the outside figures that its text or its answer uses; those of mistakes alone are left out."""
        formulas = [each.formula for each in self.quantities if each.formula]
        formulas += [self.answer.formula] if self.answer else []
        used = {name for each in formulas for name in each.names}
        used |= {hole[1].strip() for hole in HOLE.finditer(self.text)}
        return tuple(each.figure for each in self.quantities if each.figure and each.name in used)

    def draw(self, seed: int, figures: Figures | None = None) -> Drawn:
        """Return the exercise with numbers of its own. Raises WrongExercise when an outside figure is not known."""
        stream = randomness.stream(seed, crc32(self.name.encode()), randomness.Purpose.EXERCISES)
        for _ in range(_ATTEMPTS):
            chances = stream.random(len(self.quantities) + 1).tolist()
            given = {
                each.name: each.low + each.step * int(chance * each.count)
                for each, chance in zip(self.quantities, chances, strict=False)
                if each.formula is None and not each.figure
            }
            drawn = Drawn(self, seed, self.completed(given, figures or {}), chances[-1])
            if not drawn.confusions():
                break
        return drawn

    def completed(self, given: Mapping[str, Fraction], figures: Figures) -> dict[str, Fraction]:
        """Return every quantity, in order, then the answer. Raises WrongExercise, ZeroDivisionError."""
        values = dict(given)
        for each in self.quantities:
            if each.name in values:
                continue
            if each.figure:
                values[each.name] = _outside(self, each, figures)
            elif each.formula:
                values[each.name] = each.formula.value(values)
        if self.answer:
            values["reponse"] = self.answer.formula.value(values)
        return values


def _outside(exercise: Exercise, quantity: Quantity, figures: Figures) -> Fraction:
    if quantity.figure not in figures:
        what = f"le chiffre « {quantity.figure} » n'est pas connu à cette date."
        raise WrongExercise(Problem(f"Exercice « {exercise.title} »", what, "Mettez à jour les chiffres datés."))
    return figures[quantity.figure]


@dataclass(frozen=True)
class Drawn:
    """An exercise with its numbers, for one person: texts are filled in, the answer is known."""

    exercise: Exercise
    seed: int
    values: Mapping[str, Fraction]
    chance: float = 0.0

    def fill(self, text: str) -> str:
        """Return a text where each hole holds its number, with its unit."""
        filled = HOLE.sub(lambda hole: self._hole(hole[1].strip(), (hole[2] or "").strip()), text)
        return _UNBROKEN.sub("\\1\u00a0", filled)

    def _hole(self, inside: str, unit: str) -> str:
        if inside in self.values:
            return shown(self.values[inside], unit or self.exercise.units.get(inside, ""))
        return shown(calculated(inside).value(self.values), unit)

    @property
    def text(self) -> str:
        """The situation, with its numbers."""
        return self.fill(self.exercise.text)

    @property
    def question(self) -> str:
        """The question, with its numbers."""
        return self.fill(self.exercise.question)

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints, one step at a time."""
        return tuple(self.fill(each) for each in self.exercise.hints)

    @property
    def reasoning(self) -> tuple[str, ...]:
        """The reasoning, line by line."""
        return tuple(self.fill(each) for each in self.exercise.reasoning)

    @property
    def right(self) -> Fraction:
        """The answer. Raises KeyError for an exercise with choices."""
        return self.values["reponse"]

    @property
    def written(self) -> str:
        """The answer as people read it: a number with its unit, or the text of the right choice."""
        if self.exercise.answer is None:
            return next(each.text for each in self.exercise.options if each.right)
        return shown(self.right, self.exercise.answer.unit)

    @cached_property
    def wrong(self) -> dict[str, Fraction]:
        """Usual mistake → what it gives."""
        return {each.name: each.formula.value(self.values) for each in self.exercise.mistakes}

    def confusions(self) -> list[tuple[str, str, Fraction]]:
        """Return what nothing tells apart: mistake, the other mistake (or `reponse`), and the number both give.

        Two mistakes that the file declares the same are left out.
        """
        if self.exercise.answer is None:
            return []
        near = 2 * max(self.exercise.answer.tolerance, _HAIR)
        found = [("reponse", self.right)]
        confused = []
        for each in self.exercise.mistakes:
            value = self.wrong[each.name]
            confused += [(each.name, name, value) for name, other in found if abs(value - other) <= near]
            if not each.same_as:
                found.append((each.name, value))
        return confused if not all(map(self._declared, confused)) else []

    def _declared(self, confused: tuple[str, str, Fraction]) -> bool:
        return any(each.name == confused[0] and each.same_as == confused[1] for each in self.exercise.mistakes)

    @property
    def options(self) -> tuple[AnswerOption, ...]:
        """The choices, turned so that the right one is not always at the same place."""
        options = self.exercise.options
        turn = int(self.chance * len(options)) if options else 0
        return options[turn:] + options[:turn]


_READ: dict[str, Formula] = {}


def calculated(text: str) -> Formula:
    """Return the formula of a hole, read once. Raises Refused."""
    from kpa_model.lessons.formula import read

    if text not in _READ:
        _READ[text] = read(text)
    return _READ[text]


def usual_tolerance(unit: str) -> Fraction:
    """Return how far an answer may be when its file does not say: the smallest step of its unit, nothing for counts."""
    return step_of(unit) if unit.partition("/")[0] in {"€", "%", "h", "fois", ""} else Fraction(0)
