"""What a scenario supposes, and the months it gives: each of its parameters at its two ends, each card, each policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np

from kpa_model.declare.setting import ChoiceSetting, settings_of
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.simulation.months.play import play
from kpa_model.simulation.months.staffing import POLICIES
from kpa_model.simulation.months.worked import draw
from kpa_model.simulation.weather.parts import CALENDAR
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.simulation.weather.scenario_file import dumps
from kpa_model.simulation.weather.shocks import SHOCKS
from tests.told.golden import Golden, of_data

RULE = loads("""
titre: Un peu de tout
etapes:
- frais_directs
- contribution_cae: {bareme: opteos}
- mise_en_reserve: {taux: 10 %}
- commission: {taux: 5 %}
- parts_egales: {part: 20 %}
- anciennete: {part: 20 %}
- par_pole: {commun: 20 %}
- contributions_recentes: {part: 20 %}
- points_d_implication: {part: 50 %}
- par_heures
- demandes_libres
- ramener_a_l_enveloppe
""")
LIGHT = loads("""
titre: Les heures, les commandes, les points
etapes: [frais_directs, points_d_implication: {part: 50 %}, par_pole: {commun: 20 %}]
""")
SHORT = replace(Scenario().group, months=5, start=5, places=8)
SMALL = replace(Scenario(), group=SHORT)
PARTS = ("group", "demand", "work", "cash", "motivation")


def played(scenario: Scenario, policy: str = "volontaires", rule: PayRule = RULE) -> Iterator[str]:
    """Yield the people and the orders of a block, every fact that the rule reads and every purse, as numbers."""
    weather = draw(scenario, 3, 0)
    for drawn in (weather.people, weather.orders):
        told = ((each.name, getattr(drawn, each.name)) for each in fields(drawn))
        yield from (f"{name} {many.astype(float).tobytes().hex()}" for name, many in told if many is not None)
    for turn in play(weather, POLICIES[policy], rule):
        for held in (turn.settled.month, turn.settled.closing):
            for each in fields(held):
                value = getattr(held, each.name)
                if held is turn.settled.month and each.name not in {"present", "payable", *rule.reads}:
                    continue
                if isinstance(value, np.ndarray) and value.dtype.kind in "biu":
                    yield f"{each.name} {value.shape} {value.astype(np.int64).tobytes().hex()}"


def ends(section: Any) -> Iterator[tuple[str, Any]]:
    """Yield each parameter of a section moved to each of its ends, or to each of its other choices."""
    for name, each in settings_of(section).items():
        values = each.options if isinstance(each, ChoiceSetting) else (each.low, each.high)
        for value in values:
            if value != getattr(section, name) and name != "months":
                yield f"{each.name} {each.show(value)}", replace(section, **{name: value})


def test_a_scenario_supposes_and_gives_what_it_did() -> None:
    golden = Golden("scenarios")
    golden.scene("Tel quel", dumps(Scenario()).splitlines(), played(SMALL))
    for part in PARTS:
        section = getattr(SMALL, part)
        golden.scene(part, (line for each in settings_of(section).values() for line in of_data(each)))
        for told, moved in ends(section):
            golden.scene(told, (), played(replace(SMALL, **{part: moved}), rule=LIGHT))
    for part in ("poles", "customers"):
        first, *others = getattr(SMALL, part)
        golden.scene(part, (line for each in settings_of(first).values() for line in of_data(each)))
        for told, moved in ends(first):
            golden.scene(told, (), played(replace(SMALL, **{part: (moved, *others)}), rule=LIGHT))
    golden.check()


def test_a_card_says_and_does_what_it_did() -> None:
    golden = Golden("cartes")
    brought = [replace(kind(), start=2) for kind in SHOCKS.values() if replace(kind(), start=2).order(1)]
    assert brought
    for name, kind in SHOCKS.items():
        made = replace(kind(), start=2)
        told = (made.heading, kind.about, *(line for each in settings_of(kind).values() for line in of_data(each)))
        paid = replace(SMALL, shocks=(made,), cash=replace(SMALL.cash, basis="encaissement"))
        effects = (
            (made.demand(at, pole), made.late(at), made.arrivals(at), made.order(at))
            for at in range(40)
            for pole in ("Traiteur", "Jardin")
        )
        golden.scene(f"{name}, mois par mois", (), map(str, effects))
        golden.scene(name, told, (*played(replace(SMALL, shocks=(made,))), *played(paid)))
        for limit, moved in ends(made):
            golden.scene(f"{name}, {limit}", (), played(replace(SMALL, shocks=(moved, *brought)), rule=LIGHT))
    many = tuple(replace(SMALL.poles[at % 4], name=f"Pôle {at}", share=50_000) for at in range(20))
    golden.scene("vingt pôles", (), played(replace(SMALL, poles=many)))
    slight = replace(SMALL.motivation, reaction=1)
    golden.scene("un rien compte", (str(replace(SMALL, motivation=slight).feeds_back),))
    for policy, about in POLICIES.items():
        golden.scene(policy, (about.label, about.about), played(SMALL, policy))
    for month in range(1, 13):
        group = replace(SHORT, first_month=month)
        golden.scene(f"premier mois {CALENDAR[month - 1]}", (), played(replace(SMALL, group=group)))
    golden.check()
