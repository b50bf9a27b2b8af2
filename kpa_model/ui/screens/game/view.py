"""How the game looks on a projector: big amounts, cards, what happened. Texts are escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

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


def head(game: Quarter) -> str:
    """Return where we are, and the two purses."""
    month = "Fin" if game.phase is Phase.END else f"Mois {game.month} sur {MONTHS}"
    purses = "".join(
        f"<li><span>{escape(name)}</span><strong>{round_euros(game.purse(name))}</strong></li>"
        for name in game.setup.names
    )
    owed = f"<p>À payer encore : {round_euros(game.owed)}</p>" if game.owed else ""
    return (
        f'<section class="kpa-game-head"><div><p class="kpa-tag">{month}</p>'
        f'<div role="status"><h3>{PHASES[game.phase]}</h3></div></div>'
        f'<div><p>Notre caisse</p><p class="kpa-big">{round_euros(game.till)}</p>{owed}</div>'
        f'<div><p>Les clients nous doivent</p><p class="kpa-big">{round_euros(game.waiting)}</p></div>'
        f'</section><ul class="kpa-purses" aria-label="La poche de chaque personne">{purses}</ul>'
    )


def order_card(card: OrderCard) -> str:
    """Return one order card."""
    delay = PAID_WHEN[card.delay]
    return (
        f'<article class="kpa-card kpa-game-card"><h4>{escape(card.title)}</h4><p>{escape(card.customer)}</p>'
        f"<p><strong>{hours(card.minutes)}</strong> de travail<br><strong>{round_euros(card.purchases)}</strong>"
        f" d'achats<br><strong>{delay}</strong></p></article>"
    )


def happened(game: Quarter, at: int) -> str:
    """Return what happened in a month, as a list."""
    items = "".join(f"<li>{escape(each)}</li>" for each in debrief.month_of(game, at))
    return f'<ul class="kpa-game-said">{items}</ul>' if items else ""


def pay_table(names: Sequence[str], costs: Sequence[int], net_rate: int) -> str:
    """Return what each person would receive: total cost, and net in her purse."""
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td class="num">{round_euros(cost)}</td>'
        f'<td class="num">{round_euros(int(part_of(cost, net_rate)))}</td></tr>'
        for name, cost in zip(names, costs, strict=True)
    )
    return _table("Ce que chacun recevrait", ("Personne", "Coût total", "Net, dans sa poche"), rows)


def till_table(rows: Sequence[TillMonth]) -> str:
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
    body = "".join(_till_line(*line) for line in lines if line[1] and any(line[1]))
    last = "".join(f'<td class="num">{round_euros(row.closing)}</td>' for row in rows)
    heads = ("Notre caisse", *(f"Mois {row.month}" for row in rows))
    return _table("Notre caisse, mois par mois", heads, body, f'<tr><th scope="row">À la fin</th>{last}</tr>')


def _till_line(label: str, amounts: Sequence[int], sign: str) -> str:
    cells = "".join(
        f'<td class="num">{f"{sign}{NBSP}{round_euros(each)}" if each else "—"}</td>' if sign
        else f'<td class="num">{round_euros(each)}</td>'
        for each in amounts
    )  # fmt: skip
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'


def people_table(people: Sequence[PersonQuarter]) -> str:
    """Return each person over the quarter, in the order of the team."""
    rows = "".join(
        f'<tr><th scope="row">{escape(each.name)}</th><td class="num">{hours(each.minutes)}</td>'
        f'<td class="num">{round_euros(each.net)}</td><td class="num">{round_euros(each.put - each.taken)}</td>'
        f'<td class="num">{round_euros(each.purse)}</td></tr>'
        for each in people
    )
    return _table("Chaque personne", ("Personne", "Temps", "Paie nette", "Mis, moins repris", "Poche à la fin"), rows)


def stories_table(rows: Sequence[tuple[str, Quarter]]) -> str:
    """Return other stories of the same quarter, ours first."""
    body = ""
    for label, game in rows:
        nets = [each.net for each in debrief.people_quarter(game)]
        body += (
            f'<tr><th scope="row">{escape(label)}</th><td class="num">{round_euros(sum(nets))}</td>'
            f'<td class="num">{round_euros(min(nets))} à {round_euros(max(nets))}</td>'
            f'<td class="num">{round_euros(game.till)}</td><td class="num">{round_euros(game.waiting)}</td></tr>'
        )
    heads = ("Histoire", "Paies nettes", "De la plus petite à la plus grande", "Caisse", "Encore dû")
    return _table("Les mêmes cartes, les mêmes dés, une seule chose changée", heads, body)


def _table(caption: str, heads: Sequence[str], body: str, foot: str = "") -> str:
    cells = "".join(f'<th scope="col"{" class=num" if at else ""}>{escape(head)}</th>' for at, head in enumerate(heads))
    return (
        f'<div class="kpa-scroll" tabindex="0" role="group" aria-label="{escape(caption)}">'
        f'<table class="kpa-table kpa-game-table"><caption>{escape(caption)}</caption><thead><tr>{cells}</tr></thead>'
        f"<tbody>{body}</tbody>{f'<tfoot>{foot}</tfoot>' if foot else ''}</table></div>"
    )
