"""The one exception family: every error a person can meet says where, what, and what to do.

The class is in English, the text in French. An error may carry many problems, because a person who corrects a file
wants all of them at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


def placed(where: object, what: str) -> str:
    """Return `where : what`; without a place, a sentence of its own."""
    said = str(where)
    return f"{said} : {what}" if said else f"{what[:1].upper()}{what[1:]}"


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it is, what is wrong, what to do. All three are French sentences."""

    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        """Give the three parts on two lines, ready to show."""
        return f"{self.said}\n{self.todo}"

    @property
    def said(self) -> str:
        """Where and what; what alone when it is nowhere else than under the eyes."""
        return placed(self.where, self.what)


class Refused(ValueError):
    """A value that cannot be taken, wherever it was typed: two French sentences, what is wrong and what to do."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what, todo)
        self.what, self.todo = what, todo

    def __str__(self) -> str:
        """Give both sentences."""
        return f"{self.what} {self.todo}"


class KpaError(Exception):
    """Base of every error raised on purpose; holds one or more `Problem`, and perhaps notes good to know meanwhile."""

    def __init__(self, *problems: Problem, notes: tuple[str, ...] = ()) -> None:
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems
        self.notes = notes

    def __str__(self) -> str:
        """Give every problem, one blank line between two."""
        return "\n\n".join(str(problem) for problem in self.problems)

    def _render_traceback_(self) -> list[str]:
        """Say to a notebook what to show in place of a wall of code: the problems, and nothing else."""
        return str(self).splitlines()


class MissingPackage(KpaError):
    """Something asks for a package that a light installation leaves out."""

    def __init__(self, what: str, package: str) -> None:
        python = f'"{sys.executable}"' if " " in sys.executable else sys.executable  # the one that misses it
        todo = f"Installez-le dans un terminal, puis recommencez :\n{python} -m pip install {package}"
        super().__init__(Problem(what, f"il manque le paquet {package}.", todo))


class UnreadableFile(KpaError):
    """A file people gave (CSV, XLSX, YAML) cannot be taken as it is."""


class WrongRule(KpaError):
    """A rule, as written, cannot be applied."""


class WrongFacts(KpaError):
    """The facts of a month contradict each other."""


class BrokenStep(KpaError):
    """A step of a rule tried to take money that is not there, or to pay somebody who cannot be paid."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a French suggestion « Vouliez-vous dire … ? », or an empty string when nothing is near."""
    names = {each.casefold(): each for each in known}
    found = get_close_matches(name.casefold(), names, n=1, cutoff=0.6)
    return f"Vouliez-vous dire « {names[found[0]]} » ?" if found else ""
