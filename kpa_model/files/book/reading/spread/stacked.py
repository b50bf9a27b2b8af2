"""Titles on two lines, the same ones under each of those above: « chantier, réunion » under Awa, then under Bruno.

Each title above is a person, a day, a week, a month or a kind of work. The table is laid out again with one line for
each of them, and the titles below once: what is left is a table with one line of titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.dates import WEEKDAY, Period, read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import ends, read_or_none, starts
from kpa_model.files.book.reading.columns.ranges import ranges
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.months import says_month
from kpa_model.files.book.reading.dated.weekdays import MOMENTS
from kpa_model.files.book.reading.dated.weeks import said
from kpa_model.files.book.reading.spread.kinds import kind_said
from kpa_model.files.book.reading.spread.people import TOTAL, name_like, says_total, timed
from kpa_model.files.book.reading.spread.present import crossed_as_times
from kpa_model.files.book.reading.spread.shapes import Wide, untold_people
from kpa_model.files.book.reading.spread.sums import facts
from kpa_model.words import listing


def with_day_hours(block: Block) -> Block:
    """Return a block where « jour » beside « nuit », below one title, is the time of the day, and no date."""
    nights = {as_text(over) for at, over in enumerate(block.over) if bare(_lower(block, at)) in ("nuit", "nuits")}
    days = {
        at
        for at, over in enumerate(block.over)
        if bare(_lower(block, at)) in ("jour", "jours") and as_text(over) in nights
    }
    heads = ["journée" if at in days else head for at, head in enumerate(block.heads)]
    titles = [f"{as_text(block.over[at])} journée" if at in days else title for at, title in enumerate(block.titles)]
    return replace(block, heads=heads, titles=titles) if days else block


def above(block: Block) -> Block | None:
    """Return a block under its upper titles alone, when the same titles stand under each; else None."""
    below: dict[str, list[str]] = {}
    for at, cell in enumerate(block.over):
        text, lower = as_text(cell), _lower(block, at)
        if text and lower not in ("", text) and not TOTAL.match(text) and not _of_lines(lower):
            below.setdefault(text, []).append(lower)
    beside = _beside(block, below)
    below = {text: lower for text, lower in below.items() if text not in beside}
    if len(below) < 2 or not set.intersection(*map(set, below.values())):
        return None
    months = all(says_month(cell) for cell in block.over if as_text(cell) in below)
    if any(len(set(each)) < len(each) for each in below.values()) or (_money(block) and not months):
        return None
    if any(WEEKDAY.fullmatch(each) for group in below.values() for each in group) and all(map(said, below)):
        return None  # days of weeks are days of their own
    heads = [
        "" if _of_lines(_lower(block, at)) or as_text(each) in beside else each for at, each in enumerate(block.over)
    ]  # a month over « Nom »
    return replace(block, titles=[as_text(each) for each in heads], heads=heads)


def as_times(block: Block, upper: Block) -> Block:
    """Return upper titles whose cells look like times: crosses, and hours of the clock below parts of a day alone.

    It only serves to tell what these titles are.
    """
    ticked = crossed_as_times(upper)
    return ranges(ticked, Findings()) if _of_moments(block, upper.titles) else ticked


def _of_moments(block: Block, upper: Sequence[str]) -> bool:
    """Tell whether parts of a day alone stand below upper titles."""
    told = {bare(_lower(block, at)) for at, title in enumerate(upper) if title and _lower(block, at) != title}
    return told <= {"", *MOMENTS}


def _beside(block: Block, below: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the upper titles right of an empty column that have nothing below in common with those left of it."""
    columns = range(1, len(block.heads))
    border = next((at for at in columns if any(block.titles[:at]) and not (_lower(block, at) or block.column(at))), 0)
    left = {as_text(each) for each in block.over[:border]} - {""}
    known = {bare(lower) for text in left for lower in below.get(text, ())}
    return {text for text, lower in below.items() if left and text not in left and not {*map(bare, lower)} & known}


def _of_lines(title: str) -> bool:
    """Tell whether a title says what each line is, its day or its person, whatever stands above: « Octobre 2026 »."""
    lead = column_of(title, dictionaries()["heures"])
    return lead is not None and lead.name in ("date", "personne")


def kinds_above(block: Block, upper: Block) -> Wide | None:
    """Return the upper titles as what was done, above names that come again: « Production : Awa, Bruno ; Réunion : … ».

    One of them says a kind of work, or all a part of the day, so that none is a person. Where all may be names, above
    and below, they are people until it is asked.
    """
    choices = dictionaries()["heures"].column("genre").choices
    tasks = _upper(block, upper)
    named = all(name_like(_lower(block, at)) for at in tasks if not TOTAL.match(_lower(block, at)))
    said = any(kind_said([text], choices, block.grid) for text in tasks.values())
    said = said or all(bare(text) in MOMENTS for text in tasks.values() if not TOTAL.match(text))
    if named and not said and len({*tasks.values()}) > 1 and all(map(name_like, tasks.values())):
        return Wide("personne", {**tasks}, ())
    return Wide("tache", {**tasks}, ()) if named and said else None


def _upper(block: Block, upper: Block) -> dict[int, str]:
    """Return the upper titles that stand above others, but what says the day or the person of each line."""
    lower = {at: _lower(block, at) for at in range(len(upper.titles))}
    told = {at: text for at, text in enumerate(upper.titles) if text and lower[at] not in ("", text)}
    return {at: text for at, text in told.items() if not _of_lines(lower[at])}


WHO, _UPPER, _LOWER = "personnes.titres", "dessus", "dessous"


def settled(block: Block, groups: Wide, context: Context, findings: Findings) -> Wide | None:
    """Return upper titles that may be people as what was done, where those below are; None once it is asked.

    « Salle : Nadège, Olivier ; Terrasse : … » and « Nadège : salle, terrasse ; Olivier : … » look the same: known
    people tell, or words of a kind of work.
    """
    below = dict.fromkeys(text for at in groups.values if (text := _lower(block, at)) and not TOTAL.match(text))
    choices = dictionaries()["heures"].column("genre").choices
    upper = dict.fromkeys(map(str, groups.values.values()))
    kinds = any(kind_said([text], choices, block.grid) for text in below)
    if groups.what != "personne" or kinds or not all(map(name_like, below)) or any(map(context.is_person, upper)):
        return groups
    said = _LOWER if all(map(context.is_person, below)) else block.grid.answers.get(WHO, "")
    if not said and findings.asking:
        options = ((_UPPER, listing([*upper])), (_LOWER, listing([*below])))
        todo = "Écrivez les personnes sur la première ligne de titres."
        findings.doubt(block.grid.place(block.head), Doubt(WHO, "Qui a travaillé ?", options, todo))
        return None
    return replace(groups, what="tache") if said == _LOWER else groups


def unstacked(block: Block, groups: Wide, findings: Findings) -> Block:
    """Return a block with a line for each title above, told in a column of its own.

    Args:
        block: the table, with titles on two lines.
        groups: what its upper titles are.
        findings: where a total that its cells deny is told.
    """
    below: dict[str, str] = {}
    ranks: dict[Cell, dict[str, int]] = {}
    said = {as_text(block.over[at]): value for at, value in groups.values.items()}
    values = {at: said[text] for at, cell in enumerate(block.over) if (text := as_text(cell)) in said}
    for at, value in values.items():
        title = _lower(block, at)
        below.setdefault(bare(title), title)
        ranks.setdefault(value, {})[bare(title)] = at
    whole = {
        each for each, title in below.items() if TOTAL.match(title) and not all(each in own for own in ranks.values())
    }
    below = {each: title for each, title in below.items() if each not in whole}  # a total of all stands below none
    clocked = any(map(starts, below.values())) and any(map(ends, below.values()))  # a total is that of its day
    apart = {at for at in range(len(block.titles)) if at not in values and timed(block.column(at))}
    sums = {at for at in {*values, *apart} if TOTAL.match(_lower(block, at)) and not clocked} | set(groups.totals)
    kept = [at for at in range(len(block.titles)) if at not in values and at not in sums]
    own = [_lower(block, at) or title for at, title in enumerate(block.titles)]
    who = untold_people(replace(block, titles=own), kept)
    told = ["personne" if at == who else own[at] for at in kept]
    titles = [*told, groups.what, *below.values()]
    lines: list[Line] = []
    for number, cells in facts(block, set(values) - sums, sums, _checking(block, values, findings)):
        for value, mine in ranks.items():
            columns = [*kept, -1, *(mine.get(each, -1) for each in below)]
            row = [cells[at] if 0 <= at < len(cells) else "" for at in columns]
            if any(as_text(each) for each in row[len(kept) + 1 :]):
                row[len(kept)] = value
                lines.append((laid_again(number, columns, block.titles), row))
    dated = any(isinstance(value, Period) for value in ranks)
    return replace(
        block,
        titles=titles,
        heads=list(titles),
        lines=lines,
        over=(),
        weeks=len(kept) if dated else -1,
        under=tuple(range(len(kept) + 1, len(titles))),
    )


def with_durations(block: Block, groups: Wide, findings: Findings) -> Block:
    """Return a block whose hours of the clock, below parts of each day alone, are durations: totals check them."""
    upper = [as_text(cell) if at in groups.values else "" for at, cell in enumerate(block.over)]
    return ranges(block, findings) if groups.what == "date" and _of_moments(block, upper) else block


def _checking(block: Block, ranks: Iterable[int], findings: Findings) -> Findings:
    """Return where totals that columns deny are told: nowhere for columns of crosses, which totals may count."""
    own = [cells for _, cells in block.lines if not says_total(cells)]
    there = any(read_or_none(read_duration, cell_at(cells, at)) for at in ranks for cells in own)
    return findings if there else Findings()


def _lower(block: Block, at: int) -> str:
    return as_text(block.heads[at]) if at < len(block.heads) else ""


def _money(block: Block) -> bool:
    """Tell whether a title below leads to an amount, and none to a time: what is above is then no person."""
    texts = {text for each in block.heads if bare(text := as_text(each)) not in ("", "total")}
    leads = (column_of(text, each) for text in texts for each in dictionaries().values())
    return "euros" in (kinds := {each.kind for each in leads if each}) and "duree" not in kinds
