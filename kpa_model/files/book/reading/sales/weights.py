"""Columns that nothing reads and that weigh: euros, hours, people of the group. They are told before one agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations, product

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, Euros, as_text, bare, cell_at, read_euros, read_yes_no, same, unguarded
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import ASKED, Findings
from kpa_model.files.book.grids import Grid, LaidLine, Line, blanked
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import late, on_a_clock, read_or_none
from kpa_model.files.book.reading.columns.titles import says_time
from kpa_model.files.book.reading.context import WHOSE
from kpa_model.files.book.reading.sales.taxes import made_of
from kpa_model.files.book.reading.spread.kinds import some_parts
from kpa_model.files.book.reading.spread.people import TOTAL, is_total, of_days, serial
from kpa_model.files.book.reading.spread.titled_units import NEVER_TIME, unit_of_title
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, euros, hours, listing

_MONEY = pattern("weights.money", flags=re.IGNORECASE)
NO_SUM = pattern("weights.no_sum", flags=re.IGNORECASE)
"""Rates, VAT, running totals, numbers, days: their sum says nothing."""
TIME = re.compile(r"\b(heures?|dur[ée]e|temps|hours?|duration|time)\b", re.IGNORECASE)
CLOCK = pattern("weights.clock", flags=re.IGNORECASE)
_NOTHING = {"", "-", "–", "—", "/", "x"}
_CLOSE = 0.02
"""Two columns whose sums differ by less say the same thing."""
_COMPARED = 10
_SHOWN = 6

Numbers = tuple[int, ...]
MORE_TIME = "duree.plus"
"""The topic of the times that add up to the one that counts."""


def say_weights(
    grid: Grid,
    head: int,
    titles: Sequence[str],
    lines: Sequence[Line],
    used: Collection[int],
    findings: Findings,
    people: Collection[str] = (),
) -> None:
    """Tell the columns that nothing uses and that hold euros, hours or people of the group, with what they hold.

    What other columns make, line by line, is told as such: « Reste » = « Prix » − « Achats ».
    """
    used = {at for at in used if at >= 0}
    free = [at for at, title in enumerate(titles) if at not in used and title]
    if not findings.asking or not free:
        return
    once = [*_once(lines, free)]
    columns = {at: [cell_at(cells, at) for cells in once] for at in range(len(titles))}
    amounts = _with_others(columns, free, lambda at: _cents(columns[at]))
    money = {at: found for at, found in amounts.items() if _of_money(titles[at], columns[at])}
    every, beside = "colonne.duree" in grid.answers, grid.answers.get(f"{MORE_TIME}{ASKED}", "").split("|")
    offered = {at for at in free if every or titles[at] in beside}
    times = _with_others(columns, free, lambda at: _minutes(titles[at], columns[at], at in offered))
    told: list[str] = []
    for at in free:
        title = titles[at]
        if any(money.get(at, ())) and not NO_SUM.search(title):
            if made := _made(at, amounts, 1 if TOTAL.match(title) else 2):
                names = [f"« {titles[each]} »" for each in made[:2]]
                findings.note(grid.place(head), f"« {title} » se calcule : {names[0]} {made[2]} {names[1]}.")
            elif not says_again(amounts, at, used, titles) and not _whole(title, [titles[each] for each in used]):
                told.append(f"« {title} » ({euros(sum(money[at]))})")
        elif at in times and not says_again(times, at, used, titles):
            told.append(f"« {title} » ({hours(sum(times[at]))})")
        elif many := _ticked(title, columns[at]):
            counted = f"« {title} » dit oui pour {count(many, 'ligne')} : toutes les lignes comptent. Vérifiez-les."
            findings.heed(grid.place(head, at, title), counted)
        elif bare(title) not in WHOSE and (names := _named(columns[at], people)):
            told.append(f"« {title} » ({listing(names)})")
    if told:
        nothing = "rien de cela ne compte" if len(told) > 1 else "cela ne compte pas"
        findings.heed(grid.place(head), f"{listing(told, most=_SHOWN)} : {nothing}.")


def _once(lines: Sequence[Line], free: Collection[int]) -> Iterator[list[Cell]]:
    """Yield the facts of lines, a cell of the sheet once in these columns: one line may have been laid out as many."""
    seen = set[tuple[int, int]]()
    for number, cells in lines:
        columns = number.columns if isinstance(number, LaidLine) else ()
        own = {at: (int(number), columns[at] if at < len(columns) and columns[at] >= 0 else -1 - at) for at in free}
        again = {at for at, place in own.items() if place in seen}
        seen |= {*own.values()}
        if len(again) < len(own) and not is_total(cells, -1):
            yield blanked(cells, again)


_APART = pattern("weights.apart", r"\b(WORDS)\b", re.IGNORECASE)
"""What a title says of lines that may not be counted."""


def _ticked(title: str, cells: Sequence[Cell]) -> int:
    """Return how many lines say yes, and others no, under a title that may set them apart: « Perso ? »."""
    try:
        said = [bool(as_text(each)) and read_yes_no(each) for each in cells] if _APART.search(title) else []
    except Refused:
        return 0
    return sum(said) if not all(said) else 0


def _with_others(ranks: Collection[int], free: Collection[int], read: Callable[[int], Numbers]) -> dict[int, Numbers]:
    """Return the numbers of every column; none when no free one has any: the others are only compared with it."""
    mine = {at: read(at) for at in free}
    if not any(mine.values()):
        return {}
    return {at: found for at in ranks if (found := mine.get(at) or read(at))}


def says_money(title: str) -> bool:
    """Tell whether a title speaks of money: « Montant », « CA HT », « Frais »."""
    return bool(layer(title) or _MONEY.search(title))


def _of_money(title: str, cells: Sequence[Cell]) -> bool:
    said = says_money(title) or any(isinstance(each, Euros) for each in cells)
    return said and not TIME.search(title) and not unit_of_title(title)


def _cents(cells: Sequence[Cell]) -> Numbers:
    """Return the cents of a column of numbers, 0 for an empty cell; nothing when it is none."""
    try:
        return tuple(0 if as_text(each) in _NOTHING else read_euros(unguarded(each)) for each in cells)
    except Refused:
        return ()


def _minutes(title: str, cells: Sequence[Cell], offered: bool) -> Numbers:
    """Return the minutes of a column of times, 0 for an empty cell; nothing when it is none, or says when.

    Where the columns of times were asked for, those that could be were `offered`, whatever their titles.
    """
    unit = unit_of_title(title)
    could_be = offered and not (says_money(title) or NEVER_TIME.fullmatch(title) or serial(cells))
    lasting = _written_times([unguarded(cell) for cell in dict.fromkeys(cells) if as_text(cell) not in _NOTHING])
    if (
        unit not in ("", "h", "min", "s")
        or not (unit or lasting or could_be or TIME.search(title))
        or CLOCK.search(title)
        or NO_SUM.search(title)
    ):
        return ()
    try:
        read = [0 if as_text(each) in _NOTHING else read_duration(unguarded(each), unit or "h") for each in cells]
    except Refused:
        return ()
    return tuple(map(int, read)) if sum(read) >= 1 else ()


def _written_times(cells: Sequence[Cell]) -> bool:
    """Tell whether cells are times by themselves, « 0:20 », « 45 min », rather than hours of the day."""
    return bool(cells) and all(map(says_time, cells)) and not (on_a_clock(cells) and late(cells))


def _made(at: int, money: Mapping[int, Numbers], least: int) -> tuple[int, int, str] | None:
    """Return which two columns before one make it, line by line, and how."""
    others = [each for each in money if each < at and any(money[each])][:_COMPARED]
    for first, second in permutations(others, 2):
        pairs = list(zip(money[first], money[second], money[at], strict=True))
        if len(pairs) >= least and all(a - b == c for a, b, c in pairs):
            return first, second, "−"
        if len(pairs) >= least and all(a + b == c for a, b, c in pairs):
            return first, second, "+"
    return None


_CAME = pattern("weights.came", flags=re.IGNORECASE)


_REST = re.compile(r"\breste|\bsolde|\bd[ûu]e?\b|balance|[àa] payer", re.IGNORECASE)


def says_again(numbers: Mapping[int, Numbers], at: int, used: Collection[int], titles: Sequence[str]) -> bool:
    """Tell whether a column only says again what one that is read says, or makes one that is, with others.

    What came, « Chèque reçu », « Acompte », is no part of what was sold, though it adds up to it; « Reste dû » says it.
    """
    mine, read = sum(numbers[at]), [numbers[each] for each in used if each in numbers]
    if _CAME.search(titles[at]):
        rests = [numbers[each] for each in used if each in numbers and _REST.search(titles[each])]
        pairs = product(read, rests)
        again = any(all(a - b == c for a, b, c in zip(*pair, numbers[at], strict=True)) for pair in pairs)
    else:
        parts = {rank: told for rank, told in numbers.items() if rank not in used and any(told)}
        again = len(numbers[at]) > 1 and any(at in made_of(told, parts) for told in read)
    return again or any(abs(mine - sum(told)) <= _CLOSE * abs(mine) for told in read)


def _whole(title: str, read: Sequence[str]) -> bool:
    """Tell whether a column is the total of an invoice, repeated beside the amount of each line."""
    return bool(re.match(r"(total|montant)\b", title, re.IGNORECASE)) and layer(title) in {*map(layer, read)} - {""}


def _named(cells: Sequence[Cell], people: Collection[str]) -> list[str]:
    texts = [text for each in cells if (text := as_text(each)) not in _NOTHING]
    return list(dict.fromkeys(texts))[:_SHOWN] if texts and {*map(same, texts)} <= {*people} else []


def may_be_times(block: Block, least: int = 1) -> str:
    """Return what columns of unknown titles would be as hours of days; nothing when fewer than the least may be."""
    ranks = [at for at, title in enumerate(block.titles) if title and not TOTAL.match(title)]
    ranks = [at for at in ranks if of_days(block, at, dictionaries())]
    cells = [cell_at(cells, at) for _, cells in block.lines if not is_total(cells, -1) for at in ranks]
    total = sum(read_or_none(read_duration, unguarded(cell)) or 0 for cell in cells if as_text(cell) not in _NOTHING)
    named = listing([f"« {block.titles[at]} »" for at in ranks], most=_SHOWN)
    says = "dit" if len(ranks) == 1 else "disent"
    return (
        f"si {named} {says} des heures, {hours(round(total))} ne comptent pas." if total and len(ranks) >= least else ""
    )


def say_times_aside(
    grid: Grid, head: int, titles: Sequence[str], lines: Sequence[Line], used: Collection[int], findings: Findings
) -> None:
    """Tell the columns of a list of orders, or of people, that nothing reads and that may be hours, several of them."""
    own = ["" if at in used else title for at, title in enumerate(titles)]
    if findings.asking and (times := may_be_times(Block(grid, head, [*own], own, [*lines]), 2)):
        findings.heed(grid.place(head), times)


_WITHIN = re.compile(r"dont\b", re.IGNORECASE)


def say_times_beside(block: Block, used: Collection[int], findings: Findings) -> None:
    """Tell the columns of lines of hours that nothing reads and that may be other hours: some are halves, quarters.

    « Dont dimanche » is in the others; a line laid out as many facts would count as many times.
    """
    if len({int(number) for number, _ in block.lines}) < len(block.lines):
        return
    own = [
        "" if at in used or says_money(title) or _WITHIN.match(title) or not some_parts(block.column(at)) else title
        for at, title in enumerate(block.titles)
    ]
    if findings.asking and (times := may_be_times(replace(block, titles=own))):
        findings.heed(block.grid.place(block.head), times)
