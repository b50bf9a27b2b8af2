"""The ready rules of `data/regles/`: to try, to compare, to start from. Read when somebody asks, and only once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import load
from kpa_model.places import data

FIRST = ("parts_egales", "heures")
"""The two rules everybody knows come first; the others follow by name."""


@lru_cache(maxsize=1)
def ready_rules() -> Mapping[str, PayRule]:
    """Return every ready rule by its file name, without `.yaml`."""
    paths = _paths("regles")
    names = [*(name for name in FIRST if name in paths), *(name for name in paths if name not in FIRST)]
    return MappingProxyType({name: load(paths[name]) for name in names})


@lru_cache(maxsize=1)
def seen_rules() -> Mapping[str, PayRule]:
    """Return the rules seen elsewhere, or asked by groups, of `data/regles_vues/`: to be found, and to start from."""
    return MappingProxyType({name: load(path) for name, path in _paths("regles_vues").items()})


def every_rule() -> Mapping[str, PayRule]:
    """Return the ready rules, then those seen elsewhere."""
    return {**ready_rules(), **seen_rules()}


def ready_rule(name: str) -> PayRule | None:
    """Return one ready rule, without reading the others; None when there is none of this name."""
    path = _paths("regles").get(name)
    return load(path) if path else None


def _paths(folder: str) -> dict[str, Path]:
    return {path.stem: path for path in sorted((data() / folder).glob("*.yaml"))}
