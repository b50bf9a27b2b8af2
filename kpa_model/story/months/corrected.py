"""What files given again change in a book: each line corrected or gone, and the months already adopted it touches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.importing.merging import TableChange, Values
from kpa_model.story.months.register import MonthsRegister
from kpa_model.words import capital, euros, hours, listing, month_name, of

Changes = Mapping[str, TableChange]
HOUR = 60

_SIZES = {
    "factures": ("Facture", "montant_ht", " HT"),
    "encaissements": ("Paiement de", "montant_ttc", ""),
    "achats": ("Achat", "montant_ht", " HT"),
    "heures": ("Heures", "duree", ""),
}
"""Table → what a line of it is, where its size stands, what is said after it."""
_NAMED = {"factures": ("facture",), "encaissements": ("facture",), "achats": ("libelle", "date")}
_NAMED |= {"heures": ("personne", "date", "tache")}
"""What a line is called by: a line that leaves and one that comes under the same name are one, corrected."""


def corrections(changes: Changes) -> list[str]:
    """Return what becomes of each line that leaves a book: another amount, another length, or nothing."""
    return [each for table, change in changes.items() if table in _SIZES for each in _of_table(table, change)]


def _of_table(table: str, change: TableChange) -> list[str]:
    came, told = [*change.added], list[str]()
    for before in change.removed:
        called = [before.get(each) for each in _NAMED[table]]
        now = next((each for each in came if [each.get(key) for key in _NAMED[table]] == called), None)
        who = ", ".join(f"{each:%d/%m/%Y}" if isinstance(each, date) else str(each) for each in called if each)
        what, was, gone, turned = _SIZES[table][0], _size(table, before), "retiré", "devient"
        if table == "heures":
            who, gone, turned = of(who), "retirées", "deviennent" if before.get("duree", 0) >= 2 * HOUR else turned
        line = f"{what} {who}"
        if now is None:
            told.append(f"{line} : {was}, {gone}")
        else:
            came.remove(now)
            became = _size(table, now)
            told.append(
                f"{line} : {was} {turned} {became}" if was != became else f"{line} : {was}, {_what(before, now)}"
            )
    return told


def _what(before: Values, now: Values) -> str:
    """Return which words of a line changed, when its size did not: « Hale » devient « Halle »."""
    words = [(str(before.get(key) or "rien"), str(now.get(key) or "rien")) for key in {**before, **now}]
    told = [f"« {was} » devient « {became} »" for was, became in words if was != became and not became[:1].isdigit()]
    return listing(told, most=2) if told else "corrigé"


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
