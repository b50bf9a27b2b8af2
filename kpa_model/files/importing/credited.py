"""Lists of invoices whose credited part stands in a column of its own, « Avoir TTC »: it is a line in less."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import read_euros
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.sales.taxes import before_tax_of
from kpa_model.files.book.tables import Row
from kpa_model.words import euros, listing

_COLUMNS = ("avoir_ttc", "avoir_ht")
Key = tuple[str, str, str]


def credited(tables: dict[str, list[Row]], findings: Findings) -> None:
    """Add to invoices the lines that their column of credits takes off, once for each invoice; they are told.

    Where the list also has lines in less, the column may say the same ones again: it is left, and told first.
    """
    lists: dict[tuple[str, str], dict[Key, Row]] = defaultdict(dict)
    for row in tables.get("factures", ()):
        if any(_cents(row, name) for name in _COLUMNS) and row.get("montant_ht") is not None:
            lists[row.grid.file, row.grid.sheet].setdefault(
                (row.grid.file, row.grid.sheet, row.get("facture", "")), row
            )
    for (file, sheet), rows in lists.items():
        first = next(iter(rows.values()))
        name = next(each for each in _COLUMNS if _cents(first, each))
        own = [row for row in tables["factures"] if (row.grid.file, row.grid.sheet) == (file, sheet)]
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
