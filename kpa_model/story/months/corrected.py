"""What files given again change in a book: each line corrected or gone, and the months already adopted it touches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.tables import Values
from kpa_model.files.book.writing import text_of
from kpa_model.files.importing.merging import Merged, TableChange, content
from kpa_model.story.months.register import MonthsRegister
from kpa_model.words import capital, count, euros, hours, listing, month_name, of

Changes = Mapping[str, TableChange]
HOUR = 60

_SIZES = {
    "factures": ("Facture", "montant_ht", " HT"),
    "encaissements": ("Paiement de", "montant_ttc", ""),
    "achats": ("Achat", "montant_ht", " HT"),
    "heures": ("Heures", "duree", ""),
}
"""Table → what a line of it is, where its size stands, what is said after it."""
_AGREES = {"factures": "e", "heures": "es"}
_NAMED = {"factures": ("facture",), "encaissements": ("facture",), "achats": ("libelle", "date")}
_NAMED |= {"heures": ("personne", "date", "tache")}
"""What a line is called by: a line that leaves and one that comes under the same name are one, corrected."""


def corrections(changes: Changes) -> list[str]:
    """Return what becomes of each line that leaves a book: another amount, another length, or nothing.

    Hours that only the seconds of other lines move by a minute are told once.
    """
    seen = {table: but_rounding(change) for table, change in changes.items() if table in _SIZES}
    told = [each for table, change in seen.items() for each in _of_table(table, change)]
    moved = sum(change.same - changes[table].same for table, change in seen.items())
    which = count(moved, "ligne d'heures change", "lignes d'heures changent")
    return [*told, f"Arrondi des secondes : {which} d'une minute"] if moved else told


def but_rounding(change: TableChange) -> TableChange:
    """Return a change where lines of a person's month that differ by the minute of rounding alone are the same lines.

    Seconds are shared over a month: a minute moves only when another line of it does.
    """
    came = defaultdict[Any, list[int]](list)
    for at, each in enumerate(change.added if change.rounded else ()):
        came[_but_minutes(each)].append(at)
    twins = dict[int, int]()
    for rank, before in enumerate(change.removed if came else ()):
        near = came.get(_but_minutes(before), [])
        if close := [at for at in near if abs(change.added[at]["duree"] - before["duree"]) <= 1]:
            twins[rank] = close[0]
            near.remove(close[0])
    paired = {*twins.values()}
    moved = {_month_of(each) for at, each in enumerate(change.added) if at not in paired}
    moved |= {_month_of(each) for rank, each in enumerate(change.removed) if rank not in twins}
    alike = {rank: at for rank, at in twins.items() if _month_of(change.removed[rank]) in moved}
    kept = {*alike.values()}
    new = tuple(each for at, each in enumerate(change.added) if at not in kept)
    gone = tuple(each for rank, each in enumerate(change.removed) if rank not in alike)
    return replace(change, added=new, removed=gone, same=change.same + len(alike))


def _but_minutes(values: Values) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in content(values) if each[0] != "duree")


def _month_of(values: Values) -> tuple[str, CalendarMonth | None]:
    day = values.get("date")
    return str(values.get("personne")), CalendarMonth.of(day) if isinstance(day, date) else None


def added_late(merged: Merged) -> list[str]:
    """Return the new lines of days that a book already spoke of, for this person or this table: the past changes."""
    return [
        f"{_called(table, each)} : {_size(table, each)}, ajouté{_AGREES.get(table, '')}"
        for table, change in merged.changes.items()
        if table in _SIZES
        for each in _late(table, merged.tables[table], change)
    ]


def _late(table: str, whole: Sequence[Values], change: TableChange) -> list[Values]:
    change = but_rounding(change)
    *_, came = _paired(table, change)
    new, last = Counter(_key(table, each) for each in change.added), dict[str, date]()
    for each in (*whole, *change.removed):
        if (key := _key(table, each)) in new and new[key] > 0:
            new[key] -= 1
        elif isinstance(day := each.get("date"), date):
            last[_whose(table, each)] = max(day, last.get(_whose(table, each), day))
    days = [(each, each.get("date"), last.get(_whose(table, each))) for each in came]
    return [each for each, day, until in days if isinstance(day, date) and until is not None and day <= until]


def _key(table: str, values: Values) -> tuple[str, ...]:
    return tuple(str(values.get(each)) for each in (*_NAMED[table], "date", _SIZES[table][1]))


def _whose(table: str, values: Values) -> str:
    return str(values.get("personne")) if table == "heures" else ""


def _paired(table: str, change: TableChange) -> tuple[list[tuple[Values, Values | None]], list[Values]]:
    """Return each line that leaves with the one that takes its place, if any; and the new lines that are left.

    Hours of the same day, work and length under another name are those hours, given to somebody else.
    """
    came = [*change.added]
    pairs = [(each, _taken(came, each, _NAMED[table])) for each in change.removed]
    if table == "heures":
        pairs = [(each, now or _taken(came, each, ("date", "tache", "duree"))) for each, now in pairs]
    return pairs, came


def _taken(came: list[Values], before: Values, names: Sequence[str]) -> Values | None:
    """Return the first new line with the same words under these names, and take it out; None when there is none."""
    at = next((at for at, each in enumerate(came) if all(each.get(key) == before.get(key) for key in names)), -1)
    return came.pop(at) if at >= 0 else None


def _called(table: str, values: Values) -> str:
    words = [values.get(each) for each in _NAMED[table]]
    who = ", ".join(f"{each:%d/%m/%Y}" if isinstance(each, date) else str(each) for each in words if each)
    return f"{_SIZES[table][0]} {of(who) if table == 'heures' else who}"


def _of_table(table: str, change: TableChange) -> list[str]:
    told = []
    for before, now in _paired(table, change)[0]:
        line, was, gone, turned = (
            _called(table, before),
            _size(table, before),
            f"retiré{_AGREES.get(table, '')}",
            "devient",
        )
        if table == "heures" and before.get("duree", 0) >= 2 * HOUR:
            turned = "deviennent"
        if now is None:
            told.append(f"{line} : {was}, {gone}")
        elif table == "heures" and now.get("personne") != before.get("personne"):
            told.append(f"{line} : {was}, maintenant à {now.get('personne')}")
        elif was != (became := _size(table, now)):
            moved = _what(table, before, now, ("date",))
            told.append(f"{line} : {was} {turned} {became}{f', {moved}' if moved else ''}")
        else:
            told.append(f"{line} : {was}, {_what(table, before, now) or 'corrigé'}")
    return told


def _what(table: str, before: Values, now: Values, only: Sequence[str] = ()) -> str:
    """Return which columns of a line changed, from what to what: Date du paiement : « 03/09/2026 » devient « … »."""
    columns = [each for each in dictionaries()[table].columns if not only or each.name in only]
    texts = [(each.label, *(text_of(line.get(each.name), each) for line in (before, now))) for each in columns]
    told = [f"{label} : {_quoted(was)} devient {_quoted(became)}" for label, was, became in texts if was != became]
    return listing(told, most=2)


def _quoted(text: str) -> str:
    return f"« {text} »" if text else "rien"


def _size(table: str, values: Values) -> str:
    _, column, after = _SIZES[table]
    amount = values.get(column, 0)
    return hours(round(amount)) if table == "heures" else euros(amount) + after


def adopted_touched(book: str, changes: Changes) -> str:
    """Return which months, already adopted, the lines that come and go speak of; nothing when there is none."""
    closed = [each.label for each in MonthsRegister(book).read().state.closed]
    days = [each.get("date") for change in changes.values() for each in (*change.added, *change.removed)]
    touched = {str(CalendarMonth.of(day)) for day in days if isinstance(day, date)}
    names = [month_name(CalendarMonth.parse(label).first_day) for label in closed if label in touched]
    if not names:
        return ""
    told = capital(listing(names))
    one = f"{told} est déjà adopté : ses montants ne changent pas."
    several = f"{told} sont déjà adoptés : leurs montants ne changent pas."
    return f"{one if len(names) == 1 else several} L'écart se règle sur la page « Nos mois », en régularisant."
