"""Sharing order by order, each between those who worked on it."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Counts, Flags, Month
from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.declare.labels import labelled
from kpa_model.declare.setting import choice
from kpa_model.declare.unit import PLAIN
from kpa_model.money import Cents, part_of, split_cents
from kpa_model.pay.count import labels_weight
from kpa_model.pay.odd_cent import about_odd_cent
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Step, step
from kpa_model.pay.steps.shares import WHOLE_POT, not_paid, part_setting
from kpa_model.words import euros, listing, percent

BETWEEN = {"heures": "selon les heures", "egal": "à parts égales"}


Roles = tuple[tuple[str, int], ...]


def between(how: str, minutes: Counts, paid: Flags, each: Counts | int = 1) -> Counts:
    """Return the weights of those who worked, by hours or equal, times the weight of each person, `[..., N]`."""
    worked = np.where(paid, minutes, 0)
    return np.asarray((worked if how == "heures" else np.sign(worked)) * each, np.int64)


def weights_of(month: Month, roles: Roles) -> Counts | int:
    """Return the weight of each person's role, `[..., N]`, or one for all."""
    return labels_weight(month.role, roles) if roles else 1


def by_orders(month: Month, amount: Cents, how: str, roles: Roles = ()) -> Cents:
    """Split an amount between orders by their margin, then each order between its workers: `[..., O, N]`.

    The share of an order on which nobody payable worked stays in the pot.
    """
    each = split_cents(amount, np.maximum(month.order_margin, 0), turn=month.turn, if_nobody="keep")
    weight = weights_of(month, roles)
    weight = weight if isinstance(weight, int) else weight[..., None, :]
    worked = between(how, month.order_minutes, month.paid[..., None, :], weight)
    return split_cents(each, worked, turn=month.turn, if_nobody="keep")


def odd_in_order(seen: Seen, amount: Cents, how: str, order: int, roles: Roles = ()) -> str:
    """Return the odd cents of one order, told to one person."""
    month = seen.month
    each = split_cents(amount, np.maximum(month.order_margin, 0), turn=month.turn, if_nobody="keep")
    worked = between(how, month.order_minutes[order], month.paid, weights_of(month, roles))
    return about_odd_cent(int(each[order]), worked, month.turn, seen.who, seen.name)


def what_part(part: int) -> str:
    """Return `l'enveloppe` or `30 % de l'enveloppe`."""
    return "l'enveloppe" if part == WHOLE_POT else f"{percent(part)} de l'enveloppe"


def orders_told(seen: Seen, mine: Cents) -> str:
    """Return what several orders, or none, gave a person; nothing when it is one order."""
    shares = [euros(int(amount)) for amount in mine if amount]
    if not shares:
        return f"{seen.name} n'a pas travaillé sur une commande payée ce mois-ci."
    detail = f"{' + '.join(shares)} = " if len(shares) <= 10 else ""
    done = f"{seen.name} a travaillé sur {len(shares)} commandes. Cela fait : {detail}{euros(seen.delta)}."
    return done if len(shares) > 1 else ""


def one_order_told(seen: Seen, amount: Cents, how: str, roles: Roles) -> str:
    """Return what one order gave a person, and its odd cent."""
    order = int(np.flatnonzero(by_orders(seen.month, amount, how, roles)[..., seen.who])[0])
    odd = odd_in_order(seen, amount, how, order, roles)
    return f"{seen.name} reçoit {euros(seen.delta)} pour une commande. {odd}".strip()


@step(
    "par_commande",
    "Par commande",
    Family.SHARE,
    "Chaque commande a sa part d'enveloppe, selon sa marge. Elle va à qui y a travaillé.",
    also="chantier mission date représentation service pourboires commande prestation projet",
)
class ByOrder(Step):
    """Each order's part goes to those who worked on it; equally, it is the Shapley value of the orders."""

    facts = ("order_sales", "order_costs", "order_minutes")

    part: int = part_setting()
    how: str = choice("partage", "Dans une commande", BETWEEN)
    roles: tuple[tuple[str, int], ...] = labelled("fonctions", "Poids d'une fonction")

    def looks_at(self) -> tuple[str, ...]:
        return (*self.facts, "role") if self.roles else self.facts

    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=by_orders(month, part_of(now.left, self.part), self.how, self.roles).sum(-2))

    def minute_weights(self) -> tuple[int, ...]:
        return tuple(int(kind in (Kind.JOB, Kind.SUPPORT)) for kind in KINDS)

    def says(self) -> str:
        said = f"On partage {what_part(self.part)} par commande, selon la marge. Qui y travaille partage"
        roles = [f"« {role} » {PLAIN.show(weight)}" for role, weight in self.roles]
        return f"{said} {BETWEEN[self.how]}.{f' Poids : {listing(roles)}.' if roles else ''}"

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        amount = part_of(seen.before.left, self.part)
        return orders_told(seen, by_orders(seen.month, amount, self.how, self.roles)[..., seen.who]) or (
            one_order_told(seen, amount, self.how, self.roles)
        )
