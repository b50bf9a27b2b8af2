"""An order book → tables of typed values → CSV or YAML text, as a French spreadsheet expects it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML

from kpa_model.cooperative.book import Cooperative, OrderBook
from kpa_model.files.book.dictionaries import Column, Dictionary, dictionaries

Values = dict[str, Any]
"""One line: typed values by column name (cents, parts per million, minutes, hundredths, days)."""


_FIELDS = {
    "commandes": {
        "commande": "number",
        "libelle": "label",
        "pole": "pole",
        "date": "ordered_on",
        "client": "customer",
        "apportee_par": "brought_by",
        "origine": "origin",
    },
    "factures": {
        "facture": "invoice",
        "commande": "order",
        "libelle": "label",
        "date": "invoiced_on",
        "echeance": "due_on",
        "montant_ht": "before_tax",
        "taux_tva": "vat_rate",
    },
    "encaissements": {"facture": "invoice", "date": "received_on", "montant_ttc": "amount"},
    "achats": {"libelle": "label", "date": "spent_on", "montant_ht": "before_tax", "commande": "order"},
    "heures": {
        "personne": "member",
        "date": "on",
        "genre": "kind",
        "duree": "minutes",
        "commande": "order",
        "tache": "task",
    },
    "declarations": {
        "mois": "month",
        "personne": "member",
        "points": "points",
        "demande": "claim",
        "besoin": "need",
        "present": "present",
    },
}
"""Where each column of a table is found in the nouns."""


def table_values(book: OrderBook) -> dict[str, list[Values]]:
    """Return every table of a book as lines of typed values, in the order of the lists of the book."""
    people = [
        {"personne": member.name, "statut": spell.status, "du": spell.start, "au": spell.end, "pole": member.pole}
        for member in book.members
        for spell in member.spells
    ]
    nouns: tuple[tuple[Any, ...], ...] = (
        *(book.orders, book.lines, book.payments),
        *(book.costs, book.hours, book.statements),
    )
    others = {
        table: [{column: getattr(noun, name) for column, name in fields.items()} for noun in held]
        for (table, fields), held in zip(_FIELDS.items(), nouns, strict=True)
    }
    return {"personnes": people, **others}


def cooperative_values(cooperative: Cooperative) -> Values:
    """Return what the group says of itself, field by field."""
    return {
        "nom": cooperative.name,
        "presentation": cooperative.about,
        "date_qui_compte": cooperative.basis,
        "fonds_de_depart": cooperative.opening_fund,
        "reserve_de_depart": cooperative.opening_reserve,
        "fictive": cooperative.fictional,
        "source": cooperative.source,
    }


def text_of(value: Any, column: Column) -> str:
    """Return the text of a typed value, as people write it: `1234,56`, `5,5 %`, `28/02/2019`, `3h30`."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " + ".join(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04d}"
    if column.kind == "euros":
        return f"{Decimal(value) / 100:.2f}".replace(".", ",")
    if column.kind == "taux":
        return f"{(Decimal(value) / 10_000).normalize():f} %".replace(".", ",")
    if column.kind == "nombre":
        return f"{(Decimal(value) / 100).normalize():f}".replace(".", ",")
    if column.kind == "duree":
        return f"{value // 60}h{value % 60:02d}"
    return str(value)


def protected(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: `=…`, `+…`, `-…`, `@…` receive an apostrophe before.

    >>> protected("=2+2")
    "'=2+2"
    """
    return f"'{text}" if re.match(r"'*[=+\-@]", text) else text


def csv_text(dictionary: Dictionary, lines: Iterable[Values], separator: str = ";") -> str:
    """Return one table as CSV, with the titles of its dictionary. Free texts are protected against formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    columns = dictionary.columns
    writer.writerow([column.name for column in columns])
    for line in lines:
        texts = [(column, text_of(line.get(column.name), column)) for column in columns]
        writer.writerow([protected(text) if column.kind in {"texte", "nom"} else text for column, text in texts])
    return out.getvalue()


def yaml_text(cooperative: Cooperative) -> str:
    """Return `cooperative.yaml`."""
    values = cooperative_values(cooperative)
    yaml = YAML()
    yaml.width = 10_000
    out = io.StringIO()
    columns = dictionaries()["cooperative"].columns
    yaml.dump({column.name: text_of(values[column.name], column) for column in columns}, out)
    return out.getvalue()
