"""Numbers of invoices that a spreadsheet took for days, « 2026-03 » kept as March 2026: told, and asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import same
from kpa_model.files.book.dates import month_number
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.tables import Held, Row, Tables
from kpa_model.words import euros, listing

TOPIC = "factures.dates"
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}-[^\W\d]{3,5}\.?(-\d{2,4})?|[^\W\d]{3,5}\.?-\d{2}(\d\d)?")
"""How a spreadsheet shows a day: « 01/03/2026 », « 12-mars », « mars-26 »."""
_NUMBER = re.compile(r"\d{1,4}([-/. ]\d{1,4}){1,2}")
_TODO = "Tapez-le de nouveau dans une case au format « Texte », ou donnez l'export CSV du logiciel."
_NAMING = (("encaissements", "facture"), ("heures", "commande"), ("achats", "commande"), ("factures", "commande"))


def say_days(rows: Iterable[Row], findings: Findings) -> None:
    """Tell the invoices whose number became a day, once for each list."""
    lists: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        own = row.place("facture").column  # none for a number that the reader made
        if own >= 0 and own != row.place("date").column and _parts(number := row.get("facture", "")):
            lists[row.source].setdefault(number, row)
    for numbers in lists.values():
        first, several = next(iter(numbers.values())), len(numbers) > 1
        named = listing([f"« {number} »" for number in numbers], most=4)
        became = "ces numéros sont devenus des dates" if several else "ce numéro est devenu une date"
        findings.heed(first.place("facture"), f"{named} : {became} dans le tableur. {_TODO}")


def taken_for(said: str, numbers: Iterable[str]) -> str:
    """Return the one number of which another is what a spreadsheet made, or kept; an empty text otherwise.

    >>> taken_for("2026-03", ["01/03/2026", "01/04/2026"]), taken_for("12-mars", ["12-3", "F12"]), taken_for("7", ["7"])
    ('01/03/2026', '12-3', '')
    """
    found = {number for number in numbers if _alike(said, number) or _alike(number, said)}
    return found.pop() if len(found) == 1 else ""


def hint(said: str, numbers: Iterable[str]) -> str:
    """Return what to say beside an unknown number that a spreadsheet took for a day; an empty text otherwise."""
    found = taken_for(said, numbers)
    day, number = (found, said) if _parts(found) else (said, found)
    return f"« {day} » est peut-être « {number} » : un numéro devenu une date dans le tableur. {_TODO}" if found else ""


def with_numbers(tables: Tables, held: Held, findings: Findings) -> None:
    """Give one number to the invoices that are called by a day here and by their number there; it is asked."""
    given, asked = (row.values for row in tables.get("factures", ())), list[tuple[str, str, Row]]()
    bills = {str(each["facture"]): each for each in (*held.get("factures", ()), *given) if each.get("facture")}
    known = {same(each) for each in (*bills, *_orders(tables, held))}
    naming = {str(row.get(at)): row for table, at in _NAMING for row in tables.get(table, ()) if row.get(at)}
    strange = {said: row for said, row in naming.items() if same(said) not in known}
    for said, row in strange.items():
        if (bill := taken_for(said, bills)) and taken_for(bill, strange) == said:
            asked.append((said, bill, row))
    for said, bill, row in asked:
        if f"{said} = {bill}" in row.grid.answers.get(TOPIC, "").split("|"):
            stays, gone = (said, bill) if _parts(bill) else (bill, said)
            _rename(tables, gone, stays)
            findings.heed(row.place(), f"« {gone} » est « {stays} », d'après votre réponse.")
    _ask(asked, bills, findings)


def _ask(asked: Sequence[tuple[str, str, Row]], bills: Mapping[str, Mapping[str, Any]], findings: Findings) -> None:
    """Ask once, about the numbers of each list that were never asked about."""
    lists: dict[tuple[str, str], list[tuple[str, str, Row]]] = defaultdict(list)
    for said, bill, row in asked:
        if f"{said} = {bill}" not in row.grid.answers.get(f"{TOPIC}{ASKED}", "").split("|"):
            lists[row.source].append((said, bill, row))
    for group in lists.values():
        options = tuple((f"{said} = {bill}", f"« {said} » est {_told(bill, bills[bill])}") for said, bill, _ in group)
        question = "Un numéro de facture est devenu une date dans le tableur. Est-ce la même facture ?"
        none = "Aucune : ce sont d'autres factures"
        doubt = Doubt(TOPIC, question, options, _TODO, several=True, every="Oui, la même", none=none)
        findings.doubt(group[0][2].place(), doubt)


def _told(number: str, values: Mapping[str, Any]) -> str:
    day, sold = values.get("date"), values.get("montant_ht")
    more = (str(values.get("client") or ""), f"{day:%d/%m/%Y}" if day else "", f"{euros(sold)} HT" if sold else "")
    return " · ".join(filter(None, (f"« {number} »", *more)))


def _orders(tables: Tables, held: Held) -> list[str]:
    return [
        str(each.get("commande"))
        for each in (*held.get("commandes", ()), *(r.values for r in tables.get("commandes", ())))
    ]


def _rename(tables: Tables, gone: str, stays: str) -> None:
    for table, at in (("factures", "facture"), *_NAMING):
        for row in tables.get(table, ()):
            if row.get(at) == gone:
                row.values[at] = stays


def _parts(number: str) -> tuple[int, ...]:
    """Return the day, the month and the year that a spreadsheet shows, those it does show; nothing for a number."""
    if not _DAY.fullmatch(number):
        return ()
    try:
        return tuple(
            int(each) if each.isdigit() else month_number(each.rstrip("."), number) for each in re.split("[-/]", number)
        )
    except Refused:
        return ()


def _alike(number: str, shown: str) -> bool:
    """Tell whether a number may be what became a day: the same figures, the day left out when it is the first one."""
    day = [each % 100 for each in _parts(shown)]
    if not day or not _NUMBER.fullmatch(number) or _parts(number):
        return False
    said = sorted(int(each) % 100 for each in re.split("[-/. ]", number))
    whole = len(day) == 3
    return said in [
        sorted(day),
        *([sorted(day[:2])] if whole else []),
        *([sorted(day[1:])] if whole and day[0] == 1 else []),
    ]
