"""What a rule, then a rhythm, leaves in hand in typical situations: never for a person."""

from __future__ import annotations

from datetime import date

import ipywidgets as widgets
import numpy as np

from kpa_model import places
from kpa_model.benefits import own_rates
from kpa_model.benefits.in_hand import in_hand
from kpa_model.benefits.rhythm import compare_rhythms
from kpa_model.benefits.situations import TYPICAL, Situation, typical
from kpa_model.declare.markup import joined, tag
from kpa_model.declare.rows import Kept
from kpa_model.figures.kept import kept_bars, pair_bars
from kpa_model.pay.rule import PayRule
from kpa_model.story.pay import in_hand as told
from kpa_model.story.pay.balance import Balance
from kpa_model.story.pay.balance import balance as balance_of
from kpa_model.ui import pieces
from kpa_model.ui.library import settled_until
from kpa_model.ui.screens.share import in_hand_parts as parts
from kpa_model.ui.screens.share.balance import balance
from kpa_model.ui.state import OURS, Store, book_of, rules_by_name

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
        rates = getattr(band, case.value)
        chosen = [("Aujourd'hui", rules[store.state.today]), ("Notre règle", rules[OURS])]
        costs = [typical_cost(store, rule, size.value) for _, rule in chosen]
        nets = [int(rates.net(cost)) for cost in costs]
        said = [
            f"{name} ({rule.title}) : {told.typical_pay(cost, net)}"
            for (name, rule), cost, net in zip(chosen, costs, nets, strict=True)
        ]
        rows = [[_row(each, net, day.value) for net in nets] for each in TYPICAL]
        picture.value = joined(
            parts.warned(warning),
            pieces.live(parts.paragraphs(said)),
            tag("p", "Ces situations sont inventées. Le coût total est arrondi à 5 €. Personne n'est montré."),
            parts.alarm([told.ASS_ALARM]),
            *(joined(tag("h3", name), balance(_money(store, rule))) for name, rule in chosen),
            parts.legend(),
            pair_bars("Ce qui reste en main, par mois", [name for name, _ in chosen], rows),
            parts.limits("benefits"),
        )

    parts.redrawn(picture, show, size, case, day)
    store.watch(show)
    return pieces.column(pieces.month_bar(store, size), pieces.row(case, day), picture)


def _money(store: Store, rule: PayRule) -> Balance:
    return balance_of(settled_until(book_of(store.state), rule, store.state.month)[-1:])


def typical_cost(store: Store, rule: PayRule, size: str) -> int:
    """Return a small, middle or large pay of the month under a rule, rounded to five euros: nobody's own."""
    pay = np.sort(settled_until(book_of(store.state), rule, store.state.month)[-1].pay)
    paid = pay[pay > 0]
    if not len(paid):
        return 0
    at = {"petite": 0, "milieu": len(paid) // 2, "grande": len(paid) - 1}[size]
    return max(STEP, (int(paid[at]) + STEP // 2) // STEP * STEP)


def _row(situation: Situation, net: int, day: date) -> Kept:
    seen = in_hand(situation, np.full(3, net), day)
    return told.kept_row(situation.label, seen, months=3, note=told.NOTES.get(situation.name, ""))


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
            + kept_bars(told.rhythm_caption(outcomes), [told.rhythm_row(each) for each in outcomes])
            + parts.limits("benefits")
        )

    parts.redrawn(picture, show, choice, pay, day)
    return pieces.column(pay, pieces.row(choice, day), picture)
