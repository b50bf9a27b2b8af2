"""Lines of a day after today: what they hold is planned, not done. It is asked, and left out when it did not happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kpa_model.cooperative import calendar
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Row, by_list
from kpa_model.words import count, day, euros, hours

TOPIC, _NOT_DONE = "a_venir", "non"
_COUNTED = {
    "heures": ("duree", hours),
    "factures": ("montant_ht", euros),
    "achats": ("montant_ht", euros),
    "encaissements": ("montant_ttc", euros),
}
"""The tables of what was done, and what their lines weigh."""
FORESEEN = ((_NOT_DONE, "seulement prévu : ne pas le compter"), ("oui", "cela a eu lieu : le compter"))
"""What can be answered of what may be only foreseen."""


def but_to_come(table: str, rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return the rows of a table without those of a day after today, as the group answers list by list; it is told.

    A week or a month that has begun is no day to come. A list asked about for its name is not asked about twice.
    """
    rows, now, gone = list(rows), calendar.today(), set[int]()
    for group in by_list(rows) if table in _COUNTED else ():
        later = [row for row in group if row.get("date") and _plain(row.get("date")) > now]
        if not later or any(at.within(*group[0].source) and each.topic[:6] == "prevu." for at, each in findings.doubts):
            continue
        told, said = _told(table, later, now), later[0].grid.answers.get(TOPIC, "")
        if not said:
            todo = "Ôtez ces lignes, ou corrigez leur jour."
            question = f"{told} : est-ce seulement prévu, ou cela a-t-il eu lieu ?"
            findings.doubt(later[0].place("date"), Doubt(TOPIC, question, FORESEEN, todo, stops=False))
        elif said == _NOT_DONE:
            gone |= {id(row) for row in later}
            findings.aside |= {(table, *row.source, int(row.line)): ("à venir", row.get("date")) for row in later}
            findings.heed(later[0].grid.place(), f"{told}. C'est seulement prévu, comme vous l'avez dit : pas lu.")
    return [row for row in rows if id(row) not in gone]


def _told(table: str, later: Sequence[Row], now: date) -> str:
    """Return how many lines come after today, their days, and what they weigh."""
    name, tell = _COUNTED[table]
    days = sorted({_plain(row.get("date")) for row in later})
    when = f"le {day(days[0])}" if len(days) == 1 else f"du {day(days[0])} au {day(days[-1])}"
    total = sum(row.get(name) or 0 for row in later)
    return f"{count(len(later), 'ligne')} après aujourd'hui ({day(now)}), {when}, {tell(round(total))} en tout"


def _plain(when: date) -> date:
    return date(when.year, when.month, when.day)
