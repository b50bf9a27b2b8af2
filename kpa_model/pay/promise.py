"""Promises: sentences checked on every result. Steps act, promises check.

A floor followed by a cut silently breaks the floor; a promise makes it visible, and countable over many years.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeVar, dataclass_transform

import numpy as np
import numpy.typing as npt

from kpa_model.cooperative.month import Month
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import EURO, PERCENT, TIMES
from kpa_model.money import WHOLE, Cents
from kpa_model.pay.purses import Purses
from kpa_model.words import count, euros, percent

Verdicts = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Result:
    """What a promise looks at: the facts, and the purses before and after the rule."""

    month: Month
    opening: Purses
    closing: Purses


class Promise:
    """Base of every promise: a sentence and a predicate over results."""

    name: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    facts: ClassVar[tuple[str, ...]] = ()
    """The facts of the month that it reads, besides who is here and who can be paid."""
    crossing: ClassVar[str] = "fait oublier cette limite"
    """What a later step does when it breaks this, in French."""
    loosened: ClassVar[str] = ""
    """What is said of a limit that a later step may break, in French."""

    def beyond(self, result: Result) -> npt.NDArray[np.bool_]:
        """Tell who breaks it, `[..., N]`; nobody when it is not about one person."""
        return np.zeros(result.closing.pay.shape, np.bool_)

    def kept(self, result: Result) -> Verdicts:
        """Tell for each replicate whether the promise is kept, `[...]`."""
        raise NotImplementedError

    def says(self) -> str:
        """Return the promise as a French sentence."""
        raise NotImplementedError

    def verdict(self, result: Result) -> str:
        """Return, for a single month, what happened in figures; always a French sentence."""
        raise NotImplementedError


class ForEach(Promise):
    """A promise to each person: kept when nobody is beyond it."""

    def kept(self, result: Result) -> Verdicts:
        return np.asarray(~self.beyond(result).any(-1))


_PROMISES: dict[str, type[Promise]] = {}
_P = TypeVar("_P", bound=type[Promise])


@dataclass_transform(frozen_default=True)
def promise(name: str, title: str, about: str) -> Callable[[_P], _P]:
    """Make a class a promise, registered under its French file name."""

    def register(cls: _P) -> _P:
        dataclass(frozen=True)(cls)
        cls.name, cls.title, cls.about = name, title, about
        if name in _PROMISES:
            raise ValueError(f"two promises are called {name}")
        _PROMISES[name] = cls
        return cls

    return register


def known_promises() -> Mapping[str, type[Promise]]:
    """Return every promise by its file name."""
    from kpa_model.pay import per_hour

    assert per_hour.HourAtLeast.name in _PROMISES
    return _PROMISES


@promise("personne_sous", "Personne sous un montant", "Chaque personne présente sous CAPE reçoit au moins ce montant.")
class NobodyUnder(ForEach):
    """Everyone present and payable receives at least this."""

    crossing = "fait passer sous le minimum"
    loosened = "Une étape plus loin peut passer sous ce minimum."
    least: int = setting("euros", EURO, "Montant", default=50, high=2000)

    def beyond(self, result: Result) -> npt.NDArray[np.bool_]:
        return np.asarray(result.month.paid & (result.closing.pay < self.least))

    def says(self) -> str:
        return f"Personne ne reçoit moins de {euros(self.least)}."

    def verdict(self, result: Result) -> str:
        many = int(self.beyond(result).sum())
        if not many:
            return f"Chaque personne reçoit au moins {euros(self.least)}."
        smallest = int(result.closing.pay[result.month.paid].min())
        under = "est sous ce montant" if many == 1 else "sont sous ce montant"
        return f"{count(many, 'personne')} {under}. Le plus bas est {euros(smallest)}."


@promise("personne_au_dessus", "Personne au-dessus d'un montant", "Personne ne reçoit plus que ce montant.")
class NobodyOver(ForEach):
    """Nobody receives more than this."""

    crossing = "fait dépasser le maximum"
    loosened = "Une étape plus loin peut dépasser ce maximum."
    most: int = setting("euros", EURO, "Montant", default=300, high=5000)

    def beyond(self, result: Result) -> npt.NDArray[np.bool_]:
        return np.asarray(result.closing.pay > self.most)

    def says(self) -> str:
        return f"Personne ne reçoit plus de {euros(self.most)}."

    def verdict(self, result: Result) -> str:
        many = int(self.beyond(result).sum())
        if not many:
            return f"Aucun montant ne dépasse {euros(self.most)}."
        over = "dépasse ce montant" if many == 1 else "dépassent ce montant"
        return f"{count(many, 'personne')} {over}. Le plus haut est {euros(int(result.closing.pay.max()))}."


@promise("ecart_au_plus", "Écart limité", "Le montant le plus haut ne dépasse pas n fois le plus bas.")
class SpreadAtMost(Promise):
    """The largest pay is at most n times the smallest, over people present and payable."""

    crossing = "agrandit l'écart"
    loosened = "Une étape plus loin peut agrandir cet écart."
    times: int = setting("fois", TIMES, "Fois", default=3, low=1, high=100)

    def ends(self, result: Result) -> tuple[Cents, Cents]:
        """Return the smallest and the largest pay, `[...]`; zeros where nobody is payable."""
        paid = result.month.paid
        low = np.where(paid, result.closing.pay, 2**62).min(-1, initial=2**62)
        high = np.where(paid, result.closing.pay, 0).max(-1, initial=0)
        return np.where(paid.any(-1), low, 0), high

    def kept(self, result: Result) -> Verdicts:
        low, high = self.ends(result)
        return np.asarray(high * TIMES.scale <= low * self.times)

    def says(self) -> str:
        return f"Le montant le plus haut vaut au plus {TIMES.show(self.times)} le plus bas."

    def verdict(self, result: Result) -> str:
        low, high = (int(end) for end in self.ends(result))
        if not high:
            return "Personne ne reçoit d'argent ce mois-ci."
        broken = "" if self.kept(result) else " L'écart est plus grand que promis."
        return f"Le plus haut reçoit {euros(high)}, le plus bas {euros(low)}.{broken}"


@promise("enveloppe_respectee", "Enveloppe respectée", "On ne promet jamais plus que ce qu'il y a.")
class WithinPot(Promise):
    """The pot is not overdrawn at the end."""

    crossing = "fait dépasser l'enveloppe"
    loosened = "Une étape plus loin peut dépasser l'enveloppe."
    facts = ("sales", "direct_costs")

    def kept(self, result: Result) -> Verdicts:
        return np.asarray((result.closing.pot >= 0) | (result.closing.pay.sum(-1) == 0))

    def says(self) -> str:
        return "On ne paie jamais plus que l'enveloppe."

    def verdict(self, result: Result) -> str:
        missing = -int(result.closing.pot)
        if missing <= 0:
            return "L'enveloppe suffit."
        if not self.kept(result):
            return f"Il manque {euros(missing)} dans l'enveloppe."
        spent = int(result.month.direct_costs) > int(result.month.sales)
        why = "Les achats dépassent les ventes" if spent else "L'enveloppe est vide"
        return f"{why}. Personne n'est payé."


@promise(
    "part_commune_au_moins",
    "Une part commune",
    "Le fonds et la réserve reçoivent au moins cette part de la marge.",
)
class CommonsAtLeast(Promise):
    """Fund and reserve together receive at least this percentage of the margin."""

    facts = ("sales", "direct_costs")

    rate: int = setting("taux", PERCENT, "Part de la marge", default=5, high=100)

    def common(self, result: Result) -> Cents:
        """Return what fund and reserve gained, cents `[...]`."""
        before, after = result.opening, result.closing
        return np.asarray(after.fund - before.fund + after.reserve - before.reserve)

    def kept(self, result: Result) -> Verdicts:
        return np.asarray(self.common(result) * WHOLE >= np.maximum(result.month.margin, 0) * self.rate)

    def says(self) -> str:
        return f"Le fonds et la réserve reçoivent au moins {percent(self.rate)} de la marge."

    def verdict(self, result: Result) -> str:
        gained, margin = int(self.common(result)), int(result.month.margin)
        broken = "" if self.kept(result) else " C'est moins que promis."
        if gained < 0:
            return f"Le fonds et la réserve donnent {euros(-gained)}, pour {euros(margin)} de marge.{broken}"
        return f"Le fonds et la réserve reçoivent {euros(gained)}, pour {euros(margin)} de marge.{broken}"


@promise("rien_en_attente", "Rien en attente", "À la fin du mois, le groupe ne doit d'argent à personne.")
class NothingOwed(Promise):
    """Nobody is owed anything at the end of the month."""

    def kept(self, result: Result) -> Verdicts:
        return np.asarray((result.closing.owed == 0).all(-1))

    def says(self) -> str:
        return "Le groupe ne doit d'argent à personne."

    def verdict(self, result: Result) -> str:
        owed = result.closing.owed
        if not owed.any():
            return "Le groupe ne doit rien."
        return f"Le groupe doit {euros(int(owed.sum()))} à {count(int((owed > 0).sum()), 'personne')}."
