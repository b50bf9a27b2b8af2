"""Whose hours a line holds when only words of it tell: tags, « Maud, compta », what begins an event, « Maud : compta ».

Which of these words are people is known, or asked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import ends, starts
from kpa_model.files.book.reading.context import Context, institution
from kpa_model.files.book.reading.dated.moments import CALLED
from kpa_model.files.book.reading.spread.people import name_like

TOPIC = "personne.mots"
_TITLES = {"tags", "tag", "etiquettes", "etiquette", "motscles", "labels", "recordtags"}
_BEGIN = re.compile(r"([^-–—:()\d]{2,40})(?: [-–—] | ?: ).*\S")
_MOST = 20
_NEARLY = 0.8
"""Part of the lines that bear a name, when tags say who worked."""


def told(block: Block, context: Context, findings: Findings) -> list[Cell] | None:
    """Return who did each line, by its tags: those that the group said are people, else people known on every line.

    Words never asked about, on lines that bear nobody's name, are asked about: somebody new.
    """
    if (at := _column(block)) < 0:
        return None
    said = block.grid.answers.get(TOPIC, "")
    people = {same(each): each for each in said.split("|") if each} or context.people
    names = [[people[same(tag)] for tag in _tags(block, cells, at) if same(tag) in people] for _, cells in block.lines]
    if not any(names) or not (said or all(names)):
        return None
    asked = [same(each) for each in block.grid.answers.get(f"{TOPIC}{ASKED}", "").split("|")]
    alone = [
        tag for (_, cells), own in zip(block.lines, names, strict=True) if not own for tag in _tags(block, cells, at)
    ]
    if said and (fresh := [tag for tag in alone if _may_be(tag, context) and same(tag) not in asked]):
        _ask(block, at, fresh, findings)
    findings.note(block.grid.place(block.head), f"qui a travaillé est lu dans « {block.titles[at]} ».")
    return [" + ".join(each) for each in names]


def ask(block: Block, context: Context, findings: Findings) -> bool:
    """Ask which tags are people, when nearly each line bears one that can be a name, no customer's; tell whether so."""
    at = _column(block)
    if at < 0 or f"{TOPIC}{ASKED}" in block.grid.answers:
        return False
    likely = [[tag for tag in _tags(block, cells, at) if _may_be(tag, context)] for _, cells in block.lines]
    names = {tag for each in likely for tag in each}
    few = len(names) < 2 and not _is_of_tags(block.titles[at])  # « Réunion : … » alone begins nobody's events
    if not names or few or sum(map(bool, likely)) < _NEARLY * len(likely):
        return False
    _ask(block, at, [tag for each in likely for tag in each], findings)
    return True


def _ask(block: Block, at: int, words: Iterable[str], findings: Findings) -> None:
    question = f"Dans « {block.titles[at]} », lesquels de ces mots sont des personnes ?"
    todo = "Ajoutez une colonne « personne », ou donnez à la feuille le nom de la personne."
    options = tuple((word, word) for word in [*dict.fromkeys(words)][:_MOST])
    doubt = Doubt(TOPIC, question, options, todo, several=True, every="Tous", none="Aucun")
    findings.doubt(block.grid.place(block.head, at, block.titles[at]), doubt)


def _may_be(tag: str, context: Context) -> bool:
    return name_like(tag) and same(tag) not in context.customers and not institution(tag)


def _column(block: Block) -> int:
    """Return the column of tags; in a calendar without any, that of what its events are called; −1 for none."""
    filled = [at for at in range(len(block.titles)) if block.titles[at] and block.column(at)]
    of_tags = (at for at in filled if _is_of_tags(block.titles[at]))
    heads = [*map(as_text, block.heads)]
    dated = any(map(starts, heads)) and any(map(ends, heads))
    called = (at for at in filled if dated and bare(block.titles[at]) in CALLED)
    return next(of_tags, next(called, -1))


def _is_of_tags(title: str) -> bool:
    return bare(title) in _TITLES


def _tags(block: Block, cells: Sequence[Cell], at: int) -> list[str]:
    """Return the tags of a line, or the words before the first dash, or colon, of what it is called."""
    text = as_text(cell_at(cells, at))
    if not _is_of_tags(block.titles[at]):
        return [*names_in(found[1].strip())] if (found := _BEGIN.fullmatch(text)) else []
    return [tag for each in text.split(",") if (tag := each.strip(" +@"))]
