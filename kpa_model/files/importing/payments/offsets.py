"""Credit notes beside an invoice: a column « Avoir TTC » is a line in less; one taken off a payment settles it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import read_euros, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.sales.taxes import before_tax_of
from kpa_model.files.book.tables import Given, Row, Tables
from kpa_model.money import part_of
from kpa_model.words import euros, listing

Key = tuple[str, str, str]
"""A file, its sheet, an invoice."""


def offset_of(
    credit: Row,
    amount: int,
    invoices: Mapping[Key, list[Row]],
    tables: Tables,
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


_COLUMNS = ("avoir_ttc", "avoir_ht")


def credited(tables: Given, findings: Findings) -> None:
    """Add to invoices the lines that their column of credits takes off, once for each invoice; they are told.

    Where the list also has lines in less, the column may say the same ones again: it is left, and told first.
    """
    lists: dict[tuple[str, str], dict[Key, Row]] = defaultdict(dict)
    for row in tables.get("factures", ()):
        if any(_cents(row, name) for name in _COLUMNS) and row.get("montant_ht") is not None:
            lists[row.source].setdefault((row.grid.file, row.grid.sheet, row.get("facture", "")), row)
    for (file, sheet), rows in lists.items():
        first = next(iter(rows.values()))
        name = next(each for each in _COLUMNS if _cents(first, each))
        own = [row for row in tables["factures"] if row.source == (file, sheet)]
        if any(row.get("montant_ht", 0) < 0 for row in own):
            what = f"« {first.place(name).title} » n'est pas enlevé des ventes : des lignes en moins sont déjà là."
            findings.left_out(first.place(name), what)
            continue
        less = [_less(row) for row in rows.values()]
        tables["factures"] += less
        told = [f"{row.get('facture')} : {euros(-row.get('montant_ht'))} HT" for row in less[:6]]
        more = "…" if len(less) > 6 else ""
        findings.heed(
            first.place(name), f"les avoirs de cette colonne viennent en moins des ventes. {listing(told)}{more}."
        )


def _less(row: Row) -> Row:
    """Return the line that takes a credit off an invoice, with the same VAT, the same day."""
    whole, rate = _cents(row, "avoir_ttc"), row.get("taux_tva", 0)
    before = before_tax_of(whole, rate) if whole else _cents(row, "avoir_ht")
    values: dict[str, Any] = {"libelle": "Avoir", "montant_ht": -before, "taux_tva": rate}
    values |= {name: row.values[name] for name in ("facture", "commande", "date", "client") if name in row.values}
    return Row(row.grid, row.line, row.columns, row.titles, values)


def _cents(row: Row, name: str) -> int:
    """Return what a credit takes off, whatever its sign; 0 when a line has none."""
    try:
        return abs(read_euros(said)) if (said := row.get(name, "")) else 0
    except Refused:
        return 0
