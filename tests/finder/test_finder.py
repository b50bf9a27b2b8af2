"""A rule found: what can be promised is exact, what is shown is on the frontier, the same seed gives the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.finder.candidates import candidates, evenly, knobs_of, with_saving, with_settings
from kpa_model.finder.measures import measured
from kpa_model.finder.promised import Pots, clashes, highest_minimum, highest_saved, pots_of
from kpa_model.finder.search import HIGHER, search
from kpa_model.finder.simulated import highest_each, simulated
from kpa_model.finder.window import Window
from kpa_model.finder.wishes import Weight, Wishes
from kpa_model.money import WHOLE
from kpa_model.pay.engine import settle, settle_months
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import known_steps
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.weather import ready
from kpa_model.story.finder import told
from kpa_model.ui.library import read_named
from tests.contract.months import cases
from tests.contract.readable import faults

STEPS = known_steps()
EQUAL_THEN_HOURS = PayRule("Mélange", (STEPS["parts_egales"](part=500_000), STEPS["par_heures"]()))
NOTHING = Wishes(weights={})


def two(sales: int = 600_00, hours: tuple[int, int] = (10, 30), label: str = "2025-03", **facts: object) -> Month:
    minutes = np.zeros((4, 2), np.int64)
    minutes[1] = [60 * each for each in hours]
    return Month.of(["Awa", "Zoé"], label=label, minutes=minutes, sales=sales, **facts)


def window(*months: Month, today: PayRule = EQUAL_THEN_HOURS) -> Window:
    return Window.of(months, today, len(months))


@pytest.fixture(scope="module")
def months():
    return months_of(read_named("tilleuls")[0])


@pytest.fixture(scope="module")
def tilleuls(months):
    return Window.of(months, ready_rules()["parts_egales"])


# --- months settled together ------------------------------------------------------------------------------------------

RECENT = STEPS["contributions_recentes"]


@pytest.mark.parametrize("size", [5, 12, 24])
@pytest.mark.parametrize("step", [
    RECENT(window=3), RECENT(window=12, fading=100_000), RECENT(base="points", window=6), STEPS["rattrapage"](),
])  # fmt: skip
def test_a_rule_that_looks_back_gives_in_a_window_what_it_gives_in_the_whole_book(months, step, size):
    rule = ready_rules()["heures"].with_steps(STEPS["frais_directs"](), step)
    lived = settle_months(rule, months)[-size:]
    found = Window.of(months, rule, size).settle(rule)
    assert np.array_equal(found.pay, np.stack([each.pay for each in lived]))
    assert found.pot.tolist() == [int(each.closing.pot) for each in lived]


def test_months_settled_together_give_the_same_frontier_as_one_after_the_other(months, monkeypatch):
    templates = tuple(ready_rules()[name] for name in ("contributions_recentes", "heures", "minimum_et_heures"))
    wishes = Wishes(weights={"least": Weight.MUCH, "loss": Weight.LITTLE})
    looked = Window.of(months, ready_rules()["heures"])
    fast = search(looked, wishes, templates, many=40)
    monkeypatch.setattr(Window, "_at_once", lambda self, rule: None)
    slow = search(looked, wishes, templates, many=40)
    assert [(each.rule, each.measures) for each in fast.frontier] == [
        (each.rule, each.measures) for each in slow.frontier
    ]
    for one, other in zip(fast.frontier, slow.frontier, strict=True):
        assert np.array_equal(one.given.pay, other.given.pay)
        assert np.array_equal(one.given.hour, other.given.hour)


# --- what can be promised ---------------------------------------------------------------------------------------------


def test_the_highest_minimum_of_two_people_is_half_the_worst_month():
    seen = window(two(600_00), two(230_01, label="2025-08"), two(900_00))
    pots = pots_of(seen, EQUAL_THEN_HOURS)
    alone, saved = highest_minimum(pots), highest_saved(pots)
    assert (alone.cents, pots.labels[alone.month]) == (115_00, "2025-08")
    assert (saved.cents, saved.month) == ((600_00 + 230_01) // 4, 1)
    (clash,) = clashes(seen, pots, Wishes(least=120_00, weights={"least": Weight.MUST}))
    assert (clash.pot, clash.people, clash.possible) == (230_01, 2, 115_00)
    (said,) = told.clashes_told([clash], pots)
    assert said.startswith("En août 2025, l'enveloppe est de 230,01\xa0€ pour 2\xa0personnes.")
    assert said.endswith("Plus de 115\xa0€ ne peut être promis, sans rien garder d'avance.")


PURSE = st.lists(st.tuples(st.integers(0, 5_000_00), st.integers(0, 12)), min_size=1, max_size=12)


@settings(max_examples=cases(60))
@given(PURSE, st.integers(0, 300_000))
def test_the_highest_promise_is_kept_and_one_cent_more_is_not(months, commons):
    pot, people = (np.array(each, np.int64) for each in zip(*months, strict=True))
    pots = Pots(("",) * len(pot), pot, people, pot, 0)
    left = np.maximum(pots.after_commons(commons), 0)

    def alone(cents: int) -> bool:
        return all(money >= cents * many for money, many in zip(left, people, strict=True) if many)

    def saving(cents: int) -> bool:
        held = 0
        for money, many in zip(left, people, strict=True):
            held += int(money) - cents * int(many)
            if held < 0:
                return False
        return True

    if people.any():
        for found, kept in ((highest_minimum(pots, commons), alone), (highest_saved(pots, commons), saving)):
            assert kept(found.cents)
            assert not kept(found.cents + 1)
        assert highest_saved(pots, commons).cents >= highest_minimum(pots, commons).cents


@settings(max_examples=cases(40))
@given(st.lists(st.tuples(st.integers(0, 900_00), st.integers(0, 6)), min_size=24, max_size=24))
def test_a_simulated_year_promises_what_its_months_do(months):
    pot, people = (np.array(each, np.int64)[:, None] for each in zip(*months, strict=True))
    alone, saved = highest_each(pot, people)
    for year in range(2):
        part = slice(12 * year, 12 * year + 12)
        pots = Pots(("",) * 12, pot[part, 0], people[part, 0], pot[part, 0], 0)
        assert alone[year, 0] == highest_minimum(pots).cents
        assert saved[year, 0] == highest_saved(pots).cents


def test_95_simulated_years_in_100_keep_what_is_said_and_not_one_cent_more():
    scenario = ready.scenario("annee_ordinaire")
    found = simulated([draw(scenario, 3, 0)], "volontaires", ready_rules()["heures"], 200)
    again = simulated([draw(scenario, 3, 0)], "volontaires", ready_rules()["parts_egales"], 200)
    assert found == again  # whatever the rule, the same purchases and host
    assert found.years == 400
    assert found.low <= found.alone <= found.high
    assert found.alone <= found.saved


@pytest.mark.parametrize(
    ("wishes", "names", "possible"),
    [
        ({"least": 299_00, "commons": 50_000}, ("least", "commons"), 285_00),
        ({"least": 300_00, "hour": 1}, ("least", "hour"), 299_99),
        ({"times": 100, "hour": 1}, ("times", "hour"), 101),
        ({"loss": 0, "commons": 50_000}, ("loss", "commons"), 50_000),
        ({"loss": 0, "least": 299_00}, ("loss", "least"), 199_115),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_wishes_that_contradict_each_other_are_named_with_what_is_possible(wishes, names, possible):
    """600 € for two; today gives 225 € and 375 €."""
    seen = window(two(600_00))
    asked = Wishes(**wishes, weights=dict.fromkeys(wishes, Weight.MUST))
    (found,) = clashes(seen, pots_of(seen, EQUAL_THEN_HOURS), asked)
    assert found.wishes == names
    if names == ("loss", "least"):
        kept, before = (-(-375_00 * (WHOLE - loss) // WHOLE) for loss in (found.possible, found.possible - 1))
        assert 299_00 + kept <= 600_00 < 299_00 + before
    else:
        assert found.possible == possible
    for said in told.clashes_told([found], pots_of(seen, EQUAL_THEN_HOURS)):
        assert faults(said) == []


def test_wishes_that_go_together_are_not_accused():
    seen = window(two(600_00))
    assert clashes(seen, pots_of(seen, EQUAL_THEN_HOURS), Wishes(least=200_00, loss=150_000, commons=0)) == ()


# --- months together --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ready_rules())
def test_months_settled_together_give_the_cents_of_one_after_the_other(name, tilleuls):
    rule = ready_rules()[name]
    found, settled = tilleuls.settle(rule), settle_months(rule, tilleuls.months)
    assert (found.pay == [each.pay + each.closing.saved - each.opening.saved for each in settled]).all()
    common = [each.closing.fund - each.opening.fund for each in settled]
    assert (found.common == common).all()


@settings(max_examples=cases(15, 300))
@given(st.integers(0, 2**31), st.sampled_from(sorted(ready_rules())))
def test_any_settings_give_the_same_cents_together_and_one_by_one(seed, name):
    seen, rule = Window.of(months_of(read_named("tilleuls")[0])[:5], ready_rules()["heures"]), ready_rules()[name]
    rng, knobs = np.random.default_rng(seed), knobs_of(rule)
    drawn = with_settings(rule, knobs, [int(rng.choice(knob.values)) for knob in knobs])
    found, settled = seen.settle(drawn), settle_months(drawn, seen.months)
    assert (found.pay == [each.pay + each.closing.saved - each.opening.saved for each in settled]).all()


def test_an_hour_more_brings_what_the_rule_gives(tilleuls):
    from kpa_model.audit.changes import MoreTime

    rule = ready_rules()["minimum_et_heures"]
    found, settled = tilleuls.settle(rule), settle_months(rule, tilleuls.months)
    for at, each in enumerate(settled):
        for rank, who in enumerate(tilleuls.askers[at]):
            more = settle(rule, MoreTime(int(who), 1).after(each.month))
            assert found.hour[at, rank] == more.pay[who] - each.pay[who]


# --- the frontier -----------------------------------------------------------------------------------------------------


def test_the_frontier_of_two_people_is_the_one_of_the_hand():
    """p of 600 € equally, the rest by hours 10 and 30: the least is 150 + 150 p euros; every p is on the frontier."""
    seen = window(two(600_00))
    found = search(seen, NOTHING, [EQUAL_THEN_HOURS])
    parts = sorted(each.rule.steps[0].part for each in found.frontier)
    assert parts == [*range(0, WHOLE, 50_000), WHOLE]
    for each in found.frontier:
        part = Fraction(each.rule.steps[0].part, WHOLE)
        assert each.measures.least == 150_00 + 150_00 * part
    assert found.tried == 21


def test_what_must_be_is_kept_by_every_rule_shown():
    seen = window(two(600_00), two(400_00))
    wishes = Wishes(least=140_00, times=200, weights={"least": Weight.MUST, "times": Weight.MUST})
    found = search(seen, wishes, [EQUAL_THEN_HOURS])
    assert found.frontier
    assert all(each.measures.least >= 140_00 and each.measures.times <= 200 for each in found.frontier)
    assert min(each.rule.steps[0].part for each in found.frontier) == 400_000  # 100 + 100 p ≥ 140 on 400 €
    assert search(seen, replace(wishes, least=300_00), [EQUAL_THEN_HOURS]).shown == ()


@pytest.mark.parametrize("axes", [("least", "hour"), ("least", "loss"), ("hour", "commons")])
def test_no_rule_shown_is_beaten_by_another_and_the_seed_decides(axes, tilleuls):
    templates = [ready_rules()[name] for name in ("minimum_et_heures", "melange_cjs", "solidarite_et_ecart")]
    one, other = (search(tilleuls, Wishes(), templates, axes, many=60) for _ in range(2))
    assert [each.rule for each in one.frontier] == [each.rule for each in other.frontier]
    places = [each.place(axes) for each in one.frontier]
    for at, place in enumerate(places):
        for rank, better in enumerate(places):
            assert rank == at or not all(mine >= hers for mine, hers in zip(better, place, strict=True))
    assert set(map(id, one.shown)) <= set(map(id, one.frontier))


def test_a_random_search_of_ten_times_the_size_finds_nothing_better():
    """On a book of two people and two settings, nothing drawn is better on both axes by more than fifty cents."""
    rule = PayRule("Deux réglages", (STEPS["parts_egales"](part=300_000), STEPS["par_heures"](), STEPS["solidarite"]()))
    seen = window(two(600_00), two(350_00, (20, 5)), two(800_00, (8, 12)))
    found = search(seen, NOTHING, [rule], many=80)
    places = [each.place(("least", "hour")) for each in found.frontier]
    rng, knobs = np.random.default_rng(8), knobs_of(rule)
    for _ in range(800):
        drawn = with_settings(rule, knobs, [int(rng.choice(knob.values)) for knob in knobs])
        measures = measured(seen, seen.settle(drawn), NOTHING)
        x, y = (HIGHER[name] * getattr(measures, name) for name in ("least", "hour"))
        assert any(place[0] >= x - 50 and place[1] >= y - 50 for place in places)


def test_candidates_move_only_what_the_group_chooses():
    rule = ready_rules()["minimum_et_heures"]
    for each in candidates([rule], 30, 1):
        assert each.steps[:2] == rule.steps[:2]
        assert each.sentence == each.favours == ""
    assert not any(knob.attribute == "part" for knob in knobs_of(ready_rules()["heures"]))
    saving = with_saving(rule)
    assert [step.name for step in saving.steps].count("lissage") == 1
    assert with_saving(saving) == saving


# --- the words --------------------------------------------------------------------------------------------------------


def test_what_is_found_reads_aloud(tilleuls):
    wishes = Wishes()
    pots = pots_of(tilleuls, ready_rules()["parts_egales"])
    found = search(tilleuls, wishes, [ready_rules()["minimum_et_heures"]], many=40)
    said = [*told.promised_told(pots, wishes.commons, None), *told.search_told(found, wishes)]
    said += [each for shown in found.shown for each in told.rule_told(shown, wishes)]
    said += told.clashes_told(clashes(tilleuls, pots, replace(wishes, least=200_00)), pots)
    for each in said:
        assert faults(each) == [], each


def test_points_drawn_reach_every_part_of_every_side():
    for side in evenly(50, 4, seed=3).T:
        assert np.floor(np.sort(side) * 50).tolist() == list(range(50))
