"""Invoices whose numbers begin again each year: those of later years are « F1 (2026) », told, or asked about once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Row, Tables, Values
from kpa_model.money import part_of
from kpa_model.words import count, listing

YEARLY, RESTARTS = "factures.annee", "annee"
Years = Mapping[int, list[Row]]


def numbered_again(tables: Tables, findings: Findings) -> None:
    """Tell apart invoices of several years that have one number: those of later years are « F1 (2026) »; told.

    Other customers in one list prove it, or most numbers of a year with other amounts; it is asked otherwise.
    """
    dated = [row for row in tables.get("factures", ()) if row.get("facture") and row.get("date")]
    numbers: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in dated:
        numbers[row.get("facture")][row.get("date").year].append(row)
    again = {number: years for number, years in numbers.items() if len(years) > 1}
    by_year = Counter(year for years in numbers.values() for year in years)
    shared = Counter(year for years in again.values() for year in years)
    restart = len(again) > 1 and any(2 * shared[year] >= by_year[year] for year in shared)
    sure = [each for each, years in again.items() if _customers_apart(years) or (restart and _amounts_apart(years))]
    others = [each for each in again if each not in sure]
    answer = next((said for each in others for row in dated if (said := row.grid.answers.get(YEARLY, ""))), "")
    if others and not answer:
        _ask_years(others, again, findings)
    apart = again if answer == RESTARTS else [*sure, *([] if answer else others)]
    for number in apart:
        for year, rows in [*sorted(again[number].items())][1:]:
            rename_since(tables, number, f"{number} ({year})", rows)
    if told := [each for each in apart if each in sure or answer]:
        years = listing([str(year) for year in sorted({year for each in told for year in again[each]})])
        names = listing([f"« {each} »" for each in told], most=6)
        what = f"{names} : chaque année ({years}) a sa facture de ce numéro"
        last = max(first := again[told[0]])
        more = f"Celle de {last} s'appelle « {told[0]} ({last}) ». Paiements et heures suivent leurs dates."
        findings.heed(first[last][0].place("facture"), f"{what}. {more}")


def _customers_apart(years: Years) -> bool:
    """Tell whether one list gives each year an invoice to a customer of its own."""
    whose = [{same(row.get("client", "")) for row in rows} for rows in years.values()]
    one_list = len({row.source for rows in years.values() for row in rows}) == 1
    return (
        one_list and all(len(each) == 1 and "" not in each for each in whose) and len(set.union(*whose)) == len(whose)
    )


def _amounts_apart(years: Years) -> bool:
    return len({sum(row.get("montant_ht") or 0 for row in rows) for rows in years.values()}) == len(years)


def _ask_years(numbers: Sequence[str], again: Mapping[str, Years], findings: Findings) -> None:
    first = again[numbers[0]]
    told = listing([f"{rows[0].get('date'):%d/%m/%Y}" for _, rows in sorted(first.items())])
    more = f" (et {count(len(numbers) - 1, 'autre numéro', 'autres numéros')})" if len(numbers) > 1 else ""
    question = f"« {numbers[0]} » est dans plusieurs années : {told}{more}. Une facture chaque année, ou une seule ?"
    options = ((RESTARTS, "une chaque année : les numéros recommencent"), ("meme", "une seule"))
    place = first[max(first)][0].place("facture")
    findings.doubt(place, Doubt(YEARLY, question, options, "Donnez à chaque facture son propre numéro."))


def rename_since(tables: Tables, number: str, new: str, bills: Sequence[Row], others: Sequence[Values] = ()) -> None:
    """Give an invoice another number than one of another year; what names it follows the nearest of the two.

    Args:
        tables: those of the files.
        number: the one it has, as another invoice.
        new: the one it gets.
        bills: its lines.
        others: those of the other invoice that the book holds.
    """
    mine = [row.values for row in bills]
    for row in bills:
        row.values["facture"] = new
    rest = [*others, *(row.values for row in tables["factures"] if row.get("facture") == number)]
    for table, name in (("encaissements", "facture"), ("heures", "commande"), ("achats", "commande")):
        for row in tables.get(table, ()):
            if row.get(name) == number and row.get("date") and not _fits(row.values, rest, mine):
                row.values[name] = new


def _fits(said: Values, rest: Sequence[Values], mine: Sequence[Values]) -> bool:
    """Tell whether a line is of the first invoice: a payment of its sum, or made before the other; else the nearest."""
    asked, others = _asked(rest), _asked(mine)
    if (paid := said.get("montant_ttc")) is not None:
        by_sum = asked != others and paid in (asked, others)
        return bool(paid == asked if by_sum else said["date"] < min(each["date"] for each in mine))
    apart = [min((abs((said["date"] - each["date"]).days) for each in some), default=0) for some in (rest, mine)]
    return apart[0] <= apart[1]


def _asked(lines: Iterable[Values]) -> int:
    """Return what lines ask with their VAT, as far as they tell it."""
    sums = Counter[int]()
    for each in lines:
        sums[each.get("taux_tva") or 0] += each.get("montant_ht") or 0
    return sum(cents + int(part_of(cents, rate)) for rate, cents in sums.items())
