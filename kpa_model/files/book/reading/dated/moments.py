"""Hours of the clock that are no work: when a line was written or sent; events of a whole day in a calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import instant, read_hour
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.clocks import ends, late, of_a_clock, on_a_clock, read_or_none, starts
from kpa_model.files.book.reading.columns.credits import ticked
from kpa_model.files.book.reading.columns.titles import COUNTS, tells_given, tells_time
from kpa_model.files.book.reading.spread import people
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import listing

_SENT = pattern("moments.sent")
"""Titles of when a message came, or when a line was written: never a time of work, but « Fin de poste »."""
_HOUR = {"heure", "horaire"}
_EITHER = {*_HOUR, "h", "heures"}
"""Titles of times of work, or of the hour of the day."""


_OF_SOMEBODY = pattern("moments.of_somebody", r"\b(WORDS)\b")
_MOVES = re.compile(r"\b(entree|sortie|arrivee|depart)")


def of_somebody(block: Block, at: int) -> bool:
    """Tell whether a column holds the day of somebody, « Né(e) le », « Date d'entrée », and of no work.

    Nobody has two of them. « Date d'entrée » beside « Heure d'entrée » is one of work.
    """
    title = re.sub(r"[^\w ]", " ", same(re.sub(r"\(e\)|[·.]e\b", "e", block.titles[at])))
    clocks = [rank for rank, each in enumerate(block.heads) if rank != at and of_a_clock(as_text(each))]
    badged = _MOVES.search(title) and not all(any(map(is_day, block.column(rank))) for rank in clocks)
    if badged or not _OF_SOMEBODY.search(re.sub(" +", " ", title)):
        return False
    hours = dictionaries()["heures"]
    who = next((rank for rank, each in enumerate(block.titles) if may_say(each, "personne", hours)), -1)
    told = {(as_text(cell_at(cells, who)), day) for _, cells in block.lines if is_day(day := cell_at(cells, at))}
    return bool(told) and who >= 0 and len({name for name, _ in told}) == len(told)


def without_moments(block: Block, findings: Findings) -> Block:
    """Return a block without the hours at which its lines were sent or written; it is told."""
    found = [at for at in range(len(block.titles)) if _sent(block, at)]
    if not found:
        return block
    told = listing([f"« {block.titles[at]} »" for at in found])
    said = "dit une heure de la journée" if len(found) == 1 else "disent des heures de la journée"
    findings.heed(block.grid.place(block.head), f"{told} {said}, pas un temps de travail.")
    lines = [(number, blanked(cells, found)) for number, cells in block.lines]
    titles = blanked(block.titles, found)
    return replace(block, titles=titles, lines=lines)


def _sent(block: Block, at: int) -> bool:
    title, cells = block.titles[at], block.column(at)
    if not title or not on_a_clock(cells) or tells_time(title):
        return False
    return bool(_SENT.fullmatch(same(title))) or (bare(title) in _HOUR and bool(_others(block, at)))


def may_be_moments(block: Block, at: int) -> bool:
    """Tell whether a column whose title does not say it may hold hours of the day instead of times of work.

    Most of them are late in the day; or another column counts something, which may be the hours.
    """
    title, cells = block.titles[at], block.column(at)
    if not on_a_clock(cells):
        return False
    if bare(title) in _EITHER:
        return late(cells) and bool(_others(block, at))
    known = tells_time(title) or may_say(title, "duree", dictionaries()["heures"])
    return not known and (late(cells) or any(bare(block.titles[other]) in COUNTS for other in _others(block, at)))


def _others(block: Block, at: int) -> list[int]:
    """Return the other columns that can be times of work, by their titles and by what they hold."""
    known, free = dictionaries(), [other for other in range(len(block.titles)) if other != at and block.titles[other]]
    return [other for other in free if _timed(block, other) or people.of_days(block, other, known)]


def _timed(block: Block, at: int) -> bool:
    title, cells = block.titles[at], block.column(at)
    named = bare(title) in COUNTS or tells_given(title) or may_say(title, "duree", dictionaries()["heures"])
    return named and people.timed(cells) and all(map(people.of_a_day, cells))


def noted_on(title: str) -> bool:
    """Tell whether a title is that of when a line was written, « Horodateur », « Date de rappel »: rarely of work."""
    return bool(_SENT.fullmatch(same(title)))


def apart_from_work(block: Block, at: int) -> bool:
    """Tell whether a column says when lines were paid or written, « Payé le », « Saisi le », beside weeks or months."""
    return bool(_APART.search(same(block.titles[at]))) and any(
        bare(title) in _PERIODS and rank != at and block.column(rank) for rank, title in enumerate(block.titles)
    )


_APART = pattern("moments.apart")
_PERIODS = {"mois", "semaine", "semaines", "sem", "nsemaine", "nsem", "numerodesemaine", "week", "periode", "periodes"}

_ALL_DAY = {"alldayevent", "allday", "journeeentiere", "toutelajournee", "touteslajournee", "evenementsurunejournee"}
CALLED = {"summary", "subject", "objet", "titre", "title", "evenement", "event", "intitule", "sujet"}
_MAIL = re.compile(r"(?:CN=\"?(?P<name>[^:;,\"]+)\"?[:;])?mailto:(?P<mail>[^,;\s]+)", re.IGNORECASE)
_FROM_HOUR = re.compile(r" (?:à )?(\d{1,2} ?[:h].*)$", re.IGNORECASE)
_SHOWN = 6


def of_calendar(block: Block, findings: Findings) -> Block:
    """Return a block whose people are no addresses, without its events of a whole day beside timed ones: told first."""
    lines = [(number, [_named(cell) for cell in cells]) for number, cells in block.lines]
    block = replace(block, lines=lines) if lines != block.lines else block
    start = next((at for at, title in enumerate(block.titles) if title and starts(title)), -1)
    end = next((at for at, title in enumerate(block.titles) if title and ends(title) and at != start), -1)
    flag = next((at for at, title in enumerate(block.titles) if bare(title) in _ALL_DAY), -1)
    timed = any(_hour(cell_at(cells, start)) is not None for _, cells in block.lines)
    whole = [n for n, cells in block.lines if ticked(cell_at(cells, flag)) or (timed and _whole(cells, start, end))]
    if not whole:
        return block
    called = next((at for at, title in enumerate(block.titles) if bare(title) in CALLED), start)
    names = [as_text(cell_at(cells, called)) for number, cells in block.lines if number in whole]
    many = "un événement d'une journée entière n'est pas lu"
    many = many if len(whole) == 1 else f"{len(whole)} événements d'une journée entière ne sont pas lus"
    told = listing([f"« {each} »" for each in dict.fromkeys(names)], most=_SHOWN)
    todo = "Si c'est du travail, écrivez son début et sa fin."
    findings.left_out(block.grid.place(block.head), f"{many} : {told}. {todo}")
    return replace(block, lines=[line for line in block.lines if line[0] not in whole])


def _named(cell: Cell) -> Cell:
    """Return a cell whose addresses are names.

    >>> _named("mailto:lou@exemple.fr"), _named("CN=Lou:mailto:lou@exemple.fr, CN=Max;mailto:max@exemple.fr")
    ('lou@exemple.fr', 'Lou, Max')
    """
    return _MAIL.sub(lambda found: found["name"] or found["mail"], cell) if isinstance(cell, str) else cell


def _whole(cells: Sequence[Cell], start: int, end: int) -> bool:
    """Tell whether a line goes from a day to a day, or from a midnight to another one: it says no hour of work."""
    first, last = cell_at(cells, start), cell_at(cells, end)
    return _is_day(first) and (_is_day(last) or not as_text(last)) and not (_hour(first) or _hour(last))


def _is_day(cell: Cell) -> bool:
    return is_day(cell) or bool(instant(cell)) or bool(re.fullmatch(r"20\d{6}", as_text(cell)))


def _hour(cell: Cell) -> int | None:
    """Return the minutes since midnight of a day with its hour; None of a day alone, or of anything else."""
    if told := instant(cell):
        return told.hour * 60 + told.minute
    found = _FROM_HOUR.search(as_text(cell)) if isinstance(cell, str) and is_day(cell[: cell.find(" ")]) else None
    minutes = read_or_none(read_hour, found[1]) if found else None
    return None if minutes is None else int(minutes)
