"""Numbers that are nobody's time, and people told twice: by a login, and by a whole name."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Ana;02/06/2026;commun;3h")


def kept(*files: GivenFile, **answers: str) -> tuple[ImportProposal, list[str]]:
    return read(*files, sold="", **answers)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Id. client", "Id pièce"),
        ("Code tiers", "Nb lignes"),
        ("N° interne", "Délai"),
        ("Réf. devis", "Nombre de colis"),
    ],
)
def test_numbers_of_an_invoice_list_are_never_offered_as_people(first: str, second: str) -> None:
    lines = (f"{first};{second};N° facture;Date;Client;Montant HT;TVA", "4;12;F-1;02/06/2026;Mairie;200,00;20 %")
    proposal, asked = kept(HOURS, table("export.csv", *lines, "9;14;F-2;03/06/2026;Lycée;100,00;20 %"))
    assert "personnes.colonnes" not in asked
    assert sales(proposal) == {"2026-06": 30_000}


@pytest.mark.parametrize(
    ("login", "name"), [("User", "Name"), ("Utilisateur", "Nom complet"), ("User", "Display name")]
)
def test_people_are_called_by_their_whole_name_beside_their_login(login: str, name: str) -> None:
    lines = ("rpoz;Rosa Poz;02/06/2026;2h;commun", "idrissa;Idrissa Le Gal;03/06/2026;1h;commun")
    proposal, _ = kept(
        table("temps.csv", f"{login};{name};Date;Durée;Genre", *lines),
        table("f.csv", "N°;Date;HT;TVA", "1;02/06/2026;9;0 %"),
    )
    assert minutes(proposal) == {("Rosa Poz", "2026-06"): 120, ("Idrissa Le Gal", "2026-06"): 60}


def test_a_column_that_only_starts_like_a_name_names_nobody() -> None:
    lines = ("Rosa;Rosa Ménage;02/06/2026;2h;commun", "Rosa;Rosa Courses;03/06/2026;1h;commun")
    sold = table("f.csv", "N°;Date;HT;TVA", "1;02/06/2026;9;0 %")
    proposal, _ = kept(table("temps.csv", "Qui;Nom du travail;Date;Durée;Genre", *lines), sold)
    assert minutes(proposal) == {("Rosa", "2026-06"): 180}


@pytest.mark.parametrize("title", ["Nom de l'entreprise", "Nom d'affichage du partenaire de la facture", "Nom client"])
def test_the_customer_of_an_export_names_its_order(title: str) -> None:
    proposal, _ = kept(
        HOURS, table("export.csv", f"Numéro;Date;{title};Montant HT;TVA", "F-1;02/06/2026;Les Lilas;9;20 %")
    )
    assert proposal.reading is not None
    assert [each.label for each in proposal.reading.book.orders] == ["Les Lilas"]


@pytest.mark.parametrize("before", ["Heures ", "h ", "Nb heures ", "Heures de ", "Temps "])
def test_hours_titled_by_who_worked_are_hers_beside_invoices_once_it_is_said(before: str) -> None:
    head = f"Date;Client;Facture;HT;TVA;{before}Rosa;{before}Moussa"
    lines = ("02/06/2026;Mairie;7;200,00;20 %;3;1,5", "09/06/2026;Réunion;;;;1;1", "16/06/2026;Lycée;8;90,00;20 %;;2")
    proposal, asked = kept(table("suivi.csv", head, *lines), genre="commun")
    assert asked[0] == "personnes.colonnes"
    assert minutes(proposal) == {("Rosa", "2026-06"): 240, ("Moussa", "2026-06"): 270}
    assert sales(proposal) == {"2026-06": 29_000}


def test_places_titled_so_are_never_people_unasked() -> None:
    lines = ("02/06/2026;3;1,5;4,5", "09/06/2026;1;1;2", "16/06/2026;;2;2")
    sold = table("f.csv", "N°;Date;HT;TVA", "1;02/06/2026;9;0 %")
    _, asked = kept(table("t.csv", "Date;Heures Verger;Heures Grange;Total", *lines), sold)
    assert "personnes.colonnes" in asked


@pytest.mark.parametrize(
    ("title", "answers", "cents"),
    [("CA ", {"argent": "montant_ht"}, 90_000), ("Ventes TTC ", {}, 75_000), ("CA HT de ", {}, 90_000)],
)
def test_what_each_sold_beside_her_hours_adds_up(title: str, answers: dict[str, str], cents: int) -> None:
    head = f"Date;Client;{title}Rosa;{title}Moussa;Heures Rosa;Heures Moussa"
    lines = ("02/06/2026;Mairie;240,00;60,00;3;2", "09/06/2026;Lycée;;600,00;;5")
    proposal, _ = kept(table("suivi.csv", head, *lines), **answers)
    assert sales(proposal) == {"2026-06": cents}
    assert minutes(proposal) == {("Rosa", "2026-06"): 180, ("Moussa", "2026-06"): 420}
    assert any("leur somme est ce qui est vendu" in each for each in proposal.heeded)


def test_a_column_of_the_whole_counts_rather_than_what_each_sold() -> None:
    head = "Date;Client;CA HT Rosa;CA HT Moussa;Total HT;TVA;Rosa (h);Moussa (h)"
    lines = ("02/06/2026;Mairie;240,00;60,00;310,00;20 %;3;2", "09/06/2026;Lycée;;600,00;600,00;20 %;;5")
    proposal, _ = kept(table("suivi.csv", head, *lines))
    assert sales(proposal) == {"2026-06": 91_000}
    assert any("c'est « Total HT » qui dit" in each for each in proposal.heeded)


@pytest.mark.parametrize(("lines", "told"), [(("300,00", "600,00"), "argent"), (("5", "5"), "heures")])
def test_a_total_beside_them_is_that_of_what_is_sold_or_of_hours(lines: tuple[str, str], told: str) -> None:
    head = "Date;Client;CA Rosa;CA Moussa;Heures Rosa;Heures Moussa;Total"
    rows = (f"02/06/2026;Mairie;240,00;60,00;3;2;{lines[0]}", f"09/06/2026;Lycée;;600,00;;5;{lines[1]}")
    proposal, _ = kept(table("suivi.csv", head, *rows), argent="montant_ht")
    assert sales(proposal) == {"2026-06": 90_000}, told
    assert minutes(proposal) == {("Rosa", "2026-06"): 180, ("Moussa", "2026-06"): 420}
    assert not any("ce total dit" in each for each in proposal.heeded)
