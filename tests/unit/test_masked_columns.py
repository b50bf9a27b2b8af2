"""An amount that nobody sees never wins over the one of the same kind that is seen."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")


def workbook(masked: str, *lines: tuple[object, ...]) -> GivenFile:
    book, stream = Workbook(), BytesIO()
    for line in lines:
        book.active.append(line)
    book.active.column_dimensions[masked].hidden = True
    book.save(stream)
    return GivenFile("ventes.xlsx", stream.getvalue())


@pytest.mark.parametrize(("hidden", "seen"), [("Total HT", "Total HT retenu"), ("Prix HT", "Montant HT réel")])
def test_the_amount_that_is_seen_counts(hidden: str, seen: str) -> None:
    lines = (("V1", "02/09/2026", "Foyer", 330, 300, "20 %"), ("V2", "03/09/2026", "MJC", 80, 80, "20 %"))
    given = workbook("D", ("N°", "Date", "Client", hidden, seen, "TVA %"), *lines)
    proposal, asked = read(WORK, given, sold="")
    assert sales(proposal) == {"2026-09": 38_000}
    assert asked == ["personnes.cape"]
    assert any("masquée" in told and seen in told for told in proposal.heeded)


@pytest.mark.parametrize("beside", ["Remise HT", "Total TTC"])
def test_a_hidden_amount_that_nothing_rivals_is_read(beside: str) -> None:
    lines = (("V1", "02/09/2026", "Foyer", 300, "20 %", 360), ("V2", "03/09/2026", "MJC", 80, "20 %", 96))
    kept = 6 if beside == "Total TTC" else 5
    titles = ("N°", "Date", "Client", "Montant HT", "Taux TVA", beside)
    proposal, _ = read(WORK, workbook("D", titles, *(line[:kept] for line in lines)), sold="")
    assert sales(proposal) == {"2026-09": 38_000}


def test_a_hidden_column_is_told_where_hidden_lines_are() -> None:
    lines = (("N°", "Date", "Client", "Montant HT", "Taux TVA"), ("V1", "02/09/2026", "Foyer", 300, "20 %"))
    proposal, _ = read(WORK, workbook("C", *lines), sold="")
    assert any("la colonne C est masquée" in each for each in proposal.heeded)
