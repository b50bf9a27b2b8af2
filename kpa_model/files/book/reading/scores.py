"""How much a column looks like a field: its title, and what its cells can be; from 0, and the more the surer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from kpa_model.errors import Refused
from kpa_model.files.book import cells as cell_readers
from kpa_model.files.book.building import TEAM, of_teams
from kpa_model.files.book.cells import Cell, as_text, bare, same, unguarded
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import Column
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.proved import beside_a_span
from kpa_model.files.book.reading.columns.titles import (
    BESIDE_WORK,
    TIME_UNIT,
    may_be_asked,
    says_time,
    tells_given,
    tells_time,
)
from kpa_model.files.book.reading.context import COURTESY, Context
from kpa_model.files.book.reading.dated.moments import apart_from_work, may_be_moments, of_somebody
from kpa_model.files.book.reading.habits import says_day
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.taxes import RATES
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.reading.spread.titled_units import in_days, of_a_till
from kpa_model.files.book.tables import reader_of

_SAMPLE = 120
TITLED = 2.0
"""From this score on, a title leads to the field."""


def share(column: Column, cells: Sequence[Cell], context: Context) -> float:
    """Return the part of the cells that can be what a column expects, from 0 to 1; totals left aside; 0 without any."""
    if not cells:
        return 0.0
    if column.kind == "texte":
        return 1.0
    sample = cells[:: max(1, len(cells) // _SAMPLE)]
    sample = [cell for cell in sample if not (isinstance(cell, str) and TOTAL.match(cell))] or sample
    return sum(_fits(column, unguarded(cell), context) for cell in sample) / len(sample)


def _share_of(block: Block, at: int, column: Column, context: Context) -> float:
    """Return the share of a column of a block, worked out once for all the fields of one kind: seven tables try it."""
    if column.kind == "nom":  # it follows who is known
        return share(column, block.column(at), context)
    key = (at, column.kind, column.content)
    if key not in block.shares:
        block.shares[key] = share(column, block.column(at), context)
    return block.shares[key]


def lost(block: Block, at: int) -> float:
    """Return the part of a column whose formulas failed, or were never computed: its title says what it would be."""
    key = (at, "", "")
    if key not in block.shares:
        cells = block.column(at)
        block.shares[key] = sum(map(cell_readers.failed, cells)) / max(1, len(cells))
    return block.shares[key]


def fits(column: Column, block: Block, at: int, context: Context) -> float:
    """Return the part of a column that can be what a field expects: a formula that was never computed can."""
    return min(1.0, _share_of(block, at, column, context) + lost(block, at))


def _fits(column: Column, cell: Cell, context: Context) -> bool:
    if column.kind == "choix":
        return bare(as_text(cell)) in column.spellings
    if column.kind == "taux":
        return readable(cell_readers.read_rate, cell) and (
            "%" in as_text(cell) or cell_readers.read_rate(cell) in RATES
        )
    if column.kind == "duree" and in_days(cell):
        return True
    if column.kind == "date":
        return readable(_day_in_any_order, cell)
    if reader := reader_of(column):
        return readable(reader, cell)
    known = {"personne": context.people, "commande": context.orders, "facture": context.invoices}.get(column.name)
    if column.kind == "nom" and known:
        return same(as_text(cell)) in known
    return True


def _day_in_any_order(cell: Cell) -> object:
    """Read a day, even where the month comes first, or where no sign stands between: what it is is settled later."""
    told = re.sub(r"(?<=\d) ?[ap]\.?m\.?$", "", cell, flags=re.IGNORECASE) if isinstance(cell, str) else cell
    try:
        return read_date(told)
    except Refused:
        if says_day(as_text(cell)):
            return cell
        turned = re.sub(r"^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$", r"\1\2\4\2\3", as_text(told))
        return read_date(re.sub(r"^(\d{1,2})([/.-])(\d{1,2})\2", r"\3\2\1\2", turned))


@lru_cache(maxsize=65536, typed=True)
def readable(reader: Callable[[Cell], object], cell: Cell) -> bool:
    """Tell whether a reader can read a cell: every table tries the same cells, with the same few readers."""
    try:
        reader(cell)
    except Refused:
        return False
    return True


def score(column: Column, block: Block, at: int, context: Context, table: str) -> float:
    """Return how much a column of a file looks like a field: a title its content does not deny, or a proof."""
    title, cells = block.titles[at], block.column(at)
    if not cells:
        return 0.0
    if column.kind == "euros" and not layer(title):
        title = f"{title} {_money_of(cells)}".strip()
    if column.kind == "duree" and (layer(title) or "€" in title or of_a_till(title, cells)):
        return 0.0  # money, or when a till sold
    if column.name == "duree" and may_be_moments(block, at):
        return 0.0
    if column.name == "date" and table == "heures" and of_somebody(block, at):
        return 0.0
    if column.name == "date" and table != "encaissements" and apart_from_work(block, at):
        return 0.0
    named = bool(title) and column_of(title, column.alone) is not None
    if not named and column.kind != "euros" and column.name not in _PROVED:
        return 0.0
    if column.name == "duree" and not named and beside_a_span(block, at):
        return 0.0
    part = _share_of(block, at, column, context)
    whole = min(1.0, part + lost(block, at))
    if column.field == "member" and (len(cells) < len(block.lines) or all(map(no_worker, cells))):
        whole /= 2  # a column with holes says less who worked than names on every line
    proof = whole if layer(title) else part
    told = _titled(column, title, cells, whole) if named else 0.0
    return told or _proved(column, title, cells, proof, context, table)


def _money_of(cells: Sequence[Cell]) -> str:
    """Return what every cell says of its amount, « 360,00 € TTC »: a word for its title; else an empty text."""
    said = {layer(cell) if isinstance(cell, str) else "" for cell in cells[:_SAMPLE]}
    return {"avec la TVA": "TTC", "sans la TVA": "HT"}.get(said.pop(), "") if len(said) == 1 else ""


_PROVED = {"personne", "commande", "facture", "client", "date", "du", "duree", "genre", "sorte_de_piece", "etat"}
"""Fields that a content may prove by itself, as it may prove amounts."""
_OF_WORK = re.compile(r"travail|heures|activit|genre", re.IGNORECASE)
_KINDS = 12
"""More words than that are no kinds of work."""


def _titled(column: Column, title: str, cells: Sequence[Cell], part: float) -> float:
    """Return the score that a title which leads to a field gives, when the content does not contradict it."""
    if column.kind == "nombre" and TIME_UNIT.search(title):
        return 0.0  # « Combien (h) »: a time, whatever the word before
    part -= _FURTHER * _rank_of(title, column.names)
    if column.kind == "nom" and len({*cells}) < len(cells) and all(map(_yes_or_no, cells)):
        return 0.0  # « Facturé ? oui »
    if column.kind in ("texte", "nom"):
        return TITLED + part / 2
    if column.name == "genre" and _OF_WORK.search(title) and len({*map(as_text, cells)}) <= _KINDS:
        return TITLED + part  # its words are not ours: they are understood, or asked about
    least = 0.0 if column.name == "statut" else 0.4  # « CAPE » among contracts that the law calls otherwise
    return TITLED + part if part > least else 0.3


_ARRIVED = re.compile(r"\b(entr[ée]|arriv|adh[ée]|embauch|int[ée]gr|inscri|rejoin|recrut|hired|joined)", re.IGNORECASE)
"""What a title of the day when somebody came begins with, among others: « Dans le groupe, arrivé·e le »."""
_HALF = 0.5
_FURTHER = 0.002
"""How much less a title says than the one before it in the list: « Date de création », after « Date de facture »."""


@cache
def _rank_of(title: str, written: tuple[str, ...]) -> int:
    names = [bare(each) for each in written]
    return names.index(bare(title)) if bare(title) in names else len(names)


def _yes_or_no(cell: Cell) -> bool:
    """Tell whether a cell says yes or no in letters: « 1 » is the number of an invoice."""
    return not as_text(cell).isdigit() and readable(cell_readers.read_yes_no, cell)


def no_worker(cell: Cell) -> bool:
    """Tell whether a cell is a number, a yes or a no, or somebody called « Mme »: less likely who worked."""
    return as_text(cell).isdigit() or _yes_or_no(cell) or same(as_text(cell)).split(" ")[0].strip(".") in COURTESY


def titled_as(block: Block, column: Column) -> int:
    """Return the first column whose title leads to a field, whatever it holds; −1 when there is none."""
    leads = (at for at, title in enumerate(block.titles) if title and column_of(title, column.alone))
    return next((at for at in leads if block.column(at)), -1)


def _proved(column: Column, title: str, cells: Sequence[Cell], part: float, context: Context, table: str) -> float:
    """Return the score of a content that speaks alone, under a title nobody knows."""
    if column.name == "personne" and column.field != "name" and context.people and part >= 0.6:
        return 0.0 if BESIDE_WORK.search(title) else 1.0 + part
    if column.name == "personne" and re.search(r"\bpr[ée]noms?\b", title, re.IGNORECASE):
        return 0.85
    if column.name == "personne" and column.field != "name" and TEAM.search(title) and of_teams(map(as_text, cells)):
        return 0.85
    if {"commande": context.orders, "facture": context.invoices}.get(column.name) and part >= 0.8:
        return 1.0 + part / 2
    if column.name == "client" and context.sells_to(cells):
        return 0.85
    if column.name == "date" and part >= 0.9 and any(not isinstance(cell, float | int) for cell in cells):
        return 0.85 if not any(as_text(cell).isdigit() for cell in cells) else 0.0
    if column.name == "du" and table == "personnes" and part >= 0.9 and _ARRIVED.search(title):
        return 0.85
    if column.name == "duree" and part >= _HALF and (tells_time(title) or tells_given(title)):
        return 0.85  # a cell that is no time is refused where it stands
    if column.name == "duree" and part >= 0.9 and all(map(says_time, cells)):
        return 0.85
    if column.kind == "euros" and part >= 0.9 and layer(title) == layer(column.unit) != "":
        return 0.85 if may_be_asked(title, table) else 0.0
    said = {"sorte_de_piece": states.of_documents, "etat": states.of_offers}.get(column.name)
    if (column.name == "genre" and part >= 0.9) or (said is not None and said(cells)):
        return 0.85
    return 0.0
