"""A column that nothing reads and that holds euros, hours or people of the group is told before one agrees."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import SOLD, read, table

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
        (("Frais (€)", "12,00", "8,50"), "« Frais (€) » : 20,50 € en tout, qui ne sont pas lus"),
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


@pytest.mark.parametrize("title", ["Perso ?", "Achat privé", "À garder", "Hors groupe"])
@pytest.mark.parametrize(("yes", "no"), [("oui", "non"), ("x", "")])
def test_a_tick_that_may_set_lines_apart_is_told(title: str, yes: str, no: str) -> None:
    lines = (f"Date;Fournisseur;Montant HT;{title}", f"03/09/2026;Scierie;70,00;{no}", f"04/09/2026;Presse;9,00;{yes}")
    hours = table("heures.csv", "Jour;Qui;Heures;Genre", "04/09/2026;Ida;2h;commun")
    proposal, _ = read(hours, table("achats.csv", *lines))
    told = [each for each in proposal.heeded if f"« {title} » dit oui pour 1" in each]
    assert len(told) == 1
    assert "toutes les lignes comptent" in told[0]


@pytest.mark.parametrize("count", ["Km", "Distance", "Nombre", "Qté", "Jours"])
def test_what_is_counted_is_not_offered_as_an_amount(count: str) -> None:
    lines = (f"Date;Quoi;{count};Montant", "03/09/2026;trajet;24;8,64", "04/09/2026;trajet;12;4,32")
    hours = table("heures.csv", "Jour;Qui;Heures;Genre", "04/09/2026;Ida;2h;commun")
    given = [hours, table("achats.csv", *lines), table("ventes.csv", *SOLD.split("\n"))]
    questions = propose(given, "Essai", Recipe(), Findings()).questions
    question = next(each for each in questions if each.doubt.topic == "colonne.montant_ht")
    assert [value for value, _ in question.doubt.options] == ["Montant", "ttc:Montant", "rien"]


@pytest.mark.parametrize("tax", ["HT", "TTC"])
def test_what_a_supplier_gave_back_comes_off_purchases_in_two_columns(tax: str) -> None:
    lines = (f"Date;Fournisseur;Libellé;Débit {tax};Crédit {tax}", "03/09/2026;Scierie;bois;70,00;",
             "04/09/2026;Scierie;retour;;8,00")  # fmt: skip
    hours = table("heures.csv", "Jour;Qui;Heures;Genre", "04/09/2026;Ida;2h;commun")
    proposal, asked = read(hours, table("achats.csv", *lines), taux="0")
    assert "colonne.montant_ht" not in asked
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.before_tax for each in proposal.reading.book.costs) == 6_200
    assert any("vient en moins" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    ("one", "other", "silent"), [("Main d'œuvre (€)", "Fournitures (€)", True), ("Acompte (€)", "Versé (€)", False)]
)
def test_what_makes_the_amount_with_others_is_in_it_but_for_what_came(one: str, other: str, silent: bool) -> None:
    bills = beside(beside(BILLS, one, "150,00", "60,00"), other, "250,00", "30,00")
    assert ("compte pas" not in told(HOURS, bills)) == silent


def test_a_deposit_that_the_rest_tells_is_not_said_to_be_left_out() -> None:
    titles = "Numéro;Date;Client;Montant HT;Taux TVA;Montant TTC;Acompte versé;Reste à payer"
    lines = ("F1;03/09/2026;Mairie;100,00;20 %;120,00;50,00;70,00", "F2;04/09/2026;Mairie;200,00;20 %;240,00;;240,00")
    given = table("factures.csv", titles, *lines)
    assert "« Acompte versé »" not in " ".join(read(table("heures.csv", *HOURS), given, sold="")[0].heeded)
