"""What was planned beside what was done, « mars : prévu, réel »: what was done counts, and it is told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.words import listing

_TIME = r"(?:(?:heures?|temps|h|nb|hours) )?"
_PLANNED = (
    r"(?:pr[ée]v(?:ue?s?|\.)|pr[ée]vision(?:s|nel(?:le)?s?)?|budg[ée]t(?:s|[ée]e?s?)?|estim(?:[ée]e?s?|ations?)"
    r"|objectifs?|planifi[ée]e?s?|plann?ings?|th[ée]oriques?|planned|forecast|target|budgeted|estimated)"
)
_DONE = (
    r"(?:r[ée]el(?:le)?s?|r[ée]alis[ée]e?s?|faite?s?|effecti(?:f|fs|ve|ves)|effectu[ée]e?s?|pass[ée]e?s?"
    r"|constat[ée]e?s?|travaill[ée]e?s?|actuals?|done|worked)"
)
_ENDS = r"(?:^{0}\b[ :,/)-]*|[ :,/(–-]*\b{0}\)?$)"
_AS_PLANNED = re.compile(_ENDS.format(_TIME + _PLANNED), re.IGNORECASE)
_AS_DONE = re.compile(_ENDS.format(_TIME + _DONE), re.IGNORECASE)


def but_planned(block: Block, findings: Findings) -> Block:
    """Return a block without the columns of what was planned, where others say what was done of the same thing."""
    planned, done = (_things(block, words) for words in (_AS_PLANNED, _AS_DONE))
    pairs = [(at, then) for thing, at in planned.items() if (then := done.get(thing, -1)) >= 0]
    if not pairs:
        return block
    gone, kept = {at for at, _ in pairs}, {at for _, at in pairs}
    told = [listing([f"« {block.titles[at]} »" for at in sorted(each)], most=4) for each in (gone, kept)]
    findings.heed(
        block.grid.place(block.head), f"{told[0]} : c'était prévu, et n'est pas lu. Ce qui est fait est lu : {told[1]}."
    )
    over = [*block.over, *[""] * (len(block.titles) - len(block.over))] if block.over else []
    titles, heads = list(block.titles), [*block.heads, *[""] * (len(block.titles) - len(block.heads))]
    for at in kept:
        titles[at] = _AS_DONE.sub("", titles[at]).strip()
        if over:
            upper, lower = (_AS_DONE.sub("", as_text(each)).strip() for each in (over[at], heads[at]))
            over[at], heads[at] = (upper, lower) if upper and lower else ("", upper or lower)
        else:
            heads[at] = titles[at]
    lines: list[Line] = [(number, _but(cells, gone)) for number, cells in block.lines]
    return replace(
        block,
        titles=["" if at in gone else title for at, title in enumerate(titles)],
        heads=_but(heads, gone),
        over=tuple(_but(over, gone)),
        lines=lines,
    )


def _things(block: Block, words: re.Pattern[str]) -> dict[str, int]:
    """Return the columns whose titles end or begin with some words, by what else they say: a month, a person."""
    found = defaultdict[str, list[int]](list)
    for at, title in enumerate(block.titles):
        thing = words.sub("", title).strip()
        led = any(column_of(thing, each) for each in dictionaries().values())
        if thing and thing != title and not led and block.column(at):
            found[same(thing)].append(at)
    return {thing: ranks[0] for thing, ranks in found.items() if len(ranks) == 1}


def _but(cells: Sequence[Cell], gone: set[int]) -> list[Cell]:
    return ["" if at in gone else cell for at, cell in enumerate(cells)]
