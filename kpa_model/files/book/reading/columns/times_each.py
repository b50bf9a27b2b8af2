"""« Séances ; Durée d'une séance »: how many times, and how long each one lasts. Under « Durée » alone it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from kpa_model.files.book.cells import as_text, bare, cell_at, same, shown
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import of_a_clock, read_or_none
from kpa_model.files.book.reading.sales.totals import QUANTITIES
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import hours

TOPIC, _EACH = "duree.fois", "chacune"
_TIMES, _ONE = pattern("times_each.times"), pattern("times_each.one")
_MOST = 100
"""Nobody gives more sessions than that on one line: larger numbers are something else."""


def counts_times(titles: Sequence[str]) -> bool:
    """Tell whether titles count sessions, or say how long one of them lasts."""
    return any(_TIMES.fullmatch(same(title)) or _ONE.search(same(title)) for title in titles)


def times_each(block: Block, findings: Findings) -> Block:
    """Return a block whose times are those of all the sessions of a line: told, or asked when no title says so."""
    sure, by, at = _columns(block)
    if by < 0 or at < 0:
        return block
    read = partial(read_duration, unit=unit_of_title(block.titles[at]) or "h")
    lasting = [read_or_none(read, cell_at(cells, at)) for _, cells in block.lines]
    counted = [0 if is_total(cells, -1) else _count(as_text(cell_at(cells, by))) for _, cells in block.lines]
    if any(each is None and as_text(cell_at(cells, at)) for each, (_, cells) in zip(lasting, block.lines, strict=True)):
        return block  # a cell that is no time is refused where it stands
    made = [round((one or 0) * many) for one, many in zip(lasting, counted, strict=True)]
    named, total = f"« {block.titles[by]} » et « {block.titles[at]} »", hours(sum(made))
    answer = _EACH if sure else block.grid.answers.get(TOPIC, "")
    if not answer:
        once = hours(round(sum((one or 0) * bool(many) for one, many in zip(lasting, counted, strict=True))))
        number, cells = next(line for line, many in zip(block.lines, counted, strict=True) if many > 1)
        question = f"{named} ({as_text(cells[by])} et {shown(cells[at])}) : est-ce la durée de chaque fois ?"
        options = ((_EACH, f"oui, de chacune : {total} en tout"), ("toutes", f"non, de toutes : {once} en tout"))
        todo = "Écrivez la durée de la ligne entière."
        findings.doubt(block.grid.place(number, at, block.titles[at]), Doubt(TOPIC, question, options, todo))
    if answer != _EACH:
        return block
    findings.heed(block.grid.place(block.head), f"{named} se multiplient : {total} en tout.")
    lines: list[Line] = [
        (number, [timedelta(minutes=time) if rank == at and many else cell for rank, cell in enumerate(cells)])
        for (number, cells), time, many in zip(block.lines, made, counted, strict=True)
    ]
    titles = ["duree" if rank == at else "" if rank == by else title for rank, title in enumerate(block.titles)]
    return replace(block, titles=titles, lines=lines)


def _columns(block: Block) -> tuple[bool, int, int]:
    """Return whether titles say that a time is that of one session, where they are counted, and where it stands."""
    said, known = [same(title) for title in block.titles], dictionaries()["heures"]
    one = [at for at, title in enumerate(said) if _ONE.search(title)]
    times = [at for at, title in enumerate(block.titles) if may_say(title, "duree", known) and block.column(at)]
    many = [at for at, title in enumerate(said) if _TIMES.fullmatch(title)]
    many = many or [at for at, title in enumerate(block.titles) if one and bare(title) in QUANTITIES]
    at = (one or times)[0] if len(one or times) == 1 else -1
    counts = [_count(as_text(cell)) for cell in block.column(many[0])] if len(many) == 1 else []
    told = bool(counts) and all(counts) and max(counts) > 1 and {*times} <= {at}
    return bool(one), many[0] if told and not any(map(of_a_clock, block.titles)) else -1, at


def _count(text: str) -> int:
    """Return a whole number of sessions; 0 for anything else."""
    whole = text.removesuffix(".0").removesuffix(",0").removesuffix(",00")
    return int(whole) if whole.isdecimal() and int(whole) <= _MOST else 0
