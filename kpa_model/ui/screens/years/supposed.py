"""From the state to what is simulated: the scenario chosen, what sliders changed, the cards drawn."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.declare.setting import NumberSetting, settings_of
from kpa_model.errors import KpaError
from kpa_model.simulation.calibration.own import calibrate_book
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.runs.plan import Plan
from kpa_model.simulation.weather import ready, scenario_file
from kpa_model.simulation.weather.scenario import WHO_ADVANCES, Scenario
from kpa_model.simulation.weather.shocks import SHOCKS, Shock
from kpa_model.ui.library import read_named
from kpa_model.ui.state import AS_TODAY, OURS, State, rules_by_name
from kpa_model.whole_file import write_whole
from kpa_model.words import number, slug

OUR_BOOK = "notre_carnet"
"""Name, among scenarios, of the one that follows from the group's own book."""

OUR_FILE = "fichier_"
"""How the names of the group's own scenario files begin."""

HOW_MANY = [(str(many), f"{number(many)} histoires") for many in (256, 512, 1024, 4096)]
LEAST = [(str(100 * least), f"{least} €") for least in (10, 20, 30, 50, 80, 100, 150, 200)]

SLIDERS = (
    ("demand", "enquiries"),
    ("demand", "growth"),
    ("demand", "accepted"),
    ("group", "arrivals"),
    ("group", "leaving"),
    ("group", "available"),
    ("group", "learnt"),
    ("cash", "vat"),
    ("motivation", "reaction"),
)


def scenarios() -> dict[str, Scenario]:
    """Return every scenario by name: the ready ones, then those of the group's files. A damaged file is left out."""
    found = dict(ready.scenarios())
    for path in sorted(_folder().glob("*.yaml")):
        with suppress(KpaError):
            found[f"{OUR_FILE}{path.stem}"] = scenario_file.load(path)
    return found


def _folder() -> Path:
    folder = places.personal() / "scenarios"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def take_in(text: str, file_name: str) -> str:
    """Keep a scenario file that somebody brings, under its title; return its name. Raises WrongScenario."""
    scenario = scenario_file.loads(text, f"Fichier {file_name}")
    name = slug(scenario.title)
    write_whole(_folder() / f"{name}.yaml", scenario_file.dumps(scenario))
    return f"{OUR_FILE}{name}"


def scenario_options() -> list[tuple[str, str]]:
    """Return (name, title) of each scenario, our own book last."""
    found = [
        (name, f"{each.title} (notre fichier)" if name.startswith(OUR_FILE) else each.title)
        for name, each in scenarios().items()
    ]
    return [*found, (OUR_BOOK, "Calé sur notre carnet")]


def policy_options() -> list[tuple[str, str]]:
    """Return (name, label) of each way to choose who takes a job."""
    return [(name, each.label) for name, each in POLICIES.items()]


def advance_options() -> list[tuple[str, str]]:
    """Return (name, label) of who advances the money that lacks: as the scenario says first."""
    return [("", "Comme dit le scénario"), *WHO_ADVANCES.items()]


def second_options(state: State) -> list[tuple[str, str]]:
    """Return (name, title) of each rule that can be compared with today's: the one being composed first."""
    return [
        (name, f"{rule.title} (notre règle)" if name == OURS else rule.title)
        for name, rule in rules_by_name(state).items()
    ]


def our_policy_options() -> list[tuple[str, str]]:
    """Return (name, label) of who may take a job under our rule: as today first."""
    return [(AS_TODAY, "Comme aujourd'hui"), *policy_options()]


def mended(state: State) -> dict[str, str]:
    """Return what to change in a state that names a scenario or a way to choose that no longer exists."""
    known = {
        "scenario": ([name for name, _ in scenario_options()], ready.FIRST),
        "policy": (list(POLICIES), "volontaires"),
        "policy_ours": ([AS_TODAY, *POLICIES], AS_TODAY),
        "least": ([amount for amount, _ in LEAST], "5000"),
        "histories": ([many for many, _ in HOW_MANY], "512"),
    }
    return {name: usual for name, (names, usual) in known.items() if getattr(state, name) not in names}


def base_of(state: State) -> Scenario:
    """Return the scenario chosen, before sliders and cards. Raises ShortBook when our book is too short."""
    if state.scenario == OUR_BOOK:
        return _calibrated(state.book, state.basis)
    return scenarios().get(state.scenario, ready.scenario(ready.FIRST))


@lru_cache(maxsize=4)
def _calibrated(book: str, basis: str) -> Scenario:
    return calibrate_book(read_named(book, basis)[0], ready.scenario(ready.FIRST), rows=40_000)[1]


def scenario_of(state: State) -> Scenario:
    """Return what is simulated."""
    scenario = base_of(state)
    for name, value in _read(state.supposed, {}).items():
        section, _, attribute = str(name).partition(".")
        if (section, attribute) in SLIDERS:
            setting = settings_of(getattr(scenario, section))[attribute]
            if isinstance(setting, NumberSetting) and isinstance(value, int):
                kept = min(max(value, setting.low), setting.high)
                scenario = replace(scenario, **{section: replace(getattr(scenario, section), **{attribute: kept})})
    if state.advance in WHO_ADVANCES:
        scenario = replace(scenario, cash=replace(scenario.cash, advance=state.advance))
    return replace(scenario, shocks=scenario.shocks + cards_of(state, scenario))


def cards_of(state: State, scenario: Scenario) -> tuple[Shock, ...]:
    """Return the shocks drawn as cards; a card about a pole the group has not is about its largest one."""
    pairs = [each for each in _read(state.cards, []) if isinstance(each, list) and len(each) == 2]
    return tuple(_about_ours(SHOCKS[name](start=int(start)), scenario) for name, start in pairs if name in SHOCKS)


def _about_ours(card: Shock, scenario: Scenario) -> Shock:
    if not hasattr(card, "pole") or card.pole in [pole.name for pole in scenario.poles]:
        return card
    largest = max(scenario.poles, key=lambda pole: pole.share)
    return replace(card, pole=largest.name)  # type: ignore[call-arg]


def cards_left(state: State) -> list[str]:
    """Return the names of the cards still in the pack."""
    drawn = [each[0] for each in _read(state.cards, []) if isinstance(each, list) and each]
    return [name for name in SHOCKS if name not in drawn]


def supposing(state: State, section: str, attribute: str, value: int) -> str:
    """Return `supposed` with one more change."""
    return json.dumps({**_read(state.supposed, {}), f"{section}.{attribute}": value})


def with_card(state: State, name: str, start: int) -> str:
    """Return `cards` with one more card."""
    return json.dumps([*_read(state.cards, []), [name, start]])


def _read(text: str, otherwise: Any) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return otherwise
    return found if isinstance(found, type(otherwise)) else otherwise


def plan_of(state: State) -> Plan:
    """Return the plan: today's rule and ours, under the same weather. Raises KpaError."""
    rules = rules_by_name(state)
    policy = state.policy if state.policy in POLICIES else "volontaires"
    ours = state.policy_ours if state.policy_ours in POLICIES else policy
    if state.today not in rules:
        raise KpaError()
    two = (rules[state.today], rules.get(state.second, rules[OURS]))
    histories, least = (
        int(text) if text.isdigit() else usual for text, usual in ((state.histories, 512), (state.least, 0))
    )
    return Plan(scenario_of(state), two, (policy, ours), 1, max(1, histories), least)
