"""What a draw of small changes showed that no test near saw: see docs/mutations.md."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from kpa_model.benefits import own_rates
from kpa_model.cooperative.month import Month
from kpa_model.decision import vignettes
from kpa_model.decision.activities.budget import _divides
from kpa_model.decision.activities.cases import DOUBT, Vignettes
from kpa_model.decision.activities.claims import Claims, _beside
from kpa_model.decision.activities.debate import AFTER, BEFORE, SCALES, MovingDebate
from kpa_model.decision.activities.our_hours import _monday, _span
from kpa_model.decision.activities.weaknesses import NOTHING, UNTRIED, Weaknesses, _nothing
from kpa_model.decision.closing import closing_form
from kpa_model.decision.options import effect_told
from kpa_model.decision.vignettes import Case, Someone, confused
from kpa_model.decision.written_cases import _someone
from kpa_model.declare.page import Table
from kpa_model.errors import Refused
from kpa_model.pay.cae_scale import scale
from kpa_model.pay.engine import settle
from kpa_model.pay.per_hour import HourAtLeast, HourAtMost
from kpa_model.pay.promise import Result
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule_file import loads
from kpa_model.pay.steps.counted import ByCount
from kpa_model.pay.steps.levies import _contribution
from kpa_model.shortage.arrival import LISTED
from kpa_model.shortage.claims import METHODS
from kpa_model.simulation.months.play import play
from kpa_model.simulation.months.staffing import POLE_AT, POLICIES, SCORES, keys_of
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.weather.orders import LARGEST, SMALLEST, _euros_of_levels, _shares_of_levels
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.workshop.activity import Room
from tests.contract.activities import played as answers_of

COUNTED = ("pay", "shortage", "simulation", "benefits", "decision")
EQUAL = loads("titre: Parts égales\netapes: [parts_egales]")


def values() -> Iterator[type]:
    """Yield every dataclass of the parts that count money and votes."""
    for part in (importlib.import_module(f"kpa_model.{each}") for each in COUNTED):
        for found in pkgutil.walk_packages(part.__path__, f"{part.__name__}."):
            held = vars(importlib.import_module(found.name)).values()
            yield from (each for each in held if isinstance(each, type) and each.__module__ == found.name)


def test_what_counts_money_and_votes_never_changes_once_made() -> None:
    made = [each for each in values() if is_dataclass(each)]
    assert len(made) > 100
    assert not [each for each in made if not each.__dataclass_params__.frozen]


def test_what_holds_arrays_is_never_compared_cell_by_cell() -> None:
    """Numpy would answer with an array, or refuse, where yes or no is expected."""
    array = re.compile(r"^(NDArray|npt\.|Cents|Flags|Counts|Ints|Small|Floats|Bits|Purses$|Month$)")
    held = [each for each in values() if is_dataclass(each) and any(array.match(str(f.type)) for f in fields(each))]
    assert len(held) > 15
    assert not [each for each in held if each.__dataclass_params__.eq]


def why(rule: str, month: Month, who: int) -> list[str]:
    return [step.because(seen) for step, seen in settle(loads(rule), month).seen_by(who)]


@pytest.mark.parametrize(("advance", "left"), [(30_00, False), (50_00, False), (80_00, True)])
def test_an_advance_says_that_something_is_left_only_when_something_is(advance: int, left: bool) -> None:
    month = Month.of(["Awa", "Bruno"], sales=100_00, advance=[advance, 0])
    said = why("titre: x\netapes: [parts_egales, avances]", month, 0)[-1]
    assert ("Le reste est à régler le mois prochain." in said) == left


@pytest.mark.parametrize(("high", "same"), [(100_00, True), (100_01, True), (100_02, False)])
def test_amounts_a_cent_apart_are_the_same_amount(high: int, same: bool) -> None:
    told = effect_told({"sentence": "Tout pareil.", "effect": {"low": 100_00, "middle": 100_00, "high": high}})
    assert ("Chaque personne reçoit" in told) == same


def test_the_calendar_of_simulated_months_goes_from_one_to_twelve() -> None:
    group = replace(Scenario().group, months=4, first_month=11)
    turns = play(draw(replace(Scenario(), group=group), 4, 0), POLICIES["volontaires"], EQUAL)
    assert [set(turn.settled.month.calendar.tolist()) for turn in turns] == [{11}, {12}, {1}, {2}]


@pytest.mark.parametrize("score", [SCORES - 1, SCORES, 10 * SCORES])
def test_whoever_is_called_last_stays_in_her_pole(score: int) -> None:
    key = keys_of(np.array([[score]]), (np.array([[True]]), np.array([[False]])), (np.array([[2]]), np.array([[1]])), 4)
    assert int(key[0, 0]) >> POLE_AT == 2


def test_a_share_of_a_millionth_alone_takes_everything() -> None:
    assert set(_shares_of_levels((1, 0))) == {0}


@pytest.mark.parametrize(("many", "told"), [(LISTED, True), (LISTED + 1, False)])
def test_claims_of_a_cent_count_among_those_that_are_too_many_for_random_arrival(many: int, told: bool) -> None:
    given = {f"p{at}": {"montant": 1} for at in range(many)}
    room = Room(dict.fromkeys(given, "x"), {"demande": given}, {"pot": 5})
    assert (METHODS["arrivee_au_hasard"].label in str(Claims(every_method=True).page("demande", room))) == told


@pytest.mark.parametrize(("claims", "taken"), [([2**39 - 1] * 2, True), ([2**39] * 2, False), ([2**40 - 1], True)])
def test_claims_are_shared_exactly_up_to_eleven_thousand_million_euros(claims: list[int], taken: bool) -> None:
    if taken:
        assert METHODS["proportionnel"].divide(10, claims, 0).sum() == 10
    else:
        with pytest.raises(ValueError, match="too large"):
            METHODS["proportionnel"].divide(10, claims, 0)


def test_an_order_is_of_ten_euros_at_least_and_twenty_thousand_at_most() -> None:
    poles = tuple(replace(Scenario().poles[0], price=price, spread=300) for price in (SMALLEST, LARGEST))
    euros = _euros_of_levels(poles)
    assert (int(euros.min()), int(euros.max())) == (10, 20_000)


@pytest.mark.parametrize(
    ("first", "told"),
    [(1, "du 1er au 4 février 2027"), (2, "du 2 au 5 février 2027"), (11, "du 11 au 14 février 2027")],
)
def test_the_first_of_a_month_is_said_1er(first: int, told: str) -> None:
    assert _span(date(2027, 2, first), date(2027, 2, first + 3)).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("told", "made"),
    [
        ("elle a un besoin", Someone("Awa", 0, 0, 0, 200)),
        ("apporte une commande", Someone("Awa", 0, 100, 0, 100)),
        ("amène un client", Someone("Awa", 0, 100, 0, 100)),
        ("2 h pour le commun", Someone("Awa", 0, 0, 120, 100)),
        ("2 h", Someone("Awa", 120, 0, 0, 100)),
    ],
)
def test_a_person_of_a_case_is_what_her_words_say(told: str, made: Someone) -> None:
    assert _someone("Awa", told) == made


def test_a_person_of_whom_nothing_is_said_is_refused() -> None:
    with pytest.raises(Refused, match="ne dit pas ce qu'a fait"):
        _someone("Awa", " , ")


@pytest.mark.parametrize(
    ("promise", "most", "least"), [(HourAtMost(most=1_00), 60, 6000), (HourAtLeast(least=1_00), 6000, 60)]
)
@pytest.mark.parametrize(("many", "told"), [(1, "1 personne reçoit"), (2, "2 personnes reçoivent")])
def test_how_many_break_a_promise_by_the_hour_is_said_in_french(promise, most, least, many: int, told: str) -> None:
    jobs = [most] * many + [least] * (2 - many)
    month = Month.of(["Awa", "Bruno"], sales=100_00, minutes=[jobs, [0, 0], [0, 0], [0, 0]])
    said = promise.verdict(Result(month, Purses.opening(month), settle(EQUAL, month).closing))
    assert said.replace("\u00a0", " ").startswith(told)


@pytest.mark.parametrize(("hours", "alike"), [(52, True), (57, False)])
def test_two_principles_a_twentieth_apart_are_told_apart(hours: int, alike: bool) -> None:
    people = (Someone("Awa", hours * 60), Someone("Bruno", (100 - hours) * 60))
    said = " ".join(confused((Case("Un", "Deux.", 100_00, people),)))
    assert ("« les parts égales » et « les heures »" in said) == alike


def test_the_place_of_a_meeting_may_stay_empty() -> None:
    _, wrong = closing_form(None).read({"jour": "15/01/2027"})
    assert "lieu" not in wrong


@pytest.mark.parametrize(
    ("until", "asked", "told"), [(None, 1, ""), (None, 2, "jusqu'en"), (2, 2, ""), (2, 3, "jusqu'en")]
)
def test_a_scale_is_known_from_its_first_month_to_its_last(until: int | None, asked: int, told: str) -> None:
    about = replace(scale("coopaname"), valid_from=date(2026, 1, 1), known_until=until and date(2026, until, 28))
    said = about.warning_for(date(2026, asked, 1))
    assert (said == "") if not told else (told in said)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("fonction: {taux: 10 %, personnes: [Awa]}", "Awa ne tient pas cette fonction."),
        ("epargne_de_lancement: {taux: 10 %}", "On garde −"),
        ("avances", "On retire −"),
    ],
)
def test_a_step_does_not_say_the_contrary_of_what_it_did(step: str, told: str) -> None:
    month = Month.of(["Awa", "Bruno"], sales=100_00, advance=[10_00, 0])
    said = why(f"titre: x\netapes:\n- parts_egales: {{part: 50 %}}\n- {step}", month, 0)[-1]
    assert told not in said


@pytest.mark.parametrize(("sales", "told"), [(1_00, "C'est le minimum du mois."), (100_000_00, "")])
def test_a_scale_says_that_its_minimum_decided_when_it_did(sales: int, told: str) -> None:
    about = replace(scale("opteos"), monthly_minimum_cents=40_00, yearly_cap_cents=None)
    assert about.limit_reached(*(np.array(each) for each in (1_000_000_00, sales, 0))) == told


def test_own_rates_that_are_not_there_are_forgotten_without_a_word(tmp_path: Path) -> None:
    own_rates.forget(tmp_path / own_rates.NAME)
    assert own_rates.load(tmp_path / own_rates.NAME) is None


@pytest.mark.parametrize("day", range(1, 8))
def test_every_day_of_a_week_has_the_same_monday(day: int) -> None:
    assert _monday(date(2027, 2, day)) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("part", "doubted"), [(Fraction(17, 20) - Fraction(1, 10**6), True), (Fraction(17, 20), False)]
)
def test_a_mix_tells_the_shares_from_seventeen_twentieths(part: Fraction, doubted: bool, monkeypatch) -> None:
    real = vignettes.explain
    monkeypatch.setattr(
        vignettes, "explain", lambda *given: replace(real(*given), distance=1 - part, from_equal=Fraction(1))
    )
    one = Vignettes()
    key = one.rounds()[0].key
    room = replace(answers_of(one, 6, 1), shown=frozenset({key}))
    mixed = one.mix(room)
    assert mixed is not None
    assert (DOUBT in mixed[1], DOUBT in str(one.page(key, room))) == (doubted, doubted)
    assert ("aucun ne le dit bien', length=0" in str(one.page(key, room))) != doubted


@pytest.mark.parametrize("many", [5, 6, 7])
def test_six_weaknesses_at_most_are_asked_those_of_each_rule_in_turn(many: int) -> None:
    rules = [{"title": "Une", "weaknesses": [{"title": f"F{at}", "example": "E"} for at in range(many)]},
             {"title": "Deux", "weaknesses": [{"title": "Autre", "example": "E"}]}]  # fmt: skip
    asked = Weaknesses().form("faiblesses", Room(facts={"rules": rules}), "p0").fields
    assert [each.label for each in asked] == [
        "« Une ». F0", "« Deux ». Autre", *(f"« Une ». F{at}" for at in range(1, many))][:6]  # fmt: skip


def test_an_epreuve_asks_that_rules_be_audited() -> None:
    assert Weaknesses.audits


def test_a_debate_counts_who_moved_to_each_side_and_who_stayed() -> None:
    debate = MovingDebate()
    name, places = next(iter(debate._named())), [*SCALES[debate.scale]]
    moves = [(0, 1), (0, 2), (1, 0), (1, 1), (1, 1), (1, 1)]
    before, after = ({f"p{at}": {name: places[each[side]]} for at, each in enumerate(moves)} for side in (0, 1))
    page = debate._moved(Room(dict.fromkeys(before, "x"), {BEFORE: before, AFTER: after}))
    assert next(part for part in page if isinstance(part, Table)).rows[0][1:] == ("2", "1", "3")


@pytest.mark.parametrize(
    ("asked", "told"),
    [(120_00, "Il manque 20,00 €."), (100_00, "C'est juste l'enveloppe."), (70_00, "Il reste 30,00 €.")],
)
def test_a_total_beside_the_pot_says_what_is_left_or_lacks(asked: int, told: str) -> None:
    assert _beside(asked, 100_00).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("cents", "told"), [(-5_00, "La CAE rend 5,00 €"), (0, "est de 0,00 €"), (5_00, "est de 5,00 €")]
)
def test_the_cae_gives_back_only_when_it_does(cents: int, told: str) -> None:
    assert told in _contribution(cents).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("costs", "told"), [(-5_00, "sont remboursés : 5,00 €"), (0, "sont payés : 0,00 €."), (5_00, "sont payés : 5,00 €")]
)
def test_purchases_are_paid_back_only_when_they_are(costs: int, told: str) -> None:
    month = Month.of(["Awa"], sales=100_00, direct_costs=costs)
    assert told in why("titre: x\netapes: [frais_directs, parts_egales]", month, 0)[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("votes", "told"),
    [
        ({}, "pas de projet"),
        ({"a": 0}, "les mêmes"),
        ({"a": 4}, "les mêmes"),
        ({"a": 4, "b": 3}, "« b »"),
        ({"a": 1}, "« a »"),
    ],
)
def test_a_budget_says_which_project_divides_four_people(votes: dict[str, int], told: str) -> None:
    assert told in _divides(votes, 4)


@pytest.mark.parametrize(
    ("rules", "told"), [([], UNTRIED), ([{"weaknesses": []}], NOTHING), ([{"weaknesses": []}, {}], UNTRIED)]
)
def test_nothing_found_is_said_of_rules_that_were_all_tried(rules: list[dict[str, list[str]]], told: str) -> None:
    assert _nothing(Room(facts={"rules": rules})) == told


@pytest.mark.parametrize(("what", "told"), [("parts", "en parts"), ("heures", "selon les heures")])
def test_a_share_by_what_is_counted_says_what(what: str, told: str) -> None:
    assert ByCount(what=what).by == told
