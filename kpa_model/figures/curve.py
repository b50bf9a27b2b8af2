"""Lines for live screens, drawn as SVG from whole numbers: cash month by month, charges against sales.

A picture is never alone: a table below says every number, and a sentence above says what to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kpa_model.words import round_euros

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BELOW = 460, 290, 92, 18, 14, 44
_STROKES = ('stroke="#0072b2" stroke-width="4"', 'stroke="#a23f00" stroke-width="4" stroke-dasharray="10 6"')


@dataclass(frozen=True)
class Curve:
    """One line: its name, and cents at each step of the axis."""

    name: str
    cents: tuple[int, ...]


def curves(title: str, steps: Sequence[str], lines: Sequence[Curve], axis: str = "") -> str:
    """Return a figure: lines on one scale with zero marked, the key, and the table of numbers behind a fold.

    Args:
        title: what is shown, for everyone.
        steps: labels of the horizontal axis.
        lines: one or two lines, as long as `steps`.
        axis: what the horizontal axis counts.
    """
    values = [each for line in lines for each in line.cents]
    low, high = min(0, *values), max(1, *values)
    drawn = "".join(_polyline(line, style, low, high) for line, style in zip(lines, _STROKES, strict=False))
    zero = _y(0, low, high)
    marks = "".join(_mark(amount, low, high) for amount in sorted({low, 0, high}))
    labels = "".join(_label(at, step, len(steps)) for at, step in enumerate(steps))
    key = "".join(_key(line, style) for line, style in zip(lines, _STROKES, strict=False))
    alternative = f"{escape(title)}. Les nombres sont dans le tableau."
    return (
        f'<figure class="kpa-curve"><figcaption><strong>{escape(title)}</strong></figcaption>'
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{alternative}">'
        f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{zero:.1f}" y2="{zero:.1f}" stroke="#1f2328"/>'
        f"{marks}{labels}{drawn}</svg>"
        f'<ul class="kpa-legend">{key}</ul>{_table(title, steps, lines, axis)}</figure>'
    )


def _x(at: int, many: int) -> float:
    return _LEFT + (_WIDE - _LEFT - _RIGHT) * at / max(many - 1, 1)


def _y(value: int, low: int, high: int) -> float:
    return _TOP + (_HIGH - _TOP - _BELOW) * (high - value) / (high - low)


def _polyline(line: Curve, style: str, low: int, high: int) -> str:
    many = len(line.cents)
    points = " ".join(f"{_x(at, many):.1f},{_y(value, low, high):.1f}" for at, value in enumerate(line.cents))
    return f'<polyline points="{points}" fill="none" {style}/>'


def _mark(value: int, low: int, high: int) -> str:
    y = _y(value, low, high)
    return (
        f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#c9c2b8"/>'
        f'<text x="{_LEFT - 8}" y="{y + 6:.1f}" text-anchor="end" font-size="18" fill="#1f2328">'
        f"{round_euros(round(value, -2))}</text>"
    )


def _label(at: int, step: str, many: int) -> str:
    if many > 6 and at % 2:
        return ""
    anchor = "end" if at == many - 1 else "start" if at == 0 else "middle"
    return (
        f'<text x="{_x(at, many):.1f}" y="{_HIGH - 16}" text-anchor="{anchor}" font-size="18" fill="#1f2328">'
        f"{escape(step)}</text>"
    )


def _key(line: Curve, style: str) -> str:
    return (
        f'<li><svg width="44" height="14" aria-hidden="true"><line x1="2" x2="42" y1="7" y2="7" {style}/></svg>'
        f"{escape(line.name)}</li>"
    )


def _table(title: str, steps: Sequence[str], lines: Sequence[Curve], axis: str) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in (axis or "Étape", *(line.name for line in lines)))
    rows = "".join(
        f'<tr><th scope="row">{escape(step)}</th>'
        + "".join(f'<td class="kpa-amount">{round_euros(line.cents[at])}</td>' for line in lines)
        + "</tr>"
        for at, step in enumerate(steps)
    )
    return (
        f'<details><summary>Le tableau des nombres</summary><table class="kpa-table"><caption>{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details>"
    )
