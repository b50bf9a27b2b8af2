"""Sessions of the course, as files: goal, timing, material, traps. One sheet each, for whoever leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kpa_model import places
from kpa_model.declare.entry import entry, part
from kpa_model.declare.part import OneOf, Part, Text, Texts
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.unit import Refused, quoted
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.lessons.exercises.exercise import THEMES


class WrongSession(KpaError):
    """A session file cannot be used."""


KIND = FileKind("une séance", "« titre: » puis « but: »", WrongSession, "une séance fournie", deepest=3)


@dataclass(frozen=True)
class _Cut(Part):
    """Sentences in two parts, such as `10 min : ce qu'on fait`."""

    pattern: re.Pattern[str]
    example: str

    def read(self, value: Any) -> tuple[tuple[str, str], ...]:
        return tuple(self._one(each) for each in Texts(self.name).read(value))

    def _one(self, line: str) -> tuple[str, str]:
        found = self.pattern.fullmatch(line)
        if found is None:
            raise Refused(f"{quoted(line)} n'est pas compris.", f"Écrivez par exemple « {self.example} ».")
        return found[1], found[2].strip()


class _Steps(_Cut):
    """Minutes, then what is done."""

    def read(self, value: Any) -> tuple[tuple[int, str], ...]:  # type: ignore[override]
        return tuple((int(minutes), done) for minutes, done in super().read(value))


@entry
class CourseSession:
    """One session: `steps` are (minutes, what is done); `traps` are (what one hears, what to try)."""

    name: str
    title: str = part(Text("titre"))
    theme: str = part(OneOf("theme", tuple(THEMES)))
    notebook: str = part(Text("carnet"))
    goal: str = part(Text("but"))
    steps: tuple[tuple[int, str], ...] = part(
        _Steps("deroule", re.compile(r"(\d{1,3}) min : (.+)", re.S), "10 min : ce qu'on fait")
    )
    material: tuple[str, ...] = part(Texts("materiel"))
    traps: tuple[tuple[str, str], ...] = part(
        _Cut("pieges", re.compile(r"« (.+?) » : (.+)", re.S), "« ce qu'on entend » : ce qui aide")
    )
    questions: tuple[str, ...] = part(Texts("questions"))
    keep: tuple[str, ...] = part(Texts("retenir"))
    source: str = part(Text("source"), default="")

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return sum(minutes for minutes, _ in self.steps)


FILE = YamlFile(KIND, CourseSession, "Séance")


def loads(text: str, name: str) -> CourseSession:
    """Return the session written in a text. Raises WrongSession with every problem found."""
    return FILE.loads(text, f"Séance « {name} »", name=name)


@lru_cache(maxsize=1)
def sessions() -> tuple[CourseSession, ...]:
    """Return the sessions of the workbook, in the order of the course. Raises WrongSession."""
    found = [FILE.load(path, name=path.stem) for path in sorted((places.data() / "seances").glob("*.yaml"))]
    order = list(THEMES)
    return tuple(sorted(found, key=lambda each: order.index(each.theme)))


def session_of(theme: str) -> CourseSession:
    """Return the session of a theme. Raises WrongSession."""
    for each in sessions():
        if each.theme == theme:
            return each
    hint = nearest(theme, THEMES) or f"Thèmes : {', '.join(THEMES)}."
    raise WrongSession(Problem(f"Thème {quoted(theme)}", "il n'a pas de séance.", hint))
