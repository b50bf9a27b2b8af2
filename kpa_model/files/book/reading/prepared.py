"""Before fields are looked for: names joined, instants cut into a day and a duration, hours of a month its days'."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

from kpa_model.cooperative.calendar import PARIS
from kpa_model.files.book.building import short_forms
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import elapsed, instant, read_date, read_duration, read_hour
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, blanked
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import clock_change, ends, read_or_none, starts
from kpa_model.files.book.reading.columns.legend import with_legend
from kpa_model.files.book.reading.columns.planned import time_done
from kpa_model.files.book.reading.columns.proved import with_computed, with_proved_unit
from kpa_model.files.book.reading.columns.ranges import ranges, with_passages
from kpa_model.files.book.reading.columns.taxed import with_layer
from kpa_model.files.book.reading.columns.times_each import times_each
from kpa_model.files.book.reading.context import FIRST_NAMES, LAST_NAMES, Context
from kpa_model.files.book.reading.dated.moments import without_moments
from kpa_model.files.book.reading.dated.numbers import days_of_month
from kpa_model.files.book.reading.rates.tills import with_takings, without_outlays
from kpa_model.files.book.reading.sales.charges import after_refunds, with_charges
from kpa_model.files.book.reading.sales.discounts import after_deposits, after_discount
from kpa_model.files.book.reading.sales.in_cells import by_cells
from kpa_model.files.book.reading.sales.our_part import our_part
from kpa_model.files.book.reading.sales.statements import as_statement
from kpa_model.files.book.reading.sales.suppliers import with_one_side
from kpa_model.files.book.reading.sales.totals import one_vat, priced
from kpa_model.files.book.reading.spread.breaks import one_break, with_break
from kpa_model.files.book.reading.spread.days import days_of_year, joined_days
from kpa_model.files.book.reading.spread.present import present
from kpa_model.files.book.reading.spread.spans import half_days, money, whole_months
from kpa_model.files.book.reading.spread.units import in_units
from kpa_model.files.book.reading.together import told_each
from kpa_model.files.book.reading.written.addresses import with_names
from kpa_model.files.book.reading.written.in_parts import added, added_parts, hours_and_minutes
from kpa_model.files.book.reading.written.initials import with_initials
from kpa_model.files.book.reading.written.teammates import with_teammates
from kpa_model.files.book.reading.written.under_states import under_words
from kpa_model.files.book.reading.written.workers_below import with_workers_below
from kpa_model.files.book.vocabulary import word_set
from kpa_model.words import hours

_START = word_set("prepared.start")
_END = word_set("prepared.end")
_NAMED = re.compile(r"\b(nom|name|identité|personne|employee|salariée?)\b", re.IGNORECASE)


def prepared(block: Block, context: Context, findings: Findings) -> Block:
    """Return a block whose people have one column, and whose instants are a day and a duration: a pass a line."""
    block = with_one_side(under_words(block, findings), findings)  # the amounts, and what stands beside them
    block = as_statement(block, findings)
    block = with_takings(block, findings)
    block = with_layer(block, findings)
    block = without_outlays(block, findings)
    block = told_each(block)
    block = in_units(block, context, findings)
    block = one_vat(priced(block, findings))
    block = after_deposits(block, findings)
    block = after_discount(block, findings)
    block = after_refunds(block, findings)
    block = with_charges(block, findings)
    block = our_part(block, findings)
    block = by_cells(block)
    block = with_workers_below(block, context, findings)  # who
    block = with_initials(block, findings)
    block = with_names(block, context, findings)
    block = _joined_names(block)
    block = _whole_names(block)
    block = with_teammates(block, findings)
    block = with_passages(block, findings)  # how long
    block = hours_and_minutes(block, findings)
    block = times_each(block, findings)
    block = with_legend(block, findings)
    block = with_proved_unit(block, findings)
    block = _cut_instants(block, findings)
    block = one_break(block, findings)
    block = ranges(block, findings)
    block = added(block, findings)
    block = added_parts(block, findings)
    block = with_break(block, findings)
    block = without_moments(block, findings)
    block = with_computed(block, findings)
    block = present(block, context, findings)
    block = joined_days(block, context)  # when
    block = days_of_year(block, context, findings)
    block = days_of_month(block, context)
    block = half_days(block, findings)
    return whole_months(block, context)


def _joined_names(block: Block) -> Block:
    """Put both names in one column: a first name alone would hide somebody new who bears it too."""
    first, last = block.titled(FIRST_NAMES), block.titled(LAST_NAMES)
    if first < 0 or last < 0:
        return block

    def name(cells: Sequence[Cell]) -> str:
        return f"{as_text(cell_at(cells, first))} {as_text(cell_at(cells, last))}".strip()

    lines = [
        (number, _replaced(cells, {first: name(cells), last: ""}, len(block.titles))) for number, cells in block.lines
    ]
    titles = ["personne" if at == first else "" if at == last else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles, lines=lines)


def _whole_names(block: Block) -> Block:
    """Write people as the column that names them whole, beside their logins: « Nadia Ba », not « nadia »."""
    leads = [column_of(title, dictionaries()["heures"]) if title else None for title in block.titles]
    short = next((at for at, each in enumerate(leads) if each is not None and each.name == "personne"), -1)
    named = [at for at, title in enumerate(block.titles) if at != short and _NAMED.search(title)]
    whole = next((at for at in named if short >= 0 and _written_whole(block, short, at)), -1)
    if whole < 0:
        return block
    wide = len(block.titles)
    lines = [
        (number, _replaced(cells, {short: cell_at(cells, whole), whole: ""}, wide)) for number, cells in block.lines
    ]
    return replace(block, titles=blanked(block.titles, {whole}), lines=lines)


def _written_whole(block: Block, short: int, whole: int) -> bool:
    """Tell whether a column writes whole, line after line, those whom another one writes short."""
    pairs = {(as_text(cell_at(cells, short)), as_text(cell_at(cells, whole))) for _, cells in block.lines} - {("", "")}
    one_each = len(pairs) == len({login for login, _ in pairs}) == len({name for _, name in pairs})
    return one_each and all(bare(login) in short_forms(name) for login, name in pairs)


def _replaced(cells: Sequence[Cell], values: dict[int, Cell], wide: int) -> list[Cell]:
    row = [*cells, *[""] * (wide - len(cells))]
    for at, value in values.items():
        row[at] = value
    return row


def _cut_instants(block: Block, findings: Findings) -> Block:
    """Turn a start and an end, told as instants, into the day in Paris and the exact duration; no end, no line."""
    if (found := _clocked(block)) is None:
        return block
    start, end, read = found
    dated = any(bare(title) in {"date", "jour", "localdate"} for title in block.titles)
    done = time_done(block)
    timed = done >= 0 or any(bare(title) in {"duree", "duration", "durationh"} for title in block.titles)
    lines: list[Line] = []
    for number, cells in block.lines:
        begin, stop = read(cell_at(cells, start)), read(cell_at(cells, end))
        if begin and not as_text(cell_at(cells, end)):
            told = f"ce travail commence le {begin:%d/%m/%Y à %H:%M}, et rien ne dit sa fin. Il n'est pas lu."
            findings.left_out(block.grid.place(number), told)
            continue
        if begin and done >= 0 and not as_text(cell_at(cells, done)):
            told = f"« {block.titles[done]} » est vide : ce créneau du {begin:%d/%m/%Y à %H:%M} n'est pas lu."
            findings.left_out(block.grid.place(number), told)
            continue
        day: Cell = (
            "" if begin is None else begin.date() if read in (instant, _epoch) else _written_day(cell_at(cells, start))
        )
        length: Cell = elapsed(begin, stop) if begin and stop else ""
        parts = [(day, length)]
        if begin and stop and not timed and (changed := clock_change(begin, stop)):
            findings.heed(block.grid.place(number, end), changed)
        if begin and stop and not (dated or timed) and _over_two_months(begin, stop):
            midnight = stop.replace(hour=0, minute=0, second=0)  # the night between two months
            rest = elapsed(midnight, stop)
            parts = [(day, elapsed(begin, midnight)), (stop.date(), rest)]
            told = f"cette nuit finit le mois suivant : {hours(round(rest.total_seconds() / 60))} y vont."
            findings.heed(block.grid.place(number), told)
        for each, time in parts:
            lines.append((number, _replaced(cells, {start: each, end: time}, len(block.titles))))
    titles = list(block.titles)
    if done >= 0:
        named = f"« {titles[done]} » compte, et non de « {titles[start]} » à « {titles[end]} »."
        findings.heed(block.grid.place(block.head), named)
        titles[done] = "duree (h)" if re.search("heure|hour", titles[done], re.IGNORECASE) else "duree"
    titles[start], titles[end] = "" if dated else "date", "" if timed else "duree"
    return replace(block, titles=titles, lines=lines)


def _over_two_months(begin: datetime, stop: datetime) -> bool:
    return begin.month != stop.month and elapsed(begin, stop) < timedelta(days=1)


_Reader = Callable[[Cell], datetime | None]


def _clocked(block: Block) -> tuple[int, int, _Reader] | None:
    """Return where work starts and where it ends, told as instants, and what reads them; None when nothing proves it.

    Their titles say so, or a column of durations.
    """
    for read in (instant, _epoch, _day_first, _month_first):
        ranks = [
            at
            for at, title in enumerate(block.titles)
            if title and (cells := block.column(at)) and all(map(read, cells))
        ]
        start, end = block.titled(_START), block.titled(_END)
        pairs = [(start, end)] if {start, end} <= {*ranks} else [] if money(block) else _spans(block, ranks, read)
        if len(pairs) == 1 and (
            read is instant or all(0 <= length.days < 1 for length, _ in _lengths(block, *pairs[0], read))
        ):
            return *pairs[0], read
    return None


def _lengths(block: Block, start: int, end: int, read: _Reader) -> list[tuple[timedelta, Sequence[Cell]]]:
    """Return the time from a start to an end, on the lines that tell both, and these lines."""
    told = [(read(cell_at(cells, start)), read(cell_at(cells, end)), cells) for _, cells in block.lines]
    return [(elapsed(begin, stop), cells) for begin, stop, cells in told if begin and stop]


def _spans(block: Block, ranks: Sequence[int], read: _Reader) -> list[tuple[int, int]]:
    """Return the pairs of columns of instants that titles, or durations, tell to be a start and an end."""
    found = []
    for start, end in permutations(ranks, 2):
        lengths = _lengths(block, start, end, read)
        if not lengths or not all(timedelta(0) <= length <= _LONGEST for length, _ in lengths):
            continue
        named = starts(block.titles[start]) and ends(block.titles[end])
        times = (at for at in range(len(block.titles)) if at not in ranks and block.titles[at])
        if named or any(all(_lasts(cell_at(cells, at), length) for length, cells in lengths) for at in times):
            found.append((start, end))
    return found


_LONGEST = timedelta(days=1)


def _lasts(cell: Cell, length: timedelta) -> bool:
    """Tell whether a cell is a time, to the minute."""
    minutes = read_or_none(read_duration, cell)
    return minutes is not None and abs(float(minutes) * 60 - length.total_seconds()) < 60


_MOMENT = re.compile(
    r"(?P<day>.*\d),? ?(?:à |at )?(?<=[ ,])(?P<hour>\d{1,2} ?[:h](?: ?\d\d)?(?::\d\d)?(?P<half> ?[ap]\.?m\.?)?)",
    re.IGNORECASE,
)


def _epoch(cell: Cell) -> datetime | None:
    """Return an instant told in seconds, or thousandths, since 1970: « 1772438400000 »."""
    text = as_text(cell)
    if not re.fullmatch(r"1\d{9}(\d{3})?", text):
        return None
    return datetime.fromtimestamp(int(text[:10]) + int(text[10:] or 0) / 1000, PARIS)


def _day_first(cell: Cell) -> datetime | None:
    """Return an instant written as a spreadsheet shows it, « 05/09/2026 14:30 », « 5 mars 2026 à 14h30 »."""
    if not (found := _MOMENT.fullmatch(as_text(cell))):
        return None
    day, minutes = read_or_none(read_date, found["day"]), read_or_none(read_hour, found["hour"])
    return (
        None if day is None or minutes is None else datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    )


def _month_first(cell: Cell) -> datetime | None:
    """Return an instant whose month comes first, « 09/05/2026 2:30 PM »."""
    return _day_first(re.sub(r"^(\d+)([/.-])(\d+)", r"\3\2\1", as_text(cell)))


def _written_day(cell: Cell) -> str:
    """Return the day of a moment as it is written: its whole column, and « PM », tell whether the month comes first."""
    found = _MOMENT.fullmatch(as_text(cell))
    return "" if found is None else f"{found['day']} {found['hour']}" if found["half"] else found["day"]
