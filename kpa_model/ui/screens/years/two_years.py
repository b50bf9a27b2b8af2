"""Possible years: today's rule and ours under the same weather, one single history on top of the bands."""

from __future__ import annotations

from itertools import count as counting

import ipywidgets as widgets

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.figures import years as pictures
from kpa_model.randomness import BLOCK
from kpa_model.simulation.results.reading import TallyRead, read
from kpa_model.simulation.results.selection import one_history
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.simulation.runs.studio import Studio
from kpa_model.story.years import report as years_report
from kpa_model.story.years import told as years
from kpa_model.ui import pieces
from kpa_model.ui.screens.share.welcome import rule_options
from kpa_model.ui.screens.years.supposed import (
    HOW_MANY,
    LEAST,
    mended,
    our_policy_options,
    plan_of,
    policy_options,
    scenario_options,
)
from kpa_model.ui.state import Store


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
        pieces.linked_choice(store, "Règle d'aujourd'hui", "today", rule_options),
        pieces.linked_choice(store, "Aujourd'hui, qui prend un travail", "policy", policy_options),
        pieces.linked_choice(store, "Avec notre règle, qui le prend", "policy_ours", our_policy_options),
        pieces.linked_choice(store, "Notre minimum", "least", lambda: LEAST),
        pieces.linked_choice(store, "Nombre d'histoires", "histories", lambda: HOW_MANY),
        pieces.button("Une autre histoire", another),
    )
    store.watch(show)
    return pieces.column(bar, picture)


def panels(plan: Plan, studio: Studio, row: int) -> Html:
    """Return both rules side by side on one scale, then what words mean and how sure the figures are."""
    results = studio.results()
    found = [read(each) for each in results.tallies]
    ones = [one_history(studio.outcomes(case)[row // BLOCK], row % BLOCK).tolist() for case in plan.cases]
    top = pictures.scale(*(seen.high for seen in found), floor=plan.floor)
    shown = [_panel(plan, results, at, found[at], ones[at], top) for at in range(len(plan.rules))]
    words = years.words_told(plan.scenario.group.months, plan.floor)
    told = pieces.sentences((*words, years.sure(found[0])), "kpa-help")
    supposed = tag("p", plan.scenario.sentence, cls="kpa-sentence") if plan.scenario.sentence else None
    return joined(supposed, tag("div", shown, cls="kpa-panels kpa-years"), pictures.KEY, told)


def _panel(plan: Plan, results: Results, at: int, found: TallyRead, one: list[list[int]], top: float) -> Html:
    rule, here = plan.rules[at], plan.scenario.members[: plan.scenario.group.start]
    said = years.rule_told(found, rule, plan.scenario.group.months, plan.scenario.cash.advance)
    moved = years.moved_told(results.pairs[at - 1], here) if at else ()
    picture = pictures.bands(pictures.TITLE, found.drawn, one, plan.floor, " ".join(said + moved), top)
    title = plan.titles[at] if at else f"{plan.titles[at]}, aujourd'hui"
    told = years_report.sentences(said)
    if moved:
        told += tag("h4", "Ce qui change, comparé à aujourd'hui") + years_report.sentences(moved)
    each = years_report.table(years.PEOPLE, years.people_rows(found, here), "Personnes au départ")
    figures = _folded(f"reperes-{at}", "D'autres repères", years_report.figure_list(years.figures(found)))
    figures += _folded(f"personnes-{at}", "Personne par personne", each)
    return tag("section", tag("h3", title), tag("div", picture, told, figures), cls="kpa-card kpa-panel")


def _folded(key: str, title: str, content: str) -> Html:
    """Return what opens on demand; `data-keep` keeps it open when the picture is drawn again (`access.js`)."""
    return tag("details", tag("summary", title), content, data_keep=key)
