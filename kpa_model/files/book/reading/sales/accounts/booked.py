"""Invoices that an account book and a list of invoices both give: they count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import LaidLine
from kpa_model.files.book.tables import Row
from kpa_model.words import count, euros


def booked_once(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return invoices without those of an account book that a list tells in the same words; told.

    The list says more: the customer, the state. The codes of the book name the orders, when it has several.
    What the two tell of one invoice must agree, month, amounts and rates: else both stay, and are refused as copies.
    """
    rows = list(rows)
    invoices: dict[bool, dict[str, list[Row]]] = {True: defaultdict(list), False: defaultdict(list)}
    for row in rows:
        invoices[of_accounts(row)][same(row.get("facture", ""))].append(row)
    booked, listed = invoices[True], invoices[False]
    codes = {row.get("commande") for group in booked.values() for row in group} - {""}
    twice = [number for number in booked if number in listed and _agree(booked[number], listed[number])]
    gone = [row for number in twice for row in booked[number]]
    for row in (row for number in twice if len(booked[number]) == 1 for row in listed[number]):
        if len(codes) > 1 and not row.get("commande"):
            row.values["commande"] = booked[same(row.get("facture"))][0].get("commande")
    if gone:
        told = f"{count(len(twice), 'facture')} ({euros(sum(row.get('montant_ht') for row in gone))} hors taxes)"
        other = listed[twice[0]][0].grid.place()
        findings.heed(
            gone[0].grid.place(), f"{told} : c'est aussi dans « {other.sheet or other.file} ». Compté une fois."
        )
    return [row for row in rows if all(row is not each for each in gone)]


def of_accounts(row: Row) -> bool:
    """Tell whether a line was made from those of an account book: none of its cells stands in one of the file."""
    return isinstance(row.line, LaidLine) and all(at < 0 for at in row.line.columns)


def _agree(booked: Sequence[Row], listed: Sequence[Row]) -> bool:
    """Tell whether two places say the same of an invoice; a rate that is still to be asked denies nothing."""
    rated = all(row.get("taux_tva") is not None for row in listed)
    return _sums(booked, rated) == _sums(listed, rated)


def _sums(rows: Sequence[Row], rated: bool) -> dict[Any, int]:
    """Return what an invoice asks before tax in each month, and at each rate where rates are known."""
    sums = defaultdict[Any, int](int)
    for row in rows:
        day = row.get("date", date.min)
        sums[day.year, day.month, row.get("taux_tva") if rated else None] += row.get("montant_ht") or 0
    return sums
