"""Tables given to the assistant, and what it makes of them: each question is answered, or takes its first option."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe

SOLD = "Numéro;Date;Montant HT;TVA\nF1;10/09/2026;500,00;100,00"


def table(name: str, *lines: str) -> GivenFile:
    return GivenFile(name, "\n".join(lines).encode())


def workbook(name: str, sheets: Mapping[str, Sequence[list[Any]]]) -> GivenFile:
    """Return a workbook, with true days, times and numbers."""
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(out)
    return GivenFile(name, out.getvalue())


def sheet(name: str, *rows: list[Any]) -> GivenFile:
    """Return a workbook of one sheet."""
    return workbook(name, {"Feuille 1": rows})


def read(*files: GivenFile, sold: str = SOLD, **answers: str) -> tuple[ImportProposal, list[str]]:
    """Answer each question by its topic, else with its first option; return what is proposed, and the topics asked."""
    given, recipe, asked = [*files, *([table("factures.csv", sold)] if sold else [])], Recipe(), list[str]()
    for _ in range(8):
        proposal = propose(given, "Essai", recipe, Findings())
        if not proposal.questions:
            return proposal, asked
        question = proposal.questions[0]
        options = [value for value, _ in question.doubt.options]
        topic = question.doubt.topic
        usual = "|".join(options if question.doubt.several else options[:1])
        said = answers.get(topic.replace(".", "_"), answers.get("table", usual) if topic.startswith("table") else usual)
        recipe, asked = proposal.answer(question, said), [*asked, topic]
    raise AssertionError(f"asked again and again: {asked}")


def minutes(proposal: ImportProposal) -> dict[tuple[str, str], int]:
    """Return the minutes of each person and month."""
    assert proposal.reading is not None, proposal.refusal
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for each in proposal.reading.book.hours:
        totals[each.member, f"{each.on:%Y-%m}"] += each.minutes
    return dict(totals)


def sales(proposal: ImportProposal) -> dict[str, int]:
    """Return the cents before tax of each month."""
    assert proposal.reading is not None, proposal.refusal
    totals: dict[str, int] = defaultdict(int)
    for each in proposal.reading.book.lines:
        totals[f"{each.invoiced_on:%Y-%m}"] += each.before_tax
    return dict(totals)
