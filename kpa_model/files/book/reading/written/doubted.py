"""What a remark says of a line that may not count: « annulée », « devis »; of money: « à encaisser », « remboursé »."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.reading.sales.states import bounced, replaces
from kpa_model.files.book.reading.written.done_by import done_by
from kpa_model.files.book.vocabulary import pattern

LINES = "etat.lignes"
"""What was answered of several remarks at once: those whose lines do not count."""
STRUCK = "ligne barrée"
"""The remark of a line that is struck through."""
_DOUBTED = pattern("doubted.doubted")
_NOT_SOLD = pattern("doubted.not_sold")
_NOT_BOUGHT = pattern("doubted.not_bought")
_NOT_WORKED = pattern("doubted.not_worked")
_PART = pattern("doubted.part")
_CAME = re.compile(r"\b(recu|verse|paye|encaisse|regle|deduit|vire|credite|percu|arrive)e?s?\b")
_NOT_YET = pattern("doubted.not_yet")
_NOT_KEPT = pattern("doubted.not_kept")


def doubted(table: str, remark: str) -> str:
    """Return a remark that says a line of a table may not count, « ANNULÉE le 10/03 »; an empty text otherwise.

    >>> [bool(doubted("factures", each)) for each in ("doublon ?", "devis", "devis n° 12 signé", "à encaisser")]
    [True, True, False, False]
    >>> [bool(doubted("encaissements", each)) for each in ("à encaisser", "rendu au client", "payé après relance")]
    [True, True, False]
    """
    said = same(remark)
    if STRUCK in remark:
        return STRUCK
    if table == "encaissements" and (bounced(remark) or _NOT_YET.search(said) or _NOT_KEPT.search(said)):
        return remark
    if table == "heures" and done_by(remark):
        return remark
    if table == "factures" and _PART.search(said) and not _CAME.search(said):
        return remark
    also = {"achats": _NOT_BOUGHT, "heures": _NOT_WORKED}.get(table)
    if also and also.search(said):
        return remark
    if table == "factures" and any(_NOT_SOLD.fullmatch(each.strip(" .!?()")) for each in re.split("[;,]", said)):
        return remark
    return remark if _DOUBTED.search(said) and not replaces(remark) else ""


def left_out(answers: Mapping[str, str], word: str) -> bool:
    """Tell whether the group said that lines of a word do not count, by itself or among others."""
    alone, key = answers.get(f"etat.{bare(word)}"), bare(word)
    return alone == "non" or (bool(key) and key in answers.get(LINES, "").split("|"))


_COLOURS = pattern("doubted.colours", flags=re.IGNORECASE)


def about_colours(text: str) -> bool:
    """Tell whether a sentence speaks of what is seen and not read: « En rouge : factures annulées »."""
    return bool(_COLOURS.search(text))
