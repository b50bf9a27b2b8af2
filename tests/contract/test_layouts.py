"""A book written in any layout is read again as the same book, or a question is asked; never another book."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.money import part_of
from tests.contract.layouts import (
    PEOPLE,
    Layout,
    SmallBook,
    hours_file,
    invoices_file,
    layouts,
    people_files,
    small_books,
)


def proposed(book: SmallBook, layout: Layout) -> ImportProposal:
    files = [
        *people_files(layout.met),
        hours_file(book, layout),
        invoices_file(book, layout, lambda cents, rate: int(part_of(cents, rate))),
    ]
    proposal = propose(files, "Essai", None, Findings())
    known = [each for each in proposal.questions if each.doubt.several]  # who has a CAPE, which columns are people
    recipe = proposal.recipe
    for each in known:
        recipe = proposal.answer(each, "|".join(value for value, _ in each.doubt.options if value in PEOPLE))
        proposal = replace(proposal, recipe=recipe)
    return propose(files, "Essai", recipe, Findings()) if known else proposal


@settings(deadline=None)
@given(small_books(), layouts)
def test_any_layout_is_the_same_book_or_a_question(book: SmallBook, layout: Layout) -> None:
    proposal = proposed(book, layout)
    if proposal.questions or proposal.refusal:
        return
    assert proposal.reading is not None
    read = proposal.reading.book
    assert sorted((each.member, each.on, each.minutes, each.order) for each in read.hours) == sorted(
        (who, day, minutes, order) for who, day, _, minutes, order in book.hours
    ), "the hours are others"
    told = sorted((line.invoice, line.order, line.invoiced_on, line.with_tax) for line in read.lines)
    meant = sorted(
        (number, order, day, cents + int(part_of(cents, rate))) for number, order, day, cents, rate in book.invoices
    )
    assert [each[:3] for each in told] == [each[:3] for each in meant]
    assert all(abs(a[3] - b[3]) <= 1 for a, b in zip(told, meant, strict=True)), "the money is another"
