"""Which columns hold the time of work: several may be parts of it, or stand beside it; their total is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import partial

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, unguarded
from kpa_model.files.book.dates import UNITS, read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.grids import Line, blanked, laid_again
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.titles import AS_DONE, TIME_UNIT, not_done
from kpa_model.files.book.reading.context import HOURS, MINUTES
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.sales.taxes import made_of
from kpa_model.files.book.reading.sales.weights import CLOCK, MORE_TIME, NO_SUM, TIME, says_again, says_money
from kpa_model.files.book.reading.spread.breaks import of_break
from kpa_model.files.book.reading.spread.kinds import kind_said, of_ours
from kpa_model.files.book.reading.spread.people import TOTAL, says_total, timed
from kpa_model.files.book.reading.spread.titled_units import NEVER_TIME, unit_of_title
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import hours, listing

_QUESTION = "Quelles colonnes disent le temps passé ? Celles que vous choisissez s'ajoutent."
WHICH = "colonne.duree"


def which_add_up(block: Block, titles: Sequence[str], todo: str, none: str) -> Doubt | None:
    """Return what to ask of several columns that may be parts of a time; None when there are not several.

    Args:
        block: the table.
        titles: those of the columns that may be times.
        todo: what to do without an answer.
        none: what says that none is.
    """
    told = {title: minutes_of(block, block.titles.index(title)) for title in titles if not TOTAL.match(title)}
    parts = {title: [round(each) for each in own] for title, own in told.items()}
    sums = {title for title, own in parts.items() if len(own) > 1 and _made(title, parts)}
    options = tuple((title, title) for title in parts if title not in sums)
    if len(options) < 2:
        return None
    return Doubt(WHICH, _QUESTION, options, todo, several=True, every="Toutes", none=none)


def minutes_of(block: Block, at: int) -> list[int | Fraction]:
    """Return the minutes of a column, without those of lines of totals; 0 for a cell that is no time."""
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    unit = unit_of_title(block.titles[at])
    reader = partial(read_duration, unit=unit if unit in UNITS else "h")
    return [read_or_none(reader, unguarded(cell_at(cells, at))) or 0 for cells in lines]


def _made(title: str, parts: dict[str, list[int]]) -> bool:
    """Tell whether a column is, on each line, the sum of others."""
    others = {at: own for at, (other, own) in enumerate(parts.items()) if other != title and any(own)}
    return any(parts[title]) and bool(made_of(parts[title], others))


# --- a time beside the one that counts --------------------------------------------------------------------------------

_BILLED = pattern("durations.billed", r"\b(WORDS)\b", re.IGNORECASE)
"""What a title says of a part of the time: held in the whole, when it is never more."""
_AGAIN = re.compile(r"\b(arrondi|rounded|d[ée]cimal)", re.IGNORECASE)
"""What says the time that counts in another way."""
_TODO = "Donnez une seule colonne de temps."


def with_more_time(block: Block, found: Assigned, findings: Findings) -> tuple[Block, Assigned] | None:
    """Return hours with the time of other columns, « Trajet », that adds up to theirs or stands for it, « Corrigé ».

    None once it is asked which ones count.
    """
    at, answers = found.ranks.get("duree", -1), block.grid.answers
    if found.dictionary.table != "heures" or at < 0 or not findings.asking or WHICH in answers:
        return block, found
    _say_break(block, found, findings)
    said = (answers.get(topic, "").split("|") for topic in (MORE_TIME, f"{MORE_TIME}{ASKED}"))
    chosen, asked = ({bare(each) for each in own} - {""} for own in said)
    beside = _times_beside(block, {*found.ranks.values()}, block.titles[at])
    beside = [rank for rank in beside if not _held(block, rank, at)]
    new = [rank for rank in beside if bare(block.titles[rank]) not in asked | chosen]
    if new:
        options = tuple((block.titles[rank], _with_sum(block, rank)) for rank in (*([] if asked else [at]), *new))
        findings.doubt(
            block.grid.place(block.head), Doubt(MORE_TIME, _QUESTION, options, _TODO, several=True, every="Toutes")
        )
        return None
    ranks = [rank for rank in (at, *beside) if bare(block.titles[rank]) in chosen]
    if not {*ranks} - {at}:
        return block, found
    if len(ranks) == 1:
        return block, replace(found, ranks={**found.ranks, "duree": ranks[0]})
    longer = _one_by_one(block, ranks, findings)
    task, wide = found.ranks.get("tache", len(block.titles)), len(block.titles)
    return longer, replace(found, ranks={**found.ranks, "tache": task, "duree": wide + 1})


def _times_beside(block: Block, used: Collection[int], time: str) -> list[int]:
    """Return the columns that nothing uses and whose titles say that some time was worked: « Trajet », « Temps passé ».

    A break, what was only planned, or what says again a time that is used is no more time. Beside the `time` done, a
    unit alone is not enough: « Forfait (h) ; Réel (h) ». Words of work without a unit head quarters of an hour.
    """
    told = {at: title for at, title in enumerate(block.titles) if title and at not in used}
    kinds = dictionaries()["heures"].column("genre").choices
    work = {at for at, title in told.items() if of_ours(title) or kind_said([title], kinds, block.grid)}
    work -= {at for at in work if {*map(as_text, block.column(at))} <= _YES_OR_NO and _BILLED.search(told[at])}
    named = {at for at, title in told.items() if TIME.search(TIME_UNIT.sub("", title))}
    units = {at for at, title in told.items() if unit_of_title(title) in UNITS and not AS_DONE.search(time)}
    sure = {at for at in named | units if timed(block.column(at))}
    free = [at for at in told if at in sure or (at in work and all(map(_of_a_task, block.column(at))))]
    free = [at for at in free if not _no_more(told[at])]
    if not free:  # the others are only compared with it
        return []
    times = {at: tuple(map(int, minutes_of(block, at))) for at in {*free, *used} if at >= 0}
    return [at for at in free if any(times[at]) and not says_again(times, at, used, block.titles)]


def _no_more(title: str) -> bool:
    """Tell whether a title says a total, money, a break, what was not done, or the unit of another column alone."""
    other = TOTAL.match(title) or says_money(title) or of_break(title) or not_done(title) or CLOCK.search(title)
    return (
        bool(other or _AGAIN.search(title) or NO_SUM.search(title) or NEVER_TIME.fullmatch(title))
        or bare(title) in HOURS | MINUTES
    )


def _of_a_task(cell: Cell) -> bool:
    """Tell whether a cell is empty, or may be the hours of a task: quarters of an hour, a day of work at most."""
    minutes = 0 if as_text(cell) in _NOTHING else read_or_none(read_duration, unguarded(cell))
    return minutes is not None and minutes % 15 == 0 and minutes <= _DAY


def _say_break(block: Block, found: Assigned, findings: Findings) -> None:
    """Tell a break that nothing takes off: a duration is written, and no start nor end."""
    at = found.ranks.get("pause", -1)
    if at >= 0 and not {"debut", "fin"} & found.ranks.keys() and any(minutes_of(block, at)):
        what = f"{_with_sum(block, at)} n'est pas enlevé : « {block.titles[found.ranks['duree']]} » est lu tel quel."
        findings.heed(block.grid.place(block.head, at, block.titles[at]), what)


def _with_sum(block: Block, at: int) -> str:
    return f"« {block.titles[at]} » ({hours(round(sum(minutes_of(block, at))))})"


def _held(block: Block, part: int, whole: int) -> bool:
    """Tell whether a column is a part of another one, as its title says, and its lines do not deny."""
    if not _BILLED.search(block.titles[part]):
        return False
    return all(less <= more for less, more in zip(minutes_of(block, part), minutes_of(block, whole), strict=True))


def _one_by_one(block: Block, ranks: Sequence[int], findings: Findings) -> Block:
    """Return a block with a line for each time of some columns, read as if it stood in the first of them; told.

    Two columns more say which one it comes from, « Trajet », and the time; that of a total, which is no fact, is empty.
    """
    wide, title = len(block.titles), block.titles[ranks[0]]
    units = {at: unit_of_title(block.titles[at]) for at in ranks}
    lines = list[Line]()
    for number, cells in block.lines:
        row = block.padded(cells)
        filled = [at for at in ranks if as_text(row[at]) not in _NOTHING] or ranks[:1]
        for at in ranks[:1] if says_total(cells) else filled:
            time = "" if says_total(cells) else _in_unit(row[at], units[at], units[ranks[0]])
            task = "" if at == ranks[0] else TIME_UNIT.sub("", block.titles[at]).strip()
            lines.append((laid_again(number, [*range(wide), -1, at], block.titles), [*row[:wide], task, time]))
    told = listing([f"« {block.titles[at]} »" for at in ranks])
    findings.note(block.grid.place(block.head), f"{told} s'ajoutent, comme vous l'avez dit.")
    titles = blanked(block.titles, ranks)
    return replace(block, titles=[*titles, "tache", title], heads=[*block.heads, "tache", title], lines=lines)


_NOTHING = {"", "-", "–", "—", "/"}
_YES_OR_NO = {"0", "1"}
_DAY = 10 * 60


def _in_unit(cell: Cell, unit: str, other: str) -> Cell:
    """Return a time in a unit as it reads under the title of another one."""
    minutes = read_or_none(partial(read_duration, unit=unit or "h"), unguarded(cell)) if unit != other else None
    return cell if minutes is None else timedelta(minutes=float(minutes))
