"""Total cost → gross → net, as a band: whether the employer relief applies to the pay of a CAPE is not settled.

Two published cases bound the truth, and a group can put its own rates, read on one real payslip, in their place.
Pay is supposed to be under the social security ceiling; health cover [mutuelle] and Alsace-Moselle are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kpa_model.benefits import parameters
from kpa_model.errors import KpaError, Problem
from kpa_model.money import WHOLE, Cents, round_ratio

_PERSON = (
    "net_vieillesse_plafonnee", "net_vieillesse", "net_chomage", "net_arrco", "net_agff", "net_agirc_arrco", "net_ceg",
)  # fmt: skip
_EMPLOYER = (
    "cout_maladie", "cout_famille", "cout_vieillesse_plafonnee", "cout_vieillesse", "cout_autonomie", "cout_arrco",
    "cout_agff", "cout_agirc_arrco", "cout_ceg", "cout_chomage", "cout_ags", "cout_logement", "cout_syndicats",
    "cout_apprentissage", "cout_formation", "cout_accidents", "cout_mobilite",
)  # fmt: skip
_PERSON_PENSION = ("net_arrco", "net_agff", "net_agirc_arrco", "net_ceg")
_EMPLOYER_PENSION = ("cout_arrco", "cout_agff", "cout_agirc_arrco", "cout_ceg")
"""Complementary pension: see circular Agirc-Arrco 2007-6 DRE, read 2026-11-23 in a firm's summary, to check."""
_REDUCED = ("cout_maladie_reduction", "cout_famille_reduction")
_RELIEF = ("allegement_maximum", "allegement_2026_minimum", "allegement_2026_delta")
NEEDED = ("cout_maladie", "cout_chomage", "net_vieillesse", "net_csg_deductible")
"""Parameters that exist on every covered day."""


class WrongPayslip(KpaError):
    """The three figures of a payslip do not fit together."""


@dataclass(frozen=True)
class Rates:
    """How a total cost becomes gross, then net.

    Attributes:
        employer: part added to the gross by the host structure, in parts per million of the gross.
        person_exact: part taken from the gross, in parts per hundred million of the gross.
    """

    employer: int
    person_exact: int

    @property
    def person(self) -> int:
        """Part taken from the gross, in parts per million, rounded: to show, not to compute."""
        return int(round_ratio(self.person_exact, 100))

    def gross(self, cost: npt.ArrayLike) -> Cents:
        """Return the gross of a total cost, in cents, any shape."""
        return round_ratio(_big(cost) * WHOLE, WHOLE + self.employer)

    def net(self, cost: npt.ArrayLike) -> Cents:
        """Return the net of a total cost, in cents: the net of its gross."""
        return self.net_of_gross(self.gross(cost))

    def net_of_gross(self, gross: npt.ArrayLike) -> Cents:
        """Return the net of a gross, in cents, before income tax."""
        return round_ratio(_big(gross) * (100 * WHOLE - self.person_exact), 100 * WHOLE)

    def gross_of_net(self, net: npt.ArrayLike) -> Cents:
        """Return the gross that gives a net, to the nearest cent."""
        return round_ratio(_big(net) * 100 * WHOLE, 100 * WHOLE - self.person_exact)

    def cost(self, gross: npt.ArrayLike) -> Cents:
        """Return the total cost of a gross, in cents."""
        return round_ratio(_big(gross) * (WHOLE + self.employer), WHOLE)

    @property
    def net_per_cost(self) -> int:
        """Net for one euro of total cost, in parts per million."""
        return int(round_ratio((100 * WHOLE - self.person_exact) * WHOLE, 100 * (WHOLE + self.employer)))


@dataclass(frozen=True)
class Band:
    """The two published cases: `low` without any relief, `high` with the largest. Equal when the group knows.

    `unpensioned` is a case of its own: no relief, and no complementary pension, from which a text of 2007 leaves out
    the pay of a CAPE. None when the group knows its rates.
    """

    low: Rates
    high: Rates
    unpensioned: Rates | None = None

    @property
    def known(self) -> bool:
        """Whether both cases are the same."""
        return self.low == self.high


def _big(values: npt.ArrayLike) -> Cents:
    return np.asarray(values, np.int64)


@lru_cache(maxsize=256)
def band(day: date) -> Band:
    """Return the two cases for that day.

    Without relief: every contribution; in 2019-2025 with the sickness and family rates reduced for small pay. With the
    largest relief: the general relief at the level of the SMIC, under 50 people.

    Raises:
        UncoveredDay: the contributions of that day are not known.

    Source:
        Circulaire Agirc-Arrco 2007-6 DRE of 6 April 2007, for pay without complementary pension.
        Code de la sécurité sociale, articles L241-2-1, L241-6-1, L241-13 and D241-7.
    """
    for name in NEEDED:
        parameters.amount(name, day)
    full = _sum(_EMPLOYER, day) - _sum(_REDUCED, day)
    person = _person(day)
    pensions = (_sum(_EMPLOYER_PENSION, day), 100 * _sum(_PERSON_PENSION, day))
    unpensioned = Rates(full - pensions[0], person - pensions[1])
    return Band(Rates(full, person), Rates(full - _sum(_RELIEF, day), person), unpensioned)


def _person(day: date) -> int:
    """Part of the person, in parts per hundred million: contributions, then CSG and CRDS on 98.25 % of the gross."""
    taxed = WHOLE - parameters.ppm("net_abattement_csg", day)
    social = _sum(("net_csg_deductible", "net_csg_imposable", "net_crds"), day)
    return 100 * _sum(_PERSON, day) + social * taxed // 10_000


def _sum(names: tuple[str, ...], day: date) -> int:
    return sum(parameters.ppm_if_any(name, day) for name in names)


def supposed(day: date) -> Mapping[str, int]:
    """Return the employer rates that are only supposed, by label, in parts per million."""
    chosen = [parameters.parameter(name) for name in _EMPLOYER]
    return {
        each.label: parameters.ppm(each.name, day)
        for each in chosen
        if (value := each.on(day)) and value.confidence == "a_confirmer"
    }


def from_payslip(cost: int, gross: int, net: int) -> Rates:
    """Return the rates of one real payslip; the three amounts, in cents, are not kept.

    Rates are rounded to a hundredth of a per cent, so that no amount can be found back.

    Raises:
        WrongPayslip: the cost must be above the gross, and the gross above the net, within what exists.
    """
    if not 0 < net < gross <= cost:
        todo = "Le coût total est le plus grand. Le net est le plus petit."
        raise WrongPayslip(Problem("Bulletin de paie", "ces trois montants ne vont pas ensemble.", todo))
    employer = int(round_ratio((cost - gross) * 10_000, gross)) * 100
    person = int(round_ratio((gross - net) * 10_000, gross)) * 100
    if employer > WHOLE or person > WHOLE // 2:
        todo = "Relisez les trois lignes du bulletin : coût total, brut, net avant impôt."
        raise WrongPayslip(Problem("Bulletin de paie", "les cotisations paraissent trop grandes.", todo))
    return Rates(employer, 100 * person)
