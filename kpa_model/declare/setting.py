"""A setting (of a step, an activity, a shock), declared once: its name in the file, unit, range and label.

The file reader, the error message, the control on the screen, the reference page and the sentences come from here.
Inside, a numeric setting is a whole number (cents, parts per million, minutes, hundredths); outside, what people write.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kpa_model.declare.part import Notes, Part, chosen
from kpa_model.declare.unit import PLAIN as PLAIN
from kpa_model.declare.unit import Refused as Refused
from kpa_model.declare.unit import Unit, quoted
from kpa_model.errors import Problem, nearest
from kpa_model.words import listing

_T = TypeVar("_T")


@dataclass(frozen=True)
class Setting(Part):
    """Base of every setting. `default`, `low` and `high` are inner values.

    An optional setting is left out of the file as long as it has its default, and waits in a fold of the screen. A name
    with a dot is a part inside a part: `pour.fonction` is written `pour: {fonction: …}`.
    """

    label: str
    default: Any
    optional: bool = dataclasses.field(default=False, kw_only=True)

    @property
    def blank(self) -> Any:
        """See `Part`."""
        return self.default

    def show(self, inner: Any) -> str:
        """Return the French writing."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of the value in the file."""
        raise NotImplementedError


@dataclass(frozen=True)
class NumberSetting(Setting):
    """A whole number of inner units, between two limits."""

    unit: Unit
    low: int
    high: int

    def read(self, value: Any) -> int:
        """See `Unit.read`."""
        return self.unit.read(value, self.low, self.high, self.default)

    def write(self, inner: int) -> Any:
        """See `Unit.write`."""
        return self.unit.write(inner)

    def show(self, inner: int) -> str:
        """See `Unit.show`."""
        return self.unit.show(inner)

    def schema(self) -> dict[str, Any]:
        """Return a number, or a text with its unit."""
        return {"type": ["number", "string"], "title": self.label, "examples": [self.write(self.default)]}


@dataclass(frozen=True)
class ChoiceSetting(Setting):
    """One value among a few; `options` maps what the file says to what the screen says."""

    options: Mapping[str, str]

    def read(self, value: Any) -> str:
        """Return the option. Raises Refused, with the nearest one."""
        return chosen(value, self.options)

    def write(self, inner: str) -> str:
        """Return the option itself."""
        return inner

    def show(self, inner: str) -> str:
        """Return its French label."""
        return self.options[inner]

    def schema(self) -> dict[str, Any]:
        """Return the list of options."""
        return {"enum": list(self.options), "title": self.label}


@dataclass(frozen=True)
class Names(Setting):
    """Names of members, as the group writes them."""

    def read(self, value: Any) -> tuple[str, ...]:
        """Return the names from a list, or from a text with commas."""
        names = value.split(",") if isinstance(value, str) else value
        if not isinstance(names, list | tuple):
            raise Refused(f"{quoted(value)} n'est pas une liste de noms.", "Écrivez par exemple [Awa, Bruno].")
        return tuple(dict.fromkeys(str(name).strip() for name in names if str(name).strip()))

    def write(self, inner: tuple[str, ...]) -> list[str]:
        """Return a list."""
        return list(inner)

    def show(self, inner: tuple[str, ...]) -> str:
        """Return `Awa et Bruno`."""
        return listing(inner) if inner else "personne pour le moment"

    def schema(self) -> dict[str, Any]:
        """Return a list of texts."""
        return {"type": "array", "items": {"type": "string"}, "title": self.label}


@dataclass(frozen=True)
class Weights(Setting):
    """A weight for each of a few named things, in hundredths; `parts` maps the name in the file to its label."""

    parts: Mapping[str, str]
    high: int = 1000

    def read(self, value: Any) -> tuple[int, ...]:
        """Return the weights in the order of `parts`; what is not named weighs nothing."""
        if not isinstance(value, Mapping):
            example = f"Écrivez par exemple {{{next(iter(self.parts))}: 1}}."
            raise Refused(f"{quoted(value)} n'est pas une liste de poids.", example)
        if unknown := [str(key) for key in value if str(key) not in self.parts]:
            hint = nearest(unknown[0], self.parts) or f"Noms connus : {', '.join(self.parts)}."
            raise Refused(f"{quoted(unknown[0])} n'est pas un nom connu ici.", hint)
        return tuple(PLAIN.read(value.get(part, 0), 0, self.high, PLAIN.scale) for part in self.parts)

    def write(self, inner: tuple[int, ...]) -> dict[str, Any]:
        """Return a mapping."""
        return {part: PLAIN.write(weight) for part, weight in zip(self.parts, inner, strict=True)}

    def show(self, inner: tuple[int, ...]) -> str:
        """Return `prestation 1, appui 1,5`."""
        return ", ".join(f"{part} {PLAIN.show(weight)}" for part, weight in zip(self.parts, inner, strict=True))

    def schema(self) -> dict[str, Any]:
        """Return a mapping of numbers."""
        numbers = {part: {"type": "number", "title": label} for part, label in self.parts.items()}
        return {"type": "object", "properties": numbers, "additionalProperties": False, "title": self.label}


@dataclass(frozen=True)
class YesNo(Setting):
    """Yes or no."""

    def read(self, value: Any) -> bool:
        """Return True for `oui`, False for `non`. Raises Refused."""
        known = {"oui": True, "non": False, "true": True, "false": False}
        if str(value).lower() not in known:
            raise Refused(f"{quoted(value)} n'est ni oui ni non.", "Écrivez oui ou non.")
        return known[str(value).lower()]

    def write(self, inner: bool) -> str:
        """Return `oui` or `non`."""
        return "oui" if inner else "non"

    def show(self, inner: bool) -> str:
        """Return `oui` or `non`."""
        return self.write(inner)

    def schema(self) -> dict[str, Any]:
        """Return the two words."""
        return {"enum": ["oui", "non"], "title": self.label}


def setting(
    name: str, unit: Unit, label: str, *, default: float, low: float = 0, high: float, optional: bool = False
) -> Any:
    """Declare a number in a step; `default`, `low` and `high` are in the unit people write."""
    inner = {key: int(value * unit.scale) for key, value in {"default": default, "low": low, "high": high}.items()}
    return declared(NumberSetting(name, label, inner["default"], unit, inner["low"], inner["high"], optional=optional))


def choice(name: str, label: str, options: Mapping[str, str], default: str = "", *, optional: bool = False) -> Any:
    """Declare a choice in a step; the first option is the default."""
    return declared(ChoiceSetting(name, label, default or next(iter(options)), options, optional=optional))


def names(name: str, label: str, *, optional: bool = False) -> Any:
    """Declare a list of members in a step."""
    return declared(Names(name, label, (), optional=optional))


def weights(
    name: str, label: str, parts: Mapping[str, str], default: tuple[int, ...], *, optional: bool = False
) -> Any:
    """Declare a weight per named thing; `default` in hundredths."""
    return declared(Weights(name, label, default, parts, optional=optional))


def yes_no(name: str, label: str, default: bool = False, *, optional: bool = False) -> Any:
    """Declare a yes-or-no question."""
    return declared(YesNo(name, label, default, optional=optional))


def declared(what: Setting) -> Any:
    """Return the field of a dataclass that holds a setting; an optional one can only be given by its name."""
    return dataclasses.field(default=what.default, metadata={"setting": what}, kw_only=what.optional)


def settings_of(step: Any) -> dict[str, Setting]:
    """Return attribute → setting, for a step or promise (class or instance), in declared order, optional ones last.

    A class may leave out settings that mean nothing to it, by the beginning of their name (`left_out`).
    """
    out: tuple[str, ...] = getattr(step, "left_out", ())
    found = {each.name: each.metadata["setting"] for each in dataclasses.fields(step) if "setting" in each.metadata}
    kept = {name: each for name, each in found.items() if not each.name.startswith(out)} if out else found
    return dict(sorted(kept.items(), key=lambda item: ("." in item[1].name, item[1].optional)))


def written_settings(item: Any) -> dict[str, Any]:
    """Return what goes in the file for the settings of a step or promise: parts inside parts, defaults left out."""
    content: dict[str, Any] = {}
    for attribute, each in settings_of(item).items():
        if not each.optional or getattr(item, attribute) != each.default:
            *parts, name = each.name.split(".")
            inside = content
            for part in parts:
                inside = inside.setdefault(part, {})
            inside[name] = each.write(getattr(item, attribute))
    return content


def schema_of(cls: Any) -> dict[str, Any]:
    """Return the JSON schema of the settings of a step or promise, parts inside parts."""
    whole: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
    for each in settings_of(cls).values():
        *parts, name = each.name.split(".")
        inside = whole
        for part in parts:
            inside = inside["properties"].setdefault(part, {**whole, "properties": {}})
        inside["properties"][name] = each.schema()
    return whole


def _flat(values: Mapping[Any, Any], known: Iterable[str]) -> dict[str, Any]:
    """Return the values with the dotted name of those inside a part: `pour: {fonction: …}` is `pour.fonction`."""
    parts, flat = {name.partition(".")[0] for name in known if "." in name}, dict[str, Any]()
    for name, value in values.items():
        inside = value if str(name) in parts and isinstance(value, Mapping) else None
        flat |= {str(name): value} if inside is None else {f"{name}.{each}": what for each, what in inside.items()}
    return flat


def made_with(cls: Callable[..., _T], values: Any, where: str, problems: list[Problem]) -> _T | None:
    """Return what a file describes by its settings, defaults for the others; every problem is added, None is returned.

    Args:
        cls: class with declared settings.
        values: setting → what the file says.
        where: place in the file, for the problems.
        problems: grows.
    """
    settings = {each.name: (attribute, each) for attribute, each in settings_of(cls).items()}
    own = [name for name in settings if "." not in name]
    known = f"Réglages connus : {', '.join(own)}." if own else "Retirez-le, rien ne se règle ici."
    notes = Notes(where, problems)
    if not isinstance(values, Mapping):
        notes.add("les réglages ne sont pas compris.", known)
        return None
    inner: dict[str, Any] = {}
    for name, value in _flat(values, settings).items():
        if name not in settings:
            notes.add(f"le réglage {quoted(name)} n'existe pas.", f"{nearest(str(name), settings)}\n{known}".strip())
            continue
        attribute, each = settings[name]
        try:
            inner[attribute] = each.read(value)
        except Refused as refused:
            notes.at(f"réglage « {name} »").refuse(refused)
    return cls(**inner) if notes.clean else None
