"""Lines of a sheet that stand outside of its tables: what may be a fact is told, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpa_model.files.book.cells import as_text
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.blocks import is_day, no_figures, period_told
from kpa_model.files.book.reading.spread.people import says_total
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing

ACCOUNT = pattern("outside.account", flags=re.IGNORECASE)
"""What a bank, or a program, writes above its lines: an account, its balance, the days of the statement."""


def say_outside(grid: Grid, lines: Sequence[Line], findings: Findings) -> None:
    """Tell which lines outside of the tables of a sheet may be facts; those with a day and a number, before agreeing.

    What a form or a bank says above its lines, a period, a balance, is no fact.
    """
    filled = [(number, [each for each in cells if as_text(each)]) for number, cells in lines]
    facts = [
        (number, cells)
        for number, cells in filled
        if sum(is_day(each) or not no_figures([each]) for each in cells) > 1
        and not (ACCOUNT.match(as_text(cells[0])) or says_total(cells) or period_told(cells))
    ]
    tell = findings.left_out if any(is_day(each) for _, cells in facts for each in cells) else findings.heed
    for number, cells in facts[:_TOLD]:
        told = listing([*map(as_text, cells)], most=4)
        tell(grid.place(number), f"cette ligne est hors des tableaux : elle n'est pas lue ({told}).")
    if len(facts) > _TOLD:
        more = count(len(facts) - _TOLD, "autre ligne", "autres lignes")
        tell(grid.place(), f"{more} avec des nombres, hors des tableaux : rien n'en est lu.")


_TOLD = 3
"""How many lines outside of every table are told one by one."""
