"""Pictures of possible years, as small SVG with a text alternative: bands with one year on top, rankings, an interval.

Everything that comes from people is escaped here. Nothing depends on a widget: the same pictures go to reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - cents / self.top)

    def path(self, values: Sequence[int]) -> str:
        return " ".join(f"{self.x(at):.1f},{self.y(value):.1f}" for at, value in enumerate(values))

    def area(self, low: Sequence[int], high: Sequence[int], colour: str) -> str:
        back = " ".join(f"{self.x(at):.1f},{self.y(low[at]):.1f}" for at in reversed(range(self.months)))
        return f'<polygon points="{self.path(high)} {back}" fill="{colour}"/>'

    def level(self, cents: float, colour: str, width: float = 1, dash: str = "") -> str:
        return line((LEFT, self.y(cents)), (WIDTH - RIGHT, self.y(cents)), colour, width, dash)

    def grid(self) -> str:
        """Return amounts on the left and months below."""
        step = nice(self.top / 100) * 100
        amounts = [step * at for at in range(int(self.top / step) + 1)]
        left = "".join(
            self.level(cents, GREY) + words(LEFT - 8, self.y(cents) + 9, round_euros(int(cents)), "end")
            for cents in amounts
        )
        every = 3 if self.months <= 15 else 6
        shown = [0, *range(every - 1, self.months, every)]
        below = "".join(words(self.x(at), HEIGHT - 44, str(at + 1)) for at in shown)
        return left + below + words(WIDTH - RIGHT, HEIGHT - 10, "mois", "end")


KEY = (
    '<p class="kpa-help">Trait noir à points : une seule histoire possible. Bande foncée : la moitié des histoires. '
    "Bande claire : huit sur dix. Trait bleu : le milieu. Tirets : notre minimum.</p>"
)
"""What the marks of `bands` mean, to write once beside them."""


def scale(*drawn: tuple[Sequence[Sequence[int]], Sequence[int]], floor: int) -> float:
    """Return the cents at the top of pictures that are compared: a round amount, the same for all.

    Args:
        drawn: (quantiles, one single year) of each picture, as `bands` takes them.
        floor: the minimum chosen by the group, cents.
    """
    highest = max(max(*quantiles[4], *one) for quantiles, one in drawn)
    return round_top(max(highest, floor * 1.05, 100))


def bands(
    title: str, quantiles: Sequence[Sequence[int]], one: Sequence[int], floor: int, text: str, top: float = 0
) -> str:
    """Return the bands of the group's mean month, one single year on top, and the minimum as a dashed line.

    Args:
        title: what it shows.
        quantiles: five rows of cents `[5][M]`: 10, 25, 50, 75 and 90 %.
        one: cents of one single possible year `[M]`.
        floor: the minimum chosen by the group, cents.
        text: the same in words.
        top: cents at the top, from `scale`, so that pictures side by side compare; its own by default.
    """
    axes = _Axes(len(one), top or scale((quantiles, one), floor=floor))
    drawn = axes.area(quantiles[0], quantiles[4], PALER) + axes.area(quantiles[1], quantiles[3], PALE) + axes.grid()
    drawn += f'<polyline points="{axes.path(quantiles[2])}" fill="none" stroke="{BLUE}" stroke-width="2"/>'
    drawn += axes.level(floor, RED, 2, "7 5")
    drawn += f'<polyline points="{axes.path(one)}" fill="none" stroke="{INK}" stroke-width="2.5"/>'
    drawn += "".join(
        f'<circle cx="{axes.x(at):.1f}" cy="{axes.y(value):.1f}" r="3" fill="{INK}"/>' for at, value in enumerate(one)
    )
    return figure(drawn, title, text)


def ranking(title: str, rows: Sequence[tuple[str, float, float, str]], text: str) -> str:
    """Return horizontal bars with their half-width, largest first; `rows` are (label, value, half-width, in words)."""
    row, end = 74, WIDTH - 20
    top = max([value + half for _, value, half, _ in rows] + [1e-9])

    def x(value: float) -> float:
        return end * max(value, 0.0) / top

    drawn = ""
    for at, (label, value, half, said) in enumerate(rows):
        middle = at * row + 50
        drawn += words(0, middle - 22, label, "start", size=25) + words(WIDTH, middle - 22, said, "end", size=25)
        drawn += f'<rect x="0" y="{middle - 12}" width="{x(value):.1f}" height="24" fill="{PALE}"/>'
        drawn += line((x(value - half), middle), (x(value + half), middle), INK, 3)
    return figure(drawn, title, text, row * len(rows) + 4)


def interval(title: str, low: float, middle: float, high: float, seen: float, text: str) -> str:
    """Return an interval with its middle, and what really happened, on one line of euros."""
    top = max(high, seen, 1e-9) * 1.06

    def x(value: float) -> float:
        return 12 + (WIDTH - 24) * value / top

    def told(value: float, y: int, what: str, colour: str) -> str:
        part = value / top
        return words(x(value), y, what, "start" if part < 0.3 else "end" if part > 0.7 else "middle", colour)

    drawn = f'<rect x="{x(low):.1f}" y="44" width="{x(high) - x(low):.1f}" height="28" fill="{PALE}"/>'
    drawn += line((x(middle), 36), (x(middle), 80), BLUE, 4)
    drawn += f'<circle cx="{x(seen):.1f}" cy="58" r="11" fill="{RED}"/>'
    drawn += told(seen, 28, f"arrivé : {number(round(seen))} €", RED)
    drawn += told(middle, 108, f"milieu : {number(round(middle))} €", BLUE)
    drawn += words(12, 142, f"attendu : de {number(round(low))} à {number(round(high))} €", "start")
    return figure(drawn, title, text, 152)
