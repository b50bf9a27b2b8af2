"""The unit of times: « Qté ; Unité » beside who did it, and what the titles of a wide table say."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from kpa_model.declare.number import numbers
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import UNITS
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.legend import is_legend, legend_unit
from kpa_model.files.book.reading.context import HOURS, MINUTES, Context
from kpa_model.files.book.reading.spread.people import says_total
from kpa_model.files.book.reading.spread.titled_units import HALF, in_days_said, unit_of_title
from kpa_model.words import listing

_MANY = {"qte", "quantite", "quantites", "qtes", "nombre", "nb", "combien"}
_TIMES = {"h": HOURS, "min": MINUTES, "j": {"j", "jr", "jour", "jours", "journee", "journees", "day", "days"}}
_UNIT = {"unite", "unites", "unit", "u", "unitedoeuvre"}


def counts_in_units(titles: Sequence[str]) -> bool:
    """Tell whether titles are those of quantities, each with its unit."""
    said = {*map(bare, titles)}
    return bool(said & _MANY and said & _UNIT)


def counts_time(titles: Sequence[str], lines: Sequence[Line]) -> bool:
    """Tell whether lines count hours, as the unit of their quantity says, and no price."""
    if any(re.search(r"\b(ht|ttc|prix|price|montant|amount|p\.?u|total)\b", title, re.IGNORECASE) for title in titles):
        return False
    units = [at for at, title in enumerate(titles) if bare(title) in _UNIT] if counts_in_units(titles) else []
    words = _TIMES["h"] | _TIMES["min"]
    return any(bare(as_text(cell_at(cells, at))) in words for _, cells in lines for at in units)


def in_units(block: Block, context: Context, findings: Findings) -> Block:
    """Return a block whose hours stand in one column, where a column says the unit of each quantity.

    What is counted in another unit is no time: it is told. Its prices are those of invoices, when another table of
    the import gives them: they would count twice.
    """
    many, unit = block.titled(_MANY), block.titled(_UNIT)
    hours = dictionaries()["heures"]
    if many < 0:
        many = next((at for at, title in enumerate(block.titles) if may_say(title, "duree", hours)), -1)
    who = any(may_say(title, "personne", hours) for title in block.titles)
    said = {number: bare(as_text(cell_at(cells, unit))) for number, cells in block.lines}
    units = {
        number: next((each for each, words in _TIMES.items() if word in words), "") for number, word in said.items()
    }
    timed = [number for number, word in units.items() if word]
    if min(many, unit) < 0 or not who or 2 * len(timed) < len([word for word in said.values() if word]):
        return block
    prices = _prices(block, many) if context.sold else ()
    left = listing(
        [
            f"ligne {int(number)} : {_said(cells, many, unit)}"
            for number, cells in block.lines
            if said[number] and number not in timed
        ][:6]
    )
    if left:
        findings.heed(block.grid.place(block.head, unit, block.titles[unit]), f"ce ne sont pas des heures ({left}).")
    if prices:
        told = listing([f"« {block.titles[at]} »" for at in prices])
        findings.heed(
            block.grid.place(block.head), f"{told} : les ventes sont celles des factures, dans un autre tableau."
        )
    gone = {unit, *prices}
    lines: list[Line] = [
        (number, [_kept(at, cell, many, gone, units[number]) for at, cell in enumerate(cells)])
        for number, cells in block.lines
    ]
    titles = ["Heures" if at == many else "" if at in gone else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles, lines=lines)


def _said(cells: Sequence[Cell], many: int, unit: int) -> str:
    return f"{as_text(cell_at(cells, many))} {as_text(cell_at(cells, unit))}".strip()


def _kept(at: int, cell: Cell, many: int, gone: set[int], unit: str) -> Cell:
    """Return a cell; a quantity of time with its unit."""
    if at in gone or (at == many and not unit):
        return ""
    return f"{as_text(cell)} {unit}" if at == many and unit != "h" and as_text(cell) else cell


def _prices(block: Block, many: int) -> tuple[int, ...]:
    """Return the price of one piece and what they are worth together, proved on every line; nothing else."""
    columns = [at for at in range(len(block.titles)) if at != many and block.column(at)]
    for one, whole in permutations(columns, 2):
        cells = [[_number(cell_at(cells, at)) for at in (many, one, whole)] for _, cells in block.lines]
        made = [(n, p, w) for n, p, w in cells if n is not None and p is not None and w is not None]
        if len(made) > 1 and all(n * p == w for n, p, w in made) and len({n for n, _, _ in made}) > 1:
            return one, whole
    return ()


def _number(cell: Cell) -> Fraction | None:
    try:
        return Fraction(numbers(as_text(cell).strip(" €"))[0][0])
    except ValueError:
        return None


def unit_title(block: Block, values: Collection[int], totals: Sequence[int], findings: Findings) -> str:
    """Return the title of the times of a wide table, with the unit that its titles, its name or a sentence say.

    A total says that its times are days when it adds them up: « Nb jours » counts those that hold something.
    """
    if legend := legend_unit(block, values, findings):
        return f"duree ({legend})"
    short = (text for text in block.above if not is_legend(text) or unit_of_title(text) not in UNITS)
    units = {unit_of_title(text) for text in (*short, *block.titles)} - {"", "j"}
    units |= {"j"} & {unit_of_title(block.titles[at]) for at in totals if _adds_days(block, at, values)}
    units |= {"j" for text in block.names if in_days_said(text)}
    units = {each for each in units if each[0].isdigit() or each == HALF} or units  # « en jours de 7 h » says both
    return f"duree ({units.pop()})" if len(units) == 1 else "duree"


_OF_ITS_DAY = re.compile(r"\w+ (du |de la |par )?(jour|journée)", re.IGNORECASE)


def _adds_days(block: Block, total: int, values: Collection[int]) -> bool:
    """Tell whether a total adds up times that may be days: nobody works more than one of them in a day.

    Beside a day, « Total jour » adds up what everybody did then; « Total (j) » can only be days.
    """
    title, wide = block.titles[total].strip(), range(len(block.titles))
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    told = [([_number(cell_at(cells, at)) or 0 for at in values], _number(cell_at(cells, total))) for cells in lines]
    if any(whole is not None and abs(sum(own) - whole) > _ROUNDED for own, whole in told):
        return False
    dated = any(2 * sum(is_day(cell_at(cells, at)) for cells in lines) > len(lines) for at in wide)
    by_day = dated or all(is_day(block.titles[at]) for at in values)
    more = by_day and any(each > 1 for own, _ in told for each in own)
    return bool(_SURELY.search(title)) or not (more or (dated and _OF_ITS_DAY.fullmatch(title)))


_ROUNDED = Fraction(1, 10)
_SURELY = re.compile(r"[(\[]|\ben j", re.IGNORECASE)
_OF_ITS_DAY = re.compile(r"\w+ (du |de la |par )?(jour|journée)", re.IGNORECASE)
