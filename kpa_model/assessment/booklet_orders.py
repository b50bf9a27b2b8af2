"""What the order book says a person did: orders and hours, to be ticked one by one. Nothing is taken by itself."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.assessment.kept import Experience
from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.work import KIND_LABELS, KINDS, Hours
from kpa_model.words import hours, listing, uncapital

_ALONE = {
    "prestation": "Prestations sans commande notée",
    "appui": "Appui au groupe",
    "commun": "Temps pour le commun",
    "formation": "Temps de formation",
}


def experiences_of(book: OrderBook, member: str) -> tuple[Experience, ...]:
    """Return one experience per order the person worked for or brought, then one per kind of work without an order.

    The same order gives the same `id`: taking it again replaces it.
    """
    worked = [each for each in book.hours if each.member == member]
    found = []
    for order in book.orders:
        mine = [each for each in worked if each.order == order.number]
        brought = member in order.brought_by
        if mine or brought:
            days = [each.on for each in mine] or [order.ordered_on]
            detail = " ".join(filter(None, (_told(mine), "J'ai apporté cette commande." if brought else "")))
            title = f"{order.label} ({order.pole})" if order.pole else order.label
            found.append(Experience(title, min(days), max(days), detail, "carnet", f"carnet-{order.number}"))
    found.sort(key=lambda each: (each.first is None, each.first))
    return (*found, *_without_order(worked))


def _without_order(worked: Sequence[Hours]) -> list[Experience]:
    made = []
    for kind in KINDS:
        mine = [each for each in worked if not each.order and each.kind is kind]
        if mine:
            days = [each.on for each in mine]
            made.append(Experience(_ALONE[kind], min(days), max(days), _told(mine), "carnet", f"carnet-{kind}"))
    return made


def _told(mine: Sequence[Hours]) -> str:
    """Return `Prestation 6 h, appui 2 h.`"""
    totals = {kind: sum(each.minutes for each in mine if each.kind is kind) for kind in KINDS}
    said = [f"{KIND_LABELS[kind]} {hours(total)}" for kind, total in totals.items() if total]
    return listing([said[0], *(uncapital(each) for each in said[1:])]) + "." if said else ""
