"""Which column says who worked: a title that is known in English too; else it is asked, even of names seen once."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.reading.whose import named_file
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import SOLD, minutes, read, sales, table, workbook

LINES = ("Lou,2026-09-02,3,Market", "Ana,2026-09-03,2.5,Call")
WORKED = {("Lou", "2026-09"): 180, ("Ana", "2026-09"): 150}


@pytest.mark.parametrize("title", ["Staff member", "Worker", "Done by"])
def test_a_title_in_english_says_who_worked(title: str) -> None:
    proposal, asked = read(table("timesheets.csv", f"{title},Day,Hours,Activity", *LINES))
    assert {*asked} <= {"genre", "personnes.cape"}
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("title", ["Resource", "Technicien", "Booked against"])
def test_a_title_that_nobody_knows_is_proposed_before_the_name_of_the_file(title: str) -> None:
    proposal, asked = read(table("worklogs.csv", f"{title},Day,Hours", *(line.rsplit(",", 1)[0] for line in LINES)))
    assert "colonne.personne" in asked
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("name", ["timesheets.csv", "Pointages 2026.csv", "team-shifts.csv", "journal équipe.csv"])
def test_the_name_of_a_file_that_is_nobody_is_not_proposed(name: str) -> None:
    assert named_file(Grid(name, "", ())) == ""


def test_the_name_of_a_new_sheet_is_the_first_that_is_proposed() -> None:
    made, out = Workbook(), BytesIO()
    for who in ("Lou", "Ana", "Zoé"):
        sheet = made.create_sheet(who)
        for row in (["Jour", "Temps", "Genre"], ["02/09/2026", "3h", "commun"]):
            sheet.append(row)
    made.save(out)
    people = table("personnes.csv", "Nom;Statut;Début", "Lou;cape;01/09/2024", "Ana;cape;01/09/2024")
    proposal, asked = read(people, GivenFile("temps.xlsx", out.getvalue()))
    assert "personne.zoe" in asked
    assert minutes(proposal)["Zoé", "2026-09"] == 180


@pytest.mark.parametrize("titles", ["fname,lname", "Given name,Surname", "Family name,Forename"])
def test_a_first_name_and_a_family_name_in_english_make_one_person(titles: str) -> None:
    lines = ("u1,Lou,Petit,2026-09-02,3", "u2,Lou,Roche,2026-09-03,2")
    proposal, asked = read(table("timesheets.csv", f"username,{titles},Day,Hours", *lines))
    assert "colonne.personne" not in asked
    assert sorted(minutes(proposal).values()) == [120, 180]
    assert all({"Lou"} < {*who.split()} for who, _ in minutes(proposal))


SLASHED = ("Lou;03/02/2026;{};3h", "Ana;03/04/2026;{};2h", "Lou;04/06/2026;{};1h")


@pytest.mark.parametrize("names", [("Mon", "Wed", "Mon"), ("lundi", "mercredi", "lundi"), ("Mon.", "Wed.", "")])
def test_the_name_of_a_day_proves_that_the_month_comes_first(names: tuple[str, ...]) -> None:
    lines = [line.format(name) for line, name in zip(SLASHED, names, strict=True)]
    proposal, asked = read(table("timesheets.csv", "Worker;Day of work;Weekday;Hours", *lines))
    assert not [each for each in asked if "ordre" in each]
    assert minutes(proposal) == {("Lou", "2026-03"): 180, ("Ana", "2026-03"): 120, ("Lou", "2026-04"): 60}
    told = [each.replace("\xa0", " ") for each in proposal.heeded]
    assert sum("le mois est écrit avant le jour" in each for each in told) == 1


@pytest.mark.parametrize("names", [("mardi", "vendredi", "jeudi"), ("Mon", "", ""), ("Mon", "Fri", "Mon")])
def test_the_name_of_a_day_that_does_not_prove_it_changes_nothing(names: tuple[str, ...]) -> None:
    lines = [line.format(name) for line, name in zip(SLASHED, names, strict=True)]
    proposal, _ = read(table("heures.csv", "Qui;Date;Nom du jour;Durée", *lines))
    assert minutes(proposal) == {("Lou", "2026-02"): 180, ("Ana", "2026-04"): 120, ("Lou", "2026-06"): 60}


@pytest.mark.parametrize("words", [("Luna", "Mercerie", "Luna"), ("Monique", "Weda", "Monique"), ("Mon", "Sam", "Mon")])
def test_a_word_that_only_begins_like_the_name_of_a_day_proves_nothing(words: tuple[str, ...]) -> None:
    lines = [line.format(word) for line, word in zip(SLASHED, words, strict=True)]
    proposal, _ = read(table("heures.csv", "Qui;Date;Où;Durée", *lines))
    assert minutes(proposal) == {("Lou", "2026-02"): 180, ("Ana", "2026-04"): 120, ("Lou", "2026-06"): 60}


def test_one_short_word_on_each_line_proves_nothing() -> None:
    lines = ("Lou;02/10/2026;Mar;3h", "Ana;03/10/2026;Mar;2h")
    assert minutes(read(table("heures.csv", "Qui;Date;Où;Durée", *lines))[0]) == {
        ("Lou", "2026-10"): 180,
        ("Ana", "2026-10"): 120,
    }


def test_a_question_about_a_day_names_the_column_as_the_file_does() -> None:
    lines = ("Lou,01/05/2026 9:00 AM,01/05/2026 12:30 PM", "Ana,01/06/2026 9:00 AM,01/06/2026 1:00 PM")
    files = [table("factures.csv", SOLD), table("timesheets.csv", "User,Started at,Ended at", *lines)]
    found = propose(files, "Essai", Recipe(), Findings()).questions
    assert ["« Started at »" in str(each.place) for each in found if "ordre" in each.doubt.topic] == [True]


POSTED = ("Ida;02/09/2026;3h;tri", "Noam;03/09/2026;2h;vente", "Ida;04/09/2026;1h;tri")


@pytest.mark.parametrize("title", ["Poste", "Service", "Rôle"])
def test_a_column_of_names_under_another_word_may_be_answered_for_the_name_of_a_file(title: str) -> None:
    given = table("suivi ventes.csv", f"{title};Jour;Durée;Objet", *POSTED)
    proposal, asked = read(given, personne_suiviventes=f"colonne:{title}", genre="commun")
    assert asked.count("personne.suiviventes") == 1
    assert minutes(proposal) == {("Ida", "2026-09"): 240, ("Noam", "2026-09"): 120}


@pytest.mark.parametrize("title", ["Poste", "Resource"])
def test_the_name_of_a_sheet_is_no_person_in_silence_beside_a_column_of_names(title: str) -> None:
    rows = [[title, "Jour", "Durée", "Objet"], *(line.split(";") for line in POSTED)]
    answers = {"personne_atelierventes": "colonne:Poste", "genre": "commun"}
    proposal, asked = read(workbook("suivi.xlsx", {"Atelier ventes": rows}), **answers)
    assert {*asked} & {"colonne.personne", "personne.atelierventes"}
    assert minutes(proposal) == {("Ida", "2026-09"): 240, ("Noam", "2026-09"): 120}


def test_a_column_answered_for_the_name_of_a_file_that_is_gone_is_nobody() -> None:
    given = table("suivi ventes.csv", "Jour;Durée;Objet", *(line.split(";", 1)[1] for line in POSTED))
    proposal, _ = read(given, personne_suiviventes="colonne:Poste", genre="commun")
    assert "De qui sont ces heures" in str(proposal.refusal)


@pytest.mark.parametrize("name", ["suivi ventes.csv", "journal_appels.csv"])
def test_a_column_that_may_say_who_worked_comes_before_the_name_of_the_file(name: str) -> None:
    found = propose([table(name, "Poste;Jour;Durée;Objet", *POSTED)], "Essai", Recipe(), Findings()).questions
    asked = next(each.doubt for each in found if each.doubt.topic.startswith("personne."))
    assert asked.options[0] == ("colonne:Poste", "la colonne « Poste » le dit")
    assert ("Appels", "Appels") not in asked.options


def test_the_subject_of_an_event_and_a_column_of_false_are_nobody() -> None:
    lines = ("Point du lundi,05/10/2026,9:00,05/10/2026,10:30,False,Bureau",
             "Relances,06/10/2026,14:00,06/10/2026,16:00,False,Ventes")  # fmt: skip
    head = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Categories"
    found = propose([table("export.csv", head, *lines)], "Essai", Recipe(), Findings()).questions
    assert not any("Subject" in title or "Event" in title for each in found for title, _ in each.doubt.options)


PRECISE = ["Salariée", "Réalisé par", "Qui", "Ouvrier", "Assignée à", "Intervenante", "Bénévole", "Effectué par"]


@pytest.mark.parametrize("title", PRECISE)
@pytest.mark.parametrize("name", ["Nom", "Nom et prénom", "Prénom"])
def test_a_name_beside_a_title_that_says_who_worked_is_the_customer(name: str, title: str) -> None:
    lines = ("M. Gil;Lou;2h;02/09/2026", "Mme Rey;Ana;1h30;03/09/2026", "M. Gil;Lou;1h;04/09/2026")
    proposal, _ = read(table("suivi.csv", f"{name};{title};Temps;Jour", *lines))
    assert minutes(proposal) == WORKED | {("Ana", "2026-09"): 90}


@pytest.mark.parametrize("cells", ["104 105 104", "Joe - -", "Mme_Rey M._Gil Mme_Rey", "oui non oui"])
def test_what_is_no_worker_beside_names_is_not_who_worked(cells: str) -> None:
    lines = ("Lou;{};2h;02/09/2026", "Ana;{};2h30;03/09/2026", "Lou;{};1h;04/09/2026")
    told = cells.replace("-", "").split(" ")
    lines = tuple(line.format(cell.replace("_", " ")) for line, cell in zip(lines, told, strict=True))
    proposal, _ = read(table("suivi.csv", "Nom;Salarié;Temps;Jour", *lines))
    assert minutes(proposal) == WORKED


def test_on_a_line_with_its_price_too() -> None:
    lines = ("02/09/2026;M. Gil;Lou;3;120,00;20 %", "03/09/2026;Mme Rey;Ana;2,5;60,00;20 %")
    proposal, _ = read(table("suivi.csv", "Jour;Nom;Intervenant;Heures;Prix TTC;TVA", *lines), sold="")
    assert minutes(proposal) == WORKED


TWO = ("07/09/2026;{};2h30", "08/09/2026;{};1h15", "09/09/2026;{};3h", "10/09/2026;{};45 min")
HELPED = ("Roy;Awa", "Lu;Bilal", "Roy;Awa", "Petit;Bilal")
PEERS = ("Awa;Bilal", "Bilal;Awa", "Awa;Zoé", "Zoé;Awa")


def _two(titles: str, names: tuple[str, ...], **answers: str) -> tuple[dict[tuple[str, str], int], list[str]]:
    lines = [line.format(each) for line, each in zip(TWO, names, strict=True)]
    proposal, asked = read(table("heures.csv", f"Date;{titles};Durée", *lines), **answers)
    return minutes(proposal), asked


@pytest.mark.parametrize(
    "titles", ["Nom;Électricienne", "Prénom;Membre", "Adhérent;Nom", "Qui;Chauffeur", "Personne;Auxiliaire", "Nom;"]
)
def test_of_two_columns_of_names_the_group_says_which_one_worked(titles: str) -> None:
    said = titles.split(";")[1] or "colonne C"
    worked, asked = _two(titles, HELPED, colonne_personne=said)
    assert "colonne.personne" in asked
    assert worked == {("Awa", "2026-09"): 330, ("Bilal", "2026-09"): 120}


def test_a_first_and_a_last_name_beside_who_worked_are_the_customer() -> None:
    helped = ("Roy;Lucie;Awa", "Lu;Marc;Bilal", "Roy;Lucie;Awa", "Petit;Ida;Bilal")
    worked, _ = _two("Nom;Prénom;Intervenant", helped)
    assert worked == {("Awa", "2026-09"): 330, ("Bilal", "2026-09"): 120}


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        ("Nom;Animatrice", HELPED),  # its title says who worked
        ("Salarié;Responsable", tuple(f"{each.split(';')[1]};Zoé" for each in HELPED)),
        ("Usager;Nom", HELPED),  # and this one, who did not
        ("Nom;Binôme", PEERS),  # told as not read
        ("Nom;Voiture", ("Awa;Clio", "Bilal;Kangoo", "Awa;Clio", "Bilal;Clio")),
    ],
)
def test_what_stands_beside_who_worked_is_not_asked_about(titles: str, names: tuple[str, ...]) -> None:
    worked, asked = _two(titles, names)
    assert "colonne.personne" not in asked
    assert ("Awa", "2026-09") in worked


def test_who_worked_is_asked_too_where_each_line_has_its_price() -> None:
    lines = ("07/09/2026;Mme Roy;120,00;20 %;Awa;2", "08/09/2026;M. Lu;60,00;20 %;Bilal;3",
             "09/09/2026;Mme Roy;240,00;20 %;Awa;1")  # fmt: skip
    proposal, asked = read(table("suivi.csv", "Date;Nom;Prix TTC;TVA;Plombière;Heures", *lines), sold="")
    assert "colonne.personne" in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 180, ("Bilal", "2026-09"): 180}
    assert sales(proposal) == {"2026-09": 35_000}


@pytest.mark.parametrize("noted", ["Saisi par", "Validé par", "Noté par"])
def test_who_noted_hours_is_not_who_worked(noted: str) -> None:
    people = table("personnes.csv", "Nom;Statut;Début", "Lou;cape;01/09/2024", "Ana;cape;01/09/2024")
    lines = ("02/09/2026;Ana;Lou;3", "03/09/2026;Ana;Ana;2,5")
    proposal, asked = read(people, table("temps.csv", f"Date;{noted};Pour;Heures", *lines))
    assert "colonne.personne" in asked
    assert minutes(proposal) == WORKED
