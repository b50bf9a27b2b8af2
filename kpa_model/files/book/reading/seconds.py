"""Seconds → whole minutes, once everything is added up: no second is lost on the way, whatever the number of lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Row
from kpa_model.words import hours

_HALF = Fraction(1, 2)


def settle_minutes(rows: Iterable[Row], findings: Findings) -> None:
    """Give whole minutes to each line, so that the sum of a person's month is exact to half a minute.

    The seconds of a line are carried to the next one of the same person, month, kind and order: thirty times 0:59:59
    make 29 h 59 min 30 s, told as 30 h, never 29 h 30.
    """
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    cut = False
    for row in rows:
        if (day := row.get("date")) is not None and "duree" in row.values:
            groups[row.get("personne", ""), day.year, day.month].append(row)
            cut = cut or isinstance(row.values["duree"], Fraction)
    if not cut:
        return
    for hers in groups.values():
        hers.sort(key=lambda row: (str(row.get("genre", "")), row.get("commande", "")))
        exact, told = Fraction(0), 0
        for row in hers:
            exact += row.values["duree"]
            row.values["duree"] = int(exact + _HALF) - told
            told += row.values["duree"]
    first = next(row for hers in groups.values() for row in hers)
    total = sum(row.values["duree"] for hers in groups.values() for row in hers)
    findings.note(first.grid.place(), f"les secondes comptent jusqu'au total : {hours(total)} en tout.")
