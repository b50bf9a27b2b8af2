"""What a rule, then a rhythm, leaves in hand in typical situations: never for a person."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets
import numpy as np

from kpa_model import places
from kpa_model.benefits import own_rates
from kpa_model.benefits.in_hand import in_hand
from kpa_model.benefits.layers import Rates
from kpa_model.benefits.rhythm import compare_rhythms
from kpa_model.benefits.situations import TYPICAL, typical
from kpa_model.figures.kept import kept_bars
from kpa_model.pay.rule import PayRule
from kpa_model.story import in_hand as told
from kpa_model.ui import pieces
from kpa_model.ui.screens import in_hand_parts as parts
from kpa_model.ui.state import OURS, Store, rules_by_name, settled_until
from kpa_model.words import round_euros

SIZES = [("petite", "Une petite paie"), ("milieu", "Une paie du milieu"), ("grande", "Une grande paie")]
CASES = [("low", "Sans allègement (prudent)"), ("high", "Avec tout l'allègement")]
STEP = 5_00
WITHOUT_AAH = tuple(each for each in TYPICAL if each.benefit != "aah")


@pieces.framed
def rule_in_hand(store: Store) -> widgets.Widget:
    """Put today's rule and ours side by side, through typical situations."""
    picture = pieces.html()
    size, case = pieces.choice("Quelle paie", SIZES, "milieu"), pieces.choice("Cotisations", CASES, "low")
    day, warning = parts.day_choice()

    def show() -> None:
        rules = rules_by_name(store.state)
        band = own_rates.group_band(places.personal() / own_rates.NAME, day.value)
        names = [("Règle d'aujourd'hui", store.state.today), ("Notre règle", OURS)]
        costs = [typical_cost(store, rules[name], size.value) for _, name in names]
        rates = getattr(band, case.value)
        cards = [
            _card(title, rules[name], cost, rates, day.value, int(rates.net(max(costs))))
            for (title, name), cost in zip(names, costs, strict=True)
        ]
        picture.value = (
            parts.warned(warning)
            + "<p>Ces situations sont inventées. Les montants sont arrondis à 5 €. Personne n'est montré.</p>"
            + parts.legend()
            + f'<div class="kpa-panels kpa-two">{"".join(cards)}</div>'
            + parts.limits("benefits")
        )

    parts.redrawn(picture, show, size, case, day)
    store.watch(show)
    return pieces.column(pieces.month_bar(store, size, case, day), picture)


def typical_cost(store: Store, rule: PayRule, size: str) -> int:
    """Return a small, middle or large pay of the month under a rule, rounded to five euros: nobody's own."""
    pay = np.sort(settled_until(store.state.book, rule, store.state.month)[-1].pay)
    paid = pay[pay > 0]
    if not len(paid):
        return 0
    at = {"petite": 0, "milieu": len(paid) // 2, "grande": len(paid) - 1}[size]
    return max(STEP, (int(paid[at]) + STEP // 2) // STEP * STEP)


def _card(title: str, rule: PayRule, cost: int, rates: Rates, day, top: int) -> str:
    head = f'<section class="kpa-card"><h3>{escape(title)} : {escape(rule.title)}</h3>'
    net = int(rates.net(cost))
    if not net:
        return f"{head}<p>Ce mois-là, cette règle ne verse aucune paie.</p></section>"
    said = f"<p>{round_euros(cost)} de coût total, donc {round_euros(net)} nets par mois.</p>"
    rows = [
        told.kept_row(each.label, in_hand(each, np.full(3, net), day), months=3, note=told.NOTES.get(each.name, ""))
        for each in TYPICAL
    ]
    return f"{head}{said}{kept_bars('Ce qui reste en main, par mois', rows, top=top)}</section>"


@pieces.framed
def pay_rhythm(store: Store) -> widgets.Widget:
    """Show the same total paid each month, grouped, or put aside for the launch of one's project."""
    picture = pieces.html()
    choice = parts.situation_choice(WITHOUT_AAH)
    pay = parts.amount_slider("Paie nette moyenne par mois", 20, 300)
    day, warning = parts.day_choice()

    def show() -> None:
        situation = typical(choice.value)
        outcomes = compare_rhythms(situation, 100 * pay.value, day.value)
        alarms = [told.ASS_ALARM] if any(each.ass_stops for each in outcomes) else []
        picture.value = (
            parts.warned(warning)
            + parts.alarm(alarms)
            + pieces.live(pieces.sentences(told.rhythm_sentences(situation, outcomes, day.value)))
            + parts.legend()
            + kept_bars("Le même total sur un an, versé de plusieurs façons", [told.rhythm_row(each) for each in outcomes])
            + parts.limits("benefits")
        )

    parts.redrawn(picture, show, choice, pay, day)
    return pieces.column(pieces.row(choice, pay, day), picture)
