"""From a total cost to the money in hand: the two published cases, the group's own rates, typical situations."""

from __future__ import annotations

from datetime import date

import ipywidgets as widgets
import numpy as np

from kpa_model import places
from kpa_model.benefits import own_rates
from kpa_model.benefits.in_hand import in_hand
from kpa_model.benefits.layers import from_payslip
from kpa_model.benefits.situations import typical
from kpa_model.declare.markup import tag
from kpa_model.figures.kept import between_bars, kept_bars
from kpa_model.story.pay import in_hand as told
from kpa_model.ui import pieces
from kpa_model.ui.screens.share import in_hand_parts as parts
from kpa_model.ui.state import Store
from kpa_model.words import round_euros

PAYS = (20, 30, 50, 100, 150, 200, 300, 500)


@pieces.framed
def cost_to_net(store: Store) -> widgets.Widget:
    """Show a total cost, its gross and its net, between two bounds; let the group put its own rates."""
    picture, said = pieces.html(), pieces.html(kind="kpa-help")
    cost = parts.amount_slider("Coût total d'une paie", 100, 600, 10)
    day, warning = parts.day_choice()

    def show() -> None:
        band = own_rates.group_band(_own(), day.value)
        cents = 100 * cost.value
        picture.value = (
            parts.warned(warning)
            + pieces.live(pieces.sentences(told.band_sentences(band, cents)))
            + between_bars("Une paie, trois étages", told.band_rows(band, cents))
            + parts.limits("layers", [] if band.known else told.supposed_sentences(day.value))
        )

    parts.redrawn(picture, show, cost, day)
    return pieces.column(cost, pieces.row(day), picture, _payslip(show, said), said)


def _own():
    return places.personal() / own_rates.NAME


def _payslip(show, said: widgets.HTML) -> widgets.Accordion:
    """Return the place to copy three figures of one real payslip; only two rates are kept."""
    boxes = [parts.amount_text(label) for label in ("Coût total", "Brut", "Net avant impôt")]
    problem = pieces.html()

    def keep() -> None:
        rates = from_payslip(*(parts.typed_cents(box) for box in boxes))
        own_rates.save(_own(), rates, date.today())
        problem.value = ""
        for box in boxes:
            box.value = ""
        said.value = pieces.live("Les deux taux sont gardés. Les montants sont effacés.")
        show()

    def forget() -> None:
        own_rates.forget(_own())
        said.value = pieces.live("Les deux cas publiés sont de retour.")
        show()

    text = tag("p", "Recopiez un bulletin de paie réel, sans nom. Le cahier garde deux taux, aucun montant.")
    buttons = pieces.row(
        pieces.button("Garder ces deux taux", keep, said=problem),
        pieces.button("Revenir aux deux cas", forget, said=problem),
    )
    return pieces.fold("Mettre les taux de notre CAE", pieces.html(text), pieces.row(*boxes), buttons, problem)


@pieces.framed
def typical_in_hand(store: Store) -> widgets.Widget:
    """Show what stays in hand against the pay, for one typical situation."""
    picture = pieces.html()
    choice = parts.situation_choice()
    day, warning = parts.day_choice()

    def show() -> None:
        situation = typical(choice.value)
        rows = []
        for pay in PAYS:
            seen = in_hand(situation, np.full(3, 100 * pay), day.value)
            rows.append(told.kept_row(f"{round_euros(100 * pay)} nets", seen, months=3))
        caption = "Même paie nette chaque mois d'un trimestre : ce qui reste, par mois"
        picture.value = (
            parts.warned(warning)
            + parts.alarm(told.profile_alarms(situation))
            + pieces.live(pieces.sentences(told.profile_sentences(situation, day.value)))
            + parts.legend()
            + kept_bars(caption, rows)
            + parts.limits("benefits")
        )

    parts.redrawn(picture, show, choice, day)
    return pieces.column(pieces.row(choice, day), picture)
