"""Hours for nobody outside, « local », « ménage de l'atelier », are asked about by their words, and never sold."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, sheet, table

HEAD = ["Date", "Client", "Fait par", "Heures", "Travail", "Prix TTC", "TVA"]
SOLD = ["02/10/2026", "M. Ferrand", "Zoé", 5, "élagage", 480, "20 %"]


def kind_asked(*files: GivenFile) -> Doubt | None:
    """Return what is asked about the kind of work."""
    asked = (each.doubt for each in propose(files, "Essai", findings=Findings()).questions)
    return next((doubt for doubt in asked if doubt.topic == "genre"), None)


def kinds(*files: GivenFile, **answers: str) -> dict[str, str]:
    proposal, _ = read(*files, **answers)
    assert proposal.reading is not None, proposal.refusal
    return {each.task: each.kind.value for each in proposal.reading.book.hours}


def test_works_that_say_nothing_are_named_in_the_question() -> None:
    suivi = sheet("suivi.xlsx", HEAD, SOLD, ["03/10/2026", "", "Zoé", 2, "tri des outils"],
                  ["05/10/2026", "", "Paul", 1, "conduite du camion"],
                  ["06/10/2026", "", "Paul", 3, "Tri des outils"])  # fmt: skip
    doubt = kind_asked(suivi)
    assert doubt is not None
    assert doubt.question.startswith("« Tri des outils » et « conduite du camion » : de quel genre")
    told = kinds(suivi, sold="", genre="commun|appui")
    assert told == {
        "élagage": "prestation", "tri des outils": "commun", "Tri des outils": "commun", "conduite du camion": "appui"
    }  # fmt: skip


@pytest.mark.parametrize("place", ["local", "Bureau", "L'atelier", "Ménage du hangar", "compta", "Entretien matériel"])
def test_a_place_of_the_group_is_no_customer_of_a_sheet_of_everything(place: str) -> None:
    suivi = sheet("suivi.xlsx", HEAD, SOLD, ["03/10/2026", place, "Zoé", 2, "tri"], ["09/10/2026", place, "Paul", 1])
    doubt = kind_asked(suivi)
    assert doubt is not None
    assert doubt.words == (place,)
    assert doubt.options[0][0] == "commun"
    assert {*kinds(suivi, sold="").values()} == {"prestation", "commun"}


def test_a_meeting_in_the_place_of_a_customer_is_told_to_be_common() -> None:
    suivi = sheet("suivi.xlsx", HEAD, SOLD, ["03/10/2026", "Réunion", "Zoé", 2, ""])
    assert kind_asked(suivi) is None
    assert kinds(suivi, sold="") == {"élagage": "prestation", "Réunion": "commun"}


@pytest.mark.parametrize("customer", ["Atelier Mona", "Mme Sicre", "Bureau Vallet", "Mairie"])
def test_a_customer_without_an_invoice_yet_stays_one(customer: str) -> None:
    suivi = sheet("suivi.xlsx", HEAD, SOLD, ["03/10/2026", customer, "Zoé", 2, "peinture"])
    assert kind_asked(suivi) is None
    assert kinds(suivi, sold="") == {"élagage": "prestation", "peinture": "prestation"}


def test_what_is_sold_under_such_a_word_is_sold() -> None:
    suivi = sheet("suivi.xlsx", HEAD, SOLD, ["03/10/2026", "Atelier", "Zoé", 2, "dégustation", 60, "20 %"])
    assert kind_asked(suivi) is None


@pytest.mark.parametrize("title", ["Client", "Projet"])
def test_the_same_holds_in_a_list_of_hours(title: str) -> None:
    lines = ("02/10/2026;Moulin;Zoé;5", "03/10/2026;local;Zoé;2", "06/10/2026;Ménage atelier;Paul;1")
    sold = "Numéro;Date;Client;Montant HT;TVA\nF1;10/10/2026;Moulin;500,00;100,00"
    hours = table("heures.csv", f"Date;{title};Qui;Heures", *lines)
    doubt = kind_asked(hours, table("factures.csv", sold))
    assert doubt is not None
    assert doubt.words == ("local", "Ménage atelier")
    assert doubt.options[0][0] == "commun"


@pytest.mark.parametrize("nobody", ["-", "—", "aucun"])
def test_a_dash_is_no_customer(nobody: str) -> None:
    suivi = sheet("suivi.xlsx", HEAD, SOLD, ["03/10/2026", nobody, "Zoé", 2, "tri des outils"])
    doubt = kind_asked(suivi)
    assert doubt is not None
    assert doubt.words == ("tri des outils",)


def test_a_column_whose_words_say_the_kind_is_not_said_to_be_unused() -> None:
    lines = ("02/10/2026;Zoé;2;Terrain;haies", "03/10/2026;Zoé;1;Interne;point", "05/10/2026;Zoé;1;Interne;point")
    proposal, _ = read(table("heures.csv", "Jour;Qui;Heures;Rubrique;Titre", *lines), genre="commun")
    assert not any("« Rubrique »" in each for each in proposal.notes)
