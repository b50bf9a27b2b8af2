"""Calendars kept as tables: events of a whole day are no hours, and « mailto: » is in nobody's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import instant, read_hour
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.clocks import ends, read_or_none, starts
from kpa_model.files.book.reading.columns.credits import ticked
from kpa_model.words import listing

_ALL_DAY = {"alldayevent", "allday", "journeeentiere", "toutelajournee", "touteslajournee", "evenementsurunejournee"}
CALLED = {"summary", "subject", "objet", "titre", "title", "evenement", "event", "intitule", "sujet"}
_MAIL = re.compile(r"(?:CN=\"?(?P<name>[^:;,\"]+)\"?[:;])?mailto:(?P<mail>[^,;\s]+)", re.IGNORECASE)
_HOUR = re.compile(r" (?:à )?(\d{1,2} ?[:h].*)$", re.IGNORECASE)
_SHOWN = 6


def of_calendar(block: Block, findings: Findings) -> Block:
    """Return a block whose people are no addresses, without its events of a whole day beside timed ones: told first."""
    lines = [(number, [_named(cell) for cell in cells]) for number, cells in block.lines]
    block = replace(block, lines=lines) if lines != block.lines else block
    start = next((at for at, title in enumerate(block.titles) if title and starts(title)), -1)
    end = next((at for at, title in enumerate(block.titles) if title and ends(title) and at != start), -1)
    flag = next((at for at, title in enumerate(block.titles) if bare(title) in _ALL_DAY), -1)
    timed = any(_hour(cell_at(cells, start)) is not None for _, cells in block.lines)
    whole = [n for n, cells in block.lines if ticked(cell_at(cells, flag)) or (timed and _whole(cells, start, end))]
    if not whole:
        return block
    called = next((at for at, title in enumerate(block.titles) if bare(title) in CALLED), start)
    names = [as_text(cell_at(cells, called)) for number, cells in block.lines if number in whole]
    many = "un événement d'une journée entière n'est pas lu"
    many = many if len(whole) == 1 else f"{len(whole)} événements d'une journée entière ne sont pas lus"
    told = listing([f"« {each} »" for each in dict.fromkeys(names)], most=_SHOWN)
    todo = "Si c'est du travail, écrivez son début et sa fin."
    findings.left_out(block.grid.place(block.head), f"{many} : {told}. {todo}")
    return replace(block, lines=[line for line in block.lines if line[0] not in whole])


def _named(cell: Cell) -> Cell:
    """Return a cell whose addresses are names.

    >>> _named("mailto:lou@exemple.fr"), _named("CN=Lou:mailto:lou@exemple.fr, CN=Max;mailto:max@exemple.fr")
    ('lou@exemple.fr', 'Lou, Max')
    """
    return _MAIL.sub(lambda found: found["name"] or found["mail"], cell) if isinstance(cell, str) else cell


def _whole(cells: Sequence[Cell], start: int, end: int) -> bool:
    """Tell whether a line goes from a day to a day, or from a midnight to another one: it says no hour of work."""
    first, last = cell_at(cells, start), cell_at(cells, end)
    return _is_day(first) and (_is_day(last) or not as_text(last)) and not (_hour(first) or _hour(last))


def _is_day(cell: Cell) -> bool:
    return is_day(cell) or bool(instant(cell)) or bool(re.fullmatch(r"20\d{6}", as_text(cell)))


def _hour(cell: Cell) -> int | None:
    """Return the minutes since midnight of a day with its hour; None of a day alone, or of anything else."""
    if told := instant(cell):
        return told.hour * 60 + told.minute
    found = _HOUR.search(as_text(cell)) if isinstance(cell, str) and is_day(cell[: cell.find(" ")]) else None
    minutes = read_or_none(read_hour, found[1]) if found else None
    return None if minutes is None else int(minutes)
