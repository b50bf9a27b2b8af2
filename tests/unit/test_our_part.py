"""« Notre part HT » beside a total: what is sold with others is not all ours. Which one counts is asked."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Date;Qui;Durée", "07/09/2026;Lou;3h", "08/10/2026;Ana;2h")


@pytest.mark.parametrize(
    ("titles", "lines"),
    [
        ("Total HT;Part confrère HT;Notre part HT;TVA", ("300,00;120,00;180,00;60,00", "80,00;0,00;80,00;16,00")),
        ("Montant HT;Nos parts;TVA;TTC", ("300,00;180,00;60,00;360,00", "80,00;80,00;16,00;96,00")),
        ("HT;Part sous-traitant;Taux TVA", ("300,00;120,00;20 %", "80,00;;20 %")),
        ("HT;Part du groupe (%);TVA", ("300,00;60 %;60,00", "80,00;100 %;16,00")),
        ("Montant HT;Rétrocession;TVA", ("300,00;120,00;60,00", "80,00;0,00;16,00")),
    ],
)
def test_our_part_of_an_amount_is_asked_about(titles: str, lines: tuple[str, ...]) -> None:
    one, other = lines
    given = table("communes.csv", f"N°;Date;Client;{titles}", f"1;04/09/2026;Gîte;{one}", f"2;05/10/2026;Bar;{other}")
    proposal, asked = read(HOURS, given, sold="")
    assert "montant_ht.part" in asked
    assert sales(proposal) == {"2026-09": 18_000, "2026-10": 8_000}
    assert proposal.reading is not None
    assert [each.vat for each in proposal.reading.book.lines] == [3_600, 1_600]
    proposal, _ = read(HOURS, given, sold="", montant_ht_part="total")
    assert sales(proposal) == {"2026-09": 30_000, "2026-10": 8_000}


@pytest.mark.parametrize("title", ["Part CAE", "Part", "Participants", "Départ", "Notre réf."])
def test_other_columns_are_no_part_of_ours(title: str) -> None:
    lines = ("1;04/09/2026;Gîte;300,00;30,00;60,00", "2;05/10/2026;Bar;80,00;8,00;16,00")
    _, asked = read(HOURS, table("a.csv", f"N°;Date;Client;Montant HT;{title};TVA", *lines), sold="")
    assert "montant_ht.part" not in asked
