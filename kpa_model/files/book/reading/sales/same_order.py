"""Lines of one job or of one invoice: who else worked, a second payment, a number merged over several of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import as_text, bare, cell_at, read_euros, same
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.remarks import day_said
from kpa_model.files.book.tables import Given, Row
from kpa_model.money import part_of
from kpa_model.words import count, euros, hours, listing, number

TOPIC, _ONE = "prix.repete", "une"
_SHOWN = 8
_NUMBERS = {"facture", "nfacture", "numero", "n"}


@dataclass(frozen=True)
class Ranks:
    """Where a sheet says its days, customers, people, prices, what was done, and the number of an invoice."""

    day: int
    customer: int
    who: int
    price: int
    label: int = -1
    number: int = -1

    @property
    def job(self) -> tuple[int, ...]:
        """Return the columns that say which job a line is of."""
        return self.day, self.customer, self.label, self.number


def repeated(block: Block, lines: Sequence[Line], ranks: Ranks, findings: Findings) -> list[Line]:
    """Return the lines whose price only says again that of the line above: one sale, for several people; asked once.

    Those are lines of one customer, one day, one work, whose people differ, without a number of invoice.
    """
    groups: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in lines:
        told = [same(as_text(cell_at(line[1], at))) for at in (ranks.day, ranks.customer, ranks.label, ranks.price)]
        if ranks.number < 0 and ranks.who >= 0 and told[1] and _priced(line, ranks):
            groups[tuple(told)].append(line)
    several = [group for group in groups.values() if len(group) > 1 and _by_others(group, ranks)]
    if not several:
        return []
    answer = block.grid.answers.get(TOPIC, "")
    if not answer:
        number, cells = several[0][0]
        price, customer = as_text(cells[ranks.price]), as_text(cells[ranks.customer])
        head = f"« {price} » est écrit sur {count(len(several[0]), 'ligne')} de « {customer} », le même jour"
        more = f", et {count(len(several) - 1, 'autre cas', 'autres cas')}" if len(several) > 1 else ""
        options = ((_ONE, "une seule vente, faite à plusieurs"), ("plusieurs", "une vente par ligne"))
        doubt = Doubt(TOPIC, f"{head}{more}. Combien de ventes ?", options, "Laissez le prix sur une seule des lignes.")
        findings.doubt(block.grid.place(number, ranks.price, block.titles[ranks.price]), doubt)
    return [line for group in several for line in group[1:]] if answer == _ONE else []


def _by_others(lines: Sequence[Line], ranks: Ranks) -> bool:
    people = [same(as_text(cell_at(cells, ranks.who))) for _, cells in lines]
    return all(people) and len({*people}) == len(people)


def numbers_of(
    block: Block, lines: Sequence[Line], ranks: Ranks, again: Sequence[Line], findings: Findings
) -> Mapping[int, str]:
    """Return the number of the order of each line, by its `id`: its own, else its customer and its day.

    Several sales to one customer on one day are told apart by a rank. A line without a price, or whose price says
    `again` that of another, goes with the sale of its customer and day: of the same work, else the one above. Told.
    """
    sold: dict[str, list[tuple[str, str]]] = defaultdict(list)
    numbers: dict[int, str] = {}
    told, joined = {id(line) for line in again}, list[int]()
    priced = {int(number) for number, cells in lines if _priced((number, cells), ranks)}  # several people of one line
    for line in lines:
        own = as_text(cell_at(line[1], ranks.number))
        name = " ".join(text for at in (ranks.customer, ranks.day) if (text := as_text(cell_at(line[1], at))))
        sales, label = sold[name], same(as_text(cell_at(line[1], ranks.label)))
        if _priced(line, ranks) and id(line) not in told:
            numbers[id(line)] = own or (f"{name} ({len(sales) + 1})" if sales else name)
            sales.append((label, numbers[id(line)]))
        else:
            alike = [number for work, number in sales if work == label]
            numbers[id(line)] = own or (alike or [number for _, number in sales] or [name])[-1]
            joined += [line[0]] if sales and not own and int(line[0]) not in priced else []
    if joined:
        rows = listing([str(int(each)) for each in joined], most=_SHOWN)
        text = f"{count(len(joined), 'ligne')} sans prix ({rows}) : la même commande que le même client, le même jour."
        findings.heed(block.grid.place(block.head), text)
    return numbers


def _priced(line: Line, ranks: Ranks) -> bool:
    return bool(re.search(r"[1-9]", as_text(cell_at(line[1], ranks.price))))


def number_rank(block: Block, assigned: int) -> int:
    """Return where the number of an invoice stands: where titles say so, and cells are no « oui », « non »; else −1."""
    named = (at for at, title in enumerate(block.titles) if bare(title) in _NUMBERS)
    found = (at for at in (assigned, *named) if at >= 0 and not _yes_or_no(block, at))
    return next(found, -1)


def _yes_or_no(block: Block, at: int) -> bool:
    return {same(as_text(cell)) for cell in block.column(at)} <= {"oui", "non", "o", "n", "x"}


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


_OF_PAYMENT = {"reglement", "regle_le", "montant_regle", "reste_du", "etat", "etat_paiement", "note", "origine"}
"""What one line may say otherwise than the others of its invoice."""


def once_sold(tables: Given, findings: Findings) -> None:
    """Keep one line of each invoice that a list writes once for each payment, and make these payments; it is told."""
    invoices: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in tables.get("factures", ()):
        invoices[row.grid.file, row.grid.sheet, row.get("facture", "")].append(row)
    gone, made, told = set[int](), list[Row](), list[Row]()
    for rows in invoices.values():
        if payments := _payments(rows):
            made += payments
            gone |= {id(row) for row in rows[1:]}
            told.append(rows[0])
    if not told:
        return
    tables["factures"] = [row for row in tables["factures"] if id(row) not in gone]
    tables.setdefault("encaissements", []).extend(made)
    names = listing([f"« {row.get('facture')} »" for row in told], most=6)
    one, several = ("est écrite", "elle compte"), ("sont écrites", "elles comptent")
    way = " une fois par paiement : ".join(one if len(told) == 1 else several)
    text = f"{names} {way} une fois, avec {count(len(made), 'paiement', 'paiements')}."
    findings.heed(told[0].grid.place(), text)


def _payments(rows: Sequence[Row]) -> list[Row]:
    """Return the payments of an invoice whose lines differ by them alone, and come to what it asks at most."""
    bodies = [{name: value for name, value in row.values.items() if name not in _OF_PAYMENT} for row in rows]
    said = [(row.get("regle_le", "") or row.get("reglement", ""), row.get("montant_regle", "")) for row in rows]
    if len(rows) < 2 or any(each != bodies[0] for each in bodies) or len(set(said)) < len(said):
        return []
    days = [day_said(str(told), rows[0].get("date") or date.min) for told, _ in said]
    try:
        cents = [read_euros(amount) for _, amount in said]
    except Refused:
        return []
    before, rate = rows[0].get("montant_ht"), rows[0].get("taux_tva")
    if not all(days) or not all(cents) or before is None or rate is None:
        return []
    if sum(cents) > before + int(part_of(before, rate)) + 1:
        return []
    number = rows[0].get("facture")
    return [
        Row(row.grid, row.line, row.columns, row.titles, {"facture": number, "date": day, "montant_ttc": amount})
        for row, day, amount in zip(rows, days, cents, strict=True)
    ]
