"""Money that came: which invoice a payment pays, and the payment that the book already had under another day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Row
from kpa_model.money import part_of
from kpa_model.words import euros

Values = Mapping[str, Any]
_CENT = 1
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


def _due(tables: Mapping[str, Sequence[Row]], held: Mapping[str, Sequence[Values]]) -> dict[str, int]:
    """Return what each invoice asks: what files say of one replaces what the book held."""
    given = (row.values for row in tables.get("factures", ()))
    return {**due_by_invoice(held.get("factures", ())), **due_by_invoice(given)}


def paying(tables: dict[str, list[Row]], held: Mapping[str, Sequence[Values]], findings: Findings) -> None:
    """Lead each payment without a number to its invoice: the one its label names, else the one of that amount.

    An invoice that still waits for its money comes before one that was paid. What fits none is left out, and told.
    """
    due, customers = _due(tables, held), _customers(tables, held)
    left = dict(due)
    for each in (*held.get("encaissements", ()), *(row.values for row in tables.get("encaissements", ()))):
        if each.get("facture") in left:
            left[each["facture"]] -= each.get("montant_ttc") or 0
    read = []
    for row in tables.get("encaissements", ()):
        fitting = [] if row.get("facture") else _named(row, _fitting(row, due, left), customers)
        if len(fitting) == 1:
            row.values["facture"] = fitting[0]
            left[fitting[0]] -= row.get("montant_ttc", 0)
        if row.get("facture"):
            read.append(row)
            continue
        if len(fitting) > 1 and abs(sum(left[each] for each in fitting) - row.get("montant_ttc", 0)) <= _CENT:
            read += [_part(row, each, left[each]) for each in fitting]  # its label names them all
            left |= dict.fromkeys(fitting, 0)
            continue
        why = "plusieurs factures ont ce montant" if fitting else "aucune facture n'a ce montant"
        findings.left_out(row.place(), f"ce paiement n'est pas lu : {why}.")
    if "encaissements" in tables:
        tables["encaissements"] = read


def _part(row: Row, invoice: str, amount: int) -> Row:
    """Return the part of a payment that pays one of several invoices."""
    return replace(row, values={**row.values, "facture": invoice, "montant_ttc": amount})


def _fitting(row: Row, due: Mapping[str, int], left: Mapping[str, int]) -> list[str]:
    """Return the invoices that a payment may pay: named by its label, waiting for this amount, or paid already."""
    label = f" {_words(row.get('libelle', ''))} "
    named = [number for number in due if len(number) > 2 and f" {_words(number)} " in label]
    amount = row.get("montant_ttc", 0)
    waiting = [number for number, cents in left.items() if abs(cents - amount) <= _CENT]
    return named or waiting or [number for number, cents in due.items() if abs(cents - amount) <= _CENT]


def _customers(tables: Mapping[str, Sequence[Row]], held: Mapping[str, Sequence[Values]]) -> dict[str, set[str]]:
    """Return the words that tell each invoice from another: its customer, what it is for."""
    words: dict[str, set[str]] = defaultdict(set)
    for each in (*held.get("factures", ()), *(row.values for row in tables.get("factures", ()))):
        said = f"{each.get('client', '')} {each.get('libelle', '')} {each.get('commande', '')}"
        words[each.get("facture", "")] |= {word for word in _words(said).split() if len(word) > 3 and word.isalpha()}
    return words


def _named(row: Row, fitting: list[str], customers: Mapping[str, set[str]]) -> list[str]:
    """Return the one invoice whose customer a payment names, among those of its amount; all of them otherwise."""
    label = set(_words(row.get("libelle", "")).split())
    shared = {number: customers.get(number, set()) & label for number in fitting}
    common = set.intersection(*shared.values()) if shared else set()
    own = [number for number, words in shared.items() if words - common]
    return own if len(own) == 1 else fitting


def _words(text: str) -> str:
    """Return a text without what banks change in a number: « 2025-31 » is told « 2025 31 » or « 2025/31 »."""
    return re.sub(r"[\W_]+", " ", same(text)).strip()


def told_again(
    tables: Mapping[str, Sequence[Row]], held: Mapping[str, Sequence[Values]], findings: Findings
) -> list[Values]:
    """Return the payments of a book that files tell again under another day: the day told last counts, and it is said.

    A list of invoices said « payée »; the statement of the bank comes later, and says when.
    """
    due = _due(tables, held)
    got: dict[str, int] = defaultdict(int)
    for each in held.get("encaissements", ()):
        got[each.get("facture", "")] += each.get("montant_ttc", 0)
    gone: list[Values] = []
    for row in tables.get("encaissements", ()):
        number, amount = row.get("facture", ""), row.get("montant_ttc", 0)
        mine = [
            each
            for each in held.get("encaissements", ())
            if each.get("facture") == number and abs(each.get("montant_ttc", 0) - amount) <= _CENT and each not in gone
        ]
        over = abs(got[number] + amount) > abs(due.get(number, 0)) + _CENT
        if not mine or not over or any(each.get("date") == row.get("date") for each in mine):
            continue
        gone.append(mine[0])
        got[number] -= mine[0].get("montant_ttc", 0)
        findings.heed(row.place(), _same_payment(number, amount, mine[0]["date"], row.get("date")))
    return gone


def _same_payment(number: str, amount: int, before: date, now: date) -> str:
    was = f"« {number} » était déjà notée payée le {before:%d/%m/%Y} ({euros(amount)})"
    return f"{was}. C'est le même paiement : le {now:%d/%m/%Y} remplace ce jour."
