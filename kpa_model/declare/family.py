"""Things of a known family in a file (steps, promises, activities, shocks), as `name` or as `{name: settings}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kpa_model.declare.part import Notes, Part
from kpa_model.declare.setting import made_with, written_settings
from kpa_model.declare.unit import quoted
from kpa_model.errors import nearest
from kpa_model.words import count


def name_and_values(value: Any) -> tuple[str, Any]:
    """Return the name and the settings of what is written `name` or `{name: settings}`."""
    if isinstance(value, dict) and value:
        name, values = next(iter(value.items()))
        return str(name), values if values not in (None, "") else {}
    return ("…" if isinstance(value, list | dict) else str(value)), {}


def as_entry(made: Any) -> Any:
    """Return what the file holds for one thing: its name, with its settings when it has some."""
    values = written_settings(made)
    return {made.name: values} if values else made.name


@dataclass(frozen=True)
class OneKind(Part):
    """One thing of a family: `known` gives name → class, `one` is what each is called, `listed` announces them all."""

    known: Callable[[], Mapping[str, type]]
    one: str
    listed: str

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return None

    def take(self, value: Any, notes: Notes) -> Any:
        """Return the thing; None, and its problems, when it could not be read."""
        name, values = name_and_values(value)
        return self.made(name, values, notes.at(f"{self.one} {quoted(name)}"))

    def made(self, name: str, values: Any, notes: Notes) -> Any:
        """Return the thing of a name, with its settings."""
        known = self.known()
        if name in known:
            return made_with(known[name], values, notes.where, notes.problems)
        names = f"{self.listed} : {', '.join(known)}."
        listed = any(names in problem.todo for problem in notes.problems)  # thirty names are read once
        todo = nearest(name, known) if listed else f"{nearest(name, known)}\n{names}".strip()
        notes.add("ce nom n'existe pas.", todo or "Choisissez un nom de la liste.")
        return None

    def write(self, inner: Any) -> Any:
        """Return the name, or the name with its settings; nothing for None."""
        return None if inner is None else as_entry(inner)


@dataclass(frozen=True)
class ManyKinds(OneKind):
    """Things of a family, one after each dash; at most `most`."""

    most: int = 40

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return ()

    def take(self, value: Any, notes: Notes) -> tuple[Any, ...]:
        """Return the things that could be read."""
        if not isinstance(value, list):
            notes.add(f"les {self.one}s ne sont pas une liste.", f"Écrivez une ligne « - nom » par {self.one}.")
            return ()
        if len(value) > self.most:
            notes.add(f"il y a {count(len(value), self.one)}.", f"Gardez-en {self.most} au plus.")
            return ()
        found = [self._one(each, at, notes) for at, each in enumerate(value, start=1)]
        return tuple(each for each in found if each is not None)

    def _one(self, value: Any, at: int, notes: Notes) -> Any:
        name, values = name_and_values(value)
        here = notes.at(f"{self.one} {at} {quoted(name)}")
        if isinstance(value, dict) and len(value) > 1:
            second = quoted([*value][1])
            here.add(f"{second} est au même niveau.", f"Décalez {second} de deux espaces vers la droite.")
            return None
        if name in self.known() and not isinstance(values, dict):
            here.add("les réglages ne sont pas compris.", _example(self.known()[name]))
            return None
        return self.made(name, values, here)

    def write(self, inner: tuple[Any, ...]) -> list[Any]:
        """Return a list of names, some with their settings."""
        return [as_entry(each) for each in inner]


def _example(known: Any) -> str:
    """Return how to write one thing, with its default settings."""
    data = as_entry(known())
    if isinstance(data, str):
        return f"Écrivez seulement « - {data} »."
    return f"Écrivez « - {known.name}: {_flow(data[known.name])} »."


def _flow(data: Any) -> str:
    """Return settings on one line, as people write them."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in data.items()) + "}"
    return "[" + ", ".join(map(_flow, data)) + "]" if isinstance(data, list) else str(data)
