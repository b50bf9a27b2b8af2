"""What stands beside columns of people or days, and is no time, or is nobody's: told, by what the totals prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import shown
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.spread import people, shapes
from kpa_model.files.book.reading.spread.sums import beyond, right


def of_totals(block: Block, spread: shapes.Wide, findings: Findings) -> shapes.Wide:
    """Return a wide table without the one column that its own totals leave out: « Nb de repas » is no time.

    A total that lost its title is one of what is sold.
    """
    spread = replace(spread, totals=tuple(at for at in spread.totals if block.titles[at]))
    for at in beyond(block, spread.values, spread.totals):
        text = f"les totaux ne comptent pas « {block.titles[at]} » : cette colonne n'est pas lue comme des heures."
        findings.heed(block.grid.place(block.head, at, block.titles[at]), text)
        return replace(spread, values={each: value for each, value in spread.values.items() if each != at})
    return spread


def say_beside(
    block: Block, spread: shapes.Wide, known: Mapping[str, Dictionary], more: Sequence[int], findings: Findings
) -> None:
    """Tell the columns beside those of people that hold times of days, and that are nobody's."""
    if right(block, spread.values, spread.totals):
        return  # nothing lacks to the totals
    for at, title in enumerate(block.titles):
        if at not in {*spread.values, *spread.totals} and (cell := people.broken(block, at)):
            text = f"la colonne « {title} » n'est pas lue : {shown(cell)} n'est pas une durée. Corrigez-la."
            findings.left_out(block.grid.place(block.head, at, title), text)
            continue
        if at in {*spread.values, *spread.totals} or not title or not (at in more or people.of_days(block, at, known)):
            continue
        text = f"la colonne « {title} » tient des heures, à côté de celles des personnes. Elle n'est pas lue."
        findings.left_out(block.grid.place(block.head, at, title), text)
