"""How often something happened, and how sure that is: a whole tally with the interval of Wilson."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

LEVEL = 1.959963984540054
"""Normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True)
class Chance:
    """Something happened `hits` times out of `tries`; its true part is between `low` and `high`, 95 times in 100.

    The interval is not centred on what was seen: near 0 and 1 that would leave the possible.
    """

    hits: int
    tries: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """Return the part seen, from 0 to 1."""
        return self.hits / self.tries if self.tries else float("nan")

    @property
    def half_width(self) -> float:
        """Return how far the truth may be from the part seen, on the longer side."""
        return max(self.high - self.value, self.value - self.low)


def chance(hits: int, tries: int) -> Chance:
    """Return a proportion with its Wilson interval, which stays honest near 0 and 1.

    Source:
        E. Wilson (1927); Brown, Cai & DasGupta, "Interval estimation for a binomial proportion" (2001).

    >>> found = chance(0, 100)
    >>> found.low, round(found.high, 3)
    (0.0, 0.037)
    """
    return Chance(hits, tries, *_wilson(hits / tries, tries)) if tries else Chance(0, 0, 0.0, 1.0)


def clustered(hits: int, squared: int, count: int, per: int) -> Chance:
    """Return a proportion counted several times in each replicate, whose months or years are not independent.

    The interval is that of Wilson with as many independent tries as the spread between replicates shows. One more
    replicate, of the rarer kind from end to end, is imagined when the spread is measured: a few replicates that go
    another way may have been missed. One try for each replicate when nothing, or everything, happened.

    Args:
        hits: times it happened, over all replicates.
        squared: sum over replicates of the square of the times it happened.
        count: replicates.
        per: how many times it could happen in one replicate.

    Source:
        L. Dean & M. Pagano, "Evaluating confidence interval methods for binomial proportions in clustered surveys"
        (2015): Wilson with the effective sample size.
    """
    tries = count * per
    if not tries:
        return Chance(0, 0, 0.0, 1.0)
    part, alone = hits / tries, float(count)
    if 0 < hits < tries and count > 1:
        rare = per if 2 * hits < tries else 0
        spread = max(squared + rare**2 - (hits + rare) ** 2 / (count + 1), 0.0) / count / per**2
        independent = part * (1 - part) / per
        alone = tries / min(max(spread / independent, 1.0), float(per))
    return Chance(hits, tries, *_wilson(part, alone))


def _wilson(part: float, tries: float) -> tuple[float, float]:
    z2 = LEVEL**2
    centre = (part + z2 / (2 * tries)) / (1 + z2 / tries)
    half = LEVEL / (1 + z2 / tries) * sqrt(part * (1 - part) / tries + z2 / (4 * tries**2))
    return (0.0 if part == 0 else max(centre - half, 0.0)), (1.0 if part == 1 else min(centre + half, 1.0))
