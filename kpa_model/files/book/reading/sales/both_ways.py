"""A sheet with money in and money out: which column says what; our own money that only changes place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kpa_model.files.book.cells import as_text, bare, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.titles import tells_given, time_given
from kpa_model.files.book.reading.sales.statements import ARRIVING
from kpa_model.files.book.vocabulary import word_set
from kpa_model.words import listing

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
