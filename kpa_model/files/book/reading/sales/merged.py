"""A number that stands in one cell over several lines or columns: for each, or for all together? It is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.tables import Row
from kpa_model.words import euros, hours, number

_TOPICS = {"euros": "montant_ht.fusion", "duree": "duree.fusion", "nombre": "nombre.fusion"}
_TODO = "Défaites la fusion des cellules, et écrivez le nombre de chaque ligne."


def counted_once(rows: Iterable[Row], dictionary: Dictionary, findings: Findings) -> list[Row]:
    """Return rows where a merged number counts as the group says; until then, a doubt refuses it."""
    rows = list(rows)
    gone = set[int]()
    for name, group in _merged([row for row in rows if row.grid.merged], dictionary):
        kind, first = dictionary.column(name).kind, group[0]
        answer = first.grid.answers.get(_TOPICS[kind], "")
        if not answer:
            findings.doubt(first.place(name), _doubt(name, kind, group))
        elif answer == "ensemble" and kind == "duree":
            for row in group:
                part = Fraction(row.values[name], len(group))
                row.values[name] = int(part) if part.denominator == 1 else part
        elif answer == "ensemble":
            gone |= {id(row) for row in group[1:]}
    return [row for row in rows if id(row) not in gone]


def _merged(rows: Sequence[Row], dictionary: Dictionary) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows that share one cell of a number, with its column; two amounts of the same lines once."""
    told = set[tuple[str, ...]]()
    for column in (*dictionary.columns, *dictionary.aids):
        groups: dict[tuple[str, str, tuple[int, int]], list[Row]] = defaultdict(list)
        for row in rows if column.kind in _TOPICS else ():
            place = row.place(column.name)
            if column.name in row.values and (start := row.grid.merged.get((place.line, place.column))):
                groups[place.file, place.sheet, start].append(row)
        for group in groups.values():
            key = (column.kind, *(str(id(row)) for row in group))
            if len(group) > 1 and key not in told:
                told.add(key)
                yield column.name, group


def _number(hundredths: int) -> str:
    return number(Decimal(hundredths) / 100)


def _doubt(name: str, kind: str, group: Sequence[Row]) -> Doubt:
    first, last, value = group[0], group[-1], group[0].values[name]
    tell: Callable[[Any], str] = euros if kind == "euros" else hours if kind == "duree" else _number
    lines, wide = (int(first.line), int(last.line)), first.line == last.line
    where = f"plusieurs colonnes de la ligne {lines[0]}" if wide else f"les lignes {lines[0]} à {lines[1]}"
    each, every = ("chaque colonne", "toutes ces colonnes") if wide else ("chaque ligne", "toutes ces lignes")
    options = (
        ("ensemble", f"pour {every} ensemble : {tell(value)} en tout"),
        ("chacune", f"pour {each} : {tell(value * len(group))} en tout"),
    )
    question = f"« {tell(value)} » est dans une seule case pour {where}. Est-ce pour chacune, ou pour toutes ensemble ?"
    return Doubt(_TOPICS[kind], question, options, _TODO)
