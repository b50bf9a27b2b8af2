"""What arrives in an account book: the payments that money proves; invoices that a list gives too, which count once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, LaidLine
from kpa_model.files.book.reading.sales.accounts.analytic import Entry
from kpa_model.files.book.reading.sales.accounts.gathered import CUSTOMER, MONEY, Gathered, Key
from kpa_model.files.book.reading.sales.states import sent_back
from kpa_model.files.book.tables import Row
from kpa_model.files.book.where import Place
from kpa_model.words import count, euros, listing

Sum = tuple[Entry, int]
"""A line, and how much of it, in cents."""
_GENERAL = 4
"""As many figures tell a kind of customers, zeros apart: « 411 », « 4111 »."""
_APART = re.compile("419|7[1-9]|58")
"""Deposits, grants, our own money that changes place: they are told elsewhere, or there is nothing to tell."""
_OPENING = re.compile(r"\b(nouveaux?|reports?|reouverture|ouverture|ran)\b")
_UNPAID = (
    "au crédit de clients ne sont pas lus",
    "Rien n'arrive avec, en banque ou en caisse. Si c'est payé, donnez aussi la banque.",
    "au crédit de clients ne sont pas des paiements",
)
_OTHERS = (
    "qui arrivent en banque ou en caisse ne sont pas lus",
    "Rien ne dit quel client les paie.",
    "qui arrivent en banque ou en caisse ne viennent pas de clients",
)
"""What is told of sums that nothing explains, and why; then of those that the accounts beside them explain."""
_BEFORE = (
    "de clients ne sont pas lus",
    "Leur compte devait aussi cette somme au début : rien ne dit laquelle est payée.",
)
_BACK = (
    "qui repartent à des clients ne sont pas lus",
    "Si un paiement est rendu, ôtez-le des encaissements.",
)


def arriving(
    entries: Sequence[Entry], every: Sequence[Entry], grid: Grid, findings: Findings
) -> Iterator[tuple[int, list[Any]]]:
    """Yield the invoice, if it is known, the day, the amount and all that it says of each payment; tell the others.

    Money in the same entry, under the same piece or of the same amount that day proves that a customer paid.

    Args:
        entries: those of the group.
        every: those of others too.
        grid: where they are.
        findings: where it is told.
    """
    gathered = Gathered(every)
    came, gone = _keys_of_money(every, gathered, -1), _keys_of_money(every, gathered, 1)
    customers = [each for each in entries if CUSTOMER.match(each.account) and not gathered.credited(each)]
    due = [each for each in customers if each.credit > 0]
    paid, cash, led = {each for each in due if came & gathered.keys(each)}, [*_cash(entries, gathered)], _led(entries)
    old = _of_before([each for each in due if each in paid], customers)
    for each in (each for each in due if each in paid and each not in old):
        yield each.line, [*led(each)]
    _say([(each, each.credit) for each in old], *_BEFORE, grid, findings.left_out)
    for each, cents in cash:
        yield each.line, [each.piece or each.label, each.day, f"{cents / 100:.2f}", each.label]
    known = {key for each in (*due, *(each for each, _ in cash)) for key in gathered.keys(each)}
    others = [(each, cents) for each, cents in _coming(entries, every, gathered) if not known & gathered.keys(each)]
    unpaid = [(each, each.credit) for each in due if each not in paid]
    for some, (lost, why, clear) in ((unpaid, _UNPAID), (others, _OTHERS)):
        _say([one for one in some if not gathered.explained(one[0])], lost, why, grid, findings.left_out)
        _say([one for one in some if gathered.explained(one[0])], clear, "", grid, findings.heed)
    back = [each for each in customers if each.credit < 0 and gone & gathered.keys(each) and not gathered.sells(each)]
    rejected = [each for each in back if sent_back(each.label)]
    yield from ((each.line, ["", *led(each)[1:]]) for each in rejected)
    _say([(each, each.credit) for each in back if each not in rejected], *_BACK, grid, findings.left_out)


def _of_before(paid: Iterable[Entry], customers: Sequence[Entry]) -> list[Entry]:
    """Return payments that may be of an invoice, or of the same sum that its account owed when the book begins.

    None that names an invoice of the book.
    """
    owed = [each for each in customers if each.credit < 0]
    old = [each for each in owed if _OPENING.search(same(f"{each.journal} {each.label}"))]
    numbers, found = {each.piece for each in owed if each.piece and each not in old}, list[Entry]()
    for each in paid if old else ():
        mine = [one for one in owed if (one.account, one.customer, -one.credit) == _owing(each)]
        before = [one for one in mine if one in old]
        if before and len(mine) > len(before) and not any(_named(text, numbers) for text in (each.label, each.piece)):
            old.remove(before[0])
            found.append(each)
    return found


def _owing(paid: Entry) -> tuple[str, str, int]:
    return paid.account, paid.customer, paid.credit


def _say(some: Sequence[Sum], what: str, why: str, grid: Grid, tell: Callable[[Place, str], None]) -> None:
    if some:
        which = listing([f"« {said} »" for said in dict.fromkeys(each.label or each.piece for each, _ in some)], most=4)
        total = euros(sum(abs(cents) for _, cents in some))
        tell(grid.place(), f"{total} {what} ({which}). {why}".strip())


def _keys_of_money(every: Iterable[Entry], gathered: Gathered, way: int) -> set[Key]:
    """Return the keys of the money that comes, −1, or goes, 1."""
    moved = (each for each in every if MONEY.match(each.account) and each.credit * way > 0)
    return {key for each in moved for key in gathered.keys(each)}


def _coming(entries: Iterable[Entry], every: Iterable[Entry], gathered: Gathered) -> Iterator[Sum]:
    """Yield what comes in each entry of the group; nothing that only changes place, is told elsewhere, or is old."""
    foreign = {*every} - {*entries}
    for group in gathered.entries():
        money = [each for each in group if MONEY.match(each.account)]
        came, left = (
            -sum(each.credit for each in money),
            [each for each in group if each not in money and each.credit > 0],
        )
        apart = left and all(_APART.match(each.account) for each in left)
        old = any(_OPENING.search(same(f"{each.journal} {each.label}")) for each in group)
        if came > 0 and not apart and not old and not foreign & {*group}:
            yield min(money, key=lambda each: each.credit), came


def _cash(entries: Iterable[Entry], gathered: Gathered) -> Iterator[Sum]:
    """Yield one line of each sale whose money comes in its own entry, without an account of a customer, and its sum."""
    own = {*entries}
    for group in gathered.entries():
        if any(CUSTOMER.match(each.account) for each in group) or not {*group} <= own:
            continue
        came = -sum(each.credit for each in group if MONEY.match(each.account))
        pieces: dict[str, list[Entry]] = defaultdict(list)
        for each in group:
            if each.sold or each.account.startswith("4457"):
                pieces[each.piece or each.label].append(each)
        sums = [(some, sum(each.credit for each in some)) for some in pieces.values() if any(e.sold for e in some)]
        if came > 0 and came == sum(cents for _, cents in sums):
            yield from ((next(each for each in some if each.sold), cents) for some, cents in sums)


def _led(entries: Iterable[Entry]) -> Callable[[Entry], tuple[Any, ...]]:
    """Return what tells the invoice, the day, the amount of a payment, and all that it says: a reference, a name."""
    invoices = {each.piece for each in entries if each.account.startswith("70") and each.piece}
    lettered: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in entries:
        if each.letter and CUSTOMER.match(each.account) and each.piece in invoices:
            lettered[each.customer, each.letter].append(each.piece)
    owed: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for each in entries:
        if CUSTOMER.match(each.account) and each.credit < 0 and _personal(each):
            owed[each.account, each.customer].append(each)

    def due(paid: Entry) -> list[str]:
        """Return the one invoice of its own account, or of its customer, that asks what is paid; each once."""
        mine = owed[paid.account, paid.customer]
        asking = [each for each in mine if each.issued <= paid.day and each.credit == -paid.credit]
        if len(asking) != 1 or asking[0].piece not in invoices:
            return []
        mine.remove(asking[0])
        return [asking[0].piece]

    def led(each: Entry) -> tuple[Any, ...]:
        named = (_named(text, invoices) for text in (each.label, each.piece))
        together = [*dict.fromkeys(lettered.get((each.customer, each.letter), ()))]
        number = next((found[0] for found in (*named, together) if len(found) == 1), "") or next(iter(due(each)), "")
        who = "" if same(each.customer) in same(each.label) else each.customer
        said = (each.piece, each.label, who, *(() if number else together))
        return number, each.day, f"{each.credit / 100:.2f}", " ".join(dict.fromkeys(filter(None, said)))

    return led


def _personal(entry: Entry) -> bool:
    """Tell whether an entry says whose account it is: « 411BIO », « 4110012 », a customer; « 411000 » is of all."""
    return bool(entry.customer) or len(entry.account.rstrip("0")) > _GENERAL


def _named(text: str, numbers: Collection[str]) -> list[str]:
    """Return the invoices whose number a text says."""
    return [number for number in numbers if re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text)]


def booked_once(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return invoices without those of an account book that a list tells in the same words; told.

    The list says more: the customer, the state. The codes of the book name the orders, when it has several.
    What the two tell of one invoice must agree, month, amounts and rates: else both stay, and are refused as copies.
    """
    rows = list(rows)
    invoices: dict[bool, dict[str, list[Row]]] = {True: defaultdict(list), False: defaultdict(list)}
    for row in rows:
        invoices[of_accounts(row)][same(row.get("facture", ""))].append(row)
    booked, listed = invoices[True], invoices[False]
    codes = {row.get("commande") for group in booked.values() for row in group} - {""}
    twice = [number for number in booked if number in listed and _agree(booked[number], listed[number])]
    gone = [row for number in twice for row in booked[number]]
    for row in (row for number in twice if len(booked[number]) == 1 for row in listed[number]):
        if len(codes) > 1 and not row.get("commande"):
            row.values["commande"] = booked[same(row.get("facture"))][0].get("commande")
    if gone:
        told = f"{count(len(twice), 'facture')} ({euros(sum(row.get('montant_ht') for row in gone))} hors taxes)"
        other = listed[twice[0]][0].grid.place()
        findings.heed(
            gone[0].grid.place(), f"{told} : c'est aussi dans « {other.sheet or other.file} ». Compté une fois."
        )
    return [row for row in rows if all(row is not each for each in gone)]


def of_accounts(row: Row) -> bool:
    """Tell whether a line was made from those of an account book: none of its cells stands in one of the file."""
    return isinstance(row.line, LaidLine) and all(at < 0 for at in row.line.columns)


def _agree(booked: Sequence[Row], listed: Sequence[Row]) -> bool:
    """Tell whether two places say the same of an invoice; a rate that is still to be asked denies nothing."""
    rated = all(row.get("taux_tva") is not None for row in listed)
    return _sums(booked, rated) == _sums(listed, rated)


def _sums(rows: Sequence[Row], rated: bool) -> dict[Any, int]:
    """Return what an invoice asks before tax in each month, and at each rate where rates are known."""
    sums = defaultdict[Any, int](int)
    for row in rows:
        day = row.get("date", date.min)
        sums[day.year, day.month, row.get("taux_tva") if rated else None] += row.get("montant_ht") or 0
    return sums
