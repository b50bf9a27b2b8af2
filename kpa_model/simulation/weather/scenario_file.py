"""Scenario files, see `scenario`: French YAML that people change. `loads(dumps(scenario)) == scenario`, always.

Read as text first, then by the unit of each parameter, as rule files are. What is not written keeps its default.
"""

from __future__ import annotations

from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.yaml_file import YamlFile, fingerprint_of
from kpa_model.errors import KpaError
from kpa_model.simulation.weather.scenario import Scenario


class WrongScenario(KpaError):
    """A scenario, as written, cannot be simulated."""


SCENARIO = FileKind("un scénario", "« titre: » puis « groupe: »", WrongScenario, "un scénario prêt")
FILE = YamlFile(SCENARIO, Scenario, "Scénario")
load, loads, dumps, as_data = FILE.load, FILE.loads, FILE.dumps, FILE.as_data


def fingerprint(scenario: Scenario) -> str:
    """Return the SHA-256 of everything that is supposed; titles and names of people do not count."""
    content = {key: value for key, value in as_data(scenario).items() if key not in ("titre", "phrase", "personnes")}
    return fingerprint_of(content)
