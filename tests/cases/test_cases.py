"""Cas d'école: months calculated by hand, written in French, that members can read and check.

To add one: a few lines in any `*.yaml` file beside this one. Amounts are in euros, lists follow `membres`.
"""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.declare.number import written
from kpa_model.declare.unit import EURO
from kpa_model.pay.engine import Settlement, settle
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import dumps, load, loads
from kpa_model.pay.step import known_steps
from kpa_model.places import data

HERE = Path(__file__).parent
AMOUNTS = {
    "demandes": "claims", "ventes": "sales", "frais": "direct_costs", "ventes_depuis_janvier": "sales_before",
    "marge_depuis_janvier": "margin_before", "reporte": "carried", "fonds": "fund", "reserve": "reserve",
    "dus": "owed", "epargne": "saved",
}  # fmt: skip
HUNDREDTHS = {"points": "points", "besoin": "need"}
MORE = {"decisions": "decided", "avances": "advance"}
LINES = ("personne", "jour", "debut", "genre", "duree", "tache", "quantite", "commande")
KEYS = {
    "fonctions", "poles_des_personnes", "lignes", "achats", "absences", "mois", *MORE,
    "titre", "source", "membres", "tour", "absents", "sans_cape", "heures", "anciennete", "commandes", "passe", "regle",
    "attendu", "explication", *AMOUNTS, *HUNDREDTHS,
}  # fmt: skip
ORDERS = {"numero", "ventes", "frais", "pole", "heures", "apportee_par", "client", "quantite"}
EXPECTED = {"remuneration": "pay", "reste": "pot", "frais": "costs", "cae": "cae", "fonds": "fund",
            "reserve": "reserve", "dus": "owed", "epargne": "saved"}  # fmt: skip


@cache
def every_case() -> dict[str, dict[str, Any]]:
    """Return each case by `file: title`; every value is still a text."""
    cases = {}
    for path in sorted(HERE.glob("*.yaml")):
        for case in YAML(typ="base", pure=True).load(path):
            assert f"{path.stem}: {case['titre']}" not in cases
            cases[f"{path.stem}: {case['titre']}"] = case
    return cases


def numbers(value: Any, scale: int = 100) -> Any:
    """Return whole cents, hundredths or minutes for a text, or for a list of texts."""
    if isinstance(value, list):
        return np.array([numbers(each, scale) for each in value], np.int64)
    return EURO.exact(value) if scale == 100 else int(written(value) * scale)


def minutes(hours: Any, people: int) -> np.ndarray:
    """Return minutes by kind; a plain list is hours on jobs."""
    by_kind = hours if isinstance(hours, dict) else {KINDS[0].value: hours}
    assert set(by_kind) <= set(KINDS)
    return np.stack([numbers(by_kind.get(kind, ["0"] * people), 60) for kind in KINDS])


def month_of(case: dict[str, Any]) -> Month:
    """Return the facts of a case."""
    members = case["membres"]
    facts = {name: numbers(case[key]) for key, name in {**AMOUNTS, **HUNDREDTHS, **MORE}.items() if key in case}
    facts["present"] = [name not in case.get("absents", []) for name in members]
    facts["payable"] = [name not in case.get("sans_cape", []) for name in members]
    if "heures" in case:
        facts["minutes"] = minutes(case["heures"], len(members))
    if "anciennete" in case:
        facts["seniority"] = numbers(case["anciennete"], 1)
    orders = case.get("commandes", [])
    poles = list(dict.fromkeys(order["pole"] for order in orders if "pole" in order))
    if orders:
        facts["order_sales"] = numbers([order["ventes"] for order in orders])
        facts["order_costs"] = numbers([order.get("frais", "0") for order in orders])
        facts["order_pole"] = [poles.index(order["pole"]) if poles else 0 for order in orders]
        facts["order_minutes"] = [
            [numbers(order.get("heures", {}).get(name, "0"), 60) for name in members] for order in orders
        ]
        facts["order_brought"] = [[int(name in order.get("apportee_par", [])) for name in members] for order in orders]
    facts |= lines_of(case) | words_of(case)
    if "passe" in case:
        nothing = ["0"] * len(members)
        facts["past_pay"] = [numbers(each.get("remuneration", nothing)) for each in case["passe"]]
        facts["past_points"] = [numbers(each.get("points", nothing)) for each in case["passe"]]
        facts["past_minutes"] = [numbers(each.get("heures", nothing), 60) for each in case["passe"]]
    return Month.of(members, label="2019-02", turn=int(case.get("tour", 0)), poles=poles, **facts)


def lines_of(case: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of hours written one by one, and of purchases."""
    facts: dict[str, Any] = {}
    if lines := case.get("lignes"):
        assert all(set(line) <= set(LINES) for line in lines)
        numbered = [order.get("numero", "") for order in case.get("commandes", [])]
        facts["line_who"] = [case["membres"].index(line["personne"]) for line in lines]
        facts["line_minutes"] = [numbers(line.get("duree", "0"), 60) for line in lines]
        facts["line_kind"] = [KINDS.index(line.get("genre", "prestation")) for line in lines]
        facts["line_day"] = [date.fromisoformat(line.get("jour", "2019-02-04")).toordinal() for line in lines]
        facts["line_start"] = [numbers(line["debut"], 60) if "debut" in line else -1 for line in lines]
        facts["line_task"] = [line.get("tache", "") for line in lines]
        facts["line_quantity"] = [numbers(line.get("quantite", "0")) for line in lines]
        facts["line_order"] = [numbered.index(line["commande"]) if "commande" in line else -1 for line in lines]
        each = np.zeros((len(KINDS), len(case["membres"])), np.int64)
        np.add.at(each, (facts["line_kind"], facts["line_who"]), facts["line_minutes"])
        facts["minutes"] = each
    if bought := case.get("achats"):
        facts["cost_label"] = list(bought)
        facts["cost_amount"] = numbers(list(bought.values()))
    return facts


def words_of(case: dict[str, Any]) -> dict[str, Any]:
    """Return what the group calls people and orders, and the month of the year."""
    orders = case.get("commandes", [])
    facts: dict[str, Any] = {"calendar": int(case.get("mois", 2))}
    facts |= {
        name: case[key] for key, name in (("fonctions", "role"), ("poles_des_personnes", "own_pole")) if key in case
    }
    if "absences" in case:
        facts["absence"] = numbers(case["absences"], 60)
    if orders:
        facts["order_number"] = [order.get("numero", "") for order in orders]
        facts["order_customer"] = [order.get("client", "") for order in orders]
        facts["order_quantity"] = numbers([order.get("quantite", "0") for order in orders])
    return facts


def rule_of(case: dict[str, Any]) -> PayRule:
    """Return the rule of a case: the name of a ready rule, or its parts."""
    written = case["regle"]
    if isinstance(written, str):
        folder = "regles" if (data() / "regles" / f"{written}.yaml").exists() else "regles_vues"
        return load(data() / folder / f"{written}.yaml")
    out = StringIO()
    YAML(typ="safe", pure=True).dump({"titre": case["titre"], **written}, out)
    return loads(out.getvalue())


def settled(case: dict[str, Any]) -> Settlement:
    return settle(rule_of(case), month_of(case))


@pytest.mark.parametrize("title", every_case())
def test_the_rule_gives_what_was_calculated_by_hand(title: str) -> None:
    case = every_case()[title]
    assert set(case) <= KEYS
    assert all(set(order) <= ORDERS for order in case.get("commandes", []))
    assert case["explication"].strip()
    result = settled(case)
    expected = dict(case["attendu"])
    broken = expected.pop("promesses_rompues", [])
    for key, value in expected.items():
        found = getattr(result.closing, EXPECTED[key])
        assert np.array_equal(found, numbers(value)), f"{key} : {found} au lieu de {value}"
    assert [promise.name for promise in result.broken()] == broken
    assert result.closing.total() == result.opening.total()


@pytest.mark.parametrize("title", every_case())
def test_the_rule_of_a_case_can_be_kept_in_a_file(title: str) -> None:
    rule = rule_of(every_case()[title])
    assert loads(dumps(rule)) == rule


@pytest.mark.parametrize("name", known_steps())
def test_every_step_has_a_case(name: str) -> None:
    assert any(step.name == name for case in every_case().values() for step in rule_of(case).steps)


VECTORS = {each["id"]: each for each in json.loads((HERE.parent / "literature" / "vectors.json").read_text("utf-8"))}
NOT_SHARING = {"gini", "theil", "coordinape_withholding", "slicing_pie", "shapley", "astrolabe_levy_on_sales"}
DECIDING = ("IMP", "MJ", "MES", "WP")
"""How the names of vectors about deciding begin; tests/literature has them all."""
OTHERWISE = {
    "LP1": "needs automatic requests, which no step offers",
    "A9-proportional": "tested in tests/literature",
    "A9-talmud": "tested in tests/literature",
    "A9-arrival": "tested in tests/literature",
}
CENTS = {"largest_remainder_cents", "cjs_equal", "cjs_presence", "cjs_mix_thirds"}
"""Algorithms whose vectors are in cents; the others are in euros."""


def published(vector: dict[str, Any]) -> list[Fraction]:
    """Return the cents a vector expects, exact, from the most useful of the forms it gives, largest first."""
    found = vector["expected"]
    if isinstance(found, dict):
        forms = [found[key] for key in ("proportional", "exact", "actual") if key in found]
        found = forms[0] if forms else list(found.values())
    unit = 1 if vector["algorithm"] in CENTS else 100
    values = found if isinstance(found, list) else [found]
    return sorted((Fraction(str(each)) * unit for each in values), reverse=True)


def exercised() -> list[tuple[str, str]]:
    """Return (title of the case, vector) for each case that names a published vector as its source."""
    named = [(title, re.findall(r"[A-Z]+[0-9]+", case.get("source", ""))) for title, case in every_case().items()]
    return [(title, name) for title, names in named for name in names if name in VECTORS]


@pytest.mark.parametrize(("title", "name"), exercised())
def test_a_case_has_the_values_of_the_vector_it_names(title: str, name: str) -> None:
    vector, result = VECTORS[name], settled(every_case()[title])
    levy = vector["algorithm"].endswith("_levy_on_gross_margin")
    cents = [int(result.closing.cae)] if levy else sorted((int(each) for each in result.pay), reverse=True)
    exact = published(vector)
    assert len(cents) == len(exact)
    assert all(abs(found - due) < 1 for found, due in zip(cents, exact, strict=True)), (cents, exact)


def test_every_published_vector_about_sharing_has_a_case() -> None:
    others = {name for name, vector in VECTORS.items() if vector["algorithm"] in NOT_SHARING}
    sharing = {name for name in VECTORS if not name.startswith(DECIDING)} - others
    assert not sharing - {name for _, name in exercised()} - set(OTHERWISE)


@pytest.mark.parametrize("name", sorted(path.stem for path in (data() / "regles_vues").glob("*.yaml")))
def test_every_rule_seen_elsewhere_has_a_case(name: str) -> None:
    assert any(case["regle"] == name for case in every_case().values())
