"""What a sheet means before its tables are looked for, pass after pass: cells, lines of work, money, sides, clocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_yes_no, same, text_at
from kpa_model.files.book.dates import ENGLISH_MONTHS, instant
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.columns.clocks import UTC_TITLE, clock, ends, of_paris, starts
from kpa_model.files.book.reading.columns.credits import with_credits, with_paid_days
from kpa_model.files.book.reading.columns.currencies import MONEY, in_euros
from kpa_model.files.book.reading.columns.legend import with_day_length
from kpa_model.files.book.reading.columns.members import of_members
from kpa_model.files.book.reading.columns.planned import but_planned_lines
from kpa_model.files.book.reading.columns.units_below import with_units_below
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.day_names import with_day_order, without_letters_of_days
from kpa_model.files.book.reading.dated.parts_of_days import with_parts_of_days
from kpa_model.files.book.reading.dated.quarters import without_quarters
from kpa_model.files.book.reading.dated.sections import but_headings
from kpa_model.files.book.reading.dated.two_clocks import with_start_and_end
from kpa_model.files.book.reading.groups import without_groups
from kpa_model.files.book.reading.rates.by_rate import by_rate, with_every_rate
from kpa_model.files.book.reading.rates.tills import but_closed
from kpa_model.files.book.reading.sales import scales
from kpa_model.files.book.reading.sales.suppliers import with_goods
from kpa_model.files.book.reading.spread.headless import with_titles
from kpa_model.files.book.reading.spread.units import counts_in_units, counts_time
from kpa_model.files.book.reading.written.initials import with_pairs
from kpa_model.files.book.reading.written.letters import with_letters
from kpa_model.files.book.reading.written.nested import nested
from kpa_model.files.book.reading.written.noted import with_dittos, with_notes
from kpa_model.files.book.reading.written.own_times import with_own_times
from kpa_model.files.book.reading.written.work_done import of_work_done
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing, month_names

_ACCOUNT = {"compte", "comptenum", "numerodecompte", "ncompte", "comptegeneral"}
_SIDE = {"sens", "dc", "debitcredit", "sensdeloperation", "sensoperation", "mouvement", "type", "nature"}
_OUT = {"d", "debit", "debiteur", "-", "sortie", "sorties", "depense", "depenses", "out"}
_IN = {"c", "credit", "crediteur", "+", "entree", "entrees", "recette", "recettes", "in"}
_AMOUNT = re.compile(r"(montant|amount|somme)", re.IGNORECASE)
_VOID = pattern("meaning.void", r"(est |is )?(WORDS)( ?\?)?")
"""Titles that say of some lines that they never were, where a cell says yes, or when."""

Titles = Sequence[str]
Lines = list[Line]


Answering = Callable[[Grid], Grid]
"""What gives a grid the answers that the group already made about it."""


def settled(grid: Grid, base: Context, answering: Answering, findings: Findings) -> Grid | None:
    """Return a grid that says what it means, before its tables are looked for, a pass a line; None once it is asked.

    Args:
        grid: the sheet as it is written.
        base: who and what is already known.
        answering: what gives it the answers that the group made.
        findings: where what is asked or told goes.
    """
    grid = without_letters_of_days(_in_plain_titles(grid))  # « Mon, Oct 5 »; « J ; V ; S » under 1 ; 2 ; 3
    grid = without_quarters(with_units_below(grid, findings), findings)  # « Trimestre 1 » among months
    grid = without_groups(grid, findings)  # sums among lines
    if (dated := but_headings(answering(with_titles(grid, base, findings)), base, findings)) is None:
        return None
    if (flat := nested(dated, base, findings)) is None:  # « Chantier Rivoli » above its people
        return None
    grid = but_planned_lines(flat, findings)  # « Ida ; prévu », then « ; fait »
    grid = with_dittos(grid, findings)  # « idem » is the cell above
    grid = with_goods(grid, findings)  # what was bought, and who sold it
    grid = with_parts_of_days(grid, findings)  # « M ; A » below each day
    grid = with_letters(with_pairs(grid), findings)  # what a legend says, « M = 3h30 »
    grid = with_notes(grid, findings)  # « ~2h », « 3h (dont 1h de route) »
    grid = with_paid_days(grid)
    grid = with_start_and_end(grid, findings)  # two columns of hours of the day
    grid = with_day_order(grid, findings)  # « Tue » beside 02/03
    grid = with_day_length(grid, findings)  # « 1 j = 7 h »
    grid = with_credits(grid)
    grid = with_own_times(grid, findings)  # « Tom 2h, Inès 1h30 » is two lines
    grid = _by_columns(grid, findings)
    grid = but_closed(grid, findings)
    if (rated := with_every_rate(grid, findings)) is None:
        return None
    grid = of_members(rated, findings)
    grid = scales.in_euros(grid, findings)  # thousands, cents, another money
    return by_rate(grid, findings)


def _in_plain_titles(grid: Grid) -> Grid:
    """Return a grid whose first lines say what programs write there: a day, « Mon, Oct 5 »; nothing, « Row Labels »."""

    def plain(cell: Cell) -> Cell:
        day = _DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if day:
            return f"{day['day']} {month_names()[ENGLISH_MONTHS[day['month'].casefold()] - 1]}"
        return "" if isinstance(cell, str) and _PIVOT.fullmatch(same(cell)) else cell

    head = tuple((number, [*map(plain, cells)]) for number, cells in grid.lines[:HEADED])
    return replace(grid, lines=(*head, *grid.lines[HEADED:])) if head != grid.lines[:HEADED] else grid


_PIVOT = re.compile(r"etiquettes? (de|des) (lignes?|colonnes?)|(row|column) labels")
"""What a spreadsheet writes itself around a pivot table."""
_DAY = re.compile(
    rf"(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?P<month>{'|'.join(ENGLISH_MONTHS)})[a-z]*\.? (?P<day>\d{{1,2}})",
    re.IGNORECASE,
)


def _by_columns(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose lines are in euros, with the sign of their side and the days of Paris."""
    rank = next((rank for rank, (_, cells) in enumerate(grid.lines[:HEADED]) if _titles(cells)), None)
    if rank is None:
        return grid
    head, under = grid.lines[rank], [*grid.lines[rank + 1 :]]
    titles = [as_text(cell) for cell in head[1]]
    for at in [at for at, title in enumerate(titles) if _VOID.fullmatch(same(title))]:
        if (kept := _but_void(grid, titles, under, at, findings)) is not None:
            head, under = _changed(head, {at: _nothing}), kept
    for rule in (_worked, _in_euros, _signed):
        under = rule(grid, titles, under, findings)
    return replace(grid, lines=(*grid.lines[:rank], head, *of_paris(titles, under)))


def _titles(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds titles of which one may change what lines say."""
    texts = [text for cell in cells if (text := as_text(cell))]
    void = not any(each[0].isdigit() for each in texts) and any(_VOID.fullmatch(same(each)) for each in texts)
    told = (bare(each) in _SIDE or MONEY.fullmatch(bare(each)) or UTC_TITLE.search(each) for each in texts)
    return len(texts) > 2 and (void or _timed(texts) or any(told))


def _timed(titles: Iterable[str]) -> bool:
    """Tell whether titles are those of the time of work: how long it lasts, or when it starts and ends."""
    told = [*titles]
    if counts_in_units(told) or any(may_say(title, "duree", dictionaries()["heures"]) for title in told):
        return True
    return any(map(starts, told)) and any(map(ends, told))


def _of_work(titles: Titles, lines: Lines) -> bool:
    """Tell whether lines are times of work: where they only start and end, cells are hours of the clock.

    « Numéro de facture » starts nothing, « Reste à payer » ends nothing.
    """
    if any(may_say(title, "duree", dictionaries()["heures"]) for title in titles) or counts_time(titles, lines):
        return True
    named = [at for at, title in enumerate(titles) if starts(title) or ends(title)]
    clocks = [at for at in named if any(_of_a_clock(cell_at(cells, at)) for _, cells in lines)]
    return any(starts(titles[at]) and any(ends(titles[to]) for to in clocks if to != at) for at in clocks)


def _of_a_clock(cell: Cell) -> bool:
    told = instant(cell)
    return clock(cell) is not None or (told is not None and bool(told.hour or told.minute))


def _rank(titles: Titles, names: set[str]) -> int:
    return next((at for at, title in enumerate(titles) if bare(title) in names), -1)


def _but_void(grid: Grid, titles: Titles, lines: Lines, at: int, findings: Findings) -> Lines | None:
    """Return the lines that a column does not say to be void, without it; None when it says another thing, told."""
    said = {id(line): _yes(text) for line in lines if (text := text_at(line[1], at))}
    if None in said.values():
        number, text = next((line[0], text_at(line[1], at)) for line in lines if said.get(id(line), 0) is None)
        told = f"« {titles[at]} » dit « {text} ». Les lignes comptent toutes. Vérifiez."
        if not any(text in map(as_text, cells) for rank, cells in lines if rank != number):  # no other invoice
            findings.heed(grid.place(number, at, titles[at]), told)
        return None
    gone = [line for line in lines if said.get(id(line))]
    if gone:
        told = listing([str(int(line[0])) for line in gone], most=8)
        one, several = f"la ligne {told} n'est pas lue", f"{len(gone)} lignes ne sont pas lues ({told})"
        text = f"« {titles[at]} » dit « {text_at(gone[0][1], at)} » : {one if len(gone) == 1 else several}."
        findings.heed(grid.place(gone[0][0], at, titles[at]), text)
    return [_changed(line, {at: _nothing}) for line in lines if not said.get(id(line))]


def _yes(text: str) -> bool | None:
    """Return whether a cell says yes, or no; when, which is yes; None when it says another thing."""
    try:
        return read_yes_no(text)
    except Refused:
        return True if re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?", text) else None


def _nothing(_: Cell) -> Cell:
    return ""


def _worked(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> Lines:
    """Return lines without the hours that are no work, or that the group leaves out."""
    return of_work_done(grid, titles, lines, findings) if _of_work(titles, lines) else lines


def _in_euros(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> Lines:
    """Return lines in euros; hours have no money."""
    return lines if _of_work(titles, lines) else in_euros(grid, titles, lines, findings)


def _signed(grid: Grid, titles: Titles, lines: Lines, findings: Findings) -> Lines:
    """Write as negative the amounts of a side that goes out: « D », « Sortie »; a list of purchases only goes out."""
    at = -1 if {bare(title) for title in titles} & _ACCOUNT else _rank(titles, _SIDE)
    said = {same(text_at(line[1], at)) for line in lines} - {""}
    money = [rank for rank, title in enumerate(titles) if rank != at and _AMOUNT.match(title)]
    spent = re.search(r"achat|d[ée]pense", grid.name, re.IGNORECASE)
    if not said or not said & _OUT or not said <= _OUT | _IN or not money or (spent and not said & _IN):
        return lines
    out = [line for line in lines if same(text_at(line[1], at)) in _OUT]
    told = f"d'après « {titles[at]} », l'argent de {count(len(out), 'ligne')} sort."
    findings.heed(grid.place(lines[0][0], at, titles[at]), told)
    back = dict.fromkeys(money, _minus)
    return [_changed(line, back) if same(text_at(line[1], at)) in _OUT else line for line in lines]


def _minus(cell: Cell) -> Cell:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return -abs(cell)
    text = as_text(cell)
    return f"-{text}" if text and not re.match(r"[-−(]", text) else cell


def _changed(line: Line, change: Mapping[int, Callable[[Cell], Cell]]) -> Line:
    cells = [change[at](cell) if at in change else cell for at, cell in enumerate(line[1])]
    return line[0], cells
