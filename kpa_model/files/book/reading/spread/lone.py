"""A single day, week or month that stands above the times of people: « Nom ; mars 2026 ; Total »."""

from __future__ import annotations

import re

from kpa_model.files.book.cells import as_text
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.weeks import said
from kpa_model.files.book.reading.spread.people import TOTAL

_TIME = re.compile(r"\d ?(h|:|min)|\b(heures?|temps|planning|pointages?|hours|timesheet)\b", re.IGNORECASE)
"""What says that numbers are times, in a cell or around a table."""


def is_day_title(title: str) -> bool:
    """Tell whether a title is the name of a day, of a week, or a day: « Lun », « S12 », « 05/01 »."""
    return bool(re.match(r"\d{1,2}([/ .-]|$)", title) or WEEKDAY.match(title)) or said(title) is not None


def stands_alone(block: Block, at: int, hours: Dictionary, context: Context) -> bool:
    """Tell whether a single day, week or month is that of the times of those whom each line names."""
    leads = {found.name: rank for rank, title in enumerate(block.titles) if (found := column_of(title, hours))}
    total = "duree" not in leads or TOTAL.match(block.titles[leads["duree"]])
    others = any(is_day_title(title) for rank, title in enumerate(block.titles) if rank != at)
    numbered = re.fullmatch(r"\d{1,2}", block.titles[at]) and not others  # « 5 » may be the number of anything
    told = block.weeks >= 0 or "date" in leads or WEEKDAY.fullmatch(block.titles[at].strip())  # « mar » is Tuesday
    if "personne" not in leads or told or not total or numbered:
        return False
    people = [text for cell in block.column(leads["personne"]) if not TOTAL.match(text := as_text(cell))]
    around = any(_TIME.search(text.replace("_", " ")) for text in (*block.names, *map(as_text, block.column(at))))
    return around or all(map(context.is_person, people)) or block.grid.answers.get("table") == hours.table
