"""A list of members: months of arrival and of departure are their days, and who is active no more is no member now."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, chosen, read_yes_no, same
from kpa_model.files.book.dates import read_date, read_month
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, header_rank
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.words import listing

_ACTIVE = re.compile(r"(membre)?(actif|active|actifve|presente?|enactivite|encorela|toujoursla|enposte)")
_GONE = re.compile(r"(membre)?(inactif|inactive|archivee?|partie?|sortie?|ancien(ne)?|quittee?)")
_HERE = {"actif", "active", "present", "presente", "en cours", "en activite", "en poste"}
_AWAY = {"inactif", "inactive", "ancien", "ancienne", "sorti", "sortie", "parti", "partie", "archive", "archivee"}


def of_members(grid: Grid, findings: Findings) -> Grid:
    """Return a list of members whose months are days, without those who are active no more; any other grid as it is."""
    people = dictionaries()["personnes"]
    if (rank := header_rank(grid, frozenset(people.titles))) is None:
        return grid
    titles = [as_text(cell) for cell in grid.lines[rank][1]]
    leads = {found.name: at for at, title in enumerate(titles) if title and (found := column_of(title, people))}
    under = grid.lines[rank + 1 :]
    kinds = people.column("statut").choices
    status = leads.get("statut", -1)
    if "personne" not in leads or not any(chosen(cell, kinds) for cell in _cells(under, status)):
        return grid
    grid = replace(grid, lines=(*grid.lines[: rank + 1], *(_dated(line, leads) for line in under)))
    free = [at for at in range(len(titles)) if at not in leads.values()]
    return _without(grid, rank, leads, free, findings)


def _cells(lines: Sequence[Line], at: int) -> list[Cell]:
    return [cell for _, cells in lines if as_text(cell := cell_at(cells, at))]


_NOBODY_KNOWS = {"?", "??", "???", "inconnu", "inconnue", "a verifier"}


def _dated(line: Line, leads: dict[str, int]) -> Line:
    """Return a line whose months of arrival and of departure are their first and their last day."""
    number, cells = line
    days = ((leads[name], _day(cell_at(cells, leads[name]), name)) for name in ("du", "au") if name in leads)
    found = {at: day for at, day in days if day is not None}
    return number, [found.get(at, cell) for at, cell in enumerate(cells)]


def _day(cell: Cell, name: str) -> date | str | None:
    """Return the day that a month of arrival, or of departure, stands for; nothing for « ? », a day nobody knows."""
    if same(as_text(cell)) in _NOBODY_KNOWS:
        return ""
    if read_or_none(read_date, cell) is not None or (month := read_or_none(read_month, cell)) is None:
        return None
    return month.first_day if name == "du" else month.last_day


def _away(title: str, cells: Sequence[Cell]) -> Callable[[Cell], bool] | None:
    """Return what tells who is active no more in a column; None when it speaks of something else."""
    said = [read_or_none(read_yes_no, cell) for cell in cells]
    if said and None not in said and (_ACTIVE.fullmatch(bare(title)) or _GONE.fullmatch(bare(title))):
        gone = bool(_GONE.fullmatch(bare(title)))
        return lambda cell: read_or_none(read_yes_no, cell) is gone
    words = {same(as_text(cell)) for cell in cells}
    return (lambda cell: same(as_text(cell)) in _AWAY) if words and words <= _AWAY | _HERE else None


def _without(grid: Grid, rank: int, leads: dict[str, int], free: Sequence[int], findings: Findings) -> Grid:
    """Return a list without those who are active no more and have no day of departure; they are told by their name."""
    number, titles = grid.lines[rank]
    under = grid.lines[rank + 1 :]
    found = ((at, _away(as_text(titles[at]), _cells(under, at))) for at in free)
    at, away = next(((at, away) for at, away in found if away), (-1, None))
    if away is None:
        return grid
    gone = [line for line in under if away(cell_at(line[1], at)) and not as_text(cell_at(line[1], leads.get("au", -1)))]
    if gone:
        names = listing([f"« {as_text(cell_at(cells, leads['personne']))} »" for _, cells in gone], most=6)
        are = ("n'est plus membre", "Cette ligne n'est pas lue") if len(gone) == 1 else (
            "ne sont plus membres", "Ces lignes ne sont pas lues")  # fmt: skip
        told = f"{names} {are[0]} d'après « {as_text(titles[at])} », sans jour de départ. {are[1]}."
        findings.heed(grid.place(gone[0][0]), f"{told} Ajoutez une colonne « Fin » si des heures sont à partager.")
    kept = ((number, titles), *(line for line in under if line not in gone))
    read = ((line, ["" if each == at else cell for each, cell in enumerate(cells)]) for line, cells in kept)
    return replace(grid, lines=(*grid.lines[:rank], *read))
