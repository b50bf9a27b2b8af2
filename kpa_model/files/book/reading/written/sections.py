"""Whose each line of one table is, by the words alone above those of each person, or beside their total."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import as_text, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, first_text
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import NO_HEADING, Context
from kpa_model.files.book.reading.islands import first_title
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.reading.written.above import Words, called, label_of, words_above, words_of
from kpa_model.files.book.reading.written.owners import headings, known_by, leads_of, of_words, things_of
from kpa_model.files.book.reading.written.whose_hours import TITLES, owner_above


def sectioned(block: Block, context: Context, findings: Findings) -> Block | None:
    """Write whose each line of hours is in a column, where words stand above those of each person: « Awa », then hers.

    The first ones may stand above the titles. Return nothing once it is asked.
    """
    leads = leads_of(block)
    if "duree" not in leads or "personne" in leads or any(map(layer, block.titles)):
        return block
    starts, rows, alike = _parts(block)
    if len(starts) < 2 or (_of_somebody(block, context) and not _all_known(rows, context)):
        return block
    told = headings(rows, [block], context, alike)
    if told[0] is NO_HEADING:
        return block
    owners = dict[int, str]()
    for at, heading in zip(starts, told, strict=True):
        under = heading if heading.label else replace(heading, label=TITLES)
        owners[at] = owner_above(under, block.grid.place(block.lines[at][0]), block.grid, context, findings)
    if not all(owners.values()):
        return None
    wide, lines, who = len(block.titles), list[Line](), ""
    for at, (number, cells) in enumerate(block.lines):
        who = owners.get(at, who)
        if not of_words(cells):
            lines.append((number, [*cells, *[""] * (wide - len(cells)), who]))
    return replace(block, heads=[*block.heads, "Personne"], titles=[*block.titles, "Personne"], lines=lines)


def _parts(block: Block) -> tuple[list[int], list[list[Words]], bool]:
    """Return where the lines of each person may start, what words say whose they are, and whether all stand alike.

    They stand above; the first ones may stand above the titles. They may also stand below: « Total Awa ».
    """
    facts = [at for at, (_, cells) in enumerate(block.lines) if not of_words(cells)]
    heads = _sections(block, facts)
    whole = bool(heads and facts) and min(heads) < facts[0]
    first = [] if whole else words_above(block)
    start = first_title(block)
    named = sum(
        any(word.may_name for word in words) and bool(as_text(cell_at(block.lines[at][1], start)))
        for at, words in heads.items()
    )
    if heads and whole:
        return [*heads], [[each] for each in heads.values()], True
    if named > (0 if first else 1):
        return [0, *heads], [first, *([each] for each in heads.values())], False
    totals = {} if heads else _totals(block)
    things = {*map(same, things_of(block))} if totals else set()
    people = any(same(label_of(words)) not in things for words in totals.values())
    if people and facts and max(totals) == facts[-1]:
        return [0, *(at + 1 for at in totals)][:-1], [[each] for each in totals.values()], False
    return [], [], True


def _totals(block: Block) -> dict[int, Words]:
    """Return the words beside « Total », by line."""
    texts = {at: first_text(cells) for at, (_, cells) in enumerate(block.lines)}
    found = {at: tuple(words_of([TOTAL.sub("", text, count=1)])) for at, text in texts.items() if TOTAL.match(text)}
    return {at: words for at, words in found.items() if words}


def _sections(block: Block, facts: Collection[int]) -> dict[int, Words]:
    """Return the words of the lines that say no fact, each where some that follow one another start."""
    found: dict[int, Words] = {}
    last, start = -2, 0
    dated = "date" in leads_of(block)
    for at in sorted({*range(len(block.lines))}.difference(facts)):
        words = tuple(words_of(block.lines[at][1]))
        if not words or not (dated or (len(words) == 1 and words[0].may_name)):
            continue
        start = start if at == last + 1 else at
        found[start] = (*found.get(start, ()), *words)
        last = at
    return found


def _of_somebody(block: Block, context: Context) -> bool:
    """Tell whether a whole table is somebody's, by the words above it."""
    words: Words = sum(words_above(block), ())
    return bool(block.heading.label or called(words) or context.person_in(block.above))


def _all_known(rows: Sequence[Sequence[Words]], context: Context) -> bool:
    """Tell whether words of each line name somebody known."""
    return all(any(known_by(word, context) for words in each for word in words) for each in rows)
