"""Lines of one job: the first has the price, the next ones say who else worked. Same customer, same day: one order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpa_model.files.book.cells import as_text, bare, cell_at, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.words import count, listing

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
