"""Sums spread over days, months or means of payment, « Ventes HT : Mairie ; janvier »: sales or purchases, no hours."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, Euros, as_text, cell_at
from kpa_model.files.book.dates import Period
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import timeless
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.laying import facts, told_apart
from kpa_model.files.book.reading.left import say_unused
from kpa_model.files.book.reading.sales.taxes import NO_RATE, RATE_ANSWERS, cents_in
from kpa_model.files.book.reading.spread.heading import FIRST_DAY
from kpa_model.files.book.reading.spread.people import MEANS, TOTAL, make_an_amount, says_total
from kpa_model.files.book.reading.spread.shapes import Wide, in_euros
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing, month_names

_WORK = re.compile(r"\b(heures?|temps|planning|pointages?|pr[ée]sences?|horaires?|hours)\b", re.IGNORECASE)
_SOLD = r"ventes?|recettes?|ca|caisse|chiffre d.affaires|factur\w*|encaissements?"
_SPENT = r"charges?|achats?|d[ée]penses?|frais|co[ûu]ts?"
_PAID = r"r[ée]mun[ée]rations?|r[ée]tributions?|salaires?|primes?|demandes?"
_MONEY = re.compile(rf"\b({_SOLD}|{_SPENT}|{_PAID}|montants?|h\.?t|ttc|euros?)\b|€", re.IGNORECASE)
TOPIC, MONEY = "sommes", "argent"
HOURS = ("heures", "des heures de travail")
_TABLES = (("factures", "nos ventes"), ("achats", "nos achats"), ("rien", "rien de cela : ne pas les lire"))


_COUNTED = pattern("money.counted", r"\b(WORDS)\b", re.IGNORECASE)
"""Things that are counted for each person, and are no time."""


def of_money(block: Block, ranks: Collection[int] = ()) -> bool:
    """Tell whether cells are shown in euros, or what is written nearest to a table speaks of money, not of time.

    `ranks` are the columns that are asked about: one of money beside times says nothing of them.
    """
    shown = any(isinstance(cell, Euros) for at in ranks or range(len(block.titles)) for cell in block.column(at))
    return shown or _speaks(block, _MONEY) != ""


def counted(block: Block) -> str:
    """Return what else than time a table counts, by what is written nearest to it: « Points »; else an empty text."""
    return _speaks(block, _COUNTED)


def _speaks(block: Block, pattern: re.Pattern[str]) -> str:
    """Return the word of a kind in the text nearest to a table that has one; an empty text when it speaks of time."""
    texts = (*(title for title in block.titles if TOTAL.match(title)), *reversed(block.above))
    for text in (*texts, block.grid.sheet, block.grid.file.rsplit(".", 1)[0]):
        said = re.sub(r"_", " ", text)
        if _WORK.search(said):
            return ""
        if found := pattern.search(said):
            return found[0]
    return ""


def spread_money(block: Block, spread: Wide, findings: Findings) -> list[tuple[str, Grid]] | None:
    """Return what a wide table gives that is no time: sales or purchases, or nothing; None for one of hours."""
    if block.grid.answers.get("table") or not findings.asking:
        return None
    cells = [cell for at in spread.values for cell in block.column(at) if not nothing(cell)]
    timed = block.grid.answers.get(_topic(block)) == HOURS[0]
    if spread.what == "date" and not timed and (of_money(block, spread.values) or in_euros(cells)):
        return [*_sums(block, spread, findings)]
    if any(_TIMED.search(as_text(cell)) for cell in cells):
        return None
    if _of_customers(block, spread, cells) and not timed:
        return [*_sums(block, spread, findings)]
    means = any(MEANS.fullmatch(str(value)) for value in spread.values.values())
    spoken = make_an_amount(block, spread.values) or (of_money(block, spread.values) and all(map(_in_cents, cells)))
    if spread.what in ("personne", "tache") and (means or spoken) and not timed:
        return [*_sums(block, spread, findings)]
    if word := counted(block):
        text = f"ce tableau compte des « {word} », et pas des heures. Rien n'y est lu."
        findings.left_out(block.grid.place(block.head), text)
        return []
    return None


def _of_customers(block: Block, spread: Wide, cells: Sequence[Cell]) -> bool:
    """Tell whether a table is one of months for each customer, of nobody's, whose numbers look like prices."""
    leads = [column_of(title, dictionaries()["heures"]) for title in block.titles if title]
    named = {lead.name for lead in leads if lead is not None}
    months = spread.what == "date" and all(isinstance(each, Period) for each in spread.values.values())
    months = months and not any(_WORK.search(text.replace("_", " ")) for text in (*block.names, *block.titles))
    priced = all(map(_in_cents, cells)) or any(cents_in(cell) > _OF_A_MONTH for cell in cells)
    return months and "client" in named and "personne" not in named and priced


def but_unsold(block: Block, found: Assigned) -> Block:
    """Return a table laid out from sums under months, « HT, TTC », without the months of no sum: nothing was sold."""
    ranks = {found.ranks[name] for name in _AMOUNTS if name in found.ranks}
    if not ranks or not ranks <= {*block.under}:
        return block
    sold = [line for line in block.lines if any(not nothing(cell_at(line[1], at)) for at in ranks)]
    return replace(block, lines=sold)


_AMOUNTS = ("montant_ht", "montant_ttc")
_OF_A_MONTH = 74_400
"""In cents as in hundredths of an hour, what no time of a month goes beyond."""


def _in_cents(cell: Cell) -> bool:
    """Tell whether a cell is written as prices are, « 8,00 », or shown in euros."""
    return isinstance(cell, Euros) or bool(isinstance(cell, str) and re.search(r"\d[.,]\d\d( ?€)?$", cell.strip()))


_TIMED = re.compile(r"\d ?(h|:|min)", re.IGNORECASE)


def _topic(block: Block) -> str:
    return f"{TOPIC}.{timeless(block.grid.name)}"  # sheets of one workbook often have the same titles


def _ask(block: Block, spread: Wide, findings: Findings) -> None:
    """Ask what sums are; under titles that may be names, they may be hours."""
    grid = block.grid
    spent = any(re.search(rf"\b({_SPENT})\b", text, re.IGNORECASE) for text in (grid.name, *block.above))
    ways: tuple[tuple[str, str], ...] = (_TABLES[1], _TABLES[0], _TABLES[2]) if spent else _TABLES
    question = f"« {grid.sheet or grid.file} » : ces sommes par jour ou par mois sont de l'argent. Que sont-elles ?"
    if spread.what != "date" or not of_money(block, spread.values):
        told = listing([f"« {block.titles[at]} »" for at in spread.values], most=4)
        question, ways = f"{told} : que disent ces colonnes ?", (*ways[:2], HOURS, ways[2])
    doubt = Doubt(_topic(block), question, ways, "Donnez une ligne par vente ou par achat.")
    findings.doubt(grid.place(block.head), doubt)


def _sums(block: Block, spread: Wide, findings: Findings) -> Iterator[tuple[str, Grid]]:
    """Yield the sales or the purchases of a table of sums, one for each cell, once the group says what they are."""
    grid, place = block.grid, block.grid.place(block.head)
    what = grid.answers.get(_topic(block), "")
    if not what:
        _ask(block, spread, findings)
        return
    if what == "rien":
        findings.left_out(place, "ces sommes ne sont ni des ventes ni des achats, comme vous l'avez dit.")
        return
    said = {layer(text) for text in (*block.above, *block.titles, grid.sheet)} - {""}
    money = {"avec la TVA": "montant_ttc", "sans la TVA": "montant_ht"}.get(said.pop() if len(said) == 1 else "")
    money = money or grid.answers.get(MONEY, "")
    rate = grid.answers.get("taux", "" if what == "factures" or money != "montant_ht" else "0")
    if not money:
        options = (("montant_ttc", "avec la TVA (TTC)"), ("montant_ht", "sans la TVA (HT)"))
        doubt = Doubt(MONEY, "Ces sommes sont-elles avec ou sans la TVA ?", options, "Écrivez HT ou TTC dans le titre.")
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
        if says_total(cells):
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
