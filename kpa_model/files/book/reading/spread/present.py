"""A sheet of who was there: one duration on each line, and crosses under people → the people of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import as_text, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Line, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
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
