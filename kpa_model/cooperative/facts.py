"""From the order book to the facts of each month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, money_chain, money_of_order
from kpa_model.cooperative.month import SINCE, Month, known_facts
from kpa_model.cooperative.orders import Order, value_of
from kpa_model.cooperative.work import KINDS, Hours, Statement
from kpa_model.errors import Problem, WrongFacts


def months_of(book: OrderBook) -> tuple[Month, ...]:
    """Return the facts of every month of the book. Purses carried over are left to the engine; the first opens them."""
    chain = money_chain(book)
    worked: dict[CalendarMonth, list[Hours]] = defaultdict(list)
    for hours in book.hours:
        worked[CalendarMonth.of(hours.on)].append(hours)
    return tuple(_facts(book, chain, at, worked[money.month]) for at, money in enumerate(chain))


def month_of_order(book: OrderBook, number: str) -> Month:
    """Return the facts of one order alone, as if it were the whole month of its first invoice.

    All its sales, all its costs, all its hours are there, and what people said of that month (points, claims, need):
    this is the order told from call to pay.
    """
    money = money_of_order(book, number)
    order = next(order for order in book.orders if order.number == number)
    worked = [hours for hours in book.hours if hours.order == number]
    here = {hours.member for hours in worked} | set(order.brought_by)
    return _month(
        book,
        money,
        worked,
        present=[member.name in here for member in book.members],
        payable=[member.can_be_paid(money.month) for member in book.members],
    )


def _facts(book: OrderBook, chain: Sequence[MonthMoney], at: int, worked: list[Hours]) -> Month:
    money = chain[at]
    month = money.month
    said = _statements(book, month)
    year = [before for before in chain[:at] if before.month.year == month.year]
    present = [
        statement.present
        if (statement := said.get(member.name)) and statement.present is not None
        else member.is_here(month)
        for member in book.members
    ]
    first = at == 0
    return _month(
        book,
        money,
        worked,
        present=present,
        payable=[member.can_be_paid(month) for member in book.members],
        sales_before=sum(before.sales for before in year),
        margin_before=sum(before.margin for before in year),
        sales_by_month=np.array([before.sales for before in year], np.int64),
        margin_by_month=np.array([before.margin for before in year], np.int64),
        fund=book.cooperative.opening_fund if first else 0,
        reserve=book.cooperative.opening_reserve if first else 0,
    )


_UNSAID = Statement(member="", month=CalendarMonth(0))


def _statements(book: OrderBook, month: CalendarMonth) -> dict[str, Statement]:
    return {each.member: each for each in book.statements if each.month == month}


def _filled(book: OrderBook, last: date, nouns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return every fact that says which attribute of the order book it is, from the nouns of the month, by list.

    `last` is the last day of the month.
    """
    ranks: dict[str, Callable[[Any], Any]] = {
        "rang de la personne": {member.name: at for at, member in enumerate(book.members)}.get,
        "rang du genre": KINDS.index,
        "jour du calendrier": date.toordinal,
        SINCE: last.__ge__,
    }
    found = {}
    for name, about in known_facts().items():
        held, _, attribute = about["of"].partition(".")
        if held:
            number, default = ranks.get(about["unit"], _same), about["default"]
            said = [value_of(noun, attribute) for noun in nouns[held]]
            kind = np.str_ if about["unit"] == "texte" else np.int64
            try:
                found[name] = np.array([default if value is None else number(value) for value in said], kind)
            except (TypeError, ValueError):
                raise _unlike(name, about, next(value for value in said if value is not None)) from None
    return found


_SAYS = (
    (date, "des dates", "SINCE (vrai dès ce jour) ou « jour du calendrier »"),
    (bool, "oui ou non", "« drapeau »"),
    (str, "des mots", "« texte »"),
    (object, "des nombres", "« centièmes »"),
)


def _unlike(name: str, about: Mapping[str, Any], said: Any) -> WrongFacts:
    """Say which unit a fact should have, from what its column says."""
    called, unit = next((called, unit) for kind, called, unit in _SAYS if isinstance(said, kind))
    where = f"Le fait « {name} », dans cooperative/month.py"
    what = f"sa colonne dit {called}, et son unité est « {about['unit']} »."
    return WrongFacts(Problem(where, what, f"Écrivez pour unité {unit}."))


def _same(value: Any) -> Any:
    return value


def _month(book: OrderBook, money: MonthMoney, worked: list[Hours], **more: Any) -> Month:
    """Put numbers in arrays. Hours on an order count for it in the month in which they were done."""
    rank = {member.name: at for at, member in enumerate(book.members)}
    place = {order.order: at for at, order in enumerate(money.orders)}
    about = {order.number: order for order in book.orders}
    minutes = np.zeros((len(KINDS), len(rank)), np.int64)
    for hours in worked:
        minutes[KINDS.index(hours.kind), rank[hours.member]] += hours.minutes
    said = _statements(book, money.month)
    nouns: dict[str, list[Any]] = {
        "orders": [about[number] for number in place],
        "hours": worked,
        "costs": list(money.spent),
        "statements": [said.get(member.name, _UNSAID) for member in book.members],
        "members": list(book.members),
    }
    return Month.of(
        [member.name for member in book.members],
        label=str(money.month),
        turn=money.month.index,
        poles=book.poles,
        minutes=minutes,
        line_order=np.array([place.get(hours.order, -1) for hours in worked], np.int64),
        seniority=[member.months_since_entry(money.month) for member in book.members],
        role=[member.role_in(money.month) for member in book.members],
        own_pole=[member.pole for member in book.members],
        calendar=money.month.index % 12 + 1,
        sales=money.sales,
        direct_costs=money.direct_costs,
        **_orders(book, money, rank, nouns["orders"]),
        **_filled(book, money.month.last_day, nouns),
        **more,
    )


def _orders(book: OrderBook, money: MonthMoney, rank: Mapping[str, int], about: Sequence[Order]) -> dict[str, Any]:
    """Return money, poles, hours and finders of the orders of a month."""
    place = {order.order: at for at, order in enumerate(money.orders)}
    minutes, brought = np.zeros((2, len(place), len(rank)), np.int64)
    for hours in book.hours:
        if hours.order in place:
            minutes[place[hours.order], rank[hours.member]] += hours.minutes
    for at, order in enumerate(about):
        for name in order.brought_by:
            brought[at, rank[name]] += 1
    poles = {pole: at for at, pole in enumerate(book.poles)}
    return {
        "order_minutes": minutes,
        "order_brought": brought,
        "order_sales": np.array([order.sales for order in money.orders], np.int64),
        "order_costs": np.array([order.costs for order in money.orders], np.int64),
        "order_pole": np.array([poles.get(order.pole, -1) for order in about], np.int64),
    }
