"""Sheets that tell again the hours of the others, by person, week or month: they check them, and never add."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import as_text, same, unguarded
from kpa_model.files.book.dates import Period, read_duration
from kpa_model.files.book.dictionaries import dictionaries, table_named
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.periods import by_day
from kpa_model.files.book.reading.spread.people import TOTAL, timed
from kpa_model.files.book.reading.written.doubted import unpaid
from kpa_model.files.book.tables import Row
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import hours, month_name

TOPIC, _AGAIN = "heures.recap", "recap"
RECAP = pattern("recaps.recap", flags=re.IGNORECASE)
"""Names of sheets that sum up others."""
NOT_DONE, _DONE = "heures.faites", "oui"
_HOPED = pattern("recaps.hoped", flags=re.IGNORECASE)
"""Names of sheets whose times may be no work that was done."""
Sums = Mapping[tuple[str, CalendarMonth], float]


def but_recaps(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return hours without those that a recapitulation tells again; one that differs from the others is asked about."""
    rows = list(rows)
    places: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        places[row.source].append(row)
    if not findings.asking:
        return rows
    places = {key: group for key, group in places.items() if _done(group, findings)}
    rows = [row for group in places.values() for row in group]
    if len(places) < 2:
        return rows
    named = {key for key, group in places.items() if RECAP.search(group[0].grid.name)}
    whole = named | {key for key, group in places.items() if all(map(_of_period, group))}
    again = whole if len(whole) < len(places) else named
    if not again or len(again) == len(places):
        return rows
    others = [row for key, group in places.items() if key not in again for row in group]
    gone = {key for key in again if _told_again(places[key], others, findings)}
    findings.forget("genre", gone)  # what kind of work it was is asked where it is told first
    return [row for key, group in places.items() if key not in gone for row in group]


def _done(rows: Sequence[Row], findings: Findings) -> bool:
    """Tell whether a place tells work that counts; ask when its name says else: « Disponibilités », « Bénévolat »."""
    grid = rows[0].grid
    names = [name.replace("_", " ") for name in (grid.sheet, grid.file)]
    named = next((name for name in names if _HOPED.search(name) or unpaid(name)), "")
    if not named:
        return True
    answer, total = grid.answers.get(NOT_DONE, ""), hours(round(sum(float(row.get("duree") or 0) for row in rows)))
    if not answer:
        doubted = "ont-elles été travaillées" if _HOPED.search(named) else "comptent-elles avec celles du groupe"
        question = f"« {named} » ({total}) : ces heures {doubted} ?"
        options = (("non", "non : ne pas les compter"), (_DONE, "oui, les compter"))
        findings.doubt(grid.place(), Doubt(NOT_DONE, question, options, "Sortez ce tableau du dossier."))
    elif answer != _DONE:
        findings.heed(grid.place(), f"« {named} » : {total} ne sont pas comptées, d'après votre réponse.")
    return answer == _DONE or not answer


def _of_period(row: Row) -> bool:
    return isinstance(row.get("date"), Period)


def _sums(rows: Iterable[Row]) -> Sums:
    sums: dict[tuple[str, CalendarMonth], float] = defaultdict(float)
    for row in rows:
        for each in by_day(row) if _of_period(row) else (row,):
            if each.get("date") and each.get("duree"):
                sums[same(each.get("personne", "")), CalendarMonth.of(each.get("date"))] += float(each.get("duree"))
    return sums


def _same_by_period(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Tell whether others say the same hours of each person over each week, or each month, of a recapitulation."""
    days: dict[tuple[str, date], float] = defaultdict(float)
    for each in (day for row in others for day in (by_day(row) if _of_period(row) else (row,)) if day.get("date")):
        days[same(each.get("personne", "")), each.get("date")] += float(each.get("duree") or 0)
    said: dict[tuple[str, date, date], float] = defaultdict(float)
    for row in rows:
        when = row.get("date")
        last = when.last if isinstance(when, Period) and when.last else when
        said[same(row.get("personne", "")), when, last] += float(row.get("duree") or 0)
    return all(
        abs(much - sum(time for (name, day), time in days.items() if name == who and first <= day <= last)) <= 1
        for (who, first, last), much in said.items()
    )


def _told_again(rows: Sequence[Row], others: Sequence[Row], findings: Findings) -> bool:
    """Tell whether a place tells again hours that are read elsewhere; ask when its sums are not all the same."""
    mine, read, grid = _sums(rows), _sums(others), rows[0].grid
    if not mine.keys() & read.keys():
        return False
    other = next((key for key in mine if abs(mine[key] - read.get(key, 0)) > 1), None)
    name = f"« {grid.name} »"
    if other is None or _same_by_period(rows, others):
        text = f"{name} redit les heures des autres tableaux, personne par personne. Il n'est pas compté deux fois."
        findings.heed(grid.place(), text)
        return True
    who = next(row.get("personne") for row in rows if same(row.get("personne", "")) == other[0])
    apart = f"{hours(round(mine[other]))} pour {who} en {month_name(other[1].first_day)}"
    told = f"{name} dit {apart}, et les autres tableaux {hours(round(read.get(other, 0)))}."
    answer = grid.answers.get(TOPIC, "")
    if not answer:
        options = ((_AGAIN, "oui : ne pas le compter"), ("deux", "non : ce sont d'autres heures, à ajouter"))
        doubt = Doubt(TOPIC, f"{told} Est-ce un récapitulatif des mêmes heures ?", options, "Gardez un seul des deux.")
        findings.doubt(grid.place(), doubt)
    elif answer == _AGAIN:
        findings.left_out(grid.place(), f"{told} Ce récapitulatif n'est pas compté.")
    return answer == _AGAIN


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
