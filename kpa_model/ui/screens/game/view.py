"""How the game looks on a projector: big amounts, cards, what happened."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.declare.markup import Html, items, joined, table, tag, wide
from kpa_model.lessons.game import debrief
from kpa_model.lessons.game.cards import MONTHS, PAID_WHEN, OrderCard
from kpa_model.lessons.game.debrief import PersonQuarter, TillMonth
from kpa_model.lessons.game.quarter import Phase, Quarter
from kpa_model.money import part_of
from kpa_model.words import hours, round_euros

NBSP = "\u00a0"
PHASES = {
    Phase.QUOTE: "Quels devis envoyons-nous ?",
    Phase.WORK: "Qui travaille, et qui met de l'argent ?",
    Phase.PAY: "Comment nous payons-nous ?",
    Phase.END: "Le trimestre est fini. Parlons-en.",
}


def head(game: Quarter) -> Html:
    """Return where we are, and the two purses."""
    month = "Fin" if game.phase is Phase.END else f"Mois {game.month} sur {MONTHS}"
    purses = [tag("span", name) + tag("strong", round_euros(game.purse(name))) for name in game.setup.names]
    owed = tag("p", f"À payer encore : {round_euros(game.owed)}") if game.owed else None
    place = tag(
        "section",
        tag("div", tag("p", month, cls="kpa-tag"), tag("div", tag("h3", PHASES[game.phase]), role="status")),
        tag("div", tag("p", "Notre caisse"), tag("p", round_euros(game.till), cls="kpa-big"), owed),
        tag("div", tag("p", "Les clients nous doivent"), tag("p", round_euros(game.waiting), cls="kpa-big")),
        cls="kpa-game-head",
    )
    named = {"cls": "kpa-purses", "aria_label": "La poche de chaque personne"}
    return place + tag("ul", [tag("li", each) for each in purses], **named)


def order_card(card: OrderCard) -> Html:
    """Return one order card."""
    asks = (
        tag("strong", hours(card.minutes)) + " de travail",
        tag("strong", round_euros(card.purchases)) + " d'achats",
        tag("strong", PAID_WHEN[card.delay]),
    )
    told = tag("p", card.customer) + tag("p", joined(*asks, between=tag("br")))
    return tag("article", tag("h4", card.title), told, cls="kpa-card kpa-game-card")


def happened(game: Quarter, at: int) -> Html:
    """Return what happened in a month, as a list."""
    return items(debrief.month_of(game, at), cls="kpa-game-said")


def pay_table(names: Sequence[str], costs: Sequence[int], net_rate: int) -> Html:
    """Return what each person would receive: total cost, and net in her purse."""
    rows = [
        (name, round_euros(cost), round_euros(int(part_of(cost, net_rate))))
        for name, cost in zip(names, costs, strict=True)
    ]
    return _table("Ce que chacun recevrait", ("Personne", "Coût total", "Net, dans sa poche"), rows)


def till_table(rows: Sequence[TillMonth]) -> Html:
    """Return our purse, month by month: one column a month."""
    lines = (
        ("Au début", [row.opening for row in rows], ""),
        ("Clients", [row.received for row in rows], "+"),
        ("Mis par des personnes", [row.put for row in rows], "+"),
        ("Dons et prix", [row.gifts for row in rows], "+"),
        ("Achats", [row.purchases for row in rows], "−"),
        ("Part de la CAE", [row.host for row in rows], "−"),
        ("Imprévus", [row.bills for row in rows], "−"),
        ("Paies, coût total", [row.pay for row in rows], "−"),
        ("Repris par des personnes", [row.taken for row in rows], "−"),
    )
    body = [(label, *(_signed(each, sign) for each in amounts)) for label, amounts, sign in lines if any(amounts)]
    last = ("À la fin", *(round_euros(row.closing) for row in rows))
    heads = ("Notre caisse", *(f"Mois {row.month}" for row in rows))
    return _table("Notre caisse, mois par mois", heads, body, [last])


def _signed(cents: int, sign: str) -> str:
    if not sign:
        return round_euros(cents)
    return f"{sign}{NBSP}{round_euros(cents)}" if cents else "—"


def people_table(people: Sequence[PersonQuarter]) -> Html:
    """Return each person over the quarter, in the order of the team; each line can be done again by hand."""
    rows = [(each.name, hours(each.minutes), *map(round_euros, _purse(each))) for each in people]
    heads = ("Personne", "Temps", "Au départ", "+ paie nette", "− mis", "+ repris", "− dépensé", "= poche", "A manqué")
    return _table("La poche de chaque personne", heads, rows)


def _purse(each: PersonQuarter) -> tuple[int, ...]:
    return each.start, each.net, each.put, each.taken, each.spent, each.purse, each.lacking


def stories_table(stories: Sequence[tuple[str, Quarter]]) -> Html:
    """Return other stories of the same quarter, ours first."""
    rows = []
    for label, game in stories:
        nets = [each.net for each in debrief.people_quarter(game)]
        spread = f"{round_euros(min(nets))} à {round_euros(max(nets))}"
        rows.append((label, round_euros(sum(nets)), spread, round_euros(game.till), round_euros(game.waiting)))
    heads = ("Histoire", "Paies nettes", "De la plus petite à la plus grande", "Caisse", "Encore dû")
    return _table("Les mêmes cartes, les mêmes dés, une seule chose changée", heads, rows)


def _table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], foot: Sequence[Sequence[str]] = ()
) -> Html:
    kinds = ["num"] * (len(heads) - 1)
    return wide(table(caption, heads, rows, cls="kpa-table kpa-game-table", kinds=kinds, foot=foot), caption)
