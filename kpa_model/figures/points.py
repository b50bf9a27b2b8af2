"""Numbered points on two axes: a few rules, none of which beats another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.figures.svg import BLUE, GREY, HEIGHT, INK, WIDTH, figure, line, words

LEFT, RIGHT, TOP, BOTTOM = 60, 40, 30, 96
SIZE = 20
LETTER = 13
"""About how wide a letter is."""


@dataclass(frozen=True)
class RulePoint:
    """A place on two axes (any unit, more is better), and what is written at its ends."""

    x: float
    y: float
    x_told: str
    y_told: str


def frontier(title: str, points: Sequence[RulePoint], names: tuple[str, str], text: str, chosen: int = -1) -> Html:
    """Return numbered points; each may be pressed, and presses the button `Règle 1`, `Règle 2`… (`access.js`).

    Args:
        title: what it shows.
        points: from the first one on.
        names: what each axis is.
        text: the same in words.
        chosen: rank of the point in full, −1 for none.
    """
    ends = [pick(points, key=lambda each: each.y).y_told for pick in (min, max)] if points else []
    left = max([LEFT, *(LETTER * len(told) + 16 for told in ends)])
    across, up = ([getattr(point, name) for point in points] for name in ("x", "y"))

    def place(value: float, values: Sequence[float], start: float, size: float) -> float:
        low, high = min(values), max(values)
        return start + size * ((value - low) / (high - low) if high > low else 0.5)

    drawn = line((left, HEIGHT - BOTTOM), (WIDTH - RIGHT, HEIGHT - BOTTOM), GREY, 2)
    drawn += line((left, TOP), (left, HEIGHT - BOTTOM), GREY, 2)
    for at, point in enumerate(points):
        x = place(point.x, across, left + 40, WIDTH - left - RIGHT - 80)
        y = place(point.y, up, HEIGHT - BOTTOM - 30, TOP + BOTTOM + 60 - HEIGHT)
        full = at == chosen
        mark = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=SIZE, fill=BLUE if full else "#ffffff", stroke=BLUE)
        number = words(x, y + 9, str(at + 1), colour="#ffffff" if full else INK)
        drawn += tag("g", mark + number, data_press=f"Règle {at + 1}", style="cursor:pointer")
    feet = ((min, "start", left), (max, "end", WIDTH - RIGHT)) if points else ()
    drawn += joined(
        words(x, HEIGHT - 62, pick(points, key=lambda each: each.x).x_told, anchor) for pick, anchor, x in feet
    )
    for told, y in zip(ends, (HEIGHT - BOTTOM - 6, TOP + 34), strict=False):
        drawn += words(left - 8, y, told, "end")
    drawn += words(WIDTH - RIGHT, HEIGHT - 22, f"{names[0]} →", "end", size=26)
    drawn += words(8, 22, f"↑ {names[1]}", "start", size=26)
    return figure(drawn, title, text)
