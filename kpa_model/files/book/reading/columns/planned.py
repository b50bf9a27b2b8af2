"""What was planned beside what was done, « mars : prévu, réel », « 2h / 3h »: what was done counts, and it is told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache, partial

from kpa_model.files.book.cells import Cell, as_text, cell_at, same, shown
from kpa_model.files.book.dates import read_duration, read_hour
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, blanked
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, no_figures, width
from kpa_model.files.book.reading.columns.clocks import DAY, LATE, NIGHT, read_or_none
from kpa_model.files.book.reading.columns.numbers_alone import bare_number
from kpa_model.files.book.reading.columns.ranges import ranged
from kpa_model.files.book.reading.columns.titles import AS_DONE, AS_PLANNED, DONE, OF_TIME, PLANNED
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.written.letters import of_times
from kpa_model.files.book.reading.written.noted import several
from kpa_model.words import hours, listing

_SPENT = r"(?:heures?|temps|dur[ée]e|hours|time)"
_TIME_DONE = re.compile(rf"(?:{_SPENT} {DONE}|(?:{DONE}|effective) {_SPENT})(?: \(h\))?", re.IGNORECASE)


def but_planned(block: Block, findings: Findings) -> Block:
    """Return a block without the columns of what was planned, where others say what was done of the same thing."""
    planned, done = (_things(block, words) for words in (AS_PLANNED, AS_DONE))
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
        titles[at] = AS_DONE.sub("", titles[at]).strip()
        if over:
            upper, lower = (AS_DONE.sub("", as_text(each)).strip() for each in (over[at], heads[at]))
            over[at], heads[at] = (upper, lower) if upper and lower else ("", upper or lower)
        else:
            heads[at] = titles[at]
    lines: list[Line] = [(number, blanked(cells, gone)) for number, cells in block.lines]
    return replace(
        block,
        titles=blanked(titles, gone),
        heads=blanked(heads, gone),
        over=tuple(blanked(over, gone)),
        lines=lines,
    )


def time_done(block: Block) -> int:
    """Return the one column of the time done, « Heures effectives », whose cells all are times; −1 when there is none.

    Beside a start and an end, that may only be planned, it is the one that counts.
    """
    named = [at for at, title in enumerate(block.titles) if _TIME_DONE.fullmatch(title) and block.column(at)]
    timed = [at for at in named if None not in (read_or_none(read_duration, cell) for cell in block.column(at))]
    return timed[0] if len(timed) == 1 else -1


def tables_but_planned(found: Sequence[Block], findings: Findings) -> list[Block]:
    """Return tables of one sheet without those of what was planned, where others say what was done of the same."""
    said = [" ".join(map(as_text, each.upper[-1][1])).strip() if each.upper else "" for each in found]
    planned, done = ([words.sub("", text) for text in said] for words in (AS_PLANNED, AS_DONE))
    gone = {
        at
        for at, thing in enumerate(planned)
        for then, other in enumerate(done)
        if thing != said[at] and other != said[then] and same(AS_DONE.sub("", thing)) == same(other)
        if found[at].titles == found[then].titles and then != at
    }
    for at in gone:
        told = f"« {said[at]} », au-dessus de ce tableau : c'était prévu, et n'est pas lu. Ce qui est fait est lu."
        findings.heed(found[at].grid.place(found[at].head), told)
    return [each for at, each in enumerate(found) if at not in gone]


def _things(block: Block, words: re.Pattern[str]) -> dict[str, int]:
    """Return the columns whose titles end or begin with some words, by what else they say: a month, a person."""
    found = defaultdict[str, list[int]](list)
    for at, title in enumerate(block.titles):
        thing = words.sub("", title).strip()
        led = any(column_of(thing, each) for each in dictionaries().values())
        if thing and thing != title and not led and block.column(at):
            found[same(thing)].append(at)
    return {thing: ranks[0] for thing, ranks in found.items() if len(ranks) == 1}


# --- a line of what was planned above one of what was done ------------------------------------------------------------

_PLAN, _WORK, _GAP = "prévu", "fait", "écart"
_KINDS = {
    _PLAN: re.compile(OF_TIME + PLANNED, re.IGNORECASE),
    _WORK: re.compile(OF_TIME + DONE, re.IGNORECASE),
    _GAP: re.compile(r"[ée]carts?|diff(?:[ée]rences?|\.)?|delta|[+±] ?/ ?-|reste|solde", re.IGNORECASE),
}


def but_planned_lines(grid: Grid, findings: Findings) -> Grid:
    """Return a grid with only what was done, where each thing has a line of it and one of what was planned; told.

    « Ida ; prévu ; 7 », then « ; fait ; 6 »: what only the first line names, the other is of it too.
    """
    groups, at = next(((found, at) for at in range(width(grid.lines)) if (found := _groups(grid, at))), ([], -1))
    if not groups:
        return grid
    kept = {each[_WORK][0]: (each[_WORK][0], _named([*each.values()], each[_WORK][1], at)) for each in groups}
    gone = {number for each in groups for number, _ in each.values()} - kept.keys()
    told = [f"« {as_text(cells[at])} »" for kind, (_, cells) in groups[0].items() if kind != _WORK]
    done = as_text(groups[0][_WORK][1][at])
    what = f"{listing(told)}, à côté de chaque « {done} » : ce n'est pas lu. Ce qui est fait compte."
    findings.heed(grid.place(min(gone), at), what)
    return replace(grid, lines=tuple(kept.get(line[0], line) for line in grid.lines if line[0] not in gone))


def _groups(grid: Grid, at: int) -> list[dict[str, Line]]:
    """Return the lines of each thing by what a column says of them; nothing when it says another thing of some."""
    found = list[dict[str, Line]]()
    for line in grid.lines:
        if kind := _kind(cell_at(line[1], at)):
            found += [] if found and kind not in found[-1] else [{}]
            found[-1][kind] = line
    kinds = found[0].keys() if found else set()
    alike = {_PLAN, _WORK} <= kinds and all(each.keys() == kinds and _of_one([*each.values()], at) for each in found)
    return found if alike else []


@lru_cache(maxsize=4096)
def _kind(cell: Cell) -> str:
    text = cell.strip(" :") if isinstance(cell, str) else ""
    return next((kind for kind, words in _KINDS.items() if text and words.fullmatch(text)), "")


def _of_one(lines: Sequence[Line], at: int) -> bool:
    """Tell whether lines follow one another, and no two of them name two things in one column."""
    named = [{rank: same(as_text(cell)) for rank, cell in enumerate(cells) if _names(cell)} for _, cells in lines]
    ranks = {rank for each in named for rank in each} - {at}
    one = all(len({each[rank] for each in named if rank in each}) == 1 for rank in ranks)
    return one and lines[-1][0] - lines[0][0] == len(lines) - 1


def _names(cell: Cell) -> bool:
    return bool(as_text(cell)) and no_figures([cell])


def _named(lines: Sequence[Line], cells: Sequence[Cell], at: int) -> list[Cell]:
    """Return the cells of one of some lines, with what another one names where it says nothing: a person, a day."""
    told = {rank: cell for _, each in lines for rank, cell in enumerate(each) if _names(cell)}
    wide = max(len(each) for _, each in lines)
    row = [cell if as_text(cell := cell_at(cells, rank)) else told.get(rank, "") for rank in range(wide)]
    return blanked(row, {at})


# --- two times in one cell --------------------------------------------------------------------------------------------

TWO, _FIRST, _SECOND, _BOTH, _SPAN = "deux_durees", "premiere", "seconde", "ensemble", "horaire"
_WORDS = re.compile(rf"\b(?:(?P<planned>{PLANNED})|(?P<done>{DONE}))(?=$|\W)[ :]*", re.IGNORECASE)
_AND = r" ?(?:/|-|–|\||→|->|\bet\b|\bpuis\b|\bvs\b) ?"
_ORDERS = (
    (_SECOND, re.compile(PLANNED + _AND + DONE, re.IGNORECASE)),
    (_FIRST, re.compile(DONE + _AND + PLANNED, re.IGNORECASE)),
    (_BOTH, re.compile(rf"mat(?:in(?:[ée]e)?)?{_AND}(?:apr[èe]s[ -]?midi|aprem|am|pm|soir)", re.IGNORECASE)),
)
"""What a title, or a text above, says of two times in one cell: which of them counts."""
_APART = re.compile(r" ?(?:/|\||→|->|\bvs\b|\bcontre\b|\bau lieu de\b|[,;](?= )|\() ?")
_EARLY = 5 * 60
"""From this hour of the clock on, « 8h / 12h » may be when work starts and ends."""
Pair = tuple[str, str, str]
"""Two times of a cell, perhaps a dash, and which one its own words say that counts; else nothing."""


def says_either(title: str) -> bool:
    """Tell whether a title says what was planned, or what was done."""
    return bool(_WORDS.search(title))


def one_of_two(block: Block, _: Context, findings: Findings) -> Block | None:
    """Return a block whose times are one by cell, where some of a column are two, « 2h / 3h »; None once it is asked.

    A title, or the words of the cells, say which one was done. Those of several people stay together.
    """
    names = (*block.titles, *map(as_text, block.over), *block.names)
    order = next((which for which, said in _ORDERS if any(map(said.search, names))), "")
    told = {at: pairs for at in range(len(block.titles)) if (pairs := _pairs_under(block, at, bool(order)))}
    unsaid = {cell: pair for pairs in told.values() for cell, pair in pairs.items() if not pair[2]}
    if unsaid and not (order := order or block.grid.answers.get(TWO, "")):
        _ask_two(unsaid, block, findings)
        return None
    made = {at: {cell: _counted(pair, order) for cell, pair in pairs.items()} for at, pairs in told.items()}
    read = {as_text(cell): time for times in made.values() for cell, time in times.items()}
    if not read:
        return block
    said = listing([f"« {text} » est lu {_shown(time)}" for text, time in read.items()], most=4)
    alone = any(cell not in made[at] for at in made for cell in block.column(at)) and order != _BOTH
    more = " Une durée seule dans sa case compte aussi." if alone and unsaid else ""
    findings.heed(block.grid.place(block.head), f"{said}{'' if len(read) > 4 else '.'}{more}")
    lines: list[Line] = [
        (number, [made.get(at, {}).get(cell, cell) for at, cell in enumerate(cells)]) for number, cells in block.lines
    ]
    return replace(block, lines=lines)


def _shown(time: Cell) -> str:
    return hours(round(time.total_seconds() / 60)) if isinstance(time, timedelta) else as_text(time)


def _pairs_under(block: Block, at: int, told: bool) -> Mapping[Cell, Pair]:
    """Return the cells of a column of times that tell two; numbers alone may, where a title says which counts."""
    title = block.titles[at]
    pair = partial(_pair, told=told and bool(title))  # « 04/05 » under no title is a day
    lead = column_of(title, dictionaries()["heures"]) if title else None
    if (lead is not None and lead.name != "duree") or not of_times(block.column(at), pair):
        return {}
    pairs = {cell: found for cell in block.column(at) if (found := pair(cell))}
    if pairs and 2 * sum(ranged(cell) is not None for cell in block.column(at)) >= len(block.column(at)):
        return {}  # spans: « 22h/7h » among them is one
    return {} if any(cell_at(cells, at) in pairs and several(cells) for _, cells in block.lines) else pairs


def _pair(cell: Cell, told: bool = False) -> Pair | None:
    """Return the two times of a cell, and which one its words say was done; None for any other cell.

    >>> _pair("2h / 3h"), _pair("fait 3h, prévu 2h"), _pair("4h (prévu 5h)"), _pair("2h / -"), _pair("1/2")
    (('2h', '3h', ''), ('3h', '2h', 'premiere'), ('4h', '5h', 'premiere'), ('2h', '-', ''), None)
    """
    parts = _APART.split(cell.strip().removesuffix(")")) if isinstance(cell, str) else []
    if len(parts) != 2:
        return None
    words = [_WORDS.search(part) for part in parts]
    times = [_WORDS.sub("", part).strip(" :") for part in parts]
    timed = [read_or_none(read_duration, time) is not None and (told or not bare_number(time)) for time in times]
    if not any(timed) or not all(is_time or time in _NOTHING for is_time, time in zip(timed, times, strict=True)):
        return None
    for word, here, there in zip(words, (_FIRST, _SECOND), (_SECOND, _FIRST), strict=True):
        if word:
            return times[0], times[1], here if word["done"] else there
    return times[0], times[1], ""


_NOTHING = {"", "-", "–", "—", "0", "?"}


def _ask_two(pairs: Mapping[Cell, Pair], block: Block, findings: Findings) -> None:
    """Ask which of two times counts."""
    cell = next((cell for cell, pair in pairs.items() if not _NOTHING & {*pair[:2]}), next(iter(pairs)))
    first, second, _ = pairs[cell]
    spans = [[read_or_none(read_hour, time) for time in pair[:2]] for pair in pairs.values()]
    clocks = all(None not in (start, end) and _work(start, end) for start, end in spans)
    options = [(_SECOND, f"la seconde : {second}"), (_FIRST, f"la première : {first}"), (_BOTH, "les deux ensemble")]
    options[:0] = [(_SPAN, f"de {first} à {second}")] if clocks else []
    question = f"{shown(cell)} : laquelle de ces deux durées compte ?"
    todo = "Écrivez une seule durée par case, celle du travail fait."
    findings.doubt(block.grid.place(block.head), Doubt(TWO, question, (*options,), todo))


def _counted(pair: Pair, order: str) -> Cell:
    """Return the time that counts among two."""
    first, second, which = pair
    if (which or order) in (_FIRST, _SECOND):
        return first if (which or order) == _FIRST else second
    if order == _SPAN:
        return f"{first}-{second}"  # read as any other span
    return timedelta(minutes=float(sum(read_or_none(read_duration, time) or 0 for time in (first, second))))


def _work(start: int, end: int) -> bool:
    """Tell whether two hours of the clock may be when work starts and ends, the same day or after a night."""
    return _EARLY <= start < end or (start >= LATE and end + DAY - start <= NIGHT)
