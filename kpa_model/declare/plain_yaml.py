"""Reading YAML that anybody may have written: every value stays a text, nothing hostile gets through.

Rules, grids, exercises and workshop scripts are read here; each says what it is by a `Kind`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from kpa_model.declare.unit import quoted
from kpa_model.errors import KpaError, Problem, UnreadableFile, WrongRule

LARGEST = 100_000
"""Most characters of a file."""

DEEPEST = 5
"""Most lists and mappings one inside the other."""


@dataclass(frozen=True)
class Kind:
    """What a file is, in words: `une règle`, which begins with « titre: » puis « etapes: »."""

    name: str
    begins: str
    error: type[KpaError]
    copy: str
    deepest: int = DEEPEST


RULE = Kind("une règle", "« titre: » puis « etapes: »", WrongRule, "une règle prête")


def read_mapping(text: str, where: str, kind: Kind = RULE) -> dict[str, Any]:
    """Return the mapping written in the text, every scalar still a text. Raises `kind.error`."""
    if len(text) > LARGEST:
        todo = f"{kind.name[:1].upper()}{kind.name[1:]} tient en quelques lignes."
        raise kind.error(Problem(where, f"le fichier est trop long pour {kind.name}.", todo))
    try:
        _check_shape(text, where, kind)
        node = YAML(typ="base", pure=True).compose(text)
        content = _plain(node, text, where)
    except YAMLError as error:
        raise kind.error(_misspelt(error, text, where)) from None
    except _Found as found:
        raise kind.error(found.problem) from None
    if content == "":
        todo = f"Écrivez {kind.begins}, ou copiez {kind.copy}."
        raise kind.error(Problem(where, "le fichier est vide.", todo))
    if not isinstance(content, dict):
        todo = f"{kind.name[:1].upper()}{kind.name[1:]} commence par {kind.begins}."
        raise kind.error(Problem(where, f"ce n'est pas {kind.name}.", todo))
    return content


_REASONS: Mapping[type[OSError], str] = {
    FileNotFoundError: "il n'existe pas",
    PermissionError: "l'accès est refusé",
    IsADirectoryError: "c'est un dossier",
}


def read_text(path: Path, error: type[KpaError]) -> str:
    """Return the text of a file, cut just after `LARGEST` so that too long is seen. Raises `error`."""
    where = f"Fichier {path.name}"
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(LARGEST + 1)
    except UnicodeDecodeError:
        todo = "Enregistrez-le en UTF-8, puis recommencez."
        raise error(Problem(where, "les accents sont illisibles.", todo)) from None
    except OSError as reason:
        what = f"impossible de l'ouvrir : {_REASONS.get(type(reason), 'le disque ne le donne pas')}."
        raise error(Problem(where, what, "Vérifiez son nom.")) from None


def read_dated(path: Path, one: str, todo: str) -> dict[str, Any]:
    """Return name → lines of a file of dated figures that comes with the workbook; dates and numbers are read as such.

    Args:
        path: the file.
        one: what each name stands for, masculine: `barème`.
        todo: what to do when there is none.

    Raises:
        UnreadableFile: not YAML, or nothing in it.
    """
    where = f"Fichier {path.name}"
    try:
        found = YAML(typ="safe", pure=True).load(path)
    except (YAMLError, OSError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, ligne {mark.line + 1}" if mark else where
        compare = f"Comparez avec un {one} voisin : deux-points, tirets, décalages."
        raise UnreadableFile(Problem(place, "le texte ne peut pas être lu.", compare)) from error
    if not isinstance(found, dict) or not found:
        raise UnreadableFile(Problem(where, f"aucun {one} trouvé.", todo))
    return {str(name): lines for name, lines in found.items()}


class _Found(Exception):
    """A problem met deep in the text."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def _check_shape(text: str, where: str, kind: Kind) -> None:
    """Refuse what no such file needs and can hurt: shortcuts that repeat a part, lists inside lists without end."""
    depth = 0
    for event in YAML(typ="base", pure=True).parse(StringIO(text)):
        here = f"{where}, ligne {event.start_mark.line + 1}"
        if getattr(event, "anchor", None):
            todo = "Mettez le texte entre guillemets."
            raise _Found(Problem(here, "les signes « & » et « * » ne servent pas ici.", todo))
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > kind.deepest:
            todo = "Retirez des crochets ou des décalages."
            raise _Found(Problem(here, "trop de listes l'une dans l'autre.", todo))


def _plain(node: Any, text: str, where: str) -> Any:
    """Return a node as texts, lists and dicts; the comma of `{taux: 5,5 %}` is that of a number."""
    if isinstance(node, SequenceNode):
        return [_plain(each, text, where) for each in node.value]
    if not isinstance(node, MappingNode):
        return node.value if node else ""
    made: dict[str, Any] = {}
    last = ""
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else "…"
        if not value.value and _DECIMALS.fullmatch(text[: key.end_mark.index][-len(name) - 2 :]):
            made[last] = f"{made[last]},{name}"
        elif name in made:
            here = f"{where}, ligne {key.start_mark.line + 1}"
            raise _Found(Problem(here, f"{quoted(name)} est écrit deux fois.", "Gardez-en un seul."))
        else:
            made[name] = _plain(value, text, where)
            last = name
    return made


_DECIMALS = re.compile(r"\d,\d+[^\n,]*")
"""What a comma cuts in two between braces: the end of a number, the comma, decimals and perhaps a unit."""


def _misspelt(error: YAMLError, text: str, where: str) -> Problem:
    """Return a YAML error as people understand it."""
    mark = getattr(error, "problem_mark", None)
    here, said = (f"{where}, ligne {mark.line + 1}", str(error)) if mark else (where, str(error))
    line = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    if isinstance(error, ReaderError):
        return Problem(where, "un caractère invisible s'y trouve.", "Recopiez le texte dans un nouveau fichier.")
    if "\t" in line:
        return Problem(here, "une tabulation s'y trouve.", "Remplacez-la par deux espaces.")
    if "mapping values are not allowed" in said:
        todo = "Mettez le texte entre guillemets, ou vérifiez le décalage."
        return Problem(here, "un deux-points est en trop.", todo)
    return Problem(here, "l'écriture n'est pas comprise.", "Vérifiez deux-points, tirets, accolades et décalages.")
