"""Paying what is promised or asked. These steps may promise more than the pot holds: the rule then says what to do."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import EURO, EURO_PER_HOUR, PERCENT
from kpa_model.money import Cents, part_of, round_ratio
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Step, Takes, step, within
from kpa_model.pay.steps.shares import no_cape, not_paid
from kpa_model.words import euros, hours, of, percent

OVERDRAWS = "Cette étape peut promettre plus que l'enveloppe."


@step(
    "taux_horaire",
    "Un montant par heure",
    Family.REQUEST,
    "Chaque heure donne le même montant, avec au besoin un plafond par personne.",
    {"scale": "Le montant par heure est fixe.", "positive_pot": OVERDRAWS},
    also="taux horaire smic salaire fixe de l heure",
)
class HourlyRate(Step):
    """An amount for each hour, at most a ceiling for the month."""

    facts, takes = ("minutes",), Takes.PROMISED

    rate: int = setting("euros_par_heure", EURO_PER_HOUR, "Montant par heure", default=8, high=60)
    ceiling: int = setting("plafond", EURO, "Plafond par personne (0 : aucun)", default=0, high=5000)

    def move(self, month: Month, now: Purses) -> Move:
        due = round_ratio(month.if_paid(month.all_minutes) * self.rate, 60)
        return Move(pay=np.minimum(due, self.ceiling) if self.ceiling else due)

    def says(self) -> str:
        ceiling = f" C'est {euros(self.ceiling)} au plus par personne." if self.ceiling else ""
        return f"Chaque heure donne {euros(self.rate)}.{ceiling}"

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        capped = " Le plafond s'applique." if self.ceiling and seen.delta == self.ceiling else ""
        done = hours(int(seen.month.all_minutes[seen.who]))
        return f"{seen.name} a donné {done}. À {euros(self.rate)} l'heure : {euros(seen.delta)}.{capped}"


@step(
    "demandes_libres",
    "Demandes libres",
    Family.REQUEST,
    "Chaque personne dit ce qu'elle demande. Le groupe peut en parler, et poser un plafond par heure.",
    {"scale": "Les demandes sont libres.", "positive_pot": OVERDRAWS},
    also="chacun demande veut libre souhait rétribution besoin",
)
class FreeClaims(Step):
    """Everyone receives what she claims, at most a ceiling per hour given."""

    facts, takes = ("claims", "minutes"), Takes.PROMISED

    ceiling: int = setting("plafond_par_heure", EURO_PER_HOUR, "Plafond par heure (0 : aucun)", default=0, high=100)

    def move(self, month: Month, now: Purses) -> Move:
        asked = month.if_paid(month.claims)
        if self.ceiling:
            asked = np.minimum(asked, round_ratio(month.all_minutes * self.ceiling, 60))
        return Move(pay=asked)

    def says(self) -> str:
        ceiling = f" C'est {euros(self.ceiling)} au plus par heure donnée." if self.ceiling else ""
        return f"Chaque personne reçoit ce qu'elle demande.{ceiling}"

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        asked = int(seen.month.claims[seen.who])
        if not asked:
            return f"{seen.name} n'a rien demandé."
        cut = f" Le plafond par heure ramène à {euros(seen.delta)}." if seen.delta < asked else ""
        return f"{seen.name} a demandé {euros(asked)}.{cut}"


def owed_now(month: Month, now: Purses) -> Cents:
    """Return what is owed to people who can be paid this month, cents `[..., N]`."""
    return np.where(month.payable, now.owed, 0)


@step(
    "payer_les_dettes",
    "Payer d'abord ce qui est dû",
    Family.REQUEST,
    "Le groupe doit parfois de l'argent des mois passés. On le paie d'abord, dans une limite.",
    also="dette dû arriéré impayé",
)
class PayDebts(Step):
    """Pay what earlier months left owed, with at most a part of the pot."""

    facts = ("owed",)

    limit: int = setting("part_au_plus", PERCENT, "Part de l'enveloppe au plus", default=50, high=100)

    def move(self, month: Month, now: Purses) -> Move:
        paid = within(part_of(now.left, self.limit), owed_now(month, now), month.turn)
        return Move(pay=paid, owed=-paid)

    def says(self) -> str:
        return f"On paie d'abord ce qui est dû, avec {percent(self.limit)} de l'enveloppe au plus."

    def because(self, seen: Seen) -> str:
        owed = int(seen.before.owed[seen.who])
        if not owed:
            return f"Le groupe ne doit rien à {seen.name}."
        if not bool(seen.month.payable[seen.who]):
            return f"{no_cape(seen)} Le groupe lui doit toujours {euros(owed)}."
        left = int(seen.after.owed[seen.who])
        rest = f" Il reste dû {euros(left)}." if left else ""
        return f"Le groupe devait {euros(owed)} à {seen.name}. On paie {euros(seen.delta)}.{rest}"


@step(
    "epargne_de_lancement",
    "Mettre de côté pour se lancer",
    Family.REST,
    "Une part de chaque montant est gardée pour la personne. Elle sert à lancer son activité.",
    also="épargne projet mettre de côté compte personnel capital lancement",
)
class LaunchSavings(Step):
    """A percentage of each pay is kept in the person's own name."""

    gives, takes, lowers = ("saved",), Takes.NOTHING, True

    rate: int = setting("taux", PERCENT, "Taux", default=10, high=100)

    def move(self, month: Month, now: Purses) -> Move:
        kept = part_of(now.pay, self.rate)
        return Move(pay=-kept, saved=kept)

    def says(self) -> str:
        return f"On garde {percent(self.rate)} de chaque montant, au nom de la personne."

    def because(self, seen: Seen) -> str:
        if not seen.delta and (cannot := not_paid(seen)):
            return cannot
        return f"On garde {euros(-seen.delta)} au nom {of(seen.name)}."
