"""Lines for live screens, drawn as SVG from whole numbers: cash month by month, charges against sales.

A picture is never alone: a table below says every number, and a sentence above says what to see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpa_model.declare.markup import Html, items, joined, table, tag
from kpa_model.words import round_euros

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BELOW = 460, 290, 92, 18, 14, 44
_STROKES = (
    {"stroke": "#0072b2", "stroke_width": 4},
    {"stroke": "#a23f00", "stroke_width": 4, "stroke_dasharray": "10 6"},
)
_LETTERS = {"font_size": 18, "fill": "#1f2328"}


@dataclass(frozen=True)
class Curve:
    """One line: its name, and cents at each step of the axis."""

    name: str
    cents: tuple[int, ...]


def curves(title: str, steps: Sequence[str], lines: Sequence[Curve], axis: str = "") -> Html:
    """Return a figure: lines on one scale with zero marked, the key, and the table of numbers behind a fold.

    Args:
        title: what is shown, for everyone.
        steps: labels of the horizontal axis.
        lines: one or two lines, as long as `steps`.
        axis: what the horizontal axis counts.
    """
    values = [each for line in lines for each in line.cents]
    low, high = min(0, *values), max(1, *values)
    drawn = [
        _level(_y(0, low, high), "#1f2328"),
        [_mark(amount, low, high) for amount in sorted({low, 0, high})],
        [_label(at, step, len(steps)) for at, step in enumerate(steps)],
        [_polyline(line, style, low, high) for line, style in zip(lines, _STROKES, strict=False)],
    ]
    said = f"{title}. Les nombres sont dans le tableau."
    return tag(
        "figure",
        tag("figcaption", tag("strong", title)),
        tag("svg", drawn, viewBox=f"0 0 {_WIDE} {_HIGH}", role="img", aria_label=said),
        items([_key(line, style) for line, style in zip(lines, _STROKES, strict=False)], cls="kpa-legend"),
        _table(title, steps, lines, axis),
        cls="kpa-curve",
    )


def _x(at: int, many: int) -> float:
    return _LEFT + (_WIDE - _LEFT - _RIGHT) * at / max(many - 1, 1)


def _y(value: int, low: int, high: int) -> float:
    return _TOP + (_HIGH - _TOP - _BELOW) * (high - value) / (high - low)


def _level(y: float, colour: str) -> Html:
    return tag("line", x1=_LEFT, x2=_WIDE - _RIGHT, y1=y, y2=y, stroke=colour)


def _polyline(line: Curve, style: Mapping[str, Any], low: int, high: int) -> Html:
    many = len(line.cents)
    points = " ".join(f"{_x(at, many):.1f},{_y(value, low, high):.1f}" for at, value in enumerate(line.cents))
    return tag("polyline", points=points, fill="none", **style)


def _mark(value: int, low: int, high: int) -> Html:
    y = _y(value, low, high)
    said = tag("text", round_euros(round(value, -2)), x=_LEFT - 8, y=y + 6, text_anchor="end", **_LETTERS)
    return _level(y, "#c9c2b8") + said


def _label(at: int, step: str, many: int) -> Html | None:
    if many > 6 and at % 2:
        return None
    anchor = "end" if at == many - 1 else "start" if at == 0 else "middle"
    return tag("text", step, x=_x(at, many), y=_HIGH - 16, text_anchor=anchor, **_LETTERS)


def _key(line: Curve, style: Mapping[str, Any]) -> Html:
    sample = tag("line", x1=2, x2=42, y1=7, y2=7, **style)
    return joined(tag("svg", sample, width=44, height=14, aria_hidden="true"), line.name)


def _table(title: str, steps: Sequence[str], lines: Sequence[Curve], axis: str) -> Html:
    head = (axis or "Étape", *(line.name for line in lines))
    rows = [(step, *(round_euros(line.cents[at]) for line in lines)) for at, step in enumerate(steps)]
    made = table(title, head, rows, cls="kpa-table", kinds=["kpa-amount"] * len(lines))
    return tag("details", tag("summary", "Le tableau des nombres"), made)
