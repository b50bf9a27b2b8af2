"""Small drawings beside what one chooses: a face from sad to glad on a scale, a sign for yes, no, a doubt, a stop.

They repeat the words: screen readers do not say them.
"""

from __future__ import annotations

from kpa_model.declare.markup import Html, tag

_SIGNS = {
    "oui": ("M5 13l4 4 10-11",),
    "non": ("M6 6l12 12M18 6L6 18",),
    "reserve": ("M12 5v9", "M12 18v1"),
    "objection": ("M8 3h8l5 5v8l-5 5H8l-5-5V8z", "M8 12h8"),
}


def sign(key: str) -> Html | None:
    """Return the sign of a choice known by its key, nothing for the others."""
    return _drawn(*_SIGNS[key]) if key in _SIGNS else None


def face(at: int, of: int) -> Html:
    """Return the face of a rank on a scale of so many, the first is the saddest."""
    mood = 2 * at / (of - 1) - 1 if of > 1 else 0.0
    mouth = f"M7 {15 - 2 * mood:.1f}Q12 {15 + 5 * mood:.1f} 17 {15 - 2 * mood:.1f}"
    return _drawn("M12 2a10 10 0 1 0 .01 0z", "M8.5 9v1", "M15.5 9v1", mouth)


def _drawn(*lines: str) -> Html:
    paths = [tag("path", d=line) for line in lines]
    return tag("svg", paths, cls="signe", viewBox="0 0 24 24", aria_hidden="true", focusable="false")
