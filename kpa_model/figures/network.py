"""The picture of a network under one rule: a bar per KPA on one scale of euros; when they are many, counts by class.

A full bar is a KPA that keeps all its promises, an empty one is not. Nothing depends on a widget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.figures.svg import BLUE, GREY, INK, RED, WIDTH, figure, line, nice, round_top, words
from kpa_model.words import number, round_euros

MOST_LINES = 20
"""Beyond, lines can no longer be read at a glance: KPAs are counted by class."""

FULL, EMPTY = BLUE, "#ffffff"
_LEFT, _RIGHT, _ROW, _BAR, _SIZE = 250, 66, 36, 22, 25
_WIDE = 0.56 * _SIZE  # of a letter
_LETTERS = int(_LEFT / _WIDE) - 1


@dataclass(frozen=True)
class Point:
    """One KPA: its mean month and half-width in cents (infinite: unknown), the same in words, all promises kept."""

    name: str
    cents: float
    half: float
    said: str
    kept: bool


@dataclass(frozen=True)
class Frame:
    """What pictures of several rules share, so that they compare.

    Attributes:
        top: cents at the right end of the lines.
        low, step: cents where the first class begins, and width of a class.
        classes: how many classes.
        most: the largest count of a class.
        floor: the minimum chosen by the group, cents.
    """

    top: float
    low: int
    step: int
    classes: int
    most: int
    floor: int

    def rank(self, point: Point) -> int:
        """Return the class of a KPA."""
        return min(int((point.cents - self.low) // self.step), self.classes - 1)

    def label(self, rank: int) -> str:
        """Return the amounts of a class: `100 à 150 €`."""
        start = self.low + rank * self.step
        return f"{number(start // 100)} à {round_euros(start + self.step)}"


def frame(rules: Sequence[Sequence[Point]], floor: int) -> Frame:
    """Return what the pictures of every rule share; `floor` in cents."""
    every = [point for points in rules for point in points]
    low, high = min(each.cents for each in every), max(each.cents for each in every)
    step = round(nice((high - low) / 200) * 100)
    start = int(low // step) * step
    found = Frame(_top(every, floor), start, step, int((high - start) // step) + 1, 1, floor)
    counts = [Counter(map(found.rank, points)) for points in rules]
    return Frame(found.top, start, step, found.classes, max(max(each.values()) for each in counts), floor)


def _top(points: Sequence[Point], floor: int) -> float:
    ends = [point.cents + (point.half if isfinite(point.half) else 0.0) for point in points]
    return round_top(max(*ends, floor * 1.05, 100.0))


def network(points: Sequence[Point], shared: Frame) -> Html:
    """Return the picture of one rule, its text alternative inside: lines, or classes when KPAs are many."""
    if len(points) <= MOST_LINES:
        return _lines("Le mois moyen de chaque KPA, par personne, en coût total", points, shared)
    return _classes("Combien de KPA ont ce mois moyen, par personne, en coût total", points, shared)


def key(points: Sequence[Point], promises: bool) -> Html:
    """Return what the marks of the picture mean, in HTML; `promises` tells whether the rule makes any."""
    said = ["Barre pleine : toutes les promesses sont tenues. Barre vide : non, ou trop près pour le dire."] * promises
    if len(points) <= MOST_LINES:
        said.append("Trait noir : à combien près. Tirets : notre minimum.")
    else:
        said.append("Chaque barre compte des KPA. Un montant entre deux lignes compte dans celle du haut.")
    return tag("p", " ".join(said), cls="kpa-help")


def _lines(title: str, points: Sequence[Point], shared: Frame) -> Html:
    ranked = sorted(points, key=lambda each: -each.cents)
    bottom = _ROW * len(ranked) + 6
    drawn = _amounts(shared.top, bottom)
    drawn += joined(_one_line(at, point, shared.top) for at, point in enumerate(ranked))
    floor = _x(shared.floor, shared.top)
    drawn += line((floor, 0), (floor, bottom), RED, 3, "7 5")
    told = ", ".join(f"{each.name} : {each.said}" for each in ranked)
    return figure(drawn, title, f"Du plus haut au plus bas. {told}.", bottom + 40)


def _one_line(at: int, point: Point, top: float) -> Html:
    y, end = at * _ROW + _ROW / 2 + 3, _x(point.cents, top)
    drawn = words(0, y + 9, _short(point.name), "start", size=_SIZE) + _bar(y, _LEFT, end - _LEFT, point.kept)
    if isfinite(point.half):
        ends = (_x(point.cents - point.half, top), y), (_x(point.cents + point.half, top), y)
        drawn += line(*ends, INK, 5)
    return tag("g", tag("title", f"{point.name} : {point.said}"), drawn)


def _bar(y: float, left: float, width: float, full: bool) -> Html:
    place = {"x": float(left), "y": y - _BAR / 2, "width": float(max(width, 0)), "height": _BAR}
    return tag("rect", **place, fill=FULL if full else EMPTY, stroke=BLUE, stroke_width=2)


def _amounts(top: float, bottom: float) -> Html:
    """Return round amounts below and lines above them; only as many amounts as there is room for."""
    step = nice(top / 100) * 100
    shown = [(_x(step * at, top), round_euros(round(step * at))) for at in range(round(top / step) + 1)]
    lines = joined(line((x, 0), (x, bottom), GREY) for x, _ in shown)
    room = _WIDE * (max(len(said) for _, said in shown) + 1)
    every = ceil(room / max(shown[1][0] - shown[0][0], 1e-9))
    return lines + joined(words(x, bottom + 30, said, size=_SIZE) for x, said in shown[::every])


def _x(cents: float, top: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * min(max(cents / top, 0.0), 1.0)


def _short(name: str) -> str:
    """Return a name that fits on its line: its beginning and its end say the most."""
    if len(name) <= _LETTERS:
        return name
    end = _LETTERS // 2 - 1
    return f"{name[: _LETTERS - end - 1]}…{name[-end:]}"


def _classes(title: str, points: Sequence[Point], shared: Frame) -> Html:
    kept, others = (Counter(shared.rank(each) for each in points if each.kept is full) for full in (True, False))
    drawn, told = "", []
    for row, rank in enumerate(reversed(range(shared.classes))):
        y, many = row * _ROW + _ROW / 2 + 3, kept[rank] + others[rank]
        middle, end = (_x(each, shared.most) for each in (kept[rank], many))
        drawn += words(0, y + 9, shared.label(rank), "start", size=_SIZE) + line((_LEFT, y - 15), (_LEFT, y + 15), INK)
        drawn += _bar(y, _LEFT, middle - _LEFT, True) if kept[rank] else ""
        drawn += _bar(y, middle, end - middle, False) if others[rank] else ""
        drawn += words(end + 8, y + 9, number(many), "start", size=_SIZE) if many else ""
        told.append(f"{shared.label(rank)} : {number(many)}\u00a0KPA, dont {number(kept[rank])} barre pleine.")
    return figure(drawn, title, " ".join(told), _ROW * shared.classes + 6)
