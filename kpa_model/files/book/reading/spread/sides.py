"""Tables side by side on a sheet: an empty column between them is a border, unless the same lines go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import is_day, known_titles, no_figures, width
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.where import letter
from kpa_model.words import listing

SIDES = "cote"
"""The topic of the question about what stands right of an empty column."""


def side_by_side(grid: Grid) -> bool:
    """Tell whether tables stand side by side on a sheet, an empty column between them."""
    return len(_sides(grid.lines)) > 1


def ask_sides(grid: Grid, parts: Iterable[Sequence[Line]], findings: Findings) -> bool:
    """Ask whether what stands right of an empty column is another table, where nothing tells; tell whether it did."""
    unsure = next(filter(_unsure, parts), None) if findings.asking and SIDES not in grid.answers else None
    if unsure is None:
        return False
    empty = [letter(end) for _, end in _sides(unsure)[:-1]]
    question = f"La colonne {listing(empty)} est vide. Ce qui est à droite est-il un autre tableau ?"
    options = (("deux", "oui : deux tableaux, côte à côte"), ("un", "non : la suite des mêmes lignes"))
    findings.doubt(grid.place(unsure[0][0]), Doubt(SIDES, question, options, "Mettez-les sur deux feuilles."))
    return True


def cut_across(lines: list[Line], one: bool) -> Iterator[list[Line]]:
    """Cut side by side tables where a whole column is empty; `one` says that what nothing proves is one table."""
    sides = _sides(lines) if not (one and _unsure(lines)) else []
    if len(sides) < 2:
        yield lines
        return
    for rank, (first, _) in enumerate(sides):
        end = sides[rank + 1][0] if rank + 1 < len(sides) else width(lines)
        side = [(number, [*[""] * first, *cells[first:end]]) for number, cells in lines]
        yield [(number, cells) for number, cells in side if any(as_text(each) for each in cells)]


Side = tuple[int, int]
"""The first column of a table, and the empty one after its last."""


def _sides(lines: Sequence[Line]) -> list[Side]:
    """Return where tables stand side by side: titles on both sides of an empty column, and no lines that go on."""
    wide = width(lines)
    used = [any(at < len(cells) and as_text(cells[at]) for _, cells in lines) for at in range(wide)]
    start, parts = 0, list[Side]()
    for at in range(wide + 1):
        if at == wide or not used[at]:
            if at > start and any(used[start:at]):
                parts.append((start, at))
            start = at + 1
    several: list[Side] = []
    for part in (part for part in parts if _has_titles(lines, part)):
        if several and _goes_on(lines, several[-1], part):
            several[-1] = (several[-1][0], part[1])
        else:
            several.append(part)
    return several


def _has_titles(lines: Sequence[Line], part: Side) -> bool:
    """Tell whether titles stand on a side: two that are known, or one among other words, names of people perhaps."""
    for _, cells in lines[:10]:
        texts = [text for each in cells[slice(*part)] if (text := as_text(each))]
        known = known_titles().intersection(map(bare, texts))
        if len(known) > 1 or (known - {"total"} and len(texts) > 2 and no_figures(cells[slice(*part)])):
            return True
    return False


def _goes_on(lines: Sequence[Line], left: Side, right: Side) -> bool:
    """Tell whether what stands right of an empty column goes on with the same lines: it is no table of its own."""
    sure = _labelled(lines, right) and _valued(lines, right)
    return not (_bordered(lines, left, right) or sure or _same_twice(lines, left, right))


def _same_twice(lines: Sequence[Line], left: Side, right: Side) -> bool:
    """Tell whether titles on both sides say when work was done, or by whom: « Jour », or « Du », then « Date »."""
    first, other = (
        {lead.name for title in _heads(lines, side) if (lead := column_of(title, dictionaries()["heures"]))}
        for side in (left, right)
    )
    days = sum(any(map(is_day, cells[slice(*left)])) for _, cells in lines)
    return bool(first & other & {"date", "personne"}) or ("date" in other and 2 * days >= len(lines))


def _bordered(lines: Sequence[Line], left: Side, right: Side) -> bool:
    """Tell whether two sides are two tables: a title on both, lines or a total on one alone."""
    both = [(_texts(cells, left), _texts(cells, right)) for _, cells in lines]
    texts = [at for at, (_, other) in enumerate(both) if len(other) > 1]
    titles = (at for at in texts if known_titles().intersection(map(bare, both[at][1])))  # « Iris ; Halle » is above
    both = both[next(titles, texts[0] if texts else 0) :]
    heads = [{*map(bare, texts)} for texts in both[0]]
    totals = [not TOTAL.match("".join(mine[:1])) for mine, other in both[1:] if other and TOTAL.match(other[0])]
    if heads[0] & heads[1] or any(totals):
        return True
    lone = [bool(other) for mine, other in both if bool(mine) != bool(other)]
    return any(lone) or (bool(lone) and _labelled(lines, right))


def _texts(cells: Sequence[Cell], side: Side) -> list[str]:
    return [text for each in cells[slice(*side)] if (text := as_text(each))]


def _leads(lines: Sequence[Line], side: Side) -> set[str]:
    """Return what the titles of a side lead to: `date`, `nom`, `euros`…"""
    titles = _heads(lines, side)
    return {lead.kind for each in dictionaries().values() for title in titles if (lead := column_of(title, each))}


def _heads(lines: Sequence[Line], side: Side) -> list[str]:
    """Return the titles of a side: its first line of several texts."""
    return next((texts for _, cells in lines[:10] if len(texts := _texts(cells, side)) > 1), [])


def _labelled(lines: Sequence[Line], side: Side) -> bool:
    return bool(_leads(lines, side) & {"date", "nom"})


def _valued(lines: Sequence[Line], side: Side) -> bool:
    return bool(_leads(lines, side) & {"euros", "duree"})


def _unsure(lines: Sequence[Line]) -> bool:
    """Tell whether nothing proves that two tables stand side by side: as many lines, and no title in common."""
    sides = _sides(lines)
    return any(not _bordered(lines, left, right) for left, right in pairwise(sides))
