"""Possible years: today's rule and ours under the same weather, one single history on top of the bands."""

from __future__ import annotations

from html import escape
from itertools import count as counting

import ipywidgets as widgets
import numpy as np

from kpa_model.figures import years as pictures
from kpa_model.randomness import BLOCK
from kpa_model.simulation.outcome import Outcome
from kpa_model.simulation.plan import Plan, Results
from kpa_model.simulation.reading import read
from kpa_model.simulation.studio import Studio
from kpa_model.story import years, years_report
from kpa_model.ui import pieces
from kpa_model.ui.screens.welcome import rule_options
from kpa_model.ui.state import Store
from kpa_model.ui.suppositions import HOW_MANY, LEAST, mended, plan_of, policy_options, scenario_options


@pieces.framed
def two_years(store: Store) -> widgets.Widget:
    """Draw the bands of two rules, one history on top, and what may happen in whole years."""
    store.update(**mended(store.state))
    picture, studio, histories = pieces.html(), Studio(plan_of(store.state)), counting(1)
    shown = [0]

    def show() -> None:
        pieces.guarded(picture, draw)

    def draw() -> None:
        studio.follow(plan_of(store.state))
        picture.value = pieces.live(panels(studio.plan, studio, shown[0] % studio.plan.replicates))

    def another() -> None:
        shown[0] = next(histories)
        show()

    bar = pieces.row(
        pieces.linked_choice(store, "Scénario", "scenario", scenario_options),
        pieces.linked_choice(store, "Qui prend un travail", "policy", policy_options),
        pieces.linked_choice(store, "Règle d'aujourd'hui", "today", rule_options),
        pieces.linked_choice(store, "Notre minimum", "least", lambda: LEAST),
        pieces.linked_choice(store, "Combien", "histories", lambda: HOW_MANY),
    )
    store.watch(show)
    return pieces.column(bar, pieces.button("Une autre histoire", another), picture)


def panels(plan: Plan, studio: Studio, row: int) -> str:
    """Return both rules side by side, then how sure the figures are."""
    results = studio.results()
    shown = "".join(_panel(plan, results, at, studio.outcomes(rule), row) for at, rule in enumerate(plan.rules))
    sure = f'<p class="kpa-help">{escape(years.sure(read(results.tallies[0])))}</p>'
    supposed = f'<p class="kpa-sentence">{escape(plan.scenario.sentence)}</p>'
    return f'{supposed}<div class="kpa-panels">{shown}</div>{sure}'


def _panel(plan: Plan, results: Results, at: int, seen: tuple[Outcome, ...], row: int) -> str:
    rule, found = plan.rules[at], read(results.tallies[at])
    said = years.rule_told(found, rule, plan.floor)
    if at:
        said += years.moved_told(results.pairs[at - 1], plan.scenario.members[: plan.scenario.group.start])
    picture = pictures.bands(
        "Un mois moyen par personne, en coût total",
        found.bands.tolist(),
        single(seen, row).tolist(),
        plan.floor,
        " ".join(said),
    )
    title = f"{rule.title}, aujourd'hui" if at == 0 else rule.title
    figures = f"<details><summary>D'autres repères</summary>{years_report.figure_list(years.figures(found))}</details>"
    rows = years.people_rows(found, plan.scenario.members[: plan.scenario.group.start])
    each = years_report.table(years.PEOPLE, rows, "Personnes au départ")
    figures += f"<details><summary>Personne par personne</summary>{each}</details>"
    return (
        f'<section class="kpa-card kpa-panel"><h3>{escape(title)}</h3>{picture}'
        f"{years_report.sentences(said)}{figures}</section>"
    )


def single(seen: tuple[Outcome, ...], row: int) -> np.ndarray:
    """Return the mean month of one single history, cents `[M]`."""
    block, at = seen[row // BLOCK], row % BLOCK
    return block.pay[:, at].sum(-1) // np.maximum(block.paid[:, at].sum(-1), 1)
