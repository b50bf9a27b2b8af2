"""The unit of times that a sentence above or below a table says: « NB : durées notées en quarts d'heure »."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from kpa_model.files.book.cells import as_text, bare, shown
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of, may_say
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.numbers_alone import bare_number, number
from kpa_model.files.book.reading.spread.codes import LENGTH, is_code
from kpa_model.files.book.reading.spread.titled_units import HALF, in_days_said, part_of_hour, unit_of_title
from kpa_model.words import hours, listing

_SAID = re.compile(
    r"\b(?:dur[ée]es?|temps|heures?|valeurs?|chiffres|nombres?|quantités?|saisies?|times?|hours)\b"
    r".*?(?<!pas )(?<!jamais )(?<!non )\b(?:en|in|comptée?s? par)\b(?P<unit>.+)"
    r"|\bunités?(?: de temps)? ?[:=](?P<told>.+)"
    r"|\b(?:1|une?)(?: (?:unité|case|point|croix|trait|barre|carreau|bâton))? ?"
    r"(?:=|vaut|compte|représente|correspond à)(?P<one>.+)",
    re.IGNORECASE,
)
_DAY_OF_WORK = 12
"""No day of work has more hours; a column of minutes has some number above."""
_TITLE_SAYS = re.compile(r"[(\[]|\ben\b", re.IGNORECASE)


_NEXT = re.compile(r"[,;:.()]|\b(?:et|ou|and|or)\b", re.IGNORECASE)
_NOT = re.compile(r"\s*(pas|non|jamais|sans|not|never)\b", re.IGNORECASE)
_NAMES = {"min": "minutes", "s": "secondes", "h": "heures"}
_MINUTES = re.compile(r"(?<![^\W_])(?:minutes?|mn|(?<=en[ _])min|(?<=[(\[])min)(?![^\W_])", re.IGNORECASE)
"""Names of sheets and files that count minutes, « accueil minutes »; « heures min et max » do not."""
_CORNERS = {"minutes", "min", "mn", "heures", "h"}
_TOPIC = "duree.unite_dite"


def legend_unit(block: Block, times: Collection[int], findings: Findings) -> str:
    """Return the unit of times that a sentence around a table says, which is told; an empty text when none does.

    A comment of the title of some `times`, or of days and people beside them, is such a sentence.

    A unit that the times themselves deny, « 3,5 » minutes, is not followed, and that is told too; whole hours of a day
    may be minutes: it is asked.
    """
    sentences = ((text, found) for text in (*block.above, *block.grid.below) if (found := _SAID.search(text)))
    spoken = chain(((text, unit) for text, found in sentences if (unit := _unit(found))), _commented(block, {*times}))
    named = ((name, "min") for name in block.names[-2:] if _MINUTES.search(name))
    text, unit = next(chain(spoken, named), ("", ""))
    if text:
        findings.understood(block.grid.place(), shown(text))
        part = part_of_hour(unit)
        said = _NAMES.get(unit) or (f"parts de {hours(int(part))}" if part and part.denominator == 1 else unit)
        values = _bare_numbers(block)
        if unit in ("min", "s") and any(each % 1 and each < 24 for each in values):
            told = f"{shown(text)} parle de {said}, et ces temps ressemblent à des heures. Ce n'est pas suivi."
            findings.heed(block.grid.place(), told)
            return ""
        titled = text in block.names[-2:] and any(unit_of_title(title) == "h" for title in block.titles)
        if unit in ("min", "s") and (titled or max(values, default=24) <= _DAY_OF_WORK):
            return _asked(block, text, unit, findings)
        findings.heed(block.grid.place(), f"{shown(text)} : les temps écrits sans unité sont lus en {said}.")
    return unit


def _commented(block: Block, times: set[int]) -> Iterator[tuple[str, str]]:
    """Yield each comment of the title of times, of days or of people, and the unit that it says: « en minutes »."""
    known = dictionaries()["heures"]
    leads = {at: lead.name for at, title in enumerate(block.titles) if (lead := column_of(title, known))}
    ranks = times | {at for at, name in leads.items() if name in ("date", "personne")}
    lines = {block.head, *(number for number, _ in block.upper)}
    for (line, at), text in sorted(block.grid.comments.items()):
        found = _SAID.search(f"temps {text}") if line in lines and at in ranks else None
        first = _NEXT.split(_words(found))[0] if found else ""
        unit = found and (_unit(found) or unit_of_title(f"en {first}"))
        if unit and (part_of_hour(unit) or not re.search(r"\d", first)):  # « en retard de 20 min » is no unit
            yield text, unit


def _asked(block: Block, text: str, unit: str, findings: Findings) -> str:
    """Return the unit of times that a text counts in minutes, and that look like hours: it is asked."""
    answer = block.grid.answers.get(_TOPIC, "")
    if not answer:
        question = f"{shown(text)} parle de {_NAMES[unit]}, et ces temps ressemblent à des heures. Que comptent-ils ?"
        options = tuple((each, f"des {_NAMES[each]}") for each in (unit, "h"))
        doubt = Doubt(_TOPIC, question, options, "Écrivez l'unité dans les cases : 45 min, 3h30.")
        findings.doubt(block.grid.place(), doubt)
    return answer


def _day_unit(block: Block, findings: Findings) -> str:
    """Return days, with their length when it is said, where a name or a sentence counts times in days; it is told."""
    text = next((each for each in (*block.names, *block.grid.below) if in_days_said(each)), "")
    if not text:
        return ""
    lengths = _day_lengths(text)
    unit = str(lengths.pop()) if len(lengths) == 1 else unit_of_title(f"en {text}")
    findings.understood(block.grid.place(), shown(text))
    findings.heed(block.grid.place(), f"{shown(text)} : les temps écrits sans unité sont lus en jours.")
    return unit if unit.isdigit() else "j"


def is_legend(text: str) -> bool:
    """Tell whether a text is a sentence about how times are written."""
    return bool(_SAID.search(text))


def _bare_numbers(block: Block) -> list[Fraction]:
    cells = (cell for at in range(len(block.titles)) for cell in block.column(at) if bare_number(cell))
    return [number(cell) for cell in cells]


def _words(found: re.Match[str]) -> str:
    return str(found["one"] or found["unit"] or found["told"]).strip(" .")


def _unit(found: re.Match[str]) -> str:
    """Return the one unit that words say; days are asked about elsewhere, with their length."""
    said = _words(found)
    if re.match(r"\d+ ?[^\W\d]", said) and (minutes := read_or_none(read_duration, said)):
        return f"{minutes}/60 h"
    parts = _NEXT.split(said)
    first, *others = *(unit_of_title(f"en {each}") for each in parts if not _NOT.match(each)), ""
    both = first in _NAMES and any(each in _NAMES and each != first for each in others)
    return "" if first in ("j", HALF) or first.isdigit() or both else first


def with_legend(block: Block, findings: Findings) -> Block:
    """Return a block whose bare times bear in their title the unit that a sentence around it says; it is told."""
    block, known = _with_day(_with_corner(block), findings), dictionaries()["heures"]
    times = [
        at
        for at, title in enumerate(block.titles)
        if may_say(title, "duree", known)
        and unit_of_title(title) in ("", "h")
        and not _TITLE_SAYS.search(title)
        and any(map(bare_number, block.column(at)))
    ]
    unit = (legend_unit(block, times, findings) or _day_unit(block, findings)) if times else ""
    titles = [f"{title} ({unit})" if unit and at in times else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles)


def _with_corner(block: Block) -> Block:
    """Return a block whose corner, a unit above days, says both: « Minutes » above « 05/10/2026 »."""
    first = block.titles[0]
    days = bare(first) in _CORNERS and len(block.column(0)) > 1 and all(map(is_day, block.column(0)))
    return replace(block, titles=[f"Date / {first}", *block.titles[1:]]) if days else block


def _with_day(block: Block, findings: Findings) -> Block:
    """Return a block whose days bear in their title the length that a sentence around it says, « 1 jour = 8 h »."""
    known = dictionaries()["heures"]
    days = [
        at for at, title in enumerate(block.titles) if may_say(title, "duree", known) and unit_of_title(title) == "j"
    ]
    around = (*block.above, *block.grid.below) if days else ()
    said = [(unit, text) for text in around if (unit := unit_of_title(text)).isdigit()]
    if len({unit for unit, _ in said}) != 1:
        return block
    ((unit, text), *_) = said
    findings.understood(block.grid.place(), shown(text))
    findings.heed(block.grid.place(), f"{shown(text)} : un jour est lu {hours(int(unit))}.")
    return replace(
        block, titles=[f"{title} ({unit})" if at in days else title for at, title in enumerate(block.titles)]
    )


_DAY = re.compile(
    r"(?<!\w)(?P<half>½|1/2|demi[ -]?)? ?(?:1 ?|une )?(?:j|jrs?|jours?|journ[ée]e)\b(?: de travail)?"
    r" ?(?:=|:|vaut|compte|fait) ?(?P<time>\d+ ?h(?: ?\d\d)?)",
    re.IGNORECASE,
)
"""« 1 j = 7 h, ½ j = 3 h 30 »."""


def _day_lengths(text: str) -> set[int]:
    """Return how many minutes a day of work lasts, as a text says it, by whole days and by halves."""
    found = ((each, read_or_none(read_duration, each["time"])) for each in _DAY.finditer(text))
    return {int((2 if each["half"] else 1) * length) for each, length in found if length}


def with_day_length(grid: Grid, findings: Findings) -> Grid:
    """Return a grid that knows how long a day of work is, when a text of it says so and cells count in days.

    It wins over what was answered about another file.
    """
    texts = {cell: as_text(cell) for _, cells in grid.lines for cell in cells if isinstance(cell, str)}
    found = {text: told for text in (*texts.values(), *grid.below) if (told := _day_lengths(text))}
    lengths = set[int]().union(*found.values())
    if len(lengths) != 1 or not any(is_code(cell) and text.casefold() != "jour" for cell, text in texts.items()):
        return grid
    legend, length = next(iter(found)), lengths.pop()
    findings.understood(grid.place(), shown(legend))
    said = listing([shown(each[0]) for each in _DAY.finditer(legend)])
    findings.heed(grid.place(), f"{said} : un jour est lu {hours(length)}.")
    return replace(grid, answers={**grid.answers, LENGTH: str(length), f"duree.{LENGTH}": str(length)})
