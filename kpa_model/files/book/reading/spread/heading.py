"""Lists whose month stands only around them: in a title above, in the name of the sheet, or in that of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.files.book.cells import as_text, bare
from kpa_model.files.book.dates import Period
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import NAMES, Context
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.spread.days import here, month_topic, told_month
from kpa_model.files.book.reading.spread.spans import months_of_lines
from kpa_model.words import listing, month_name

_LACKS: Mapping[str, str] = {"declarations": "mois", "factures": "date", "achats": "date", "encaissements": "date"}
"""What the lines of each table say of their day, and may leave to the title; hours are asked about."""
_OF_A_DAY = re.compile(rf"\d{{1,2}}[-_/. ](?:\d{{1,2}}[-_/.]20\d\d|(?:{NAMES})\b)", re.IGNORECASE)

_FIRST_DAY = " Chaque ligne est notée à son premier jour de travail."
_NAMED = re.compile(rf"(?<![^\W\d_])({NAMES})(?![^\W\d_])", re.IGNORECASE)


def of_heading(block: Block, found: Assigned, context: Context, findings: Findings) -> tuple[Block, Assigned] | None:
    """Return a list with the month that stands around it, when its lines tell none; None once it is asked."""
    name = _LACKS.get(found.dictionary.table, "")
    if not name or name in found.ranks or not findings.asking or _dated(block):
        return block, found
    if name == "date" and (by_line := months_of_lines(block, context)) is not None:
        at = by_line.weeks
        findings.heed(
            block.grid.place(block.head, at, block.titles[at]), f"le mois vient de cette colonne.{_FIRST_DAY}"
        )
        return by_line, replace(found, ranks={**found.ranks, name: at})
    if _of_one(block, found):
        return block, found
    months = context.months_in(block.names)
    typed = told_month(block.grid.answers.get(month_topic(block), ""))
    if typed is None and _unsure(block, name, months):
        findings.doubt(block.grid.place(block.head), _doubt(block, months))
        return None
    if (month := typed or next(iter(months), None)) is None:
        return block, found
    if typed is None:
        day = "" if name == "mois" else _FIRST_DAY
        told = f"le mois vient {_where(block, context)} : {month_name(month.first_day)}.{day}"
        findings.heed(block.grid.place(block.head), told)
    wide = len(block.titles)
    lines: list[Line] = [
        (number, [*cells[:wide], *[""] * (wide - len(cells)), _cell(month, name)]) for number, cells in block.lines
    ]
    whole = replace(block, titles=[*block.titles, name], heads=[*block.heads, name], lines=lines)
    return whole, replace(found, ranks={**found.ranks, name: wide})


_NUMBERED = re.compile(r"(?:[^\W\d]{1,9}\.? )?(\d{1,2})")
_DAYS = 5
"""From so many titles, or cells, that are numbers of days on, a table needs its month."""


def one_month(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a table of numbered days with its one month; None once it is asked: its title and its sheet say two."""
    told: dict[int, str] = {}
    for text in () if any(map(_OF_A_DAY.search, block.names)) else block.names:
        months = {month.index % 12: month for month in context.months_in([text])}
        if len(months) == 1:
            told.setdefault(next(iter(months)), text)
    lines = [block.titles, *(map(as_text, block.column(at)) for at in range(len(block.titles)))]
    if len(told) < 2 or not any(sum(bool(_NUMBERED.fullmatch(each)) for each in line) >= _DAYS for line in lines):
        return block
    topic = f"{month_topic(block)}{bare(block.grid.sheet)}"
    if (month := told_month(block.grid.answers.get(topic, ""))) is not None:
        return replace(block, above=(month_name(month.first_day), *block.above))
    near = here(block, context)
    named = [found for text in told.values() if (found := near.month_in([text]))]
    options = tuple((str(month), month_name(month.first_day)) for month in dict.fromkeys(named))
    question = f"{listing([f'« {text} »' for text in told.values()])} : de quel mois sont ces heures ?"
    doubt = Doubt(topic, question, options, "Écrivez le même mois partout.", typed="Le mois, par exemple mars 2026")
    findings.doubt(block.grid.place(block.head), doubt)
    return None


def say_no_day(block: Block, read: Collection[int], context: Context, findings: Findings) -> None:
    """Tell first the columns that are no day of the month of a table, « 31 » in April, and hold something."""
    month = context.month_in(block.names)
    for at, title in enumerate(block.titles):
        day = int(found[1]) if at not in read and (found := _NUMBERED.fullmatch(title)) else 0
        if month and month.last_day.day < day <= 31 and block.column(at):
            told = listing([as_text(cell) for cell in block.column(at)], most=6)
            what = f"le {day} n'existe pas en {month_name(month.first_day)}. Ces cases ne sont pas lues : {told}."
            findings.left_out(block.grid.place(block.head, at, title), what)


def _unsure(block: Block, name: str, months: list[CalendarMonth]) -> bool:
    """Tell whether the month is to be asked: two places disagree, its year lacks, or it may be the day of an export."""
    if not months:
        return name == "mois" or any(map(_NAMED.search, block.names))
    return len(months) > 1 or any(map(_OF_A_DAY.search, block.names))


def _cell(month: CalendarMonth, name: str) -> Period | str:
    return str(month) if name == "mois" else Period.of_month(month)


def _dated(block: Block) -> bool:
    return block.weeks >= 0 or any(is_day(cell) for at in range(len(block.titles)) for cell in block.column(at))


def _of_one(block: Block, found: Assigned) -> bool:
    """Tell whether a table is that of one invoice, whose day stands above: its lines are its parts and its totals."""
    of_a_day = any(map(_OF_A_DAY.search, block.above)) and found.dictionary.table != "declarations"
    return of_a_day or (found.dictionary.table == "factures" and "facture" not in found.ranks)


def _where(block: Block, context: Context) -> str:
    """Return in words which of the texts around a list says its month."""
    *above, sheet, _ = block.names
    if any(context.months_in([text]) for text in above):
        return "du titre"
    return "du nom de la feuille" if context.months_in([sheet]) else "du nom du fichier"


def _doubt(block: Block, months: list[CalendarMonth]) -> Doubt:
    text = f"« {block.grid.name} » : aucune ligne ne dit le mois. Lequel est-ce ?"
    options = tuple((str(month), month_name(month.first_day)) for month in months)
    todo = "Ajoutez une colonne « mois »."
    return Doubt(month_topic(block), text, options, todo, typed="Le mois, par exemple mars 2026")
