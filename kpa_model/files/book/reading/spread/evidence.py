"""What the numbers of a wide table count: hours, where something says so; else money, things, or it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kpa_model.files.book.cells import Cell, Euros, as_text
from kpa_model.files.book.dates import Period
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.matching import layer, may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.numbers_alone import bare_number, number
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.spread.people import (
    MEANS,
    TOPIC,
    TOTAL,
    make_an_amount,
    mostly_names,
    of_a_day,
)
from kpa_model.files.book.reading.spread.shapes import Wide, in_euros
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.reading.spread.titled_units import in_days_said, unit_of_title
from kpa_model.files.book.reading.whose import WHO, topic_of, whose
from kpa_model.files.book.vocabulary import pattern

TIME, EUROS, MONEY, COUNTED, THINGS, UNSAID = "heures", "euros", "argent", "points", "choses", ""
"""What numbers count: times, euros by cells, euros by words, what is never read, things; nothing says it."""
_TIME = pattern("evidence.time", r"\b(WORDS)\b", re.IGNORECASE)
_MONEY = pattern("evidence.money", r"(\b(WORDS)\b|€)", re.IGNORECASE)
_WORDS = (
    (MONEY, _MONEY),
    (COUNTED, pattern("evidence.counted", r"\b(WORDS)\b", re.IGNORECASE)),
    (THINGS, pattern("evidence.things", r"^(WORDS)", re.IGNORECASE)),
)
_OUTSIDE = pattern("evidence.outside", r"(WORDS)\b", re.IGNORECASE)
"""Titles of people who may not work here: « Adhérent », « Participante »."""
_QUARTERS = (0.25, 0.5, 0.75)
_FIGURE, _UNIT = re.compile(r"\d"), re.compile(r"\d ?(h|:|mi?n|j\b)|½", re.IGNORECASE)
_MARK = re.compile(r"[^\W\d]|^[^\d\s.,/–—-]+$")
"""A word, an absence, a tick among numbers: somebody was there, or was not."""


def said(block: Block, spread: Wide, context: Context) -> tuple[str, str]:
    """Return what the numbers of a wide table count, and the word that says so.

    Cells come first, then the words nearest to the table, then who is known among its lines and its columns. A table of
    bare numbers where nothing speaks of time, nor of anybody who works, is asked about.
    """
    written = [cell for at in spread.values for cell in block.column(at)]
    cells = [cell for cell in written if not nothing(cell)]
    if in_euros(cells) or any(isinstance(cell, Euros) for cell in cells):
        return EUROS, ""
    if not any(map(_FIGURE.search, map(as_text, cells))) or any(map(_UNIT.search, map(as_text, cells))):
        return TIME, ""
    by_hand = any(MEANS.fullmatch(str(value)) for value in spread.values.values())
    if spread.what != "date" and (by_hand or make_an_amount(block, spread.values)):
        return MONEY, ""
    told, word = _spoken(block, spread, _by_day(spread, block) and _halves(cells))
    marked = any(map(_MARK.search, map(as_text, written)))
    if told or not (marked or _somebody(block, spread, context) or _answered(block, spread)):
        return told, word
    return TIME, ""


def _spoken(block: Block, spread: Wide, halves: bool) -> tuple[str, str]:
    """Return what the words nearest to a table say that it counts, and these words; nothing when none does.

    Halves of hours say more than the name of a file.
    """
    if any(unit_of_title(title) not in ("", "j") for title in block.titles) or any(map(in_days_said, block.names)):
        return TIME, ""  # « Jour » is a day, no unit
    for text in _texts(block, spread, halves):
        if _TIME.search(text):
            return TIME, ""
        if found := next(((what, word[0]) for what, words in _WORDS if (word := words.search(text))), None):
            return found
    return (TIME, "") if halves else ("", "")


def _texts(block: Block, spread: Wide, halves: bool) -> Iterator[str]:
    """Yield what may say it, the nearest first: totals, the corner above the heads of lines, texts above, names."""
    beside = spread.what != "date"  # « Total HT » left of people is the price of their line
    yield from (title for title in block.titles if TOTAL.match(title) and not (beside and layer(title)))
    corner = block.titles[0] if 0 not in spread.values else ""
    priced = spread.what == "date" and _MONEY.search(corner)  # « Facture » left of people is a reference
    yield corner if priced or _TIME.search(corner) else ""
    file = "" if halves else block.grid.file.rsplit(".", 1)[0]
    yield from (text.replace("_", " ") for text in (*reversed(block.above), block.grid.sheet, file))


def _somebody(block: Block, spread: Wide, context: Context) -> bool:
    """Tell whether people of the group stand over the columns, or left of the lines, or above the table."""
    if any(map(context.is_person, (whose(block, context), *map(str, spread.values.values())))):
        return True
    hours, free = dictionaries()["heures"], {*range(len(block.titles))} - {*spread.values, *spread.totals}
    for at in free:
        cells = [cell for cell in block.column(at) if not TOTAL.match(as_text(cell))]
        known = sum(context.is_person(as_text(cell)) for cell in cells)
        if cells and 2 * known >= len(cells):
            return True
        titled = may_say(block.titles[at], "personne", hours) and not _OUTSIDE.match(block.titles[at])
        if titled and not context.people and mostly_names(cells):
            return True
    return False


def _answered(block: Block, spread: Wide) -> bool:
    """Tell whether the group said who did these hours, in another month perhaps; « Aucune » of the columns does not."""
    answers = block.grid.answers
    named = answers.get(TOPIC) if spread.what == "personne" else TOPIC in answers
    return bool(named) or WHO in answers or topic_of(block.grid) in answers


def _by_day(spread: Wide, block: Block) -> bool:
    days = spread.what != "date" or not any(isinstance(each, Period) for each in spread.values.values())
    return days and block.weeks < 0


def _halves(cells: Sequence[Cell]) -> bool:
    """Tell whether numbers look like the hours of days: some are halves, or quarters, and none is beyond a day."""
    numbers = [number(cell) for cell in cells if bare_number(cell)]
    priced = all(re.search(r"[.,]\d\d$", text) for cell in cells if not (text := as_text(cell)).isdigit())
    return not priced and all(map(of_a_day, cells)) and any(each % 1 in _QUARTERS for each in numbers)
