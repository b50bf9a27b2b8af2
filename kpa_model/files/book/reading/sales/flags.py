"""A column that says yes or no of each invoice: « Avoir » ticked is a credit note; « Réglé ? », its day beside."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, cell_at, read_yes_no, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.files.book.vocabulary import pattern

_CREDIT = pattern("flags.credit")
_KIND = "Type de pièce"
_WHEN = re.compile(r"le|quand|date|jour|a quelle date|quel jour")
_PAID = re.compile(r"(est )?((deja )?(payee?|reglee?|encaissee?|soldee?|acquittee?)s?|paid)( ou non| oui/non)?")
_PAID_ON = "Payé le"


def with_credits(grid: Grid) -> Grid:
    """Return a grid whose column of ticks under « Avoir » tells what each line is; one of amounts stays as it is."""
    for rank, (number, heads) in enumerate(grid.lines[:HEADED]):
        for at in (at for at, cell in enumerate(heads) if _CREDIT.fullmatch(same(as_text(cell)))):
            ticks = [ticked(cell_at(cells, at)) for _, cells in grid.lines[rank + 1 :]]
            if None in ticks or True not in ticks or any(_says_kind(cell) for cell in heads):
                continue
            words = ["Avoir" if each else "Facture" for each in ticks]
            under = [
                (line[0], _put(line[1], at, word)) for line, word in zip(grid.lines[rank + 1 :], words, strict=True)
            ]
            return replace(grid, lines=(*grid.lines[:rank], (number, _put(heads, at, _KIND)), *under))
    return grid


def with_paid_days(grid: Grid) -> Grid:
    """Return a grid whose « le » right after « Réglé ? », filled only beside yes, is the day of the payment.

    Another column says the day of the invoice.
    """
    for rank, (number, heads) in enumerate(grid.lines[:HEADED]):
        under = [cells for _, cells in grid.lines[rank + 1 :]]
        for at in (at for at, cell in enumerate(heads) if at and _WHEN.fullmatch(same(as_text(cell)))):
            others = (as_text(cell) for cell in (*heads[:at], *heads[at + 1 :]) if as_text(cell))
            dated = any(may_say(title, "date", dictionaries()["factures"]) for title in others)
            if not dated or not _PAID.fullmatch(same(as_text(heads[at - 1])).strip(" ?")):
                continue
            days = [(ticked(cell_at(cells, at - 1)), as_text(cell_at(cells, at))) for cells in under]
            if any(day for _, day in days) and all(yes for yes, day in days if day):
                lines = (*grid.lines[:rank], (number, _put(heads, at, _PAID_ON)), *grid.lines[rank + 1 :])
                return replace(grid, lines=lines)
    return grid


def _says_kind(title: Cell) -> bool:
    return bool(as_text(title)) and may_say(as_text(title), "sorte_de_piece", dictionaries()["factures"])


def ticked(cell: Cell) -> bool | None:
    """Return whether a cell is ticked; None when it says another thing. An empty one is not."""
    try:
        return bool(as_text(cell)) and read_yes_no(cell)
    except Refused:
        return None


def _put(cells: list[Cell], at: int, cell: Cell) -> list[Cell]:
    wide = [*cells, *[""] * (at + 1 - len(cells))]
    return [*wide[:at], cell, *wide[at + 1 :]]
