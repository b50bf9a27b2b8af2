"""Who worked, by an address: « awa.sy@coop.example » is Awa Sy, told; the letters before the @ say the name."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.whose import of_things
from kpa_model.words import listing

_ADDRESS = re.compile(r"([\w.+-]+)@[\w-]+(\.[\w-]+)+")


def with_names(block: Block, context: Context, findings: Findings) -> Block:
    """Return a table of hours whose people are named, where only a column of addresses says who worked.

    Addresses that are already known as people, and two that would be one name, stay as they are.
    """
    hours = dictionaries()["heures"]
    timed = any(may_say(title, "duree", hours) for title in block.titles)
    who = [at for at, title in enumerate(block.titles) if may_say(title, "personne", hours) and block.column(at)]
    addressed = [at for at in range(len(block.titles)) if _of_addresses(block, at)]
    if not timed or len(addressed) != 1 or (who and who != addressed):
        return block
    at = addressed[0]
    texts = [*dict.fromkeys(as_text(cell) for cell in block.column(at))]
    names = {text: re.sub(r"[\W\d_]+", " ", text.split("@")[0]).strip().title() for text in texts}
    one_each = len({*map(same, names.values())}) == len({*map(same, texts)})
    if not one_each or not all(names.values()) or any(map(context.is_person, texts)):
        names = {text: text for text in texts}
    told = listing([f"« {text} » est « {name} »" for text, name in names.items() if text != name], most=6)
    if told:
        findings.heed(block.grid.place(block.head, at, block.titles[at]), f"d'après l'adresse, {told}.")
    lines: list[Line] = [
        (number, [names.get(as_text(cell), cell) if rank == at else cell for rank, cell in enumerate(cells)])
        for number, cells in block.lines
    ]
    titles = ["personne" if rank == at else title for rank, title in enumerate(block.titles)]
    return replace(block, titles=titles, lines=lines)


def _of_addresses(block: Block, at: int) -> bool:
    """Tell whether every cell of a column is an address, under a title that speaks of no customer."""
    cells: list[Cell] = block.column(at)
    title = re.sub(r"^(adresse|identifiant) ?", "", block.titles[at], flags=re.IGNORECASE)
    return bool(cells) and not of_things(title) and all(_ADDRESS.fullmatch(as_text(cell)) for cell in cells)
