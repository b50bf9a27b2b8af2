"""Columns → fields of a table, by title and content together, all at once; what neither proves is not assigned."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from kpa_model.errors import Refused
from kpa_model.files.book import cells as cell_readers
from kpa_model.files.book.building import TEAM, of_teams
from kpa_model.files.book.cells import Cell, as_text, bare, same, unguarded
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import Column, Dictionary
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.assignment import scored_pairs
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns import titles as of_titles
from kpa_model.files.book.reading.columns.titles import TIME_UNIT, may_be_asked, says_time, tells_given, tells_time
from kpa_model.files.book.reading.context import COURTESY, SPENT, Context
from kpa_model.files.book.reading.dated.moments import may_be_moments, of_somebody
from kpa_model.files.book.reading.habits import says_day
from kpa_model.files.book.reading.sales import states, taxes
from kpa_model.files.book.reading.sales.taxes import RATES
from kpa_model.files.book.reading.spread.people import MEANS
from kpa_model.files.book.reading.spread.titled_units import in_days, of_a_till
from kpa_model.files.book.tables import reader_of
from kpa_model.files.book.vocabulary import word_set

_SAMPLE = 120
ACCEPTED = 0.8
"""Under this score, a column is not assigned by itself."""
_TITLED = 2.0
"""From this score on, a title leads to the field."""


@dataclass(frozen=True)
class Assigned:
    """Which column of a block leads to which field of a table, and how sure that is."""

    dictionary: Dictionary
    ranks: Mapping[str, int]
    score: float

    def text(self, cells: Sequence[Cell], name: str) -> str:
        """Return what a line says of a field; an empty text when no column leads to it."""
        at = self.ranks.get(name, -1)
        return as_text(cells[at]) if 0 <= at < len(cells) else ""


def share(column: Column, cells: Sequence[Cell], context: Context) -> float:
    """Return the part of the cells that can be what a column expects, from 0 to 1; 0 without any cell."""
    if not cells:
        return 0.0
    if column.kind == "texte":
        return 1.0
    sample = cells[:: max(1, len(cells) // _SAMPLE)]
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
        return _read(cell_readers.read_rate, cell) and ("%" in as_text(cell) or cell_readers.read_rate(cell) in RATES)
    if column.kind == "duree" and in_days(cell):
        return True
    if column.kind == "date":
        return _read(_day_in_any_order, cell)
    if reader := reader_of(column):
        return _read(reader, cell)
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
def _read(reader: Callable[[Cell], object], cell: Cell) -> bool:
    """Tell whether a reader can read a cell: every table tries the same cells, with the same few readers."""
    try:
        reader(cell)
    except Refused:
        return False
    return True


def assigned(
    block: Block, dictionary: Dictionary, context: Context, fixed: Mapping[str, int] | None = None
) -> Assigned:
    """Return the best way to lead the columns of a block to the fields of a table.

    Args:
        block: the table as written.
        dictionary: what the book expects.
        context: names already known.
        fixed: what the group, or a recipe, said of some fields; −1 for a field that no column gives.
    """
    key = dictionary.table, id(context), *sorted((fixed or {}).items())
    if key not in block.led:  # it is asked several times of the same table
        block.led[key] = context, _assigned(block, dictionary, context, fixed or {})
    return block.led[key][1]


def _assigned(block: Block, dictionary: Dictionary, context: Context, fixed: Mapping[str, int]) -> Assigned:
    fixed = {**({"date": block.weeks} if block.weeks >= 0 else {}), **fixed}
    known = (*dictionary.columns, *dictionary.aids)
    fixed = {name: at for name, at in fixed.items() if name in {each.name for each in known}}
    fields = [each for each in known if each.name not in fixed]
    ranks = [at for at in range(len(block.titles)) if at not in fixed.values()]
    if dictionary.table == "factures":  # what was spent is not what is asked
        ranks = [at for at in ranks if not SPENT.match(block.titles[at])]
    scores = np.array([[_score(each, block, at, context, dictionary.table) for at in ranks] for each in fields])
    for row, each in enumerate(fields):  # what two columns prove, neither does
        proved = (scores[row] > 0) & (scores[row] < _TITLED) if scores.size else scores
        if each.required and proved.sum() > 1:
            scores[row, proved] = 0
    found = {name: at for name, at in fixed.items() if at >= 0}
    total = 3.0 * len(found)
    if scores.size:
        for row, at in scored_pairs(scores):
            if scores[row, at] >= ACCEPTED:
                found[fields[row].name] = ranks[at]
                total += scores[row, at]
    if "montant_ht" not in found and "montant_ht" in {each.name for each in fields}:
        proved = taxes.parts_of(block.lines, _euros(block), found)
        total += _TITLED * len(proved.keys() - found.keys())
        if "montant_tva" in proved and found.get("taux_tva") == proved["montant_tva"]:
            del found["taux_tva"]
        found |= proved
        free = [at for at in _euros(block) if at not in found.values() and may_be_asked(block.titles[at])]
        if dictionary.table == "factures" and (told := taxes.beside_vat(block.lines, free, found)):
            found = {name: at for name, at in found.items() if name != "taux_tva"} | told
            total += _TITLED
    if dictionary.table == "factures" and "montant_ht" in found and not found.keys() & _TAXED:
        free = [at for at in _euros(block) if at not in found.values() and bare(block.titles[at]) in _WHOLE]
        whole = [at for at in free if taxes.with_tax(block.column(found["montant_ht"]), block.column(at))]
        found |= {"montant_ttc": whole[0]} if len(whole) == 1 else {}
    return Assigned(dictionary, found, total)


_TAXED = {"montant_ttc", "montant_tva", "taux_tva"}
_WHOLE = word_set("fields.whole")
"""Titles of an amount that may hold the VAT, beside the one before tax."""


def _euros(block: Block) -> list[int]:
    """Return the columns whose cells are all amounts; cash and cards are parts of what came, never a VAT."""
    columns = {at: block.column(at) for at, title in enumerate(block.titles) if not MEANS.fullmatch(title)}
    read = cell_readers.read_euros
    return [at for at, cells in columns.items() if cells and all(_read(read, unguarded(cell)) for cell in cells)]


def _score(column: Column, block: Block, at: int, context: Context, table: str) -> float:
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
    named = bool(title) and column_of(title, column.alone) is not None
    if not named and column.kind != "euros" and column.name not in _PROVED:
        return 0.0
    part = _share_of(block, at, column, context)
    whole = min(1.0, part + lost(block, at))
    if column.field == "member" and (len(cells) < len(block.lines) or all(map(no_worker, cells))):
        whole /= 2  # a column with holes says less who worked than names on every line
    proof = whole if layer(title) else part
    score = _titled(column, title, cells, whole) if named else 0.0
    return score or _proved(column, title, cells, proof, context, table)


def _money_of(cells: Sequence[Cell]) -> str:
    """Return what every cell says of its amount, « 360,00 € TTC »: a word for its title; else an empty text."""
    said = {layer(cell) if isinstance(cell, str) else "" for cell in cells[:_SAMPLE]}
    return {"avec la TVA": "TTC", "sans la TVA": "HT"}.get(said.pop(), "") if len(said) == 1 else ""


_PROVED = {"personne", "commande", "facture", "client", "date", "du", "duree", "genre", "sorte_de_piece"}
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
        return 2.0 + part / 2
    if column.name == "genre" and _OF_WORK.search(title) and len({*map(as_text, cells)}) <= _KINDS:
        return 2.0 + part  # its words are not ours: they are understood, or asked about
    least = 0.0 if column.name == "statut" else 0.4  # « CAPE » among contracts that the law calls otherwise
    return 2.0 + part if part > least else 0.3


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
    return not as_text(cell).isdigit() and _read(cell_readers.read_yes_no, cell)


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
        return 0.0 if of_titles.BESIDE_WORK.search(title) else 1.0 + part
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
    if (column.name == "genre" and part >= 0.9) or (column.name == "sorte_de_piece" and states.of_documents(cells)):
        return 0.85
    return 0.0
