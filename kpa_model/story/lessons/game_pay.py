"""The pay rules of the game, applied by the same engine as the workbook's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kpa_model.cooperative.month import Month
from kpa_model.lessons.game.cards import FIRST_RULE, rule_titles
from kpa_model.lessons.game.quarter import Quarter
from kpa_model.pay.engine import settle
from kpa_model.pay.rule import PayRule
from kpa_model.pay.rule_file import load
from kpa_model.places import data


@lru_cache(maxsize=1)
def game_rules() -> Mapping[str, PayRule]:
    """Return the rules of the game by name, equal shares first. They share a pot: fees were paid before."""
    folder = data() / "jeu" / "paies"
    return MappingProxyType({name: load(folder / f"{name}.yaml") for name in rule_titles()})


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
    shared = settle(known.get(rule, known[FIRST_RULE]), month).pay.tolist()
    return [int(each) for each in shared]
