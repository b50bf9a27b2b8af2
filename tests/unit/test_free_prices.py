"""What is given away has no price, and the hours of its line stay."""

from __future__ import annotations

import pytest

from kpa_model.files.book.cells import read_euros
from tests.given_tables import minutes, read, sales, table

WORDS = ["Offert", "cadeau", "Bénévolat", "à titre gracieux", "- €", "Free"]
HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("title", "cents"), [("Prix TTC", 30_000), ("Prix HT", 36_000)])
def test_a_line_without_a_price_is_no_sale_and_keeps_its_hours(word: str, title: str, cents: int) -> None:
    lines = (f"Date;Client;Quoi;{title};TVA;Qui;Heures", "02/09/2026;Musée;Haie;240,00;20 %;Ida;2")
    more = (f"03/09/2026;Roy;Haie;{word};;Noam;1,5", "04/09/2026;Parc;Haie;120,00;20 %;Ida;1")
    proposal, _ = read(table("septembre.csv", *lines, *more), sold="")
    assert sum(sales(proposal).values()) == cents
    assert minutes(proposal) == {("Ida", "2026-09"): 180, ("Noam", "2026-09"): 90}


@pytest.mark.parametrize("word", WORDS)
def test_an_invoice_of_nothing_is_read(word: str) -> None:
    lines = ("N°;Date;Client;Montant HT;TVA", "V1;02/09/2026;Musée;100;20 %", f"V2;03/09/2026;Roy;{word};20 %")
    assert sales(read(table("factures.csv", *lines), HOURS, sold="")[0]) == {"2026-09": 10_000}
    assert read_euros(word) == 0


@pytest.mark.parametrize("name", ["factures.csv", "septembre.csv"])
@pytest.mark.parametrize("titles", ["Numéro;Date;Client;Montant HT;TVA", "Numéro;Date;Client;Prix HT;TVA;Qui;Heures"])
def test_a_price_whose_tax_nothing_tells_is_refused_where_it_stands(name: str, titles: str) -> None:
    lines = (titles, "V1;02/09/2026;Musée;240,00;20 %;Ida;1", "V2;03/09/2026;Roy;100;;Ida;1")
    wide = titles.count(";") + 1
    given = table(name, *(";".join(line.split(";")[:wide]) for line in lines))
    proposal, _ = read(given, HOURS, sold="")
    assert proposal.reading is None
    assert "ligne 3" in str(proposal.refusal)
    assert "rien ne dit la TVA de cette ligne" in str(proposal.refusal)
