"""The script of a live workshop: steps in order, each with its minutes, what the facilitator says, and an activity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kpa_model.workshop.activity import Activity


@dataclass(frozen=True)
class ScriptStep:
    """One time of the workshop.

    Args:
        key: short name, unique in the script; the log of the workshop names the step by it.
        title: what the screens show.
        minutes: how long it is meant to last.
        say: what the facilitator may read aloud; lines are separate paragraphs.
        activity: what each person answers, or nothing when the group only talks or looks.
        without_computer: how to do the same on paper or with the body.
        material: what to put on the tables.
        posters: texts to hang on the wall, one page each in the printed guide.
        notebook: page of the workbook to project, for example `06_comparer`, or nothing.
        optional: the group may skip it; its minutes come on top of the others.
    """

    key: str
    title: str
    minutes: int
    say: str = ""
    activity: Activity | None = None
    without_computer: str = ""
    material: tuple[str, ...] = ()
    posters: tuple[str, ...] = ()
    notebook: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Script:
    """A whole workshop. `minutes` is what its steps last together, the optional ones left out."""

    title: str
    sentence: str = ""
    steps: tuple[ScriptStep, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how long the workshop lasts without its optional steps."""
        return sum(step.minutes for step in self.steps if not step.optional)

    def step(self, key: str) -> ScriptStep:
        """Return the step of that key. Raises KeyError."""
        return {each.key: each for each in self.steps}[key]

    def starts(self, skipped: Iterable[str] = ()) -> dict[str, int]:
        """Return step → the minute at which it starts, steps skipped left out."""
        left_out, now, found = set(skipped), 0, {}
        for each in self.steps:
            if each.key not in left_out:
                found[each.key] = now
                now += each.minutes
        return found
