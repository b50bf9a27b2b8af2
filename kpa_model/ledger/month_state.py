"""One month of the ledger: where it stands, and what each person is due for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kpa_model.ledger.events import (
    Cents,
    HostAnswered,
    MonthAdopted,
    MonthFrozen,
    PayRequested,
    PersonPaid,
    Regularised,
    SheetLine,
    Shifted,
)
from kpa_model.money import part_of


class MonthStatus(StrEnum):
    """Where a month stands; the value is what members read."""

    OPEN = "ouvert"
    FROZEN = "arrêté"
    ADOPTED = "adopté"
    CLOSED = "clos"


@dataclass
class MonthState:
    """A month as its events made it.

    Attributes:
        pay: proposed amounts, once changed by hand.
        incoming: what comes from other months (corrections, debts, what was carried), as lines, by person.
        payments: those that stand, by key.
        corrections: what was corrected since, about this month.
        answers: what the CAE said of the request that stands.
        reopened: why it was opened again, each time.
    """

    label: str
    version: int = 0
    frozen: MonthFrozen | None = None
    adopted: MonthAdopted | None = None
    pay: Cents = field(default_factory=dict)
    shifts: list[Shifted] = field(default_factory=list)
    incoming: dict[str, list[SheetLine]] = field(default_factory=dict)
    payments: dict[str, PersonPaid] = field(default_factory=dict)
    carried: Cents = field(default_factory=dict)
    corrections: list[Regularised] = field(default_factory=list)
    request: PayRequested | None = None
    answers: list[HostAnswered] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)

    @property
    def status(self) -> MonthStatus:
        """Where the month stands; closed once nobody is due anything for it."""
        if self.frozen is None:
            return MonthStatus.OPEN
        if self.adopted is None:
            return MonthStatus.FROZEN
        return MonthStatus.ADOPTED if any(self.due(person) for person in self.people) else MonthStatus.CLOSED

    @property
    def people(self) -> list[str]:
        """Everybody who has an amount in this month, in the order of its book."""
        paid = [each.person for each in self.payments.values()]
        members = self.frozen.facts["members"] if self.frozen else ()
        rank = {str(each): at for at, each in enumerate(members)}
        found = dict.fromkeys([*self.pay, *self.incoming, *paid])
        return sorted(found, key=lambda each: rank.get(each, len(rank)))

    def amount(self, person: str) -> int:
        """What the month gives to a person: her pay, then what comes from other months."""
        return self.pay.get(person, 0) + sum(line.cents for line in self.incoming.get(person, ()))

    def received(self, person: str) -> int:
        """What a person received for this month."""
        return sum(each.cents for each in self.payments.values() if each.person == person)

    def due(self, person: str) -> int:
        """What is still due; negative when she received, or must give back, more than that."""
        return self.amount(person) - self.received(person) - self.carried.get(person, 0)

    def to_give_back(self, person: str) -> int:
        """What she owes of other months, once what they still owe her is taken off; a positive number of cents."""
        return max(0, -sum(line.cents for line in self.incoming.get(person, ())))

    def kept_back(self, person: str, limit: int) -> int:
        """What is kept from this month's pay to give it back; `limit` is in parts per million."""
        return min(self.to_give_back(person), int(part_of(max(0, self.pay.get(person, 0)), limit)))

    def payable(self, person: str, limit: int) -> int:
        """What can be paid now."""
        later = self.to_give_back(person) - self.kept_back(person, limit)
        return max(0, self.due(person) + later + min(0, self.carried.get(person, 0)))

    def awaited(self, limit: int) -> dict[str, int]:
        """What was asked of the CAE and is not paid yet, person by person."""
        sent = self.request.amounts if self.request else {}
        return {person: min(cents, self.payable(person, limit)) for person, cents in sent.items()}

    @property
    def requested(self) -> bool:
        """Whether a request stands at the CAE: sent, and not refused."""
        return self.request is not None and not any(each.outcome == "refusee" for each in self.answers)
