"""A job, its customer and its price on one line, then who worked and how long, a line each, in the same columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.groups import figure_of
from kpa_model.files.book.reading.spread.people import TOTAL, name_like
from kpa_model.files.book.reading.whose import of_things
from kpa_model.files.book.vocabulary import word_set

_WHO = word_set("everything.who")
_PRICE = {"prix", "montant", "vendu"}
_PARTS = re.compile(r"[/|&+,()]|\b(?:et|ou|puis)\b", re.IGNORECASE)
_NEAR = 0.02


def with_workers_below(block: Block, context: Context, findings: Findings) -> Block:
    """Return a block whose customers and people, told by one column in turn, stand in two; it is told.

    Each line of a price has a day. Those below, until the next one, have hours alone: what the first one says of them
    is their sum.
    """
    price, length, day = _rank(block, "montant_ht", "montant_ttc"), _rank(block, "duree"), _rank(block, "date")
    facts = [line for line in block.lines if _of_facts(line[1])]
    jobs = [at for at, (_, cells) in enumerate(facts) if as_text(cell_at(cells, price))] if price >= 0 else []
    if min(length, day) < 0 or jobs[:1] != [0] or not all(as_text(cell_at(facts[at][1], day)) for at in jobs):
        return block
    groups = [[cells for _, cells in facts[start:end]] for start, end in pairwise([*jobs, len(facts)])]
    workers = [cells for group in groups for cells in group[1:]]
    alone = all(as_text(cell_at(cells, length)) and not as_text(cell_at(cells, day)) for cells in workers)
    if not workers or not alone or not all(_summed(group, length) for group in groups):
        return block
    at = _names(block, [group[0] for group in groups], workers, {price, length, day}, context)
    if at < 0:
        return block
    told = f"« {block.titles[at]} » dit le client sur la ligne d'un prix, et qui a travaillé sur les lignes d'heures."
    findings.heed(block.grid.place(block.head, at, block.titles[at]), told)
    below = {number: cells for number, cells in facts if not as_text(cell_at(cells, price))}
    sold = {facts[job][0] for job in jobs}
    cut = ((number, at if number in below else length if number in sold else -1) for number, _ in block.lines)
    lines = [(number, blanked(cells, {rank})) for (number, rank), (_, cells) in zip(cut, block.lines, strict=True)]
    titles = ["Client" if rank == at else title for rank, title in enumerate(block.titles)]
    who = [cell_at(below.get(number, []), at) for number, _ in block.lines]
    return replace(block, titles=titles, lines=lines).with_column("personne", who)


def _of_facts(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds more than a text alone, and is no total."""
    filled = [text for each in cells if (text := as_text(each))]
    return len(filled) > 1 and not TOTAL.match(filled[0])


def _rank(block: Block, *names: str) -> int:
    """Return the first filled column whose title leads to one of some fields of a sale or of hours; −1 for none."""
    tables = [dictionaries()[table] for table in ("factures", "heures")]
    leads = (at for at, title in enumerate(block.titles) if title and block.column(at))
    found = (
        at for at in leads if any((lead := column_of(block.titles[at], each)) and lead.name in names for each in tables)
    )
    return next(found, block.titled(_PRICE) if "montant_ht" in names else -1)


def _summed(group: Sequence[Sequence[Cell]], length: int) -> bool:
    """Tell whether the first of some lines says no time, or that of the others."""
    said, *own = (figure_of(cell_at(cells, length)) for cells in group)
    none = not as_text(cell_at(group[0], length))
    return none or (said is not None and abs(said - sum(each or 0 for each in own)) < _NEAR)


def _names(
    block: Block, jobs: Sequence[Sequence[Cell]], workers: Sequence[Sequence[Cell]], but: set[int], context: Context
) -> int:
    """Return the column that names a customer, then people: its title says so, or both name others; −1 for none."""
    for at, title in enumerate(block.titles):
        sold, worked = ([as_text(cell_at(cells, at)) for cells in each] for each in (jobs, workers))
        if at in but or not all(sold) or not all(map(name_like, worked)) or any(map(TOTAL.match, worked)):
            continue
        parts = [part for part in _PARTS.split(title) if part.strip()]
        said = len(parts) > 1 and any(bare(part) in _WHO for part in parts)
        known = all(map(context.is_person, worked))
        apart = not {*map(same, sold)} & {*map(same, worked)} and not of_things(title)
        others = (rank for rank in range(len(block.titles)) if rank != at and bare(block.titles[rank]) in _WHO)
        if (said or known or apart) and not any(map(block.column, others)):
            return at
    return -1
