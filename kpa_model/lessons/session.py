"""Sessions of the course, as files: goal, timing, material, traps. One sheet each, for whoever leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.declare.plain_yaml import Kind, read_mapping
from kpa_model.declare.unit import quoted
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.lessons.exercises.exercise import THEMES
from kpa_model.lessons.exercises.parts import Notes, read_lines


class WrongSession(KpaError):
    """A session file cannot be used."""


KIND = Kind("une séance", "« titre: » puis « but: »", WrongSession, "une séance fournie", deepest=3)
KEYS = ("titre", "theme", "carnet", "but", "deroule", "materiel", "pieges", "questions", "retenir")
_STEP = re.compile(r"(\d{1,3}) min : (.+)", re.S)
_TRAP = re.compile(r"« (.+?) » : (.+)", re.S)


@dataclass(frozen=True)
class Session:
    """One session: `steps` are (minutes, what is done); `traps` are (what one hears, what to try)."""

    name: str
    title: str
    theme: str
    notebook: str
    goal: str
    steps: tuple[tuple[int, str], ...]
    material: tuple[str, ...]
    traps: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    keep: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return sum(minutes for minutes, _ in self.steps)


def loads(text: str, name: str) -> Session:
    """Return the session written in a text. Raises WrongSession with every problem found."""
    notes = Notes(f"Séance « {name} »")
    content = read_mapping(text, notes.where, KIND)
    _known(content, notes)
    lines = {key: read_lines(content.get(key, []), key, notes) for key in KEYS[4:]}
    steps = tuple(_cut(each, _STEP, "« deroule »", "10 min : ce qu'on fait", notes) for each in lines["deroule"])
    traps = tuple(
        _cut(each, _TRAP, "« pieges »", "« ce qu'on entend » : ce qui aide", notes) for each in lines["pieges"]
    )
    if notes.problems:
        raise WrongSession(*notes.problems)
    title, theme, notebook, goal = (str(content[key]).strip() for key in KEYS[:4])
    timed = tuple((int(minutes), done) for minutes, done in steps)
    return Session(
        name, title, theme, notebook, goal, timed, lines["materiel"], traps, lines["questions"], lines["retenir"]
    )


def _known(content: Mapping[str, Any], notes: Notes) -> None:
    for key in content:
        if key not in KEYS:
            notes.add(quoted(key), "ce titre n'est pas connu.", nearest(key, KEYS) or f"Titres : {', '.join(KEYS)}.")
    for key in KEYS:
        if not content.get(key):
            notes.add(f"« {key} »", "il manque.", f"Écrivez « {key}: » et son texte.")
    theme = str(content.get("theme", ""))
    if theme and theme not in THEMES:
        notes.add("« theme »", f"{quoted(theme)} n'existe pas.", nearest(theme, THEMES) or "Regardez les thèmes.")


def _cut(line: str, pattern: re.Pattern[str], place: str, example: str, notes: Notes) -> tuple[str, str]:
    found = pattern.fullmatch(line)
    if found is None:
        notes.add(place, f"{quoted(line)} n'est pas compris.", f"Écrivez par exemple « {example} ».")
        return "0", ""
    return found[1], found[2].strip()


def load(path: Path) -> Session:
    """Return the session of a file. Raises WrongSession."""
    return loads(path.read_text(encoding="utf-8", errors="replace"), path.stem)


@lru_cache(maxsize=1)
def sessions() -> tuple[Session, ...]:
    """Return the sessions of the workbook, in the order of the course. Raises WrongSession."""
    found = [load(path) for path in sorted((places.data() / "seances").glob("*.yaml"))]
    order = list(THEMES)
    return tuple(sorted(found, key=lambda each: order.index(each.theme)))


def session_of(theme: str) -> Session:
    """Return the session of a theme. Raises WrongSession."""
    for each in sessions():
        if each.theme == theme:
            return each
    hint = nearest(theme, THEMES) or f"Thèmes : {', '.join(THEMES)}."
    raise WrongSession(Problem(f"Thème {quoted(theme)}", "il n'a pas de séance.", hint))
