"""Live screens about cash: the calendar, working capital, VAT per line, how a purchase is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import ipywidgets as widgets

from kpa_model.declare.markup import Html, table, tag
from kpa_model.figures.bars import AmountBar, bars
from kpa_model.figures.curve import Curve, curves
from kpa_model.invoicing.trades import taxed_sales
from kpa_model.lessons import cases
from kpa_model.money import part_of
from kpa_model.ui import pieces
from kpa_model.ui.screens.lessons import parts
from kpa_model.ui.state import Store
from kpa_model.words import count, day, month_names, percent, round_euros

ORDERS = (1200, 1600, 4600, 2400, 1800, 0, 0, 0)
"""Orders of eight months, in euros before tax: the third holds the buffet for 330 people; the last three wait."""
MONTHS = month_names()[2:10]


@pieces.framed
def cash_calendar(store: Store) -> widgets.Widget:
    """Show why a full order book can have an empty till: orders now, money later."""
    sliders = (
        parts.slider("Argent en caisse au départ, en €", 800, 0, 5000, 100),
        parts.slider("Les clients paient après, en mois", 2, 0, 3),
        parts.slider("Acompte à la commande, en %", 0, 0, 50, 10),
        parts.slider("Achats, en % de la commande", 35, 10, 60, 5),
        parts.slider("Paies du mois, en % de la commande", 40, 0, 60, 5),
    )

    def draw(start: int, delay: int, deposit: int, purchases: int, pays: int) -> str:
        orders = [100 * each for each in ORDERS]
        made = cases.cash_calendar(100 * start, orders, 10_000 * purchases, 10_000 * pays, 10_000 * deposit, delay)
        lines = [
            Curve("Commandes du mois, HT", tuple(each.ordered for each in made)),
            Curve("Argent en caisse à la fin du mois", tuple(each.left for each in made)),
        ]
        picture = curves("Le carnet de commandes et la caisse", MONTHS, lines, "Mois")
        return parts.said(*_cash_told(made, delay), more=picture)

    return parts.live(sliders, draw)


def _cash_told(made: Sequence[cases.CashMonth], delay: int) -> list[str]:
    lowest = min(range(len(made)), key=lambda at: made[at].left)
    orders = sum(each.ordered for each in made)
    told = [f"Le carnet est plein : {round_euros(orders)} HT de commandes."]
    if made[lowest].left < 0:
        told.append(f"Mais en {MONTHS[lowest]}, il manque {round_euros(-made[lowest].left)} en caisse.")
        told.append("Les achats et les paies partent avant l'argent des clients.")
    else:
        told.append(f"La caisse tient. Au plus bas, elle garde {round_euros(made[lowest].left)}.")
    if delay:
        told.append(f"L'argent arrive {count(delay, 'mois', 'mois')} après la commande.")
    return told


@pieces.framed
def working_capital(store: Store) -> widgets.Widget:
    """Show the money locked by stock and customers, less what suppliers wait for."""
    sliders = (
        parts.slider("Ventes du mois, en € TTC", 2400, 0, 8000, 100),
        parts.slider("Les clients paient après, en jours", 45, 0, 90, 5),
        parts.slider("Achats du mois, en € TTC", 800, 0, 4000, 50),
        parts.slider("Nous payons après, en jours", 15, 0, 60, 5),
        parts.slider("Stock, en € HT", 300, 0, 2000, 50),
    )

    def draw(sales: int, customers: int, bought: int, suppliers: int, stock: int) -> str:
        ours, theirs, locked = cases.working_capital(100 * stock, 100 * sales, customers, 100 * bought, suppliers)
        rows = [
            AmountBar("Stock", 100 * stock),
            AmountBar("Les clients nous doivent", ours),
            AmountBar("Nous devons aux fournisseurs", theirs, note="à retirer"),
            AmountBar("Argent bloqué", max(locked, 0)),
        ]
        told = f"L'activité bloque {round_euros(locked)}." if locked > 0 else "L'activité ne bloque pas d'argent."
        less = cases.working_capital(100 * stock, 100 * sales, max(customers - 15, 0), 100 * bought, suppliers)[2]
        gain = f"Des clients payant 15 jours plus tôt libèrent {round_euros(locked - less)}." if customers >= 15 else ""
        return parts.said(told, *filter(None, [gain]), more=bars("Le besoin en fonds de roulement", rows))

    return parts.live(sliders, draw)


@pieces.framed
def vat_lines(store: Store) -> widgets.Widget:
    """Show the VAT of an invoice line by line, then rate by rate."""
    known = parts.figures()
    rates = {name: round(1_000_000 * known[name]) for name in ("tva_reduite", "tva_intermediaire", "tva_normale")}
    labels = {
        "tva_reduite": "Pain et pâtisseries, à emporter",
        "tva_intermediaire": "Repas servis",
        "tva_normale": "Vin",
    }
    sliders = [
        parts.slider(f"{label}, en € HT", 100 * (at + 1), 0, 1000, 10) for at, label in enumerate(labels.values())
    ]

    def draw(*amounts: int) -> str:
        before = [100 * each for each in amounts]
        taxes = [int(part_of(each, rate)) for each, rate in zip(before, rates.values(), strict=True)]
        rows = [
            AmountBar(label, tax, note=f"{round_euros(each)} HT à {percent(rate)}")
            for label, each, rate, tax in zip(labels.values(), before, rates.values(), taxes, strict=True)
        ]
        one = int(part_of(sum(before), rates["tva_normale"]))
        return parts.said(
            f"Total HT : {round_euros(sum(before))}.",
            f"TVA : {round_euros(sum(taxes))}.",
            f"Total TTC : {round_euros(sum(before) + sum(taxes))}.",
            f"Avec un seul taux de {percent(rates['tva_normale'])}, la TVA serait de {round_euros(one)}.",
            more=bars("La TVA de chaque ligne", rows, total="TVA en tout") + TAX_TO_CHECK,
        )

    return pieces.column(parts.live(sliders, draw), pieces.html(_by_trade(rates)))


def _by_trade(rates: Mapping[str, int]) -> Html:
    """Return the rate of what groups sell, folded, each with its source, its day and how sure it is."""
    rows = [
        (it.trade, it.about, percent(rates[it.rate]), f"{it.source} ({day(it.read_on)})", it.confidence)
        for it in taxed_sales()
    ]
    heads = ("Métier", "Ce qui est vendu", "TVA", "Source, et jour noté", "Confiance")
    told = table("La TVA de nos métiers", heads, rows, cls="kpa-table kpa-grid", blocks=True)
    return tag("details", tag("summary", "Quel taux pour notre métier ?"), told, TAX_TO_CHECK)


TAX_TO_CHECK = tag(
    "p", "Le bon taux dépend de ce qui est vendu, et comment. Demandez à la CAE pour chaque ligne.", cls="kpa-help"
)


@pieces.framed
def funding_plan(store: Store) -> widgets.Widget:
    """Show what must be paid beside what is there: both sides end up equal."""
    sliders = (
        parts.slider("Four, en € HT", 900, 200, 3000, 50),
        parts.slider("Pose et formation, en € HT", 200, 0, 800, 25),
        parts.slider("Premier stock, en € HT", 100, 0, 500, 25),
        parts.slider("Budget des communs, en €", 300, 0, 2000, 50),
        parts.slider("Notre trésorerie, en €", 600, 0, 2000, 50),
    )

    def draw(oven: int, around: int, stock: int, commons: int, own: int) -> str:
        needed, there = oven + around + stock, commons + own
        left = [
            AmountBar("Four", 100 * oven),
            AmountBar("Pose et formation", 100 * around),
            AmountBar("Premier stock", 100 * stock),
        ]
        missing = max(needed - there, 0)
        right = [AmountBar("Budget des communs", 100 * commons), AmountBar("Notre trésorerie", 100 * own)]
        right.append(AmountBar("Reste à trouver", 100 * missing))
        told = (
            f"Il reste {round_euros(100 * missing)} à trouver."
            if missing
            else f"Tout est payé. Il reste {round_euros(100 * (there - needed))} en caisse."
        )
        month = cases.cents(Fraction(100 * needed, 24))
        top = 100 * max(oven, commons, own, missing)
        picture = bars("Ce qu'il faut payer", left, top=top, total="En tout") + bars(
            "Ce que nous avons", right, top=top, total="En tout"
        )
        return parts.said(
            told, f"L'achat entier, étalé sur deux ans, fait {round_euros(month)} par mois.", more=picture
        )

    return parts.live(sliders, draw)
