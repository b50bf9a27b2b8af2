"""What people bring and ask: hours by kind of work, points, claims, a declared need coefficient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.orders import Others


class Kind(StrEnum):
    """The four kinds of work. Shopping, quotes and dishes are `SUPPORT`; meetings and welcome are `COMMONS`."""

    JOB = "prestation"
    SUPPORT = "appui"
    COMMONS = "commun"
    LEARNING = "formation"


KINDS: tuple[Kind, ...] = tuple(Kind)

KIND_LABELS = dict(zip(map(str, KINDS), ("Prestation", "Appui", "Commun", "Formation"), strict=True))
"""What the file says → what the screen says."""


@dataclass(frozen=True)
class Hours:
    """Time one person gave on one day, in minutes, for an order when there is one.

    Args:
        task: what was done, as the group says it.
        starts: minutes after midnight, when it is known.
        quantity: hundredths of what was made or driven, when it is counted.
    """

    member: str
    on: date
    kind: Kind
    minutes: int
    order: str = ""
    task: str = ""
    starts: int | None = None
    quantity: int | None = None
    others: Others = ()


@dataclass(frozen=True)
class Statement:
    """What a person states for a month: points of involvement, a claim, a need coefficient, presence.

    Args:
        points: hundredths of a point.
        claim: cents asked for [demande de rétribution].
        need: hundredths; 100 is the ordinary coefficient. Declared, never a reason.
        present: the group's decision; None means "present if here".
        advance: cents already received for the month.
        decided: cents the group decides for this person, more or less; never about health, family or benefits.
        absence: minutes paid without work.
    """

    member: str
    month: CalendarMonth
    points: int = 0
    claim: int = 0
    need: int = 100
    present: bool | None = None
    advance: int = 0
    decided: int = 0
    absence: int = 0
    others: Others = ()


Slot = tuple[date, date, str, str]
"""Some days, a kind of work, and an order or nothing: first day, last day, kind, number."""


@dataclass(frozen=True)
class AgreedWeek:
    """The hours of one week that people agreed on: id of a person → slot → minutes.

    A week over two months has its slots cut where the month ends, since each month is paid.
    """

    monday: date
    people: Mapping[str, Mapping[Slot, int]]
