"""What a folder holds beside its months, addresses, prices, a stock: left alone, told, and never asked about."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Lou;04/06/2026;commun;3h")
BESIDE = (
    ("Nos clients.csv", "Client;Tél;E-mail", "Lycée;01 02 03 04 05;a@b.fr", "des adresses"),
    ("fournisseurs.csv", "Fournisseur;Ville;SIRET", "Metro;Lille;12345678901234", "des adresses"),
    ("tarifs.csv", "Prestation;Prix conseillé TTC", "Ménage;25", "des prix"),
    ("Catalogue 2026.csv", "Article;Prix HT;TVA", "Panier;18,00;5,5 %", "des prix"),
    ("placard.csv", "Produit;Stock;Seuil", "Farine;12;5", "un stock"),
)


@pytest.mark.parametrize(("name", "titles", "line", "told"), BESIDE)
def test_a_sheet_of_another_kind_is_told_and_costs_no_question(name: str, titles: str, line: str, told: str) -> None:
    proposal, asked = read(HOURS, table(name, titles, line, line))
    assert not [each for each in asked if each.startswith("table")]
    assert proposal.reading is not None, proposal.refusal
    assert not proposal.unread
    assert any(f"cette feuille dit {told}" in note for note in proposal.notes)


@pytest.mark.parametrize(
    ("name", "titles", "line"),
    [
        ("clients.csv", "Client;Ville;Date;Facture;Montant HT;TVA", "Lycée;Lens;04/06/2026;F9;100,00;20 %"),
        ("Tarifs et ventes.csv", "Facture;Client;Prix HT;TVA;Date", "F9;Lycée;100,00;20 %;04/06/2026"),
        ("stock vendu.csv", "Stock;Facture;Date;Client;Montant HT;TVA", "4;F9;04/06/2026;Lycée;100,00;20 %"),
    ],
)
def test_a_sheet_of_facts_is_read_whatever_its_name(name: str, titles: str, line: str) -> None:
    proposal, _ = read(HOURS, table(name, titles, line), sold="", table="factures")
    assert sales(proposal) == {"2026-06": 10_000}


ENTRY = (
    "JournalCode;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxNum;CompAuxLib;PieceRef;EcritureLib;Debit;Credit"
)


@pytest.mark.parametrize("customer", ["Ville de Lens", "Société Mel", "Contact Plus"])
def test_names_of_customers_in_the_lines_are_no_titles_of_a_list_of_addresses(customer: str) -> None:
    lines = (
        f"VE;1;20260604;411000;Clients;CVIL;{customer};F9;{customer} F9;120,00;0,00",
        f"VE;1;20260604;706000;Prestations;;;F9;{customer} F9;0,00;100,00",
        f"VE;1;20260604;445710;TVA;;;F9;{customer} F9;0,00;20,00",
    )
    proposal, _ = read(HOURS, table("FEC.csv", ENTRY, *lines), sold="")
    assert sales(proposal) == {"2026-06": 10_000}


def test_customers_with_the_same_first_word_in_each_title_are_addresses() -> None:
    titles = "Client Name;Client Email;Client Phone;Client Number"
    proposal, _ = read(HOURS, table("clients.csv", titles, "Lycée;a@b.fr;01 02 03 04 05;7"))
    assert any("cette feuille dit des adresses" in note for note in proposal.notes)


@pytest.mark.parametrize(
    "lines",
    [
        ("Poste;Juin 2026;Juillet 2026;Cumul", "CA HT;900,00;1100,50;2000,50", "TVA;180,00;220,10;400,10",
         "Contribution 10 %;-90,00;-110,05;-200,05", "Solde;1,00;2,00;3,00"),
        ("Compte;Montant", "Chiffre d'affaires;2000,50", "Cotisations;-300,00", "Frais;-12,00", "Résultat;1688,50"),
    ],
)  # fmt: skip
def test_a_state_of_an_account_is_told_with_what_is_sold_and_asks_nothing(lines: tuple[str, ...]) -> None:
    hours = table("heures.csv", "Jour;Qui;Genre;Temps", "05/07/2026;Lou;prestation;2h")
    proposal, asked = read(table("situation.csv", "Situation au 31/07/2026", "", *lines), hours)
    assert asked == ["personnes.cape"]
    told = " ".join(proposal.unread)
    assert "cette feuille est un état" in told
    assert "2\u202f000,50" in told or "2\xa0000,50" in told
    assert sales(proposal) == {"2026-09": 50_000}
