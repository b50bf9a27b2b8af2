"""The scenarios that come with the workbook, by name; read once, when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kpa_model.errors import Problem, nearest
from kpa_model.places import data
from kpa_model.simulation.weather import scenario_file
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.simulation.weather.scenario_file import WrongScenario

FIRST = "annee_ordinaire"


@lru_cache(maxsize=1)
def scenarios() -> Mapping[str, Scenario]:
    """Return the ready scenarios by file name, the ordinary year first."""
    paths = sorted((data() / "scenarios").glob("*.yaml"), key=lambda path: (path.stem != FIRST, path.stem))
    return MappingProxyType({path.stem: scenario_file.load(path) for path in paths})


def scenario(name: str) -> Scenario:
    """Return one scenario. Raises WrongScenario, with the nearest name, when it is unknown."""
    if name not in scenarios():
        hint = nearest(name, scenarios()) or f"Scénarios connus : {', '.join(scenarios())}."
        raise WrongScenario(Problem("Simulation", f"le scénario « {name} » n'existe pas.", hint))
    return scenarios()[name]
