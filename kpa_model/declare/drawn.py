"""A told page (`declare.page`) as elements: sentences, tables, bars with their figures, cut lines.

Screens, phones and kept pages draw the same elements; a `Look` and a stylesheet tell what changes between them.
A picture is never alone: its words and numbers are beside it. Lengths are attributes of SVG: no style is in a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, singledispatch

from kpa_model.declare.markup import Html, joined, lines, paragraphs, table, tag, wide
from kpa_model.declare.page import Bars, Heading, Page, Part, Sentence, Stack, Stacks, Table

_BARE = {"aria_hidden": "true", "focusable": "false"}
_TRACE = {"stroke": "#000", "fill": "none"}
_TILE = {"width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}
_MIDDLE = {"dy": "0.35em", "text_anchor": "middle"}
_HATCHES = ("", "M0 8L8 0", "M0 0L8 8", "M4 0V8", "M0 4H8", "M0 8L8 0M0 0L8 8", "M4 3V5M3 4H5")
_MANY = 3
"""Beyond this many columns, a phone lays a table out as one block per row."""


@dataclass(frozen=True)
class Look:
    """What changes from a place to another.

    Attributes:
        heading: the element of a title.
        tones: the class of a sentence, tone by tone.
        boxes: the class of a framed sentence, tone by tone.
        shades: the colours of pieces.
        ordered: a scale, however short, goes from the first colour to the last.
        hatched: each colour has its own pattern and a legend, instead of the count inside; `patterns` is in the page.
        between: what stands between the counts.
    """

    heading: str = "h3"
    tones: Mapping[str, str] = field(default_factory=lambda: {"big": "kpa-sentence", "help": "kpa-help"})
    boxes: Mapping[str, str] = field(default_factory=lambda: {"warning": "kpa-warning", "success": "kpa-success"})
    shades: Sequence[str] = (
        "#dbe9f6", "#a6cbe6", "#56b4e9", "#0072b2", "#ffffff", "#e8e2d9", "#f7d79a", "#e69f00",
    )  # fmt: skip
    ordered: bool = False
    hatched: bool = False
    between: str = ", "


SCREEN = Look()


def page(parts: Page, look: Look = SCREEN) -> Html:
    """Return every part, in order."""
    return joined([draw(part, look) for part in parts])


@singledispatch
def draw(part: Part, look: Look = SCREEN) -> Html:
    """Return one part."""
    raise TypeError(f"no drawing for {type(part).__name__}")


@draw.register
def _heading(part: Heading, look: Look = SCREEN) -> Html:
    return tag(look.heading, part.text)


@draw.register
def _sentence(part: Sentence, look: Look = SCREEN) -> Html:
    if part.tone == "quote":
        return tag("blockquote", paragraphs(part.text), cls="kpa-talk")
    if part.tone in look.boxes:
        return tag("div", paragraphs(part.text), cls=look.boxes[part.tone])
    return tag("p", lines(part.text), cls=look.tones.get(part.tone))


@draw.register
def _table(part: Table, look: Look = SCREEN) -> Html:
    many = len(part.head) > _MANY
    cls = "kpa-table kpa-many" if many else "kpa-table"
    return wide(table(part.caption, part.head, part.rows, cls=cls, blocks=many), part.caption)


@draw.register
def _bars(part: Bars, look: Look = SCREEN) -> Html:
    full = part.full or max((max(bar.length, bar.mark or 0) for bar in part.bars), default=0) or 1
    rows = []
    for bar in part.bars:
        fill = tag("rect", x="0", y="0", width=_share(bar.length, full), height="100%", cls="kpa-fill")
        at = None if bar.mark is None else _share(bar.mark, full)
        mark = at and tag("line", x1=at, x2=at, y1="0", y2="100%", cls="kpa-mark")
        track = tag("svg", fill, mark, cls="kpa-track", **_BARE)
        cell = tag("div", track, tag("span", bar.shown, cls="kpa-amount"), cls="kpa-cell")
        rows.append((lines(bar.label), cell))
    return _pictures(part.caption, "Valeur", rows, "kpa-table kpa-bars kpa-told")


@draw.register
def _stacks(part: Stacks, look: Look = SCREEN) -> Html:
    names = list(dict.fromkeys(name for line in part.lines for name, _ in line.pieces))
    legend = [tag("li", _sample(at, names, look), name) for at, name in enumerate(names)] if look.hatched else None
    rows = [(lines(line.label), _pile(line, names, look)) for line in part.lines]
    made = _pictures(part.caption, "Réponses", rows, "kpa-table kpa-bars kpa-told kpa-piles")
    return joined(made, tag("ul", legend, cls="kpa-legend") if legend else None)


def _pictures(caption: str, title: str, rows: list[tuple[Html, Html]], cls: str) -> Html:
    return table(caption, ("Nom", title), rows, cls=cls, blocks=True, head_cls="kpa-hidden")


def _pile(line: Stack, names: list[str], look: Look) -> Html:
    total, at, pieces, said = sum(count for _, count in line.pieces) or 1, 0, list[Html](), list[Html]()
    for name, count in line.pieces:
        if count:
            place = {"x": _share(at, total), "y": "0", "width": _share(count, total), "height": "100%"}
            pieces.append(_filled(names.index(name), names, look, place))
            if not look.hatched:
                ink = _ink(look.shades[_kind(names.index(name), names, look)])
                pieces.append(tag("text", count, x=_share(at + count / 2, total), y="50%", **_MIDDLE, fill=ink))
            said.append(tag("span", f"{name} : {count}", cls="kpa-whole"))
            at += count
    told = joined(*said, between=look.between) or "Aucune réponse."
    return tag("svg", pieces, cls="kpa-pile", **_BARE) + tag("p", told, cls="kpa-small")


def _sample(at: int, names: list[str], look: Look) -> Html:
    place = {"x": "0", "y": "0", "width": "100%", "height": "100%"}
    return tag("svg", _filled(at, names, look, place), cls="kpa-sample", **_BARE)


def _filled(at: int, names: list[str], look: Look, place: dict[str, str]) -> Html:
    kind = _kind(at, names, look)
    made = tag("rect", fill=look.shades[kind], stroke="#000", **place)
    return made + tag("rect", fill=f"url(#motif-{kind})", **place) if look.hatched else made


def _kind(at: int, names: list[str], look: Look) -> int:
    """Return the colour of a piece: an ordered scale is used from one end to the other."""
    most = len(look.shades)
    return round(at * (most - 1) / (len(names) - 1)) if look.ordered and 1 < len(names) <= most else at % most


def _ink(shade: str) -> str:
    """Return the colour of letters that are read on a shade."""
    red, green, blue = (int(shade[at : at + 2], 16) for at in (1, 3, 5))
    return "#000" if 0.3 * red + 0.59 * green + 0.11 * blue > 130 else "#fff"


def _share(length: float, full: float) -> str:
    return f"{max(0.0, min(1.0, length / full)) * 100:.2f}%"


@cache
def patterns() -> Html:
    """Return the patterns of a hatched look; once per page."""
    made = [
        tag("pattern", tag("path", d=drawing, **_TRACE), id=f"motif-{at}", **_TILE)
        for at, drawing in enumerate(_HATCHES)
    ]
    return tag("svg", tag("defs", made), cls="motifs", width=0, height=0, **_BARE)
