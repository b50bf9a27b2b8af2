"""What is not done, or not invoiced, yet: days after today, orders beside invoices. Asked, and left out on a no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from kpa_model.cooperative import calendar
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.context import called, timeless
from kpa_model.files.book.reading.written.doubted import headings, ordered
from kpa_model.files.book.tables import Row, by_list
from kpa_model.words import count, day, euros, hours

TOPIC, _NO = "a_venir", "non"
_COUNTED: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "heures": ("duree", hours),
    "factures": ("montant_ht", euros),
    "achats": ("montant_ht", euros),
    "encaissements": ("montant_ttc", euros),
}
"""The tables of what was done, and what their lines weigh."""
_FORESEEN = ((_NO, "seulement prévu : ne pas le compter"), ("oui", "cela a eu lieu : le compter"))
_ORDERED = ((_NO, "non, ou déjà dans les factures : ne pas le compter"), ("oui", "oui : le compter en plus"))


def but_to_come(table: str, rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return the rows of a table without those of a day after today, as the group answers list by list.

    A week or a month that has begun is no day to come. A list asked about for its name is not asked about twice.
    """
    rows, now, gone = list(rows), calendar.today(), set[int]()
    for group in by_list(rows) if table in _COUNTED else ():
        later = [row for row in group if row.get(_COUNTED[table][0]) and _after(row, now)]
        if not later or any(at.within(*group[0].source) and each.topic[:6] == "prevu." for at, each in findings.doubts):
            continue
        days = sorted({_plain(row.get("date")) for row in later})
        when = f"le {day(days[0])}" if len(days) == 1 else f"du {day(days[0])} au {day(days[-1])}"
        after = f" après aujourd'hui ({day(now)})"
        told = f"{_weighed(table, later, after)}, {when}"
        doubt = Doubt(TOPIC, f"{told} : est-ce seulement prévu, ou cela a-t-il eu lieu ?", _FORESEEN, _MEND, False)
        if _refused(later, table, doubt, f"{told}. C'est seulement prévu", findings):
            gone |= {id(row) for row in later}
    return [row for row in rows if id(row) not in gone]


def but_ordered(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return sales without the lists of orders, or of what was delivered, that stand beside lists of invoices: asked.

    Alone, they count as sales, and it is told.
    """
    rows, gone = list(rows), set[int]()
    lists = defaultdict[int, list[Row]](list)
    for row in rows:
        lists[id(row.grid)].append(row)
    names = [_ordered(group[0].grid) for group in lists.values()]
    for group, name in zip(lists.values(), names, strict=True):
        if name and not all(names):
            told = f"« {name} » ({_weighed('factures', group)})"
            question = f"{told} : des commandes, à côté de vos factures. Est-ce vendu en plus ?"
            doubt = Doubt(f"prevu.{timeless(name)}", question, _ORDERED, f"Ôtez « {name} » des fichiers.", False)
            if _refused(group, "factures", doubt, f"{told} : pas une vente de plus", findings):
                gone |= {id(row) for row in group}
        elif name:
            text = f"Chaque prix compte comme une vente, le jour de « {group[0].place('date').title} »."
            more = "Si ces commandes ont des factures, donnez les factures à la place."
            findings.heed(group[0].grid.place(), f"ce tableau est une liste de commandes. {text} {more}")
    return [row for row in rows if id(row) not in gone]


def _ordered(grid: Grid) -> str:
    """Return the heading, or the name, of a list of orders; an empty text for any other."""
    found = [*headings(grid.above), *headings(grid.lines[:_HEADED]), called(grid)]
    return next(filter(ordered, found), "")


_HEADED = 4
"""A heading stands on the first lines of a sheet."""
_MEND = "Ôtez ces lignes, ou corrigez leur jour."


def _refused(rows: Sequence[Row], table: str, doubt: Doubt, told: str, findings: Findings) -> bool:
    """Tell whether the group says that rows do not count, which is told; until it answers, it is asked."""
    said = rows[0].grid.answers.get(doubt.topic, "")
    if not said:
        findings.doubt(rows[0].place("date"), doubt)
    elif said == _NO:
        findings.aside |= {(table, *row.source, int(row.line)): ("à venir", row.get("date")) for row in rows}
        findings.heed(rows[0].grid.place(), f"{told}, comme vous l'avez dit : rien n'en est lu.")
    return said == _NO


def _weighed(table: str, rows: Sequence[Row], which: str = "") -> str:
    """Return how many lines there are, and what they weigh."""
    name, tell = _COUNTED[table]
    return f"{count(len(rows), 'ligne')}{which}, {tell(round(sum(row.get(name) or 0 for row in rows)))} en tout"


def _after(row: Row, now: date) -> bool:
    return bool(row.get("date")) and _plain(row.get("date")) > now


def _plain(when: date) -> date:
    return date(when.year, when.month, when.day)
