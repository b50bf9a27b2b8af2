"""The pen of small SVG pictures: a frame with its text alternative, words that a phone can read, lines, steps."""

from __future__ import annotations

from math import ceil

from kpa_model.declare.markup import Html, tag

WIDTH, HEIGHT = 640, 360
INK, GREY, BLUE, PALE, PALER, RED = "#1f2328", "#c9c2b8", "#0072b2", "#9cc9e3", "#d9ebf5", "#a23f00"


def figure(inner: str, title: str, text: str, height: int = HEIGHT) -> Html:
    """Return the picture with its title and the same thing in words for those who do not see it."""
    return tag(
        "figure",
        tag("figcaption", title),
        tag(
            "svg",
            tag("title", title),
            tag("desc", text),
            inner,
            cls="kpa-picture",
            viewBox=f"0 0 {WIDTH} {height}",
            role="img",
            width="100%",
            style=f"max-width:{WIDTH}px;font-family:inherit",
            xmlns="http://www.w3.org/2000/svg",
        ),
        cls="kpa-figure",
        style="margin:0.6em 0",
    )


def words(x: float, y: float, text: str, anchor: str = "middle", colour: str = INK, size: int = 27) -> Html:
    """Return words at a place; 27 units of the picture are 14 pixels on a phone."""
    return tag("text", text, x=float(x), y=float(y), text_anchor=anchor, font_size=size, fill=colour)


def line(start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 1, dash: str = "") -> Html:
    """Return a straight line between two places."""
    (x1, y1), (x2, y2) = start, end
    place = {"x1": float(x1), "y1": float(y1), "x2": float(x2), "y2": float(y2)}
    return tag("line", **place, stroke=colour, stroke_width=width, stroke_dasharray=dash or None)


def nice(top: float) -> float:
    """Return a round step so that about four lines reach the top."""
    power = 1.0
    while power * 10 <= top / 4:
        power *= 10
    return next(step * power for step in (1, 2, 5, 10) if step * power >= top / 5)


def round_top(cents: float) -> float:
    """Return the round amount at or above, cents, where an axis ends."""
    step = nice(cents / 100) * 100
    return step * ceil(cents / step)
