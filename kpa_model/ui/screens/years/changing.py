"""The cause beside its effect: the rule, the scenario, a card, a number; and what each does at once."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import ipywidgets as widgets
import numpy as np

from kpa_model.declare.markup import tag
from kpa_model.pay.advice import other_minimum
from kpa_model.simulation.results.outcome import Outcome
from kpa_model.simulation.results.reading import SampledValue, mean
from kpa_model.simulation.results.tally import Tally, paired_of
from kpa_model.simulation.runs.plan import Plan
from kpa_model.simulation.runs.studio import Studio
from kpa_model.story.years.compared import cards_told
from kpa_model.ui import pieces
from kpa_model.ui.screens.share.our_rule import steps_editor
from kpa_model.ui.screens.years.supposed import (
    HOW_MANY,
    LEAST,
    advance_options,
    base_of,
    cards_of,
    our_policy_options,
    plan_of,
    policy_options,
    scenario_options,
)
from kpa_model.ui.screens.years.suppositions import chance_cards, our_suppositions
from kpa_model.ui.state import OURS, Store

ELSEWHERE = ("Ajouter, déplacer, retirer une étape : page ", tag("a", "Règle", href="04_notre_regle.ipynb"), ".")
CAUSES = ("Notre règle", "Le scénario", "Une carte", "Les nombres supposés")


def causes(store: Store) -> widgets.Accordion:
    """Return what can be changed, one thing open at a time."""
    rule, note = steps_editor(store), pieces.html(kind="kpa-help")

    def show() -> None:
        ours = store.state.second == OURS
        note.value = "" if ours else tag("p", "Choisissez en haut « notre règle » : les images suivront ces étapes.")

    store.watch(show)
    two = pieces.html(kind="kpa-help")

    def compare() -> None:
        least = int(store.state.least) if store.state.least.isdigit() else 0
        said = [other_minimum(rule, least) for rule in dict.fromkeys(plan_of(store.state).rules)]
        two.value = tag("p", " ".join(filter(None, said)))

    pieces.follow(store, two, compare)
    title = pieces.html(tag("h3", "Les étapes, dans l'ordre", cls="kpa-hidden"))
    fold = widgets.Accordion([
        pieces.column(title, note, rule, pieces.html(tag("p", *ELSEWHERE, cls="kpa-help"))),
        pieces.column(pieces.row(
            pieces.linked_choice(store, "Scénario", "scenario", scenario_options),
            pieces.linked_choice(store, "Notre minimum", "least", lambda: LEAST),
            pieces.linked_choice(store, "Aujourd'hui, qui prend un travail", "policy", policy_options),
            pieces.linked_choice(store, "Avec notre règle, qui le prend", "policy_ours", our_policy_options),
            pieces.linked_choice(store, "Quand l'argent manque", "advance", advance_options),
            pieces.linked_choice(store, "Nombre d'histoires", "histories", lambda: HOW_MANY),
        ), two),
        pieces.column(chance_cards(store), what_cards_do(store)),
        our_suppositions(store),
    ])  # fmt: skip
    fold.titles = CAUSES
    fold.selected_index = 0
    return fold


def what_cards_do(store: Store) -> widgets.HTML:
    """Return what the cards drawn change under the rule compared: nothing sure is said as such."""
    said, kept = pieces.html(), list[tuple[Studio, Studio]]()

    def show() -> None:
        plan = plan_of(store.state)
        if not cards_of(store.state, base_of(store.state)):
            said.value = ""
            return
        calm = replace(plan, scenario=replace(plan.scenario, shocks=base_of(store.state).shocks))
        if not kept:
            kept.append((Studio(calm), Studio(plan)))
        before, after = _both(kept[0], calm, plan)
        pair = reduce(Tally.__add__, (paired_of(*each, plan.floor) for each in zip(before, after, strict=True)))
        said.value = pieces.live(pieces.sentences(cards_told(pair, plan.floor, _deeper(before, after))))

    pieces.follow(store, said, show)
    return said


def _both(studios: tuple[Studio, Studio], calm: Plan, plan: Plan) -> tuple[list[Outcome], list[Outcome]]:
    """Return what the second rule does without and with the cards, block by block."""
    for studio, asked in zip(studios, (calm, plan), strict=True):
        studio.follow(asked)
    before, after = (studio.outcomes(studio.plan.cases[-1]) for studio in studios)
    return before, after


def _deeper(before: list[Outcome], after: list[Outcome]) -> SampledValue:
    """Return how much more is missing in the till, history by history, cents."""
    moved = np.concatenate([each.advanced for each in after]) - np.concatenate([each.advanced for each in before])
    return mean(int(moved.sum()), int((moved**2).sum()), len(moved))
