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
