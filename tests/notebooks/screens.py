"""What a screen made of widgets shows, for tests that play it in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ipywidgets as widgets


def every(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """Yield a widget and everything inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def html(widget: widgets.Widget) -> str:
    """Return the HTML of a screen, part after part."""
    return " ".join(each.value for each in every(widget) if isinstance(each, widgets.HTML))


def text(widget: widgets.Widget) -> str:
    """Return all that a screen says, without its tags and with plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(widget)).replace("&#x27;", "'"))


def named(widget: widgets.Widget, description: str) -> widgets.Widget:
    """Return the first control with this label."""
    said = ((each, getattr(each, "description", "") or "") for each in every(widget))
    return next(each for each, label in said if label.replace("\u00a0", " ") == description)
