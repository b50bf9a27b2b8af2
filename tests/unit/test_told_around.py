"""What stands around a table tells what its columns do not: the month of « 1, 2, 3 », whose sheet it is, who worked."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, sales, table


@pytest.mark.parametrize("days", [("1", "2", "5"), ("jeu 1", "ven 2", "lun. 5"), ("1er", "2", "5")])
@pytest.mark.parametrize("above", ["Nadège — octobre 2026", "octobre 2026"])
def test_numbers_of_days_are_those_of_the_month_told_around(days: tuple[str, ...], above: str) -> None:
    lines = (above, "Jour;Qui;Heures", *(f"{day};Nadège;2h" for day in days), "Total;;6h")
    proposal, _ = read(table("carnet.csv", *lines))
    assert minutes(proposal) == {("Nadège", "2026-10"): 360}


def test_numbers_out_of_order_are_days_of_a_month_only_once_it_is_said() -> None:
    lines = ("octobre 2026", "Jour;Qui;Heures", "28;Nadège;2h", "3;Nadège;2h", "31;Nadège;1h")
    proposal, asked = read(table("carnet.csv", *lines))
    assert "mois.carnetcsv202610" in asked
    assert minutes(proposal) == {("Nadège", "2026-10"): 300}
    refused, _ = read(table("carnet.csv", *lines), mois_carnetcsv202610="juin 2026")
    assert "« 28 »" in str(refused.refusal)


SHEET = ("Nom : Nadège", "Jour;Crèche Pom;Interne;Total", "01/10/2026;2;1;3", "02/10/2026;3;;3", "05/10/2026;;0,5;0,5")


def test_columns_of_a_sheet_that_is_somebody_s_are_asked_about() -> None:
    proposal, asked = read(table("carnet.csv", *SHEET), personnes_colonnes="")
    assert "personnes.colonnes" in asked
    assert minutes(proposal) == {("Nadège", "2026-10"): 390}
    proposal, _ = read(table("carnet.csv", *SHEET), personnes_colonnes="Crèche Pom|Interne")
    assert {who for who, _ in minutes(proposal)} == {"Crèche Pom", "Interne"}


@pytest.mark.parametrize("title", ["Qui es-tu ?", "Votre prénom", "Ton prénom ?"])
def test_the_question_of_a_form_is_a_title(title: str) -> None:
    lines = (f"Horodateur;{title};Quel jour ?;Combien d'heures ?", "01/10/2026 21:00:00;Noam;30/09/2026;2h")
    proposal, asked = read(table("réponses.csv", *lines, "02/10/2026 21:00:00;Ida;01/10/2026;3h"))
    assert minutes(proposal) == {("Noam", "2026-09"): 120, ("Ida", "2026-10"): 180}
    assert set(asked) <= {"genre", "personnes.cape"}


def test_a_column_of_names_under_an_unknown_title_is_offered_before_the_name_of_the_file() -> None:
    lines = ("Date;Artisan du jour;Heures", "01/10/2026;Noam;2h", "02/10/2026;Ida;3h", "03/10/2026;Noam;1h")
    proposal, asked = read(table("chantier-pompier.csv", *lines))
    assert "colonne.personne" in asked
    assert minutes(proposal) == {("Noam", "2026-10"): 180, ("Ida", "2026-10"): 180}


def test_the_state_of_an_invoice_and_that_of_its_payment_both_count() -> None:
    head = "Numéro;Date;HT;TVA;Statut du paiement;Statut"
    lines = ("1;07/09/2026;300,00;60,00;Payées;Comptabilisé", "2;08/09/2026;100,00;20,00;Non payées;Annulé")
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
    proposal, asked = read(hours, sold="\n".join((head, *lines, "3;09/09/2026;50,00;10,00;Non payé;Comptabilisé")))
    assert "reglement.jour" in asked
    assert sales(proposal) == {"2026-09": 35_000}
    assert [each.amount for each in proposal.reading.book.payments] == [36_000]
    assert not any("n'est pas connu" in each for each in proposal.heeded)


KINDS = ("Date;Qui;Heures;Type de travail", "01/10/2026;Ida;2h;Chez le client", "02/10/2026;Ida;1h;Administratif")


@pytest.mark.parametrize("answer", ["appui", "commun"])
def test_kinds_of_work_in_other_words_are_understood_or_asked_about(answer: str) -> None:
    more = ("03/10/2026;Ida;3h;Réunion du lundi", "05/10/2026;Ida;3h;Administratif")
    proposal, asked = read(table("heures.csv", *KINDS, *more), genre=answer)
    assert asked.count("genre") == 1
    assert [each.kind for each in proposal.reading.book.hours] == ["prestation", answer, "commun", answer]


def test_kinds_of_work_that_are_all_understood_are_told() -> None:
    proposal, asked = read(table("heures.csv", *KINDS[:2], "03/10/2026;Ida;3h;Réunion du lundi"))
    assert "genre" not in asked
    assert any("« Réunion du lundi » : commun" in each for each in proposal.heeded)


@pytest.mark.parametrize("project", ["Interne", "Vie interne", "Admin", "Gestion"])
def test_hours_for_the_life_of_the_group_are_no_customer_s(project: str) -> None:
    lines = ("Date;User;Project;Duration (h)", f"01/10/2026;Ida;{project};02:00:00", "02/10/2026;Ida;Site;03:00:00")
    proposal, asked = read(table("temps.csv", *lines), genre="commun")
    assert "genre" in asked
    assert [each.kind for each in proposal.reading.book.hours] == ["commun", "prestation"]


def test_days_written_in_advance_without_hours_count_for_nothing_and_are_told() -> None:
    lines = ("Date;Qui;Tâche;Heures", "01/10/2026;Ida;Site;2h", "02/10/2026;Ida;Site;", "05/10/2026;Ida;Site;1h")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Ida", "2026-10"): 180}
    assert any("la ligne 3 n'a pas d'heures : elle compte 0 h" in each for each in proposal.heeded)


def test_a_list_without_any_hours_is_refused() -> None:
    proposal, _ = read(table("heures.csv", "Date;Qui;Tâche;Heures", "01/10/2026;Ida;Site;", "02/10/2026;Ida;Site;"))
    assert proposal.reading is None


def test_days_with_a_point_at_their_end_are_those_of_the_year_of_the_file() -> None:
    proposal, _ = read(table("kimai-octobre-2026.csv", "Utilisateur;01.10.;02.10.;Total", "Ida;2:00;3:30;5:30"))
    assert minutes(proposal) == {("Ida", "2026-10"): 330}


def test_hours_of_the_clock_in_a_column_for_each_day() -> None:
    lines = ("Nom;Lun 5/10;Mar 6/10;Mer 7/10", "Ida;9h-12h;;9h-12h / 14h-17h30", "Noam;8h-12h;9h-12h;")
    proposal, _ = read(table("horaires octobre 2026.csv", *lines))
    assert minutes(proposal) == {("Ida", "2026-10"): 570, ("Noam", "2026-10"): 420}


def test_kinds_of_work_in_columns_for_each_person_and_month() -> None:
    lines = ("Mois;Personne;Heures production;Heures collectif;Total", "09/2026;Ida;20;3;23", "10/2026;Ida;35;;35")
    proposal, _ = read(table("déclaratif.csv", *lines))
    assert minutes(proposal) == {("Ida", "2026-09"): 23 * 60, ("Ida", "2026-10"): 35 * 60}
    assert {each.kind for each in proposal.reading.book.hours} == {"prestation", "commun"}


def test_the_amount_of_an_invoice_is_never_offered_its_vat_nor_the_other_money() -> None:
    lines = ("Facture;Date;HT ligne;TVA ligne;Total facture HT", "1;01/10/2026;100;20;150", "1;01/10/2026;50;10;150")
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
    first = propose([hours, table("factures.csv", *lines)], "Essai", Recipe(), Findings())
    offered = [value for question in first.questions if "montant_ht" in question.doubt.topic
               for value, _ in question.doubt.options]  # fmt: skip
    assert offered == ["HT ligne", "Total facture HT", "rien"]


@pytest.mark.parametrize("title", ["Total", "Montant", "Total (€)", "Prix"])
@pytest.mark.parametrize(("answer", "cents"), [("{}", 36_000), ("ttc:{}", 30_000)])
def test_an_amount_that_says_neither_ht_nor_ttc_is_asked_about(title: str, answer: str, cents: int) -> None:
    sold = f"Numéro;Date;Client;{title}\n1;07/09/2026;Bar;120\n2;08/09/2026;Bar;240"
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
    proposal, asked = read(hours, sold=sold, colonne_montant_ht=answer.format(title))
    assert "colonne.montant_ht" in asked
    assert sales(proposal) == {"2026-09": cents}


@pytest.mark.parametrize(("title", "cents"), [("Total (HT)", 36_000), ("Total (TTC)", 30_000)])
def test_an_amount_that_says_it_in_brackets_is_believed(title: str, cents: int) -> None:
    sold = f"Numéro;Date;Client;{title}\n1;07/09/2026;Bar;120\n2;08/09/2026;Bar;240"
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
    proposal, asked = read(hours, sold=sold)
    assert "colonne.montant_ht" not in asked
    assert sales(proposal) == {"2026-09": cents}


def test_the_same_file_given_twice_counts_once_and_is_told() -> None:
    lines = ("Date;Qui;Heures", "01/10/2026;Ida;2h", "02/10/2026;Noam;3h")
    for names in (("heures.csv", "heures (1).csv"), ("heures-COPIE.csv", "heures.csv")):
        proposal, _ = read(*(table(name, *lines) for name in names))
        assert minutes(proposal) == {("Ida", "2026-10"): 120, ("Noam", "2026-10"): 180}
        (said,) = [each for each in proposal.heeded if "à la lettre près" in each]
        assert said.startswith(f"Fichier {max(names, key=len)} : c'est le même fichier que « heures.csv »")


def test_a_copy_with_one_line_more_is_asked_about_and_counts_once_or_twice() -> None:
    lines = ("Date;Qui;Heures", "01/10/2026;Ida;2h", "02/10/2026;Noam;3h")
    for answer, ida in (("une", 180), ("deux", 300)):
        copies = table("heures.csv", *lines), table("heures (1).csv", *lines, "03/10/2026;Ida;1h")
        proposal, asked = read(*copies, heures_deux_fois=answer)
        assert "heures.deux_fois" in asked
        assert minutes(proposal)["Ida", "2026-10"] == ida


def test_the_filter_above_a_pivot_table_is_no_line_of_titles() -> None:
    lines = ("Mois;Septembre 2026", "", "Somme de Heures;Projets;;", "Personnes;Boulangerie;Réunions;Total général",
             "Ida;12;2;14", "Noam;;3,5;3,5", "Total général;12;5,5;17,5")  # fmt: skip
    proposal, asked = read(table("heures.csv", *lines))
    assert "table" not in asked
    assert minutes(proposal) == {("Ida", "2026-09"): 840, ("Noam", "2026-09"): 210}


@pytest.mark.parametrize(("days", "read_so"), [(("jeu 1", "ven 2"), 240), (("lun 5",), 120), (("lun 1", "mar 2"), 0)])
def test_one_or_two_days_are_those_of_the_month_when_their_names_prove_it(days: tuple[str, ...], read_so: int) -> None:
    lines = ("octobre 2026", "Jour;Qui;Heures", *(f"{day};Nadège;2h" for day in days))
    proposal, asked = read(table("carnet.csv", *lines), mois_carnetcsv202610="juin 2020")
    assert ("mois.carnetcsv202610" in asked) == (not read_so)
    assert minutes(proposal) == ({("Nadège", "2026-10"): read_so} if read_so else {("Nadège", "2020-06"): 240})


CORNER = (";3;4;5;6", "Nadège;2;;R;1h30", "Noam;RTT;3;;", "Ida;;CP;4;1")


@pytest.mark.parametrize("above", [("Mai 2026", *CORNER), ("Planning", "mai 2026", *CORNER)])
def test_days_under_an_empty_corner_stand_above_the_names_of_people(above: tuple[str, ...]) -> None:
    proposal, asked = read(table("planning.csv", *above))
    assert set(asked) == {"genre", "personnes.cape"}
    assert minutes(proposal) == {("Nadège", "2026-05"): 210, ("Noam", "2026-05"): 180, ("Ida", "2026-05"): 300}
    assert any("« R »" in each and "absence" in each for each in proposal.heeded)


WEEKS = ("Semaine 41", ";lundi 5;mardi 6;jeudi 8;Total", "Nadège;3;;2;5", "Noam;;4;;4", "",
         "Semaine 42", ";lundi 12;mardi 13;jeudi 15;Total", "Nadège;;1;;1", "Noam;2;2;;4")  # fmt: skip


def test_the_days_of_another_week_start_another_table_and_no_title_stands_over_the_names() -> None:
    proposal, asked = read(table("heures octobre 2026.csv", *WEEKS))
    assert not any(topic.startswith("personne.") for topic in asked)
    assert minutes(proposal) == {("Nadège", "2026-10"): 360, ("Noam", "2026-10"): 480}


def test_texts_without_a_title_that_are_no_names_are_told_first() -> None:
    lines = ("Octobre 2026", ";5/10;6/10;8/10", "cuisine 2;3;;2", "vente n°1;;4;")
    proposal, _ = read(table("heures de Nadège.csv", *lines))
    assert any("« cuisine 2 » n'a pas de titre" in each for each in proposal.unread)


@pytest.mark.parametrize("total", ["Total;;6h", ";TOTAL GÉNÉRAL;6h", "somme;;6"])
def test_a_text_right_under_the_total_is_told_and_stops_nothing(total: str) -> None:
    lines = (
        "Jour;Qui;Heures",
        "01/10/2026;Ida;4h",
        "02/10/2026;Noam;2h",
        total,
        "manque la fiche de Zoé",
        "et le lundi 5",
    )
    proposal, _ = read(table("carnet.csv", *lines))
    assert minutes(proposal) == {("Ida", "2026-10"): 240, ("Noam", "2026-10"): 120}
    for said in lines[-2:]:
        assert any(f"« {said} » est écrit sous le tableau" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    "said", ["En orange : factures annulées", "Lignes surlignées = pas encore faites", "Gris : devis"]
)
def test_a_sentence_about_colours_is_told_before_all(said: str) -> None:
    sold = ("N°;Date;Client;HT;TVA", "V1;05/10/2026;Gîte;300;60", "V2;06/10/2026;Parc;100;20", "", said)
    proposal, _ = read(table("heures.csv", "Qui;Le;Durée", "Ida;05/10/2026;2h"), table("ventes.csv", *sold), sold="")
    assert any(said in each for each in proposal.unread)
