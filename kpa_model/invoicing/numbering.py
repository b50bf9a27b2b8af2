"""Numbers without a gap: one series per kind of document and per year, kept in a register that only grows.

Everything made here is for training: each number begins with `EX-`, so that none is ever taken for a real one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from kpa_model.errors import Problem, UnreadableFile
from kpa_model.invoicing.document import DocumentKind
from kpa_model.places import personal
from kpa_model.whole_file import write_whole
from kpa_model.words import count, listing

MARK = "EX-"
LETTERS = {DocumentKind.QUOTE: "D", DocumentKind.INVOICE: "F", DocumentKind.CREDIT_NOTE: "A"}
_WRITTEN = re.compile(r"EX-(?P<letter>[DFA])(?P<year>\d{4})-(?P<rank>\d{3,6})")


@dataclass(frozen=True)
class Entry:
    """One document given a number: cents with tax, and for whom."""

    number: str
    issued_on: date
    customer: str
    with_tax: int


def written(kind: DocumentKind, year: int, rank: int) -> str:
    """Return `EX-F2026-007`."""
    return f"{MARK}{LETTERS[kind]}{year}-{rank:03d}"


def next_number(entries: Iterable[Entry], kind: DocumentKind, year: int) -> str:
    """Return the number that follows the last one of its series."""
    ranks = [rank for series, rank in map(_parts, (each.number for each in entries)) if series == (LETTERS[kind], year)]
    return written(kind, year, max(ranks, default=0) + 1)


def troubles(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return what is wrong in a register, as French sentences: holes, repeated numbers, dates that go back."""
    said: list[str] = []
    series: dict[tuple[str, int], list[Entry]] = {}
    for each in entries:
        series.setdefault(_parts(each.number)[0], []).append(each)
    for (letter, year), members in series.items():
        ranks = [_parts(each.number)[1] for each in members]
        kind = next(kind for kind, known in LETTERS.items() if known == letter)
        missing = [written(kind, year, rank) for rank in range(1, max(ranks)) if rank not in ranks]
        twice = sorted({each.number for each in members if ranks.count(_parts(each.number)[1]) > 1})
        if missing:
            verb = "manque" if len(missing) == 1 else "manquent"
            said.append(f"{listing(missing[:5])} {verb} : {count(len(missing), 'trou')} dans la suite.")
        said += [f"{number} est donné deux fois." for number in twice]
        ordered = sorted(members, key=lambda each: _parts(each.number)[1])
        said += [
            f"{after.number} porte une date avant {before.number}."
            for before, after in pairwise(ordered)
            if after.issued_on < before.issued_on
        ]
    return tuple(said)


def _parts(number: str) -> tuple[tuple[str, int], int]:
    found = _WRITTEN.fullmatch(number)
    if not found:
        what, todo = f"« {number[:30]} » n'est pas un numéro d'exercice.", "Écrivez par exemple EX-F2026-001."
        raise UnreadableFile(Problem("Registre des numéros", what, todo))
    return (found["letter"], int(found["year"])), int(found["rank"])


def register_path() -> Path:
    """Return where the numbers given on this machine are kept."""
    return personal() / "documents" / "registre.json"


def read_register(path: Path) -> tuple[Entry, ...]:
    """Return what the register holds; nothing when there is none yet. Raises UnreadableFile."""
    if not path.exists():
        return ()
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        found = tuple(
            Entry(str(each["numero"]), date.fromisoformat(each["date"]), str(each["client"]), int(each["ttc"]))
            for each in rows
        )
    except (ValueError, KeyError, TypeError):
        todo = f"Renommez « {path.name} » : le cahier en recommence un."
        raise UnreadableFile(Problem("Registre des numéros", "il ne se lit pas.", todo)) from None
    for each in found:
        _parts(each.number)
    return found


def add_to_register(path: Path, kind: DocumentKind, issued_on: date, customer: str, with_tax: int) -> Entry:
    """Give the next number of a series, write it down at once, and return it. Raises UnreadableFile."""
    entries = read_register(path)
    entry = Entry(next_number(entries, kind, issued_on.year), issued_on, customer, with_tax)
    rows = [
        {"numero": each.number, "date": each.issued_on.isoformat(), "client": each.customer, "ttc": each.with_tax}
        for each in (*entries, entry)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(rows, ensure_ascii=False, indent=1))
    return entry
