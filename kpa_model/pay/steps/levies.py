"""Before sharing: direct costs, contribution to the CAE, commons, reserve in and out."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import numpy as np

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.month import Month
from kpa_model.declare.setting import choice, setting
from kpa_model.declare.unit import EURO, PERCENT
from kpa_model.money import Cents, part_of
from kpa_model.pay.cae_scale import CaeScale, ScaleNames, scale
from kpa_model.pay.purses import Move, Purses
from kpa_model.pay.step import Family, Seen, Step, Takes, step
from kpa_model.words import euros, percent


class Levy(Step):
    """Base of the steps that concern everybody at once: there is no « pour »."""

    for_each = False


BASES = {"marge": "la marge", "ventes": "les ventes", "enveloppe": "l'enveloppe"}


def base_of(name: str, month: Month, now: Purses) -> Cents:
    """Return the amount a rate applies to, never below zero."""
    amount = {"marge": month.margin, "ventes": month.sales, "enveloppe": now.pot}[name]
    return np.asarray(np.maximum(amount, 0))


@step(
    "frais_directs",
    "Payer les achats et frais",
    Family.LEVY,
    "Les achats et les frais du mois sont payés d'abord. Ce qui reste des ventes est la marge.",
    {"positive_pot": "Des achats plus grands que les ventes creusent l'enveloppe."},
    also="frais achats courses dépenses matières essence fournitures rembourser",
)
class DirectCosts(Levy):
    """Purchases and direct costs leave the pot, even when that empties it."""

    facts, gives, takes = ("direct_costs",), ("costs",), Takes.DUE

    def move(self, month: Month, now: Purses) -> Move:
        return Move(costs=month.direct_costs)

    def says(self) -> str:
        return "On paie les achats et les frais du mois."

    def because(self, seen: Seen) -> str:
        if seen.moved < 0:
            return f"Des achats sont remboursés : {euros(-seen.moved)} de plus dans l'enveloppe."
        when = "Un achat compte le mois où sa commande entre dans l'enveloppe, ou après."
        return f"Les achats et les frais du mois sont payés : {euros(seen.moved)}. {when if seen.moved else ''}".strip()


@step(
    "contribution_cae",
    "Contribution à la CAE, barème publié",
    Family.LEVY,
    "La CAE qui héberge le groupe reçoit sa contribution, selon un barème publié. À confirmer avec elle.",
    {"scale": "Le barème a des tranches, une part fixe ou un minimum.", "positive_pot": "Un minimum reste dû."},
    also="cae contribution frais de gestion hébergement",
)
class PublishedCaeContribution(Levy):
    """The host takes its contribution by a published scale, by yearly brackets."""

    facts = ("sales", "direct_costs", "sales_before", "margin_before", "sales_by_month", "margin_by_month")
    gives, takes = ("cae",), Takes.DUE

    scale_name: str = choice("bareme", "Barème", ScaleNames(), "opteos")

    def looks_at(self) -> tuple[str, ...]:
        counts = scale(self.scale_name).counts_months
        return tuple(name for name in self.facts if counts or not name.endswith("_by_month"))

    def move(self, month: Month, now: Purses) -> Move:
        published = scale(self.scale_name)
        before, new, taken = _year(published, month)
        return Move(cae=published.due(before, new, month.paid.sum(-1), taken=taken))

    def says(self) -> str:
        published = scale(self.scale_name)
        said = f"La CAE reçoit sa contribution, au barème {published.label}."
        return f"{said} Elle se calcule sur {BASES[published.base]}. {published.limits()}".strip()

    def because(self, seen: Seen) -> str:
        published = scale(self.scale_name)
        before, new, taken = _year(published, seen.month)
        rates, limit = published.rates_said(before, new), published.limit_reached(before, new, taken)
        said = f"{euros(int(before))} avant, {euros(int(new))} ce mois-ci. {rates} {_contribution(seen.moved)}"
        doubt = published.warning_for(_first_day(seen.month.label)) if len(seen.month.label) == 7 else ""
        more = " ".join(each for each in (limit, "L'arrondi se fait sur l'année.", doubt) if each)
        return f"Le barème porte sur {BASES[published.base]} de l'année : {said} {more}"


def _year(published: CaeScale, month: Month) -> tuple[Cents, Cents, Cents]:
    """Return what a scale bears on, since January and this month, and what it took since January, fixed parts apart."""
    base = "sales" if published.base == "ventes" else "margin"
    before = getattr(month, f"{base}_before")
    taken = published.yearly(before)
    if published.counts_months:
        taken = np.maximum(published.taken(getattr(month, f"{base}_by_month")), taken)
    return before, getattr(month, base), taken


def _contribution(cents: int) -> str:
    if cents < 0:
        return f"La CAE rend {euros(-cents)}, car la marge de l'année a baissé."
    return f"La contribution à la CAE est de {euros(cents)}."


def _first_day(label: str) -> date:
    return CalendarMonth.parse(label).first_day


@step(
    "contribution_cae_libre",
    "Contribution à la CAE, notre taux",
    Family.LEVY,
    "La CAE reçoit un taux convenu. On peut ajouter une part fixe et un minimum par mois.",
    {"scale": "La part fixe et le minimum ne suivent pas les ventes.", "positive_pot": "Un minimum reste dû."},
    also="cae contribution frais de gestion taux",
)
class OwnCaeContribution(Levy):
    """The host takes a rate agreed with the group, plus a fixed part, at least a minimum."""

    facts, gives, takes = ("sales", "direct_costs"), ("cae",), Takes.DUE

    rate: int = setting("taux", PERCENT, "Taux", default=11.5, high=50)
    base: str = choice("base", "Calculé sur", {"marge": "la marge", "ventes": "les ventes"})
    fixed: int = setting("fixe", EURO, "Part fixe par mois", default=0, high=1000)
    minimum: int = setting("minimum", EURO, "Minimum par mois", default=0, high=1000)

    def move(self, month: Month, now: Purses) -> Move:
        due = part_of(base_of(self.base, month, now), self.rate) + self.fixed
        return Move(cae=np.maximum(due, self.minimum))

    def says(self) -> str:
        fixed = f" On ajoute {euros(self.fixed)} par mois." if self.fixed else ""
        least = f" C'est au moins {euros(self.minimum)} par mois." if self.minimum else ""
        return f"La CAE reçoit {percent(self.rate)} de {BASES[self.base]}.".replace("de les", "des") + fixed + least

    def because(self, seen: Seen) -> str:
        base = euros(int(base_of(self.base, seen.month, seen.before)))
        least = " C'est le minimum du mois." if self.minimum and seen.moved == self.minimum else ""
        return f"{percent(self.rate)} de {base}, sur {BASES[self.base]}. {_contribution(seen.moved)}{least}"


@step(
    "part_au_fonds_commun",
    "Part au fonds commun",
    Family.LEVY,
    "Une part va au fonds commun. Le groupe décide ensemble de son usage.",
    also="pot commun caisse cagnotte association mutuelle solidarité cotisation secours bateau",
)
class CommonsShare(Levy):
    """A percentage goes to the commons fund, as far as the pot allows."""

    facts, gives = ("sales", "direct_costs"), ("fund",)

    rate: int = setting("taux", PERCENT, "Taux", default=5, high=100)
    base: str = choice("base", "Calculé sur", BASES, "enveloppe")

    def move(self, month: Month, now: Purses) -> Move:
        return Move(fund=np.minimum(part_of(base_of(self.base, month, now), self.rate), now.left))

    def says(self) -> str:
        return f"Le fonds commun reçoit {percent(self.rate)} de {BASES[self.base]}.".replace("de les", "des")

    def because(self, seen: Seen) -> str:
        return f"Le fonds commun reçoit {euros(seen.moved)}."


@step(
    "mise_en_reserve",
    "Mettre en réserve",
    Family.LEVY,
    "Une part de l'enveloppe est gardée pour les mois difficiles.",
    also="épargne coussin réserve mettre de côté trésorerie",
)
class ReserveIn(Levy):
    """A percentage of the pot goes to the reserve."""

    gives = ("reserve",)

    rate: int = setting("taux", PERCENT, "Taux", default=10, high=100)

    def move(self, month: Month, now: Purses) -> Move:
        return Move(reserve=part_of(now.left, self.rate))

    def says(self) -> str:
        return f"On met {percent(self.rate)} de l'enveloppe en réserve."

    def because(self, seen: Seen) -> str:
        return f"On met {euros(seen.moved)} en réserve."


@step(
    "reprise_de_reserve",
    "Reprendre dans la réserve",
    Family.LEVY,
    "Si l'enveloppe est trop petite, la réserve la complète.",
    {"scale": "Le montant visé est fixe."},
    also="complète mois creux coup dur",
)
class ReserveOut(Levy):
    """The reserve lifts the pot up to an amount, as far as it can."""

    facts, gives, takes, refills = ("reserve",), (), Takes.NOTHING, True

    target: int = setting("jusqu_a", EURO, "Enveloppe visée", default=500, high=20_000)

    def move(self, month: Month, now: Purses) -> Move:
        return Move(reserve=-np.minimum(np.maximum(self.target - now.pot, 0), now.reserve))

    def says(self) -> str:
        return f"Sous {euros(self.target)}, la réserve complète l'enveloppe, si elle peut."

    def because(self, seen: Seen) -> str:
        return f"La réserve ajoute {euros(-seen.moved)}." if seen.moved else "La réserve n'ajoute rien ce mois-ci."


@step(
    "lissage",
    "Lisser entre bons et mauvais mois",
    Family.LEVY,
    "Au-dessus d'un repère, le surplus va en réserve. En dessous, la réserve complète.",
    {"scale": "Le repère est un montant fixe."},
    also="mois creux saison régulier lisser salaire stable",
)
class Smoothing(Levy):
    """Above a reference, part of the surplus is kept; below, the reserve fills up to the reference."""

    facts, gives, refills = ("reserve",), ("reserve",), True

    reference: int = setting("repere", EURO, "Repère par mois", default=800, high=20_000)
    kept: int = setting("part_gardee", PERCENT, "Part du surplus gardée", default=50, high=100)

    def move(self, month: Month, now: Purses) -> Move:
        surplus = part_of(np.maximum(now.pot - self.reference, 0), self.kept)
        need = np.minimum(np.maximum(self.reference - now.pot, 0), now.reserve)
        return Move(reserve=surplus - need)

    def says(self) -> str:
        return (
            f"Au-dessus de {euros(self.reference)}, on garde {percent(self.kept)} du surplus en réserve. "
            "En dessous, la réserve complète l'enveloppe."
        )

    def because(self, seen: Seen) -> str:
        if seen.moved > 0:
            return f"C'est un bon mois : {euros(seen.moved)} vont en réserve."
        return f"La réserve ajoute {euros(-seen.moved)}." if seen.moved else "La réserve ne bouge pas."


class _Rest(Levy):
    """Whatever is left in the pot goes to one purse."""

    takes = Takes.REST
    told: ClassVar[tuple[str, str]]
    """Where it goes: after « va », after « pour »."""

    def move(self, month: Month, now: Purses) -> Move:
        return Move(**{self.gives[0]: now.left})

    def says(self) -> str:
        return f"Ce qui reste va {self.told[0]}."

    def because(self, seen: Seen) -> str:
        return f"Il reste {euros(seen.moved)} pour {self.told[1]}." if seen.moved else "Il ne reste rien."


@step(
    "reste_au_fonds",
    "Le reste au fonds commun",
    Family.REST,
    "Ce qui n'est pas partagé va au fonds commun. Sans cette étape, le reste attend le mois suivant.",
)
class RestToFund(_Rest):
    """Whatever is left in the pot goes to the commons fund."""

    gives, told = ("fund",), ("au fonds commun", "le fonds commun")


@step(
    "reste_en_reserve",
    "Le reste en réserve",
    Family.REST,
    "Ce qui n'est pas partagé va en réserve.",
)
class RestToReserve(_Rest):
    """Whatever is left in the pot goes to the reserve."""

    gives, told = ("reserve",), ("en réserve", "la réserve")
