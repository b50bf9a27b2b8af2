"""Feedback never points the wrong way, however an answer is typed; another kind of answer is named, never compared."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from kpa_model.declare.unit import Refused
from kpa_model.lessons.checking import OTHER, UNREAD, check
from kpa_model.lessons.exercises.exercise import Drawn
from kpa_model.lessons.exercises.file import exercises
from kpa_model.lessons.typed import read_typed
from kpa_model.story.lessons.exercise_figures import outside_figures

FIGURES = outside_figures(date(2026, 7, 1))
ASKED = [each for each in exercises()[0] if each.answer]
DRAWN = 10_000 if os.environ.get("KPA_HYPOTHESIS") == "nightly" else 300


def french(value: Fraction, decimals: int) -> str:
    return f"{float(value):.{decimals}f}".replace(".", ",")


def writings(value: Fraction, top: str) -> Iterator[str]:
    """Yield the ways people type a value with two decimals, in hundredths for a rate, in hours for a duration."""
    if top == "%":
        said = french(value * 100, 2)
        yield from (f"{said} %", f"{said}%", said, f"{said} pour cent", f"environ {said} %")
        if abs(value) < 5:
            yield french(value, 4)
    elif top == "h":
        whole, minutes = divmod(round(value * 60), 60)
        yield from (f"{whole}h{minutes:02}", f"{whole}:{minutes:02}", f"{whole},{minutes:02}")
        yield from (f"{whole * 60 + minutes}", french(value, 2))
        yield from (f"{whole * 60 + minutes} min", f"{french(value, 2)} heures")
    else:
        said, sign = french(abs(value), 2), "-" if value < 0 else ""
        grouped = re.sub(r"(?<=\d)(?=(\d{3})+,)", "’", said)
        yield from (f"{sign}{said}", f"{sign} {grouped}", f"= {sign}{said}", f"{sign}{said.replace(',', '.')}")
        if top == "€":
            yield from (f"{sign} {said} €", f"{sign}€ {said}", f"{sign}{said.replace(',', '€')}", f"{sign}{said} euros")


def wrong_values(drawn: Drawn, chance: np.random.Generator) -> Iterator[Fraction]:
    for times in (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10), Fraction(11, 10), Fraction(3), Fraction(17)):
        nudge = Fraction(int(chance.integers(80, 121)), 100)
        value = Fraction(round(drawn.right * times * nudge * 10_000), 10_000)
        yield Fraction(round(value * 60), 60) if drawn.exercise.answer.unit[:1] == "h" else value


def test_feedback_never_points_the_wrong_way() -> None:
    chance = np.random.default_rng(18)
    told = 0
    for at in chance.integers(0, len(ASKED), DRAWN):
        drawn = ASKED[int(at)].draw(int(chance.integers(0, 10**6)), FIGURES)
        top = drawn.exercise.answer.unit.partition("/")[0]
        for value in wrong_values(drawn, chance):
            for text in writings(value, top):
                verdict = check(drawn, text)
                away = re.search("trop (grand|petit)", verdict.sentence) if verdict.kind == OTHER else None
                told += away is not None
                assert not away or (away[1] == "grand") == (value > drawn.right), (drawn.exercise.name, text)
    assert told > DRAWN


@pytest.mark.parametrize(
    ("text", "unit", "what"),
    [
        ("1h30", "€", "Vous donnez une durée."),
        ("45 min", "€", "Vous donnez une durée."),
        ("12 €", "h", "Vous donnez un montant en euros."),
        ("12 €/h", "h", "Vous donnez un montant en euros."),
        ("50c", "%", "Vous donnez un montant en euros."),
        ("3 mois", "jours", "Vous donnez un nombre de mois."),
        ("2 h", "mois", "Vous donnez une durée."),
        ("12k", "€", "« 12k » ne se lit pas sans se tromper."),
        ("2 mille", "€", "« 2 mille » ne se lit pas sans se tromper."),
        ("5 ‰", "%", "« 5 ‰ » ne se lit pas sans se tromper."),
    ],
)
def test_another_kind_of_answer_is_named(text: str, unit: str, what: str) -> None:
    with pytest.raises(Refused) as refused:
        read_typed(text, unit)
    assert refused.value.what == what


@pytest.mark.parametrize(
    ("text", "value"), [("- 12 €", -12), ("€ 12", 12), ("-€ 12", -12), ("1’234", 1234), ("50c", Fraction(1, 2))]
)
def test_an_amount_is_read_however_it_is_typed(text: str, value: Fraction) -> None:
    assert read_typed(text, "€")[0].value == value


def test_a_rate_without_its_sign_gets_no_direction_when_it_may_be_read_two_ways() -> None:
    share = next(each for each in ASKED if each.answer.unit == "%" and 0.2 < each.draw(1, FIGURES).right < 1)
    drawn = share.draw(1, FIGURES)
    said = check(drawn, "5").sentence
    assert "trop" not in said
    assert "peut se lire 500" in said
    assert check(drawn, "5 %").sentence.startswith("Ce n'est pas encore ça : votre nombre est trop petit.")
    assert check(drawn, "1h30").kind == UNREAD
