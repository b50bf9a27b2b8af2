"""What two files tell counts once: a payment of the accounts and of the bank. « F1 » of two years is two invoices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.dated.yearly import RESTARTS, YEARLY, rename_since
from kpa_model.files.book.reading.sales.accounts.arriving import of_accounts
from kpa_model.files.book.tables import Given, Held, Row, Tables, Values
from kpa_model.files.importing.received import CENT, due_by_invoice, due_now, habits
from kpa_model.words import euros

_NEAR = timedelta(days=7)
"""How far apart two files may tell the day of one payment."""


def paid_once(tables: Given, held: Held, findings: Findings) -> None:
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


def _sums(tables: Tables, held: Held) -> Counter[str]:
    got = Counter[str]()
    for each in (*held.get("encaissements", ()), *(row.values for row in tables.get("encaissements", ()))):
        got[each.get("facture", "")] += each.get("montant_ttc") or 0
    return got


def same_payment(row: Row, other: Row) -> bool:
    """Tell whether two files tell one payment: the same sum, days that are near."""
    apart = row.source != other.source
    near = abs(row.get("date") - other.get("date")) <= _NEAR
    return apart and near and abs(row.get("montant_ttc") - other.get("montant_ttc")) <= CENT


def apart_by_year(tables: Tables, held: Held, findings: Findings) -> None:
    """Give a number of its own, « F1 (2026) », to an invoice whose number is one of another year; it is asked once."""
    kept = held.get("factures", ())
    book, known = due_by_invoice(kept), _days(kept)
    given = [row for row in tables.get("factures", ()) if row.get("facture") and row.get("date")]
    due, days = due_by_invoice(row.values for row in given), _days(row.values for row in given)
    for number in [each for each in days if each in known and days[each].year != known[each].year]:
        new = f"{number} ({days[number].year})"
        if due.get(number) == book.get(number) and new not in known:
            continue  # the same one, whose day is corrected
        mine, others = ([row for row in given if row.get("facture") == number],
                        [each for each in kept if each.get("facture") == number])  # fmt: skip
        answer = RESTARTS if new in known else mine[0].grid.answers.get(YEARLY, "")
        if not answer:
            told = (f"{day:%d/%m/%Y}, {euros(cents)} TTC" for day, cents in ((days[number], due.get(number, 0)),
                    (known[number], book.get(number, 0))))  # fmt: skip
            question = f"« {number} » ({next(told)}) : une autre facture que « {number} » du carnet ({next(told)}) ?"
            options = ((RESTARTS, "oui : les numéros recommencent chaque année"), ("meme", "non : la même, corrigée"))
            doubt = Doubt(YEARLY, question, options, "Donnez à chaque facture son propre numéro.")
            findings.doubt(mine[0].place(), doubt)
        elif answer == RESTARTS:
            rename_since(tables, number, new, mine, others)
            text = f"« {number} » du {days[number]:%d/%m/%Y} s'appelle « {new} » dans le carnet."
            findings.heed(mine[0].place(), text)


def _days(lines: Iterable[Values]) -> dict[str, date]:
    """Return the day of each invoice."""
    return {str(each["facture"]): each["date"] for each in lines if each.get("facture") and each.get("date")}
