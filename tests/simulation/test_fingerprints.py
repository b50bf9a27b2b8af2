"""The same seed gives the same replicates, to the cent, from one version to the next: digests are kept here.

A digest that changes on purpose is a new `plan.CONTRACT`; it is said in the commit and in the CHANGELOG.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpa_model.pay.ready import ready_rules
from kpa_model.simulation.runs.plan import CONTRACT, Plan
from kpa_model.simulation.runs.run import run
from kpa_model.simulation.weather.ready import scenarios

RULES = (
    *("heures", "rattrapage", "demandes_libres", "par_pole"),
    *("apporteur", "implication", "lissage", "solidarite_et_ecart"),
)
"""Rules that look at hours, past months, requests, orders, points, the reserve, and everyone's amount."""

KEPT = {
    "annee_ordinaire": "6bb27d3aaf6c9790",
    "buffet_de_330": "17cc349aaa908e47",
    "cinq_nouveaux": "7a0675995d929f25",
    "cuisine_fermee": "11c6184fd7bd58f6",
    "gros_client_part": "8c9446103b901655",
    "payeurs_en_retard": "a016dc917e72d16b",
}


@pytest.mark.parametrize("name", scenarios())
def test_each_scenario_gives_what_it_always_gave(name: str) -> None:
    scenario = scenarios()[name]
    short = replace(scenario, group=replace(scenario.group, months=7))
    rules = tuple(ready_rules()[each] for each in RULES)
    assert run(Plan(short, rules, seed=11, replicates=40)).digest()[:16] == KEPT[name], f"contract {CONTRACT}"
