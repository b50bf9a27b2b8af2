"""The trend of a group: five people at least, halves only, one person once."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.kept import AnswerLine, GridKept
from kpa_model.assessment.trend import ENOUGH, Part, trend


def shared(name: str, *levels: int | str, by: str = "") -> Booklet:
    lines = (AnswerLine("a", "Écouter", "mots"),)
    grids = tuple(
        GridKept("Images", date(2026, 1 + at, 1), lines, by, {"reponses": {"a": {"niveau": str(level)}}})
        for at, level in enumerate(levels)
    )
    return Booklet(name, date(2026, 1, 1), grids=grids)


def group(moved: int, people: int) -> list[Booklet]:
    return [shared(f"P{at}", 2, 3 if at < moved else 2) for at in range(people)]


def test_under_five_people_nothing_is_told():
    assert trend(group(2, ENOUGH - 1)) == {}
    assert trend(group(2, ENOUGH)) != {}


@pytest.mark.parametrize(
    ("moved", "people", "part"),
    [(0, 5, Part.LESS), (2, 5, Part.HALF), (3, 5, Part.HALF), (4, 5, Part.MORE), (5, 5, Part.MORE), (1, 6, Part.LESS)],
)
def test_halves_are_told_and_never_how_many(moved, people, part):
    assert trend(group(moved, people)) == {"Images": {"Écouter": part}}


def test_one_person_counts_once_whatever_she_shared():
    assert trend([shared("Awa", 1, 2) for _ in range(9)]) == {}


def test_what_others_said_what_is_aside_and_a_single_day_do_not_count():
    others = [shared("A", 1, 2, by="Bruno"), shared("B", "pas_rencontre", 2), shared("C", 3), shared("D", 1)]
    assert trend([*group(2, ENOUGH - 1), *others]) == {}
