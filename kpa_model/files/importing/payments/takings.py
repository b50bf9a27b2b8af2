"""Takings of each day beside a list of invoices: those paid at the till may be in both. It is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.sales.accounts.booked import of_accounts
from kpa_model.files.book.tables import Row
from kpa_model.files.importing.payments.bills import Held
from kpa_model.files.importing.receipts import of_receipt
from kpa_model.words import euros, listing

TOPIC, _ALL, _REST = "recettes.factures", "tout", "reste"
_TODO = "Ôtez de ces recettes les ventes qui ont une facture."
Values = Mapping[str, Any]
Rated = tuple[date, int]
"""A day, and a rate of VAT."""


def takings_beside(tables: dict[str, list[Row]], held: Held, findings: Findings) -> None:
    """Take off takings of a day the invoices of that day, when the group says that they hold them; asked once a list.

    Nothing is asked where no invoice is of the day of takings, with its rates, and no greater than they are.
    """
    lists: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables.get("factures", ()):
        lists[row.grid.file, row.grid.sheet].append(row)
    for place, rows in [each for each in lists.items() if _are_takings(each[1])]:
        others: list[Values] = []
        for at, group in lists.items():
            others += [row.values for row in group] if at != place and not _are_takings(group) else []
        given = {each.get("facture") for each in (*others, *(row.values for row in rows))}
        others += [
            each for each in held.get("factures", ()) if each.get("facture") not in given and not of_receipt(each)
        ]
        inside = _inside(rows, others)
        if not inside or not findings.asking:
            continue
        sold, billed = (_total(each) for each in ([row.values for row in rows], inside))
        answer = rows[0].grid.answers.get(TOPIC, "")
        names = listing([f"« {name} »" for name in dict.fromkeys(str(each.get("facture")) for each in inside)], most=4)
        if not answer:
            head = f"Ces recettes ({sold} HT) viennent à côté de factures des mêmes jours ({names}, {billed} HT)"
            options = (
                (_ALL, "ce sont d'autres ventes : tout compte"),
                (_REST, f"elles contiennent ces factures : ôter {billed}"),
            )
            doubt = Doubt(TOPIC, f"{head}. Est-ce la même vente, payée à la caisse ?", options, _TODO)
            findings.doubt(rows[0].place("montant_ht"), doubt)
        elif answer == _REST:
            _take_off(rows, inside)
            tables["factures"] = [row for row in tables["factures"] if row.get("montant_ht") or row not in rows]
            findings.heed(rows[0].grid.place(), f"{billed} HT sont ôtés de ces recettes, qui contenaient {names}.")


def _are_takings(rows: Sequence[Row]) -> bool:
    """Tell whether a list has sums of days: neither customers nor numbers, and one line a day, or one for each rate."""
    if any(of_accounts(row) or row.get("client") or row.place("facture").column >= 0 for row in rows):
        return False
    days = Counter((row.get("date"), row.get("taux_tva")) for row in rows if row.get("date"))
    return len(days) > 1 and max(days.values()) == 1


def _inside(rows: Sequence[Row], others: Iterable[Values]) -> list[Values]:
    """Return the lines of the invoices that takings of their day may hold: all those of a day, or none."""
    came = Counter[Rated]()
    for row in rows:
        came[_rated(row.values)] += row.get("montant_ht") or 0
    days: dict[date, list[Values]] = defaultdict(list)
    for each in others:
        if each.get("date") and each.get("montant_ht"):
            days[each["date"]].append(each)
    found = list[Values]()
    for lines in days.values():
        asked = Counter[Rated]()
        for each in lines:
            asked[_rated(each)] += each["montant_ht"]
        found += lines if all(0 < cents <= came[key] for key, cents in asked.items()) else []
    return found


def _take_off(rows: Iterable[Row], inside: Iterable[Values]) -> None:
    for each in inside:
        row = next(row for row in rows if _rated(row.values) == _rated(each))
        row.values["montant_ht"] -= each["montant_ht"]


def _rated(each: Values) -> Rated:
    return each.get("date", date.min), each.get("taux_tva") or 0


def _total(lines: Iterable[Values]) -> str:
    return euros(sum(each.get("montant_ht") or 0 for each in lines))
