"""Titles of days on several lines: their letters alone, « L M M J V », or their numbers below months."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS
from kpa_model.files.book.grids import Line, first_text
from kpa_model.files.book.reading.dated.months import says_month

ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH = {
    written: rank
    for rank, day in enumerate(ENGLISH_DAYS)
    for written in (day, f"{day[:3]}s", *(day[:length] for length in range(3, len(day) - 2)))
}
"""« mon », « tue », « tues », « wednes », « thurs »…"""
MOMENTS = {"matin", "matinee", "midi", "apresmidi", "aprem", "soir", "soiree", "nuit", "journee", "am", "pm"}
"""Titles of parts of a day."""
_SEVERAL = 3
_LETTERS = tuple((*start, "j", "v", "s", "d") for start in (("l", "m", "m"), ("l", "ma", "me"), ("l", "m", "me")))


def weekdays(titles: list[str]) -> list[str]:
    """Return titles where letters in a row, « L M M J V », are the days of a week.

    >>> weekdays(["Nom", "L", "Ma", "Me", "J", "V", "Total"])[1:4]
    ['Lundi', 'Mardi', 'Mercredi']
    >>> weekdays(["Employee", "Mon", "Tues", "Wed", "Total"])[1:4]
    ['Lundi', 'Mardi', 'Mercredi']
    """
    flat = [title.strip(" .").casefold() for title in titles]
    named, at = _in_french(titles, flat), 0
    while at < len(flat):
        runs = (many for letters in _LETTERS for many in (7, 6, 5) if flat[at : at + many] == [*letters[:many]])
        if found := next(runs, 0):
            named[at : at + found] = WEEKDAYS[:found]
        at += found or 1
    return named


def _in_french(titles: Sequence[str], flat: Sequence[str]) -> list[str]:
    """Return titles with several English days, « Mon, Tue, Wed », « Mon 7 », in French; « Mon » may be anything."""
    words = [text.partition(" ") for text in flat]
    told = {at: _ENGLISH[day.strip(".")] for at, (day, _, rest) in enumerate(words) if _english(day, rest)}
    several = len({*told.values()}) >= _SEVERAL
    named = {at: f"{WEEKDAYS[rank]} {words[at][2]}".strip() for at, rank in told.items()} if several else {}
    return [named.get(at, title) for at, title in enumerate(titles)]


def _english(day: str, rest: str) -> bool:
    return day.strip(".") in _ENGLISH and (not rest or rest[0].isdigit())


def only_weekdays(texts: Iterable[str], least: int = 5) -> bool:
    """Tell whether a line only says the days of the week, below titles that number them: « L M M J V S D »."""
    said = [text.strip(" .").casefold() for text in texts if text]
    return len(said) >= least and all(text in {*"lmjvsd", "ma", "me"} or WEEKDAY.fullmatch(text) for text in said)


_DAY = re.compile(rf"(?:{WEEKDAY.pattern}\.? ?)?(0?[1-9]|[12]\d|3[01])(?:er|\.0)?", re.IGNORECASE)


def days_and_months(lines: Sequence[Line], at: int, known: Collection[str]) -> tuple[int, int]:
    """Return the rank of the line that numbers days, and that of their months above it, around a line; −1 without any.

    Args:
        lines: those of a table.
        at: the rank of what looks like its titles.
        known: the titles that lead to a column, in their bare form.
    """
    for days, months in ((at + 1, at), (at + 2, at), (at, at - 1), (at, at - 2), (at - 1, at - 2)):
        if months < 0 or days >= len(lines) - 1 or lines[days][0] - lines[months][0] != days - months:
            continue
        named = [as_text(each) for _, cells in (*lines[months + 1 : days], *lines[days + 1 : at + 1]) for each in cells]
        corner = over_days(lines[months][1], [cell_at(cells, 0) for _, cells in lines[days : days + 3]])
        if not corner and (not named or only_weekdays(named, 2)) and _below(lines[months][1], lines[days][1], known):
            return days, months
    return -1, -1


def over_days(heads: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Tell whether a month alone in a corner stands over days of its column: « octobre 2026 », « sam 3 », « dim 4 ».

    Args:
        heads: the line of the corner.
        first: what stands below it, in its column.
    """
    told = [text for cell in first if re.search(r"\d", text := as_text(cell))]
    days = [found for text in told if (found := _DAY.fullmatch(text))]
    numbers = [int(found[found.re.groups]) for found in days]
    named = all(found[1] for found in days)
    alone = [at for at, cell in enumerate(heads) if says_month(cell)] == [0]
    return alone and len(days) == len(told) > 1 and (named or numbers == sorted({*numbers}))


def _below(upper: Sequence[Cell], lower: Sequence[Cell], known: Collection[str]) -> bool:
    """Tell whether a line numbers the days of the months above: « ; mai 2026 ; ; juin 2026 », « Nom ; 28 ; 29 ; 2 ».

    Hours of whole months are no days: somebody stands before them.
    """
    months = [at for at, cell in enumerate(upper) if says_month(cell)]
    days = [at for at, cell in enumerate(lower) if _DAY.fullmatch(as_text(cell))]
    if not months or len(days) <= len({as_text(upper[at]) for at in months}):
        return False
    before = [(as_text(cell_at(upper, at)), as_text(cell)) for at, cell in enumerate(lower[: min(*months, days[0])])]
    untitled = all(text in ("", title) or (not title and bare(text) in known) for title, text in before)
    return untitled and {*months} <= {*days}


_NUMBERED = re.compile(rf"(?:{WEEKDAY.pattern}\.? ?)?(\d{{1,2}})", re.IGNORECASE)


def first_days(lines: Sequence[Line]) -> int | None:
    """Return the rank of a line of days in their order under an empty corner, « ; lun 2 ; mar 3 », above names."""
    for at, (_, cells) in enumerate(lines[:-1]):
        below = lines[at + 1][1]
        found = [_NUMBERED.fullmatch(text) for each in cells[1:] if (text := as_text(each))]
        while found and found[-1] is None:  # totals, right of the days
            found.pop()
        days = [int(day[day.re.groups]) if day else 0 for day in found]
        named = bool(below) and isinstance(below[0], str) and not re.search(r"\d", below[0]) and below[0].strip()
        if (
            named
            and not as_text(cells[0])
            and len(days) > 2
            and days == sorted({*days})
            and 1 <= days[0] <= days[-1] <= 31
        ):
            return at
    return None


def of_slot(cells: Sequence[Cell]) -> bool:
    """Tell whether a line starts with hours of the clock, « 9h-12h30 », « Matin (9h-12h) »: a slot, and no titles."""
    return bool(_SLOT.match(first_text(cells)) or _SLOT.match(_BEFORE.sub("", as_text(cell_at(cells, 0)))))


_SLOT = re.compile(r"\d{1,2} ?[h:] ?(\d\d)? ?[-–à>→] ?\d")
_BEFORE = re.compile(r"^[^\W\d][^\d()]*[\s:(]")


def untitled_days(titles: Sequence[str], first: Sequence[Cell], known: Collection[str]) -> bool:
    """Tell whether the first column numbers days in their order, under an empty corner, beside names alone.

    >>> untitled_days(["", "Ida", "Noam", "Total"], [1, 2, 5, "Total"], {"total", "tache"})
    True
    >>> untitled_days(["", "Tâche", "Ida"], [1, 2, 5], {"total", "tache"})
    False
    """
    said = [text for cell in first if (text := as_text(cell)) and not text.casefold().startswith("total")]
    days = [int(day[day.re.groups]) for text in said if (day := _NUMBERED.fullmatch(text))]
    rising = len(days) == len(said) > 2 and days == sorted({*days}) and 1 <= days[0] <= days[-1] <= 31
    return rising and not titles[0] and not {*map(bare, titles)} & {*known} - {"total"}


def above_codes(lines: Sequence[Line], days: int | None, at: int) -> bool:
    """Tell whether numbered days stand above a line that says the same things again: codes of somebody, no titles."""
    texts = [text for each in lines[at][1][1:] if (text := as_text(each))]
    return days is not None and days < at and len({*texts}) < len(texts) and not only_weekdays(texts, 1)
