"""Lines that only say somebody and her hours, under a job: whether they go on with it is asked. What totals deny."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kpa_model.errors import Refused
from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, cell_at, same, unguarded
from kpa_model.files.book.dates import UNITS, read_duration
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.reading.spread.sums import nothing
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.words import euros, hours, listing

TOPIC, _YES = "lignes.suite", "oui"
_SHOWN = 4


@dataclass(frozen=True)
class Work:
    """Where a sheet with everything says its days, its people, their hours and its prices."""

    day: int
    who: int
    hours: int
    price: int


def followed(block: Block, work: Work, told: Collection[int], findings: Findings) -> Block:
    """Return a sheet whose lines of somebody's hours alone say the job above them, once the group says that they do.

    Args:
        block: the sheet.
        work: where it says what.
        told: the columns that say which job a line is: its day, its customer, what was done.
        findings: where the question goes.
    """
    above: Sequence[Cell] = ()
    lines, alone, jobs, last = list[Line](), list[Line](), dict[str, None](), 0
    for number, cells in block.lines:
        if above and number == last + 1 and _alone(cells, work):
            jobs.setdefault(" ".join(text for at in sorted(told) if (text := as_text(cell_at(above, at)))))
            alone.append((number, cells))
            row = block.padded(cells)
            lines.append((number, [cell_at(above, at) if at in told else cell for at, cell in enumerate(row)]))
        else:
            above = cells if as_text(cell_at(cells, work.day)) and not is_total(cells, work.day) else ()
            lines.append((number, cells))
        last = int(number)
    if not alone or not findings.asking or _summed(block, alone, work):
        return block
    if TOPIC not in block.grid.answers:
        _ask(block, alone, [*jobs], work, findings)
    return replace(block, lines=lines) if block.grid.answers.get(TOPIC) == _YES else block


def _ask(block: Block, alone: Sequence[Line], jobs: Sequence[str], work: Work, findings: Findings) -> None:
    rows = listing([str(int(number)) for number, _ in alone], most=_SHOWN)
    what = f"La ligne {rows} dit" if len(alone) == 1 else f"Les lignes {rows} disent"
    asked = "Est-ce la suite de la ligne du dessus" if len(alone) == 1 else "Continuent-elles la ligne du dessus"
    which = f"« {jobs[0]} »" if len(jobs) == 1 else f"comme pour « {jobs[0]} »"
    question = f"{what} seulement qui et combien ({weighed(block, alone, work)}). {asked}, {which} ?"
    options = ((_YES, "oui, le même travail"), ("non", "non : ne pas les lire"))
    doubt = Doubt(TOPIC, question, options, "Écrivez le jour et le client sur chaque ligne.")
    findings.doubt(block.grid.place(alone[0][0]), doubt)


def _summed(block: Block, alone: Sequence[Line], work: Work) -> bool:
    """Tell whether such lines are what each one did in all: a summary below the jobs."""
    numbers, sums = {number for number, _ in alone}, Counter[str]()
    for number, cells in block.lines:
        if number not in numbers and as_text(cell_at(cells, work.day)):
            for who in names_in(as_text(cell_at(cells, work.who))):
                sums[same(who)] += _minutes(block, cells, work.hours)  # type: ignore[assignment]
    return all(sums[same(as_text(cells[work.who]))] == _minutes(block, cells, work.hours) for _, cells in alone)


def _alone(cells: Sequence[Cell], work: Work) -> bool:
    """Tell whether a line says somebody and her hours, and nothing else."""
    others = [cell for at, cell in enumerate(cells) if at not in (work.who, work.hours) and as_text(cell)]
    return not others and bool(as_text(cell_at(cells, work.who))) and not nothing(cell_at(cells, work.hours))


def weighed(block: Block, lines: Sequence[Line], work: Work) -> str:
    """Return how many hours lines hold, and whose: « 10 h : Oumou 6 h, Samira 4 h »; empty when none is read."""
    minutes = [(as_text(cell_at(cells, work.who)), _minutes(block, cells, work.hours)) for _, cells in lines]
    read = [(who, length) for who, length in minutes if length]
    each = [f"{who} {hours(int(length))}".strip() for who, length in read[:_SHOWN]]
    more = "…" if len(read) > _SHOWN else ""
    whole = hours(int(sum((length for _, length in read), Fraction(0))))
    return f"{f'{whole} en tout : ' if len(read) > 1 else ''}{', '.join(each)}{more}" if read else ""


def say_denied(block: Block, work: Work, findings: Findings) -> None:
    """Tell the total of a sheet that the lines read from it deny, of its hours and of its prices; one total alone."""
    totals = [(number, cells) for number, cells in block.lines if is_total(cells, work.day)]
    lines = [cells for _, cells in block.lines if as_text(cell_at(cells, work.day)) and not is_total(cells, work.day)]
    if len(totals) != 1:
        return
    number, cells = totals[0]
    for at, shown, made in (
        (work.hours, hours, [*_worked(block, lines, work)]),
        (work.price, euros, [[_price(each, work) for each in lines]]),
    ):
        said = _minutes(block, cells, at) if at == work.hours else _price(cells, work)
        sums = [sum(each, Fraction(0)) for each in made]
        if said and sums and all(abs(said - each) > 1 for each in sums):
            text = f"le total de la feuille dit {shown(int(said))}, et les lignes lues font {shown(int(sums[0]))}."
            findings.heed(block.grid.place(number, at, block.titles[at]), text)


def _worked(block: Block, lines: Sequence[Sequence[Cell]], work: Work) -> Iterator[list[Fraction]]:
    """Yield the times of lines that somebody did, then with each one as many times as there are people."""
    done = [cells for cells in lines if as_text(cell_at(cells, work.who))]
    yield [_minutes(block, cells, work.hours) for cells in done]
    yield [_minutes(block, c, work.hours) * len(names_in(as_text(cell_at(c, work.who)))) for c in done]


def _minutes(block: Block, cells: Sequence[Cell], at: int) -> Fraction:
    unit = unit_of_title(block.titles[at])
    try:
        return Fraction(read_duration(unguarded(cell_at(cells, at)), unit if unit in UNITS else "h"))
    except Refused:
        return Fraction(0)


def _price(cells: Sequence[Cell], work: Work) -> Fraction:
    return Fraction(cents_in(unguarded(cell_at(cells, work.price))))
