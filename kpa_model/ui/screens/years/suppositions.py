"""What we suppose: sliders on the scenario, and cards of what may happen."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from kpa_model.declare.markup import Html, tag
from kpa_model.declare.setting import NumberSetting, settings_of
from kpa_model.errors import KpaError
from kpa_model.simulation.weather import ready, scenario_file
from kpa_model.simulation.weather.parameter import sources_of
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.simulation.weather.shocks import Shock
from kpa_model.story.years.told import month_told
from kpa_model.ui import pieces
from kpa_model.ui.screens.years.supposed import (
    SLIDERS,
    cards_left,
    cards_of,
    scenario_of,
    supposing,
    take_in,
    with_card,
)
from kpa_model.ui.state import Store
from kpa_model.words import of, round_euros, slug

OFF = "Rien de publié ne dit combien : c'est une hypothèse."
SAID: Mapping[tuple[str, str], Callable[[Scenario], str]] = {
    ("group", "learnt"): lambda _: (
        f"À 0, cela ne joue pas. Sinon, après ces mois, chaque personne aide aussi un autre pôle. {OFF}"
    ),
    ("cash", "vat"): lambda _: "La TVA passe par la caisse, jamais par l'enveloppe.",
    ("motivation", "reaction"): lambda scenario: (
        "À 0 %, la motivation ne joue pas. Sinon, qui est peu payé ou peu reconnu part plus souvent. "
        f"Être bien payé, ici : {round_euros(scenario.motivation.expected)} par mois. "
        f"Être reconnu : une part de la paie égale à sa part des heures. {OFF}"
    ),
}
"""What is assumed, beside the slider that switches it on."""


@pieces.framed
def our_suppositions(store: Store) -> widgets.Widget:
    """Return one slider per doubtful parameter, each with its source, and the scenario as a file, both ways."""
    said, sliders = pieces.html(), [_slider(store, *name) for name in SLIDERS]

    def give() -> None:
        scenario = scenario_of(store.state)
        name, content = f"{slug(scenario.title)}.yaml", scenario_file.dumps(scenario).encode()
        link = pieces.download("Prendre le fichier", name, content, "application/yaml")
        said.value = pieces.live(tag("p", f"« {scenario.title} », avec vos changements et vos cartes. ", link))

    def back() -> None:
        store.update(supposed="{}")
        said.value = pieces.live(tag("p", "Les nombres sont de nouveau ceux du scénario."))

    def read(change: Mapping[str, Any]) -> None:
        for given in change["new"]:
            text = bytes(given["content"]).decode("utf-8", "replace")
            store.update(scenario=take_in(text, given["name"]), supposed="{}", cards="[]")
            title = scenario_of(store.state).title
            said.value = pieces.live(tag("p", f"Le scénario « {title} » est ouvert. Les images le suivent."))

    def show() -> None:
        said.value = ""  # a file made before the change is no longer this scenario

    store.watch(show)
    upload = widgets.FileUpload(accept=".yaml,.yml", multiple=False, description="Reprendre un fichier de scénario")
    upload.observe(lambda change: pieces.guarded(said, lambda: read(change)), "value")
    buttons = pieces.row(
        pieces.button("Revenir au scénario", back),
        pieces.button("Prendre le scénario en fichier", give, said=said),
        upload,
    )
    return pieces.column(*sliders, buttons, said)


def _slider(store: Store, section: str, attribute: str) -> widgets.Widget:
    """Return a slider for one parameter, written as people write it; it follows the state."""
    usual = getattr(ready.scenario(ready.FIRST), section)
    setting, source = settings_of(usual)[attribute], sources_of(usual)[attribute]
    assert isinstance(setting, NumberSetting)
    made = widgets.SelectionSlider(
        options=_steps(setting, setting.default), description=setting.label, continuous_update=False
    )
    beside = pieces.html()
    quiet = [False]

    def show() -> None:
        try:
            scenario = scenario_of(store.state)
        except KpaError:  # the picture says it; the slider stays as it was
            return
        value = getattr(getattr(scenario, section), attribute)
        quiet[0] = True
        if value not in [inner for _, inner in made.options]:
            made.options = _steps(setting, value)
        made.value = value
        quiet[0] = False
        told = SAID.get((section, attribute), lambda _: "")(scenario)
        beside.value = pieces.sentences([f"Source : {source}.", told] if told else [f"Source : {source}."], "kpa-help")

    def keep(change: Mapping[str, Any]) -> None:
        if not quiet[0]:
            store.update(supposed=supposing(store.state, section, attribute, change["new"]))

    made.observe(keep, "value")
    store.watch(show)
    return pieces.row(made, beside)


def _steps(setting: NumberSetting, now: int) -> list[tuple[str, int]]:
    """Return about a hundred round values between the limits, and the one of now: (as people write it, inner)."""
    sizes = [setting.unit.scale * size // 100 for size in (1, 5, 10, 50, 100, 500, 1000, 5000)]
    step = next(size for size in sizes if 100 * size >= setting.high - setting.low)
    first = -(-setting.low // step) * step
    values = sorted({setting.low, setting.high, now, *range(first, setting.high + 1, step)})
    return [(setting.show(value), value) for value in values]


@pieces.framed
def chance_cards(store: Store) -> widgets.Widget:
    """Draw a card of what may happen, or put all cards back."""
    drawn = pieces.html()

    def draw() -> None:
        left, months = cards_left(store.state), scenario_of(store.state).group.months
        if left:
            month = random.randint(2, max(2, months // 2))
            store.update(cards=with_card(store.state, random.choice(left), month))
        else:
            drawn.value = pieces.live(tag("p", "Toutes les cartes sont tirées.")) + Html(drawn.value)

    def show() -> None:
        scenario = scenario_of(store.state)
        cards = cards_of(store.state, scenario)
        told = [_card(card, scenario) for card in cards]
        shown = tag("div", told, cls="kpa-panels") if cards else tag("p", "Aucune carte n'est tirée.")
        drawn.value = pieces.live(shown)

    pieces.follow(store, drawn, show)
    buttons = pieces.row(
        pieces.button("Tirer une carte", draw, "kpa-primary", drawn),
        pieces.button("Remettre les cartes", lambda: store.update(cards="[]")),
    )
    return pieces.column(buttons, drawn)


def _card(card: Shock, scenario: Scenario) -> Html:
    """Return a card: what happens, with which numbers, from which month."""
    numbers = [f"Pôle : {card.pole}."] if hasattr(card, "pole") else []
    numbers += [
        f"{setting.label} : {setting.show(getattr(card, name))}."
        for name, setting in settings_of(card).items()
        if name != "start"
    ]
    since = of(month_told(card.start, scenario.group.first_month))
    return tag(
        "section",
        tag("h3", card.heading),
        tag("p", card.about),
        tag("p", f"À partir {since}. {' '.join(numbers)}", cls="kpa-help"),
        cls="kpa-card",
    )
