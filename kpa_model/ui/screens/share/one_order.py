"""One order, from the call to the pay."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.cooperative.book import Basis, OrderBook
from kpa_model.cooperative.chain import money_of_order
from kpa_model.cooperative.facts import month_of_order
from kpa_model.cooperative.people import Member
from kpa_model.figures.bars import waterfall
from kpa_model.money import round_ratio
from kpa_model.pay.engine import settle
from kpa_model.story.pay.chain import chain_rows
from kpa_model.ui import pieces
from kpa_model.ui.library import library
from kpa_model.ui.screens.share.welcome import layers_help, rule_options
from kpa_model.ui.state import Store, book_of
from kpa_model.words import day, euros, hours, listing


def order_options(store: Store) -> list[tuple[str, str]]:
    """Return (number, label) of each invoiced order of the book, in order of date."""
    book = book_of(store.state)
    invoiced = {line.order for line in book.lines}
    orders = sorted((order for order in book.orders if order.number in invoiced), key=lambda order: order.ordered_on)
    return [(order.number, f"{order.label} ({order.ordered_on:%d/%m/%Y})") for order in orders]


@pieces.framed
def one_order(store: Store) -> widgets.Widget:
    """Follow the money of one order, step by step, to each person."""
    picture = pieces.html()

    def show() -> None:
        book = book_of(store.state)
        money = money_of_order(book, store.state.order)
        settled = settle(library()[store.state.today], month_of_order(book, store.state.order))
        picture.value = (
            pieces.live(pieces.sentences(told(store)))
            + waterfall(
                "De ce que paie le client à ce que reçoit chaque personne", chain_rows(money, settled, Basis.INVOICED)
            )
            + layers_help()
        )

    options = order_options(store)
    if store.state.order not in dict(options) and options:
        store.update(order=options[0][0])
    bar = pieces.row(
        pieces.linked_choice(store, "Commande", "order", lambda: order_options(store)),
        pieces.linked_choice(store, "Règle", "today", rule_options),
        pieces.known(store),
    )
    store.watch(show)
    return pieces.column(bar, picture)


def told(store: Store) -> list[str]:
    """Return the story of the order in French sentences."""
    book = book_of(store.state)
    order = next(each for each in book.orders if each.number == store.state.order)
    money = money_of_order(book, order.number)
    worked = [each for each in book.hours if each.order == order.number]
    people = list(dict.fromkeys(each.member for each in worked))
    total = sum(each.minutes for each in worked)
    paid = max((each.received_on for each in book.payments if each.invoice in _invoices(store)), default=None)
    said = [f"La commande arrive le {day(order.ordered_on)}."]
    said += [f"Apportée par {listing(order.brought_by)}."] if order.brought_by else []
    said += (
        [f"{listing(people)} y {'travaille' if len(people) == 1 else 'travaillent'}, {hours(total)} en tout."]
        if people
        else [
            "Personne n'a noté d'heures pour cette commande.",
            "Le partage montré ici n'est donc pas celui du mois.",
        ]
    )
    unpaid = [name for name in people if not _member(book, name).can_be_paid(money.month)]
    said += [f"Sans contrat CAPE ce mois-là, donc sans paie : {listing(unpaid)}."] if unpaid else []
    said += _margin_told(money.margin, total)
    if money.unpaid:
        said.append(f"Le client doit encore {euros(money.unpaid)} TTC.")
    elif paid:
        said.append(f"Le client a payé le {day(paid)}.")
    return said


def _margin_told(margin: int, minutes: int) -> list[str]:
    if margin < 0:
        return ["Cette commande coûte plus qu'elle ne rapporte.", "Les autres commandes paient la différence."]
    if not minutes:
        return []
    return [f"La marge est de {euros(margin)}, soit {euros(int(round_ratio(margin * 60, minutes)))} par heure."]


def _member(book: OrderBook, name: str) -> Member:
    return next(member for member in book.members if member.name == name)


def _invoices(store: Store) -> set[str]:
    book = book_of(store.state)
    return {line.invoice for line in book.lines if line.order == store.state.order}
