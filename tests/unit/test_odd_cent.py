"""The odd cents, told to one person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.money import split_cents
from kpa_model.pay.odd_cent import about_odd_cent

THREE = "Il restait 1 centime pour 3 personnes."


@pytest.mark.parametrize(
    ("amount", "weights", "turn", "who", "said"),
    [
        (100, [1, 1], 0, 0, ""),
        (100, [1, 1, 1], 0, 0, f"{THREE} Awa en reçoit un : c'est son tour."),
        (100, [1, 1, 1], 0, 1, f"{THREE} Awa n'en reçoit pas : ce n'est pas son tour."),
        (100, [1, 1, 1], 1, 1, f"{THREE} Awa en reçoit un : c'est son tour."),
        (100, [1, 1, 1, 0], 0, 3, ""),
        (
            100,
            [2, 1],
            0,
            1,
            "Il restait 1 centime pour 2 personnes. Awa n'en reçoit pas : sa fraction de centime est plus petite.",
        ),
        (
            100,
            [2, 1],
            0,
            0,
            "Il restait 1 centime pour 2 personnes. Awa en reçoit un : sa fraction de centime est la plus grande.",
        ),
        (65_750, [1] * 8, 0, 0, "Il restait 6 centimes pour 8 personnes. Awa en reçoit un : c'est son tour."),
        (65_750, [1] * 8, 0, 7, "Il restait 6 centimes pour 8 personnes. Awa n'en reçoit pas : ce n'est pas son tour."),
    ],
)
def test_the_odd_cents_are_explained(amount: int, weights: list[int], turn: int, who: int, said: str) -> None:
    assert about_odd_cent(amount, np.array(weights), turn, who, "Awa").replace("\u00a0", " ") == said


@given(st.integers(0, 10**9), st.lists(st.integers(0, 5), min_size=1, max_size=6), st.integers(0, 20))
def test_the_odd_cent_is_told_to_whoever_received_it(amount: int, weights: list[int], turn: int) -> None:
    if not sum(weights):
        return
    given = split_cents(amount, weights, turn=turn)
    left = amount - sum(amount * weight // sum(weights) for weight in weights)
    for who, weight in enumerate(weights):
        said = about_odd_cent(amount, np.array(weights), turn, who, "Awa")
        received = given[who] > amount * weight // sum(weights)
        assert received == ("en reçoit un :" in said)
        assert not said or said.startswith(f"Il restait {left}\u00a0centime")
