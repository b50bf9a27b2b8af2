"""The state of the game: a ledger of cents that go from one pocket to another, and what the group chose.

Every amount is one entry of the ledger, so nothing is created or lost: what a pocket holds is what came in less what
went out. Pockets outside the game (customers, suppliers, the State…) may be negative; ours and those of people
never are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kpa_model.lessons.game.cards import PriceLevel, Setup

OURS = "nous"
START, CUSTOMERS, SUPPLIERS = "dehors:départ", "dehors:clients", "dehors:fournisseurs"
CAE, SOCIAL, LIFE, EVENTS = "dehors:cae", "dehors:cotisations", "dehors:vie", "dehors:imprévus"


def mine(name: str) -> str:
    """Return the pocket of a person."""
    return f"moi:{name}"


class Phase(StrEnum):
    """What the group does now."""

    QUOTE = "devis"
    WORK = "travail"
    PAY = "paie"
    END = "fin"


@dataclass(frozen=True)
class Movement:
    """Cents that went from one pocket to another, in a month, and why."""

    month: int
    source: str
    target: str
    cents: int
    why: str


@dataclass(frozen=True)
class QuoteReply:
    """What a customer said to a quote: the die thrown, and whether it is a yes."""

    card: str
    level: PriceLevel
    price: int
    die: int
    accepted: bool


@dataclass(frozen=True)
class Job:
    """Work done: `due` is the month in which the customer pays; `paid` whether the money came."""

    card: str
    price: int
    month: int
    due: int
    paid: bool = False


@dataclass(frozen=True)
class MonthRecord:
    """What is remembered of a month: answers, work left undone and why, minutes, event, pay rule, who lacked cents."""

    answers: tuple[QuoteReply, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)
    event: str = ""
    rule: str = ""
    kept_rate: int = 0
    pay: Mapping[str, int] = field(default_factory=dict)
    lacking: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Quarter:
    """The whole game at one moment. `owed` is a bill the till could not pay yet; `bonus` minutes come from an event.

    `prompt` plays another story: every customer pays the month the work is done.
    """

    setup: Setup
    seed: int
    month: int = 1
    phase: Phase = Phase.QUOTE
    ledger: tuple[Movement, ...] = ()
    jobs: tuple[Job, ...] = ()
    records: tuple[MonthRecord, ...] = (MonthRecord(),)
    owed: int = 0
    bonus: int = 0
    prompt: bool = False

    @property
    def now(self) -> MonthRecord:
        """The record of the month being played, or of the last one."""
        return self.records[-1]

    @property
    def till(self) -> int:
        """What our purse holds."""
        return self.balance(OURS)

    @property
    def waiting(self) -> int:
        """What customers still owe."""
        return sum(job.price for job in self.jobs if not job.paid)

    def balance(self, pocket: str) -> int:
        """Return what came into a pocket less what went out."""
        came = sum(each.cents for each in self.ledger if each.target == pocket)
        return came - sum(each.cents for each in self.ledger if each.source == pocket)

    def purse(self, name: str) -> int:
        """Return what a person's purse holds."""
        return self.balance(mine(name))

    def moved(self, source: str, target: str, cents: int, why: str) -> Quarter:
        """Return the game after one entry; nothing happens for zero cents."""
        if cents <= 0:
            return self
        return replace(self, ledger=(*self.ledger, Movement(self.month, source, target, cents, why)))

    def noted(self, **changes: object) -> Quarter:
        """Return the game with something more in the record of the month."""
        return replace(self, records=(*self.records[:-1], replace(self.now, **changes)))  # type: ignore[arg-type]


def opening(setup: Setup, seed: int) -> Quarter:
    """Return the first morning: our till and each purse are filled."""
    game = Quarter(setup, seed).moved(START, OURS, setup.till, "caisse de départ")
    for person in setup.people:
        game = game.moved(START, mine(person.name), person.purse, "poche de départ")
    return game
