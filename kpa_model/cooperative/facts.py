"""From the order book to the facts of each month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, money_chain, money_of_order
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS, Hours, Statement


def months_of(book: OrderBook) -> tuple[Month, ...]:
    """Return the facts of every month of the book. Purses carried over are left to the engine; the first opens them."""
    chain = money_chain(book)
    return tuple(_facts(book, chain, at) for at in range(len(chain)))


def month_of_order(book: OrderBook, number: str) -> Month:
    """Return the facts of one order alone, as if it were the whole month of its first invoice.

    All its sales, all its costs, all its hours are there, and what people said of that month (points, claims, need):
    this is the order told from call to pay.
    """
    money = money_of_order(book, number)
    said = _statements(book, money.month)
    order = next(order for order in book.orders if order.number == number)
    worked = [hours for hours in book.hours if hours.order == number]
    here = {hours.member for hours in worked} | set(order.brought_by)
    return _month(
        book,
        money,
        worked,
        present=[member.name in here for member in book.members],
        payable=[member.can_be_paid(money.month) for member in book.members],
        **_said(book, said),
    )


def _facts(book: OrderBook, chain: Sequence[MonthMoney], at: int) -> Month:
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
        [hours for hours in book.hours if CalendarMonth.of(hours.on) == month],
        present=present,
        payable=[member.can_be_paid(month) for member in book.members],
        **_said(book, said),
        sales_before=sum(before.sales for before in year),
        margin_before=sum(before.margin for before in year),
        fund=book.cooperative.opening_fund if first else 0,
        reserve=book.cooperative.opening_reserve if first else 0,
    )


_UNSAID = Statement(member="", month=CalendarMonth(0))


def _statements(book: OrderBook, month: CalendarMonth) -> dict[str, Statement]:
    return {each.member: each for each in book.statements if each.month == month}


def _said(book: OrderBook, said: dict[str, Statement]) -> dict[str, list[int]]:
    """Return what each member said of the month, in the order of the members."""
    told = [said.get(member.name, _UNSAID) for member in book.members]
    return {
        "points": [each.points for each in told],
        "claims": [each.claim for each in told],
        "need": [each.need for each in told],
    }


def _month(book: OrderBook, money: MonthMoney, worked: list[Hours], **facts: Any) -> Month:
    """Put numbers in arrays. Hours on an order count for it in the month in which they were done."""
    rank = {member.name: at for at, member in enumerate(book.members)}
    orders = money.orders
    place = {order.order: at for at, order in enumerate(orders)}
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
    pole_rank = {pole: at for at, pole in enumerate(book.poles)}
    return Month.of(
        [member.name for member in book.members],
        label=str(money.month),
        turn=money.month.index,
        poles=book.poles,
        minutes=minutes,
        order_minutes=order_minutes,
        order_brought=brought,
        order_sales=np.array([order.sales for order in orders], np.int64),
        order_costs=np.array([order.costs for order in orders], np.int64),
        order_pole=np.array([pole_rank.get(about[number].pole, -1) for number in place], np.int64),
        seniority=[member.months_since_entry(money.month) for member in book.members],
        sales=money.sales,
        direct_costs=money.direct_costs,
        **facts,
    )
