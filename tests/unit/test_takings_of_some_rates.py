"""Takings of which one column alone says its rate, and days that are closed: asked, or told, never read at one rate."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, table

DONE = table("temps.csv", "Jour;Qui;Heures;Genre", "07/09/2026;Lou;3;commun")


def lines(proposal: ImportProposal) -> list[tuple[int, int, int]]:
    assert proposal.reading is not None, proposal.refusal
    return [(each.invoiced_on.day, each.before_tax, each.vat_rate) for each in proposal.reading.book.lines]


@pytest.mark.parametrize("name", ["recettes2.csv", "caisse septembre.csv"])
@pytest.mark.parametrize("more", ["", ";Total", ";CB"])
def test_the_rate_of_the_other_column_alone_is_asked(name: str, more: str) -> None:
    days = ("05/09/2026;105,50;22,00", "06/09/2026;211,00;11,00")
    whole = ("127,50", "222,00") if more else ("", "")
    rows = [f"{day};{total}" if more else day for day, total in zip(days, whole, strict=True)]
    given = table(name, f"Jour;Légumes (TVA 5,5 %);Sirops{more}", *rows)
    proposal, asked = read(DONE, given, sold="", taux="10")
    assert lines(proposal) == [(5, 10_000, 55_000), (5, 2_000, 100_000), (6, 20_000, 55_000), (6, 1_000, 100_000)]
    assert asked == ["taux", "personnes.cape"]


def test_the_rates_of_several_columns_are_one_question() -> None:
    given = table("recettes.csv", "Jour;Pain (TVA 5,5 %);Café;Bière", "05/09/2026;105,50;22,00;12,00")
    proposal, asked = read(DONE, given, sold="", taux="10|20")
    assert lines(proposal) == [(5, 10_000, 55_000), (5, 2_000, 100_000), (5, 1_000, 200_000)]
    assert asked == ["taux", "personnes.cape"]


def test_a_column_that_is_no_sale_stays_out() -> None:
    given = table("recettes.csv", "Jour;Pain (TVA 5,5 %);Pizzas (TVA 10 %);Consignes", "05/09/2026;105,50;22,00;7,00")
    proposal, asked = read(DONE, given, sold="", taux="rien")
    assert lines(proposal) == [(5, 10_000, 55_000), (5, 2_000, 100_000)]
    assert "taux" in asked


def test_each_receipt_has_the_rate_of_its_own_column() -> None:
    given = table("stand.csv", "Jour;Pain - TVA 5,5 %;Pizzas - TVA 10 %", "05/09/2026;105,50;22,00")
    proposal, _ = read(DONE, given, sold="", colonne_montant_ht="ttc:Montant", table="encaissements")
    assert lines(proposal) == [(5, 10_000, 55_000), (5, 2_000, 100_000)]


@pytest.mark.parametrize("word", ["fermé", "Fermé (jour férié)", "FERMETURE annuelle", "pas de marché", "Relâche"])
def test_a_closed_day_has_no_takings_and_is_told(word: str) -> None:
    given = table("septembre.csv", "Jour;Recette TTC", "05/09/2026;110,00", f"06/09/2026;{word}", "07/09/2026;22,00")
    proposal, _ = read(DONE, given, sold="", recettes_tva="10")
    assert sales(proposal) == {"2026-09": 12_000}
    assert any(f"« {word} » (ligne 3) : pas de recette" in each.replace("\xa0", " ") for each in proposal.notes)


def test_one_counter_may_be_closed_while_the_other_sells() -> None:
    days = ("05/09/2026;105,50;22,00", "06/09/2026;fermé;11,00", "08/09/2026;211,00;fermée")
    given = table("recettes.csv", "Jour;Pain (TVA 5,5 %);Snack (TVA 10 %)", *days)
    proposal, _ = read(DONE, given, sold="")
    assert lines(proposal) == [(5, 10_000, 55_000), (5, 2_000, 100_000), (6, 1_000, 100_000), (8, 20_000, 55_000)]


def test_how_much_may_be_a_price_of_a_sheet_of_everything() -> None:
    lines = ("02/09/2026;Gîte;Ida;5h;élagage;480 €", "09/09/2026;Halle;Bo;2h;tonte;120 €")
    given = table("suivi.csv", "Date;Pour qui;Qui;Temps;Quoi;Combien", *lines)
    proposal, asked = read(given, sold="", argent="montant_ttc", taux="20")
    assert sales(proposal) == {"2026-09": 50_000}
    assert minutes(proposal) == {("Ida", "2026-09"): 300, ("Bo", "2026-09"): 120}
    assert asked[:2] == ["argent", "taux"]


@pytest.mark.parametrize("sold", ["", "Numéro;Date;Montant HT;TVA\nF1;10/09/2026;500,00;100,00"])
def test_how_many_things_is_no_price(sold: str) -> None:
    lines = ("02/09/2026;Ida;5h;repas;60", "09/09/2026;Bo;2h;repas;25")
    given = table("suivi.csv", "Date;Qui;Temps;Quoi;Combien", *lines)
    proposal, asked = read(given, DONE, sold=sold, argent="rien")
    assert ("argent" in asked) == (not sold)
    if sold:
        assert sales(proposal) == {"2026-09": 50_000}


def test_a_rate_in_the_label_of_a_line_is_no_title_of_takings() -> None:
    rows = (
        "Statut;Numéro;Émise le;Client;Objet;HT;TVA;TTC;Reste à payer",
        "Payée;V1;02/10/2026;Mairie;Pose;200,00;40,00;240,00;0",
        "Payée;V2;07/10/2026;Mme Roux;Bibliothèque (TVA 10 %);100,00;10,00;110,00;0",
        "Payée;V3;08/10/2026;Mairie;Dépose;50,00;10,00;60,00;0",
    )
    proposal, asked = read(DONE, sold="\n".join(rows))
    assert sales(proposal) == {"2026-10": 35_000}
    assert not [each for each in asked if each.startswith("taux")]
