"""What a remark beside a sale says of its payment: « payé le 15 », « pas encore payé », nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.reading.blocks import is_day

_UNPAID = re.compile(
    r"pas (encore )?(ete )?(paye|regle|recu)|impaye|non (paye|regle)|en attente|a (payer|encaisser)|^non$"
)
_PAID = re.compile(r"paye|regle|recu|encaisse|vire|^oui$|^ok$")


def paid_on(remark: Cell, sold: Cell) -> Cell | None:
    """Return the day a remark says that the money came, an empty text when it says it did not, None when silent.

    >>> paid_on("payé le 15", "04/09/2026"), paid_on("pas encore payé", "04/09/2026"), paid_on("ticket", "04/09/2026")
    (datetime.date(2026, 9, 15), '', None)
    """
    said = same(as_text(remark))
    if _UNPAID.search(said):
        return ""
    if is_day(remark):
        return remark
    if not _PAID.search(said) or not is_day(sold):
        return None
    day = read_date(sold)
    if found := re.search(r"(\d{1,2})[/. ](\d{1,2})(?:[/. ](\d{4}|\d\d))?(?!\d)", said):
        return f"{found[1]}/{found[2]}/{found[3] or day.year + (int(found[2]) < day.month)}"
    if found := re.search(r"\ble (\d{1,2})\b", said):
        return _next(day, int(found[1])) or ""
    return day


def _next(start: date, day: int) -> date | None:
    """Return the first day of that number from a date on."""
    days = (start + timedelta(days=step) for step in range(62))
    return next((each for each in days if each.day == day), None)
