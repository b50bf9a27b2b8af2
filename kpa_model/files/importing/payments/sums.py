"""A sum that is no invoice: several of one customer, less a credit note, or a part of one. It is only asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from kpa_model.files.book.tables import Row
from kpa_model.files.importing.payments.bills import Bills
from kpa_model.files.importing.received import CENT
from kpa_model.words import euros, listing

Parts = tuple[tuple[str, int], ...]
"""The invoices that one sum pays, and how much of each, in cents."""
_MOST_OPEN, _MOST_TOGETHER, _MOST_PAYMENTS = 14, 4, 3


def in_parts(rows: Sequence[Row], bills: Bills) -> Iterator[tuple[Row, Parts]]:
    """Yield the sums that one way alone leads to several invoices of the customer they name, or to a part of one.

    Who takes one settles it, before the next.
    """
    left = list[Row]()
    for row in rows:
        if parts := _several(row, bills):
            yield row, parts
        else:
            left.append(row)
    shared = _instalments(left, bills)
    for row in left:
        if parts := shared.get(id(row), ()) or _part(row, bills):
            yield row, parts


def _several(row: Row, bills: Bills) -> Parts:
    """Return the only invoices of a customer that make a sum together, those that its label numbers among them."""
    numbers, numbered = bills.waiting_of(row), {*bills.numbered(row)}
    if len(numbers) > _MOST_OPEN:
        return ()
    sizes = {*range(2, _MOST_TOGETHER + 1), len(numbers)} - {0, 1}
    found = [
        some
        for size in sizes
        for some in combinations(numbers, size)
        if numbered <= {*some} and abs(sum(bills.left[each] for each in some) - row.get("montant_ttc")) <= CENT
    ]
    return tuple((number, bills.left[number]) for number in found[0]) if len(found) == 1 else ()


def _instalments(rows: Sequence[Row], bills: Bills) -> dict[int, Parts]:
    """Return the invoice that some sums, of a customer that has several, pay together; none that two ways lead."""
    naming: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for number in bills.waiting_of(row):
            naming[number].append(row)
    found: dict[int, list[Parts]] = defaultdict(list)
    for number, some in naming.items():
        for size in range(2, _MOST_PAYMENTS + 1):
            for group in combinations(some, size):
                amounts = [row.get("montant_ttc") for row in group]
                if min(amounts) > 0 and abs(sum(amounts) - bills.left[number]) <= CENT:
                    for row in group:
                        found[id(row)].append(((number, row.get("montant_ttc")),))
    return {key: ways[0] for key, ways in found.items() if len(ways) == 1}


def _part(row: Row, bills: Bills) -> Parts:
    """Return the one invoice that a customer has to pay, or paid a part of, when a sum is less than it."""
    numbers, amount = bills.waiting_of(row), row.get("montant_ttc")
    partly = [number for number in numbers if number in bills.partly]
    numbers = partly if len(partly) == 1 else numbers
    return ((numbers[0], amount),) if len(numbers) == 1 and 0 < amount < bills.left[numbers[0]] else ()


def whole(parts: Parts, bills: Bills) -> bool:
    """Tell whether a sum is one invoice, to the cent of habit."""
    return len(parts) == 1 and bills.asks(*parts[0], left=False)


def told(parts: Parts, bills: Bills) -> str:
    """Return what a sum pays: « F1 » and « F2 » (MJC), less the credit note « A1 »; a part of « F3 »."""
    bought = [number for number, cents in parts if cents >= 0]
    back = [number for number, cents in parts if cents < 0]
    if len(parts) == 1 and not whole(parts, bills):
        return f"une partie : {bills.called(parts[0][0])}, {euros(bills.due.get(parts[0][0], 0))} en tout"
    less = f", moins {listing([f'« {number} »' for number in back])}" if bought and back else ""
    return f"{bills.called(*(bought or back))}{less}"
