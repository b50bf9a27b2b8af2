"""The game as it lies on the table of this machine: the seed and the turns, kept in the personal folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.lessons.game import cards
from kpa_model.lessons.game.quarter import Quarter
from kpa_model.lessons.game.replay import Variation, replay
from kpa_model.story.lessons import game_pay
from kpa_model.whole_file import write_whole

FIRST_SEED = 7
_LONGEST = 200


def path() -> Path:
    """Return where the game is kept."""
    return places.personal() / "trimestre.json"


class GameTable:
    """The seed and the turns played so far; every game is played again from them."""

    def __init__(self) -> None:
        self.seed, self.turns = _read()

    def game(self, change: Variation | None = None) -> Quarter:
        """Return the game after every turn, or another story of it."""
        return replay(cards.setup(), self.seed, self.turns, game_pay.amounts, change)

    def play(self, *turns: dict[str, Any]) -> None:
        """Add turns, and keep them."""
        self.turns = [*self.turns, *turns][:_LONGEST]
        self._keep()

    def undo(self) -> None:
        """Take back the last turn."""
        self.turns = self.turns[:-1]
        self._keep()

    def start(self, seed: int) -> None:
        """Begin another quarter."""
        self.seed, self.turns = seed, []
        self._keep()

    def _keep(self) -> None:
        write_whole(path(), json.dumps({"graine": self.seed, "coups": self.turns}, ensure_ascii=False))


def _read() -> tuple[int, list[dict[str, Any]]]:
    """Return what was kept; a new game when there is nothing, or nothing readable."""
    try:
        kept = json.loads(path().read_text(encoding="utf-8"))
        seed, turns = kept["graine"], kept["coups"]
    except (OSError, ValueError, KeyError, TypeError):
        return FIRST_SEED, []
    good = isinstance(seed, int) and 0 <= seed < 10**6 and isinstance(turns, Sequence)
    return (seed, [turn for turn in turns if isinstance(turn, dict)]) if good else (FIRST_SEED, [])
