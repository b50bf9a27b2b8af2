"""The same seed gives the same replicates, to the cent, from one version to the next: digests are kept here.

A digest that changes on purpose is a new `plan.CONTRACT`; it is said in the commit and in the CHANGELOG.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from kpa_model.pay.ready import ready_rules
from kpa_model.simulation.runs.plan import CONTRACT, Plan, outcomes
from kpa_model.simulation.weather.ready import scenarios

RULES = (
    *("heures", "rattrapage", "demandes_libres", "par_pole"),
    *("apporteur", "implication", "lissage", "minimum_et_heures"),
)
"""Rules that look at hours, past months, requests, orders, points, the reserve, and a minimum."""

KEPT = {
    "annee_ordinaire": "bfa6632fe86e1c13",
    "buffet_de_330": "e4c94c90b962a9aa",
    "cinq_nouveaux": "b1e4bdc3ce852654",
    "cuisine_fermee": "bc84cf0ad418afd0",
    "gros_client_part": "bda835cdaf8ec672",
    "payeurs_en_retard": "02e3a377436e5302",
}


def digest(plan: Plan) -> str:
    """Return a digest of what each person received, and of the purses, under each rule."""
    found = hashlib.sha256()
    for seen in outcomes(plan, 0):
        for each in (seen.pay, seen.paid, seen.kept, seen.fund, seen.reserve, seen.owed, seen.refused):
            found.update(np.ascontiguousarray(each).astype(np.int64).tobytes())
    return found.hexdigest()[:16]


@pytest.mark.parametrize("name", scenarios())
def test_each_scenario_gives_what_it_always_gave(name: str) -> None:
    scenario = scenarios()[name]
    short = replace(scenario, group=replace(scenario.group, months=7))
    rules = tuple(ready_rules()[each] for each in RULES)
    assert digest(Plan(short, rules, seed=11, replicates=40)) == KEPT[name], f"contract {CONTRACT}"
