"""The pay rules of the game, applied by the same engine as the workbook's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kpa_model.cooperative.month import Month
from kpa_model.lessons.game.quarter import Quarter
from kpa_model.pay.engine import settle
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import load
from kpa_model.places import data

FIRST = "parts_egales"


@lru_cache(maxsize=1)
def game_rules() -> Mapping[str, PayRule]:
    """Return the rules of the game by name, equal shares first. They share a pot: fees were paid before."""
    paths = {path.stem: path for path in sorted((data() / "jeu" / "paies").glob("*.yaml"))}
    names = [FIRST, *(name for name in paths if name != FIRST)]
    return MappingProxyType({name: load(paths[name]) for name in names})


def titles() -> dict[str, str]:
    """Return name → title of the rules of the game."""
    return {name: rule.title for name, rule in game_rules().items()}


def amounts(rule: str, game: Quarter, pot: int) -> list[int]:
    """Return what each person receives, total cost in cents; an unknown rule is equal shares.

    Hours are those given since the first month: money often comes long after the work. Without any hour, a rule of
    hours shares nothing, and the pot stays in the till.
    """
    known = game_rules()
    names = game.setup.names
    worked = [sum(record.minutes.get(name, 0) for record in game.records) for name in names]
    minutes = [worked, *([0] * len(names) for _ in range(3))]
    month = Month.of(names, label=f"mois {game.month}", turn=game.month, sales=pot, minutes=minutes)
    shared = settle(known.get(rule, known[FIRST]), month).pay.tolist()
    return [int(each) for each in shared]
