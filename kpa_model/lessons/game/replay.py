"""The choices of a group as a list that can be kept in a file, played again, and played otherwise.

A log is a list of turns, each a mapping that JSON can hold. Playing it again with one thing changed answers « if »: the
dice, the cards and the other choices stay the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpa_model.lessons.game import play
from kpa_model.lessons.game.cards import PriceLevel, Setup
from kpa_model.lessons.game.quarter import Phase, Quarter, opening
from kpa_model.money import WHOLE, part_of

Turn = Mapping[str, Any]
"""`{"tour": "devis", "prix": {carte: niveau}}`, `{"tour": "bourse", "qui": nom, "centimes": n}`,
`{"tour": "travail", "efforts": {nom: 0, 1 ou 2}}`, `{"tour": "paie", "regle": nom, "garder": ppm}`."""

Payer = Callable[[str, Quarter, int], Sequence[int]]
"""Rule name, the game, the pot in cents → total cost per person."""


@dataclass(frozen=True)
class Variation:
    """What is played otherwise: another rule, another part kept, everybody pays at once, or prices higher by a rate."""

    rule: str = ""
    kept_rate: int = -1
    at_once: bool = False
    dearer: int = 0


def replay(setup: Setup, seed: int, log: Iterable[Turn], payer: Payer, change: Variation | None = None) -> Quarter:
    """Return where the choices lead. Turns that do not fit the moment of the game are left out."""
    game, change = opening(setup, seed), change or Variation()
    for turn in log:
        game = step(game, turn, payer, change)
    return game


def step(game: Quarter, turn: Turn, payer: Payer, change: Variation | None = None) -> Quarter:
    """Return the game after one turn; the same game when the turn does not fit."""
    change, kind = change or Variation(), turn.get("tour")
    if kind == Phase.QUOTE.value == game.phase.value:
        return _dearer(play.quoted(game, _levels(turn.get("prix"))), change.dearer)
    if kind == "bourse" and game.phase in (Phase.WORK, Phase.PAY):
        return play.put(game, str(turn.get("qui")), _whole(turn.get("centimes")))
    if kind == Phase.WORK.value == game.phase.value:
        return play.worked(replace(game, prompt=change.at_once), _efforts(turn.get("efforts")))
    if kind == Phase.PAY.value == game.phase.value:
        rule = change.rule or str(turn.get("regle"))
        kept = change.kept_rate if change.kept_rate >= 0 else min(max(_whole(turn.get("garder")), 0), WHOLE)
        return play.paid(game, rule, kept, payer(rule, game, play.pot(game, kept)))
    return game


def _dearer(game: Quarter, rate: int) -> Quarter:
    """Raise the price of what was accepted."""
    if not rate:
        return game
    raised = tuple(
        replace(each, price=each.price + int(part_of(each.price, rate))) if each.accepted else each
        for each in game.now.answers
    )
    return game.noted(answers=raised)


def _levels(given: object) -> dict[str, PriceLevel]:
    known = {each.value: each for each in PriceLevel}
    rows = given if isinstance(given, Mapping) else {}
    return {str(card): known[str(level)] for card, level in rows.items() if str(level) in known}


def _efforts(given: object) -> dict[str, int]:
    rows = given if isinstance(given, Mapping) else {}
    return {str(name): min(max(_whole(effort), 0), 2) for name, effort in rows.items()}


def _whole(given: object) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) else 0
