"""What stays in hand when pays come: at once, then when the quarter is declared.

ARE and ASS move in the month of the pay. RSA, prime d'activité and AAH move later: three months are declared together
and decide the next three months of rights. Every month of a quarter counts with the amounts of one day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from kpa_model.benefits import parameters
from kpa_model.benefits.allowances import aah, are_left, ass_kept, ass_month
from kpa_model.benefits.layers import NEEDED, band
from kpa_model.benefits.situations import Situation
from kpa_model.benefits.solidarity import QUARTER, ppa, rsa
from kpa_model.money import Cents, round_ratio

USED = (
    "smic_horaire", *NEEDED, "rsa_base", "ppa_base", "ppa_part_gardee", "ppa_bonus_part", "ass_jour",
    "are_part_retenue", "aah_montant", "trimestre_decalage",
)  # fmt: skip
"""Parameters without which nothing here can be computed."""

LATER = ("rsa", "ppa", "aah")
AT_ONCE = ("ass", "are")


@dataclass(frozen=True, eq=False)
class Rights:
    """Benefits in cents. At once: shape `[..., quarters, 3]`, a month each. Later: `[..., quarters]`, for a month."""

    ass: Cents
    are: Cents
    rsa: Cents
    ppa: Cents
    aah: Cents

    def at_once(self) -> Cents:
        """Return ASS and ARE of each quarter, shape `[..., quarters]`."""
        return np.asarray((self.ass + self.are).sum(-1), np.int64)

    def later(self) -> Cents:
        """Return the three months of rights that each quarter decides, shape `[..., quarters]`."""
        return QUARTER * (self.rsa + self.ppa + self.aah)


@dataclass(frozen=True, eq=False)
class InHand:
    """Pays, and the benefits with and without them.

    Attributes:
        pays: net pays in cents, shape `[..., quarters, 3]`.
        without: rights if there were no pay, broadcast to the same shape.
        with_pay: rights with the pays.
        postponed: days of ARE postponed, shape `[..., quarters, 3]`, in hundredths of a day; zero elsewhere.
    """

    pays: Cents
    without: Rights
    with_pay: Rights
    postponed: Cents

    @property
    def paid(self) -> Cents:
        """Sum of the pays, shape `[...]`."""
        return np.asarray(self.pays.sum((-2, -1)), np.int64)

    @property
    def change_at_once(self) -> Cents:
        """Change of ASS and ARE in the months of the pays, shape `[...]`."""
        return np.asarray((self.with_pay.at_once() - self.without.at_once()).sum(-1), np.int64)

    @property
    def change_later(self) -> Cents:
        """Change of RSA, prime d'activité and AAH in the rights that the declarations decide, shape `[...]`."""
        return np.asarray((self.with_pay.later() - self.without.later()).sum(-1), np.int64)

    @property
    def kept(self) -> Cents:
        """What the pays leave in hand in the end, shape `[...]`."""
        return self.paid + self.change_at_once + self.change_later


def in_hand(situation: Situation, pays: npt.ArrayLike, day: date) -> InHand:
    """Return what pays change for a situation.

    Args:
        situation: household and main benefit.
        pays: net pays in cents, in order, shape `[..., months]`; a whole number of quarters.
        day: the amounts of that day apply to every month.

    Raises:
        UncoveredDay: an amount of that day is not known.
        ValueError: the months do not make whole quarters, or a pay is negative.

    >>> from kpa_model.benefits.situations import typical
    >>> int(in_hand(typical("seul_rsa"), [10_000] * 3, date(2026, 6, 1)).kept)
    17955
    """
    whole = np.asarray(pays, np.int64)
    if whole.shape[-1] % QUARTER or not whole.shape[-1] or (whole < 0).any():
        raise ValueError("pays come as whole quarters, none below zero")
    for name in USED:
        parameters.amount(name, day)
    rights, postponed = _rights(situation, whole, day)
    nothing, _ = _rights(situation, np.zeros_like(whole), day)
    return InHand(_quarters(whole), nothing, rights, postponed)


def _quarters(months: Cents) -> Cents:
    return months.reshape(*months.shape[:-1], -1, QUARTER)


def _rights(situation: Situation, pays: Cents, day: date) -> tuple[Rights, Cents]:
    months = _quarters(pays)
    zero = np.zeros_like(months)
    ass = are = zero
    disabled = np.zeros(months.shape[:-1], np.int64)
    if situation.benefit == "ass":
        ass = _quarters(ass_month(day) * ass_kept(pays > 0, day, situation.ass_used).astype(np.int64))
    if situation.benefit == "are":
        are = are_left(situation.allowance, band(day).low.gross_of_net(months), day)
    if situation.benefit == "aah":
        disabled = aah(day, months, situation.home.children)
    postponed = _postponed(situation, are, day)
    if situation.benefit == "aucune":
        nothing = np.zeros(months.shape[:-1], np.int64)
        return Rights(ass, are, nothing, nothing, nothing), postponed
    minimum, prime = _solidarity(situation, months, ass + are, disabled, day)
    return Rights(ass, are, minimum, prime, disabled), postponed


def _solidarity(situation: Situation, months: Cents, other: Cents, disabled: Cents, day: date) -> tuple[Cents, Cents]:
    """Return RSA and prime d'activité; an ASS that stops does not bring RSA by itself: it must be asked for."""
    home = situation.home
    own = months[..., None, :]
    if home.adults == 2:
        partner = np.full_like(own, situation.partner)
        own = np.concatenate([own, partner], axis=-2)
    allowance = np.zeros_like(own)
    allowance[..., 0, :] = disabled[..., None]
    resources = other + disabled[..., None]
    if situation.benefit == "ass":
        resources = np.full_like(other, ass_month(day))
        other = resources
    minimum = rsa(home, day, own.sum(-2), resources)
    prime = ppa(home, [day] * QUARTER, own, other, aah=allowance, paid_on=day)
    return minimum, prime


def _postponed(situation: Situation, are: Cents, day: date) -> Cents:
    """Return the days of ARE postponed, in hundredths of a day."""
    if situation.benefit != "are" or not situation.allowance:
        return np.zeros_like(are)
    days = 100 * int(parameters.amount("are_jours", day))
    return round_ratio((situation.allowance - are) * days, situation.allowance)


def least_useful_pay(day: date) -> int:
    """Return the smallest net pay a month, in cents, from which somebody at RSA keeps something.

    Below, RSA falls by as much as the pay, and the prime d'activité is under what is paid at least.

    >>> least_useful_pay(date(2026, 6, 1))
    2507
    """
    least, slope = parameters.cents("ppa_minimum_verse", day), parameters.ppm("ppa_part_gardee", day)
    return -(-least * 1_000_000 // slope)


def known_day(today: date) -> tuple[date, str]:
    """Return today and nothing, or the last day that is covered and a French warning."""
    first, last = parameters.covered(USED)
    if first <= today <= last:
        return today, ""
    return min(max(today, first), last), parameters.warning_for(USED, today)
