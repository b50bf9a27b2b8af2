"""Payments whose remark says another day, « payé le 12/04 », or another sum: asked, or told."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta

from kpa_model.files.book.cells import read_euros, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.remarks import came, day_said
from kpa_model.files.book.tables import Row
from kpa_model.words import euros, listing

TOPIC, _REMARK, _COLUMN = "encaissements.jour", "remarque", "colonne"
_CAME = re.compile(r"\b(?:recu|paye|regle|verse|encaisse)e?s?\b[^\d€]*(\d[\d ]*(?:[.,]\d\d?)?) ?(?:€|eur)")
_HALF_A_YEAR = timedelta(days=183)


def days_remarked(tables: dict[str, list[Row]], findings: Findings) -> None:
    """Give payments the day that their remark says, once the group agrees; asked once a list."""
    lists: dict[tuple[str, str], list[tuple[Row, date]]] = defaultdict(list)
    for row in tables.get("encaissements", ()):
        if (day := _day(row)) and day != row.get("date"):
            lists[row.grid.file, row.grid.sheet].append((row, day))
        if (said := _sum(row)) and said != row.get("montant_ttc"):
            text = f"« {row.get('note')} » : {euros(row.get('montant_ttc'))} sont comptés. Vérifiez cette somme."
            findings.heed(row.place("montant_ttc"), text)
    for told in lists.values():
        first, title = told[0][0], told[0][0].place("date").title or "date"
        pairs = listing([f"« {row.get('note')} » pour le {row.get('date'):%d/%m/%Y}" for row, _ in told], most=3)
        answer = first.grid.answers.get(TOPIC, "")
        if answer == _REMARK:
            for row, day in told:
                row.values["date"] = day
        elif not answer and findings.asking and any((d.year, d.month) != _month(row) for row, d in told):
            question = f"{pairs} : quel jour l'argent est-il arrivé ?"
            options = ((_COLUMN, f"celui de « {title} »"), (_REMARK, "celui de la remarque"))
            findings.doubt(first.place("date"), Doubt(TOPIC, question, options, "Écrivez un seul jour par paiement."))
        else:
            tell = findings.heed if answer else findings.note
            tell(first.grid.place(), f"{pairs} : le jour de « {title} » est gardé.")


def _day(row: Row) -> date | None:
    """Return the day that the remark of a payment says, in the year nearest to that of its column."""
    remark, since = same(str(row.get("note", ""))), row.get("date")
    day = day_said(remark, since) if since and came(remark) else None
    years = re.search(r"\d{4}|/\d\d/\d\d", remark)
    return day.replace(year=day.year - 1) if day and not years and day - since > _HALF_A_YEAR else day


def _sum(row: Row) -> int:
    """Return how much came, as the remark of a payment says it; 0 when it says no sum, or nothing else does."""
    found = _CAME.search(same(str(row.get("note", ""))))
    return read_euros(found[1].strip()) if found and row.get("montant_ttc") else 0


def _month(row: Row) -> tuple[int, int]:
    return row.get("date").year, row.get("date").month
