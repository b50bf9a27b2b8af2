"""Several tables on one sheet: what is answered about one, what it is or which columns it has, is about it alone."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.files.book.cells import bare
from kpa_model.files.book.findings import Doubt
from kpa_model.files.book.reading.blocks import Block


def of_its_own(block: Block) -> Block:
    """Return one of several tables of a sheet with the answers about it: what it is, which columns it has."""
    answers = {topic: said for topic, said in block.grid.answers.items() if not _OWN.match(topic)}
    mine = {topic.removesuffix(end): said for topic, said in answers.items() if topic.endswith(end := _end(block))}
    return replace(block, grid=replace(block.grid, answers={**answers, **mine}))


def about(doubt: Doubt, block: Block) -> Doubt:
    """Return a doubt of one of several tables of a sheet: the others keep theirs."""
    return replace(doubt, topic=f"{doubt.topic}{_end(block)}") if _OWN.match(doubt.topic) else doubt


_OWN = re.compile(r"(table|colonne\.\w+)$")
"""Topics about one table alone."""


def _end(block: Block) -> str:
    return "@" + "".join(bare(title) for title in block.titles if not re.search(r"\d", title))[:40]
