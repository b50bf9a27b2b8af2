"""Invoices whose numbers begin again each year: « F1 » of 2026 is not « F1 » of 2025; it is asked once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.reading.dated.yearly import RESTARTS, YEARLY, rename_since
from kpa_model.files.book.tables import Row
from kpa_model.files.importing.received import due_by_invoice
from kpa_model.words import euros

Values = Mapping[str, Any]


def apart_by_year(
    tables: Mapping[str, Sequence[Row]], held: Mapping[str, Sequence[Values]], findings: Findings
) -> None:
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
