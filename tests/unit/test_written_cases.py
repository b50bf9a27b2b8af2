"""Cases written in the words by which the screen tells them: read, told again, refused with a sentence."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.decision.vignettes import named
from kpa_model.decision.written_cases import cases_in
from kpa_model.declare.unit import Refused
from kpa_model.words import euros

BEGIN = "Le marché : 200 €"


def lines(case: object) -> list[str]:
    return [f"{case.title} : {euros(case.pot)}", case.story, *(each.about() for each in case.people)]


def test_what_the_screen_tells_of_a_ready_case_is_read_again() -> None:
    for case in named():
        (again,) = cases_in(lines(case))
        assert (again.title, again.pot, again.story) == (case.title, case.pot, case.story)
        assert [each.about() for each in again.people] == [each.about() for each in case.people]
        assert again.shares("hours") == case.shares("hours")


def test_several_cases_follow_one_another() -> None:
    found = cases_in(
        [BEGIN, "Lou : 10 h", "Sam : 1 h 30", "La cour : 90", "Ali : 5 h ; a amené le client", "Zoé : 2 h"]
    )
    assert [(each.title, each.pot, len(each.people)) for each in found] == [
        ("Le marché", 20_000, 2),
        ("La cour", 9_000, 2),
    ]
    assert found[0].people[1].hours == 90
    assert found[1].people[0].brought == 100


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (["Lou : 10 h", "Sam : 5 h"], "n'est pas le début d'un cas"),
        ([BEGIN, "Lou : 10 h"], "se partage entre deux personnes au moins"),
        ([BEGIN, "Lou : 10 h", "lou : 5 h"], "Deux noms sont pareils"),
        ([BEGIN, "Lou : 10 h", "Sam : beaucoup"], "« beaucoup » n'est pas compris"),
        ([BEGIN, "Lou : 10 h", "Sam :"], "ne dit pas ce qu'a fait cette personne"),
        ([BEGIN, "Lou : 10 h", "Sam"], "n'est pas une personne"),
        (["Le marché : 0 €", "Lou : 10 h", "Sam : 5 h"], "ne se partage pas"),
        ([BEGIN, *(f"P{at} : {at} h" for at in range(1, 8))], "a trop de personnes"),
        ([f"Cas {at} : 10 €\n" for at in range(7)], "Gardez-en 6 au plus"),
    ],
)
def test_what_is_not_a_case_is_refused_in_words(written: list[str], what: str) -> None:
    with pytest.raises(Refused, match=re.escape(what)):
        cases_in(written)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_text_is_a_case_or_a_sentence(texts: list[str]) -> None:
    with contextlib.suppress(Refused):
        assert all(len(each.people) >= 2 for each in cases_in(texts))
