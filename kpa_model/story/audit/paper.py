"""An audit on one page, to stand beside the ballot."""

from __future__ import annotations

import re
from typing import Any

from kpa_model.audit.audit import Audit
from kpa_model.cooperative.book import OrderBook
from kpa_model.declare.page import Page, as_data
from kpa_model.story.audit.told import gestures_page, laws_page, margin_page, month_told
from kpa_model.story.paper import content
from kpa_model.story.paper.press import Verbatim, press
from kpa_model.story.provenance import provenance

SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
"""Sizes of the letters, points: the largest that keeps everything on one page is taken."""


def audit_paper(book: OrderBook, found: Audit) -> bytes:
    """Return the page: laws, who can play the rule, what hangs on a line. No name of a person is in it."""
    shown: Page = (*laws_page(found), *gestures_page(found), *margin_page(found))
    months = f"{month_told(found.months[0])} à {month_told(found.months[-1])}"
    heading = content.heading(book, found.rule, months, _origin(book, found))
    filled = {**heading, "pied": _foot(heading), "etapes": found.rule.read_aloud(), "parties": as_data(shown)}
    for size in SIZES:
        made = press("audit", {**filled, "corps": size})
        if pages_of(made) == 1:
            break
    return made


def _origin(book: OrderBook, found: Audit) -> dict[str, str]:
    drawn = f"mois tirés au sort avec la graine {found.seed} ; le reste est exact"
    return {**provenance(book, found.rule), "Tirage au sort": drawn}


def _foot(heading: dict[str, Any]) -> Verbatim:
    return Verbatim(str(heading["pied"]).removesuffix(" · aucun tirage au sort"))


def pages_of(made: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))
