"""Takings of each day beside a list of invoices, given or in the book: those paid at the till may be in both: asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from itertools import pairwise

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.sales.accounts.arriving import of_accounts
from kpa_model.files.book.tables import Given, Held, Row, Tables, Values, by_list
from kpa_model.files.importing.received import RENUMBERED
from kpa_model.files.importing.since import LATE, bears_its_day
from kpa_model.money import part_of
from kpa_model.words import count, euros, listing

TOPIC, _ALL, _REST = "recettes.factures", "tout", "reste"
_TODO = "Ôtez de ces recettes les ventes qui ont une facture."
_RARE = 6
"""From so many days between them, takings are the sum of a week, or of a month."""
Rated = tuple[date, int]
"""A day, and a rate of VAT."""


def takings_beside(tables: Given, held: Held, findings: Findings) -> None:
    """Count once the sales that takings of a day and a list of invoices both tell, as the group says, in any order."""
    _takings_given(tables, held, findings)
    _takings_held(tables, held, findings)
    _say_receipts_held(tables, held, findings)


def _takings_given(tables: Given, held: Held, findings: Findings) -> None:
    """Take off takings of a day the invoices of that day, when the group says that they hold them; asked once a list.

    Nothing is asked where no invoice is of the day of takings, with its rates, and no greater than they are.
    """
    lists: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables.get("factures", ()):
        lists[row.source].append(row)
    for place, rows in [each for each in lists.items() if _are_takings(each[1])]:
        others: list[Values] = []
        for at, group in lists.items():
            others += [row.values for row in group] if at != place and not _are_takings(group) else []
        given = {each.get("facture") for each in (*others, *(row.values for row in rows))}
        others += [
            each for each in held.get("factures", ()) if each.get("facture") not in given and not bears_its_day(each)
        ]
        inside = _inside([row.values for row in rows], others)
        _say_perhaps([row.values for row in rows], [each for each in others if each not in inside], rows[0], findings)
        if not inside or not findings.asking:
            continue
        sold, billed = (_total(each) for each in ([row.values for row in rows], inside))
        answer, names = rows[0].grid.answers.get(TOPIC, ""), _named(inside)
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


def _takings_held(tables: Given, held: Held, findings: Findings) -> None:
    """Leave out the new invoices of days whose takings are in the book, when the group says that they hold them."""
    if not findings.asking or any(doubt.topic == RENUMBERED for _, doubt in findings.doubts):
        return
    given = {row.get("facture") for row in tables.get("factures", ())}
    known = {each.get("facture") for each in held.get("factures", ())}
    takings = [each for each in held.get("factures", ()) if bears_its_day(each) and each.get("facture") not in given]
    days = Counter(map(_rated, takings))
    takings = [each for each in takings if days[_rated(each)] == 1]
    paid = {(each.get("facture"), each.get("date")) for each in held.get("encaissements", ())}
    lists = by_list(
        row
        for row in tables.get("factures", ())
        if row.place("facture").column >= 0 and not of_accounts(row) and row.get("facture") not in known
    )
    for rows in lists:
        answers = rows[0].grid.answers
        others = {each.partition(" = ")[0] for each in answers.get(f"{RENUMBERED}{ASKED}", "").split("|")}
        inside = _inside(takings, [row.values for row in rows if row.get("facture") not in others])
        unpaid = [each for each in takings if (each.get("facture"), each.get("date")) not in paid]
        _say_perhaps(unpaid, [row.values for row in rows if row.values not in inside], rows[0], findings)
        if inside and TOPIC not in answers:
            head = f"Ces factures ({_named(inside)}, {_total(inside)} HT) ont les jours de recettes déjà dans le carnet"
            options = (
                (_ALL, "ce sont d'autres ventes : tout compte"),
                (_REST, "les recettes les contiennent : ne pas les compter"),
            )
            doubt = Doubt(TOPIC, f"{head}. Est-ce la même vente, payée à la caisse ?", options, _TODO)
            findings.doubt(rows[0].place("montant_ht"), doubt)
        elif inside and answers[TOPIC] == _REST:
            text = f"{_named(inside)} : {_total(inside)} HT déjà dans les recettes du carnet. Cela compte une fois."
            findings.heed(rows[0].grid.place(), text)
            _lead(tables, inside, takings)


def _say_perhaps(takings: Sequence[Values], others: Sequence[Values], first: Row, findings: Findings) -> None:
    """Tell the invoices that takings may hold under another rate of VAT, or in the sum of a week or of a month."""
    days = sorted({_day(each) for each in takings})
    rare = all((after - before).days >= _RARE for before, after in pairwise(days))
    key, when = (_month, "du même mois") if rare else (_day, "des mêmes jours, à un autre taux de TVA")
    told = [each for taxed in (False, True) for each in _inside(takings, others, key, taxed)]
    if told and findings.asking:
        spans, told = {key(each) for each in told}, [each for each in others if any(each is mine for mine in told)]
        sold = _total(each for each in takings if key(each) in spans)
        what = f"{_named(told)} ({_total(told)} HT) : des recettes {when} comptent aussi ({sold} HT)"
        todo = "Si ce sont les mêmes ventes, c'est compté deux fois : ôtez-les d'un des deux fichiers."
        findings.heed(first.grid.place(), f"{what}. {todo}")


def _say_receipts_held(tables: Tables, held: Held, findings: Findings) -> None:
    """Tell the receipts that a book counts as sales, which may pay the new invoices in parts, or several at once."""
    known, given = (
        {str(each.get("facture")) for each in lines}
        for lines in (held.get("factures", ()), [row.values for row in tables.get("factures", ())])
    )
    rows = [row for row in tables.get("factures", ()) if row.get("date") and (row.get("montant_ht") or 0) > 0]
    new = [row for row in rows if str(row.get("facture")) not in known and not bears_its_day(row.values)]
    if not new or not findings.asking or any(doubt.topic in (TOPIC, RENUMBERED) for _, doubt in findings.doubts):
        return
    first, last = min(row.get("date") for row in new), max(row.get("date") for row in new) + LATE
    came = [
        each.get("montant_ttc", 0)
        for each in held.get("encaissements", ())
        if bears_its_day(each) and each.get("facture") not in given and first <= each["date"] <= last
    ]
    if sum(came) >= min(row.get("montant_ht") for row in new):
        counted = f"le carnet compte déjà {count(len(came), 'recette')} comme des ventes ({euros(sum(came))})"
        todo = "Si elles paient ces factures, c'est compté deux fois : ôtez ces recettes du carnet."
        findings.heed(new[0].grid.place(), f"{_named([row.values for row in new])} : {counted}. {todo}")


def _lead(tables: Given, inside: Sequence[Values], takings: Iterable[Values]) -> None:
    """Take invoices out, and lead what names them to the takings of their day."""
    sales = {each["date"]: each for each in takings}
    into = {each.get("facture"): sales[each["date"]] for each in inside}
    tables["factures"] = [row for row in tables["factures"] if row.get("facture") not in into]
    for table, field in (("encaissements", "facture"), ("heures", "commande"), ("achats", "commande")):
        for row in tables.get(table, ()):
            if (sale := into.get(row.get(field))) is not None:
                row.values[field] = sale.get(field)


def _named(lines: Iterable[Values]) -> str:
    return listing([f"« {name} »" for name in dict.fromkeys(str(each.get("facture")) for each in lines)], most=4)


def _are_takings(rows: Sequence[Row]) -> bool:
    """Tell whether a list has sums of days: neither customers nor numbers, and one line a day, or one for each rate."""
    if any(of_accounts(row) or row.get("client") or row.place("facture").column >= 0 for row in rows):
        return False
    days = Counter((row.get("date"), row.get("taux_tva")) for row in rows if row.get("date"))
    return len(days) > 1 and max(days.values()) == 1


def _rated(each: Values) -> Rated:
    return each.get("date", date.min), each.get("taux_tva") or 0


def _inside(
    takings: Iterable[Values], others: Iterable[Values], key: Callable[[Values], Hashable] = _rated, taxed: bool = False
) -> list[Values]:
    """Return the lines of the invoices that takings of their day may hold: all those of a day, or none.

    Args:
        takings: sums of days.
        others: the lines of invoices.
        key: what must be one in both, a day, or a day and a rate.
        taxed: whether their amounts are compared with their VAT.
    """
    came = Counter[Hashable]()
    for each in takings:
        came[key(each)] += _cents(each, taxed)
    days: dict[date, list[Values]] = defaultdict(list)
    for each in others:
        if each.get("date") and each.get("montant_ht"):
            days[each["date"]].append(each)
    found = list[Values]()
    for lines in days.values():
        asked = Counter[Hashable]()
        for each in lines:
            asked[key(each)] += _cents(each, taxed)
        found += lines if all(0 < cents <= came[each] for each, cents in asked.items()) else []
    return found


def _cents(each: Values, taxed: bool) -> int:
    before = each.get("montant_ht") or 0
    return before + int(part_of(before, each.get("taux_tva") or 0)) if taxed else before


def _take_off(rows: Iterable[Row], inside: Iterable[Values]) -> None:
    for each in inside:
        row = next(row for row in rows if _rated(row.values) == _rated(each))
        row.values["montant_ht"] -= each["montant_ht"]


def _day(each: Values) -> date:
    return each.get("date") or date.min


def _month(each: Values) -> CalendarMonth:
    return CalendarMonth.of(_day(each))


def _total(lines: Iterable[Values]) -> str:
    return euros(sum(each.get("montant_ht") or 0 for each in lines))
