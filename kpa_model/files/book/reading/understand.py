"""A sheet as people made it → grids with the titles of the book, ready for the strict reader. Doubts are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from kpa_model.files.book.cells import as_text, cell_at
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.blocks import Block, block_of
from kpa_model.files.book.reading.choosing import best, columns_there, set_aside, with_only_time
from kpa_model.files.book.reading.columns.answered import answered
from kpa_model.files.book.reading.columns.billed import but_quoted
from kpa_model.files.book.reading.columns.durations import with_more_time
from kpa_model.files.book.reading.columns.planned import but_planned, one_of_two, tables_but_planned
from kpa_model.files.book.reading.columns.proved import with_unit_of_totals
from kpa_model.files.book.reading.commas import whole_numbers
from kpa_model.files.book.reading.context import Context, context_of, named_as
from kpa_model.files.book.reading.dated import numbers
from kpa_model.files.book.reading.dated.carried import without_carried, without_sums
from kpa_model.files.book.reading.dated.halves import with_halves, with_months_above
from kpa_model.files.book.reading.dated.moments import of_calendar
from kpa_model.files.book.reading.dated.months_first import days_first
from kpa_model.files.book.reading.dated.named_months import with_letters_of_months, with_months_cut
from kpa_model.files.book.reading.dated.numbers import month_topic
from kpa_model.files.book.reading.dated.of_titles import counted_days, under_months, with_days_named
from kpa_model.files.book.reading.dated.sections import with_days
from kpa_model.files.book.reading.dated.weeks import of_its_month, one_week
from kpa_model.files.book.reading.everything import ASKED_FIRST, everything, sold_beside
from kpa_model.files.book.reading.fields import Assigned, assigned
from kpa_model.files.book.reading.islands import about, blocks, of_its_own
from kpa_model.files.book.reading.laying import Laid, laid_out
from kpa_model.files.book.reading.left import but_lacking, say_odd_days, say_set_aside, say_unknown, spoken
from kpa_model.files.book.reading.prepared import prepared
from kpa_model.files.book.reading.remarks import with_remarks
from kpa_model.files.book.reading.sales import totals
from kpa_model.files.book.reading.sales.accounts.ledgers import ledger
from kpa_model.files.book.reading.sales.accounts.logs import by_word, of_log
from kpa_model.files.book.reading.sales.cashbook import cashbook
from kpa_model.files.book.reading.sales.statements import labelled
from kpa_model.files.book.reading.spread import people, shapes, stacked, weeks
from kpa_model.files.book.reading.spread.beside import counted_once, of_totals, say_absent, say_beside, told_shape
from kpa_model.files.book.reading.spread.codes import decoded
from kpa_model.files.book.reading.spread.compared import counted_below
from kpa_model.files.book.reading.spread.heading import of_heading, one_month, say_no_day, say_untitled
from kpa_model.files.book.reading.spread.money import but_unsold, spread_money
from kpa_model.files.book.reading.spread.per_person import per_person
from kpa_model.files.book.reading.spread.present import attended, crossed_as_times, with_presences
from kpa_model.files.book.reading.spread.recaps import summed
from kpa_model.files.book.reading.spread.rota import by_slots
from kpa_model.files.book.reading.spread.spans import ask_mondays, without_year
from kpa_model.files.book.reading.spread.sums import needed, right
from kpa_model.files.book.reading.spread.undated import WHOLE_MONTH, doubt_of, of_month, summed_up, tells_sums
from kpa_model.files.book.reading.whose import named_by_line, ours
from kpa_model.files.book.reading.written.in_parts import added_up
from kpa_model.files.book.reading.written.outside import without_recap
from kpa_model.files.book.reading.written.owners import owned
from kpa_model.files.book.reading.written.sections import sectioned


def understood(
    grid: Grid, context: Context, known: Mapping[str, Dictionary], findings: Findings, completing: bool
) -> list[Laid]:
    """Return the tables of a sheet, laid out as the book expects; an empty list when nothing is recognised.

    `completing` allows what only the book as a whole, or an answer, can give: one order per invoice, a rate of VAT.
    """
    if set_aside(grid):
        say_set_aside(block_of(grid, [*grid.lines], context), grid, findings)
        return []
    if accounts := ledger(grid, findings):
        return accounts
    found, base = list[Laid](), context
    parts = [block for part in with_days(grid, context, findings) for block in blocks(part, context, findings)]
    tables = owned(tables_but_planned(parts, findings), context)
    for block in tables:
        block = without_sums(whole_numbers(without_recap(block, findings), findings), findings)
        own = of_its_own(block) if len(tables) > 1 else block
        if any(table == "heures" for table, _ in found) and tells_sums(block) and not block.heading.label:
            findings.heed(grid.place(block.head), "ce tableau, sous les heures, les résume. Il n'est pas lu.")
            continue
        if set_aside(own.grid):
            say_set_aside(block, own.grid, findings)
            continue
        asked, said = len(findings.doubts), spoken(findings)
        read = partial(_one, context=context, known=known, findings=findings, completing=completing)
        more = [*of_log(by_word(own, findings), read, findings)]
        if len(tables) > 1:
            findings.doubts[asked:] = [(at, about(doubt, block)) for at, doubt in findings.doubts[asked:]]
        if len(tables) > 1 and not more and spoken(findings) == said:
            say_unknown(block, findings)
        found += more
        if not base.people:  # who is met in the tables of a sheet is known in the next ones
            context = context_of({"heures": [laid for table, laid in found if table == "heures"]}, known, base)
    return but_lacking(found, tables, grid, findings)


def _one(
    block: Block, grid: Grid, context: Context, known: Mapping[str, Dictionary], findings: Findings, completing: bool
) -> Iterator[Laid]:
    hours = known["heures"]
    chosen = grid.answers.get("table", "")
    if year := grid.answers.get("annee", ""):
        context = replace(context, years=(int(year),))
    timed = chosen in ("", "heures")
    turned = days_first(block, context, findings)
    agreed = (_agreed if timed else _unstacked)(turned, known, context, findings) if turned else None
    told = _dated(prepared(agreed, context, findings), timed, context, findings) if agreed else None
    if told is None or (timed and ask_mondays(told, findings)):
        return
    block, seen = told, crossed_as_times(told) if timed else told
    spread = shapes.wide(seen, hours, context) if timed else None
    if spread is None and (first := shapes.lacks_year(seen, hours, context)):
        weeks.ask_year(block, first, context, findings)
        return
    if timed and (other := _sums(block, spread, known, context, findings)) is not None:
        yield from other
        return
    sells = completing and not (context.sold and named_as(grid, known) == "commandes")
    if spread is not None:
        sold: list[Laid] = []
        if sells and spread.what == "personne" and not chosen:
            block, sold = sold_beside(block, {*spread.values, *spread.totals}, context, known, findings)
        if (laid := _spread(block, spread, known, context, findings)) is None:
            return
        yield from sold
        block, found = laid
    elif sells and (whole := _with_all(block, context, known, grid, findings)) is not None:
        yield from whole
        return
    elif (lines := _as_lines(block, grid, context, known, findings, completing)) is not None:
        block, found = lines
    else:
        return
    if found is not None:
        yield from _finished(block, found, context, grid, completing, findings)


def _sums(
    block: Block, spread: shapes.Wide | None, known: Mapping[str, Dictionary], context: Context, findings: Findings
) -> list[Laid] | None:
    """Return what columns of numbers give that are no hours, spread or perhaps so; none once asked; None for hours."""
    unsure = people.unsure(block, known) if spread is None else []
    sums = shapes.of_people(block, unsure, ()) if unsure else spread
    return spread_money(block, sums, context, findings, sure=sums is spread) if sums else None


def _agreed(block: Block, known: Mapping[str, Dictionary], context: Context, findings: Findings) -> Block | None:
    """Return a table whose titles stand on one line, its days of one week or one month as is said; None once asked."""
    own = without_carried(but_planned(of_calendar(block, findings), findings), findings)
    own = per_person(own, findings) if own else None
    named = with_months_above(with_days_named(with_months_cut(own, context))) if own else None
    placed = under_months(named, context, findings) if named else None
    agreed = _unstacked(stacked.with_day_hours(placed), known, context, findings) if placed else None
    for rule in (
        one_of_two,
        with_halves,
        with_letters_of_months,
        counted_days,
        one_week,
        weeks.titled_in_month,
        numbers.with_months,
        one_month,
    ):
        agreed = rule(agreed, context, findings) if agreed else None
    return agreed


def _finished(
    block: Block, found: Assigned, context: Context, grid: Grid, completing: bool, findings: Findings
) -> Iterator[Laid]:
    """Yield a table that lacks nothing, its month told around it perhaps; nothing once a column or a month is asked."""
    headed = of_heading(block, with_only_time(block, found, context, findings), context, findings)
    if headed is None or not columns_there(*headed, context, grid, completing, findings):
        return
    block, found = labelled(*headed, context)
    own = ours(but_unsold(but_quoted(block, found, context, findings), found), found, context, findings)
    if found.dictionary.table == "heures":
        if (placed := of_its_month(own, found.ranks.get("date", -1), context, findings)) is None:
            return
        own = placed
        say_odd_days(own, found.ranks.get("date", -1), findings)
    listed = _of_lines(own, found, findings)
    if listed[1] is not found:  # its lines are proved: nothing is left to ask
        grid = replace(grid, answers={**grid.answers, totals.REPEATED: "lignes"})
    yield from laid_out(*with_remarks(*listed), grid, context, findings)


def _as_lines(
    block: Block, grid: Grid, context: Context, known: Mapping[str, Dictionary], findings: Findings, completing: bool
) -> tuple[Block, Assigned | None] | None:
    """Return a table with a fact on each line, and its columns; None once something is asked, or kept as a check."""
    hours, chosen = known["heures"], grid.answers.get("table", "")
    timed = chosen in ("", "heures")
    there = with_presences(block, findings) if timed and named_as(grid, known) != "declarations" else block
    if there is None:
        return None
    block = added_up(there, findings)
    counted = month_topic(block) in grid.answers or grid.answers.get(WHOLE_MONTH) == "oui"
    if not chosen and completing and not counted and (sums := summed(block, context)):
        findings.sums.append((grid.place(block.head), sums, doubt_of(block, None)))
        return None
    if timed and not named_by_line(block, context) and people.ask(block, known, grid, findings):
        return None
    if timed and findings.asking and summed_up(block, context):
        month = of_month(block, context, findings)
        return (month, assigned(month, hours, context, answered(month, hours, grid))) if month else None
    found = best(block, context, known, grid, completing, findings)
    return with_more_time(block, found, findings) if found else (block, None)


def _with_all(
    block: Block, context: Context, known: Mapping[str, Dictionary], grid: Grid, findings: Findings
) -> list[Laid] | None:
    """Return the tables of a sheet with sales, hours and payments; none once it is asked; None for another sheet."""
    asked = len(findings.doubts)
    sold = everything(block, context, known, grid, findings)
    if any(doubt.topic in ASKED_FIRST for _, doubt in findings.doubts[asked:]):
        return []
    return sold or cashbook(block, context, known["heures"], grid, findings)


def _unstacked(block: Block, known: Mapping[str, Dictionary], context: Context, findings: Findings) -> Block | None:
    """Return a block whose titles stand on one line, names alone above lines in a column; None once it is asked."""
    upper, hours = stacked.above(block), known["heures"]
    if upper is None:
        return sectioned(block, context, findings)
    if (placed := numbers.with_months(upper, context, findings)) is None:
        return None
    upper = placed
    if first := shapes.lacks_year(upper, hours, context):
        weeks.ask_year(upper, first, context, findings)
        return None
    groups = shapes.wide(stacked.as_times(block, upper), hours, context) or stacked.kinds_above(block, upper)
    if groups:
        sure = stacked.settled(block, groups, context, findings)
        own = counted_below(block, sure, context, findings) if sure else None
        return stacked.unstacked(stacked.with_durations(own, sure, findings), sure, findings) if sure and own else None
    asked = not named_by_line(upper, context) and people.ask(upper, known, block.grid, findings)
    return None if asked else block


def _of_lines(block: Block, found: Assigned, findings: Findings) -> tuple[Block, Assigned]:
    """Return a list of invoices whose amounts are those of each line, not totals that are repeated."""
    dated = [cells for _, cells in block.lines if as_text(cell_at(cells, found.ranks.get("date", -1)))]
    ranks = totals.of_lines(dated, found.ranks) if found.dictionary.table == "factures" else found.ranks
    if ranks == found.ranks:
        return block, found
    titles = [as_text(cell_at(block.heads, at)) or title for at, title in enumerate(block.titles)]
    findings.heed(block.grid.place(block.head), totals.told(titles, found.ranks, ranks))
    left = [block.titles[at] for at in {*found.ranks.values()} - {*ranks.values()}]
    return replace(block, read=(*block.read, *left)), replace(found, ranks=ranks)


def _dated(block: Block, hours: bool, context: Context, findings: Findings) -> Block | None:
    """Return the block whose weeks are periods, when it can hold hours; None once a year or a month is asked."""
    if hours and numbers.ask_month(block, context, findings):
        return None
    if hours and (first := without_year(block, context)):
        weeks.ask_year(block, first, context, findings)
        return None
    whole = weeks.with_weeks(block, context, findings) if hours else block
    return by_slots(whole, context, findings) if hours and whole else whole


def _spread(
    block: Block, spread: shapes.Wide, known: Mapping[str, Dictionary], context: Context, findings: Findings
) -> tuple[Block, Assigned | None] | None:
    """Return a wide table as one with a fact on each line, and its columns; None once something is asked."""
    hours = known["heures"]
    spread = of_totals(block, spread, findings)
    block = with_unit_of_totals(block, spread.values, spread.totals, findings)
    if spread.what == "personne":
        more = needed(block, spread.values, spread.totals)
        proved = right(block, spread.values, spread.totals)  # nobody lacks to the totals
        if not proved and people.ask(block, known, block.grid, findings, spread.values, more):
            return None
        say_beside(block, spread, known, more, findings)
    there = attended(block, spread.values, findings)
    told = decoded(there, spread.values, findings) if there else None
    whole = of_month(told, context, findings) if told and spread.what != "date" else told
    if whole is None:
        return None
    say_absent(whole, spread, findings)
    if spread.what == "date":
        numbers.say_misnamed(whole, spread.values, findings)
        say_no_day(whole, {*spread.values, *spread.totals}, context, findings)
        say_untitled(whole, spread.values, findings)
    block = shapes.laid_long(whole, spread, findings)
    findings.note(block.grid.place(block.head), told_shape(spread))
    fixed = {**counted_once(block, spread, hours, findings), **_fixed(block, spread)}
    return block, assigned(block, hours, context, {**answered(block, hours, block.grid), **fixed})


def _fixed(block: Block, spread: shapes.Wide) -> dict[str, int]:
    """Return the ranks of what was laid out: the last two columns."""
    return {spread.what: len(block.titles) - 2, "duree": len(block.titles) - 1}
