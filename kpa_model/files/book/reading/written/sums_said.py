"""Totals that a table writes, against what its lines make: a balance is closed, or it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, same, unguarded
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.spread.people import says_total
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.where import Place
from kpa_model.words import euros

TOLD = 3
"""How many totals that lines deny are told."""
_AMOUNTS = ("montant_ht", "montant_tva", "montant_ttc")
_FEW = 5
"""A column that says so few things may say which lines a total counts: paid, cancelled, a credit note."""


class Seen(NamedTuple):
    """One number, or one total, in the order in which they are added up; and the texts by which a total may name it."""

    place: Place
    cell: Cell
    total: bool
    texts: Collection[str] = ()


Denied = Sequence[tuple[Seen, Fraction]]
"""Totals, with what their lines make."""


def denied(
    series: Sequence[Seen], read: Callable[[Cell], Any], other: Callable[[Cell], Any], above: Sequence[Cell] = ()
) -> Denied | None:
    """Return the totals that numbers deny by more than one, with what these make; None when one of them is no number.

    A total may be of what stands between it and any other one, or an end; or of the numbers that it names.

    Args:
        series: the numbers and the totals of a column.
        read: what reads them.
        other: what reads the totals that `read` cannot.
        above: the same column in the tables above: a total may be of all of them, « Total du mois ».
    """
    sums, told = [Fraction(0)], list[tuple[Seen, Fraction]]()
    named: dict[str, Fraction] = defaultdict(Fraction)
    for each in series:
        cell = unguarded(each.cell)
        found = 0 if nothing(cell) else read_or_none(read, cell)
        if each.total:
            said = found if found is not None else read_or_none(other, cell)
            told += [(each, Fraction(said))] if said is not None and as_text(cell) else []
            sums.append(sums[-1])
        elif found is None:
            return None
        else:
            sums[-1] += found
            for text in each.texts:
                named[text] += found
    ends = {Fraction(0), *sums}
    before = sum(Fraction(found) for cell in above if (found := read_or_none(read, unguarded(cell))))
    wrong = list[tuple[Seen, Fraction]]()
    for each, said in told:
        own = [made for name, made in named.items() if f" {name} " in f" {' '.join(each.texts)} "]
        makes = [*own, *(abs(one - last) for one in ends for last in ends), *(before + last for last in ends)]
        if not any(abs(said - made) <= 1 for made in makes):
            wrong.append((each, own[0] if own else sums[-1]))
    return wrong


def column_above(grid: Grid, at: int) -> list[Cell]:
    """Return the cells of a column in the tables above one of a sheet, but those of totals."""
    return [cell_at(cells, at) for _, cells in grid.before if not says_total(cells)]


def say_denied(
    grid: Grid,
    titles: Sequence[str],
    lines: Sequence[Line],
    sums: Collection[int],
    ranks: Mapping[str, int],
    findings: Findings,
) -> None:
    """Tell the totals of money that the lines of a table deny, as they stand or less those of one kind.

    Args:
        grid: the sheet.
        titles: those of its columns.
        lines: its lines, with those of totals.
        sums: the numbers of the lines of totals.
        ranks: where the amounts stand.
        findings: where what is told goes.
    """
    columns = {name: ranks[name] for name in _AMOUNTS if ranks.get(name, -1) >= 0}
    facts = [cells for number, cells in lines if number not in sums] if sums and columns else []
    if not facts:
        return
    makes = {name: [*_made(facts, at, len(titles))] for name, at in columns.items()}
    each_made, told = {*chain(*makes.values())}, 0
    for at in columns.values():
        series = [
            Seen(grid.place(number, at, titles[at]), cell_at(cells, at), number in sums, [*_words(cells)])
            for number, cells in lines
        ]
        above = column_above(grid, at)
        for each, made in denied(series, read_euros, read_euros, above) or ():
            said, layers = read_or_none(read_euros, unguarded(each.cell)), {*map(layer, each.texts)} - {""}
            own = [makes[other][0] for other in columns if layer(other) in layers and makes[other]]
            if said is None or told == TOLD or (layers and not own) or _near(said, each_made):
                continue
            told += 1
            text = f"ce total dit {euros(said)}, et les lignes font {euros(*own[:1] or [int(made)])}."
            findings.heed(each.place, f"{text} Les lignes comptent.")


def _near(said: int, makes: Collection[int]) -> bool:
    return any(abs(abs(said) - abs(made)) <= 1 for made in makes)


def _words(cells: Sequence[Cell]) -> Iterator[str]:
    return (same(each) for each in cells if isinstance(each, str) and each)


def _made(facts: Sequence[Sequence[Cell]], at: int, wide: int) -> Iterator[int]:
    """Yield what a column of amounts makes: all of it; the lines that say one thing, without them, taken off."""
    try:
        cents = [0 if nothing(cell := unguarded(cell_at(cells, at))) else read_euros(cell) for cells in facts]
    except Refused:
        return
    yield sum(cents)
    yield sum(map(abs, cents))
    for column in range(wide):
        said = [same(as_text(cell_at(cells, column))) for cells in facts]
        if column != at and 1 < len({*said}) <= _FEW:
            for text in {*said}:
                part = sum(amount for amount, each in zip(cents, said, strict=True) if each == text)
                yield from (part, sum(cents) - part, sum(cents) - 2 * part)
