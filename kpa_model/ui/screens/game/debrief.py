"""After the game: what happened to the cash and to whom, other stories of the same quarter, and the cards to print."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.declare.markup import items, joined, tag
from kpa_model.lessons.game import debrief
from kpa_model.lessons.game.cards import rule_titles
from kpa_model.lessons.game.quarter import Phase
from kpa_model.story.lessons.game_paper import game_paper
from kpa_model.ui import pieces
from kpa_model.ui.screens.game import view
from kpa_model.ui.screens.game.table import GameTable
from kpa_model.ui.state import Store

HOW = tag("p", "Un seul PDF contient tout. Imprimez-le, découpez les cartes, et prenez un dé.")


@pieces.framed
def quarter_debrief(store: Store) -> widgets.Widget:
    """Tell the quarter, ask questions, and play other stories of it."""
    told, others = pieces.html(), pieces.html()

    def show() -> None:
        table = GameTable()
        game = table.game()
        others.value = ""
        if game.phase is not Phase.END:
            told.value = tag("p", "Jouez d'abord les trois mois. Le récit viendra ici.", cls="kpa-info")
            return
        asked = items(debrief.questions(game))
        told.value = joined(
            pieces.sentences(debrief.facts(game)),
            view.till_table(debrief.till_months(game)),
            view.people_table(debrief.people_quarter(game)),
            tag("div", tag("h3", "Parlons-en"), asked, cls="kpa-talk"),
        )

    def replay() -> None:
        table = GameTable()
        ours = table.game()
        if ours.phase is not Phase.END:
            others.value = tag("p", "Jouez d'abord les trois mois.", cls="kpa-info")
            return
        rows = [("Notre trimestre", ours)]
        rows += [(label, table.game(change)) for label, change in debrief.what_ifs(rule_titles()).items()]
        others.value = joined(view.stories_table(rows), tag("p", ours.setup.source, cls="kpa-small"))

    pieces.follow(store, told, show)
    button = pieces.button("Rejouer autrement", replay, "kpa-primary", others)
    return pieces.column(told, pieces.row(button), others)


@pieces.framed
def quarter_cards(store: Store) -> widgets.Widget:
    """Give the sheet of the facilitator, the boards and the cards, to play on paper."""
    said = pieces.html()

    def make() -> None:
        link = pieces.download("Prendre le PDF", "jeu_du_trimestre.pdf", game_paper(), "application/pdf")
        said.value = pieces.live(link)

    button = pieces.button("Préparer les cartes et les fiches", make, said=said)
    return pieces.column(pieces.html(HOW), pieces.row(button), said)
