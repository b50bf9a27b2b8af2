"""Times written beside names in one cell, « Lila 2h, Oscar 3h », « Tom et Inès (4h chacun) »: a line for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache

from kpa_model.files.book.building import TEAM, names_in
from kpa_model.files.book.cells import Cell, as_text, cell_at, same, shown
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, header_rank
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.spread.people import name_like, says_total
from kpa_model.files.book.reading.together import WORDS, how_said, without_how
from kpa_model.files.book.where import Place
from kpa_model.words import count, hours, listing

_NAME = r"(?P<who>[^\d,;/+&()=:]*[^\d,;/+&()=:\s])"
_LENGTH = r"\d+(?:[.,]\d+)?\s?(?:min|mn|heures?|h\s?\d{0,2})"
_NEXT = r"\s*(?:[,;/+&]|\bet\b|$|(?=\s(?-i:[A-ZÀ-Ý])))"
_OWN = [
    re.compile(each, re.IGNORECASE)
    for each in (
        rf"\s*{_NAME}\s*[:=]?\s*(?:\(\s*(?P<inside>\d[^()]*)\)|(?P<time>{_LENGTH})){_NEXT}",
        rf"\s*(?P<inside>)(?P<time>{_LENGTH})\s*[:=]?\s*{_NAME}{_NEXT}",
    )
]
"""Somebody and a time of her own, among others in one cell: « Lila 2h, Oscar 3h », « Lila (2) », « 2h Lila »."""
_OF_BOTH = re.compile(r"\b(qui|pr[ée]noms?|noms?|personnes?|heures?|h|temps|dur[ée]e)\b", re.IGNORECASE)
"""What is written above people with their times."""


def with_own_times(grid: Grid, findings: Findings) -> Grid:
    """Return a grid with a line for each person whose own time stands beside her name; what is sold is said once.

    Names and times may stand in the column of the people, or in that of the times.
    """
    known = dictionaries()["heures"]
    if (rank := header_rank(grid, frozenset(known.titles))) is None:
        return grid
    (number, heads), under = grid.lines[rank], grid.lines[rank + 1 :]
    leads = {at: lead.name for at, title in enumerate(map(as_text, heads)) if (lead := column_of(title, known))}
    if hourly := {at for at, title in enumerate(map(as_text, heads)) if _HOURLY.search(title)}:
        under = tuple(
            (own, [_in_hours(cell) if at in hourly else cell for at, cell in enumerate(each)]) for own, each in under
        )
    who = next((at for at, cell in enumerate(heads) if leads.get(at) == "personne" or TEAM.search(as_text(cell))), -1)
    both = _of_both(heads, under) if who < 0 else -1
    who = max(who, both)
    time = next((at for at, name in leads.items() if name == "duree" and at != both), len(heads))
    told = {int(at): own for at, cells in under if (own := _own_times(as_text(cell_at(cells, who))))}
    beside = {int(at): own for at, cells in under if (own := _times_of(cell_at(cells, time), cell_at(cells, who)))}
    told = {**beside, **told}
    if who < 0 or not (both >= 0 or any(len(own) > 1 for own in told.values())):
        return grid
    lines: list[Line] = []
    listed = both >= 0 or bool(TEAM.search(as_text(heads[who])))
    for at, cells in under:
        row = [*cells, *[""] * (time + 1 - len(cells))]
        for rank_of, (name, length) in enumerate(told.get(int(at), ())):
            mine: dict[int, Cell] = {who: name, time: timedelta(minutes=float(length))}
            kept = row if not rank_of else [cell if each in leads else "" for each, cell in enumerate(row)]
            lines.append((at, [mine.get(each, cell) for each, cell in enumerate(kept)]))
        if int(at) not in told:
            row = _apart(grid.place(at, who, as_text(heads[who])), row, who, time, findings)
            lines.append((at, [_listed(cell) if each == who and listed else cell for each, cell in enumerate(row)]))
        elif as_text(row[time]) and int(at) not in beside:
            _check_sum(grid.place(at, time, as_text(cell_at(heads, time))), row[time], told[int(at)], findings)
    several = [own for own in told.values() if len(own) > 1] or [*told.values()]
    first = listing([f"« {name} » {hours(round(length))}" for name, length in several[0]])
    many = count(len(several), "ligne donne", "lignes donnent")
    findings.note(grid.place(), f"{many} le temps de chaque personne : {first}{'…' if len(several) > 1 else '.'}")
    said: list[Cell] = [*heads, *["Durée"] * (time + 1 - len(heads))]
    head = (number, ["Personne" if at == who and leads.get(at) != "personne" else cell for at, cell in enumerate(said)])
    return replace(grid, lines=(*grid.lines[:rank], head, *lines))


_HOURLY = re.compile(r"\((en )?(h|heures?|nb h|nombre d['’]heures)\)|\ben heures\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?<=[^\W\d] |[^\W\d]:|: |= )\d+(?:[.,]\d+)?(?= ?(?:[,;/+&]|et\b|$|[A-ZÀ-Ý]))(?<!\dh \d\d)(?<!\d h \d\d)"
)


def _in_hours(cell: Cell) -> Cell:
    """Return a cell whose numbers beside names are hours, as its title says.

    >>> _in_hours("Lila 3, Oscar : 2,5"), _in_hours("Lila 3h30 et Sarah 12"), _in_hours("Lila 3 h 30")
    ('Lila 3h, Oscar : 2,5h', 'Lila 3h30 et Sarah 12h', 'Lila 3 h 30')
    """
    return _BARE.sub(r"\g<0>h", cell) if isinstance(cell, str) else cell


def _apart(place: Place, row: list[Cell], who: int, time: int, findings: Findings) -> list[Cell]:
    """Return a line whose time, written beside names, « Tom et Inès (4h chacun) », is in its column; or refuse it."""
    found = _BESIDE.fullmatch(text := as_text(row[who]))
    length = (found["inside"] or found["time"]) if found else ""
    how = how_said(length)
    if not re.search(r"\d", text) or as_text(row[time]) or says_total(row):
        return row
    if not found or (read := read_or_none(read_duration, without_how(length))) is None:
        todo = "Écrivez « Prénom 3h », ou une ligne par personne."
        findings.problem(place, f"{shown(text)} : ce temps ne se comprend pas.", todo)
        return row
    names = f"{found['who']} ({WORDS[how]})" if how else found["who"]
    mine: dict[int, Cell] = {who: names, time: timedelta(minutes=float(read))}
    return [mine.get(at, cell) for at, cell in enumerate(row)]


_BESIDE = re.compile(r"(?P<who>[^\d(:=]*[^\d(:=\s]) ?[:=]? ?(?:\((?P<inside>[^()]*)\)|(?P<time>\d.*))")


def _listed(cell: Cell) -> Cell:
    """Return people among whom commas stand, as others beside them have their own times."""
    return re.sub(r" ?[,;] ?", " + ", cell) if isinstance(cell, str) else cell


def _of_both(heads: Sequence[Cell], lines: Sequence[Line]) -> int:
    """Return the column where each cell names people with their own times; −1 when there is none."""
    facts = [cells for _, cells in lines if not says_total(cells)]
    for at in (at for at, title in enumerate(heads) if _OF_BOTH.search(as_text(title)) or TEAM.search(as_text(title))):
        texts = [text for cells in facts if (text := as_text(cell_at(cells, at)))]
        names = [[name for name, _ in _own_times(text)] for text in texts]
        if texts and all(each and all(map(name_like, each)) for each in names):
            return at
    return -1


@lru_cache(maxsize=4096)  # hours say the same few things
def _own_times(text: str) -> list[tuple[str, int | Fraction]]:
    """Return who is named, each with a time of her own; nothing when a part of the text is anything else."""
    ways = ([*pattern.finditer(text)] for pattern in (_OWN if re.search(r"\d", text) else ()))
    found = next((each for each in ways if each and "".join(one[0] for one in each) == text), [])
    times = [read_or_none(read_duration, each["inside"] or each["time"]) for each in found]
    if any(time is None or time > 24 * 60 for time in times):
        return []
    return [(each["who"].strip(), time) for each, time in zip(found, times, strict=True)]


def _times_of(time: Cell, who: Cell) -> list[tuple[str, int | Fraction]]:
    """Return the time of each in a cell of times that names those of the line, « Tom 2h, Inès 1h30 » beside them.

    Initials are enough when they tell them apart. Nothing when somebody else is named, or somebody lacks.
    """
    own, people = _own_times(as_text(time)), names_in(as_text(who))
    if len(own) < 2 or not people:
        return own if len(own) > 1 else []
    found = [[whole for whole in people if same(whole).startswith(same(name))] for name, _ in own]
    if any(len(each) != 1 for each in found) or {each[0] for each in found} != {*people}:
        return []
    return [(each[0], length) for each, (_, length) in zip(found, own, strict=True)]


def _check_sum(place: Place, cell: Cell, own: Sequence[tuple[str, int | Fraction]], findings: Findings) -> None:
    """Refuse a time that is not the sum of those beside the names."""
    whole, length = sum(time for _, time in own), read_or_none(read_duration, cell)
    if length is not None and length != whole:
        what = f"{shown(cell)} n'est pas la somme des temps écrits à côté des noms : {hours(round(whole))}."
        findings.problem(place, what, "Corrigez l'un des deux, ou écrivez une ligne par personne.")
