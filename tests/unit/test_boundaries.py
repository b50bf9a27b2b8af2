"""Exact boundaries: a change by one, or of `>=` into `>`, is seen here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from kpa_model.assessment.kept import TimeOff
from kpa_model.assessment.pathway.file import ready
from kpa_model.assessment.timeline import timeline
from kpa_model.benefits import parameters
from kpa_model.benefits.household import Household
from kpa_model.benefits.solidarity import ppa, ppa_scale, rsa, rsa_scale
from kpa_model.decision.activities.vote import what_divides
from kpa_model.decision.from_workshop import protected
from kpa_model.decision.options import Option
from kpa_model.declare.page import Sentence
from kpa_model.errors import Refused
from kpa_model.figures.curve import Curve, curves
from kpa_model.figures.svg import nice
from kpa_model.files.book.cells import read_rate
from kpa_model.lessons.typed import read_typed
from kpa_model.money import WHOLE
from kpa_model.pay.advice import advice
from kpa_model.pay.rule_file import loads
from kpa_model.randomness import BLOCK
from kpa_model.simulation.months.play import Since
from kpa_model.simulation.results.outcome import Outcome
from kpa_model.simulation.results.selection import one_history
from kpa_model.simulation.weather.orders import expected_enquiries
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.ui import state
from kpa_model.workshop.event import Event
from kpa_model.workshop.live import MOST_PEOPLE, fold

DAY = date(2026, 6, 1)


@pytest.mark.parametrize("first", [1, 5, 12])
def test_the_year_of_the_cae_begins_in_january(first: int) -> None:
    since = Since(replace(Scenario(), group=replace(Scenario().group, first_month=first)))
    sales = np.full(BLOCK, 100)
    before = [int(since.month(number, sales, np.zeros(BLOCK, np.int64))["sales_before"][0]) for number in range(14)]
    calendar = [(first - 1 + number) % 12 for number in range(14)]
    assert [sold for sold, month in zip(before, calendar, strict=True) if month == 0] == [0] * calendar.count(0)
    assert [sold for sold, month in zip(before, calendar, strict=True) if month == 1 and sold != 100] == []
    assert before[1] == (0 if calendar[1] == 0 else 100)


def test_growth_is_whole_after_twelve_months_and_none_in_the_first() -> None:
    usual = Scenario()
    scenario = replace(
        usual,
        group=replace(usual.group, months=24),
        demand=replace(usual.demand, growth=WHOLE // 5, enquiries=1000),
        seasons=(WHOLE,) * 12,
    )
    expected = expected_enquiries(scenario)
    assert expected[0] == 10.0
    assert expected[12] == pytest.approx(12.0)


def test_one_history_shows_the_least_paid_and_the_best_paid_of_those_who_could_be() -> None:
    pay = np.array([[[30, 10, 20, 99]], [[0, 0, 0, 0]]])
    paid = np.array([[[True, True, True, False]], [[False] * 4]])
    seen = object.__new__(Outcome)
    object.__setattr__(seen, "pay", pay)
    object.__setattr__(seen, "paid", paid)
    assert one_history(seen, 0).tolist() == [[10, 0], [20, 0], [30, 0]]


def test_the_advice_names_the_first_step_that_empties_the_pot() -> None:
    steps = "frais_directs, parts_egales, par_heures, points_d_implication"
    said = advice(loads(f"titre: Essai\netapes: [{steps}]\npromesses: []"))
    assert [each for each in said if "n'aura rien" in each] == [
        "L'étape 2 (« Parts égales ») prend tout ce qui reste. L'étape 3 n'aura rien.",
        "L'étape 2 (« Parts égales ») prend tout ce qui reste. L'étape 4 n'aura rien.",
    ]


def test_a_month_that_is_no_longer_there_gives_way_to_the_last_one() -> None:
    kept = state._with_known_names(replace(state._first_state(), month="1999-01"))
    assert kept.month == str(state.months_in(state.book_of(kept))[-1].label)
    assert state._with_known_names(replace(state._first_state(), month="2019-01", book="tilleuls")).book == "tilleuls"


@pytest.mark.parametrize(("low", "divides"), [(1, False), (2, True)])
def test_a_quarter_of_the_group_at_each_end_divides_it(low: int, divides: bool) -> None:
    grades = {"a": [0] * low + [2] * (8 - 2 * low) + [4] * low}
    assert ("partage le groupe" in what_divides(grades, [Option("a", "A")])) is divides


def test_the_four_hundredth_person_comes_in_and_the_next_one_does_not() -> None:
    def joined(at: int) -> Event:
        return Event(seq=at + 1, at="2026-06-01T10:00:00", kind="joined", person=f"p{at}", payload={"name": f"P{at}"})

    live = fold(joined(at) for at in range(MOST_PEOPLE))
    assert (len(live.people), live.taken) == (400, True)
    live = fold(joined(at) for at in range(MOST_PEOPLE + 1))
    assert (len(live.people), live.taken) == (400, False)


@pytest.mark.parametrize(("answered", "kept"), [(4, False), (5, True)])
def test_a_record_holds_counts_from_exactly_five_answers(answered: int, kept: bool) -> None:
    page = (Sentence("Trois pour, deux contre."),)
    assert (protected(page, answered) == page) is kept


@pytest.mark.parametrize(("many", "shown"), [(6, 6), (7, 4)])
def test_up_to_six_labels_are_all_written(many: int, shown: int) -> None:
    steps = [f"t{at}" for at in range(many)]
    drawn = curves("Essai", steps, [Curve("Une", tuple(range(many)))]).partition("</svg>")[0]
    assert sum(f">{step}<" in drawn for step in steps) == shown


def test_a_typed_cell_of_three_tenths_is_not_a_percentage() -> None:
    assert read_rate(0.29) == 290_000
    with pytest.raises(Refused, match="deux façons"):
        read_rate(0.3)


def test_the_smallest_rsa_is_paid_and_a_cent_less_is_not() -> None:
    home, scale = Household(housed=False), rsa_scale(DAY)
    whole = int(rsa(home, DAY, [0, 0, 0]))
    assert int(rsa(home, DAY, [whole - scale.least] * 3)) == scale.least
    assert int(rsa(home, DAY, [whole - scale.least + 1] * 3)) == 0


def test_the_smallest_prime_d_activite_is_paid_and_less_is_not() -> None:
    months = [DAY] * 3
    paid = [int(ppa(Household(), months, [[each] * 3])) for each in range(1_900_00, 2_300_00, 100)]
    assert min(each for each in paid if each) < ppa_scale(DAY).least + 100
    assert {each for each in paid if 0 < each < ppa_scale(DAY).least} == set()
    assert 0 in paid
    others = np.arange(45_000, 60_000)[:, None].repeat(3, -1)  # cent by cent, with a pay whose right is whole cents
    each = ppa(Household(housed=False), months, np.full((len(others), 1, 3), 20_000), others)
    assert set(each.tolist()) >= {0, ppa_scale(DAY).least}


def test_aah_counts_as_earned_from_exactly_the_limit() -> None:
    limit = int(parameters.amount("ppa_seuil_aah", DAY)) * parameters.cents("smic_horaire", DAY)
    months = [DAY] * 3
    under, at = (int(ppa(Household(), months, [[each] * 3], aah=[[300_00] * 3])) for each in (limit - 1, limit))
    assert at - under > 100


def test_a_pause_moves_what_falls_on_its_first_day() -> None:
    pathway, entry = ready(), date(2026, 1, 15)
    before = next(each for each in timeline(pathway, entry, entry).events if each.due > entry)
    away = (TimeOff(before.due, date.fromordinal(before.due.toordinal() + 30)),)
    moved = {each.key: each.due for each in timeline(pathway, entry, entry, pauses=away).events}
    assert (moved[before.key] - before.due).days == 30
    late = (TimeOff(date.fromordinal(before.due.toordinal() + 1), date.fromordinal(before.due.toordinal() + 31)),)
    still = {each.key: each.due for each in timeline(pathway, entry, entry, pauses=late).events}
    assert still[before.key] == before.due


@pytest.mark.parametrize(("typed", "readings"), [("10", 2), ("10,1", 1), ("10 %", 1), ("-10", 2)])
def test_ten_typed_alone_may_be_ten_per_cent_or_ten_times(typed: str, readings: int) -> None:
    assert len(read_typed(typed, "%")) == readings


@pytest.mark.parametrize(("top", "step"), [(4, 1), (5, 1), (5.01, 2), (10, 2), (25, 5), (39, 10), (40, 10), (50, 10)])
def test_the_step_of_a_scale_is_round_and_five_steps_reach_the_top(top: float, step: float) -> None:
    assert nice(top) == step
