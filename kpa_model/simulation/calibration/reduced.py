"""The simulator reduced to what facts are about: monthly orders, sales and people, for very many parameters at once.

Same laws as the whole simulator for enquiries, orders and people, with two shortcuts, tested against it. Accepted
enquiries are drawn directly (thinning a negative binomial gives one). The sum of n order amounts is drawn as a gamma
law with the mean and variance of n log-normal amounts. Arrivals still here and arrivals gone are two independent
Poisson counts (thinning).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rows = Mapping[str, Floats]
"""One array `[R]` per name."""

DIVERSITY = 0.9
"""Standard deviation of the logarithm of ordinary amounts, all poles together."""

LARGE_SPREAD = 0.35
"""The same for large orders."""


@dataclass(frozen=True)
class Prior:
    """What is thought of a parameter before looking: between two limits, uniform or uniform in the logarithm."""

    name: str
    label: str
    low: float
    high: float
    log: bool = True

    def draw(self, u: Floats) -> Floats:
        """Return values from uniforms."""
        if self.log:
            return np.asarray(self.low * (self.high / self.low) ** u)
        return self.low + (self.high - self.low) * u

    def place(self, values: Floats) -> Floats:
        """Return where values stand between the limits, in [0, 1]: the inverse of `draw`."""
        if self.low == self.high:
            return np.full(np.shape(values), 0.5)
        if self.log:
            return np.asarray(np.log(np.asarray(values) / self.low) / np.log(self.high / self.low))
        return np.asarray((np.asarray(values) - self.low) / (self.high - self.low))


PRIORS = (
    Prior("orders", "Commandes ordinaires par mois", 2, 40),
    Prior("amount", "Montant moyen d'une commande ordinaire (€)", 60, 900),
    Prior("regularity", "Régularité des mois", 0.7, 60),
    Prior("growth", "Ventes multipliées par, en un an", 0.5, 8),
    Prior("large", "Grosses commandes par mois", 0.01, 1.5),
    Prior("large_amount", "Montant d'une grosse commande (€)", 1_500, 7_000),
    Prior("founders", "Personnes au début", 4, 12, log=False),
    Prior("arrivals", "Arrivées par mois", 0.3, 6),
    Prior("leaving", "Chance de partir, chaque mois", 0.005, 0.25),
)


def without(priors: tuple[Prior, ...], **fixed: float) -> tuple[Prior, ...]:
    """Return the priors with some parameters held at one value: a simpler model, to see whether it is enough."""
    return tuple(
        Prior(each.name, each.label, fixed[each.name], fixed[each.name], False) if each.name in fixed else each
        for each in priors
    )


@dataclass(frozen=True)
class Clock:
    """Months observed: how long each is (1 is whole) and its season; and the time people had to come.

    Attributes:
        lengths: part of each month that is observed.
        seasons: multiplier of each month.
        known: how many of the months are facts; the next ones are to predict.
        people: months since the first people came, at the last fact about people.
    """

    lengths: tuple[float, ...]
    seasons: tuple[float, ...]
    known: int
    people: float


def draw_rows(priors: tuple[Prior, ...], rows: int, rng: np.random.Generator) -> dict[str, Floats]:
    """Return parameters drawn from the priors."""
    return {each.name: each.draw(rng.random(rows)) for each in priors}


def simulate(rows: Rows, clock: Clock, rng: np.random.Generator) -> dict[str, Floats]:
    """Return what would be seen for each row of parameters.

    Returns:
        `counts`, `large` (those that are large) and `sales` (€) per month `[M, R]`; `passed` and `here` people `[R]`.
    """
    months = len(clock.lengths)
    counts, larges, sales = (np.empty((months, len(rows["orders"]))) for _ in range(3))
    large_sigma = np.expm1(LARGE_SPREAD**2)
    for month, (length, season) in enumerate(zip(clock.lengths, clock.seasons, strict=True)):
        grown = rows["growth"] ** (month / 12)
        usual = rng.poisson(rows["orders"] * season * grown * length * _wobble(rows["regularity"], rng))
        large = rng.poisson(rows["large"] * grown * length)
        counts[month], larges[month] = usual + large, large
        sales[month] = _sum(usual, rows["amount"], np.expm1(DIVERSITY**2), rng)
        sales[month] += _sum(large, rows["large_amount"], large_sigma, rng)
    return {"counts": counts, "large": larges, "sales": sales, **_people(rows, clock.people, rng)}


def _wobble(regularity: Floats, rng: np.random.Generator) -> Floats:
    """Return gamma multipliers of mean one: an over-dispersed month."""
    return np.asarray(rng.gamma(regularity) / regularity)


def _sum(count: npt.NDArray[np.int64], mean: Floats, variation: float, rng: np.random.Generator) -> Floats:
    """Return the sum of `count` amounts of that mean and squared coefficient of variation, zero for none."""
    shape = np.maximum(count, 1e-12) / variation
    return np.where(count > 0, rng.gamma(shape) * mean * variation, 0.0)


def _people(rows: Rows, months: float, rng: np.random.Generator) -> dict[str, Floats]:
    """Return people passed and people still here: founders at the start, arrivals spread over the months."""
    founders, leaving = np.rint(rows["founders"]).astype(np.int64), rows["leaving"]
    stay = (1 - leaving) ** months
    rate = -np.log1p(-leaving)
    still = rows["arrivals"] * (1 - stay) / rate
    here = rng.poisson(still)
    gone = rng.poisson(np.maximum(rows["arrivals"] * months - still, 0))
    return {"passed": (founders + here + gone).astype(float), "here": rng.binomial(founders, stay) + here.astype(float)}
