"""The days of a week, told by their letters alone: « L M M J V »."""

from __future__ import annotations

from collections.abc import Iterable

from kpa_model.files.book.dates import WEEKDAY, WEEKDAYS

_LETTERS = tuple((*start, "j", "v", "s", "d") for start in (("l", "m", "m"), ("l", "ma", "me"), ("l", "m", "me")))


def weekdays(titles: list[str]) -> list[str]:
    """Return titles where letters in a row, « L M M J V », are the days of a week.

    >>> weekdays(["Nom", "L", "Ma", "Me", "J", "V", "Total"])[1:4]
    ['Lundi', 'Mardi', 'Mercredi']
    """
    flat = [title.strip(" .").casefold() for title in titles]
    named, at = list(titles), 0
    while at < len(flat):
        runs = (many for letters in _LETTERS for many in (7, 6, 5) if flat[at : at + many] == [*letters[:many]])
        if found := next(runs, 0):
            named[at : at + found] = WEEKDAYS[:found]
        at += found or 1
    return named


def only_weekdays(texts: Iterable[str]) -> bool:
    """Tell whether a line only says the days of the week, below titles that number them: « L M M J V S D »."""
    said = [text.strip(" .").casefold() for text in texts if text]
    return len(said) > 4 and all(text in {*"lmjvsd", "ma", "me"} or WEEKDAY.fullmatch(text) for text in said)
