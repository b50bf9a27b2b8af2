"""One month, 10 000 replicates, 25 people: our engine against the same rule in plain Python and in pandas.

    python -m benchmarks.settle                     the whole measure, about two minutes
    python -m benchmarks.settle --replicates 50 --runs 1 --sample 50     a quick look

The three must agree to the cent on a sample before any time is given.
"""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import measure, peers
from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import settle
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import loads
from kpa_model.pay.step import known_steps
from kpa_model.shortage.claims import METHODS

RULE = """
titre: Règle du banc d'essai
etapes:
- frais_directs
- contribution_cae_libre: {taux: '11,5 %', base: marge}
- part_au_fonds_commun: {taux: 5 %, base: enveloppe}
- commission: {taux: 5 %}
- taux_horaire: {euros_par_heure: 8}
- plancher: {euros: 50}
- solidarite: {taux: 20 %}
- ramener_a_l_enveloppe: {methode: proportionnel}
- reste_au_fonds
"""
BLOCK = 256
PEOPLE, ORDERS, POLES, PAST, TURN = 25, 8, 4, 3, 7


def make_months(replicates: int, seed: int = 2026) -> Month:
    """Draw invented facts: two months in three are short of money; one person in eight cannot be paid."""
    rng = np.random.default_rng(seed)
    several, each = (replicates, PEOPLE), (replicates, ORDERS)
    sales = rng.integers(5_000, 180_000, each)
    costs = sales * rng.integers(20, 55, each) // 100
    brought = np.arange(PEOPLE) == rng.integers(0, PEOPLE, each)[..., None]
    return Month.of(
        [f"Personne {at}" for at in range(PEOPLE)],
        turn=TURN,
        poles=[f"Pôle {at}" for at in range(POLES)],
        payable=rng.random(several) > 0.125,
        minutes=rng.integers(0, 1_200, (replicates, 4, PEOPLE)),
        points=rng.integers(0, 1_000, several),
        claims=rng.integers(0, 400, several) * 100,
        need=rng.integers(80, 160, several),
        seniority=rng.integers(0, 30, several),
        sales=sales.sum(-1),
        direct_costs=costs.sum(-1) + rng.integers(0, 20_000, replicates),
        order_sales=sales,
        order_costs=costs,
        order_pole=rng.integers(0, POLES, each),
        order_minutes=rng.integers(0, 300, (*each, PEOPLE)),
        order_brought=brought.astype(np.int64),
        carried=rng.integers(0, 30_000, replicates),
        fund=rng.integers(0, 50_000, replicates),
        reserve=rng.integers(0, 50_000, replicates),
        owed=rng.integers(0, 5_000, several),
        saved=rng.integers(0, 5_000, several),
        past_pay=rng.integers(0, 40_000, (replicates, PAST, PEOPLE)),
        past_minutes=rng.integers(0, 3_000, (replicates, PAST, PEOPLE)),
        past_points=rng.integers(0, 1_000, (replicates, PAST, PEOPLE)),
    )


def rows_of(month: Month, rows: slice) -> Month:
    """Return some replicates of a month."""
    own_axes = {each.name: len(each.metadata["axes"]) for each in fields(month) if each.metadata}
    arrays = {name: getattr(month, name) for name, own in own_axes.items() if getattr(month, name).ndim > own}
    return replace(month, **{name: array[rows] for name, array in arrays.items()})


def in_blocks(rule: PayRule, blocks: list[Month]) -> None:
    """Settle block after block, as a simulation does: what is touched stays in the processor's memory."""
    for block in blocks:
        settle(rule, block)


def check_agreement(rule: PayRule, month: Month) -> None:
    """Raise AssertionError unless the three ways give the same cents to the same people, and to the fund."""
    ours = settle(rule, month)
    gained = ours.closing.fund - ours.opening.fund
    for name, peer in (("Python", peers.in_python), ("pandas", peers.in_pandas)):
        pay, fund = peer(month)
        assert np.array_equal(pay, ours.pay), f"{name} does not pay the same cents"
        assert np.array_equal(fund, gained), f"{name} does not give the same to the fund"
    assert (ours.lines[-2].before.pot < 0).any(), "no month is short of money: the sample shows too little"


def whole_rule(rule: PayRule, month: Month, sample: Month, runs: int) -> dict[str, float]:
    """Return microseconds per replicate for each way of settling the whole rule."""
    replicates, few = len(month.sales), len(sample.sales)
    blocks = [rows_of(month, slice(at, at + BLOCK)) for at in range(0, replicates, BLOCK)]
    found = {
        "kpa_model, par blocs de 256": measure.seconds(lambda: in_blocks(rule, blocks), runs) / replicates,
        "kpa_model, en une fois": measure.seconds(lambda: settle(rule, month), runs) / replicates,
        "pandas": measure.seconds(lambda: peers.in_pandas(month), runs) / replicates,
        "Python seul": measure.seconds(lambda: peers.in_python(sample), runs) / few,
    }
    return {name: time * 1e6 for name, time in found.items()}


def by_step(rule: PayRule, month: Month, runs: int) -> dict[str, float]:
    """Return microseconds per replicate of each step of the rule, in its place."""
    found, now = {}, Purses.opening(month)
    for step in rule.steps:
        found[step.name] = measure.seconds(lambda step=step, now=now: now.after(step.move(month, now)), runs)
        now = now.after(step.move(month, now))
    return {name: time * 1e6 / len(month.sales) for name, time in found.items()}


def every_step(month: Month, runs: int) -> dict[str, float]:
    """Return microseconds per replicate of every known step alone, some pay being given already."""
    half = np.where(month.paid, month.all_minutes * 5, 0)
    now = Purses.opening(month).after(known_steps()["frais_directs"]().move(month, Purses.opening(month)))
    now = Purses(**{**vars(now), "pay": half, "pot": now.pot - half.sum(-1)})
    steps = {name: made() for name, made in known_steps().items()}
    found = {
        name: measure.seconds(lambda step=step: now.after(step.move(month, now)), runs) for name, step in steps.items()
    }
    return {name: time * 1e6 / len(month.sales) for name, time in found.items()}


def every_method(runs: int, replicates: int) -> dict[str, float]:
    """Return microseconds per replicate of each shortage method: half of what is asked, in whole euros.

    Random arrival is exact: it is measured for 12 people (listed) and for 25 (counted), on fewer replicates.
    """
    rng = np.random.default_rng(11)
    found = {}
    for name, method in METHODS.items():
        sizes = {25: replicates} if name != "arrivee_au_hasard" else {12: max(2, replicates // 20), 25: 2}
        for people, rows in sizes.items():
            claims = rng.integers(1, 400, (rows, people)) * 100
            time = measure.seconds(lambda m=method, c=claims: m.divide(c.sum(-1) // 2, c, TURN), runs)
            found[f"{name}, {people} personnes"] = time * 1e6 / rows
    return found


def report(found: dict[str, Any]) -> str:
    """Return the tables that people read."""
    whole = found["regle_entiere_us"]
    ours = min(whole.values())
    shown = [(name, measure.short(time), measure.short(time / ours)) for name, time in whole.items()]
    parts = [measure.table(("Règle entière", "µs par réplique", "rapport"), shown)]
    for key, title in (
        ("etapes_de_la_regle_us", "Étape de la règle"),
        ("methodes_us", "Méthode pour un manque"),
        ("etapes_us", "Étape seule"),
    ):
        rows = [(name, measure.short(time), measure.short(time / ours)) for name, time in found[key].items()]
        parts.append(measure.table((title, "µs par réplique", "part de la règle"), rows))
    return "\n\n".join(parts)


def main(arguments: list[str] | None = None) -> None:
    """Measure, print, and write the results when asked."""
    parser = argparse.ArgumentParser(description="Régler un mois, 10 000 fois.")
    parser.add_argument("--replicates", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=500, help="répliques réglées aussi en Python seul")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", type=Path, help="dossier où écrire les résultats")
    asked = parser.parse_args(arguments)
    where = measure.versions("numpy", "pandas")
    rule, month = loads(RULE), make_months(asked.replicates)
    sample = rows_of(month, slice(0, asked.sample))
    check_agreement(rule, sample)
    print(f"Au centime près, les trois façons disent pareil sur {asked.sample} mois.\n")
    found = {
        "versions": where,
        "taille": {"repliques": asked.replicates, "personnes": PEOPLE, "commandes": ORDERS, "passages": asked.runs},
        "regle_entiere_us": whole_rule(rule, month, sample, asked.runs),
        "etapes_de_la_regle_us": by_step(rule, month, asked.runs),
        "methodes_us": every_method(asked.runs, min(asked.replicates, 2_000)),
        "etapes_us": every_step(rows_of(month, slice(0, 2_000)), asked.runs),
    }
    print(report(found))
    if asked.write:
        print(f"\nÉcrit : {measure.write('settle', rounded(found), asked.write)}")


def rounded(found: Any) -> Any:
    """Keep three digits: the rest is noise."""
    if isinstance(found, dict):
        return {name: rounded(each) for name, each in found.items()}
    return float(f"{found:.3g}") if isinstance(found, float) else found


if __name__ == "__main__":
    main()
