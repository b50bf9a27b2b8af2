"""Every activity there is: each module that registers some is loaded here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module

from kpa_model.activity import Activity
from kpa_model.decision import script_file
from kpa_model.decision.script import Script, ScriptStep
from kpa_model.errors import Problem, nearest

ELSEWHERE = ("kpa_model.assessment.activities", "kpa_model.lessons.activities", "kpa_model.lessons.game.activity")
"""Modules with activities outside `decision/activities/`."""


@lru_cache(maxsize=1)
def load() -> None:
    """Load the modules with activities."""
    for module in ELSEWHERE:
        import_module(module)


def activities() -> Mapping[str, type[Activity]]:
    """Return name → class, for every activity."""
    load()
    return script_file.activities()


def alone(name: str) -> Script:
    """Return a script with one activity and nothing else. Raises WrongScript."""
    known = activities()
    if name not in known:
        todo = f"{nearest(name, known)}\nActivités connues : {', '.join(known)}.".strip()
        raise script_file.WrongScript(Problem(f"Activité « {name[:40]} »", "ce nom n'existe pas.", todo))
    made = known[name]
    step = ScriptStep(name, made.title, 20, say=made.sentence, activity=made())
    return Script(made.title, made.sentence, (step,))
