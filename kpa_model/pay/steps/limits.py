"""Protecting and bringing closer: floor, cap, maximum spread, solidarity; and fitting promises to the pot."""

from __future__ import annotations

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.declare.setting import choice, setting, yes_no
from kpa_model.declare.unit import EURO, PERCENT
from kpa_model.money import WHOLE, Cents, round_ratio, split_cents
from kpa_model.pay.per_hour import HourAtLeast, HourAtMost
from kpa_model.pay.promise import NobodyOver, NobodyUnder, Promise, WithinPot
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Step, Takes, step, within
from kpa_model.pay.steps.requests import OVERDRAWS
from kpa_model.pay.steps.shares import not_paid
from kpa_model.shortage.claims import METHODS
from kpa_model.words import count, euros, hours, percent

PER = {"personne": "par personne", "heure": "par heure donnée"}


def per_setting() -> str:
    """Declare whether a limit is on each amount, or on each hour."""
    per: str = choice("par", "La limite est", PER, optional=True)
    return per


def per_said(per: str) -> str:
    """Return what follows an amount in a sentence."""
    return " par heure" if per == "heure" else ""


def hours_of(month: Month, per: str) -> Counts:
    """Return minutes that a limit is multiplied by: those given, or an hour for everyone, `[..., N]`."""
    return month.all_minutes if per == "heure" else np.full(len(month.members), 60, np.int64)


def limit_told(seen: Seen, per: str, amount: int) -> str:
    """Return the limit of one person in French: an amount, with its hours when it is per hour."""
    if per != "heure":
        return euros(amount)
    done = int(seen.month.all_minutes[seen.who])
    return f"{euros(amount)} de l'heure, pour {hours(done)}"


class PerPersonOrHour(Step):
    """Base of limits that bear on each amount, or on each hour."""

    per: str

    def looks_at(self) -> tuple[str, ...]:
        return ("minutes",) if self.per == "heure" else ()

    def overdraws(self) -> bool:
        return super().overdraws() and getattr(self, "source", "enveloppe") == "enveloppe"


FROM = {"enveloppe": "l'enveloppe", "reserve": "la réserve, si elle peut"}


@step(
    "plancher",
    "Minimum par personne",
    Family.LIMIT,
    "Aucune personne présente ne reçoit moins que ce minimum, ou moins par heure donnée.",
    {"scale": "Le minimum est fixe.", "positive_pot": OVERDRAWS},
    also="minimum plancher garanti au moins smic personne sous dessous descend",
)
class Floor(PerPersonOrHour):
    """Nobody present receives less than this; the pot pays, even beyond what it holds, or else the reserve."""

    facts, takes = ("reserve", "minutes"), Takes.PROMISED
    minimum: int = setting("euros", EURO, "Minimum", default=50, high=2000)
    per: str = per_setting()
    source: str = choice("paye_par", "Payé par", FROM, optional=True)

    def looks_at(self) -> tuple[str, ...]:
        return (*super().looks_at(), *(("reserve",) if self.source == "reserve" else ()))

    def move(self, month: Month, now: Purses) -> Move:
        missing = month.if_paid(np.maximum(-(-self.minimum * hours_of(month, self.per) // 60) - now.pay, 0))
        if self.source == "enveloppe":
            return Move(pay=missing)
        paid = within(now.reserve, missing, month.turn)
        return Move(pay=paid, reserve=-paid.sum(-1))

    def claims(self) -> Promise | None:
        kind = HourAtLeast if self.per == "heure" else NobodyUnder
        return kind(self.minimum) if self.source == "enveloppe" else None

    def says(self) -> str:
        paid = "" if self.source == "enveloppe" else f" C'est payé par {FROM[self.source]}."
        return f"Chaque personne présente reçoit au moins {euros(self.minimum)}{per_said(self.per)}.{paid}"

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        done = f"On ajoute {euros(seen.delta)}." if seen.delta > 0 else "Il n'y a rien à ajouter."
        return f"Le minimum est de {limit_told(seen, self.per, self.minimum)}. {done}"


def nothing_for(seen: Seen) -> str:
    """Return why a person who has no amount here can have none, or nothing when she can be paid."""
    return "" if seen.delta or seen.before.pay[seen.who] else not_paid(seen)


def filled(pay: Cents, capped: Cents, most: Cents, turn: int) -> Cents:
    """Return amounts once the surplus of who is at the maximum is shared between the others (water-filling)."""
    for _ in range(pay.shape[-1]):
        spare = pay.sum(-1) - capped.sum(-1)
        open_to = np.where(capped < most, pay, 0)
        if not (spare * open_to.sum(-1)).any():
            break
        more = split_cents(spare, open_to, turn=turn, if_nobody="keep")
        capped = np.minimum(capped + more, most)
    return capped


SURPLUS = {"enveloppe": "retourne dans l'enveloppe", "partage": "est partagé entre les autres"}


@step(
    "plafond",
    "Maximum par personne",
    Family.LIMIT,
    "Personne ne reçoit plus que ce maximum, ou plus par heure. Le surplus retourne dans l'enveloppe, ou aux autres.",
    {"scale": "Le maximum est fixe."},
    also="maximum plafond pas plus de limite gagner trop dépasser smic",
)
class Cap(PerPersonOrHour):
    """Nobody receives more than this; the surplus goes back, or to the others in proportion (water-filling)."""

    facts, gives, takes, refills = ("minutes",), (), Takes.NOTHING, True
    maximum: int = setting("euros", EURO, "Maximum", default=300, high=5000)
    surplus: str = choice("surplus", "Le surplus", SURPLUS)
    per: str = per_setting()

    def move(self, month: Month, now: Purses) -> Move:
        most = self.maximum * hours_of(month, self.per) // 60
        capped = np.minimum(now.pay, most)
        if self.surplus == "partage":
            capped = filled(now.pay, capped, most, month.turn)
        return Move(pay=capped - now.pay)

    def claims(self) -> Promise:
        return HourAtMost(self.maximum) if self.per == "heure" else NobodyOver(self.maximum)

    def says(self) -> str:
        most = f"{euros(self.maximum)}{per_said(self.per)}"
        return f"Personne ne reçoit plus de {most}. Le surplus {SURPLUS[self.surplus]}."

    def because(self, seen: Seen) -> str:
        if seen.delta < 0:
            return f"Le maximum est {limit_told(seen, self.per, self.maximum)}. On retire {euros(-seen.delta)}."
        if seen.delta > 0:
            return f"{seen.name} reçoit {euros(seen.delta)} du surplus des autres, selon les montants."
        return nothing_for(seen) or f"{seen.name} ne dépasse pas {limit_told(seen, self.per, self.maximum)}."


@step(
    "solidarite",
    "Tour de solidarité",
    Family.LIMIT,
    "Au-dessus de la moyenne, on donne une part de ce qui dépasse. Elle monte les plus bas.",
    also="solidarité riches donnent redistribuer entraide",
)
class Solidarity(Step):
    """Those above the mean give a percentage of what exceeds it to those below, in proportion to their gap."""

    gives, takes = (), Takes.NOTHING

    rate: int = setting("taux", PERCENT, "Part donnée", default=20, high=100)

    def move(self, month: Month, now: Purses) -> Move:
        people = month.paid.sum(-1, keepdims=True)
        pay = month.if_paid(now.pay)  # an old debt paid to somebody absent is not shared again
        gap = month.if_paid(pay * people - pay.sum(-1, keepdims=True))  # cents × people
        gives = np.maximum(gap, 0) * self.rate // (WHOLE * np.maximum(people, 1))
        gets = split_cents(gives.sum(-1), np.maximum(-gap, 0), turn=month.turn, if_nobody="keep")
        return Move(pay=gets - gives)

    def says(self) -> str:
        given = f"Au-dessus de la moyenne, on donne {percent(self.rate)} de ce qui dépasse."
        return f"{given} Cela va à qui est en dessous."

    def because(self, seen: Seen) -> str:
        if not bool(seen.month.paid[seen.who]):
            return not_paid(seen)
        pay = np.where(seen.month.paid, seen.before.pay, 0)
        mean, gap = mean_told(pay, int(seen.month.paid.sum()), seen.who)
        if seen.delta < 0:
            return f"{mean} {seen.name} a {gap} de plus. On en donne {percent(self.rate)} : {euros(-seen.delta)}."
        if seen.delta > 0:
            given = int(np.maximum(seen.before.pay - seen.after.pay, 0).sum())
            said = f"{mean} {seen.name} a {gap} de moins. Les dons font {euros(given)} en tout."
            return f"{said} Selon ce qui lui manque, {seen.name} reçoit {euros(seen.delta)}."
        return f"{mean} Ce tour ne change rien pour {seen.name}."


def mean_told(pay: Cents, people: int, who: int) -> tuple[str, str]:
    """Return the mean as a sentence, and the distance of one person to it as an amount."""
    mean = int(round_ratio(pay.sum(), people))
    whole = f"{euros(int(pay.sum()))} pour {count(people, 'personne')}"
    return f"La moyenne est de {euros(mean)} : {whole}.", euros(abs(int(pay[who]) - mean))


@step(
    "ramener_a_l_enveloppe",
    "Ramener à l'enveloppe",
    Family.SHORTAGE,
    "Quand les montants dépassent l'enveloppe, on les réduit selon une méthode choisie d'avance.",
    also="pas assez d argent manque réduire trop promis faillite",
)
class FitToPot(Step):
    """When promises exceed the pot, cut them by a rule of the claims problem; what is cut may stay owed."""

    gives, takes, refills, mends, lowers = (), Takes.NOTHING, True, True, True

    method: str = choice("methode", "Méthode", {name: each.label for name, each in METHODS.items()})
    carry: bool = yes_no("reporter", "Ce qui manque reste dû")

    def move(self, month: Month, now: Purses) -> Move:
        money = np.maximum(now.pot + now.pay.sum(-1), 0)
        fit = METHODS[self.method].divide(money, now.pay, month.turn)
        kept = np.where((now.pot < 0)[..., None], fit, now.pay)
        return Move(pay=kept - now.pay, owed=now.pay - kept if self.carry else None)

    def claims(self) -> Promise:
        return WithinPot()

    def says(self) -> str:
        carry = " Ce qui manque reste dû." if self.carry else ""
        return f"Si l'enveloppe ne suffit pas, on réduit. {METHODS[self.method].says}{carry}"

    def because(self, seen: Seen) -> str:
        if cannot := nothing_for(seen):
            return cannot
        if seen.before.pot >= 0:
            return "L'enveloppe suffit : rien à réduire."
        carry = " Cette somme reste due." if self.carry and seen.delta else ""
        return f"{shortage_told(self.method, seen)}{carry}"


def shortage_told(method: str, seen: Seen) -> str:
    """Return how one person's amount is cut: what was promised, what there is, the method, before and after."""
    asked, before = int(seen.before.pay.sum()), int(seen.before.pay[seen.who])
    there = max(int(seen.before.pot) + asked, 0)
    how = METHODS[method].says
    if method == "proportionnel" and there:
        how = f"Chaque montant est multiplié par {euros(there)}, puis divisé par {euros(asked)}."
    facts = f"Les montants font {euros(asked)}. L'enveloppe a {euros(there)}." if there else "L'enveloppe est vide."
    if not seen.delta:
        return f"{facts} {how} {seen.name} garde {euros(before)}."
    cut = f"{seen.name} passe de {euros(before)} à {euros(before + seen.delta)} et perd {euros(-seen.delta)}."
    return f"{facts} {how} {cut}"
