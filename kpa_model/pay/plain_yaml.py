"""Reading YAML that anybody may have written: every value stays a text, nothing hostile gets through."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.reader import ReaderError

from kpa_model.errors import Problem, WrongRule
from kpa_model.pay.setting import quoted

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
        content = YAML(typ="base", pure=True).load(text)
    except YAMLError as error:
        raise WrongRule(_misspelt(error, text, where)) from None
    if content in (None, ""):
        todo = "Écrivez « titre: » puis « etapes: », ou copiez une règle prête."
        raise WrongRule(Problem(where, "le fichier est vide.", todo))
    if not isinstance(content, dict):
        todo = "Une règle commence par « titre: » puis « etapes: »."
        raise WrongRule(Problem(where, "ce n'est pas une règle.", todo))
    return {str(key): value for key, value in content.items()}


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


def _misspelt(error: YAMLError, text: str, where: str) -> Problem:
    """Return a YAML error as people understand it."""
    mark = getattr(error, "problem_mark", None)
    here, said = (f"{where}, ligne {mark.line + 1}", str(error)) if mark else (where, str(error))
    line = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    if isinstance(error, ReaderError):
        return Problem(where, "un caractère invisible s'y trouve.", "Recopiez le texte dans un nouveau fichier.")
    if isinstance(error, DuplicateKeyError):
        key = re.search(r'duplicate key "(.*?)"', said)
        return Problem(here, f"{quoted(key[1] if key else '…')} est écrit deux fois.", "Gardez-en un seul.")
    if "\t" in line:
        return Problem(here, "une tabulation s'y trouve.", "Remplacez-la par deux espaces.")
    if "mapping values are not allowed" in said:
        todo = "Mettez le texte entre guillemets, ou vérifiez le décalage."
        return Problem(here, "un deux-points est en trop.", todo)
    return Problem(here, "l'écriture n'est pas comprise.", "Vérifiez deux-points, tirets, accolades et décalages.")
