"""Amounts in thousands of euros, in cents, in another money, with points of thousands: settled before they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from kpa_model.declare.number import numbers
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_euros, read_rate, shown, unguarded
from kpa_model.files.book.dictionaries import dictionaries, table_named
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, blanked, header_rank
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.columns.titles import may_be_asked
from kpa_model.files.book.reading.sales.in_cells import with_letters
from kpa_model.files.book.reading.sales.taxes import RATES, cents_of
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import euros

Scale = tuple[Fraction, str]
"""How many euros one is worth, and its name."""
_MILLIONS, _THOUSANDS = (Fraction(10**6), "millions d'euros"), (Fraction(1000), "milliers d'euros")
_CENTS = (Fraction(1, 100), "centimes")
_ALONE = (
    (re.compile(r"(?<![^\W_])m ?€|\bmillions d.?(€|euros?\b)", re.IGNORECASE), _MILLIONS),
    (re.compile(r"(?<![^\W_])k ?(€|eur\b|euros?\b)|\bmilliers d.?(€|euros?\b)", re.IGNORECASE), _THOUSANDS),
    (re.compile(r"\bcentimes?\b|¢", re.IGNORECASE), _CENTS),
)
_OF_MONEY = (
    (re.compile(r"\bmillions?\b", re.IGNORECASE), _MILLIONS),
    (re.compile(r"\b(milliers?|thousands?)\b|[(\[]k[)\]]", re.IGNORECASE), _THOUSANDS),
    (re.compile(r"(?<!pour )(?<!per )\b(cents?|cts?)\b", re.IGNORECASE), _CENTS),
)
"""What says nothing by itself: « Poids (milliers) » is no money, « Montant (milliers) » is."""
_FOREIGN = pattern("scales.foreign", flags=re.IGNORECASE)
_EURO = re.compile(r"€|\b(eur|euros?)\b", re.IGNORECASE)
_VAT = re.compile(r"\b(tva|vat|taux)\b", re.IGNORECASE)
_HOURS = {"duree", "duration", "heures", "hours", "temps", "durationh", "user", "utilisateur"}
_NUMBER = re.compile(r"[-+(]?\d[\d .,:/-]*\)?( ?[€%])?")


def in_euros(grid: Grid, findings: Findings) -> Grid:
    """Return a grid whose amounts are in euros, which is told; those of another money are left out, told first."""
    rank = header_rank(grid, _known())
    titles = [] if rank is None else _texts(grid.lines[rank])
    about = table_named(grid.name, dictionaries()) == "cooperative"  # its name may be « $ »
    if rank is None or about or not _HOURS.isdisjoint(map(bare, titles)):
        return grid  # the prices of hours are no sales
    grid = _without_masked(with_letters(grid, rank, titles, findings), rank, titles, findings)
    for mark in ".,":
        grid = _without_marks(grid, rank, titles, mark, findings)
    foreign = _left_foreign(grid, rank, titles, findings)
    scales = {at: scale for at, title in enumerate(titles) if (scale := _scale_of(title))}
    scales = scales or _around(grid, rank, titles, findings)
    if not scales and not foreign:
        return grid
    under = [*_changed(grid.lines[rank + 1 :], scales, foreign)]
    _say_scales(grid, rank, scales, under, findings)
    number, cells = grid.lines[rank]
    head = (number, blanked(cells, foreign))
    return replace(grid, lines=(*grid.lines[:rank], head, *under))


def _without_masked(grid: Grid, rank: int, titles: Sequence[str], findings: Findings) -> Grid:
    """Return a grid without the hidden amounts that a visible column says otherwise, with the VAT or without; told."""
    gone: list[int] = []
    for at in sorted(grid.masked):
        title = titles[at] if at < len(titles) else ""
        rivals = [
            (seen, other)
            for seen, other in enumerate(titles)
            if seen not in grid.masked
            and says_money(title)
            and layer(other) == layer(title) != ""
            and may_be_asked(other)
        ]
        pairs = (
            (cell_at(cells, at), cell_at(cells, seen)) for _, cells in grid.lines[rank + 1 :] for seen, _ in rivals
        )
        if any(as_text(one) != as_text(other) for one, other in pairs):
            gone.append(at)
            text = f"cette colonne est masquée, et « {rivals[0][1]} » se voit : la colonne masquée n'est pas lue."
            findings.heed(grid.place(grid.lines[rank][0], at, title), text)
    if not gone:
        return grid
    lines = [(number, blanked(cells, gone)) for number, cells in grid.lines]
    return replace(grid, lines=tuple(lines))


@cache
def _known() -> frozenset[str]:
    return frozenset(title for each in dictionaries().values() for title in each.titles)


def _texts(line: Line) -> list[str]:
    return [as_text(cell) for cell in line[1]]


def _titles(line: Line) -> bool:
    """Tell whether a line can hold titles: several texts, no number."""
    texts = [*filter(None, _texts(line))]
    return len(texts) > 1 and not any(map(_NUMBER.fullmatch, texts))


def _scale_of(title: str) -> Scale | None:
    said = title.replace("_", " ")
    patterns = (*_ALONE, *(_OF_MONEY if says_money(said) else ()))
    return next((scale for pattern, scale in patterns if pattern.search(said)), None)


def _foreign(title: str) -> bool:
    """Tell whether a title says another money than the euro: « Montant (USD) », never « CA (€ / $) »."""
    return bool(_FOREIGN.search(title.replace("_", " "))) and not _EURO.search(title)


def _around(grid: Grid, rank: int, titles: Sequence[str], findings: Findings) -> dict[int, Scale]:
    """Return the scale of every amount, said once: alone on a line above, in the name of the sheet or of the file."""
    alone = (next(filter(None, _texts(line))) for line in grid.lines[:rank] if len([*filter(None, _texts(line))]) == 1)
    said = ((text, scale) for text in (*alone, grid.sheet, grid.file) if (scale := _alone(text)))
    if (found := next(said, None)) is None:
        return {}
    rates = re.compile(r"(taux|tx|rate)\b", re.IGNORECASE)
    if scales := {at: found[1] for at, title in enumerate(titles) if says_money(title) and not rates.match(title)}:
        return scales
    what = f"« {found[0]} » : ces montants sont en {found[1][1]}. Ils ne sont pas lus."
    findings.problem(grid.place(grid.lines[rank][0]), what, "Écrivez-les en euros, et ôtez ces mots.")
    return {}


def _alone(text: str) -> Scale | None:
    """Return the scale that a text around a table says: « Ventes (en k€) », never « Objectif : 100 k€ ».

    What is rounded to the cent, or to the thousand, is not written in cents, or in thousands.
    """
    rounded = re.search(r"\d ?[km] ?€|\barrondi|\bpr[èe]s\b|\b(au|aux) (centimes?|cents?)\b", text, re.IGNORECASE)
    return None if rounded else _scale_of(text)


def _changed(lines: Sequence[Line], scales: Mapping[int, Scale], foreign: Sequence[int]) -> Iterator[Line]:
    """Yield lines in euros, without what is in another money; a title further down says its own scale."""
    now = dict(scales)
    for number, cells in lines:
        if _titles((number, cells)):
            now = {at: own for at, scale in now.items() if (own := _said_again(cell_at(cells, at), scale))}
        blank = blanked(cells, foreign)
        yield number, [_scaled(cell, now[at][0]) if at in now else cell for at, cell in enumerate(blank)]


def _said_again(cell: Cell, scale: Scale) -> Scale | None:
    return _scale_of(as_text(cell)) if says_money(as_text(cell)) else scale


def _scaled(cell: Cell, worth: Fraction) -> Cell:
    """Return the euros of a bare number; a cell that says its own money, or that is no number, as it is."""
    try:
        readings = numbers(as_text(unguarded(cell)))
    except ValueError:
        return cell
    return float(readings[0][0] * worth) if len(readings) == 1 else cell


def _say_scales(grid: Grid, rank: int, scales: Mapping[int, Scale], under: Sequence[Line], findings: Findings) -> None:
    """Tell how the first amount of each column was made."""
    for at, (_, name) in scales.items():
        pairs = ((line[1], own[1]) for line, own in zip(grid.lines[rank + 1 :], under, strict=True))
        both = ((cell_at(old, at), cell_at(new, at)) for old, new in pairs)
        if first := next(((old, new) for old, new in both if isinstance(new, float) and old != new), None):
            title = as_text(grid.lines[rank][1][at])
            text = f"cette colonne est en {name} : {shown(first[0])} est lu {euros(round(first[1] * 100))}."
            findings.heed(grid.place(grid.lines[rank][0], at, title), text)


def _left_foreign(grid: Grid, rank: int, titles: Sequence[str], findings: Findings) -> list[int]:
    """Return the columns in another money, which are left and told; refused when no other amount stands beside."""
    foreign, text = [at for at, title in enumerate(titles) if _foreign(title)], "cette colonne n'est pas en euros."
    beside = any(says_money(t) and not _VAT.search(t) for at, t in enumerate(titles) if at not in foreign)
    for at in foreign:
        place = grid.place(grid.lines[rank][0], at, titles[at])
        if beside:
            findings.heed(place, f"{text} Elle n'est pas lue.")
        else:
            findings.problem(place, text, "Écrivez les montants en euros, sous un titre qui le dit.")
    return foreign if beside else []


# --- points of thousands ----------------------------------------------------------------------------------------------


def _pointed(mark: str) -> re.Pattern[str]:
    """Return what an amount with marks of thousands and nothing else looks like: « 1.200 », « 1,200 »."""
    return re.compile(rf"[-+(]?[1-9]\d{{0,2}}(\{mark}\d{{3}})+\)?( ?€)?")


def _proving(mark: str) -> re.Pattern[str]:
    """Return what amounts beside look like, where that mark is one of thousands: « 850 », « 1.234,50 »."""
    other = "." if mark == "," else ","
    return re.compile(rf"[-+(]?(\d{{1,3}}|(\d{{1,3}}(\{mark}\d{{3}})+|\d+)\{other}\d\d?)\)?( ?€)?")


POINTS = "points"


def _without_marks(grid: Grid, rank: int, titles: Sequence[str], mark: str, findings: Findings) -> Grid:
    """Return a grid where « 1.200 » is 1200 when all its amounts are written so: « 850 », « 1.234,50 » prove it.

    It is asked when nothing proves it, and read so until it is answered: the table is known meanwhile. Without anybody
    to answer, each cell is refused.
    """
    lines, pointed, proving = grid.lines[rank + 1 :], _pointed(mark), _proving(mark)
    columns = {
        at: [text for _, cells in lines if isinstance(cell := cell_at(cells, at), str) and (text := as_text(cell))]
        for at, title in enumerate(titles)
        if says_money(title) and not _scale_of(title)
    }
    columns = {
        at: texts
        for at, texts in columns.items()
        if any(map(pointed.fullmatch, texts)) and not all(cents_of(read_rate, each) in RATES for each in texts)
    }
    texts = [each for column in columns.values() for each in column]
    others = [each for each in texts if not pointed.fullmatch(each)]
    answer = grid.answers.get(POINTS, "")
    if not texts or not all(map(proving.fullmatch, others)) or not findings.asking:
        return grid
    at, first = next((at, each) for at, column in columns.items() for each in column if pointed.fullmatch(each))
    place = grid.place(grid.lines[rank][0], at, titles[at])
    whole = {each: _unmarked(each, mark, bool(others) or answer != "decimales") for each in texts}
    if not others and not answer:
        ways = ("milliers", "decimales")
        options = tuple((way, euros(_cents(_unmarked(first, mark, way == "milliers")))) for way in ways)
        findings.doubt(place, Doubt(POINTS, f"« {first} » : combien d'euros ?", options, "Écrivez 1200 ou 1200,00."))
    if others:
        told = "un point" if mark == "." else "une virgule"
        text = f"les milliers ont {told} dans cette colonne : « {first} » est lu {euros(_cents(whole[first]))}."
        findings.heed(place, text)
    changed = [
        (number, [whole.get(as_text(cell), cell) if at in columns else cell for at, cell in enumerate(cells)])
        for number, cells in lines
    ]
    return replace(grid, lines=(*grid.lines[: rank + 1], *changed))


def _unmarked(text: str, mark: str, thousands: bool) -> str:
    """Return an amount without its marks of thousands, or with a comma and two decimals instead."""
    if not thousands:
        return re.sub(rf"\{mark}(\d\d)0(?!\d)", r",\1", text)
    return re.sub(r"\.(?=\d\d?\b)", ",", text.replace(mark, ""))


def _cents(text: str) -> int:
    return cents_of(read_euros, text) or 0
