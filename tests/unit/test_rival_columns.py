"""Two columns that could say the same thing: the title that says it best is read, and the other is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile, given_files
from tests.given_tables import SOLD, minutes, read, sales, table


@pytest.mark.parametrize("other", ["Date de création", "Émise le", "Le"])
@pytest.mark.parametrize("first", [False, True])
def test_the_day_of_an_invoice_is_that_of_its_own_title(other: str, first: bool) -> None:
    days = [other, "Date de facture"] if first else ["Date de facture", other]
    kept = {other: "25/08/2026", "Date de facture": "02/09/2026"}
    head, line = ";".join(["N°", *days, "Montant HT", "TVA"]), ";".join(["F1", *map(kept.get, days), "500", "100"])
    hours = table("heures.csv", "personne;date;duree", "Awa;02/09/2026;3h")
    proposal, _ = read(hours, sold=f"{head}\n{line}")
    assert sales(proposal) == {"2026-09": 500_00}
    assert any(f"« Date de facture », pas de « {other} »" in each for each in proposal.heeded)


def test_hours_done_are_read_beside_those_planned_and_no_title_that_counts_is_a_person() -> None:
    lines = ["Qui;Date;Heures prévues;Heures réelles;Nb repas", "Awa;02/09/2026;4;3,5;2", "Ben;03/09/2026;2;2,75;1"]
    proposal, asked = read(table("heures.csv", *lines), sold=SOLD)
    assert minutes(proposal) == {("Awa", "2026-09"): 210, ("Ben", "2026-09"): 165}
    assert "personnes.colonnes" not in asked


def test_a_quote_is_no_sale_and_a_state_that_nobody_knows_is_asked_about() -> None:
    head = "N°;Date;Statut;Montant HT;TVA"
    lines = ["F1;02/09/2026;Payée;500;100", "D-7;03/09/2026;Devis accepté;3000;600", "F2;04/09/2026;Bleue;40;8"]
    hours = table("heures.csv", "personne;date;duree", "Awa;02/09/2026;3h")
    for said, sold in (("oui", 540_00), ("non", 500_00)):
        proposal, asked = read(hours, sold="\n".join([head, *lines]), etat_bleue=said)
        assert sales(proposal) == {"2026-09": sold}
        assert asked.count("etat.bleue") == 1
        assert any("« Devis accepté »" in each and "3\u202f000,00" in each for each in proposal.heeded)


def test_same_words_in_another_order_or_without_a_dot_are_asked_to_be_one_person() -> None:
    written = ("DIOP Awa", "SOPHIE M", "Sophie M.", "Ben")
    lines = ["personne;date;Combien (h)", *(f"{who};02/09/2026;2" for who in written)]
    people = table("membres.csv", "Nom;Statut;Depuis le", "Awa Diop;CAPE;01/09/2026", "Ben;bénévole;01/09/2026")
    proposal, asked = read(table("heures.csv", *lines), people)
    assert minutes(proposal) == {("Awa Diop", "2026-09"): 120, ("Sophie M.", "2026-09"): 240, ("Ben", "2026-09"): 120}
    assert asked.count("personnes.memes") == 1
    proposal, _ = read(table("heures.csv", *lines), people, personnes_memes="")
    assert len(minutes(proposal)) == 4


MEMBERS = table("membres.csv", "Nom;Statut;Depuis le", "Awa;CAPE;01/09/2026", "Ben;CAPE;01/09/2026")


def test_tables_of_the_same_titles_are_each_of_the_name_above() -> None:
    lines = ["Heures de septembre", "Awa", "Date;Heures", "02/09/2026;3", "03/09/2026;2", "Total;5", ""]
    lines += ["Ben", "Date;Heures", "02/09/2026;1", "04/09/2026;4", "Total;5"]
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Awa", "2026-09"): 300, ("Ben", "2026-09"): 300}
    assert [topic for topic in asked if topic.startswith("personne.")] == ["personne.heures.partie1"]
    proposal, asked = read(table("heures.csv", *lines), MEMBERS)
    assert minutes(proposal) == {("Awa", "2026-09"): 300, ("Ben", "2026-09"): 300}
    assert not any(topic.startswith("personne.") for topic in asked)


@pytest.mark.parametrize(
    ("title", "length"),
    [
        ("Journées (en jours de 7 h)", 420),
        ("2026, en jours de 7 h 30", 450),
        ("Nos heures", 60),
        ("Présences 2026 (1 = une journée)", 420),
        ("Temps 2026 en demi-journées", 210),
    ],
)
def test_a_title_above_says_how_long_a_day_is(title: str, length: int) -> None:
    lines = [title, "", "Nom;septembre 2026;octobre 2026", "Awa;2;1,5", "Ben;3;1"]
    proposal, _ = read(table("suivi.csv", *lines))
    assert minutes(proposal)["Awa", "2026-09"] == 2 * length
    assert minutes(proposal)["Ben", "2026-10"] == length


def test_a_payment_takes_its_sum_from_one_column_and_its_day_from_another() -> None:
    head = "N°;Date;Total HT;Total TTC;Payé;Reste dû;Date paiement"
    lines = ["F1;02/09/2026;100;120;120;0;20/09/2026", "F2;03/09/2026;50;60;10;50;25/09/2026"]
    sold = "\n".join([head, *lines, "F3;04/09/2026;10;12;0;12;"])
    proposal, asked = read(table("heures.csv", "personne;date;duree", "Awa;02/09/2026;3h"), sold=sold)
    assert proposal.reading is not None
    came = [(each.invoice, each.amount, each.received_on.day) for each in proposal.reading.book.payments]
    assert came == [("F1", 120_00, 20), ("F2", 10_00, 25)]
    assert "reglement.jour" not in asked


def test_numbers_shown_in_euros_are_nobodys_hours(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Feuil1"
    for row in (["Nom", "sept. 2026", "oct. 2026"], ["Mairie", 72, 30], ["Lens", 45, 12.5]):
        book.active.append(row)
    for cell in (each for row in book.active["B2:C3"] for each in row):
        cell.number_format = '#,##0.00 "€"'
    book.save(tmp_path / "marche.xlsx")
    shown = GivenFile("marche.xlsx", (tmp_path / "marche.xlsx").read_bytes())
    hours = table("heures.csv", "personne;date;duree", "Awa;02/09/2026;3h")
    proposal, asked = read(hours, shown, sommes_marche="rien")
    assert minutes(proposal) == {("Awa", "2026-09"): 180}
    assert "sommes.marche" in asked
    assert proposal.unread


def test_one_line_a_visit_gives_its_hours_from_its_ends_and_its_price_without_vat_when_that_is_written() -> None:
    lines = ["TVA non applicable, art. 293 B du CGI", "", "Date;Intervenante;Chez;De;À;Prix;Réglé"]
    lines += ["02/09/2026;Awa;Mme Bel;9h;11h30;50;chèque 02/09/2026", "03/09/2026;Ben;M. Kar;22h;0h30;62,50;"]
    proposal, asked = read(table("visites.csv", *lines), sold="")
    assert minutes(proposal) == {("Awa", "2026-09"): 150, ("Ben", "2026-09"): 150}
    assert sales(proposal) == {"2026-09": 112_50}
    assert proposal.reading is not None
    assert [each.vat_rate for each in proposal.reading.book.lines] == [0, 0]
    assert [each.amount for each in proposal.reading.book.payments] == [50_00]
    assert asked == ["personnes.cape"]


def test_a_column_where_nobody_agreed_to_anything_asks_nothing() -> None:
    lines = ["Nom;Date;Heures;Approved?", "Awa;02/09/2026;3;No", "Ben;03/09/2026;2;No"]
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Awa", "2026-09"): 180, ("Ben", "2026-09"): 120}
    assert "heures.validees" not in asked
    proposal, asked = read(table("heures.csv", *lines, "Ben;04/09/2026;1;Yes"))
    assert "heures.validees" in asked


def test_a_name_alone_above_her_lines_says_whose_they_are() -> None:
    lines = ["Date;Durée;Quoi", "Awa;;", "02/09/2026;3h;Buffet", "03/09/2026;1h;Buffet", "Total Awa;4h;"]
    lines += ["Ben;;", "02/09/2026;2h30;Jardin", "Total Ben;2h30;"]
    proposal, asked = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Awa", "2026-09"): 240, ("Ben", "2026-09"): 150}
    assert [topic for topic in asked if topic.startswith("personne.")] == ["personne.heures.partie1"]
    proposal, asked = read(table("heures.csv", *lines), MEMBERS)
    assert minutes(proposal) == {("Awa", "2026-09"): 240, ("Ben", "2026-09"): 150}
    assert not any(topic.startswith("personne.") for topic in asked)


@pytest.mark.parametrize(("said", "who"), [("Awa Diallo", "Awa Diallo"), ("Awa D.", "Awa D.")])
def test_a_short_name_of_two_people_is_asked_about(said: str, who: str) -> None:
    people = table("membres.csv", "Nom;Statut;Depuis le", "Awa Diop;CAPE;01/09/2026", "Awa Diallo;CAPE;01/09/2026")
    hours = table("heures.csv", "personne;date;duree", "Awa D.;02/09/2026;3h")
    proposal, asked = read(hours, people, personnes_qui_awad=said)
    assert minutes(proposal) == {(who, "2026-09"): 180}
    assert asked.count("personnes.qui.awad") == 1


def test_a_picture_that_may_show_figures_is_not_read_and_said_first(tmp_path: Path) -> None:
    (tmp_path / "heures.csv").write_text("personne;date;duree\nAwa;02/09/2026;3h", encoding="utf-8")
    for name in ("achats septembre.jpg", "Logo.png"):
        (tmp_path / name).write_bytes(b"\xff\xd8")
    findings = Findings()
    assert [each.name for each in given_files(tmp_path, findings)] == ["heures.csv"]
    assert [place.file for place, _ in findings.unread] == ["achats septembre.jpg"]
