"""Compute the golden cases with OpenFisca-France, once, and write them in `cases.json`.

Run in an environment of its own (see LISEZMOI.md): `python tests/openfisca/make_cases.py`.
Each case is a household on a month; its inputs are what our own functions take. Traps met, all silent:

- RSA and PPA look at M-4..M-2 since March 2025 only when `departement_experimentation_rsa` is true;
- a pay of zero on the month itself wipes out the whole quarter (« neutralisation »): cases `accord` keep 10 € there;
- PPA's « worked » test still looks at M-1..M-3: cases `accord` repeat there a pay of the declared months;
- a tenant with a rent of zero gets housing aid: everybody is housed free here, with or without paying a share;
- the employer's cost depends on the order of calculation: months are computed from January.
"""

from __future__ import annotations

import json
import random
from importlib.metadata import version
from pathlib import Path

from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

TARGET = Path(__file__).with_name("cases.json")
SYSTEM = FranceTaxBenefitSystem()
DATES = [
    "2018-11", "2019-06", "2020-06", "2021-09", "2022-09", "2023-06",
    "2024-06", "2025-01", "2025-07", "2026-02", "2026-06", "2026-09",
]  # fmt: skip
PAYS = [0, 20, 25, 26, 60, 100, 150, 300, 500, 600, 900, 1300]
HOMES = [
    {}, {"housed": False}, {"adults": 2}, {"adults": 2, "housed": False}, {"children": 1},
    {"children": 2, "housed": False},
    {"children": 3}, {"adults": 2, "children": 1}, {"adults": 2, "children": 2},
    {"adults": 2, "children": 4, "housed": False},
    {"children": 1, "recent_lone_parent": True}, {"children": 3, "recent_lone_parent": True, "housed": False},
    {"rsa": False},
]  # fmt: skip
NO_FAMILY_BENEFIT = [
    "af", "af_base", "cf", "cf_non_majore_avant_cumul", "asf", "paje_base", "paje_prepare", "rsa_forfait_asf",
]  # fmt: skip
AMOUNTS = [0, 0, 15, 45, 80, 120, 260, 480, 900]


def shift(month: str, by: int) -> str:
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{index // 12}-{index % 12 + 1:02d}"


def declared(month: str) -> list[str]:
    gap = 1 if month >= "2025-03" else 0
    return [shift(month, at - 3 - gap) for at in range(3)]


def household_cases() -> list[dict]:
    """Constant pays of one person on every date; every home on four dates; irregular pays drawn once."""
    found = [case("seul", {}, month, [[pay] * 3]) for month in DATES for pay in PAYS]
    for home in HOMES[1:]:
        for month in ("2019-06", "2022-09", "2025-07", "2026-06"):
            for pay in (40, 200, 700):
                second = [[pay // 2] * 3] if home.get("adults") == 2 else []
                found.append(case("foyer", home, month, [[pay] * 3, *second]))
    draw = random.Random(20261123)
    for _ in range(150):
        home, month = draw.choice(HOMES), draw.choice(DATES)
        pays = [[draw.choice(AMOUNTS) for _ in range(3)] for _ in range(home.get("adults", 1))]
        found.append(case("irrégulier", home, month, pays))
    for month in ("2019-06", "2023-06", "2026-06"):
        for pay in (0, 60, 150, 400):
            found.append(case("chômage", {}, month, [[pay] * 3], are=350))
            found.append(case("aah", {}, month, [[pay] * 3], aah=900))
    return found


def gap_cases() -> list[dict]:
    """Where we choose not to follow OpenFisca: see docs/choix/prestations.md."""
    found = []
    for month in ("2019-06", "2024-06", "2026-06"):
        for pay in (60, 150, 475):
            found.append(case("interruption", {}, month, [[pay] * 3], now=0))
    for month in ("2025-07", "2026-06"):
        for pay in (90, 300):
            found.append(case("premier mois", {}, month, [[pay, 0, 0]], between=0, now=0))
    return found


def case(kind: str, home: dict, month: str, earned: list, **more) -> dict:
    usual = {"are": 0, "aah": 0, "now": 10, "between": None}
    return {"kind": kind, "home": home, "month": month, "earned": earned, **usual, **more}


def situation(cases: list[dict]) -> dict:
    """Return one situation holding every household, so that OpenFisca computes them together."""
    whole = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for at, each in enumerate(cases):
        home, month = each["home"], each["month"]
        months = [shift(month, by) for by in range(-5, 1)]
        born = f"{int(month[:4]) - (30 if home.get('rsa', True) else 22)}-01-15"
        adults = [f"a{at}_{k}" for k in range(home.get("adults", 1))]
        children = [f"e{at}_{k}" for k in range(home.get("children", 0))]
        for k, name in enumerate(adults):
            whole["individus"][name] = {"date_naissance": {"ETERNITY": born}, **person(each, k, months)}
        for name in children:
            whole["individus"][name] = {"date_naissance": {"ETERNITY": f"{int(month[:4]) - 8}-01-15"}}
        zero = {name: dict.fromkeys(months, 0) for name in NO_FAMILY_BENEFIT}
        whole["familles"][f"f{at}"] = {
            "parents": adults, "enfants": children, **zero, "aide_logement": dict.fromkeys(months, 0),
            "rsa_isolement_recent": {m: home.get("recent_lone_parent", False) for m in months},
            "departement_experimentation_rsa": dict.fromkeys(months, month >= "2025-03"),
        }  # fmt: skip
        whole["foyers_fiscaux"][f"ff{at}"] = {"declarants": adults, "personnes_a_charge": children}
        whole["menages"][f"m{at}"] = {
            "personne_de_reference": adults[:1], "conjoint": adults[1:], "enfants": children,
            "statut_occupation_logement": dict.fromkeys(months, "loge_gratuitement"),
            "participation_frais": {m: not home.get("housed", True) for m in months},
        }  # fmt: skip
    return whole


def person(each: dict, at: int, months: list[str]) -> dict:
    pays = dict(zip(declared(each["month"]), each["earned"][at], strict=True))
    net = {m: pays.get(m, 0) for m in months}
    if any(each["earned"][at]):
        net[each["month"]] = each["now"]
    if each["month"] >= "2025-03":  # M-1 is not declared, but PPA's « worked » test looks at it
        worked = max(each["earned"][at])
        net[shift(each["month"], -1)] = worked if each["between"] is None else each["between"]
    first = at == 0
    return {
        "salaire_net": net,
        "chomage_net": dict.fromkeys(months, each["are"] * first),
        "aah": dict.fromkeys(months, each["aah"] * first),
        "ass": dict.fromkeys(months, 0),
    }


def solve(cases: list[dict]) -> list[dict]:
    simulation = SimulationBuilder().build_from_entities(SYSTEM, situation(cases))
    for month in sorted({each["month"] for each in cases}):
        rsa, ppa = simulation.calculate("rsa", month), simulation.calculate("ppa", month)
        for at, each in enumerate(cases):
            if each["month"] == month:
                each["rsa"], each["ppa"] = round(float(rsa[at]), 3), round(float(ppa[at]), 3)
    return cases


def alone(people: list[dict]):
    """Return a simulation of people who live alone, from their own variables."""
    named = {f"p{at}": each for at, each in enumerate(people)}
    return SimulationBuilder().build_from_entities(
        SYSTEM,
        {
            "individus": {n: {"date_naissance": {"ETERNITY": "1985-01-15"}, **p} for n, p in named.items()},
            "familles": {f"f{n}": {"parents": [n]} for n in named},
            "foyers_fiscaux": {f"ff{n}": {"declarants": [n]} for n in named},
            "menages": {f"m{n}": {"personne_de_reference": [n]} for n in named},
        },
    )


def paid_months(months: list[str], pattern: str) -> list[str]:
    return [month for month, mark in zip(months, pattern, strict=True) if mark == "1"]


def ass_cases() -> list[dict]:
    patterns = [
        "111111000000", "110100010011", "100100100100", "100001000010", "000000000001", "101010101010", "111000111000",
    ]  # fmt: skip
    found = []
    for year in (2019, 2024, 2026):
        months = [f"{year}-{m:02d}" for m in range(1, 13)]
        wide = [shift(months[0], by) for by in range(-13, 12)]
        people = [
            {
                "ass_precondition_remplie": dict.fromkeys(wide, True),
                "activite": {**dict.fromkeys(wide, "chomeur"), **dict.fromkeys(paid_months(months, pattern), "actif")},
                "salaire_imposable": {**dict.fromkeys(wide, 0), **dict.fromkeys(paid_months(months, pattern), 60)},
                "salaire_net": dict.fromkeys(wide, 0),
                "aah": dict.fromkeys(wide, 0),
            }
            for pattern in patterns
        ]  # fmt: skip
        simulation = alone(people)
        paid = [simulation.calculate("ass", month) for month in months]
        found += [
            {"year": year, "pattern": pattern, "ass": [round(float(each[at]), 2) for each in paid]}
            for at, pattern in enumerate(patterns)
        ]
    return found


def are_cases() -> list[dict]:
    found = [
        {"month": m, "daily": d, "gross": g}
        for m in ("2022-06", "2026-06")
        for d in (25, 31.97, 40)
        for g in (20, 63, 150, 400, 900, 3000)
    ]
    for each in found:
        month = each["month"]
        simulation = alone([{
            "activite": {month: "actif"}, "salaire_de_base": {month: each["gross"]},
            "allocation_retour_emploi_journaliere": {month: each["daily"]},
            "allocation_retour_emploi_montant": {month: 30 * each["daily"]},
            "complement_are_nombre_jours_restants": {month: 500}, "degressivite_are": {month: False},
        }])  # fmt: skip
        each["are"] = round(float(simulation.calculate("complement_are_brut", month)[0]), 2)
    return found


def aah_cases() -> list[dict]:
    found = [
        {"month": m, "earned": pays}
        for m in ("2019-06", "2022-09", "2024-02", "2026-06")
        for pays in ([0, 0, 0], [60, 60, 60], [300, 0, 150], [400, 400, 400], [600, 700, 800], [1500, 1500, 1500])
    ]
    for each in found:
        month, pays = each["month"], each["earned"]
        net = {shift(month, at - 3): pay for at, pay in enumerate(pays)}
        simulation = alone([{
            "taux_incapacite": {month: 0.8}, "salaire_net": net, "salaire_imposable": {**net, month: 10},
        }])  # fmt: skip
        each["aah"] = round(float(simulation.calculate("aah", month)[0]), 3)
    return found


def pay_cases() -> list[dict]:
    """Gross pays at the hourly SMIC, in a structure of 19 people in Lille."""
    found = []
    for year in range(2018, 2027):
        smic = SYSTEM.parameters.marche_travail.salaire_minimum.smic.smic_b_horaire(f"{year}-06-01")
        for gross in (60, 150, 400, 1000):
            months = [f"{year}-{m:02d}" for m in range(1, 13)]
            every = {
                "salaire_de_base": gross, "effectif_entreprise": 19, "taux_accident_travail": 0.022,
                "depcom_entreprise": "59350",
                "contrat_de_travail": "temps_partiel", "heures_remunerees_volume": gross / smic,
                "allegement_general_mode_recouvrement": "anticipe",
            }  # fmt: skip
            simulation = alone([{name: dict.fromkeys(months, value) for name, value in every.items()}])
            for month in months[:11]:
                got = {
                    "net": simulation.calculate("salaire_net", month),
                    "cost": simulation.calculate("salaire_super_brut_hors_allegements", month),
                    "general_relief": simulation.calculate("allegement_general", month),
                }  # fmt: skip
                if month[5:] in ("06", "11"):
                    found.append({"month": month, "gross": gross, **{k: round(float(v[0]), 3) for k, v in got.items()}})
    return found


def main() -> None:
    whole = {
        "openfisca_france": version("openfisca-france"),
        "households": solve(household_cases()),
        "gaps": solve(gap_cases()),
        "ass": ass_cases(), "are": are_cases(), "aah": aah_cases(), "pay": pay_cases(),
    }  # fmt: skip
    lines = [f' "{name}": ' + (json.dumps(value) if isinstance(value, str) else
             "[\n  " + ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n ]")
             for name, value in whole.items()]  # fmt: skip
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
