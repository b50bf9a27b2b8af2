"""Tidy tables of results: one line per rule and month, and per rule and person. Columns of plain values, no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpa_model.simulation.results.reading import BANDS, read
from kpa_model.simulation.runs.plan import Plan, Results

Columns = Mapping[str, Sequence[object]]


def by_month(plan: Plan, results: Results) -> Columns:
    """Return one line per rule and month: quantiles of the group's mean month and of a person's month, in cents."""
    columns: dict[str, list[object]] = {"regle": [], "equipe": [], "mois": []}
    for part in BANDS:
        columns[f"moyenne_q{round(100 * part):02d}"] = []
        columns[f"personne_q{round(100 * part):02d}"] = []
    columns |= {"a_sec": [], "caisse_vide": [], "tirages": []}
    for (rule, policy), tally in zip(plan.cases, results.tallies, strict=True):
        seen = read(tally)
        for month in range(seen.bands.shape[1]):
            columns["regle"].append(rule.title)
            columns["equipe"].append(policy)
            columns["mois"].append(month + 1)
            for at, part in enumerate(BANDS):
                columns[f"moyenne_q{round(100 * part):02d}"].append(int(seen.bands[at, month]))
                columns[f"personne_q{round(100 * part):02d}"].append(int(seen.people[at, month]))
            columns["a_sec"].append(int(tally["dry"][month]))
            columns["caisse_vide"].append(int(tally["short"][month]))
            columns["tirages"].append(tally.replicates)
    return columns


def by_person(plan: Plan, results: Results) -> Columns:
    """Return one line per rule and person: cents, months, quantiles of a month, worst month, months under the floor."""
    names = ("regle", "equipe", "personne", "centimes", "mois_payables", "mois_sous_le_minimum", "pire_mois_median")
    columns: dict[str, list[object]] = {name: [] for name in names}
    columns |= {f"mois_q{round(100 * part):02d}": [] for part in BANDS}
    for (rule, policy), tally in zip(plan.cases, results.tallies, strict=True):
        seen = read(tally)
        for at, name in enumerate(plan.scenario.members):
            money = (int(tally[each][at]) for each in ("pay", "person_months", "under"))
            line = (rule.title, policy, name, *money)
            for column, value in zip(names, (*line, int(seen.worst[at])), strict=True):
                columns[column].append(value)
            for which, part in enumerate(BANDS):
                columns[f"mois_q{round(100 * part):02d}"].append(int(seen.members[which, at]))
    return columns
