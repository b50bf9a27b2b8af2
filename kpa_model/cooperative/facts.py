"""From the order book to the facts of each month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS, Hours


def months_of(book: OrderBook) -> tuple[Month, ...]:
    """Return the facts of every month of the book. Purses carried over are left to the engine; the first opens them."""
    chain = money_chain(book)
    return tuple(_facts(book, chain, at) for at in range(len(chain)))


def month_of_order(book: OrderBook, number: str) -> Month:
    """Return the facts of one order alone, as if it were the whole month in which it first enters the pot.

    All its sales, all its costs, all its hours are there: this is the order told from call to pay.
    """
    chain = money_chain(book)
    mine = [(money, part) for money in chain for part in money.orders if part.order == number]
    first = mine[0][0].month if mine else CalendarMonth.of(_order(book, number).ordered_on)
    sold, spent = sum(part.sales for _, part in mine), sum(part.costs for _, part in mine)
    worked = [hours for hours in book.hours if hours.order == number]
    here = {hours.member for hours in worked} | set(_order(book, number).brought_by)
    people = [(member.name in here, member.can_be_paid(first)) for member in book.members]
    money = MonthMoney(first, sold, 0, (), spent, 0, 0)
    return _month(
        book,
        money,
        [(number, sold, spent)],
        worked,
        present=[flag for flag, _ in people],
        payable=[flag for _, flag in people],
    )


def _order(book: OrderBook, number: str) -> Any:
    return next(order for order in book.orders if order.number == number)


def _facts(book: OrderBook, chain: Sequence[MonthMoney], at: int) -> Month:
    money = chain[at]
    month = money.month
    said = {each.member: each for each in book.statements if each.month == month}
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
        [(part.order, part.sales, part.costs) for part in money.orders],
        [hours for hours in book.hours if CalendarMonth.of(hours.on) == month],
        present=present,
        payable=[member.can_be_paid(month) for member in book.members],
        points=_said(book, said, "points", 0),
        claims=_said(book, said, "claim", 0),
        need=_said(book, said, "need", 100),
        sales_before=sum(before.sales for before in year),
        margin_before=sum(before.margin for before in year),
        fund=book.cooperative.opening_fund if first else 0,
        reserve=book.cooperative.opening_reserve if first else 0,
    )


def _said(book: OrderBook, said: dict[str, Any], what: str, default: int) -> list[int]:
    return [getattr(said[member.name], what) if member.name in said else default for member in book.members]


def _month(
    book: OrderBook, money: MonthMoney, orders: list[tuple[str, int, int]], worked: list[Hours], **facts: Any
) -> Month:
    """Put numbers in arrays. Hours on an order count for it in the month in which they were done."""
    rank = {member.name: at for at, member in enumerate(book.members)}
    place = {number: at for at, (number, _, _) in enumerate(orders)}
    minutes = np.zeros((len(KINDS), len(rank)), np.int64)
    order_minutes = np.zeros((len(orders), len(rank)), np.int64)
    brought = np.zeros((len(orders), len(rank)), np.int64)
    for hours in worked:
        minutes[KINDS.index(hours.kind), rank[hours.member]] += hours.minutes
    for hours in book.hours:
        if hours.order in place:
            order_minutes[place[hours.order], rank[hours.member]] += hours.minutes
    about = {order.number: order for order in book.orders}
    for number, at in place.items():
        for name in about[number].brought_by:
            brought[at, rank[name]] += 1
    poles = book.poles
    return Month.of(
        [member.name for member in book.members],
        label=str(money.month),
        turn=money.month.index,
        poles=poles,
        minutes=minutes,
        order_minutes=order_minutes,
        order_brought=brought,
        order_sales=np.array([sold for _, sold, _ in orders], np.int64),
        order_costs=np.array([spent for _, _, spent in orders], np.int64),
        order_pole=np.array([poles.index(about[number].pole) if about[number].pole else 0 for number in place], np.int64),
        seniority=[member.months_since_entry(money.month) for member in book.members],
        sales=money.sales,
        direct_costs=money.direct_costs,
        **facts,
    )
