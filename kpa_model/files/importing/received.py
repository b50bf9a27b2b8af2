"""Told once: a payment under another day, a sale under another number, a purchase in two lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.sales.taxes import RATES
from kpa_model.files.book.tables import Given, Held, Row, Tables, Values, by_list
from kpa_model.files.importing.since import Told, with_receipts
from kpa_model.money import part_of
from kpa_model.words import count, euros

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


def habits(lines: Iterable[Values]) -> dict[str, int]:
    """Return how far from what each invoice asks its payment may be: a cent, or what rounding VAT by line changes."""
    given = list(lines)
    by_line: dict[str, int] = defaultdict(int)
    for each in given:
        for number, cents in due_by_invoice([each]).items():
            by_line[number] += cents
    return {number: max(CENT, abs(by_line[number] - cents)) for number, cents in due_by_invoice(given).items()}


def due_now(tables: Tables, held: Held) -> dict[str, int]:
    """Return what each invoice asks: what files say of one replaces what the book held."""
    given = (row.values for row in tables.get("factures", ()))
    return {**due_by_invoice(held.get("factures", ())), **due_by_invoice(given)}


def told_again(tables: Tables, held: Held, findings: Findings) -> list[Values]:
    """Return the payments of a book that files tell again under another day: the day told last counts, and it is said.

    A list of invoices said « payée »; the statement of the bank comes later, and says when.
    """
    due = due_now(tables, held)
    got: dict[str, int] = defaultdict(int)
    known = [_payment(each) for each in held.get("encaissements", ())]
    back = [_payment(row.values) for row in tables.get("encaissements", ()) if row.get("montant_ttc", 0) < 0]
    for number, _, cents in (*known, *(each for each in back if each not in known)):  # what was sent back is due again
        got[number] += cents
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


def _payment(values: Values) -> tuple[str, date | None, int]:
    return values.get("facture", ""), values.get("date"), values.get("montant_ttc", 0)


def _same_payment(number: str, amount: int, before: date, now: date) -> str:
    was = f"« {number} » était déjà notée payée le {before:%d/%m/%Y} ({euros(amount)})"
    return f"{was}. C'est le même paiement : le {now:%d/%m/%Y} remplace ce jour."


# --- invoices under two numbers ---------------------------------------------------------------------------------------

RENUMBERED, TWICE, BOUGHT = "factures.numeros", "factures.memes", "achats.memes"
_ASKED = {
    RENUMBERED: (
        "Ces factures ont le montant d'autres ventes, déjà dans le carnet. Lesquelles sont les mêmes ?",
        "Toutes : leur numéro a changé",
        "Donnez à chaque facture le numéro qu'elle a dans le carnet.",
    ),
    TWICE: (
        "Deux fichiers donnent des ventes du même jour et du même montant. Lesquelles sont les mêmes ?",
        "Toutes : elles comptent une fois",
        "Gardez ces ventes dans un seul fichier.",
    ),
    BOUGHT: (
        "Deux listes donnent des achats du même montant, le même jour ou presque. Lesquels sont les mêmes ?",
        "Tous : ils comptent une fois",
        "Gardez ces achats dans une seule liste.",
    ),
}
"""What is asked, what says yes to all, what to do."""
_NONE = "Aucune : ce sont d'autres ventes"


def told_once(tables: Given, held: Held, findings: Findings) -> None:
    """Leave each invoice one number, that of the book or of the list that names customers: it is asked."""
    _counted_once(tables, findings)
    _with_known_numbers(tables, held, findings)


def _with_known_numbers(tables: Tables, held: Held, findings: Findings) -> None:
    """Give the number of the book to the invoices that a list calls otherwise, once the group says that they are one.

    An invoice of the book that no list gives, and a new one of the same day and amount: perhaps its number changed. A
    receipt of the book, counted as a sale when the money came, may be an invoice of this amount made before.
    """
    lists = _lists(tables)
    known, given = _numbers(held.get("factures", ())), _numbers(row.values for rows in lists for row in rows)
    book = _told([each for each in held.get("factures", ()) if same(str(each.get("facture", ""))) not in given])
    for rows in lists:
        mine = _told([row.values for row in rows if same(row.get("facture")) not in known])
        for new, old in _agreed(RENUMBERED, rows[0], mine, with_receipts(mine, book), findings).items():
            rename(tables, new, old)
            text = f"« {new} » est « {old} », déjà dans le carnet. Elle y garde son numéro."
            findings.heed(rows[0].grid.place(), text)


def _counted_once(tables: Given, findings: Findings) -> None:
    """Leave out the sales that two lists tell, each under a number of its own, once the group says that they are one.

    The list that names customers is the one that stays.
    """
    lists = sorted(_lists(tables), key=lambda rows: not any(row.get("client") for row in rows))
    for one, other in combinations(lists, 2):
        both = _numbers(row.values for row in one) & _numbers(row.values for row in other)
        kept, told = (
            _told([row.values for row in rows if same(row.get("facture")) not in both]) for rows in (one, other)
        )
        for new, old in _agreed(TWICE, other[0], told, kept, findings).items():
            gone = {id(row) for row in other if row.get("facture") == new}
            tables["factures"] = [row for row in tables["factures"] if id(row) not in gone]
            rename(tables, new, old)
            findings.heed(other[0].grid.place(), f"« {new} » est « {old} » d'un autre fichier. Elle compte une fois.")


def _lists(tables: Tables) -> list[list[Row]]:
    """Return the lines of invoices of each file and sheet."""
    return by_list(row for row in tables.get("factures", ()) if row.get("facture") and row.get("date"))


def _numbers(lines: Iterable[Values]) -> set[str]:
    return {same(str(each.get("facture", ""))) for each in lines}


def _told(lines: Sequence[Values]) -> dict[Told, list[str]]:
    """Return the numbers of the invoices of each day and amount."""
    days = {str(each["facture"]): each["date"] for each in reversed(lines) if each.get("date")}
    found: dict[Told, list[str]] = defaultdict(list)
    for number, cents in due_by_invoice(lines).items():
        if cents and number in days:
            found[days[number], cents].append(number)
    return found


def _agreed(
    topic: str, first: Row, told: Mapping[Told, list[str]], others: Mapping[Told, list[str]], findings: Findings
) -> dict[str, str]:
    """Return the invoices that the group says to be others of the same day and amount; ask about those never asked."""
    pairs = {
        f"{new} = {old}".replace("|", " "): (new, old, day, cents)
        for (day, cents), numbers in told.items()
        for new, old in zip(numbers, others.get((day, cents), ()), strict=False)
    }
    yes, asked = (first.grid.answers.get(each, "").split("|") for each in (topic, f"{topic}{ASKED}"))
    options = tuple(
        (key, f"« {new} » est « {old} » : {day:%d/%m/%Y}, {euros(cents)} TTC")
        for key, (new, old, day, cents) in pairs.items()
        if key not in asked
    )
    if options:
        question, every, todo = _ASKED[topic]
        findings.doubt(first.place(), Doubt(topic, question, options, todo, several=True, every=every, none=_NONE))
    return {new: old for key, (new, old, _, _) in pairs.items() if key in yes}


def rename(tables: Tables, new: str, old: str) -> None:
    """Give an invoice, and its payments, the number that stays."""
    for row in (row for table in ("factures", "encaissements") for row in tables.get(table, ())):
        if row.get("facture") == new:
            row.values["facture"] = old


# --- purchases in two lists -------------------------------------------------------------------------------------------


def bought_once(tables: Given, held: Sequence[Values], findings: Findings) -> None:
    """Leave out the purchases that another list, or the book, tells too, once the group says so.

    Args:
        tables: what the files give.
        held: the purchases of the book that other files gave.
        findings: where it is asked, and told.
    """
    lists: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables.get("achats", ()):
        if row.get("date") and row.get("montant_ht"):
            lists[row.source].append(row)
    known, gone = [*held], set[int]()
    for rows in sorted(lists.values(), key=lambda rows: not any(row.get("commande") for row in rows)):
        same_ones = _agreed_purchases(_pairs(rows, known), findings)
        gone |= {id(row) for row in same_ones}
        known += [row.values for row in rows if id(row) not in gone]
        if same_ones:
            total = euros(sum(row.get("montant_ht") for row in same_ones))
            text = f"{count(len(same_ones), 'achat')} ({total}) : c'est aussi dans une autre liste. Compté une fois."
            findings.heed(same_ones[0].grid.place(), text)
    if gone:
        tables["achats"] = [row for row in tables["achats"] if id(row) not in gone]


_FEW_DAYS = 5
"""How far apart two lists may tell the day of one purchase."""


def _pairs(rows: Sequence[Row], known: Sequence[Values]) -> list[tuple[Row, Values]]:
    """Return the purchases that others may be, those of the same day first, each with the one that it may be."""
    free, pairs = [*known], dict[int, tuple[Row, Values]]()
    for apart in range(_FEW_DAYS + 1):
        for row in (row for row in rows if id(row) not in pairs):
            other = next((each for each in free if _same_purchase(row.values, each, apart)), None)
            if other is not None:
                free.remove(other)
                pairs[id(row)] = (row, other)
    return [pairs[id(row)] for row in rows if id(row) in pairs]


def _same_purchase(one: Values, other: Values, apart: int) -> bool:
    """Tell whether two purchases, some days apart, have one amount; one of the same day may say it with its VAT."""
    if not other.get("date") or abs((one["date"] - other["date"]).days) != apart:
        return False
    if apart:
        return one.get("montant_ht") == other.get("montant_ht")
    cents, others = one.get("montant_ht") or 0, other.get("montant_ht") or 0
    low, high = sorted((abs(cents), abs(others)))
    return cents * others > 0 and any(abs(low + int(part_of(low, rate)) - high) <= CENT for rate in RATES)


def _agreed_purchases(pairs: Sequence[tuple[Row, Values]], findings: Findings) -> list[Row]:
    """Return the purchases that the group says to be others; ask about those never asked."""
    if not pairs:
        return []
    first, keys = pairs[0][0], dict[str, tuple[Row, Values]]()
    for row, other in pairs:
        named = f"{row.get('libelle', '')} = {other.get('libelle', '')}".replace("|", " ")
        keys[f"{named} {row.get('date')} {row.get('montant_ht')}"] = (row, other)
    yes, asked = (first.grid.answers.get(each, "").split("|") for each in (BOUGHT, f"{BOUGHT}{ASKED}"))
    options = tuple((key, _told_purchase(*pair)) for key, pair in keys.items() if key not in asked)
    if options:
        question, every, todo = _ASKED[BOUGHT]
        none = "Aucun : ce sont d'autres achats"
        findings.doubt(first.place(), Doubt(BOUGHT, question, options, todo, several=True, every=every, none=none))
    return [row for key, (row, _) in keys.items() if key in yes]


def _told_purchase(row: Row, other: Values) -> str:
    mine, theirs = str(row.get("libelle", "")), str(other.get("libelle", ""))
    named = f"« {mine} »" + (f" est « {theirs} »" if same(mine) != same(theirs) else "")
    days = dict.fromkeys(f"{day:%d/%m/%Y}" for day in (row.get("date"), other.get("date")))
    return f"{named} : {' et '.join(days)}, {euros(row.get('montant_ht'))}"
