"""Words that say that somebody was not there, where her time could stand."""

from __future__ import annotations

import re

from kpa_model.files.book.cells import Cell, bare

_ABSENT = re.compile(
    r"c|cp|ca|css|m|mal|am|at|r|rc|rh|rtt|f|jf|off|repos|abs|absente?s?|absence|malade|indispo(nible)?"
    r"|(en|jours?|journee)?(conges?(payes?|annuels?|sanssolde|parental|maladie|maternite|paternite)?|vacances"
    r"|recup(eration)?s?|feriee?s?|maladie|arret(maladie|detravail)?|accidentdetravail|maternite|paternite)"
)


def absent(cell: Cell) -> bool:
    """Tell whether a cell says that somebody was not there: « C », « CP », « M », « RTT », « arrêt maladie »."""
    return isinstance(cell, str) and _ABSENT.fullmatch(bare(cell)) is not None
