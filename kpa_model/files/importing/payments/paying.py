"""Which invoice a payment pays: the one its label names; the one of its amount is only asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.tables import Given, Held, Row, Values, by_list
from kpa_model.files.importing.payments.bills import YEAR, Bills, bills_of, label_of
from kpa_model.files.importing.payments.once import same_payment
from kpa_model.files.importing.payments.sent_back import SentBack
from kpa_model.files.importing.payments.sums import Parts, in_parts, told, whole
from kpa_model.files.importing.receipts import sold_apart
from kpa_model.files.importing.received import CENT
from kpa_model.words import count, euros, listing

Suggested = tuple[Row, Parts]
"""A sum, and what it may pay."""
TOPIC = "encaissements.montant"
_AMOUNTS = {"taux", "taux_tva.sens", "colonne.montant_ht", "colonne.montant_tva"}
"""Questions whose answers say what invoices ask."""
_WHOLE = (
    "Le libellé ne dit ni un numéro de facture, ni le nom entier d'un client. Est-ce le paiement de cette facture ?",
    "Ces libellés ne disent ni un numéro de facture, ni le nom entier d'un client. Quelles factures sont payées ?",
)
_PARTED = (
    "Le libellé seul ne dit pas ce que paie cette somme. Est-ce bien cela ?",
    "Le libellé seul ne dit pas ce que paient ces sommes. Quelles lignes sont justes ?",
)
"""What is asked of one sum, and of several."""
_PAID = "la facture de ce montant est déjà payée"
_NO_BILL = "aucune facture n'a ce montant"
_TODO = "Écrivez le numéro de la facture dans le libellé."


def paying(tables: Given, held: Held, before: Sequence[Values], findings: Findings) -> set[str]:
    """Lead each payment without a number to its invoice; return the invoices that are asked about.

    What fits none is left out, and told.

    Those that a label names are settled first; then an amount alone is asked about, never led in silence.

    Args:
        tables: what the files give.
        held: what the book holds.
        before: the payments that the same files gave it before: told again, they pay the same invoices.
        findings: where questions go, and what is left out.
    """
    bills = bills_of(tables, held)
    rows = _among_words(_without_own_numbers(tables.get("encaissements", ()), bills.due, findings), bills)
    returned = SentBack(rows, held.get("encaissements", ()), bills.customers)
    paid = {id(row): [row] for row in rows if row.get("facture")}
    bills.reopen(*returned.held, *(_of(row) for row in rows if id(row) in paid and row in returned))
    backs = {id(row) for row in returned.backs}
    whole = [row for row in rows if id(row) not in paid and row.get("date") and row.get("montant_ttc") is not None]
    whole = sorted((row for row in whole if id(row) not in backs), key=lambda row: row not in returned)
    known, led = [*before], list[Row]()
    for row in whole:  # those that were sent back come first: their invoices wait again
        if told_so := _told(row, bills, led, findings) or _as_before(row, known):
            paid[id(row)] = told_so
            bills.reopen(*(_of(part) for part in told_so if row in returned))
    _say_led(led, findings)
    asked, left = list[Suggested](), defaultdict[str, list[Row]](list)
    for row, parts in _suggested([row for row in whole if id(row) not in paid], bills, left):
        if _refused(row, parts):
            findings.note(row.place(), f"{_said(row)} : c'est d'autre argent, d'après votre réponse.")
        else:
            bills.settle(*parts)
            bills.reopen(*(parts if row in returned else ()))
            asked.append((row, parts))
    agreed, pending = _agreed(asked, bills, findings)
    paid |= {id(row): [_part(row, *part) for part in parts] for row, parts in agreed}
    left.update({why: returned.but(group) for why, group in left.items()})
    known_amounts = not any(doubt.topic in _AMOUNTS for _, doubt in findings.doubts)
    if known_amounts and left.get(_NO_BILL):  # else what invoices ask is not known yet
        sold, left[_NO_BILL] = sold_apart(left[_NO_BILL], bills.due, bills.days, findings)
        tables["factures"] = [*tables.get("factures", ()), *sold]
        paid |= {id(row): [row] for row in whole if row.get("facture")}
    paid |= returned.taken(paid, {id(row) for row, _ in asked} - paid.keys(), findings)
    left[_PAID] = _not_told_yet(left.get(_PAID, ()), [row for row in rows if row.get("facture")], bills, findings)
    for why, group in left.items() if known_amounts else ():
        _leave(group, why, findings)
    if "encaissements" in tables:
        tables["encaissements"] = [each for row in rows for each in paid.get(id(row), ())]
    return pending


def _suggested(rows: Sequence[Row], bills: Bills, left: dict[str, list[Row]]) -> Iterator[Suggested]:
    """Yield what each sum may pay, by its amount; who takes it settles it. Keep those left, by the reason why."""
    for row in rows:
        numbers = bills.of_amount(row)
        made = [number for number in numbers if bills.days.get(number, row.get("date")) <= row.get("date")]
        fitting = bills.waiting(label_of(row), bills.nearest(label_of(row), made))
        if len(fitting) == 1:
            yield row, ((fitting[0], row.get("montant_ttc")),)
        else:
            left[_why(row, fitting, numbers, bills)].append(row)
    unled = left.pop(_NO_BILL, [])
    parted = set[int]()
    for row, parts in in_parts(unled, bills):
        parted.add(id(row))
        yield row, parts
    if rest := [row for row in unled if id(row) not in parted]:
        left[_NO_BILL] = rest


def _not_told_yet(rows: Sequence[Row], given: Sequence[Row], bills: Bills, findings: Findings) -> list[Row]:
    """Return sums without those of a customer that another file gives, with their invoice, about the same day; told."""
    left = list[Row]()
    for row in rows:
        same_ones = (other for other in given if same_payment(row, other))
        if named := next((o for o in same_ones if bills.named(label_of(row), [o.get("facture")])), None):
            text = (
                f"{_said(row)} : c'est le paiement de « {named.get('facture')} » d'un autre fichier. Compté une fois."
            )
            findings.heed(row.place(), text)
        else:
            left.append(row)
    return left


def _without_own_numbers(rows: Sequence[Row], due: Mapping[str, int], findings: Findings) -> list[Row]:
    """Return payments without the numbers that a program gave to them, when a list says none of an invoice; told."""
    lists, known = by_list([row for row in rows if row.get("facture")]), set(map(_plain, due))
    own = [group for group in lists if known and len(group) > 1 and not known & _numbers(group)]
    for group in own:
        told = f"« {group[0].get('facture')} » et les autres ne sont pas des numéros de vos factures."
        findings.heed(
            group[0].place("facture"), f"{told} Chaque paiement est rapproché par son libellé et son montant."
        )
    gone = {id(row) for group in own for row in group}
    return [replace(row, values={**row.values, "facture": ""}) if id(row) in gone else row for row in rows]


def _among_words(rows: Sequence[Row], bills: Bills) -> list[Row]:
    """Return payments whose reference is words, « Règlement F-7 », « Virement interne », with it as a label.

    One number among words proves that a whole column is written so; else a number that is unknown stays one.
    """
    known = {_plain(YEAR.sub("", number)) for number in bills.due} | set(map(_plain, bills.due))
    said = {id(row): _as_label(row) for row in rows if row.get("facture") and _plain(row.get("facture")) not in known}
    free = {row.source for row in rows if id(row) in said and bills.numbered(said[id(row)])}

    def worded(row: Row) -> bool:
        text = str(row.get("facture"))
        return row.source in free or (bool(known) and not re.search(r"\d", text))

    return [said[id(row)] if id(row) in said and worded(row) else row for row in rows]


def _as_label(row: Row) -> Row:
    label = " ".join(filter(None, (row.get("facture"), row.get("libelle", ""))))
    return replace(row, values={**row.values, "facture": "", "libelle": label})


def _numbers(rows: Sequence[Row]) -> set[str]:
    return {_plain(str(row.get("facture"))) for row in rows}


def _plain(number: str) -> str:
    """Return a number without the zeros before it: « 0012 » may be 12."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", same(number))


def _told(row: Row, bills: Bills, led: list[Row], findings: Findings) -> list[Row]:
    """Return the payments that a label tells: of the invoice it names, of all those it names, or of its customer.

    `led` takes those of a customer: no number says which invoice.
    """
    amount, numbered = row.get("montant_ttc"), bills.numbered(row)
    fitting = numbered or bills.named(label_of(row), bills.of_amount(row))
    if len(fitting) > 1 and not numbered:  # of one customer, the invoice that was made that day
        made = [each for each in fitting if bills.days.get(each, row.get("date")) <= row.get("date")]
        fitting = made if len({bills.customers.get(each) for each in fitting}) == 1 else fitting
    if len(fitting) == 1:
        kept = amount
        if 0 < bills.left[fitting[0]] < amount and not bills.asks(fitting[0], amount):
            kept = bills.left[fitting[0]]
            text = (
                f"{_said(row)} : {euros(amount - kept)} de plus que ne demande « {fitting[0]} ». Ce reste n'est pas lu."
            )
            findings.left_out(row.place(), text)
        bills.settle((fitting[0], kept))
        led += [] if numbered else [_part(row, fitting[0], kept)]
        return [_part(row, fitting[0], kept)]
    if numbered and abs(sum(bills.left[each] for each in numbered) - amount) <= CENT:
        parts = [_part(row, each, bills.left[each]) for each in numbered]
        for part in parts:
            bills.settle((part.get("facture"), part.get("montant_ttc")))
        return parts
    return []


def _say_led(rows: Sequence[Row], findings: Findings) -> None:
    """Tell the payments that their customer and their amount lead to an invoice, file by file."""
    for group in by_list(rows):
        told = listing([f"{_said(row)} paie « {row.get('facture')} »" for row in group], most=6)
        what = f"{count(len(group), 'paiement')} sans numéro de facture : le client et le montant disent laquelle"
        findings.heed(group[0].place(), f"{what} ({told}).")


def _as_before(row: Row, known: list[Values]) -> list[Row]:
    """Return the payments that the same file gave before, of this day, that make this amount; each is taken once."""
    that_day = [each for each in known if each.get("date") == row.get("date")]
    for size in range(1, 5):
        for some in combinations(that_day, size):
            if sum(each.get("montant_ttc", 0) for each in some) == row.get("montant_ttc"):
                for each in some:
                    known.remove(each)
                return [_part(row, each["facture"], each.get("montant_ttc")) for each in some]
    return []


def _agreed(asked: Sequence[Suggested], bills: Bills, findings: Findings) -> tuple[list[Suggested], set[str]]:
    """Return what the group agreed to, and the invoices that it is asked about, once for each file."""
    agreed, open_ones = list[Suggested](), defaultdict[tuple[str, str], list[Suggested]](list)
    for row, parts in asked:
        if _key(row, parts) in row.grid.answers.get(TOPIC, "").split("|"):
            agreed.append((row, parts))
        else:
            open_ones[row.source].append((row, parts))
    for group in open_ones.values():
        options = tuple(
            (_key(row, parts), f"{_said(row)}, le {row.get('date'):%d/%m/%Y} : {told(parts, bills)}")
            for row, parts in group
        )
        every, none = "Toutes ces lignes", "Aucune : c'est d'autre argent"
        alone, several = _WHOLE if all(whole(parts, bills) for _, parts in group) else _PARTED
        question = several if len(group) > 1 else alone
        doubt = Doubt(TOPIC, question, options, _TODO, several=True, every=every, none=none)
        findings.doubt(group[0][0].place(), doubt)
    return agreed, {number for group in open_ones.values() for _, parts in group for number, _ in parts}


def _refused(row: Row, parts: Parts) -> bool:
    """Tell whether it was asked, and answered that this sum does not pay this."""
    key, answers = _key(row, parts), row.grid.answers
    return key in answers.get(f"{TOPIC}{ASKED}", "").split("|") and key not in answers.get(TOPIC, "").split("|")


def _why(row: Row, fitting: Sequence[str], numbers: Sequence[str], bills: Bills) -> str:
    """Return why a sum is led to no invoice."""
    if fitting:
        return f"plusieurs factures ont ce montant : {listing([bills.called(each) for each in fitting[:4]])}"
    if numbers:
        return "la facture de ce montant est plus tardive"
    if any(bills.asks(number, row.get("montant_ttc"), left=False) for number in bills.due):
        return _PAID
    return _NO_BILL


def _leave(rows: Sequence[Row], why: str, findings: Findings) -> None:
    """Tell the sums that are led to no invoice, file by file."""
    for group in by_list(rows):
        told = listing([_said(row) for row in group[:6]]) + ("…" if len(group) > 6 else ".")
        if len(group) == 1:
            findings.left_out(group[0].place(), f"ce paiement n'est pas lu : {why}. {told}")
            continue
        total = euros(sum(row.get("montant_ttc", 0) for row in group))
        findings.left_out(
            group[0].place(), f"{count(len(group), 'paiement')} ne sont pas lus ({total}) : {why}. {told}"
        )


def _said(row: Row) -> str:
    label = row.get("libelle", "")
    return f"{euros(row.get('montant_ttc', 0))}{f' « {label} »' if label else ''}"


def _key(row: Row, parts: Parts) -> str:
    return f"{' + '.join(number for number, _ in parts)} {row.get('date')} {row.get('montant_ttc', 0)}".replace(
        "|", " "
    )


def _of(row: Row) -> tuple[str, int]:
    """Return the invoice that a payment pays, and how much of it."""
    return row.get("facture"), row.get("montant_ttc")


def _part(row: Row, invoice: str, amount: int | None = None) -> Row:
    """Return a payment of an invoice, or the part of it that pays one of several."""
    told = {"facture": invoice} if amount is None else {"facture": invoice, "montant_ttc": amount}
    return replace(row, values={**row.values, **told})
