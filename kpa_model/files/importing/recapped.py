"""A sheet « Récap », « Totaux » whose every number is a sum of the other tables: told, never asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, read_euros, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.spread.recaps import RECAP
from kpa_model.files.book.tables import Tables
from kpa_model.files.importing.received import due_by_invoice

_LEAST, _SLACK = 2, 1
"""How many numbers prove; to a minute, to a cent."""
_WORK = ("personne", "mois", "commande", "client", "tache", "genre")
_MONEY = ("mois", "client", "commande", "facture", "fournisseur")


def without_recaps(tables: Tables, grids: Iterable[Grid], findings: Findings) -> None:
    """Drop what is asked about a sheet of sums that are all those of the tables; tell that it is not read."""
    read = {row.source for rows in tables.values() for row in rows}
    asked = {(place.file, place.sheet) for place, _ in (*findings.doubts, *findings.unread)}
    named = [grid for grid in grids if (grid.file, grid.sheet) in asked - read and _is_named(grid)]
    if not named:
        return
    own = {(grid.file, grid.sheet) for grid in named}
    later = any(place.line and (place.file, place.sheet) not in read | own for place, _ in findings.doubts)
    minutes, cents = _minutes(tables), _cents(tables)
    for grid in named:
        cells = [cell for _, line in grid.lines for cell in line if _counts(cell)]
        if len(cells) >= _LEAST and all(_said(cell, minutes, cents) for cell in cells):
            findings.drop(grid.file, grid.sheet)
            text = f"« {grid.name} » redit les sommes des autres tableaux, et ce sont les mêmes. Il n'est pas lu."
            findings.heed(grid.place(), text)
        elif later:  # what it sums up may not be read yet
            findings.doubts[:] = [each for each in findings.doubts if not each[0].within(grid.file, grid.sheet)]


def _is_named(grid: Grid) -> bool:
    """Tell whether its name, or what stands alone above it, says that a sheet sums up others."""
    above = [texts[0] for _, line in grid.lines[:2] if len(texts := [*filter(None, map(as_text, line))]) == 1]
    return any(RECAP.search(text) for text in (grid.name, *above))


def _counts(cell: Cell) -> bool:
    """Tell whether a cell is a number that says something: neither a day, a year, nor zero."""
    if isinstance(cell, bool | date | datetime) or not any(each in "123456789" for each in as_text(cell)):
        return False
    said = {*_read(read_euros, cell), *_read(read_duration, cell)}
    return bool(said) and not (as_text(cell).isdigit() and 2000 <= int(as_text(cell)) < 2100)


def _said(cell: Cell, minutes: set[int], cents: set[int]) -> bool:
    ways = ((_read(read_duration, cell), minutes), (_read(read_euros, cell), cents))
    return any(
        near in known for said, known in ways for each in said for near in range(each - _SLACK, each + _SLACK + 1)
    )


def _read(reader: Any, cell: Cell) -> Iterator[int]:
    try:
        yield round(reader(cell))
    except Refused:
        return


def _minutes(tables: Tables) -> set[int]:
    """Return the minutes worked by each person, each month, for each order…, by two of these together, and in all."""
    rows = [(row.values, float(row.get("duree") or 0)) for row in tables.get("heures", ())]
    return {round(each) for each in _sums(rows, _WORK)}


def _cents(tables: Tables) -> set[int]:
    """Return the sums of money, before tax, with it and of it alone, that the tables make in the same ways."""
    found = set[int]()
    for table, rows in tables.items():
        for at in ("montant_ht", "montant_ttc"):
            told = [(row.values, float(row.get(at) or 0)) for row in rows]
            found |= {round(each) for each in _sums(told, _MONEY)}
        if table == "factures":
            invoices: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
            for row in rows:
                invoices[row.get("facture", "")].append(row.values)
            due = [(group[0], float(sum(due_by_invoice(group).values()))) for group in invoices.values()]
            taxes = [
                (values, cents - sum(each.get("montant_ht") or 0 for each in invoices[values.get("facture", "")]))
                for values, cents in due
            ]
            found |= {round(each) for told in (due, taxes) for each in _sums(told, _MONEY)}
    return found


def _sums(told: Sequence[tuple[Mapping[str, Any], float]], axes: Sequence[str]) -> Iterator[float]:
    """Yield what some lines make by one of their columns, by two of them, and all together."""
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for values, much in told:
        keys = [f"{axis} {_key(values, axis)}" for axis in axes]
        for key in ((), *((each,) for each in keys), *((one, other) for one in keys for other in keys if one < other)):
            sums[key] += much
    return iter(sums.values())


def _key(values: Mapping[str, Any], axis: str) -> str:
    day = values.get("date")
    return same(str(values.get(axis, ""))) if axis != "mois" else f"{day.year} {day.month}" if day else ""
