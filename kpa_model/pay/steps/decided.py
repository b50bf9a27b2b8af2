"""What the group decides by name or by order: sums, advances to settle, a part of some costs, a partner's part."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.declare.labels import labels, says, spoken
from kpa_model.declare.setting import choice, setting
from kpa_model.declare.unit import EURO, PERCENT
from kpa_model.money import Cents, part_of, split_cents
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Step, Takes, affordable, step
from kpa_model.pay.steps.levies import Levy
from kpa_model.pay.steps.shares import not_paid
from kpa_model.words import euros, percent

HELD_FOR = {"enveloppe": "l'enveloppe", "autres": "toutes les autres personnes, à parts égales"}


@step(
    "sommes_decidees",
    "Sommes décidées par le groupe",
    Family.RECOGNISE,
    "Le groupe décide une somme pour une personne, en plus ou en moins. Jamais pour la santé, la famille ou les aides.",
    also="bonus malus prime exceptionnelle treizième noël casse pénalité amende cadeau décidé au cas par cas avance "
    "récompense",
)
class Decided(Step):
    """Sums decided by name, from the pot; a sum to give back is at most what the person has."""

    facts = ("decided",)
    to: str = choice("retenue_pour", "Ce qui est retenu va à", HELD_FOR, optional=True)

    def move(self, month: Month, now: Purses) -> Move:
        decided = month.if_paid(month.decided)
        held = np.minimum(np.maximum(-decided, 0), now.pay)
        given = affordable(now, np.maximum(decided, 0), month.turn)
        if self.to == "autres":
            others = month.if_paid((decided >= 0).astype(np.int64))
            given = given + split_cents(held.sum(-1), others, turn=month.turn, if_nobody="keep")
        return Move(pay=given - held)

    def says(self) -> str:
        others = f" Ce qui est retenu va à {HELD_FOR[self.to]}." if self.to == "autres" else ""
        return f"Le groupe décide des sommes par nom, en plus ou en moins.{others}"

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        decided = int(seen.month.decided[seen.who])
        if seen.delta > max(decided, 0):
            return f"{seen.name} reçoit {euros(seen.delta)}, avec sa part de ce qui est retenu."
        if not decided:
            return f"Le groupe n'a rien décidé pour {seen.name} ce mois-ci."
        verb = "Le groupe donne" if decided > 0 else "Le groupe retient"
        cut = "" if seen.delta == decided else f" C'était {euros(abs(decided))}, il n'y a pas plus."
        return f"{verb} {euros(abs(seen.delta))}, pour {seen.name}.{cut}"


@step(
    "avances",
    "Régler les avances",
    Family.REST,
    "Une personne a déjà reçu une avance ce mois-ci. On la retire de ce qui reste à lui verser.",
    also="avance acompte déjà reçu régler solde",
)
class Advances(Step):
    """What was paid in advance has left the till already: it is a cost, and it is taken from what is still due."""

    facts, gives, takes, lowers = ("advance",), (), Takes.NOTHING, True

    def settled(self, month: Month, now: Purses) -> Cents:
        """Return what is taken from each person, cents `[..., N]`."""
        return np.minimum(month.advance, now.pay)

    def move(self, month: Month, now: Purses) -> Move:
        settled = self.settled(month, now)
        return Move(pay=-settled, costs=np.asarray(settled.sum(-1)))

    def says(self) -> str:
        return "On retire les avances déjà reçues ce mois-ci."

    def because(self, seen: Seen) -> str:
        advance = int(seen.month.advance[seen.who])
        if not advance:
            return not_paid(seen) or f"{seen.name} n'a pas reçu d'avance."
        said = f"{seen.name} a déjà reçu {euros(advance)}. On retire {euros(-seen.delta)}."
        return said if advance == -seen.delta else f"{said} Le reste est à régler le mois prochain."


@step(
    "part_des_frais",
    "Participer à des frais",
    Family.LIMIT,
    "Chaque personne rend une part de certains achats, par exemple l'épicerie ou le carburant.",
    also="participer aux frais essence épicerie repas carburant retenir cotisation",
)
class CostShare(Step):
    """Each person gives back a percentage of some purchases, at most what she has."""

    facts, gives, takes, refills, lowers = ("cost_amount", "cost_label"), (), Takes.NOTHING, True, True

    rate: int = setting("taux", PERCENT, "Part rendue par chaque personne", default=10, high=100)
    words: tuple[str, ...] = labels("achats", "Quels achats (vide : tous)")

    def due(self, month: Month) -> Cents:
        """Return what each person gives back, cents `[...]`."""
        wanted = np.logical_or.reduce([says(month.cost_label, word) for word in self.words]) if self.words else True
        return part_of(np.maximum((month.cost_amount * wanted).sum(-1), 0), self.rate)

    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=-month.if_paid(np.minimum(self.due(month)[..., None], now.pay)))

    def says(self) -> str:
        what = f"des achats {spoken(self.words)}" if self.words else "des achats"
        return f"Chaque personne rend {percent(self.rate)} {what}."

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        due = int(self.due(seen.month))
        return f"La part est de {euros(due)}. {seen.name} rend {euros(-seen.delta)}."


_OF = {"frais": "du partenaire", "cae": "de la CAE", "fonds": "du fonds commun", "reserve": "de la réserve"}
TO = {"frais": "le partenaire", "cae": "la CAE", "fonds": "le fonds commun", "reserve": "la réserve"}
PURSE = {"frais": "costs", "cae": "cae", "fonds": "fund", "reserve": "reserve"}


@step(
    "part_par_commande",
    "Une part de chaque commande",
    Family.LEVY,
    "Un partenaire, le fonds ou la CAE reçoit une part de chaque commande. Un minimum par commande est possible.",
    {"scale": "Le minimum par commande est fixe."},
    also="partenaire théâtre salle billetterie minimum par date pourcentage des ventes coproduction",
)
class OrderLevy(Levy):
    """A percentage of the sales of each order, at least a minimum, as far as the pot allows."""

    facts, gives = ("order_sales",), ("costs", "cae", "fund", "reserve")

    rate: int = setting("taux", PERCENT, "Part des ventes", default=35, high=100)
    minimum: int = setting("minimum", EURO, "Minimum par commande", default=0, high=5000)
    to: str = choice("pour_qui", "Cela va à", TO)

    def move(self, month: Month, now: Purses) -> Move:
        sold = np.maximum(month.order_sales, 0)
        due = np.maximum(part_of(sold, self.rate), self.minimum) * (sold > 0)
        return Move(**{PURSE[self.to]: np.asarray(np.minimum(due.sum(-1), now.left))})

    def says(self) -> str:
        least = f" C'est au moins {euros(self.minimum)} par commande." if self.minimum else ""
        return (
            f"{TO[self.to].capitalize().replace('cae', 'CAE')} reçoit {percent(self.rate)} de chaque commande.{least}"
        )

    def because(self, seen: Seen) -> str:
        return f"La part {_OF[self.to]} est de {euros(seen.moved)}."
