"""A credit note that a customer took off what she paid: it settles her invoice, and nothing leaves the bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.tables import Row
from kpa_model.money import part_of
from kpa_model.words import euros

Key = tuple[str, str, str]
"""A file, its sheet, an invoice."""


def offset_of(
    credit: Row,
    amount: int,
    invoices: Mapping[Key, list[Row]],
    tables: Mapping[str, Sequence[Row]],
    held: Sequence[Mapping[str, Any]],
) -> list[Row]:
    """Return what settles a credit note that a customer took off what she paid; nothing when no one invoice fits."""
    came: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for each in (*held, *(row.values for row in tables.get("encaissements", ()))):
        if each.get("date") and each.get("montant_ttc"):
            came[each.get("facture", "")].append((each["date"], each["montant_ttc"]))
    fitting = [
        rows[0]
        for (*_, number), rows in invoices.items()
        if number in came and abs(due_of(rows) - sum(cents for _, cents in came[number]) + amount) <= 1
    ]
    mine = [row for row in fitting if same(row.get("client", "")) == same(credit.get("client", ""))]
    if len(mine or fitting) != 1:
        return []
    invoice = (mine or fitting)[0]
    day = max(credit.get("date"), *(day for day, _ in came[invoice.get("facture")]))
    return [payment_of(credit, day, amount), payment_of(invoice, day, -amount)]


def told_offset(credit: Row, invoice: Row, amount: int) -> str:
    """Return what is told of an invoice that a credit note settles."""
    name, taken = invoice.get("facture"), f"l'avoir « {credit.get('facture')} » ({euros(amount)})"
    return f"« {name} » est payée par ce qui est arrivé, et par {taken}. Rien ne sort de la banque."


def payment_of(row: Row, day: date, amount: int) -> Row:
    """Return the payment that a line of an invoice tells."""
    values = {"facture": row.get("facture"), "date": day, "montant_ttc": amount}
    return Row(row.grid, row.line, row.columns, row.titles, values)


def due_of(rows: Sequence[Row]) -> int:
    """Return what an invoice asks, its VAT rounded once for each rate."""
    rates: dict[int, int] = defaultdict(int)
    for row in rows:
        rates[row.get("taux_tva")] += row.get("montant_ht")
    return sum(before + int(part_of(before, rate)) for rate, before in rates.items())
