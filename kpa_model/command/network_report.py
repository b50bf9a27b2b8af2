"""The report of a network: each rule in sentences and one picture, then each KPA in figures, and how to do it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kpa_model.declare.markup import Html, joined
from kpa_model.figures import network as pictures
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.runs import network
from kpa_model.simulation.runs.network import Kpa
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.story.provenance import SHORT
from kpa_model.story.years import network as story
from kpa_model.story.years import report as years_report
from kpa_model.words import count, number

_AGAIN = "La graine et les empreintes de chaque KPA"


@dataclass(frozen=True)
class Network:
    """A network that was run: plans and results by name of KPA, the rules, and the group's low mark in cents."""

    plans: Mapping[str, Plan]
    found: Mapping[str, Results]
    rules: tuple[PayRule, ...]
    floor: int

    @cached_property
    def kpas(self) -> tuple[tuple[Kpa, ...], ...]:
        """Return every KPA under each rule."""
        return tuple(network.kpas(self.plans, self.found, at) for at in range(len(self.rules)))

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the title of each rule, with who takes a job when it is not the same for all."""
        return next(iter(self.plans.values())).titles

    @property
    def missing(self) -> tuple[str, ...]:
        """Return how many KPAs have no result yet, when the run was stopped."""
        many = len(self.plans) - len(self.found)
        return (f"{count(many, 'KPA manque', 'KPA manquent')} encore : rien n'y est calculé.",) if many else ()

    def told(self, at: int) -> tuple[str, ...]:
        """Return what the rule at a rank does to the network."""
        rule = self.rules[at]
        return story.rule_told(network.overview(self.found, rule, at), rule, self.kpas[at], self.floor)

    @property
    def sure(self) -> tuple[str, ...]:
        """Return how many histories there are, and how sure they make us."""
        done = sum(each.replicates for each in self.found.values())
        said = f"{count(done, 'histoire simulée', 'histoires simulées')} en tout."
        return said, story.sure([each for kpas in self.kpas for each in kpas])


def sections(seen: Network) -> list[tuple[str, Html]]:
    """Return the headings and the elements of the report, for `years_report.page`."""
    points = [[_point(each) for each in kpas] for kpas in seen.kpas]
    shared = pictures.frame(points, seen.floor)
    supposed = [*seen.missing, _lengths(seen), *story.words_told(seen.rules, seen.floor)]
    found = [("Ce que nous supposons", years_report.sentences(supposed))]
    for at, rule in enumerate(seen.rules):
        key = pictures.key(points[at], bool(rule.promises))
        body = years_report.sentences(seen.told(at)) + pictures.network(points[at], shared) + key
        found.append((seen.titles[at], body))
    tables = joined(map(_table, seen.titles, seen.kpas))
    found.append(("KPA par KPA", years_report.sentences([story.COLUMNS]) + tables))
    found.append(("Sommes-nous sûrs ?", years_report.sentences(seen.sure)))
    found.append(("Refaire le calcul", _prints(seen)))
    return found


def _point(seen: Kpa) -> pictures.Point:
    return pictures.Point(seen.name, seen.each.value, seen.each.half_width, story.amount(seen.each), seen.keeps_all)


def _lengths(seen: Network) -> str:
    months = sorted({each.months for each in seen.kpas[0]})
    lasts = f"{number(months[0])}" if len(months) == 1 else f"de {number(months[0])} à {number(months[-1])}"
    return f"Une histoire simulée dure {lasts} mois. Chaque KPA a son scénario, et tous ont les mêmes règles."


def _table(title: str, kpas: tuple[Kpa, ...]) -> Html:
    return years_report.wide_table(story.heads(kpas[0]), [story.row(each) for each in kpas], title)


def _prints(seen: Network) -> Html:
    """Return the table of what gives back the same results."""
    rows = []
    for name in sorted(seen.found):
        plan, results = seen.plans[name], seen.found[name]
        seed, *prints = map(str, network.prints(plan, results).values())
        rows.append((name, number(results.replicates), seed, *(each[:SHORT] for each in prints)))
    return years_report.wide_table(("KPA", "Histoires", "Graine", "Scénario", "Plan", "Résultats"), rows, _AGAIN)
