"""One example against a law, told in euros and hours; people are letters, orders are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

import numpy as np

from kpa_model.audit.changes import Alike, Arrival, Change, CutOrder, LinesCut, MoreMoney, MoreTime
from kpa_model.audit.laws import received
from kpa_model.audit.trial import Example
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS, Kind
from kpa_model.pay.engine import settle
from kpa_model.pay.rule import PayRule
from kpa_model.words import count, hours, listing, number, round_euros

OF_KIND = {
    Kind.JOB: "de prestation",
    Kind.SUPPORT: "d'appui",
    Kind.COMMONS: "pour le commun",
    Kind.LEARNING: "de formation",
}
SHARED = (
    ("sales", "{} de ventes"),
    ("direct_costs", "{} d'achats"),
    ("carried", "{} qui restaient du mois d'avant"),
    ("fund", "{} dans le fonds"),
    ("reserve", "{} en réserve"),
    ("sales_before", "{} de ventes depuis janvier"),
    ("margin_before", "{} de marge depuis janvier"),
)


def letter(at: int) -> str:
    """Return the letter that stands for a person."""
    return chr(ord("A") + at) if at < 26 else f"A{at - 25}"


def told(rule: PayRule, case: Example) -> tuple[str, ...]:
    """Return the example as sentences: the month, what each person brings, the change, what it does."""
    month = case.month
    money = [said.format(round_euros(int(amount))) for name, said in SHARED if (amount := getattr(month, name))]
    first = f"{count(len(month.members), 'personne').capitalize()}. {f'Le mois a {listing(money)}.' if money else ''}"
    return (first.strip(), *_people(month), *_orders(month), changed(case.change, month), *_result(rule, case))


def _people(month: Month) -> Iterator[str]:
    for at in range(len(month.members)):
        facts = [*_work(month, at), *_said(month, at)]
        if not bool(month.paid[at]):
            facts.append("n'a pas de contrat CAPE ce mois-ci" if bool(month.present[at]) else "n'est pas là")
        name = letter(at)
        if facts:
            yield f"{name} {listing(facts)}."
        elif not month.order_minutes[..., at].any():
            yield f"{name} n'a rien fait de noté ce mois-ci."


def _work(month: Month, at: int) -> list[str]:
    each = [
        f"{hours(int(minutes))} {OF_KIND[kind]}"
        for kind, minutes in zip(KINDS, month.minutes[:, at], strict=True)
        if minutes
    ]
    return [f"a donné {listing(each)}"] if each else []


def _said(month: Month, at: int) -> Iterator[str]:
    points, claim, need = (int(getattr(month, name)[at]) for name in ("points", "claims", "need"))
    owed, saved, since = (int(getattr(month, name)[at]) for name in ("owed", "saved", "seniority"))
    if points:
        yield f"a {number(str(points / 100))}\u00a0point{'s' if points >= 200 else ''}"
    if claim:
        yield f"demande {round_euros(claim)}"
    if need != 100:
        yield f"a le coefficient {number(str(need / 100))}"
    if since:
        yield f"est là depuis {number(since)} mois"
    if owed:
        yield f"attend {round_euros(owed)} des mois passés"
    if saved:
        yield f"a {round_euros(saved)} de côté"
    if month.past_pay.any() or month.past_minutes.any() or month.past_points.any():
        yield from _past(month, at)


def _past(month: Month, at: int) -> Iterator[str]:
    if paid := int(month.past_pay[:, at].sum()):
        yield f"a reçu {round_euros(paid)} les mois d'avant"
    if worked := int(month.past_minutes[:, at].sum()):
        yield f"a donné {hours(worked)} les mois d'avant"
    if points := int(month.past_points[:, at].sum()):
        yield f"a eu {number(str(points / 100))} points les mois d'avant"


def _orders(month: Month) -> Iterator[str]:
    for order in range(month.order_sales.shape[-1]):
        sold, bought = int(month.order_sales[order]), int(month.order_costs[order])
        worked = [f"{letter(at)} {hours(int(m))}" for at, m in enumerate(month.order_minutes[order]) if m]
        brought = [letter(int(at)) for at in np.flatnonzero(month.order_brought[order])]
        if not (sold or bought or worked or brought):
            yield f"La commande {order + 1} n'a encore ni vente ni heures."
            continue
        said = f"La commande {order + 1} vaut {round_euros(sold)}"
        said += f", avec {round_euros(bought)} d'achats" if bought else ""
        said += f". Y ont travaillé : {listing(worked)}" if worked else ""
        yield f"{said}. {f'{listing(brought)} l’a apportée.' if len(brought) == 1 else ''}".strip()


@singledispatch
def changed(change: Change, month: Month) -> str:
    """Return what changes, as a sentence; people are letters."""
    raise NotImplementedError(type(change))


@changed.register
def _(change: MoreTime, month: Month) -> str:
    where = f" sur la commande {change.order + 1}" if change.order >= 0 else f" {OF_KIND[KINDS[change.kind]]}"
    return f"{letter(change.who)} donne {hours(change.minutes)} de plus{where}."


@changed.register
def _(change: MoreMoney, month: Month) -> str:
    where = f", pour la commande {change.order + 1}" if change.order >= 0 else ""
    return f"Le mois a {round_euros(change.cents)} de ventes de plus{where}."


@changed.register
def _(change: Alike, month: Month) -> str:
    return f"{letter(change.other)} fait, demande et a exactement la même chose que {letter(change.who)}."


@changed.register
def _(change: CutOrder, month: Month) -> str:
    return f"La commande {change.order + 1} est notée en deux commandes, moitié-moitié."


@changed.register
def _(change: Arrival, month: Month) -> str:
    return "Une personne arrive sous contrat, sans avoir encore travaillé."


@changed.register
def _(change: LinesCut, month: Month) -> str:
    return "Chaque ligne d'heures est notée en deux lignes."


def _result(rule: PayRule, case: Example) -> Iterator[str]:
    """Yield what the change does to whoever it is about, or to whoever loses or gains most."""
    before, after = received(settle(rule, case.month)), received(settle(rule, case.change.after(case.month)))
    if isinstance(case.change, Alike):
        one, other = case.change.who, case.change.other
        yield f"{_gets(one, int(after[one]))}. {_gets(other, int(after[other]))}."
        return
    moved = after[: len(before)] - before
    if isinstance(case.change, MoreTime):
        who = case.change.who
    else:
        who = int(moved.argmax() if isinstance(case.change, CutOrder | LinesCut) else moved.argmin())
    much = round_euros(abs(int(moved[who])))
    way = "de moins" if moved[who] < 0 else "de plus"
    yield f"{_gets(who, int(after[who]))}, au lieu de {round_euros(int(before[who]))} : {much} {way}."


def _gets(who: int, cents: int) -> str:
    return f"{letter(who)} reçoit {round_euros(cents)}"
