"""Pictures of possible years, as small SVG with a text alternative: bands with one year on top, rankings, an interval.

Everything that comes from people is escaped here. Nothing depends on a widget: the same pictures go to reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.figures.svg import BLUE, GREY, HEIGHT, INK, PALE, PALER, RED, WIDTH, figure, line, nice, round_top, words
from kpa_model.words import number, round_euros

LEFT, RIGHT, TOP, BOTTOM = 112, 16, 22, 76


@dataclass(frozen=True)
class _Axes:
    """Months across, cents upwards."""

    months: int
    top: float

    def x(self, month: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (month / max(self.months - 1, 1))

    def y(self, cents: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(cents, self.top) / self.top)

    def path(self, values: Sequence[int]) -> str:
        return " ".join(f"{self.x(at):.1f},{self.y(value):.1f}" for at, value in enumerate(values))

    def area(self, low: Sequence[int], high: Sequence[int], colour: str) -> Html:
        back = " ".join(f"{self.x(at):.1f},{self.y(low[at]):.1f}" for at in reversed(range(self.months)))
        return tag("polygon", points=f"{self.path(high)} {back}", fill=colour)

    def level(self, cents: float, colour: str, width: float = 1, dash: str = "") -> Html:
        return line((LEFT, self.y(cents)), (WIDTH - RIGHT, self.y(cents)), colour, width, dash)

    def grid(self) -> Html:
        """Return amounts on the left and months below."""
        step = nice(self.top / 100) * 100
        amounts = [step * at for at in range(int(self.top / step) + 1)]
        left = joined(
            self.level(cents, GREY) + words(LEFT - 8, self.y(cents) + 9, round_euros(int(cents)), "end")
            for cents in amounts
        )
        every = 3 if self.months <= 15 else 6
        shown = [0, *range(every - 1, self.months, every)]
        below = joined(words(self.x(at), HEIGHT - 44, str(at + 1)) for at in shown)
        return left + below + words(WIDTH - RIGHT, HEIGHT - 10, "mois", "end")


TITLE = "Ce que reçoit une personne chaque mois, en coût total"
KEY = tag(
    "p",
    "En noir, une seule histoire : le point est la moyenne, le trait debout va de la personne qui reçoit le moins à "
    "celle qui reçoit le plus. En bleu, toutes les histoires : la moitié des personnes est dans la bande foncée, huit "
    "sur dix dans la bande claire. Tirets : notre minimum. Flèche : cela continue plus haut.",
    cls="kpa-help",
)
"""What the marks of `bands` mean, to write once beside them."""

Rows = Sequence[Sequence[int]]


def scale(*highest: int, floor: int) -> float:
    """Return the cents at the top of pictures that are compared: a round amount, the same for all.

    It does not depend on the history drawn on top: going from one to the next moves the line and nothing else.

    Args:
        highest: what each picture shows at the most, cents; beyond, marks are cut.
        floor: the minimum chosen by the group, cents.
    """
    return round_top(max(*highest, floor * 1.05, 100))


def bands(title: str, quantiles: Rows, one: Rows, floor: int, text: str, top: float) -> Html:
    """Return the bands of a person's month, one single history on top, and the minimum as a dashed line.

    Args:
        title: what it shows.
        quantiles: five rows of cents `[5][M]`: 10, 25, 50, 75 and 90 %.
        one: one single possible history `[3][M]`, cents of the least paid person, of the mean, of the best paid.
        floor: the minimum chosen by the group, cents.
        text: the same in words.
        top: cents at the top, from `scale`, so that pictures side by side compare.
    """
    axes = _Axes(len(one[0]), top)
    drawn = axes.area(quantiles[0], quantiles[4], PALER) + axes.area(quantiles[1], quantiles[3], PALE) + axes.grid()
    drawn += tag("polyline", points=axes.path(quantiles[2]), fill="none", stroke=BLUE, stroke_width="2")
    drawn += axes.level(floor, RED, 2, "7 5")
    for at, (least, mean, best) in enumerate(zip(*one, strict=True)):
        x = axes.x(at)
        drawn += line((x, axes.y(least)), (x, axes.y(best)), INK, 2)
        drawn += tag("circle", cx=f"{x:.1f}", cy=f"{axes.y(mean):.1f}", r="5", fill=INK) if mean <= top else ""
        drawn += tag("path", d=f"M{x - 6:.1f} {TOP} l6 -11 l6 11 z", fill=INK) if best > top else ""
    drawn += tag("polyline", points=axes.path(one[1]), fill="none", stroke=INK, stroke_width="2")
    return figure(drawn, title, text)


TWO = "Une seule histoire, mois par mois"
TWO_KEY = (
    "En bleu, la première règle ; en noir, la seconde. Une barre va de qui reçoit le moins à qui reçoit le plus. "
    "Point : la moyenne. Tirets : notre minimum."
)


def two_key(*rows: Rows, top: float) -> Html:
    """Return what the marks of `side_by_side` mean, to write once under it; arrows too, when there are some."""
    higher = " Flèche : cela continue plus haut." if any(max(each[2]) > top for each in rows) else ""
    return tag("p", TWO_KEY + higher, cls="kpa-help")


def side_by_side(title: str, before: Rows, after: Rows, floor: int, text: str, top: float) -> Html:
    """Return one single history under two rules: two bars for each month, from the least to the best paid.

    Args:
        title: what it shows.
        before: under the first rule `[3][M]`, cents of the least paid person, of the mean, of the best paid.
        after: the same under the second rule.
        floor: the minimum chosen by the group, cents.
        text: the same in words.
        top: cents at the top, from `scale`.
    """
    axes = _Axes(len(before[0]), top)
    drawn = axes.grid() + axes.level(floor, RED, 2, "7 5")
    for shift, colour, rows in ((-4.0, BLUE, before), (4.0, INK, after)):
        for at, (least, mean, best) in enumerate(zip(*rows, strict=True)):
            x = axes.x(at) + shift
            drawn += line((x, axes.y(least) + 3), (x, axes.y(best) - 3), colour, 6)  # seen even when all are alike
            drawn += tag("circle", cx=f"{x:.1f}", cy=f"{axes.y(mean):.1f}", r="2", fill="#ffffff")
            drawn += tag("path", d=f"M{x - 4:.1f} {TOP} l4 -9 l4 9 z", fill=colour) if best > top else ""
    return figure(drawn, title, text)


def ranking(title: str, rows: Sequence[tuple[str, float, float, str]], text: str) -> Html:
    """Return horizontal bars with their half-width, largest first; `rows` are (label, value, half-width, in words)."""
    row, end = 74, WIDTH - 20
    top = max([value + half for _, value, half, _ in rows] + [1e-9])

    def x(value: float) -> float:
        return end * max(value, 0.0) / top

    drawn = ""
    for at, (label, value, half, said) in enumerate(rows):
        middle = at * row + 50
        drawn += words(0, middle - 22, label, "start", size=25) + words(WIDTH, middle - 22, said, "end", size=25)
        drawn += tag("rect", x="0", y=middle - 12, width=f"{x(value):.1f}", height="24", fill=PALE)
        drawn += line((x(value - half), middle), (x(value + half), middle), INK, 3)
    return figure(drawn, title, text, row * len(rows) + 4)


def interval(title: str, low: float, middle: float, high: float, seen: float, text: str) -> Html:
    """Return an interval with its middle, and what really happened, on one line of euros."""
    top = max(high, seen, 1e-9) * 1.06

    def x(value: float) -> float:
        return 12 + (WIDTH - 24) * value / top

    def told(value: float, y: int, what: str, colour: str) -> Html:
        part = value / top
        return words(x(value), y, what, "start" if part < 0.3 else "end" if part > 0.7 else "middle", colour)

    drawn = tag("rect", x=f"{x(low):.1f}", y="44", width=f"{x(high) - x(low):.1f}", height="28", fill=PALE)
    drawn += line((x(middle), 36), (x(middle), 80), BLUE, 4)
    drawn += tag("circle", cx=f"{x(seen):.1f}", cy="58", r="11", fill=RED)
    drawn += told(seen, 28, f"arrivé : {number(round(seen))} €", RED)
    drawn += told(middle, 108, f"milieu : {number(round(middle))} €", BLUE)
    drawn += words(12, 142, f"9 fois sur 10 : de {number(round(low))} à {number(round(high))} €", "start")
    return figure(drawn, title, text, 152)
