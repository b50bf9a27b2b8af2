"""A book of receipts and no list of invoices: each receipt may be a sale, on the day the money came. It is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kpa_model.files.book.cells import read_rate
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.columns.taxed import SAID_RATE
from kpa_model.files.book.reading.laying import told_apart
from kpa_model.files.book.reading.rates.titled import rate_in
from kpa_model.files.book.reading.sales.taxes import SEVERAL, before_tax_of
from kpa_model.files.book.tables import Given, Held, Row, by_list
from kpa_model.files.book.vocabulary import pattern
from kpa_model.files.importing.payments.sent_back import SentBack
from kpa_model.files.importing.since import of_receipt
from kpa_model.words import count, euros

TOPIC, RATE = "recettes", "recettes.tva"
_RATES = (("0", "pas de TVA"), ("20", "20 %, comprise"), ("10", "10 %, comprise"), ("5,5", "5,5 %, comprise"))
_ALONE = (("ventes", "oui, le jour où l'argent arrive"), ("non", "non, je vais ajouter mes factures"))
_BESIDE = (("ventes", "oui, d'autres que ces factures"), ("non", "non, ou ces factures y sont : ne pas les lire"))
_TODO = "Mettez chaque taux dans sa colonne, par exemple « Ventes TTC 10 % », ou ajoutez la liste des factures."


def sold_as_received(tables: Given, held: Held, findings: Findings) -> None:
    """Add an invoice for each receipt, when nothing else gives invoices and the group says so.

    What has to be mended comes first: a list of invoices may be there, and none of its lines readable.
    """
    if findings.problems or tables.get("factures") or not _all_received(held):
        return
    rows = [row for row in tables.get("encaissements", ()) if row.get("date")]
    rows = SentBack(rows).but(rows)
    sales = [row for row in rows if row.get("montant_ttc") is not None]
    if not sales or not findings.asking:
        return
    told = f"{count(len(sales), 'recette', 'recettes')} ({_total(sales)}), et aucune liste de factures."
    if made := _sold(sales, told, findings):
        tables["factures"] = made


_TILL = pattern("receipts.till", flags=re.IGNORECASE)
"""What the name or a title of takings says: a till, a market, a program that takes cards."""


def sold_apart(
    rows: Sequence[Row], due: Mapping[str, int], days: Mapping[str, date], findings: Findings
) -> tuple[list[Row], list[Row]]:
    """Return the sales that receipts without an invoice are, once the group says so, and the receipts that stay left.

    They are asked about where a till, or a program that takes cards, gives them; invoices that they may hold are told.

    Args:
        rows: the receipts.
        due: what each invoice asks.
        days: when each was made.
        findings: where it is asked, and told.
    """
    made, left = list[Row](), list[Row]()
    for group in by_list(rows):
        grid = group[0].grid
        till = any(map(_TILL.search, (grid.file, grid.sheet, *group[0].titles)))
        if not till or not findings.asking or any(row.get("montant_ttc") <= 0 for row in group):
            left += group
            continue
        months = {(row.get("date").year, row.get("date").month) for row in group}
        billed = sum(due.get(number, 0) for number, day in days.items() if (day.year, day.month) in months)
        beside = f", à côté de {euros(billed)} de factures des mêmes mois" if billed > 0 else ""
        told = f"{count(len(group), 'recette', 'recettes')} sans facture ({_total(group)}){beside}."
        sold = _sold(group, told, findings, _BESIDE if beside else _ALONE)
        made += sold or ()
        left += group if sold == [] else ()
    return made, left


def _total(rows: Iterable[Row]) -> str:
    return euros(sum(row.get("montant_ttc") for row in rows))


def _sold(
    sales: Sequence[Row], told: str, findings: Findings, options: tuple[tuple[str, str], ...] = _ALONE
) -> list[Row] | None:
    """Return the invoices of receipts, none when the group says that they are no sales; nothing once it is asked."""
    first = sales[0]
    answers, place = first.grid.answers, first.grid.place()
    told_rate, _, sentence = answers.get(SAID_RATE, "").partition("|")
    answer, said = answers.get(TOPIC, ""), told_rate or answers.get(RATE, "")
    rates = [rate_in(row.place("montant_ttc").title) or said for row in sales]
    if not answer:
        doubt = Doubt(TOPIC, f"{told} Ces recettes sont-elles vos ventes ?", options, "Ajoutez la liste des factures.")
        findings.doubt(first.place("montant_ttc"), doubt)
        return None
    if answer != "ventes":
        return []
    if not all(rates):
        doubt = Doubt(RATE, "Quelle TVA dans ces recettes ?", (*_RATES, (SEVERAL, "plusieurs taux")), _TODO)
        findings.doubt(first.place("montant_ttc"), doubt)
        return None
    names = told_apart(f"{row.get('libelle', 'Recette')} {row.get('date'):%d/%m/%Y}" for row in sales)
    for row, name in zip(sales, names, strict=True):
        row.values["facture"] = row.get("facture") or name
    many, total = count(len(sales), "vente", "ventes"), _total(sales)
    findings.heed(place, f"{many} d'après les recettes, le jour où l'argent est arrivé : {total}.")
    if sentence:
        way = "sans TVA" if told_rate == "0" else f"avec une TVA de {told_rate} %"
        findings.heed(place, f"« {sentence} » : ces recettes sont lues {way}.")
    return [_invoice(row, read_rate(f"{rate} %")) for row, rate in zip(sales, rates, strict=True)]


def _all_received(held: Held) -> bool:
    """Tell whether all the sales of a book are receipts: each bears the day when it was paid; none is one of a list."""
    came = {(each.get("facture"), each.get("date")) for each in held.get("encaissements", ())}
    sold = held.get("factures", ())
    return all(of_receipt(each) and (each.get("facture"), each.get("date")) in came for each in sold)


def _invoice(row: Row, rate: int) -> Row:
    """Return the sale that a receipt is: its amount before tax is the one whose VAT gives the receipt back."""
    before = before_tax_of(row.get("montant_ttc"), rate)
    values = {"facture": row.get("facture"), "date": row.get("date"), "montant_ht": before, "taux_tva": rate}
    if label := row.get("libelle", ""):
        values["libelle"] = label
    return Row(row.grid, row.line, row.columns, row.titles, values)
