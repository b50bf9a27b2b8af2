"""A told page (`declare.page`) as HTML for the screens: sentences, tables, bars with their figures, cut lines.

Everything that comes from people is escaped here. A picture is never alone: its words and numbers are beside it.
"""

from __future__ import annotations

from functools import singledispatch
from html import escape

from kpa_model.declare.page import Bars, Heading, Page, Part, Sentence, Stacks, Table
from kpa_model.words import unbroken

_BOXES = {"warning": "kpa-warning", "success": "kpa-success"}
_TONES = {"big": "kpa-sentence", "help": "kpa-help", "plain": ""}


def _said(text: str) -> str:
    """Return escaped text whose signs stay with their word."""
    return escape(unbroken(text))


def draw(page: Page) -> str:
    """Return every part, in order."""
    return "".join(part_drawn(part) for part in page)


@singledispatch
def part_drawn(part: Part) -> str:
    """Return one part."""
    raise TypeError(f"no drawing for {type(part).__name__}")


@part_drawn.register
def _heading(part: Heading) -> str:
    return f"<h3>{_said(part.text)}</h3>"


@part_drawn.register
def _sentence(part: Sentence) -> str:
    text = "<br>".join(_said(line) for line in part.text.splitlines())
    if part.tone == "quote":
        return f'<blockquote class="kpa-talk"><p>{text}</p></blockquote>'
    if part.tone in _BOXES:
        return f'<div class="{_BOXES[part.tone]}"><p>{text}</p></div>'
    kind = _TONES.get(part.tone, "")
    return f'<p class="{kind}">{text}</p>' if kind else f"<p>{text}</p>"


@part_drawn.register
def _table(part: Table) -> str:
    head = "".join(f'<th scope="col">{_said(each)}</th>' for each in part.head)
    rows = "".join(
        f'<tr><th scope="row">{_said(first)}</th>{"".join(f"<td>{_said(each)}</td>" for each in rest)}</tr>'
        for first, *rest in part.rows
    )
    return (
        f'<div class="kpa-scroll" tabindex="0" role="region" aria-label="{_said(part.caption)}">'
        f'<table class="kpa-table"><caption>{_said(part.caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


@part_drawn.register
def _bars(part: Bars) -> str:
    full = part.full or max((max(bar.length, bar.mark or 0) for bar in part.bars), default=0) or 1
    rows = []
    for bar in part.bars:
        mark = ""
        if bar.mark is not None:
            mark = f'<span class="kpa-mark" style="left:{_percent(bar.mark, full)}%"></span>'
        rows.append(
            f'<tr><th scope="row">{_said(bar.label)}</th><td><div class="kpa-cell">'
            f'<span class="kpa-track" aria-hidden="true">'
            f'<span class="kpa-fill" style="width:{_percent(bar.length, full)}%"></span>{mark}</span>'
            f'<span class="kpa-amount">{_said(bar.shown)}</span></div></td></tr>'
        )
    return (
        f'<table class="kpa-table kpa-bars kpa-told"><caption>{_said(part.caption)}</caption>'
        '<colgroup><col class="kpa-names-col"><col></colgroup><thead class="kpa-hidden"><tr><th scope="col">Nom</th>'
        f'<th scope="col">Valeur</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


@part_drawn.register
def _stacks(part: Stacks) -> str:
    names = list(dict.fromkeys(name for line in part.lines for name, _ in line.pieces))
    lines = []
    for line in part.lines:
        total = sum(count for _, count in line.pieces) or 1
        pieces = "".join(
            f'<span class="kpa-piece kpa-piece-{names.index(name) % 8}" style="width:{_percent(count, total)}%">'
            f"{count}</span>"
            for name, count in line.pieces
            if count
        )
        said = ", ".join(f"{name} : {count}" for name, count in line.pieces if count) or "aucune réponse"
        pile = f'<span class="kpa-pile" aria-hidden="true">{pieces}</span>'
        told = f'<span class="kpa-small">{_said(said)}</span>'
        lines.append(f'<tr><th scope="row">{_said(line.label)}</th><td>{pile}{told}</td></tr>')
    return (
        f'<table class="kpa-table kpa-bars kpa-told kpa-piles"><caption>{_said(part.caption)}</caption>'
        '<colgroup><col class="kpa-names-col"><col></colgroup><thead class="kpa-hidden"><tr><th scope="col">Nom</th>'
        f'<th scope="col">Réponses</th></tr></thead><tbody>{"".join(lines)}</tbody></table>'
    )


def _percent(part: float, full: float) -> str:
    return f"{100 * min(max(part / full, 0), 1):.2f}"
