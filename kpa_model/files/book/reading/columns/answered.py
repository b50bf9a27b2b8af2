"""Which columns an answer of the group leads to a field; what a title says now is stronger than one of before."""

from __future__ import annotations

from collections.abc import Iterator

from kpa_model.files.book.cells import bare
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import layer, may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import timeless
from kpa_model.files.book.reading.whose import title_of, topic_of

WITH_TAX = "ttc:"
"""What stands before the title of an amount, in an answer, when it holds the VAT."""
IN_COLUMN = "colonne:"
"""What stands before the title of the column that says who worked, in an answer about whose hours these are."""
BOTH = "|"
"""What stands between the titles of several columns that say together who worked."""


def ways_of(title: str) -> Iterator[tuple[str, str]]:
    """Yield what an amount may be, as an answer and in words: a title that says HT or TTC is believed."""
    for way, told, other in (("", "sans la TVA (HT)", "avec la TVA"), (WITH_TAX, "avec la TVA (TTC)", "sans la TVA")):
        if layer(title) != other:
            yield f"{way}{title}", f"« {title} », {told}"


def answered(block: Block, dictionary: Dictionary, grid: Grid) -> dict[str, int]:
    """Return the columns that the group, or a recipe, led to a field by their titles."""
    found = {}
    for each in (*dictionary.columns, *dictionary.aids):
        title = grid.answers.get(f"colonne.{each.name}")
        if each.name == "montant_ttc" and (said := grid.answers.get("colonne.montant_ht", "")).startswith(WITH_TAX):
            title = said.removeprefix(WITH_TAX)
        who = grid.answers.get(topic_of(grid), "") if each.name == "personne" else ""
        if who.startswith(IN_COLUMN):
            title = who.removeprefix(IN_COLUMN)
        if each.name == "personne" and BOTH in (title or ""):
            title = each.name  # they were put in one column
        told = each.kind == "euros" and any(layer(t) and may_say(t, each.name, dictionary) for t in block.titles)
        if title is not None and not told:  # what a title says now is stronger than an answer of before
            own = [at for at in range(len(block.titles)) if bare(title_of(block, at)) == bare(title)]
            own = own or [at for at, mine in enumerate(block.titles) if title and timeless(mine) == timeless(title)]
            found[each.name] = own[0] if own else -1
    return found
