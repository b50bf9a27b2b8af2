"""A network of KPAs: one scenario each, the same rules, one run. Each KPA has its own seed, whatever the others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpa_model.errors import Problem
from kpa_model.pay.rule import PayRule
from kpa_model.simulation.results.chance import Chance, clustered
from kpa_model.simulation.results.reading import SampledValue, mean
from kpa_model.simulation.results.tally import Tally
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.simulation.weather import scenario_file
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.simulation.weather.scenario_file import WrongScenario

Columns = Mapping[str, Sequence[object]]

MOSTLY = 0.9
"""A promise is kept by a KPA when it is kept in at least nine months out of ten."""


def load(folder: Path) -> dict[str, Scenario]:
    """Return the scenarios of a folder by file name, in alphabetical order.

    Raises:
        WrongScenario: with the problems of every file at once; or there is no file, or two with the same name.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.name[:1] != ".")
    problems, found = list[Problem](), dict[str, Scenario]()
    if not paths:
        todo = "Mettez-y un fichier .yaml par KPA."
        problems.append(Problem(f"Dossier {folder.name}", "il n'y a aucun scénario.", todo))
    for name, times in Counter(path.stem for path in paths).items():
        if times > 1:
            what = f"deux fichiers s'appellent « {name} »."
            problems.append(Problem(f"Dossier {folder.name}", what, "Gardez-en un, ou changez un nom."))
    for path in paths:
        try:
            found[path.stem] = scenario_file.load(path)
        except WrongScenario as error:
            problems.extend(error.problems)
    if problems:
        raise WrongScenario(*problems)
    return found


def seed_of(seed: int, scenario: Scenario) -> int:
    """Return the seed of one KPA, from 0 to 2⁶³ − 1, from the seed of the run and what the scenario supposes.

    Neither its name nor the other KPAs count. Two KPAs that suppose the same have the same histories.
    """
    found = hashlib.sha256(f"{seed} {scenario_file.fingerprint(scenario)}".encode()).digest()
    return int.from_bytes(found[:8], "big") >> 1


def plans(
    scenarios: Mapping[str, Scenario],
    rules: tuple[PayRule, ...],
    *,
    policies: tuple[str, ...],
    seed: int,
    replicates: int,
    floor: int,
) -> dict[str, Plan]:
    """Return the plan of each KPA, an ordinary plan with its own seed. Raises WrongPlan."""
    return {
        name: Plan(scenario, rules, policies, seed_of(seed, scenario), replicates, floor)
        for name, scenario in scenarios.items()
    }


# --- reading ----------------------------------------------------------------------------------------------------------


def verdict(kept: Chance) -> str:
    """Say whether a promise is kept in most months: `yes`, `no`, or `close` when the interval holds the limit."""
    if kept.low <= MOSTLY <= kept.high:
        return "close"
    return "yes" if kept.value > MOSTLY else "no"


def kept_of(tally: Tally, promise: int) -> Chance:
    """Return the part of months in which a promise is kept in one KPA."""
    hits = tally["kept"][promise]
    return clustered(int(hits.sum()), int(tally["kept_squared"][promise]), tally.replicates, len(hits))


@dataclass(frozen=True)
class Kpa:
    """One KPA under one rule: whole counts, its mean month in cents, and the verdict on each promise.

    Attributes:
        months, people: how long a history lasts, and how many people are there at the start.
        each: mean month of a person, infinite half-width with one history.
        low_years: years with a month where more than half are under the floor, of `years`.
        dry, short: histories with a month without anything to share, or with an empty till, of `replicates`.
    """

    name: str
    months: int
    people: int
    replicates: int
    each: SampledValue
    years: int
    low_years: int
    dry: int
    short: int
    verdicts: tuple[str, ...]

    @property
    def keeps_all(self) -> bool:
        """Tell whether every promise is kept for sure."""
        return set(self.verdicts) <= {"yes"}


def kpa_of(name: str, plan: Plan, tally: Tally) -> Kpa:
    """Read one KPA under one rule; no quantile, so that amounts beyond the grids never refuse the whole network."""
    return Kpa(
        name=name,
        months=plan.scenario.group.months,
        people=plan.scenario.group.start,
        replicates=tally.replicates,
        each=mean(int(tally["each"]), int(tally["each_squared"]), tally.replicates),
        years=int(tally["years"]),
        low_years=int(tally["most_under"]),
        dry=int(tally["ever_dry"]),
        short=int(tally["ever_short"]),
        verdicts=tuple(verdict(kept_of(tally, rank)) for rank in range(len(tally["kept"]))),
    )


def kpas(plans: Mapping[str, Plan], results: Mapping[str, Results], at: int) -> tuple[Kpa, ...]:
    """Return every KPA that has results under the rule at a rank, in alphabetical order."""
    return tuple(kpa_of(name, plans[name], found.tallies[at]) for name, found in sorted(results.items()))


@dataclass(frozen=True)
class PromiseKept:
    """Who keeps a promise: names of KPAs, in alphabetical order, and the part of months over the network."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    close: tuple[str, ...]
    months: float


@dataclass(frozen=True)
class Overview:
    """A network under one rule: its promises, who keeps them all, and (times, out of) over all years or histories."""

    promises: tuple[PromiseKept, ...]
    keep_all: int
    low_years: tuple[int, int]
    dry: tuple[int, int]
    short: tuple[int, int]


def overview(results: Mapping[str, Results], rule: PayRule, at: int) -> Overview:
    """Return what the network does under the rule at a rank; needs at least one KPA."""
    tallies = {name: found.tallies[at] for name, found in sorted(results.items())}
    promises = tuple(_promise(tallies, rank) for rank in range(len(rule.promises)))
    failing = {name for each in promises for name in (*each.no, *each.close)}

    def part(name: str, of: str) -> tuple[int, int]:
        return sum(int(each[name]) for each in tallies.values()), sum(int(each[of]) for each in tallies.values())

    return Overview(
        promises, len(tallies) - len(failing),
        part("most_under", "years"), part("ever_dry", "replicates"), part("ever_short", "replicates"),
    )  # fmt: skip


def _promise(tallies: Mapping[str, Tally], rank: int) -> PromiseKept:
    who: dict[str, list[str]] = {"yes": [], "no": [], "close": []}
    for name, tally in tallies.items():
        who[verdict(kept_of(tally, rank))].append(name)
    hits = sum(int(tally["kept"][rank].sum()) for tally in tallies.values())
    months = sum(tally.replicates * tally["kept"].shape[1] for tally in tallies.values())
    return PromiseKept(tuple(who["yes"]), tuple(who["no"]), tuple(who["close"]), hits / months)


# --- tables -----------------------------------------------------------------------------------------------------------

_SAID = {"yes": "oui", "no": "non", "close": "limite"}


def table(plans: Mapping[str, Plan], results: Mapping[str, Results]) -> Columns:
    """Return one line per KPA and rule: counts, the mean month in cents, its seed and its fingerprints."""
    return _columns(
        {**head, **_line(kpa_of(name, plans[name], tally)), **prints(plans[name], results[name])}
        for name, head, _, tally in _each(plans, results)
    )


def promise_table(plans: Mapping[str, Plan], results: Mapping[str, Results]) -> Columns:
    """Return one line per KPA, rule and promise: months kept, histories always kept, and whether it is mostly kept."""
    return _columns(
        {
            **head,
            "promesse": promise.says(),
            "mois": tally.replicates * tally["kept"].shape[1],
            "mois_tenus": int(tally["kept"][rank].sum()),
            "tirages": tally.replicates,
            "toujours_tenue": int(tally["always_kept"][rank]),
            "tenue": _SAID[verdict(kept_of(tally, rank))],
        }
        for _, head, rule, tally in _each(plans, results)
        for rank, promise in enumerate(rule.promises)
    )


def _each(
    plans: Mapping[str, Plan], results: Mapping[str, Results]
) -> Iterator[tuple[str, dict[str, object], PayRule, Tally]]:
    for name in sorted(results):
        for (rule, policy), tally in zip(plans[name].cases, results[name].tallies, strict=True):
            yield name, {"kpa": name, "regle": rule.title, "equipe": policy}, rule, tally


def _line(seen: Kpa) -> dict[str, object]:
    return {
        "mois": seen.months,
        "personnes_au_depart": seen.people,
        "mois_moyen": round(seen.each.value),
        "mois_moyen_a_pres": round(seen.each.half_width) if seen.replicates > 1 else -1,
        "annees": seen.years,
        "annees_avec_mois_bas": seen.low_years,
        "a_sec": seen.dry,
        "caisse_vide": seen.short,
        "promesses": len(seen.verdicts),
        "promesses_tenues": seen.verdicts.count("yes"),
        "tirages": seen.replicates,
    }


def prints(plan: Plan, found: Results) -> dict[str, object]:
    """Return the seed of a KPA, and the fingerprints of what it supposes, of its plan and of its results."""
    return {
        "graine": plan.seed,
        "empreinte_scenario": scenario_file.fingerprint(plan.scenario),
        "empreinte_plan": plan.fingerprint(),
        "empreinte_resultats": found.digest(),
    }


def _columns(lines: Iterator[dict[str, object]]) -> Columns:
    columns: dict[str, list[object]] = {}
    for line in lines:
        for name, value in line.items():
            columns.setdefault(name, []).append(value)
    return columns
