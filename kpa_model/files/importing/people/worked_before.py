"""Hours beside what the book holds, or on sales left out: asked about. Months with sales and no hour: told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.copies import ONCE, TWICE
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.written.work_done import AGREED
from kpa_model.files.book.tables import Given, Held, Row, Values, by_list
from kpa_model.files.book.where import Place
from kpa_model.files.importing.merging import content, plain
from kpa_model.words import count, hours, listing, month_name


def worked_before(tables: Given, held: Held, given: Held, findings: Findings) -> None:
    """Leave out the hours that a book holds already, once the group says that they are the same work.

    They are those of one person, day and time; or all those of a list, when it makes the same sum of each month.

    Args:
        tables: what the files give.
        held: what the book holds.
        given: what the same files gave to it before.
        findings: where it is asked, and told.
    """
    lists = by_list(
        row for row in tables.get("heures", ()) if row.get("duree") and row.get("personne") and row.get("date")
    )
    before = [content(each) for each in given.get("heures", ())]
    known = [plain("heures", each) for each in held.get("heures", ())]
    known, gone = [each for each in known if content(each) not in before], set[int]()
    for rows in lists:
        twins = _same_months(rows, known) or _same_days(rows, known)
        answer = rows[0].grid.answers.get(TWICE, "")
        if not twins or not findings.asking:
            continue
        first, more = twins[0], f" et {count(len(twins) - 1, 'autre', 'autres')}" if len(twins) > 1 else ""
        much = hours(round(sum(row.get("duree") for row in twins)))
        named = f"{first.get('personne')}, le {first.get('date'):%d/%m/%Y}{more} ({much})"
        if len(twins) == 1 and len(rows) > 2:
            findings.heed(first.place("duree"), f"{named} : c'est aussi dans le carnet. C'est compté deux fois.")
        elif answer == ONCE:
            gone |= {id(row) for row in twins}
            findings.heed(first.grid.place(), f"{named} : c'est déjà dans le carnet. Cela compte une fois.")
        elif not answer:
            question = f"{named} : le carnet a déjà ces heures, d'un autre fichier. Est-ce le même travail ?"
            options = ((ONCE, "oui : le compter une fois"), ("deux", "non : ce sont d'autres heures"))
            findings.doubt(first.place("duree"), Doubt(TWICE, question, options, "Ne donnez qu'un des deux fichiers."))
    if gone:
        tables["heures"] = [row for row in tables["heures"] if id(row) not in gone]


def _same_days(rows: Iterable[Row], known: Iterable[Values]) -> list[Row]:
    """Return the lines that a book tells too, as many times."""
    left, found = Counter(map(_work, known)), list[Row]()
    for row in rows:
        if left[key := _work(row.values)] > 0:
            left[key] -= 1
            found.append(row)
    return found


def _same_months(rows: Sequence[Row], known: Iterable[Values]) -> Sequence[Row]:
    """Return all the lines of a list, when a book has as much of each of its people and months; else nothing."""
    mine, theirs = (_by_month(each) for each in ([row.values for row in rows], known))
    return rows if all(theirs.get(key) == much for key, much in mine.items()) else []


def _by_month(lines: Iterable[Values]) -> dict[tuple[str, CalendarMonth], int]:
    sums: dict[tuple[str, CalendarMonth], Any] = defaultdict(int)
    for each in lines:
        if each.get("duree") and each.get("date"):
            sums[same(str(each.get("personne", ""))), CalendarMonth.of(each["date"])] += each["duree"]
    return {key: round(much) for key, much in sums.items()}


def _work(values: Values) -> tuple[str, Any, int]:
    return same(str(values.get("personne", ""))), values.get("date"), round(values.get("duree") or 0)


_TOLD = 4


def say_idle(book: OrderBook, given: Held, name: str, findings: Findings) -> None:
    """Tell that none of the months of the sales that are given has an hour in the book.

    Args:
        book: the book as it would be.
        given: the lines of the files, by table.
        name: what the book is called.
        findings: where it is told.
    """
    days = [each["date"] for each in given.get("factures", ()) if isinstance(each.get("date"), date)]
    sold = {(day.year, day.month): day.replace(day=1) for day in sorted(days)}
    worked = {(each.on.year, each.on.month) for each in book.hours}
    if sold and not sold.keys() & worked:
        told = listing([month_name(day) for day in sold.values()], most=_TOLD)
        more = (
            "Si le groupe a noté ses heures, donnez-les aussi : une règle par heures ne peut rien partager sans elles."
        )
        findings.heed(Place(name), f"aucune heure en {told}. {more}")


TOPIC = "heures.laissees"
_QUOTED = re.compile(r"devis|pro ?forma|brouillon|draft|quot|factur|offert|gratuit|a emettre")
"""Why a sale may be left out though its work was done."""


def work_left(tables: Given, findings: Findings) -> None:
    """Leave out the hours of sales left out, when the group says so; those of a quote count, and it is told."""
    lists: dict[tuple[str, str, bool], list[tuple[Row, str]]] = defaultdict(list)
    for row in tables.get("heures", ()):
        sale = ("factures", row.grid.file, row.grid.sheet, int(row.line))
        if row.get("duree") and (word := findings.aside.get(sale, ("",))[0]):
            lists[row.grid.file, row.grid.sheet, bool(_QUOTED.search(same(word)))].append((row, word))
    for (*_, quoted), told in lists.items():
        rows = [row for row, _ in told]
        place, answers, named = rows[0].place("duree"), rows[0].grid.answers, _named(rows)
        said = listing([f"« {word} »" for word in dict.fromkeys(word for _, word in told)], most=3)
        if not quoted and answers.get(TOPIC) == "non":
            tables["heures"] = [row for row in tables["heures"] if all(row is not each for each in rows)]
            findings.heed(place, f"{said} : ces heures ne sont pas comptées non plus ({named}).")
        elif quoted or not findings.asking or {TOPIC, AGREED} & answers.keys() or _agreed(told):
            findings.heed(place, f"{said} : la vente ne compte pas, et ses heures comptent toujours ({named}).")
        else:
            question = f"{said} : la vente ne compte pas. Et les heures de la même ligne ({named}) ?"
            options = (("oui", "elles comptent : le travail a été fait"), ("non", "non : les laisser de côté aussi"))
            todo = "Écrivez ces heures sur une ligne à elles, ou ôtez-les."
            findings.doubt(place, Doubt(TOPIC, question, options, todo))


def _agreed(told: Sequence[tuple[Row, str]]) -> bool:
    """Tell whether the group already said that hours of these words count: their own table asked it."""
    return all(row.grid.answers.get(f"etat.{bare(word)}") == "oui" for row, word in told)


def _named(rows: Sequence[Row]) -> str:
    """Return whose hours they are, and how many: « Bruno 4 h »."""
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[str(row.get("personne", ""))] += round(row.get("duree"))
    return listing([f"{who} {hours(much)}".strip() for who, much in sums.items()], most=4)
