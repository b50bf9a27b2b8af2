"""Reading YAML that anybody may have written: every value stays a text, nothing hostile gets through."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from kpa_model.errors import Problem, WrongRule
from kpa_model.pay.unit import quoted

LARGEST = 100_000
"""Most characters of a file."""

DEEPEST = 5
"""Most lists and mappings one inside the other."""


def read_mapping(text: str, where: str) -> dict[str, Any]:
    """Return the mapping written in the text, every scalar still a text."""
    if len(text) > LARGEST:
        todo = "Une règle tient en quelques lignes."
        raise WrongRule(Problem(where, "le fichier est trop long pour une règle.", todo))
    try:
        _check_shape(text, where)
        node = YAML(typ="base", pure=True).compose(text)
    except YAMLError as error:
        raise WrongRule(_misspelt(error, text, where)) from None
    content = _plain(node, text, where)
    if content == "":
        todo = "Écrivez « titre: » puis « etapes: », ou copiez une règle prête."
        raise WrongRule(Problem(where, "le fichier est vide.", todo))
    if not isinstance(content, dict):
        todo = "Une règle commence par « titre: » puis « etapes: »."
        raise WrongRule(Problem(where, "ce n'est pas une règle.", todo))
    return content


def _check_shape(text: str, where: str) -> None:
    """Refuse what a rule never needs and can hurt: shortcuts that repeat a part, lists inside lists without end."""
    depth = 0
    for event in YAML(typ="base", pure=True).parse(StringIO(text)):
        here = f"{where}, ligne {event.start_mark.line + 1}"
        if getattr(event, "anchor", None):
            todo = "Mettez le texte entre guillemets."
            raise WrongRule(Problem(here, "les signes « & » et « * » ne servent pas ici.", todo))
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            todo = "Retirez des crochets ou des décalages."
            raise WrongRule(Problem(here, "trop de listes l'une dans l'autre.", todo))


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
            raise WrongRule(Problem(here, f"{quoted(name)} est écrit deux fois.", "Gardez-en un seul."))
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
