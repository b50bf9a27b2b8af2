"""Promises on each hour given, all kinds together: at least, at most, and how far from one another."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from kpa_model.declare.setting import setting
from kpa_model.declare.unit import EURO_PER_HOUR, TIMES
from kpa_model.pay.promise import ForEach, Promise, Result, Verdicts, promise
from kpa_model.words import count, euros


@promise("heure_au_moins", "Une heure vaut au moins", "Chaque personne reçoit au moins ce montant par heure donnée.")
class HourAtLeast(ForEach):
    """Everyone who gave time receives at least this much per hour, all kinds of hours together."""

    facts = ("minutes",)
    crossing = "fait passer une heure sous le minimum"
    loosened = "Une étape plus loin peut passer sous ce minimum."

    least: int = setting("euros_par_heure", EURO_PER_HOUR, "Montant par heure", default=5, high=60)

    def beyond(self, result: Result) -> npt.NDArray[np.bool_]:
        return np.asarray(result.month.paid & (result.closing.pay * 60 < result.month.all_minutes * self.least))

    def says(self) -> str:
        return f"Une heure donnée rapporte au moins {euros(self.least)}."

    def verdict(self, result: Result) -> str:
        many = int(self.beyond(result).sum())
        if not many:
            return f"Chaque heure rapporte au moins {euros(self.least)}."
        return f"{count(many, 'personne')} {'reçoit' if many == 1 else 'reçoivent'} moins par heure."


@promise("heure_au_plus", "Une heure vaut au plus", "Personne ne reçoit plus que ce montant par heure donnée.")
class HourAtMost(ForEach):
    """Nobody receives more than this per hour, all kinds of hours together."""

    facts = ("minutes",)
    crossing = "fait dépasser le maximum par heure"
    loosened = "Une étape plus loin peut dépasser ce maximum."
    most: int = setting("euros_par_heure", EURO_PER_HOUR, "Montant par heure", default=30, high=5000)

    def beyond(self, result: Result) -> npt.NDArray[np.bool_]:
        return np.asarray(result.closing.pay * 60 > result.month.all_minutes * self.most)

    def says(self) -> str:
        return f"Une heure donnée rapporte au plus {euros(self.most)}."

    def verdict(self, result: Result) -> str:
        many = int(self.beyond(result).sum())
        if not many:
            return f"Aucune heure ne rapporte plus de {euros(self.most)}."
        return f"{count(many, 'personne')} {'reçoit' if many == 1 else 'reçoivent'} plus par heure."


@promise("ecart_par_heure", "Écart par heure limité", "L'heure la plus payée ne dépasse pas n fois la moins payée.")
class SpreadPerHour(Promise):
    """The best paid hour is at most n times the least paid, over people who can be paid and gave time."""

    facts = ("minutes",)
    crossing = "agrandit l'écart par heure"
    loosened = "Une étape plus loin peut agrandir cet écart."
    times: int = setting("fois", TIMES, "Fois", default=3, low=1, high=100)

    def kept(self, result: Result) -> Verdicts:
        minutes = result.month.if_paid(result.month.all_minutes)
        pay = result.closing.pay * (minutes > 0)
        high = pay[..., :, None] * minutes[..., None, :] * TIMES.scale
        low = pay[..., None, :] * minutes[..., :, None] * self.times
        return np.asarray((high <= low).all((-1, -2)))

    def says(self) -> str:
        return f"L'heure la plus payée vaut au plus {TIMES.show(self.times)} la moins payée."

    def verdict(self, result: Result) -> str:
        paid = result.month.paid & (result.month.all_minutes > 0)
        worth = [Fraction(int(pay) * 60, int(done)) for pay, done in zip(
            result.closing.pay[paid], result.month.all_minutes[paid], strict=True)]  # fmt: skip
        if not any(worth):
            return "Aucune heure n'est payée ce mois-ci."
        broken = "" if self.kept(result) else " L'écart est plus grand que promis."
        most, least = euros(round(max(worth))), euros(round(min(worth)))
        return f"L'heure la plus payée rapporte {most}, la moins payée {least}.{broken}"
