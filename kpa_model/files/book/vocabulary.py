"""The words of `data/dictionnaires/mots.txt`: what the reader looks for in titles and cells, list by list."""

from __future__ import annotations

import re
from functools import cache

from kpa_model.errors import Problem, UnreadableFile
from kpa_model.places import data


def word_set(name: str) -> set[str]:
    """Return the words of a list, each as it is written there. Raises `UnreadableFile` when the file is not there."""
    return set(_lists()[name])


def pattern(name: str, around: str = "WORDS", flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    r"""Return what finds any of the words of a list, with what stands around them: `\b(WORDS)\b`.

    Raises:
        UnreadableFile: the file of words is not there.
    """
    return re.compile(around.replace("WORDS", "|".join(_lists()[name])), flags)


@cache
def _lists() -> dict[str, list[str]]:
    path = data() / "dictionnaires" / "mots.txt"
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        todo = "Remettez le fichier d'origine, enregistré en UTF-8."
        raise UnreadableFile(Problem(f"Dictionnaire {path.name}", "il manque ou il est illisible.", todo)) from None
    lists: dict[str, list[str]] = {}
    own = list[str]()
    for line in lines:
        if named := re.fullmatch(r"\[([a-z_.]+\.[a-z_]+)\]", line):
            own = lists.setdefault(named[1], [])
        elif line and not line.startswith("#"):
            own += line.removesuffix(" |").split(" | ")
    return lists
