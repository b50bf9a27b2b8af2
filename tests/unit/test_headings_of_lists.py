"""What stands alone above a list, « Planning prévisionnel », « Devis 2026 », may say that it does not count: asked."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

WORK = ("Date;Qui;Durée", "07/09/2026;Lou;3h", "08/09/2026;Ana;2h")


@pytest.mark.parametrize(
    "heading", ["Planning prévisionnel septembre 2026", "Heures prévues", "Septembre (à confirmer)"]
)
def test_hours_under_a_heading_of_a_forecast_are_asked_about(heading: str) -> None:
    proposal, asked = read(table("a.csv", "Jour;Personne;Heures", "01/09/2026;Lou;1"), table("b.csv", heading, *WORK))
    assert any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Lou", "2026-09"): 60}


@pytest.mark.parametrize("heading", ["Heures de septembre 2026", "Heures prévues : 35", "Planning", "Réel et prévu"])
def test_hours_under_another_heading_count(heading: str) -> None:
    proposal, asked = read(table("b.csv", heading, *WORK))
    assert not any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Ana", "2026-09"): 120}


@pytest.mark.parametrize(
    "title", ["Heures prévues", "Temps estimé", "Budget heures", "Durée planifiée", "Heures allouées"]
)
def test_a_column_of_time_that_is_only_planned_is_asked_about(title: str) -> None:
    done = table("a.csv", "Jour;Personne;Heures", "01/09/2026;Lou;1")
    proposal, asked = read(done, table("b.csv", f"Date;Qui;{title}", *WORK[1:]))
    assert any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Lou", "2026-09"): 60}


@pytest.mark.parametrize("title", ["Heures (prévu / fait)", "Heures réelles", "Durée", "Temps passé"])
def test_a_column_of_time_done_counts(title: str) -> None:
    proposal, asked = read(table("b.csv", f"Date;Qui;{title}", *WORK[1:]))
    assert not any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Lou", "2026-09"): 180, ("Ana", "2026-09"): 120}


HEADINGS = ["DEVIS 2026", "Nos devis", "Factures proforma", "Propositions commerciales", "Devis au 15/09/2026"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_list_of_quotes_under_its_heading_is_asked_about(heading: str) -> None:
    quotes = table("liste.csv", heading, "N°;Date;Client;HT;TVA;TTC", "D1;02/09/2026;Bar;500,00;100,00;600,00")
    sold = "N°;Date;Client;HT;TVA;TTC\nF1;03/09/2026;Bar;100,00;20,00;120,00"
    proposal, asked = read(table("heures.csv", *WORK), quotes, sold=sold)
    assert any(each.startswith("prevu.") for each in asked)
    assert sales(proposal) == {"2026-09": 10_000}


@pytest.mark.parametrize(
    "titles", ["Date;Client;Objet;Prix TTC", "Date;Pour qui;Quoi;Montant HT", "Le;Nom;Article;Prix"]
)
def test_a_list_of_amounts_without_a_word_of_spending_is_never_bought_in_silence(titles: str) -> None:
    lines = ("02/09/2026;Mme Roy;ourlet;12,00", "09/09/2026;Cie Bulle;costumes;540,00")
    _, asked = read(table("heures.csv", *WORK), table("cahier.csv", titles, *lines))
    assert any(each.startswith(("table", "argent", "colonne.montant")) for each in asked)


QUOTES = ("N°;Date;Client;HT;TVA;TTC", "1;02/09/2026;Bar;500,00;100,00;600,00", "2;04/09/2026;Gîte;80,00;16,00;96,00")
INVOICED = "N°;Date;Client;HT;TVA;TTC\nF1;03/09/2026;Bar;100,00;20,00;120,00"


@pytest.mark.parametrize("name", ["suivi_devis.csv", "relances devis.csv", "proforma 2026.csv"])
def test_a_list_of_quotes_is_known_by_the_name_of_its_file(name: str) -> None:
    proposal, asked = read(table("heures.csv", *WORK), table(name, *QUOTES), sold=INVOICED)
    assert any(each.startswith("prevu.") for each in asked)
    assert sales(proposal) == {"2026-09": 10_000}


@pytest.mark.parametrize(
    ("heading", "name"), [("Commandes clients", "a.csv"), ("", "bons de livraison.csv"), ("Bons de commande", "a.csv")]
)
def test_orders_and_deliveries_beside_invoices_are_asked_about(heading: str, name: str) -> None:
    lines = [*([heading] if heading else []), *QUOTES]
    proposal, asked = read(table("heures.csv", *WORK), table(name, *lines), sold=INVOICED)
    assert any(each.startswith("prevu.") for each in asked)
    assert sales(proposal) == {"2026-09": 10_000}
    assert not any("donnez les factures à la place" in each for each in proposal.heeded)


def test_deliveries_alone_are_sales_and_it_is_told() -> None:
    proposal, asked = read(table("heures.csv", *WORK), table("a.csv", "Bons de livraison", *QUOTES), sold="")
    assert not any(each.startswith("prevu.") for each in asked)
    assert sales(proposal) == {"2026-09": 58_000}
    assert any("liste de commandes" in each for each in proposal.heeded)


@pytest.mark.parametrize("title", ["Retour client", "Suite", "Statut"])
@pytest.mark.parametrize("words", ["signé;perdu", "Accepté;en attente", "gagné;sans réponse"])
def test_a_list_whose_states_are_those_of_quotes_is_asked_about(title: str, words: str) -> None:
    head, *lines = QUOTES
    quotes = [f"{line};{word}" for line, word in zip(lines, words.split(";"), strict=True)]
    proposal, asked = read(table("heures.csv", *WORK), table("a.csv", f"{head};{title}", *quotes), sold=INVOICED)
    assert any(each.startswith("prevu.") for each in asked)
    assert sales(proposal) == {"2026-09": 10_000}


@pytest.mark.parametrize("words", ["payée;en attente", "envoyée;refusée", "acceptée;payée"])
def test_states_of_invoices_are_not_those_of_quotes(words: str) -> None:
    head, *lines = QUOTES
    invoices = [f"{line};{word}" for line, word in zip(lines, words.split(";"), strict=True)]
    _, asked = read(table("heures.csv", *WORK), table("a.csv", f"{head};Statut", *invoices), sold="")
    assert not any(each.startswith("prevu.") for each in asked)
