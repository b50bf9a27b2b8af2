"""A time written in parts: whole hours and the minutes left, columns that add up, or « 1h30 + 2h » in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from kpa_model.declare.number import numbers
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same, unguarded
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, blanked, laid_again
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.absences import absent
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.ranges import ranged
from kpa_model.files.book.reading.context import HOURS, MINUTES
from kpa_model.files.book.reading.dated.weekdays import MOMENTS
from kpa_model.files.book.reading.spread.people import TOTAL, says_total
from kpa_model.files.book.reading.written.noted import several
from kpa_model.words import hours as told_hours
from kpa_model.words import listing

TOPIC, _ADDED = "duree.parts", "oui"


_UNITS = {"h": r"(?:nb )?(?:heures?|hrs?|h)", "min": r"(?:nb )?(?:minutes?|mins?|mn)"}


def parts(titles: Sequence[str]) -> list[tuple[int, int]]:
    """Return where whole hours, and the minutes left, stand: those of the table, and those of each name.

    >>> parts(["Qui", "Durée (h)", "Durée (min)"]), parts(["Heures", "Note"])
    ([(1, 2)], [])
    >>> parts(["Heures Awa", "Minutes Awa", "Ben (h)", "Ben (min)"])
    [(0, 1), (2, 3)]
    """
    found: dict[str, dict[str, int]] = {}
    for at, title in enumerate(titles):
        for unit, name in _said(title):
            found.setdefault(name, {}).setdefault(unit, at)
    return [(ranks["h"], ranks["min"]) for ranks in found.values() if len(ranks) == len(_UNITS)]


def _said(title: str) -> Iterator[tuple[str, str]]:
    """Yield the unit that a title says, and whose time it is, « awa »; an empty text for the time of each line."""
    text = same(title)
    letters = re.sub("[^a-z]", "", text)
    for unit, names in (("h", HOURS), ("min", MINUTES)):
        before, after = rf"{_UNITS[unit]} (?:de |d['’])?(\w.*)", rf"(\w.*?) (?:{_UNITS[unit]}|\({_UNITS[unit]}\))"
        if letters in names:
            yield unit, ""
        elif whose := re.fullmatch(before, text) or re.fullmatch(after, text):
            yield unit, whose[1]


def hours_and_minutes(block: Block, findings: Findings) -> Block:
    """Return a block whose times each have one column, where whole hours and minutes stand in two; or asked.

    An hour of minutes, or more, beside hours may be the whole time again, or be added to them.
    """
    for ranks in parts([title if title and block.column(at) else "" for at, title in enumerate(block.titles)]):
        block = _joined(block, ranks, findings)
    return block


def _joined(block: Block, ranks: tuple[int, int], findings: Findings) -> Block:
    pairs = [[_whole(cell_at(cells, at)) for at in ranks] for _, cells in block.lines]
    told = [(long, short) for long, short in pairs if long is not None and short is not None]
    if len(told) < len(pairs) or all(short == 60 * long for long, short in told):
        return block  # the same time in two units
    long, short = ranks
    names = [f"« {block.titles[at]} »" for at in ranks]
    beyond = (rank for rank, (many, left) in enumerate(told) if many and left >= 60)
    first = next((rank for rank in beyond if not says_total(block.lines[rank][1])), -1)
    said = block.grid.answers.get(TOPIC, "" if findings.asking else "h") if first >= 0 else _ADDED
    if not said:
        many, left = told[first]
        question = f"{listing(names)} : {many} et {left}. Est-ce {told_hours(60 * many + left)} en tout ?"
        alone = [(unit, f"non : {name} dit tout") for unit, name in zip(("h", "min"), names, strict=True)]
        doubt = Doubt(TOPIC, question, ((_ADDED, "oui, les deux s'ajoutent"), *alone), "Gardez une seule durée.")
        findings.doubt(block.grid.place(block.lines[first][0]), doubt)
    if said in ("", "h"):
        return block
    lines = list[Line]()
    for (number, cells), (many, left) in zip(block.lines, told, strict=True):
        row = block.padded(cells)
        filled = any(as_text(row[at]) for at in ranks)
        time = timedelta(hours=many if said == _ADDED else 0, minutes=left)
        row[long], row[short] = time if filled else "", ""
        lines.append((number, row))
    text = " et de ".join(names) if said == _ADDED else f"{names[1]}. {names[0]} ne compte pas"
    findings.heed(block.grid.place(block.head), f"la durée vient de {text}.")
    whose = next((name for unit, name in _said(block.titles[long]) if unit == "h"), "")
    named = block.titles[long] if whose else "duree"
    titled = [named if at == long else "" if at == short else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titled, lines=lines)


def _whole(cell: Cell) -> int | None:
    """Return a whole number, 0 for an empty cell; None for anything else."""
    text = as_text(cell)
    return int(text) if re.fullmatch(r"\d{1,3}", text) else 0 if text in {"", "-", "–"} else None


def added(block: Block, findings: Findings) -> Block:
    """Return a block where times added up in one cell, « 1h30 + 2h », are one; those that people share stay apart.

    A span of a day among times, « 8h30-12h », is its time: it is told.
    """
    leads = {at: column_of(title, dictionaries()["heures"]) for at, title in enumerate(block.titles) if title}
    alone = {at for at, lead in leads.items() if lead is None}
    times = {at for at, lead in leads.items() if lead is not None and lead.name == "duree"}
    labels = {at for at, lead in leads.items() if lead is not None and lead.name in _LABELS}
    spans = {cell: time for at in times for cell in block.column(at) if (time := _span(cell))}
    if spans:
        said = listing([f"« {as_text(cell)} »" for cell in spans], most=4)
        findings.heed(block.grid.place(block.head), f"{said}, parmi des durées : du début à la fin.")
    lines = list[Line]()
    for number, cells in block.lines:
        others = [cell for at, cell in enumerate(cells) if at not in labels]
        made = alone if several(others, re.compile(r"[^\W\d][^\d]*").fullmatch) else alone | times
        lines.append((number, [spans.get(cell) or _sum(cell) if at in made else cell for at, cell in enumerate(cells)]))
    return replace(block, lines=lines) if lines != block.lines else block


_LABELS = {"duree", "tache", "note", "genre", "commande", "client"}
"""What names nobody who worked: « tri, caisse »."""


def _span(cell: Cell) -> timedelta | None:
    """Return the time of a span that begins at six or later; « 2h-3h » among times may be two or three hours."""
    first = re.match(r"(?:de )?(\d+) ?[h:]", cell, re.IGNORECASE) if isinstance(cell, str) else None
    return ranged(cell) if first and int(first[1]) >= _MORNING else None


_MORNING = 6


def _sum(cell: Cell) -> Cell:
    """Return the time of a cell whose parts each say their unit, or none does; any other cell as it is.

    >>> _sum("2+1,5"), _sum("1h + 30min"), _sum("2 + 1h")
    ('3.5', datetime.timedelta(seconds=5400), '2 + 1h')
    """
    parts = cell.split("+") if isinstance(cell, str) else []
    if len(parts) > 1 and all(re.fullmatch(r" *\d{1,3}([.,]\d+)? *", part) for part in parts):
        return f"{float(sum(numbers(part)[0][0] for part in parts)):g}"
    if len(parts) < 2 or not all(re.search(r"\d ?(h|:|m)", part) for part in parts):
        return cell
    try:
        return timedelta(minutes=float(sum(read_duration(part) for part in parts)))
    except Refused:
        return cell


_WHICH_COLUMNS = "colonne.duree"


def added_up(block: Block, findings: Findings) -> Block:
    """Return a block with one more column, titled as the answer: what the chosen ones add up to on each line."""
    said = block.grid.answers.get(_WHICH_COLUMNS, "")
    names = {bare(each) for each in said.split("|")}
    ranks = [at for at, title in enumerate(block.titles) if bare(title) in names]
    if "|" not in said or len(ranks) < 2:
        return block
    wide = len(block.titles)
    lines: list[Line] = []
    for number, cells in block.lines:
        at, time = _sum_of_columns({at: cells[at] for at in ranks if at < len(cells)}, ranks[0])
        made = laid_again(number, [*range(wide), at], block.titles)
        lines.append((made, [*cells[:wide], *[""] * (wide - len(cells)), time]))
    told = listing([f"« {block.titles[at]} »" for at in ranks])
    findings.note(block.grid.place(block.head), f"{told} s'ajoutent, comme vous l'avez dit.")
    titles = blanked(block.titles, ranks)
    return replace(block, titles=[*titles, said], heads=[*block.heads, said], lines=lines)


def _sum_of_columns(cells: Mapping[int, Cell], first: int) -> tuple[int, Cell]:
    """Return the time of several cells, by rank; the first one that is no time, where it stands: it is refused.

    A word of absence is no time for its own cell alone; it is what the line says when no other cell says a time.
    """
    filled = {at: unguarded(cell) for at, cell in cells.items() if as_text(cell) not in ("", "-", "–", "—", "/")}
    away = next(((at, cell) for at, cell in filled.items() if absent(cell)), (first, ""))
    filled = {at: cell for at, cell in filled.items() if not absent(cell)}
    minutes = 0.0
    for at, cell in filled.items():
        try:
            minutes += float(read_duration(cell))
        except Refused:
            return at, cell
    return (first, timedelta(minutes=minutes)) if filled else away


def added_parts(block: Block, findings: Findings) -> Block:
    """Return a block whose total is its duration, where it adds up on each line the times of parts of a day; told.

    « Matin ; Après-midi ; Total »: quarters of an hour, never more than a day of work. Other sums may be money.
    """
    ranks = [at for at, title in enumerate(block.titles) if bare(title) in MOMENTS and block.column(at)]
    total = next((at for at, title in enumerate(block.titles) if TOTAL.match(title)), -1)
    lines = [cells for _, cells in block.lines if not says_total(cells)]
    told = [[_quarters(cell_at(cells, at)) for at in (*ranks, total)] for cells in lines]
    whole = [[each for each in own if each is not None] for own in told]
    sums = all(len(own) == len(ranks) + 1 and sum(own[:-1]) == own[-1] <= _LONGEST for own in whole)
    said = block.grid.answers.get("table", "heures") != "heures" or "colonne.duree" in block.grid.answers
    if said or len(ranks) < 2 or total < 0 or not sums or not any(own[-1] for own in whole):
        return block
    names = listing([f"« {block.titles[at]} »" for at in ranks])
    text = f"« {block.titles[total]} » est lu comme la durée : c'est la somme de {names}."
    findings.heed(block.grid.place(block.head, total, block.titles[total]), text)
    titles = ["Durée (h)" if at == total else title for at, title in enumerate(blanked(block.titles, ranks))]
    return replace(block, titles=titles, lines=[(number, blanked(cells, ranks)) for number, cells in block.lines])


_LONGEST = 14 * 60


def _quarters(cell: Cell) -> int | None:
    """Return the minutes of a cell that counts quarters of an hour, 0 for an empty or an absent one; else None."""
    if absent(cell) or not re.search(r"\w", as_text(cell)):
        return 0
    minutes = read_or_none(read_duration, cell)
    return None if minutes is None or minutes % 15 else int(minutes)
