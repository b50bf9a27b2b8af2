"""People: who they are to the group, and since when. Only names the group chose; never a reason, never a benefit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.orders import Others


class Status(StrEnum):
    """What ties a person to the KPA; only `CAPE` allows to be paid."""

    CAPE = "cape"
    VOLUNTEER = "benevole"
    CIVIC_SERVICE = "service_civique"
    TRAINEE = "stagiaire"


@dataclass(frozen=True)
class Spell:
    """A time under one status, both days included; `end=None` while it lasts. `role` is what the group calls it."""

    status: Status
    start: date
    end: date | None = None
    role: str = ""

    def touches(self, month: CalendarMonth) -> bool:
        """Tell whether at least one day of the month is inside."""
        return self.start <= month.last_day and (self.end is None or self.end >= month.first_day)


@dataclass(frozen=True)
class Member:
    """One cooperant [coopérant·e], under the name the group uses, with her successive statuses."""

    name: str
    spells: tuple[Spell, ...] = ()
    pole: str = ""
    others: Others = ()

    def is_here(self, month: CalendarMonth) -> bool:
        """Tell whether the person belongs to the KPA for at least one day of the month."""
        return any(spell.touches(month) for spell in self.spells)

    def can_be_paid(self, month: CalendarMonth) -> bool:
        """Tell whether a CAPE contract covers at least one day of the month."""
        return any(spell.touches(month) for spell in self.spells if spell.status is Status.CAPE)

    def role_in(self, month: CalendarMonth) -> str:
        """Return the role of the person that month: the last one, when there are several."""
        return next((spell.role for spell in reversed(self.spells) if spell.role and spell.touches(month)), "")

    def months_since_entry(self, month: CalendarMonth) -> int:
        """Return whole months between the month of entry and this one; 0 in the month of entry and before."""
        entries = [spell.start for spell in self.spells]
        return max(0, month.index - CalendarMonth.of(min(entries)).index) if entries else 0
