"""A picture of the pathway: its stages one after the other, the appointments, and where the person is."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.assessment.pathway.stages import Stage
from kpa_model.declare.markup import Html, joined, tag

WIDE, TOP, HIGH = 480, 46, 34
_FILLS = ("#cfe3f1", "#fbe3b3", "#c9e9de", "#f6d3bd", "#ecd3e2", "#dfe5ea")
_INK, _ACCENT = "#1f2328", "#a23f00"


def pathway_svg(stages: Sequence[Stage], month: int, marks: Sequence[tuple[int, bool]], text: str) -> Html:
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
    space = {"viewBox": f"0 0 {WIDE} 124", "xmlns": "http://www.w3.org/2000/svg", "font_family": "sans-serif"}
    return tag("svg", parts, cls="kpa-pathway", role="img", aria_label=text, **space)


def _stage(rank: int, stage: Stage, scale: float) -> Html:
    left, width = 20 + stage.start * scale, (stage.end - stage.start) * scale
    letters = {"fill": _INK, "text_anchor": "middle"}
    return joined(
        tag("rect", x=left, y=TOP, width=width, height=HIGH, fill=_FILLS[(rank - 1) % len(_FILLS)], stroke=_INK),
        tag("text", rank, x=left + width / 2, y=TOP + 24, font_size=20, font_weight=700, **letters),
        tag("text", stage.end, x=left + width, y=120, font_size=15, **letters),
    )


def _mark(x: float, done: bool) -> Html:
    fill = _INK if done else "#fff"
    return tag("path", d=f"M{x:.1f} {TOP + HIGH + 3} l8 8 l-8 8 l-8 -8 z", fill=fill, stroke=_INK, stroke_width=1.5)


def _flag(x: float) -> Html:
    side, shift = ("end", -14) if x > WIDE - 90 else ("start", 14)
    letters = {"font_size": 19, "font_weight": 700, "fill": _ACCENT, "text_anchor": side}
    return joined(
        tag("path", d=f"M{x:.1f} 6 V{TOP + HIGH}", stroke=_ACCENT, stroke_width=4),
        tag("circle", cx=float(x), cy=12, r=9, fill=_ACCENT),
        tag("text", "Vous êtes ici", x=x + shift, y=20, **letters),
    )
