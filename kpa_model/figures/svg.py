"""The pen of small SVG pictures: a frame with its text alternative, words that a phone can read, lines, round steps.

Everything that comes from people is escaped here.
"""

from __future__ import annotations

from html import escape
from math import ceil

WIDTH, HEIGHT = 640, 360
INK, GREY, BLUE, PALE, PALER, RED = "#1f2328", "#c9c2b8", "#0072b2", "#9cc9e3", "#d9ebf5", "#a23f00"


def figure(inner: str, title: str, text: str, height: int = HEIGHT) -> str:
    """Return the picture with its title and the same thing in words for those who do not see it."""
    return (
        f'<figure class="kpa-figure" style="margin:0.6em 0"><figcaption>{escape(title)}</figcaption>'
        f'<svg class="kpa-picture" viewBox="0 0 {WIDTH} {height}" role="img" width="100%" '
        f'style="max-width:{WIDTH}px;font-family:inherit" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(text)}</desc>{inner}</svg></figure>"
    )


def words(x: float, y: float, text: str, anchor: str = "middle", colour: str = INK, size: int = 27) -> str:
    """Return words at a place; 27 units of the picture are 14 pixels on a phone."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"


def line(start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 1, dash: str = "") -> str:
    """Return a straight line between two places."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width}"{dashed}/>'
    )


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
