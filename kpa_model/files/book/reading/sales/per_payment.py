"""A list with one line for each payment, where an invoice paid twice is written twice: it is sold once, paid twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from kpa_model.errors import Refused
from kpa_model.files.book.cells import read_euros
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.remarks import day_said
from kpa_model.files.book.tables import Row
from kpa_model.money import part_of
from kpa_model.words import count, listing

_OF_PAYMENT = {"reglement", "regle_le", "montant_regle", "reste_du", "etat", "etat_paiement", "note", "origine"}
"""What one line may say otherwise than the others of its invoice."""


def once_sold(tables: dict[str, list[Row]], findings: Findings) -> None:
    """Keep one line of each invoice that a list writes once for each payment, and make these payments; it is told."""
    invoices: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in tables.get("factures", ()):
        invoices[row.grid.file, row.grid.sheet, row.get("facture", "")].append(row)
    gone, made, told = set[int](), list[Row](), list[Row]()
    for rows in invoices.values():
        if payments := _payments(rows):
            made += payments
            gone |= {id(row) for row in rows[1:]}
            told.append(rows[0])
    if not told:
        return
    tables["factures"] = [row for row in tables["factures"] if id(row) not in gone]
    tables.setdefault("encaissements", []).extend(made)
    names = listing([f"« {row.get('facture')} »" for row in told], most=6)
    one, several = ("est écrite", "elle compte"), ("sont écrites", "elles comptent")
    way = " une fois par paiement : ".join(one if len(told) == 1 else several)
    text = f"{names} {way} une fois, avec {count(len(made), 'paiement', 'paiements')}."
    findings.heed(told[0].grid.place(), text)


def _payments(rows: Sequence[Row]) -> list[Row]:
    """Return the payments of an invoice whose lines differ by them alone, and come to what it asks at most."""
    bodies = [{name: value for name, value in row.values.items() if name not in _OF_PAYMENT} for row in rows]
    said = [(row.get("regle_le", "") or row.get("reglement", ""), row.get("montant_regle", "")) for row in rows]
    if len(rows) < 2 or any(each != bodies[0] for each in bodies) or len(set(said)) < len(said):
        return []
    days = [day_said(str(told), rows[0].get("date") or date.min) for told, _ in said]
    try:
        cents = [read_euros(amount) for _, amount in said]
    except Refused:
        return []
    before, rate = rows[0].get("montant_ht"), rows[0].get("taux_tva")
    if not all(days) or not all(cents) or before is None or rate is None:
        return []
    if sum(cents) > before + int(part_of(before, rate)) + 1:
        return []
    number = rows[0].get("facture")
    return [
        Row(row.grid, row.line, row.columns, row.titles, {"facture": number, "date": day, "montant_ttc": amount})
        for row, day, amount in zip(rows, days, cents, strict=True)
    ]
