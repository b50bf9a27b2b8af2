"""The unit of times written as bare numbers, where the hours of the clock, another time, or totals prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from kpa_model.files.book import dates
from kpa_model.files.book.cells import Cell, as_text, cell_at, same, shown, unguarded
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import DAY, ends, read_or_none, starts
from kpa_model.files.book.reading.columns.times import bare_number, pointed
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.words import hours as told_hours
from kpa_model.words import listing

_UNITS: Mapping[str, tuple[str, Callable[[Cell], Any]]] = {
    "min": ("des minutes", lambda cell: dates.read_duration(cell, "min")),
    "h": ("des heures", dates.read_duration),
    "s": ("des secondes", lambda cell: dates.read_duration(cell, "s")),
    "h,min": ("des heures et des minutes", pointed),
}
_BREAK = Fraction(1, 2)
"""The part of the time between a start and an end that may be a break."""
_Pairs = Sequence[tuple[Cell, int | Fraction]]
"""Bare numbers, and the minutes that their lines say elsewhere."""


def with_proved_unit(block: Block, findings: Findings) -> Block:
    """Return a block whose bare times bear their unit in their title, when every line that says its time proves it."""
    hours = dictionaries()["heures"]
    times = [at for at, title in enumerate(block.titles) if may_say(title, "duree", hours) and not unit_of_title(title)]
    titles = list(block.titles)
    for at in times:
        if not (cells := block.column(at)) or not all(map(bare_number, cells)):
            continue
        for others, told in _references(block, at):
            pairs = [
                (cell, minutes)
                for (_, line), minutes in zip(block.lines, told, strict=True)
                if minutes and bare_number(cell := cell_at(line, at))
            ]
            if unit := _proved(pairs):
                titles[at] = f"{block.titles[at]} ({unit})"
                proof = listing([f"« {block.titles[each]} »" for each in others])
                text = f"« {block.titles[at]} » compte {_UNITS[unit][0]}, comme {proof} le montrent."
                findings.note(block.grid.place(block.head, at, block.titles[at]), text)
                break
    return replace(block, titles=titles)


def _references(block: Block, but: int) -> Iterator[tuple[list[int], list[int | Fraction | None]]]:
    """Yield what tells the minutes of each line beside a column: a start and an end, or a time with its unit."""
    clocks = [
        (at, told)
        for at, title in enumerate(block.titles)
        if at != but and (starts(title) or ends(title)) and any(told := _minutes(block, at, dates.read_hour))
    ]
    for start, begins in clocks:
        for end, stops in clocks:
            if starts(block.titles[start]) and ends(block.titles[end]) and start != end:
                both = zip(begins, stops, strict=True)
                yield [start, end], [None if a is None or b is None else (b - a) % DAY for a, b in both]
    for at, title in enumerate(block.titles):
        unit = unit_of_title(title) if title and at != but else "-"
        if unit in ("", *dates.UNITS) and any(told := _minutes(block, at, partial(_clear, unit=unit))):
            yield [at], told


def _clear(cell: Cell, unit: str) -> Any:
    """Read a time that says its unit, by itself or by its title."""
    return dates.read_duration(cell, unit or "h") if unit or not bare_number(cell) else None


def _minutes(block: Block, at: int, read: Callable[[Cell], Any]) -> list[Any]:
    """Return the minutes that a column says on each line; nothing when one of its cells says something else."""
    told = [read_or_none(read, cell_at(cells, at)) for _, cells in block.lines]
    return told if sum(each is not None for each in told) == len(block.column(at)) else [None] * len(told)


def _proved(pairs: _Pairs) -> str:
    """Return the one unit in which numbers are the minutes of their lines, to the minute, or breaks left out."""
    for fits in (lambda own, all_of: abs(own - all_of) <= 1, lambda own, all_of: all_of * _BREAK <= own <= all_of):
        fit = [
            unit
            for unit, (_, read) in _UNITS.items()
            if all(fits(read_or_none(read, cell) or 0, minutes) for cell, minutes in pairs)
        ]
        if pairs and fit:
            return fit[0] if len(fit) == 1 or {*fit} == {"h", "h,min"} else ""
    return ""


# --- totals -----------------------------------------------------------------------------------------------------------


def unit_of_totals(block: Block, ranks: Mapping[str, int], findings: Findings) -> str:
    """Return the unit of bare times that the totals of a list prove, told; an empty text when they prove none.

    Totals that the lines deny, as they are read, are told too.

    Args:
        block: the table, with its lines of totals.
        ranks: where its columns stand.
        findings: where what is told goes.
    """
    at, day, who = (ranks.get(name, -1) for name in ("duree", "date", "personne"))
    unit, answers = unit_of_title(block.titles[at]) if at >= 0 else "-", block.grid.answers
    totals = {number for number, cells in block.lines if is_total(cells, day, who) and as_text(cell_at(cells, at))}
    if not totals or unit not in ("", *_UNITS):
        return ""
    wrong = {each: _denied(block, at, totals, read) for each, (_, read) in _UNITS.items()}
    other = "min" if all(as_text(cell).isdigit() for cell in block.column(at) if bare_number(cell)) else "h,min"
    if wrong["h"] and wrong[other] == [] and unit in ("", "h") and not {"duree.point", "duree.unite"} & answers.keys():
        text = f"« {block.titles[at]} » compte {_UNITS[other][0]}, comme les totaux le montrent."
        findings.heed(block.grid.place(block.head, at, block.titles[at]), text)
        return other
    used = unit if unit not in ("", "h") else answers.get("duree.unite", "h")
    used = "h,min" if answers.get("duree.point") == "minutes" else used
    for number, cell, made in (wrong.get(used) or ())[:_TOLD]:
        text = f"ce total dit {shown(cell)}, et les lignes font {told_hours(round(made))}. Les lignes comptent."
        findings.heed(block.grid.place(number, at, block.titles[at]), text)
    return ""


_TOLD = 3
"""How many totals that lines deny are told."""


def _denied(
    block: Block, at: int, totals: Collection[int], read: Callable[[Cell], Any]
) -> list[tuple[int, Cell, Fraction]] | None:
    """Return the totals that lines deny, with what these make; None when a line says no time.

    A total may be of what stands between it and any other one, or an end of the list; or of the lines that it names.
    """
    sums, told = [Fraction(0)], list[tuple[int, Cell, Fraction, str]]()
    named: dict[str, Fraction] = defaultdict(Fraction)
    for number, cells in block.lines:
        cell, texts = unguarded(cell_at(cells, at)), [same(each) for each in cells if isinstance(each, str) and each]
        minutes = read_or_none(read, cell) if as_text(cell) else 0
        if number in totals:
            said = minutes if minutes is not None else read_or_none(dates.read_duration, cell)
            told += [(number, cell, Fraction(said), f" {' '.join(texts)} ")] if said is not None else []
            sums.append(sums[-1])
        elif minutes is None:
            return None
        else:
            sums[-1] += minutes
            for text in texts:
                named[text] += minutes
    ends = {Fraction(0), *sums}
    denied = list[tuple[int, Cell, Fraction]]()
    for number, cell, said, label in told:
        own = [made for name, made in named.items() if f" {name} " in label]
        makes = [*own, *(abs(one - other) for one in ends for other in ends)]
        if not any(abs(said - made) <= 1 for made in makes):
            denied.append((number, cell, own[0] if own else sums[-1]))
    return denied
