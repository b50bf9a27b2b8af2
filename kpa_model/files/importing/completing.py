"""What a program can know without being told: an order per invoice, people met in the hours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.tables import Given, Held, Row, Tables, by_list
from kpa_model.files.book.where import Place
from kpa_model.files.importing.bought import bought
from kpa_model.files.importing.customers import led_by_customers
from kpa_model.files.importing.naming import BookDoubts
from kpa_model.files.importing.newcomers import agreed, begin, tell_newcomers, without_status
from kpa_model.files.importing.people.misspelt import of_group, say_strangers
from kpa_model.words import count, listing, uncapital

ADDED = "ajouté par le cahier"
ASKED = "personnes.demandees"
STRANGERS, ELSEWHERE, _A_GROUP, _FEW = "autre.groupe", "non", 2, 3
"""Everybody about whom it was asked."""
PEOPLE = "personnes.cape"
"""The answer that names who has a CAPE, separated by `|`."""


def completed(
    tables: Given, held: Held, answers: Mapping[str, str], name: str, findings: Findings, own_orders: bool = False
) -> None:
    """Add to the tables what the others imply; ask the status of new people, once.

    Args:
        tables: what the files give.
        held: what the book holds already.
        answers: what was answered about the book.
        name: what the book is called.
        findings: where notes and questions go.
        own_orders: whether the group keeps a list of orders: then an unknown one is a fault.
    """
    bought(tables, findings)
    asking = BookDoubts(answers, name, findings)
    _orders(tables, held, own_orders or bool(tables.get("commandes")), asking)
    _tell_unlinked(tables, held, name, findings)
    _people(tables, held, answers, name, findings)


def _named(tables: Given, held: Held, table: str, column: str) -> set[str]:
    rows = (*(row.values for row in tables.get(table, ())), *held.get(table, ()))
    return {same(str(values.get(column, ""))) for values in rows}


def _of_hours(held: Held) -> set[str]:
    """Return the orders of a book that only hours named: an invoice of their customer may come later."""
    sold = _named({}, held, "factures", "commande")
    made = (each for each in held.get("commandes", ()) if not each.get("client") and not each.get("apportee_par"))
    return {same(name) for each in made if (name := str(each["commande"])) == (each.get("libelle") or name)} - sold


def _row(table: str, values: Mapping[str, Any]) -> Row:
    return Row(Grid(ADDED, table, ()), 0, {}, (), dict(values))


def _orders(tables: Given, held: Held, own: bool, asking: BookDoubts) -> None:
    """Make one order per invoice that names none, and one for each order that is named and written nowhere.

    When the group keeps its `own` list of orders, one that is named and unknown is asked about.
    """
    known = _named(tables, held, "commandes", "commande")
    _without_code_of_all(tables.get("factures", ()), known, asking.findings)
    people = {who for table in ("personnes", "heures") for who in _named(tables, held, table, "personne")}
    made: dict[str, dict[str, Any]] = {}
    for row in tables.get("factures", ()):
        if not row.get("commande") and row.get("facture"):
            row.values["commande"] = row.get("facture")
        order = row.get("commande", "")
        if order and same(order) not in known:  # a line whose day could not be read is refused for that alone
            day = row.get("date") or date.max
            first = made.setdefault(same(order), {"commande": order, "date": day})
            first.setdefault("client", row.get("client", ""))
            label, who = row.get("libelle", ""), row.get("client", "")
            first.setdefault("libelle", label if same(who) in same(label) else f"{label} {who}".strip())
            first["date"] = min(first["date"], day)
            if mine := of_group(row.get("apportee_par", ""), people):
                first.setdefault("apportee_par", mine)
    say_strangers(tables.get("factures", ()), people, asking.findings)
    led_by_customers(tables, held, (known - _of_hours(held)) | made.keys(), asking)
    invoices = {same(row.get("facture", "")) for row in tables.get("factures", ())}
    named = {key: values for key, values in made.items() if key not in invoices}
    for row in (row for table in ("heures", "achats") for row in tables.get(table, ())):
        key = same(order := row.get("commande", ""))
        if order and key not in made and key not in known and row.get("date"):
            named.setdefault(key, {"commande": order, "date": row.get("date")})
    made = {key: values for key, values in made.items() if key in invoices}
    made |= agreed(named, known, asking) if own else named
    if made:
        rows = [_row("commandes", {key: value for key, value in each.items() if value}) for each in made.values()]
        tables.setdefault("commandes", []).extend(rows)
        _tell_orders([values["commande"] for values in made.values()], bool(known), asking.name, asking.findings)


def _without_code_of_all(rows: Iterable[Row], known: set[str], findings: Findings) -> None:
    """Take away the analytic code that a list puts on the invoices of every customer: it is the group's, no order."""
    for group in by_list(rows):
        codes = {row.get("commande", "") for row in group}
        customers = {same(row.get("client", "")) for row in group} - {""}
        title = group[0].place("commande").title
        if len(codes) > 1 or len(customers) < 2 or "analytique" not in same(title) or same(min(codes)) in known:
            continue
        for row in group:
            row.values["commande"] = row.get("facture", "")
        what = f"« {min(codes)} » est le même pour tous les clients : ce n'est pas une commande."
        findings.heed(group[0].grid.place(), f"{what} Chaque facture fait la sienne.")


def _tell_orders(made: Sequence[str], added: bool, name: str, findings: Findings) -> None:
    """Say which orders were made; their names come first when a book had others: one may be badly typed."""
    if not added:
        told = count(len(made), "commande est faite", "commandes sont faites")
        findings.note(Place(name), f"{told} d'après les factures et les heures.")
        return
    names = listing(made, most=6)
    told = count(len(made), "commande nouvelle", "commandes nouvelles")
    findings.heed(Place(name), f"{told}, d'après les factures et les heures : {names}.")


def _tell_unlinked(tables: Given, held: Held, name: str, findings: Findings) -> None:
    """Say when no order has both hours and an invoice: a rule order by order would see work without any money."""
    worked, sold = (_named(tables, held, table, "commande") - {""} for table in ("heures", "factures"))
    if not worked or not sold or worked & sold:
        return
    before = [values for rows in held.values() for values in rows]
    every = (*before, *(row.values for rows in tables.values() for row in rows))
    said = {same(order): order for values in every if (order := str(values.get("commande") or ""))}
    told, billed = (
        listing([f"« {said.get(each, each)} »" for each in sorted(each)], most=4) for each in (worked, sold)
    )
    text = f"aucune commande n'a des heures et une facture à la fois. Des heures sont pour {told} ; des factures, pour "
    advice = "Si c'est le même travail, écrivez le même nom de commande. Cela ne compte que pour partager par commande."
    findings.heed(Place(name), f"{text}{billed}{'' if billed.endswith('…') else '.'} {advice}")


def _people(tables: Given, held: Held, answers: Mapping[str, str], name: str, findings: Findings) -> None:
    """Propose people met in the hours and not written among people; ask once who has a CAPE."""
    first = _first_day(tables)
    listed = without_status(tables, first)
    known = _named(tables, held, "personnes", "personne")
    spelled, seen = _met(tables, known)
    for key, rows in listed.items():
        if key not in _named({}, held, "personnes", "personne"):  # what a book holds of somebody stays
            spelled[key][rows[0].get("personne")] += 1
    met = {key: max(each, key=lambda who: (_capital(who), each[who], who.isupper())) for key, each in spelled.items()}
    if not met:
        return
    called = sorted(met.values(), key=same)
    if _strangers(tables, known, called, answers, name, findings):
        return
    said = answers.get(PEOPLE, "")
    answered = {same(who) for who in (said + "|" + answers.get(ASKED, "")).split("|")}
    if not set(met) <= answered:
        _ask_who_is_paid(called, name, findings)
    paid = {same(who) for who in said.split("|")}
    later = bool(held.get("heures"))
    for key, who in met.items():
        values = {"personne": who, "statut": "cape" if key in paid else "benevole"}
        begins = begin(first, seen.get(key), later)
        for row in listed.get(key) or [_row("personnes", {})]:
            if day := row.get("du") or begins:
                tables.setdefault("personnes", []).append(replace(row, values={**row.values, **values, "du": day}))
    told = "les heures et les listes" if listed else "les heures"
    findings.note(Place(name), f"nouvelles personnes, d'après {told} : {listing(called)}.")
    if set(met) <= answered:
        if outside := [who for who in called if same(who) not in paid]:
            findings.heed(Place(name), f"sans CAPE, donc sans part : {listing(outside)}.")
        dated = {key for key, rows in listed.items() if any(row.get("du") for row in rows)}
        newly = {met[key]: seen[key] for key in met if key in paid & seen.keys() - dated}
        tell_newcomers(newly, first, later, name, findings)


def _ask_who_is_paid(called: Sequence[str], name: str, findings: Findings) -> None:
    question = "Qui a un CAPE ? Les autres ont leurs heures notées, et pas de part."  # their names are the options
    todo = "Sans CAPE, une personne ne peut pas être payée. Ajoutez-la à la table « personnes »."
    doubt = Doubt(PEOPLE, question, tuple((who, who) for who in called), todo, several=True)
    if len(called) == 1:
        alone = f"{called[0]} : un CAPE ? Sans CAPE, ses heures sont notées, et il n'y a pas de part."
        doubt = replace(doubt, question=alone, every="Oui, un CAPE", none="Non, pas de CAPE")
    findings.doubt(Place(name), doubt)


def _strangers(
    tables: Given,
    known: Collection[str],
    called: Sequence[str],
    answers: Mapping[str, str],
    name: str,
    findings: Findings,
) -> bool:
    """Ask whether this is the right book, when nobody of these hours is in it; tell whether it stops there."""
    worked = {same(row.get("personne", "")) for row in tables.get("heures", ())}
    if min(len(known), len(called)) < _A_GROUP or not worked or worked & set(known):
        return False
    if answers.get(STRANGERS, "") == "oui":
        return False
    who = "Aucune de ces personnes n'est" if len(called) < _FEW else f"Aucune de ces {len(called)} personnes n'est"
    question = f"{who} dans « {name} » : {listing(called)}. Est-ce le bon carnet ?"
    options = (("oui", "oui : ces personnes arrivent"), (ELSEWHERE, "non : c'est un autre groupe"))
    findings.doubt(Place(name), Doubt(STRANGERS, question, options, "Donnez le nom d'un autre carnet."))
    return True


def of_another_group(answers: Mapping[str, str], name: str) -> UnreadableFile | None:
    """Return the refusal of files that the group says are not for this book; None when it did not say so."""
    if answers.get(STRANGERS, "") != ELSEWHERE:
        return None
    what = f"d'après votre réponse, ils ne vont pas dans « {name} »."
    return UnreadableFile(Problem("Vos fichiers", what, "Choisissez un nouveau carnet."))


def _capital(name: str) -> bool:
    """Tell whether a name is written with its capitals: « Iris », neither « iris » nor « IRIS »."""
    return not name.islower() and not name.isupper()


def _met(tables: Given, known: set[str]) -> tuple[dict[str, Counter[str]], dict[str, date]]:
    """Return who is met and not known, each under every spelling, and the first day each one is seen."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[str, date] = {}
    for table in ("heures", "declarations"):
        for row in tables.get(table, ()):
            if (who := row.get("personne", "")) and same(who) not in known:
                spelled[same(who)][who] += 1
                day = row.get("date") or (row.get("mois").first_day if row.get("mois") else None)
                if day:
                    seen[same(who)] = min(day, seen.get(same(who), day))
    for row in tables.get("commandes", ()):
        for who in names_in(row.get("apportee_par", "") or ""):
            if known and same(who) not in known:
                continue
            if same(who) not in known:
                spelled[same(who)][who] += 1
    return spelled, seen


def _first_day(tables: Mapping[str, Iterable[Row]]) -> date | None:
    """Return the first day of the first month that the tables speak of."""
    days = [
        row.get("date") for table in ("factures", "heures", "achats", "encaissements") for row in tables.get(table, ())
    ]
    held = [day for day in days if day]
    return min(held).replace(day=1) if held else None


_ADD = {
    "personnes": "Ajoutez les heures du groupe, ou la liste des personnes.",
    "factures": "Ajoutez la liste des factures, ou celle des ventes.",
}


def say_missing(tables: Tables, given: Collection[str], name: str, findings: Findings) -> None:
    """Say which tables are missing, and what gives each one: invoices give their orders, hours their people.

    Args:
        tables: the whole book.
        given: the tables that have a sheet or a file of their own, even without any line: a month may have no sale.
        name: what the book is called.
        findings: where it goes.
    """
    read = {row.source for rows in tables.values() for row in rows}
    refused = any(place.line and (place.file, place.sheet) not in read for place, _, _ in findings.problems)
    for each in dictionaries().values():
        if (each.table == "personnes" and findings.problems) or (each.table == "factures" and refused):
            continue  # hours that are refused are those of somebody; a table that is refused may be the invoices
        if not each.required or tables.get(each.table) or (each.table == "commandes" and not tables.get("factures")):
            continue
        if each.table == "factures" and each.table in given and tables.get("heures"):
            findings.heed(Place(name), "la liste des factures est vide : les ventes sont de 0 €.")
            continue
        todo = _ADD.get(each.table, "Ajoutez-y le fichier qui les contient.")
        findings.problem(Place(name), f"rien ne contient {uncapital(each.label)}.", todo)
