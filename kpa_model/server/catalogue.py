"""Every activity there is: each module that registers some is loaded here, and nowhere else.

Whoever reads a script calls `load` first: a script may name any activity.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from kpa_model.decision import activities as activities_of_decision
from kpa_model.errors import Problem, nearest
from kpa_model.workshop import script_file
from kpa_model.workshop.activity import Activity, known_activities
from kpa_model.workshop.script import Script, ScriptStep

ELSEWHERE = ("kpa_model.assessment.activities", "kpa_model.lessons.activities", "kpa_model.lessons.game.activity")
"""Modules with activities outside `decision/activities/`."""


@lru_cache(maxsize=1)
def load() -> None:
    """Load the modules with activities: those of `decision/activities/`, and those beside what they are about."""
    own = [f"{activities_of_decision.__name__}.{each.name}" for each in iter_modules(activities_of_decision.__path__)]
    for module in (*own, *ELSEWHERE):
        import_module(module)


def activities() -> Mapping[str, type[Activity]]:
    """Return name → class, for every activity."""
    load()
    return known_activities()


def alone(name: str) -> Script:
    """Return a script with one activity and nothing else. Raises WrongScript."""
    known = activities()
    if name not in known:
        todo = f"{nearest(name, known)}\nActivités connues : {', '.join(known)}.".strip()
        raise script_file.WrongScript(Problem(f"Activité « {name[:40]} »", "ce nom n'existe pas.", todo))
    made = known[name]
    step = ScriptStep(name, made.title, 20, say=made.sentence, activity=made())
    return Script(made.title, made.sentence, (step,))
