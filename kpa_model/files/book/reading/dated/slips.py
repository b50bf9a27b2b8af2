"""Days far from all the others of their table, and near them in another year: the year may be a slip. It is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from kpa_model.files.book.findings import Findings
from kpa_model.words import listing

if TYPE_CHECKING:
    from kpa_model.files.book.tables import Row

_TABLES = ("heures", "factures", "achats", "encaissements")
_FAR, _NEAR = timedelta(days=180), timedelta(days=31)
_FEW = 0.2
"""Days of another year are a slip when they are this part of their table, at most."""


def say_slips(table: str, rows: Sequence[Row], findings: Findings) -> None:
    """Tell the days of a table that are far from the others, and near them in the year before or after."""
    dated = [(row, day) for row in rows if (day := row.get("date"))] if table in _TABLES and findings.asking else []
    apart = _groups(sorted({_plain(day) for _, day in dated}))
    lines = [[(row, day) for row, day in dated if _plain(day) in group] for group in apart]
    few = [at for at, own in enumerate(lines) if len(own) <= max(1, _FEW * len(dated)) and len(dated) > 2]
    for at in few if len(few) < len(apart) else ():
        others = [day for rank, group in enumerate(apart) if rank not in few for day in group]
        if any(_near(day, years, others) for day in apart[at] for years in (-1, 1)):
            told = listing([f"{row.line} (le {_plain(day):%d/%m/%Y})" for row, day in lines[at]], most=6)
            which = f"ligne{'s' * (len(lines[at]) > 1)} {told}"
            text = f"{which} : loin des autres jours de ce tableau. L'année est-elle la bonne ? Vérifiez."
            findings.heed(lines[at][0][0].grid.place(), text)


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


def _groups(days: Sequence[date]) -> list[set[date]]:
    """Return days that are close to each other, group by group."""
    found = [{days[0]}] if days else []
    for before, day in pairwise(days):
        if day - before > _FAR:
            found.append(set())
        found[-1].add(day)
    return found


def _near(day: date, years: int, others: Sequence[date]) -> bool:
    """Tell whether a day, some years later, is close to others."""
    moved = date(day.year + years, day.month, min(day.day, 28))
    return any(abs(moved - other) <= _NEAR for other in others)
