"""A payment that two files tell, the accounts and the bank: it counts once, on the day of the bank."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.reading.sales.accounts.booked import of_accounts
from kpa_model.files.book.tables import Row
from kpa_model.files.importing.payments.bills import Held
from kpa_model.files.importing.received import CENT, due_now, habits
from kpa_model.words import euros

_NEAR = timedelta(days=7)
"""How far apart two files may tell the day of one payment."""


def paid_once(tables: dict[str, list[Row]], held: Held, findings: Findings) -> None:
    """Leave out a payment that another file tells too, when the invoice would receive more than it asks; it is told."""
    rows = tables.get("encaissements", ())
    due, habit = due_now(tables, held), habits(row.values for row in tables.get("factures", ()))
    got = _sums(tables, held)
    invoices: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("facture") in due and row.get("date") and row.get("montant_ttc"):
            invoices[row.get("facture")].append(row)
    gone = set[int]()
    for number, paid in invoices.items():
        for row in sorted(paid, key=lambda row: not of_accounts(row)):
            near = habit.get(number, CENT)
            over = got[number] - row.get("montant_ttc") >= due[number] - near and got[number] > due[number] + near
            if over and any(same_payment(row, other) for other in paid if id(other) not in gone):
                gone.add(id(row))
                got[number] -= row.get("montant_ttc")
                said = f"« {number} » : {euros(row.get('montant_ttc'))} le {row.get('date'):%d/%m/%Y}"
                findings.heed(row.grid.place(), f"{said}, c'est aussi dans un autre fichier. Compté une fois.")
    if gone:
        tables["encaissements"] = [row for row in rows if id(row) not in gone]


def _sums(tables: Mapping[str, Sequence[Row]], held: Held) -> Counter[str]:
    got = Counter[str]()
    for each in (*held.get("encaissements", ()), *(row.values for row in tables.get("encaissements", ()))):
        got[each.get("facture", "")] += each.get("montant_ttc") or 0
    return got


def same_payment(row: Row, other: Row) -> bool:
    """Tell whether two files tell one payment: the same sum, days that are near."""
    apart = (row.grid.file, row.grid.sheet) != (other.grid.file, other.grid.sheet)
    near = abs(row.get("date") - other.get("date")) <= _NEAR
    return apart and near and abs(row.get("montant_ttc") - other.get("montant_ttc")) <= CENT
