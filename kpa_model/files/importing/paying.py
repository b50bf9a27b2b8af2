"""Which invoice a payment pays: the one its label names; the one of its amount is only asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.tables import Row
from kpa_model.files.importing.paid import amount_said
from kpa_model.files.importing.received import CENT, due_now
from kpa_model.words import count, euros, listing

Values = Mapping[str, Any]
Held = Mapping[str, Sequence[Values]]
TOPIC = "encaissements.montant"
_AMOUNTS = {"taux", "colonne.montant_ht", "colonne.montant_tva"}
"""Questions whose answers say what invoices ask."""
_ONE = "Le libellé ne dit ni un numéro de facture, ni le nom entier d'un client. Est-ce le paiement de cette facture ?"
_QUESTION = (
    "Le libellé de ces sommes ne dit ni un numéro de facture, ni le nom entier d'un client. "
    "Chacune a le montant d'une facture. Lesquelles la paient ?"
)
_TODO = "Écrivez le numéro de la facture dans le libellé."
_LITTLE = {"les", "des", "mme", "monsieur", "madame", "sarl", "sas", "eurl", "scop", "scic"}
"""Words that a bank leaves out of a name."""


@dataclass
class _Bills:
    """The invoices that may be paid: what each asks, what is left of it, whose it is, and from which day."""

    due: Mapping[str, int]
    left: dict[str, int]
    customers: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)
    """Those that a list says to be paid, whatever brought the money."""
    again: set[str] = field(default_factory=set)
    """Those that the book holds as paid: a statement may tell their payment again."""

    def numbered(self, row: Row) -> list[str]:
        """Return the invoices whose number a label says; « 12 » alone may be a day."""
        said = [number for number in self.due if f" {_words(number)} " in f" {_label(row)} "]
        return [number for number in said if len(number) > 2 or re.search(r"[^\W\d]\d", number)]

    def of_amount(self, row: Row) -> list[str]:
        """Return the invoices of an amount: those that wait for it, else those whose payment may be told again."""
        amount = row.get("montant_ttc")
        waiting = [number for number, cents in self.left.items() if abs(cents - amount) <= CENT]
        return waiting or [number for number in self.again if abs(self.due.get(number, 0) - amount) <= CENT]

    def named(self, label: str, numbers: Sequence[str]) -> list[str]:
        """Return those whose customer a label names, every word of it."""
        said = set(label.split())
        return [number for number in numbers if (name := _name(self.customers.get(number, ""))) and name <= said]

    def nearest(self, label: str, numbers: list[str]) -> list[str]:
        """Return the one whose customer shares with a label a word of its own; all of them otherwise."""
        said = set(label.split())
        shared = {number: _name(self.customers.get(number, "")) & said for number in numbers}
        common = set.intersection(*shared.values()) if shared else set()
        own = [number for number, words in shared.items() if words - common]
        return own if len(own) == 1 else numbers

    def waiting(self, label: str, numbers: list[str]) -> list[str]:
        """Return the one that no list says to be paid, or whose last figures a label says; all of them otherwise."""
        said = {int(each) for each in re.findall(r"\d{1,6}", label)}
        figures = {number: re.findall(r"\d+", number)[-1:] for number in numbers}
        for some in (
            [number for number in numbers if number not in self.paid],
            [number for number, last in figures.items() if {int(each) for each in last} & said],
        ):
            if len(some) == 1:
                return some
        return numbers

    def settle(self, number: str, amount: int) -> None:
        """Take a payment off what is left of an invoice."""
        self.left[number] -= amount
        self.again.discard(number)


def paying(tables: dict[str, list[Row]], held: Held, before: Sequence[Values], findings: Findings) -> None:
    """Lead each payment without a number to its invoice; what fits none is left out, and told.

    Those that a label names are settled first; then an amount alone is asked about, never led in silence.

    Args:
        tables: what the files give.
        held: what the book holds.
        before: the payments that the same files gave it before: told again, they pay the same invoices.
        findings: where questions go, and what is left out.
    """
    bills = _bills(tables, held)
    rows = _without_own_numbers(tables.get("encaissements", ()), bills.due, findings)
    paid = {id(row): [row] for row in rows if row.get("facture")}
    whole = [row for row in rows if id(row) not in paid and row.get("date") and row.get("montant_ttc") is not None]
    known = [*before]
    for row in whole:
        if parts := _told(row, bills, findings) or _as_before(row, known):
            paid[id(row)] = parts
    asked: list[tuple[Row, str]] = []
    left: dict[str, list[Row]] = defaultdict(list)
    for row in whole:
        if id(row) in paid:
            continue
        numbers = bills.of_amount(row)
        made = [number for number in numbers if bills.days.get(number, row.get("date")) <= row.get("date")]
        fitting = bills.waiting(_label(row), bills.nearest(_label(row), made))
        if len(fitting) != 1:
            left[_why(row, fitting, numbers, bills)].append(row)
        elif _refused(row, fitting[0]):
            findings.note(row.place(), f"{_said(row)} : c'est d'autre argent, d'après votre réponse.")
        else:
            bills.settle(fitting[0], row.get("montant_ttc"))
            asked.append((row, fitting[0]))
    paid |= {id(row): [_part(row, number)] for row, number in _agreed(asked, bills, findings)}
    if not any(doubt.topic in _AMOUNTS for _, doubt in findings.doubts):  # else what invoices ask is not known yet
        for why, group in left.items():
            _leave(group, why, findings)
    if "encaissements" in tables:
        tables["encaissements"] = [each for row in rows for each in paid.get(id(row), ())]


def _without_own_numbers(rows: Sequence[Row], due: Mapping[str, int], findings: Findings) -> list[Row]:
    """Return payments without the numbers that a program gave to them, when a list says none of an invoice; told."""
    lists: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("facture"):
            lists[row.grid.file, row.grid.sheet].append(row)
    known = set(map(same, due))
    own = [group for group in lists.values() if known and len(group) > 1 and not known & _numbers(group)]
    for group in own:
        told = f"« {group[0].get('facture')} » et les autres ne sont pas des numéros de vos factures."
        findings.heed(
            group[0].place("facture"), f"{told} Chaque paiement est rapproché par son libellé et son montant."
        )
    gone = {id(row) for group in own for row in group}
    return [replace(row, values={**row.values, "facture": ""}) if id(row) in gone else row for row in rows]


def _numbers(rows: Sequence[Row]) -> set[str]:
    return {same(str(row.get("facture"))) for row in rows}


def _bills(tables: Mapping[str, Sequence[Row]], held: Held) -> _Bills:
    due = due_now(tables, held)
    bills = _Bills(due, dict(due))
    for each in (*held.get("encaissements", ()), *(row.values for row in tables.get("encaissements", ()))):
        if each.get("facture") in bills.left:
            bills.left[each["facture"]] -= each.get("montant_ttc") or 0
    bills.again |= {each["facture"] for each in held.get("encaissements", ()) if each.get("facture") in due}
    lists: dict[str, list[Row]] = defaultdict(list)
    for row in tables.get("factures", ()):
        if row.get("facture") and row.get("montant_ht") is not None and row.get("taux_tva") is not None:
            lists[row.get("facture")].append(row)
    bills.paid |= {number for number, rows in lists.items() if amount_said(rows)}
    orders = {each.get("commande"): each.get("libelle", "") for each in held.get("commandes", ())}
    for each in (*held.get("factures", ()), *(row.values for row in tables.get("factures", ()))):
        number, day = each.get("facture", ""), each.get("date")
        said = each.get("client") or each.get("libelle") or orders.get(each.get("commande")) or each.get("commande")
        bills.customers[number] = str(said or "")
        if day:
            bills.days[number] = min(day, bills.days.get(number, day))
    return bills


def _told(row: Row, bills: _Bills, findings: Findings) -> list[Row]:
    """Return the payments that a label tells: of the invoice it names, of all those it names, or of its customer."""
    amount, numbered = row.get("montant_ttc"), bills.numbered(row)
    fitting = numbered or bills.named(_label(row), bills.of_amount(row))
    if len(fitting) == 1:
        kept = amount
        if 0 < bills.left[fitting[0]] < amount - CENT:
            kept = bills.left[fitting[0]]
            text = (
                f"{_said(row)} : {euros(amount - kept)} de plus que ne demande « {fitting[0]} ». Ce reste n'est pas lu."
            )
            findings.left_out(row.place(), text)
        bills.settle(fitting[0], kept)
        return [_part(row, fitting[0], kept)]
    if numbered and abs(sum(bills.left[each] for each in numbered) - amount) <= CENT:
        parts = [_part(row, each, bills.left[each]) for each in numbered]
        for part in parts:
            bills.settle(part.get("facture"), part.get("montant_ttc"))
        return parts
    return []


def _as_before(row: Row, known: list[Values]) -> list[Row]:
    """Return the payment that the same file gave before, of this day and amount; it is taken once."""
    for each in known:
        if (each.get("date"), each.get("montant_ttc")) == (row.get("date"), row.get("montant_ttc")):
            known.remove(each)
            return [_part(row, each["facture"])]
    return []


def _agreed(asked: Sequence[tuple[Row, str]], bills: _Bills, findings: Findings) -> Iterator[tuple[Row, str]]:
    """Yield the payments led by their amount that the group agreed to; ask once, for each file, about the others."""
    open_ones: dict[tuple[str, str], list[tuple[Row, str]]] = defaultdict(list)
    for row, number in asked:
        if _key(row, number) in row.grid.answers.get(TOPIC, "").split("|"):
            yield row, number
        else:
            open_ones[row.grid.file, row.grid.sheet].append((row, number))
    for group in open_ones.values():
        options = tuple(
            (_key(row, number), f"{_said(row)}, le {row.get('date'):%d/%m/%Y} : {_invoice(number, bills)}")
            for row, number in group
        )
        every, none = "Toutes ces lignes", "Aucune : c'est d'autre argent"
        question = _QUESTION if len(group) > 1 else _ONE
        doubt = Doubt(TOPIC, question, options, _TODO, several=True, every=every, none=none)
        findings.doubt(group[0][0].place(), doubt)


def _refused(row: Row, number: str) -> bool:
    """Tell whether it was asked, and answered that this sum does not pay this invoice."""
    key, answers = _key(row, number), row.grid.answers
    return key in answers.get(f"{TOPIC}{ASKED}", "").split("|") and key not in answers.get(TOPIC, "").split("|")


def _why(row: Row, fitting: Sequence[str], numbers: Sequence[str], bills: _Bills) -> str:
    """Return why a sum is led to no invoice."""
    if fitting:
        return f"plusieurs factures ont ce montant : {listing([_invoice(each, bills) for each in fitting[:4]])}"
    if numbers:
        return "la facture de ce montant est plus tardive"
    if any(abs(cents - row.get("montant_ttc")) <= CENT for cents in bills.due.values()):
        return "la facture de ce montant est déjà payée"
    return "aucune facture n'a ce montant"


def _invoice(number: str, bills: _Bills) -> str:
    customer = bills.customers.get(number, "")
    return f"« {number} » ({customer})" if customer and same(customer) not in same(number) else f"« {number} »"


def _leave(rows: Sequence[Row], why: str, findings: Findings) -> None:
    """Tell the sums that are led to no invoice, file by file."""
    files: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        files[row.grid.file, row.grid.sheet].append(row)
    for group in files.values():
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


def _key(row: Row, number: str) -> str:
    return f"{number} {row.get('date')} {row.get('montant_ttc', 0)}".replace("|", " ")


def _part(row: Row, invoice: str, amount: int | None = None) -> Row:
    """Return a payment of an invoice, or the part of it that pays one of several."""
    told = {"facture": invoice} if amount is None else {"facture": invoice, "montant_ttc": amount}
    return replace(row, values={**row.values, **told})


def _label(row: Row) -> str:
    return _words(row.get("libelle", ""))


def _name(text: str) -> set[str]:
    """Return the words that make a name: « Mme Le Guen » is « guen »."""
    return {word for word in _words(text).split() if len(word) > 2 and word.isalpha() and word not in _LITTLE}


def _words(text: str) -> str:
    """Return a text without what banks change in a number: « 2025-31 » is told « 2025 31 » or « 2025/31 »."""
    return re.sub(r"[\W_]+", " ", same(text)).strip()
