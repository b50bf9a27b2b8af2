"""The gestures of typing that can be taken back, book by book, beside the state: a page loaded again still has them."""

from __future__ import annotations

import json
from typing import Any

from kpa_model import places
from kpa_model.errors import Refused
from kpa_model.files.importing.past import texts_of, values_of
from kpa_model.files.importing.typing import Changes
from kpa_model.whole_file import write_whole

Gesture = tuple[Changes, str]
"""What a gesture changed, and what it was, in words."""
_FILE, _DEPTH = "gestes.json", 50


def of_book(book: str) -> list[Gesture]:
    """Return the gestures in a book that can be taken back, the last one at the end; none that cannot be read."""
    try:
        return [(_changes(told), what) for what, told in _kept().get(book, ())]
    except (TypeError, ValueError, KeyError, AttributeError, Refused):
        return []


def remember(book: str, gesture: Gesture) -> None:
    """Keep a gesture after those of before; the oldest ones are forgotten. Raises CannotWrite."""
    kept = _kept()
    _keep({**kept, book: [*kept.get(book, ()), _told(gesture)][-_DEPTH:]})


def take_back(book: str, gesture: Gesture) -> None:
    """Forget a gesture, those of other windows stay. Raises CannotWrite."""
    kept, gone = _kept(), _told(gesture)
    if gone in (mine := kept.get(book, [])):
        del mine[len(mine) - 1 - mine[::-1].index(gone)]
        _keep(kept)


def forget(book: str) -> None:
    """Forget all the gestures of a book: a new one has its name. Raises CannotWrite."""
    if book in (kept := _kept()):
        _keep({name: told for name, told in kept.items() if name != book})


def _told(gesture: Gesture) -> list[Any]:
    changes, what = gesture
    told = {table: [[texts_of(table, each) for each in lines] for lines in both] for table, both in changes.items()}
    return [what, told]


def _changes(told: dict[str, Any]) -> Changes:
    lines = {table: [[values_of(table, each) for each in some] for some in both] for table, both in told.items()}
    return {table: (added, removed) for table, (added, removed) in lines.items()}


def _kept() -> dict[str, list[Any]]:
    """Return what is kept; nothing when it cannot be read: somebody may have changed it."""
    try:
        found = json.loads((places.personal() / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: told for name, told in found.items() if isinstance(told, list)} if isinstance(found, dict) else {}


def _keep(told: dict[str, list[Any]]) -> None:
    write_whole(places.personal() / _FILE, json.dumps(told, ensure_ascii=False))
