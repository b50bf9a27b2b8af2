"""An invented order book, larger than most: 25 people under CAPE, 14 months, a dozen orders a month."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import numpy as np

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order, PaymentReceived
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.cooperative.work import Hours, Kind, Statement

NAMES = (
    "Adèle", "Bachir", "Camille", "Daouda", "Émilie", "Farid", "Gaëlle", "Hawa", "Ilyès", "Jeanne", "Karim", "Lola",
    "Mamadou", "Nadia", "Oscar", "Paola", "Quentin", "Rosa", "Sami", "Thérèse", "Umit", "Violette", "Wassila", "Yann",
    "Zélie",
)  # fmt: skip
POLES = ("Traiteur", "Conciergerie", "Jardin", "Couture")
FIRST = CalendarMonth.parse("2025-01")
MONTHS, ORDERS = 14, 12


def big_book(people: int = 25, months: int = MONTHS, seed: int = 25) -> OrderBook:
    """Return the book, always the same; everything in it is invented."""
    rng, numbers = np.random.default_rng(seed), count(1)
    spells = (Spell(Status.CAPE, date(2024, 9, 1)),)
    members = tuple(Member(name, spells, POLES[at % 4]) for at, name in enumerate(NAMES[:people]))
    orders, lines, payments, costs, hours, said = [], [], [], [], [], []
    for month in (FIRST + at for at in range(months)):
        for _ in range(ORDERS):
            number, day = f"C{next(numbers):04d}", month.first_day + timedelta(int(rng.integers(0, 26)))
            amount, pole = int(rng.integers(60, 1_100)) * 100, int(rng.integers(0, 4))
            found = str(rng.choice(NAMES[:people]))
            orders.append(Order(number, f"Commande {number}", POLES[pole], day, "collectif", (found,), "inventé"))
            lines.append(InvoiceLine(f"F{number}", number, "Prestation", day, day + timedelta(30), amount, 100_000))
            payments.append(PaymentReceived(f"F{number}", day + timedelta(1), lines[-1].with_tax))
            costs.append(DirectCost("Achats", day, amount * int(rng.integers(15, 45)) // 100, number))
            for who in rng.choice(people, 4, replace=False):
                hours.append(Hours(NAMES[who], day, Kind.JOB, int(rng.integers(2, 12)) * 30, number, "service"))
        for name in NAMES[:people]:
            hours.append(Hours(name, month.first_day, Kind.COMMONS, int(rng.integers(1, 9)) * 30, "", "réunion"))
            points, claim = int(rng.integers(1, 10)) * 100, int(rng.integers(5, 40)) * 1_000
            said.append(Statement(name, month, points, claim))
    about = Cooperative("Grand banc d'essai", "Tout est inventé, pour mesurer.", opening_fund=10_000)
    return OrderBook(about, members, *map(tuple, (orders, lines, payments, costs, hours, said)))
