"""What a remark beside a sale says of its payment: « payé le 15 », « pas encore payé », nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.reading.blocks import is_day

UNPAID = re.compile(
    r"pas (encore )?(ete )?(paye|regle|recu)|impaye|non (paye|regle)|en attente|a (payer|encaisser)"
    r"|^(pas encore|attente|relance)|^non$"
)
_PAID = re.compile(r"paye|regle|recu|encaisse|vire|^(oui|ok|x)\b")


def paid_on(remark: Cell, sold: Cell) -> Cell | None:
    """Return the day a remark says that the money came, an empty text when it says it did not, None when silent.

    >>> paid_on("payé le 15", "04/09/2026"), paid_on("pas encore payé", "04/09/2026"), paid_on("ticket", "04/09/2026")
    (datetime.date(2026, 9, 15), '', None)
    """
    said = same(as_text(remark))
    if UNPAID.search(said):
        return ""
    if is_day(remark):
        return remark
    if not _PAID.search(said) or not is_day(sold):
        return None
    return day_said(said, read_date(sold)) or read_date(sold)


_DAY = re.compile(r"(?<![\d,.])(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d\d))?(?![\d,€])|\d{4}-\d\d-\d\d")


def day_said(text: str, since: date) -> date | None:
    """Return the day in a text: « oui 14/10 », « le 15 », « 1 500,00 € le 20/11/2026 »; its year is the next one.

    >>> day_said("oui 14/10", date(2026, 10, 6)), day_said("12,50 €", date.min)
    (datetime.date(2026, 10, 14), None)
    """
    for found in re.finditer(
        r"(?<![\d,.])(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d\d))?(?![\d,€])|\d{4}-\d\d-\d\d", text
    ):
        year = found[3] or (since.year + (int(found[2]) < since.month) if found[2] else "")
        try:
            return read_date(f"{found[1]}/{found[2]}/{year}" if found[1] else found[0])
        except Refused:
            continue
    found_day = re.search(r"\ble (\d{1,2})(?:er)?\b(?! ?€)", text)
    return _next(since, int(found_day[1])) if found_day else None


def _next(start: date, day: int) -> date | None:
    """Return the first day of that number from a date on."""
    days = (start + timedelta(days=step) for step in range(62))
    return next((each for each in days if each.day == day), None)
