"""What each person did, counted: hours, days, things made, orders… with the weights of the group, that multiply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from kpa_model.cooperative.month import Counts, Month
from kpa_model.cooperative.work import KIND_LABELS, KINDS
from kpa_model.declare.labels import labelled, says
from kpa_model.declare.setting import choice, setting, weights, yes_no
from kpa_model.declare.unit import HOURS, PLAIN
from kpa_model.money import round_ratio, row_sums
from kpa_model.words import hours

ONE = PLAIN.scale
"""A weight of one, in hundredths. Counts are in hundredths too: of a minute, of a day, of a thing, of a euro."""

Labelled = tuple[tuple[str, int], ...]

WHAT = {
    "heures": "les heures",
    "parts": "une part par personne",
    "jours": "les jours où l'on travaille",
    "quantites": "les quantités faites",
    "quantites_vendues": "les quantités vendues",
    "commandes": "les commandes travaillées",
    "commandes_apportees": "les commandes apportées",
    "ventes": "les ventes de ses commandes",
    "marge": "la marge de ses commandes",
    "apport": "la marge de ce qu'on apporte",
    "ventes_du_mois": "les ventes du mois",
    "marge_du_mois": "la marge du mois",
    "points": "les points d'implication",
    "absences": "les heures d'absence payée",
}
ONE_OF = {
    "heures": "Une heure", "parts": "Une part", "jours": "Un jour de travail", "quantites": "Une unité faite",
    "quantites_vendues": "Une unité vendue", "commandes": "Une commande travaillée",
    "commandes_apportees": "Une commande apportée", "ventes": "Un euro vendu", "marge": "Un euro de marge",
    "apport": "Un euro de marge apporté",
    "ventes_du_mois": "Chaque euro de ventes du mois",
    "marge_du_mois": "Chaque euro de marge du mois",
    "points": "Un point", "absences": "Une heure d'absence",
}  # fmt: skip
READS = {
    "heures": ("minutes",), "parts": (), "points": ("points",), "absences": ("absence",),
    "jours": ("line_who", "line_day", "line_minutes"), "quantites": ("line_who", "line_quantity"),
    "quantites_vendues": ("order_quantity", "order_minutes"), "commandes": ("order_minutes",),
    "commandes_apportees": ("order_brought",), "ventes": ("order_sales", "order_minutes"),
    "marge": ("order_sales", "order_costs", "order_minutes"),
    "apport": ("order_sales", "order_costs", "order_brought"),
    "ventes_du_mois": ("sales",), "marge_du_mois": ("sales", "direct_costs"),
}  # fmt: skip
WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
"""Days of the week by the rest of their ordinal by seven, from 1; Sunday, 0, has a weight of its own."""

OF_LINES = ("heures", "jours", "quantites")
OF_ORDERS = ("quantites_vendues", "commandes", "commandes_apportees", "ventes", "marge", "apport")


@dataclass(frozen=True)
class Counted:
    """What is counted, and its weights. What a weight cannot touch is left aside: a point has no day."""

    what: str = choice("compter", "On compte", WHAT)
    by_kind: tuple[int, ...] = weights("genres", "Poids d'un genre d'heures", KIND_LABELS, (ONE,) * 4, optional=True)
    by_task: Labelled = labelled("taches", "Poids d'une tâche")
    other_tasks: int = setting("autres_taches", PLAIN, "Poids des autres tâches", default=1, high=10, optional=True)
    by_day: Labelled = labelled("jours", "Poids d'un jour de la semaine", WEEK)
    by_sunday: int = setting("dimanche", PLAIN, "Poids du dimanche", default=1, high=10, optional=True)
    by_holiday: int = setting("jour_ferie", PLAIN, "Poids d'un jour férié", default=1, high=10, optional=True)
    by_evening: int = setting("soir", PLAIN, "Poids du soir", default=1, high=10, optional=True)
    evening: int = setting("soir_des", HOURS, "Le soir commence à", default=20, high=24, optional=True)
    by_pole: Labelled = labelled("poles", "Poids d'un pôle")
    by_order: Labelled = labelled("commandes", "Poids d'une commande")
    by_customer: Labelled = labelled("clients", "Poids d'une sorte de client")
    by_role: Labelled = labelled("fonctions", "Poids d'une fonction")
    beyond: int = setting("au_dela_de", PLAIN, "Compter au-delà de", default=0, high=1000, optional=True)
    upto: int = setting("compte_au_plus", PLAIN, "Compter au plus (0 : tout)", default=0, high=1000, optional=True)
    by_need: bool = yes_no("coefficient", "Multiplier par le coefficient déclaré", optional=True)

    def count_reads(self) -> tuple[str, ...]:
        """Return the facts that this count reads."""
        wanted: dict[tuple[str, ...], bool] = {("role",): bool(self.by_role), ("need",): self.by_need}
        if self.what in OF_LINES and (self.dated or self.what != "heures"):
            days = bool(self.by_day) or self.by_sunday != ONE or self.by_holiday != ONE
            kinds = self.by_kind != (ONE,) * len(KINDS)
            wanted |= {("line_who", "line_minutes"): True, ("line_kind",): kinds, ("line_task",): self.tasked,
                       ("line_day",): days, ("line_start",): self.by_evening != ONE}  # fmt: skip
            wanted |= {("line_order", *names): bool(used) for names, used in self._of_orders().items()}
        elif self.what in OF_ORDERS:
            wanted |= {names: bool(used) for names, used in self._of_orders().items()}
        own = () if self.what == "heures" and self.dated else READS[self.what]
        return tuple(dict.fromkeys((*own, *(name for names, used in wanted.items() if used for name in names))))

    def _of_orders(self) -> Mapping[tuple[str, ...], Labelled]:
        return {("order_pole",): self.by_pole, ("order_number",): self.by_order, ("order_customer",): self.by_customer}

    @property
    def tasked(self) -> bool:
        """Tell whether tasks have weights."""
        return bool(self.by_task) or self.other_tasks != ONE

    @property
    def dated(self) -> bool:
        """Tell whether hours must be looked at one line after the other."""
        days = bool(self.by_day) or (self.by_sunday, self.by_holiday, self.by_evening) != (ONE,) * 3
        return self.tasked or days or any(self._of_orders().values())

    def count(self, month: Month) -> Counts:
        """Return what each person did, weighted, in hundredths, `[..., N]`."""
        whole = np.maximum(_COUNTS[self.what](self, month) - self.beyond * unit_of(self.what) // ONE, 0)
        whole = np.minimum(whole, self.upto * unit_of(self.what) // ONE) if self.upto else whole
        if self.by_role:
            whole = round_ratio(whole * labels_weight(month.role, self.by_role), ONE)
        return round_ratio(whole * month.need, ONE) if self.by_need else np.asarray(whole)

    def line_weight(self, month: Month, values: Counts) -> Counts:
        """Return values of lines, in hundredths, times the weights of each line, `[..., L]`."""
        found = values * ONE
        if self.by_kind != (ONE,) * len(KINDS):
            found = round_ratio(found * np.array(self.by_kind)[month.line_kind], ONE)
        if self.tasked:
            found = round_ratio(found * labels_weight(month.line_task, self.by_task, self.other_tasks), ONE)
        if self.by_day:
            found = round_ratio(found * labels_weight(np.array(["", *WEEK])[month.line_day % 7], self.by_day), ONE)
        days = ((self.by_sunday, is_sunday), (self.by_holiday, is_holiday))
        for weight, told in days:
            if weight != ONE:
                found = round_ratio(found * np.where(told(month.line_day), weight, ONE), ONE)
        if self.by_evening != ONE:
            found = round_ratio(found * np.where(month.line_start >= self.evening, self.by_evening, ONE), ONE)
        if any(self._of_orders().values()):
            each = self.order_weight(month)
            each = np.concatenate([each, np.full((*each.shape[:-1], 1), ONE)], -1)
            where = np.broadcast_shapes(each.shape[:-1], month.line_order.shape[:-1])
            each = np.broadcast_to(each, (*where, each.shape[-1]))
            rank = np.where(month.line_order < 0, each.shape[-1] - 1, month.line_order)  # without order: weighs one
            rank = np.broadcast_to(rank, (*where, rank.shape[-1]))
            found = round_ratio(found * np.take_along_axis(each, rank, -1), ONE)
        return found

    def order_weight(self, month: Month) -> Counts:
        """Return the weight of each order, `[..., O]`, or one for all."""
        found = np.asarray(ONE)
        if self.by_pole:
            named = np.array([*month.poles, ""])
            found = found * labels_weight(named, self.by_pole)[month.order_pole] // ONE
        for words, written in ((self.by_order, "order_number"), (self.by_customer, "order_customer")):
            if words:
                found = found * labels_weight(getattr(month, written), words) // ONE
        return found

    def count_says(self) -> Iterator[str]:
        """Yield the weights that are not one, as pieces of French sentences: `1,5 pour « vaisselle »`."""
        kinds = zip(KIND_LABELS.values(), self.by_kind, strict=True) if self.by_kind != (ONE,) * len(KINDS) else ()
        every = (self.by_task, self.by_pole, self.by_order, self.by_customer, self.by_role)
        yield from (f"{PLAIN.show(weight)} en {label.lower()}" for label, weight in kinds)
        yield from (f"{PLAIN.show(weight)} pour «\u00a0{word}\u00a0»" for group in every for word, weight in group)
        yield from (f"{PLAIN.show(weight)} le {day}" for day, weight in self.by_day)
        named = {"pour les autres tâches": self.other_tasks, "le dimanche": self.by_sunday,
                 "un jour férié": self.by_holiday, f"le soir dès {hours(self.evening)}": self.by_evening}  # fmt: skip
        yield from (f"{PLAIN.show(weight)} {name}" for name, weight in named.items() if weight != ONE)

    def bounds_said(self) -> Iterator[str]:
        """Yield what else bears on the count, as French sentences."""
        if self.beyond:
            yield f"On compte au-delà de {self.amount_shown(self.beyond)}."
        if self.upto:
            yield f"On compte {self.amount_shown(self.upto)} au plus."
        if self.by_need:
            yield "Chaque personne compte selon son coefficient déclaré."

    def amount_shown(self, things: int) -> str:
        """Return a number of things, in hundredths, in French."""
        return shown(self.what, things * unit_of(self.what) // ONE).removesuffix(" comptées")


def labels_weight(written: np.ndarray, words: Labelled, others: int = ONE) -> Counts:
    """Return the weight of each text: that of the first word it says, or that of the others."""
    found, done = np.full(written.shape, others, np.int64), np.zeros(written.shape, np.bool_)
    for word, weight in words:
        said = says(written, word) & ~done
        found, done = np.where(said, weight, found), done | said
    return found


@lru_cache(maxsize=4)
def _french(year: int) -> frozenset[int]:
    """Return the public holidays of a year in France, as days of the calendar."""
    import holidays

    return frozenset(day.toordinal() for day in holidays.country_holidays("FR", years=year))


def is_holiday(days: Counts) -> np.ndarray:
    """Tell which days are public holidays."""
    known = np.unique(days[days > 0])
    years = {date.fromordinal(int(day)).year for day in known}
    return np.isin(days, [day for year in years for day in _french(year)])


def is_sunday(days: Counts) -> np.ndarray:
    """Tell which days are Sundays."""
    return np.asarray(days % 7 == 0)


def _minutes(counted: Counted, month: Month) -> Counts:
    if counted.dated:
        return month.by_person(counted.line_weight(month, month.line_minutes))
    if counted.by_kind == (ONE,) * len(KINDS):
        return month.all_minutes * ONE
    return np.asarray((month.minutes * np.array(counted.by_kind)[:, None]).sum(-2))


def _days(counted: Counted, month: Month) -> Counts:
    """Count each day once a person, with the weight of its line that weighs most."""
    same = (month.line_who[..., :, None] == month.line_who[..., None, :]) & (
        month.line_day[..., :, None] == month.line_day[..., None, :]
    )
    weight = counted.line_weight(month, np.sign(month.line_minutes))
    key = weight * (weight.shape[-1] + 1) + np.arange(weight.shape[-1], 0, -1)
    best = np.where(same, key[..., None, :], 0).max(-1, initial=0) == key
    return month.by_person(weight * best)


def _worked(month: Month) -> Counts:
    """Return who worked on each order, a person counting for one, `[..., O, N]`."""
    return np.sign(month.order_minutes)


def _parts(month: Month, amounts: Counts, by: Counts) -> Counts:
    """Return amounts of orders cut between people by what they did on each, `[..., N]`."""
    whole = np.maximum(row_sums(by), 1)
    return np.asarray((np.maximum(amounts, 0)[..., None] * by // whole[..., None]).sum(-2))


def _everyone(month: Month, amount: Counts) -> Counts:
    """Return one amount for each person, never below zero, `[..., N]`."""
    return np.asarray(np.maximum(amount, 0)[..., None] * np.ones(len(month.members), np.int64))


_COUNTS: Mapping[str, Callable[[Counted, Month], Counts]] = {
    "heures": _minutes,
    "parts": lambda counted, month: np.full(len(month.members), ONE, np.int64),
    "jours": _days,
    "quantites": lambda counted, month: month.by_person(counted.line_weight(month, month.line_quantity) // ONE),
    "quantites_vendues": lambda counted, month: _parts(
        month, month.order_quantity * counted.order_weight(month) // ONE, month.order_minutes
    ),
    "commandes": lambda counted, month: (_worked(month) * counted.order_weight(month)[..., None]).sum(-2),
    "commandes_apportees": lambda counted, month: _parts(month, counted.order_weight(month), month.order_brought),
    "ventes": lambda counted, month: _parts(
        month, month.order_sales * counted.order_weight(month) // ONE, month.order_minutes
    ),
    "marge": lambda counted, month: _parts(
        month, month.order_margin * counted.order_weight(month) // ONE, month.order_minutes
    ),
    "apport": lambda counted, month: _parts(
        month, month.order_margin * counted.order_weight(month) // ONE, month.order_brought
    ),
    "ventes_du_mois": lambda counted, month: _everyone(month, month.sales),
    "marge_du_mois": lambda counted, month: _everyone(month, month.margin),
    "points": lambda counted, month: month.points,
    "absences": lambda counted, month: month.absence * ONE,
}
"""How each thing is counted, in hundredths, `[..., N]`."""


def unit_of(what: str) -> int:
    """Return how many hundredths make one thing: a hundred, six thousand for an hour."""
    return ONE * 60 if what in ("heures", "absences") else ONE


def shown(what: str, hundredths: int) -> str:
    """Return a count in French: `3 h 30`, `2,5 points`."""
    if what in ("heures", "absences"):
        return hours(round(hundredths / ONE)) + " comptées" * (what == "heures")
    one, many = _UNITS[what]
    return f"{PLAIN.show(hundredths)}\u00a0{one if abs(hundredths) < 2 * ONE else many}"


_UNITS = {
    "parts": ("part", "parts"), "jours": ("jour", "jours"), "quantites": ("unité", "unités"),
    "quantites_vendues": ("unité vendue", "unités vendues"), "commandes": ("commande", "commandes"),
    "commandes_apportees": ("commande", "commandes"), "points": ("point", "points"),
    "ventes": ("€ vendu", "€ vendus"), "marge": ("€ de marge", "€ de marge"), "apport": ("€ de marge", "€ de marge"),
    "ventes_du_mois": ("€ vendu", "€ vendus"), "marge_du_mois": ("€ de marge", "€ de marge"),
}  # fmt: skip
