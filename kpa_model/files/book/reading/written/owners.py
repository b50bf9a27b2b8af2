"""Whose hours tables of one sheet are, by the words above each: a name, beside a place, a task, a month."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import WEEKDAY
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day, may_be_titles
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.context import NO_HEADING, NOBODY, Context, Heading, timeless
from kpa_model.files.book.reading.islands import first_title
from kpa_model.files.book.reading.spread.people import TOTAL
from kpa_model.files.book.reading.spread.spans import money
from kpa_model.files.book.reading.spread.undated import tells_sums
from kpa_model.files.book.reading.whose import named_sheet, of_things, topic_of, whose
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
from kpa_model.files.book.reading.written.whose_hours import ANOTHER_WAY, ONE, UNNAMED
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
    again = [titles.count(titles[at]) > 1 and not money(each) for at, each in enumerate(found)]
    mine = [at for at, each in enumerate(found) if again[at] or _of_hours_alone(each)]
    dated = [at for at in mine if not tells_sums(found[at])]  # sums below days only tell them again
    mine = dated or mine
    rows = [[*words_above(found[at]), *([corners[at]] if corners[at] else [])] for at in mine]
    own = [found[at] for at in mine]
    told = headings(rows, own, context) if any(rows) or len(own) < 2 else _unnamed(own, context)
    tables = [*found]
    before = Block(Grid("", "", ()), 0, [], [], [])
    for rank, (at, heading) in enumerate(zip(mine, told, strict=True), 1):
        if heading.topic and not heading.label:
            hers = before.heading.owner if found[at].upper and first_title(before) == first_title(found[at]) else ""
            heading = replace(heading, owner=heading.owner or hers, label=f"{UNNAMED}{rank}")
        tables[at] = before = replace(found[at], heading=heading)
    return tables


def _unnamed(found: Sequence[Block], context: Context) -> list[Heading]:
    """Return what to ask of tables under no words that share days: they may be of several people."""
    cells = ([*each.heads, *chain(*(each.column(at) for at in range(len(each.titles))))] for each in found)
    days = [{as_text(cell) for cell in each if is_day(cell)} for each in cells]
    shared = sum(map(len, days)) > len({*chain(*days)})
    topic = f"{topic_of(replace(found[0].grid, sheet=''))}.partie0"
    one = not shared or any(whose(each, context) for each in found) or found[0].grid.answers.get(topic) == ONE
    return [NO_HEADING if one else Heading(ways=ANOTHER_WAY, topic=topic)] * len(found)


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
    leads = leads_of(block)
    return "duree" in leads and "personne" not in leads


def leads_of(block: Block) -> set[str]:
    """Return what the titles of a table of hours lead to."""
    return {found.name for title in block.titles if title and (found := column_of(title, dictionaries()["heures"]))}


# --- compared with one another ----------------------------------------------------------------------------------------


def headings(
    rows: Sequence[Sequence[Words]], blocks: Sequence[Block], context: Context, alike: bool = True
) -> list[Heading]:
    """Return what the words above each table, or above some lines, tell, compared with one another.

    Nothing is told where all are under the same words, under none, or but the first one: the title of a sheet. Words
    that do not stand `alike` are asked about, when some are not known.
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
    things = {same(text) for block in blocks for text in things_of(block)} | context.customers | context.orders.keys()
    answer = grid.answers.get(topic, "")
    if answer == ONE and not any(known_by(word, context) for head in told for word in head):
        return [NO_HEADING] * len(heads)
    owners, ways = _owners(told, things, NOBODY if around else context, answer, alike)
    if around:
        ways = tuple((at, f"{text} (nom de la feuille ou du fichier)" if at == "1" else text) for at, text in ways)
    own = around if {*owners} == {around} else ""
    left = iter(owners)
    return [Heading(next(left) if head else own, label_of(head), ways, topic) for head in heads]


def _around(heads: Sequence[Words], grid: Grid, context: Context) -> str:
    """Return who may have a whole sheet, by its name, or that of its file when she is known; nobody named above is."""
    if any(called(head) or any(known_by(word, context) for word in head) for head in heads):
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
    heads: Sequence[Words], things: Collection[str], context: Context, answer: str, alike: bool
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Return the person of each table, empty when it is not sure; and which words may be people, to be asked."""
    known = [[known_by(word, context) for word in head] for head in heads]
    work = {at for head in heads for at, word in enumerate(head) if word.is_work}  # « Accueil », then « Livraison »
    maybe = [
        [
            at
            for at, word in enumerate(head)
            if names[at] or (word.may_name and at not in work and same(word.text) not in things)
        ]
        for head, names in zip(heads, known, strict=True)
    ]
    ranks, ways = _ranks(heads, known, maybe, answer, alike)
    found: list[str] = []
    for head, names, at in zip(heads, known, ranks, strict=True):
        told = {*filter(None, [called(head)])} or {*filter(None, names)}
        picked = (names[at] or head[at].text) if at >= 0 and not (told and ways) else ""
        found.append(told.pop() if len(told) == 1 else picked)
    return found, ways if answer or not all(found) else ()


def _ranks(
    heads: Sequence[Words], known: Sequence[Sequence[str]], maybe: Sequence[Sequence[int]], answer: str, alike: bool
) -> tuple[list[int], tuple[tuple[str, str], ...]]:
    """Return the rank of the word that names somebody above each table, or −1; those to be asked about, or answered."""
    unsure = [-1] * len(heads)
    same_size = len({*map(len, heads)}) == 1
    ranks = sorted(set.intersection(*map(set, maybe))) if same_size else []
    alone = [each[0] if len(each) == 1 else -1 for each in maybe]
    mostly = alike and 2 * sum(at >= 0 for at in alone) > len(alone) and (not same_size or len({*alone} - {-1}) == 1)
    if not ranks and (mostly or any(called(head) or any(names) for head, names in zip(heads, known, strict=True))):
        return (alone if mostly else unsure), ()
    varied = [at for at in ranks if len({same(head[at].text) for head in heads}) > 1]
    sure = [at for at in varied if any(names[at] for names in known)]
    if alike and (len(sure) == 1 or (ranks and ranks == varied[:1])):
        return (sure if len(sure) == 1 else ranks) * len(heads), ()
    said = [at for at in range(len(heads[0])) if same_size and not any(head[at].says == WHAT for head in heads)]
    ways = tuple((str(at + 1), _listed(heads, at)) for at in (ranks if len(ranks) > 1 else said))
    told = tuple(way for way in ways if way[0] == answer)
    return [int(answer) - 1 if told else -1] * len(heads), told if answer else (*ways, *ANOTHER_WAY)


def _listed(heads: Sequence[Words], at: int) -> str:
    """Return the words of one rank above each table, the first ones."""
    texts = [*dict.fromkeys(head[at].text for head in heads)]
    return f"{listing(texts[:_SHOWN])}{'…' if len(texts) > _SHOWN else ''}"


def known_by(word: Word, context: Context) -> str:
    """Return the known person whom a word names, whole; the word itself when it is how one of them is called."""
    if word.says == WHAT:
        return ""
    parts = [word.text, *word.text.split("-")]
    if whole := next(filter(None, (context.person_in([part]) for part in parts)), ""):
        return whole
    called = {name for name in context.people.values() if same(word.text) in map(same, name.split())}
    return word.text if len(called) == 1 else ""


def things_of(block: Block) -> Iterator[str]:
    """Yield what a table names in its columns of tasks, of places, of customers."""
    for at, title in enumerate(block.titles):
        if title and of_things(title):
            yield from (as_text(cell_at(cells, at)) for _, cells in block.lines if not of_words(cells))


def of_words(cells: Sequence[Cell]) -> bool:
    """Tell whether a line holds words alone: no figure, no day, no total, nobody away."""
    if not all(isinstance(each, str) and not each.isdecimal() for each in cells):
        return False
    texts = [text for each in cells if (text := as_text(each))]
    told = may_be_titles(cells) and not any(map(absent, cells))
    return bool(texts) and told and not TOTAL.match(texts[0]) and not WEEKDAY.match(texts[0])
