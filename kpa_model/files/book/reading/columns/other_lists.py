"""Sheets that stand beside the facts of a group: addresses, prices, stocks. They hold no day, and nothing to share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import may_be_titles
from kpa_model.files.book.spreadsheets import HEADED

_REACHED = {"telephone", "tel", "portable", "mobile", "mail", "email", "courriel", "adresse", "adressemail", "siret"}
_REACHED |= {"numerodetelephone", "ntel", "adressepostale", "contact", "siren", "codepostal", "cp", "ville"}
_REACHED |= {"phone", "city"}
_OUTSIDE = {"client", "clients", "fournisseur", "fournisseurs", "societe", "raisonsociale", "entreprise", "structure"}
_OUTSIDE |= {"nomduclient", "organisme", "partenaire", "prestataire", "customer", "supplier", "company"}
_STOCK = {"stock", "stocks", "stockactuel", "enstock", "quantiteenstock", "seuil", "seuildalerte", "stockmini"}
_PRICES = re.compile(
    r"\b(tarifs?|catalogue|bar[eè]me)\b|\bprix (conseill|public|de vente)|\bgrille (de prix|tarif)", re.I
)
_PRICED = re.compile(r"\b(prix|tarifs?|montant|ht|ttc)\b|€", re.IGNORECASE)
_SOLD = re.compile(r"\b(vendu|quantit[ée]|qt[ée]|nb|nombre|command[ée])", re.IGNORECASE)
_MADE = re.compile(r"\b(created|updated|modified|added|cr[ée]{2}e?|modifi[ée]e?|ajout[ée]e?)\b", re.IGNORECASE)
"""When a program wrote the address: no fact of the group."""
_FACTS = {"date", "facture", "duree", "personne", "mois", "commande", "client"}
_AMOUNTS = {"montant_ht", "montant_ttc", "montant_tva"}


def other_list(grid: Grid, findings: Findings) -> bool:
    """Tell whether a sheet lists addresses, prices or a stock, whose group does not say otherwise; it is told."""
    if "table" in grid.answers or not (listed := _listed(grid)):
        return False
    findings.note(grid.place(), f"cette feuille dit {listed}, et aucun jour. Rien n'y est à lire.")
    return True


def _listed(grid: Grid) -> str:
    for _, cells in grid.lines[:HEADED]:
        titles = [as_text(cell) for cell in cells]
        if sum(map(bool, titles)) > 1 and may_be_titles(cells) and (found := _of_titles(titles, grid.name)):
            made = {at for at, title in enumerate(titles) if _MADE.search(title)}
            days = (_is_day(cell) for _, each in grid.lines for at, cell in enumerate(each) if at not in made)
            return "" if any(days) else found
    return ""


def _of_titles(titles: list[str], name: str) -> str:
    named, fields = set(map(bare, _words(titles))), set(_fields(titles))
    if named & _REACHED and named & _OUTSIDE and not fields & ({*_FACTS, *_AMOUNTS} - {"client", "personne"}):
        return "des adresses"
    if named & _STOCK and not fields & _FACTS:
        return "un stock"
    priced = any(map(_PRICES.search, (name, *titles))) and any(map(_PRICED.search, titles))
    return "des prix" if priced and not fields & _FACTS and not any(map(_SOLD.search, titles)) else ""


def _words(titles: list[str]) -> list[str]:
    """Return titles, and both parts of those that begin alike: « Client Name », « Client Email »."""
    first = [title.split(" ", 1)[0] for title in titles if " " in title]
    alike = {word for word in first if 2 * first.count(word) > sum(map(bool, titles))}
    return [*titles, *(part for title in titles if title.split(" ", 1)[0] in alike for part in title.split(" ", 1))]


def _fields(titles: Iterable[str]) -> Iterable[str]:
    known = [dictionaries()[table] for table in ("factures", "achats", "heures", "encaissements")]
    return (each.name for title in titles for table in known if (each := column_of(title, table)) is not None)


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    text = as_text(cell)
    if not re.search(
        r"^(19|20)\d{6}$|\d[/.-]\d|\d (jan|f[ée]v|mar|avr|mai|jui|ao|sep|oct|nov|d[ée]c)", text, re.IGNORECASE
    ):
        return False
    try:
        return bool(read_date(text))
    except Refused:
        return False
