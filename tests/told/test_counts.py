"""Votes, shares and scales counted on many small rooms drawn with a seed: ties, odd cents, people who agree or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import numpy as np

from kpa_model.benefits.own_rates import _OwnRates
from kpa_model.benefits.parameters import Parameter, Value
from kpa_model.decision.appreciation import circle, in_cents
from kpa_model.decision.characters import Character, _Cards
from kpa_model.decision.equal_shares import completed, equal_shares, most_votes
from kpa_model.decision.impartial import division
from kpa_model.decision.majority import ranking, set_aside
from kpa_model.decision.options import effect_told
from kpa_model.decision.telling import amounts_page
from kpa_model.decision.vignettes import PRINCIPLES, Case, Someone, _Set, confused, explain, in_words, named, rows
from kpa_model.decision.written_cases import cases_in
from kpa_model.declare.entry import parts_of
from kpa_model.declare.unit import Refused
from kpa_model.pay.cae_scale import CaeScale, scales
from kpa_model.pay.odd_cent import about_odd_cent
from kpa_model.pay.steps.spread import brought, highest_level
from kpa_model.shortage.claims import METHODS
from kpa_model.words import euros
from tests.told.golden import Golden, of_data, of_page

PEOPLE = ("Awa", "Bruno", "Chloé", "Driss", "Eva")
CASES = [
    ["Le marché : 200 €", "Un samedi.", "Awa : 2 h, amène un client", "Bruno : 1 h 30, besoin", "Le devis : 1 €",
     "Awa : 2 h de travail; 1 h pour le commun", "Chloé : besoin"],
    ["Le marché : 200 €", "Awa : 2 h"], ["Awa : 2 h"], ["Le marché : 200 €", "Awa : 2 h", "Un samedi."],
    ["Le marché : 0 €"], ["Le marché : 100 001 €"], ["Un : 2 €", "Awa : trois heures", "Bruno : 1 h"],
    ["Un : 2 €", "Awa : 1 h", "awa : 2 h"], ["Un : 2 €", *(f"P{at} : 1 h" for at in range(9))],
    [line for at in range(9) for line in (f"Cas {at} : 10 €", "Awa : 1 h", "Bruno : 2 h")],
    ["Un : 2 €", "Awa : 0 h", "Bruno : 1 h"], ["Un : 2 €", "Awa : 1000 h", "Bruno : 1 h"],
]  # fmt: skip


def test_people_share_and_choose_as_they_did() -> None:
    golden, rng = Golden("calculs_de_groupe"), np.random.default_rng(12)
    for turn in range(60):
        here, pot = PEOPLE[: 2 + turn % 4], int(rng.integers(1, 400))
        ballots = {
            giver: {who: int(rng.integers(0, 4)) for who in here if who != giver}
            for giver in here
            if rng.random() < 0.9
        }
        parts = circle(ballots, here)
        golden.scene(f"cercle {turn}", (f"{pot} : {in_cents(parts, pot, turn)}",), map(str, parts.values()))
        grades = {rule: rng.integers(0, 6, 2 + turn % 5).tolist() for rule in "abcd"}
        aside = [set_aside(grades["a"], grades["b"]), set_aside(grades["b"], grades["b"])]
        golden.scene(f"mentions {turn}", (f"{ranking(grades)}",), map(str, aside))
        if len(here) > 2:
            reports = {giver: {who: int(rng.integers(1, 9)) for who in here if who != giver} for giver in here}
            golden.scene(f"partage impartial {turn}", (), (str(division(reports, cap)) for cap in (0, 2, 5)))
        costs = {project: int(rng.integers(1, 9)) * 10 for project in "wxyz"}
        approvals = [[each for each in costs if rng.random() < 0.5] for _ in here]
        budget = int(rng.integers(0, 200))
        told = (completed(budget, costs, approvals), most_votes(budget, costs, approvals))
        told += (
            completed(budget, costs, approvals, 7),
            equal_shares(Fraction(budget, len(here)), costs, approvals, "count"),
        )
        golden.scene(f"budget {turn}", (), map(str, told))
    golden.check()


def test_cases_and_mixes_say_what_they_said() -> None:
    golden, ready = Golden("cas_et_principes"), named()
    for at, texts in enumerate(CASES):
        try:
            golden.scene(f"cas {at}", map(str, cases_in(texts)))
        except Refused as refused:
            golden.scene(f"cas {at}", (str(refused),))
    for hours in (500, 520, 540, 546, 548, 549, 550, 551, 553, 560, 600):
        people = (Someone("Awa", hours), Someone("Bruno", 1_000 - hours))
        golden.scene(f"{hours} minutes sur 1 000", confused((Case("Un", "Deux.", 100_00, people),)))
    for many in range(1, len(ready) + 1):
        golden.scene(f"{many} cas", confused(ready[:many]))
    table, tenths = rows(ready), [Fraction(at, 20) for at in range(21)]
    for one, other in product(tenths, tenths):
        if one + other <= 1:
            mix = [one, other, *[Fraction(0)] * (len(PRINCIPLES) - 3), 1 - one - other]
            given = tuple(
                sum((w * row[at] for w, row in zip(mix, table, strict=True)), Fraction(0))
                for at in range(len(table[0]))
            )
            seen = (explain(ready, given),) if one.denominator < 5 and other.denominator < 5 else ()
            golden.scene(f"mélange {one} {other}", (in_words(mix),), map(str, seen))
    for ten in (1, 10, 100, 1_000, 10_000, 100_000):
        for top in (3, 7, 18, 40, 99):
            page = amounts_page([ten * each for each in (2, 3, 5, 8, top)], "Les montants")
            golden.scene(f"montants jusqu'à {ten * top}", of_page(page))
    for kind in (Someone, Case, Character, CaeScale, Parameter, Value, _OwnRates, _Set, _Cards):
        golden.scene(kind.__name__, (line for each in parts_of(kind).values() for line in of_data(each)))
    effects = [(0, 0, 0), (100, 100, 100), (100, 101, 102), (0, 5_000, 9_000)]
    for (low, middle, high), heavy, today, left in product(effects, (0, 1, 3), (True, False), (0, 150)):
        effect = {"low": low, "middle": middle, "high": high, "heavy": heavy, "today": today, "left": left}
        golden.scene(f"effet {effect}", (effect_told({"sentence": "Essayons.", "effect": effect}),))
    golden.check()


def test_amounts_are_cut_and_explained_as_they_were() -> None:
    golden, rng = Golden("centimes"), np.random.default_rng(12)
    for turn in range(60):
        asked = np.array([int(rng.integers(0, 40)) * int(rng.choice([1, 7, 100])) for _ in PEOPLE[: 1 + turn % 5]])
        pot = int(rng.integers(0, asked.sum() + 2))
        golden.scene(
            f"manque {turn}", (), (f"{name} {METHODS[name].divide(pot, asked, turn).tolist()}" for name in METHODS)
        )
        for who, name in enumerate(PEOPLE[: len(asked)]):
            golden.scene(f"centime {turn} {name}", (about_odd_cent(pot, asked, turn, who, name),))
    for many in (17, 18, 20):
        asked = rng.integers(1, 60, many) * 100
        golden.scene(
            f"manque à {many}",
            (),
            (str(METHODS[name].divide(asked.sum() // 3, asked, many).tolist()) for name in METHODS),
        )
    for turn in range(30):
        minutes = rng.integers(0, 400, 2 + turn % 5) * 15
        pay, times = rng.integers(0, 60_000, len(minutes)) * (minutes > 0), int(rng.integers(100, 500))
        level = highest_level(pay, times, minutes)
        golden.scene(f"écart {turn}", (), (f"{level} {brought(pay, level, times, minutes).tolist()}",))
    written = [
        [],
        7,
        [7],
        [{"taux": "7 %"}],
        [{"jusqu_a": 7}],
        [{"taux": "7 %", "plus": 1}],
        [{"taux": "7 %", "jusqu_a": 9}],
    ]
    written += [
        [{"taux": "7 %", "jusqu_a": top}, {"taux": "5 %", "jusqu_a": last}, {"taux": "3 %"}]
        for top, last in ((9, 9), (9, 10), (0, 5))
    ]
    for each in written:
        try:
            said = str(parts_of(CaeScale)["brackets"].read(each))
        except Refused as refused:
            said = str(refused)
        golden.scene(f"tranches {each}", (said,))
    for name, scale in scales().items():
        fixed = ({"monthly_fixed_cents": 1_000}, {"monthly_fixed_per_member_cents": 200}, {"yearly_cap_cents": 90_000})
        golden.scene(f"{name}, à notre façon", (replace(scale, **each).limits() for each in fixed))
        golden.scene(
            name, (scale.label, scale.limits(), *(scale.warning_for(date(year, 6, 1)) for year in range(2017, 2028, 3)))
        )
        bounds = [upper for upper, _ in scale.brackets if upper is not None]
        met = sorted({0, 1, 50_000, 2_000_000, *(each + step for each in bounds for step in (-1, 0, 1))})
        for before, now in product(met, (-60_000, 0, 1, 60_000, 9_000_000)):
            taken = scale.taken(np.array([before // 2, before - before // 2]))
            due = scale.due(before, now, 7, taken=taken)
            limit = scale.limit_reached(*(np.asarray(each) for each in (before, now, taken)))
            golden.scene(
                f"{name} {euros(before)}, {euros(now)}", (scale.rates_said(before, now), limit), (f"{taken} {due}",)
            )
    golden.check()
