"""The register of decisions: one folder per decision, written whole or not at all, never leaving this machine.

This module knows files, not decisions: what is inside `compte_rendu.json` is read by whoever knows it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kpa_model import places
from kpa_model.errors import KpaError, Problem
from kpa_model.whole_file import CannotWrite, write_new, write_whole

RECORD, PAPER, PAGE, NAMELESS, RULE, EVENT = (
    "compte_rendu.json", "compte_rendu.pdf", "compte_rendu.html", "compte_rendu_sans_noms.html", "regle.yaml",
    "date_de_revue.ics",
)  # fmt: skip
_ASIDE = ".abime_"
_DRAFT = ".en_cours"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}_[a-z0-9_]{1,60}")


class CannotRegister(KpaError):
    """A decision cannot be written in the register."""


@dataclass(frozen=True)
class Shelf:
    """What the register holds: name of the decision → text of its record, by date; and what was set aside."""

    records: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def folder() -> Path:
    """Return the folder of the register; the first decision makes it."""
    return places.personal() / "decisions"


def keep(name: str, files: Mapping[str, bytes]) -> Path:
    """Write a decision and return its folder; a second one of the same name gets a number.

    Everything is written in a folder of its own, then put in place at once: a power cut leaves no half decision.

    Raises:
        CannotRegister: the disk refuses.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a decision")
    home = folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(_DRAFT, ".", home, ignore_cleanup_errors=True) as hidden:
            draft = Path(hidden) / name
            draft.mkdir()
            for file_name, content in files.items():
                write_new(draft / file_name, content)
            return _placed(draft, home)
    except OSError as error:
        if isinstance(error, PermissionError) and (problem := places.no_right(home)):
            raise CannotRegister(problem) from error
        what = f"la décision n'a pas pu être écrite ({error.strerror})."
        todo = "Faites de la place sur le disque, puis recommencez."
        raise CannotRegister(Problem("Registre des décisions", what, todo)) from error


def _placed(draft: Path, home: Path) -> Path:
    """Put the draft in place under its name, or the first free one."""
    for at in range(1, 1000):
        place = home / (draft.name if at == 1 else f"{draft.name}_{at}")
        try:
            draft.rename(place)
        except OSError:
            if not place.exists():
                raise
            continue
        return place
    raise OSError(0, "trop de décisions du même nom")


def read_all() -> Shelf:
    """Return every record, the oldest first; a folder without a readable record is set aside, and told."""
    records: dict[str, str] = {}
    problems: list[Problem] = []
    for place in sorted(each for each in folder().glob("*") if _NAME.fullmatch(each.name)):
        try:
            records[place.name] = (place / RECORD).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            problems.append(set_aside(place.name))
    return Shelf(records, tuple(problems))


def set_aside(name: str) -> Problem:
    """Rename a damaged decision so that it is no longer read, and say so; nothing is erased."""
    where, what = f"Décision « {name} »", "son compte rendu est abîmé."
    place = folder() / name
    aside = next(free for at in range(1, 10_000) if not (free := place.with_name(f"{name}{_ASIDE}{at}")).exists())
    try:
        place.rename(aside)
    except OSError:  # open elsewhere: it stays where it is
        return Problem(where, what, "Fermez ce dossier s'il est ouvert, puis rechargez la page.")
    todo = f"Il est gardé dans « {aside.name} ». Reprenez une copie si vous en avez une."
    return Problem(where, what, todo)


def content(name: str, file_name: str) -> bytes | None:
    """Return one file of a decision, None when it is missing."""
    path = folder() / name / file_name
    return path.read_bytes() if _NAME.fullmatch(name) and path.is_file() else None


def rewrite(name: str, files: Mapping[str, bytes]) -> None:
    """Put other files in a decision in place of its own, each at once; the record last. Raises CannotRegister."""
    place = folder() / name
    if not _NAME.fullmatch(name) or not place.is_dir():
        return
    try:
        for file_name in sorted(files, key=lambda each: each == RECORD):
            write_whole(place / file_name, files[file_name])
    except CannotWrite as error:
        raise CannotRegister(*error.problems) from error


def forget(name: str) -> None:
    """Erase a decision and everything it holds; a reader meanwhile never finds half of it."""
    place = folder() / name
    if not _NAME.fullmatch(name) or not place.is_dir():
        return
    with tempfile.TemporaryDirectory(_DRAFT, ".", folder(), ignore_cleanup_errors=True) as hidden:
        place.rename(Path(hidden) / name)
