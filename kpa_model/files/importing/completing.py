"""What a program can know without being told: an order per invoice, people met in the hours, who pays which invoice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Doubt, Findings, Place
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.tables import Row
from kpa_model.words import count, listing

Tables = dict[str, list[Row]]
ADDED = "ajouté par le cahier"
ASKED = "personnes.demandees"
"""Everybody about whom it was asked."""
PEOPLE = "personnes.cape"
"""The answer that names who has a CAPE, separated by `|`."""


Known = Mapping[str, Iterable[Mapping[str, Any]]]
"""What a book holds already, table by table."""


def completed(tables: Tables, held: Known, answers: Mapping[str, str], name: str, findings: Findings) -> None:
    """Add to the tables what the others imply; ask the status of new people, once."""
    _orders(tables, held, name, findings)
    _people(tables, held, answers, name, findings)


def _named(tables: Tables, held: Known, table: str, column: str) -> set[str]:
    rows = (*(row.values for row in tables.get(table, ())), *held.get(table, ()))
    return {same(str(values.get(column, ""))) for values in rows}


def _row(table: str, values: Mapping[str, Any]) -> Row:
    return Row(Grid(ADDED, table, ()), 0, {}, (), dict(values))


def _orders(tables: Tables, held: Known, name: str, findings: Findings) -> None:
    """Make one order per invoice that names none, and one for each order that is named and written nowhere."""
    known = _named(tables, held, "commandes", "commande")
    had_orders = bool(known)
    made: dict[str, dict[str, Any]] = {}
    for row in tables.get("factures", ()):
        if not row.get("commande") and row.get("facture"):
            row.values["commande"] = row.get("facture")
        order = row.get("commande", "")
        if same(order) not in known and row.get("date"):
            first = made.setdefault(same(order), {"commande": order, "date": row.get("date")})
            first.setdefault("libelle", row.get("libelle", "") or row.get("client", ""))
            first["date"] = min(first["date"], row.get("date"))
    if had_orders:  # an order that is named and unknown is a fault of typing; only invoices alone make theirs
        own = {same(row.get("facture", "")) for row in tables.get("factures", ())}
        made = {key: values for key, values in made.items() if key in own}
    else:
        for table in ("heures", "achats"):
            for row in tables.get(table, ()):
                if (order := row.get("commande", "")) and same(order) not in made and row.get("date"):
                    made[same(order)] = {"commande": order, "date": row.get("date")}
    if made:
        rows = [_row("commandes", {key: value for key, value in each.items() if value}) for each in made.values()]
        tables.setdefault("commandes", []).extend(rows)
        text = f"{count(len(made), 'commande est faite', 'commandes sont faites')} d'après les factures et les heures."
        findings.note(Place(name), text)


def _people(tables: Tables, held: Known, answers: Mapping[str, str], name: str, findings: Findings) -> None:
    """Propose people met in the hours and not written among people; ask once who has a CAPE."""
    known = _named(tables, held, "personnes", "personne")
    met: dict[str, str] = {}
    seen: dict[str, date] = {}
    for table in ("heures", "declarations"):
        for row in tables.get(table, ()):
            if (who := row.get("personne", "")) and same(who) not in known:
                met.setdefault(same(who), who)
                day = row.get("date") or (row.get("mois").first_day if row.get("mois") else None)
                if day:
                    seen[same(who)] = min(day, seen.get(same(who), day))
    for row in tables.get("commandes", ()):
        for who in names_in(row.get("apportee_par", "") or ""):
            if known and same(who) not in known:
                continue
            if same(who) not in known:
                met.setdefault(same(who), who)
    if not met:
        return
    first = _first_day(tables)
    said = answers.get(PEOPLE, "")
    answered = {same(who) for who in (said + "|" + answers.get(ASKED, "")).split("|")}
    if not set(met) <= answered:
        question = f"{listing(sorted(met.values()))} : qui a un CAPE ?"
        todo = "Sans CAPE, une personne ne peut pas être payée. Ajoutez-la à la table « personnes »."
        options = tuple((who, who) for who in sorted(met.values()))
        findings.doubt(Place(name), Doubt(PEOPLE, question, options, todo, several=True))
    paid = {same(who) for who in said.split("|")}
    rows = [
        _row("personnes", {"personne": who, "statut": "cape" if key in paid else "benevole", "du": first or seen[key]})
        for key, who in met.items()
        if first or key in seen
    ]
    tables.setdefault("personnes", []).extend(rows)
    findings.note(Place(name), f"nouvelles personnes, d'après les heures : {listing(sorted(met.values()))}.")


def _first_day(tables: Mapping[str, Iterable[Row]]) -> date | None:
    """Return the first day of the first month that the tables speak of."""
    days = [
        row.get("date") for table in ("factures", "heures", "achats", "encaissements") for row in tables.get(table, ())
    ]
    held = [day for day in days if day]
    return min(held).replace(day=1) if held else None


def paying(tables: Tables, held: Iterable[Row], findings: Findings) -> None:
    """Lead each payment without a number to the one invoice of that amount; what fits none is left out, and told."""
    due: dict[str, int] = defaultdict(int)
    for row in (*held, *tables.get("factures", ())):
        if row.get("montant_ht") is not None and row.get("taux_tva") is not None:
            due[row.get("facture", "")] += (
                row.get("montant_ht") + row.get("montant_ht") * row.get("taux_tva") // 1_000_000
            )
    kept = []
    for row in tables.get("encaissements", ()):
        if row.get("facture"):
            kept.append(row)
            continue
        said = row.get("libelle", "")
        named = [
            number
            for number in due
            if len(number) > 2 and re.search(rf"(?<!\w){re.escape(number)}(?!\w)", said, re.IGNORECASE)
        ]
        fitting = named or [number for number, whole in due.items() if abs(whole - row.get("montant_ttc", 0)) <= 1]
        if len(fitting) == 1:
            row.values["facture"] = fitting[0]
            kept.append(row)
        else:
            why = "plusieurs factures ont ce montant" if fitting else "aucune facture n'a ce montant"
            findings.left_out(row.place(), f"ce paiement n'est pas lu : {why}.")
    if "encaissements" in tables:
        tables["encaissements"] = kept
