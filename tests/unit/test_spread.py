"""How far apart the pays are."""

import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.indicators.spread import gini, hoover, largest, median, per_hour, ratio, smallest

pays = st.lists(st.integers(0, 10**8), min_size=1, max_size=10)
counted = st.lists(st.tuples(st.integers(0, 10**6), st.booleans()), min_size=1, max_size=10)
MEASURES = [smallest, largest, median, ratio, gini, hoover]
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.__name__)


def everybody(pay):
    return [True] * len(pay)


@given(pays)
def test_the_plain_ones_are_those_of_python(pay):
    who = everybody(pay)
    assert smallest(pay, who).exact() == min(pay)
    assert largest(pay, who).exact() == max(pay)
    assert median(pay, who).exact() == statistics.median([Fraction(each) for each in pay])
    assert ratio(pay, who).exact() == (Fraction(max(pay), min(pay)) if min(pay) else None)


@given(pays)
def test_gini_and_hoover_are_their_definitions(pay):
    count, total = len(pay), sum(pay)
    if total == 0:
        assert gini(pay, everybody(pay)).exact() is None
        assert hoover(pay, everybody(pay)).exact() is None
        return
    pairs = sum(abs(one - other) for one in pay for other in pay)
    assert gini(pay, everybody(pay)).exact() == Fraction(pairs, 2 * count * total)
    gaps = sum(abs(Fraction(each) - Fraction(total, count)) for each in pay)
    assert hoover(pay, everybody(pay)).exact() == gaps / (2 * total)


@given(pays)
def test_the_indices_stay_within_their_bounds(pay):
    if sum(pay) == 0:
        return
    most = Fraction(len(pay) - 1, len(pay))
    assert 0 <= hoover(pay, everybody(pay)).exact() <= gini(pay, everybody(pay)).exact() <= most


@every_measure
@given(counted)
def test_who_is_not_counted_changes_nothing(measure, people):
    pay, who = [cents for cents, _ in people], [mask for _, mask in people]
    alone = [cents for cents, mask in people if mask]
    assert measure(pay, who).exact() == measure(alone, everybody(alone)).exact()


@every_measure
@given(pays, st.randoms(use_true_random=False))
def test_names_do_not_matter(measure, pay, random):
    shuffled = random.sample(pay, len(pay))
    assert measure(shuffled, everybody(pay)).exact() == measure(pay, everybody(pay)).exact()


@every_measure
def test_without_anybody_there_is_no_value(measure):
    assert measure([100, 200], [False, False]).exact() is None
    assert measure([], []).exact() is None
    assert measure([100], [False]).rounded(otherwise=-1) == -1


def test_a_zero_pay_is_a_value_but_no_ratio_to_it_is():
    pay, who = [[0, 300], [100, 300]], [True, True]
    assert smallest(pay, who).exact(0) == 0
    found = ratio(pay, who)
    assert (found.exact(0), found.exact(1)) == (None, 3)
    assert found.known.tolist() == [False, True]
    assert found.rounded(otherwise=0).tolist() == [0, 3]


@every_measure
def test_replicates_do_not_talk(measure):
    pay = np.array([[100, 200, 300], [0, 0, 0], [5, 5, 1000]])
    who = np.array([[True, True, True], [True, False, True], [False, True, True]])
    together = measure(pay, who)
    assert [together.exact(row) for row in range(3)] == [measure(pay[row], who[row]).exact() for row in range(3)]


def test_cents_per_hour_are_exact_and_unknown_without_minutes():
    found = per_hour([1000, 1000, 1000], [60, 0, 45], [True, True, False])
    assert [found.exact(person) for person in range(3)] == [1000, None, None]
    assert per_hour([1000], [45], [True]).exact(0) == Fraction(4000, 3)
    assert per_hour([1000], [45], [True]).rounded(otherwise=0).tolist() == [1333]


def test_negative_pays_and_minutes_are_refused_among_those_counted():
    with pytest.raises(ValueError, match="negative"):
        gini([-1, 5], [True, True])
    assert largest([-1, 5], [False, True]).exact() == 5
    with pytest.raises(ValueError, match="negative"):
        per_hour([1], [-1], [True])
