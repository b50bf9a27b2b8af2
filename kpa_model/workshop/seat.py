"""Who is in a workshop, and what was asked in one round of one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kpa_model.workshop.activity import Answer

PHONE, TABLET, PAPER = "phone", "tablet", "paper"


@dataclass(frozen=True)
class Person:
    """Somebody counted: the name she chose, how she answers (`phone`, `tablet` or `paper`), her rank of arrival."""

    id: str
    name: str
    by: str = PHONE
    seat: int = 0


@dataclass(frozen=True)
class Asked:
    """One round of one step: whether answers are taken, whether they are revealed, what was answered by whom.

    A round `waits` when the group went elsewhere while it was open: it is open again when the group comes back.

    It is `told` once its answers were shown, even if it is open again: who alone changes hers can be guessed.

    `until` is the last day one may answer, when it is left open for a few days, and `ends` the moment that day ends.

    `host` is what the facilitator wrote there for the group, such as how an objection was dealt with. `heard` tells how
    many proposals there were when each person answered: an answer is about what was proposed then. `withdrawn` tells
    that somebody was forgotten after the reveal: what is left, set against what was shown, would tell her answer.
    `ranks` is the rank in the log of what each person answered last.
    """

    open: bool = True
    until: str = ""
    ends: str = ""
    waits: bool = False
    shown: bool = False
    told: bool = False
    answers: Mapping[str, Answer] = field(default_factory=dict)
    host: Answer = field(default_factory=dict)
    heard: Mapping[str, int] = field(default_factory=dict)
    withdrawn: bool = False
    ranks: Mapping[str, int] = field(default_factory=dict)

    def takes(self, at: str) -> bool:
        """Tell whether an answer given at a moment (ISO, UTC) counts."""
        return self.open and (not self.until or at[:19] <= (self.ends or f"{self.until}T23:59:59")[:19])

    def shut(self) -> Asked:
        """Return the same round, closed now and not to be open again by itself."""
        return replace(self, open=False, waits=False, until="", ends="")
