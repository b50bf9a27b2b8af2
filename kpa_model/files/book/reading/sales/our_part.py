"""« Notre part HT » beside « Total HT »: what was sold with others is not all ours. Which one counts is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.discounts import Cents, cents_at, column_in, less_of, taxed_as, written
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import euros

TOPIC, _OURS = "montant_ht.part", "part"
_MINE = pattern("our_part.ours", r"(WORDS)\b.*")
_THEIRS = pattern("our_part.theirs", r"(WORDS)\b.*")


def shares(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names our part of an amount, or that of others."""
    return any(each.fullmatch(same(as_text(cell))) for cell in cells for each in (_MINE, _THEIRS))


def our_part(block: Block, findings: Findings) -> Block:
    """Return sales whose amounts before tax are our part, or the whole, as the group answers; it is told."""
    said = [same(title) for title in block.titles]
    mine, theirs = ([at for at, title in enumerate(said) if each.fullmatch(title)] for each in (_MINE, _THEIRS))
    if not (mine or theirs):
        return block
    whole = column_in(block, "montant_ht")
    total: Cents = cents_at(block, whole) if whole >= 0 and {whole}.isdisjoint([*mine, *theirs]) else [None]
    if None in total or not (own := _own(block, total, mine, theirs)):
        return block
    named, kept = f"« {block.titles[whole]} »", f"« {block.titles[(mine or theirs)[0]]} »"
    sums = [euros(sum(cents or 0 for cents in each)) for each in (own, total)]
    answer = block.grid.answers.get(TOPIC, "")
    if not answer:
        question = f"{named} ({sums[1]}) est à plusieurs, d'après {kept}. Qu'est-ce qui est vendu par le groupe ?"
        options = ((_OURS, f"notre part : {sums[0]} en tout"), ("total", f"le total : {sums[1]} en tout"))
        todo = "Donnez le montant qui compte, seul, sur chaque ligne."
        findings.doubt(block.grid.place(block.head, whole, block.titles[whole]), Doubt(TOPIC, question, options, todo))
        return block
    titles = blanked(block.titles, {*mine, *theirs})
    if answer != _OURS:
        findings.heed(block.grid.place(block.head), f"{named} compte en entier : {sums[1]}, dont {sums[0]} à nous.")
        return replace(block, titles=titles)
    findings.heed(block.grid.place(block.head), f"notre part compte seule : {sums[0]}, sur {sums[1]} de {named}.")
    block = taxed_as(block, total, own)
    lines = [
        (number, [written(cents or 0) if at == whole else cell for at, cell in enumerate(cells)])
        for (number, cells), cents in zip(block.lines, own, strict=True)
    ]
    return replace(block, lines=lines, titles=titles)


def _own(block: Block, total: Cents, mine: Sequence[int], theirs: Sequence[int]) -> Cents:
    """Return what is ours of each amount, by our column, else by those of others; nothing when all of it is, or none.

    A part is a sum, or a rate.
    """
    off = [0] * len(total)
    for at in mine[:1] or theirs:
        left = less_of(block, at, total, parts=True)
        off = [gone + (whole or 0) - (rest or 0) for gone, whole, rest in zip(off, total, left, strict=True)]
    own = off if mine else [(whole or 0) - gone for whole, gone in zip(total, off, strict=True)]
    within = all(0 <= abs(part) <= abs(whole or 0) for part, whole in zip(own, total, strict=True))
    return [*own] if any(off) and own != total and within else []
