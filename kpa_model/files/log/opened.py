"""The workshop that is open on this machine, if any: a note that only its owner reads says where it answers."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path

from kpa_model import places

LOCALHOST = "127.0.0.1"


@dataclass(frozen=True)
class Opened:
    """A workshop that answers: where guests go, where the facilitator goes, and which process serves it."""

    workshop: str
    title: str
    code: str
    address: str
    facilitator: str
    process: int
    port: int = 0

    @property
    def answers_at(self) -> int:
        """Return its port, also from a note of before ports were noted."""
        return self.port or int(self.address.split("/")[2].rpartition(":")[2])

    def answers(self) -> bool:
        """Tell whether something answers there."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            return probe.connect_ex((LOCALHOST, self.answers_at)) == 0


def note() -> Path:
    """Return the file that says which workshop is open on this machine; only its owner reads it."""
    return places.personal() / "ateliers" / "ouvert.json"


def opened_now() -> Opened | None:
    """Return the workshop that answers on this machine, None when there is none."""
    found = last_noted()
    return found if found and found.answers() else None


def last_noted() -> Opened | None:
    """Return what the note says, whether it still answers or not."""
    try:
        found = Opened(**json.loads(note().read_text(encoding="utf-8")))
        return found if found.answers_at else None
    except (OSError, ValueError, TypeError, IndexError, AttributeError):
        return None
