"""Who is met for the first time, and from when she is there; which orders are, that the group's own list lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.closest import closest
from kpa_model.files.book.findings import ASKED, Doubt, Findings, Place
from kpa_model.files.importing.naming import BookDoubts
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


NEW_ORDERS = "commandes.nouvelles"
_TODO = "Ajoutez ces commandes à leur liste, ou corrigez leur nom."


def agreed(
    named: Mapping[str, dict[str, Any]], known: Collection[str], asking: BookDoubts
) -> dict[str, dict[str, Any]]:
    """Return the orders that the group says to be new; one that is close to a known name is left to be refused.

    Args:
        named: what is known of each order that the list lacks, by what its spellings share.
        known: the orders of the list, by what their spellings share.
        asking: what was answered, and where the question goes.
    """
    topics = (NEW_ORDERS, f"{NEW_ORDERS}{ASKED}")
    said, asked = ({same(each) for each in asking.answers.get(topic, "").split("|")} for topic in topics)
    fresh = [values["commande"] for key, values in named.items() if key not in asked and not closest(key, known)]
    if fresh:
        question = f"« {fresh[0]} » n'est pas dans la liste des commandes. Est-ce une nouvelle commande ?"
        every, none = "Oui", "Non : c'est une faute"
        if len(fresh) > 1:
            question = "Ces noms ne sont pas dans la liste des commandes. Lesquels sont de nouvelles commandes ?"
            every, none = "Toutes", "Aucune : ce sont des fautes"
        options = tuple((each, each) for each in fresh)
        asking.ask(Doubt(NEW_ORDERS, question, options, _TODO, several=True, every=every, none=none))
    return {key: values for key, values in named.items() if key in said}
