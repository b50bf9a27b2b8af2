"""What a notebook keeps when it is saved: the tables and pictures of a screen, as an ordinary output beside the widget.

Only outside of the pages: there, the screens are live, and sending them twice would cost everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpa_model import places
from kpa_model.declare.markup import Html, joined, tag


def keep_still(screen: widgets.Widget) -> widgets.Widget:
    """Add to what a screen says of itself, when it is shown, what it shows at that moment."""
    if Path.cwd() == places.notebooks():
        return screen
    live = screen._repr_mimebundle_

    def both(**asked: Any) -> dict[str, Any]:
        return {**live(**asked), "text/html": joined(tag("div", part) for part in _still(screen))}

    screen._repr_mimebundle_ = both
    return screen


def _still(piece: widgets.Widget) -> Iterator[Html]:
    """Yield what the texts, tables and pictures of a screen say, in order; what is hidden is left out."""
    layout = getattr(piece, "layout", None)
    if layout is not None and layout.display == "none":
        return
    if isinstance(piece, widgets.HTML):
        yield Html(piece.value)
    for each in getattr(piece, "children", ()):
        yield from _still(each)
