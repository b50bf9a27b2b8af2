"""Random lives of a group: orders, corrections of old months, rules, payments in parts, departures, reopenings.

Whatever happens, and in whatever order, the laws below hold after each event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, OrderMoney
from kpa_model.cooperative.month import Month
from kpa_model.ledger import accounts, closing, codec, correcting, events, facts, paying
from kpa_model.ledger.month_state import MonthStatus
from kpa_model.ledger.refusal import NotNow
from kpa_model.ledger.state import LedgerState, plain, replay
from kpa_model.pay import rule_file
from kpa_model.pay.engine import settle
from kpa_model.pay.ready import ready_rules

NIGHTLY = settings.default.max_examples > 1000
LIVES = settings(
    max_examples=settings.default.max_examples if NIGHTLY else 35,
    suppress_health_check=[HealthCheck.too_slow],  # a life is long to draw when the machine is busy: no law breaks
)
DAY = date(2026, 1, 31)
PEOPLE = ("{p1}", "{p2}", "{p3}", "{p4}")
RULES = ("parts_egales", "heures", "minimum_et_heures", "epargne", "lissage", "rattrapage", "demandes_plafonnees",
         "contributions_recentes")  # fmt: skip


def rule_adopted(name: str, since: str) -> events.RuleAdopted:
    return replace(written(name), since=since)


@cache
def written(name: str) -> events.RuleAdopted:
    rule = ready_rules()[name]
    return events.RuleAdopted("", rule.title, rule_file.dumps(rule), rule_file.fingerprint(rule), reason="Voté.")


@dataclass
class Life:
    """A group that lives: what its book says today, its ledger, and what closed months said when they were adopted."""

    happened: list[codec.LedgerEvent] = field(default_factory=list)
    state: LedgerState = field(default_factory=LedgerState)
    book: dict[str, tuple[int, int, tuple[int, ...], tuple[bool, ...]]] = field(default_factory=dict)
    adopted: dict[str, dict] = field(default_factory=dict)
    keys: int = 0

    def write(self, *made: codec.LedgerEvent) -> None:
        """Write events as a ledger does: through JSON."""
        for each in made:
            back = codec.from_data(each.kind, codec.as_data(each))
            assert back == each
            self.happened.append(back)
            self.state.apply(back)
            self.check()

    def check(self) -> None:
        """Verify the laws that hold at every moment."""
        state = self.state
        assert sum(state.balances.values()) == 0
        assert accounts.came_in(state.balances) == accounts.went_out(state.balances) + accounts.held(state.balances)
        assert min(state.balance(accounts.FUND), state.balance(accounts.RESERVE), 0) == 0
        assert all(cents >= 0 for cents in state.owed.values())
        for person in PEOPLE:
            months = sum(month.due(person) for month in state.months.values() if month.adopted)
            waits = sum(
                month.amount(person) - month.pay.get(person, 0) - month.received(person)
                for month in state.months.values()
                if not month.adopted
            )
            assert months + waits == state.balance(accounts.due(person))
        for label, kept in self.adopted.items():
            assert codec.as_data(state.months[label].frozen) == kept

    def facts_of(self, label: str) -> tuple[Month, MonthMoney]:
        """Return the facts of a month as the book says today."""
        sales, costs, minutes, here = self.book[label]
        month = CalendarMonth.parse(label)
        made = Month.of(
            PEOPLE, label=label, turn=month.index, present=list(here), payable=list(here),
            minutes=[minutes, [0] * 4, [0] * 4, [0] * 4], points=[100 * (at + 1) for at in range(4)],
            claims=[each * 10 for each in minutes], sales=sales, direct_costs=costs,
            order_sales=[sales], order_costs=[costs], order_minutes=[minutes], order_brought=[[0] * 4],
        )  # fmt: skip
        return made, MonthMoney(month, sales, 0, (OrderMoney("C1", sales, costs),), 0, 0, 0)


AMOUNT = st.integers(0, 200_000)
MINUTES = st.tuples(*[st.integers(0, 3000)] * 4)
HERE = st.tuples(*[st.sampled_from([True, True, True, False])] * 4)


class Gestures:
    """What may be tried on a life; each either writes, or is refused and changes nothing."""

    def __init__(self, data: st.DataObject, life: Life) -> None:
        self.data, self.life = data, life

    def draw(self, strategy: st.SearchStrategy):
        return self.data.draw(strategy)

    def fact(self) -> tuple:
        costs = self.draw(st.integers(0, 60_000))
        return self.draw(AMOUNT), costs, self.draw(MINUTES), self.draw(HERE)

    def freeze(self) -> None:
        state, label = self.life.state, self.life.state.next_label
        self.life.book.setdefault(label, self.fact())
        rule = closing.may_freeze(state, label)
        month, money = self.life.facts_of(label)
        settled = settle(rule.read(), closing.with_purses(state, month))
        self.life.write(closing.freeze(state, settled, money, DAY))

    def a_month(self) -> None:
        if not self.life.state.frozen:
            self.freeze()
        self.adopt()

    def shift(self) -> None:
        if frozen := self.life.state.frozen:
            source, target = self.draw(st.sampled_from(PEOPLE)), self.draw(st.sampled_from(PEOPLE))
            before = sum(frozen.pay.values())
            cents = self.draw(st.integers(1, 5000))
            self.life.write(closing.shift(self.life.state, frozen.label, source, target, cents, "Plus juste."))
            assert sum(self.life.state.months[frozen.label].pay.values()) == before

    def adopt(self) -> None:
        if frozen := self.life.state.frozen:
            self.life.write(closing.adopt(self.life.state, frozen.label, DAY, ["{p1}"]))
            self.life.adopted[frozen.label] = codec.as_data(self.life.state.months[frozen.label].frozen)

    def reopen(self) -> None:
        months = [*self.life.state.closed, *filter(None, [self.life.state.frozen])]
        if months:
            last = max(months, key=lambda each: each.label)
            before = self.life.state
            made = closing.reopen(before, last.label, "Une erreur.")
            self.life.adopted.pop(last.label, None)
            self.life.write(made)
            assert self.life.state.status(last.label) is MonthStatus.OPEN

    def closed_label(self) -> str:
        labels = [each.label for each in self.life.state.closed]
        return self.draw(st.sampled_from(labels)) if labels else ""

    def pay(self) -> None:
        if label := self.closed_label() or self.life.state.next_label:
            self.life.keys += 1
            person, cents = self.draw(st.sampled_from(PEOPLE)), self.draw(st.integers(1, 30_000))
            ahead = self.draw(st.booleans())
            if ahead and self.draw(st.booleans()):
                label = self.life.state.next_label
            key = f"v{self.life.keys}"
            state = self.life.state
            here = state.month(label).payable(person, state.limit)
            made = paying.pay(state, label, person, cents, DAY, key, advance=ahead)
            assert ahead or cents <= here
            self.life.write(*made)
            assert paying.pay(self.life.state, label, person, cents, DAY, key, advance=ahead) == ()

    def pay_all(self) -> None:
        if label := self.closed_label():
            self.life.keys += 1
            if not self.life.state.month(facts_after(label)).adopted:
                self.life.write(*paying.pay_all(self.life.state, label, DAY, f"b{self.life.keys}"))
                assert self.life.state.status(label) is MonthStatus.CLOSED

    def undo(self) -> None:
        if payments := sorted(self.life.state.payments):
            key = self.draw(st.sampled_from(payments))
            self.life.write(paying.undo_payment(self.life.state, key, "Pas arrivé."))

    def carry(self) -> None:
        if label := self.closed_label():
            self.life.write(*paying.carry(self.life.state, label, "La caisse attend."))
            assert self.life.state.status(label) is MonthStatus.CLOSED

    def correct(self) -> None:
        if label := self.closed_label():
            self.life.book[label] = self.fact()
            self.bring(label, self.draw(st.sets(st.sampled_from(PEOPLE), max_size=2)))

    def bring(self, label: str, forgiven: Collection[str] = ()) -> None:
        month = self.life.state.month(label)
        drift = correcting.drift(month, month.frozen.rule.read(), *self.life.facts_of(label))
        if drift:
            made = correcting.regularise(self.life.state, label, drift, "Une facture était fausse.", forgiven)
            assert not set(made.pay) & set(forgiven)
            self.life.write(made)
            again = correcting.drift(self.life.state.month(label), month.frozen.rule.read(), *self.life.facts_of(label))
            assert again is None

    def spend(self) -> None:
        self.life.keys += 1
        purse, cents = self.draw(st.sampled_from(["fonds", "reserve"])), self.draw(st.integers(1, 20_000))
        self.life.write(*paying.spend(self.life.state, purse, cents, DAY, "Une table.", f"d{self.life.keys}"))

    def settle_debt(self) -> None:
        person, purse = self.draw(st.sampled_from(PEOPLE)), self.draw(st.sampled_from(list(accounts.PURSES)))
        cents = self.draw(st.integers(1, 5000))
        self.life.write(paying.settle_debt(self.life.state, person, purse, cents, "Elle part."))

    def request(self) -> None:
        if label := self.closed_label():
            self.life.write(paying.request(self.life.state, label, DAY))

    def answer(self) -> None:
        if label := self.closed_label():
            outcome = self.draw(st.sampled_from(list(paying.OUTCOMES)))
            figures = dict(zip(PEOPLE, self.draw(st.tuples(*[st.integers(0, 9000)] * 4)), strict=True))
            self.life.write(*paying.answer(self.life.state, label, DAY, outcome, figures))

    def rule(self) -> None:
        later = str(CalendarMonth.parse(self.life.state.next_label) + self.draw(st.integers(0, 2)))
        made = rule_adopted(self.draw(st.sampled_from(RULES)), later)
        self.life.write(closing.adopt_rule(self.life.state, made))

    def limit(self) -> None:
        self.life.write(paying.set_limit(self.draw(st.integers(0, 1_000_000)), "Voté."))


def facts_after(label: str) -> str:
    return str(CalendarMonth.parse(label) + 1)


OFTEN = ("a_month",) * 9
GESTURES = (*OFTEN, *("correct", "pay") * 2, "freeze", "adopt", "shift", "reopen", "pay_all", "undo", "carry", "spend",
            "settle_debt", "request", "answer", "rule", "limit")  # fmt: skip


def lived(data: st.DataObject) -> Life:
    life = Life()
    opened = events.LedgerOpened("2026-01", 5000, 20_000, 30_000, {"{p2}": 3000}, {"{p3}": 1500})
    life.write(closing.open_ledger(life.state, opened), rule_adopted("epargne", "2026-01"))
    gestures = Gestures(data, life)
    for name in data.draw(st.lists(st.sampled_from(GESTURES), min_size=8, max_size=30)):
        before = plain(life.state)
        written = len(life.happened)
        try:
            getattr(gestures, name)()
        except NotNow:
            assert len(life.happened) == written
            assert plain(life.state) == before
    return life


@LIVES
@given(st.data())
def test_the_laws_hold_after_each_event_and_replaying_gives_the_same_state(data: st.DataObject) -> None:
    """Wherever it is stopped and taken up again; and the year of a person is the sum of what her months paid."""
    life = lived(data)
    at = data.draw(st.integers(0, len(life.happened)))
    assert plain(replay(life.happened[:at]).after(*life.happened[at:])) == plain(life.state)
    for person in PEOPLE:
        received = sum(month.received(person) for month in life.state.months.values())
        assert received == life.state.balance(accounts.paid(person))


@LIVES
@given(st.data())
def test_corrections_that_come_back_to_the_first_facts_leave_nothing(data: st.DataObject) -> None:
    """Some corrections, then the opposite: every account is as before, even when the first was let go for somebody."""
    life = lived(data)
    gestures = Gestures(data, life)
    if life.state.frozen:
        life.write(closing.adopt(life.state, life.state.frozen.label, DAY, ["{p1}"]))
    labels = [each.label for each in life.state.closed if not each.corrections]
    if not labels:
        return
    first, before = life.book[labels[-1]], plain(life.state).balances
    forgiven = data.draw(st.sets(st.sampled_from(PEOPLE), max_size=2))
    more = [] if forgiven else [gestures.fact() for _ in range(data.draw(st.integers(0, 2)))]
    for at, fact in enumerate([gestures.fact(), *more, first]):
        life.book[labels[-1]] = fact
        gestures.bring(labels[-1], () if at else forgiven)
    brought = life.state.month(labels[-1]).corrections
    for part in ("moves", "pay", "saved", "owed", "left"):
        total = Counter[str]()
        for each in brought:
            total.update(getattr(each, part))
        assert not any(total.values()), part
    assert plain(life.state).balances == before


def test_lines_of_hours_follow_the_people_they_are_of() -> None:
    month = Month.of(PEOPLE[:3], label="2026-01", line_who=[2, 0], line_minutes=[30, 60], line_task=["a", "b"])
    there = facts.aligned(month, ("{p9}", *PEOPLE[:3]))
    assert [there.members[at] for at in there.line_who] == ["{p3}", "{p1}"]
    assert facts.as_data(there)["line_task"] == ["a", "b"]


def test_somebody_who_enters_later_changes_nothing_in_an_old_month() -> None:
    month = Month.of(PEOPLE[:3], label="2026-01", turn=1, sales=100, minutes=[[1, 2, 3]] + [[0] * 3] * 3)
    more = Month.of(
        PEOPLE, label="2026-01", turn=1, sales=100, minutes=[[1, 2, 3, 0]] + [[0] * 4] * 3,
        present=[1, 1, 1, 0], payable=[1, 1, 1, 0],
    )  # fmt: skip
    assert facts.fingerprint(facts.aligned(more, PEOPLE[:3])) == facts.fingerprint(month)
    came = replace(more, payable=np.array([True] * 4))
    assert facts.aligned(came, PEOPLE[:3]).members == PEOPLE
