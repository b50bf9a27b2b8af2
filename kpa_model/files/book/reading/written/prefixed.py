"""Titles that say again what their table lists, « Invoice Amount », « f.total_ht »: read without it, shown with it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kpa_model.files.book.cells import as_text, bare, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.blocks import known_titles
from kpa_model.files.book.reading.sales.suppliers import of_suppliers

_OF_TABLE = re.compile(r"[a-z]{1,5}\.(?=[a-z]\w*$)")
_FIRST = re.compile(r"([^\W\d_]{2,})[ _.:/-]+(?=\w)")
_HOLDS = {
    **dict.fromkeys(("invoice", "facture"), "factures"),
    **dict.fromkeys(("quote", "estimate", "devis"), "commandes"),
    **dict.fromkeys(("bill", "expense", "achat", "depense"), "achats"),
}
"""What a table is, when this word alone begins several of its titles: the amount of a quote is no sale."""
_LEAST = 4


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
        if many < _LEAST or sum(bare(each) in known for each in titles) <= sum(bare(each) in known for each in texts):
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
