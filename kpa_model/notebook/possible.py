"""Possible years: a scenario under rules, what a book tells of it, and what matters most in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kpa_model.errors import Problem, WrongFacts
from kpa_model.notebook.asked import whole
from kpa_model.notebook.books import EURO, Book, read
from kpa_model.notebook.rules import Rule, rule
from kpa_model.notebook.scenarios import ShownScenario, scenario
from kpa_model.notebook.sharing import Source
from kpa_model.notebook.shown import Shown, frame
from kpa_model.simulation.calibration import own
from kpa_model.simulation.calibration.abc import Posterior
from kpa_model.simulation.results.chance import Chance
from kpa_model.simulation.results.reading import BANDS, TallyRead
from kpa_model.simulation.results.reading import read as read_tally
from kpa_model.simulation.runs.executors import threads
from kpa_model.simulation.runs.plan import Plan, Results
from kpa_model.simulation.runs.run import run
from kpa_model.simulation.sensitivity import ANSWERS, USUAL, Sensitivity, around
from kpa_model.simulation.sensitivity import sensitivity as moved_by
from kpa_model.simulation.weather import ready
from kpa_model.simulation.weather.scenario import Scenario
from kpa_model.words import listing, month_names, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TELLS = {"yes": "oui", "partly": "un peu", "no": "non"}


Years = str | Path | Scenario | ShownScenario


def _scenario(source: Years | Calibrated) -> Scenario:
    return (source.scenario if isinstance(source, Calibrated) else scenario(source)).inner


def simulate(
    scenario_: Years | Calibrated,
    rules: Source | Sequence[Source],
    *,
    histories: int = 1000,
    seed: int = 1,
    minimum: int = 50,
    who: str = "volontaires",
) -> SimulatedYears:
    """Play many possible histories of a scenario under one or several rules, all under the same weather.

    Args:
        scenario_: a scenario, its name, its file, or what `calibrate` found.
        rules: one rule or several; the first one is today's.
        histories: how many.
        seed: the same seed gives the same histories, to the last bit.
        minimum: the group's own low mark, in whole euros a month.
        who: who takes a job.

    Raises:
        WrongScenario, WrongRule, WrongPlan: what is wrong, in French.
    """
    asked = list(rules) if isinstance(rules, list | tuple) else [rules]
    made = [rule(each) for each in asked]  # type: ignore[arg-type]
    many, low, drawn = whole("Histoires", histories, 1000), whole("Minimum", minimum, 50), whole("Graine", seed, 1)
    plan = Plan(_scenario(scenario_), tuple(each.inner for each in made), (who,), drawn, many, low * 100)
    return SimulatedYears(plan, made, run(plan, threads()))


class SimulatedYears(Shown):
    """Possible years under each rule. `results` holds whole sums, and `digest` says whether two runs are the same."""

    def __init__(self, plan: Plan, rules: Sequence[Rule], results: Results) -> None:
        self.plan, self.rules, self.results = plan, tuple(rules), results
        self.read: tuple[TallyRead, ...] = tuple(map(read_tally, results.tallies))
        self.title = f"{plan.scenario.title} : {number(results.replicates)} histoires possibles"

    @property
    def digest(self) -> str:
        """SHA-256 of every number."""
        return self.results.digest()

    @property
    def months(self) -> tuple[str, ...]:
        """Names of the months played, in order."""
        group = self.plan.scenario.group
        places = [group.first_month - 1 + at for at in range(group.months)]
        return tuple(f"{month_names()[at % 12]}, an {at // 12 + 1}" for at in places)

    def sentences(self) -> tuple[str, ...]:
        """Return what it is, so that nobody takes it for a forecast."""
        return ("Ce sont des histoires possibles, pas une prévision. Elles valent ce que valent les suppositions.",)

    def frame(self) -> pd.DataFrame:
        """Return `chances`."""
        return self.chances()

    def chances(self) -> pd.DataFrame:
        """Return, for each rule, the mean month of a person and how often things happen, in parts of a hundred."""
        rows = [
            {
                "regle": made.title, "mois_moyen": seen.each.value / 100, "a_plus_ou_moins": seen.each.half_width / 100,
                "un_mois_sous_le_minimum": _hundred(seen.some_under),
                "la_moitie_sous_le_minimum": _hundred(seen.most_under),
                "enveloppe_vide": _hundred(seen.dry), "caisse_a_sec": _hundred(seen.short), "gini": seen.gini,
            }
            for made, seen in zip(self.rules, self.read, strict=True)
        ]  # fmt: skip
        named = ("un_mois_sous_le_minimum", "la_moitie_sous_le_minimum", "enveloppe_vide", "caisse_a_sec")
        return frame(rows, {"mois_moyen": EURO, "a_plus_ou_moins": EURO, **dict.fromkeys(named, "%")})

    def by_month(self, at: int = 0) -> pd.DataFrame:
        """Return quantiles of a person's month under a rule (its rank), month by month."""
        names = [f"q{round(part * 100)}" for part in BANDS]
        columns = np.array(self.read[at].drawn).T / 100
        rows = [
            {"mois": month, **dict(zip(names, row, strict=True))}
            for month, row in zip(self.months, columns, strict=True)
        ]
        return frame(rows, dict.fromkeys(names, EURO))

    def by_person(self, at: int = 0) -> pd.DataFrame:
        """Return quantiles of each place's month under a rule, and the part of its months under the minimum."""
        seen, names = self.read[at], [f"q{round(part * 100)}" for part in BANDS]
        rows = [
            {
                "place": place + 1,
                **dict(zip(names, quantiles / 100, strict=True)),
                "sous_le_minimum": 100 * float(under),
            }
            for place, (quantiles, under) in enumerate(zip(seen.members.T, seen.under, strict=True))
            if quantiles.max() >= 0
        ]
        return frame(rows, {**dict.fromkeys(names, EURO), "sous_le_minimum": "%"})

    def plot(self, ax: Axes | None = None, at: int = 0) -> Axes:
        """Draw what a person receives month by month under a rule; return the Axes."""
        from kpa_model.figures import plots

        quantiles = (np.array(self.read[at].drawn) / 100).tolist()
        return plots.bands(
            ax, f"{self.title}, « {self.rules[at].title} »", quantiles, self.months, "€ par personne et par mois"
        )


def _hundred(chance: Chance) -> float:
    return 100 * float(chance.value)


def calibrate(book: Book | str | Path, usual: Years = ready.FIRST, seed: int = 1) -> Calibrated:
    """Return what a book's own figures tell of a scenario. Raises ShortBook when there are too few months."""
    held = book if isinstance(book, Book) else read(book)
    found, made = own.calibrate_book(held.inner, scenario(usual).inner, seed=seed)
    return Calibrated(held, found, made)


class Calibrated(Shown):
    """Parameters that agree with a book, with how much it tells of each; `scenario` follows from them."""

    def __init__(self, book: Book, found: Posterior, made: Scenario) -> None:
        self.book, self.found, self.scenario = book, found, ShownScenario(made)
        self.title = f"Ce que disent les chiffres : {book.title}"

    def sentences(self) -> tuple[str, ...]:
        """Return which parameters the figures do not tell."""
        silent = [each.label for each in self.found.priors if self.found.told(each.name) == "no"]
        return (f"Nos chiffres ne disent rien de : {listing(silent)}.",) if silent else ()

    def frame(self) -> pd.DataFrame:
        """Return, for each parameter, its bounds nine times out of ten, its middle, and whether the figures tell it."""
        rows = [
            {
                "parametre": each.label,
                **{name: self.found.quantile(each.name, part) for name, part in _BOUNDS.items()},
                "nos_chiffres_le_disent": _TELLS[self.found.told(each.name)],
            }
            for each in self.found.priors
        ]  # fmt: skip
        return frame(rows, {})


_BOUNDS = {"bas": 0.05, "milieu": 0.5, "haut": 0.95}


def sensitivity(
    scenario_: Years | Calibrated,
    rule_: Source,
    answer: str = "mois",
    *,
    effort: int = 6,
    seed: int = 1,
) -> RankedSuppositions:
    """Return how much each supposition moves an answer (`mois`, `minimum`, `fonds` or `ecart`), the most first.

    Raises:
        WrongFacts: an unknown answer.
    """
    if answer not in ANSWERS:
        raise WrongFacts(
            Problem(f"Réponse « {answer} »", "elle n'est pas connue.", f"Choisissez {listing(list(ANSWERS), 'ou')}.")
        )
    usual, made = _scenario(scenario_), rule(rule_)
    found = moved_by(
        usual, made.inner, answer, assumptions=around(usual, USUAL), effort=effort, seed=seed, make=threads()
    )
    title = f"{usual.title}, « {made.title} » : ce qui change le plus {ANSWERS[answer][0]}"
    return RankedSuppositions(title, found, *_EFFECTS[answer])


_EFFECTS = {"mois": (EURO, 1), "minimum": ("% des mois", 100), "fonds": (EURO, 1), "ecart": ("points de Gini", 100)}
"""For each answer, in what its effects are told, and how many of these make one."""


class RankedSuppositions(Shown):
    """How much each supposition moves an answer, the most first."""

    def __init__(self, title: str, found: Sensitivity, unit: str, scale: int) -> None:
        self.title, self.found, self.unit, self.scale = title, found, unit, scale

    def sentences(self) -> tuple[str, ...]:
        """Return how much of what changes comes from chance alone."""
        return (f"{percent(round(100 * self.found.noise) * 10_000)} de ce qui change vient du hasard.",)

    def frame(self) -> pd.DataFrame:
        """Return one line a supposition: its effect over its range, in the unit of the answer, and how sure it is."""
        rows = [
            {
                "supposition": self.found.assumptions[at].label,
                "effet": self.scale * float(self.found.size[at]),
                "a_plus_ou_moins": self.scale * float(self.found.error[at]),
            }
            for at in self.found.ranking()
        ]
        return frame(rows, dict.fromkeys(("effet", "a_plus_ou_moins"), self.unit))

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw one bar a supposition, the longest first; return the Axes."""
        from kpa_model.figures import plots

        found = self.frame()
        return plots.bars(ax, self.title, dict(zip(found["supposition"], found["effet"], strict=True)), self.unit)
