"""The odd cent, told to one person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.money import split_cents
from kpa_model.pay.odd_cent import about_odd_cent


@pytest.mark.parametrize(
    ("amount", "weights", "turn", "who", "said"),
    [
        (100, [1, 1], 0, 0, ""),
        (100, [1, 1, 1], 0, 0, "Il restait un centime : c'était le tour d'Awa."),
        (100, [1, 1, 1], 0, 1, "Un centime restait : ce mois-ci, ce n'était pas le tour d'Awa."),
        (100, [1, 1, 1], 1, 1, "Il restait un centime : c'était le tour d'Awa."),
        (100, [2, 1], 0, 1, ""),
        (100, [2, 1], 0, 0, "Le centime de reste est compris."),
    ],
)
def test_the_odd_cent_is_explained(amount: int, weights: list[int], turn: int, who: int, said: str) -> None:
    assert about_odd_cent(amount, np.array(weights), turn, who, "Awa") == said


@given(st.integers(0, 10**9), st.lists(st.integers(0, 5), min_size=1, max_size=6), st.integers(0, 20))
def test_the_odd_cent_is_told_to_whoever_received_it(amount: int, weights: list[int], turn: int) -> None:
    if not sum(weights):
        return
    given = split_cents(amount, weights, turn=turn)
    for who, weight in enumerate(weights):
        said = about_odd_cent(amount, np.array(weights), turn, who, "Awa")
        received = given[who] > amount * weight // sum(weights)
        assert received == said.startswith(("Il restait", "Le centime"))
