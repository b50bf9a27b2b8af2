"""Words of a column of kinds that nobody knows: one question, whose answer may differ by word, and is kept by word."""

from __future__ import annotations

import sys
from pathlib import Path

import ipywidgets as widgets
import pytest

from kpa_model.command.program import main
from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.asking import FileQuestion
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from kpa_model.ui.screens.share.questions import Questions
from tests.given_tables import SOLD, read, table

SEPTEMBER = table("suivi.csv", "Jour;Qui;Type de travail;Durée", "02/09/2026;Ida;Verger;3h",
                  "03/09/2026;Ida;Paperasse;1h", "04/09/2026;Bo;verger;2h", "07/09/2026;Bo;;2h")  # fmt: skip
EMPTY = Recipe()
BILLS = table("factures.csv", SOLD)


def kinds(proposal: ImportProposal) -> list[str]:
    assert proposal.reading is not None, proposal.refusal
    return [each.kind.value for each in proposal.reading.book.hours]


def answered(*files: object, recipe: Recipe = EMPTY, **said: str) -> tuple[ImportProposal, list[FileQuestion]]:
    """Answer the questions by what they ask about, their words or nothing."""
    asked = list[FileQuestion]()
    while (proposal := propose(files, "Essai", recipe, Findings())).questions:  # type: ignore[arg-type]
        asked.append(question := proposal.questions[0])
        answer = said["words" if question.doubt.words else question.doubt.topic.replace(".", "_")]
        recipe = proposal.answer(question, answer)
    return proposal, asked


def test_each_word_has_its_own_kind_and_the_next_month_asks_about_the_new_one_alone() -> None:
    said = {"words": "prestation|commun", "genre": "appui", "personnes_cape": "Ida|Bo"}
    proposal, asked = answered(SEPTEMBER, BILLS, **said)
    assert kinds(proposal) == ["prestation", "commun", "prestation", "appui"]
    assert [each.doubt.words for each in asked if each.doubt.topic == "genre"] == [("verger", "Paperasse"), ()]
    more = table(
        "suivi.csv", "Jour;Qui;Type de travail;Durée", "02/10/2026;Ida;Paperasse;1h", "03/10/2026;Bo;Abeilles;1h"
    )
    proposal, asked = answered(more, BILLS, recipe=proposal.recipe.lasting, words="formation")
    assert kinds(proposal) == ["commun", "formation"]
    assert [each.doubt.words for each in asked] == [("Abeilles",)]


def test_one_answer_may_hold_for_all_words() -> None:
    lines = ("Jour;Qui;Nature du travail;Durée", "02/09/2026;Ida;Verger;3h", "03/09/2026;Ida;Ruches;1h")
    proposal, asked = read(table("suivi.csv", *lines), genre="prestation")
    assert kinds(proposal) == ["prestation", "prestation"]
    assert asked.count("genre") == 1


def test_words_of_several_files_are_one_question() -> None:
    other = table(
        "autre.csv", "Le;Membre;Genre;Nb heures;Lieu", "09/09/2026;Ida;Paperasse;2h;ici", "10/09/2026;Ida;Ruches;1h;là"
    )
    proposal, asked = answered(
        SEPTEMBER, other, BILLS, words="prestation|formation|commun", genre="appui", personnes_cape="Ida"
    )
    assert [each.doubt.words for each in asked if each.doubt.words] == [("verger", "Paperasse", "Ruches")]
    assert sorted(kinds(proposal)) == ["appui", "commun", "formation", "formation", "prestation", "prestation"]


def test_so_many_words_are_remarks_with_one_answer() -> None:
    lines = [f"{day:02d}/09/2026;Ida;Travail numéro {chr(64 + day)};1h" for day in range(1, 20)]
    proposal, asked = read(table("suivi.csv", "Jour;Qui;Type de travail;Durée", *lines), genre="appui")
    assert {*kinds(proposal)} == {"appui"}
    assert asked.count("genre") == 1


def test_the_terminal_takes_one_number_for_each_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    said, prompts = iter(["1 3", "2", "tous"]), list[str]()
    monkeypatch.setattr("builtins.input", lambda prompt: [prompts.append(prompt), next(said)][1])
    for each in (SEPTEMBER, BILLS):
        (tmp_path / each.name).write_bytes(each.data)
    names = [str(tmp_path / each.name) for each in (SEPTEMBER, BILLS)]
    assert main(["importer", *names, "--dans", "Essai", "--essai"]) == 0
    assert prompts[0] == "Le numéro, ou un par mot, dans l'ordre (verger, Paperasse) : "
    assert "« Paperasse » : commun" in capsys.readouterr().out.replace("\xa0", " ")


def test_the_page_has_a_list_for_each_word() -> None:
    given = list[str]()
    cards = Questions(lambda answers: given.extend(said for _, said in answers))
    questions = propose([SEPTEMBER, BILLS], "Essai", Recipe(), Findings()).questions
    cards.ask([each for each in questions if each.doubt.words])
    (card,) = cards.box.children
    lists = [each for each in card.children if isinstance(each, widgets.Dropdown)]
    assert [each.description for each in lists] == ["verger", "Paperasse"]
    lists[0].value = "appui"
    card.children[-1].children[0].click()
    assert given == []  # one of them says nothing yet
    lists[1].value = "commun"
    card.children[-1].children[0].click()
    assert given == ["appui|commun"]


def test_a_word_beside_a_customer_of_the_invoices_is_asked_about_with_the_others() -> None:
    lines = ("02/09/2026;Ida;Gîte;Courses;3h", "03/09/2026;Ida;;Réunion;1h", "04/09/2026;Bo;Gîte;Bricoles;2h",
             "07/09/2026;Bo;Gîte;Devis;1h")  # fmt: skip
    sold = "Numéro;Client;Date;Montant HT;TVA\nF1;Gîte;30/09/2026;500,00;100,00"
    hours = table("suivi.csv", "Jour;Qui;Pour quel client ?;Type;Durée", *lines)
    proposal, asked = answered(hours, table("factures.csv", sold), words="prestation|prestation", personnes_cape="Ida")
    assert [each.doubt.words for each in asked if each.doubt.words] == [("Courses", "Bricoles")]
    assert kinds(proposal) == ["prestation", "commun", "prestation", "appui"]


def test_what_the_group_answers_of_a_project_goes_before_a_word_of_its_lines() -> None:
    lines = ("01/10/2026;Ida;Interne;devis;02:00:00", "02/10/2026;Ida;Site;maquette;03:00:00",
             "03/10/2026;Ida;Interne;mails;01:00:00")  # fmt: skip
    proposal, _ = read(table("temps.csv", "Date;User;Project;Description;Duration (h)", *lines), genre="commun")
    assert kinds(proposal) == ["commun", "prestation", "commun"]
