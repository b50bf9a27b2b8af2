"""What can be promised, what cannot go together and in which month, and a rule found, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from kpa_model.finder.measures import NEVER, Measures
from kpa_model.finder.promised import Clash, Highest, Pots, highest_minimum, highest_saved
from kpa_model.finder.search import FoundRule, Search
from kpa_model.finder.simulated import PossibleYears
from kpa_model.finder.wishes import Wishes
from kpa_model.story.audit.told import month_told
from kpa_model.words import capital, count, euros, listing, number, percent, round_euros, whole_euros

WISHES = {
    "least": "notre minimum",
    "times": "l'écart limité",
    "hour": "une heure de plus qui se voit",
    "commons": "la part du fonds commun",
    "loss": "la perte limitée",
    "mix": "notre mélange de principes",
}
AXES = {
    "least": "Le plus petit montant d'un mois",
    "hour": "Ce que rapporte une heure de plus",
    "commons": "La part du fonds commun",
    "loss": "La plus grande perte",
    "times": "L'écart du plus haut au plus bas",
}


def down(cents: int) -> str:
    """Return an amount in whole euros, rounded down: a promise is never said higher than it is."""
    return f"{number(floor(cents / 100))}\u00a0€"


def promised_told(pots: Pots, commons: int, years: PossibleYears | None) -> tuple[str, ...]:
    """Return the highest minimum that past months could keep, with and without saving, then simulated years."""
    alone, saved = highest_minimum(pots, commons), highest_saved(pots, commons)
    said = [f"Sur vos {number(len(pots.labels))} derniers mois, le plus haut minimum possible est {down(alone.cents)}."]
    said.append(_why(pots, alone, commons))
    if saved.cents // 100 > alone.cents // 100:
        said.append(f"En gardant pour les mois creux, il pourrait aller jusqu'à {down(saved.cents)}.")
    if years is not None:
        said += _years(years)
    return tuple(said)


def _why(pots: Pots, found: Highest, commons: int) -> str:
    left = int(max(pots.after_commons(commons)[found.month], 0))
    people = count(int(pots.people[found.month]), "personne")
    served = ", une fois le fonds commun servi" if commons else ""
    return f"En {month_told(pots.labels[found.month])}, il y a {round_euros(left)} pour {people}{served}."


def _years(years: PossibleYears) -> tuple[str, ...]:
    """Return what 95 simulated years out of 100 can keep, with how sure it is."""
    counted = f"Sur {count(years.years, 'année simulée', 'années simulées')}"
    told: tuple[str, ...] = (
        f"{counted}, 95 sur 100 peuvent tenir {down(years.alone)}.",
        f"C'est entre {down(years.low)} et {down(years.high)}, 95 fois sur 100.",
    )
    if years.high < 100:
        told = (f"{counted}, 95 sur 100 ne peuvent pas tenir 1\u00a0€ chaque mois.",)
    saving = f"En gardant pour les mois creux, 95 sur 100 tiennent {down(years.saved)}."
    return (*told, saving) if years.saved // 100 > years.alone // 100 else told


def clashes_told(found: Sequence[Clash], pots: Pots) -> tuple[str, ...]:
    """Return which wishes do not go together, and in which month."""
    return tuple(_clash(each, pots) for each in found)


def _clash(found: Clash, pots: Pots) -> str:
    names = listing([WISHES[name] for name in found.wishes])
    both = f"{capital(names)} ne vont pas ensemble." if len(found.wishes) > 1 else ""
    if found.month < 0:
        least = percent(ceil(found.possible / 10_000) * 10_000)
        return f"{both} Sur tous ces mois, quelqu'un perdrait au moins {least}.".strip()
    month = month_told(pots.labels[found.month])
    there = f"En {month}, l'enveloppe est de {round_euros(found.pot)} pour {count(found.people, 'personne')}."
    if found.wishes[0] == "times":
        return f"{both} {there} Il faut accepter un écart de {number(str(found.possible / 100))} fois."
    return f"{both} {there} Plus de {down(found.possible)} ne peut être promis, sans rien garder d'avance.".strip()


def search_told(found: Search, wishes: Wishes) -> tuple[str, ...]:
    """Return how many rules were tried, how many are shown, and why the others are not."""
    said = [f"{count(found.tried, 'règle essayée', 'règles essayées')}."]
    if found.refused:
        why = {"overdrawn": "promettre plus que l'enveloppe", "step": "ne pas pouvoir s'appliquer"}
        for name, many in sorted(found.refused.items(), key=lambda pair: -pair[1])[:2]:
            missed = why.get(name) or f"ne pas tenir « {WISHES[name]} »"
            said.append(f"{count(many, 'règle est écartée', 'règles sont écartées')} pour {missed}.")
    if not found.shown:
        return (
            *said,
            "Aucune ne tient ce qu'il faut. Demandez un peu moins, ou dites « beaucoup » au lieu de « il le faut ».",
        )
    said.append("Aucune autre règle essayée ne fait mieux partout à la fois.")
    return tuple(said)


def shown(name: str, measures: Measures) -> str:
    """Return a measure as people read it."""
    value = int(getattr(measures, name))
    if name in ("least", "hour"):
        return round_euros(value)
    if name == "times":
        return "sans limite" if value >= NEVER else f"{number(str(ceil(value / 10) / 10))} fois"
    if name == "loss":
        return "personne ne perd" if value <= 0 else percent(ceil(value / 10_000) * 10_000)
    return percent(value // 10_000 * 10_000)


def rule_told(found: FoundRule, wishes: Wishes) -> tuple[str, ...]:
    """Return what a rule found does, then the wishes it misses."""
    measures = found.measures
    said = [
        f"Le plus petit montant d'un mois est {round_euros(measures.least)}.",
        f"Une heure de plus rapporte en général {round_euros(measures.hour)}.",
        f"Le fonds commun a au moins {shown('commons', measures)} de la marge.",
        f"Le plus haut reçoit {shown('times', measures)} le plus bas."
        if measures.times < NEVER
        else "Quelqu'un ne reçoit rien, un mois.",
        "Personne ne perd par rapport à aujourd'hui."
        if measures.loss <= 0
        else f"La plus grande perte est de {shown('loss', measures)}, par rapport à aujourd'hui.",
    ]
    missed = [
        WISHES[name]
        for name, weight in wishes.weights.items()
        if weight
        and wishes.missing(name, measures.hour_least if name == "hour" else int(getattr(measures, name)))
        and name != "mix"
    ]
    if kept := int(found.given.kept.sum()):
        said.append(_kept(kept, len(found.given.kept)))
    if waits := int(found.given.pot[-1]):
        said.append(f"À la fin, {euros(waits)} attendent dans l'enveloppe.")
    said.append(f"Souhaits non tenus : {listing(missed)}." if missed else "Tous les souhaits sont tenus.")
    return tuple(said)


def _kept(cents: int, months: int) -> str:
    """Return what fund and reserve gain, or give, over the months looked at: money that people do not receive."""
    way = "gagnent" if cents > 0 else "donnent"
    return f"En {count(months, 'mois', 'mois')}, le fonds et la réserve {way} {round_euros(abs(cents))}."


def people_rows(
    found: FoundRule, names: Sequence[str], today: Sequence[int], months: int
) -> list[tuple[str, str, str]]:
    """Return (person, a mean month, change against today) for each person who can be paid."""
    rows = []
    for at, name in enumerate(names):
        mine, before = int(found.given.pay[:, at].sum()), int(today[at])
        if mine or before:
            change = (mine - before) / months
            sign = "+" if change > 0 else "−" if change < 0 else ""
            rows.append((name, whole_euros(mine / months), f"{sign}{whole_euros(abs(change))}"))
    return rows
