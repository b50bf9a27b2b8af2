"""The parts of a result as HTML: a picture in SVG, never alone, always with its words and its numbers.

Colours come from Okabe-Ito, and each piece also has its own pattern: a photocopy or a tired eye tells them apart. The
content security policy forbids styles written in a page, so that lengths are attributes of SVG.
"""

from __future__ import annotations

from functools import singledispatch

from kpa_model.declare.markup import Html, joined, lines, paragraphs, table, tag, wide
from kpa_model.declare.page import Bars, Heading, Page, Part, Sentence, Stacks, Table

_TONES = {"warning": "cadre attention", "success": "cadre bien", "help": "aide", "big": "grand", "plain": None}
PATTERNS = 7


def page(parts: Page) -> Html:
    """Return every part, in order."""
    return joined([draw(part) for part in parts])


@singledispatch
def draw(part: Part) -> Html:
    """Return one part."""
    raise TypeError(f"no drawing for {type(part).__name__}")


@draw.register
def _heading(part: Heading) -> Html:
    return tag("h2", part.text)


@draw.register
def _sentence(part: Sentence) -> Html:
    if part.tone == "quote":
        return tag("blockquote", paragraphs(part.text))
    if part.tone in ("warning", "success"):
        return tag("div", paragraphs(part.text), cls=_TONES[part.tone])
    return tag("p", lines(part.text), cls=_TONES.get(part.tone))


@draw.register
def _table(part: Table) -> Html:
    """Return a table; on a phone, one with many columns is laid out as one block per line."""
    many = len(part.head) > 3
    made = table(part.caption, part.head, part.rows, cls="fiches" if many else None, blocks=many)
    return wide(made, part.caption, "tableau")


@draw.register
def _bars(part: Bars) -> Html:
    full = part.full or max([bar.length for bar in part.bars] + [bar.mark or 0 for bar in part.bars], default=0) or 1
    rows = []
    for bar in part.bars:
        mark = None
        if bar.mark is not None:
            at = _share(bar.mark, full)
            mark = tag("line", x1=at, x2=at, y1="0", y2="100%", cls="repere")
        fill = tag("rect", x="0", y="15%", width=_share(bar.length, full), height="70%", cls="barre")
        picture = tag("svg", fill, mark, cls="piste", aria_hidden="true", focusable="false")
        label = tag("th", lines(bar.label), scope="row", role="rowheader")
        cells = [tag("td", each, role="cell") for each in (bar.shown, picture)]
        rows.append(tag("tr", label, cells, role="row"))
    body = tag("tbody", rows, role="rowgroup")  # told again: on a phone, the lines are laid out as blocks
    table = tag("table", tag("caption", part.caption), body, cls="barres", role="table")
    return tag("div", table, cls="tableau", tabindex="0", role="region", aria_label=part.caption)


@draw.register
def _stacks(part: Stacks) -> Html:
    names = list(dict.fromkeys(name for line in part.lines for name, _ in line.pieces))
    key = [tag("li", _sample(_kind(at, names)), name) for at, name in enumerate(names)]
    figures = [_stack(line, names) for line in part.lines]
    caption = tag("p", tag("strong", part.caption))
    return tag("div", caption, tag("ul", key, cls="legende"), figures, cls="piles")


def _stack(line, names: list[str]) -> Html:
    total, at, pieces, said = sum(count for _, count in line.pieces) or 1, 0.0, [], []
    for name, count in line.pieces:
        if count:
            kind = _kind(names.index(name), names)
            place = {"x": _share(at, total), "width": _share(count, total), "height": "100%", "y": "0"}
            pieces += [
                tag("rect", cls=f"teinte-{kind}", **place),
                tag("rect", cls="motif", fill=f"url(#motif-{kind})", **place),
            ]
            said.append(tag("span", f"{name} : {count}", cls="entier"))
            at += count
    picture = tag("svg", pieces, cls="pile", aria_hidden="true", focusable="false")
    return tag(
        "div",
        tag("p", tag("strong", lines(line.label))),
        picture,
        tag("p", [joined(" · " if at else None, each) for at, each in enumerate(said)] or "Aucune réponse.", cls="dit"),
        cls="ligne-pile",
    )


def _kind(at: int, names: list[str]) -> int:
    """Return the colour and pattern of a piece: the scale is used from one end to the other."""
    return round(at * (PATTERNS - 1) / (len(names) - 1)) if 1 < len(names) <= PATTERNS else at % PATTERNS


def _sample(kind: int) -> Html:
    box = {"x": "0", "y": "0", "width": "100%", "height": "100%"}
    pieces = [tag("rect", cls=f"teinte-{kind}", **box), tag("rect", cls="motif", fill=f"url(#motif-{kind})", **box)]
    return tag("svg", pieces, cls="echantillon", aria_hidden="true", focusable="false")


def _share(length: float, full: float) -> str:
    return f"{max(0.0, min(1.0, length / full)) * 100:.2f}%"


def patterns() -> Html:
    """Return the seven patterns that pieces are filled with; once per page."""
    drawings = (
        "", "M0 8L8 0", "M0 0L8 8", "M4 0V8", "M0 4H8", "M0 8L8 0M0 0L8 8", "M4 3V5M3 4H5",
    )  # fmt: skip
    made = [
        tag(
            "pattern",
            tag("path", d=drawing, cls="trait"),
            id=f"motif-{at}",
            width="8",
            height="8",
            patternUnits="userSpaceOnUse",
        )
        for at, drawing in enumerate(drawings)
    ]
    return tag("svg", tag("defs", made), cls="motifs", aria_hidden="true", focusable="false", width="0", height="0")
