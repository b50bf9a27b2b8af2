"""Checking an answer: right, a usual mistake, or another number; always a sentence that helps, never a grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kpa_model.declare.unit import Refused
from kpa_model.lessons.exercises.exercise import Answer, Drawn
from kpa_model.lessons.formula import round_half_up
from kpa_model.lessons.measure import shown
from kpa_model.lessons.typed import TypedNumber, guesses, read_typed
from kpa_model.words import listing

RIGHT, MISTAKE, OTHER, UNREAD = "juste", "erreur", "autre", "illisible"
_HAIR = Fraction(1, 200)
_COARSE = Fraction(1, 100)
"""An answer rounded further than asked is taken when it stays within one per cent."""


@dataclass(frozen=True)
class Verdict:
    """What the check says: its kind, a sentence to read, and the usual mistake when one is recognised."""

    kind: str
    sentence: str
    mistake: str = ""

    @property
    def right(self) -> bool:
        """Whether the answer is the right one."""
        return self.kind == RIGHT


def check(drawn: Drawn, text: str) -> Verdict:
    """Return what to say about an answer; a choice is given by its name."""
    answer = drawn.exercise.answer
    if answer is None:
        return _check_choice(drawn, text)
    try:
        readings = read_typed(text, answer.unit)
    except Refused as refused:
        return Verdict(UNREAD, str(refused))
    return (
        _right(drawn, answer, readings)
        or _usual(drawn, answer, readings)
        or _rounded(drawn, answer, readings)
        or Verdict(OTHER, _direction(drawn, answer, [each.value for each in readings], guesses(text, answer.unit)))
    )


def _check_choice(drawn: Drawn, name: str) -> Verdict:
    for option in drawn.exercise.options:
        if name in (option.name, option.text):
            kind = RIGHT if option.right else MISTAKE
            return Verdict(kind, drawn.fill(option.sentence), "" if option.right else option.name)
    return Verdict(UNREAD, "La réponse manque. Choisissez une réponse.")


def _right(drawn: Drawn, answer: Answer, readings: Sequence[TypedNumber]) -> Verdict | None:
    for each in readings:
        if abs(each.value - drawn.right) <= answer.tolerance:
            said = ["C'est juste.", each.remark]
            if abs(each.value - drawn.right) > Fraction(1, 100) and shown(each.value, answer.unit) != drawn.written:
                said.append(f"Sans arrondir en chemin : {drawn.written}.")
            return Verdict(RIGHT, " ".join(filter(None, said)))
    return None


def _usual(drawn: Drawn, answer: Answer, readings: Sequence[TypedNumber]) -> Verdict | None:
    """Return the usual mistake that gives this number: to the tolerance, then as far as it was rounded."""
    for each in readings:
        for mistake in drawn.exercise.mistakes:
            if abs(each.value - drawn.wrong[mistake.name]) <= max(answer.tolerance, _HAIR):
                return Verdict(MISTAKE, drawn.fill(mistake.sentence), mistake.name)
    for each in readings:
        for mistake in drawn.exercise.mistakes:
            found = drawn.wrong[mistake.name]
            nearer = abs(each.value - found) < abs(each.value - drawn.right)
            if nearer and not answer.exact and _rounds_to(found, each):
                return Verdict(MISTAKE, drawn.fill(mistake.sentence), mistake.name)
    return None


def _rounded(drawn: Drawn, answer: Answer, readings: Sequence[TypedNumber]) -> Verdict | None:
    for each in readings:
        if not answer.exact and _rounds_to(drawn.right, each):
            return Verdict(RIGHT, f"C'est juste, en arrondissant. Plus précisément : {drawn.written}.")
    return None


def _rounds_to(value: Fraction, reading: TypedNumber) -> bool:
    """Tell whether a number is what was typed, once rounded to the decimals typed, and not far from it."""
    near = abs(reading.value - value) <= _COARSE * abs(value)
    return near and round_half_up(value, reading.decimals) == reading.value


def _direction(drawn: Drawn, answer: Answer, values: Sequence[Fraction], guessed: Sequence[Fraction]) -> str:
    """Return what to do with a number that is not recognised: the comma, the sign, or which way to look.

    The way is told only when every reading of what was typed points to it.
    """
    right = drawn.right
    if any(value and right and value / right in _TENS for value in values):
        return "Les chiffres sont bons. La virgule n'est pas à sa place."
    if values[0] and values[0] == -right:
        return "Le nombre est bon. Son signe est à l'envers."
    read = dict.fromkeys([*values, *(each for each in guessed if abs(right) <= _NEAR * each <= _NEAR**2 * abs(right))])
    ways = {"trop grand" if value > right else "trop petit" for value in read}
    if len(ways) == 1:
        return f"Ce n'est pas encore ça : votre nombre est {ways.pop()}. Relisez la question, ou prenez un indice."
    said = listing([shown(value, answer.unit) for value in read], "ou")
    return f"Ce n'est pas encore ça. Votre réponse peut se lire {said}. Écrivez l'unité, ou prenez un indice."


_NEAR = 25
"""A guess farther than that from the right answer, up or down, is no guess."""
_TENS = {Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3)}
