"""A command that cannot be done now says where, what, and what to do; nothing has changed then."""

from __future__ import annotations

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import KpaError, Problem
from kpa_model.words import capital, month_name


class NotNow(KpaError):
    """The ledger refuses a command: it would contradict what was already done."""


class ToCheck(NotNow):
    """A month can be closed once these things were looked at."""


def refuse(where: str, what: str, todo: str) -> NotNow:
    """Return a refusal to raise."""
    return NotNow(Problem(where, what, todo))


def written(text: str, where: str, todo: str, lacking: str = "la raison") -> str:
    """Return a text that has to be there. Raises NotNow."""
    if not text.strip():
        raise refuse(where, f"il manque {lacking}.", todo)
    return text.strip()


def called(label: str) -> str:
    """Return `février 2026` from `2026-02`."""
    return month_name(CalendarMonth.parse(label).first_day)


def titled(label: str) -> str:
    """Return `Février 2026`, to begin a sentence."""
    said = called(label)
    return capital(said)


def following(label: str) -> str:
    """Return the month after."""
    return str(CalendarMonth.parse(label) + 1)
