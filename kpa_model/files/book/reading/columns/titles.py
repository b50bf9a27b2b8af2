"""What titles say of amounts and of times: what an invoice asks, the time given; never a price, nor a rest."""

from __future__ import annotations

import re

from kpa_model.files.book.cells import Cell, as_text
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.spread.titled_units import part_of_hour, spaced, unit_of_title

_NOT_WHOLE = re.compile(
    r"devis|estim|pr[ée]vu|rest|solde|acompte|marge|d[ûu]\b|remise|\bp\.?u\b|unit|/ ?h\b|heure|horaire"
    r"|\bkms?\b|kilom|\bqt[ée]s?\b|quantit|\b(nb|nbre|nombre|distance|poids|kg|litres?|jours?|pi[èe]ces?)\b",
    re.IGNORECASE,
)
"""Amounts that are neither what an invoice asks, nor what was spent; what is counted, and is no money."""
_NOT_ASKED = re.compile(r"encaiss|pay[ée]e?s?\b|r[ée]gl[ée]e?s?\b|re[çc]u|achat|co[uû]t", re.IGNORECASE)
"""Other amounts that are not what an invoice asks."""
_VAT = re.compile(r"\btva\b|\btax(e|es)?\b|\bvat\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(heures|dur[ée]e|temps|hours|time|duration|elapsed)\b|\w (secondes|seconds|secs?|minutes|mins?)$"
    r"|^(secondes|seconds|secs|minutes|mins) \w",
    re.IGNORECASE,
)
TIME_UNIT = re.compile(r"[(\[] ?(h|hs?|heures?|hours?|min|mn|minutes?|s|secs?|secondes?) ?[)\]]", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"pr[ée]vu|estim|plan|budget|vendu|factur|\bbill|rest|solde|cumul|supp|taux|semaine|total", re.IGNORECASE
)


def may_be_asked(title: str, table: str = "factures") -> bool:
    """Tell whether an amount may be what an invoice asks, or what was spent: never the price of a piece, nor a rest."""
    other = _NOT_WHOLE.search(title) or (table != "achats" and _NOT_ASKED.search(title))
    return not other and (not _VAT.search(title) or layer(title) != "")


def tells_time(title: str) -> bool:
    """Tell whether a title speaks of time given: « Heures passées », « Blocs de 30 min », never « Heures prévues »."""
    title = spaced(title)
    said = _TIME.search(title) or TIME_UNIT.search(title) or part_of_hour(unit_of_title(title))
    return bool(said) and not _NOT_DONE.search(title)


def says_time(cell: Cell) -> bool:
    """Tell whether a cell is a duration by itself, unit included."""
    text = as_text(cell).casefold()
    return not isinstance(cell, float | int) and any(each in text for each in ("h", ":", "min"))
