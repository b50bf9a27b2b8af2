"""Beyond hours: sharing by pole; recognising who finds an order, holds a function, arrives, learns."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.declare.setting import names, setting
from kpa_model.declare.unit import EURO, EURO_PER_HOUR, HOURS, MONTHS, PERCENT
from kpa_model.money import Cents, part_of, round_ratio, row_sums, split_cents
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Step, affordable, step
from kpa_model.pay.steps.shares import WHOLE_POT, not_paid
from kpa_model.words import count, euros, hours, listing, percent


def by_poles(month: Month, amount: Cents) -> tuple[Cents, Counts]:
    """Return the cents of each pole, by margin, `[..., P]`; and the paid minutes on its orders, `[..., P, N]`."""
    places = np.arange(max(len(month.poles), 1))
    of_pole = (month.order_pole[..., None, :] == places[:, None]).astype(np.int64)  # [..., P, O]
    margins = (of_pole * month.order_margin[..., None, :]).sum(-1)
    worked = (of_pole @ month.order_minutes) * month.paid[..., None, :]
    return split_cents(amount, np.maximum(margins, 0), turn=month.turn, if_nobody="keep"), worked


def poles_told(month: Month, amount: Cents, who: int) -> str:
    """Return, for each pole where a person worked, its cents and her hours, as French sentences."""
    each, worked = by_poles(month, amount)
    said = [f"Selon leur marge, les pôles ont {euros(int(amount))} à se partager."]
    for name, cents, minutes in zip(month.poles or ("unique",), each, worked, strict=True):
        if cents and minutes[who]:
            said.append(f"Pôle {name} : {euros(int(cents))}.")
            said.append(f"{month.members[who]} y a {hours(int(minutes[who]))} sur {hours(int(minutes.sum()))}.")
    return " ".join(said)


@step(
    "par_pole",
    "Par pôle, avec une part commune",
    Family.SHARE,
    "Une part est partagée entre tous. Le reste va à chaque pôle, selon sa marge.",
    also="équipe secteur atelier activité pôle",
)
class ByPole(Step):
    """A pooled part by all hours; the rest by pole margin, then by hours on the pole's orders."""

    facts = ("minutes", "order_sales", "order_costs", "order_pole", "order_minutes")
    part: ClassVar[int] = WHOLE_POT
    pooled: int = setting("commun", PERCENT, "Part commune à tous les pôles", default=30, high=100)

    def pools(self, month: Month, now: Purses) -> tuple[Cents, Cents]:
        """Return each person's cents from the common part, and from the poles."""
        common = part_of(now.left, self.pooled)
        each, worked = by_poles(month, now.left - common)
        shared = split_cents(common, month.if_paid(month.all_minutes), turn=month.turn, if_nobody="keep")
        return shared, split_cents(each, worked, turn=month.turn, if_nobody="keep").sum(-2)

    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=np.add(*self.pools(month, now)))

    def says(self) -> str:
        shared = percent(self.pooled)
        return f"On partage {shared} entre tous, selon les heures. Chaque pôle partage le reste qui lui revient."

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        common, own = self.pools(seen.month, seen.before)
        shared = part_of(seen.before.left, self.pooled)
        done = np.where(seen.month.paid, seen.month.all_minutes, 0)
        time = f"{hours(int(done[seen.who]))} sur {hours(int(done.sum()))}, soit {euros(int(common[seen.who]))}"
        here = f"Part commune : {euros(int(shared))}. {seen.name} y a {time}."
        rest = poles_told(seen.month, seen.before.left - shared, seen.who)
        return f"{here} {rest} Les pôles donnent {euros(int(own[seen.who]))}. En tout : {euros(seen.delta)}."


@step(
    "commission",
    "Commission d'apport",
    Family.RECOGNISE,
    "La personne qui apporte une commande reçoit un pourcentage de sa marge.",
    also="apporteur commission trouver client pourcentage vente",
)
class FinderCommission(Step):
    """A percentage of the margin of each order goes to whoever brought it."""

    facts = ("order_sales", "order_costs", "order_brought")

    rate: int = setting("taux", PERCENT, "Taux", default=5, high=50)

    def move(self, month: Month, now: Purses) -> Move:
        due = part_of(np.maximum(month.order_margin, 0), self.rate)
        if row_sums(month.order_brought).max(initial=0) <= 1:  # one finder for each order: nothing to split
            wanted = month.if_paid(np.einsum("...o,...on->...n", due, month.order_brought))
        else:
            found = month.order_brought * month.paid[..., None, :]
            wanted = split_cents(due, found, turn=month.turn, if_nobody="keep").sum(-2)
        return Move(pay=affordable(now, wanted, month.turn))

    def says(self) -> str:
        return f"Qui apporte une commande reçoit {percent(self.rate)} de sa marge."

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        if not seen.month.order_brought[..., seen.who].any():
            return f"{seen.name} n'a pas apporté de commande ce mois-ci."
        brought, margin = np.where(seen.month.paid, seen.month.order_brought, 0), np.maximum(seen.month.order_margin, 0)
        mine = brought[:, seen.who] > 0
        shared = " À plusieurs, on partage." if (brought[mine].sum(-1) > brought[mine, seen.who]).any() else ""
        base = f"{count(int(mine.sum()), 'commande')}, pour {euros(int(margin[mine].sum()))} de marge"
        done = f"{seen.name} a apporté {base}."
        empty = "" if int(seen.after.left) else " L'enveloppe est alors vide."
        return f"{done} À {percent(self.rate)}, cela donne {euros(seen.delta)}.{shared}{empty}"


@step(
    "fonction",
    "Part de fonction",
    Family.RECOGNISE,
    "Les personnes qui tiennent une fonction reçoivent ensemble une part de l'enveloppe.",
    {"names": "La règle nomme des personnes."},
    also="coordination responsable poste prime de fonction chef",
)
class FunctionShare(Step):
    """People named by the group (coordination, invoicing…) share a percentage equally."""

    rate: int = setting("taux", PERCENT, "Taux", default=5, high=50)
    holders: tuple[str, ...] = names("personnes", "Personnes")

    def move(self, month: Month, now: Purses) -> Move:
        named = np.isin(np.array(month.members), self.holders) & month.paid
        amount = part_of(now.left, self.rate)
        return Move(pay=split_cents(amount, named.astype(np.int64), turn=month.turn, if_nobody="keep"))

    def says(self) -> str:
        if not self.holders:
            return f"Une fonction donne {percent(self.rate)} de l'enveloppe. Personne n'est encore choisi."
        who = listing(self.holders) if len(self.holders) <= 4 else f"{len(self.holders)} personnes choisies"
        return f"Une fonction donne {percent(self.rate)} de l'enveloppe. Cela va à {who}."

    def because(self, seen: Seen) -> str:
        if seen.name not in self.holders:
            return f"{seen.name} ne tient pas cette fonction."
        if cannot := not_paid(seen):
            return cannot
        return f"{seen.name} tient cette fonction : {euros(seen.delta)}."


@step(
    "accueil",
    "Accueil des nouveaux",
    Family.RECOGNISE,
    "Une personne qui arrive reçoit un montant fixe les premiers mois.",
    {"scale": "Le montant est fixe."},
    also="nouveaux débutants arrivée novice stage",
)
class Welcome(Step):
    """A fixed amount for newcomers during their first months."""

    facts = ("seniority",)

    amount: int = setting("euros", EURO, "Montant par mois", default=30, high=500)
    months: int = setting("mois", MONTHS, "Pendant combien de mois", default=2, low=1, high=12)

    def move(self, month: Month, now: Purses) -> Move:
        new = month.paid & (month.seniority < self.months)
        return Move(pay=affordable(now, new.astype(np.int64) * self.amount, month.turn))

    def says(self) -> str:
        return f"Une personne nouvelle reçoit {euros(self.amount)} par mois pendant {self.months} mois."

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        if int(seen.month.seniority[seen.who]) < self.months:
            return f"{seen.name} vient d'arriver : {euros(seen.delta)}."
        return f"{seen.name} n'est plus dans ses premiers mois."


@step(
    "heures_de_formation",
    "Heures de formation",
    Family.RECOGNISE,
    "Se former est reconnu : chaque heure de formation donne un montant, jusqu'à une limite.",
    {"scale": "Le montant par heure est fixe."},
    also="apprendre formation école apprentissage",
)
class TrainingHours(Step):
    """An amount for each hour of learning, up to a number of hours."""

    facts = ("minutes",)

    rate: int = setting("euros_par_heure", EURO_PER_HOUR, "Montant par heure", default=3, high=30)
    limit: int = setting("heures_au_plus", HOURS, "Heures au plus par mois", default=10, high=80)

    def counted(self, month: Month) -> Counts:
        """Return the minutes of learning that count, `[..., N]`."""
        learnt = month.minutes[..., KINDS.index(Kind.LEARNING), :]
        return month.if_paid(np.minimum(learnt, self.limit))

    def move(self, month: Month, now: Purses) -> Move:
        return Move(pay=affordable(now, round_ratio(self.counted(month) * self.rate, 60), month.turn))

    def minute_weights(self) -> tuple[int, ...]:
        return tuple(int(kind is Kind.LEARNING) for kind in KINDS)

    def says(self) -> str:
        return f"Une heure de formation donne {euros(self.rate)}, pour {hours(self.limit)} au plus."

    def because(self, seen: Seen) -> str:
        if cannot := not_paid(seen):
            return cannot
        minutes = int(self.counted(seen.month)[seen.who])
        if not minutes:
            return f"{seen.name} n'a pas d'heures de formation comptées."
        return f"{seen.name} a suivi {hours(minutes)} de formation : {euros(seen.delta)}."
