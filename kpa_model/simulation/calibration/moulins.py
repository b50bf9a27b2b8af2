"""Calibration on what is published of KPA-Moulins: learn from 2018, predict 1 January to 7 February 2019.

Caveats to show with any result: whether the sales include VAT is not said; remembered orders are remembered because
they were large; nothing published can validate hours, points or pay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp

import numpy as np

from kpa_model.money import WHOLE
from kpa_model.simulation.calibration.abc import Posterior, calibrate, table
from kpa_model.simulation.calibration.checks import Prediction, leave_one_out, predict
from kpa_model.simulation.calibration.reduced import PRIORS, Clock, Floats, Prior, without
from kpa_model.simulation.weather.scenario import USUAL_SEASONS

SALES_2018 = 19_460.0
"""Euros, June to December 2018."""

SALES_2019 = 11_060.0
"""Euros, 1 January to 7 February 2019: 30 520 − 19 460."""

PASSED, HERE = 30.0, 20.0
"""People passed since March 2018; people under contract."""

ROWS, KEEP = 2_000_000, 2_000
QUICK_ROWS, QUICK_KEEP = 200_000, 1_000

_SEASONS = tuple(USUAL_SEASONS[month % 12] / WHOLE for month in range(5, 14))
CLOCK = Clock(lengths=(1.0,) * 8 + (0.25,), seasons=_SEASONS, known=7, people=12.0)
"""June 2018 to 7 February 2019; 2018 is known."""


@dataclass(frozen=True, eq=False)
class Report:
    """What the published figures tell, and how the model predicts 2019; `simple` has neither growth nor large orders.

    `posterior` learns from 2018 only, `whole` from 2018 and the start of 2019. `left_out` names each fact with what the
    others let expect of it: euros, or people.
    """

    posterior: Posterior
    whole: Posterior
    prediction: Prediction
    simple: Prediction
    left_out: tuple[tuple[str, Prediction], ...]
    rows: int


def look_at_2018(seen: Mapping[str, Floats]) -> Floats:
    """Return what is compared with the facts of 2018."""
    return _scaled(seen["sales"][: CLOCK.known].sum(0), seen["passed"], seen["here"])


def look_at_both(seen: Mapping[str, Floats]) -> Floats:
    """Return the same, and the sales of 1 January to 7 February 2019."""
    later = np.log(np.maximum(seen["sales"][CLOCK.known :].sum(0), 50.0))
    return np.column_stack([look_at_2018(seen), later])


def facts_of_2018() -> Floats:
    """Return the facts on the same scale."""
    return np.asarray(_scaled(np.array([SALES_2018]), np.array([PASSED]), np.array([HERE]))[0])


def _scaled(sales: Floats, passed: Floats, here: Floats) -> Floats:
    return np.column_stack([np.log(np.maximum(sales, 50.0)), np.sqrt(passed), np.sqrt(here)])


def calibrate_moulins(rows: int = QUICK_ROWS, keep: int = QUICK_KEEP, seed: int = 1) -> Report:
    """Calibrate on 2018, predict the start of 2019, with the whole model and with a simpler one."""
    posterior, prediction = _one(PRIORS, rows, keep, seed)
    both, facts = table(PRIORS, CLOCK, look_at_both, rows, seed), np.append(facts_of_2018(), np.log(SALES_2019))
    whole = calibrate(both, facts, keep)
    _, simple = _one(without(PRIORS, growth=1.0, large=1e-9), rows, keep, seed)
    expected = leave_one_out(both, facts, keep, CLOCK, look_at_both, seed)
    left_out = tuple((name, _read(each, back)) for (name, back), each in zip(FACTS, expected, strict=True))
    return Report(posterior, whole, prediction, simple, left_out, rows)


FACTS: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("Ventes de juin à décembre 2018 (€)", exp),
    ("Personnes passées depuis mars 2018", lambda root: root**2),
    ("Personnes sous contrat", lambda root: root**2),
    ("Ventes du 1er janvier au 7 février 2019 (€)", exp),
)
"""What `look_at_both` looks at, and how to go back to euros and people."""


def _read(seen: Prediction, back: Callable[[float], float]) -> Prediction:
    return Prediction(back(seen.low), back(seen.middle), back(seen.high), back(seen.observed), seen.chance)


def _one(priors: tuple[Prior, ...], rows: int, keep: int, seed: int) -> tuple[Posterior, Prediction]:
    found = calibrate(table(priors, CLOCK, look_at_2018, rows, seed), facts_of_2018(), keep)
    return found, predict(found, CLOCK, SALES_2019, seed)
