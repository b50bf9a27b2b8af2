"""How phones and the room draw a told page.

Colours come from Okabe-Ito, and each piece also has its own pattern: a photocopy or a tired eye tells them apart.
"""

from __future__ import annotations

from kpa_model.declare import drawn
from kpa_model.declare.markup import Html
from kpa_model.declare.page import Page

LOOK = drawn.Look(
    heading="h2",
    tones={"help": "aide", "big": "grand"},
    boxes={"warning": "cadre attention", "success": "cadre bien"},
    shades=("#d55e00", "#e69f00", "#f0e442", "#ffffff", "#56b4e9", "#009e73", "#0072b2"),
    ordered=True,
    hatched=True,
    between=" · ",
)


def page(parts: Page) -> Html:
    """Return every part, in order."""
    return drawn.page(parts, LOOK)
