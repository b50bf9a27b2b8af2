"""What the host structure [CAE] takes, by its published scale: yearly brackets, fixed part, minimum, cap.

The scales live in `data/parametres/contributions_cae.yaml`, with source and dates; the file is read when somebody
asks. Every figure is to be confirmed with the CAE: outside the dates for which a scale is known, `warning_for`
says so in words, and the screen shows it beside the amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from kpa_model.declare.entry import entry, part
from kpa_model.declare.part import Day, OneOf, Part, Text
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import EURO, PERCENT, Refused
from kpa_model.declare.yaml_file import NamedFile
from kpa_model.errors import Problem, UnreadableFile, WrongRule, nearest
from kpa_model.money import WHOLE, Cents, round_ratio
from kpa_model.places import data
from kpa_model.words import euros, listing, month_name, of, percent


@dataclass(frozen=True)
class _Brackets(Part):
    """Brackets in order, each with its rate and, but for the last, its limit."""

    def read(self, value: Any) -> tuple[tuple[int | None, int], ...]:
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            raise Refused("une liste de tranches est attendue.", "Écrivez au moins « - taux: 10 % ».")
        for each in value:
            if "taux" not in each or not set(each) <= {"taux", "jusqu_a"}:
                todo = "Une tranche a un « taux », et un « jusqu_a » sauf la dernière."
                raise Refused("une tranche est mal écrite.", todo)
        uppers = [_LIMIT.read(each["jusqu_a"]) if "jusqu_a" in each else None for each in value]
        bounds = [0, *(upper for upper in uppers[:-1] if upper is not None)]
        if uppers[-1] is not None or len(bounds) != len(uppers):
            raise Refused("la dernière tranche, et elle seule, est sans limite.", "Ôtez ou ajoutez « jusqu_a ».")
        if any(high <= low for low, high in pairwise(bounds)):
            raise Refused("les limites des tranches ne montent pas.", "Rangez-les dans l'ordre croissant.")
        return tuple((upper, _RATE.read(each["taux"])) for upper, each in zip(uppers, value, strict=True))


_LIMIT = NumberSetting("jusqu_a", "", 30_000_00, EURO, 0, 100_000_000_00)
_RATE = NumberSetting("taux", "", 115_000, PERCENT, 0, WHOLE)


def _euros(name: str, default: int | None = 0) -> Any:
    return part(NumberSetting(name, "", 40_00, EURO, 0, 100_000_000_00), default=default)


@entry
class CaeScale:
    """A published scale.

    Attributes:
        name: name in rule files.
        label: name on screens.
        base: what the rates apply to, `marge` (sales less direct costs) or `ventes` (sales), both before tax.
        brackets: (upper bound in cents a year, rate in parts per million); the last bound is None. Marginal: a
            rate applies to its bracket only.
        monthly_fixed_cents: due every month by the whole group, whatever it sells.
        monthly_fixed_per_member_cents: due every month for each member counted.
        monthly_minimum_cents: least amount of a month, fixed parts apart.
        yearly_cap_cents: largest amount of a year, fixed parts apart.
        source: where it was read.
        read_on: the day it was.
        valid_from: first day for which we know that the scale applied; None when the source bears no date.
        known_until: last day for which we know it; None means `valid_from`.
        confidence: `bonne`, `moyenne` or `faible`.
        note: what remains to be confirmed, in French.
    """

    name: str
    label: str = part(Text("nom", spoken=True))
    base: Literal["marge", "ventes"] = part(OneOf("base", ("marge", "ventes")))
    brackets: tuple[tuple[int | None, int], ...] = part(_Brackets("tranches"))
    monthly_fixed_cents: int = _euros("fixe_par_mois")
    monthly_fixed_per_member_cents: int = _euros("fixe_par_mois_et_par_personne")
    monthly_minimum_cents: int = _euros("minimum_par_mois")
    yearly_cap_cents: int | None = _euros("plafond_par_an", None)
    source: str = part(Text("source", spoken=True), default="", missing=True)
    read_on: date | None = part(Day("lu_le"), default=None, missing=True)
    valid_from: date | None = part(Day("valable_du"), default=None)
    known_until: date | None = part(Day("connu_jusqu_au"), default=None)
    confidence: str = part(OneOf("confiance", ("bonne", "moyenne", "faible")), default="faible", missing=True)
    note: str = part(Text("note", spoken=True), default="")

    def yearly(self, base: npt.ArrayLike) -> Cents:
        """Return what the brackets take on a base since January, cut to the cap, in cents.

        Rounded once, on the whole amount, half a cent up. A negative base owes nothing.

        >>> CaeScale("essai", "Essai", "marge", ((100_00, 100_000), (None, 50_000))).yearly([-500, 10000, 30000])
        array([   0, 1000, 2000])
        """
        base = np.asarray(base, np.int64)
        owed, lower = np.zeros_like(base), 0
        for upper, rate in self.brackets:
            inside = np.maximum(base - lower, 0)
            owed += rate * (inside if upper is None else np.minimum(inside, upper - lower))
            lower = upper or 0
        total = round_ratio(owed, WHOLE)
        return total if self.yearly_cap_cents is None else np.minimum(total, self.yearly_cap_cents)

    def due(
        self,
        before: npt.ArrayLike,
        now: npt.ArrayLike,
        members: npt.ArrayLike = 0,
        *,
        taken: npt.ArrayLike | None = None,
    ) -> Cents:
        """Return the contribution of a month.

        1. The brackets take `yearly(before + now) − yearly(before)`: the months of a year add up to the yearly
           amount, to the cent. A month with a negative margin therefore *gives back* what the year no longer
           owes, and never more than the year's brackets have taken.
        2. Not less than the monthly minimum: with a minimum, nothing is given back, and a year may owe more than
           its brackets.
        3. Not more than what is left of the yearly cap.
        4. Plus the fixed parts.

        Args:
            before: base since January, this month excluded, in cents, shape `[...]`.
            now: base of this month, in cents, may be negative, same shape.
            members: number of people for whom the fixed part per member is due, broadcast.
            taken: what was already taken since January (see `taken`), fixed parts apart, in cents. It only matters to
                a scale with both a minimum and a cap; supposed equal to `yearly(before)` when not given.

        Returns:
            Cents, broadcast shape; negative when the month gives back.

        Raises:
            ValueError: a negative number of members.
        """
        before, now = np.asarray(before, np.int64), np.asarray(now, np.int64)
        members = np.asarray(members, np.int64)
        if (members < 0).any():
            raise ValueError("a number of members cannot be negative")
        already = self.yearly(before)
        taken = already if taken is None else np.asarray(taken, np.int64)
        due = self._within_limits(self.yearly(before + now) - already, taken)
        return np.asarray(due + self.monthly_fixed_cents + members * self.monthly_fixed_per_member_cents, np.int64)

    def _within_limits(self, owed: Cents, taken: Cents) -> Cents:
        """Return what the brackets take for a month, between its minimum and what the cap leaves; no fixed part."""
        due = np.maximum(owed, self._least())
        return np.asarray(due if self.yearly_cap_cents is None else np.minimum(due, self.yearly_cap_cents - taken))

    def limit_reached(self, before: Cents, now: Cents, taken: Cents) -> str:
        """Return which limit decided a single month, in French; nothing when the rates did."""
        owed = self.yearly(before + now) - self.yearly(before)
        due = self._within_limits(owed, taken)
        if taken + due == self.yearly_cap_cents:
            return f"Le plafond de l'année est atteint : {euros(self.yearly_cap_cents)}."
        return "C'est le minimum du mois." if due > owed else ""

    def _least(self) -> int:
        """Return the minimum of a month; without one, a month may give back."""
        return self.monthly_minimum_cents or -(2**62)

    @property
    def counts_months(self) -> bool:
        """Whether a month depends on each month before it since January: minimums of low months count in the cap."""
        return bool(self.monthly_minimum_cents) and self.yearly_cap_cents is not None

    def taken(self, by_month: npt.ArrayLike) -> Cents:
        """Return what was taken since January, fixed parts apart, from the base of each month before, `[..., Y]`.

        >>> CaeScale("essai", "Essai", "marge", ((None, 120_000),), monthly_minimum_cents=4000).taken([0, 0, 100_000])
        array(20000)
        """
        owed = np.diff(self.yearly(np.cumsum(by_month, -1)), axis=-1, prepend=0)
        total = np.maximum(owed, self._least()).sum(-1)
        return np.asarray(total if self.yearly_cap_cents is None else np.minimum(total, self.yearly_cap_cents))

    def rates_said(self, before: Cents | int, now: Cents | int) -> str:
        """Return the rates that bear on a single month, as a French sentence: those of the brackets it goes through.

        >>> CaeScale("e", "E", "marge", ((100_00, 115_000), (None, 105_000))).rates_said(90_00, 20_00)
        'Les taux sont 11,5\xa0%, puis 10,5\xa0% au-delà de 100,00\xa0€.'
        """
        start, end = sorted((max(int(before), 0), max(int(before) + int(now), 0)))
        lowers = [0, *(upper or 0 for upper, _ in self.brackets[:-1])]
        crossed = [
            (lower, percent(rate))
            for lower, (upper, rate) in zip(lowers, self.brackets, strict=True)
            if (upper is None or start < upper) and (end > lower or start >= lower)
        ]
        if len(crossed) == 1:
            return f"Le taux est de {crossed[0][1]}."
        (_, first), (second, then), *others = crossed
        further = "".join(f" Au-delà de {euros(lower)}, c'est {rate}." for lower, rate in others)
        return f"Les taux sont {first}, puis {then} au-delà de {euros(second)}.{further}"

    def limits(self) -> str:
        """Return its minimum and its cap as a French sentence; nothing when it has none."""
        least = f"au moins {euros(self.monthly_minimum_cents)} par mois" if self.monthly_minimum_cents else ""
        cap = self.yearly_cap_cents
        most = "" if cap is None else f"au plus {euros(cap)} par an"
        fixed = self.monthly_fixed_cents or self.monthly_fixed_per_member_cents
        apart = ", parts fixes à part" if fixed else ""
        return f"C'est {', et '.join(each for each in (least, most) if each)}{apart}." if least or most else ""

    def warning_for(self, month: date) -> str:
        """Return one or two French sentences when the scale is not known for this month, else nothing."""
        asked = f"Demandez à la CAE s'il vaut pour {month_name(month)}."
        first = self.valid_from
        if first is None:
            return f"Le barème « {self.label} » n'est pas daté. {asked}"
        last = self.known_until or first
        if (month.year, month.month) < (first.year, first.month):
            return f"Le barème « {self.label} » n'est connu qu'à partir {of(month_name(first))}. {asked}"
        if (month.year, month.month) > (last.year, last.month):
            return f"Le barème « {self.label} » n'est connu que jusqu'en {month_name(last)}. {asked}"
        return ""


@lru_cache(maxsize=1)
def scales() -> Mapping[str, CaeScale]:
    """Return the published scales by name, in the order of the file, read once."""
    return MappingProxyType(FILE.read(data() / "parametres" / "contributions_cae.yaml"))


def scale(name: str) -> CaeScale:
    """Return one scale. Raises WrongRule, with the nearest name, when it is unknown."""
    if name not in scales():
        hint = f"{nearest(name, scales())} Barèmes connus : {listing(list(scales()))}."
        raise WrongRule(Problem("Contribution à la CAE", f"le barème « {name} » n'existe pas.", hint.strip()))
    return scales()[name]


class ScaleNames(Mapping[str, str]):
    """File name → label of each published scale, read when somebody asks and not before."""

    def __getitem__(self, name: str) -> str:
        return scales()[name].label

    def __iter__(self) -> Iterator[str]:
        return iter(scales())

    def __len__(self) -> int:
        return len(scales())


FILE = NamedFile(
    FileKind("une liste de barèmes", "le nom d'un barème, puis « nom: »", UnreadableFile, "un barème voisin"),
    CaeScale, "", "barème",
)  # fmt: skip
