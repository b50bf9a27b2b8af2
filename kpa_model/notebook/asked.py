"""What is asked with the types of Python: what cannot be taken is refused in French, with what to write instead."""

from __future__ import annotations

import os
from operator import index
from typing import Any

from kpa_model.errors import KpaError, Problem, WrongFacts

_CALLED = {
    "DataFrame": "un tableau (DataFrame)",
    "Series": "une colonne (Series)",
    "ndarray": "un tableau (ndarray)",
    "list": "une liste",
    "tuple": "une liste",
    "dict": "un dictionnaire",
    "NoneType": "None",
}


def misfit(where: str, given: object, todo: str, error: type[KpaError] = WrongFacts) -> KpaError:
    """Return the error that says in French what was given, and what to write."""
    called = _CALLED.get(type(given).__name__, f"« {given} »")
    return error(Problem(where, f"{called} ne convient pas ici.", todo))


def check_name(where: str, given: object, todo: str, error: type[KpaError]) -> None:
    """Refuse what is neither a name nor the place of a file."""
    if not isinstance(given, str | os.PathLike):
        raise misfit(where, given, todo, error)


def whole(where: str, given: Any, example: int) -> int:
    """Return a whole number, of Python or of numpy. Raises WrongFacts."""
    try:
        return index(given)
    except TypeError:
        raise misfit(where, given, f"Donnez un nombre entier, par exemple {example}.") from None
