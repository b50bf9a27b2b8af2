"""How a column of amounts or rates is written is proved by its cells, or asked, instead of refused cell by cell."""

from __future__ import annotations

import pytest

from kpa_model.errors import Refused
from kpa_model.files.book.cells import below_zero, read_euros
from tests.given_tables import read, sales, table

WORKED = table("heures.csv", "Jour;Qui;Durée", "02/09/2026;Piotr;3h")


@pytest.mark.parametrize("amounts", [("1.400", "650", "12.350"), ("1.400 €", "650 €", "12.350 €"),
                                     ("1.400", "650,00", "12.350"), ("1.400,00", "1.650", "11.350")])  # fmt: skip
@pytest.mark.parametrize("title", ["HT", "Montant HT", "Total HT"])
def test_points_of_thousands_are_proved_by_the_other_cells(amounts: tuple[str, ...], title: str) -> None:
    rows = [f"V{at};0{at + 3}/09/2026;Théâtre;{each};20 %" for at, each in enumerate(amounts)]
    proposal, asked = read(WORKED, table("ventes.csv", f"N°;Date;Client;{title};Taux de TVA", *rows), sold="")
    assert sales(proposal) == {"2026-09": 1_440_000}
    assert "points" not in asked
    assert any("milliers" in each for each in proposal.heeded)


@pytest.mark.parametrize(("said", "cents"), [("milliers", 375_000), ("decimales", 375)])
def test_points_that_nothing_proves_are_asked(said: str, cents: int) -> None:
    rows = (
        "N°;Date;Client;Montant HT;Taux de TVA",
        "V1;03/09/2026;Théâtre;1.400;20 %",
        "V2;04/09/2026;Mairie;2.350;20 %",
    )
    proposal, asked = read(WORKED, table("ventes.csv", *rows), sold="", points=said)
    assert "points" in asked
    assert sales(proposal) == {"2026-09": cents}


@pytest.mark.parametrize("title", ["TVA", "Taux", "Taux de TVA", "% TVA"])
@pytest.mark.parametrize("rates", [("0,2", "0,055"), ("0.2", "0.055")])
def test_a_rate_saved_without_its_format_is_proved_by_the_amounts(title: str, rates: tuple[str, str]) -> None:
    rows = (f"N°;Date;Client;HT;{title};TTC", f"V1;03/09/2026;Théâtre;1400;{rates[0]};1680",
            f"V2;04/09/2026;Mairie;200;{rates[1]};211", "V3;04/09/2026;Mairie;50;0;50")  # fmt: skip
    proposal, _ = read(WORKED, table("ventes.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 165_000}


@pytest.mark.parametrize(("title", "amounts"), [("HT", ("1400", "200")), ("TTC", ("1680", "211"))])
@pytest.mark.parametrize("rate", ["TVA", "Taux TVA", "% TVA"])
def test_a_fraction_beside_one_amount_is_no_vat_in_euros(title: str, amounts: tuple[str, str], rate: str) -> None:
    rows = (f"N°;Date;Client;{title};{rate}", f"V1;03/09/2026;Théâtre;{amounts[0]};0,2",
            f"V2;04/09/2026;Mairie;{amounts[1]};0,055")  # fmt: skip
    proposal, _ = read(WORKED, table("ventes.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 160_000}
    assert proposal.reading is not None
    assert [each.vat for each in proposal.reading.book.lines] == [28_000, 1_100]
    assert any("« 0,2 » est lu 20" in each for each in proposal.heeded)


def test_a_fraction_that_the_amounts_deny_is_no_rate() -> None:
    rows = ("N°;Date;Client;HT;TVA;TTC", "V1;03/09/2026;Théâtre;1,00;0,2;1,20", "V2;04/09/2026;Mairie;4,00;0,8;4,80")
    proposal, _ = read(WORKED, table("ventes.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 500}


def test_a_rate_with_three_decimals_is_no_thousand() -> None:
    sold = "N°;Date;Client;Montant HT;Taux de TVA\nG1;10/10/2026;Mairie;840.50;20.000\nG2;11/10/2026;Lycée;36.00;5.500"
    proposal, asked = read(table("heures.csv", "Date;Qui;Heures", "10/10/2026;Léa;2h"), sold=sold)
    assert "points" not in asked
    assert sales(proposal) == {"2026-10": 87_650}


@pytest.mark.parametrize(
    ("text", "cents"),
    [("840€50", 84_050), ("12 eur 05", 1_205), ("EUR 2,300.00", 230_000), ("€ 45", 4_500), ("-€12,50", -1_250),
     ("(€ 12)", -1_200), ("€12-", -1_200), ("Euros 1 200", 120_000)],
)  # fmt: skip
def test_the_sign_of_the_euro_may_stand_before_or_inside_an_amount(text: str, cents: int) -> None:
    assert read_euros(text) == cents
    assert below_zero(text) == (cents < 0)


@pytest.mark.parametrize("text", ["3€ 5", "12€345", "€", "EUR"])
def test_what_is_no_amount_stays_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_euros(text)


@pytest.mark.parametrize("word", ["offert", "-", "Gratuit", "0 -"])
def test_what_is_given_for_nothing_is_told(word: str) -> None:
    rows = ("N°;Date;Client;Montant HT;TVA", "V1;03/09/2026;Mairie;300;20 %", f"V2;04/09/2026;Mairie;{word};20 %")
    proposal, _ = read(WORKED, table("ventes.csv", *rows), sold="")
    assert sales(proposal) == {"2026-09": 30_000}
    assert any(f"« {word} » : lu 0,00 €" in each for each in proposal.heeded)
