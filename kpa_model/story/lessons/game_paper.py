"""The game on paper: the facilitator's sheet, a sheet per person, our till, the order cards and the event cards."""

from __future__ import annotations

from typing import Any

from kpa_model.lessons.game import cards, script
from kpa_model.lessons.game.cards import MONTHS, NEEDED, PAID_WHEN, PRICES, PriceLevel
from kpa_model.money import part_of
from kpa_model.story.lessons import game_pay
from kpa_model.story.paper.press import press
from kpa_model.words import hours, of, percent, round_euros

COSTS = (1_000, 2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 20_000)
"""Total costs, in cents, whose net part is printed for those who play without a calculator."""


def game_paper() -> bytes:
    """Return the PDF of everything needed to play without a screen."""
    team = cards.setup()
    start = 0
    moments = []
    for each in script.moments():
        moments.append([f"{start} à {start + each.minutes} min", each.title, each.about, each.trap])
        start += each.minutes
    content = {
        "cooperative": "Le jeu du trimestre",
        "pied": "Le jeu du trimestre, équipe inventée",
        "duree": f"{start} minutes",
        "mois": MONTHS,
        "regles": script.RULES,
        "deroule": moments,
        "caisse": round_euros(team.till),
        "cae": percent(team.cae_rate),
        "net": percent(team.net_rate),
        "source": team.source,
        "personnes": [
            [each.name, hours(each.minutes), round_euros(each.purse), round_euros(each.spending), of(each.name)]
            for each in team.people
        ],
        "poches": [[round_euros(cost), round_euros(int(part_of(cost, team.net_rate)))] for cost in COSTS],
        "paies": [[rule.title, rule.sentence] for rule in game_pay.game_rules().values()],
        "commandes": [_order(card) for card in cards.order_cards().values()],
        "imprevus": [[card.title, card.text, _value(card)] for card in cards.event_cards().values()],
    }
    return press("jeu", content)


def _order(card: cards.OrderCard) -> dict[str, Any]:
    return {
        "titre": card.title,
        "client": card.customer,
        "heures": hours(card.minutes),
        "achats": round_euros(card.purchases),
        "delai": PAID_WHEN[card.delay].capitalize(),
        "prix": [_price(card, level) for level in PriceLevel],
    }


def _price(card: cards.OrderCard, level: PriceLevel) -> list[str]:
    """Return a price, the die it needs, and what the host takes once it is paid: nobody computes it by hand."""
    host = int(part_of(card.prices[level] - card.purchases, cards.setup().cae_rate))
    price = round_euros(card.prices[level])
    return [
        PRICES[level].removeprefix("Prix ").capitalize(),
        price,
        f"dès le {NEEDED[level]}",
        f"CAE : {round_euros(host)}",
    ]


def _value(card: cards.EventCard) -> str:
    if card.effect is cards.Effect.CASH:
        return f"Notre caisse : {'+' if card.value > 0 else ''}{round_euros(card.value)}"
    if card.effect is cards.Effect.HOURS:
        sign = "+" if card.value > 0 else "−"
        return f"Mois suivant : {sign} {hours(abs(card.value))}"
    return {
        cards.Effect.LATE: "Un mois d'attente de plus",
        cards.Effect.EARLY: "Payé aujourd'hui",
        cards.Effect.TALK: "À dire à voix haute",
    }[card.effect]
