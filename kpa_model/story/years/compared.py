"""Two rules under the same weather, in one sentence first: who gains, who loses, how many euros, how many months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isinf

import numpy as np
import numpy.typing as npt

from kpa_model.simulation.results.outcome import RECENT
from kpa_model.simulation.results.reading import SampledValue, difference, mean
from kpa_model.simulation.results.situations import SITUATIONS
from kpa_model.simulation.results.tally import Tally
from kpa_model.story.years.told import hundreds, month_told
from kpa_model.words import capital, count, listing, number, of, round_euros, uncapital, whole_euros

WHO = {
    "recent": "une personne qui vient d'arriver",
    "few": "une personne qui donne peu d'heures",
    "many": "une personne qui donne beaucoup d'heures",
    "unseen": "une personne aux heures peu facturées",
}
"""Who is in each situation, as a sentence says it."""

SHORT_WHO = {
    "recent": "Vient d'arriver, 3 mois",
    "few": "Peu d'heures",
    "many": "Beaucoup d'heures",
    "unseen": "Heures peu facturées",
}
"""Each situation, as a narrow column says it."""

MEANINGS = (
    "Qui vient d'arriver : ses trois premiers mois.",
    "Peu, ou beaucoup d'heures : le quart du groupe qui en donne le moins, ou le plus.",
    "Heures peu facturées : le quart qui a la plus grande part d'appui, de commun et de formation.",
)
Ints = npt.NDArray[np.int64]

LEAST = 2_00
"""Under two euros a month, two rules give the same to a situation."""

ASIDE = 100_00
"""Under a hundred euros in two years, what is put aside is not talked about."""


def heads(least: int) -> tuple[str, ...]:
    """Return the heads of the table of situations."""
    return ("Situation", "Par mois", "Écart", f"Mois sous {round_euros(least)}")


@dataclass(frozen=True)
class SituationCompared:
    """One situation under both rules.

    Attributes:
        key: one of `SITUATIONS`.
        before: a mean month under the first rule, cents.
        moved: what the second rule adds to it, cents.
        under: months under the minimum over one history, under each rule.
        months: how many months of a history it is about: the first ones alone for whoever has just come.
        worst: first and last rank of the months around the largest difference where it is half as large at least.
        histories, lived: over how many histories, and how many months of pay, this is counted.
    """

    key: str
    before: float
    moved: SampledValue
    under: tuple[float, float]
    months: int
    worst: tuple[int, int]
    histories: int
    lived: int

    @property
    def counts(self) -> bool:
        """Tell whether the difference is sure and worth talking about."""
        return self.moved.clear and abs(self.moved.value) >= LEAST


@dataclass(frozen=True)
class Compared:
    """Two rules compared: the first sentences to read, the same beside a slider, how sure they are, each situation."""

    first: tuple[str, ...]
    brief: tuple[str, ...]
    sure: tuple[str, ...]
    lines: tuple[SituationCompared, ...]

    @property
    def alike(self) -> bool:
        """Tell whether the two rules hardly differ."""
        return not any(line.counts for line in self.lines)


def lines_of(pair: Tally, months: int) -> tuple[SituationCompared, ...]:
    """Read what a pair of rules does to each situation that exists."""
    found = []
    for at, key in enumerate(SITUATIONS):
        there, whole = int(pair["situation_there"][at]), int(pair["situation_months"][at])
        if not there:
            continue
        before = int(pair["situation_before"][at]) / there
        about = min(RECENT, months) if key == "recent" else months
        under = tuple(about * int(each) / whole for each in pair["situation_under"][:, at])
        moved = mean(int(pair["situation"][at]), int(pair["situation_squared"][at]), there)
        worst = _stretch(pair["situation_by_month"][at] * (-1 if moved.value < 0 else 1))
        found.append(SituationCompared(key, before, moved, (under[0], under[1]), about, worst, there, whole))
    return tuple(found)


def _stretch(moved: Ints) -> tuple[int, int]:
    """Return the first and last rank, from 1, of the months around the largest value that are half as large at least.

    >>> _stretch(np.array([0, 5, 9, 10, 4, 8]))
    (2, 4)
    """
    large = 2 * moved >= moved.max()
    first = last = int(moved.argmax())
    while first > 0 and large[first - 1]:
        first -= 1
    while last < len(moved) - 1 and large[last + 1]:
        last += 1
    return first + 1, last + 1


def compared(
    pair: Tally, titles: tuple[str, str], months: int, least: int, opening: int = 1, aside: float = 0
) -> Compared:
    """Return what to read aloud first.

    Args:
        pair: the sums of both rules, history by history.
        titles: of both rules.
        months: how long a history lasts.
        least: the minimum looked at, cents.
        opening: the first month, 1 to 12.
        aside: cents that the second rule leaves more in the fund and the reserve at the end; see `set_aside`.
    """
    lines = lines_of(pair, months)
    moved = sorted((line for line in lines if line.counts), key=lambda line: -abs(line.moved.value))
    if not moved:
        said = (_alike(titles, lines),)
        return Compared(said, said, (_counted(lines),) if lines else (), lines)
    up, down = ([line for line in moved if (line.moved.value > 0) == sign] for sign in (True, False))
    shown = [each[0] for each in (up, down) if each]
    told = [_said(line, least, months, opening) for line in shown]
    told[0] = f"Avec « {titles[1]} » au lieu de « {titles[0]} », {uncapital(told[0])}"
    others = "" if up and down else " ".join(filter(None, [_nobody(lines, -1 if up else 1), _aside(aside)]))
    rest = (others,) if others else ()
    return Compared((*told, *rest), (*(_brief(line, least) for line in shown), *rest), _sure(shown), lines)


def _nobody(lines: tuple[SituationCompared, ...], sign: int) -> str:
    """Return up to how much the other situations may lose (−1) or gain: never less than what is not known."""
    most = max([LEAST, *(sign * line.moved.value + line.moved.half_width for line in lines)])
    if isinf(most):  # one history alone tells nothing
        return ""
    return f"Aucune des situations regardées n'y {'perd' if sign < 0 else 'gagne'} plus de {_up(most)} par mois."


def _aside(cents: float) -> str:
    """Return where the money goes, or comes from, when nobody gains or nobody loses; nothing for little money."""
    if abs(cents) < ASIDE:
        return ""
    way = "de plus" if cents > 0 else "de moins"
    return f"À la fin, le fonds et la réserve ont environ {hundreds(abs(round(cents)))} {way}."


def _alike(titles: tuple[str, str], lines: tuple[SituationCompared, ...]) -> str:
    most = max((abs(line.moved.value) + line.moved.half_width for line in lines), default=0.0)
    if most == 0:
        return f"« {titles[0]} » et « {titles[1]} » donnent la même chose dans ces histoires."
    if isinf(most):
        return f"Une seule histoire ne dit pas ce qui change de « {titles[0]} » à « {titles[1]} »."
    return (
        f"« {titles[0]} » et « {titles[1]} » se ressemblent : moins de {_up(most)} de différence par mois, "
        "quelle que soit la situation."
    )


def _sure(shown: list[SituationCompared]) -> tuple[str, ...]:
    """Return how sure the first sentences are: over how many histories and months of pay, and how near."""
    near = listing([*dict.fromkeys(_up(line.moved.half_width) for line in shown)])
    what, known = ("L'écart", "est connu") if len(shown) == 1 else ("Les deux écarts", "sont connus")
    return _counted(shown), f"{what} {known} à {near} près, 95 fois sur 100."


def _counted(lines: Sequence[SituationCompared]) -> str:
    """Return over how many histories, and months of pay."""
    histories, lived = (max(getattr(line, name) for line in lines) for name in ("histories", "lived"))
    counted = count(histories, "histoire simulée", "histoires simulées")
    return f"Compté sur {counted}, {count(lived, 'mois de paie', 'mois de paie')}."


def _said(line: SituationCompared, least: int, months: int, opening: int) -> str:
    """Return one situation in euros, when, and in months."""
    when = _when(line.worst, months, opening)
    return f"{capital(WHO[line.key])} reçoit {_euros(line)}{when}. {_months(line, least)}"


def _brief(line: SituationCompared, least: int) -> str:
    """Return one situation beside a slider: both rules are named just above."""
    return f"{SHORT_WHO[line.key]} : {_euros(line)}. {_months(line, least).removeprefix('Elle passe ')}"


def _euros(line: SituationCompared) -> str:
    return f"{whole_euros(abs(line.moved.value))} {_way(line.moved)} par mois"


def _when(worst: tuple[int, int], months: int, opening: int) -> str:
    """Return in which months the difference is largest; nothing when it is much the same all along."""
    first, last = worst
    if 2 * (last - first + 1) > months:
        return ""
    one, other = (month_told(rank, opening) for rank in worst)
    if first == last:
        return f", surtout en {one}"
    name, _, year = one.partition(" de l")
    start = name if other.endswith(f" de l{year}") else one
    return f", surtout {of(start)} à {other}"


def _months(line: SituationCompared, least: int) -> str:
    before, after = (round(each) for each in line.under)
    out_of = (
        f"{number(after)} de ses {number(line.months)} premiers mois"
        if line.key == "recent"
        else (f"{count(after, 'mois', 'mois')} sur {number(line.months)}")
    )
    then = "comme avant" if before == after else f"au lieu de {number(before)}"
    return f"Elle passe {out_of} sous {round_euros(least)}, {then}."


def _up(cents: float) -> str:
    """Return a half-width, rounded up: never said better than it is."""
    return whole_euros(100 * max(1, ceil(cents / 100)))


def rows(found: Compared) -> list[tuple[str, ...]]:
    """Return one line per situation for a table."""
    shown = list[tuple[str, ...]]()
    for line in found.lines:
        sign = "+" if line.moved.value > 0 else "−"
        change = f"{sign}{whole_euros(abs(line.moved.value))}, à {_up(line.moved.half_width)} près"
        shown.append((
            SHORT_WHO[line.key], _then(round(line.before / 100), round(line.moved.value / 100)) + "\u00a0€",
            change if line.counts else "pas de différence sûre",
            _then(round(line.under[0]), round(line.under[1]) - round(line.under[0]))
            + (f" (sur {number(line.months)})" if line.key == "recent" else ""),
        ))  # fmt: skip
    return shown


def _then(before: int, moved: int) -> str:
    """Return a number under the first rule, then under the second, as their difference lets expect it."""
    return f"{number(before)}\u00a0→\u00a0{number(before + moved)}"


def cards_told(pair: Tally, least: int, till: SampledValue) -> tuple[str, ...]:
    """Return what cards change under one rule: the mean month, low months, the till; or that nothing is sure.

    Args:
        pair: the sums of the rule without and with the cards.
        least: the minimum looked at, cents.
        till: what is missing in the till with the cards, less without them, cents.
    """
    each, under = difference(pair, "each"), difference(pair, "under")
    said = []
    if each.clear and abs(each.value) >= LEAST:
        much = f"{whole_euros(abs(each.value))} {_way(each)} (à {_up(each.half_width)} près)"
        said.append(f"Avec ces cartes, un mois moyen a {much}.")
    if under.clear and abs(under.value) >= 1:
        near = max(1, ceil(under.half_width))
        said.append(
            f"En tout, {count(round(abs(under.value)), 'mois', 'mois')} {_way(under)} sous {round_euros(least)} "
            f"par histoire, toutes personnes ensemble (à {number(near)} près)."
        )
    short = till.clear and abs(till.value) >= ASIDE
    if not said:
        most = _up(abs(each.value) + each.half_width)
        what = "presque rien à la paie" if short else "presque rien"
        said.append(f"Ces cartes ne changent {what} avec cette règle : moins de {most} par mois et par personne.")
    if short:
        said.append(f"Au plus fort, il manque environ {hundreds(abs(round(till.value)))} {_way(till)} en caisse.")
    return tuple(said)


def _way(moved: SampledValue) -> str:
    return "de plus" if moved.value > 0 else "de moins"
