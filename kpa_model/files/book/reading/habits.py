"""How one column writes its times and dates: the unit of its title, minutes after a point, days without their zero.

One cell alone often reads in two ways; the others of its column settle it, or a question does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from kpa_model.declare.number import numbers
from kpa_model.errors import Refused
from kpa_model.files.book import dates
from kpa_model.files.book.cells import Cell, as_text, shown, unguarded
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.reading.spread.in_days import in_days
from kpa_model.files.book.reading.spread.titled_units import HALF, part_of_hour, unit_of_title, unknown_unit
from kpa_model.words import day as told_day
from kpa_model.words import hours as told_hours


@dataclass(frozen=True)
class Habit:
    """How the cells of one column are read, once everything about it is settled."""

    read: Callable[[Cell], Any]
    doubt: Doubt | None = None
    proofs: tuple[str, ...] = ()
    """What its cells prove of all of them, to be told."""


# --- durations --------------------------------------------------------------------------------------------------------

_OF_A_MONTH = 744
"""No line has more hours."""
_QUARTERS_OF_HOUR = (0.25, 0.5, 0.75)
DAY_LENGTHS = (("420", "7 h"), ("450", "7 h 30"), ("480", "8 h"), ("360", "6 h"))
HALF_LENGTHS = (("210", "3 h 30"), ("240", "4 h"), ("180", "3 h"))
_DAYS = tuple((unit, f"une journée de {told}") for unit, told in DAY_LENGTHS)
_DAYS_OR_HOURS = (("h", "une heure"), *_DAYS, ("presence", "une présence, sans durée : ne pas la compter"))


def durations(title: str, cells: Sequence[Cell], answers: Mapping[str, str]) -> Habit:
    """Return how a column of durations is read."""
    unit = answers.get("unite") or unit_of_title(title)
    if part := part_of_hour(unit):
        if "unite" in answers or unit != "1/100 h" or all(as_text(each).isdigit() for each in cells if _bare(each)):
            return _parts(unit, part, cells, answers)
        unit = "h"  # 7,25: programs of payroll call « centièmes » hours with two decimals
    if unit in ("j", HALF) or unit.isdigit():
        return _days(unit, cells)
    if any(map(in_days, cells)):
        return _days(answers.get("journee", ""), cells, "journee", beside=unit or "?")
    if unit == "fraction":
        return Habit(lambda cell: round(Fraction(str(cell)) * 24 * 60) if _bare(cell) else dates.read_duration(cell))
    clock = answers.get("point") == "minutes"
    if unit in dates.UNITS:
        asked = _minutes_after_point(cells, answers) if unit == "h" else None
        return Habit(pointed if clock else lambda cell: dates.read_duration(cell, unit), asked)
    asked = _which_unit(cells) or _minutes_after_point(cells, answers)
    other = unknown_unit(title) if any(map(_bare, cells)) and not asked else ""
    told = (f"« {other} » n'est pas une unité connue. Les nombres seuls sont lus en heures.",) if other else ()
    return Habit(pointed if clock else dates.read_duration, asked, told)


def _parts(unit: str, part: Fraction, cells: Sequence[Cell], answers: Mapping[str, str]) -> Habit:
    """Return how numbers alone are read below a title that says quarters of an hour; it is asked once."""

    def read(cell: Cell) -> Any:
        return round(numbers(as_text(cell))[0][0] * part) if _bare(cell) else dates.read_duration(cell)

    rank = next((at for at, cell in enumerate(cells) if _bare(cell)), -1)
    if "unite" in answers or rank < 0:
        return Habit(read)
    number = as_text(cells[rank])
    value = numbers(number)[0][0]
    options = ((unit, told_hours(round(value * part))), ("h", f"{number} h"), ("min", f"{number} min"))
    todo = "Écrivez l'unité dans les cases : 45 min, 3h30."
    return Habit(read, Doubt("unite", f"Que compte {shown(cells[rank])} sous ce titre ?", options, todo, rank=rank))


def _days(unit: str, cells: Sequence[Cell], topic: str = "unite", beside: str = "") -> Habit:
    length = int(unit) if unit.isdigit() else 0

    def read(cell: Cell) -> Any:
        if told := in_days(cell):
            return round(told[0] * length + told[1])
        if not _bare(cell) or beside in dates.UNITS:
            return dates.read_duration(cell, beside if beside in dates.UNITS else "h")
        if beside:
            raise Refused(f"{shown(cell)} : des heures, ou des jours ?", "Écrivez l'unité : 3h, ou 3 j.")
        return round(numbers(as_text(cell))[0][0] * length)

    rank = next((at for at, cell in enumerate(cells) if in_days(cell) or (_bare(cell) and not beside)), -1)
    if length or rank < 0:
        return Habit(read)
    todo = "Écrivez des heures, par exemple 7h, ou donnez ce fichier à la page « Nos chiffres »."
    what, lengths = ("une demi-journée", HALF_LENGTHS) if unit == HALF else ("une journée", DAY_LENGTHS)
    return Habit(read, Doubt(topic, f"Combien d'heures compte {what} ?", lengths, todo, rank=rank))


def _which_unit(cells: Sequence[Cell]) -> Doubt | None:
    """Return the doubt about the unit of numbers written bare."""
    bare = [(at, float(numbers(as_text(cell))[0][0])) for at, cell in enumerate(cells) if _bare(cell)]
    if not bare:
        return None
    texts = [as_text(cell).casefold() for cell in cells if isinstance(cell, str) and not _bare(cell)]
    hours = any(re.search(r"\d ?h|\d:\d", text) for text in texts) or any(
        isinstance(c, time | timedelta) for c in cells
    )
    hours = hours or sum(value % 1 in _QUARTERS_OF_HOUR for _, value in bare) > 1  # nobody writes 48,25 minutes
    minutes = any(re.fullmatch(r"\d+ ?(m|mn|mins?|minutes?|')", text) for text in texts)
    most = max(bare, key=lambda each: each[1])
    options = (("h", "des heures"), ("min", "des minutes"), ("s", "des secondes"))
    todo = "Écrivez l'unité dans le titre de la colonne, par exemple « Durée (min) », ou dans les cases : 45 min, 3h30."
    if minutes and not hours:
        question = (
            f"D'autres cases disent des minutes. Et {shown(cells[bare[0][0]])}, ce sont des heures ou des minutes ?"
        )
        return Doubt("unite", question, options[:2], todo, rank=bare[0][0])
    if len(bare) > 2 and most[1] == 1 and not hours and all(value in (1, *_QUARTERS_OF_HOUR) for _, value in bare):
        question = f"{shown(cells[most[0]])} : est-ce une heure, ou une journée ?"
        return Doubt("unite", question, _DAYS_OR_HOURS, todo, rank=most[0])
    fractions = [value for _, value in bare if 0 < value < 1 and not float(round(value * 100, 6)).is_integer()]
    if fractions and len(fractions) * 2 >= len(bare) and most[1] < 1:
        choices = (("fraction", "des parties de journée, comme un tableur les garde"), ("h", "des heures"))
        return Doubt("unite", f"Que compte {shown(cells[most[0]])} ?", choices, todo, rank=most[0])
    if most[1] > 12 and not hours:
        question = f"{shown(cells[most[0]])} : ce sont des heures ou des minutes ?"
        if most[1] > _OF_A_MONTH:
            question = f"{shown(cells[most[0]])} : ce sont des minutes ou des secondes ?"
            return Doubt("unite", question, options[1:], todo, rank=most[0])
        slip = (("faute", "ni l'un ni l'autre : une erreur"),) if min(value for _, value in bare) <= 12 else ()
        return Doubt("unite", question, (*options[: 3 if most[1] > 200 else 2], *slip), todo, rank=most[0])
    return None


def _bare(cell: Cell) -> bool:
    """Tell whether a cell is a number without any unit."""
    if isinstance(cell, bool):
        return False
    return isinstance(cell, float | int) or (
        isinstance(cell, str) and bool(re.fullmatch(r"\d+([.,]\d+)?", cell.strip()))
    )


_QUARTERS = {"15", "30", "45", "05", "10", "20", "35", "40", "55"}


def _minutes_after_point(cells: Sequence[Cell], answers: Mapping[str, str]) -> Doubt | None:
    """Return the doubt about 7.30 when every decimal part looks like minutes, and none like a decimal."""
    if "point" in answers:
        return None
    parts = [(at, _decimals(cell)) for at, cell in enumerate(cells) if _bare(cell)]
    said = [(at, part) for at, part in parts if part not in ("", "00")]
    if not said or not all(part in _QUARTERS for _, part in said):
        return None
    at, part = said[0]
    hours = re.split(r"[.,]", as_text(cells[at]))[0]
    decimal = dates.read_duration(cells[at])
    other = f"{int(decimal) // 60} h {int(decimal) % 60:02d}"
    options = (("minutes", f"{hours} h {part}"), ("decimales", other))
    todo = f"Écrivez {hours}h{part} pour des minutes. Sinon, tout va bien."
    return Doubt(
        "point", f"{shown(cells[at])} : est-ce {hours} h {part}, ou {other} ?", options, todo, stops=False, rank=at
    )


def _decimals(cell: Cell) -> str:
    """Return the two decimals of a bare number, as a text: `30` for 7.30 or 7,3 of a spreadsheet."""
    if isinstance(cell, float | int):
        whole = f"{float(cell):.6f}".split(".")[1]
        return whole[:2] if not whole[2:].strip("0") else "99"
    found = re.fullmatch(r"\d+[.,](\d+)", str(cell).strip())
    return "" if found is None else found[1] if len(found[1]) == 2 else "99"


def pointed(cell: Cell) -> Any:
    """Read 7.30 as 7 h 30."""
    if _bare(cell) and (part := _decimals(cell)) not in ("", "99"):
        return dates.read_duration(f"{int(numbers(as_text(cell))[0][0])}:{part}")
    return dates.read_duration(cell)


# --- days -------------------------------------------------------------------------------------------------------------

_SLASHED = re.compile(r"(?:\D{2,9} )?(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})( .*)?")
_HALF = re.compile(r"\d ?[ap]\.?m\.?\b", re.IGNORECASE)
_ORDER = (("jour", "le jour, puis le mois"), ("mois", "le mois, puis le jour"))
_PLAUSIBLE = (2012, 2040)
"""Years of a day written without separators: further, it is another way of writing."""
_COMPACT = (
    ("jjmmaa", "jour, mois, année"),
    ("aammjj", "année, mois, jour"),
    ("tableur", "le numéro du jour dans le tableur"),
)


def days(cells: Sequence[Cell], answers: Mapping[str, str], english: bool = False) -> Habit:
    """Return how a column of days is read. `english`: the titles of the table are in English."""
    texts = [as_text(cell) for cell in cells]
    first_big = any(int(match[1]) > 12 for text in texts if _HALF.search(text) and (match := _SLASHED.fullmatch(text)))
    order = answers.get("ordre", "jour" if first_big else "")  # « 13/04/2026 2:30 PM » is written by the British
    compact, asked = _which_compact(texts, answers)
    if not order and (proof := _months_first(texts, english)):
        return Habit(lambda cell: _day(cell, "mois", compact), asked, (proof,))
    return Habit(lambda cell: _day(cell, order, compact), (not order and _which_order(texts, english)) or asked)


def _day(cell: Cell, order: str, compact: str) -> date:
    text = as_text(cell)
    if order and isinstance(cell, str):
        text = re.sub(r"[ ,]+\d{1,2}[:h]\d\d.*$", "", text)  # the hour does not matter
        found = _SLASHED.fullmatch(text)
        if found and order == "mois":
            return dates.read_date(f"{found[2]}/{found[1]}/{found[3]}")
        return dates.read_date(text)
    if compact and compact != "tableur" and re.fullmatch(r"\d{5,8}", text):
        digits = text.zfill(6 if len(text) < 7 else 8)
        if compact == "aammjj":
            return dates.read_date(f"{digits[-2:]}/{digits[-4:-2]}/{digits[:-4]}")
        return dates.read_date(f"{digits[:2]}/{digits[2:4]}/{digits[4:]}")
    return dates.read_date(cell)


def _months_first(texts: Sequence[str], english: bool) -> str:
    """Return what proves that months come first, to be told: a day over 12 behind, in English words or hours of day."""
    found = {text: match for text in texts if (match := _SLASHED.fullmatch(text))}
    if any(int(match[1]) > 12 for match in found.values()) or not (english or any(map(_HALF.search, found))):
        return ""
    proof = next((text for text, match in found.items() if int(match[2]) > 12), "")
    return proof and f"le mois est écrit avant le jour : « {proof} » est le {told_day(_day(proof, 'mois', ''))}."


def _which_order(texts: Sequence[str], english: bool) -> Doubt | None:
    """Return the doubt about the order of day and month, when something speaks for the American one."""
    found = [(at, match) for at, text in enumerate(texts) if (match := _SLASHED.fullmatch(text))]
    first_big = any(int(match[1]) > 12 for _, match in found)
    american = [at for at, match in found if int(match[2]) > 12] or [at for at, _ in found if _HALF.search(texts[at])]
    if not found or first_big or not (american or (english and all("/" in texts[at] for at, _ in found))):
        return None
    at = american[0] if american else found[0][0]
    match = _SLASHED.fullmatch(texts[at])
    assert match is not None
    question = f"« {texts[at]} » : le jour vient-il avant le mois, ou après ?"
    todo = "Écrivez le jour avant le mois, par exemple 28/02/2019, ou donnez ce fichier à la page « Nos chiffres »."
    wrong = ("jour", "le jour, puis le mois : cette date est fausse")
    return Doubt("ordre", question, (*_ORDER[1:], wrong) if int(match[2]) > 12 else _ORDER, todo, rank=at)


def _which_compact(texts: Sequence[str], answers: Mapping[str, str]) -> tuple[str, Doubt | None]:
    """Return how days without separators are written: `050126`, or `50126` when the zero is lost; and the doubt."""
    if "compact" in answers:
        return answers["compact"], None
    digits = [(at, text) for at, text in enumerate(texts) if re.fullmatch(r"\d{5,8}", text)]
    if not digits:
        return "", None
    fitting = [way for way in ("jjmmaa", "aammjj", "tableur") if all(_fits(text, way) for _, text in digits)]
    if len(fitting) == 1 or not fitting:
        return (fitting[0] if fitting else ""), None
    if "tableur" in fitting and all(len(text) == 5 and 40_000 <= int(text) < 50_000 for _, text in digits):
        return "tableur", None
    at, text = digits[0]
    told = tuple((way, f"{_day(text, '', way):%d/%m/%Y}") for way, _ in _COMPACT if way in fitting)
    todo = "Écrivez les jours avec leurs barres, par exemple 28/02/2019."
    return fitting[0], Doubt("compact", f"« {text} » : quel jour est-ce ?", told, todo, rank=at)


def says_day(text: str) -> bool:
    """Tell whether digits alone can be a day: `20260302`, `020326`."""
    return bool(re.fullmatch(r"\d{6}|\d{8}", text)) and any(_fits(text, way) for way, _ in _COMPACT)


def _fits(text: str, way: str) -> bool:
    if way == "tableur":
        return len(text) == 5 and 36526 <= int(text) <= 73050
    if way == "aammjj" and len(text) not in (6, 8):
        return False
    try:
        return _PLAUSIBLE[0] <= _day(text, "", way).year <= _PLAUSIBLE[1]
    except Refused:
        return False


def habit(
    kind: str, title: str, cells: Iterable[Cell], answers: Mapping[str, str], english: bool = False
) -> Habit | None:
    """Return how a column of days or durations is read; None for any other, whose cells speak one by one."""
    seen = [unguarded(cell) for cell in cells]
    if kind == "duree":
        return durations(title, seen, answers)
    if kind == "date" and not all(isinstance(cell, datetime | date) for cell in seen):
        return days(seen, answers, english)
    return None
