"""Who is met for the first time, since when, under which status; orders that the group's own list lacks, or numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kpa_model.files.book.cells import as_text, bare, chosen, same, shown
from kpa_model.files.book.closest import closest
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.grids import Grid, header_rank
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import width
from kpa_model.files.book.tables import Given, Row, Tables
from kpa_model.files.book.where import Place
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


def with_known_statuses(grids: Mapping[str, list[Grid]], findings: Findings) -> dict[str, list[Grid]]:
    """Return the grids of each table, where lists of members say no status that is none of ours."""
    return {**grids, "personnes": [_but_unknown(each, findings) for each in grids.get("personnes", ())]}


def _but_unknown(grid: Grid, findings: Findings) -> Grid:
    """Return a list of members without its unknown statuses, told: who has a CAPE is asked then."""
    members = dictionaries()["personnes"]
    column, rank = members.column("statut"), header_rank(grid, frozenset(members.titles))
    titles = grid.lines[rank][1] if rank is not None else ()
    at = next((at for at, title in enumerate(titles) if column_of(as_text(title), members) == column), -1)
    under = grid.lines[(rank or 0) + 1 :]
    unknown = {
        number: shown(cells[at])
        for number, cells in under
        if 0 <= at < len(cells) and as_text(cells[at]) and not chosen(cells[at], column.choices)
    }
    if not unknown:
        return grid
    words = listing([*dict.fromkeys(unknown.values())], most=4)
    which = "ne dit pas" if len({*unknown.values()}) == 1 else "ne disent pas"
    findings.heed(
        grid.place(min(unknown), at, as_text(titles[at])),
        f"{words} {which} qui a un CAPE. Si rien d'autre ne le dit, c'est demandé.",
    )
    head, wide = grid.lines[rank or 0], width(grid.lines)
    noted = [(head[0], [*head[1], *[""] * (wide - len(head[1])), "note"])]  # the word stays in the line
    for number, cells in under:
        whole = [*cells, *[""] * (wide - len(cells))]
        word = as_text(whole[at]) if number in unknown else ""
        noted.append((number, [*whole[:at], "" if word else whole[at], *whole[at + 1 :], word]))
    return replace(grid, lines=(*grid.lines[: rank or 0], *noted), later=grid.later | {"statut", "du"})


def without_status(tables: Given, first: date | None) -> Given:
    """Give its first day to each line of a list of members that has none; return those without a status, taken out.

    They come by what the spellings of a name share. Who has one on another line, that holds still, keeps that one.
    """
    rows = tables.get("personnes", [])
    for row in rows:
        if row.get("statut") and not row.get("du") and first:
            row.values["du"] = first
    bare = [row for row in rows if not row.get("statut")]
    if bare:
        tables["personnes"] = [row for row in rows if row.get("statut")]
    told = {
        same(row.get("personne", ""))
        for row in tables.get("personnes", ())
        if not first or not row.get("au") or row.get("au") >= first
    }
    found: dict[str, list[Row]] = defaultdict(list)
    for row in bare:
        if (who := row.get("personne")) and same(who) not in told:
            found[same(who)].append(row)
    return found


_CALLING = ("heures", "achats", "factures")


def numbered(tables: Tables, held: Iterable[Mapping[str, Any]], findings: Findings) -> None:
    """Call each order by its number where it is called by its label; refuse a label that two orders share.

    Args:
        tables: what the files give.
        held: the orders of the book that lists gave.
        findings: where what is read so, or refused, is told.
    """
    orders = (*(row.values for row in tables.get("commandes", ())), *held)
    numbers = {same(str(each.get("commande", ""))) for each in orders}
    called: dict[str, dict[str, str]] = defaultdict(dict)
    for each in orders:
        if (label := bare(str(each.get("libelle") or ""))) and (number := str(each.get("commande", ""))):
            called[label][same(number)] = number
    for row in (row for table in _CALLING for row in tables.get(table, ())):
        said = row.get("commande", "")
        if not said or same(said) in numbers or not (known := called.get(bare(said))):
            continue
        if len(known) > 1:
            which = listing(sorted(known.values()), "ou")
            what = f"« {said} » est le libellé de plusieurs commandes."
            findings.problem(row.place("commande"), what, f"Écrivez le numéro de la bonne : {which}.")
            row.values["commande"] = ""  # said once
            continue
        row.values["commande"] = next(iter(known.values()))
        findings.note(row.place("commande"), f"« {said} » est la commande {row.values['commande']}, par son libellé.")
