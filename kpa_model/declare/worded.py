"""Settings made of words: a question, a list of statements, things with their price. See `declare.setting`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from kpa_model.declare.setting import Setting, declared
from kpa_model.declare.unit import EURO, Refused, quoted
from kpa_model.words import listing


@dataclass(frozen=True)
class Words(Setting):
    """A few words that people read, such as a question; at most `longest` characters."""

    longest: int = 400

    def read(self, value: Any) -> str:
        """Return the text. Raises Refused."""
        if isinstance(value, Mapping | list | tuple):
            raise Refused(f"{quoted(value)} n'est pas un texte.", "Mettez le texte entre guillemets.")
        text = " ".join(str(value).split())
        if len(text) > self.longest:
            raise Refused(f"Le texte a {len(text)} signes.", f"Gardez-en {self.longest} au plus.")
        return text

    def write(self, inner: str) -> str:
        """Return the text itself."""
        return inner

    def show(self, inner: str) -> str:
        """Return the text itself."""
        return inner

    def schema(self) -> dict[str, Any]:
        """Return a text."""
        return {"type": "string", "title": self.label, "maxLength": self.longest}


@dataclass(frozen=True)
class Lines(Words):
    """A few texts, one below the other; at most `most`. `help` says how to type them in a form."""

    most: int = 12
    help: ClassVar[str] = "Une ligne par texte."

    def read(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Return the texts, each once. Raises Refused."""
        if not isinstance(value, list | tuple):
            raise Refused(f"{quoted(value)} n'est pas une liste.", "Écrivez une ligne « - texte » pour chacun.")
        texts = tuple(dict.fromkeys(text for text in map(super().read, value) if text))
        if len(texts) > self.most:
            raise Refused(f"La liste a {len(texts)} lignes.", f"Gardez-en {self.most} au plus.")
        return texts

    def write(self, inner: tuple[str, ...]) -> list[str]:  # type: ignore[override]
        """Return a list."""
        return list(inner)

    def show(self, inner: tuple[str, ...]) -> str:  # type: ignore[override]
        """Return `« Un » et « Deux »`."""
        return listing([quoted(text) for text in inner]) if inner else "rien"

    def schema(self) -> dict[str, Any]:
        """Return a list of texts."""
        return {"type": "array", "items": {"type": "string"}, "title": self.label, "maxItems": self.most}


@dataclass(frozen=True)
class Prices(Setting):
    """Things that people name, each with an amount in cents; at most `most`."""

    most: int = 12

    def read(self, value: Any) -> tuple[tuple[str, int], ...]:
        """Return pairs of a name and its cents. Raises Refused."""
        if not isinstance(value, Mapping):
            raise Refused(f"{quoted(value)} n'est pas une liste de prix.", "Écrivez par exemple {Une table: 120}.")
        if len(value) > self.most:
            raise Refused(f"La liste a {len(value)} lignes.", f"Gardez-en {self.most} au plus.")
        return tuple((str(name), EURO.read(cents, 1, 100_000_000, 12_000)) for name, cents in value.items())

    def write(self, inner: tuple[tuple[str, int], ...]) -> dict[str, Any]:
        """Return a mapping from name to euros."""
        return {name: EURO.write(cents) for name, cents in inner}

    def show(self, inner: tuple[tuple[str, int], ...]) -> str:
        """Return `Une table 120 €`."""
        return listing([f"{name} {EURO.show(cents)}" for name, cents in inner]) if inner else "rien"

    def schema(self) -> dict[str, Any]:
        """Return a mapping of numbers."""
        return {"type": "object", "additionalProperties": {"type": ["number", "string"]}, "title": self.label}


def text(name: str, label: str, default: str = "") -> Any:
    """Declare a few words that people read."""
    return declared(Words(name, label, default))


def lines(name: str, label: str, default: tuple[str, ...] = (), most: int = 12) -> Any:
    """Declare a list of texts."""
    return declared(Lines(name, label, default, most=most))


def prices(name: str, label: str, default: tuple[tuple[str, int], ...] = ()) -> Any:
    """Declare things with their price, in cents."""
    return declared(Prices(name, label, default))
