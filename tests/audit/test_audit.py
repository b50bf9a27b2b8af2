"""A rule audited: laws that fail are found with a smallest example, laws that hold are not accused."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kpa_model.audit.audit import audit, lines_cut, verdict
from kpa_model.audit.changes import Alike, Arrival, CutOrder, MoreMoney, MoreTime, stacked
from kpa_model.audit.drawn import drawn_months
from kpa_model.audit.gestures import PLOYS, played
from kpa_model.audit.gestures import given as given_to
from kpa_model.audit.laws import LAWS, ROUNDING, received
from kpa_model.audit.margin import margin_of
from kpa_model.audit.order import swaps
from kpa_model.audit.trial import light
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.declare.page import Sentence, Table
from kpa_model.pay.engine import settle, settle_months
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.pay.step import Family, Step
from kpa_model.story.audit import example, told
from kpa_model.story.audit.paper import audit_paper
from kpa_model.ui.library import read_named
from tests.contract.months import cases, months
from tests.contract.readable import faults
from tests.pdf import small


class _Test(Step):
    name = "essai"
    title = "Essai"
    family = Family.REQUEST
    facts = ("minutes", "sales", "order_minutes")

    def says(self) -> str:
        return "Essai."


@dataclass(frozen=True)
class PunishesHours(_Test):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.where(month.paid, np.maximum(100_00 - month.all_minutes * 2, 0), 0))


@dataclass(frozen=True)
class PunishesSales(_Test):
    def move(self, month: Month, now: Purses) -> Move:
        each = np.where(np.asarray(month.sales)[..., None] > 2_000_00, 1_00, 90_00)
        return Move(pay=np.where(month.paid, each, 0) + np.zeros_like(month.claims))


@dataclass(frozen=True)
class PrefersAName(_Test):
    who: str = "Personne A"

    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.where(month.paid & (np.array(month.members) == self.who), 100_00, 0))


@dataclass(frozen=True)
class PaysByTheOrder(_Test):
    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.where(month.paid, (month.order_minutes > 0).sum(-2) * 10_00, 0))


@dataclass(frozen=True)
class PaysByTheLine(_Test):
    facts = ("line_who", "line_minutes")

    def move(self, month: Month, now: Purses) -> Move:
        hers = (month.line_who[..., None] == np.arange(len(month.members))) & (month.line_minutes[..., None] > 0)
        return Move(pay=np.where(month.paid, hers.sum(-2) * 10_00, 0))


FAULTY = {
    "travail": PunishesHours(),
    "argent": PunishesSales(),
    "semblables": PrefersAName(),
    "couper": PaysByTheOrder(),
    "arrivee": ready_rules()["parts_egales"].steps[-1],
}


def faulty(key: str) -> PayRule:
    step = FAULTY[key]
    return PayRule("Essai", (step,))


@pytest.fixture(scope="module")
def book():
    return read_named("tilleuls")[0]


@pytest.fixture(scope="module")
def own(book):
    return months_of(book)[:4]


def judged(rule: PayRule, key: str, own: tuple[Month, ...] = ()):
    return verdict(rule, LAWS[key], settle_months(rule, own), tuple(drawn_months(rule)))


# --- laws -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", LAWS)
def test_every_law_refuses_some_rule_and_the_example_is_true_and_small(key):
    rule = faulty(key)
    found = judged(rule, key)
    assert not found.holds
    case = found.example
    before, after = received(settle(rule, case.month)), received(settle(rule, case.change.after(case.month)))
    assert int(LAWS[key].against(case.change, before, after)) == case.cents > ROUNDING
    assert len(case.month.members) <= (2 if isinstance(case.change, Alike) else 1) or key == "semblables"
    assert case.month.order_sales.size <= 1 + len(case.change.orders)
    assert not case.month.past_pay.any()
    assert not case.month.owed.any()


@pytest.mark.parametrize("key", LAWS)
def test_the_same_rule_gives_the_same_example_and_shrinking_again_changes_nothing(key):
    one, other = (judged(faulty(key), key).example for _ in range(2))
    assert (one.change, one.cents) == (other.change, other.cents)
    for name in ("minutes", "sales", "points"):
        assert (getattr(one.month, name) == getattr(other.month, name)).all()


def test_a_law_that_fails_on_the_months_of_the_group_says_in_which_ones(own):
    found = judged(ready_rules()["parts_egales"], "arrivee", own)
    assert found.months == tuple(month.label for month in own)
    assert found.worst.month.label in found.months
    assert found.worst.cents > ROUNDING


@pytest.mark.parametrize("name", ["heures", "implication", "melange_cjs", "lissage"])
def test_ready_rules_that_share_a_whole_pot_keep_the_four_first_laws(name, own):
    for key in ("travail", "argent", "semblables", "couper"):
        found = judged(ready_rules()[name], key, own)
        assert found.holds, (name, key, found.example)
        assert found.own + found.drawn > 400


def test_a_rule_by_orders_may_take_from_people_when_another_order_grows():
    found = judged(ready_rules()["par_commande"], "argent")
    assert isinstance(found.example.change, MoreMoney)
    assert found.example.change.order >= 0


@settings(max_examples=cases(25))
@given(months(), st.data())
def test_changes_leave_the_month_they_start_from_and_change_what_they_say(month, data):
    month = replace(month)
    who, orders = data.draw(st.integers(0, len(month.members) - 1)), month.order_sales.shape[-1]
    before = {name: np.array(getattr(month, name)) for name in ("minutes", "sales", "order_sales", "order_minutes")}
    changes = [MoreTime(who, 1, 60), MoreMoney(100_00), Arrival()]
    if orders:
        changes += [CutOrder(orders - 1), MoreTime(who, 0, 60, orders - 1), MoreMoney(1_00, 0)]
    for change in changes:
        then = change.after(month)
        assert all((getattr(month, name) == fact).all() for name, fact in before.items())
        if isinstance(change, CutOrder):
            assert then.order_sales.sum() == month.order_sales.sum()
            assert (then.order_minutes.sum(-2) == month.order_minutes.sum(-2)).all()
            assert (then.minutes == month.minutes).all()
        if isinstance(change, MoreTime):
            assert then.minutes.sum() == month.minutes.sum() + change.minutes
        if isinstance(change, Arrival):
            assert len(then.members) == len(month.members) + 1 == then.minutes.shape[-1]


def test_many_changes_settled_together_give_what_each_gives_alone(own):
    rule, month = ready_rules()["solidarite_et_ecart"], own[2]
    changes = [MoreTime(who, kind) for who in range(4) for kind in range(4)]
    whole = received(settle(rule, stacked([change.after(month) for change in changes])))
    for at, change in enumerate(changes):
        assert (whole[at] == received(settle(rule, change.after(month)))).all()


def test_drawn_months_are_the_same_each_time_and_hold_the_people_a_rule_names():
    rule = PayRule("Essai", (replace(ready_rules()["coordination"].steps[3], holders=("Awa", "Zoé")),))
    one, other = ([*drawn_months(rule)] for _ in range(2))
    assert all((a.minutes == b.minutes).all() and (a.sales == b.sales).all() for a, b in zip(one, other, strict=True))
    assert one[0].members[:2] == ("Awa", "Zoé")
    assert (one[0].minutes[:, 0] >= one[0].order_minutes.sum(1)).all()


# --- who can play it --------------------------------------------------------------------------------------------------


def two(hours: tuple[int, int], **facts: object) -> Month:
    minutes = np.zeros((4, 2), np.int64)
    minutes[0] = [60 * each for each in hours]
    return Month.of(["Awa", "Zoé"], label="2025-03", minutes=minutes, sales=600_00, **facts)


HOURS = PayRule("Heures", (ready_rules()["heures"].steps[-1],))


def test_two_hours_more_gain_what_two_people_lose_by_hand():
    """10 h and 10 h on 600 €: 12 h of 22 are 327,27 €, 27,27 € more, which the other pays."""
    found = {each.gesture.key: each for each in played(HOURS, settle_months(HOURS, [two((10, 10))]))}
    assert found["heures"].most == found["heures"].others == found["heures"].each == 27_27
    assert found["heures"].common == 0
    assert not found["demande"].pays


def test_asking_more_gains_where_requests_are_paid_and_a_name_lent_where_finders_are():
    claims = PayRule("Demandes", (ready_rules()["demandes_libres"].steps[3],))
    found = {each.gesture.key: each for each in played(claims, settle_months(claims, [two((1, 1), claims=[0, 50_00])]))}
    assert found["demande"].most == 100_00
    assert found["demande"].others == 0 < found["demande"].common
    finder = PayRule("Apport", (replace(ready_rules()["apporteur"].steps[3], rate=100_000),))
    month = two((1, 1), order_sales=[500_00], order_brought=[[1, 0]], order_costs=[0])
    month = replace(month, payable=np.array([False, True]))  # who brought it cannot be paid: a friend can
    found = {each.gesture.key: each for each in played(finder, settle_months(finder, [month]))}
    assert not found["prete_nom"].pays or found["prete_nom"].most == 50_00
    assert found["prete_nom"].most == 50_00


def test_an_hour_and_an_order_are_worth_what_the_hand_says():
    """10 h and 30 h on 600 €: 15 € an hour. One hour more of the first: 11/41 × 600 = 160,98 €, 10,98 € more."""
    month = two((10, 30), order_sales=[200_00], order_costs=[40_00], order_minutes=[[60, 0]], direct_costs=40_00)
    found = margin_of(HOURS, settle_months(HOURS, [month]))
    assert found.hours[0].own[0] == 10_98
    assert found.order.margin == 160_00
    assert found.order.workers == 50_00  # a quarter of 200 € less: purchases are not paid by this rule
    assert found.order.others == 150_00


def test_steps_that_commute_are_told_from_those_that_do_not(own):
    rule = ready_rules()["heures"]
    found = swaps(rule, settle_months(rule, own), tuple(drawn_months(rule)))
    assert [swap.matters for swap in found] == [False, True, True]


# --- the words --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def audits(book, own):
    names = ("solidarite_et_ecart", "par_pole", "demandes_plafonnees")
    return [audit(ready_rules()[name], own, book) for name in names]


def test_an_audit_reads_aloud_and_names_nobody(audits, book):
    for found in audits:
        for part in told.page(found):
            said = [part.text] if isinstance(part, Sentence) else []
            said += [text for row in part.rows for text in row] if isinstance(part, Table) else []
            assert not [member.name for member in book.members for text in said if f" {member.name} " in f" {text} "]
            if isinstance(part, Sentence):
                assert faults(part.text.replace("✓ ", "").replace("✕ ", "")) == [], part.text


def everything_against(found):
    """Return an audit where no law holds and each gesture gains: the longest that there can be."""
    failing = next(one for one in found.verdicts if not one.holds)
    broken = tuple(replace(failing, law=one.law) for one in found.verdicts)
    paying = max(found.played, key=lambda one: one.most)
    assert paying.pays
    return replace(found, verdicts=broken, played=tuple(replace(paying, gesture=one.gesture) for one in found.played))


def test_an_audit_is_printed_on_one_sheet_at_12_points_without_a_name(audits, book):
    for found in (*audits, everything_against(audits[0])):
        made = audit_paper(book, found)
        front, back = (" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages)
        assert small(made) == set()
        assert "Page 1 sur 2" in front
        assert "Page 2 sur 2" in back
        assert "Ce que cette règle donne" in front
        assert "Empreinte de la règle" in back
        assert ("Ces montants sont en coût total" in front) == (found in audits)
        assert ("Pouvez-vous vivre avec cette règle" in front) == (found in audits)
        assert ("La page « Éprouver » du cahier montre le reste" in back) == (found not in audits)
        assert not [member.name for member in book.members if f" {member.name} " in f"{front} {back}"]


def test_what_a_rule_gives_is_said_by_position_and_not_in_a_small_group(audits):
    rule, hours = loads("titre: Les heures\netapes:\n- par_heures\n"), [60, 120, 180, 240, 300, 300]
    month = Month.of(list("ABCDEF"), sales=120_00, minutes=[hours, [0] * 6, [0] * 6, [0] * 6])
    assert given_to(settle_months(rule, [month])) == (9_00, 21_00, 30_00)  # ten cents a minute
    few = Month.of(list("ABCD"), sales=100_00, minutes=[hours[:4], [0] * 4, [0] * 4, [0] * 4])
    assert given_to(settle_months(rule, [few])) == ()
    assert not told.given_page(replace(audits[0], given=()))


def test_what_is_tried_is_said_and_is_not_called_a_proof(audits):
    for found in audits:
        said = " ".join(part.text for part in told.laws_page(found) if isinstance(part, Sentence))
        assert "Ce n'est pas une preuve" in said
        assert f"vos {len(found.months)} mois" in said


def test_noting_an_hour_in_two_lines_changes_no_fact_of_this_book(audits):
    for found in audits:
        lines = found.verdicts[-1]
        assert lines.law.key == "lignes"
        assert lines.holds
        assert lines.own > 100


def test_a_rule_that_pays_lines_is_caught_with_one_person_and_one_line(book, own):
    rule = PayRule("Essai", (PaysByTheLine(),))
    settled = tuple(replace(each, month=light(rule, each.month)) for each in settle_months(rule, own))
    drawn = tuple(light(rule, month) for month in drawn_months(rule))
    found = lines_cut(rule, settled, drawn, book)
    assert len(found.months) == len(own)
    assert found.drawn >= 100
    elsewhere = lines_cut(rule, settled[:0], drawn, book).example  # on no month of the group: a drawn one shows it
    assert (len(elsewhere.month.members), elsewhere.cents) == (1, 10_00)
    assert found.worst.cents > found.example.cents == 10_00
    assert len(found.example.month.members) == len(found.example.month.line_minutes) == 1
    told_aloud = " ".join(example.told(rule, found.example)).replace("\xa0", " ")
    assert told_aloud.endswith("A reçoit 20 €, au lieu de 10 € : 10 € de plus.")
    more, *_ = played(rule, settled)
    assert more.most == 10_00  # two hours more are one line more


def test_weaknesses_for_a_workshop_are_texts_that_read_aloud(audits):
    for found in audits:
        for weak in told.weaknesses(found):
            assert faults(weak["title"]) == faults(weak["example"]) == []


def test_every_gesture_says_something_of_its_own():
    assert len({gesture.says for gesture in PLOYS}) == len(PLOYS)
