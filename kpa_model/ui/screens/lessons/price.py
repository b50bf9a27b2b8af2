"""Live screens about prices: what an hour costs, the price that pays everyone, margin and markup, break-even."""

from __future__ import annotations

from fractions import Fraction

import ipywidgets as widgets

from kpa_model.figures.bars import AmountBar, bars
from kpa_model.figures.curve import Curve, curves
from kpa_model.lessons import cases
from kpa_model.lessons.measure import shown
from kpa_model.money import part_of
from kpa_model.ui import pieces
from kpa_model.ui.screens.lessons import parts
from kpa_model.ui.state import Store
from kpa_model.words import count, euros, round_euros

PEOPLE_STEPS = 7


@pieces.framed
def real_hour(store: Store) -> widgets.Widget:
    """Show that billed hours pay for the others: the rate grows when fewer hours are billed."""
    cost = parts.hourly_cost()
    sliders = (
        parts.slider("Heures payées dans le mois", 40, 10, 80),
        parts.slider("Heures facturées, sur 10", 5, 1, 10),
        parts.slider("Frais fixes du mois, en €", 100, 0, 300, 10),
    )

    def draw(paid: int, tenth: int, fixed: int) -> str:
        billed = max(1, round(paid * tenth / 10))
        rate = cases.hourly_rate(cost, paid, billed, 100 * fixed)
        gross = round(100 * parts.figures()["smic_horaire"])
        rows = [
            AmountBar("Ce que reçoit la personne, en net", int(parts.pay_band().low.net(cost))),
            AmountBar("Le brut, au niveau du SMIC", gross),
            AmountBar("Ce que coûte une heure payée", cost),
            AmountBar("Ce qu'il faut facturer", rate),
        ]
        return parts.said(
            f"Sur {count(paid, 'heure payée', 'heures payées')}, {billed} sont facturées.",
            f"Chaque heure facturée doit rapporter {euros(rate)} HT.",
            *parts.unpensioned_told(lambda hour: cases.hourly_rate(hour, paid, billed, 100 * fixed)),
            more=bars("Une heure, du net au tarif", rows) + parts.TO_CHECK,
        )

    return parts.live(sliders, draw)


@pieces.framed
def price_slider(store: Store) -> widgets.Widget:
    """Show the price of a buffet that pays everyone, piece by piece; and what a lower price means."""
    sliders = (
        parts.slider("Personnes servies", 30, 10, 330, 10),
        parts.cents_slider("Achats HT par personne", 420, 200, 900, 10),
        parts.slider("Heures de travail en tout", 20, 4, 120),
        parts.slider("Trajet, en €", 15, 0, 60, 5),
        parts.slider("Part des communs, en %", 10, 0, 20),
        parts.slider("Prix HT demandé par personne, en €", 14, 5, 40),
    )

    def draw(people: int, each: int, hours: int, trip: int, commons: int, asked: int) -> str:
        cae = round(1_000_000 * parts.figures()["contribution_cae"])
        cost = parts.hourly_cost()
        made = cases.price_that_pays(people * each, hours * cost, 100 * trip, cae, 10_000 * commons)
        rows = [
            AmountBar("Achats", made.purchases),
            AmountBar("Travail", made.work),
            AmountBar("Trajet", made.trip),
            AmountBar("CAE", made.cae),
            AmountBar("Communs", made.commons),
        ]

        def price(hour: int) -> int:
            """Return the price of each person when an hour costs so much."""
            whole = cases.price_that_pays(people * each, hours * hour, 100 * trip, cae, 10_000 * commons)
            return cases.cents(Fraction(whole.total, people))

        least, most = price(parts.hourly_cost(parts.pay_band().high)), price(cost)
        return parts.said(
            f"Le prix qui paie tout le monde : {euros(most)} HT par personne.",
            f"Avec l'allègement, si la CAE l'a : {euros(least)}.",
            *parts.unpensioned_told(price),
            _asked_told(asked, people, each, hours, trip, cae + 10_000 * commons),
            more=bars("De quoi le prix est fait, avec des heures au SMIC", rows, total="Prix HT de la commande")
            + parts.TO_CHECK,
        )

    return parts.live(sliders, draw)


def _asked_told(asked: int, people: int, each: int, hours: int, trip: int, taken: int) -> str:
    """Return what one hour would be paid at the price asked."""
    margin = people * (100 * asked - each)
    left = margin - int(part_of(margin, taken)) - 100 * trip
    if left <= 0:
        return f"À {asked}\u00a0€, rien ne reste pour payer le travail."
    net = int(parts.pay_band().low.net(left // hours))
    return f"À {asked}\u00a0€, une heure est payée {euros(net)} net, sans allègement."


@pieces.framed
def margin_and_markup(store: Store) -> widgets.Widget:
    """Show the same margin read two ways: as a part of the price, as a part of the purchases."""
    sliders = (
        parts.slider("Prix de vente HT, en €", 420, 20, 1000, 10),
        parts.slider("Achats HT, en €", 126, 10, 600, 2),
    )

    def draw(price: int, bought: int) -> str:
        margin = price - bought
        rows = [
            AmountBar("Prix de vente HT", 100 * price),
            AmountBar("Achats HT", 100 * bought),
            AmountBar("Marge", 100 * margin),
        ]
        if margin < 0:
            return parts.said("Vous vendez moins cher que les achats.", more=bars("Le prix, coupé en deux", rows))
        mark, rate = Fraction(margin, price), Fraction(margin, bought)
        return parts.said(
            f"La marge est de {round_euros(100 * margin)}.",
            f"C'est {shown(mark, '%')} du prix : le taux de marque.",
            f"C'est {shown(rate, '%')} des achats : le taux de marge.",
            f"Le prix est {shown(Fraction(price, bought), 'fois')} fois les achats.",
            more=bars("Le prix, coupé en deux", rows),
        )

    return parts.live(sliders, draw)


@pieces.framed
def break_even(store: Store) -> widgets.Widget:
    """Show sales against charges, and the number from which nothing is lost."""
    sliders = (
        parts.slider("Charges fixes de l'année, en €", 600, 0, 3000, 50),
        parts.slider("Prix HT par convive, en €", 14, 5, 30),
        parts.cents_slider("Coût HT par convive", 520, 0, 1500, 20),
    )

    def draw(fixed: int, price: int, variable: int) -> str:
        made = cases.BreakEven(100 * fixed, 100 * price, variable)
        top = max(20, 2 * (made.least or 40))
        steps = [round(top * at / (PEOPLE_STEPS - 1)) for at in range(PEOPLE_STEPS)]
        lines = [
            Curve("Ventes", tuple(many * made.price for many in steps)),
            Curve("Charges", tuple(made.fixed + many * made.variable for many in steps)),
        ]
        picture = curves("Ventes et charges", [str(many) for many in steps], lines, "Convives")
        if made.least is None or made.sales is None:
            return parts.said("Chaque convive coûte plus qu'il ne paie.", "Servir plus fait perdre plus.", more=picture)
        return parts.said(
            f"Chaque convive laisse {euros(made.each)}.",
            f"Il faut {count(made.least, 'convive')} pour ne rien perdre.",
            f"Le seuil est de {euros(made.sales)} de ventes HT.",
            f"La marge sur coûts variables est de {shown(Fraction(made.each, made.price), '%')}.",
            more=picture,
        )

    return parts.live(sliders, draw)
