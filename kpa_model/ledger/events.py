"""What happened, once for all: one class for each kind of event. People are codes here, never names."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic.dataclasses import dataclass

from kpa_model.ledger.codec import LedgerEvent, event
from kpa_model.ledger.refusal import called
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.words import of

Cents = dict[str, int]
"""Cents by person (her code), or by account."""


@event("ouverture")
class LedgerOpened(LedgerEvent):
    """What the till held when the ledger began, at the start of a month."""

    month: str
    pot: int = 0
    fund: int = 0
    reserve: int = 0
    owed: Cents = field(default_factory=dict)
    saved: Cents = field(default_factory=dict)
    note: str = ""


@event("regle")
class RuleAdopted(LedgerEvent):
    """A rule in force since a month; `text` is its file. `decision` names its record, `reason` says why without one."""

    since: str
    title: str
    text: str
    fingerprint: str
    said: tuple[str, ...] = ()
    trial_ends: date | None = None
    decision: str = ""
    reason: str = ""

    def read(self) -> PayRule:
        """Return the rule itself; people are codes. Raises WrongRule."""
        return _read(self.text, f"Règle {of(called(self.since))}")


@lru_cache(maxsize=64)
def _read(text: str, where: str) -> PayRule:
    """Read a rule once: a ledger of years says the same few texts again and again."""
    return rule_file.loads(text, where)


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet: its title, its sentence, cents, and the amount reached."""

    title: str
    sentence: str
    cents: int
    reached: int = 0


@event("arret", once=("month", "version"))
class MonthFrozen(LedgerEvent):
    """A month as it was computed: its facts, its rule, every amount and every sentence.

    Args:
        facts: a copy of the facts, purses at the start included; `fingerprint` is theirs.
        orders: what each order brought and cost, to say later what changed.
        moves: what each account outside people received (`accounts.shared_out`).
        pay, saved, owed: what each person receives, saves, is promised beyond; changes, in cents.
        pot_lines, lines: the sentences of the pot, and of each person.
        checks: what was looked at before closing.
    """

    month: str
    version: int
    on: date
    rule: RuleAdopted
    facts: dict[str, Any]
    fingerprint: str
    engine: str
    money: Cents
    orders: dict[str, tuple[int, int]]
    moves: Cents
    pay: Cents
    saved: Cents
    owed: Cents
    pot_lines: tuple[SheetLine, ...] = ()
    lines: dict[str, tuple[SheetLine, ...]] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@event("retouche")
class Shifted(LedgerEvent):
    """Cents of the proposal that go to another person, by hand; the total stays the total."""

    month: str
    source: str
    target: str
    cents: int
    reason: str


@event("adoption", once=("month", "version"))
class MonthAdopted(LedgerEvent):
    """The group adopts the amounts: who was there, and where it is written."""

    month: str
    version: int
    on: date
    by: tuple[str, ...]
    decision: str = ""


@event("reouverture", once=("month", "version"))
class MonthReopened(LedgerEvent):
    """The last month becomes open again; its version stays in the ledger."""

    month: str
    version: int
    reason: str


@event("demande")
class PayRequested(LedgerEvent):
    """The pay request sent to the CAE: total cost for each person."""

    month: str
    on: date
    amounts: Cents
    due_on: date | None = None
    reference: str = ""


@event("reponse")
class HostAnswered(LedgerEvent):
    """What the CAE answered to the request; `paid` is what it says it paid, in total cost."""

    month: str
    on: date
    outcome: str
    paid: Cents = field(default_factory=dict)
    note: str = ""


@event("versement", once=("payment",))
class PersonPaid(LedgerEvent):
    """Money a person received for a month; an advance may come before it is due."""

    payment: str
    month: str
    person: str
    cents: int
    on: date
    means: str = ""
    reference: str = ""
    advance: bool = False


@event("contre_versement", once=("payment",))
class PaymentUndone(LedgerEvent):
    """A payment that did not take place; the entry stays, this one undoes it."""

    payment: str
    reason: str


@event("report")
class Carried(LedgerEvent):
    """What a month still owes, or is still owed, goes to the next one."""

    month: str
    into: str
    amounts: Cents
    reason: str


@event("regularisation")
class Regularised(LedgerEvent):
    """A closed month recomputed on corrected facts: the difference enters the next open month.

    `left` is what the group let go, or what a purse could not give: the pot bears it.
    """

    month: str
    into: str
    fingerprint: str
    facts: dict[str, Any]
    orders: dict[str, tuple[int, int]]
    moves: Cents
    pay: Cents
    saved: Cents
    owed: Cents
    left: Cents
    sentences: dict[str, str]
    changes: tuple[str, ...]
    reason: str


@event("depense", once=("expense",))
class PurseSpent(LedgerEvent):
    """Money of the fund or of the reserve, spent as the group decided."""

    expense: str
    purse: str
    cents: int
    on: date
    what: str
    decision: str = ""
    receipt: str = ""


@event("contre_depense", once=("expense",))
class ExpenseUndone(LedgerEvent):
    """An expense that did not take place."""

    expense: str
    reason: str


@event("dette_payee")
class DebtSettled(LedgerEvent):
    """What was promised to a person and waited is paid from a purse, in the next open month."""

    person: str
    purse: str
    cents: int
    into: str
    reason: str


@event("retenue")
class LimitSet(LedgerEvent):
    """The largest part of a month's amount, in parts per million, that may be kept back after too much was paid."""

    ppm: int
    decision: str
