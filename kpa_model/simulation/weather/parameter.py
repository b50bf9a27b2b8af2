"""A parameter of the simulation, declared once: name in the file, label, unit, range, and where it comes from."""

from __future__ import annotations

import dataclasses
from typing import Any

from kpa_model.declare.setting import ChoiceSetting, NumberSetting
from kpa_model.declare.unit import Unit


def parameter(
    name: str, unit: Unit, label: str, *, default: float, low: float = 0, high: float, source: str = "à discuter"
) -> Any:
    """Declare a number; `default`, `low` and `high` are in the unit people write, the value inside is whole.

    Args:
        name: name in scenario files.
        unit: see `kpa_model.declare.unit`.
        label: what the slider says.
        default: value when the file says nothing.
        low: smallest value.
        high: largest value.
        source: where the default comes from, in French; `à discuter` when nothing published tells.
    """
    inner = [round(value * unit.scale) for value in (default, low, high)]
    made = NumberSetting(name, label, inner[0], unit, inner[1], inner[2])
    return dataclasses.field(default=inner[0], metadata={"setting": made, "source": source})


def option(name: str, label: str, options: dict[str, str], source: str = "à discuter") -> Any:
    """Declare a choice; the first option is the default."""
    made = ChoiceSetting(name, label, next(iter(options)), options)
    return dataclasses.field(default=made.default, metadata={"setting": made, "source": source})


def sources_of(section: Any) -> dict[str, str]:
    """Return attribute → where its figure comes from."""
    return {each.name: each.metadata["source"] for each in dataclasses.fields(section) if "source" in each.metadata}
