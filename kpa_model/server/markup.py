"""HTML made of elements: a text is escaped unless it already is an element. Pages are written in no other way."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from kpa_model.words import unbroken

_VOID = {"input", "meta", "link", "br"}


class Html(str):
    """A piece of page, escaped already."""

    __slots__ = ()


Piece = str | Html | None | Iterable["Piece"]


def joined(*pieces: Any) -> Html:
    """Return pieces one after the other; None is nothing, a list is its items."""
    return Html("".join(_one(piece) for piece in pieces))


def _one(piece: Any) -> str:
    if piece is None or piece is False:
        return ""
    if isinstance(piece, Html):
        return str(piece)
    if isinstance(piece, str | int | float):
        return escape(unbroken(str(piece)), quote=False)
    return joined(*piece)


def tag(name: str, /, *inside: Any, **attributes: Any) -> Html:
    """Return an element: `cls` is class, `for_` is for, `aria_label` is aria-label; None and False are absent."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    held = escape("".join(inside), quote=False) if name == "textarea" else joined(*inside)  # what was typed, as typed
    return Html(f"<{name}{written}>{held}</{name}>")


def _attribute(key: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def paragraphs(text: str) -> Html:
    """Return one paragraph per line that says something."""
    return joined([tag("p", line) for line in text.splitlines() if line.strip()])


def lines(text: str) -> Html:
    """Return a text whose line ends are kept, inside one paragraph."""
    return joined([joined(tag("br") if at else None, line) for at, line in enumerate(text.splitlines())])
