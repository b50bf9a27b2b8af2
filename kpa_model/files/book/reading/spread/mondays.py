"""Titles that are days a week apart: whole weeks, when it is written above, or when the group says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from kpa_model.files.book.cells import as_text
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.dated.weeks import TITLE

TOPIC, _WEEKS = "colonnes.semaines", "semaines"
_LEAST = 3
"""From this number of Mondays on, titles may be weeks that nothing says."""


def days_under_weeks(block: Block) -> bool:
    """Tell whether titles that are days are said to be weeks, by what is written around them, or by the group."""
    texts = (*block.above, *block.names, *(as_text(each) for each in block.heads))
    told = any(TITLE.search(text) for text in texts) or block.grid.answers.get(TOPIC) == _WEEKS
    return told and _a_week_apart(block)


def ask_mondays(block: Block, findings: Findings) -> bool:
    """Ask whether titles that are all Mondays are days or weeks; tell whether it did."""
    days = [*_days(block)]
    if len(days) < _LEAST or any(day.weekday() for day in days) or not _a_week_apart(block):
        return False
    if days_under_weeks(block) or TOPIC in block.grid.answers or not findings.asking:
        return False
    question = f"Les colonnes sont des lundis ({days[0]:%d/%m}, {days[1]:%d/%m}…). Sont-ce des jours, ou des semaines ?"
    options = ((_WEEKS, "des semaines entières"), ("jours", "ces jours-là"))
    findings.doubt(block.grid.place(block.head), Doubt(TOPIC, question, options, "Écrivez « Semaine du » au-dessus."))
    return True


def _a_week_apart(block: Block) -> bool:
    return {(after - before).days for before, after in pairwise(_days(block))} == {7}


def _days(block: Block) -> Iterator[date]:
    return (read_date(head) for head in block.heads if is_day(head))
