"""The parts of a scenario file that have a form of their own: twelve seasons, names of people, shocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kpa_model.declare.entry import write_entry
from kpa_model.declare.family import ManyKinds
from kpa_model.declare.part import Notes, Part
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import PERCENT, Refused
from kpa_model.errors import nearest
from kpa_model.simulation.weather.shocks import Shock
from kpa_model.words import month_names

CALENDAR = month_names()
MOST_SEASON = 10_000_000


@dataclass(frozen=True)
class Seasons(Part):
    """Twelve multipliers by month; a month that is not written is an ordinary month."""

    def take(self, value: Any, notes: Notes) -> tuple[int, ...]:
        """See `Part`."""
        here = notes.at(f"« {self.name} »")
        if not isinstance(value, dict):
            here.add("des mois sont attendus.", "Écrivez par exemple « août: 35 % ».")
            return ()
        here.unknown(value, CALENDAR)
        months = (NumberSetting(month, "", 350_000, PERCENT, 0, MOST_SEASON) for month in CALENDAR)
        return tuple(month.take(value.get(month.name, "100 %"), here) for month in months)

    def write(self, inner: tuple[int, ...]) -> dict[str, Any]:
        """See `Part`."""
        return {month: PERCENT.write(value) for month, value in zip(CALENDAR, inner, strict=True)}


@dataclass(frozen=True)
class FirstNames(Part):
    """Names of the first people, each once."""

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return ()

    def read(self, value: Any) -> tuple[str, ...]:
        """See `Part`."""
        names = [str(name).strip() for name in value] if isinstance(value, list) else []
        if not names or not all(isinstance(name, str) and name.strip() for name in value):
            raise Refused("une liste de noms est attendue.", "Écrivez un nom par ligne, après un tiret.")
        if len(set(names)) < len(names):
            repeated = next(name for name in names if names.count(name) > 1)
            raise Refused(f"« {repeated} » est écrit deux fois.", "Ajoutez une initiale à l'un des deux.")
        return tuple(names)

    def write(self, inner: tuple[str, ...]) -> list[str]:
        """See `Part`."""
        return list(inner)


class Shocks(ManyKinds):
    """Shocks; some strike one of the poles that the file names before."""

    def made(self, name: str, values: Any, notes: Notes) -> Any:
        """See `Part`."""
        kind = self.known().get(name)
        if kind is None or not hasattr(kind, "pole") or not isinstance(values, dict):
            return super().made(name, values, notes)
        pole = str(values.get("pole", kind.pole))
        poles = [each.name for each in notes.known["poles"] if each]
        if pole not in poles:
            hint = nearest(pole, poles) or f"Pôles connus : {', '.join(poles)}."
            notes.add(f"le pôle « {pole} » n'existe pas.", hint)
        settings = {key: value for key, value in values.items() if key != "pole"}
        made = super().made(name, settings, notes)
        return made and replace(made, pole=pole)

    def write(self, inner: tuple[Shock, ...]) -> list[Any]:
        """See `Part`."""
        return [{shock.name: shock_data(shock)} for shock in inner]


def shock_data(shock: Shock) -> dict[str, Any]:
    """Return the settings of a shock as its file says them."""
    pole = {"pole": shock.pole} if hasattr(shock, "pole") else {}
    return {**write_entry(shock), **pole}
