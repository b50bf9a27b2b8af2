"""Pictures that a notebook draws with matplotlib: they take an Axes and give it back, in the workbook's own style.

Colours are Okabe-Ito; hatches and line styles say the same thing without colour. Each picture carries its text: it is
the Axes' description, which `alternative` gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from textwrap import fill

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from kpa_model.errors import Problem, WrongFacts
from kpa_model.figures.paper import BLUE, GREEN, INK, LINE, ORANGE
from kpa_model.words import number

_COLOURS, _HATCHES = (BLUE, ORANGE, GREEN, "#CC79A7", "#56B4E9", "#D55E00"), ("", "////", "....", "xx", "\\\\", "++")
_TALL, _NAME, _TITLE = 0.32, 30, 56


def alternative(ax: Axes) -> str:
    """Return the text that says the same thing as the picture."""
    return str(ax.get_gid() or "")


def bars(ax: Axes | None, title: str, values: Mapping[str, float], unit: str) -> Axes:
    """Draw one horizontal bar per name."""
    return grouped(ax, title, {"": values}, unit)


def grouped(ax: Axes | None, title: str, series: Mapping[str, Mapping[str, float]], unit: str) -> Axes:
    """Draw, for each name, one horizontal bar per series; names keep their order from top to bottom."""
    names = list(dict.fromkeys(name for values in series.values() for name in values))
    made, tall = _axes(ax, len(names) * len(series)), 0.8 / len(series)
    for at, ((label, values), colour, hatch) in enumerate(
        zip(series.items(), cycle(_COLOURS), cycle(_HATCHES), strict=False)
    ):
        places = [rank + (at - (len(series) - 1) / 2) * tall for rank in range(len(names))]
        drawn = made.barh(places, [values.get(name, 0.0) for name in names], tall * 0.9, color=colour, label=label)
        for bar in drawn:
            bar.set_hatch(hatch)
            bar.set_edgecolor("white")
        made.bar_label(
            drawn, [number(f"{values.get(name, 0.0):.0f}") for name in names], padding=3, color=INK, fontsize=8
        )
    made.set_yticks(range(len(names)), [fill(name, _NAME) for name in names])
    made.invert_yaxis()
    made.margins(x=0.12, y=0.01)
    if any(series):
        made.legend(frameon=False)
    said = "; ".join(
        f"{label + ' : ' if label else ''}"
        + ", ".join(f"{name} {number(f'{value:.0f}')}" for name, value in values.items())
        for label, values in series.items()
    )
    return _finished(made, title, unit, f"{title}, en {unit}. {said}.", horizontal=True)


def points(
    ax: Axes | None, title: str, places: Sequence[tuple[float, float]], said: Sequence[str], units: tuple[str, str]
) -> Axes:
    """Draw numbered points, the first one 0; `said` tells each in words."""
    made = _axes(ax, 12)
    if places:
        made.scatter([x for x, _ in places], [y for _, y in places], s=160, color=BLUE, edgecolors="white")
    for at, place in enumerate(places):
        made.annotate(str(at), place, ha="center", va="center", color="white", fontsize=8)
    made.margins(0.1)
    made.set_xlabel(units[0])
    made.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(f"{value:g}")))
    told = " ".join(f"{at} : {each}." for at, each in enumerate(said))
    return _finished(made, title, units[1], f"{title}. {units[0]}, {units[1]}. {told}", horizontal=False)


def bands(ax: Axes | None, title: str, quantiles: Sequence[Sequence[float]], months: Sequence[str], unit: str) -> Axes:
    """Draw five quantiles a month as two bands and a middle line."""
    made, at = _axes(ax, 12), range(len(months))
    low, second, middle, fourth, high = quantiles
    made.fill_between(at, low, high, color=BLUE, alpha=0.2, linewidth=0, label="8 fois sur 10")
    made.fill_between(at, second, fourth, color=BLUE, alpha=0.4, linewidth=0, label="1 fois sur 2")
    made.plot(at, middle, color=INK, linewidth=2, label="au milieu")
    every = max(1, len(months) // 8)
    made.set_xticks([*at][::every], [month.replace(", ", "\n") for month in months][::every])
    made.set_ylim(bottom=0)
    made.legend(frameon=False)
    ends = [number(f"{each[-1]:.0f}") for each in (middle, low, high)]
    said = f"Au dernier mois : {ends[0]} au milieu, de {ends[1]} à {ends[2]}."
    return _finished(made, title, unit, f"{title}, en {unit}. {said}", horizontal=False)


def _axes(ax: Axes | None, lines: int) -> Axes:
    if isinstance(ax, Axes):
        return ax
    if ax is not None:
        todo = "Par exemple : image, axes = plt.subplots(), puis plot(ax=axes). De plusieurs axes, donnez-en un."
        raise WrongFacts(Problem("Image", "« ax » attend des axes de matplotlib.", todo))
    return plt.subplots(figsize=(7.5, 1.4 + _TALL * lines), layout="constrained")[1]


def _finished(ax: Axes, title: str, unit: str, text: str, *, horizontal: bool) -> Axes:
    ax.set_title(fill(title, _TITLE), loc="left", fontsize=11, color=INK)
    axis, label = (ax.xaxis, ax.set_xlabel) if horizontal else (ax.yaxis, ax.set_ylabel)
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(f"{value:.0f}")))
    label(unit)
    ax.grid(axis="x" if horizontal else "y", color=LINE, linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.set_gid(text)
    return ax
