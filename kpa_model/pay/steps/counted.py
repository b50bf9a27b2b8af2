"""Sharing by what is counted, and an amount for each thing counted: the vocabulary of the group's own rules."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import EURO
from kpa_model.money import Cents, round_ratio
from kpa_model.pay.count import ONE_OF, WHAT, Counted, shown, unit_of
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import MOST_WORDS, Family, Seen, Step, affordable, step
from kpa_model.pay.steps.shares import Share, not_paid, part_setting
from kpa_model.words import euros, listing


def weights_said(counted: Counted) -> str:
    """Return the weights of a count as French sentences of a few words each, or nothing."""
    groups: list[list[str]] = []
    thing = ONE_OF[counted.what]
    for piece in counted.count_says():
        if groups and len(f"{thing} compte {listing([*groups[-1], piece])}".split(" ")) <= MOST_WORDS:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    said = [f"{thing} compte {listing(group)}." for group in groups]
    return "".join(f" {each}" for each in (*said, *counted.bounds_said()))


@step(
    "compte",
    "Selon ce que l'on compte",
    Family.SHARE,
    "On compte par exemple des heures, des jours. Chaque tâche, chaque jour, chaque fonction peut peser plus.",
    {"scale": "Le seuil en euros est fixe. Les centimes d'une commande sont coupés avant d'être partagés."},
    also="vaisselle samedi dimanche jour férié soir nuit week-end tâche ménage parts fonction capitaine novice "
    "client compter pondérer doubler jours de présence",
)
class ByCount(Counted, Share):
    """In proportion to anything that is counted, with weights that multiply."""

    part: int = part_setting()

    @property
    def by(self) -> str:  # type: ignore[override]
        """What the sentence says after the part."""
        return f"selon {WHAT[self.what]}" if self.what != "parts" else "en parts"

    def looks_at(self) -> tuple[str, ...]:
        return self.count_reads()

    def weights(self, month: Month) -> Counts:
        return self.count(month)

    def unit(self, weight: int) -> str:
        return shown(self.what, weight)

    def says(self) -> str:
        return f"{super().says()}{weights_said(self)}"


@step(
    "montant_par_unite",
    "Un montant pour chaque chose comptée",
    Family.RECOGNISE,
    "Chaque commande apportée, chaque jour, chaque repas servi donne un montant. Un montant négatif est une retenue.",
    {
        "monotone_hours": "Avec une retenue, une heure de plus fait retenir plus.",
        "scale": "Le montant de chaque chose est fixe.",
    },
    also="tant par repas plat assiette kilomètre pièce prime par jour indemnité panier déplacement "
    "commande apportée retenue amende absence payée congé quota au-delà heures supplémentaires "
    "voiture trajet forfait ouvrir ouverture fermer",
)
class PerUnit(Counted, Step):
    """An amount for each thing counted, from the pot; a negative one is held back, at most what the person has."""

    amount: int = setting("euros", EURO, "Montant pour chacune", default=20, low=-500, high=500)
    most: int = setting("au_plus", EURO, "Au plus par personne (0 : sans limite)", default=0, high=5000, optional=True)

    def looks_at(self) -> tuple[str, ...]:
        return self.count_reads()

    def due(self, month: Month) -> Cents:
        """Return what each person would receive or give, cents `[..., N]`."""
        due = month.if_paid(round_ratio(self.count(month) * self.amount, unit_of(self.what)))
        return np.clip(due, -self.most, self.most) if self.most else due

    def move(self, month: Month, now: Purses) -> Move:
        due = self.due(month)
        held = np.minimum(np.maximum(-due, 0), now.pay)
        return Move(pay=affordable(now, np.maximum(due, 0), month.turn) - held)

    def says(self) -> str:
        verb = "donne" if self.amount >= 0 else "retient"
        most = f" C'est {euros(self.most)} au plus par personne." if self.most else ""
        return f"{ONE_OF[self.what]} {verb} {euros(abs(self.amount))}.{most}{weights_said(self)}"

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        done = shown(self.what, int(self.count(seen.month)[seen.who]))
        due, verb = int(self.due(seen.month)[seen.who]), "reçoit" if self.amount >= 0 else "laisse"
        cut = " Il n'y a pas plus." if abs(seen.delta) < abs(due) else ""
        return f"{seen.name} : {done}. À {euros(abs(self.amount))}, {seen.name} {verb} {euros(abs(seen.delta))}.{cut}"
