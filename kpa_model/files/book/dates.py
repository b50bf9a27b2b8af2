"""Days, months and durations, as French people write them. A date is always read day, month, year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Self

from kpa_model.cooperative.calendar import PARIS, CalendarMonth
from kpa_model.declare.number import BeyondAnHourError, written
from kpa_model.errors import Refused, nearest
from kpa_model.files.book.cells import Cell, Euros, as_text, same, shown
from kpa_model.words import listing, month_names

_FIRST_YEAR, _LAST_YEAR = 1950, 2099
_EXCEL_ZERO = datetime(1899, 12, 30)


class Period(date):
    """Several days told as one, such as a week or a month: it is the first of them, and its working days share it."""

    last: date | None = None

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Return the period between two days, both included."""
        made = cls(first.year, first.month, first.day)
        made.last = last
        return made

    @classmethod
    def of_week(cls, day: date) -> Self:
        """Return the week of a day, from Monday to Sunday."""
        monday = day - timedelta(days=day.weekday())
        return cls.between(monday, monday + timedelta(days=6))

    @classmethod
    def of_month(cls, month: CalendarMonth) -> Self:
        """Return a whole month."""
        return cls.between(month.first_day, month.last_day)

    @property
    def worked(self) -> list[date]:
        """Return its days from Monday to Friday; all its days when there is none."""
        start = date(self.year, self.month, self.day)
        days = [start + timedelta(days=step) for step in range(((self.last or start) - start).days + 1)]
        return [day for day in days if day.weekday() < 5] or days

    @property
    def told(self) -> str:
        """Return its first and last days, in words."""
        return f"du {self:%d/%m/%Y} au {self.last or self:%d/%m/%Y}"


def read_date(cell: Cell) -> date:
    """Return a day from `03/02/2019`, `3/2/19`, `2019-02-03`, `3 février 2019`, or a date cell. Never American."""
    if isinstance(cell, Period):
        return cell
    if isinstance(cell, datetime):
        return _in_range(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, date):
        return _in_range(cell.year, cell.month, cell.day, cell)
    text = as_text(cell)
    if (found := _ENGLISH.match(text)) and (month := ENGLISH_MONTHS.get(found[1].casefold()[:3])):
        return _in_range(int(found[3]), month, int(found[2]), cell)
    if re.search(r"\d ?[ap]\.?m\.?$", text, re.IGNORECASE):
        raise Refused(
            f"{shown(cell)} est écrit à l'américaine (AM, PM) : le mois vient peut-être avant le jour.",
            "Écrivez le jour, le mois et l'année, par exemple 28/02/2019.",
        )
    if (told := instant(cell)) and told.tzinfo:
        return _in_range(told.year, told.month, told.day, cell)
    if re.fullmatch(r"\d{5}", text) and 36526 <= int(text) <= 73050:
        return (_EXCEL_ZERO + timedelta(days=int(text))).date()
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]\d.*)?", text):
        return _in_range(int(found[1]), int(found[2]), int(found[3]), cell)
    if found := re.fullmatch(r"(?:\D{2,9} )?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})( \d.*)?", text):
        return _as_named(text, _in_range(_year(found[3]), int(found[2]), int(found[1]), cell))
    if found := _WRITTEN.fullmatch(text):
        return _as_named(text, _in_range(_year(found[3]), month_number(found[2], cell), int(found[1]), cell))
    short = re.fullmatch(r"(?:\D{2,9} )?\d{1,2}[-/.]\d{1,2}", text)
    raise Refused(
        f"{shown(cell)} : {_NO_YEAR}" if short else f"{shown(cell)} {_NO_DATE}",
        "Écrivez le jour, le mois et l'année, par exemple 28/02/2019.",
    )


_WRITTEN = re.compile(
    r"(?:[a-zA-Z]{3,8}\.? )?(\d{1,2})(?:er)?[- ]([^\W\d]{3,9})\.?[- ](\d{4}|\d\d)"
    r"(?:,? (?:à )?\d{1,2}[h:]\d\d(?::\d\d)?)?"
)
"""« 3 février 2019 », an hour after it perhaps."""
_NO_DATE, _NO_YEAR = "n'est pas une date.", "il manque l'année."
_ENGLISH = re.compile(r"(?:[A-Z][a-z]{2,8},? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b(?!/)")
ENGLISH_MONTHS = dict(
    zip(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), range(1, 13), strict=True)
)
"""« March 2, 2026 »: the month stands in letters, no doubt is left. What follows is the hour."""
_INSTANT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
)


def instant(cell: Cell) -> datetime | None:
    """Return an instant by the clock of Paris, with its shift when the cell tells one; None when it is no instant."""
    if isinstance(cell, datetime):
        return cell
    if (found := _INSTANT.fullmatch(as_text(cell))) is None:
        return None
    shift = f"{(found[7] or '').replace(':', ''):0<5}" if (found[7] or "")[:1] in ("+", "-") else "+0000"
    try:
        told = datetime(*(int(each or 0) for each in found.groups()[:6]))  # type: ignore[arg-type]
        return (
            datetime.strptime(f"{told:%Y%m%d%H%M%S}{shift}", "%Y%m%d%H%M%S%z").astimezone(PARIS) if found[7] else told
        )
    except ValueError:
        return None


def elapsed(begin: datetime, stop: datetime) -> timedelta:
    """Return the time between two instants: the night when the clock changes, their shifts count."""
    zone = UTC if begin.tzinfo and stop.tzinfo else None
    first, last = (each.astimezone(zone) if zone else each.replace(tzinfo=None) for each in (begin, stop))
    return last - first


def _year(text: str) -> int:
    """Return the year of two digits: from 1950 to 2049."""
    if len(text) > 2:
        return int(text)
    return int(text) + (2000 if int(text) < 50 else 1900)


def _in_range(year: int, month: int, day: int, cell: Cell) -> date:
    """Return the day, or say what is impossible in it."""
    if not 1 <= month <= 12:
        raise Refused(
            f"{shown(cell)} n'est pas une date : il n'y a pas de mois {month}.",
            f"Si c'est le {month:02d}/{day:02d}, écrivez {month:02d}/{day:02d}/{year} : le jour vient avant le mois."
            if 1 <= day <= 12 and month <= 31
            else "Écrivez le jour, puis le mois, puis l'année, par exemple 28/02/2019.",
        )
    last = monthrange(year, month)[1] if 1 <= year <= 9998 else 31
    if not 1 <= day <= last:
        raise Refused(
            f"{shown(cell)} n'est pas une date : ce mois a {last} jours.",
            f"Vérifiez le jour, par exemple {last:02d}/{month:02d}/{year}.",
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused(f"l'année de {shown(cell)} est hors du possible.", "Écrivez une année entre 1950 et 2099.")
    return date(year, month, day)


def month_number(name: str, cell: Cell) -> int:
    """Return the number of a month from its name, or the start of it. Raises Refused."""
    start = same(name)
    found = [at for at, month in enumerate(month_names(), 1) if same(month).startswith(start)]
    if len(found) != 1:
        near = nearest(name, month_names())
        raise Refused(
            f"« {name} » n'est pas un mois, dans {shown(cell)}.", near or f"Les mois sont : {listing(month_names())}."
        )
    return found[0]


def read_month(cell: Cell) -> CalendarMonth:
    """Return a month from `2019-02`, `02/2019`, `février 2019`, or any date inside it."""
    text = as_text(cell)
    if found := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})", text):
        return _month_in_range(int(found[1]), int(found[2]), cell)
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{4})", text):
        return _month_in_range(int(found[2]), int(found[1]), cell)
    if found := re.fullmatch(r"([^\W\d]{3,9})\.?[-/ ](\d{4}|\d{2})", text):
        return CalendarMonth.of(_in_range(_year(found[2]), month_number(found[1], cell), 1, cell))
    try:
        return CalendarMonth.of(read_date(cell))
    except Refused as error:
        if error.what.endswith((_NO_DATE, _NO_YEAR)):
            todo = "Écrivez par exemple 2019-02, 02/2019 ou février 2019."
            raise Refused(f"{shown(cell)} n'est pas un mois.", todo) from None
        raise


def _month_in_range(year: int, month: int, cell: Cell) -> CalendarMonth:
    if not 1 <= month <= 12:
        todo = "Écrivez un mois de 01 à 12, par exemple 2019-02."
        raise Refused(f"{shown(cell)} n'est pas un mois : il n'y a pas de mois {month}.", todo)
    return CalendarMonth.of(_in_range(year, month, 1, cell))


UNITS = {"h": Fraction(60), "min": Fraction(1), "s": Fraction(1, 60)}
"""Minutes in one of each unit of time."""


def read_duration(cell: Cell, unit: str = "h") -> int | Fraction:
    """Return minutes from `3h30`, `3:30`, `0:59:59`, `3,5`, `45 min`, `20 s`, `PT1H30M`, or a time cell.

    A bare number counts in `unit`. Seconds are kept as a fraction of a minute, until everything is added up.
    """
    if isinstance(cell, Euros):
        raise Refused(f"{shown(cell)} est une somme en euros, pas une durée.", "Écrivez un temps, par exemple 3h30.")
    if isinstance(cell, time):
        return _exact(Fraction(cell.hour * 3600 + cell.minute * 60 + cell.second, 60), cell)
    if isinstance(cell, datetime):
        cell = cell.replace(tzinfo=None) - (
            _EXCEL_ZERO if cell.date() < date(1899, 12, 31) else _EXCEL_ZERO + timedelta(days=1)
        )
    if isinstance(cell, timedelta):
        return _exact(Fraction(round(cell.total_seconds()), 60), cell)
    text = re.sub(r"^pt(?=\d)|hours?$", lambda found: "" if found[0] == "pt" else "h", as_text(cell).casefold())
    if found := _WORDED.fullmatch(text):
        return _exact(Fraction(int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0), 60), cell)
    try:
        minutes = written(text, "h") * 60
        if unit != "h" and not re.search("[h:m]", text):
            minutes = written(text) * UNITS[unit]
    except BeyondAnHourError:
        what = f"{shown(cell)} n'est pas une durée : une heure a 60 minutes."
        raise Refused(what, "Écrivez par exemple 3h30, ou 3,5.") from None
    except ValueError:
        todo = "Écrivez par exemple 3h30, 3:30, 3,5 ou 45 min."
        raise Refused(f"{shown(cell)} n'est pas une durée.", todo) from None
    seconds = ":" in text or unit == "s"
    return _exact(minutes if seconds else Fraction(round(minutes)), cell)  # 3,33 h stands for 3 h 20


_WORDED = re.compile(
    r"(?:(\d+) ?(?:h|heures?|hrs?|hours?) ?)?(?:(\d+) ?(?:m|mn|mins?|minutes?|') ?)?"
    r"(?:(\d+) ?(?:s|sec|secondes?|seconds?|\"))"
)
"""A duration with its seconds in words, `1 h 5 min 20 s`; the others are numbers like any other."""


def _exact(minutes: Fraction, cell: Cell) -> int | Fraction:
    """Return whole minutes as a whole number, after the checks of any duration."""
    if minutes < 0:
        raise Refused(f"{shown(cell)} est une durée négative.", "Écrivez le temps passé, par exemple 3h30.")
    if minutes > 10**6:
        raise Refused(f"{shown(cell)} est une durée trop longue.", "Écrivez le temps d'une journée, par exemple 3h30.")
    return int(minutes) if minutes.denominator == 1 else minutes


def read_hour(cell: Cell) -> int:
    """Return the minutes since midnight of an hour of the day: `9h30`, `09:30`, `9:30 PM`, an instant."""
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    text = as_text(cell).casefold()
    if found := re.fullmatch(r"(?:.*[t ])?(\d{1,2}) ?[:h](?: ?(\d{2}))?(?::\d{2})?(?:[.,]\d+)? ?([ap])?\.?m?\.?", text):
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            hour = hour % 12 + (12 if found[3] == "p" else 0)
        if hour <= 24 and minute < 60:
            return hour * 60 + minute
    raise Refused(f"{shown(cell)} n'est pas une heure.", "Écrivez par exemple 9h30 ou 14:05.")


def hour_of_day(cell: Cell) -> int | Fraction:
    """Return the minutes since midnight of `9:30 PM` or `18h30`, or of a bare number of hours."""
    try:
        return read_hour(cell)
    except Refused:
        return read_duration(cell)


# --- days of the week -------------------------------------------------------------------------------------------------

WEEKDAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
WEEKDAY = re.compile(
    r"(lun(?:di)?|mar(?:di)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?)\b\.?", re.IGNORECASE
)


def misnamed(text: str, day: date) -> bool:
    """Tell whether a text starts with the name of another day of the week than that of a day."""
    named = WEEKDAY.match(text)
    return named is not None and not same(WEEKDAYS[day.weekday()]).startswith(same(named[1])[:3])


def _as_named(text: str, day: date) -> date:
    if misnamed(text, day):
        told = f"« {text} » : le {day:%d/%m/%Y} est un {WEEKDAYS[day.weekday()].casefold()}."
        raise Refused(told, "Corrigez la date, ou le nom du jour.")
    return day


def rising(hours: Iterable[tuple[Cell, Cell]]) -> bool:
    """Tell whether each hour of the day comes after the one before it, « 8:30, 13:45 »: the same day goes on."""
    try:
        return all(read_hour(before) < read_hour(after) for before, after in hours)
    except Refused:
        return False
