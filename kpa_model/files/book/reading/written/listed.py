"""What the name of a list says of all its lines: credit notes, what is only foreseen, what is put away."""

from __future__ import annotations

import re

from kpa_model.files.book.cells import same
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.context import NAMES
from kpa_model.files.book.reading.sales.states import COUNTED, CREDIT, SET_ASIDE, meaning, of_purchases
from kpa_model.files.book.vocabulary import pattern

FORESEEN = "prévu"
_OF_CREDITS = pattern("listed.of_credits", r"(nos |les |liste (des |d ))?(WORDS)\b(?!.*\bet\b).*")
_FORECAST = pattern("listed.forecast", r"\b(WORDS)\b")
_DONE = re.compile(r"\b(reel|realise|fait|effectif|actual|facture)e?(le)?s?\b")
_PUT_AWAY = pattern("listed.put_away")
_ORDERED = re.compile(r"(commandes?|devis|bons?|estimates?|quotes?|quotations?)( .*)?|b[cl]")
"""Lists of what is ordered or offered: their table says how they are read."""
_GENERIC = re.compile(
    rf"\b(les|des|nos|de|du|d|en|a part|liste|feuille|tableau|factures?|ventes|heures|temps|suivi|releve|{NAMES})\b"
)
"""What a name says beside it, of any list."""


def of_list(name: str) -> str:
    """Return what the name of a sheet or of a file says of its lines.

    `avoir`, `prévu` for what is only foreseen, `de côté` for drafts, cancelled ones, days off, else `compte`.

    >>> [of_list(each) for each in ("Avoirs 2026", "Ventes prévues", "Factures annulées", "brouillons mai", "Congés")]
    ['avoir', 'prévu', 'de côté', 'de côté', 'de côté']
    >>> {of_list(each) for each in ("Factures et avoirs", "budget et réel", "Commandes", "Achats", "R")}
    {'compte'}
    """
    said = same(re.sub(r"[\W\d_]+", " ", name)).strip()
    if _OF_CREDITS.fullmatch(said):
        return CREDIT
    if _FORECAST.search(said) and not _DONE.search(said):
        return FORESEEN
    own = " ".join(_GENERIC.sub(" ", said).split())
    away = meaning(own) == SET_ASIDE and not of_purchases(own) and not _ORDERED.fullmatch(own)
    return SET_ASIDE if len(own) > 2 and (away or absent(own) or _PUT_AWAY.fullmatch(own)) else COUNTED
