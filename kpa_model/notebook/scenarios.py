"""Scenarios: what is supposed of the years to come, setting by setting, with where each figure comes from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kpa_model.declare.setting import settings_of
from kpa_model.notebook.shown import Shown, frame
from kpa_model.simulation.weather import ready, scenario_file
from kpa_model.simulation.weather.parameter import sources_of
from kpa_model.simulation.weather.scenario import Scenario


class ShownScenario(Shown):
    """What is supposed of the years to come; `inner` is the scenario itself."""

    def __init__(self, inner: Scenario) -> None:
        self.inner, self.title = inner, inner.title

    def sentences(self) -> tuple[str, ...]:
        """Return what kind of years these are."""
        return (self.inner.sentence,) if self.inner.sentence else ()

    def text(self) -> str:
        """Return the scenario as its file: to be changed, and read again."""
        return scenario_file.dumps(self.inner)

    def frame(self) -> pd.DataFrame:
        """Return one line a supposition: its value as people read it, and where the figure comes from."""
        inner = self.inner
        sections = (inner.group, inner.demand, inner.work, inner.cash, inner.motivation)
        rows = [
            {
                "supposition": setting.label, "valeur": setting.show(getattr(section, name)),
                "source": sources_of(section).get(name, ""),
            }
            for section in sections
            for name, setting in settings_of(section).items()
        ]  # fmt: skip
        return frame(rows, {})


def scenarios() -> pd.DataFrame:
    """Return the ready scenarios, the ordinary year first."""
    rows = [{"nom": name, "titre": each.title, "phrase": each.sentence} for name, each in ready.scenarios().items()]
    return frame(rows, {})


def scenario(source: str | Path | Scenario | ShownScenario) -> ShownScenario:
    """Return a scenario: a name of `scenarios()`, a file, the text of a file. Raises WrongScenario.

    >>> scenario("annee_ordinaire").title
    'Une année ordinaire'
    """
    if isinstance(source, ShownScenario):
        return source
    if isinstance(source, Scenario):
        return ShownScenario(source)
    if isinstance(source, str) and "\n" in source:
        return ShownScenario(scenario_file.loads(source))
    return ShownScenario(scenario_file.load(Path(source)) if Path(source).is_file() else ready.scenario(str(source)))
