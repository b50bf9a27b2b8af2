"""A book of receipts and no list of invoices: each receipt may be a sale, on the day the money came. It is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kpa_model.files.book.cells import read_rate
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.laying import told_apart
from kpa_model.files.book.reading.sales.taxes import before_tax_of
from kpa_model.files.book.tables import Row
from kpa_model.words import count, euros

TOPIC, RATE = "recettes", "recettes.tva"
_RATES = (("0", "pas de TVA"), ("20", "20 %, comprise"), ("10", "10 %, comprise"), ("5,5", "5,5 %, comprise"))


def sold_as_received(
    tables: dict[str, list[Row]], held: Mapping[str, Iterable[Mapping[str, Any]]], findings: Findings
) -> None:
    """Add an invoice for each receipt, when nothing else gives invoices and the group says so.

    What has to be mended comes first: a list of invoices may be there, and none of its lines readable.
    """
    if findings.problems or tables.get("factures") or not _all_received(held):
        return
    rows = [row for row in tables.get("encaissements", ()) if row.get("date")]
    sales = [row for row in rows if row.get("montant_ttc") is not None]
    if not sales or not findings.asking:
        return
    first, total = sales[0], euros(sum(row.get("montant_ttc") for row in sales))
    answer, rate = first.grid.answers.get(TOPIC, ""), first.grid.answers.get(RATE, "")
    if not answer:
        told = f"{count(len(sales), 'recette', 'recettes')} ({total}), et aucune liste de factures."
        options = (("ventes", "oui, le jour où l'argent arrive"), ("non", "non, je vais ajouter mes factures"))
        doubt = Doubt(TOPIC, f"{told} Ces recettes sont-elles vos ventes ?", options, "Ajoutez la liste des factures.")
        findings.doubt(first.place("montant_ttc"), doubt)
    elif answer == "ventes" and not rate:
        doubt = Doubt(RATE, "Quelle TVA dans ces recettes ?", _RATES, "Ajoutez la liste des factures.")
        findings.doubt(first.place("montant_ttc"), doubt)
    elif answer == "ventes":
        names = told_apart(f"{row.get('libelle', 'Recette')} {row.get('date'):%d/%m/%Y}" for row in sales)
        for row, name in zip(sales, names, strict=True):
            row.values.setdefault("facture", name)
        tables["factures"] = [_invoice(row, read_rate(f"{rate} %")) for row in sales]
        text = f"{count(len(sales), 'vente', 'ventes')} d'après les recettes, le jour où l'argent est arrivé : {total}."
        findings.heed(first.grid.place(), text)


def _all_received(held: Mapping[str, Iterable[Mapping[str, Any]]]) -> bool:
    """Tell whether all the sales of a book are receipts: each bears the day when it was paid; none is one of a list."""
    came = {(each.get("facture"), each.get("date")) for each in held.get("encaissements", ())}
    sold = held.get("factures", ())
    return all(of_receipt(each) and (each.get("facture"), each.get("date")) in came for each in sold)


def of_receipt(sale: Mapping[str, Any]) -> bool:
    """Tell whether a sale has no number of its own: it bears its day, « Stand 05/09/2026 »."""
    day = sale.get("date")
    return bool(day) and f"{day:%d/%m/%Y}" in str(sale.get("facture", ""))


def _invoice(row: Row, rate: int) -> Row:
    """Return the sale that a receipt is: its amount before tax is the one whose VAT gives the receipt back."""
    before = before_tax_of(row.get("montant_ttc"), rate)
    values = {"facture": row.get("facture"), "date": row.get("date"), "montant_ht": before, "taux_tva": rate}
    if label := row.get("libelle", ""):
        values["libelle"] = label
    return Row(row.grid, row.line, row.columns, row.titles, values)
