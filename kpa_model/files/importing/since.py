"""What a book held before: invoices paid since, asked about; sales counted from receipts, which may be invoices."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import same
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Held, Row, Tables
from kpa_model.files.importing.merging import content, plain
from kpa_model.words import euros, listing, month_name, of

TOPIC = "depuis.reglement"
"""Passing: the answer of one month would be wrong for the next one."""
DUE, UNKNOWN = ("echeance", "le jour de l'échéance"), ("inconnu", "je ne sais pas : ne noter aucun paiement")
_TODO = "Ajoutez une colonne « Date de paiement »."


@dataclass(frozen=True)
class Known:
    """What a book already holds: the numbers of its invoices, and the payments that the same files had given."""

    invoices: Collection[str] = ()
    payments: Sequence[Mapping[str, Any]] = ()

    def days_of(self, number: str, amount: int) -> list[tuple[date, int]]:
        """Return the days and the cents already noted for an invoice; none when they are more than what came."""
        mine = [each for each in self.payments if same(str(each.get("facture", ""))) == same(number)]
        days = [(each["date"], each["montant_ttc"]) for each in mine if each.get("date") and each.get("montant_ttc")]
        return days if abs(sum(cents for _, cents in days)) <= abs(amount) else []

    def forgotten(self, rows: Sequence[Row]) -> Known:
        """Return what is left of it once answers are forgotten: no payment of the day, or the term, of its invoice."""
        told = {
            (same(row.get("facture", "")), row.get(name)) for row in rows for name in ("date", DUE[0]) if row.get(name)
        }
        kept = [each for each in self.payments if (same(str(each.get("facture", ""))), each.get("date")) not in told]
        return Known((), kept)


def unsaid(tables: Tables, held: Held, known: Known) -> list[Mapping[str, Any]]:
    """Return the payments of a book that only an answer dated, once the answer is another one: they leave it."""
    left = [content(each) for each in known.forgotten(tables.get("factures", ())).payments]
    told = [content(plain("encaissements", row.values)) for row in tables.get("encaissements", ())]
    dated = [key for each in known.payments if (key := content(each)) not in (*left, *told)]
    return [each for each in held.get("encaissements", ()) if content(plain("encaissements", each)) in dated]


def last_month(tables: Tables) -> CalendarMonth | None:
    """Return the last month that hours and invoices speak of."""
    days = [row.get("date") for name in ("heures", "factures") for row in tables.get(name, ()) if row.get("date")]
    return CalendarMonth.of(max(days)) if days else None


def paid_since(
    group: Sequence[Row], amounts: Mapping[int, int], last: CalendarMonth | None, findings: Findings
) -> list[tuple[Row, date]]:
    """Return the day of payment of invoices of a list that were not paid the last time; ask it once, each time.

    Args:
        group: a line for each of these invoices.
        amounts: what came of each since, by the `id` of its line.
        last: the last month that the files speak of.
        findings: where it is asked, or told.
    """
    first, total = group[0], euros(sum(amounts[id(row)] for row in group))
    names = listing([str(row.get("facture")) for row in group], most=6)
    answer = first.grid.answers.get(TOPIC, "")
    if answer == UNKNOWN[0]:
        findings.heed(first.place(), f"{names} : {total} dits payés, sans jour. Aucun paiement n'est noté.")
    elif answer == DUE[0] and all(row.get("echeance") for row in group):
        return [(row, row.get("echeance")) for row in group]
    elif day := _typed(answer):
        return [(row, day) for row in group]
    else:
        end = last.last_day if last else None
        options = [(f"{end:%d/%m/%Y}", f"le dernier jour {of(month_name(end))}")] if end else []
        options += [DUE] if all(row.get("echeance") for row in group) else []
        question = f"{names} : {total} payés, qui ne l'étaient pas la dernière fois. Quel jour sont-ils arrivés ?"
        typed = "Un autre jour, par exemple 20/11/2026"
        findings.doubt(first.place(), Doubt(TOPIC, question, (*options, UNKNOWN), _TODO, typed=typed))
    return []


def _typed(answer: str) -> date | None:
    try:
        return read_date(answer) if answer else None
    except Refused:
        return None


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
