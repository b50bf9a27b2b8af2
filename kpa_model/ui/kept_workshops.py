"""The workshops kept on this machine, for a screen that takes up what phones answered there.

The log of workshops is opened, and its database loaded, when a screen asks.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from kpa_model.server import catalogue
from kpa_model.words import day
from kpa_model.workshop.activity import Activity, Room

MOST_LISTED = 10
_A = TypeVar("_A", bound=Activity)


def kept_workshops() -> list[tuple[str, str]]:
    """Return (id, day and title) of the latest workshops, the last one first. Raises CannotKeep."""
    from kpa_model.files.database import is_begun
    from kpa_model.files.log.events import EventLog, default_base

    if not is_begun(default_base()):
        return []
    with EventLog() as log:
        return [
            (name, f"{day(datetime.fromisoformat(opening.at).date())}, {opening.payload.get('title', '')}")
            for name, opening in log.workshops()[:MOST_LISTED]
        ]


def played_in(workshop: str, kind: type[_A]) -> list[tuple[_A, Room]]:
    """Return the activities of a kind in a workshop, with what each heard. Raises NoWorkshop, CannotKeep."""
    from kpa_model.files.log.events import EventLog
    from kpa_model.server.workshop import LiveWorkshop

    catalogue.load()  # a script may name any activity
    with EventLog() as log:
        live = LiveWorkshop(log, workshop)
    return [(step.activity, live.room(step.key)) for step in live.script.steps if isinstance(step.activity, kind)]
