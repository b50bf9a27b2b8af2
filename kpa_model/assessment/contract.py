"""The contract of one person (CAPE): what she signed, when it ends, what the law still allows. Nobody else's dates.

A contract has a longest length and a number of renewals, whatever the length of each: shorter ones lose months of the
whole. Both figures come with their source (`Limits`), since the law may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpa_model.assessment.pathway.stages import Meeting
from kpa_model.assessment.timeline import TimelineEvent, When, add_months


@dataclass(frozen=True)
class Limits:
    """What the law allows: months of one contract, renewals; and where it says so."""

    months: int
    renewals: int
    source: str


@dataclass(frozen=True)
class Period:
    """One contract, or one renewal: its first day and its months; `stopped` when it ended before."""

    start: date
    months: int
    stopped: date | None = None

    @property
    def last(self) -> date:
        """Its last day."""
        end = add_months(self.start, self.months) - timedelta(days=1)
        return min(self.stopped, end) if self.stopped else end


@dataclass(frozen=True)
class Cape:
    """A contract and its renewals, oldest first."""

    periods: tuple[Period, ...]
    limits: Limits

    @property
    def end(self) -> date:
        """The last day of what is signed."""
        return self.periods[-1].last

    @property
    def stopped(self) -> bool:
        """Whether it ended before its day."""
        return self.periods[-1].stopped is not None

    @property
    def beyond(self) -> bool:
        """Whether there are more renewals than the law allows: then nothing more can be told."""
        return len(self.periods) > 1 + self.limits.renewals

    @property
    def renewals_left(self) -> int:
        """How many times it can still be renewed."""
        return 0 if self.stopped else max(0, 1 + self.limits.renewals - len(self.periods))

    @property
    def months_left(self) -> int:
        """Months the renewals left can add, at most."""
        return self.renewals_left * self.limits.months

    @property
    def months_lost(self) -> int:
        """Months of the whole that shorter contracts have given up."""
        return sum(max(0, self.limits.months - each.months) for each in self.periods)


def cape(periods: Sequence[Period], limits: Limits) -> Cape | None:
    """Return the contract of these periods, any order; None when there is none."""
    return Cape(tuple(sorted(periods, key=lambda each: each.start)), limits) if periods else None


_RENEWED = ("Début de mon CAPE", "Premier renouvellement de mon CAPE", "Second renouvellement de mon CAPE")


def events(contract: Cape, today: date) -> tuple[TimelineEvent, ...]:
    """Return what a contract puts on the timeline: its beginning, each renewal, the end that comes."""
    made = [_begun(at, each, today) for at, each in enumerate(contract.periods)]
    title = "Renouveler mon CAPE, ou le finir" if contract.renewals_left else "Fin de mon CAPE"
    when = When.DONE if contract.stopped and contract.end <= today else _seen(contract.end, today)
    end = TimelineEvent("cape_fin", title, Meeting.CONTRACT, contract.end, when, _on(when, contract.end), _END)
    return (*made, end)


_END = "Parlez-en à la CAE deux mois avant : un renouvellement s'écrit et se signe avant cette date."


def _begun(at: int, period: Period, today: date) -> TimelineEvent:
    title = _RENEWED[at] if at < len(_RENEWED) else "Autre renouvellement de mon CAPE"
    when = When.DONE if period.start <= today else When.NEXT
    return TimelineEvent(f"cape_{at + 1}", title, Meeting.CONTRACT, period.start, when, _on(when, period.start))


def _seen(due: date, today: date) -> When:
    return When.LATE if due < today else When.NEXT


def _on(when: When, on: date) -> date | None:
    return on if when is When.DONE else None
