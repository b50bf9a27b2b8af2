"""What we suppose: sliders on the scenario, and cards of what may happen."""

from __future__ import annotations

import random
from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from kpa_model.setting import Number, settings_of
from kpa_model.simulation import scenario_file
from kpa_model.simulation.parameter import sources_of
from kpa_model.simulation.shocks import SHOCKS
from kpa_model.ui import pieces
from kpa_model.ui.state import Store
from kpa_model.ui.suppositions import SLIDERS, cards_of, scenario_of, supposing, with_card

SWITCHES = (
    "La motivation ne joue pas au départ. Si vous l'activez, qui est peu payé ou peu reconnu part plus souvent. "
    "Apprendre un autre métier ne joue pas non plus au départ. Si vous l'activez, chaque personne aide un autre pôle "
    "après ces mois. Rien de publié ne dit combien : ce sont des hypothèses. "
    "La TVA passe par la caisse, jamais par l'enveloppe."
)


@pieces.framed
def our_suppositions(store: Store) -> widgets.Widget:
    """Return one slider per doubtful parameter, each with its source, and the scenario as a file."""
    said, sliders = pieces.html(), [_slider(store, *name) for name in SLIDERS]

    def give() -> None:
        content = scenario_file.dumps(scenario_of(store.state)).encode()
        said.value = pieces.live(pieces.download("Prendre le fichier", "notre_scenario.yaml", content, "text/yaml"))

    def back() -> None:
        store.update(supposed="{}")

    buttons = pieces.row(
        pieces.button("Revenir au scénario", back), pieces.button("Prendre le scénario en fichier", give, said=said)
    )
    return pieces.column(*sliders, pieces.html(SWITCHES, "kpa-help"), buttons, said)


def _slider(store: Store, section: str, attribute: str) -> widgets.Widget:
    """Return a slider for one parameter, in the unit people read; it follows the state."""
    first = getattr(scenario_of(store.state), section)
    setting, source = settings_of(first)[attribute], sources_of(first)[attribute]
    assert isinstance(setting, Number)
    scale = setting.unit.scale
    made = widgets.FloatSlider(
        min=setting.low / scale,
        max=setting.high / scale,
        step=max(1, (setting.high - setting.low) // 100) / scale,
        description=setting.label,
        continuous_update=False,
        tooltip=f"Source : {source}",
        readout_format=".1f",
    )
    quiet = [False]

    def show() -> None:
        quiet[0] = True
        made.value = getattr(getattr(scenario_of(store.state), section), attribute) / scale
        quiet[0] = False

    def keep(change: Mapping[str, Any]) -> None:
        if not quiet[0]:
            store.update(supposed=supposing(store.state, section, attribute, round(change["new"] * scale)))

    made.observe(keep, "value")
    store.watch(show)
    return pieces.row(made, pieces.html(f"{escape(setting.unit.name)} · source : {escape(source)}", "kpa-help"))


@pieces.framed
def chance_cards(store: Store) -> widgets.Widget:
    """Draw a card of what may happen, or put all cards back."""
    drawn = pieces.html()

    def draw() -> None:
        month = random.randint(2, max(2, scenario_of(store.state).group.months // 2))
        store.update(cards=with_card(store.state, random.choice(list(SHOCKS)), month))

    def show() -> None:
        cards = cards_of(store.state)
        items = "".join(
            f'<section class="kpa-card"><h3>{escape(card.title)}</h3><p>{escape(card.about)}</p>'
            f'<p class="kpa-help">À partir du mois {card.start}.</p></section>'
            for card in cards
        )
        drawn.value = pieces.live(f'<div class="kpa-panels">{items}</div>' if cards else "Aucune carte n'est tirée.")

    store.watch(show)
    buttons = pieces.row(
        pieces.button("Tirer une carte", draw, "kpa-primary"),
        pieces.button("Remettre les cartes", lambda: store.update(cards="[]")),
    )
    return pieces.column(buttons, drawn)
