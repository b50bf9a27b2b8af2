"""Days that titles tell without their month or year, « lun. 5 », « 05/01 », or on two lines, « mai 2026 : 28, 29 »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS, read_date
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.context import NAMES, Context
from kpa_model.files.book.reading.dated.months import YEAR, in_order, says_month, which_year
from kpa_model.files.book.reading.dated.numbers import day_titles
from kpa_model.files.book.reading.dated.weeks import said
from kpa_model.files.book.reading.spread.days import OF_DAYS, here
from kpa_model.files.book.reading.spread.people import A_DAY, TOTAL
from kpa_model.words import month_name

_WORD = re.compile(r"(?P<word>[^\W\d]{1,15})\.?[ _-]?(?:n ?°\.? ?)?(?=\d)")
_BEFORE_A_DAY = re.compile(
    rf"(?:{A_DAY.pattern}|le|the|ce|du|au|matin|apr[èe]s[ -]?midi|aprem|soir|nuit)[ .]*$", re.IGNORECASE
)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:[/.-](\d{{1,2}})|(?:er)?[ -]({NAMES}))\.?", re.IGNORECASE)


def whole_day(title: str) -> date | None:
    """Return the day of a title that says it whole; None when it does not."""
    try:
        return read_date(WEEKDAY.sub("", title, count=1).strip()) if re.search(r"\d", title) else None
    except Refused:
        return None


def short_day(block: Block, at: int, title: str, month: CalendarMonth | None, context: Context) -> date | None:
    """Return the day of « 05/01 », « lun. 5 » or « 5 », whose month or year stands elsewhere; none of « Séance 5 »."""
    title = title.strip()
    word = _WORD.match(title)
    text = title[word.end() :] if word else title
    if found := _DAY_MONTH.fullmatch(text):
        if word and found[2] and _parts(block.titles, word["word"], month):
            return None
        years = {month.first_day.year} if month else {*context.years}
        own = f"{found[1]}/{found[2]}/" if found[2] else f"{found[1]} {found[3]} "
        return whole_day(f"{own}{years.pop()}") if len(years) == 1 else None
    number = re.fullmatch(r"(\d{1,2})(?:er)?", text)
    if not month or not number or not 1 <= int(number[1]) <= month.last_day.day:
        return None
    day = month.first_day.replace(day=int(number[1]))
    sure = not word or _BEFORE_A_DAY.fullmatch(word[0]) or at in day_titles(block)
    return day if sure or (word and _initial(block.titles, word["word"], day)) else None


def _initial(titles: Collection[str], word: str, day: date) -> bool:
    """Tell whether a letter is that of a day of the week, beside other letters: « L4, M5 », and not « J1, J2 »."""
    letters = {same(each[1]) for title in titles if (each := re.fullmatch(r"([^\W\d]) ?\d{1,2}", title.strip()))}
    return len(letters) > 1 and len(word) == 1 and same(WEEKDAYS[day.weekday()]).startswith(same(word))


def counted(block: Block) -> list[int]:
    """Return the columns whose titles count one thing, and no day: « Séance 1, Séance 2 », « J1, J2 »."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for at, title in enumerate(block.titles):
        word = _WORD.match(title.strip())
        if word and not _BEFORE_A_DAY.fullmatch(word[0]) and said(title) is None:
            ranks[same(word["word"])].append(at)
    days = day_titles(block)
    return [at for found in ranks.values() if len(found) > 1 for at in found if at not in days]


def counted_days(block: Block, context: Context, findings: Findings) -> Block:
    """Return a block whose column of days only counts, « Jour 1, Jour 2 », as one of works: no day is known."""
    for at, title in enumerate(block.titles):
        texts = [text for cell in block.column(at) if not TOTAL.match(text := as_text(cell))]
        words = [_WORD.match(text) for text in texts] if bare(title) in OF_DAYS else []
        named = {same(each["word"]) for each in words if each and each.end() < len(each.string)}
        whole = len(texts) > 1 and len(named) == 1 and all(re.fullmatch(r".*\D\d{1,3}", text) for text in texts)
        if whole and all(words) and not any(each and _BEFORE_A_DAY.fullmatch(each[0]) for each in words):
            return replace(block, titles=["Tâche" if rank == at else own for rank, own in enumerate(block.titles)])
    return block


def _parts(titles: Collection[str], word: str, month: CalendarMonth | None) -> bool:
    """Tell whether titles count the parts of one thing, « Séance 1/3 », « 2/3 », and no days of the month around."""
    found = [re.fullmatch(rf"{re.escape(word)}\.? ?(\d)/(\d)", title.strip(), re.IGNORECASE) for title in titles]
    parts = [(int(each[1]), int(each[2])) for each in found if each]
    wholes = {whole for _, whole in parts}
    counting = [part for part, _ in parts] == [*range(1, len(parts) + 1)] and len(wholes) == 1
    return counting and max(wholes) >= len(parts) and not (month and month.first_day.month in wholes)


_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?|\d{1,2}(?:er)? [^\W\d]{3,9}\.?")
_NEAR = 1.5
"""Weeks between a number and its days, at most."""


def under_months(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a block whose days, below the names of their months, are whole days; None once their year is asked.

    A day that its month has not is refused where it holds something.
    """
    block = _with_days_below(block)
    lower = [as_text(each) for each in block.heads]
    told = day_titles(replace(block, titles=lower)) if block.over else {}
    groups = _groups(block.over, {at: day.number for at, day in told.items()})
    if not groups:
        return block
    years = here(block, context).years
    months = in_order([cell for cell, _ in groups], years, block.grid.answers.get(YEAR, ""))
    if not months:
        findings.doubt(block.grid.place(block.head), which_year(groups[0][0], years))
        return None
    titles = [text or ("" if says_month(over) else as_text(over)) for text, over in zip(lower, block.over, strict=True)]
    heads = list[Cell](titles)
    for (_, ranks), month in zip(groups, months, strict=True):
        for at in ranks:
            titles[at] = f"{lower[at]} {month_name(month.first_day)}"
            _number(block, at, told[at].number, month, heads, findings)
    return replace(block, heads=heads, titles=titles, over=())


def _with_days_below(block: Block) -> Block:
    """Return a block whose first line, when it only says the days of the titles above it, is one with them.

    « lundi » above « 12/10 », « S41 » above « 05/10 au 11/10 »; a week that is not theirs stays, and is refused.
    """
    below = block.lines[0][1] if block.lines else []
    told = {at: text for at, cell in enumerate(below) if (text := as_text(cell))}
    whole = {at: _together(title, told[at]) for at, title in enumerate(block.titles) if at in told}
    if len(told) < 2 or len(whole) < len(told) or not all(whole.values()):
        return block
    titles = [whole.get(at, title) for at, title in enumerate(block.titles)]
    heads = [whole.get(at, head) for at, head in enumerate(block.heads)]
    return replace(block, titles=titles, heads=heads, lines=block.lines[1:])


def _together(title: str, below: str) -> str:
    """Return a day of the week or a week, with the day or the days that stand below; an empty text for others.

    >>> _together("lundi", "12/10/2026"), _together("S41", "05/10 au 11/10"), _together("S41", "5")
    ('lundi 12/10/2026', '05/10 au 11/10', '')
    """
    if WEEKDAY.fullmatch(title.strip()):
        return f"{title} {below}" if _DAY.fullmatch(below) else ""
    week, days = said(title), said(f"semaine du {below}" if _DAY.fullmatch(below) else below)
    return days.text if week and week.number and days and abs(week.rank - days.rank) <= _NEAR else ""


def _number(block: Block, at: int, number: int, month: CalendarMonth, heads: list[Cell], findings: Findings) -> None:
    """Write the day of a column; one that its month has not is refused where it holds something."""
    if number <= month.last_day.day:
        heads[at] = month.first_day.replace(day=number)
    elif block.column(at):
        what = f"le {number} n'existe pas en {month_name(month.first_day)}."
        findings.problem(block.grid.place(block.head, at), what, "Corrigez ce titre, ou le mois écrit au-dessus.")


def _groups(over: Sequence[Cell], numbers: Mapping[int, int]) -> list[tuple[Cell, list[int]]]:
    """Return each month with the columns of its days; nothing when a day is under none.

    A month written in the middle of its days has those that follow each other.
    """
    if all(says_month(over[at]) for at in numbers):
        return [(cell, [*ranks]) for cell, ranks in groupby(numbers, key=lambda at: over[at])]
    runs: list[list[int]] = []
    for at, number in numbers.items():
        if not runs or number <= numbers[runs[-1][-1]]:
            runs.append([])
        runs[-1].append(at)
    labels = [[*dict.fromkeys(as_text(over[at]) for at in ranks if says_month(over[at]))] for ranks in runs]
    sure = all(labels) and len({text for each in labels for text in each}) == len(runs)
    return [(each[-1], ranks) for each, ranks in zip(labels, runs, strict=True)] if sure else []


def with_days_named(block: Block) -> Block:
    """Return a table whose « Mois » is « date » where it holds days, not the first of each month; totals left aside."""
    titles = [bare(title) for title in block.titles]
    at = titles.index("mois") if "mois" in titles and not {"date", "jour"} & {*titles} else -1
    told = [cell for cell in (block.column(at) if at >= 0 else ()) if not TOTAL.match(as_text(cell))]
    days = [read_or_none(read_date, cell) for cell in told if is_day(cell)]
    if not told or len(days) < len(told) or all(day is None or day.day == 1 for day in days):
        return block
    return replace(block, titles=["date" if rank == at else title for rank, title in enumerate(block.titles)])
