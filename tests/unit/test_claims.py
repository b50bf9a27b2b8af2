"""The claims problem: what every method must satisfy, and what each one promises of its own."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.errors import WrongRule
from kpa_model.shortage import arrival
from kpa_model.shortage.claims import METHODS, equal_awards, equal_losses, proportional, random_arrival, talmud

RULES = [proportional, equal_awards, equal_losses, talmud, random_arrival]
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
amounts = st.one_of(st.integers(0, 20), st.integers(0, 10**7))
claims_of = st.lists(amounts, min_size=1, max_size=8)
turns = st.integers(0, 40)


@st.composite
def problems(draw, claims=claims_of):
    asked = draw(claims)
    return draw(st.integers(0, sum(asked))), asked


def mean_of_all_orders(pot, asked):
    """First come, first served, over the n! orders: the definition."""
    total, orders = [0] * len(asked), 0
    for order in permutations(range(len(asked))):
        left, orders = pot, orders + 1
        for person in order:
            got = min(left, asked[person])
            left, total[person] = left - got, total[person] + got
    return [Fraction(each, orders) for each in total]


def at_the_level(pot, asked, award):
    """Exact awards `award(claim, level)` that sum to the pot: the level lies between two corners."""
    corners = sorted({Fraction(0), *(Fraction(claim) for claim in asked)})
    totals = [sum(award(claim, level) for claim in asked) for level in corners]
    for (low, had), (high, has) in zip(
        zip(corners, totals, strict=True), zip(corners[1:], totals[1:], strict=True), strict=False
    ):
        if min(had, has) <= pot <= max(had, has) and had != has:
            level = low + (high - low) * (pot - had) / (has - had)
            return [award(claim, level) for claim in asked]
    return [award(claim, corners[0] if totals[0] == pot else corners[-1]) for claim in asked]


def largest_remainders(exact, turn):
    """Whole cents of exact awards, by a plain sort."""
    count, share = len(exact), [int(each) for each in exact]
    order = sorted(range(count), key=lambda i: (share[i] - exact[i], (i - turn) % count))
    for person in order[: int(sum(exact)) - sum(share)]:
        share[person] += 1
    return share


@every_rule
@given(problems(), turns, st.integers(0, 5))
def test_the_pot_is_shared_to_the_cent_and_nobody_gets_more_than_asked(rule, problem, turn, more):
    pot, asked = problem
    awards = rule(pot, asked, turn)
    assert awards.dtype == np.int64
    assert awards.sum() == pot
    assert ((awards >= 0) & (awards <= asked)).all()
    assert rule(sum(asked) + more, asked, turn).tolist() == asked


@every_rule
@given(problems(), st.randoms(use_true_random=False))
def test_names_do_not_matter_up_to_the_odd_cent(rule, problem, random):
    pot, asked = problem
    order = random.sample(range(len(asked)), len(asked))
    shuffled = rule(pot, [asked[person] for person in order])
    assert np.abs(shuffled - rule(pot, asked)[order]).max() <= 1


@every_rule
@given(problems(), turns, st.integers(0, 1000))
def test_a_larger_pot_takes_at_most_a_cent_from_anybody(rule, problem, turn, more):
    pot, asked = problem
    assert (rule(pot + more, asked, turn) >= rule(pot, asked, turn) - 1).all()


@every_rule
@given(problems())
def test_who_asks_more_gets_as_much_and_goes_without_as_much(rule, problem):
    pot, asked = problem
    order = np.argsort(asked, kind="stable")
    awards, asked = rule(pot, asked)[order], np.array(asked)[order]
    assert (np.diff(awards) >= -1).all()
    assert (np.diff(asked - awards) >= -1).all()


@every_rule
@given(st.integers(1, 12), st.integers(0, 5000), st.integers(1, 700))
def test_over_as_many_months_as_people_equals_get_the_same(rule, count, pot, claim):
    year = sum(rule(pot, [claim] * count, month) for month in range(count))
    assert set(year.tolist()) == {min(pot, count * claim)}


@every_rule
@given(st.lists(problems(st.lists(amounts, min_size=4, max_size=4)), min_size=1, max_size=6), turns)
def test_replicates_do_not_talk(rule, rows, turn):
    together = rule([pot for pot, _ in rows], [asked for _, asked in rows], turn)
    assert together.tolist() == [rule(pot, asked, turn).tolist() for pot, asked in rows]


@pytest.mark.parametrize(
    ("rule", "dual"),
    [
        (proportional, proportional),
        (equal_awards, equal_losses),
        (equal_losses, equal_awards),
        (talmud, talmud),
        (random_arrival, random_arrival),
    ],
)
@given(problem=problems())
def test_sharing_what_is_missing_is_the_dual_rule(rule, dual, problem):
    pot, asked = problem
    losses = dual(sum(asked) - pot, asked)
    assert np.abs(np.array(asked) - losses - rule(pot, asked)).max() <= 1


@given(problems(), turns)
def test_equal_awards_are_those_of_a_common_ceiling(problem, turn):
    exact = at_the_level(*problem, min)
    assert equal_awards(*problem, turn).tolist() == largest_remainders(exact, turn)


@given(problems(), turns)
def test_equal_losses_are_those_of_a_common_loss(problem, turn):
    exact = at_the_level(*problem, lambda claim, loss: max(Fraction(0), claim - loss))
    assert equal_losses(*problem, turn).tolist() == largest_remainders(exact, turn)


@given(problems(), turns)
def test_talmud_is_equal_awards_on_halves_then_equal_losses(problem, turn):
    pot, asked = problem
    halves = [Fraction(claim, 2) for claim in asked]
    if 2 * pot <= sum(asked):
        exact = at_the_level(pot, halves, min)
    else:
        rest = at_the_level(pot - sum(halves), halves, lambda claim, loss: max(Fraction(0), claim - loss))
        exact = [half + more for half, more in zip(halves, rest, strict=True)]
    assert talmud(pot, asked, turn).tolist() == largest_remainders(exact, turn)


@given(problems(st.lists(amounts, min_size=1, max_size=6)), turns)
def test_random_arrival_is_the_mean_of_all_orders(problem, turn):
    exact = mean_of_all_orders(*problem)
    assert random_arrival(*problem, turn).tolist() == largest_remainders(exact, turn)


@given(problems(st.lists(st.integers(0, 60), min_size=1, max_size=6)), turns)
def test_counting_groups_gives_what_listing_them_gives(problem, turn):
    listed = random_arrival(*problem, turn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrival, "LISTED", 0)
        assert random_arrival(*problem, turn).tolist() == listed.tolist()


@given(st.integers(0, 400), st.lists(st.integers(1, 40), min_size=17, max_size=19), turns)
def test_counting_agrees_with_listing_for_seventeen_people_and_more(pot, asked, turn):
    counted = random_arrival(pot, asked, turn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrival, "LISTED", 19)
        assert random_arrival(pot, asked, turn).tolist() == counted.tolist()


def test_random_arrival_stays_exact_with_sixty_people():
    asked = np.array([1_000 * (1 + person % 5) for person in range(60)])
    awards = random_arrival(77_777, asked)
    kinds = [awards[asked == kind] for kind in np.unique(asked)]
    assert awards.sum() == 77_777
    assert all(np.ptp(kind) <= 1 for kind in kinds)
    # Sixty equal requests: by symmetry, an equal share.
    assert set(random_arrival(77_777, [2_300] * 60).tolist()) == {1296, 1297}
    # Its own dual, though both sides are counted apart.
    missing = random_arrival(asked.sum() - 77_777, asked)
    assert np.abs(asked - missing - awards).max() <= 1


def test_numbers_too_long_for_one_slice_of_bits_are_added_in_several(monkeypatch):
    asked = np.array([700, 1100, 1300, 1700, 1900, 2300] * 3)
    expected = arrival.mean_counted(12_345, asked)
    claims_in_few_bits = arrival._without_each

    def narrow(table, kinds, pot, unit, bits):
        return claims_in_few_bits(table, kinds, pot, unit, 3)

    monkeypatch.setattr(arrival, "_without_each", narrow)
    assert arrival.mean_counted(12_345, asked).tolist() == expected.tolist()


def test_random_arrival_of_many_odd_requests_is_refused_rather_than_frozen():
    claims = np.arange(10_001, 10_061)
    with pytest.raises(WrongRule, match="trop long pour 60 demandes") as refused:
        METHODS["arrivee_au_hasard"].divide(np.array(400_000), claims, 0)
    assert "Arrondissez les demandes à l'euro" in str(refused.value)
    rounded = METHODS["arrivee_au_hasard"].divide(np.array(400_000), claims // 100 * 100, 0)
    assert rounded.sum() == 400_000


def test_random_arrival_of_many_months_at_once_is_refused_rather_than_frozen():
    claims = np.arange(10_001, 10_026) + np.arange(256)[:, None]
    pots = np.full(256, 25_000)
    with pytest.raises(WrongRule, match="trop long pour 25 demandes, dans beaucoup de mois à la fois"):
        random_arrival(pots, claims)
    assert random_arrival(pots[0], claims[0]).sum() == 25_000
    assert random_arrival(pots[:64], claims[:64] // 1000 * 1000).sum() == 64 * 25_000


def test_random_arrival_refuses_what_would_take_too_long():
    with pytest.raises(WrongRule, match="trop long pour 67 demandes"):
        random_arrival(1000, [100] * 67)
    with pytest.raises(WrongRule, match="Arrondissez les demandes à l'euro"):
        random_arrival(10**9, [10**8 + person for person in range(20)])


@every_rule
def test_nobody_and_nothing_are_shared_too(rule):
    assert rule(100, []).shape == (0,)
    assert rule(0, [5, 5]).tolist() == [0, 0]
    assert rule(100, [0, 0]).tolist() == [0, 0]
    assert rule([1, 2], np.zeros((2, 0), int)).shape == (2, 0)
    assert rule(np.zeros(0, int), np.zeros((0, 3), int)).shape == (0, 3)


@every_rule
def test_one_list_of_claims_serves_many_pots(rule):
    asked = [1000, 500, 700]
    assert rule([600, 2200], asked).tolist() == [rule(600, asked).tolist(), asked]


@every_rule
@pytest.mark.parametrize(("pot", "asked"), [(-1, [1]), (1, [-1]), (1, [2**40])])
def test_what_is_not_a_claims_problem_is_refused(rule, pot, asked):
    with pytest.raises(ValueError, match="claims"):
        rule(pot, asked)


def test_arguments_are_left_unchanged():
    asked = np.array([300, 100, 200])
    for method in METHODS.values():
        method.divide(250, asked, 1)
    assert asked.tolist() == [300, 100, 200]


@pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))
def test_a_method_explains_itself_in_one_short_sentence(method):
    assert METHODS[method.name] is method
    assert method.name.isascii()
    assert method.name.islower()
    assert method.says.endswith(".")
    assert method.says.count(".") == 1
    assert len(method.says.replace(":", "").split()) <= 15
