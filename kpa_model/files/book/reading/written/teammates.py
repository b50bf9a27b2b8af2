"""Several columns name who worked on a line, « Équipier 1 », « Équipier 2 », « Avec »: each counts, or is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, blanked
from kpa_model.files.book.matching import column_of, may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.answered import BOTH
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.files.book.reading.together import EACH, SHARED, WORDS, how_said
from kpa_model.files.book.reading.whose import WHO, of_things, title_of
from kpa_model.files.book.vocabulary import pattern, word_set
from kpa_model.words import listing

TOPIC, _ONE, _INSTEAD = "equipe", "seul", "remplace"
_BESIDE = pattern("teammates.beside", r"(WORDS)")
"""Titles of who was there with the person of a line: « Avec », « Binôme »."""
_ALONE = word_set("teammates.alone")
_REPLACES = re.compile(r"rempla|reel|effecti|finalement|a la place|au lieu")
"""What the title of who came instead of another one says."""
_RANKED = re.compile(
    r"(?P<first>\d)(?:ere?|er|nde?|eme|e)? (?P<after>[^\W\d].*)|(?P<before>.*[^\W\d])[ _.]*(?:n° ?)?(?P<last>\d)"
)
"""« Équipier 2 », « 2e personne »."""


def with_teammates(block: Block, findings: Findings) -> Block:
    """Return a block whose people of one line stand in one column; whether each did the time is asked once.

    A time beside each of them, « Équipier 2 », « Heures 2 », makes a line of its own.
    """
    worked = block.grid.answers.get("table", "heures") == "heures"
    if worked and len(alike := _titled_alike(block)) > 1:
        return _one_each(block, alike, findings)
    ranks = _people(block) if worked else []
    if len(ranks) < 2:
        return block
    if times := _times_of(block, ranks):
        return _one_each(block, times, findings)
    named = [_named(cells, ranks) for _, cells in block.lines]
    most = max(named, key=len, default=[])
    if not _timed(block) or len(most) < 2:
        return block
    how, (first, *others) = block.grid.answers.get(TOPIC, ""), ranks
    titles = ["personne" if at == first else title for at, title in enumerate(block.titles)]
    if how == _ONE:
        return replace(block, titles=titles)
    titles = blanked(titles, {*others})
    if how == _INSTEAD:
        pairs = zip(block.lines, named, strict=True)
        lines = [(number, _with(cells, {first: (names or [""])[-1]}, len(cells))) for (number, cells), names in pairs]
        return replace(block, titles=titles, lines=lines)
    if how not in WORDS:
        _ask(block, named.index(most), ranks, most, findings)
        return replace(block, titles=titles)
    findings.note(
        block.grid.place(block.head), f"{_titles(block, ranks)} disent qui a travaillé, comme vous l'avez dit."
    )
    lines = [
        (number, _joined(cells, ranks, names, WORDS[how]) if names else cells)
        for (number, cells), names in zip(block.lines, named, strict=True)
    ]
    return replace(block, titles=titles, lines=lines)


def _people(block: Block) -> list[int]:
    """Return the columns that name people of one line, the main one first; nothing when there is only one."""
    said = block.grid.answers.get(WHO, "").split(BOTH)
    if len(chosen := [at for at in range(len(block.titles)) if title_of(block, at) in said]) > 1:
        return chosen
    titles = list(map(same, block.titles))
    stems = {at: _stem(title) for at, title in enumerate(titles) if title and not of_things(block.titles[at])}
    known = [at for at in stems if may_say(stems[at], "personne", dictionaries()["heures"])]
    beside = [at for at in stems if at not in known and _BESIDE.fullmatch(titles[at].rstrip(" ?:"))]
    alike = [at for at in stems if list(stems.values()).count(stems[at]) > 1 and _names(block.column(at))]
    before = [at for at in stems if beside and at < beside[0] and at not in beside and _names(block.column(at))]
    main = next(iter([*known, *alike, *reversed(before)]), -1)
    others = [at for at in stems if at != main and (stems[at] == stems.get(main) or at in beside)]
    others += [at for at in known if at not in (main, *others) and _rank(block.titles[at])]
    return [main, *(at for at in sorted(others) if _names(block.column(at)))] if main >= 0 else []


def _stem(title: str) -> str:
    """Return a title without its rank: « équipier » for « équipier 2 »."""
    found = _RANKED.fullmatch(title)
    return (found["after"] or found["before"]).strip() if found else title


def _names(cells: Sequence[Cell]) -> bool:
    """Tell whether the cells of a column name people, one or several each."""
    texts = [text for each in cells if (text := as_text(each)) and same(text) not in _ALONE]
    return bool(texts) and all(names_in(text) and all(map(name_like, names_in(text))) for text in texts)


def _named(cells: Sequence[Cell], ranks: Sequence[int]) -> list[str]:
    """Return who a line names, each once."""
    texts = (as_text(cell_at(cells, at)) for at in ranks)
    names = [name for text in texts if same(text) not in _ALONE for name in names_in(text)]
    return [*{same(name): name for name in reversed(names)}.values()][::-1]


def _timed(block: Block) -> bool:
    """Tell whether a table says how long work took: a duration, a start and an end."""
    leads = {lead.name for title in block.titles if title and (lead := column_of(title, dictionaries()["heures"]))}
    return "duree" in leads or {"debut", "fin"} <= leads


def _times_of(block: Block, ranks: Sequence[int]) -> dict[int, int]:
    """Return where the time of each stands, by where she is named: « Heures 2 » beside « Équipier 2 »; else nothing."""
    titles = [*map(same, block.titles)]
    times = {_rank(title): at for at, title in enumerate(titles) if _rank(title) and _says_time(_stem(title))}
    found = {at: times[rank] for at in ranks if (rank := _rank(block.titles[at])) in times}
    return found if len(found) == len(ranks) else {}


def _titled_alike(block: Block) -> dict[int, int]:
    """Return where the time of each stands, by where she is named, when both say it: « Durée aide » beside « Aide »."""
    titles = [*map(same, block.titles)]
    longer = (
        (at, each)
        for at, title in enumerate(titles)
        for each, other in enumerate(titles)
        if other.endswith(f" {title}")
    )
    told = {at: each for at, each in longer if _says_time(_LINK.sub("", titles[each].removesuffix(titles[at])))}
    return {at: each for at, each in told.items() if _names(block.column(at))} if len(told) > 1 else {}


def _says_time(title: str) -> bool:
    return may_say(title, "duree", dictionaries()["heures"])


_LINK = re.compile(r" *(de|du|de la|de l['’]|d['’])? *$")


def _rank(title: str) -> str:
    found = _RANKED.fullmatch(same(title))
    return found["first"] or found["last"] if found else ""


def _one_each(block: Block, times: Mapping[int, int], findings: Findings) -> Block:
    """Return a block with a line for each person and her own time; what is sold is said once."""
    (who, time), *_ = times.items()
    own = {*times, *times.values()}
    kept = {at for at, title in enumerate(block.titles) if title and column_of(title, dictionaries()["heures"])} - own
    lines: list[Line] = []
    for number, cells in block.lines:
        told = [(cell_at(cells, at), cell_at(cells, of)) for at, of in times.items()]
        there = [pair for pair in told if any(map(as_text, pair))] or told[:1]
        for rank, (name, length) in enumerate(there):
            row = [cell if not rank or at in kept else "" for at, cell in enumerate(cells)]
            lines.append((number, _with(row, {**dict.fromkeys(own, ""), who: name, time: length}, len(block.titles))))
    titles = blanked(block.titles, own - {who, time})
    titles[who], titles[time] = "personne", _stem(same(block.titles[time]))
    pairs = [f"« {block.titles[of]} » est le temps de « {block.titles[at]} »" for at, of in times.items()]
    findings.note(block.grid.place(block.head), f"{listing(pairs)}.")
    return replace(block, titles=titles, lines=lines)


def _joined(cells: Sequence[Cell], ranks: Sequence[int], names: Sequence[str], how: str) -> list[Cell]:
    """Return a line that names all of its people in their first column, and whether each did the time."""
    said = "" if len(names) < 2 or how_said(" ".join(map(as_text, cells))) else f" ({how})"
    return _with(cells, {**dict.fromkeys(ranks, ""), ranks[0]: f"{' + '.join(names)}{said}"}, len(cells))


def _with(cells: Sequence[Cell], values: Mapping[int, Cell], wide: int) -> list[Cell]:
    return [values.get(at, cell_at(cells, at)) for at in range(max(wide, *values))]


def _ask(block: Block, line: int, ranks: Sequence[int], names: Sequence[str], findings: Findings) -> None:
    question = f"{_titles(block, ranks)} nomment {listing(names)} : ont-ils fait chacun ces heures ?"
    last = title_of(block, ranks[-1])
    instead = ((_INSTEAD, f"non : elles sont à « {last} », quand la case est remplie"),)
    options = (
        *(instead if _REPLACES.search(same(last)) else ()),
        (EACH, "oui, chacun"),
        (SHARED, "ensemble : elles sont à partager entre eux"),
        (_ONE, f"non : elles sont seulement à « {title_of(block, ranks[0])} »"),
    )
    number, _ = block.lines[line]
    findings.doubt(block.grid.place(number), Doubt(TOPIC, question, options, "Écrivez une ligne par personne."))


def _titles(block: Block, ranks: Sequence[int]) -> str:
    return listing([f"« {title_of(block, at)} »" for at in ranks])
