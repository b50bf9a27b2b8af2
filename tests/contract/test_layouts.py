"""A book written in any layout is read again as the same book, or a question is asked; never another book.

Nothing is lost in silence either: each figure of its files is read, told or asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Row
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.money import part_of
from tests.contract.balance import lost
from tests.contract.hours_layouts import BREAK, called, hours_file
from tests.contract.layouts import PEOPLE, Layout, SmallBook, invoices_file, layouts, people_files, small_books

EACH = settings().max_examples // (2 if settings.get_current_profile_name() == "nightly" else 3)
"""Two tests share the time of one."""


KNOWN = {
    "genre": "prestation",
    "annee": "2026",
    "cote": "deux",
    "equipe": "seul",
    **dict.fromkeys(("montant_ht.avoir", "montant_ttc.avoir"), "moins"),
}
"""What the group answers to some questions; the others end the reading of a layout."""


def proposed(
    files: list[GivenFile], who: Callable[[str], str]
) -> tuple[ImportProposal, dict[str, list[Row]], Findings]:
    """Return what files give, once people are agreed; the lines that were read, and what was told."""
    recipe, names = None, {who(each) for each in PEOPLE}
    while True:
        read, findings = dict[str, list[Row]](), Findings()
        proposal = propose(files, "Essai", recipe, findings, leave=lambda tables, _, read=read: read.update(tables))
        before, recipe = recipe, proposal.recipe
        for each in proposal.questions:
            values = [value for value, _ in each.doubt.options]
            if each.doubt.topic == "factures.negatives":
                recipe = proposal.answer(each, "|".join(values))
            elif each.doubt.several:  # who has a CAPE, which columns are people
                recipe = proposal.answer(each, "|".join(value for value in values if value in names))
            elif KNOWN.get(each.doubt.topic) in values:
                recipe = proposal.answer(each, KNOWN[each.doubt.topic])
            else:
                return proposal, read, findings
        if not proposal.questions or recipe == before:
            return proposal, read, findings


def check(book: SmallBook, layout: Layout, files: list[GivenFile]) -> None:
    """Assert that files give a book and nothing else, unless a question is asked; and that their balance is closed."""
    proposal, rows, findings = proposed(files, called(layout))
    if proposal.questions or proposal.refusal:
        return
    assert proposal.reading is not None, "nothing is read"
    read = proposal.reading.book
    first = {called(layout)(who): who for who in PEOPLE}
    given_hours = ((first.get(each.member, each.member), each.on, each.minutes, each.order) for each in read.hours)
    more = BREAK if any("n'est pas enlevée des heures" in each for each in proposal.unread) else 0
    meant = ((who, day, minutes + more, order) for who, day, minutes, order in book.hours)
    assert by_day(given_hours, layout) == by_day(meant, layout), "the hours are others"
    told = sorted((line.invoice, line.order, line.invoiced_on, line.with_tax) for line in read.lines)
    sold = sorted((number, order, day, taxed(cents, rate)) for number, order, day, cents, rate in book.invoices)
    assert [each[:3] for each in told] == [each[:3] for each in sold], "the invoices are others"
    assert all(abs(a[3] - b[3]) <= 1 for a, b in zip(told, sold, strict=True)), "the money is another"
    assert all(each.before_tax == 2000 for each in read.costs), "the purchases are others"
    silent = lost(files, rows, findings)
    assert not silent, f"lost in silence: {silent}"


def taxed(cents: int, rate: int) -> int:
    return cents + (1 if cents > 0 else -1) * int(part_of(abs(cents), rate))


def by_day(lines: Iterable[tuple[str, date, int, str]], layout: Layout) -> Counter[tuple[str, date, str]]:
    """Return the minutes of each person, on each day, for each order; in each month when lines are of periods."""
    total = Counter[tuple[str, date, str]]()
    for who, day, minutes, order in lines:
        total[who, day.replace(day=1) if layout.hours_shape == "périodes" else day, order] += minutes
    return total


@settings(max_examples=EACH)
@given(small_books(), layouts)
def test_hours_in_any_layout_are_the_same_or_a_question(book: SmallBook, layout: Layout) -> None:
    plain = replace(layout, money="ht_taux", credit="signe", second="", extra="", total=False)
    check(
        book, layout, [*people_files(layout.met, called(layout)), hours_file(book, layout), invoices_file(book, plain)]
    )


@settings(max_examples=EACH)
@given(small_books(), layouts)
def test_invoices_in_any_layout_are_the_same_or_a_question(book: SmallBook, layout: Layout) -> None:
    plain = replace(layout, hours_shape="lignes", second="", extra="", total=False, subtotals=False, last_names=False)
    check(book, plain, [*people_files(layout.met), hours_file(book, plain), invoices_file(book, layout)])
