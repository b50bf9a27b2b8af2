"""Whose hours tables of one sheet are, by the words above each: a name, beside a place, a task, a month."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import NOBODY, Context, timeless
from kpa_model.files.book.reading.islands import first_title
from kpa_model.files.book.reading.whose import named_sheet, of_things, topic_of
from kpa_model.files.book.reading.written.above import (
    MONTH_AROUND,
    WHAT,
    Word,
    Words,
    called,
    label_of,
    words_above,
    words_of,
)
from kpa_model.files.book.reading.written.naming import NO_HEADING, Heading
from kpa_model.files.book.reading.written.whose_hours import UNNAMED, owner_above
from kpa_model.words import listing

_SHOWN = 3
"""How many words above tables are named."""

# --- several tables ---------------------------------------------------------------------------------------------------


def owned(found: Sequence[Block], context: Context) -> list[Block]:
    """Say whose each table of hours is, when several stand on a sheet, each under words of its own.

    One whose words do not tell is labelled with them: it is asked about alone. « Semaine 42 » alone, below the week
    before of somebody, is hers too.
    """
    corners = [_corner(each) for each in found]
    titles = [_titles(each) for each in found]
    titles = [each[1:] if corner else each for each, corner in zip(titles, corners, strict=True)]
    mine = [at for at, each in enumerate(found) if titles.count(titles[at]) > 1 or _of_hours_alone(each)]
    rows = [[*words_above(found[at]), *([corners[at]] if corners[at] else [])] for at in mine]
    told = _headings(rows, [found[at] for at in mine], context)
    tables = [*found]
    before = Block(Grid("", "", ()), 0, [], [], [])
    for rank, (at, heading) in enumerate(zip(mine, told, strict=True), 1):
        if heading.topic and not heading.label:
            hers = before.heading.owner if found[at].upper and first_title(before) == first_title(found[at]) else ""
            heading = replace(heading, owner=heading.owner or hers, label=f"{UNNAMED}{rank}")
        tables[at] = before = replace(found[at], heading=heading)
    return tables


def _titles(block: Block) -> tuple[str, ...]:
    return tuple(bare(title) for title in block.titles if title and not re.search(r"\d", title))


def _corner(block: Block) -> Words:
    """Return the words of the first title, above days or nothing, when it may name somebody: « Awa ; Heures »."""
    at = first_title(block)
    title = block.titles[at] if at < len(block.titles) else ""
    if not title or column_of(title, dictionaries()["heures"]) or not all(map(is_day, block.column(at))):
        return ()
    words = tuple(words_of([title]))
    return words if any(word.may_name for word in words) else ()


def _of_hours_alone(block: Block) -> bool:
    """Tell whether titles lead to a time, and to nobody."""
    leads = {found.name for title in block.titles if title and (found := column_of(title, dictionaries()["heures"]))}
    return "duree" in leads and "personne" not in leads


# --- compared with one another ----------------------------------------------------------------------------------------


def _headings(rows: Sequence[Sequence[Words]], blocks: Sequence[Block], context: Context) -> list[Heading]:
    """Return what the words above each table, or above some lines, tell, compared with one another.

    Nothing is told where all are under the same words, under none, or but the first one: the title of a sheet.
    """
    heads = _aligned(rows)
    told = [head for head in heads if head]
    if len({timeless(label_of(head)) for head in (heads if any(heads[1:]) else told)}) < 2:
        return [NO_HEADING] * len(heads)
    grid = blocks[0].grid
    if around := _around(told, grid, context):
        if not any(word.may_name for head in told for word in head):
            return [NO_HEADING] * len(heads)
        told = [(Word(around), *head) for head in told]
    topic = f"{topic_of(replace(grid, sheet=''))}.partie{len(told[0])}"
    things = {same(text) for block in blocks for text in _things(block)} | context.customers | context.orders.keys()
    owners, ways = _owners(told, things, NOBODY if around else context, grid.answers.get(topic, ""))
    if around:
        ways = tuple((at, f"{text} (nom de la feuille ou du fichier)" if at == "1" else text) for at, text in ways)
    own = around if {*owners} == {around} else ""
    left = iter(owners)
    return [Heading(next(left), label_of(head), ways, topic) if head else Heading(own, topic=topic) for head in heads]


def _around(heads: Sequence[Words], grid: Grid, context: Context) -> str:
    """Return who may have a whole sheet, by its name, or that of its file when she is known; nobody named above is."""
    if any(called(head) or any(_known(word, context) for word in head) for head in heads):
        return ""
    return context.person_in((grid.sheet, grid.file.rsplit(".", 1)[0])) or named_sheet(grid)


def _aligned(rows: Sequence[Sequence[Words]]) -> list[Words]:
    """Return the words above each table, without the title of the sheet above the first one, nor months by names."""
    sizes = {sum(map(len, each)) for each in rows[1:] if each}
    top = 0
    while rows and top < len(rows[0]) and len(sizes) == 1 and sum(map(len, rows[0][top:])) > min(sizes):
        top += 1
    top = top if rows and {sum(map(len, rows[0][top:]))} == sizes else 0
    first = [*rows[0][:top]] if rows else []
    heads = [sum(each[top:] if first and [*each[:top]] == first else each, ()) for each in rows]
    short = [tuple(replace(word, text=MONTH_AROUND.sub("", word.text)) for word in head) for head in heads]
    return short if all(one != other for one, other in zip(short, heads, strict=True) if other) else heads


def _owners(
    heads: Sequence[Words], things: Collection[str], context: Context, answer: str
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Return the person of each table, empty when it is not sure; and which words may be people, to be asked."""
    known = [[_known(word, context) for word in head] for head in heads]
    work = {at for head in heads for at, word in enumerate(head) if word.is_work}  # « Accueil », then « Livraison »
    maybe = [
        [
            at
            for at, word in enumerate(head)
            if names[at] or (word.may_name and at not in work and same(word.text) not in things)
        ]
        for head, names in zip(heads, known, strict=True)
    ]
    ranks, ways = _ranks(heads, known, maybe, answer)
    found: list[str] = []
    for head, names, at in zip(heads, known, ranks, strict=True):
        told = {*filter(None, [called(head)])} or {*filter(None, names)}
        picked = (names[at] or head[at].text) if at >= 0 and not (told and ways) else ""
        found.append(told.pop() if len(told) == 1 else picked)
    return found, ways


def _ranks(
    heads: Sequence[Words], known: Sequence[Sequence[str]], maybe: Sequence[Sequence[int]], answer: str
) -> tuple[list[int], tuple[tuple[str, str], ...]]:
    """Return the rank of the word that names somebody above each table, or −1; those to be asked about, or answered."""
    unsure = [-1] * len(heads)
    alike = len({*map(len, heads)}) == 1
    ranks = sorted(set.intersection(*map(set, maybe))) if alike else []
    if not ranks:
        alone = [each[0] if len(each) == 1 else -1 for each in maybe]
        return (alone if not alike or len({*alone} - {-1}) == 1 else unsure), ()
    varied = [at for at in ranks if len({same(head[at].text) for head in heads}) > 1]
    sure = [at for at in varied if any(names[at] for names in known)]
    if len(sure) == 1 or ranks == varied[:1]:
        return (sure if len(sure) == 1 else ranks) * len(heads), ()
    said = [at for at in range(len(heads[0])) if not any(head[at].says == WHAT for head in heads)]
    ways = tuple((str(at + 1), _listed(heads, at)) for at in (ranks if len(ranks) > 1 else said))
    told = [way for way in ways if way[0] == answer]
    return [int(answer) - 1 if told else -1] * len(heads), tuple(told) if answer else ways


def _listed(heads: Sequence[Words], at: int) -> str:
    """Return the words of one rank above each table, the first ones."""
    texts = [*dict.fromkeys(head[at].text for head in heads)]
    return f"{listing(texts[:_SHOWN])}{'…' if len(texts) > _SHOWN else ''}"


def _known(word: Word, context: Context) -> str:
    """Return the known person whom a word names, whole; the word itself when it is how one of them is called."""
    if word.says == WHAT:
        return ""
    parts = [word.text, *word.text.split("-")]
    if whole := next(filter(None, (context.person_in([part]) for part in parts)), ""):
        return whole
    called = {name for name in context.people.values() if same(word.text) in map(same, name.split())}
    return word.text if len(called) == 1 else ""


def _things(block: Block) -> Iterator[str]:
    """Yield what a table names in its columns of tasks, of places, of customers."""
    for at, title in enumerate(block.titles):
        if title and of_things(title):
            yield from map(as_text, block.column(at))


# --- several people in one table --------------------------------------------------------------------------------------


def sectioned(block: Block, context: Context, findings: Findings) -> Block | None:
    """Write whose each line of hours is in a column, where a name stands above her lines: « Awa », then hers.

    Return nothing once it is asked.
    """
    alone = {at: tuple(words_of(cells)) for at, (_, cells) in enumerate(block.lines) if _alone(cells)}
    heads = {at: words for at, words in alone.items() if any(word.may_name for word in words)}
    if not _of_hours_alone(block) or any(map(layer, block.titles)) or len(heads) < 2 or 0 not in heads:
        return block
    told = _headings([[head] for head in heads.values()], [block], context)
    owners = dict[int, str]()
    for at, heading in zip(heads, told, strict=True):
        place = block.grid.place(block.lines[at][0])
        owners[at] = (
            heads[at][0].text if heading is NO_HEADING else owner_above(heading, place, block.grid, context, findings)
        )
    if not all(owners.values()):
        return None
    wide, lines, who = len(block.titles), list[Line](), ""
    for at, (number, cells) in enumerate(block.lines):
        who = owners.get(at, who)
        if at not in owners:
            lines.append((number, [*cells, *[""] * (wide - len(cells)), who]))
    return replace(block, heads=[*block.heads, "Personne"], titles=[*block.titles, "Personne"], lines=lines)


def _alone(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds one text and nothing else."""
    filled = [each for each in cells if as_text(each)]
    return len(filled) == 1 and isinstance(filled[0], str)
