"""What a badge tells, one line for each passage, « 09:00 ; Entrée » then « 12:00 ; Sortie » → one line of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.clocks import clock, read_or_none

_IN = {"entree", "entrees", "in", "arrivee", "debut", "e", "start", "clockin", "checkin", "prise", "prisedeposte"}
_OUT = {"sortie", "sorties", "out", "depart", "fin", "s", "end", "stop", "clockout", "checkout", "findeposte"}
_LONGEST = timedelta(hours=16)
"""No work goes on longer between two passages."""
Passage = tuple[datetime, bool, Line]


def with_passages(block: Block, findings: Findings) -> Block:
    """Return a block with a line for each work, from an entry to the next exit; a passage alone is told first."""
    ranks = range(len(block.titles))
    side = next((at for at in ranks if _sides(block.column(at))), -1)
    when = next((at for at in ranks if at != side and _clocks(block.column(at))), -1)
    day = next((at for at in ranks if at != when and (cells := block.column(at)) and all(map(is_day, cells))), -1)
    if min(side, when, day) < 0:
        return block
    hours = dictionaries()["heures"]
    who = next((at for at in ranks if block.titles[at] and may_say(block.titles[at], "personne", hours)), -1)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for line in block.lines:
        cells = line[1]
        date, minutes = read_or_none(read_date, cell_at(cells, day)), clock(cell_at(cells, when))
        if date and minutes is not None:
            moment = datetime(date.year, date.month, date.day) + timedelta(minutes=minutes)
            passages[bare(as_text(cell_at(cells, who)))].append(
                (moment, bare(as_text(cell_at(cells, side))) in _IN, line)
            )
    lines, alone = list[Line](), list[Line]()
    for each in passages.values():
        _paired(sorted(each, key=lambda one: (one[0], one[1])), when, side, lines, alone)
    for number, cells in alone:
        told = f"« {as_text(cell_at(cells, side))} » à {as_text(cell_at(cells, when))} : l'autre passage manque."
        findings.left_out(block.grid.place(number), f"{told} Ce temps n'est pas lu.")
    findings.heed(block.grid.place(block.head), "le temps est celui de chaque entrée à la sortie qui suit.")
    titles = ["duree" if at == when else "" if at == side else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles, lines=sorted(lines, key=lambda line: line[0]))


def _sides(cells: Sequence[Cell]) -> bool:
    """Tell whether cells say entries and exits, and nothing else."""
    said = {bare(as_text(cell)) for cell in cells}
    return said <= _IN | _OUT and bool(said & _IN) and bool(said & _OUT)


def _clocks(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(clock(cell) is not None for cell in cells)


def _paired(passages: Sequence[Passage], when: int, side: int, lines: list[Line], alone: list[Line]) -> None:
    """Add the work of one person, in the order of time; and her passages without the other one."""
    came: Passage | None = None
    for each in passages:
        moment, enters, line = each
        if came and not enters and moment - came[0] <= _LONGEST:
            number, cells = came[2]
            made: dict[int, Cell] = {when: moment - came[0], side: ""}
            lines.append((number, [made.get(at, cell) for at, cell in enumerate(cells)]))
            came = None
            continue
        alone += [came[2]] if came else []
        alone += [] if enters else [line]
        came = each if enters else None
    alone += [came[2]] if came else []
