"""How one column writes its times: the unit of its title, minutes after a point, parts of an hour, days.

One cell alone often reads in two ways; the others of its column settle it, or a question does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book import dates
from kpa_model.files.book.cells import Cell, as_text, shown
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.reading.columns.numbers_alone import (
    FEW,
    MIXED,
    Habit,
    bare_number,
    beside_hours,
    decimals,
    few,
    minutes_after_point,
    number,
    pointed,
    says_hours,
)
from kpa_model.files.book.reading.spread import titled_units
from kpa_model.files.book.reading.spread.titled_units import HALF, in_days, part_of_hour, unit_of_title, unknown_unit
from kpa_model.words import hours as told_hours

_TODO = "Écrivez l'unité dans le titre de la colonne, par exemple « Durée (min) », ou dans les cases : 45 min, 3h30."
_OF_A_MONTH = 744
"""No line has more hours."""
_QUARTERS_OF_HOUR = (0.25, 0.5, 0.75)
DAY_LENGTHS = (("420", "7 h"), ("450", "7 h 30"), ("480", "8 h"), ("360", "6 h"))
HALF_LENGTHS = (("210", "3 h 30"), ("240", "4 h"), ("180", "3 h"))
_DAYS = tuple((unit, f"une journée de {told}") for unit, told in DAY_LENGTHS)
_NO_HOURS = ("rien", "ni l'un ni l'autre : ce ne sont pas des heures")
_DAYS_OR_HOURS = (("h", "une heure"), *_DAYS, ("presence", "une présence, sans durée : ne pas la compter"))


def durations(title: str, cells: Sequence[Cell], answers: Mapping[str, str], days: int = 1) -> Habit:
    """Return how a column of durations is read; `days`: how many days of work each of them covers at least.

    A unit that its title says goes before the one answered, perhaps about the file of another month: that one is told.
    """
    own = unit_of_title(title)
    if "unite" not in answers or own in dates.UNITS or own.isdigit():
        return _read_in(title, own, cells, {name: said for name, said in answers.items() if name != "unite"}, days)
    unit = answers.get(HERE) or answers["unite"]
    habit = _read_in(title, unit, cells, {**answers, "unite": unit}, days)
    bare = [at for at, cell in enumerate(cells) if bare_number(cell)]
    odd = next((at for at in bare if number(cells[at]).denominator > 1), None)
    values = [number(cells[at]) for at in bare]
    if unit == "min" and HERE not in answers and bare and (odd is not None or few(values)):
        rank = bare[0] if odd is None else odd
        question = f"{shown(cells[rank])} : est-ce en minutes, comme la dernière fois, ou en heures ?"
        options = (("min", "en minutes"), ("h", "en heures"))
        return replace(habit, doubt=Doubt(HERE, question, options, "Écrivez l'unité : 45 min, 3h30.", rank=rank))
    return replace(habit, proofs=(*habit.proofs, told)) if (told := _told(unit)) and bare else habit


def _told(unit: str) -> str:
    """Return what tells the unit that was answered; an empty text for one that says it by itself."""
    name = _NAMES.get(unit) or (f"en journées de {told_hours(int(unit))}" if unit.isdigit() else "")
    return f"les nombres sans unité sont lus {name}, comme vous l'avez répondu." if name else ""


HERE = "unite_ici"
"""What is answered about one file alone, whose numbers look like another unit."""
_NAMES = {"min": "en minutes", "h": "en heures", "s": "en secondes"}
_NAMES[MIXED] = f"en heures jusqu'à {FEW}, en minutes au-delà"


def _read_in(title: str, unit: str, cells: Sequence[Cell], answers: Mapping[str, str], days: int) -> Habit:
    """Return how times are read in a unit, that of their title or the one answered."""
    if "unite" not in answers and (strange := titled_units.strange_unit(title)):
        return Habit(_unread(strange))
    if part := part_of_hour(unit):
        whole = all(as_text(each).isdigit() for each in cells if bare_number(each))
        if "unite" in answers or unit != "1/100 h" or whole:
            return _parts(unit, part, cells, answers)
        unit = "h"  # 7,25: programs of payroll call « centièmes » hours with two decimals
    if unit in ("j", HALF) or unit.isdigit():
        return _days(unit, cells)
    if any(map(in_days, cells)):
        return _days(answers.get("journee", ""), cells, "journee", beside=unit or "?")
    if unit == "fraction":
        return Habit(lambda cell: round(number(cell) * 24 * 60) if bare_number(cell) else dates.read_duration(cell))
    if unit in _CLOCKS:
        read = _CLOCKS[unit]
        whole = unit == "h,min" and not any(map(decimals, cells))
        return Habit(read, _which_unit(cells) if whole and "unite" not in answers else None)
    clock = answers.get("point") == "minutes"
    if unit in dates.UNITS:
        asked = minutes_after_point(cells, answers) if unit == "h" else None
        if (
            unit == "h"
            and days == 1
            and not asked
            and "unite" not in answers
            and (beside := beside_hours(cells, HERE, _TODO))
        ):
            said = answers.get(HERE, "")
            read = _CLOCKS.get(said) or (lambda cell: dates.read_duration(cell, said or "h"))
            return Habit(read, None if said else beside, (_told(said),) if said else ())
        return Habit(pointed if clock else lambda cell: dates.read_duration(cell, unit), asked)
    long = _of_period(cells, days)
    asked = (None if long else _which_unit_of(title, cells, days)) or minutes_after_point(cells, answers)
    other = unknown_unit(title) if any(map(bare_number, cells)) and not asked else ""
    told = [f"« {other} » n'est pas une unité connue. Les nombres seuls sont lus en heures."] if other else []
    span = "un mois" if days >= _MONTH else "une quinzaine" if days > _WEEK else "une semaine"
    told += [f"« {long} » est lu {long} h : c'est le temps d'{span}."] if long else []
    return Habit(pointed if clock else dates.read_duration, asked, (*told,))


def _unread(strange: str) -> Callable[[Cell], Any]:
    def read(cell: Cell) -> Any:
        raise Refused(
            f"« {strange} » n'est pas une façon connue d'écrire un temps.", "Écrivez 45 min ou 1:30, sans elle."
        )

    return read


def _parts(unit: str, part: Fraction, cells: Sequence[Cell], answers: Mapping[str, str]) -> Habit:
    """Return how numbers alone are read below a title that says quarters of an hour; it is asked once."""

    def read(cell: Cell) -> Any:
        return round(number(cell) * part) if bare_number(cell) else dates.read_duration(cell)

    rank = next((at for at, cell in enumerate(cells) if bare_number(cell)), -1)
    if "unite" in answers or rank < 0:
        return Habit(read)
    said = as_text(cells[rank])
    options = ((unit, told_hours(round(number(cells[rank]) * part))), ("h", f"{said} h"), ("min", f"{said} min"))
    todo = "Écrivez l'unité dans les cases : 45 min, 3h30."
    return Habit(read, Doubt("unite", f"Que compte {shown(cells[rank])} sous ce titre ?", options, todo, rank=rank))


def _days(unit: str, cells: Sequence[Cell], topic: str = "unite", beside: str = "") -> Habit:
    length = int(unit) if unit.isdigit() else 0

    def read(cell: Cell) -> Any:
        if told := in_days(cell):
            return round(told[0] * length + told[1])
        if not bare_number(cell) or beside in dates.UNITS:
            return dates.read_duration(cell, beside if beside in dates.UNITS else "h")
        if beside:
            raise Refused(f"{shown(cell)} : des heures, ou des jours ?", "Écrivez l'unité : 3h, ou 3 j.")
        return round(number(cell) * length)

    rank = next((at for at, cell in enumerate(cells) if in_days(cell) or (bare_number(cell) and not beside)), -1)
    alone = next((at for at, cell in enumerate(cells) if beside == "?" and bare_number(cell)), -1)
    if length and alone >= 0:
        question = f"{shown(cells[alone])}, sans unité, à côté de {shown(cells[rank])} : des heures, ou des jours ?"
        options = (("h", "des heures"), (str(length), f"des jours de {told_hours(length)}"))
        return Habit(read, Doubt("unite", question, options, "Écrivez l'unité : 3h, ou 3 j.", rank=alone))
    if length or rank < 0:
        return Habit(read)
    todo = "Écrivez des heures, par exemple 7h, ou donnez ce fichier à la page « Nos chiffres »."
    what, lengths = ("une demi-journée", HALF_LENGTHS) if unit == HALF else ("une journée", DAY_LENGTHS)
    return Habit(read, Doubt(topic, f"Combien d'heures compte {what} ?", lengths, todo, rank=rank))


_WEEK, _MONTH, _DAY_HOURS = 5, 20, 10
"""Days of work of a week, and of the shortest month; hours that no day of work goes beyond, week after week."""


def _of_period(cells: Sequence[Cell], days: int) -> str:
    """Return the most that bare numbers say, when they can only be hours of weeks or of months; else nothing.

    Who counts minutes counts them by five, and more than an hour of them in a month.
    """
    values = {float(number(cell)): as_text(cell) for cell in cells if bare_number(cell)}
    most = max(values, default=0)
    if most <= 12 or most > days * _DAY_HOURS or days < _WEEK - 1 or not all(map(bare_number, cells)):
        return ""
    sure = any(value % 5 for value in values) or (days >= _MONTH and most <= 60)
    return values[most] if sure else ""


def _which_unit_of(title: str, cells: Sequence[Cell], days: int) -> Doubt | None:
    """Return the doubt about the unit of bare numbers; those laid out from many columns may be no times."""
    asked = _which_unit(cells, days)
    laid = asked and title == "duree" and asked.options[0][0] == "h"
    return replace(asked, options=(*asked.options, _NO_HOURS)) if asked and laid else asked


def _which_unit(cells: Sequence[Cell], days: int = 1) -> Doubt | None:
    """Return the doubt about the unit of numbers written bare; `days`: how many days of work each covers at least."""
    bare = [(at, float(number(cell))) for at, cell in enumerate(cells) if bare_number(cell)]
    if not bare:
        return None
    texts = [as_text(cell).casefold() for cell in cells if isinstance(cell, str) and not bare_number(cell)]
    hours = (
        bool(says_hours(cells)) or sum(value % 1 in _QUARTERS_OF_HOUR for _, value in bare) > 1
    )  # nobody writes 48,25 minutes
    minutes = any(re.fullmatch(r"\d+ ?(m|mn|mins?|minutes?|')", text) for text in texts)
    most = max(bare, key=lambda each: each[1])
    options = (("h", "des heures"), ("min", "des minutes"), ("s", "des secondes"))
    if minutes and not hours:
        question = (
            f"D'autres cases disent des minutes. Et {shown(cells[bare[0][0]])}, ce sont des heures ou des minutes ?"
        )
        return Doubt("unite", question, options[:2], _TODO, rank=bare[0][0])
    if len(bare) > 2 and most[1] == 1 and not hours and all(value in (1, *_QUARTERS_OF_HOUR) for _, value in bare):
        question = f"{shown(cells[most[0]])} : est-ce une heure, ou une journée ?"
        return Doubt("unite", question, _DAYS_OR_HOURS, _TODO, rank=most[0])
    fractions = [value for _, value in bare if 0 < value < 1 and not float(round(value * 100, 6)).is_integer()]
    if fractions and len(fractions) * 2 >= len(bare) and most[1] < 1:
        choices = (("fraction", "des parties de journée, comme un tableur les garde"), ("h", "des heures"))
        return Doubt("unite", f"Que compte {shown(cells[most[0]])} ?", choices, _TODO, rank=most[0])
    if most[1] > 12 and not hours:
        question = f"{shown(cells[most[0]])} : ce sont des heures ou des minutes ?"
        if most[1] > _OF_A_MONTH:
            question = f"{shown(cells[most[0]])} : ce sont des minutes ou des secondes ?"
            return Doubt("unite", question, options[1:], _TODO, rank=most[0])
        slip = (("faute", "ni l'un ni l'autre : une erreur"),) if min(value for _, value in bare) <= 12 else ()
        return Doubt("unite", question, (*options[: 3 if most[1] > 200 else 2], *slip), _TODO, rank=most[0])
    return beside_hours(cells, "unite", _TODO) if hours and days == 1 else None


def _together(cell: Cell) -> Any:
    """Read 0130, or 130, as 1 h 30."""
    text = as_text(cell)
    return dates.read_duration(f"{int(text) // 100}:{text[-2:]:0>2}" if text.isdecimal() else cell)


def _seconds(cell: Cell) -> Any:
    """Read 45:30 as 45 min 30 s, and a number alone as minutes."""
    found = re.fullmatch(r"(\d+):(\d\d)", as_text(cell)) if isinstance(cell, str) else None
    return dates.read_duration(f"{found[1]} min {found[2]} s" if found else cell, "min")


def _after_days(cell: Cell) -> Any:
    """Read 0:03:30 as 3 h 30, after a count of days; a whole day is refused."""
    found = re.fullmatch(r"(\d+):(\d+:\d\d)", as_text(cell)) if isinstance(cell, str) else None
    if found and int(found[1]):
        raise Refused(f"{shown(cell)} compte des jours entiers.", "Écrivez les heures, par exemple 26:30.")
    return dates.read_duration(found[2] if found else cell)


def _mixed(cell: Cell) -> Any:
    """Read a number alone as minutes beyond the hours of a line, as hours below."""
    return dates.read_duration(cell, "min" if bare_number(cell) and number(cell) > FEW else "h")


_CLOCKS = {MIXED: _mixed, "jj:hh:mm": _after_days, "h,min": pointed, "hhmm": _together, "mm:ss": _seconds}
"""What reads two units in one number, by the unit that a title says."""
