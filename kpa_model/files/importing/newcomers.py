"""From when somebody met in the hours is there: a minimum is given each month, so that this day moves money. Told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from kpa_model.files.book.findings import Findings, Place
from kpa_model.words import listing, month_name, of


def begin(first: date | None, seen: date | None, later: bool) -> date | None:
    """Return from when somebody is there: the first month of the files; that of her hours, in a book with others.

    Args:
        first: the first day of the first month of the files.
        seen: her first day of work.
        later: whether the book holds hours already: its months may have been shared without her.
    """
    return seen.replace(day=1) if seen and (later or not first) else first


def tell_newcomers(seen: Mapping[str, date], first: date | None, later: bool, name: str, findings: Findings) -> None:
    """Tell from when the CAPE of people counts, when their hours begin after those of the book, or of the files.

    Args:
        seen: the first day of work of each.
        first: the first day of the first month of the files.
        later: whether the book holds hours already.
        name: what the book is called.
        findings: where it is told.
    """
    months: dict[date, list[str]] = defaultdict(list)
    for who, day in seen.items():
        months[day.replace(day=1)].append(who)
    for month, people in sorted(months.items()):
        worked = f"{listing(people)} : premières heures en {month_name(month)}"
        if later:
            findings.heed(Place(name), f"{worked}, CAPE à partir de ce mois.")
        elif first and month > first:
            since = f"{worked}, CAPE dès le début {of(month_name(first))}"
            advice = (
                "Pour une arrivée plus tard, donnez la liste des personnes, avec leur statut et une colonne « du »."
            )
            findings.heed(Place(name), f"{since} : un minimum y serait donné. {advice}")
