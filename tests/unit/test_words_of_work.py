"""A word of a label may say a kind of work: it is told, and never makes training or common life of a customer's job."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import read, table

TRACKED = "Project,Client,Description,User,Start Date,Duration (h),Billable"
SHEET = "Date;Client;Travail;Prix TTC;Qui;Heures;Payé"


def kinds(proposal: ImportProposal) -> list[str]:
    assert proposal.reading is not None, proposal.refusal
    return [each.kind for each in proposal.reading.book.hours]


def tracked(*lines: str) -> ImportProposal:
    return read(table("pointage.csv", TRACKED, *lines), genre="prestation")[0]


@pytest.mark.parametrize("what", ["réunion de chantier", "stage de vannerie", "Atelier enfants", "accueil du public"])
def test_what_a_customer_buys_is_no_work_for_the_group(what: str) -> None:
    assert kinds(tracked(f"Kiosque,Ville d'Ussel,{what},Iris,14/09/2026,02:00:00,Yes")) == ["prestation"]


def test_a_word_that_says_a_kind_is_told_with_its_lines() -> None:
    proposal = tracked(
        "Kiosque,Ville d'Ussel,devis,Iris,14/09/2026,02:00:00,Yes",
        "Kiosque,Ville d'Ussel,rangement du camion,Jo,15/09/2026,01:00:00,Yes",
        ",,réunion,Jo,16/09/2026,01:00:00,No",
    )
    assert kinds(proposal) == ["appui", "appui", "commun"]
    told = next(note for note in proposal.heeded if "genre de travail" in note).replace("\xa0", " ")
    assert "« devis » : appui (1 ligne)" in told
    assert "« rangement » : appui (1 ligne)" in told
    assert "« réunion » : commun (1 ligne)" in told


def test_a_project_for_the_group_is_still_what_its_words_say() -> None:
    assert kinds(tracked("Vie interne,Interne,réunion,Iris,14/09/2026,02:00:00,Yes")) == ["commun"]


@pytest.mark.parametrize("what", ["courses", "préparation salle", "formation tableur", "accueil"])
def test_hours_on_the_line_of_a_price_are_sold(what: str) -> None:
    line = f"14/09/2026;Mme Ozer;{what};120,00;Iris;3h;non"
    assert kinds(read(table("suivi.csv", SHEET, line), sold="", taux="20")[0]) == ["prestation"]
    cash = table("caisse.csv", "Date;Quoi;Qui;Heures;Entrée;Sortie", f"14/09/2026;{what};Iris;3h;120,00;")
    assert kinds(read(cash, sold="")[0]) == ["prestation"]


def test_orders_with_hours_and_orders_with_invoices_that_never_meet_are_told() -> None:
    proposal = tracked("Kiosque,Ville d'Ussel,pose,Iris,14/09/2026,02:00:00,Yes")
    assert any("« Kiosque »" in note and "« F1 »" in note and "même nom" in note for note in proposal.heeded)
    linked = tracked("F1,Ville d'Ussel,pose,Iris,14/09/2026,02:00:00,Yes")
    assert not any("même nom" in note for note in linked.heeded)


SOLD = ("N°;Date;Client;Objet;Montant HT;TVA", "R1;10/09/2026;Mme Noël;Rangement;500,00;100,00")
DONE = ("Jour;Qui;Tâche;Durée", "03/09/2026;Iris;Rangement;2h", "04/09/2026;Iris;courses Mme Noël;1h")


def test_what_invoices_sell_and_work_for_their_customers_is_not_told_by_a_word() -> None:
    lines = (*DONE, "05/09/2026;Jo;devis Mme Noël;1h", "07/09/2026;Jo;courses;1h")
    proposal, _ = read(table("temps.csv", *lines), sold="\n".join(SOLD), genre="prestation")
    assert kinds(proposal) == ["prestation", "prestation", "appui", "appui"]


def test_words_of_several_sheets_of_a_file_are_told_in_one_sentence() -> None:
    book = Workbook()
    for who, what in (("Iris", "accueil"), ("Jo", "devis")):
        sheet = book.create_sheet(who)
        for row in (("Jour", "Tâche", "Durée"), ("03/09/2026", what, "2h"), ("04/09/2026", "Vélos", "1h")):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(content := BytesIO())
    proposal, _ = read(GivenFile("temps.xlsx", content.getvalue()), genre="prestation")
    (told,) = (note for note in proposal.heeded if "genre de travail" in note)
    assert "accueil" in told
    assert "devis" in told


def test_each_kind_of_work_is_explained_where_it_is_asked() -> None:
    sold = table("factures.csv", *SOLD)
    asked = propose([table("temps.csv", *DONE), sold], "Essai", Recipe(), Findings()).questions
    (doubt,) = (each.doubt for each in asked if each.doubt.topic == "genre")
    assert len(doubt.means) == len(doubt.options)


def test_what_is_not_billed_among_work_that_is_is_not_sold_by_its_project_alone() -> None:
    rows = (
        "User,Project,Activity,Description,Start Date,Duration (h),Billable",
        "Iris,Kiosque,Montage,vis,14/09/2026,02:00:00,Yes",
        "Iris,Kiosque,Réunion,point,15/09/2026,01:00:00,No",
        "Jo,Local,Peinture,blanc,15/09/2026,01:00:00,No",
    )
    proposal, asked = read(table("pointage.csv", *rows), genre="appui")
    assert kinds(proposal) == ["prestation", "commun", "appui"]
    assert "genre" in asked
    silent = [row.replace(",Yes", ",No") for row in rows]  # nobody fills that column
    assert kinds(read(table("pointage.csv", *silent))[0]) == ["prestation", "commun", "prestation"]
