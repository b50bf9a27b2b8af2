"""What an event is, and how it is written: a frozen dataclass, as JSON that is checked when it is read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from typing import Any, ClassVar, TypeVar, dataclass_transform

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from kpa_model.errors import KpaError, Problem

_KINDS: dict[str, type[LedgerEvent]] = {}
_E = TypeVar("_E", bound="type[LedgerEvent]")


class DamagedLedger(KpaError):
    """The ledger holds something that no longer means anything."""


class LedgerEvent:
    """Base of every event."""

    kind: ClassVar[str]
    once: ClassVar[tuple[str, ...]]

    @property
    def key(self) -> str:
        """What may happen once only, however often it is sent; empty when it may happen again."""
        return ":".join((self.kind, *(str(getattr(self, name)) for name in self.once))) if self.once else ""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def event(kind: str, once: tuple[str, ...] = ()) -> Callable[[_E], _E]:
    """Make a class an event, written under this kind; what is the same in these fields happens once."""

    def register(cls: _E) -> _E:
        made: _E = dataclass(frozen=True, config=ConfigDict(extra="forbid"))(cls)  # type: ignore[assignment]
        made.kind, made.once = kind, once
        _KINDS[kind] = made
        return made

    return register


def as_data(happened: LedgerEvent) -> dict[str, Any]:
    """Return the fields of an event, ready for JSON."""
    data: dict[str, Any] = _adapter(happened.kind).dump_python(happened, mode="json")
    return data


@cache
def _adapter(kind: str) -> TypeAdapter[LedgerEvent]:
    return TypeAdapter(_KINDS[kind])


def canonical(data: Mapping[str, Any]) -> str:
    """Return JSON that is always written in the same way."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def by_rank(code: str) -> tuple[int, str]:
    """Sort codes as they were given: `{p2}` before `{p10}`."""
    return len(code), code


def _ranked(value: Any) -> Any:
    return {name: value[name] for name in sorted(value, key=by_rank)} if isinstance(value, dict) else value


def from_data(kind: str, data: Mapping[str, Any]) -> LedgerEvent:
    """Read an event back. Raises DamagedLedger."""
    try:
        made: LedgerEvent = _adapter(kind).validate_python({name: _ranked(value) for name, value in data.items()})
    except (KeyError, ValidationError) as error:
        todo = "Ouvrez-le avec la version du cahier qui l'a écrit, ou reprenez une copie."
        raise DamagedLedger(Problem(f"Registre des mois, « {kind[:40]} »", "il n'est pas compris.", todo)) from error
    return made
