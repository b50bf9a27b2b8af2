"""Titles that say again what their table lists, « Invoice Amount », « f.total_ht »: read without it, shown with it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kpa_model.files.book.cells import as_text, bare
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.blocks import known_titles
from kpa_model.files.book.reading.sales.suppliers import of_suppliers

_OF_TABLE = re.compile(r"[a-z]{1,5}\.(?=[a-z]\w*$)")
_HOLDS = {"invoice": "factures", "quote": "commandes", "estimate": "commandes", "bill": "achats", "expense": "achats"}
"""What a table is, when this word begins most of its titles: the amount of a quote is no sale."""
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
        words = Counter(text.split(" ", 1)[0] for text in texts if " " in text)
        (first, many), *_ = words.most_common(1) or [("", 0)]
        titles = [each if bare(each) in known else each.removeprefix(f"{first} ") for each in written]
        if many < _LEAST or sum(bare(each) in known for each in titles) <= sum(bare(each) in known for each in texts):
            return grid
        if (held := _HOLDS.get(first.casefold())) and (held != "factures" or not of_suppliers(grid)):
            answers = {"table": held, **answers}
    short = zip(titles, written, strict=True)
    findings.titles[grid.file, grid.sheet] = {title: text for title, text in short if title != text}
    return replace(grid, lines=((number, [*titles]), *rest), answers=answers)
