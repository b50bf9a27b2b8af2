"""Several rules on the same months: who gains, who loses, and the few figures that help to talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from kpa_model.indicators import difference, spread
from kpa_model.money import WHOLE, Cents, round_ratio
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule
from kpa_model.story.pay.balance import Balance, balance
from kpa_model.words import count, euros, listing, number, percent

HEAVY_LOSS = WHOLE // 5
"""Losing more than a fifth is said apart."""


@dataclass(frozen=True)
class PersonCompared:
    """One person under one rule, over all the months looked at: cents, change against today's rule, minutes."""

    name: str
    cents: int
    change: int
    minutes: int


@dataclass(frozen=True)
class Figure:
    """A figure for people: its label, its French value, and what it means in one sentence."""

    label: str
    value: str
    about: str = ""


@dataclass(frozen=True)
class View:
    """One rule seen over some months. `figures` come first; `indices` are for those who want them."""

    rule: PayRule
    people: tuple[PersonCompared, ...]
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    indices: tuple[Figure, ...]
    broken: tuple[str, ...]
    balance: Balance


def compare(settlements: Sequence[Sequence[Settlement]], reference: int = 0) -> tuple[View, ...]:
    """Return one view per rule. `settlements[r]` are the same months under rule r; `reference` is today's rule."""
    today, common = _pay(settlements[reference]), _common(settlements[reference])
    return tuple(_view(each, today, common) for each in settlements)


def _common(months: Sequence[Settlement]) -> int:
    """Return what fund and reserve gained, in cents."""
    return sum(int(m.closing.fund - m.opening.fund + m.closing.reserve - m.opening.reserve) for m in months)


def _pay(months: Sequence[Settlement]) -> Cents:
    """Return pay and launch savings together, cents `[M, N]`: what goes to each person, now or in her name."""
    return np.stack([month.pay + month.closing.saved - month.opening.saved for month in months])


def _view(months: Sequence[Settlement], today: Cents, common: int) -> View:
    pay = _pay(months)
    who = np.any([month.month.paid for month in months], axis=0)
    minutes = np.sum([month.month.all_minutes for month in months], axis=0)
    moved = difference.compare(today, pay, who)
    people = tuple(
        PersonCompared(name, int(moved.after[at]), int(moved.change[at]), int(minutes[at]))
        for at, name in enumerate(months[0].month.members)
        if who[at]
    )
    total = moved.after
    return View(
        rule=months[0].rule,
        people=people,
        sentences=_sentences(moved, [person.name for person in people], who, _common(months) - common),
        figures=_figures(months, total, minutes, who),
        indices=_indices(total, who),
        broken=_broken(months),
        balance=balance(months),
    )


def _sentences(moved: difference.Difference, names: list[str], who: np.ndarray, common: int) -> tuple[str, ...]:
    """Tell who gains and who loses, people and the commons; `common` is the change of the commons in cents."""
    shared = (f"Le commun reçoit {euros(abs(common))} de {'plus' if common > 0 else 'moins'}.",) if common else ()
    gain, lose = int(moved.gainers), int(moved.losers)
    if not gain and not lose:
        what = "Aucun montant ne change" if common else "Rien ne change"
        return (f"{what} par rapport à la règle de départ.", *shared)
    heavy = moved.loses_more_than(HEAVY_LOSS)[who]
    hit = [name for name, loses in zip(names, heavy, strict=True) if loses]
    said = [_many(gain, "gagne", "gagnent"), _many(lose, "perd", "perdent")]
    if hit:
        verb = "perd" if len(hit) == 1 else "perdent"
        said.append(f"{listing(hit[:3]) if len(hit) < 4 else count(len(hit), 'personne')} {verb} plus d'un cinquième.")
    return (*said, *shared)


def _many(people: int, one: str, many: str) -> str:
    """Return `Personne ne gagne.`, `1 personne gagne.`, `3 personnes gagnent.`."""
    if not people:
        return f"Personne ne {one}."
    return f"{count(people, 'personne')} {one if people == 1 else many}."


def _figures(months: Sequence[Settlement], total: Cents, minutes: np.ndarray, who: np.ndarray) -> tuple[Figure, ...]:
    low, high = spread.smallest(total, who).exact(), spread.largest(total, who).exact()
    times = spread.ratio(total, who).exact()
    hours = int(minutes[who].sum())
    each_hour = int(round_ratio(int(total.sum()) * 60, hours)) if hours else None
    common = _common(months)
    margin = sum(int(m.month.margin) for m in months)
    share = f" soit {percent(round(common * 1000 / margin) * 1000)} de la marge" if margin > 0 else ""
    return (
        Figure("Le plus petit montant", euros(int(low)) if low is not None else "personne", "En coût total."),
        Figure("Le plus grand montant", euros(int(high)) if high is not None else "personne", "En coût total."),
        Figure("Écart", _times(times) if who.any() else "personne", "Le plus grand montant, divisé par le plus petit."),
        Figure(
            "Une heure, en moyenne", euros(each_hour) if each_hour is not None else "pas d'heures", "En coût total."
        ),
        *_per_hour(total, minutes, who),
        Figure("Pour le commun", euros(common), f"Fonds et réserve,{share}." if share else "Fonds et réserve."),
    )


def _per_hour(total: Cents, minutes: np.ndarray, who: np.ndarray) -> tuple[Figure, ...]:
    """Return the least and the best paid hour: people of very different hours are not compared by amounts alone."""
    worth = [Fraction(int(total[at]) * 60, int(minutes[at])) for at in np.flatnonzero(who & (minutes > 0))]
    if not worth:
        return ()
    low, high = (euros(round(end)) for end in (min(worth), max(worth)))
    return (Figure("Une heure, selon la personne", f"de {low} à {high}", "L'heure la moins payée, et la mieux payée."),)


def _times(times: object) -> str:
    return f"{number(str(round(float(times), 1)))} fois" if times is not None else "le plus petit est zéro"  # type: ignore[arg-type]


def _indices(total: Cents, who: np.ndarray) -> tuple[Figure, ...]:
    def shown(value: object) -> str:
        return "pas de valeur" if value is None else number(str(round(float(value), 2)))  # type: ignore[arg-type]

    middle = spread.median(total, who).exact()
    return (
        Figure(
            "Montant du milieu",
            euros(round(middle)) if middle is not None else "personne",
            "En coût total. La moitié reçoit moins.",
        ),
        Figure(
            "Indice de Gini", shown(spread.gini(total, who).exact()), "0 : tous pareil. Près de 1 : une seule a tout."
        ),
        Figure("Indice de Hoover", shown(spread.hoover(total, who).exact()), "La part à déplacer pour tout égaliser."),
    )


def _broken(months: Sequence[Settlement]) -> tuple[str, ...]:
    """Return one French sentence for each promise: how many months it was kept."""
    said = []
    for promise in months[0].rule.promises:
        kept = sum(bool(promise.kept(month)) for month in months)
        if kept < len(months):
            if len(months) == 1:
                said.append(f"{promise.says()} Non tenu : {promise.verdict(months[0])}")
            else:
                said.append(f"{promise.says()} Tenu {kept} mois sur {len(months)}.")
    return tuple(said)
