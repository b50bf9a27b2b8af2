"""Typed rows → the nouns of the order book. Called once nothing is wrong any more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from kpa_model.cooperative.book import Basis, Cooperative, OrderBook
from kpa_model.cooperative.orders import DirectCost, InvoiceLine, Order, PaymentReceived
from kpa_model.cooperative.people import Member, Spell, Status
from kpa_model.cooperative.work import Hours, Kind, Statement
from kpa_model.files.book.tables import Row

Tables = Mapping[str, Sequence[Row]]
PAYMENT_DAYS = 30
"""Days given to the customer when the invoice does not say."""


def built(cooperative: Cooperative, tables: Tables) -> OrderBook:
    """Return the whole book, lists in the order of the files."""
    return OrderBook(
        cooperative=cooperative,
        members=_members(tables.get("personnes", ())),
        orders=tuple(map(_order, tables.get("commandes", ()))),
        lines=tuple(map(_line, tables.get("factures", ()))),
        payments=tuple(
            PaymentReceived(row.get("facture"), row.get("date"), row.get("montant_ttc"))
            for row in tables.get("encaissements", ())
        ),
        costs=tuple(
            DirectCost(row.get("libelle"), row.get("date"), row.get("montant_ht"), row.get("commande", ""))
            for row in tables.get("achats", ())
        ),
        hours=tuple(map(_hours, tables.get("heures", ()))),
        statements=tuple(map(_statement, tables.get("declarations", ()))),
    )


def cooperative_of(values: Mapping[str, Any], name: str) -> Cooperative:
    """Return what the group says of itself; `name` serves when it does not say its own."""
    return Cooperative(
        name=values.get("nom", name),
        about=values.get("presentation", ""),
        basis=Basis(values.get("date_qui_compte", Basis.INVOICED.value)),
        opening_fund=values.get("fonds_de_depart", 0),
        opening_reserve=values.get("reserve_de_depart", 0),
        fictional=values.get("fictive", False),
        source=values.get("source", ""),
    )


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of `Awa + Bruno`, `Awa, Bruno` or `Awa et Bruno`."""
    return tuple(name.strip() for name in re.split(r"[+,;/]| et ", text) if name.strip())


def _members(rows: Sequence[Row]) -> tuple[Member, ...]:
    """Put together the lines of one person; the last pole written is hers."""
    spells: dict[str, list[Spell]] = {}
    poles: dict[str, str] = {}
    for row in rows:
        name = row.get("personne")
        spells.setdefault(name, []).append(Spell(Status(row.get("statut")), row.get("du"), row.get("au")))
        poles[name] = row.get("pole") or poles.get(name, "")
    return tuple(Member(name, tuple(hers), poles[name]) for name, hers in spells.items())


def _order(row: Row) -> Order:
    return Order(
        number=row.get("commande"),
        label=row.get("libelle", ""),
        pole=row.get("pole", ""),
        ordered_on=row.get("date"),
        customer=row.get("client", ""),
        brought_by=row.get("apportee_par", ()),
        origin=row.get("origine", ""),
    )


def _line(row: Row) -> InvoiceLine:
    return InvoiceLine(
        invoice=row.get("facture"),
        order=row.get("commande"),
        label=row.get("libelle", ""),
        invoiced_on=row.get("date"),
        due_on=row.get("echeance") or row.get("date") + timedelta(days=PAYMENT_DAYS),
        before_tax=row.get("montant_ht"),
        vat_rate=row.get("taux_tva"),
    )


def _hours(row: Row) -> Hours:
    return Hours(
        member=row.get("personne"),
        on=row.get("date"),
        kind=Kind(row.get("genre")),
        minutes=row.get("duree"),
        order=row.get("commande", ""),
        task=row.get("tache", ""),
    )


def _statement(row: Row) -> Statement:
    return Statement(
        member=row.get("personne"),
        month=row.get("mois"),
        points=row.get("points", 0),
        claim=row.get("demande", 0),
        need=row.get("besoin", 100),
        present=row.get("present"),
    )
