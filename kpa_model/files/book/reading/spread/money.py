"""Sums spread over days, months or means of payment, « Ventes HT : Mairie ; janvier »: sales or purchases, no hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, cell_at
from kpa_model.files.book.dates import Period
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import Context, timeless
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.laying import facts, told_apart
from kpa_model.files.book.reading.left import say_unused
from kpa_model.files.book.reading.sales.taxes import NO_RATE, RATE_ANSWERS
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread import people
from kpa_model.files.book.reading.spread.evidence import COUNTED, EUROS, MONEY, TIME, UNSAID, said
from kpa_model.files.book.reading.spread.heading import FIRST_DAY
from kpa_model.files.book.reading.spread.shapes import Wide
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.words import listing, month_names

TOPIC, LAYER = "sommes", "argent"
HOURS = ("heures", "des heures de travail")
_SPENT = re.compile(r"\b(charges?|achats?|d[ée]penses?|frais|co[ûu]ts?)\b", re.IGNORECASE)
_TABLES = (
    ("factures", "des euros : nos ventes"),
    ("achats", "des euros : nos achats"),
    ("rien", "rien de cela : ne pas les lire"),
)


def spread_money(
    block: Block, spread: Wide, context: Context, findings: Findings, sure: bool = True
) -> list[tuple[str, Grid]] | None:
    """Return what a wide table gives that is no time: sales or purchases, or nothing; None for one of hours.

    Where it is not `sure` that columns are spread, which are people is asked first, unless words speak of other things.
    """
    grid = block.grid
    if grid.answers.get("table") or not findings.asking or grid.answers.get(_topic(block)) == HOURS[0]:
        return None
    if not sure and all(says_money(block.titles[at]) for at in spread.values):
        return None  # « Rentrées d'argent ; Sorties d'argent » of a cash book
    told, word = said(block, spread, context)
    if told == TIME or (told == UNSAID and not sure and people.TOPIC not in grid.answers):
        return None
    if told == COUNTED:
        text = f"ce tableau compte des « {word} », et pas des heures. Rien n'y est lu."
        findings.left_out(grid.place(block.head), text)
        return []
    return [*_sums(block, spread, told, findings)]


def but_unsold(block: Block, found: Assigned) -> Block:
    """Return a table laid out from sums under months, « HT, TTC », without the months of no sum: nothing was sold."""
    ranks = {found.ranks[name] for name in _AMOUNTS if name in found.ranks}
    if not ranks or not ranks <= {*block.under}:
        return block
    sold = [line for line in block.lines if any(not nothing(cell_at(line[1], at)) for at in ranks)]
    return replace(block, lines=sold)


_AMOUNTS = ("montant_ht", "montant_ttc")


def _topic(block: Block) -> str:
    return f"{TOPIC}.{timeless(block.grid.name)}"  # sheets of one workbook often have the same titles


def _ask(block: Block, spread: Wide, told: str, findings: Findings) -> None:
    """Ask what numbers are: sums that words say to be money, else what they count, hours perhaps."""
    grid = block.grid
    spent = any(_SPENT.search(text) for text in (grid.name, *block.above))
    sold, bought, nothing_of_it = _TABLES
    ways = [bought, sold] if spent else [sold, bought]
    timed = [HOURS] if told != EUROS and grid.answers.get(people.TOPIC) != "" else []  # « Aucune » was nobody's hours
    if told in (EUROS, MONEY) and spread.what == "date":
        question = f"« {grid.sheet or grid.file} » : ces sommes par jour ou par mois sont de l'argent. Que sont-elles ?"
    else:
        shown = listing([f"« {title} »" for at in spread.values if (title := block.titles[at])], most=4)
        question = f"Que disent ces nombres, sous {shown} ?"
    ways = [*timed, *ways] if told == UNSAID else [*ways, *timed]
    doubt = Doubt(_topic(block), question, (*ways, nothing_of_it), "Donnez une ligne par vente ou par achat.")
    findings.doubt(grid.place(block.head), doubt)


def _sums(block: Block, spread: Wide, told: str, findings: Findings) -> Iterator[tuple[str, Grid]]:
    """Yield the sales or the purchases of a table of sums, one for each cell, once the group says what they are."""
    grid, place = block.grid, block.grid.place(block.head)
    what = grid.answers.get(_topic(block), "")
    if not what:
        _ask(block, spread, told, findings)
        return
    if what == "rien":
        findings.left_out(
            place, "ces nombres ne sont ni des heures, ni des ventes ni des achats, comme vous l'avez dit."
        )
        return
    layers = {layer(text) for text in (*block.above, *block.titles, grid.sheet)} - {""}
    money = {"avec la TVA": "montant_ttc", "sans la TVA": "montant_ht"}.get(layers.pop() if len(layers) == 1 else "")
    money = money or grid.answers.get(LAYER, "montant_ht" if block.untaxed else "")
    rate = grid.answers.get("taux", "0" if block.untaxed or (what == "achats" and money == "montant_ht") else "")
    if not money:
        options = (("montant_ttc", "avec la TVA (TTC)"), ("montant_ht", "sans la TVA (HT)"))
        doubt = Doubt(LAYER, "Ces sommes sont-elles avec ou sans la TVA ?", options, "Écrivez HT ou TTC dans le titre.")
        findings.doubt(place, doubt)
    if not rate:
        todo = "Écrivez le taux de chaque colonne dans son titre, par exemple « Pains (TVA 5,5 %) »."
        findings.doubt(place, Doubt("taux", NO_RATE, RATE_ANSWERS, todo))
    if money and rate:
        if any(isinstance(each, Period) for each in spread.values.values()) or block.weeks >= 0:
            findings.heed(place, f"ces sommes sont celles de mois entiers.{FIRST_DAY}")
        yield what, _facts(block, spread, what, money, rate, findings)


def _facts(block: Block, spread: Wide, table: str, money: str, rate: str, findings: Findings) -> Grid:
    """Return one line for each sum, of the day of its column, or of its line: the first one stands for a month."""
    by_day = spread.what == "date"
    free = [at for at in range(len(block.titles)) if at not in {*spread.values, *spread.totals}]
    name = next((at for at in free if by_day == (not any(map(is_day, block.column(at))))), -1)
    say_unused(block, {*spread.values, *spread.totals, name}, findings)
    found: list[tuple[int, int, str, Cell, Cell]] = []
    for number, cells in block.lines:
        label = as_text(cells[name]) if 0 <= name < len(cells) else ""
        if people.says_total(cells):
            continue
        for at, value in spread.values.items():
            if at < len(cells) and not nothing(cells[at]):
                day = value if by_day else cell_at(cells, name)
                said = f"{label} {_when(day)}" if by_day else f"{value} {label}"
                found.append((number, at, said.strip(), day, cells[at]))
    names = told_apart(each[2] for each in found)
    rows = [
        (number, [own, own, label, day, cell, f"{rate} %"], [-1, -1, name, at if by_day else name, at, -1])
        for own, (number, at, label, day, cell) in zip(names, found, strict=True)
    ]
    titles = ("facture", "commande", "libelle", "date", money, "taux_tva")
    kept = range(len(titles)) if table == "factures" else range(2, len(titles))
    return facts(
        block,
        [titles[at] for at in kept],
        ((number, [cells[at] for at in kept], [columns[at] for at in kept]) for number, cells, columns in rows),
    )


def _when(day: Cell) -> str:
    if isinstance(day, Period):
        return f"{month_names()[day.month - 1]} {day.year}"
    return as_text(day)
