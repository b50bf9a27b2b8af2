"""Pictures to print: the way of the money, and who receives what. Each comes with its text alternative.

Horizontal bars only: names stay readable, on paper as on a phone. Colours are Okabe-Ito; hatches say the same thing
without colour. The same data always give the same bytes.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kpa_model.declare.rows import WaterfallBar
from kpa_model.words import count, euros, number

FONTS = Path(__file__).resolve().parents[1] / "fonts"
INK, SOFT, LINE = "#1f2328", "#4a5058", "#c9c2b8"
BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
UP, DOWN, SUM = "monte", "descend", "somme"
FLOW = {
    SUM: (BLUE, "", "Somme à cette étape"),
    DOWN: (ORANGE, "////", "Ce qui part"),
    UP: (GREEN, "....", "Ce qui arrive"),
}
LETTERS = 12
"""Points: the size of what is written in a picture, unless there are too many rows for a page."""
MARK = 20
"""Millimetres that an amount of the axis takes."""
LONGEST = 30
"""Longer names are cut in the picture only; tables and text alternatives give them whole."""

_MM = 1 / 25.4
_TALLEST = 225


@dataclass(frozen=True)
class Picture:
    """A picture (SVG) and the text that says the same thing to who does not see it."""

    svg: bytes
    text: str


@dataclass(frozen=True)
class Amount:
    """What one person receives, in cents; `before` is what another rule gives, when there is one to compare with."""

    name: str
    cents: int
    before: int | None = None


def waterfall(rows: Sequence[WaterfallBar], width: float = 170) -> Picture:
    """Draw the way of the money from top to bottom, `width` in millimetres."""
    with _style():
        figure, axes = _sheet(width, len(rows), 7.5, legend=bool(rows))
        for at, row in enumerate(rows):
            _flow_bar(axes, at, row, rows[at + 1] if at + 1 < len(rows) else None)
        said = [_label(row) for row in rows]
        values = [row.amount for row in rows]
        _finish(figure, axes, said, values, [row.level for row in rows])
        used = {_kind(row) for row in rows}
        _legend(figure, [entry for kind, entry in FLOW.items() if kind in used])
        return Picture(_svg(figure), waterfall_text(rows))


def pay_bars(people: Sequence[Amount], width: float = 170, now: str = "Cette règle", before: str = "Avant") -> Picture:
    """Draw one bar per person, or two when `before` is known: the other rule hatched, this one plain."""
    compared = any(person.before is not None for person in people)
    with _style():
        figure, axes = _sheet(width, len(people), 8.6 if compared else 7.1, legend=compared)
        for at, person in enumerate(people):
            if compared:
                _bar(axes, at - 0.2, 0, person.before or 0, 0.34, ORANGE, "////")
            _bar(axes, at + 0.2 if compared else at, 0, person.cents, 0.34 if compared else 0.64, BLUE, "")
        _finish(figure, axes, [person.name for person in people], [euros(person.cents) for person in people])
        if compared:
            _legend(figure, [(ORANGE, "////", before), (BLUE, "", now)])
        return Picture(_svg(figure), pay_text(people, now, before))


def waterfall_text(rows: Sequence[WaterfallBar]) -> str:
    """Return the way of the money as sentences."""
    said = [f"{row.label} : {row.amount} ({row.layer})." for row in rows]
    return " ".join(["Le chemin de l'argent, de haut en bas.", *said])


def pay_text(people: Sequence[Amount], now: str = "Cette règle", before: str = "Avant") -> str:
    """Return who receives what as sentences."""
    said = [f"Une barre par personne, {count(len(people), 'personne')}, en coût total."]
    for person in people:
        then = "" if person.before is None else f" ; {before} : {euros(person.before)}"
        said.append(f"{person.name} : {euros(person.cents)}{then}.")
    return " ".join(said)


def _label(row: WaterfallBar) -> str:
    """Name a bar; totals also say which money they are."""
    return f"{row.label} ({row.layer})" if row.level and row.layer.casefold() != row.label.casefold() else row.label


def _kind(row: WaterfallBar) -> str:
    return SUM if row.level else UP if row.end > row.start else DOWN


def _flow_bar(axes: Axes, at: int, row: WaterfallBar, following: WaterfallBar | None) -> None:
    """Draw one bar, and the thin line that leads to the next one."""
    colour, hatch, _ = FLOW[_kind(row)]
    _bar(axes, at, min(row.start, row.end), max(row.start, row.end), 0.66, colour, hatch)
    if following is not None:
        axes.plot([row.end / 100] * 2, [at + 0.33, at + 0.67], color=SOFT, linewidth=0.9, zorder=1)


def _bar(axes: Axes, at: float, low: int, high: int, thick: float, colour: str, hatch: str) -> None:
    axes.add_patch(
        Rectangle(
            (low / 100, at - thick / 2), (high - low) / 100, thick,
            hatch=hatch, linewidth=0.8, zorder=2, **_paint(colour, hatch),
        )
    )  # fmt: skip


def _paint(colour: str, hatch: str) -> dict[str, Any]:
    """Return plain colour with a dark line, or pale colour under a hatch."""
    return {"facecolor": _pale(colour), "edgecolor": colour} if hatch else {"facecolor": colour, "edgecolor": INK}


def _pale(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.28):02x}" for part in parts)


def _sheet(width: float, rows: int, step: float, legend: bool) -> tuple[Figure, Axes]:
    """Return a figure with one axes; `step` millimetres a row, less when there are too many rows for a page."""
    margins = 12 + (10 if legend else 0)
    inside = min(max(rows, 1) * step, _TALLEST - margins)
    height = inside + margins
    figure = Figure(figsize=(width * _MM, height * _MM))
    FigureCanvasSVG(figure)
    axes = figure.add_axes((0, 11 / height, 1, inside / height))
    axes.set_ylim(max(rows, 1) - 0.5, -0.5)
    return figure, axes


def _finish(
    figure: Figure, axes: Axes, labels: Sequence[str], values: Sequence[str], strong: Sequence[bool] = ()
) -> None:
    """Place the bars between a column of names and a column of amounts; write the axis."""
    width, height = (size / _MM for size in figure.get_size_inches())
    room = axes.get_position().height * height / max(len(labels), 1)
    size = max(4.0, min(LETTERS, room * 1.8))
    widest = max([_wide(_cut(label), size) for label in labels], default=0)
    left = min((0.46 if width > 120 else 0.38) * width, widest + 3)
    right = max([_wide(value, size, bold=True) for value in values], default=0) + 3
    box = axes.get_position()
    axes.set_position((left / width, box.y0, max(0.2, (width - left - right) / width), box.height))
    _axis(axes, marks=max(2, min(5, int((width - left - right) // MARK))))
    side = axes.get_yaxis_transform()
    for at, (label, value) in enumerate(zip(labels, values, strict=True)):
        weight = "bold" if strong and strong[at] else "normal"
        shown = _fit(label, size, left - 3)
        _write(axes, -2.2 / (width - left - right), at, shown, size, weight, "right", side)
        _write(axes, 1 + (right - 0.4) / (width - left - right), at, value, size, weight, "right", side)


def _write(axes: Axes, x: float, y: float, text: str, size: float, weight: str, side: str, where: object) -> None:
    axes.text(
        x, y, text, fontsize=size, color=INK, weight=weight, ha=side, va="center", transform=where, parse_math=False
    )  # fmt: skip


def _axis(axes: Axes, marks: int) -> None:
    """Set limits around the bars, and a French axis in euros."""
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    ends = [end for bar in bars for end in (bar.get_x(), bar.get_x() + bar.get_width())]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    axes.set_xlim(low, high if high > low else low + 1)
    axes.xaxis.set_major_locator(MaxNLocator(marks, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{number(round(value))}\u00a0€"))
    axes.tick_params(axis="x", length=0, labelsize=LETTERS, colors=SOFT, pad=3)
    axes.set_yticks([])
    axes.grid(axis="x", color=LINE, linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "left")
        spine.set_color(INK)
    if low < 0:
        axes.axvline(0, color=INK, linewidth=0.9)


def _legend(figure: Figure, entries: Sequence[tuple[str, str, str]]) -> None:
    handles = [Patch(hatch=hatch, linewidth=0.8, **_paint(colour, hatch)) for colour, hatch, _ in entries]
    labels = [_cut(label) for _, _, label in entries]
    legend = figure.legend(
        handles, labels, loc="upper center", ncols=len(entries), frameon=False, fontsize=LETTERS,
        labelcolor=INK, handlelength=2.2, handleheight=1.1, borderaxespad=0, columnspacing=2,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_parse_math(False)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST * 1.6 else text[: int(LONGEST * 1.6)].rstrip() + "…"


def _fit(text: str, size: float, room: float) -> str:
    """Cut a label to the room there is, in millimetres."""
    shown = _cut(text)
    while len(shown) > 2 and _wide(shown, size) > room + 0.5:
        shown = shown[:-2].rstrip() + "…"
    return shown


@lru_cache(maxsize=4096)
def _wide(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in millimetres, roughly: 0.58 em for most letters, a little more when bold."""
    em = sum(0.3 if letter in "il.,;:!|' \u00a0\u202f()" else 0.58 for letter in text)
    return em * size * 0.3528 * (1.06 if bold else 1)


@lru_cache(maxsize=1)
def _fonts() -> list[str]:
    for file in sorted(FONTS.glob("CahierSans-*.ttf")):
        if "SemiBold" not in file.name:
            font_manager.fontManager.addfont(file)
    return ["Cahier Sans", "DejaVu Sans"]


@contextmanager
def _style() -> Iterator[None]:
    """Use our fonts and settings for one picture, and nobody else's; a letter no font has becomes an empty box."""
    ours: dict[Any, Any] = {
        "font.family": _fonts(), "svg.fonttype": "path", "svg.hashsalt": "kpa_model", "hatch.linewidth": 1.1,
        "axes.unicode_minus": True, "text.usetex": False, "path.simplify": False,
    }  # fmt: skip
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(ours)
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def _svg(figure: Figure) -> bytes:
    out = BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return out.getvalue()
