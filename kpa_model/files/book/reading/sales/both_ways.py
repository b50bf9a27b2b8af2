"""Money in and money out: which column says what, what only changes place, what leaves and is no purchase."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpa_model.errors import Refused
from kpa_model.files.book.cells import as_text, bare, cell_at, same
from kpa_model.files.book.closest import words
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.findings import Findings, Outgoing
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.titles import tells_given, time_given
from kpa_model.files.book.reading.sales.statements import ARRIVING
from kpa_model.files.book.reading.sales.states import refunded, sent_back
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.tables import Given, Row
from kpa_model.files.book.vocabulary import word_set
from kpa_model.files.book.where import Place
from kpa_model.money import part_of
from kpa_model.words import count, euros, listing

UNTAXED = "sans la TVA"
_OUT = {"sortie", "sorties", "depense", "depenses"}
_BANK_IN, _BANK_OUT = {"credit", "encaissements"}, {"debit", "decaissements"}
_WHO = {"qui", "personne", "personnes", "prenom", "nom", "equipe", "membre", "membres", "quiafait", "quiatravaille"}
_WHAT = word_set("both_ways.what")
_NOTE = word_set("both_ways.note")
_VAT = {"tva", "montanttva", "montantdetva", "donttva", "tvacomprise", "tauxtva", "tauxdetva"}
_PIECE = {"npiece", "piece", "numerodepiece", "nfacture", "ndefacture", "facture", "numerodefacture", "reffacture"}
_KIND = {"categorie", "rubrique", "poste", "typedeoperation", "typedoperation", "famille"}
_MORE = re.compile(r"\b(t\.?t\.?c\b\.?|h\.?t\b\.?|hors taxes?|hors tva|tva comprise|d.argent)", re.IGNORECASE)
"""What a title says more, of what comes in and goes out."""


@dataclass(frozen=True)
class Ranks:
    """Where each part of the sheet stands; −1 for what it has not."""

    day: int
    what: int
    who: int
    hours: int
    into: int
    out: int
    note: int
    vat: int
    piece: int
    kind: int


def money_both_ways(titles: Sequence[str]) -> bool:
    """Tell whether titles are those of a sheet of work with what comes in and what goes out."""
    said = set(map(_bare, titles))
    worked = bool(said & _WHO) and any(map(tells_given, titles))
    banked = said >= {"encaissements", "decaissements"} or (worked and bool(said & _BANK_IN and said & _BANK_OUT))
    return bool(said & ARRIVING and said & _OUT) or banked


def _bare(title: str) -> str:
    return bare(_MORE.sub("", title))


def ranks_of(block: Block) -> Ranks | None:
    """Return where each part of such a sheet stands, money with its VAT first; None when it is another one."""

    def rank(names: set[str]) -> int:
        found = [at for at, title in enumerate(block.titles) if _bare(title) in names]
        return min(found, key=lambda at: layer(block.titles[at]) == UNTAXED, default=-1)

    days = [at for at in range(len(block.titles)) if sum(map(is_day, block.column(at))) >= 2]
    days = days or [at for at in range(len(block.titles)) if any(map(is_day, block.column(at)))]
    into, out = max(rank(ARRIVING), rank(_BANK_IN)), max(rank(_OUT), rank(_BANK_OUT))
    if not days or any(map(is_day, (*block.column(into), *block.column(out)))):
        return None  # days of coming and leaving are no money
    work = (rank(_WHAT), rank(_WHO), time_given(block.titles, block.column))
    return Ranks(days[0], *work, into, out, rank(_NOTE), rank(_VAT), rank(_PIECE), rank(_KIND))


_PLACES = r"(?:banque|bq|caisse|livret|epargne|compte(?: courant)?|dab|distributeur|interne)"
_MOVED = re.compile(
    rf"(?:depots?|versements?|remises?|retraits?|transferts?|virements?)(?: (?:d'?|en|a|la|vers|de|sur|du|au|cb))* ?"
    rf"(?:especes|cheques?|liquide)? ?(?:(?:en|a|la|vers|de|sur|du|au|a la) )*{_PLACES}\b"
    r"|(?:depots?|versements?|retraits?|remises?)(?: d'| de | )(?:especes|liquide|cheques?)$|retraits?$"
    r"|(?:apports? )?(?:en |de )?fonds? de (?:caisse|roulement)\b|apports?(?: (?:en|a la|de))? caisse\b"
)


def own_money(label: str) -> bool:
    """Tell whether a label only says that our money changes place: it is no sale, and no purchase.

    >>> [own_money(each) for each in ("Dépôt banque", "Retrait DAB", "Fond de caisse", "Remise de chèques")]
    [True, True, True, True]
    >>> [own_money(each) for each in ("Remise fidélité", "Dépôt de pain", "Caisses en bois", "Vente marché")]
    [False, False, False, False]
    """
    return bool(_MOVED.match(same(label)))


def but_moves(block: Block, lines: Sequence[Line], what: int, findings: Findings) -> list[Line]:
    """Return lines without those where our own money changes place: they are told."""
    moved = [line for line in lines if what >= 0 and own_money(as_text(cell_at(line[1], what)))]
    if moved:
        said = listing([f"« {label} »" for label in dict.fromkeys(as_text(cells[what]) for _, cells in moved)])
        numbers = listing([str(int(number)) for number, _ in moved], most=8)
        one = f"{said} (ligne {numbers})" if len(moved) == 1 else f"{said} (lignes {numbers})"
        text = f"{one} : notre argent change de place. Ce n'est ni une vente, ni un achat."
        findings.heed(block.grid.place(), text)
    return [line for line in lines if line not in moved]


_SURE = 4
"""A shorter number may be a day, or a code."""
_CENT = 1
"""VAT is rounded in more than one way."""
_BEFORE, _AFTER = 7, 62
"""How many days before a purchase, and after it, its money may leave: a deposit, an invoice paid later."""

_DEBIT = {"debit", "debiteuros", "montantdebit"}
_CREDIT = {"credit", "crediteuros", "montantcredit"}


_BETWEEN_OURS = re.compile(
    r"\b(?:vir(?:ements?)?|vrt|transferts?)\b.*\b(?:internes?|livret|compte epargne|entre comptes|compte a compte)\b"
)
"""How a bank writes that money goes from one account of ours to another."""


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
        if moved := [each for each in missing if _BETWEEN_OURS.search(same(each.label))]:
            told = listing([f"« {each.label} » ({euros(each.cents)})" for each in moved], most=4)
            findings.heed(place, f"{told} : notre argent change de place. Ce n'est pas un achat.")
        missing = [each for each in missing if each not in moved]
        if missing:
            _say(place, sorted(missing, key=lambda each: -each.cents), bool(bought), findings)
    findings.leaving.clear()


def numbered(label: str, numbers: Iterable[str]) -> str:
    """Return a label that says the number of an invoice, as banks write it, « AV 0009 »; an empty text otherwise."""
    return label if any(len(each) >= _SURE and f" {words(each)} " in f" {words(label)} " for each in numbers) else ""


def credits_paid(tables: Given, findings: Findings) -> None:
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
