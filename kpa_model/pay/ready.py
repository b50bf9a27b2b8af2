"""The ready rules of `data/regles/`: to try, to compare, to start from. Read when somebody asks, and only once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import load
from kpa_model.places import data

FIRST = ("parts_egales", "heures")
"""The two rules everybody knows come first; the others follow by name."""


@lru_cache(maxsize=1)
def ready_rules() -> Mapping[str, PayRule]:
    """Return every ready rule by its file name, without `.yaml`."""
    paths = {path.stem: path for path in sorted((data() / "regles").glob("*.yaml"))}
    names = [*(name for name in FIRST if name in paths), *(name for name in paths if name not in FIRST)]
    return MappingProxyType({name: load(paths[name]) for name in names})


@lru_cache(maxsize=1)
def seen_rules() -> Mapping[str, PayRule]:
    """Return the rules seen elsewhere, or asked by groups, of `data/regles_vues/`: to be found, and to start from."""
    paths = sorted((data() / "regles_vues").glob("*.yaml"))
    return MappingProxyType({path.stem: load(path) for path in paths})


def every_rule() -> Mapping[str, PayRule]:
    """Return the ready rules, then those seen elsewhere."""
    return {**ready_rules(), **seen_rules()}
