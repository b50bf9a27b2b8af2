"""A network of KPAs in whole KPAs and whole years: « Sur 12 KPA, 9 tiennent toutes leurs promesses. »"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isfinite

from kpa_model.pay.rule import PayRule
from kpa_model.simulation.results.reading import SampledValue
from kpa_model.simulation.runs.network import Kpa, Overview, PromiseKept
from kpa_model.story.years.told import SHORT, meanings, whole
from kpa_model.words import count, listing, number, round_euros, whole_euros

MEANING = "Tenir une promesse : la tenir au moins 9 mois sur 10."
COLUMNS = "Les années et les histoires sont comptées sur 100."
MOST_NAMES = 12


def words_told(rules: Sequence[PayRule], floor: int) -> tuple[str, ...]:
    """Return what the words of `rule_told` mean, to say once whatever the rules; `floor` in cents."""
    return (*([MEANING] if any(rule.promises for rule in rules) else []), *meanings(floor))


def rule_told(seen: Overview, rule: PayRule, kpas: Sequence[Kpa], floor: int) -> tuple[str, ...]:
    """Return what a rule does to the network, the promises first; `words_told` says what its words mean."""
    said = [f"Sur {number(len(kpas))} KPA, {_all(seen.keep_all)} toutes les promesses."] if rule.promises else []
    for promise, found in zip(rule.promises, seen.promises, strict=True):
        said.append(f"Promesse : {promise.says()} {_promise_told(found)}")
    said += [
        *spread_told(kpas, floor),
        whole(*seen.low_years, "a un mois bas", "ont un mois bas"),
        whole(*seen.dry, "a un mois sans rien à partager", "ont un mois sans rien à partager", "histoires"),
        whole(*seen.short, *SHORT, "histoires"),
    ]
    return tuple(said)


def spread_told(kpas: Sequence[Kpa], floor: int) -> tuple[str, ...]:
    """Return from where to where mean months go, and how many are under the floor, in cents."""
    low, high = (pick(kpas, key=lambda each: each.each.value) for pick in (min, max))
    ends = [f"{whole_euros(each.each.value)} ({each.name})" for each in (low, high)]
    under = sum(each.each.value < floor for each in kpas)
    return (
        f"Le mois moyen va de {ends[0]} à {ends[1]}." if len(kpas) > 1 else f"Le mois moyen est {ends[0]}.",
        *([f"Dans {count(under, 'KPA', 'KPA')}, le mois moyen est sous {round_euros(floor)}."] if under else []),
    )


def sure(kpas: Sequence[Kpa]) -> str:
    """Return how well the mean month of each KPA is known."""
    widest = max(each.each.half_width for each in kpas)
    if not isfinite(widest):
        return "Avec une seule histoire par KPA, le mois moyen n'est pas sûr. Demandez plus d'histoires."
    return f"Le mois moyen de chaque KPA est connu à {_near(widest)} près ou mieux, 95 fois sur 100."


def amount(each: SampledValue) -> str:
    """Return a mean month and how sure it is: `123 €, à 2 € près`; nothing is said of how sure one history is."""
    near = f", à {_near(each.half_width)} près" if isfinite(each.half_width) else ""
    return f"{whole_euros(each.value)}{near}"


def out_of_hundred(hits: int, tries: int) -> str:
    """Return a part in whole years out of a hundred; what happens once is never said to be nothing."""
    many = round(100 * hits / max(tries, 1))
    if many == 0 and hits:
        return "moins de 1"
    return "plus de 99" if many == 100 and hits < tries else number(many)


def heads(seen: Kpa) -> tuple[str, ...]:
    """Return the heads of the table of KPAs."""
    promises = ("Promesses tenues",) if seen.verdicts else ()
    return ("KPA", "Mois moyen", "Années avec un mois bas", "Avec un mois sans rien", "Avec la caisse vide", *promises)


def row(seen: Kpa) -> tuple[str, ...]:
    """Return the line of one KPA: its name, its mean month, years and histories out of a hundred, its promises."""
    years = out_of_hundred(seen.low_years, seen.years)
    histories = (out_of_hundred(many, seen.replicates) for many in (seen.dry, seen.short))
    return (seen.name, amount(seen.each), years, *histories, *([_kept(seen.verdicts)] if seen.verdicts else []))


def _kept(verdicts: tuple[str, ...]) -> str:
    close = verdicts.count("close")
    said = f"{verdicts.count('yes')} sur {len(verdicts)}"
    return f"{said}, {close} trop près" if close else said


def _near(cents: float) -> str:
    """Return a half-width, rounded up: never said better than it is."""
    return whole_euros(100 * max(1, ceil(cents / 100)))


def _all(many: int) -> str:
    return "aucun ne tient" if many == 0 else f"{number(many)} {'tient' if many == 1 else 'tiennent'} à coup sûr"


def _promise_told(found: PromiseKept) -> str:
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
