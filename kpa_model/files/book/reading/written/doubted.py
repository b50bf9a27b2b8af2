"""What a remark, or the name of a list, says of lines that may not count: « annulée », « devis », « à encaisser »."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.grids import Grid, Line, only_text
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.context import NAMES, called
from kpa_model.files.book.reading.sales.states import (
    COUNTED,
    CREDIT,
    SET_ASIDE,
    bounced,
    meaning,
    of_purchases,
    replaces,
)
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
_OUTLAY = pattern("doubted.outlay")
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
    if not remark:
        return ""
    said = same(remark)
    if STRUCK in remark:
        return STRUCK
    if table == "encaissements" and (bounced(remark) or _NOT_YET.search(said) or _NOT_KEPT.search(said)):
        return remark
    if table == "heures" and done_by(remark):
        return remark
    if table == "factures" and (outlay(remark) or (_PART.match(said) and not _CAME.search(said))):
        return remark
    also = {"achats": _NOT_BOUGHT, "heures": _NOT_WORKED}.get(table)
    if also and also.search(said):
        return remark
    if table == "factures" and any(_NOT_SOLD.fullmatch(each.strip(" .!?()")) for each in re.split("[;,]", said)):
        return remark
    if _DOUBTED.search(said) and not replaces(remark):
        return remark
    return remark if table in _LISTED and len(said.split()) <= _FEW and listed_apart(table, remark) else ""


_LISTED, _FEW = ("factures", "achats", "heures"), 4


def listed_apart(table: str, words: str) -> bool:
    """Tell whether words, beside a line or above several, set them apart: « Prévisionnel », « Ancienne version ».

    Hours « à facturer » are done. « RAS », « perdu » beside a line say nothing of the kind.

    >>> [listed_apart("heures", each) for each in ("Prévisionnel", "Bénévolat", "À facturer", "RAS")]
    [True, True, False, False]
    """
    if table == "heures" and ("factur" in same(words) or unpaid(words)):
        return unpaid(words)
    return foreseen(words) or bool(_PUT_AWAY.fullmatch(_own(words)))


def foreseen(name: str) -> bool:
    """Tell whether a name speaks of what is only foreseen, « Ventes prévues », and not of what was done."""
    said = _words(name)
    return bool(_FORECAST.search(said)) and not _DONE.search(said)


def outlay(label: str) -> bool:
    """Tell whether a label says that something was paid for the customer: « Débours », « payé pour votre compte »."""
    return bool(_OUTLAY.search(same(label)))


def left_out(answers: Mapping[str, str], word: str) -> bool:
    """Tell whether the group said that lines of a word do not count, by itself or among others."""
    alone, key = answers.get(f"etat.{bare(word)}"), bare(word)
    return alone == "non" or (bool(key) and key in answers.get(LINES, "").split("|"))


_COLOURS = pattern("doubted.colours", flags=re.IGNORECASE)


def about_colours(text: str) -> bool:
    """Tell whether a sentence speaks of what is seen and not read: « En rouge : factures annulées »."""
    return bool(_COLOURS.search(text))


FORESEEN, OFFERED = "prévu", "offert"
_OF_CREDITS = pattern("doubted.of_credits", r"(nos |les |liste (des |d ))?(WORDS)\b(?!.*\bet\b).*")
_FORECAST = pattern("doubted.forecast", r"\b(WORDS)\b")
_DONE = re.compile(r"\b(reel|realise|fait|effectif|actual|facture)e?(le)?s?\b")
_PUT_AWAY = pattern("doubted.put_away")
_ORDERED = re.compile(r"(commandes?|devis|bons?|estimates?|quotes?|quotations?)( .*)?|b[cl]")
"""Lists of what is ordered or offered: their table says how they are read."""
_GENERIC = re.compile(
    rf"\b(les|des|nos|de|du|d|en|a part|liste|feuille|tableau|factures?|ventes|achats?|depenses?|fournisseurs?"
    rf"|heures|temps|suivi|releve|{NAMES})\b"
)
"""What a name says beside it, of any list."""


def headings(lines: Sequence[Line]) -> list[str]:
    """Return what stands alone on a line above a table, its day apart without a figure.

    « Heures prévues : 35 » is a line of a form.
    """
    alone = filter(None, (only_text(cells) for _, cells in lines))
    return [text for text in alone if ":" not in text and not re.search(r"\d", _DAY.sub("", text))]


def names_of(grid: Grid) -> tuple[str, ...]:
    """Return the name of a list, and what stands alone above it."""
    return called(grid), *headings(grid.above)


_DAY = re.compile(r"\b(\d\d?[/.-]\d\d?[/.-]\d{2,4}|20\d\d)\b")
_OFFERS, _ORDERS = pattern("doubted.offers", r"\b(WORDS)\b"), pattern("doubted.orders", r"\b(WORDS)\b")
_SOLD = re.compile(r"\b(factur|ventes?\b|encaiss|recettes?\b)")


def offered(text: str) -> bool:
    """Tell whether a heading, or a name, speaks of quotes or pro formas, and neither of orders nor of sales.

    >>> [offered(each) for each in ("Suivi des devis", "Factures proforma", "Devis facturés", "Devis et commandes")]
    [True, True, False, False]
    """
    said = _words(text)
    return bool(_OFFERS.search(said)) and not ordered(text) and not _SOLD.search(_OFFERS.sub(" ", said))


def ordered(text: str) -> bool:
    """Tell whether a heading, or a name, speaks of orders or of what was delivered, not of what was invoiced.

    >>> [ordered(each) for each in ("Bons de livraison mai", "Commandes_2026", "Commandes facturées", "Commander")]
    [True, True, False, False]
    """
    return bool(_ORDERS.search(said := _words(text))) and not _SOLD.search(said)


def _words(text: str) -> str:
    return same(re.sub(r"[\W\d_]+", " ", text)).strip()


_UNPAID = pattern("doubted.unpaid", flags=re.IGNORECASE)


def unpaid(name: str) -> bool:
    """Tell whether a name speaks of work that is not the group's, or not to be shared: « Bénévolat », « Hors CAE »."""
    return bool(_UNPAID.search(name))


def _own(name: str) -> str:
    """Return what a name says, but for what any list says."""
    return " ".join(_GENERIC.sub(" ", _words(name)).split())


def of_list(name: str) -> str:
    """Return what the name of a sheet or of a file says of its lines.

    `avoir`, `prévu` for what is only foreseen, `de côté` for drafts, cancelled ones, days off, else `compte`.

    >>> [of_list(each) for each in ("Avoirs 2026", "Ventes prévues", "Factures annulées", "brouillons mai", "Congés")]
    ['avoir', 'prévu', 'de côté', 'de côté', 'de côté']
    >>> {of_list(each) for each in ("Factures et avoirs", "budget et réel", "Commandes", "Achats", "R")}
    {'compte'}
    """
    said = _words(name)
    if _OF_CREDITS.fullmatch(said):
        return CREDIT
    if foreseen(name):
        return FORESEEN
    own = _own(name)
    away = meaning(own) == SET_ASIDE and not of_purchases(own) and not _ORDERED.fullmatch(own)
    return SET_ASIDE if len(own) > 2 and (away or absent(own) or _PUT_AWAY.fullmatch(own)) else COUNTED
