"""The unit of times that a sentence above or below a table says: « NB : durées notées en quarts d'heure »."""

from __future__ import annotations

import re
from dataclasses import replace

from kpa_model.files.book.cells import shown
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import read_or_none
from kpa_model.files.book.reading.columns.times import bare_number
from kpa_model.files.book.reading.spread.titled_units import HALF, unit_of_title

_SAID = re.compile(
    r"\b(?:dur[ée]es?|temps|heures?|valeurs?|chiffres|nombres?|quantités?|saisies?|times?|hours)\b"
    r".*?\b(?:en|in|comptée?s? par)\b(?P<unit>.+)|\bunités?(?: de temps)? ?[:=](?P<told>.+)"
    r"|\b(?:1|une?)(?: (?:unité|case|point|croix|trait|barre|carreau|bâton))? ?"
    r"(?:=|vaut|compte|représente|correspond à)(?P<one>.+)",
    re.IGNORECASE,
)
_TITLE_SAYS = re.compile(r"[(\[]|\ben\b", re.IGNORECASE)


def legend_unit(block: Block) -> tuple[str, str]:
    """Return the unit of times that a sentence around a table says, and this sentence; empty texts when none does."""
    for text in (*block.above, *block.grid.below):
        if (found := _SAID.search(text)) and (unit := _unit(found)):
            return unit, text
    return "", ""


def _unit(found: re.Match[str]) -> str:
    """Return the unit that words say; days are asked about elsewhere, with their length."""
    one = (found["one"] or "").strip(" .")
    if one and (minutes := read_or_none(read_duration, one)):
        return f"{minutes}/60 h"
    unit = unit_of_title(f"en {one or found['unit'] or found['told']}")
    return "" if unit in ("j", HALF) or unit.isdigit() else unit


def with_legend(block: Block, findings: Findings) -> Block:
    """Return a block whose bare times bear in their title the unit that a sentence around it says; it is told."""
    block = _with_day(block, findings)
    unit, text = legend_unit(block)
    hours = dictionaries()["heures"]
    times = [
        at
        for at, title in enumerate(block.titles if unit else ())
        if may_say(title, "duree", hours)
        and unit_of_title(title) in ("", "h")
        and not _TITLE_SAYS.search(title)
        and any(map(bare_number, block.column(at)))
    ]
    if times:
        say_legend(block, text, findings)
    titles = [f"{title} ({unit})" if at in times else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles)


def _with_day(block: Block, findings: Findings) -> Block:
    """Return a block whose days bear in their title the length that a sentence around it says, « 1 jour = 8 h »."""
    hours = dictionaries()["heures"]
    days = [
        at for at, title in enumerate(block.titles) if may_say(title, "duree", hours) and unit_of_title(title) == "j"
    ]
    around = (*block.above, *block.grid.below) if days else ()
    said = [(unit, text) for text in around if (unit := unit_of_title(text)).isdigit()]
    if len({unit for unit, _ in said}) != 1:
        return block
    ((unit, text), *_) = said
    say_legend(block, text, findings)
    return replace(
        block, titles=[f"{title} ({unit})" if at in days else title for at, title in enumerate(block.titles)]
    )


def say_legend(block: Block, text: str, findings: Findings) -> None:
    """Tell that a sentence around a table says the unit of its times."""
    findings.understood(block.grid.place(), shown(text))
    findings.heed(block.grid.place(), f"{shown(text)} dit l'unité des temps écrits sans unité.")
