"""`kpa simuler DOSSIER`: one scenario per KPA, the same rules, one run, a report and tables over the network."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from kpa_model.command.network_report import Network, sections
from kpa_model.command.outputs import Output, slug
from kpa_model.command.running import run_watched, versions, who_takes
from kpa_model.command.screen import Screen
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.runs import network
from kpa_model.simulation.runs.executors import Maker
from kpa_model.simulation.runs.plan import Plan
from kpa_model.story.provenance import SHORT
from kpa_model.story.years import network as story
from kpa_model.story.years import report as years_report
from kpa_model.words import number, round_euros


def simulate_network(
    asked: argparse.Namespace, rules: tuple[PayRule, ...], floor: int, make: Maker | None, screen: Screen
) -> int:
    """Run every KPA of a folder together, tell how many keep their promises, write the report and the tables."""
    folder = Path(asked.scenario)
    plans = network.plans(
        network.load(folder),
        rules,
        policies=tuple(asked.equipe),
        seed=asked.graine,
        replicates=asked.tirages,
        floor=floor,
    )
    name = folder.resolve().name
    out = Output(asked.sortie, f"reseau_{slug(name)}_{asked.graine}") if asked.sortie else None
    seen = Network(plans, run_watched(plans, make, _kept(asked.reprise, plans), screen), rules, floor)
    _tell(seen, screen)
    if out:
        _write(out, f"Un réseau de {len(plans)} KPA : {name}", seen, asked, screen)
    return 0


def _kept(folder: str | None, plans: Mapping[str, Plan]) -> dict[str, Path]:
    """Return the file where each KPA keeps what is done: one more KPA leaves the others as they are."""
    if not folder:
        return {}
    Path(folder).mkdir(parents=True, exist_ok=True)
    return {name: Path(folder) / f"{name}.npz" for name in plans}


def _tell(seen: Network, screen: Screen) -> None:
    screen.title(f"Un réseau de {len(seen.plans)} KPA")
    screen.say(" ".join([*seen.missing, *story.words_told(seen.rules, seen.floor)]))
    for at, title in enumerate(seen.titles):
        screen.say(f"Règle {at + 1} : {title}.")
        screen.listing(seen.told(at), mark="   ")
    screen.say(" ".join(seen.sure))


def _write(out: Output, title: str, seen: Network, asked: argparse.Namespace, screen: Screen) -> None:
    """Write the report, the tables over KPAs as Parquet and CSV, and where they come from."""
    about = {
        "Réseau": f"{len(seen.found)} KPA sur {len(seen.plans)}",
        "Règles": " · ".join(rule.title for rule in seen.rules),
        "Empreintes des règles": " · ".join(rule_file.fingerprint(rule)[:SHORT] for rule in seen.rules),
        "Graine": str(asked.graine),
        "Histoires par KPA": number(asked.tirages),
        "Minimum regardé": round_euros(seen.floor),
        "Qui prend un travail": who_takes(asked.equipe),
        "Montants des tables": "en centimes",
        "Versions": versions(),
    }
    out.add("html", years_report.page(title, sections(seen), about).encode())
    tables = {"reseau": network.table(seen.plans, seen.found)}
    tables["reseau_promesses"] = network.promise_table(seen.plans, seen.found)
    for name, columns in tables.items():
        if columns:
            out.add_columns(columns, about, f"{name}_{asked.graine}", screen)
    out.finish(about)
    out.tell(screen)
