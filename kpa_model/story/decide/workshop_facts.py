"""What the workbook gives to a live workshop, as JSON: pot, rules and their effect, characters, reference points.

Phones see this, and no member's name is in it. It is written in the log of the workshop, so that it can start again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from kpa_model.audit.audit import audit
from kpa_model.benefits.parameters import UncoveredDay, cents
from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.decision.characters import Character, ready
from kpa_model.errors import KpaError, Problem
from kpa_model.money import split_cents
from kpa_model.pay import rule_file
from kpa_model.pay.engine import Settlement, settle, settle_months
from kpa_model.pay.rule import PayRule
from kpa_model.story.audit.told import weaknesses
from kpa_model.story.lessons.exercise_figures import outside_figures
from kpa_model.story.pay.chain import chain_rows
from kpa_model.story.pay.comparison import View, compare
from kpa_model.story.provenance import SHORT, data_fingerprint

MOST_ORDERS = 3
MOST_UNDER_WAY, UNDER_WAY = 12, 62
"""How many orders a phone lists for the hours of a week, and for how many days nobody may have worked on them."""
AUDITED = 3
"""Months on which rules are audited when a workshop opens."""
_KINDS = ("job", "support", "commons", "learning")
EACH = 7_500
"""Sales per character, in cents, when the month sold nothing: about what the Moulins sold per person in 2018."""


def workshop_facts(
    book: OrderBook, month: str, rules: Mapping[str, PayRule], seed: int, audited: bool = False
) -> dict[str, Any]:
    """Return the facts of a workshop, made of JSON values.

    Args:
        book: the cooperative.
        month: `2025-03`; the months before are settled too, since money is carried over.
        rules: name → rule, at least one; the first is today's rule, the others are compared to it.
        seed: what draws the cards and the order of anonymous texts.
        audited: whether an activity reads what the rules do not hold, which takes a while to find.

    Returns:
        `pot`, `members`, `minutes`, `orders`, `rules` (title, fingerprint, sentences, effect, and weaknesses when they
        were looked for), `characters` (text, pay under each rule), `marks` (reference points), `seed`, `turn` and where
        all this comes from. Amounts in cents.

    Raises:
        KpaError: the month is not in the book, or a rule cannot be applied to it.
    """
    at = _rank(book, month)
    chain, months = money_chain(book), months_of(book)
    settled = {name: settle_months(rule, months[: at + 1])[-1] for name, rule in rules.items()}
    views = dict(zip(settled, compare([[each] for each in settled.values()]), strict=True))
    today = next(iter(settled.values()))
    cards = ready()
    given = {name: settle(rule, _characters_month(cards, today.month)) for name, rule in rules.items()}
    pot = next(row.end for row in chain_rows(chain[at], today) if row.label == "Pour les personnes")
    paid = int(today.month.paid.sum())
    minutes = int(today.month.all_minutes[today.month.paid].sum())
    return {
        **hours_facts(book, seed),
        "month": month,
        "turn": int(today.month.turn),
        "pot": max(int(pot), 0),
        "members": paid,
        "minutes": minutes,
        "orders": _orders(book, chain[at]),
        "rules": [
            _rule(name, rules[name], views[name], today=rank == 0)
            | ({"weaknesses": _weak(rules[name], months, at)} if audited else {})
            for rank, name in enumerate(rules)
        ],
        "characters": [_card(card, rank, given) for rank, card in enumerate(cards)],
        "marks": _marks(max(int(pot), 0), paid, minutes, CalendarMonth.parse(month)),
        "figures": {name: str(value) for name, value in outside_figures(date.today()).items()},
        "data_fingerprint": data_fingerprint(book)[:SHORT],
    }


def hours_facts(book: OrderBook, seed: int) -> dict[str, Any]:
    """Return what noting hours together needs: the orders people may be working on, the most recent first."""
    last = max([each.on for each in book.hours] + [each.ordered_on for each in book.orders], default=date.min)
    recent = last - timedelta(days=min(UNDER_WAY, last.toordinal() - 1))
    worked = {each.order: each.on for each in sorted(book.hours, key=lambda each: each.on)}
    seen = {order.number: max(order.ordered_on, worked.get(order.number, date.min)) for order in book.orders}
    orders = sorted((each for each in book.workable if seen[each.number] >= recent), key=lambda each: seen[each.number])
    orders = [replace(each, label=each.label or each.number) for each in orders[: -MOST_UNDER_WAY - 1 : -1]]
    named = Counter(each.label for each in orders)
    return {
        "cooperative": book.cooperative.name,
        "seed": int(seed),
        "under_way": [
            {"order": each.number, "label": f"{each.label} ({each.number})" if named[each.label] > 1 else each.label}
            for each in orders
        ],
    }


def _rank(book: OrderBook, month: str) -> int:
    labels = [str(each) for each in book.months]
    if month not in labels:
        raise KpaError(Problem(f"Mois {month}", "il n'est pas dans ce carnet.", "Choisissez un mois du carnet."))
    return labels.index(month)


def _orders(book: OrderBook, money: MonthMoney) -> list[dict[str, Any]]:
    """Return the largest orders of the month, without customers."""
    labels = {order.number: order.label for order in book.orders}
    worked = {number: sum(each.minutes for each in book.hours if each.order == number) for number in labels}
    largest = sorted(money.orders, key=lambda order: -order.sales)[:MOST_ORDERS]
    return [
        {
            "label": labels[order.order],
            "sales": int(order.sales),
            "margin": int(order.sales - order.costs),
            "minutes": worked[order.order],
        }
        for order in largest
    ]


def _rule(name: str, rule: PayRule, view: View, today: bool) -> dict[str, Any]:
    """Return a rule as it is read aloud, and its effect on the people of the month."""
    amounts = sorted(person.cents for person in view.people)
    lost = [person for person in view.people if -5 * person.change > person.cents - person.change]
    effect = {
        "low": amounts[0],
        "middle": (amounts[(len(amounts) - 1) // 2] + amounts[len(amounts) // 2]) // 2,
        "high": amounts[-1],
        "heavy": len(lost),
        "today": today,
        "left": view.balance.went[-1][1],
    }
    return {
        "key": name,
        "title": rule.title,
        "fingerprint": rule_file.fingerprint(rule)[:SHORT],
        "sentence": rule.sentence or " ".join(step.says() for step in rule.steps if "pay" in step.gives),
        "aloud": [*rule.read_aloud()],
        "text": rule_file.dumps(rule),
        "effect": effect if amounts else None,
    }


def _weak(rule: PayRule, months: Sequence[Month], at: int) -> list[dict[str, str]]:
    """Return what the rule does not hold, on the last months and on drawn ones."""
    return weaknesses(audit(rule, months[max(0, at + 1 - AUDITED) : at + 1]))


def _card(card: Character, rank: int, given: Mapping[str, Settlement]) -> dict[str, Any]:
    """Return a character and what each rule gives to it: pay, and what is kept in its name."""
    pay = {name: int(each.pay[rank] + each.closing.saved[rank]) for name, each in given.items()}
    return {"key": card.key, "name": card.name, "text": card.text, "pay": pay}


def _characters_month(cards: Sequence[Character], like: Month) -> Month:
    """Return a month where the characters are the whole group, with as much money for each as in the real month.

    Each pole is one order, whose sales follow the hours of its people.
    """
    people, sales = int(like.paid.sum()) or 1, int(like.sales)
    total = sales * len(cards) // people if sales > 0 else EACH * len(cards)
    costs = int(like.direct_costs) * len(cards) // people if sales > 0 else 0
    poles = [*dict.fromkeys(card.pole for card in cards if card.pole)]
    worked = np.array([[card.job if card.pole == pole else 0 for card in cards] for pole in poles], np.int64)
    brought = np.array([[card.brought // 100 if card.pole == pole else 0 for card in cards] for pole in poles])
    weights = worked.sum(-1)
    return Month.of(
        [card.name for card in cards],
        label=like.label,
        turn=like.turn,
        poles=poles,
        minutes=np.array(
            [[getattr(card, kind) for card in cards] for kind in ("job", "support", "commons", "learning")]
        ),
        points=[card.points for card in cards],
        claims=[card.claim for card in cards],
        need=[card.need for card in cards],
        seniority=[card.seniority for card in cards],
        sales=total,
        direct_costs=costs,
        order_sales=split_cents(total, weights),
        order_costs=split_cents(costs, weights),
        order_pole=np.arange(len(poles)),
        order_minutes=worked,
        order_brought=brought,
    )


def _marks(pot: int, paid: int, minutes: int, month: CalendarMonth) -> list[dict[str, Any]]:
    """Return reference points for whoever chooses an amount: equal share, an hour's share, an hour at the SMIC."""
    marks: list[dict[str, Any]] = []
    if paid:
        marks.append({"label": "Parts égales", "cents": pot // paid})
    if minutes:
        hour = pot * 60 // minutes
        marks.append({"label": "Une heure, si l'on partage selon les heures", "cents": hour})
    try:
        least = cents("smic_horaire", month.first_day)
    except UncoveredDay:
        return marks
    about = "En brut. C'est indicatif, à vérifier avec la CAE."
    return [*marks, {"label": "Une heure au SMIC", "cents": least, "about": about}]
