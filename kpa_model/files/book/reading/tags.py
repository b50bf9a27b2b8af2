"""Whose hours a line holds when only its tags tell: « Maud, compta »; which tags are people is known, or asked once."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context, institution
from kpa_model.files.book.reading.spread.people import name_like

TOPIC = "personne.mots"
_TITLES = {"tags", "tag", "etiquettes", "etiquette", "motscles", "labels", "recordtags"}
_MOST = 20
_NEARLY = 0.8
"""Part of the lines that bear a name, when tags say who worked."""


def told(block: Block, context: Context, findings: Findings) -> list[Cell] | None:
    """Return who did each line, by its tags: those that the group said are people, else people known on every line."""
    if (at := _column(block)) < 0:
        return None
    said = block.grid.answers.get(TOPIC, "")
    people = {same(each): each for each in said.split("|") if each} or context.people
    names = [[people[same(tag)] for tag in _tags(cells, at) if same(tag) in people] for _, cells in block.lines]
    if not any(names) or not (said or all(names)):
        return None
    findings.note(block.grid.place(block.head), f"qui a travaillé est lu dans « {block.titles[at]} ».")
    return [" + ".join(each) for each in names]


def ask(block: Block, context: Context, findings: Findings) -> bool:
    """Ask which tags are people, when nearly each line bears one that can be a name, no customer's; tell whether so."""
    at = _column(block)
    if at < 0 or f"{TOPIC}{ASKED}" in block.grid.answers:
        return False
    likely = [[tag for tag in _tags(cells, at) if _may_be(tag, context)] for _, cells in block.lines]
    names = list(dict.fromkeys(tag for each in likely for tag in each))[:_MOST]
    if not names or sum(map(bool, likely)) < _NEARLY * len(likely):
        return False
    question = f"Dans « {block.titles[at]} », lesquels de ces mots sont des personnes ?"
    todo = "Ajoutez une colonne « personne », ou donnez à la feuille le nom de la personne."
    options = tuple((tag, tag) for tag in names)
    doubt = Doubt(TOPIC, question, options, todo, several=True, every="Tous", none="Aucun")
    findings.doubt(block.grid.place(block.head, at, block.titles[at]), doubt)
    return True


def _may_be(tag: str, context: Context) -> bool:
    return name_like(tag) and same(tag) not in context.customers and not institution(tag)


def _column(block: Block) -> int:
    return next((at for at, title in enumerate(block.titles) if bare(title) in _TITLES and block.column(at)), -1)


def _tags(cells: Sequence[Cell], at: int) -> list[str]:
    return [tag for each in as_text(cells[at] if at < len(cells) else "").split(",") if (tag := each.strip(" +@"))]
