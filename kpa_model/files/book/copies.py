"""Two files, or two sheets, that say the same lines: a copy made by a machine or a hand. Counted once, never twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Findings, Place
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Row
from kpa_model.words import count, euros, hours

_CALLED = {
    "factures": "les mêmes factures",
    "encaissements": "les mêmes paiements",
    "achats": "les mêmes achats",
    "heures": "les mêmes heures",
}
_STAKES = {"factures": "montant_ht", "encaissements": "montant_ttc", "achats": "montant_ht", "heures": "duree"}
_TODO = "Gardez le bon, et sortez l'autre du dossier."


def each_once(files: Iterable[GivenFile], findings: Findings) -> list[GivenFile]:
    """Return files of which none is another one byte for byte, as « heures (1).csv » often is; what is left is told."""
    kept: dict[bytes, GivenFile] = {}
    for file in files:
        first = kept.setdefault(file.data, file)
        if first is not file:
            text = f"c'est le même fichier que « {first.name} », à la lettre près. Il n'est compté qu'une fois."
            findings.heed(Place(file.name), text)
    return list(kept.values())


def refuse_copies(tables: Mapping[str, Iterable[Row]], findings: Findings) -> None:
    """Refuse two places that say the same lines, as « factures.csv » and « factures (1).csv » do."""
    for table, called in _CALLED.items():
        places: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in tables.get(table, ()):
            places[row.grid.file, row.grid.sheet].append(row)
        for one, other in combinations(places.values(), 2):
            _compare(table, called, one, other, findings)


def _compare(table: str, called: str, one: list[Row], other: list[Row], findings: Findings) -> None:
    ours, theirs = Counter(map(_content, one)), Counter(map(_content, other))
    shared = (ours & theirs).total()
    numbers = {same(row.get("facture", "")) for row in one} & {same(row.get("facture", "")) for row in other}
    clashing = table == "factures" and bool(numbers - {""})
    if not clashing and shared * 2 < min(len(one), len(other)):
        return
    if not shared and not clashing:
        return
    twice = [row for row in other if _content(row) in ours or (clashing and same(row.get("facture", "")) in numbers)]
    weigh = sum(row.get(_STAKES[table], 0) for row in twice)
    told = hours(round(weigh)) if table == "heures" else euros(weigh)
    names = f"« {_name(one[0].grid)} » et « {_name(other[0].grid)} »"
    what = f"{names} disent {called} : {count(len(twice), 'ligne', 'lignes')}, {told}."
    findings.problem(other[0].grid.place(), what, _TODO)


def _name(grid: Grid) -> str:
    return grid.sheet or grid.file


def _content(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, str(value)) for column, value in row.values.items() if column != "note"))
