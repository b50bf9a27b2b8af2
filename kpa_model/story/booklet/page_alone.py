"""Pages that work alone, without this workbook and without any network: one text, one head for all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kpa_model.declare.markup import Piece, joined


def page_alone(name: str, title: Piece, sends: bool = False) -> str:
    """Return the template of a page under its title; what it knows is still to be put in.

    A page that sends may speak to the server it comes from, and to no other; else to none.
    """
    page = (text_beside("page_head.html") + text_beside(name)).replace("@TITRE@", joined(title))
    return page.replace("@PARLE@", "; connect-src 'self'" if sends else "")


@lru_cache(maxsize=4)
def text_beside(name: str) -> str:
    """Return a file of this folder, read once."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
