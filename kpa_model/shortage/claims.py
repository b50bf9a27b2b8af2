"""When requests exceed the pot: five published ways to share a shortage, in whole cents.

Every method computes the exact award of each person as a fraction. Then `money.split_cents` hands out the odd
cents: largest remainder first and, between equal remainders, the person whose turn it is. Nobody receives
more than asked, nothing is lost.

Source of the whole family: W. Thomson, "Axiomatic and game-theoretic analysis of bankruptcy and taxation
problems: a survey", *Mathematical Social Sciences* 45 (2003), sections 2 and 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpa_model.money import Cents, Turns, split_cents, turns_of
from kpa_model.shortage import arrival
from kpa_model.shortage.arrival import Exact

_MOST = 2**40
"""Refused from here on (eleven thousand million euros): below, no product in this module leaves 64 bits."""


def proportional(pot: npt.ArrayLike, claims: npt.ArrayLike, turn: Turns = 0) -> Cents:
    """Cut every request in the same proportion.

    Args:
        pot: cents ≥ 0, shape `[...]`.
        claims: requests in cents ≥ 0, shape `[..., N]`; `pot` broadcasts against the leading axes.
        turn: number of the month; person `turn mod N` gets the odd cent first among equals.

    Returns:
        Awards in cents, shape `[..., N]`; they sum to `min(pot, sum(claims))` and never exceed the request.

    Raises:
        ValueError: a negative amount, or amounts beyond any cooperative.

    Source:
        Thomson (2003), section 2, "proportional rule"; what Liberapay does when takes exceed the income.

    >>> proportional(700, [120, 240, 90, 350, 200])
    array([ 84, 168,  63, 245, 140])
    """
    pot, claims = _checked(pot, claims)
    return split_cents(pot, claims, turn=turn, if_nobody="keep")


def equal_awards(pot: npt.ArrayLike, claims: npt.ArrayLike, turn: Turns = 0) -> Cents:
    """Give everyone the same amount, but to nobody more than asked (CEA): small requests are met.

    Arguments, result and errors: as `proportional`.

    Source:
        Thomson (2003), section 2, "constrained equal awards rule"; Maimonides, 12th century.

    >>> equal_awards(700, [120, 240, 90, 350, 200])
    array([120, 164,  90, 163, 163])
    """
    pot, claims = _checked(pot, claims)
    return _whole_cents(*_same_level(pot, claims), turn)


def equal_losses(pot: npt.ArrayLike, claims: npt.ArrayLike, turn: Turns = 0) -> Cents:
    """Let everyone give up the same amount, without going below zero (CEL): gaps between requests are kept.

    Losses are the equal awards of what is missing. Arguments, result and errors: as `proportional`.

    Source:
        Thomson (2003), section 2, "constrained equal losses rule".

    >>> equal_losses(700, [120, 240, 90, 350, 200])
    array([ 60, 180,  30, 290, 140])
    """
    pot, claims = _checked(pot, claims)
    lost, bottom = _same_level(claims.sum(-1) - pot, claims)
    return _whole_cents(claims * bottom[..., None] - lost, bottom, turn)


def talmud(pot: npt.ArrayLike, claims: npt.ArrayLike, turn: Turns = 0) -> Cents:
    """Equal awards up to half of each request, then equal losses on the other halves.

    1. Count in half cents, so that half a request is a whole number: half of `d` cents is `d` half cents.
    2. Pot up to half of all requests: equal awards on the halves.
    3. Above: the same on what is missing, since the rule is its own dual.

    Arguments, result and errors: as `proportional`.

    Source:
        R. Aumann, M. Maschler, "Game theoretic analysis of a bankruptcy problem from the Talmud", *Journal of
        Economic Theory* 36 (1985), section 4.

    >>> talmud(20000, [10000, 20000, 30000])
    array([5000, 7500, 7500])
    """
    pot, claims = _checked(pot, claims)
    missing = claims.sum(-1) - pot
    top, bottom = _same_level(2 * np.minimum(pot, missing), claims)
    bottom = 2 * bottom
    return _whole_cents(_dual(top, bottom, claims, pot > missing), bottom, turn)


def random_arrival(pot: npt.ArrayLike, claims: npt.ArrayLike, turn: Turns = 0) -> Cents:
    """Average, over all orders of arrival, of "first come, first served": the exact mean, never a draw.

    The rule is its own dual: the smaller of `pot` and of what is missing is shared (see `shortage.arrival`).

    Cost: up to 16 positive requests, N × 2^(N−1) operations a settlement, vectorised. Above, one settlement
    at a time, about 2 × N² × (pot / unit) operations, the unit being the largest amount that divides all
    requests: milliseconds when people ask in whole euros, seconds when they ask in odd cents.

    Arguments, result and errors: as `proportional`, and WrongRule when an exact count would be too long.

    Source:
        B. O'Neill, "A problem of rights arbitration from the Talmud", *Mathematical Social Sciences* 2
        (1982), section 4.

    >>> random_arrival(70000, [12000, 24000, 9000, 35000, 20000])
    array([ 8167, 16417,  6000, 25916, 13500])
    """
    pot, claims = _checked(pot, claims)
    rows, pots = claims.reshape(math.prod(pot.shape), claims.shape[-1]), pot.reshape(-1)
    awards, positive = np.zeros_like(rows), (rows > 0).sum(-1)
    turns = np.broadcast_to(turns_of(turn, pot.ndim), pot.shape).reshape(-1)
    few = (positive > 0) & (positive <= arrival.LISTED)
    if few.any():
        awards[few] = _arrival_of_few(pots[few], rows[few], int(positive[few].max()), turns[few])
    many = np.flatnonzero(positive > arrival.LISTED)
    least = np.minimum(pots, rows.sum(-1) - pots)
    arrival.check((int(least[row]), rows[row][rows[row] > 0]) for row in many)
    for row in many:
        awards[row] = _arrival_of_many(pots[row], rows[row], int(turns[row]))
    return awards.reshape(claims.shape)


@dataclass(frozen=True)
class Method:
    """One way to share a shortage: name in files, label on screens, reason in one sentence, function."""

    name: str
    label: str
    says: str
    divide: Callable[[npt.ArrayLike, npt.ArrayLike, int], Cents]


METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method(
            "proportionnel",
            "Même proportion",
            "Chaque demande est réduite dans la même proportion.",
            proportional,
        ),
        Method(
            "petites_demandes_d_abord",
            "Petites demandes d'abord",
            "Chacun reçoit la même somme, sans dépasser sa demande.",
            equal_awards,
        ),
        Method(
            "pertes_egales",
            "Pertes égales",
            "Chacun renonce à la même somme, sans descendre sous zéro.",
            equal_losses,
        ),
        Method(
            "talmud",
            "Talmud",
            "On égalise les parts jusqu'aux demi-demandes, puis on égalise les pertes.",
            talmud,
        ),
        Method(
            "arrivee_au_hasard",
            "Arrivée au hasard",
            "Premier arrivé, premier servi : on prend la moyenne de tous les ordres.",
            random_arrival,
        ),
    )
}
"""The methods by their name in rule files."""


def _checked(pot: npt.ArrayLike, claims: npt.ArrayLike) -> tuple[Cents, Cents]:
    """Return the pot, cut to what is asked, and the claims, with the same leading axes."""
    pot, claims = np.asarray(pot, np.int64), np.asarray(claims, np.int64)
    if (pot < 0).any() or (claims < 0).any():
        raise ValueError("a claims problem takes no negative pot and no negative claim")
    if int(claims.max(initial=0)) * max(claims.shape[-1], 1) >= _MOST:
        raise ValueError("claims too large to be shared exactly")
    leading = np.broadcast_shapes(pot.shape, claims.shape[:-1])
    claims = np.broadcast_to(claims, (*leading, claims.shape[-1]))
    return np.asarray(np.minimum(pot, claims.sum(-1)), np.int64), claims


def _same_level(pot: Cents, claims: Cents) -> tuple[Cents, Cents]:
    """Return numerators `[..., N]` and denominators `[...]` of the `min(claim, level)` that sum to `pot`."""
    ordered = np.sort(claims, -1)
    smaller = np.cumsum(ordered, -1) - ordered
    served = smaller + ordered * np.arange(claims.shape[-1], 0, -1) <= pot[..., None]
    cut = claims.shape[-1] - served.sum(-1)
    bottom = np.maximum(cut, 1)
    shared = pot - np.where(served, ordered, 0).sum(-1)
    level = np.where(cut > 0, shared, claims.max(-1, initial=0))
    return np.minimum(claims * bottom[..., None], level[..., None]), bottom


def _dual(top: Exact, bottom: Exact, claims: Exact, where: npt.NDArray[np.bool_]) -> Exact:
    """Turn, in the rows `where`, the shares of what is missing into the shares of the pot."""
    return np.where(where[..., None], claims * bottom[..., None] - top, top)


def _whole_cents(top: Exact, bottom: Exact, turn: Turns) -> Cents:
    """Round the exact awards `top / bottom`, which sum to whole cents: largest remainders, then the turn."""
    share = top // bottom[..., None]
    rest = top - share * bottom[..., None]
    left = np.asarray(rest.sum(-1) // bottom, np.int64)
    if rest.dtype == object:  # beyond 64 bits: the same order, in weights so alike that none is owed a cent
        rest = rest.size**2 + np.unique(rest, return_inverse=True)[1]
    return share.astype(np.int64) + split_cents(left, rest, turn=turn, if_nobody="keep")


def _arrival_of_few(pots: Cents, rows: Cents, most: int, turn: Cents) -> Cents:
    """Return random arrival of pots `[R]`, rows `[R, N]` with at most `most` positive claims in each."""
    missing = rows.sum(-1) - pots
    columns = np.argsort(-rows, -1, kind="stable")[:, :most]
    means = arrival.mean_listed(np.minimum(pots, missing), np.take_along_axis(rows, columns, -1))
    top = np.zeros_like(rows)
    np.put_along_axis(top, columns, means, -1)
    bottom = np.full(len(rows), arrival.whole(most))
    return _whole_cents(_dual(top, bottom, rows, pots > missing), bottom, turn)


def _arrival_of_many(pot: np.int64, claims: Cents, turn: int) -> Cents:
    """Return random arrival of one pot, claims `[N]`, with Python integers."""
    missing = claims.sum() - pot
    asked = claims > 0
    top = np.zeros((1, len(claims)), object)
    top[0, asked] = arrival.mean_counted(int(min(pot, missing)), claims[asked])
    bottom = np.array([arrival.whole(int(asked.sum()))], object)
    top = _dual(top, bottom, claims.astype(object), np.array([pot > missing]))
    return _whole_cents(top, bottom, turn).reshape(-1)
