"""What titles say of amounts and of times: what an invoice asks, the time given; never a price, nor a rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.spread.titled_units import part_of_hour, spaced, unit_of_title
from kpa_model.files.book.vocabulary import pattern

_NOT_WHOLE = re.compile(
    r"devis|estim|pr[ée]vu|rest|solde|acompte|marge|dû\b|du\b(?! (?!ht\b|ttc\b|par\b|le\b|au\b|[àa]\b)\w)|remise"
    r"|cumul|\bytd\b|year.to.date|depuis |\bp\.?u\b|unit|/ ?h\b|heure|horaire"
    r"|discount|balance|deposit|outstanding|num(ber|[ée]ro)|n°|phone|\bt[ée]l\b|siret|siren|code postal|zip"
    r"|\bkms?\b|kilom|\bqt[ée]s?\b|quantit|\b(nb|nbre|nombre|distance|poids|kg|litres?|jours?|pi[èe]ces?)\b",
    re.IGNORECASE,
)
"""Amounts that are neither what an invoice asks, nor what was spent; what is counted, and is no money."""
_NOT_ASKED = pattern("titles.not_asked", flags=re.IGNORECASE)
"""Other amounts that are not what an invoice asks."""
_VAT = re.compile(r"\btva\b|\btax(e|es)?\b|\bvat\b", re.IGNORECASE)
_TIME = pattern("titles.time", flags=re.IGNORECASE)
TIME_UNIT = re.compile(r"[(\[] ?(h|hs?|heures?|hours?|min|mn|minutes?|s|secs?|secondes?) ?[)\]]", re.IGNORECASE)
BESIDE_WORK = pattern("whose.beside_work", r"\b(WORDS)\b", re.IGNORECASE)
"""What a title says of who is named beside who worked: « Saisi par », « Avec »."""
COUNTS = {"combien", "nombre", "nb"}
"""Titles of what is counted, hours as well as things."""
_NOT_DONE = pattern("titles.not_done", flags=re.IGNORECASE)
_IN_PART = pattern("titles.in_part", flags=re.IGNORECASE)
"""What a title says of a time that may be held in another one: billed, overtime."""
_GIVEN = re.compile(
    r"((nb|nbre|nombre|total|totaux) )*(de |des |d.)?(heures?|temps|durees?|h)"
    r"( (tota(l|le|ux|les)|globale?|en tout|passee?s?|travaillee?s?|faite?s?|reel(le)?s?|effecti(f|ve)s?|realisee?s?"
    r"|effectuee?s?|consacree?s?|de travail|sur place|(pour )?chacune?|par (personne|pers|tete)"
    r"|/ ?(personne|pers|p)\.?))*"
)
"""Titles of the time given to what a line sells, « Temps total », « Nb d'heures passées »."""


def tells_given(title: str) -> bool:
    """Tell whether a title is that of the time given, its unit left aside: « Temps total (h) », never « Heures sup ».

    >>> [tells_given(each) for each in ("Temps total (h)", "Nb d'heures", "H", "Heures sup", "Temps prévu", "Total")]
    [True, True, True, False, False, False]
    """
    return bool(_GIVEN.fullmatch(same(re.sub(r"[(\[].*", "", title)).strip()))


def time_given(titles: Sequence[str], columns: Callable[[int], Sequence[Cell]]) -> int:
    """Return where the time given stands: a title says so, or what is counted says its unit; −1 for nowhere."""
    filled = [at for at, title in enumerate(titles) if title and columns(at)]
    named = (at for at in filled if tells_given(titles[at]))
    counted = (at for at in filled if bare(titles[at]) in COUNTS and all(map(says_time, columns(at))))
    return next(named, next(counted, -1))


_DISCOUNT = re.compile(
    r"(montant|total|taux|valeur)?(de|dela|du|des|d)?"
    r"(remises?|rabais|ristournes?|reductions?|promos?|promotions?|codepromo|bons?dereductions?|coupons?|discounts?)"
    r"(amount|rate|ht|ttc|ligne|eur|accordee?s?|appliquee?s?)?"
)


def discounts(title: str) -> bool:
    """Tell whether a title names what is taken off a price.

    >>> [discounts(each) for each in ("Remise (%)", "Montant de la réduction", "Code promo", "Montant HT")]
    [True, True, True, False]
    """
    return bool(_DISCOUNT.fullmatch(bare(title)))


def may_be_asked(title: str, table: str = "factures") -> bool:
    """Tell whether an amount may be what an invoice asks, was spent, or came: no price of a piece, no rest."""
    other = _NOT_WHOLE.search(title) or (table not in ("achats", "encaissements") and _NOT_ASKED.search(title))
    return not other and not discounts(title) and (not _VAT.search(title) or layer(title) != "")


_WHOLE = {"total", "totaux", "prix", "somme", "montant", "montanttotal", "prixtotal", "totalfacture", "totalafacturer"}


def names_amount(title: str) -> bool:
    """Tell whether a title names an amount, and nothing more: « Total », « Prix (€) »."""
    return bare(re.sub(r"€|\b(en )?eur(os?)?\b", "", title, flags=re.IGNORECASE)) in _WHOLE


@lru_cache(maxsize=4096)
def tells_time(title: str) -> bool:
    """Tell whether a title speaks of time given: « Heures passées », « Blocs de 30 min », never « Heures prévues »."""
    title = spaced(title)
    said = _TIME.search(title) or TIME_UNIT.search(title) or part_of_hour(unit_of_title(title))
    return bool(said) and not not_done(title) and not _IN_PART.search(title)


def not_done(title: str) -> bool:
    """Tell whether a title speaks of what was planned, of a rest, of a break: « Heures prévues », « Solde »."""
    return bool(_NOT_DONE.search(title))


def says_time(cell: Cell) -> bool:
    """Tell whether a cell is a duration by itself, unit included."""
    text = as_text(cell).casefold()
    return not isinstance(cell, float | int) and any(each in text for each in ("h", ":", "min"))


# --- what was planned, and what was done ------------------------------------------------------------------------------

OF_TIME = r"(?:(?:heures?|temps|h|nb|hours) )?"
PLANNED = (
    r"(?:pr[ée]v(?:ue?s?|\.)|pr[ée]vision(?:s|nel(?:le)?s?)?|budg[ée]t(?:s|[ée]e?s?)?|estim(?:[ée]e?s?|ations?)"
    r"|objectifs?|allou[ée]e?s?|allocated|planifi[ée]e?s?|plann?ings?|th[ée]oriques?|planned|forecast|target|budgeted|estimated)"
)
DONE = (
    r"(?:r[ée]el(?:le)?s?|r[ée]alis[ée]e?s?|faite?s?|effecti(?:f|fs|ve|ves)|effectu[ée]e?s?|pass[ée]e?s?"
    r"|constat[ée]e?s?|consomm[ée]e?s?|spent|travaill[ée]e?s?|actuals?|done|worked)"
)
_AT_AN_END = r"(?:^{0}\b[ :,/)-]*|[ :,/(–-]*\b{0}\)?$)"
AS_PLANNED = re.compile(_AT_AN_END.format(OF_TIME + PLANNED), re.IGNORECASE)
AS_DONE = re.compile(_AT_AN_END.format(OF_TIME + DONE), re.IGNORECASE)


def says_planned(title: str) -> bool:
    """Tell whether a title says what was only planned, « Heures prévues »; « Prévu / fait » says both."""
    return bool(AS_PLANNED.search(title)) and not re.search(rf"\b{DONE}\b", title, re.IGNORECASE)
