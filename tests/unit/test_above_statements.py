"""What a bank writes above its lines, beside labels: an account, a balance, two days. It is no table to ask about."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;07/09/2026;2;appui")
LINES = ("Date;Libellé;Montant", "21/09/2026;VIR CRECHE F1;600,00", "22/09/2026;PRLV EDF;-40,00")


@pytest.mark.parametrize(
    "above",
    [
        ("Compte n°;00123", "Date;30/09/2026", "Solde en euros;1310,05", "Solde en francs;8593,36"),
        ("Date de début;01/09/2026", "Date de fin;30/09/2026", "Nom du compte;Courant", "Devise;EUR"),
        ("Titulaire;Les Essais", "IBAN;FR76 1234", "", "Nouveau solde;1310,05"),
        ("Période;01/09/2026 - 30/09/2026", "Solde initial;750,05", "Solde final;1310,05"),
        ("Date de téléchargement :;01/10/2026", "Compte courant;n° 42"),
        ("Numéro Compte;00123", "Type;CCP", "Compte tenu en;euros", "Date;30/09/2026", "Solde (EUROS);1310,05"),
    ],
)
def test_the_account_above_a_statement_is_no_table(above: tuple[str, ...]) -> None:
    proposal, asked = read(WORK, table("relevé.csv", *above, "", *LINES))
    assert not [each for each in asked if each.startswith("table")]
    assert proposal.reading is not None, proposal.refusal
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("F1", 60_000)]
    assert set(minutes(proposal)) == {("Lou", "2026-09")}


def test_a_short_table_above_another_stays_one() -> None:
    lines = ("Période;Heures de Lou", "Du 07/09/2026 au 11/09/2026;5", "Du 14/09/2026 au 18/09/2026;6", "", *LINES)
    proposal, asked = read(table("tout.csv", *lines), genre="appui")
    assert any(each.startswith("personne.") for each in asked)
    assert sum(minutes(proposal).values()) == 660


@pytest.mark.parametrize(
    "above",
    [
        "Bordereau n° 4;;remis le;14/09/2026",
        "Remise de chèques du 14/09/2026;;;",
        "Déposé à la banque;14 septembre 2026;;",
    ],
)
def test_the_day_above_slips_of_cheques_is_that_of_their_payments(above: str) -> None:
    lines = (above, "N° chèque;Tireur;Facture;Montant", "45;Crèche;F1;500,00", ";;Total;500,00")
    proposal, _ = read(WORK, table("chèques.csv", *lines), table="encaissements")
    assert proposal.reading is not None, proposal.refusal
    assert [(each.invoice, str(each.received_on)) for each in proposal.reading.book.payments] == [("F1", "2026-09-14")]
    assert any("sont du 14/09/2026, comme il est écrit au-dessus" in each for each in proposal.heeded)


def test_another_day_above_payments_is_not_theirs() -> None:
    lines = (
        "Liste éditée le 14/09/2026;;;",
        "N° chèque;Tireur;Facture;Montant",
        "45;Crèche;F1;500,00",
        "46;Crèche;F1;5,00",
    )
    refused, _ = read(WORK, table("t.csv", *lines), table="encaissements")
    assert "aucune colonne ne dit : date du paiement" in str(refused.refusal)


def test_the_number_of_a_cheque_is_never_an_amount() -> None:
    given = table("remises.csv", "N° chèque;Facture;Client;Montant", "123;F1;Crèche;500,00", "124;F1;Crèche;9,00")
    proposal = propose([WORK, given], "Essai", Recipe(), Findings())
    options = [value for each in proposal.questions for value, _ in each.doubt.options]
    assert not any("chèque" in value for value in options)
