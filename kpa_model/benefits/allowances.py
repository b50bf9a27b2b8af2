"""ASS, ARE and AAH beside a small pay.

Source:
    ASS: code du travail, L5423-1, R5425-2 to R5425-4. ARE: règlement d'assurance chômage, article 30; Unédic circular
    of April 2007 for the CAPE. AAH: code de la sécurité sociale, L821-3, R821-4-1, D821-9, D821-10.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from kpa_model.benefits import parameters
from kpa_model.money import WHOLE, Cents, part_of, round_ratio


def ass_month(day: date) -> int:
    """Return a full month of ASS, in cents: thirty days. Raises UncoveredDay."""
    return parameters.cents("ass_jour", day) * int(parameters.amount("ass_jours", day))


def ass_kept(paid: npt.ArrayLike, day: date, used: int = 0) -> npt.NDArray[np.bool_]:
    """Tell in which months ASS is paid.

    Any month with a pay, however small, uses one of three months of full cumulation. In the fourth, ASS stops. Three
    whole months without pay give three new months. A month without pay keeps the allowance here; in life, ask.

    Args:
        paid: whether there is a pay, shape `[..., months]`, in order.
        day: a day of the period, for the two counts of the law.
        used: months of cumulation already used before the first one.

    Returns:
        Booleans, same shape: True where ASS is paid.

    >>> ass_kept([1, 1, 1, 1, 0], date(2026, 6, 1))
    array([ True,  True,  True, False,  True])
    """
    active = np.asarray(paid, bool)
    most = int(parameters.amount("ass_mois_cumul", day))
    pause = int(parameters.amount("ass_mois_sans_activite", day))
    counted = np.full(active.shape[:-1], used, np.int64)
    idle = np.zeros(active.shape[:-1], np.int64)
    kept = np.empty(active.shape, bool)
    for at in range(active.shape[-1]):
        counted = np.where(idle >= pause, 0, counted)
        counted = counted + active[..., at]
        idle = np.where(active[..., at], 0, idle + 1)
        kept[..., at] = ~active[..., at] | (counted <= most)
    return kept


def are_left(monthly: npt.ArrayLike, gross: npt.ArrayLike, day: date) -> Cents:
    """Return the ARE of a month less 70 % of the gross pay, before days are rounded, in cents.

    >>> int(are_left(100_000, 15_000, date(2026, 6, 1)))
    89500
    """
    kept = np.asarray(monthly, np.int64) - part_of(gross, parameters.ppm("are_part_retenue", day))
    return np.asarray(np.maximum(kept, 0), np.int64)


def aah(day: date, earned: npt.ArrayLike, children: int = 0) -> Cents:
    """Return the AAH of a month for somebody who works in an ordinary place, after the first six months.

    80 % of the pay is not counted up to 30 % of the gross SMIC, 40 % beyond. The ceiling rises by half the amount for
    each child; other resources are supposed to be zero.

    Args:
        day: a day of the month of the rights.
        earned: net pay in the three months before, in cents, shape `[..., 3]`.
        children: dependent children.

    Returns:
        Cents a month, shape `[...]`.
    """
    most = parameters.cents("aah_montant", day)
    year = 4 * np.asarray(earned, np.int64).sum(-1)
    hours = parameters.amount("smic_heures", day)
    smic_year = 12 * parameters.cents("smic_horaire", day) * int(hours * 100)  # hundredths of a cent
    step = int(round_ratio(smic_year * parameters.ppm("aah_tranche", day), 100 * WHOLE))
    first = np.minimum(year, step)
    counted = first * (WHOLE - parameters.ppm("aah_abattement_1", day)) + (year - first) * (
        WHOLE - parameters.ppm("aah_abattement_2", day)
    )
    ceiling = 12 * WHOLE * most + 6 * WHOLE * most * children
    return np.minimum(most, round_ratio(np.maximum(ceiling - counted, 0), 12 * WHOLE))
