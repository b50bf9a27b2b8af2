"""The facts of one month as arrays: what a pay rule looks at, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.work import KINDS
from kpa_model.errors import Problem, WrongFacts
from kpa_model.money import Cents

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]

_AXES = {
    "N": "personne",
    "K": "genre d'heures",
    "O": "commande",
    "L": "ligne d'heures",
    "C": "achat",
    "H": "mois passé",
    "Y": "mois de l'année",
}
SINCE = "drapeau, vrai dès ce jour"
"""The unit of a fact that a date says: false before that day, true from its month on."""

_TYPES: dict[str, type[np.generic]] = {"drapeau": np.bool_, SINCE: np.bool_, "texte": np.str_}


class Simulated(StrEnum):
    """What the simulation knows of a fact."""

    DRAWN = "tiré au hasard"
    CONSTANT = "toujours le même"
    UNKNOWN = "inconnu"


def _fact(
    axes: str,
    unit: str,
    default: int | str = 0,
    *,
    of: str = "",
    called: str = "",
    simulated: Simulated | None = None,
    signed: bool = False,
) -> Any:
    """Declare a fact, once: this is all that a new one needs.

    Args:
        axes: what it has one of: N members, K kinds of hours, O orders, L lines of hours, C purchases, H past months,
            Y months since January.
        unit: in French; « drapeau » is yes or no, « texte » is words, « jour du calendrier » a day as a number, and
            « drapeau, vrai dès ce jour » is what a date says.
        default: its value where nothing is said.
        of: the list of the order book that holds it (members, orders, hours, costs, statements), and the attribute:
            `hours.task`; then nothing else fills it in.
        called: what people call it, for the sentence that says that it is not known.
        simulated: what the simulation knows of it: of what a book holds, nothing unless it is said. A rule that reads
            an unknown fact is refused there.
        signed: it may be negative.
    """
    simulated = simulated or (Simulated.UNKNOWN if of else Simulated.DRAWN)
    metadata = {"axes": axes, "unit": unit, "default": default, "of": of, "called": called}
    return field(metadata=metadata | {"simulated": simulated, "signed": signed})


@dataclass(frozen=True, eq=False)
class Month:
    """Facts of one month: N members, K kinds of hours, O orders, L lines of hours, C purchases, H past months, Y months
    since January before this one.

    Make one with `Month.of`, which fills what is not given. Every array is `int64` (or `bool` for flags, `str` for
    words); leading axes are replicates, the last axis of a personal fact is the member. `turn` is the number of the
    month: it moves the odd cent.
    """

    label: str
    turn: int
    members: tuple[str, ...]
    poles: tuple[str, ...]
    present: Flags = _fact("N", "drapeau", 1)
    payable: Flags = _fact("N", "drapeau", 1)
    minutes: Counts = _fact("KN", "minutes")
    points: Counts = _fact("N", "centièmes de point", of="statements.points", simulated=Simulated.DRAWN)
    claims: Cents = _fact("N", "centimes", of="statements.claim", simulated=Simulated.DRAWN)
    need: Counts = _fact("N", "centièmes", 100, of="statements.need", simulated=Simulated.DRAWN)
    seniority: Counts = _fact("N", "mois")
    role: Words = _fact("N", "texte", "", called="la fonction des personnes", simulated=Simulated.UNKNOWN)
    own_pole: Words = _fact("N", "texte", "", called="le pôle des personnes", simulated=Simulated.UNKNOWN)
    advance: Cents = _fact("N", "centimes", of="statements.advance", simulated=Simulated.CONSTANT)
    decided: Cents = _fact(
        "N",
        "centimes",
        of="statements.decided",
        called="ce que le groupe décide",
        simulated=Simulated.UNKNOWN,
        signed=True,
    )
    absence: Counts = _fact(
        "N", "minutes", of="statements.absence", called="les absences payées", simulated=Simulated.UNKNOWN
    )
    calendar: Counts = _fact("", "rang du mois, 1 en janvier, 0 sans date")
    sales: Cents = _fact("", "centimes HT", signed=True)
    direct_costs: Cents = _fact("", "centimes HT", signed=True)
    sales_before: Cents = _fact("", "centimes HT, depuis janvier", signed=True)
    margin_before: Cents = _fact("", "centimes, depuis janvier", signed=True)
    sales_by_month: Cents = _fact("Y", "centimes HT, par mois depuis janvier", signed=True)
    margin_by_month: Cents = _fact("Y", "centimes, par mois depuis janvier", signed=True)
    order_sales: Cents = _fact("O", "centimes HT", signed=True)
    order_costs: Cents = _fact("O", "centimes HT", signed=True)
    order_pole: Counts = _fact("O", "rang du pôle, −1 sans pôle", signed=True)
    order_minutes: Counts = _fact("ON", "minutes")
    order_brought: Counts = _fact("ON", "parts d'apport")
    order_number: Words = _fact(
        "O", "texte", "", of="orders.number", called="le nom des commandes", simulated=Simulated.UNKNOWN
    )
    order_customer: Words = _fact(
        "O", "texte", "", of="orders.customer", called="la sorte de client", simulated=Simulated.UNKNOWN
    )
    order_quantity: Counts = _fact(
        "O", "centièmes", of="orders.quantity", called="les quantités vendues", simulated=Simulated.UNKNOWN
    )
    line_who: Counts = _fact(
        "L", "rang de la personne", of="hours.member", called="les heures une par une", simulated=Simulated.UNKNOWN
    )
    line_minutes: Counts = _fact("L", "minutes", of="hours.minutes", simulated=Simulated.UNKNOWN)
    line_kind: Counts = _fact("L", "rang du genre", of="hours.kind", simulated=Simulated.UNKNOWN)
    line_order: Counts = _fact(
        "L", "rang de la commande, −1 sans", -1, called="la commande de chaque heure", simulated=Simulated.UNKNOWN,
        signed=True,
    )  # fmt: skip
    line_day: Counts = _fact(
        "L", "jour du calendrier", of="hours.on", called="le jour de chaque heure", simulated=Simulated.UNKNOWN
    )
    line_start: Counts = _fact(
        "L", "minutes, −1 sans heure de début", -1, of="hours.starts", called="l'heure de début",
        simulated=Simulated.UNKNOWN, signed=True,
    )  # fmt: skip
    line_task: Words = _fact(
        "L", "texte", "", of="hours.task", called="la tâche de chaque heure", simulated=Simulated.UNKNOWN
    )
    line_quantity: Counts = _fact(
        "L", "centièmes", of="hours.quantity", called="les quantités faites", simulated=Simulated.UNKNOWN
    )
    cost_amount: Cents = _fact(
        "C",
        "centimes HT",
        of="costs.before_tax",
        called="les achats un par un",
        simulated=Simulated.UNKNOWN,
        signed=True,
    )
    cost_label: Words = _fact(
        "C", "texte", "", of="costs.label", called="les achats un par un", simulated=Simulated.UNKNOWN
    )
    carried: Cents = _fact("", "centimes", signed=True)
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
        all_minutes: Counts | None = None,
        **facts: npt.ArrayLike,
    ) -> Month:
        """Make a month from the facts that are known; the others are zero, everyone present and payable.

        `all_minutes` says that hours are already added up, `[..., N]`: a simulation counted them, none is negative.

        Raises:
            WrongFacts: unknown fact, wrong shape, negative amount where none can be.
        """
        known = known_facts()
        if unknown := set(facts) - set(known):
            raise WrongFacts(Problem(f"Mois {label}", f"fait inconnu : {', '.join(unknown)}.", "Retirez-le."))
        arrays = {name: np.asarray(value) for name, value in facts.items()}
        sizes = {"N": len(members), "K": len(KINDS), "O": 0, "L": 0, "C": 0, "H": 0, "Y": 0}
        for name, array in arrays.items():
            for axis, size in zip(reversed(known[name]["axes"]), reversed(array.shape), strict=False):
                if axis in "OLCHY":
                    sizes[axis] = max(sizes[axis], size)
        counted = () if all_minutes is None else ("minutes",)
        whole = {
            name: _checked(label, name, arrays.get(name), about, sizes, sure=name in counted)
            for name, about in known.items()
        }
        made = cls(label=label, turn=turn, members=tuple(members), poles=tuple(poles), **whole)
        if all_minutes is not None:
            vars(made)["all_minutes"] = all_minutes
        return made

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

    def holding(self, fund: Cents, reserve: Cents) -> Month:
        """Return this month with other purses; hours already added up stay so."""
        other = replace(self, fund=fund, reserve=reserve)
        vars(other).update({name: vars(self)[name] for name in ("all_minutes",) if name in vars(self)})
        return other

    def if_paid(self, values: Counts) -> Counts:
        """Return the values of who can receive pay, zero for the others, `[..., N]`.

        A product: on many replicates, a choice person by person takes five times longer.
        """
        return np.asarray(values * self.paid)

    def by_person(self, values: Counts) -> Counts:
        """Return the sum over each member's lines of hours of one value a line, `[..., L]` → `[..., N]`."""
        hers = self.line_who[..., None, :] == np.arange(len(self.members))[:, None]
        return np.asarray((hers * values[..., None, :]).sum(-1))


@cache
def known_facts() -> Mapping[str, Mapping[str, Any]]:
    """Return what is declared of each fact, by its name."""
    return {each.name: each.metadata for each in fields(Month) if each.metadata}


def _checked(label: str, name: str, given: Any, about: Any, sizes: dict[str, int], sure: bool) -> Any:
    """Return the array of one fact, of the right type and shape; default where nothing was given.

    `sure` tells that no number is negative.
    """
    shape = tuple(sizes[axis] for axis in about["axes"])
    kind = _TYPES.get(about["unit"], np.int64)
    if given is None:
        return np.full(shape, about["default"], None if kind is np.str_ else kind)
    array = np.asarray(given)
    numbers = array.dtype.kind in ("U" if kind is np.str_ else "iub")
    if (array.size and not numbers) or array.shape[array.ndim - len(shape) :] != shape:
        expected = " × ".join(_AXES[axis] for axis in about["axes"]) or "un seul nombre"
        raise WrongFacts(
            Problem(
                f"Mois {label}, « {name} »",
                f"forme {array.shape}, type {array.dtype}.",
                f"Donnez des {'textes' if kind is np.str_ else 'nombres entiers'}, par {expected} ({about['unit']}).",
            )
        )
    if kind is np.int64 and not (sure or about["signed"]) and array.min(initial=0) < 0:
        raise WrongFacts(
            Problem(f"Mois {label}, « {about['called'] or name} »", "un nombre est négatif.", "Donnez zéro ou plus.")
        )
    return array.astype(np.str_ if kind is np.str_ else kind, copy=False)
