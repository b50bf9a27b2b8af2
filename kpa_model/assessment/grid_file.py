"""Grid files: French YAML that a group reads aloud and changes. `loads(dumps(grid)) == grid`, always."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from kpa_model.assessment.grid import (
    COUNTS,
    FEWEST_LEVELS,
    MEAN,
    MOST_CRITERIA,
    MOST_LEVELS,
    ONE,
    Criterion,
    Grid,
    Level,
)
from kpa_model.declare.plain_yaml import Kind, read_mapping, read_text
from kpa_model.declare.unit import PLAIN, Refused, quoted
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.places import data
from kpa_model.words import count, slug

KEYS = ("titre", "phrase", "version", "niveaux", "criteres", "points", "sources", "licence")
LEVEL_KEYS = ("nom", "sens")
CRITERION_KEYS = ("cle", "nom", "domaine", "dessin", "poids", "niveaux", "exemple")
LONGEST = {"titre": 80, "nom": 60, "sens": 160, "descripteur": 180, "exemple": 240, "phrase": 300}
"""Most letters of each text: what is longer is not read."""

MOST_WEIGHT = 10 * ONE
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class WrongGrid(KpaError):
    """A grid, as written, cannot be used."""


KIND = Kind("une grille", "« titre: » puis « niveaux: »", WrongGrid, "une grille prête")


def load(path: Path) -> Grid:
    """Read a grid file. Raises WrongGrid with every problem at once."""
    return loads(read_text(path, WrongGrid), f"Fichier {path.name}")


@lru_cache(maxsize=1)
def ready_grids() -> Mapping[str, Grid]:
    """Return every ready grid of `data/grilles/` by its file name, without `.yaml`; read once, when asked for."""
    paths = sorted((data() / "grilles").glob("*.yaml"))
    return MappingProxyType({path.stem: load(path) for path in paths})


def loads(text: str, where: str = "Grille") -> Grid:
    """Read a grid from text. Raises WrongGrid with every problem at once."""
    return from_data(read_mapping(text, where, KIND), where)


def from_data(content: Mapping[str, Any], where: str = "Grille") -> Grid:
    """Read a grid from what `as_data` gives, where every scalar may be a text. Raises WrongGrid."""
    reader = _Reader()
    reader.known(content, KEYS, where)
    title = reader.text(content, "titre", where)
    if not title:
        reader.add(where, "il manque le titre.", "Ajoutez une première ligne, par exemple « titre: En cuisine ».")
    levels = reader.levels(content.get("niveaux"), where)
    criteria = reader.criteria(content.get("criteres"), levels, where)
    points = reader.text(content, "points", where) or MEAN
    if points not in COUNTS:
        todo = f"{nearest(points, COUNTS)}\nChoix : {', '.join(COUNTS)}.".strip()
        reader.add(f"{where}, « points »", f"{quoted(points)} n'est pas une façon de compter.", todo)
    made = Grid(
        title,
        levels,
        criteria,
        sentence=reader.text(content, "phrase", where),
        version=reader.text(content, "version", where, 20) or "1",
        points=points,
        sources=reader.texts(content.get("sources"), f"{where}, « sources »"),
        licence=reader.text(content, "licence", where, 300),
    )
    if reader.problems:
        raise WrongGrid(*reader.problems)
    return made


class _Reader:
    """Reads parts and keeps every problem, so that a person corrects them all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, where: str, what: str, todo: str) -> None:
        self.problems.append(Problem(where, what, todo))

    def known(self, content: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
        for key in content:
            if key not in names:
                todo = f"{nearest(str(key), names)}\nParties connues : {', '.join(names)}.".strip()
                self.add(where, f"{quoted(key)} n'est pas une partie connue ici.", todo)

    def text(self, content: Mapping[str, Any], key: str, where: str, longest: int = 0) -> str:
        return self.short(content.get(key), f"{where}, « {key} »", longest or LONGEST.get(key, 120))

    def short(self, value: Any, where: str, longest: int) -> str:
        if isinstance(value, list | dict):
            self.add(where, "ce n'est pas un texte.", "Mettez le texte entre guillemets.")
            return "…"
        text = " ".join(str(value if value is not None else "").split())
        if len(text) > longest:
            todo = f"Gardez {longest} signes au plus : une idée, une phrase."
            self.add(where, f"le texte est trop long ({len(text)} signes).", todo)
        return text

    def texts(self, value: Any, where: str) -> tuple[str, ...]:
        entries = value if isinstance(value, list) else [value] if value else []
        return tuple(self.short(each, where, 300) for each in entries)

    def entries(self, value: Any, names: tuple[str, str], where: str, bounds: tuple[int, int]) -> list[dict[str, Any]]:
        """Return the mappings of a list, or nothing when it is not one; `names` are the French words for both."""
        one, many = names
        if value in (None, "", []):
            todo = f"Ajoutez « {slug(many)}: » puis une ligne « - nom: … » par {one}."
            self.add(where, f"il manque les {many}.", todo)
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.add(where, f"les {many} ne sont pas compris.", f"Commencez chaque {one} par « - nom: ».")
            return []
        low, high = bounds
        if not low <= len(value) <= high:
            self.add(where, f"il y a {count(len(value), one, many)}.", f"Gardez-en entre {low} et {high}.")
        return value

    def levels(self, value: Any, where: str) -> tuple[Level, ...]:
        found = []
        entries = self.entries(value, ("niveau", "niveaux"), where, (FEWEST_LEVELS, MOST_LEVELS))
        for at, entry in enumerate(entries, start=1):
            here = f"{where}, niveau {at}"
            self.known(entry, LEVEL_KEYS, here)
            name, meaning = (self.text(entry, key, here) for key in LEVEL_KEYS)
            for key, written in (("nom", name), ("sens", meaning)):
                if not written:
                    self.add(here, f"il manque « {key} ».", f"Ajoutez « {key}: » et quelques mots.")
            found.append(Level(name, meaning))
        self.twice([each.name for each in found], "deux niveaux", where)
        return tuple(found)

    def twice(self, names: list[str], who: str, where: str) -> None:
        written = {name.casefold(): name for name in names}
        for name, times in Counter(name.casefold() for name in names if name).items():
            if times > 1:
                self.add(where, f"{who} s'appellent {quoted(written[name])}.", "Changez l'un des deux noms.")

    def criteria(self, value: Any, levels: tuple[Level, ...], where: str) -> tuple[Criterion, ...]:
        entries = self.entries(value, ("critère", "critères"), where, (1, MOST_CRITERIA))
        found = [self.criterion(entry, at, levels, where) for at, entry in enumerate(entries, start=1)]
        self.twice([each.name for each in found], "deux critères", where)
        names = {each.name.casefold() for each in found}
        if len(names) == len(found):  # two names alike already make two keys alike
            self.twice([each.key for each in found], "deux clés", where)
        return tuple(found)

    def criterion(self, entry: dict[str, Any], at: int, levels: tuple[Level, ...], where: str) -> Criterion:
        name = self.text(entry, "nom", f"{where}, critère {at}")
        here = f"{where}, critère {at} {quoted(name)}" if name else f"{where}, critère {at}"
        self.known(entry, CRITERION_KEYS, here)
        if not name:
            self.add(here, "il manque « nom ».", "Ajoutez « nom: » et quelques mots.")
        key = self.text(entry, "cle", here) or _key(name)
        if not _KEY.fullmatch(key):
            todo = "Écrivez une lettre, puis des lettres sans accent, des chiffres ou « _ »."
            self.add(f"{here}, « cle »", f"{quoted(key)} ne peut pas servir de clé.", todo)
        return Criterion(
            key,
            name,
            self.descriptors(entry.get("niveaux"), levels, here),
            self.text(entry, "exemple", here),
            self.text(entry, "domaine", here, 60),
            self.weight(entry.get("poids"), here),
            self.text(entry, "dessin", here, 40),
        )

    def descriptors(self, value: Any, levels: tuple[Level, ...], here: str) -> tuple[str, ...]:
        """Return one sentence for each level; says which level has none."""
        given = value if isinstance(value, list) else [value] if value else []
        longest = LONGEST["descripteur"]
        found = tuple(self.short(each, f"{here}, niveau {at}", longest) for at, each in enumerate(given, start=1))
        for at, level in enumerate(levels, start=1):
            if at > len(found):
                todo = "Ajoutez une ligne : dites ce qu'on fait à ce niveau."
                self.add(here, f"il manque le niveau {at} {quoted(level.name)}.", todo)
            elif not found[at - 1]:
                self.add(f"{here}, niveau {at}", "le descripteur est vide.", "Dites ce qu'on fait à ce niveau.")
        if levels and len(found) > len(levels):
            more = len(found) - len(levels)
            todo = f"Retirez {count(more, 'ligne')}, ou ajoutez un niveau à la grille."
            self.add(here, f"il y a {len(found)} descripteurs pour {count(len(levels), 'niveau', 'niveaux')}.", todo)
        return found

    def weight(self, value: Any, here: str) -> int:
        if value in (None, ""):
            return ONE
        try:
            return PLAIN.read(value, 0, MOST_WEIGHT, ONE)
        except Refused as refused:
            self.add(f"{here}, « poids »", refused.what, refused.todo)
            return ONE


def _key(name: str) -> str:
    """Return a key for a criterion whose file gives none."""
    made = slug(name)[:38]
    return made if made[:1].isalpha() else f"c_{made}"


# --- writing ----------------------------------------------------------------------------------------------------------


def dumps(grid: Grid) -> str:
    """Write a grid as French YAML, always in the same way."""
    out = StringIO()
    writer = YAML()
    writer.width, writer.allow_unicode = 110, True
    writer.indent(mapping=2, sequence=2, offset=0)
    writer.dump(as_data(grid), out)
    return out.getvalue()


def as_data(grid: Grid) -> dict[str, Any]:
    """Return a grid as plain mappings and lists, as the file holds it."""
    content: dict[str, Any] = {
        "titre": grid.title,
        "phrase": grid.sentence,
        "version": grid.version,
        "niveaux": [{"nom": each.name, "sens": each.meaning} for each in grid.levels],
        "criteres": [_criterion(each) for each in grid.criteria],
        "points": grid.points,
        "sources": list(grid.sources),
        "licence": grid.licence,
    }
    return {key: value for key, value in content.items() if value}


def _criterion(each: Criterion) -> dict[str, Any]:
    content = {
        "cle": each.key,
        "nom": each.name,
        "domaine": each.area,
        "dessin": each.picture,
        "poids": "" if each.weight == ONE else PLAIN.write(each.weight),
        "niveaux": list(each.descriptors),
        "exemple": each.example,
    }
    return {key: value for key, value in content.items() if value != ""}


def fingerprint(grid: Grid) -> str:
    """Return the SHA-256 of what people read to answer; title, version, sources, weights and points do not count."""
    content = {
        "niveaux": [[each.name, each.meaning] for each in grid.levels],
        "criteres": [[each.key, each.name, *each.descriptors] for each in grid.criteria],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
