"""A line of a till or of a card terminal that names an invoice of another list: perhaps its payment, no other sale."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.closest import words
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.tables import Given, Held, Row
from kpa_model.files.importing.payments.bills import name_words
from kpa_model.files.importing.received import CENT, due_by_invoice
from kpa_model.words import euros

TOPIC = "factures.reglees"
_QUESTION = "Ces ventes citent une facture d'une autre liste. Lesquelles sont son paiement, et pas une autre vente ?"
_EVERY, _NONE = "Toutes : ce sont des paiements", "Aucune : ce sont d'autres ventes"
_TODO = "Enlevez de ce fichier ce qui paie une facture."
_BEFORE = r"(?:f|fa|fac|fact|facture|factures|inv|invoice|n|no|num|numero|ref|acompte|solde|reglement|paiement)"
"""What stands before a number made of figures alone."""


def paid_at_till(tables: Given, held: Held, findings: Findings) -> None:
    """Make payments of the sales that only pay an invoice of another list, or of the book; it is asked."""
    lists: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in tables.get("factures", ()):
        if row.get("facture") and row.get("date"):
            lists[row.source][row.get("facture")].append(row)
    moved: dict[int, Row] = {}
    for place, sales in lists.items():
        others = [each for each in held.get("factures", ()) if each.get("facture") not in sales]
        others += [row.values for at, group in lists.items() if at != place for rows in group.values() for row in rows]
        for rows, number, cents in _agreed(_naming(sales, others), findings):
            values = {"facture": number, "date": rows[0].get("date"), "montant_ttc": cents}
            paying = Row(rows[0].grid, rows[0].line, rows[0].columns, rows[0].titles, values)
            moved |= {id(row): paying for row in rows}
            text = f"« {rows[0].get('facture')} » paie « {number} » ({euros(cents)}), d'après votre réponse."
            findings.heed(rows[0].grid.place(), f"{text} Ce n'est pas une autre vente.")
    if moved:
        tables["factures"] = [row for row in tables["factures"] if id(row) not in moved]
        tables.setdefault("encaissements", []).extend({id(each): each for each in moved.values()}.values())


Naming = tuple[list[Row], str, int]
"""The lines of a sale, the invoice that it names, what it is with its VAT."""


def _naming(sales: Mapping[str, list[Row]], others: Sequence[Mapping[str, Any]]) -> list[Naming]:
    """Return the sales whose label names one invoice of others, made before it, and that are no more than it."""
    bills, found = _Others(others), list[Naming]()
    for rows in sales.values() if bills.due else ():
        cents = sum(due_by_invoice([row.values for row in rows]).values())
        label = " ".join(words(row.get(name, "")) for row in rows for name in ("libelle", "note"))
        named = bills.named(label, cents, bool(rows[0].get("client"))) if label.strip() else []
        if len(named) == 1 and 0 < cents <= bills.due[named[0]] + CENT and bills.days[named[0]] <= rows[0].get("date"):
            found.append((rows, named[0], cents))
    return found


class _Others:
    """The invoices of other lists and of the book, by what a label may say of them."""

    def __init__(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self.due = due_by_invoice(lines)
        self.days = {str(each["facture"]): each["date"] for each in lines if each.get("facture") and each.get("date")}
        self._whose = {str(each.get("facture")): name_words(str(each.get("client") or "")) for each in lines}
        self._last: dict[int, list[str]] = defaultdict(list)
        self._asking: dict[int, list[str]] = defaultdict(list)
        for number, cents in self.due.items():
            if figures := re.findall(r"\d+", number):
                self._last[int(figures[-1])].append(number)
            for near in range(cents - CENT, cents + CENT + 1):
                self._asking[near].append(number)

    def named(self, label: str, cents: int, listed: bool) -> list[str]:
        """Return the invoices whose number a label says, else the end of it, else those of its customer and amount.

        A list of customers, where each line is `listed`, says whole numbers.
        """
        found = [number for number in self.due if _names(label, number)]
        if found or listed:
            return found
        short, said = re.search(rf"\b{_BEFORE} ?0*(\d{{1,6}})\b", label), set(label.split())
        ended = self._last.get(int(short[1]), []) if short else []
        return ended or [each for each in self._asking.get(cents, ()) if (who := self._whose[each]) and who <= said]


def _names(label: str, number: str) -> bool:
    """Tell whether a label says the number of an invoice: one of figures alone after « facture », « FA », « n° »."""
    if not (bare := words(number)) or bare not in label:
        return False
    said = re.escape(bare)
    before = "" if re.search(r"[^\W\d]", number) else f"{_BEFORE} ?"
    return bool(re.search(rf"\b{before}{said}\b", label))


def _agreed(naming: Sequence[Naming], findings: Findings) -> list[Naming]:
    """Return what the group says to be payments; ask about those that were never asked about."""
    if not naming:
        return []
    first = naming[0][0][0]
    keys = {
        f"{rows[0].get('facture')} = {number}".replace("|", " "): (rows, number, cents)
        for rows, number, cents in naming
    }
    yes, asked = (first.grid.answers.get(each, "").split("|") for each in (TOPIC, f"{TOPIC}{ASKED}"))
    options = tuple((key, _told(*keys[key])) for key in keys if key not in asked)
    if options:
        doubt = Doubt(TOPIC, _QUESTION, options, _TODO, several=True, every=_EVERY, none=_NONE)
        findings.doubt(first.place(), doubt)
    return [each for key, each in keys.items() if key in yes]


def _told(rows: Sequence[Row], number: str, cents: int) -> str:
    label, day = rows[0].get("libelle") or rows[0].get("note", ""), rows[0].get("date")
    own = "" if same(rows[0].get("facture")) in same(label) else f"« {rows[0].get('facture')} », "
    return f"{own}« {label} », {euros(cents)} le {day:%d/%m/%Y} : paiement de « {number} »"
