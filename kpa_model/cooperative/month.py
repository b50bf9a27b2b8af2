"""The facts of one month as arrays: what a pay rule looks at, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.work import KINDS
from kpa_model.errors import Problem, WrongFacts
from kpa_model.money import Cents

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_AXES = {"N": "personne", "K": "genre d'heures", "O": "commande", "H": "mois passé"}


def _fact(axes: str, unit: str, default: int = 0) -> Any:
    return field(metadata={"axes": axes, "unit": unit, "default": default})


@dataclass(frozen=True, eq=False)
class Month:
    """Facts of one month. N members, K kinds of hours, O orders, H past months; leading axes are replicates.

    Make one with `Month.of`, which fills what is not given. Every array is `int64` (or `bool` for flags); the last
    axis of a personal fact is the member. `turn` is the number of the month: it moves the odd cent.
    """

    label: str
    turn: int
    members: tuple[str, ...]
    poles: tuple[str, ...]
    present: Flags = _fact("N", "drapeau", 1)
    payable: Flags = _fact("N", "drapeau", 1)
    minutes: Counts = _fact("KN", "minutes")
    points: Counts = _fact("N", "centièmes de point")
    claims: Cents = _fact("N", "centimes")
    need: Counts = _fact("N", "centièmes", 100)
    seniority: Counts = _fact("N", "mois")
    sales: Cents = _fact("", "centimes HT")
    direct_costs: Cents = _fact("", "centimes HT")
    sales_before: Cents = _fact("", "centimes HT, depuis janvier")
    margin_before: Cents = _fact("", "centimes, depuis janvier")
    order_sales: Cents = _fact("O", "centimes HT")
    order_costs: Cents = _fact("O", "centimes HT")
    order_pole: Counts = _fact("O", "rang du pôle, −1 sans pôle")
    order_minutes: Counts = _fact("ON", "minutes")
    order_brought: Counts = _fact("ON", "parts d'apport")
    carried: Cents = _fact("", "centimes")
    fund: Cents = _fact("", "centimes")
    reserve: Cents = _fact("", "centimes")
    owed: Cents = _fact("N", "centimes")
    saved: Cents = _fact("N", "centimes")
    past_pay: Cents = _fact("HN", "centimes")
    past_minutes: Counts = _fact("HN", "minutes")
    past_points: Counts = _fact("HN", "centièmes de point")

    @classmethod
    def of(
        cls,
        members: Sequence[str],
        *,
        label: str = "",
        turn: int = 0,
        poles: Sequence[str] = (),
        **facts: npt.ArrayLike,
    ) -> Month:
        """Make a month from the facts that are known; the others are zero, everyone present and payable.

        Raises:
            WrongFacts: unknown fact, wrong shape, negative amount where none can be.
        """
        known = {each.name: each for each in fields(cls) if each.metadata}
        if unknown := set(facts) - set(known):
            raise WrongFacts(Problem(f"Mois {label}", f"fait inconnu : {', '.join(unknown)}.", "Retirez-le."))
        arrays = {name: np.asarray(value) for name, value in facts.items()}
        sizes = {"N": len(members), "K": len(KINDS), "O": 0, "H": 0}
        for name, array in arrays.items():
            for axis, size in zip(reversed(known[name].metadata["axes"]), reversed(array.shape), strict=False):
                if axis in "OH":
                    sizes[axis] = max(sizes[axis], size)
        whole = {name: _checked(label, name, arrays.get(name), each.metadata, sizes) for name, each in known.items()}
        return cls(label=label, turn=turn, members=tuple(members), poles=tuple(poles), **whole)

    @property
    def paid(self) -> Flags:
        """Who can receive pay: present, and under CAPE."""
        return self.present & self.payable

    @property
    def margin(self) -> Cents:
        """Sales less direct costs, cents, `[...]`."""
        return np.asarray(self.sales - self.direct_costs)

    @property
    def order_margin(self) -> Cents:
        """Margin of each order, cents, `[..., O]`."""
        return np.asarray(self.order_sales - self.order_costs)

    @cached_property
    def all_minutes(self) -> Counts:
        """Minutes of each member, all kinds together, `[..., N]`."""
        return np.asarray(self.minutes.sum(-2))

    def if_paid(self, values: Counts) -> Counts:
        """Return the values of who can receive pay, zero for the others, `[..., N]`.

        A product: on many replicates, a choice person by person takes five times longer.
        """
        return np.asarray(values * self.paid)


_SIGNED = {
    "sales",
    "direct_costs",
    "sales_before",
    "margin_before",
    "order_sales",
    "order_costs",
    "order_pole",
    "carried",
}


def _checked(label: str, name: str, given: Any, about: Any, sizes: dict[str, int]) -> Any:
    """Return the array of one fact, of the right type and shape; default where nothing was given."""
    shape = tuple(sizes[axis] for axis in about["axes"])
    kind = np.bool_ if about["unit"] == "drapeau" else np.int64
    if given is None:
        return np.full(shape, about["default"], kind)
    array = np.asarray(given)
    if (array.size and array.dtype.kind not in "iub") or array.shape[array.ndim - len(shape) :] != shape:
        expected = " × ".join(_AXES[axis] for axis in about["axes"]) or "un seul nombre"
        raise WrongFacts(
            Problem(
                f"Mois {label}, « {name} »",
                f"forme {array.shape}, type {array.dtype}.",
                f"Donnez des nombres entiers, par {expected} ({about['unit']}).",
            )
        )
    if name not in _SIGNED and (array < 0).any():
        raise WrongFacts(Problem(f"Mois {label}, « {name} »", "un nombre est négatif.", "Donnez zéro ou plus."))
    return array.astype(kind)
