"""Scenario files: French YAML that people read and change. `loads(dumps(scenario)) == scenario`, always.

Read as text first, then by the unit of each parameter, as rule files are. What is not written keeps its default.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML

from kpa_model.declare.plain_yaml import FileKind, read_mapping, read_text
from kpa_model.declare.setting import settings_of
from kpa_model.declare.unit import PERCENT, Refused
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.simulation.weather.scenario import (
    CALENDAR,
    Cash,
    CustomerKind,
    Demand,
    Group,
    Motivation,
    Pole,
    Scenario,
    Work,
)
from kpa_model.simulation.weather.shocks import SHOCKS, Shock

TEXTS = {"titre": "title", "phrase": "sentence"}
SECTIONS = {
    "groupe": ("group", Group),
    "commandes": ("demand", Demand),
    "travail": ("work", Work),
    "argent": ("cash", Cash),
    "motivation": ("motivation", Motivation),
}
NAMED = {"poles": ("poles", Pole), "clients": ("customers", CustomerKind)}
KEYS = (*TEXTS, *SECTIONS, "saisons", *NAMED, "chocs", "personnes")
MOST_SEASON = 10_000_000
_T = TypeVar("_T")


class WrongScenario(KpaError):
    """A scenario, as written, cannot be simulated."""


SCENARIO = FileKind("un scénario", "« titre: » puis « groupe: »", WrongScenario, "un scénario prêt")


def load(path: Path) -> Scenario:
    """Read a scenario file. Raises WrongScenario with every problem at once."""
    return loads(read_text(path, WrongScenario), f"Fichier {path.name}")


def loads(text: str, where: str = "Scénario") -> Scenario:
    """Read a scenario from text. Raises WrongScenario with every problem at once."""
    content, problems = read_mapping(text, where, SCENARIO), list[Problem]()
    _unknown(content, KEYS, where, problems)
    found: dict[str, Any] = {name: str(content.get(key) or "").strip() for key, name in TEXTS.items()}
    if not found["title"]:
        problems.append(Problem(where, "il manque le titre.", "Ajoutez par exemple « titre: Une année ordinaire »."))
    for key, (name, section) in SECTIONS.items():
        found[name] = _section(section(), content.get(key), f"{where}, « {key} »", problems)
    for key, (name, kind) in NAMED.items():
        if content.get(key):
            found[name] = _named(kind, content[key], f"{where}, « {key} »", problems)
    if content.get("saisons"):
        found["seasons"] = _seasons(content["saisons"], f"{where}, « saisons »", problems)
    found["shocks"] = _shocks(content.get("chocs"), found, where, problems)
    found["names"] = _people(content.get("personnes"), f"{where}, « personnes »", problems)
    if problems:
        raise WrongScenario(*problems)
    return Scenario(**found)


def _unknown(given: dict[str, Any], known: Any, where: str, problems: list[Problem]) -> None:
    for key in given:
        if key not in known:
            hint = nearest(str(key), known) or f"Noms connus : {', '.join(known)}."
            problems.append(Problem(where, f"« {key} » n'est pas un nom connu ici.", hint))


def _section(start: _T, given: Any, where: str, problems: list[Problem], skip: tuple[str, ...] = ()) -> _T:
    """Return the section with what the file says; every problem is added."""
    if given in (None, ""):
        return start
    if not isinstance(given, dict):
        problems.append(
            Problem(where, "des réglages sont attendus.", "Écrivez un réglage par ligne : « nom: valeur ».")
        )
        return start
    known = {setting.name: (attribute, setting) for attribute, setting in settings_of(start).items()}
    _unknown({key: value for key, value in given.items() if key not in skip}, known, where, problems)
    changes = {}
    for key, value in given.items():
        if key in known:
            attribute, setting = known[key]
            try:
                changes[attribute] = setting.read(value)
            except Refused as refusal:
                problems.append(Problem(f"{where}, « {key} »", refusal.what, refusal.todo))
    return dataclasses.replace(start, **changes)  # type: ignore[type-var]


def _named(kind: type[_T], given: Any, where: str, problems: list[Problem]) -> tuple[_T, ...]:
    if not isinstance(given, dict):
        problems.append(Problem(where, "des noms sont attendus.", "Écrivez un nom par ligne, puis ses réglages."))
        return ()
    return tuple(
        _section(kind(str(name)), values, f"{where}, « {name} »", problems)  # type: ignore[call-arg]
        for name, values in given.items()
    )


def _people(given: Any, where: str, problems: list[Problem]) -> tuple[str, ...]:
    """Return the names of the first people, each once."""
    if not given:
        return ()
    names = [str(name).strip() for name in given] if isinstance(given, list) else []
    todo = "Écrivez un nom par ligne, après un tiret."
    if not names or not all(isinstance(name, str) and name.strip() for name in given):
        problems.append(Problem(where, "une liste de noms est attendue.", todo))
    elif len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        problems.append(Problem(where, f"« {twice} » est écrit deux fois.", "Ajoutez une initiale à l'un des deux."))
    return tuple(names)


def _seasons(given: Any, where: str, problems: list[Problem]) -> tuple[int, ...]:
    """Return twelve multipliers; a month that is not written is an ordinary month."""
    if not isinstance(given, dict):
        problems.append(Problem(where, "des mois sont attendus.", "Écrivez par exemple « août: 35 % »."))
        return ()
    _unknown(given, CALENDAR, where, problems)
    found = []
    for month in CALENDAR:
        try:
            found.append(PERCENT.read(given.get(month, "100 %"), 0, MOST_SEASON, 350_000))
        except Refused:
            problems.append(
                Problem(f"{where}, « {month} »", "ce n'est pas un pourcentage.", "Écrivez par exemple 35 %.")
            )
    return tuple(found)


def _shocks(given: Any, found: dict[str, Any], where: str, problems: list[Problem]) -> tuple[Shock, ...]:
    if given in (None, ""):
        return ()
    if not isinstance(given, list):
        problems.append(
            Problem(f"{where}, « chocs »", "une liste est attendue.", "Commencez chaque ligne par un tiret.")
        )
        return ()
    poles = [pole.name for pole in found.get("poles", Scenario().poles)]
    shocks = []
    for at, entry in enumerate(given, start=1):
        name, values = next(iter(entry.items())) if isinstance(entry, dict) and len(entry) == 1 else (entry, {})
        here = f"{where}, choc {at} « {name} »"
        if name not in SHOCKS:
            hint = nearest(str(name), SHOCKS) or f"Chocs connus : {', '.join(SHOCKS)}."
            problems.append(Problem(here, "ce nom n'existe pas.", hint))
            continue
        made = _section(SHOCKS[name](), values, here, problems, skip=("pole",))
        if hasattr(made, "pole"):
            pole = str(values.get("pole", made.pole)) if isinstance(values, dict) else made.pole
            if pole not in poles:
                hint = nearest(pole, poles) or f"Pôles connus : {', '.join(poles)}."
                problems.append(Problem(here, f"le pôle « {pole} » n'existe pas.", hint))
            made = dataclasses.replace(made, pole=pole)  # type: ignore[call-arg]
        shocks.append(made)
    return tuple(shocks)


# --- writing ----------------------------------------------------------------------------------------------------------


def dumps(scenario: Scenario) -> str:
    """Return the file of a scenario."""
    yaml, out = YAML(), StringIO()
    yaml.default_flow_style = False
    yaml.width = 110
    yaml.dump(as_data(scenario), out)
    return out.getvalue()


def as_data(scenario: Scenario) -> dict[str, Any]:
    """Return what a scenario file holds; every parameter is written, so that nothing depends on defaults."""
    content: dict[str, Any] = {key: getattr(scenario, name) for key, name in TEXTS.items() if getattr(scenario, name)}
    for key, (name, _) in SECTIONS.items():
        content[key] = _written(getattr(scenario, name))
    content["saisons"] = {month: PERCENT.write(value) for month, value in zip(CALENDAR, scenario.seasons, strict=True)}
    for key, (name, _) in NAMED.items():
        content[key] = {each.name: _written(each) for each in getattr(scenario, name)}
    if scenario.shocks:
        content["chocs"] = [{shock.name: shock_data(shock)} for shock in scenario.shocks]
    if scenario.names:
        content["personnes"] = list(scenario.names)
    return content


def shock_data(shock: Shock) -> dict[str, Any]:
    """Return the settings of a shock as its file says them."""
    pole = {"pole": shock.pole} if hasattr(shock, "pole") else {}
    return {**_written(shock), **pole}


def _written(section: Any) -> dict[str, Any]:
    return {each.name: each.write(getattr(section, attribute)) for attribute, each in settings_of(section).items()}


def fingerprint(scenario: Scenario) -> str:
    """Return the SHA-256 of everything that is supposed; titles and names of people do not count."""
    content = {key: value for key, value in as_data(scenario).items() if key not in (*TEXTS, "personnes")}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
