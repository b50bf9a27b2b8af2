"""Settings that hold words of the group: a task, a role, a pole, a sort of customer, and the weight of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kpa_model.declare.part import chosen
from kpa_model.declare.setting import Names, Setting, declared
from kpa_model.declare.unit import PLAIN, Refused, quoted
from kpa_model.words import listing


def plain(text: str) -> str:
    """Return a text without accents nor capitals: what is compared.

    >>> plain("Événement")
    'evenement'
    """
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold().strip()


def spoken(words: Iterable[str], last: str = "et") -> str:
    """Return `« vaisselle » et « service »`."""
    return listing([f"«\u00a0{word}\u00a0»" for word in words], last)


def says(written: npt.NDArray[np.str_], word: str) -> npt.NDArray[np.bool_]:
    """Tell which texts say a word, from its beginning: « vaisselle et rangement » says « vaisselle ».

    « Musicienne » says « musicien » too, but « sous-chef » does not say « chef ».
    """
    start = re.compile(rf"(?<![\w-]){re.escape(plain(word))}")
    known = {text: bool(plain(word) and start.search(plain(text))) for text in map(str, np.unique(written))}
    found = np.zeros(written.shape, np.bool_)
    for text, said in known.items():
        if said:
            found |= written == text
    return found


@dataclass(frozen=True)
class Labels(Setting):
    """Words of the group: a task, a role, a pole… Case and accents do not count. `known` closes the list."""

    known: tuple[str, ...] = ()

    def read(self, value: Any) -> tuple[str, ...]:
        """Return the words from a list, or from a text with commas. Raises Refused."""
        found = Names(self.name, self.label, ()).read(value)
        return tuple(chosen(word.lower(), self.known) for word in found) if self.known else found

    def write(self, inner: tuple[str, ...]) -> list[str]:
        """Return a list."""
        return list(inner)

    def schema(self) -> dict[str, Any]:
        """Return a list of texts, or one text."""
        return {"type": ["array", "string"], "items": {"type": "string"}, "title": self.label}

    def show(self, inner: tuple[str, ...]) -> str:
        """Return `« vaisselle » et « service »`."""
        return spoken(inner) if inner else "aucune condition"


@dataclass(frozen=True)
class Labelled(Setting):
    """A weight for each word of the group, in hundredths; what is not named weighs 1. `known` closes the list."""

    high: int = 1000
    known: tuple[str, ...] = ()

    def read(self, value: Any) -> tuple[tuple[str, int], ...]:
        """Return the words and their weights, from a mapping or from `vaisselle 1,5 ; service 2`. Raises Refused."""
        pairs = value if isinstance(value, Mapping) else dict(map(self._pair, filter(str.strip, _cut(value))))
        read = {str(word).strip(): PLAIN.read(weight, 0, self.high, 150) for word, weight in pairs.items()}
        named = tuple((word, weight) for word, weight in read.items() if word)
        return tuple((chosen(word.lower(), self.known), weight) for word, weight in named) if self.known else named

    def _pair(self, text: str) -> tuple[str, str]:
        word, _, weight = text.strip().replace(":", " ").rpartition(" ")
        if not word.strip():
            raise Refused(f"{quoted(text)} n'a pas de poids.", "Écrivez par exemple : vaisselle 1,5 ; service 2.")
        return word.strip(), weight

    def write(self, inner: tuple[tuple[str, int], ...]) -> dict[str, Any]:
        """Return a mapping."""
        return {word: PLAIN.write(weight) for word, weight in inner}

    def show(self, inner: tuple[tuple[str, int], ...]) -> str:
        """Return `vaisselle 1,5 ; service 2`."""
        return " ; ".join(f"{word} {PLAIN.show(weight)}" for word, weight in inner) or "aucun poids particulier"

    def schema(self) -> dict[str, Any]:
        """Return a mapping of numbers."""
        return {"type": "object", "additionalProperties": {"type": "number"}, "title": self.label}


def _cut(value: Any) -> list[str]:
    return re.split(r"[;\n]", str(value or ""))


def labels(name: str, label: str, known: tuple[str, ...] = ()) -> Any:
    """Declare words of the group, optional."""
    return declared(Labels(name, label, (), known, optional=True))


def labelled(name: str, label: str, known: tuple[str, ...] = ()) -> Any:
    """Declare a weight for each word of the group, optional."""
    return declared(Labelled(name, label, (), known=known, optional=True))
