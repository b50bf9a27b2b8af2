"""Agreement figures equal published worked examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from kpa_model.assessment.agreement import Pairs, alpha, likely, pairs, tau

N = None
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: 4 observers, 12 units, values missing.
EXAMPLE_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
# The same, example A: 2 observers, 10 units, two values; example B: 2 observers, 12 units, five values.
EXAMPLE_A = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
EXAMPLE_B = [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_example_c(metric: str, published: float) -> None:
    assert alpha(EXAMPLE_C, metric) == pytest.approx(published, abs=5e-4)


def test_alpha_of_examples_a_and_b() -> None:
    assert alpha(EXAMPLE_A, "nominal") == pytest.approx(0.095, abs=5e-4)
    assert alpha(EXAMPLE_B, "nominal") == pytest.approx(0.692, abs=5e-4)


def test_alpha_cannot_be_told_when_nobody_could_disagree() -> None:
    assert alpha([[2, 2, 2], [2, 2, 2]]) is None
    assert alpha([[1, 2, N], [N, N, 3]]) is None
    assert alpha([]) is None


def test_full_agreement_is_one_and_opposite_readings_are_below_zero() -> None:
    assert alpha([[1, 2, 3, 4]] * 3) == pytest.approx(1)
    assert alpha([[1, 1, 4, 4], [4, 4, 1, 1]]) < 0


def test_the_bounds_hold_the_figure_and_few_cases_have_none() -> None:
    low, high = likely(EXAMPLE_C)
    assert low < alpha(EXAMPLE_C) <= high
    assert likely(EXAMPLE_C) == (low, high)
    assert likely([row[:5] for row in EXAMPLE_C]) is None
    assert likely(EXAMPLE_C[:2]) is None


def test_pairs_are_counted_case_by_case() -> None:
    assert pairs([[1, 2, N], [1, 3, 4], [4, 3, N]]) == Pairs(total=6, same=2, far=2)
    assert pairs([[1, 2, N], [1, 3, 4], [4, 3, N]]).apart == 2


def test_tau_of_the_canned_tuna() -> None:
    """Hollander & Wolfe, Nonparametric Statistical Methods (1973), p. 185: lightness and panel score, tau 0.444."""
    lightness = [444, 459, 419, 533, 447, 441, 507, 452, 601]
    panel = [26, 31, 25, 50, 36, 40, 52, 28, 38]
    found, answers = tau(lightness, panel)
    assert found == pytest.approx(0.4444, abs=5e-5)
    assert answers == 9


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=20))
def test_tau_is_that_of_scipy(given_: list[tuple[int, int]]) -> None:
    ones, others = zip(*given_, strict=True)
    found, _ = tau(ones, others)
    if found is None:
        assert len(set(ones)) == 1 or len(set(others)) == 1
    else:
        assert found == pytest.approx(kendalltau(ones, others).statistic)


def test_answers_that_are_not_levels_are_left_out_of_tau() -> None:
    assert tau([1, N, 2, 3], [1, 4, 2, N]) == (1.0, 2)


def test_two_levels_apart_weigh_more_than_one() -> None:
    near, far = [[1, 2, 3, 4, 2]], [[1, 2, 3, 4, 2]]
    for gap, table in ((1, near), (2, far)):
        table.append([1, 2, 3, 4, 2 + gap])
    assert alpha(near) > alpha(far)
