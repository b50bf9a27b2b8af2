"""A question has a right answer, and a refusal names the cell that is not understood, never a column that is there."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile, given_files
from kpa_model.files.importing.proposal import propose
from tests.given_tables import minutes, read, sales, table


@pytest.mark.parametrize("days", [("20260907", "20260908"), ("07092026", "08092026"), ("070926", "080926")])
def test_days_without_signs_are_read_under_their_title(days: tuple[str, str]) -> None:
    lines = ("Membre;Jour;Heures;Genre", *(f"Nadège;{day};2h;prestation" for day in days))
    assert minutes(read(table("pointage.csv", *lines))[0]) == {("Nadège", "2026-09"): 240}


@pytest.mark.parametrize("said", ["hier", "bientôt", "99999999"])
def test_what_is_no_day_is_named_under_a_title_that_says_the_day(said: str) -> None:
    proposal, _ = read(table("heures.csv", "Membre;Jour;Heures;Genre", f"Nadège;{said};2h;prestation"))
    told = str(proposal.refusal)
    assert f"« {said} »" in told
    assert "colonne B « Jour »" in told
    assert "aucune colonne" not in told


def test_who_is_called_a_worker_has_her_hours_and_a_clock_with_points_is_proved_by_its_two_hours() -> None:
    lines = ("Ouvrière;Date;De;À;Total", "Nadège;07/09/2026;08.00;11.20;3.20", "Ida;08/09/2026;13.00;15.00;2.00")
    proposal, asked = read(table("Chantiers.csv", *lines))
    assert minutes(proposal) == {("Nadège", "2026-09"): 200, ("Ida", "2026-09"): 120}
    assert set(asked) <= {"genre", "personnes.cape"}
    assert not any("ce total dit" in each for each in proposal.heeded)


def test_hours_of_a_clock_that_may_be_decimals_are_not_read_in_silence() -> None:
    lines = ("Qui;Date;De;À", "Nadège;07/09/2026;8.50;11.25", "Ida;08/09/2026;13.00;15.50")
    proposal, _ = read(table("heures.csv", *lines))
    assert proposal.refusal is not None


def test_amounts_of_belgium_say_their_tax() -> None:
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Nadège;4h;prestation")
    lines = ("Numéro;Date;Total HTVA;TVA;Total TVAC", "1;07/09/2026;300,00;60,00;360,00")
    proposal, asked = read(hours, sold="\n".join(lines))
    assert sales(proposal) == {"2026-09": 30_000}
    assert "colonne.montant_ht" not in asked


def test_a_column_that_is_asked_for_may_be_none_of_them() -> None:
    lines = ("Date;Semis;Temps", "07/09/2026;Carottes;2h", "08/09/2026;Poireaux;3h", "09/09/2026;Carottes;1h")
    proposal, asked = read(table("essai.csv", *lines), colonne_personne="aucune", personne_essai="Ida")
    assert "colonne.personne" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 360}


def test_numbers_of_days_ask_their_month_and_two_files_of_one_name_each_their_own() -> None:
    head, line = "Qui;Jour;Heures;Genre", "Nadège;{};2h;prestation"
    files = [table(f"{name}/heures.csv", head, line.format(day)) for name, day in (("a", 9), ("b", 4))]
    proposal, asked = read(*files, mois_aheurescsv="août 2026", mois_bheurescsv="2026-09")
    assert {"mois.aheurescsv", "mois.bheurescsv"} <= set(asked)
    assert minutes(proposal) == {("Nadège", "2026-08"): 120, ("Nadège", "2026-09"): 120}
    refused, asked = read(files[0], mois_aheurescsv="bientôt")
    assert "« bientôt », ne suffit pas" in str(refused.refusal)


def test_a_list_of_names_is_enough_and_says_whose_initials_head_the_columns() -> None:
    people = table("membres.csv", "Nom;Téléphone", "Nadège Roy;01", "Ida Coz;02", "Omer Le;03")
    hours = table("heures.csv", "Jour;NR;IC", "mardi 8 septembre 2026;2h;1h", "mercredi 9 sept.;3h;")
    proposal, asked = read(people, hours)
    assert "personnes.memes" in asked
    assert minutes(proposal) == {("Nadège Roy", "2026-09"): 300, ("Ida Coz", "2026-09"): 60}
    assert proposal.reading is not None
    assert len(proposal.reading.book.members) == 3


def test_a_day_without_its_year_that_another_day_of_the_week_denies_is_refused() -> None:
    lines = ("Jour;Qui;Heures;Genre", "mardi 8 septembre 2026;Ida;2h;appui", "jeudi 9 septembre;Ida;3h;appui")
    assert "jeudi 9 septembre" in str(read(table("heures.csv", *lines))[0].refusal)


PER_PAYMENT = (
    "N° facture;Date facture;Total HT;Total TVA;Total TTC;Date règlement;Montant réglé",
    "F1;02/09/2026;500,00;100,00;600,00;10/09/2026;400,00",
    "F1;02/09/2026;500,00;100,00;600,00;25/09/2026;{}",
    "F2;09/09/2026;80,00;16,00;96,00;;",
)
WORKED = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Ida;4h;prestation")


@pytest.mark.parametrize("name", ["règlements.csv", "ventes.csv"])
def test_an_invoice_written_once_for_each_payment_is_sold_once_and_paid_twice(name: str) -> None:
    proposal, asked = read(WORKED, table(name, *(line.format("200,00") for line in PER_PAYMENT)), sold="")
    assert sales(proposal) == {"2026-09": 58_000}
    assert proposal.reading is not None
    assert [each.amount for each in proposal.reading.book.payments] == [40_000, 20_000]
    assert "montant_ht.repete" not in asked


def test_two_lines_that_are_paid_beyond_one_amount_are_asked_about() -> None:
    _, asked = read(WORKED, table("ventes.csv", *(line.format("800,00") for line in PER_PAYMENT)), sold="")
    assert "montant_ht.repete" in asked


RECAP = ("Nom;Heures;Cumul annuel;Remarque", "Ida;12;80;", "Omer;7,5;50;congé", "Total;19,5;130;")


def test_the_hours_of_each_person_in_a_month_are_its_hours_once_it_is_said() -> None:
    proposal, asked = read(table("récap.csv", "Heures de septembre 2026", *RECAP))
    assert "mois_entier" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 720, ("Omer", "2026-09"): 450}
    proposal, asked = read(table("récap.csv", *RECAP), mois_recapcsv="octobre 2026")
    assert minutes(proposal) == {("Ida", "2026-10"): 720, ("Omer", "2026-10"): 450}
    proposal, _ = read(WORKED, table("récap.csv", *RECAP), mois_recapcsv="non")
    assert minutes(proposal) == {("Ida", "2026-09"): 240}


def test_a_sum_of_hours_that_nothing_else_tells_asks_its_month() -> None:
    members = table("membres.csv", "Nom;Statut;Depuis", "Ida;cape;01/01/2026", "Omer;cape;01/01/2026")
    proposal, asked = read(members, table("temps.csv", "Nom;Heures", "Ida;12", "Omer;7,5"), mois_tempscsv="09/2026")
    assert "mois.tempscsv" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 720, ("Omer", "2026-09"): 450}


@pytest.mark.parametrize("name", ["notes.docx", "plan.odt", "contacts.vcf"])
def test_a_text_given_beside_tables_stops_nothing_and_is_said_to_be_one(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 not a table")
    findings = Findings()
    assert given_files(tmp_path / name, findings) == []
    assert not findings.problems
    assert "C'est un" in findings.told_unread()[0]


SHEET = (
    "Date;Ida;Omer;Zoé",
    "07/09/2026;8h-12h / 13h30-16h;9h à 11h30;",
    "08/09/2026;9-12;;14:00-16:15",
    "09/09/2026;;8h30-12h30 (pause 30 min);10h-11h",
)


def test_a_signed_sheet_says_when_each_one_came_and_left() -> None:
    proposal, _ = read(table("émargement.csv", *SHEET))
    assert minutes(proposal) == {("Ida", "2026-09"): 570, ("Omer", "2026-09"): 360, ("Zoé", "2026-09"): 195}


def test_what_a_signed_sheet_does_not_say_in_hours_is_refused_where_it_stands() -> None:
    proposal, _ = read(table("émargement.csv", *SHEET, "10/09/2026;quand elle peut;9h-10h;9h-10h"))
    assert "« quand elle peut »" in str(proposal.refusal)


def test_days_and_months_with_a_hyphen_are_no_hours_of_a_clock() -> None:
    lines = ("Jour;Qui;Horaires;Genre", "7-9-2026;Ida;9h-12h;appui", "8-9-2026;Omer;14h-15h;appui")
    assert minutes(read(table("heures.csv", *lines))[0]) == {("Ida", "2026-09"): 180, ("Omer", "2026-09"): 60}


PARTS = ("Date;Qui;Matin;Après-midi;Route", "07/09/2026;Ida;3;4;0,5", "08/09/2026;Omer;2;;1", "09/09/2026;Ida;;1h30;")


def test_times_of_one_line_in_several_columns_add_up_as_the_group_says() -> None:
    proposal, asked = read(table("heures.csv", *PARTS))
    assert "colonne.duree" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 540, ("Omer", "2026-09"): 180}
    proposal, _ = read(table("heures.csv", *PARTS), colonne_duree="Matin|Après-midi")
    assert minutes(proposal) == {("Ida", "2026-09"): 510, ("Omer", "2026-09"): 120}
    proposal, asked = read(WORKED, table("essai.csv", *PARTS), table="heures", colonne_duree="")
    assert "colonne.duree" in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 240}


@pytest.mark.parametrize("day", ["September 7, 2026", "Sep 7, 2026 9:00 AM → 11:30 AM", "Monday, September 7, 2026"])
def test_a_day_whose_month_stands_in_english_letters_is_read(day: str) -> None:
    lines = ("Date,Qui,Durée,Genre", f'"{day}",Ida,2h,appui')
    assert minutes(read(table("heures.csv", *lines))[0]) == {("Ida", "2026-09"): 120}


def test_a_day_in_three_columns_is_one() -> None:
    lines = ("Année;Mois;Jour;Nom;Heures", "2026;septembre;7;Ida;3", "2026;10;1;Ida;1,5")
    assert minutes(read(table("heures.csv", *lines))[0]) == {("Ida", "2026-09"): 180, ("Ida", "2026-10"): 90}
    assert "« 31 septembre 2026 »" in str(read(table("heures.csv", *lines, "2026;septembre;31;Ida;3"))[0].refusal)


def test_a_summary_under_the_hours_of_a_program_is_not_counted_again() -> None:
    lines = ("Activity type,Duration,From,To", "Cuisine,01:30,2026-09-07 09:00,2026-09-07 10:30", "")
    lines = (*lines, "Activity type,Duration,%", "Cuisine,01:30,100", "Total,01:30,")
    proposal, _ = read(table("Ida-septembre.csv", *lines), personne_idaseptembre="Ida")
    assert minutes(proposal) == {("Ida", "2026-09"): 90}


def test_sheets_of_months_are_what_their_file_is_called_and_say_that_there_is_no_vat(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for at, name in enumerate(("janv", "févr 2026")):
        sheet = book.active if not at else book.create_sheet()
        sheet.title = name
        for row in (["N°", "Date", "Client", "Montant"], [f"F{at}", f"1{at}/0{at + 1}/2026", "MJC", 100]):
            sheet.append(row)
        sheet.cell(4, 1, "TVA non applicable, art. 293 B du CGI")
    book.save(tmp_path / "Factures 2026.xlsx")
    sold = GivenFile("Factures 2026.xlsx", (tmp_path / "Factures 2026.xlsx").read_bytes())
    proposal, asked = read(WORKED, sold, sold="")
    assert sales(proposal) == {"2026-01": 10_000, "2026-02": 10_000}
    assert not {"recettes", "taux"} & {*asked}
    assert proposal.reading is not None
    assert not proposal.reading.book.payments


GROUPED = (
    "Date;Employé;Projet;Temps passé;Genre",
    "Jardin (3);;;6,5;",
    "Ida (2);;;4,5;",
    "07/09/2026;Ida;Jardin;2,5;prestation",
    "08/09/2026;Ida;Jardin;2;prestation",
    "Omer (1);;;2;",
    "09/09/2026;Omer;Jardin;{};prestation",
)


def test_sums_of_groups_are_left_out_when_their_lines_come_to_them() -> None:
    proposal, _ = read(table("heures.csv", *(line.format("2") for line in GROUPED)))
    assert minutes(proposal) == {("Ida", "2026-09"): 270, ("Omer", "2026-09"): 120}
    assert any("« Jardin (3) », « Ida (2) » et « Omer (1) »" in each for each in proposal.heeded)
    refused, _ = read(table("heures.csv", *(line.format("5") for line in GROUPED)))
    assert "« Omer (1) »" in str(refused.refusal)


def test_a_team_on_one_line_is_several_people() -> None:
    lines = ("Date;Chantier;Équipe;Durée", "07/09/2026;Buffet;Ida, Omer;3h", "08/09/2026;Jardin;Ida;2h")
    proposal, asked = read(table("heures.csv", *lines))
    assert asked[0] == "partage"
    assert minutes(proposal) == {("Ida", "2026-09"): 300, ("Omer", "2026-09"): 180}


@pytest.mark.parametrize(
    ("name", "month"), [("bilan_09_01_2026-09_30_2026", "2026-09"), ("bilan 01.10.2026 au 31.10.2026", "2026-10")]
)
def test_two_days_in_a_name_of_file_are_those_of_their_month(name: str, month: str) -> None:
    proposal, asked = read(table(f"{name}.csv", "User;Project;Time (h);Amount (EUR)", "Ida;Buffet;03:30:00;0.00"))
    assert "mois_entier" in asked
    assert minutes(proposal) == {("Ida", month): 210}


def test_payments_of_an_online_shop_are_money_that_came_and_those_given_back_are_not() -> None:
    head = "Référence commande;Date de la commande;Statut de la commande;Moyen de paiement;Montant total"
    lines = ("7;07/09/2026 10:11:12;Validé;Carte;15,00", "8;08/09/2026 09:00:00;Remboursé;Carte;30,00")
    proposal, asked = read(WORKED, table("export.csv", head, *lines), sold="")
    assert "recettes" in asked
    assert sales(proposal) == {"2026-09": 1_500}
    assert any("Remboursé" in each for each in proposal.heeded)


def test_a_text_with_cells_and_figures_is_told_first(tmp_path: Path) -> None:
    proposal, _ = read(WORKED, table("note.txt", "Ida\t07/09/26\t3h", "Omer\t08/09/26\t2h"))
    assert "note.txt" in proposal.unread[0]


def test_a_text_alone_that_says_a_year_or_a_month_is_the_title_of_the_lines_below() -> None:
    lines = ("N°;Date;Montant;TVA", "2026;;;", "septembre 2026;;;", "F1;10/09/2026;360,00 € TTC;20 %", "T4 2026;;;")
    proposal, asked = read(WORKED, table("factures.csv", *lines, "F2;10/10/2026;120,00 € TTC;20 %"), sold="")
    assert sales(proposal) == {"2026-09": 30_000, "2026-10": 10_000}
    assert "colonne.montant_ht" not in asked
    assert sum("est le titre des lignes dessous" in each for each in proposal.heeded) == 2
    assert any("« septembre 2026 », sans rien d'autre sur la ligne : un titre." in each for each in proposal.notes)
    refused, _ = read(WORKED, table("factures.csv", *lines, "F9;;;"), sold="")
    assert "« F9 »" in str(refused.refusal)


def test_numbers_that_start_again_each_year_are_those_of_other_invoices() -> None:
    lines = ("N°;Date;Client;HT;Taux TVA", "12;15/12/2025;Mairie;200,00;20%", "12;10/01/2026;MJC;90,00;{}%")
    proposal, _ = read(WORKED, table("factures.csv", *(line.format(0) for line in lines)), sold="")
    assert proposal.reading is not None
    assert [each.invoice for each in proposal.reading.book.lines] == ["12", "12 (2026)"]
    same_customer = [line.format(20).replace("MJC", "Mairie") for line in lines]
    proposal, asked = read(WORKED, table("factures.csv", *same_customer), sold="", factures_annee="meme")
    assert "factures.annee" in asked
    assert proposal.reading is not None
    assert {each.invoice for each in proposal.reading.book.lines} == {"12"}


def test_papers_in_pdf_are_told_before_one_agrees_and_a_bank_s_own_format_says_where_to_go(tmp_path: Path) -> None:
    for name in ("facture 12.pdf", "ticket.pdf", "logo.pdf", "releve.ofx"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
    findings = Findings()
    assert given_files(tmp_path, findings) == []
    (told,) = findings.told_heeded()
    assert "« facture 12.pdf » et « ticket.pdf » ne sont pas des tableaux" in told
    (unread,) = findings.told_unread()
    assert "choisissez plutôt CSV ou Excel" in unread


@pytest.mark.parametrize(("bad", "why"), [("-2", "négative"), ("3 h (avec la pause)", "n'est pas une durée")])
def test_a_cell_that_is_no_time_is_refused_and_its_column_is_not_dropped_for_another_one(bad: str, why: str) -> None:
    lines = ("Date;Nom;Heures atelier;Heures route", "02/09/2026;Awa;7;1", f"03/09/2026;Ben;{bad};")
    proposal, asked = read(table("temps.csv", *lines), colonne_duree="Heures atelier|Heures route")
    assert "colonne.duree" in asked
    assert proposal.reading is None
    (problem,) = proposal.refusal.problems
    assert "ligne 3, colonne C « Heures atelier »" in problem.where
    assert why in problem.what


@pytest.mark.parametrize(("worked", "told"), [("", True), ("02/08/2026;Ida;3", True), ("02/09/2026;Ida;3", False)])
def test_sales_without_an_hour_in_their_months_are_told(worked: str, told: bool) -> None:
    people = table("personnes.csv", "personne;statut;du", "Ida;cape;01/01/2026")
    hours = [table("heures.csv", "Date;Personne;Heures", worked)] if worked else []
    proposal, _ = read(people, *hours)
    assert any("aucune heure en septembre 2026" in each for each in proposal.heeded) == told


def test_a_column_that_numbers_the_lines_is_not_offered_as_a_time() -> None:
    lines = [f"{at};0{at}/09/2026;Ana;{at % 3 + 1};2" for at in range(1, 6)]
    proposal = propose([table("temps.csv", "Rang;Jour;Prénom;Matin;Après-midi", *lines)], "Essai", None, Findings())
    offered = {title for each in proposal.questions for title, _ in each.doubt.options}
    assert "Matin" in offered
    assert "Rang" not in offered
