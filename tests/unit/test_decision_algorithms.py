"""Laws of the algorithms of deciding, on profiles drawn at random; everything exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.decision.appreciation import circle, in_cents
from kpa_model.decision.equal_shares import completed, equal_shares, most_votes
from kpa_model.decision.impartial import division
from kpa_model.decision.majority import majority_grade, majority_value, ranking, set_aside
from kpa_model.decision.principles import alike, distance, fit, mixed

GRADES = st.lists(st.integers(0, 5), min_size=1, max_size=15)


@st.composite
def reports(draw: st.DrawFn, fewest: int = 4) -> dict[str, dict[str, int]]:
    people = [f"p{at}" for at in range(draw(st.integers(fewest, 6)))]
    value = st.integers(1, 20)
    return {who: {other: draw(value) for other in people if other != who} for who in people}


@st.composite
def budgets(draw: st.DrawFn) -> tuple[int, dict[str, int], list[set[str]]]:
    costs = {f"c{at}": draw(st.integers(1, 40)) for at in range(draw(st.integers(1, 5)))}
    likes = st.sets(st.sampled_from([*costs]))
    return draw(st.integers(1, 60)), costs, draw(st.lists(likes, min_size=1, max_size=6))


# Majority judgment


@given(GRADES)
def test_a_value_holds_every_grade_and_starts_with_the_majority_grade(grades):
    value = majority_value(grades)
    assert sorted(value) == sorted(grades)
    assert value[0] == majority_grade(grades)
    assert 2 * sum(each >= value[0] for each in grades) >= len(grades)


@given(GRADES, st.data())
def test_a_better_grade_never_lowers_an_option(grades, data):
    who = data.draw(st.integers(0, len(grades) - 1))
    better = [*grades]
    better[who] = data.draw(st.integers(grades[who], 5))
    assert majority_value(better) >= majority_value(grades)


@given(st.integers(1, 9).flatmap(lambda n: st.lists(st.lists(st.integers(0, 5), min_size=n, max_size=n), min_size=1)))
def test_options_are_ranked_once_and_only_same_grades_are_equal(profiles):
    options = {f"o{at}": grades for at, grades in enumerate(profiles)}
    ranks = ranking(options)
    assert sorted(option for equal in ranks for option in equal) == sorted(options)
    for equal in ranks:
        assert len({tuple(sorted(options[option])) for option in equal}) == 1
    for better, worse in pairwise(ranks):
        aside = set_aside(options[better[0]], options[worse[0]])
        values = [majority_value(options[each[0]]) for each in (better, worse)]
        assert values[0][:aside] == values[1][:aside]
        assert values[0][aside] > values[1][aside]


def test_options_with_different_numbers_of_grades_are_refused():
    with pytest.raises(ValueError, match="as many grades"):
        ranking({"a": [1, 2], "b": [1]})
    with pytest.raises(ValueError, match="at least one"):
        ranking({"a": []})


# Impartial division


@given(reports(), st.sampled_from([0, 9]), st.data())
def test_what_i_say_never_changes_my_own_share(profile, cap, data):
    me = data.draw(st.sampled_from([*profile]))
    other = {who: data.draw(st.integers(1, 50)) for who in profile[me]}
    assert division(profile, cap)[me] == division({**profile, me: other}, cap)[me]


@given(reports(), st.sampled_from([0, 9]))
def test_impartial_shares_are_positive_and_add_up_to_one(profile, cap):
    found = division(profile, cap)
    assert sum(found.values()) == 1
    assert min(found.values()) > 0
    assert sum(in_cents(found, 12_345).values()) == 12_345


@given(reports(3).filter(lambda profile: len(profile) == 3))
def test_three_people_may_leave_a_part_undivided_and_never_share_too_much(profile):
    found = division(profile)
    assert 0 < sum(found.values()) <= 1


@given(reports(3), st.randoms())
def test_impartial_shares_do_not_depend_on_the_order_of_people(profile, rng):
    order = [*profile]
    rng.shuffle(order)
    assert division({who: profile[who] for who in order}) == division(profile)


@given(st.lists(st.integers(1, 30), min_size=3, max_size=6))
def test_a_division_all_agree_on_is_the_one_returned(view):
    people = [f"p{at}" for at in range(len(view))]
    profile = {who: {one: worth for one, worth in zip(people, view, strict=True) if one != who} for who in people}
    assert division(profile) == {who: Fraction(worth, sum(view)) for who, worth in zip(people, view, strict=True)}


@pytest.mark.parametrize(
    "wrong", [{"a": {"b": 1}, "b": {"a": 1}}, {"a": {"b": 0, "c": 1}, "b": {"a": 1, "c": 1}, "c": {"a": 1, "b": 1}}]
)
def test_a_report_that_is_not_whole_is_refused(wrong):
    with pytest.raises(ValueError, match=r"three people|above zero"):
        division(wrong)


# Appreciation circle


@given(reports(2), st.data())
def test_no_ballot_given_or_kept_changes_ones_own_share(profile, data):
    people = [*profile]
    me = data.draw(st.sampled_from(people))
    others = {who: ballot for who, ballot in profile.items() if who != me}
    generous = {**others, me: {**profile[me], me: 1000}}
    silent = {**others, me: {}}
    assert circle(profile, people)[me] == circle(generous, people)[me] == circle(others, people)[me]
    assert circle(silent, people) == circle(others, people)


@given(reports(2), st.integers(0, 10**9), st.integers(0, 11))
def test_a_circle_shares_the_whole_pot(profile, pot, turn):
    found = circle(profile, [*profile])
    cents = in_cents(found, pot, turn)
    assert sum(cents.values()) == pot
    assert all(abs(cents[who] - pot * found[who]) < 1 for who in found)


@given(reports(2), st.integers(0, 10**6), st.integers(0, 11), st.randoms())
def test_amounts_do_not_depend_on_the_order_of_people(profile, pot, turn, rng):
    order = [*profile]
    rng.shuffle(order)
    amounts = [sorted(in_cents(circle(profile, people), pot, turn).values()) for people in ([*profile], order)]
    assert amounts[0] == amounts[1]


def test_shares_that_do_not_add_up_are_not_paid():
    with pytest.raises(ValueError, match="add up"):
        in_cents({"a": Fraction(1, 2)}, 100)


# Equal shares


@given(budgets())
def test_no_purse_is_overspent_and_each_project_is_paid_by_its_supporters(case):
    budget, costs, approvals = case
    purse = Fraction(budget, len(approvals))
    found = equal_shares(purse, costs, approvals)
    spent = [Fraction(0)] * len(approvals)
    for paid in found.paid:
        assert sum(paid.by.values()) == costs[paid.project]
        for who, part in paid.by.items():
            assert paid.project in approvals[who]
            assert part <= paid.rho * costs[paid.project]
            spent[who] += part
    assert [purse - each for each in spent] == [*found.left]
    assert min(found.left) >= 0
    for project in set(costs) - {*found.projects}:  # priceable: supporters of what is not funded cannot pay for it
        assert sum(left for left, likes in zip(found.left, approvals, strict=True) if project in likes) < costs[project]


@given(budgets())
def test_completing_never_passes_the_budget_nor_funds_nothing_instead_of_something(case):
    budget, costs, approvals = case
    first = equal_shares(Fraction(budget, len(approvals)), costs, approvals)
    found = completed(budget, costs, approvals)
    assert sum(costs[project] for project in found.projects) <= budget
    assert sum(costs[project] for project in most_votes(budget, costs, approvals)) <= budget
    assert bool(found.projects) >= bool(first.projects)


@given(budgets(), st.randoms())
def test_the_order_of_people_does_not_change_what_is_funded(case, rng):
    budget, costs, approvals = case
    listed = [*approvals]
    rng.shuffle(listed)
    assert completed(budget, costs, approvals).projects == completed(budget, costs, listed).projects


# The mix of principles

EQUAL = [Fraction(1, 3)] * 3
HOURS = [Fraction(1, 6), Fraction(2, 6), Fraction(3, 6)]
FINDER = [Fraction(1), Fraction(0), Fraction(0)]


@given(st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any))
def test_a_mix_is_found_again_exactly(parts):
    weights = [Fraction(part, sum(parts)) for part in parts]
    found = fit([EQUAL, HOURS, FINDER], mixed([EQUAL, HOURS, FINDER], weights))
    assert found.distance == 0
    assert [*found.weights] == weights
    assert found.explained == 1
    assert found.sure


@given(st.lists(st.integers(0, 20), min_size=6, max_size=6).filter(any))
def test_the_closest_mix_is_a_mix_and_no_small_step_comes_closer(parts):
    given_shares = [Fraction(part, sum(parts)) for part in parts]
    rows = [each + each for each in (EQUAL, HOURS, FINDER)]
    found = fit(rows, given_shares)
    assert sum(found.weights) == 1
    assert min(found.weights) >= 0
    assert 0 <= found.explained <= 1
    for towards in range(3):
        step = [w * Fraction(99, 100) for w in found.weights]
        step[towards] += Fraction(1, 100)
        assert distance(mixed(rows, step), given_shares) >= found.distance


def test_principles_that_the_cases_cannot_tell_apart_are_told():
    near = [share + (Fraction(1, 100) if at else -Fraction(1, 50)) for at, share in enumerate(HOURS)]
    assert alike([EQUAL, HOURS, near], Fraction(1, 20)) == [(1, 2)]
    assert not fit([EQUAL, HOURS, [*HOURS]], HOURS).sure
    assert fit([EQUAL, HOURS, FINDER], HOURS).sure
