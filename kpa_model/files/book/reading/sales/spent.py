"""What was spent beside what is sold, in a column of the same lines: « Achats », « Matières TTC ». Its VAT is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import SPENT
from kpa_model.files.book.reading.laying import facts
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.words import euros

_WITHOUT, _NOTHING = "ht", "rien"
_WITH = (
    ("0", "avec la TVA, qui ne nous est pas rendue : tout compte"),
    ("20", "avec la TVA, à 20 %"),
    ("10", "avec la TVA, à 10 %"),
    ("5,5", "avec la TVA, à 5,5 %"),
)


def spent_in(block: Block, others: Collection[int]) -> list[int]:
    """Return the columns of purchases among those that nothing else reads."""
    return [
        at
        for at, title in enumerate(block.titles)
        if at not in others and SPENT.match(title) and any(cents_in(cell) for cell in block.column(at))
    ]


def spent_beside(
    block: Block, lines: Sequence[tuple[Line, str]], ranks: Collection[int], day: int, findings: Findings
) -> Iterator[tuple[str, Grid]]:
    """Yield the purchases of columns, each for the order of its line; ask once a column whether they hold the VAT.

    Args:
        block: the table.
        lines: those with a day, with the name of the order of each.
        ranks: the columns of purchases.
        day: the column of days.
        findings: where the question goes.
    """
    for at in ranks:
        title, topic = block.titles[at], f"achats.{bare(block.titles[at])}"
        said, place = layer(title), block.grid.place(block.head, at, block.titles[at])
        answer = block.grid.answers.get(topic, _WITHOUT if said == "sans la TVA" else "")
        paid = [(line, order) for line, order in lines if cents_in(cell_at(line[1], at))]
        total = euros(sum(abs(cents_in(cell_at(cells, at))) for (_, cells), _ in paid))
        if not answer:
            question = f"« {title} » ({total}) : des achats, avec ou sans la TVA ?"
            ways = (*(() if said else ((_WITHOUT, "sans la TVA (HT)"),)), *_WITH)
            options = (*ways, (_NOTHING, "ce ne sont pas des achats du groupe : ne pas les lire"))
            findings.doubt(place, Doubt(topic, question, options, "Écrivez HT ou TTC dans le titre."))
        elif answer == _NOTHING:
            findings.left_out(place, f"« {title} » n'est pas lu, comme vous l'avez dit : {total} en tout.")
        else:
            yield "achats", _bought(block, paid, at, day, answer)


def _bought(block: Block, paid: Sequence[tuple[Line, str]], at: int, day: int, answer: str) -> Grid:
    title = re.sub(r"\W*\b(HT|TTC)\b\W*", " ", block.titles[at]).strip()
    signed = all(cents_in(cell_at(cells, at)) < 0 for (_, cells), _ in paid)
    rate = "" if answer == _WITHOUT else f"{answer} %"

    def amount(cells: Sequence[Cell]) -> Cell:
        cell = cell_at(cells, at)
        return as_text(cell).lstrip("-−") if signed else cell

    def row(cells: Sequence[Cell], order: str) -> list[Cell]:
        return [f"{title} {order}".strip(), cell_at(cells, day), amount(cells), order, *filter(None, (rate,))]

    titles = ("libelle", "date", "montant_ttc" if rate else "montant_ht", "commande", *(("taux_tva",) if rate else ()))
    rows = [(number, row(cells, order), [-1, day, at, -1, -1][: len(titles)]) for (number, cells), order in paid]
    return facts(block, titles, rows)
