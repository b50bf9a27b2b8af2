"""A sheet that tells again the hours of the others, by person and week or month: it checks them, and never adds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import same
from kpa_model.files.book.dates import Period
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.periods import by_day
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
        places[row.grid.file, row.grid.sheet].append(row)
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
    """Tell whether a place tells work that was done; ask when its name speaks of what may be: « Disponibilités »."""
    grid = rows[0].grid
    named = next((name for name in (grid.sheet, grid.file) if _HOPED.search(name)), "")
    if not named:
        return True
    answer, total = grid.answers.get(NOT_DONE, ""), hours(round(sum(float(row.get("duree") or 0) for row in rows)))
    if not answer:
        question = f"« {named} » ({total}) : ces heures ont-elles été travaillées ?"
        options = (("non", "non : ne pas les compter"), (_DONE, "oui, les compter"))
        findings.doubt(grid.place(), Doubt(NOT_DONE, question, options, "Sortez ce tableau du dossier."))
    elif answer != _DONE:
        findings.heed(grid.place(), f"« {named} » : {total} ne sont pas des heures faites, d'après votre réponse.")
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
