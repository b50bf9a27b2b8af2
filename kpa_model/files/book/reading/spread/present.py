"""A sheet of who was there: crosses under people beside one duration on each line, or « 1 » and « 0 » alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from kpa_model.files.book.cells import Cell, as_text, cell_at, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.spread.people import is_total, may_be_named
from kpa_model.words import count

_THERE = {"x", "✓", "✔", "☑", "✅", "oui", "ok", "v", "present", "presente", "yes"}
_AWAY = {"", "-", "–", "—", "/", "0", "non", "no", "abs", "absent", "absente", "excuse", "excusee"}
_MOSTLY = 0.6


def present(block: Block, context: Context, findings: Findings) -> Block:
    """Return a block whose lines name those whose cell is crossed, each line with its own duration; else the same."""
    hours = dictionaries()["heures"]
    leads = [column_of(title, hours) if title else None for title in block.titles]
    named = {each.name for each in leads if each is not None}
    people = _crossed(block, context)
    if "duree" not in named or "personne" in named or len(people) < 2:
        return block
    kept = [at for at in range(len(block.titles)) if at not in people]
    day = next((at for at, each in enumerate(leads) if each is not None and each.name == "date"), -1)
    lines: list[Line] = []
    nobody = 0
    for number, cells in block.lines:
        who = [block.titles[at] for at in people if same(as_text(cell_at(cells, at))) in _THERE]
        _refuse(block, (number, cells), people, findings)
        if not who and not is_total(cells, day):
            nobody += 1
            continue
        made = laid_again(number, [*kept, people[0]], block.titles)
        lines.append((made, [*(cell_at(cells, at) for at in kept), " + ".join(who)]))
    if nobody:
        text = f"{count(nobody, 'ligne')} où personne n'est coché : 0 h."
        findings.heed(block.grid.place(block.head), text)
    titles = [*(block.titles[at] for at in kept), "personne"]
    return replace(block, titles=titles, heads=list(titles), lines=lines)


def _crossed(block: Block, context: Context) -> list[int]:
    """Return the columns of people that hold crosses; none when their cells are mostly something else."""
    may = [at for at, title in enumerate(block.titles) if may_be_named(block, at) or context.is_person(title)]
    cells = {at: [said for cell in block.column(at) if (said := same(as_text(cell))) not in _AWAY] for at in may}
    crossed = [at for at in may if _THERE & {*cells[at]}]
    filled = [said for at in crossed for said in cells[at]]
    return crossed if sum(said in _THERE for said in filled) >= _MOSTLY * len(filled) else []


def _refuse(block: Block, line: Line, people: Sequence[int], findings: Findings) -> None:
    """Refuse a cell that says neither that somebody was there, nor that she was not."""
    number, cells = line
    for at in people:
        text = as_text(cell_at(cells, at))
        if same(text) not in _THERE | _AWAY:
            what = f"« {text} » ne dit pas si {block.titles[at]} était là."
            findings.problem(
                block.grid.place(number, at, block.titles[at]), what, "Écrivez x, ou laissez la case vide."
            )


_MEETING = re.compile(r"\b(pr[ée]sences?|r[ée]unions?|[ée]margement|participations?|assembl[ée]es?)\b", re.IGNORECASE)
TOPIC, _ONE = "presence", "« 1 »"
_MEANT = (
    ("rien", "une présence, sans durée : ne pas la compter"),
    ("1h", "une heure"),
    ("2h", "deux heures"),
    ("7h", "une journée de 7 h"),
)


def attended(block: Block, ranks: Iterable[int], findings: Findings) -> Block | None:
    """Return a block whose « 1 » is as long as the group says, on a sheet of presences; None once it is asked.

    The block itself where nothing around speaks of presences, or cells say anything else than « 1 » and « 0 ».
    """
    ranks = tuple(ranks)
    marks = {as_text(cell) for at in ranks for cell in block.column(at)}
    around = any(_MEETING.search(text.replace("_", " ")) for text in block.names)
    if not findings.asking or not around or not {"1"} <= marks <= {"1", "0", "-"}:
        return block
    said, place = block.grid.answers.get(TOPIC, ""), block.grid.place(block.head)
    length = read_or_none(read_duration, said) if said else None
    if length is None:
        question, todo = f"{_ONE} dans cette feuille de présence : qu'est-ce que c'est ?", "Écrivez des heures : 1h30."
        findings.doubt(place, Doubt(TOPIC, question, _MEANT, todo, typed="La durée d'une fois, par exemple 1h30"))
        return None
    times: dict[str, Cell] = {"1": timedelta(minutes=float(length)), "0": "", "-": ""}
    lines = [
        (number, [times.get(as_text(cell), cell) if at in ranks else cell for at, cell in enumerate(cells)])
        for number, cells in block.lines
    ]
    return replace(block, lines=lines)
