"""`kpa simuler DOSSIER`: one scenario per KPA, the same rules, one run, one table over the network."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from kpa_model.command.outputs import Output, slug
from kpa_model.command.screen import Screen
from kpa_model.command.simulate import run_watched, versions
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.records import results as files
from kpa_model.simulation import network
from kpa_model.simulation.executors import Maker
from kpa_model.simulation.plan import Plan, Results
from kpa_model.story import network as story
from kpa_model.story.provenance import SHORT
from kpa_model.words import count


def simulate_network(
    asked: argparse.Namespace, rules: tuple[PayRule, ...], floor: int, make: Maker | None, screen: Screen
) -> int:
    """Run every KPA of a folder together, tell how many keep their promises, write the tables."""
    folder = Path(asked.scenario)
    plans = network.plans(
        network.load(folder), rules, policy=asked.equipe, seed=asked.graine, replicates=asked.tirages, floor=floor
    )
    out = Output(asked.sortie, f"reseau_{slug(folder.resolve().name)}_{asked.graine}") if asked.sortie else None
    found = run_watched(plans, make, _kept(asked.reprise, plans), screen)
    _tell(plans, found, rules, floor, screen)
    if out:
        _write(out, plans, found, asked, screen)
    return 0


def _kept(folder: str | None, plans: Mapping[str, Plan]) -> dict[str, Path]:
    """Return the file where each KPA keeps what is done: one more KPA leaves the others as they are."""
    if not folder:
        return {}
    Path(folder).mkdir(parents=True, exist_ok=True)
    return {name: Path(folder) / f"{name}.npz" for name in plans}


def _tell(
    plans: Mapping[str, Plan], found: Mapping[str, Results], rules: tuple[PayRule, ...], floor: int, screen: Screen
) -> None:
    screen.title(f"Un réseau de {len(plans)} KPA")
    missing = len(plans) - len(found)
    if missing:
        screen.say(f"{count(missing, 'KPA manque', 'KPA manquent')} encore : rien n'y est calculé.")
    if any(rule.promises for rule in rules):
        screen.say(story.MEANING)
    for at, rule in enumerate(rules):
        screen.say(f"Règle {at + 1} : {rule.title}.")
        seen = network.overview(found, rule, at)
        screen.listing(story.rule_told(seen, rule, floor, len(found)), mark="   ")
    done = sum(each.replicates for each in found.values())
    screen.say(f"{count(done, 'histoire simulée', 'histoires simulées')} en tout.")


def _write(
    out: Output, plans: Mapping[str, Plan], found: Mapping[str, Results], asked: argparse.Namespace, screen: Screen
) -> None:
    """Write the tables over KPAs as Parquet and CSV, and where they come from."""
    rules = next(iter(plans.values())).rules
    about = {
        "Réseau": f"{len(found)} KPA sur {len(plans)}",
        "Règles": " · ".join(rule.title for rule in rules),
        "Empreintes des règles": " · ".join(rule_file.fingerprint(rule)[:SHORT] for rule in rules),
        "Graine": str(asked.graine),
        "Histoires par KPA": str(asked.tirages),
        "Qui prend un travail": asked.equipe,
        "Versions": versions(),
    }
    tables = {"reseau": network.table(plans, found), "reseau_promesses": network.promise_table(plans, found)}
    for name, columns in tables.items():
        if columns:
            out.add("parquet", files.parquet(columns, about), f"{name}_{asked.graine}")
            out.add("csv", files.comma_separated(columns), f"{name}_{asked.graine}")
    out.finish(about)
    screen.line()
    screen.say("Écrit :")
    screen.listing(str(path) for path in out.written)
