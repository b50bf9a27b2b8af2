"""Sales of each customer, « HT, TTC » under each month: each sum is of its month, and a blank is no sale."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import read, sales, sheet, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Ida;04/05/2026;commun;3h")
MONTHS = {
    "words": ("Mai 2026", "Juin 2026"),
    "days": (date(2026, 5, 1), date(2026, 6, 1)),
    "year around": ("Mai", "Juin"),
}
SUMS = {"HT TTC": [["HT", "TTC"], [30, 36, 70, 84], [40, 48, None, None], ["-", None, 20, 24]],
        "HT TVA": [["Montant HT", "TVA"], [30, 6, 70, 14], [40, 8, None, None], ["-", None, 20, 4]],
        "TTC HT": [["TTC", "HT"], [36, 30, 84, 70], [48, 40, None, None], ["-", None, 24, 20]]}  # fmt: skip


def _vat(proposal: ImportProposal) -> int:
    assert proposal.reading is not None
    return sum(line.vat for line in proposal.reading.book.lines)


@pytest.mark.parametrize("months", MONTHS)
@pytest.mark.parametrize("sums", SUMS)
@pytest.mark.parametrize("total", [False, True])
def test_each_sum_is_of_the_month_above(months: str, sums: str, total: bool) -> None:
    first, second = MONTHS[months]
    head, *rows = SUMS[sums]
    lines: list[list[Any]] = [[None, first, None, second, None], ["Client", *head, *head]]
    lines += [[name, *row] for name, row in zip(("Halle", "Fournil", "Roy"), rows, strict=True)]
    added = [sum(each for each in column if isinstance(each, int)) for column in zip(*rows, strict=True)]
    lines += [["Total", *added]] if total else []
    proposal, asked = read(sheet("Ventes 2026.xlsx", *lines), HOURS, sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-05": 7_000, "2026-06": 9_000}
    assert _vat(proposal) == 3_200
    assert not any("ce total" in each for each in proposal.heeded)


@pytest.mark.parametrize("months", MONTHS)
def test_the_vat_between_both_sums_is_theirs(months: str) -> None:
    first, second = MONTHS[months]
    lines = ([None, first, None, None, second, None, None], ["Client", *["HT", "TVA", "TTC"] * 2],
             ["Halle", 30, 6, 36, 70, 14, 84], ["Fournil", 40, 8, 48, None, None, None],
             ["Total", 70, 14, 84, 70, 14, 84])  # fmt: skip
    proposal, _ = read(sheet("Ventes 2026.xlsx", *lines), HOURS, sold="", table="factures")
    assert sales(proposal) == {"2026-05": 7_000, "2026-06": 7_000}
    assert _vat(proposal) == 2_800


def test_a_quote_without_an_invoice_is_no_sale() -> None:
    head = ["Client", "devis HT", "facturé HT", "devis HT", "facturé HT"]
    lines = ([None, "Mai 2026", None, "Juin 2026", None], head,
             ["Halle", 50, 30, 60, None], ["Fournil", 40, 40, None, 20])  # fmt: skip
    proposal, _ = read(sheet("Ventes.xlsx", *lines), HOURS, sold="", taux="20")
    assert sales(proposal) == {"2026-05": 7_000, "2026-06": 2_000}
