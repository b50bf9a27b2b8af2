"""`kpa simuler`: many possible histories under one or several rules, a report, and tidy tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from kpa_model.command import finding
from kpa_model.command.outputs import Output, slug
from kpa_model.command.running import run_watched, versions, who_takes
from kpa_model.command.screen import Screen
from kpa_model.command.simulate_network import simulate_network
from kpa_model.declare.markup import Html, tag
from kpa_model.declare.unit import EURO
from kpa_model.errors import Problem, WrongRule
from kpa_model.figures import years as pictures
from kpa_model.pay import rule_file
from kpa_model.simulation.months import compiled
from kpa_model.simulation.results.reading import read, set_aside
from kpa_model.simulation.results.selection import one_history
from kpa_model.simulation.runs import tables
from kpa_model.simulation.runs.executors import Maker, Serial, at_address, processes, threads
from kpa_model.simulation.runs.plan import Plan, Results, WrongPlan, replay
from kpa_model.simulation.weather import ready, scenario_file
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.story.provenance import SHORT
from kpa_model.story.years import report as years_report
from kpa_model.story.years import told as years
from kpa_model.story.years.compared import compared
from kpa_model.words import number, round_euros

MOST = 6


def simulate_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    said = "fichier .yaml, nom d'un scénario prêt, ou dossier d'un réseau : un fichier par KPA"
    parser.add_argument("scenario", metavar="SCENARIO", help=said)
    parser.add_argument(
        "--regles", required=True, nargs="+", metavar="REGLE",
        help="une à six règles, sous la même météo ; la première est celle d'aujourd'hui",
    )  # fmt: skip
    parser.add_argument("--tirages", type=int, default=1000, metavar="NOMBRE", help="histoires simulées (sinon : 1000)")
    parser.add_argument("--graine", type=int, default=1, metavar="NOMBRE", help="même graine, mêmes histoires")
    who = "qui prend un travail : une façon, ou une par règle"
    parser.add_argument("--equipe", nargs="+", default=["volontaires"], metavar="FACON", help=who)
    parser.add_argument(
        "--minimum", default="50", metavar="EUROS", help="le minimum que le groupe regarde (sinon : 50)"
    )
    where = "ici, fils, processus, ou une adresse tcp://… (sinon : le plus rapide)"
    parser.add_argument("--calcul", metavar="OU", help=where)
    sooner = "partager les travaux en code compilé : les mêmes résultats, un peu plus tôt (il faut numba)"
    parser.add_argument("--compiler", action="store_true", help=sooner)
    parser.add_argument("--reprise", metavar="FICHIER", help="garder l'avancement, et reprendre (réseau : un dossier)")
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire le rapport et les tables")


def simulate(asked: argparse.Namespace, screen: Screen) -> int:
    """Run the plan, tell what may happen, write the report and the tables."""
    if len(asked.regles) > MOST:
        raise WrongRule(Problem("Option --regles", "il y a trop de règles.", f"Donnez-en {MOST} au plus."))
    rules = tuple(finding.find_rule(name) for name in asked.regles)
    if asked.tirages < 1:
        what = f"« {asked.tirages} » histoires, c'est trop peu."
        raise WrongPlan(Problem("Option --tirages", what, "Écrivez un nombre à partir de 1, par exemple 1000."))
    floor, make = _euros(asked.minimum), _maker(asked.calcul)
    if asked.compiler:
        compiled.ask()
    if asked.scenario not in ready.scenarios() and Path(asked.scenario).is_dir():
        return simulate_network(asked, rules, floor, make, screen)
    scenario = find_scenario(asked.scenario)
    plan = Plan(scenario, rules, tuple(asked.equipe), asked.graine, asked.tirages, floor)
    kept = {"": Path(asked.reprise)} if asked.reprise else {}
    found = run_watched({"": plan}, make, kept, screen)[""]
    screen.title(f"{plan.scenario.title}, {plan.scenario.group.months} mois")
    screen.say(" ".join(years.words_told(plan.scenario.group.months, plan.floor)))
    for at, title in enumerate(plan.titles):
        screen.say(f"Règle {at + 1} : {title}.")
        told, moved = _told(plan, found, at)
        screen.listing(told + moved, mark="   ")
    screen.say(years.sure(read(found.tallies[0])))
    if asked.sortie:
        _write(plan, found, asked.sortie, screen)
    return 0


def find_scenario(name: str) -> Scenario:
    """Return a scenario from a file, or a ready one by its name. Raises WrongScenario."""
    path = Path(name)
    return scenario_file.load(path) if path.suffix in (".yaml", ".yml") or path.is_file() else ready.scenario(name)


def _euros(text: str) -> int:
    try:
        floor = EURO.exact(text)
    except ValueError:
        floor = -1
    if floor < 0:
        what = f"« {text} » n'est pas un montant que l'on peut recevoir."
        raise WrongPlan(Problem("Option --minimum", what, "Écrivez par exemple 50."))
    return floor


def _maker(name: str | None) -> Maker | None:
    """Return who computes, when the person chose."""
    if name is None:
        return None
    known = {"ici": Serial, "fils": threads(), "processus": processes()}
    if name not in known and "://" not in name:
        todo = f"Choix : {', '.join(known)}, ou une adresse comme tcp://192.168.1.20:8786."
        raise WrongPlan(Problem("Option --calcul", f"« {name} » n'est pas connu.", todo))
    return known[name] if name in known else at_address(name)


def _told(plan: Plan, found: Results, at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a rule does, then what changes from the first rule: a title and sentences, nothing for the first."""
    months, opening = plan.scenario.group.months, plan.scenario.group.first_month
    told = years.rule_told(read(found.tallies[at]), plan.rules[at], months, plan.scenario.cash.advance, opening)
    if at == 0:
        return told, ()
    pair, aside = found.pairs[at - 1], set_aside(found.tallies[0], found.tallies[at])
    seen = compared(pair, (plan.titles[0], plan.titles[at]), months, plan.floor, opening, aside)
    return told, (f"Comparée à « {plan.titles[0]} » :", *seen.first, *seen.sure, *years.moved_told(pair))


def origin(plan: Plan, found: Results) -> dict[str, str]:
    """Return where results come from: seed, versions, fingerprints, digest."""
    return {
        "Scénario": plan.scenario.title,
        "Empreinte du scénario": scenario_file.fingerprint(plan.scenario)[:SHORT],
        "Règles": " · ".join(rule.title for rule in plan.rules),
        "Empreintes des règles": " · ".join(rule_file.fingerprint(rule)[:SHORT] for rule in plan.rules),
        "Graine": str(plan.seed),
        "Histoires": number(found.replicates),
        "Minimum regardé": round_euros(plan.floor),
        "Qui prend un travail": who_takes(plan.policies),
        "Empreinte du plan": plan.fingerprint(),
        "Empreinte des résultats": found.digest(),
        "Montants des tables": "en centimes",
        "Versions": versions(),
    }


def _write(plan: Plan, found: Results, folder: str, screen: Screen) -> None:
    """Write the report, and the tables as Parquet and CSV."""
    about = origin(plan, found)
    out = Output(folder, f"simulation_{slug(plan.scenario.title)}_{plan.seed}")
    out.add(
        "html",
        years_report.page(f"Histoires possibles : {plan.scenario.title}", _sections(plan, found), about).encode(),
    )
    for name, columns in (("mois", tables.by_month(plan, found)), ("personnes", tables.by_person(plan, found))):
        out.add_columns(columns, about, f"simulation_{name}_{plan.seed}", screen)
    out.add("yaml", scenario_file.dumps(plan.scenario).encode(), f"simulation_scenario_{plan.seed}")
    out.finish(about)
    out.tell(screen)


def _sections(plan: Plan, found: Results) -> list[tuple[str, Html]]:
    """Return the report: what is supposed, each rule on one same scale, how sure it is."""
    told, all_seen = years.words_told(plan.scenario.group.months, plan.floor), [read(each) for each in found.tallies]
    happens = [f"{shock.heading}, à partir du mois {shock.start}." for shock in plan.scenario.shocks]
    first = [plan.scenario.sentence] if plan.scenario.sentence else []
    sections = [("Ce que nous supposons", years_report.sentences([*first, *happens, *told]))]
    ones = [one_history(seen, 0).tolist() for seen in replay(plan, 0)]
    top = pictures.scale(*(seen.high for seen in all_seen), floor=plan.floor)
    for at, (title, seen) in enumerate(zip(plan.titles, all_seen, strict=True)):
        said, moved = _told(plan, found, at)
        picture = pictures.bands(pictures.TITLE, seen.drawn, ones[at], plan.floor, " ".join(said + moved), top)
        body = years_report.sentences(said)
        if moved:
            body += tag("h3", moved[0]) + years_report.sentences(moved[1:])
        body += picture + pictures.KEY + years_report.figure_list(years.figures(seen))
        rows = years.people_rows(seen, plan.scenario.members[: plan.scenario.group.start])
        body += years_report.table(years.PEOPLE, rows, "Personnes au départ")
        sections.append((title, body))
    sections.append(("Sommes-nous sûrs ?", years_report.sentences([years.sure(read(found.tallies[0]))])))
    return sections
