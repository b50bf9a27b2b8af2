"""RSA and prime d'activité of a household, from the three months that are declared.

Both are exact until the last line: amounts are held in millionths of a cent, and rounded once. The parameters come
from the files of `data/parametres`; the formulas are those of the codes, as OpenFisca-France writes them.

Source:
    RSA: code de l'action sociale et des familles, L262-2, R262-1 to R262-13. Prime d'activité: code de la sécurité
    sociale, L842-3, R843-1, R844-1 to R844-5, D843-1 to D843-3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kpa_model.benefits import parameters
from kpa_model.benefits.household import Household
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.money import WHOLE, Cents, round_ratio

_SHARES = ("deux_personnes", "personne_suivante", "enfant_suivant", "parent_isole", "parent_isole_enfant")
_HOUSING = ("logement_1", "logement_2", "logement_3")
QUARTER = 3


@dataclass(frozen=True)
class Scale:
    """The amounts of one benefit on one day: cents and parts per million."""

    base: int
    two: int
    next_person: int
    next_child: int
    lone_parent: int
    lone_parent_child: int
    housing: tuple[int, int, int]
    least: int

    def share(self, home: Household) -> int:
        """Return what the base is multiplied by, in parts per million."""
        if home.recent_lone_parent:
            return self.lone_parent + home.children * self.lone_parent_child
        people = home.people
        fourth = self.next_child if home.adults == 1 else self.next_person
        return (
            WHOLE
            + (people >= 2) * self.two
            + (people >= 3) * self.next_person
            + (people >= 4) * fourth
            + max(people - 4, 0) * self.next_child
        )

    def amount(self, home: Household) -> int:
        """Return the amount for a household without resources, in millionths of a cent."""
        return self.base * self.share(home)

    def housing_deduction(self, home: Household) -> int:
        """Return the housing deduction [forfait logement], in millionths of a cent; it stops at three people."""
        if not home.housed:
            return 0
        at = min(home.people, 3)
        share = WHOLE + (at >= 2) * self.two + (at >= 3) * self.next_person
        return int(round_ratio(self.base * share * self.housing[at - 1], WHOLE))


@dataclass(frozen=True)
class Bonus:
    """The individual bonus [bonification]: from `start` to `end` earned, in cents, up to `most` cents."""

    start: int
    end: int
    most: int

    def of(self, earned: Cents) -> Cents:
        """Return the bonus in millionths of a cent, any shape."""
        above = np.clip(earned - self.start, 0, self.end - self.start)
        return round_ratio(above * self.most * WHOLE, self.end - self.start)


@lru_cache(maxsize=512)
def rsa_scale(day: date) -> Scale:
    """Return the amounts of RSA that day. Raises UncoveredDay."""
    return _scale("rsa", day)


@lru_cache(maxsize=512)
def ppa_scale(day: date) -> Scale:
    """Return the amounts of prime d'activité that day. Raises UncoveredDay."""
    return _scale("ppa", day)


def _scale(benefit: str, day: date) -> Scale:
    two, person, child, lone, lone_child = (parameters.ppm(f"{benefit}_{each}", day) for each in _SHARES)
    first, second, third = (parameters.ppm(f"{benefit}_{each}", day) for each in _HOUSING)
    base, least = parameters.cents(f"{benefit}_base", day), parameters.cents(f"{benefit}_minimum_verse", day)
    return Scale(base, two, person, child, lone, lone_child, (first, second, third), least)


@lru_cache(maxsize=512)
def ppa_bonus(day: date) -> Bonus:
    """Return the bonus of that day; its top is rounded to the cent."""
    hour = parameters.cents("smic_horaire", day)
    most = round_ratio(parameters.cents("ppa_base", day) * parameters.ppm("ppa_bonus_part", day), WHOLE)
    start, end = parameters.amount("ppa_bonus_debut", day), parameters.amount("ppa_bonus_fin", day)
    return Bonus(int(start) * hour, int(end) * hour, int(most))


def declared_months(month: CalendarMonth, skipped: int | None = None) -> tuple[CalendarMonth, ...]:
    """Return the three months whose pay decides the rights that begin in `month`, oldest first.

    Until February 2025 the three months before; since March 2025 one month is skipped.

    Args:
        month: first month of the rights.
        skipped: months skipped, for comparisons; by default what the law says that day.
    """
    gap = int(parameters.amount("trimestre_decalage", month.first_day)) if skipped is None else skipped
    return tuple(month + (at - QUARTER - gap) for at in range(QUARTER))


def rsa(home: Household, day: date, earned: npt.ArrayLike, other: npt.ArrayLike = 0) -> Cents:
    """Return the RSA of a month.

    RSA = amount of the household − housing deduction − average of the resources; nothing under 6 €.

    Args:
        home: the household.
        day: a day of the month of the rights.
        earned: net pay of the household in the declared months, in cents, shape `[..., 3]`.
        other: other resources of the same months, in cents, broadcast.

    Returns:
        Cents a month, shape `[...]`.

    Raises:
        UncoveredDay: the amounts of that day are not known.

    >>> int(rsa(Household(), date(2026, 6, 1), [10_000, 10_000, 10_000]))
    47349
    """
    resources = np.asarray(earned, np.int64) + np.asarray(other, np.int64)
    if not home.rsa:
        return np.zeros(resources.shape[:-1], np.int64)
    scale = rsa_scale(day)
    whole = QUARTER * (scale.amount(home) - scale.housing_deduction(home)) - resources.sum(-1) * WHOLE
    paid = np.where(whole >= QUARTER * scale.least * WHOLE, whole, 0)
    return round_ratio(np.maximum(paid, 0), QUARTER * WHOLE)


def ppa(
    home: Household,
    months: Sequence[date],
    earned: npt.ArrayLike,
    other: npt.ArrayLike = 0,
    *,
    aah: npt.ArrayLike = 0,
    paid_on: date | None = None,
) -> Cents:
    """Return the prime d'activité of a month.

    1. For each declared month: F + bonus + s × earned − max(resources + housing deduction, F), not below zero.
    2. The average of the three; nothing under 15 €, nothing when nobody earned anything.

    Args:
        home: the household.
        months: a day of each declared month: its own amounts apply to it.
        earned: net pay of each adult in each declared month, in cents, shape `[..., adults, 3]`.
        other: other resources of the household, in cents, broadcast to `[..., 3]`.
        aah: AAH of each adult, in cents, broadcast to `[..., adults, 3]`; it counts as earned from 29 hours of SMIC.
        paid_on: a day of the month of the rights, for the smallest amount paid; the last declared month by default.

    Returns:
        Cents a month, shape `[...]`.

    Raises:
        UncoveredDay: the amounts of one of these days are not known.

    >>> int(ppa(Household(), [date(2026, 6, 1)] * 3, [[10_000, 10_000, 10_000]]))
    5985
    """
    own = np.asarray(earned, np.int64)
    allowance = np.broadcast_to(np.asarray(aah, np.int64), own.shape)
    rest = np.broadcast_to(np.asarray(other, np.int64), (*own.shape[:-2], QUARTER))
    parts = [_ppa_of(home, day, own[..., at], rest[..., at], allowance[..., at]) for at, day in enumerate(months)]
    least = ppa_scale(paid_on or months[-1]).least
    whole = np.sum(parts, axis=0)
    worked = (own > 0).any((-2, -1)) | home.recent_lone_parent
    paid = np.where((whole >= QUARTER * least * WHOLE) & worked, whole, 0)
    return round_ratio(paid, QUARTER * WHOLE)


def _ppa_of(home: Household, day: date, own: Cents, rest: Cents, allowance: Cents) -> Cents:
    """Return the right of one declared month, in millionths of a cent; `own` and `allowance` are `[..., adults]`."""
    scale = ppa_scale(day)
    limit = int(parameters.amount("ppa_seuil_aah", day)) * parameters.cents("smic_horaire", day)
    as_earned = np.where(own >= limit, allowance, 0)
    counted = own + as_earned
    earned = counted.sum(-1)
    resources = (earned + rest + (allowance - as_earned).sum(-1)) * WHOLE
    flat, slope = scale.amount(home), parameters.ppm("ppa_part_gardee", day)
    right = (
        flat
        + ppa_bonus(day).of(counted).sum(-1)
        + slope * earned
        - np.maximum(resources + scale.housing_deduction(home), flat)
    )
    return np.asarray(np.maximum(right, 0), np.int64)
