"""Sheets that stand beside the facts of a group: addresses, prices, stocks, states of an account. They hold no day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, first_text
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import may_be_titles
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.files.book.vocabulary import pattern, word_set
from kpa_model.words import euros, listing

_REACHED = word_set("other_lists.reached")
_OUTSIDE = word_set("other_lists.outside")
_STOCK = {"stock", "stocks", "stockactuel", "enstock", "quantiteenstock", "seuil", "seuildalerte", "stockmini"}
_PRICES = pattern("other_lists.prices", flags=re.IGNORECASE)
_PRICED = re.compile(r"\b(prix|tarifs?|montant|ht|ttc)\b|€", re.IGNORECASE)
_SOLD = re.compile(r"\b(vendu|quantit[ée]|qt[ée]|nb|nombre|command[ée])", re.IGNORECASE)
_MADE = re.compile(r"\b(created|updated|modified|added|cr[ée]{2}e?|modifi[ée]e?|ajout[ée]e?)\b", re.IGNORECASE)
"""When a program wrote the address: no fact of the group."""
_FACTS = {"date", "facture", "duree", "personne", "mois", "commande", "client"}
_AMOUNTS = {"montant_ht", "montant_ttc", "montant_tva"}


_SOLD_POST = re.compile(r"(chiffre d.affaires|ca|ventes?|recettes?|produits?|facturation|factures?)\b(?! fournisseur)")
_OTHER_POST = pattern("other_lists.other_post", r"(WORDS)\b")
"""The lines of a state of an account: what is sold, and what becomes of it."""


def other_list(grid: Grid, findings: Findings) -> bool:
    """Tell whether a sheet lists addresses, prices, a stock, or sums of an account, and the group does not deny it."""
    if "table" in grid.answers:
        return False
    if sums := _sums_of_posts(grid):
        text = (
            f"cette feuille est un état : des sommes par poste ({sums}), sans le jour ni le client de chaque facture."
        )
        todo = "Demandez à votre CAE la liste des factures et celle des paiements, et donnez-les ici."
        findings.left_out(grid.place(), f"{text} Rien n'y est lu. {todo}")
        return True
    if not (listed := _listed(grid)):
        return False
    findings.note(grid.place(), f"cette feuille dit {listed}, et aucun jour. Rien n'y est à lire.")
    return True


def _sums_of_posts(grid: Grid) -> str:
    """Return what a state of an account says to be sold: most of its lines are posts, and no line has a day."""
    titles: Sequence[Cell] = ()
    sold, others, lines = list[str](), 0, 0
    for _, cells in grid.lines:
        name, figures = first_text(cells), [each for each in cells[1:] if cents_in(each)]
        if any(map(_is_day, cells)) and figures:
            return ""
        if not figures:
            titles = titles if lines else cells
            continue
        lines, others = lines + 1, others + bool(_OTHER_POST.match(same(name)))
        if _SOLD_POST.match(same(name)):
            parts = [each for at, each in enumerate(cells) if at and not TOTAL.match(as_text(cell_at(titles, at)))]
            sold.append(f"« {name} » : {euros(sum(map(cents_in, parts)))}")
    return listing(sold) if sold and others > 1 and 2 * (len(sold) + others) > lines else ""


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
