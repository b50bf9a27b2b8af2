"""Columns led to fields: the best sum, the same pairs as SciPy, ties included."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.optimize import linear_sum_assignment

from kpa_model.files.book.reading.assignment import best_pairs, scored_pairs

SHAPES = st.tuples(st.integers(1, 9), st.integers(1, 9))


@given(arrays.arrays(np.float64, SHAPES, elements=st.sampled_from([0.0, 0.3, 0.85, 1.0, 1.5, 2.0, 2.5, 3.0])))
def test_the_pairs_are_those_of_scipy(scores: np.ndarray) -> None:
    found = best_pairs(scores)
    expected = [(int(row), int(at)) for row, at in zip(*linear_sum_assignment(-scores), strict=True)]
    assert sum(scores[pair] for pair in found) >= sum(scores[pair] for pair in expected) - 1e-9
    assert len({row for row, _ in found}) == len({at for _, at in found}) == min(scores.shape)
    assert found == expected
    assert scored_pairs(scores) == [pair for pair in expected if scores[pair] > 0]


def test_three_columns_find_their_three_fields() -> None:
    assert best_pairs(np.array([[2.0, 2.9, 0.0], [2.8, 2.9, 0.0], [0.0, 1.0, 0.9]])) == [(0, 1), (1, 0), (2, 2)]
