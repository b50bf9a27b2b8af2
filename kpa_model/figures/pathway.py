"""A picture of the pathway: its stages one after the other, the appointments, and where the person is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Protocol


class Stage(Protocol):
    """A part of the way, in months."""

    @property
    def title(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


WIDE, TOP, HIGH = 480, 46, 34
_FILLS = ("#cfe3f1", "#fbe3b3", "#c9e9de", "#f6d3bd", "#ecd3e2", "#dfe5ea")
_INK, _ACCENT = "#1f2328", "#a23f00"


def pathway_svg(stages: Sequence[Stage], month: int, marks: Sequence[tuple[int, bool]], text: str) -> str:
    """Return the SVG: numbered stages, a diamond for each appointment (full once done), a flag at the month.

    Args:
        stages: they follow each other.
        month: where the person is.
        marks: (month, done) of each appointment.
        text: what the picture says, for whoever does not see it.
    """
    scale = (WIDE - 40) / stages[-1].end
    parts = [_stage(rank, each, scale) for rank, each in enumerate(stages, start=1)]
    parts += [_mark(20 + at * scale, done) for at, done in marks]
    parts.append(_flag(20 + min(month, stages[-1].end) * scale))
    return (
        f'<svg class="kpa-pathway" viewBox="0 0 {WIDE} 124" role="img" aria-label="{escape(text)}" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="sans-serif">{"".join(parts)}</svg>'
    )


def _stage(rank: int, stage: Stage, scale: float) -> str:
    left, width = 20 + stage.start * scale, (stage.end - stage.start) * scale
    fill = _FILLS[(rank - 1) % len(_FILLS)]
    return (
        f'<rect x="{left:.1f}" y="{TOP}" width="{width:.1f}" height="{HIGH}" fill="{fill}" stroke="{_INK}"/>'
        f'<text x="{left + width / 2:.1f}" y="{TOP + 24}" font-size="20" font-weight="700" fill="{_INK}" '
        f'text-anchor="middle">{rank}</text>'
        f'<text x="{left + width:.1f}" y="120" font-size="15" fill="{_INK}" text-anchor="middle">{stage.end}</text>'
    )


def _mark(x: float, done: bool) -> str:
    fill = _INK if done else "#fff"
    return f'<path d="M{x:.1f} {TOP + HIGH + 3} l8 8 l-8 8 l-8 -8 z" fill="{fill}" stroke="{_INK}" stroke-width="1.5"/>'


def _flag(x: float) -> str:
    side = "end" if x > WIDE - 90 else "start"
    shift = -8 if side == "end" else 8
    return (
        f'<path d="M{x:.1f} 6 V{TOP + HIGH}" stroke="{_ACCENT}" stroke-width="4"/>'
        f'<circle cx="{x:.1f}" cy="12" r="9" fill="{_ACCENT}"/>'
        f'<text x="{x + shift + (shift // 8) * 6:.1f}" y="20" font-size="19" font-weight="700" fill="{_ACCENT}" '
        f'text-anchor="{side}">Vous êtes ici</text>'
    )
