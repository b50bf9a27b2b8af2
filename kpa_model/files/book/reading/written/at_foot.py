"""What is left, or goes to people, under a list of money: « Reste à partager », « Bénéfice ». It is told, not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpa_model.files.book.cells import Cell, as_text, same, shown
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import Sheet, cell_of
from kpa_model.files.book.reading.blocks import is_day
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

_MONEY = ("factures", "achats", "encaissements")
_LEFT = pattern("at_foot.left", r"(WORDS)\b.*")


def but_left(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return lines of money without those under them that have no day, and say what is left or shared; told.

    They stand apart, after a total or an empty line, or their words are where a day should be.
    """
    dated = [rank for rank, (_, cells) in enumerate(lines) if is_day(cell_of(sheet, cells, "date"))]
    if sheet.dictionary.table not in _MONEY or not dated:
        return [*lines]
    last = dated[-1]
    kept = [*lines[: last + 1]]
    for number, cells in lines[last + 1 :]:
        said, *others = [cell for cell in cells if as_text(cell)] or [""]
        apart = number > lines[last][0] + 1 or as_text(said) == as_text(cell_of(sheet, cells, "date"))
        if apart and others and _LEFT.fullmatch(same(as_text(said))) and all(map(_amount, others)):
            told = f"{shown(said)} ({listing([as_text(each) for each in others])})"
            what = "c'est ce qui reste ou se partage, pas une ligne de cette liste. Ce n'est pas lu."
            sheet.findings.heed(sheet.grid.place(number), f"{told} : {what}")
        else:
            kept.append((number, cells))
    return kept


def _amount(cell: Cell) -> bool:
    return bool(re.fullmatch(r"[-+\d\s.,€%]*\d[\d\s.,€%]*(eur(os?)?)?", as_text(cell).lower()))
