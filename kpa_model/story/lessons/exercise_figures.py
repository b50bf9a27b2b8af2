"""Outside figures that exercises use (SMIC, VAT, contributions, CAPE), from the dated files, with how sure they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from kpa_model.benefits import parameters
from kpa_model.benefits.in_hand import known_day
from kpa_model.benefits.layers import band
from kpa_model.money import round_ratio
from kpa_model.pay.cae_scale import scale

_DATED = {
    "smic_horaire": 1,
    "tva_normale": 100,
    "tva_intermediaire": 100,
    "tva_reduite": 100,
    "cape_duree": 1,
    "cape_renouvellements": 1,
}
"""Name → what it is divided by: rates are per cents in the files, parts of one in exercises."""
_RATES = {
    "cotisations_patronales": "Cotisations de la CAE, sans allègement",
    "cotisations_sans_retraite": "Cotisations de la CAE, sans retraite complémentaire (circulaire de 2007)",
    "cotisations_allegees": "Cotisations de la CAE, avec l'allègement",
    "part_nette": "Net reçu pour 1 € de brut",
    "part_nette_sans_retraite": "Net pour 1 € de brut, sans retraite complémentaire (circulaire de 2007)",
    "contribution_cae": "Contribution à la CAE, premier taux publié par Optéos",
}
TO_CHECK = "Ces chiffres sont indicatifs, à vérifier avec la CAE."


@lru_cache(maxsize=8)
def outside_figures(day: date) -> dict[str, Fraction]:
    """Return every outside figure in force that day; after the last known day, the last known ones.

    Rates are in hundredths of a per cent, as they are read: nobody computes with a number that is not shown.
    """
    known, _ = known_day(day)
    found = {name: Fraction(parameters.amount(name, known)) / scale for name, scale in _DATED.items()}
    rates = band(known)
    unpensioned = rates.unpensioned or rates.low
    return found | {
        "cotisations_patronales": _read(rates.low.employer, 1_000_000),
        "cotisations_sans_retraite": _read(unpensioned.employer, 1_000_000),
        "cotisations_allegees": _read(rates.high.employer, 1_000_000),
        "contribution_cae": _read(scale("opteos").brackets[0][1], 1_000_000),
        "part_nette": _read(100_000_000 - rates.low.person_exact, 100_000_000),
        "part_nette_sans_retraite": _read(100_000_000 - unpensioned.person_exact, 100_000_000),
    }


def _read(part: int, whole: int) -> Fraction:
    return Fraction(int(round_ratio(part * 10_000, whole)), 10_000)


def figures_told(names: Iterable[str], day: date) -> tuple[str, ...]:
    """Return one sentence per outside figure used: its name, its value, how sure it is; and whether it is old."""
    known, warning = known_day(day)
    told = []
    for name in dict.fromkeys(names):
        if name in _RATES:
            told.append(f"{_RATES[name]} : à confirmer par la CAE.")
        elif value := parameters.parameter(name).on(known):
            label, sure = parameters.parameter(name).label, parameters.CONFIDENCES[value.confidence]
            told.append(f"{label} : {parameters.parameter(name).written(value)}, {sure}.")
    return (*told, TO_CHECK, *([warning] if warning else [])) if told else ()
