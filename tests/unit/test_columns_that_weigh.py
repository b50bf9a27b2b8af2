"""A column that nothing reads and that holds euros, hours or people of the group is told before one agrees."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HOURS = ("Date;Qui;Durée;Genre", "06/07/2026;Lia;4h;commun", "07/07/2026;Oum;2h;appui")
BILLS = ("Numéro;Date;Client;Total HT;Taux TVA", "1;09/07/2026;Halle;400,00;20 %", "2;15/07/2026;Verger;90,00;0 %")


def told(hours: tuple[str, ...], bills: tuple[str, ...]) -> str:
    proposal, _ = read(table("heures.csv", *hours), table("factures.csv", *bills), sold="")
    assert proposal.reading is not None, proposal.refusal
    return " ".join(proposal.heeded).replace("\u00a0", " ")


def beside(lines: tuple[str, ...], *cells: str) -> tuple[str, ...]:
    return tuple(f"{line};{cell}" for line, cell in zip(lines, cells, strict=True))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("Frais (€)", "12,00", "8,50"), "« Frais (€) » (20,50 €) : cela ne compte pas"),
        (("Ristourne (€)", "5,00", ""), "« Ristourne (€) » (5,00 €)"),
        (("Vendu par", "Lia", "Oum"), "« Vendu par » (Lia et Oum)"),
    ],
)
def test_what_invoices_hold_beside_is_told_with_its_sum(cells: tuple[str, ...], said: str) -> None:
    assert said in told(HOURS, beside(BILLS, *cells))


def test_other_times_of_a_list_of_hours_are_told_with_their_sum() -> None:
    assert "« Heures estimées » (9 h)" in told(beside(HOURS, "Heures estimées", "5h", "4h"), BILLS)


@pytest.mark.parametrize(
    "cells",
    [
        ("Prix unitaire", "4,00", "9,00"),  # its sum says nothing
        ("N° de compte", "7060", "7060"),
        ("Ville", "Lens", "Lille"),
        ("Montant versé", "", ""),
        ("Total hors taxe (rappel)", "400,00", "90,00"),  # what is read, said again
    ],
)
def test_what_weighs_nothing_or_says_again_what_is_read_is_not_told_so(cells: tuple[str, ...]) -> None:
    assert "compte pas" not in told(HOURS, beside(BILLS, *cells))


def test_a_column_that_others_make_is_said_to_be_computed() -> None:
    bills = beside(beside(BILLS, "Frais", "100,00", "30,00"), "Marge", "300,00", "60,00")
    proposal, _ = read(table("heures.csv", *HOURS), table("factures.csv", *bills), sold="")
    assert any("« Marge » se calcule : « Total HT » − « Frais »" in each for each in proposal.notes)
    assert not any("« Marge »" in each for each in proposal.heeded)
