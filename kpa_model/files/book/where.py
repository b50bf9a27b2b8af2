"""Where something was read, as people say it, and what holds in several places told once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpa_model.errors import placed
from kpa_model.words import listing

_ENDING = re.compile(r"\.[A-Za-z]{2,12}$")
_SHEETS = 3
"""From this number of sheets on, what holds in each of them is told once."""
_NAMED = 5
"""Up to this number of files or sheets, all are named."""


def letter(column: int) -> str:
    """Return the letters a spreadsheet gives to a column: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name, column = chr(ord("A") + column % 26) + name, column // 26 - 1
    return name


@dataclass(frozen=True, order=True)
class Place:
    """One spot in what people gave. `line` counts from 1, `column` from 0; zero and −1 mean the whole."""

    file: str
    sheet: str = ""
    line: int = 0
    column: int = -1
    title: str = ""

    def within(self, file: str, sheet: str) -> bool:
        """Tell whether it is in a sheet."""
        return (self.file, self.sheet) == (file, sheet)

    def __str__(self) -> str:
        """Return `Fichier carnet.xlsx, feuille « factures », ligne 7, colonne C « Montant HT »`."""
        kind = "Fichier" if _ENDING.search(self.file) else "Dossier"
        parts = [f"{kind} {self.file}"] if self.file else []
        parts += [f"feuille « {self.sheet} »"] if self.sheet else []
        parts += [f"ligne {self.line}"] if self.line else []
        if self.column >= 0:
            parts.append(f"colonne {letter(self.column)}" + (f" « {self.title} »" if self.title else ""))
        elif self.title:
            parts.append(f"champ « {self.title} »")
        return ", ".join(parts)


def sentences(notes: list[tuple[Place, str]], merging: bool = True) -> tuple[str, ...]:
    """Return notes as sentences; the same one of several files once when they are `merging`, without its lines."""
    groups: dict[tuple[str, str, int, str], list[Place]] = defaultdict(list)
    for place, text in sorted(notes):
        file = "" if place == Place(place.file) else place.file
        groups[file, place.sheet, place.column, text].append(place)
    sheets: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (file, sheet, _, text), places in groups.items():
        if file and sheet:
            sheets[file, text][sheet] = sheets[file, text].get(sheet, 0) + len(places)
    files: dict[str, dict[str, None]] = defaultdict(dict)
    for file, _, _, text in groups if merging else ():
        files[text] |= {file: None} if file and not _FIGURE.search(text) else {}
    told: dict[str, None] = {}
    for (file, sheet, _, text), places in groups.items():
        many = sheets.get((file, text), {})
        if file and len(files[text]) > 1:
            told[_over_files([*files[text]], text)] = None
            continue
        told[_over_sheets(file, many, text) if sheet and len(many) >= _SHEETS else _gathered(places, text)] = None
    return tuple(told)


def _over_files(files: Sequence[str], text: str) -> str:
    """Return one note for every file where it holds."""
    said = listing(files) if len(files) <= _NAMED else f"{', '.join(files[:_SHEETS])}… ({len(files)} fichiers)"
    return f"Fichiers {said} : {text}"


def _over_sheets(file: str, sheets: Mapping[str, int], text: str) -> str:
    """Return one note for every sheet of a workbook where it holds."""
    names = [f"« {sheet} »" for sheet in sheets]
    said = listing(names) if len(names) <= _NAMED else f"{', '.join(names[:_SHEETS])}… ({len(names)} feuilles)"
    times = f" Cela arrive {sum(sheets.values())} fois." if sum(sheets.values()) > len(sheets) else ""
    each = ", dans chacune" if _FIGURE.search(text) else ""
    return f"Fichier {file}, feuilles {said}{each} : {text}{times}"


_FIGURE = re.compile(r"\b\d")
"""What is said of one place, « 4 h », would look like a sum of several of them."""


def _gathered(places: list[Place], text: str) -> str:
    """Return one note for every place where it holds."""
    if len(places) == 1 or not str(places[0]):
        return placed(places[0], text)
    if not places[0].line:
        files = list(dict.fromkeys(place.file for place in places))
        each = ", dans chacun" if len(files) > 1 and _FIGURE.search(text) else ""
        return f"{'Fichiers' if len(files) > 1 else 'Fichier'} {listing(files)}{each} : {text}"
    return f"{places[0]} : {text} Cela arrive {len(places)} fois."
