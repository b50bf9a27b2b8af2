"""Months with sales and no hour of anybody: told before one agrees, as nothing can be shared by hours there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.files.book.findings import Findings, Place
from kpa_model.words import listing, month_name

_TOLD = 4


def say_idle(book: OrderBook, given: Mapping[str, Sequence[Mapping[str, Any]]], name: str, findings: Findings) -> None:
    """Tell that none of the months of the sales that are given has an hour in the book.

    Args:
        book: the book as it would be.
        given: the lines of the files, by table.
        name: what the book is called.
        findings: where it is told.
    """
    days = [each["date"] for each in given.get("factures", ()) if isinstance(each.get("date"), date)]
    sold = {(day.year, day.month): day.replace(day=1) for day in sorted(days)}
    worked = {(each.on.year, each.on.month) for each in book.hours}
    if sold and not sold.keys() & worked:
        told = listing([month_name(day) for day in sold.values()], most=_TOLD)
        more = (
            "Si le groupe a noté ses heures, donnez-les aussi : une règle par heures ne peut rien partager sans elles."
        )
        findings.heed(Place(name), f"aucune heure en {told}. {more}")
