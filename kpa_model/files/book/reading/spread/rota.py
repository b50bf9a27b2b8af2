"""A rota: who holds each slot of each day, « 9h-12h30 » on a line, days as titles, names or initials in the cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, blanked, laid_again
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import DAY, clock, ends, starts
from kpa_model.files.book.reading.columns.ranges import ranged
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.spread.codes import is_code
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.files.book.reading.spread.present import THERE, as_mark
from kpa_model.files.book.reading.spread.shapes import wide
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.reading.written.initials import with_initials
from kpa_model.words import listing

_SHORT = 3
"""Initials have so many letters at most."""


TOPIC = "creneaux"
_WHO = (("personne", "des personnes du groupe : elles ont tenu ces créneaux"), ("client", "des clients, ou des lieux"))
_TODO = "Donnez une ligne par personne et par jour : le nom, le jour, la durée."


def by_slots(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a rota with a line for each name and day, « durée, date, personne »; any other block as it is.

    Names that nobody knows may be those of customers: it is asked, None then.
    """
    whole, block = block, _with_slots(block)
    days = _days(block, context)
    if not days:
        return whole
    if all(_ticked(cell) for at in days for cell in _filled(block, at)):
        if bare(as_text(cell_at(block.heads, block.titled({"duree"})))) == "duree":
            return whole  # « Durée ; 7h » beside crosses may be the time of all of them
        findings.heed(
            block.grid.place(block.head), "chaque croix compte tout son créneau. Vérifiez que tous ont eu lieu."
        )
        return _timed(block, [*days])
    kept = [at for at, title in enumerate(block.titles) if title and at not in days]
    lines = list[Line]()
    for number, own in block.lines:
        for at, day in days.items():
            made = laid_again(number, [*kept, at, at], block.titles)
            told = [cell_at(own, rank) for rank in kept]
            lines += [(made, [*told, day, who]) for who in _who(cell_at(own, at))]
    titles = [*(block.titles[at] for at in kept), "date", "personne"]
    made_long = with_initials(replace(block, titles=titles, heads=[*titles], lines=lines, over=()), findings)
    names = [*dict.fromkeys(map(as_text, made_long.column(len(titles) - 1)))]
    who = block.grid.answers.get(TOPIC, "personne" if all(map(context.is_person, names)) else "")
    if not who:
        question = f"{listing([f'« {name} »' for name in names], most=4)} : qui est-ce ?"
        findings.doubt(block.grid.place(block.head), Doubt(TOPIC, question, _WHO, _TODO))
        return None
    findings.heed(block.grid.place(block.head), "chaque nom compte tout son créneau. Vérifiez que tous ont eu lieu.")
    return replace(made_long, titles=[*titles[:-1], who], heads=[*titles[:-1], who])


def _with_slots(block: Block) -> Block:
    """Return a rota whose slots, « Début ; Fin » or « Matin (9h-12h) », are durations; any other block as it is."""
    clocks = [at for says in (starts, ends) for at, title in enumerate(block.titles) if says(title)]
    spans = [] if clocks else _spans(block)
    own = clocks or spans or [0]
    slots = block.column(own[0]) if spans else [_slot([cell_at(cells, at) for at in own]) for _, cells in block.lines]
    if block.titled({"duree"}) >= 0 or len(clocks) not in (0, 2) or not all(slots):
        return block
    lines: list[Line] = []
    for (number, cells), slot in zip(block.lines, slots, strict=True):
        lines.append((number, [slot or "" if at == own[0] else cell for at, cell in enumerate(blanked(cells, own))]))
    titles = ["duree" if at == own[0] else title for at, title in enumerate(blanked(block.titles, own))]
    return replace(block, titles=titles, lines=lines)


def _spans(block: Block) -> list[int]:
    """Return the column of spans, « 9h-12h », which are durations now; none when they were durations in the sheet."""
    written = dict(block.grid.lines)
    ranks = (at for at in range(len(block.titles)) if isinstance(next(iter(block.column(at)), None), timedelta))
    at = next((at for at in ranks if len(block.column(at)) == len(block.lines)), -1)
    told = at >= 0 and all(any(map(ranged, written.get(number, []))) for number, _ in block.lines)
    return [at] if told else []


_IN_WORDS = re.compile(r"[^\d()]*[\s:(]\(?(?P<span>\d[^()]*)\)?")


def _slot(cells: Sequence[Cell]) -> timedelta | None:
    """Return how long a slot is, from a start to an end, or beside a word; None when it says something else."""
    hours = [clock(cell) for cell in cells]
    if len(hours) == 1:
        found = _IN_WORDS.fullmatch(as_text(cells[0]))
        return ranged(found["span"]) if found else None
    start, end = hours[0], hours[-1]
    return None if start is None or end is None else timedelta(minutes=(end - start) % DAY)


def _days(block: Block, context: Context) -> Mapping[int, Cell]:
    """Return the days of the columns that hold names beside slots, now durations; nothing for any other table."""
    if (times := block.titled({"duree"})) < 0:
        return {}
    named = [at for at in range(len(block.titles)) if (cells := _filled(block, at)) and _all_said(cells)]
    if len(named) < 2:
        return {}
    hour = timedelta(hours=1)
    lines = [
        (number, [hour if at in named and _says(cell) else cell for at, cell in enumerate(blanked(own, {times}))])
        for number, own in block.lines
    ]
    found = wide(replace(block, titles=blanked(block.titles, {times}), lines=lines), dictionaries()["heures"], context)
    return found.values if found is not None and found.what == "date" else {}


def _all_said(cells: Sequence[Cell]) -> bool:
    """Tell whether cells all name people, or are all crossed."""
    return all(map(_names, cells)) or all(map(_ticked, cells))


def _says(cell: Cell) -> bool:
    return not nothing(cell) or _ticked(cell)


def _ticked(cell: Cell) -> bool:
    return as_mark(cell) in THERE


def _timed(block: Block, ranks: Sequence[int]) -> Block:
    """Return a rota whose crosses are as long as their slots."""
    times, lines = block.titled({"duree"}), list[Line]()
    for number, cells in block.lines:
        row = blanked(cells, {times})
        lines.append((number, [cells[times] if at in ranks and _ticked(cell) else cell for at, cell in enumerate(row)]))
    return replace(block, titles=blanked(block.titles, {times}), lines=lines)


def _filled(block: Block, at: int) -> list[Cell]:
    """Return what a column holds, each cell once."""
    return [cell for cell in dict.fromkeys(block.column(at)) if _says(cell)]


def _who(cell: Cell) -> tuple[str, ...]:
    return () if nothing(cell) else names_in(as_text(cell))


def _names(cell: Cell) -> bool:
    """Tell whether a cell names people, whole or by their initials; no code, no absence."""
    names = names_in(cell) if isinstance(cell, str) and not is_code(cell) and not absent(cell) else []
    return bool(names) and all(name_like(each) or (each.isupper() and len(each) <= _SHORT) for each in names)
