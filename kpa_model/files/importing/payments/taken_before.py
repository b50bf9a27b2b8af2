"""Sales that a book counts from receipts, and invoices that a list gives since: they may be one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.dates import read_date

Told = tuple[date, int]
"""The day of an invoice, and what it asks, in cents, with the VAT."""
LATE = timedelta(days=120)
"""How long after its invoice money may come."""
_DAY = re.compile(r"(?:^| )(\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4})(?: \(\d+\))?$")


def of_receipt(sale: Mapping[str, Any]) -> bool:
    """Tell whether a sale has no number of its own: it bears its day, « Stand 05/09/2026 »."""
    day = sale.get("date")
    return bool(day) and f"{day:%d/%m/%Y}" in str(sale.get("facture", ""))


def bears_its_day(sale: Mapping[str, Any]) -> bool:
    """Tell whether the name of a sale is its day, or ends with it, in any way of writing it: no list numbered it.

    >>> bears_its_day({"facture": "Stand 2026-09-05 (2)", "date": date(2026, 9, 5)})
    True
    """
    said = _DAY.search(str(sale.get("facture", "")))
    try:
        return said is not None and read_date(said[1]) == sale.get("date")
    except Refused:
        return False


def with_receipts(told: Mapping[Told, list[str]], book: Mapping[Told, list[str]]) -> dict[Told, list[str]]:
    """Return the invoices of a book, with receipts of later days under the day of the invoice that each may pay.

    Args:
        told: the invoices of a list, by day and amount.
        book: those of the book that the list does not give.
    """
    found = {key: [*numbers] for key, numbers in book.items()}
    free = sorted(
        (day, cents, number)
        for (day, cents), numbers in book.items()
        for number in numbers
        if (day, cents) not in told and of_receipt({"date": day, "facture": number})
    )
    for (day, cents), numbers in sorted(told.items()):
        late = [each for each in free if each[1] == cents and day < each[0] <= day + LATE]
        for each in late[: len(numbers) - len(book.get((day, cents), ()))]:
            free.remove(each)
            found.setdefault((day, cents), []).append(each[2])
    return found
