"""A small cooperative and two rules, shared by the tests of the simulation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpa_model.pay import rule_file
from kpa_model.simulation.runs.plan import Plan
from kpa_model.simulation.weather.scenario import Scenario

HOURS = """
titre: Selon les heures
etapes:
- frais_directs
- contribution_cae_libre: {taux: 10 %}
- part_au_fonds_commun: {taux: 5 %}
- par_heures
promesses:
- personne_sous: {euros: 30}
- enveloppe_respectee
"""


def small(months: int = 8, start: int = 6, places: int = 9) -> Scenario:
    """Return a cooperative of six people over eight months."""
    usual = Scenario()
    group = replace(usual.group, months=months, start=start, places=places)
    return replace(usual, group=group, demand=replace(usual.demand, enquiries=600))


@pytest.fixture(scope="session")
def hours():
    return rule_file.loads(HOURS)


@pytest.fixture(scope="session")
def equal():
    return rule_file.loads(HOURS.replace("par_heures", "parts_egales"))


@pytest.fixture(scope="session")
def scenario():
    return small()


@pytest.fixture(scope="session")
def plan(scenario, hours, equal):
    return Plan(scenario, (hours, equal), replicates=700, seed=7)
