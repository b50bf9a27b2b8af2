"""A sheet of who was there: crosses under people beside one duration on each line, or « 1 » and « 0 » alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same, shown
from kpa_model.files.book.dates import WEEKDAY, read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, first_text, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.titles import tells_given
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.parts_of_days import part_of_day
from kpa_model.files.book.reading.spread.people import TOTAL, is_total, may_be_named
from kpa_model.files.book.reading.written.letters import legend_said
from kpa_model.files.book.vocabulary import pattern, word_set
from kpa_model.words import count, hours, listing

THERE = word_set("present.there")
_AWAY = {
    *("", "-", "–", "—", "/", "0", "non", "n", "no", "a", "abs", "absent", "absente", "exc", "excuse", "excusee", "☐"),
    *("✗", "false", "faux"),
}
_MOSTLY = 0.6
_AGAIN = re.compile(r"([x×✓✔☑✖])(?: ?\1)+")


def as_mark(cell: Cell) -> str:
    """Return what a cell says, without its dot nor both genders: « exc. », « Présent(e) »."""
    return same(re.sub(r"\(e\)|\ufe0f", "", as_text(cell))).strip(" .")


def _ticks(mark: str) -> int:
    """Return how many times a mark says that somebody was there: twice in « xx »."""
    return 1 if mark in THERE else len(mark.replace(" ", "")) if _AGAIN.fullmatch(mark) else 0


def present(block: Block, context: Context, findings: Findings) -> Block:
    """Return a block whose lines name those whose cell is crossed, each line with its own duration; else the same."""
    hours = dictionaries()["heures"]
    leads = [column_of(title, hours) if title else None for title in block.titles]
    named = {each.name for each in leads if each is not None}
    people = _crossed(block, context)
    if not ("duree" in named or {"debut", "fin"} <= named) or "personne" in named or len(people) < 2:
        return block
    kept = [at for at in range(len(block.titles)) if at not in people]
    day = next((at for at, each in enumerate(leads) if each is not None and each.name == "date"), -1)
    lines: list[Line] = []
    nobody = 0
    for number, cells in block.lines:
        who = [block.titles[at] for at in people if as_mark(cell_at(cells, at)) in THERE]
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
    cells = {at: [said for cell in block.column(at) if (said := as_mark(cell)) not in _AWAY] for at in may}
    crossed = [at for at in may if THERE & {*cells[at]}]
    filled = [said for at in crossed for said in cells[at]]
    return crossed if sum(said in THERE for said in filled) >= _MOSTLY * len(filled) else []


def _refuse(block: Block, line: Line, people: Sequence[int], findings: Findings) -> None:
    """Refuse a cell that says neither that somebody was there, nor that she was not."""
    number, cells = line
    for at in people:
        text = as_text(cell_at(cells, at))
        if as_mark(text) not in THERE | _AWAY:
            what = f"« {text} » ne dit pas si {block.titles[at]} était là."
            findings.problem(
                block.grid.place(number, at, block.titles[at]), what, "Écrivez x, ou laissez la case vide."
            )


_MEETING = pattern("present.meeting", r"\b(WORDS)\b", re.IGNORECASE)
_LASTS = re.compile(
    r"(?:\bdur(?:e|ent|ée)\b|=|\bcroix ?:|\b(?:vau[tx]|compte(?:nt)?|représente|correspond à)\b)"
    r"(?: ?1(?= ?[^\W\dhm]))?[^\d]{0,25}?"
    r"(?P<time>\d+(?:[.,]\d+)? ?(?:h(?:eures?)?(?: ?\d\d)?|min(?:utes)?|mn)\b)",
    re.IGNORECASE,
)
"""« Chaque séance dure 3 heures », « une croix = 3h », « 1 x = 1 demi-journée de 4h »."""
_TITLE_OF_DAY = re.compile(rf"\d|^{WEEKDAY.pattern}$", re.IGNORECASE)
TOPIC = "presence"
_MEANT = (
    ("rien", "une présence, sans durée : ne pas la compter"),
    ("1h", "une heure"),
    ("2h", "deux heures"),
    ("3h30", "une demi-journée de 3 h 30"),
    ("7h", "une journée de 7 h"),
)


def crossed_as_times(block: Block) -> Block:
    """Return a block whose ticks look like times, where days or people stand above two columns of them at least.

    It only serves to tell what its columns are: flags beside a time or a price stay as they are.
    """
    leads = [
        found
        for title in block.titles
        if bare(title) != "total"
        for each in dictionaries().values()
        if (found := column_of(title, each))
    ]
    if any(each.kind == "euros" or each.name == "duree" for each in leads):
        return block
    counts = [is_total(cells, -1) or bool(_COUNTS.fullmatch(first_text(cells))) for _, cells in block.lines]
    facts = replace(block, lines=[line for line, sums in zip(block.lines, counts, strict=True) if not sums])
    marks = {at: {*map(as_mark, facts.column(at))} for at in range(len(block.titles)) if _only_marks(facts.column(at))}
    days = [at for at in marks if _TITLE_OF_DAY.search(block.titles[at])]
    dated = block.weeks >= 0 or any(is_day(cell) for at in range(len(block.titles)) for cell in block.column(at)[:1])
    ticked = {mark for own in marks.values() for mark in own if _ticks(mark)}
    crossed = days if len(days) > 1 else [at for at in marks if marks[at] & ticked] if dated else []
    if len(crossed) < 2 or not any(marks[at] & ticked for at in crossed):
        return block
    times: dict[str, Cell] = {**dict.fromkeys(ticked, timedelta(hours=1)), **dict.fromkeys(_AWAY, "")}
    return replace(block, lines=_replaced(block, crossed, times))


def _only_marks(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all((mark := as_mark(cell)) in _AWAY | {"1"} or _ticks(mark) for cell in cells)


def attended(block: Block, ranks: Iterable[int], findings: Findings, listed: bool = False) -> Block | None:
    """Return a block whose ticks, or « 1 » on a sheet of presences, are as long as is said around; None once asked.

    The block itself where nothing around speaks of presences above « 1 » and « 0 », or where cells are mostly times.
    """
    ranks = tuple(ranks)
    block = _of_parts(_of_sessions(block, ranks, findings), ranks, findings)
    lines = [cells for _, cells in block.lines if not is_total(cells, -1)]
    written = Counter(text for at in ranks for cells in lines if (text := as_text(cell_at(cells, at))))
    told = {text: as_mark(text) for text in written if as_mark(text) not in _AWAY and not absent(text)}
    around = listed or any(_MEETING.search(text.replace("_", " ")) for text in block.names)
    sure = {mark for mark in told.values() if _ticks(mark)}
    ones = {*told.values()} <= sure | {"1"} and bool(around or sure)
    ticks = {mark: shown(text) for text, mark in told.items() if mark in sure or (ones and mark == "1")}
    there = sum(written[text] for text, mark in told.items() if mark in ticks)
    if not findings.asking or not ticks or there < _MOSTLY * sum(written[text] for text in told):
        return block
    once = [text for mark, text in ticks.items() if _ticks(mark) < 2][:3] or [*ticks.values()][:1]
    if (length := _length(block, listing(once), findings)) is None:
        question = f"{listing(once)} dans cette feuille de présence : qu'est-ce que c'est ?"
        todo = "Écrivez des heures : 1h30."
        doubt = Doubt(TOPIC, question, _MEANT, todo, typed="La durée d'une fois, par exemple 1h30")
        findings.doubt(block.grid.place(block.head), doubt)
        return None
    long = {mark: timedelta(minutes=float(length * max(1, _ticks(mark)))) for mark in ticks}
    times: dict[str, Cell] = {**dict.fromkeys(_AWAY, ""), **long}
    return replace(block, lines=_replaced(_uncounted(block, ranks, ticks), ranks, times))


def _of_sessions(block: Block, ranks: Sequence[int], findings: Findings) -> Block:
    """Return a block whose crosses are as long as a line above them says of each column, « Durée ; 2h ; 3h »; told.

    A line that counts who came, « Présents ; 2 ; 3 », is nobody.
    """
    ticked = [any(_ticks(as_mark(cell_at(cells, at))) for at in ranks) for _, cells in block.lines]
    if True not in ticked:
        return block
    over = block.lines[: ticked.index(True)]
    number, above = next((line for line in over if tells_given(first_text(line[1]))), (block.head, []))
    lengths = {at: time for at in ranks if (time := read_or_none(read_duration, cell_at(above, at)))}

    kept = [line for line in block.lines if line[1] is not above and not _COUNTS.fullmatch(first_text(line[1]))]
    if lengths:
        at, time = next(iter(lengths.items()))
        told = f"la longueur d'une croix vient de cette ligne : {hours(int(time))} sous « {block.titles[at]} »."
        findings.heed(block.grid.place(number), told)
    return replace(block, lines=_lasting(kept, lengths)) if len(kept) < len(block.lines) else block


def _lasting(lines: Iterable[Line], lengths: Mapping[int, int | Fraction]) -> list[Line]:
    """Return lines whose crosses are times, in the columns that say how long each one is."""

    def made(at: int, cell: Cell) -> Cell:
        many = _ticks(as_mark(cell)) if at in lengths else 0
        return timedelta(minutes=float(lengths[at] * many)) if many else cell

    return [(number, [made(at, cell) for at, cell in enumerate(cells)]) for number, cells in lines]


def _of_parts(block: Block, ranks: Sequence[int], findings: Findings) -> Block:
    """Return a block whose crosses are as long as a legend says of each part of a day, « M = 3h30, A = 4h »; told."""
    marks = {mark for at in ranks for cell in block.column(at) if _ticks(mark := as_mark(cell))}
    legends = _legends(block) if marks else {}
    said = {each for own in legends.values() for each in own.items()}
    parts, told = dict(said), {at: part_of_day(block.titles[at], ()) for at in ranks}
    if not said or len(parts) < len(said) or not parts.keys() >= {*told.values()}:
        return block
    for text in legends:
        findings.understood(block.grid.place(), shown(text))
    longs = listing([f"« {part} » compte {hours(parts[part])}" for part in dict.fromkeys(told.values())])
    findings.heed(block.grid.place(block.head), f"d'après la légende, une croix sous {longs}.")
    lengths = {at: parts[part] for at, part in told.items()}
    return replace(block, lines=_lasting(_uncounted(block, ranks, marks).lines, lengths))


def _legends(block: Block) -> dict[str, dict[str, int]]:
    """Return the texts around a table that say how many minutes parts of a day have, with what each says."""
    said = {text: legend_said(text) for text in (*block.above, *block.grid.below)}
    names = [name for legend in said.values() for name in legend]
    told = {
        text: {
            part: int(time) for name, time in legend.items() if time.isdigit() and (part := part_of_day(name, names))
        }
        for text, legend in said.items()
    }
    return {text: parts for text, parts in told.items() if parts}


_COUNTS = pattern("present.counts", r"((nb|nbre|nombre)( (de |d['’]))?)?(WORDS)", re.IGNORECASE)
"""What stands beside the number of those who came."""
_IN_A_LIST = pattern("present.in_a_list", r"(est )?(WORDS)( \?)?", re.IGNORECASE)
"""What stands over ticks in a list of who was there; « Présent(e) » is « Présent »."""


def with_presences(block: Block, findings: Findings) -> Block | None:
    """Return a list of who was there each day, « Date ; Nom ; Présent », as times; None once it is asked how long."""
    leads = [column_of(title, dictionaries()["heures"]) if title else None for title in block.titles]
    named = {each.name for each in leads if each is not None}
    titles = [re.sub(r"\(e\)|[·.]e\b", "", title).strip() for title in block.titles]
    told = [at for at, title in enumerate(titles) if _IN_A_LIST.fullmatch(title) and _mostly_marks(block.column(at))]
    day = next((at for at, each in enumerate(leads) if each is not None and each.name == "date"), -1)
    timed = named & {"duree", "debut", "fin"} or not {"date", "personne"} <= named
    if timed or not told or not all(map(is_day, block.column(day))):
        return block
    if (there := attended(block, told[:1], findings, listed=True)) is block:
        return block
    return there and replace(
        there, titles=["duree" if at == told[0] else title for at, title in enumerate(there.titles)]
    )


def _mostly_marks(cells: Sequence[Cell]) -> bool:
    return sum(map(_only_marks, ([cell] for cell in cells))) >= _MOSTLY * len(cells) > 0


def _uncounted(block: Block, ranks: Collection[int], ticks: Collection[str]) -> Block:
    """Return a block without the totals that count its ticks: they are no times."""
    lines, counts = list[Line](), Counter[int]()
    for number, cells in block.lines:
        told = {at: mark for at in ranks if (mark := as_mark(cell_at(cells, at))) in ticks}
        many = [at for at, mark in told.items() for _ in range(max(1, _ticks(mark)))]
        if is_total(cells, -1):
            cells = ["" if as_text(cell) in ("0", str(counts[at])) else cell for at, cell in enumerate(cells)]
        else:
            counts.update(many)
            counted = {at for at, title in enumerate(block.titles) if TOTAL.match(title)}
            cells = ["" if at in counted and as_text(cell) == str(len(many)) else cell for at, cell in enumerate(cells)]
        counts.update({at: len(many) for at in range(len(cells)) if TOTAL.match(block.titles[at])})
        lines.append((number, cells))
    return replace(block, lines=lines)


def _length(block: Block, ticks: str, findings: Findings) -> int | Fraction | None:
    """Return how long once is: as the group said, else as one sentence around says, which is told."""
    if said := block.grid.answers.get(TOPIC, ""):
        return read_or_none(read_duration, said)
    legends = _legends(block)
    around = [text for text in (*block.above, *block.grid.below) if text not in legends]
    found = {text: [each["time"] for each in _LASTS.finditer(text)] for text in around}
    lengths = {read_or_none(read_duration, time): text for text, times in found.items() for time in times}
    if len(lengths) != 1 or not (length := next(iter(lengths))):
        return None
    sentence = shown(lengths[length])
    findings.understood(block.grid.place(), sentence)
    findings.heed(block.grid.place(block.head), f"{sentence} : {ticks} compte {hours(int(length))}.")
    return length


def _replaced(block: Block, ranks: Collection[int], times: Mapping[str, Cell]) -> list[Line]:
    """Return the lines of a block with what marks mean in some columns."""
    return [
        (number, [times.get(as_mark(cell), cell) if at in ranks else cell for at, cell in enumerate(cells)])
        for number, cells in block.lines
    ]
