"""A month of the calendar, as a noun one can add to and sort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
"""Days end in Paris, wherever the server is."""


def today() -> date:
    """Return the day it is in Paris: the one clock of what reads files."""
    return datetime.now(PARIS).date()


@dataclass(frozen=True, order=True)
class CalendarMonth:
    """One month, counted from year zero: `CalendarMonth.of(date)`, `CalendarMonth.parse("2019-02")`, `month + 1`."""

    index: int

    @classmethod
    def of(cls, day: date) -> CalendarMonth:
        """Return the month that holds a day."""
        return cls(day.year * 12 + day.month - 1)

    @classmethod
    def parse(cls, text: str) -> CalendarMonth:
        """Return the month written `2019-02` or `02/2019`. Raises ValueError."""
        parts = text.strip().replace("/", "-").split("-")
        if len(parts) != 2 or not all(part.isdigit() for part in parts):
            raise ValueError(text)
        year, month = (parts[0], parts[1]) if len(parts[0]) == 4 else (parts[1], parts[0])
        return cls.of(date(int(year), int(month), 1))

    @property
    def year(self) -> int:
        """Calendar year."""
        return self.index // 12

    @property
    def first_day(self) -> date:
        """First day of the month."""
        return date(self.index // 12, self.index % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """Last day of the month."""
        return (self + 1).first_day - timedelta(days=1)

    def __add__(self, months: int) -> CalendarMonth:
        """Return the month that many months later."""
        return CalendarMonth(self.index + months)

    def __str__(self) -> str:
        """Return `2019-02`."""
        return f"{self.year:04d}-{self.index % 12 + 1:02d}"
