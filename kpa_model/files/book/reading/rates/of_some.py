"""Takings of which some columns say their rate of VAT, « Pain (TVA 5,5 %) ; Snack »: that of the others is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import as_text, bare, cell_at, read_euros
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import may_be_titles
from kpa_model.files.book.reading.columns.titles import may_be_asked
from kpa_model.files.book.reading.context import SPENT
from kpa_model.files.book.reading.rates.titled import rate_in
from kpa_model.files.book.reading.sales.taxes import RATE_ANSWERS, SEVERAL, cents_in, cents_of
from kpa_model.files.book.reading.spread.people import MEANS, TOTAL, says_total
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.words import listing

_TOPIC, _NO_SALE = "taux", "rien"
_ANSWERS = (*(each for each in RATE_ANSWERS if each[0] != SEVERAL), (_NO_SALE, "ce n'est pas une vente"))


def with_every_rate(grid: Grid, findings: Findings) -> Grid | None:
    """Return takings whose columns all say their rate in their title, once the group told it; None once it is asked."""
    for rank, (number, cells) in enumerate(grid.lines[:HEADED]):
        titles = [as_text(cell) for cell in cells]
        rated = [at for at, title in enumerate(titles) if rate_in(title)]
        if not rated or not may_be_titles(cells) or not _of_takings(titles):
            continue
        sold = [*_sold(grid, rank, titles, rated)]
        said = {at: grid.answers.get(f"{_TOPIC}.{bare(titles[at])}", "") for at in sold}
        if silent := [titles[at] for at in sold if not said[at]]:
            todo = f"Écrivez le taux dans le titre : « {silent[0]} (TVA 10 %) »."
            question = f"{listing([f'« {title} »' for title in silent], most=4)} : quel taux de TVA ?"
            doubt = Doubt(_TOPIC, question, _ANSWERS, todo, words=tuple(silent))
            findings.doubt(grid.place(number, titles.index(silent[0]), silent[0]), doubt)
            return None
        told = {at: f"{titles[at]} (TVA {rate} %)" for at, rate in said.items() if rate != _NO_SALE}
        return _titled(grid, rank, told)
    return grid


def _of_takings(titles: Sequence[str]) -> bool:
    """Tell whether a list may be one of takings: it says no customer, and nobody who worked."""
    return not {"facture", "client", "personne", "duree"} & {*_leads(titles).values()}


def _leads(titles: Sequence[str]) -> dict[int, str]:
    """Return the field that each title leads to, in sales first; none where no table knows it."""
    tables = [dictionaries()[table] for table in ("factures", "encaissements", "heures")]
    found = {at: [column_of(title, each) for each in tables] for at, title in enumerate(titles) if title}
    return {at: lead.name for at, leads in found.items() if (lead := next(filter(None, leads), None)) is not None}


def _sold(grid: Grid, rank: int, titles: Sequence[str], rated: Sequence[int]) -> Iterator[int]:
    """Yield the other columns of what is sold: amounts under a title that says no total, no means, no field."""
    under = [cells for _, cells in grid.lines[rank + 1 :] if not says_total(cells)]
    leads: Mapping[int, str] = _leads(titles)
    free = []
    for at, title in enumerate(titles):
        cells = [cell for each in under if as_text(cell := cell_at(each, at))]
        other = not title or at in rated or at in leads or MEANS.fullmatch(title) or TOTAL.match(title)
        if not (other or SPENT.match(title)) and cells and may_be_asked(title):
            free += [at] if all(cents_of(read_euros, cell) is not None for cell in cells) else []
    sold = [*rated, *free]
    for at in free:  # the sum of the others is no sale
        others = [sum(cents_in(cell_at(each, one)) for one in sold if one != at) for each in under]
        if others != [cents_in(cell_at(each, at)) for each in under]:
            yield at


def _titled(grid: Grid, rank: int, told: Mapping[int, str]) -> Grid:
    number, cells = grid.lines[rank]
    head = (number, [told.get(at, cell) for at, cell in enumerate(cells)])
    return replace(grid, lines=(*grid.lines[:rank], head, *grid.lines[rank + 1 :]))
