"""A sheet that sums up the hours of each person: it is no fact, and it checks the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from kpa_model.errors import Refused
from kpa_model.files.book.cells import as_text, same, unguarded
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries, table_named
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.spread.people import TOTAL, timed
from kpa_model.files.book.tables import Row
from kpa_model.words import hours


def summed(block: Block, context: Context) -> dict[str, Fraction] | None:
    """Return the time that a block gives to each person, once each and without any day; None when it is not one."""
    lines = [cells for _, cells in block.lines if not any(TOTAL.match(as_text(each)) for each in cells[:1])]
    filled = [at for at, title in enumerate(block.titles) if title and block.column(at)]
    listed = table_named(block.grid.name, dictionaries()) == "personnes"  # it may be their age, or their number
    if (
        listed
        or len(filled) != 2
        or block.weeks >= 0
        or len(lines) < 2
        or any(len(cells) <= max(filled) for cells in lines)
    ):
        return None
    who, time = filled
    leads = [column for each in dictionaries().values() if (column := column_of(block.titles[time], each))]
    if leads and not any(column.kind == "duree" for column in leads):
        return None  # « Somme demandée », « Points »: no time
    names = [same(as_text(cells[who])) for cells in lines]
    if not all(each in context.people for each in names) or len(set(names)) < len(names):
        return None
    if not timed(block.column(time)) or any(map(is_day, block.column(time))):
        return None
    try:
        told = {name: Fraction(read_duration(unguarded(cells[time]))) for name, cells in zip(names, lines, strict=True)}
    except Refused:
        return None
    return told


def check_sums(rows: Iterable[Row], findings: Findings) -> None:
    """Say whether the sheets that sum up the hours agree with what was read; one that does not is told first."""
    read: dict[str, Fraction] = defaultdict(Fraction)
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(key := same(row.get("personne", "")), row.get("personne", ""))
        read[key] += Fraction(row.get("duree") or 0)
    for place, told, doubt in findings.sums:
        if not read:
            findings.doubt(place, doubt)
            continue
        other = next((key for key, time in told.items() if abs(time - read[key]) > 1), None)
        if other is None:
            findings.note(place, "ce récapitulatif des heures dit la même chose que les lignes lues.")
            continue
        said, found = hours(round(told[other])), hours(round(read[other]))
        text = f"ce récapitulatif dit {said} pour {names.get(other, other)}, et les lignes lues font {found}."
        findings.left_out(place, f"{text} Il n'a pas de jour : il n'est pas lu.")
