"""Our own money that changes place in a book of cash: taken to the bank, drawn from it, put in the till."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpa_model.files.book.cells import as_text, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.words import listing

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
