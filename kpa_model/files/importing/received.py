"""Money that came: what each invoice asks, and the payment that the book already had under another day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Row
from kpa_model.money import part_of
from kpa_model.words import euros

Values = Mapping[str, Any]
CENT = 1
"""VAT is rounded in more than one way: one cent of habit on either side is accepted."""


def due_by_invoice(lines: Iterable[Values]) -> dict[str, int]:
    """Return what each invoice asks, its VAT rounded once for each rate."""
    rates: dict[tuple[str, int], int] = defaultdict(int)
    for each in lines:
        if each.get("facture") and each.get("montant_ht") is not None and each.get("taux_tva") is not None:
            rates[each["facture"], each["taux_tva"]] += each["montant_ht"]
    due: dict[str, int] = defaultdict(int)
    for (number, rate), before in rates.items():
        due[number] += before + int(part_of(before, rate))
    return dict(due)


def due_now(tables: Mapping[str, Sequence[Row]], held: Mapping[str, Sequence[Values]]) -> dict[str, int]:
    """Return what each invoice asks: what files say of one replaces what the book held."""
    given = (row.values for row in tables.get("factures", ()))
    return {**due_by_invoice(held.get("factures", ())), **due_by_invoice(given)}


def told_again(
    tables: Mapping[str, Sequence[Row]], held: Mapping[str, Sequence[Values]], findings: Findings
) -> list[Values]:
    """Return the payments of a book that files tell again under another day: the day told last counts, and it is said.

    A list of invoices said « payée »; the statement of the bank comes later, and says when.
    """
    due = due_now(tables, held)
    got: dict[str, int] = defaultdict(int)
    for each in held.get("encaissements", ()):
        got[each.get("facture", "")] += each.get("montant_ttc", 0)
    gone: list[Values] = []
    for row in tables.get("encaissements", ()):
        number, amount = row.get("facture", ""), row.get("montant_ttc", 0)
        mine = [
            each
            for each in held.get("encaissements", ())
            if each.get("facture") == number and abs(each.get("montant_ttc", 0) - amount) <= CENT and each not in gone
        ]
        over = abs(got[number] + amount) > abs(due.get(number, 0)) + CENT
        if not mine or not over or any(each.get("date") == row.get("date") for each in mine):
            continue
        gone.append(mine[0])
        got[number] -= mine[0].get("montant_ttc", 0)
        findings.heed(row.place(), _same_payment(number, amount, mine[0]["date"], row.get("date")))
    return gone


def _same_payment(number: str, amount: int, before: date, now: date) -> str:
    was = f"« {number} » était déjà notée payée le {before:%d/%m/%Y} ({euros(amount)})"
    return f"{was}. C'est le même paiement : le {now:%d/%m/%Y} remplace ce jour."
