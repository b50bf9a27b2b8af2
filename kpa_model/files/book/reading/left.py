"""What a sheet says and no table takes: hours of nobody, lines without a day, days that cannot be. Always told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same, unguarded
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import Column, dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block, no_figures
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.currencies import MONEY
from kpa_model.files.book.reading.sales.following import Work, weighed
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.sales.weights import may_be_times, say_weights
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.tables import read_cell
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, euros, listing

_SHOWN = 8


def say_left(
    block: Block, ranks: tuple[int, int, int], amounts: Collection[int], instead: Collection[int], findings: Findings
) -> None:
    """Tell the hours that are nobody's, the lines without a day, and who is named without hours.

    Args:
        block: the table.
        ranks: where its days, its people and its hours stand.
        amounts: the columns whose money is lost with a line that has no day.
        instead: the columns that give a line where somebody is named another sense than work.
        findings: where it is told.
    """
    day, who, hours = ranks
    undated, nobody, idle = list[int](), list[int](), list[int]()
    for number, cells in block.lines:
        if is_total(cells, day):
            continue
        timed = not nothing(cell_at(cells, hours))
        if not as_text(cell_at(cells, day)):
            if timed or not all(nothing(cell_at(cells, at)) for at in amounts):
                undated.append(number)
        elif timed and not as_text(cell_at(cells, who)):
            nobody.append(number)
        elif not timed and as_text(cell_at(cells, who)) and all(nothing(cell_at(cells, at)) for at in instead):
            idle.append(number)
    place = block.grid.place()
    if undated:
        one, several = "n'a pas de jour : elle n'est pas lue", "n'ont pas de jour : elles ne sont pas lues"
        lost = [line for line in block.lines if line[0] in undated]
        money = sum(cents_in(unguarded(cell_at(cells, at))) for _, cells in lost for at in amounts)
        parts = [weighed(block, lost, Work(day, who, hours, -1)), euros(money) if money else ""]
        weight = f" ({', '.join(filter(None, parts))})" if any(parts) else ""
        findings.left_out(place, f"{_told(undated, one, several)[:-1]}{weight}.")
    if nobody:
        one, several = "a des heures et ne dit pas de qui", "ont des heures et ne disent pas de qui"
        findings.left_out(place, f"{_told(nobody, one, several)[:-1]} : ces heures ne sont pas lues.")
    if idle:
        one, several = "nomme quelqu'un sans heures : elle compte", "nomment quelqu'un sans heures : elles comptent"
        findings.heed(place, f"{_told(idle, one, several)[:-1]} 0 h.")


def say_unused(block: Block, ranks: Collection[int], findings: Findings, people: Collection[str] = ()) -> None:
    """Tell the columns that hold something and that nothing reads; those that weigh, before one agrees."""
    read = {*ranks, *(at for at, title in enumerate(block.titles) if title in block.read)}
    say_weights(block.grid, block.head, block.titles, block.lines, read, findings, people)
    free = [at for at in range(len(block.titles)) if at not in ranks and block.titles[at] not in ("", *block.read)]
    unused = [block.titles[at] for at in free if block.column(at) and not MONEY.fullmatch(bare(block.titles[at]))]
    if unused:
        told = listing([f"« {title} »" for title in unused], most=_SHOWN)
        what = "cette colonne n'est pas utilisée" if len(unused) == 1 else "ces colonnes ne sont pas utilisées"
        findings.note(block.grid.place(block.head), f"{what} : {told}.")


def say_set_aside(block: Block | None, grid: Grid, findings: Findings) -> None:
    """Tell that the group leaves a table aside; first, with what it holds, when it has hours or euros.

    `grid` is that of the table, with the answers about it.
    """
    told = "ce tableau est laissé de côté, comme vous l'avez dit"
    holds = _held(block) if block and not grid.answers.get("presence") else ""
    if block and holds:
        findings.left_out(grid.place(block.head), f"{told} ({holds}).")
    elif block and (times := may_be_times(block)):
        findings.heed(grid.place(block.head), f"{told} ; {times}")
    else:
        findings.note(grid.place(block.head if block else 0), f"{told}.")


def but_lacking(
    found: list[tuple[str, Grid]], tables: Sequence[Block], grid: Grid, findings: Findings
) -> list[tuple[str, Grid]]:
    """Return the tables read in a sheet; the others, which lack a column, are not read, and refuse nothing: told first.

    Alone, a table that lacks a column refuses its file. `tables` are all those of the sheet.
    """
    read = {at for _, laid in found for at in getattr(laid.lines[0][0], "columns", ())}
    for place, what, _ in [*findings.problems] if found else ():
        heads = [block.titles for block in tables if block.head == place.line]
        if place.within(grid.file, grid.sheet) and place.column < 0 and heads:
            mine = [each for each in heads if not any(title and at in read for at, title in enumerate(each))] or heads
            findings.problems[:] = [each for each in findings.problems if each[0] != place]
            told = listing([f"« {title} »" for title in mine[0] if title], most=_SHOWN)
            findings.left_out(place, f"ce tableau n'est pas lu ({told}) : {what}")
    return found


def spoken(findings: Findings) -> int:
    """Return how many things were asked, refused, told first or kept as a check."""
    said = (findings.doubts, findings.problems, findings.unread, findings.heeded, findings.sums)
    return sum(len(each) for each in said)


def say_unknown(block: Block, findings: Findings) -> None:
    """Tell one of several tables of a sheet that nothing recognises, when it holds figures: hours perhaps, or euros."""
    if not all(no_figures(cells) for _, cells in block.lines):
        told = listing([f"« {title} »" for title in block.titles if title], most=_SHOWN)
        holds = _held(block) or count(len(block.lines), "ligne")
        findings.left_out(block.grid.place(block.head), f"ce tableau n'est pas reconnu, ni lu : {told} ({holds}).")


def _held(block: Block) -> str:
    """Return how many lines a table has, with their hours and euros; an empty text without any of both."""
    lines = [line for line in block.lines if not is_total(line[1], -1)]
    tables = [dictionaries()[each] for each in ("encaissements", "achats", "factures", "heures")]
    leads = [(column_of(title, each), at) for at, title in enumerate(block.titles) for each in tables]
    ranks = {column.name: at for column, at in reversed(leads) if column}
    time = weighed(block, lines, Work(-1, ranks.get("personne", -1), ranks["duree"], -1)) if "duree" in ranks else ""
    spoken = next((at for at, title in enumerate(block.titles) if layer(title)), -1)
    amount = ranks.get("montant_ht", ranks.get("montant_ttc", spoken))
    money = sum(cents_in(unguarded(cell_at(cells, amount))) for _, cells in lines)
    parts = [part for part in (time, euros(money) if money else "") if part]
    return ", ".join((count(len(lines), "ligne"), *parts)) if parts else ""


_STAMPED = pattern("left.stamped")
_LATE = 25
"""From this number of days on, a line written later than its day is told, where the others are written within days."""


def say_odd_days(block: Block, day: int, findings: Findings) -> None:
    """Tell the days of work that come after their line was written, or long before: a slip of the month, of the year.

    `day` is their column. Nothing is told where a day or a stamp cannot be read, as when months come first.
    """
    stamp = next((at for at, title in enumerate(block.titles) if at != day and _STAMPED.match(same(title))), -1)
    if day < 0 or stamp < 0:
        return
    told = [
        (number, read_or_none(read_date, cell_at(cells, day)), _written_on(cell_at(cells, stamp)))
        for number, cells in block.lines
    ]
    lines = [(number, done, (written - done).days) for number, done, written in told if done and written]
    if len(lines) < len(told) or not lines:
        return
    quick = sorted(late for *_, late in lines)[len(lines) // 2] < _LATE // 2
    for number, done, late in lines:
        if late < 0 or (late > _LATE and quick):
            when = "après" if late < 0 else f"{late} jours avant"
            text = f"le {done:%d/%m/%Y} vient {when} le jour où cette ligne a été écrite. Vérifiez ce jour."
            findings.heed(block.grid.place(number, day, block.titles[day]), text)


def _written_on(cell: Cell) -> date | None:
    """Return the day of an instant, « 02/04/2026 18:03:11 »."""
    return read_or_none(read_date, cell.split()[0] if isinstance(cell, str) and cell else cell)


def _told(numbers: Sequence[int], one: str, several: str) -> str:
    shown = listing([str(each) for each in numbers], most=_SHOWN)
    return f"la ligne {shown} {one}." if len(numbers) == 1 else f"{len(numbers)} lignes ({shown}) {several}."


def say_cells(block: Block, at: int, column: Column, findings: Findings) -> None:
    """Tell the first cell that a column cannot read, where its title says that it is the one."""
    for number, cells in block.lines:
        if at < len(cells) and as_text(cells[at]):
            try:
                read_cell(cells[at], column)
            except Refused as error:
                findings.problem(block.grid.place(number, at, block.titles[at]), error.what, error.todo)
                return
