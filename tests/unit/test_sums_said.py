"""The totals of money that a list writes are compared with its lines: what does not add up is told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "Date;Personne;Heures", "02/03/2026;Nadège;4")
USUAL = "Numéro;Date;Client;Montant HT;TVA;Montant TTC;État"
OTHER = "Réf.;Jour;Pour qui;Prix HT;TVA;Prix TTC;Où en est-on"
LINES = ("F1;02/03/2026;Mairie;100;20;120;Envoyée", "F2;09/03/2026;Lycée;200;40;240;Envoyée")


def told(*lines: str) -> list[str]:
    proposal, _ = read(HOURS, table("ventes.csv", *lines), sold="")
    return [each for each in proposal.heeded if "ce total dit" in each]


@pytest.mark.parametrize("titles", [USUAL, OTHER])
@pytest.mark.parametrize(
    "foot",
    [
        ("Total;;;310;60;360;",),
        (";;Total général;300;70;360;",),
        (";;;;;;", "Total HT;;;;;310;", "TVA 20 %;;;;;60;", "Total TTC;;;;;360;"),
    ],
)
def test_a_total_that_the_lines_deny_is_told(titles: str, foot: tuple[str, ...]) -> None:
    assert len(told(titles, *LINES, *foot)) == 1


@pytest.mark.parametrize("titles", [USUAL, OTHER])
@pytest.mark.parametrize(
    "lines",
    [
        (*LINES, "Total;;;300;60;360;"),
        (*LINES, "", "Total HT;;;;;300;", "TVA;;;;;60;", "Net à payer;;;;;360;"),
        (LINES[0], "Sous-total;;;100;20;120;", LINES[1], "Sous-total;;;200;40;240;", "Total;;;300;60;360;"),
        (*LINES, "F3;10/03/2026;Lycée;50;10;60;Annulée", "Total;;;300;60;360;"),
        (*LINES, "F3;10/03/2026;Lycée;50;10;60;Annulée", "Total;;;350;70;420;"),
        (*LINES, "Total;;;300,01;60;360,01;"),
    ],
)
def test_a_total_that_closes_is_not_spoken_of(titles: str, lines: tuple[str, ...]) -> None:
    assert told(titles, *lines) == []


def test_the_foot_of_a_list_is_no_invoice() -> None:
    foot = (";;;;;;", "Total HT;;;;;300;", "TVA;;;;;60;", "Total TTC;;;;;360;")
    proposal, asked = read(HOURS, table("ventes.csv", USUAL, *LINES, *foot), sold="")
    assert sales(proposal) == {"2026-03": 300_00}
    assert "date.vides" not in asked


@pytest.mark.parametrize(
    ("name", "titles"), [("achats.csv", "Date;Fournisseur;Montant HT"), ("banque.csv", "Date;Libellé;Montant reçu")]
)
def test_purchases_and_payments_too(name: str, titles: str) -> None:
    lines = (titles, "02/03/2026;Moulin;100", "09/03/2026;Primeur;20", "Total;;{}")
    for said, many in (("130", 1), ("120", 0)):
        proposal, _ = read(HOURS, table(name, "\n".join(lines).format(said)))
        assert len([each for each in proposal.heeded if "ce total dit" in each]) == many


@pytest.mark.parametrize(("said", "many"), [("15h", 0), ("9h", 0), ("16h", 1)])
def test_a_total_of_all_the_tables_above_it(said: str, many: int) -> None:
    week = ("Jour;Quoi;Heures", "Total semaine;;{}")
    first = (week[0], "02/03/2026;tri;3h", "03/03/2026;tri;3h", week[1].format("6h"))
    second = (week[0], "09/03/2026;tri;4h", "10/03/2026;tri;5h", week[1].format("9h"))
    lines = ("Semaine 10", *first, "", "Semaine 11", *second, "", f"TOTAL DU MOIS;;{said}")
    proposal, _ = read(table("Fatou.csv", *lines), personne_fatou="Fatou")
    assert minutes(proposal) == {("Fatou", "2026-03"): 15 * 60}
    assert len([each for each in proposal.heeded if "ce total dit" in each]) == many
