"""Reading YAML that anybody may have written: every value stays a text, nothing hostile gets through.

Rules, grids, exercises and workshop scripts are read here; each says what it is by a `Kind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import Any

from kpa_model.declare.unit import quoted
from kpa_model.errors import KpaError, Problem, WrongRule
from kpa_model.words import capital

LARGEST = 100_000
"""Most characters of a file."""

DEEPEST = 5
"""Most lists and mappings one inside the other."""


@dataclass(frozen=True)
class FileKind:
    """What a file is, in words: `une règle`, which begins with « titre: » puis « etapes: »."""

    name: str
    begins: str
    error: type[KpaError]
    copy: str
    deepest: int = DEEPEST


RULE = FileKind("une règle", "« titre: » puis « etapes: »", WrongRule, "une règle prête", deepest=6)


def read_mapping(text: str, where: str, kind: FileKind = RULE) -> dict[str, Any]:
    """Return the mapping written in the text, every scalar still a text. Raises `kind.error`."""
    if len(text) > LARGEST:
        todo = f"{capital(kind.name)} tient en quelques lignes."
        raise kind.error(Problem(where, f"le fichier est trop long pour {kind.name}.", todo))
    try:
        content = _Builder(text, where, kind.deepest).whole()
    except _Found as found:
        raise kind.error(found.problem) from None
    if content == "":
        todo = f"Écrivez {kind.begins}, ou copiez {kind.copy}."
        raise kind.error(Problem(where, "le fichier est vide.", todo))
    if not isinstance(content, dict):
        todo = f"{capital(kind.name)} commence par {kind.begins}."
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


_CHECK = "Vérifiez deux-points, tirets, accolades et décalages."


class _Found(Exception):
    """A problem met deep in the text."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


_ODD = re.compile("[\t!\x85\u2028\u2029\ufeff]")
"""What the two readers do not take alike."""


def _events(text: str, where: str) -> tuple[Iterator[Any], Any]:
    """Return the events of a text and what holds their kinds: from the compiled reader, or the one that explains.

    Both are loaded when a file is read: most pages read what they need without the second one.
    """
    import yaml

    if hasattr(yaml, "CBaseLoader") and not _ODD.search(text):
        with suppress(yaml.YAMLError):
            return iter([*yaml.parse(text, Loader=yaml.CBaseLoader)]), yaml
    from ruamel.yaml import events

    return _explained(text, where), events


def _explained(text: str, where: str) -> Iterator[Any]:
    """Go through the events of a text; say what is wrong as people understand it. Raises _Found."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        yield from YAML(typ="base", pure=True).parse(StringIO(text))
    except YAMLError as error:
        raise _Found(_misspelt(error, text, where)) from None


class _Builder:
    """Builds texts, lists and dicts from the events of a text, in one pass.

    Refuses what no such file needs and can hurt: shortcuts that repeat a part, lists inside lists without end.
    """

    def __init__(self, text: str, where: str, deepest: int) -> None:
        self.text, self.where, self.left = text, where, deepest
        self.events, self.kinds = _events(text, where)

    def whole(self) -> Any:
        """Return what the only document of the text holds."""
        next(self.events)
        if isinstance(next(self.events), self.kinds.StreamEndEvent):
            return ""
        content = self._node(next(self.events))
        next(self.events)
        if not isinstance(after := next(self.events), self.kinds.StreamEndEvent):
            raise self._found(after, "l'écriture n'est pas comprise.", _CHECK)
        return content

    def _found(self, event: Any, what: str, todo: str) -> _Found:
        return _Found(Problem(f"{self.where}, ligne {event.start_mark.line + 1}", what, todo))

    def _node(self, event: Any) -> Any:
        if event.anchor:
            todo = "Mettez le texte entre guillemets."
            raise self._found(event, "les signes « & » et « * » ne servent pas ici.", todo)
        if isinstance(event, self.kinds.ScalarEvent):
            return event.value
        if not self.left:
            raise self._found(event, "trop de listes l'une dans l'autre.", "Retirez des crochets ou des décalages.")
        self.left -= 1
        inside = iter(lambda: next(self.events), None)
        nodes = takewhile(lambda each: not isinstance(each, self.kinds.CollectionEndEvent), inside)
        listed = isinstance(event, self.kinds.SequenceStartEvent)
        whole = [self._node(each) for each in nodes] if listed else self._mapping(nodes)
        self.left += 1
        return whole

    def _mapping(self, keys: Iterator[Any]) -> dict[str, Any]:
        """Return a dict; the comma of `{taux: 5,5 %}` is that of a number."""
        made: dict[str, Any] = {}
        last = ""
        for key in keys:
            told = self._node(key)
            name = told if isinstance(told, str) else "…"
            value = self._node(next(self.events))
            if not value and _DECIMALS.fullmatch(self.text[: key.end_mark.index][-len(name) - 2 :]):
                made[last] = f"{made[last]},{name}"
            elif name in made:
                raise self._found(key, f"{quoted(name)} est écrit deux fois.", "Gardez-en un seul.")
            else:
                made[name] = value
                last = name
        return made


_DECIMALS = re.compile(r"\d,\d+[^\n,]*")
"""What a comma cuts in two between braces: the end of a number, the comma, decimals and perhaps a unit."""


def _misspelt(error: Exception, text: str, where: str) -> Problem:
    """Return a YAML error as people understand it."""
    from ruamel.yaml.reader import ReaderError

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
    return Problem(here, "l'écriture n'est pas comprise.", _CHECK)
