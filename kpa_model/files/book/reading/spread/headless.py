"""Tables without titles, which what their cells prove gives; titles that say their table again, « Invoice Amount »."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations

from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.blocks import is_day, known_titles, no_figures, width
from kpa_model.files.book.reading.columns.titles import says_time
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.sales.accounts.gathered import untitled
from kpa_model.files.book.reading.sales.suppliers import of_suppliers
from kpa_model.files.book.reading.sales.taxes import with_tax
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.files.book.where import letter
from kpa_model.words import listing

_LEAST, _MOSTLY = 2, 0.6
"""Under so many lines nothing is proved; so many of them are facts, the first one included: a total may follow."""
_KNOWN = 0.6
"""From this part of known names on, a column is that of people."""
Columns = Sequence[Sequence[str]]


def with_titles(grid: Grid, context: Context, findings: Findings) -> Grid:
    """Return a grid where titles stand, told, above lines that are facts: a day, and a figure beside it, in each.

    It stays as it is when nothing proves a sale, a time or people; an account book has its own reader.
    """
    days = [at for at in range(width(grid.lines[:1])) if _is_column_of(grid, at, is_day)]
    facts = [cells for _, cells in grid.lines if days and is_day(_at(cells, days[0]))]
    figures = [at for at in range(width(grid.lines)) if at not in days and _is_column_of(grid, at, _is_figure)]
    if len(facts) < _LEAST or not figures or untitled(grid):
        return grid
    columns = [[as_text(_at(cells, at)) for cells in facts] for at in range(width(grid.lines))]
    words = [at for at, cells in enumerate(columns) if at not in (*days, *figures) and any(cells)]
    made = _sale(columns, figures, words) or _work(columns, figures, words, context)
    if not made:
        return grid
    made |= {days[0]: "date"} if len(days) == 1 else {}
    titles = [made.get(at, f"colonne {letter(at)}") for at in range(len(columns))]
    told = listing([f"« {title} » (colonne {letter(at)})" for at, title in sorted(made.items())])
    findings.heed(grid.place(), f"ce tableau n'a pas de titres. Les cases disent : {told}.")
    return replace(grid, lines=((0, [*titles]), *grid.lines))


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else ""


def _is_column_of(grid: Grid, at: int, what: Callable[[Cell], bool]) -> bool:
    if not what(_at(grid.lines[0][1], at)):
        return False
    return sum(what(_at(cells, at)) for _, cells in grid.lines) >= _MOSTLY * len(grid.lines)


def _is_figure(cell: Cell) -> bool:
    return bool(as_text(cell)) and not no_figures([cell])


def _sale(columns: Columns, figures: Sequence[int], words: Sequence[int]) -> dict[int, str]:
    """Return an amount and the same one with its VAT, when one pair alone is at a rate in force on every line."""
    pairs = [(a, b) for a, b in permutations(figures, 2) if with_tax(columns[a], columns[b])]
    if len(pairs) != 1:
        return {}
    made = {pairs[0][0]: "montant_ht", pairs[0][1]: "montant_ttc"}
    numbers = [at for at in words if all(map(_NUMBERED.search, columns[at])) and _never_again(columns[at])]
    others = [at for at in words if at not in numbers]
    made |= {numbers[0]: "facture"} if len(numbers) == 1 else {}
    return made | ({others[0]: "client" if len(numbers) == 1 else "libelle"} if len(others) == 1 else {})


def _work(columns: Columns, figures: Sequence[int], words: Sequence[int], context: Context) -> dict[int, str]:
    """Return the time that says its unit, and the people: those who are known, else the only names that come back."""
    times = [at for at in figures if all(map(says_time, columns[at]))]
    known = [at for at in words if sum(map(context.is_person, columns[at])) >= _KNOWN * len(columns[at])]
    again = [at for at in words if all(map(name_like, columns[at])) and not _never_again(columns[at])]
    who = known or again
    return ({times[0]: "duree"} if len(times) == 1 else {}) | ({who[0]: "personne"} if len(who) == 1 else {})


_NUMBERED = re.compile(r"\d")


def _never_again(cells: Sequence[str]) -> bool:
    return len({*map(same, cells)}) == len(cells)


_OF_TABLE = re.compile(r"[a-z]{1,5}\.(?=[a-z]\w*$)")
_FIRST = re.compile(r"([^\W\d_]{2,})[ _.:/-]+(?=\w)")
_HOLDS = {
    **dict.fromkeys(("invoice", "facture"), "factures"),
    **dict.fromkeys(("quote", "estimate", "devis"), "commandes"),
    **dict.fromkeys(("bill", "expense", "achat", "depense"), "achats"),
}
"""What a table is, when this word alone begins several of its titles: the amount of a quote is no sale."""
_LEAST_TITLES = 4


def bare_titled(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose titles do not say the table they come from, unless they are known so; it may tell the table.

    What is told about it quotes its titles as they are written.
    """
    (number, cells), *rest = grid.lines or [(0, [])]
    written, known, answers = [as_text(each) for each in cells], known_titles(), grid.answers
    texts = [*filter(None, written)]
    if len(texts) >= 3 and all(map(_OF_TABLE.match, texts)):
        titles = [_OF_TABLE.sub("", each) for each in written]
    else:
        words = Counter(found[1].casefold() for text in texts if (found := _FIRST.match(text)))
        first, many = _of_its_lines(words)
        titles = [each if bare(each) in known else _without(first, each) for each in written]
        if many < _LEAST_TITLES or sum(bare(each) in known for each in titles) <= sum(
            bare(each) in known for each in texts
        ):
            return grid
        held = {_HOLDS[word] for each in words if (word := same(each)) in _HOLDS}
        if same(first) in _HOLDS and len(held) == 1 and (held != {"factures"} or not of_suppliers(grid)):
            answers = {"table": held.pop(), **answers}
    short = zip(titles, written, strict=True)
    findings.titles[grid.file, grid.sheet] = {title: text for title, text in short if title != text}
    return replace(grid, lines=((number, [*titles]), *rest), answers=answers)


def _of_its_lines(words: Counter[str]) -> tuple[str, int]:
    """Return the word that begins most titles, and how many: beside quotes, or purchases, that of the invoices."""
    first, many = words.most_common(1)[0] if words else ("", 0)
    sold = [word for word, times in words.items() if times > 1 and _HOLDS.get(same(word)) == "factures"]
    return (sold[0] if sold and same(first) in _HOLDS else first), many


def _without(first: str, title: str) -> str:
    """Return a title without the word that begins it, when it is this one."""
    found = _FIRST.match(title)
    return title[found.end() :] if found and found[1].casefold() == first else title
