"""The state of the ledger: the events, one after another. Replaying them always gives the same state."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.ledger import accounts, events
from kpa_model.ledger.accounts import Balances, Transfer, shared_out, undone
from kpa_model.ledger.codec import LedgerEvent
from kpa_model.ledger.events import SheetLine
from kpa_model.ledger.month_state import MonthState, MonthStatus
from kpa_model.ledger.refusal import called
from kpa_model.money import WHOLE
from kpa_model.words import of

FIRST_LIMIT = WHOLE // 10
"""A tenth of the month: the usual limit for giving back an advance on wages. To check with the CAE."""


@dataclass
class LedgerState:
    """Everything the ledger says: balances in cents, months, rules, expenses; `seen` holds keys already written."""

    opened: events.LedgerOpened | None = None
    rules: list[events.RuleAdopted] = field(default_factory=list)
    months: dict[str, MonthState] = field(default_factory=dict)
    balances: Balances = field(default_factory=dict)
    owed: dict[str, int] = field(default_factory=dict)
    expenses: dict[str, events.PurseSpent] = field(default_factory=dict)
    debts_paid: list[events.DebtSettled] = field(default_factory=list)
    limit: int = FIRST_LIMIT
    seen: set[str] = field(default_factory=set)

    def balance(self, account: str) -> int:
        """Return what an account holds, in cents."""
        return self.balances.get(account, 0)

    def month(self, label: str) -> MonthState:
        """Return a month, open when nothing happened to it."""
        return self.months.get(label) or MonthState(label)

    def status(self, label: str) -> MonthStatus:
        """Return where a month stands."""
        return self.month(label).status

    @property
    def closed(self) -> list[MonthState]:
        """Months that are adopted or closed, in order."""
        return [each for _, each in sorted(self.months.items()) if each.adopted]

    @property
    def frozen(self) -> MonthState | None:
        """The month that waits to be adopted, if there is one."""
        return next((each for each in self.months.values() if each.frozen and not each.adopted), None)

    @property
    def next_label(self) -> str:
        """The first month that is not adopted; empty before the ledger is open."""
        if self.closed:
            return str(CalendarMonth.parse(self.closed[-1].label) + 1)
        return self.opened.month if self.opened else ""

    def rule_of(self, label: str) -> events.RuleAdopted | None:
        """Return the rule in force in a month: the last one adopted since that month or before."""
        known = [rule for rule in self.rules if rule.since <= label]
        latest = max((rule.since for rule in known), default="")
        return next((rule for rule in reversed(known) if rule.since == latest), None)

    def after(self, *happened: LedgerEvent) -> LedgerState:
        """Return the state once more events happened; this one does not change."""
        made = copy.deepcopy(self)
        for each in happened:
            made.apply(each)
        return made

    def apply(self, happened: LedgerEvent) -> None:
        """Add one event."""
        if happened.key:
            self.seen.add(happened.key)
        self._do(happened)

    # --- one method for each kind of event ----------------------------------------------------------------------------

    @singledispatchmethod
    def _do(self, happened: LedgerEvent) -> None:
        raise TypeError(f"unknown event {happened!r}")

    @_do.register
    def _(self, happened: events.LedgerOpened) -> None:
        purses = ((accounts.POT, happened.pot), (accounts.FUND, happened.fund), (accounts.RESERVE, happened.reserve))
        people = [(accounts.saved(person), cents) for person, cents in happened.saved.items()]
        moved = [Transfer(accounts.OPENING, name, cents) for name, cents in (*purses, *people)]
        self.balances, self.owed = accounts.posted({}, moved), dict(happened.owed)
        self.opened = happened

    @_do.register
    def _(self, happened: events.RuleAdopted) -> None:
        self.rules.append(happened)

    @_do.register
    def _(self, happened: events.MonthFrozen) -> None:
        month = self._touched(happened.month)
        month.version, month.frozen, month.pay, month.shifts = happened.version, happened, dict(happened.pay), []

    @_do.register
    def _(self, happened: events.Shifted) -> None:
        month = self._touched(happened.month)
        month.shifts.append(happened)
        for person, cents in ((happened.source, -happened.cents), (happened.target, happened.cents)):
            month.pay[person] = month.pay.get(person, 0) + cents

    @_do.register
    def _(self, happened: events.MonthAdopted) -> None:
        month = self._touched(happened.month)
        month.adopted = happened
        self._post(self._result(month))
        self._promise(month.frozen.owed if month.frozen else {})

    @_do.register
    def _(self, happened: events.MonthReopened) -> None:
        month = self._touched(happened.month)
        if month.adopted and month.frozen:
            self._post(undone(self._result(month)))
            self._promise({person: -cents for person, cents in month.frozen.owed.items()})
        month.frozen, month.adopted, month.pay, month.shifts = None, None, {}, []
        month.request, month.answers = None, []
        month.reopened.append(happened.reason)

    @_do.register
    def _(self, happened: events.PayRequested) -> None:
        month = self._touched(happened.month)
        month.request, month.answers = happened, []

    @_do.register
    def _(self, happened: events.HostAnswered) -> None:
        self._touched(happened.month).answers.append(happened)

    @_do.register
    def _(self, happened: events.PersonPaid) -> None:
        self._touched(happened.month).payments[happened.payment] = happened
        self._post([Transfer(accounts.due(happened.person), accounts.paid(happened.person), happened.cents)])

    @_do.register
    def _(self, happened: events.PaymentUndone) -> None:
        gone = self.payments[happened.payment]
        del self.months[gone.month].payments[happened.payment]
        self._post([Transfer(accounts.paid(gone.person), accounts.due(gone.person), gone.cents)])

    @_do.register
    def _(self, happened: events.Carried) -> None:
        month = self._touched(happened.month)
        for person, cents in happened.amounts.items():
            month.carried[person] = month.carried.get(person, 0) + cents
            title = f"{'Reste' if cents > 0 else 'Trop versé'} {of(called(happened.month))}"
            self._come(happened.into, person, SheetLine(title, happened.reason, cents))

    @_do.register
    def _(self, happened: events.Regularised) -> None:
        self._touched(happened.month).corrections.append(happened)
        self._post(shared_out(happened.moves, happened.pay, happened.saved))
        self._promise(happened.owed)
        for person, cents in happened.pay.items():
            line = SheetLine("Régularisation", happened.sentences.get(person, ""), cents)
            self._come(happened.into, person, line)

    @_do.register
    def _(self, happened: events.PurseSpent) -> None:
        self.expenses[happened.expense] = happened
        self._post([Transfer(happened.purse, accounts.SPENT, happened.cents)])

    @_do.register
    def _(self, happened: events.ExpenseUndone) -> None:
        gone = self.expenses.pop(happened.expense)
        self._post([Transfer(accounts.SPENT, gone.purse, gone.cents)])

    @_do.register
    def _(self, happened: events.DebtSettled) -> None:
        self._post([Transfer(happened.purse, accounts.due(happened.person), happened.cents)])
        self._promise({happened.person: -happened.cents})
        self.debts_paid.append(happened)
        self._come(happened.into, happened.person, SheetLine("Dette payée", happened.reason, happened.cents))

    @_do.register
    def _(self, happened: events.LimitSet) -> None:
        self.limit = happened.ppm

    # --- helpers ------------------------------------------------------------------------------------------------------

    @property
    def payments(self) -> dict[str, events.PersonPaid]:
        """Every payment that stands, by key."""
        return {key: paid for month in self.months.values() for key, paid in month.payments.items()}

    def _touched(self, label: str) -> MonthState:
        return self.months.setdefault(label, MonthState(label))

    def _post(self, transfers: Iterable[Transfer]) -> None:
        self.balances = accounts.posted(self.balances, transfers)

    def _promise(self, changes: dict[str, int]) -> None:
        for person, cents in changes.items():
            self.owed[person] = self.owed.get(person, 0) + cents

    def _come(self, label: str, person: str, line: SheetLine) -> None:
        self._touched(label).incoming.setdefault(person, []).append(line)

    @staticmethod
    def _result(month: MonthState) -> tuple[Transfer, ...]:
        frozen = month.frozen
        return shared_out(frozen.moves, month.pay, frozen.saved) if frozen else ()


def replay(happened: Iterable[LedgerEvent]) -> LedgerState:
    """Return the state that events make, one after another."""
    made = LedgerState()
    for each in happened:
        made.apply(each)
    return made


def plain(state: LedgerState) -> LedgerState:
    """Return the same state without zeros: two states that say the same thing are then equal."""
    kept = {name: cents for name, cents in state.balances.items() if cents}
    owed = {person: cents for person, cents in state.owed.items() if cents}
    return replace(state, balances=kept, owed=owed)
