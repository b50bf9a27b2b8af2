"""A network of KPAs in whole KPAs and whole years: « Sur 12 KPA, 9 tiennent toutes leurs promesses. »"""

from __future__ import annotations

from kpa_model.pay.rule import PayRule
from kpa_model.simulation.network import Overview, Promise
from kpa_model.story.years import EMPTY, whole
from kpa_model.words import listing, number, round_euros

MEANING = "Tenir une promesse : la tenir au moins 9 mois sur 10."
MOST_NAMES = 12


def rule_told(seen: Overview, rule: PayRule, floor: int, kpas: int) -> tuple[str, ...]:
    """Return what a rule does to the network, the promises first."""
    said = [f"Sur {number(kpas)} KPA, {_all(seen.keep_all)} toutes les promesses."] if rule.promises else []
    for promise, found in zip(rule.promises, seen.promises, strict=True):
        said.append(f"Promesse : {promise.says()} {_promise_told(found)}")
    said += [
        f"Un mois est bas quand plus de la moitié reçoit moins de {round_euros(floor)}.",
        whole(seen.low_years, "a un mois bas", "ont un mois bas"),
        whole(seen.dry, "a un mois sans rien à partager", "ont un mois sans rien à partager", "histoires"),
        whole(seen.short, "a un mois où la caisse est vide", "ont un mois où la caisse est vide", "histoires"),
        EMPTY,
    ]
    return tuple(said)


def _all(many: int) -> str:
    return "aucune ne tient" if many == 0 else f"{number(many)} {'tient' if many == 1 else 'tiennent'} à coup sûr"


def _promise_told(found: Promise) -> str:
    said = [f"Tenue {number(round(100 * found.months))} mois sur 100, dans tout le réseau."]
    if found.no:
        said.append(f"Avec cette règle, {number(len(found.no))} KPA ne {_verb(found.no)} pas : {_names(found.no)}.")
    if found.close:
        said.append(f"Trop près pour le dire : {_names(found.close)}.")
    return " ".join(said)


def _verb(names: tuple[str, ...]) -> str:
    return "la tient" if len(names) == 1 else "la tiennent"


def _names(names: tuple[str, ...]) -> str:
    if len(names) <= MOST_NAMES:
        return listing(names)
    return f"{', '.join(names[:MOST_NAMES])} et {number(len(names) - MOST_NAMES)} autres, à lire dans la table"
