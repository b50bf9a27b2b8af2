"""What leaves an account, beside the purchases of the group: those that a list gives already are not missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kpa_model.errors import Refused
from kpa_model.files.book.cells import bare, cell_at
from kpa_model.files.book.closest import words
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.findings import Findings, Outgoing, Place
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.states import refunded, sent_back
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.tables import Row
from kpa_model.money import part_of
from kpa_model.words import count, euros, listing

_SURE = 4
"""A shorter number may be a day, or a code."""
_CENT = 1
"""VAT is rounded in more than one way."""
_BEFORE, _AFTER = 7, 62
"""How many days before a purchase, and after it, its money may leave: a deposit, an invoice paid later."""

_DEBIT = {"debit", "debiteuros", "montantdebit"}
_CREDIT = {"credit", "crediteuros", "montantcredit"}


def say_leaving(bought: Sequence[Row], findings: Findings) -> None:
    """Tell what leaves accounts and is no purchase that the files give, the largest sums first."""
    left = [row for row in bought if row.get("montant_ht") is not None]
    leaving: dict[tuple[str, str], tuple[Place, list[Outgoing]]] = {}
    for place, out in findings.leaving:
        leaving.setdefault((place.file, place.sheet), (place, []))[1].extend(out)
    for place, out in leaving.values():
        missing = [each for each in out if not _taken(each, left)]
        if known := len(out) - len(missing):
            found = count(known, "somme qui sort est déjà", "sommes qui sortent sont déjà")
            findings.note(place, f"{found} dans la liste des achats.")
        if missing:
            _say(place, sorted(missing, key=lambda each: -each.cents), bool(bought), findings)
    findings.leaving.clear()


def numbered(label: str, numbers: Iterable[str]) -> str:
    """Return a label that says the number of an invoice, as banks write it, « AV 0009 »; an empty text otherwise."""
    return label if any(len(each) >= _SURE and f" {words(each)} " in f" {words(label)} " for each in numbers) else ""


def credits_paid(tables: dict[str, list[Row]], findings: Findings) -> None:
    """Lead money that leaves to the credit note of its amount that its label says, and tell it; the rest only leaves.

    What says that a payment was sent back stays as it is.
    """
    due = Counter[str]()
    for row in tables.get("factures", ()):
        if row.get("facture") and row.get("montant_ht") is not None:
            due[row.get("facture")] += sum(_asked(row))
    kept = list[Row]()
    for row in tables.get("encaissements", ()):
        label, cents = row.get("libelle", ""), row.get("montant_ttc") or 0
        if cents >= 0 or row.get("facture") or sent_back(label) or refunded(label):
            kept.append(row)
            continue
        said = [each for each in due if due[each] < 0 and numbered(label, [each])]
        if len(said) == 1 and abs(due[said[0]] - cents) <= _CENT:
            kept.append(replace(row, values={**row.values, "facture": said[0]}))
            findings.note(row.place(), f"{euros(-cents)} « {label} » : c'est l'avoir « {said[0]} », rendu.")
        else:
            out = Outgoing(label, -cents, f"{row.get('date'):%d/%m/%Y}" if row.get("date") else "")
            findings.leaving.append((row.grid.place(row.line), [out]))
    if "encaissements" in tables:
        tables["encaissements"] = kept


def only_leaves(block: Block, findings: Findings) -> bool:
    """Tell whether lines are the debits of a bank, and no credit; they are told then: they pay no invoice."""
    out = [at for at, title in enumerate(block.titles) if bare(title) in _DEBIT]
    came = [at for at, title in enumerate(block.titles) if bare(title) in _CREDIT]
    sums = [sum(abs(cents_in(cell_at(cells, at))) for at in out) for _, cells in block.lines]
    if not any(sums) or any(cents_in(cell) for at in came for cell in block.column(at)):
        return False
    told = f"ce relevé ne contient que des débits ({euros(sum(sums))}) : aucun argent n'y arrive. Rien n'y est lu."
    todo = "Si ce sont des achats du groupe, ajoutez la liste des achats."
    findings.left_out(block.grid.place(block.head), f"{told} Si un client a payé, donnez aussi les crédits. {todo}")
    return True


def _taken(sum_out: Outgoing, left: list[Row]) -> bool:
    """Tell whether a purchase has this amount, near this day; it is taken off those that are left."""
    for row in left:
        if any(abs(cents - sum_out.cents) <= _CENT for cents in _asked(row)) and _near(sum_out.day, row.get("date")):
            left.remove(row)
            return True
    return False


def _asked(row: Row) -> Iterable[int]:
    """Return what a purchase asks: with its VAT, as far as its line tells it."""
    before, rate, whole = row.get("montant_ht"), row.get("taux_tva"), row.get("montant_ttc")
    return [whole] if whole is not None else [before + int(part_of(before, rate or 0))]


def _near(text: str, bought: date | None) -> bool:
    try:
        return bought is None or -_BEFORE <= (read_date(text) - bought).days <= _AFTER
    except Refused:
        return True


def _say(place: Place, out: Sequence[Outgoing], listed: bool, findings: Findings) -> None:
    told = listing([f"{each.label} {euros(each.cents)}".strip() for each in out], most=4)
    one = "ligne où l'argent sort n'est pas lue" if len(out) == 1 else "lignes où l'argent sort ne sont pas lues"
    sums = f"{euros(sum(each.cents for each in out))} en tout ({told})"
    todo = "ajoutez-les à la liste des achats." if listed else "ajoutez la liste des achats."
    more = f"Si ce sont des achats du groupe, il manque cette somme : {todo}"
    findings.left_out(place, f"{len(out)} {one} : {sums}. {more}")
