"""A part of a panel, folded under its title."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.ui import pieces


def fold(title: str, *children: widgets.Widget, opened: bool = False) -> widgets.Accordion:
    """Return pieces folded under a title."""
    made = widgets.Accordion([pieces.column(*children)], selected_index=0 if opened else None)
    made.set_title(0, title)
    return made
