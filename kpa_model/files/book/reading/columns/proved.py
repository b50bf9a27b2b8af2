"""The unit of bare numbers, a duration never computed: what hours of the clock, another time, or totals prove."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import Any

from kpa_model.files.book import dates
from kpa_model.files.book.cells import Cell, as_text, cell_at, failed, same, shown
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import column_of, may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import DAY, clock, ends, read_or_none, starts
from kpa_model.files.book.reading.columns.numbers_alone import bare_number, pointed, says_hours
from kpa_model.files.book.reading.columns.times import HERE
from kpa_model.files.book.reading.spread.people import is_total, says_total
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.files.book.reading.spread.units import unit_title
from kpa_model.files.book.reading.written.sums_said import TOLD, Denied, Seen, column_above, denied
from kpa_model.words import hours as told_hours
from kpa_model.words import listing

_UNITS: Mapping[str, tuple[str, Callable[[Cell], Any]]] = {
    "min": ("des minutes", lambda cell: dates.read_duration(cell, "min")),
    "h": ("des heures", dates.read_duration),
    "s": ("des secondes", lambda cell: dates.read_duration(cell, "s")),
    "h,min": ("des heures et des minutes", pointed),
}
_SEEN = 200
"""How many lines tell whether times are those between a start and an end."""
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


def beside_a_span(block: Block, at: int) -> bool:
    """Tell whether times are not how long lines last, from their start to their end: « Route » beside « De ; À ».

    Breaks may be left out of how long they last.
    """
    unit = unit_of_title(block.titles[at])
    read = partial(_clear, unit=unit if unit in dates.UNITS else "")
    if read_or_none(read, block.column(at)[0]) is None:  # no time: nothing more is read
        return False
    block = replace(block, lines=block.lines[:_SEEN])
    own = _minutes(block, at, read)
    spans = [told for ranks, told in _references(block, at) if len(ranks) > 1]
    pairs = [(mine or 0, span) for told in spans for mine, span in zip(own, told, strict=True) if span]
    return any(own) and any(not span * _BREAK <= mine <= span for mine, span in pairs)


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


_Series = Sequence[Seen]


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
    series = [
        Seen(
            block.grid.place(number, at, block.titles[at]),
            cell_at(cells, at),
            number in totals,
            [same(each) for each in cells if isinstance(each, str) and each],
        )
        for number, cells in block.lines
    ]
    wrong = _wrong([series], column_above(block.grid, at))
    if proof := _proof([series], wrong, unit, answers):
        text = f"« {block.titles[at]} » compte {_UNITS[proof][0]}, comme les totaux le montrent."
        findings.heed(block.grid.place(block.head, at, block.titles[at]), text)
        return proof
    used = unit if unit not in ("", "h") else answers.get("duree.unite", answers.get(f"duree.{HERE}", "h"))
    used = "h,min" if answers.get("duree.point") == "minutes" else used
    for each, made in (wrong.get(used) or ())[:TOLD]:
        text = f"ce total dit {shown(each.cell)}, et les lignes font {told_hours(round(made))}. Les lignes comptent."
        findings.heed(each.place, text)
    return ""


def with_unit_of_totals(block: Block, values: Collection[int], totals: Collection[int], findings: Findings) -> Block:
    """Return a wide table whose bare times are whole, in the unit that its totals prove, told, or that was answered.

    Args:
        block: the table, with its lines and columns of totals.
        values: the columns of times.
        totals: the columns of totals.
        findings: where what is told goes.
    """
    answers, ranks = block.grid.answers, sorted({*values, *totals})
    unit = unit_of_title(unit_title(block, values, [*totals], Findings()))
    below = {number for number, cells in block.lines if says_total(cells)}

    def seen(number: int, cells: Sequence[Cell], at: int, total: bool) -> Seen:
        return Seen(block.grid.place(number, at, block.titles[at]), cell_at(cells, at), total)

    lines = [[seen(n, cells, at, at in totals) for at in ranks] for n, cells in block.lines if n not in below]
    columns = [[seen(n, cells, at, n in below) for n, cells in block.lines] for at in ranks]
    series = [*(columns if below else ()), *(lines if totals else ())]
    proof = _proof(series, _wrong(series), unit, answers)
    if proof:
        text = f"les nombres seuls comptent {_UNITS[proof][0]}, comme les totaux le montrent."
        findings.heed(block.grid.place(block.head), text)
    elif answers.get("duree.point") == "minutes" and unit in ("", "h"):
        proof = "h,min"
    return _whole(block, ranks, _UNITS[proof][1]) if proof else block


def _whole(block: Block, ranks: Collection[int], read: Callable[[Cell], Any]) -> Block:
    """Return a block whose bare times are whole in some columns."""

    def whole(cell: Cell) -> Cell:
        minutes = read_or_none(read, cell) if bare_number(cell) else None
        return cell if minutes is None else timedelta(minutes=float(minutes))

    lines = [(n, [whole(cell) if at in ranks else cell for at, cell in enumerate(cells)]) for n, cells in block.lines]
    return replace(block, lines=lines)


def _wrong(series: Collection[_Series], above: Sequence[Cell] = ()) -> dict[str, Denied | None]:
    """Return, for each unit, the totals that are denied when bare times are in it; None when one is no time."""
    found = {
        unit: [denied(each, read, dates.read_duration, above) for each in series] for unit, (_, read) in _UNITS.items()
    }
    return {unit: None if None in all_of else [*chain(*filter(None, all_of))] for unit, all_of in found.items()}


def _proof(
    series: Collection[_Series], wrong: Mapping[str, Denied | None], unit: str, answers: Mapping[str, str]
) -> str:
    """Return the unit that totals prove, when the hours that a title says, or none, are denied; else an empty text."""
    cells = [each.cell for line in series for each in line]
    bare = [as_text(each.cell) for line in series for each in line if not each.total and bare_number(each.cell)]
    other = "min" if all(map(str.isdigit, bare)) else "h,min"
    if other == "min" and not says_hours(cells):
        return ""  # in minutes, two numbers one apart are the same
    answered = {"duree.point", "duree.unite", f"duree.{HERE}"} & answers.keys()
    return other if wrong["h"] and wrong[other] == [] and unit in ("", "h") and not answered else ""


_TOPIC = "duree.formule"
_TODO = "Ouvrez le classeur dans le tableur, enregistrez-le, puis recommencez."


def with_computed(block: Block, findings: Findings) -> Block:
    """Return a block without the durations that failed on lines that say a start and an end: asked once, and told.

    Only where one start, one end, and perhaps a break, are all the hours of the clock that the lines say.
    """
    leads = [column_of(title, dictionaries()["heures"]) if title else None for title in block.titles]
    named = {each.name: at for at, each in enumerate(leads) if each is not None}
    if not findings.asking or not {"debut", "fin", "duree"} <= named.keys():
        return block
    start, end, length = (named[name] for name in ("debut", "fin", "duree"))
    clocks = {at for at in range(len(block.titles)) if any(clock(cell) is not None for cell in block.column(at))}
    lost = {number for number, cells in block.lines if _lost(cells, start, end, length)}
    if clocks - {named.get("pause", -1), length} != {start, end} or not lost:
        return block
    place, less = block.grid.place(block.head, length, block.titles[length]), ", moins la pause"
    way = f"de « {block.titles[start]} » à « {block.titles[end]} »{less if 'pause' in named else ''}"
    if not (said := block.grid.answers.get(_TOPIC, "")):
        question = f"« {block.titles[length]} » est une formule sans résultat. Le temps va-t-il {way} ?"
        options = (("oui", "oui"), ("non", "non : vous enregistrerez ce fichier de nouveau"))
        findings.doubt(place, Doubt(_TOPIC, question, options, _TODO))
    if said == "non":
        return block
    findings.heed(place, f"cette formule n'a pas de résultat. Le temps va {way}.")
    return replace(block, lines=[_without(line, length) if line[0] in lost else line for line in block.lines])


def _lost(cells: Sequence[Cell], start: int, end: int, length: int) -> bool:
    """Tell whether a duration failed on a line that says when work starts and ends."""
    return failed(cell_at(cells, length)) and all(clock(cell_at(cells, at)) is not None for at in (start, end))


def _without(line: Line, at: int) -> Line:
    return line[0], ["" if rank == at else cell for rank, cell in enumerate(line[1])]
