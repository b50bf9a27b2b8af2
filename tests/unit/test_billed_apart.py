"""What hours are worth, beside their rate, is no sale in silence where a list of invoices is given too."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

SOLD = "Numéro;Date;Client;Montant HT;Taux TVA\nV1;30/09/2026;Foyer;160,00;20 %"


@pytest.mark.parametrize("titles", ["Taux horaire;Montant HT", "Tarif HT;Total HT", "Prix de l'heure;Montant HT"])
@pytest.mark.parametrize(("said", "sold"), [("oui", 16_000), ("non", 32_000)])
def test_the_worth_of_hours_is_asked_about_beside_invoices(titles: str, said: str, sold: int) -> None:
    lines = (f"Jour;Prénom;Client;Heures;{titles}", "02/09/2026;Lou;Foyer;3;40,00;120,00",
             "03/09/2026;Omar;Foyer;1;40,00;40,00")  # fmt: skip
    proposal, asked = read(table("temps.csv", *lines), sold=SOLD, argent_factures=said, taux="20")
    assert "argent.factures" in asked
    assert sales(proposal) == {"2026-09": sold}
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Omar", "2026-09"): 60}


def test_alone_a_sheet_of_hours_and_prices_gives_the_sales() -> None:
    lines = ("Jour;Prénom;Client;Heures;Taux horaire;Montant HT", "02/09/2026;Lou;Foyer;3;40,00;120,00")
    proposal, asked = read(table("temps.csv", *lines), sold="", taux="20")
    assert "argent.factures" not in asked
    assert sales(proposal) == {"2026-09": 12_000}


def _followed(*lines: str) -> str:
    return "\n".join(("Réf. proposition;Proposé le;Nom du client;Montant HT;Taux TVA;N° de facture;Facturé le", *lines))


def test_a_quote_without_an_invoice_in_a_follow_up_of_quotes_is_no_sale_yet() -> None:
    hours = table("heures.csv", "Personne;Date;Durée", "Lou;02/09/2026;3h")
    made = ("P-1;03/08/2026;Foyer;310,00;20 %;FA-8;04/09/2026", "P-3;05/08/2026;Halle;90,00;20 %;FA-9;11/09/2026")
    proposal, asked = read(hours, sold=_followed(made[0], "P-2;04/08/2026;Crèche;640,00;20 %;;", made[1]))
    assert "date.vides" not in asked
    assert sales(proposal) == {"2026-09": 40_000}
    assert any("pas encore des ventes (ligne 3 : 640,00)" in told for told in proposal.heeded)


def test_the_next_lines_of_an_invoice_are_not_quotes_because_its_number_stands_on_the_first() -> None:
    hours = table("heures.csv", "Personne;Date;Durée", "Lou;02/09/2026;3h")
    more = ("P-1;03/08/2026;Foyer;310,00;20 %;FA-8;04/09/2026", "P-1;03/08/2026;Foyer;90,00;20 %;;")
    proposal, _ = read(hours, sold=_followed(*more))
    assert not any("pas encore des ventes" in told for told in proposal.heeded)


@pytest.mark.parametrize("title", ["Facturé", "Facturé ?", "Facture faite"])
@pytest.mark.parametrize("words", ["pas encore", "à facturer", "non facturé", "en attente"])
@pytest.mark.parametrize("worked", [True, False])
def test_a_line_that_is_not_billed_yet_is_no_sale(title: str, words: str, worked: bool) -> None:
    hours = table("heures.csv", "Personne;Date;Durée", "Lou;02/09/2026;3h")
    head, who = ("Jour;Client;Prénom;Heures", "Lou;3;") if worked else ("Date;Client", "")
    lines = (f"03/09/2026;Foyer;{who}100,00;20 %;oui", f"04/09/2026;Halle;{who}200,00;20 %;{words}")
    given = table("suivi.csv", f"{head};Prix HT;TVA;{title}", *lines)
    proposal, _ = read(*([given] if worked else [given, hours]), sold="", table="factures")
    assert sales(proposal) == {"2026-09": 10_000}
    assert any("pas encore des ventes" in told for told in proposal.heeded)


@pytest.mark.parametrize(("said", "sold"), [("non", 10_000), ("oui", 30_000)])
def test_a_line_of_which_nothing_says_that_it_is_billed_is_asked(said: str, sold: int) -> None:
    lines = ("03/09/2026;Foyer;Lou;3;100,00;20 %;oui", "04/09/2026;Halle;Lou;3;200,00;20 %;")
    given = table("suivi.csv", "Jour;Client;Prénom;Heures;Prix HT;TVA;Facturé", *lines)
    proposal, asked = read(given, sold="", facture_vide=said)
    assert "facture.vide" in asked
    assert sales(proposal) == {"2026-09": sold}
