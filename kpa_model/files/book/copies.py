"""Two files, or two sheets, that say the same lines: a copy made by a machine or a hand. Counted once, never twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Doubt, Findings, Place
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
TWICE, _ONCE = "heures.deux_fois", "une"
_TODO = "Gardez le bon, et retirez l'autre."


def each_once(files: Iterable[GivenFile], findings: Findings) -> list[GivenFile]:
    """Return files of which none is another one byte for byte; what is left is told, the shortest name is the first."""
    given, kept = list(files), dict[bytes, GivenFile]()
    for file in sorted(given, key=lambda each: len(each.name)):  # « heures (1).csv » is a copy of « heures.csv »
        first = kept.setdefault(file.data, file)
        if first is not file:
            text = f"c'est le même fichier que « {first.name} », à la lettre près. Il n'est compté qu'une fois."
            findings.heed(Place(file.name), text)
    return [file for file in given if kept[file.data] is file]


def refuse_copies(tables: Mapping[str, Iterable[Row]], findings: Findings) -> None:
    """Refuse two places that say the same lines, as « factures.csv » and « factures (1).csv » do."""
    for table, called in _CALLED.items():
        places: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in tables.get(table, ()):
            places[row.grid.file, row.grid.sheet].append(row)
        for one, other in combinations(places.values(), 2):
            if table != "heures" or TWICE not in other[0].grid.answers:  # the group said what these hours are
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
    names = f"« {_name(one[0].grid, other[0].grid)} » et « {_name(other[0].grid, one[0].grid)} »"
    what = f"{names} disent {called} : {count(len(twice), 'ligne', 'lignes')}, {told}."
    more = [(_name(a[0].grid, b[0].grid), len(a) - len(b)) for a, b in ((one, other), (other, one)) if len(a) > len(b)]
    if clashing and more:
        what = f"{what} « {more[0][0]} » en a {more[0][1]} de plus."
    findings.problem(other[0].grid.place(), what, _TODO)


def _name(grid: Grid, other: Grid) -> str:
    """Return what tells a place from another one: its file, or its sheet when both are in one."""
    return grid.sheet if grid.file == other.file else grid.file


def worked_once(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return hours where what two places say of one person, day and time counts once, when the group says so; asked."""
    rows = list(rows)
    places: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        places[row.grid.file, row.grid.sheet].append(row)
    gone = set[int]()
    for one, other in combinations(places.values(), 2):
        twins = _twins(one, other)
        if not twins or (len(twins) == 1 and len(one) > 2 < len(other)):
            _tell_twin(twins, one[0].grid, other[0].grid, findings)
            continue
        answer = other[0].grid.answers.get(TWICE, "")
        if answer == _ONCE:
            gone |= {id(row) for row in twins}
        elif not answer:
            _ask_twins(twins, one[0].grid, other[0].grid, findings)
    return [row for row in rows if id(row) not in gone]


def _twins(one: Iterable[Row], other: Iterable[Row]) -> list[Row]:
    """Return the lines of a place that another one tells too: the same person, day and time, as many times."""
    left = Counter(map(_work, one))
    found = list[Row]()
    for row in other:
        if left[key := _work(row)] > 0 and row.get("duree"):
            left[key] -= 1
            found.append(row)
    return found


def _work(row: Row) -> tuple[str, str, str]:
    return same(row.get("personne", "")), str(row.get("date", "")), str(row.get("duree", ""))


def _told_twins(twins: list[Row], one: Grid, other: Grid) -> str:
    first, more = twins[0], f" et {count(len(twins) - 1, 'autre', 'autres')}" if len(twins) > 1 else ""
    day = f"{first.get('date'):%d/%m/%Y}" if first.get("date") else ""
    where = f"dans « {_name(one, other)} » et dans « {_name(other, one)} »"
    return f"{first.get('personne')}, le {day}, {hours(round(first.get('duree')))}{more} : c'est écrit {where}."


def _ask_twins(twins: list[Row], one: Grid, other: Grid, findings: Findings) -> None:
    question = f"{_told_twins(twins, one, other)} Est-ce le même travail ?"
    options = ((_ONCE, "oui : le compter une fois"), ("deux", "non : ce sont d'autres heures"))
    findings.doubt(twins[0].place("duree"), Doubt(TWICE, question, options, "Gardez un seul des deux."))


def _tell_twin(twins: list[Row], one: Grid, other: Grid, findings: Findings) -> None:
    for row in twins:
        findings.heed(row.place("duree"), f"{_told_twins(twins, one, other)} C'est compté deux fois.")


def _content(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, str(value)) for column, value in row.values.items() if column != "note"))
