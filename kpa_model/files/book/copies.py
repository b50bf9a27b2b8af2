"""Two files, or two sheets, that say the same lines: a copy made by a machine or a hand. Counted once, never twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.dates import Period
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Row, Tables, by_list
from kpa_model.files.book.where import Place
from kpa_model.words import count, euros, hours, listing

_CALLED = {
    "factures": "les mêmes factures",
    "encaissements": "les mêmes paiements",
    "achats": "les mêmes achats",
    "heures": "les mêmes heures",
}
_STAKES = {"factures": "montant_ht", "encaissements": "montant_ttc", "achats": "montant_ht", "heures": "duree"}
TWICE, ONCE = "heures.deux_fois", "une"
_TODO = "Gardez le bon fichier, ou la bonne feuille, et retirez l'autre."
_OVERLAP = "Chacun a aussi des lignes à lui : retirez de l'un les lignes que l'autre dit déjà."


def each_once(files: Iterable[GivenFile], findings: Findings) -> list[GivenFile]:
    """Return files of which none is another one byte for byte; what is left is told, the shortest name is the first."""
    given, kept = list(files), dict[bytes, GivenFile]()
    for file in sorted(given, key=lambda each: len(each.name)):  # « heures (1).csv » is a copy of « heures.csv »
        first = kept.setdefault(file.data, file)
        if first is not file:
            text = f"c'est le même fichier que « {first.name} », à la lettre près. Il n'est compté qu'une fois."
            findings.heed(Place(file.name), text)
    return [file for file in given if kept[file.data] is file]


def without_overlap(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return invoices where what two lists tell counts once, when one has others of its own: « Impayés », of a year."""
    places: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    rows = list(rows)
    for row in rows:
        places[row.source][same(row.get("facture", ""))].append(row)
    gone = set[int]()
    for one, other in combinations(places.values(), 2):
        both = one.keys() & other.keys() - {""}
        if both == one.keys() and len(one) < len(other):
            one, other = other, one
        said = _sum if both == other.keys() else _content  # the other list tells nothing else
        alike = all(Counter(map(said, one[each])) == Counter(map(said, other[each])) for each in both)
        if not both or not alike or both == one.keys():
            continue
        twice = [row for each in sorted(both) for row in other[each] if id(row) not in gone]
        gone |= {id(row) for row in twice}
        if twice:
            first, second = twice[0].grid, one[min(both)][0].grid
            told = listing([f"« {number} »" for number in dict.fromkeys(str(r.get("facture")) for r in twice)], most=6)
            text = f"{told} : c'est aussi dans « {_name(second, first)} ». Cela compte une fois."
            findings.heed(first.place(), text)
    return [row for row in rows if id(row) not in gone]


def refuse_copies(tables: Mapping[str, Iterable[Row]], findings: Findings) -> None:
    """Refuse two places that say the same lines, or lines corrected since: « achats.csv » and « achats (1).csv »."""
    for table, called in _CALLED.items():
        for one, other in combinations(by_list(tables.get(table, ())), 2):
            said = other[0].grid.answers.get(TWICE, "") if table == "heures" else ""
            if not said and _compare(table, called, one, other, findings):
                continue
            if said == ONCE or (not said and _of_one_name(one[0].grid, other[0].grid)):
                _refuse_versions(table, one, other, findings)


def _compare(table: str, called: str, one: list[Row], other: list[Row], findings: Findings) -> bool:
    """Tell whether two places say the same lines, once it is refused."""
    ours, theirs = Counter(map(_content, one)), Counter(map(_content, other))
    shared = (ours & theirs).total()
    numbers = {same(row.get("facture", "")) for row in one} & {same(row.get("facture", "")) for row in other}
    clashing = table == "factures" and bool(numbers - {""})
    if not clashing and (not shared or shared * 2 < min(len(one), len(other))):
        return False
    twice = [row for row in other if _content(row) in ours or (clashing and same(row.get("facture", "")) in numbers)]
    told = _told(table, sum(row.get(_STAKES[table], 0) for row in twice))
    names = f"« {_name(one[0].grid, other[0].grid)} » et « {_name(other[0].grid, one[0].grid)} »"
    what = f"{names} disent {called} : {count(len(twice), 'ligne', 'lignes')}, {told}."
    more = [(_name(a[0].grid, b[0].grid), len(a) - len(b)) for a, b in ((one, other), (other, one)) if len(a) > len(b)]
    if clashing and more:
        what = f"{what} « {more[0][0]} » en a {more[0][1]} de plus."
    own = len(twice) < min(len(one), len(other))
    findings.problem(other[0].grid.place(), what, _OVERLAP if own else _TODO)
    return True


def _of_one_name(one: Grid, other: Grid) -> bool:
    """Tell whether two places have the name of a same file, or sheet, and of its copy: « suivi », « suivi (1) »."""
    names = (_name(one, other), _name(other, one))
    first, second = (_COPY.sub("", same(PurePosixPath(name).stem if "." in name else name)) for name in names)
    return first == second


_COPY = re.compile(
    r"^copie? (de|of) |[ .]*(\(\d+\)|\bcop(ie|y)\b( \d+)?|\bbis\b|\bv(ersion)? ?\d+|\b\d\b"
    r"|\b(corrige|revu|final|definiti[fv]|nouveau|nouvelle|new)e?\b)[ .]*"
)


def _refuse_versions(table: str, one: list[Row], other: list[Row], findings: Findings) -> None:
    """Refuse lines that say the same thing but its amount or its time: one of the two was corrected since."""
    both = Counter(map(_content, one)) & Counter(map(_content, other))
    ours, theirs = (_but(rows, both.copy()) for rows in (one, other))
    pairs = [pair for key, rows in theirs.items() for pair in zip(ours.get(key, ()), rows, strict=False)]
    if not pairs:
        return
    first, second = pairs[0]
    who = first.get("personne") or first.get("libelle") or first.get("facture") or "une ligne"
    day = f", le {first.get('date'):%d/%m/%Y}" if first.get("date") else ""
    told = [
        f"{_told(table, row.get(_STAKES[table], 0))} dans « {_name(row.grid, not_it.grid)} »"
        for row, not_it in (pairs[0], pairs[0][::-1])
    ]
    more = f" De même pour {count(len(pairs) - 1, 'autre ligne', 'autres lignes')}." if len(pairs) > 1 else ""
    what = f"{who}{day} : {told[0]}, {told[1]}. Est-ce la même ligne, corrigée depuis ?{more}"
    todo = f"{_TODO} Si ce sont deux lignes différentes, écrivez-le dans leur libellé."
    findings.problem(second.place(_STAKES[table]), what, todo)


def _told(table: str, weigh: Fraction | int) -> str:
    return hours(round(weigh)) if table == "heures" else euros(weigh)


def _but(
    rows: Iterable[Row], told: Counter[tuple[tuple[str, str], ...]]
) -> dict[tuple[tuple[str, str], ...], list[Row]]:
    """Return rows by what they say beside amounts and times, without those told as often by the other place."""
    found = defaultdict[tuple[tuple[str, str], ...], list[Row]](list)
    for row in rows:
        if told[_content(row)] > 0:
            told[_content(row)] -= 1
        elif row.get("date"):
            found[tuple(each for each in _content(row) if each[0] not in _CORRECTED)].append(row)
    return found


_CORRECTED = {"duree", "debut", "fin", "pause", "quantite", "montant_ht", "montant_ttc", "montant_tva"}


def _name(grid: Grid, other: Grid) -> str:
    """Return what tells a place from another one: its file, or its sheet when both are in one."""
    return grid.sheet if grid.file == other.file else grid.file


def worked_once(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return hours where what two places say of one person, day and time counts once, when the group says so; asked."""
    rows = list(rows)
    places: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        places[row.source].append(row)
    gone = set[int]()
    for one, other in combinations(places.values(), 2):
        twins = _twins(one, other)
        alone = len(twins) == 1 and len(one) > 2 < len(other) and not _of_one_name(one[0].grid, other[0].grid)
        if not twins or alone:
            _tell_twin(twins, one[0].grid, other[0].grid, findings)
            continue
        answer = other[0].grid.answers.get(TWICE, "")
        if answer == ONCE:
            gone |= {id(row) for row in twins}
        elif not answer:
            _ask_twins(twins, one[0].grid, other[0].grid, findings)
    return [row for row in rows if id(row) not in gone]


def _twins(one: Iterable[Row], other: Iterable[Row]) -> list[Row]:
    """Return the lines of a place that another one tells too: the same person, day and time, as many times."""
    left = Counter(map(_work, one))
    found = list[Row]()
    for row in other:
        if left[key := _work(row)] > 0 and row.get("duree") and row.get("personne"):
            left[key] -= 1
            found.append(row)
    return found


def _work(row: Row) -> tuple[str, str, str]:
    return same(row.get("personne", "")), _written(row.get("date", "")), str(row.get("duree", ""))


def _written(value: Any) -> str:
    """Return a value as a text; a whole week is not its Monday."""
    return value.told if isinstance(value, Period) else str(value)


def _told_twins(twins: list[Row], one: Grid, other: Grid) -> str:
    first, more = twins[0], f" et {count(len(twins) - 1, 'autre', 'autres')}" if len(twins) > 1 else ""
    day = f"{first.get('date'):%d/%m/%Y}" if first.get("date") else ""
    where = f"dans « {_name(one, other)} » et dans « {_name(other, one)} »"
    return f"{first.get('personne')}, le {day}, {hours(round(first.get('duree')))}{more} : c'est écrit {where}."


def _ask_twins(twins: list[Row], one: Grid, other: Grid, findings: Findings) -> None:
    question = f"{_told_twins(twins, one, other)} Est-ce le même travail ?"
    options = ((ONCE, "oui : le compter une fois"), ("deux", "non : ce sont d'autres heures"))
    findings.doubt(twins[0].place("duree"), Doubt(TWICE, question, options, "Gardez un seul des deux."))


def _tell_twin(twins: list[Row], one: Grid, other: Grid, findings: Findings) -> None:
    for row in twins:
        findings.heed(row.place("duree"), f"{_told_twins(twins, one, other)} C'est compté deux fois.")


def _sum(row: Row) -> tuple[str, ...]:
    """Return what an invoice is, whatever columns a list has: its number, its day, its amount."""
    return same(row.get("facture", "")), str(row.get("date", "")), str(row.get("montant_ht", ""))


def _content(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, _written(value)) for column, value in row.values.items() if column != "note"))


# --- lines of one file ------------------------------------------------------------------------------------------------


def repeated_lines(tables: Tables, findings: Findings) -> None:
    """Tell the lines that say exactly the same as another one: often a paste made twice, sometimes right."""
    for table in ("factures", "encaissements", "achats", "heures"):
        first: dict[object, Row] = {}
        found: dict[object, list[Row]] = defaultdict(list)  # the days of a period are those of one line
        for row in tables.get(table, []):
            content = tuple(sorted((column, str(value)) for column, value in row.values.items()))
            if first.setdefault(content, row) is not row:
                found[row.place(), row.get("personne")].append(row)
        if again := [*found.values()]:
            numbers = [*dict.fromkeys(str(rows[0].line) for rows in again)]
            lines = listing(numbers, most=10)
            what = f"la ligne {lines} dit" if len(numbers) == 1 else f"les lignes {lines} disent"
            told = " ; ".join(map(_said, again[:3])) + ("…" if len(again) > 3 else "")
            counted = "Elle compte." if len(numbers) == 1 else "Elles comptent."
            text = f"{what} la même chose qu'une autre ({told}). {counted} Est-ce voulu ?"
            findings.heed(again[0][0].grid.place(), text)


def _said(rows: Sequence[Row]) -> str:
    """Return what a line says, short: who or what, which days, how much."""
    own = rows[0].values
    named = (str(own.get(name, "")) for name in ("personne", "facture", "libelle"))
    days = [day for row in rows if (day := row.get("date"))]
    when = days and (f"{days[0]:%d/%m/%Y}" if len(days) == 1 else Period.between(min(days), max(days)).told)
    length, sum_ = sum(row.get("duree") or 0 for row in rows), own.get("montant_ht", own.get("montant_ttc"))
    much = hours(round(length)) if "duree" in own else euros(sum_) if sum_ is not None else ""
    return ", ".join(filter(None, (next(filter(None, named), ""), when or "", much)))
