"""What stands below zero in a list of sales: a credit note says so; of anything else it is asked."""

from __future__ import annotations

import pytest

from kpa_model.files.book.cells import bare
from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures", "Lou;07/09/2026;2")
TAKINGS = "Date;Quoi;Type;Montant HT;TVA;Montant TTC"
CAME = ("02/09/2026;Kermesse;Recette;100,00;20,00;120,00", "03/09/2026;Noces;Recette;50,00;10,00;60,00")
NUMBERED = "N°;Date;Client;Objet;Montant HT;TVA;État"
SOLD = "V-1;02/09/2026;Crèche;Repas;100,00;20,00;Payée"


@pytest.mark.parametrize(
    "line",
    [
        "09/09/2026;Vers mon compte;Virement personnel;-70,00;0;-70,00",
        "09/09/2026;Lou;Prélèvement de l'exploitant;-70,00;0;-70,00",
        "09/09/2026;Livret;Mouvement interne;-70,00;0;-70,00",
        "09/09/2026;Compte courant d'associé;;-70,00;0;-70,00",
        "09/09/2026;Cotisations sociales;Recette;-70,00;0;-70,00",
        "09/09/2026;Loyer;Recette;-70,00;0;-70,00",
        "09/09/2026;Retrait;Autre;-70,00;0;-70,00",
    ],
)
def test_money_that_left_an_account_is_no_sale_unless_the_group_says_so(line: str) -> None:
    given = table("ventes.csv", TAKINGS, *CAME, line)
    proposal, asked = read(WORK, given, sold="", genre="prestation", factures_negatives="")
    assert "factures.negatives" in asked
    assert sales(proposal) == {"2026-09": 15_000}
    assert any("−70,00" in each and "ce n'est pas un avoir" in each for each in proposal.heeded)


@pytest.mark.parametrize("line", ["V-2;09/09/2026;Crèche;;-40,00;-8,00;Payée", "V-2;09/09/2026;Lou;Perso;-40,00;0;"])
def test_a_number_alone_does_not_say_what_is_taken_back(line: str) -> None:
    proposal, asked = read(WORK, table("ventes.csv", NUMBERED, SOLD, line), sold="", genre="prestation")
    assert "factures.negatives" in asked
    assert sales(proposal) == {"2026-09": 6_000}


@pytest.mark.parametrize(
    "line",
    [
        "AV-2;09/09/2026;Crèche;Repas;-40,00;-8,00;Payée",
        "V-2;09/09/2026;Crèche;Avoir;-40,00;-8,00;",
        "V-2;09/09/2026;Crèche;Note de crédit;-40,00;-8,00;",
        "V-2;09/09/2026;Crèche;Repas annulé;-40,00;-8,00;",
        "V-2;09/09/2026;Crèche;Repas;-40,00;-8,00;sur V-1",
        "V-2;09/09/2026;Crèche;Geste commercial;-40,00;-8,00;",
        "V-1;02/09/2026;Crèche;Déduction;-40,00;-8,00;",
    ],
)
def test_a_credit_note_is_not_asked_about(line: str) -> None:
    proposal, asked = read(WORK, table("ventes.csv", NUMBERED, SOLD, line), sold="", genre="prestation")
    assert "factures.negatives" not in asked
    assert sales(proposal) == {"2026-09": 6_000}


def test_a_list_of_which_some_lines_say_sale_is_asked_about() -> None:
    lines = ("Jour;Libellé;Rubrique;HT;TVA;TTC", "02/09/2026;Crèche;Ventes;100,00;20,00;120,00")
    proposal, asked = read(WORK, table("été.csv", *lines, "03/09/2026;Vis;Achats;-10,00;-2,00;-12,00"), sold="")
    assert asked[0].startswith("table")
    assert sales(proposal) == {"2026-09": 9_000}
    assert "factures.negatives" in asked


def test_one_remark_does_not_make_a_bank() -> None:
    lines = ("Jour;Client;Montant HT;Taux TVA;Remarque", "02/09/2026;Crèche;100,00;20 %;", "03/09/2026;Lou;-60,00;0 %;")
    given = table("été.csv", *lines[:2], f"{lines[2]}retrait de septembre")
    proposal, asked = read(WORK, given, sold="", factures_negatives="")
    assert "factures.negatives" in asked
    assert sales(proposal) == {"2026-09": 10_000}


@pytest.mark.parametrize("kind", ["Cotisations", "Virement perso", "Mouvement interne", "Compte courant d'associé"])
def test_money_of_ours_that_comes_in_is_asked_about(kind: str) -> None:
    given = table("ventes.csv", TAKINGS, *CAME, f"09/09/2026;Lou;{kind};70,00;0;70,00")
    state = {f"etat_{bare(kind)}": "non"}
    proposal, asked = read(WORK, given, sold="", entrees_ventes="", **state)
    assert sum(each == "entrees.ventes" or each.startswith("etat.") for each in asked) == 1
    assert sales(proposal) == {"2026-09": 15_000}


@pytest.mark.parametrize(
    "label", ["Remise 10 %", "Rabais fidélité", "5 % de remise", "Réduction adhérent", "Acompte déduit"]
)
@pytest.mark.parametrize(("said", "sold"), [("moins", 27_000), ("plus", 33_000)])
def test_a_positive_line_that_lowers_a_price_is_asked_about(label: str, said: str, sold: int) -> None:
    lines = ("N°;Jour;Client;Libellé;Montant HT;TVA", "V1;02/09/2026;Parc;Banc;300;20 %")
    given = table("factures.csv", *lines, f"V1;02/09/2026;Parc;{label};30;20 %")
    proposal, asked = read(given, WORK, sold="", montant_ht_en_moins=said)
    assert asked.count("montant_ht.en_moins") == 1
    assert sales(proposal) == {"2026-09": sold}


@pytest.mark.parametrize("label", ["Remise en état d'un vélo", "Remise à neuf", "Réduction de tirages", "Acompte 30 %"])
def test_work_that_is_called_like_a_discount_is_a_sale(label: str) -> None:
    given = table("factures.csv", "N°;Jour;Client;Libellé;Montant HT;TVA", f"V1;02/09/2026;Parc;{label};30;20 %")
    proposal, asked = read(given, WORK, sold="")
    assert "montant_ht.en_moins" not in asked
    assert sales(proposal) == {"2026-09": 3_000}
