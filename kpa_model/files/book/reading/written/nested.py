"""Two levels in one column, « Chantier Rivoli » above its people: it is their sum, and says their project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.building import TEAM
from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, only_text
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import is_day, width
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.groups import figure_of, told_above
from kpa_model.files.book.reading.spread.heading import is_day_title
from kpa_model.files.book.reading.spread.people import TOTAL, name_like
from kpa_model.words import listing

TOPIC, _BELOW, _ABOVE = "deux_niveaux", "dessous", "dessus"
_FIRST, _SEVERAL, _MANY = 6, 2, 3
"""Days are titles on one of so many lines; from so many groups, lines of each, or columns on, sums are no chance."""
_OF_WORK = {"commande", "tache", "genre", "client"}
_NEAR = 0.02
_Group = tuple[Line, list[Line]]
"""A line that says a sum, and its lines."""


def nested(grid: Grid, context: Context, findings: Findings) -> Grid | None:
    """Return a grid whose people stand in one column, and their projects in another; None once who worked is asked.

    Below days, the lines of one level are the sums of those of the other, all of them, in each column.
    """
    starts = [at + 1 for at, (_, cells) in enumerate(grid.lines[:_FIRST]) if sum(map(_says_day, cells)) >= _SEVERAL]
    start, groups = next(((at, found) for at in starts if (found := _groups(grid.lines[at:]))), (0, []))
    if not groups:
        return grid
    upper = [_label(head) for head, _ in groups]
    lower = [*dict.fromkeys(_label(line) for _, own in groups for line in own)]
    place = grid.place(groups[0][0][0])
    if not (who := grid.answers.get(TOPIC, "") or _who(upper, lower, context)):
        question = f"« {upper[0]} » est la somme des lignes dessous ({listing(lower, most=4)}). Qui a travaillé ?"
        options = ((_BELOW, listing(lower, most=4)), (_ABOVE, listing(upper, most=4)))
        todo = "Écrivez dans deux colonnes qui a travaillé, et pour quel projet."
        findings.doubt(place, Doubt(TOPIC, question, options, todo))
        return None
    findings.heed(place, told_above([f"« {each} »" for each in upper]))
    at, wide = _first(groups[0][0][1]), width(grid.lines)
    titles = [*grid.lines[start - 1][1]]
    corner = as_text(cell_at(titles, at))
    field = column_of(corner, dictionaries()["heures"]) if corner else None
    project = corner if field and field.name in _OF_WORK else "" if any(map(TEAM.search, upper)) else "Projet"
    if corner and not re.search(r"\d", corner):  # « Novembre 2026 » says when
        titles[at] = "Personne"
    lines = [_with((grid.lines[start - 1][0], titles), at, titles[at], project, wide)]
    last, named = groups[-1][1][-1][0], {*map(same, (*upper, *lower))}
    after = (line for line in grid.lines[start:] if line[0] > last and same(_label(line)) not in named)
    for head, own in groups:
        for line in own:
            names = (_label(line), _label(head)) if who == _BELOW else (_label(head), _label(line))
            lines.append(_with(line, at, names[0], names[1] if project else "", wide))
    return replace(grid, lines=(*grid.lines[: start - 1], *lines, *after))


def _says_day(cell: Cell) -> bool:
    return is_day(cell) or is_day_title(as_text(cell))


def _with(line: Line, at: int, first: Cell, last: Cell, wide: int) -> Line:
    cells = [*line[1], *[""] * (wide - len(line[1])), last]
    return line[0], [first if rank == at else each for rank, each in enumerate(cells)]


def _who(upper: Sequence[str], lower: Sequence[str], context: Context) -> str:
    """Return which level names people: those who are known, else the only one of single names; nothing when unsure."""
    known = [any(map(context.is_person, each)) for each in (lower, upper)]
    single = [all(name_like(name) and " " not in name for name in each) for each in (lower, upper)]
    sure = known if any(known) else single
    return "" if all(sure) or not any(sure) else _BELOW if sure[0] else _ABOVE


def _groups(lines: Sequence[Line]) -> list[_Group]:
    """Return lines as sums and what they add up, when all of them are one or the other and it is no chance."""
    lines = [line for line in lines if not TOTAL.match(_label(line))]
    if any(not re.match(r"[^\W\d_]", _label(line)) or not (_figures(line) or only_text(line[1])) for line in lines):
        return []
    facts = [line for line in lines if not only_text(line[1])]
    if len({_first(cells) for _, cells in facts}) > 1:
        return []
    groups: list[_Group] = []
    while facts:
        own = _added(facts)
        if not own:
            return []
        groups.append((facts[0], own))
        facts = facts[len(own) + 1 :]
    return groups if _no_chance(groups) else []


def _added(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that come to what the first one says, in each column; none when none do."""
    left = _figures(lines[0])
    for many, line in enumerate(lines[1:], 1):
        left = {at: left.get(at, 0) - figure for at, figure in {**dict.fromkeys(left, 0.0), **_figures(line)}.items()}
        if any(each < -_NEAR * many for each in left.values()):
            return []
        if all(each < _NEAR * many for each in left.values()):
            return [*lines[1 : many + 1]]
    return []


def _no_chance(groups: Sequence[_Group]) -> bool:
    """Tell whether names come again below others, or stand to the right, or enough lines of each have enough figures.

    Two people who always work together say the same hours, one under the other.
    """
    heads = {same(_label(head)) for head, _ in groups}
    names = [same(_label(line)) for _, own in groups for line in own]
    if len(groups) < _SEVERAL or len(heads) < len(groups) or heads & {*names}:
        return False
    again = len({*names}) < len(names)
    apart = all(_indented(line) and not _indented(head) for head, own in groups for line in own)
    full = all(len(own) >= _SEVERAL and len(_figures(head)) >= _MANY for head, own in groups)
    return again or apart or full


def _indented(line: Line) -> bool:
    cell = cell_at(line[1], _first(line[1]))
    return isinstance(cell, str) and cell[:1].isspace()


def _first(cells: Sequence[Cell]) -> int:
    return next((at for at, each in enumerate(cells) if as_text(each)), 0)


def _label(line: Line) -> str:
    return as_text(cell_at(line[1], _first(line[1])))


def _figures(line: Line) -> dict[int, float]:
    """Return the figures of a line after its label, by column; none when it holds anything else."""
    start = _first(line[1])
    filled = {at: figure_of(each) for at, each in enumerate(line[1]) if at > start and as_text(each)}
    return {at: each or 0 for at, each in filled.items()} if None not in filled.values() else {}
