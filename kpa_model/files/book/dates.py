"""Days, months and durations, as French people write them. A date is always read day, month, year."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.number import BeyondAnHourError, written
from kpa_model.errors import nearest
from kpa_model.files.book.cells import Cell, RefusedCell, as_text, same, shown
from kpa_model.words import listing, month_names

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_EXCEL_ZERO = datetime(1899, 12, 30)


def read_date(cell: Cell) -> date:
    """Return a day from `03/02/2019`, `3/2/19`, `2019-02-03`, `3 février 2019`, or a date cell. Never American."""
    if isinstance(cell, datetime):
        return _in_range(cell.year, cell.month, cell.day, cell)
    if isinstance(cell, date):
        return _in_range(cell.year, cell.month, cell.day, cell)
    text = as_text(cell)
    if re.fullmatch(r"\d{5}", text) and 36526 <= int(text) <= 73050:
        return (_EXCEL_ZERO + timedelta(days=int(text))).date()
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]\d.*)?", text):
        return _in_range(int(found[1]), int(found[2]), int(found[3]), cell)
    if found := re.fullmatch(r"(?:\D{2,9} )?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})( \d.*)?", text):
        return _in_range(_year(found[3]), int(found[2]), int(found[1]), cell)
    if found := re.fullmatch(r"(?:[a-zA-Z]{3,8}\.? )?(\d{1,2})(?:er)?[- ]([^\W\d]{3,9})\.?[- ](\d{4}|\d{2})", text):
        return _in_range(_year(found[3]), _month_number(found[2], cell), int(found[1]), cell)
    raise RefusedCell(
        f"{shown(cell)} n'est pas une date.",
        "Écrivez le jour, le mois et l'année, par exemple 28/02/2019.",
    )


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _in_range(year: int, month: int, day: int, cell: Cell) -> date:
    """Return the day, or say what is impossible in it."""
    if not 1 <= month <= 12:
        raise RefusedCell(
            f"{shown(cell)} n'est pas une date : il n'y a pas de mois {month}.",
            f"Si c'est le {month:02d}/{day:02d}, écrivez {month:02d}/{day:02d}/{year} : le jour vient avant le mois."
            if 1 <= day <= 12 and month <= 31
            else "Écrivez le jour, puis le mois, puis l'année, par exemple 28/02/2019.",
        )
    last = CalendarMonth(year * 12 + month - 1).last_day.day if 1 <= year <= 9998 else 31
    if not 1 <= day <= last:
        raise RefusedCell(
            f"{shown(cell)} n'est pas une date : ce mois a {last} jours.",
            f"Vérifiez le jour, par exemple {last:02d}/{month:02d}/{year}.",
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise RefusedCell(f"l'année de {shown(cell)} est hors du possible.", "Écrivez une année entre 2000 et 2099.")
    return date(year, month, day)


def _month_number(name: str, cell: Cell) -> int:
    start = same(name)
    found = [at for at, month in enumerate(month_names(), 1) if same(month).startswith(start)]
    if len(found) != 1:
        near = nearest(name, month_names())
        raise RefusedCell(
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
        return CalendarMonth.of(_in_range(_year(found[2]), _month_number(found[1], cell), 1, cell))
    try:
        return CalendarMonth.of(read_date(cell))
    except RefusedCell as error:
        if error.what.endswith("n'est pas une date."):
            todo = "Écrivez par exemple 2019-02, 02/2019 ou février 2019."
            raise RefusedCell(f"{shown(cell)} n'est pas un mois.", todo) from None
        raise


def _month_in_range(year: int, month: int, cell: Cell) -> CalendarMonth:
    if not 1 <= month <= 12:
        todo = "Écrivez un mois de 01 à 12, par exemple 2019-02."
        raise RefusedCell(f"{shown(cell)} n'est pas un mois : il n'y a pas de mois {month}.", todo)
    return CalendarMonth.of(_in_range(year, month, 1, cell))


def read_duration(cell: Cell) -> int:
    """Return minutes from `3h30`, `3:30`, `3,5`, `3 h`, `45 min`, or a time cell; a bare number is hours."""
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, datetime):
        cell = cell - (_EXCEL_ZERO if cell.date() < date(1899, 12, 31) else _EXCEL_ZERO + timedelta(days=1))
    if isinstance(cell, timedelta):
        return _minutes(Fraction(round(cell.total_seconds()), 60), cell)
    try:
        hours = written(as_text(cell), "h")
    except BeyondAnHourError:
        what = f"{shown(cell)} n'est pas une durée : une heure a 60 minutes."
        raise RefusedCell(what, "Écrivez par exemple 3h30, ou 3,5.") from None
    except ValueError:
        todo = "Écrivez par exemple 3h30, 3:30, 3,5 ou 45 min."
        raise RefusedCell(f"{shown(cell)} n'est pas une durée.", todo) from None
    return _minutes(hours * 60, cell)


def _minutes(minutes: Fraction, cell: Cell) -> int:
    if minutes < 0:
        raise RefusedCell(f"{shown(cell)} est une durée négative.", "Écrivez le temps passé, par exemple 3h30.")
    if minutes > 10**6:
        raise RefusedCell(
            f"{shown(cell)} est une durée trop longue.", "Écrivez le temps d'une journée, par exemple 3h30."
        )
    return round(minutes)
