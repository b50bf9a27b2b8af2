"""Several files whose hours say no kind of work: it is asked once for all of them, unless the group says it depends."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from kpa_model.command.program import main
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.asking import FileQuestion
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import read, table, workbook

SHED = table("hangar.csv", "Jour;Qui;Durée", "07/09/2026;Odile;3h")
FIELD = table("champ.csv", "Date du travail;Membre;Temps passé (h);Météo", "08/09/2026;Pierre;2;beau")
MIXED = table("divers.csv", "Fait le;Coopérateur;Nb heures;Tâche;Lieu", "09/09/2026;Odile;1h;plantons;serre")


def kinds(**answers: str) -> tuple[dict[str, str], list[str]]:
    proposal, asked = read(SHED, FIELD, MIXED, **answers)
    assert proposal.reading is not None
    return {f"{each.on:%d}": each.kind.value for each in proposal.reading.book.hours}, asked


def asked_first(*files: object) -> tuple[FileQuestion, ...]:
    return propose(files, "Essai", Recipe(), Findings()).questions  # type: ignore[arg-type]


def test_one_answer_holds_for_every_file() -> None:
    found, asked = kinds(genre="appui")
    assert found == {"07": "appui", "08": "appui", "09": "appui"}
    assert asked.count("genre") == 1


def test_every_file_that_asks_is_named() -> None:
    (question,) = [each for each in asked_first(SHED, FIELD, MIXED) if each.doubt.topic == "genre"]
    assert question.where == "Pour hangar.csv, champ.csv et divers.csv"
    assert ("autre", "Cela dépend du fichier") in question.doubt.options


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        (["Odile"], "Pour champ.csv et equipe.xlsx, feuille « Odile »"),
        (["Odile", "Pierre"], "Pour champ.csv et equipe.xlsx, feuilles « Odile » et « Pierre »"),
        (["Odile", "Pierre", "Lise", "Noor"], "Pour champ.csv et equipe.xlsx (4 feuilles)"),
    ],
)
def test_the_sheets_of_a_file_are_named_or_counted_once(sheets: list[str], told: str) -> None:
    shown = {name: [["Jour", "Qui", "Durée", f"Vu {name}"], ["07/09/2026", name, "3h", "x"]] for name in sheets}
    given = workbook("equipe.xlsx", shown)
    (question,) = [each for each in asked_first(FIELD, given) if each.doubt.topic == "genre"]
    assert question.where == told


def test_files_that_differ_are_asked_one_by_one_and_the_next_month_asks_nothing() -> None:
    answers, recipe = iter(["autre", "commun", "prestation", "formation"]), Recipe()
    for _ in range(9):
        proposal = propose([SHED, FIELD, MIXED], "Essai", recipe, Findings())
        if not proposal.questions:
            break
        question = proposal.questions[0]
        recipe = proposal.answer(question, next(answers) if question.doubt.topic == "genre" else "Odile")
    lines = propose([SHED, FIELD, MIXED, SOLD], "Essai", recipe, Findings())
    assert lines.reading is not None
    assert Counter(each.kind.value for each in lines.reading.book.hours) == {
        "commun": 1,
        "prestation": 1,
        "formation": 1,
    }
    assert not [each for each in lines.recipe.lasting.answers if "genre" in each]


SOLD = table("factures.csv", "Numéro;Date;Montant HT;TVA", "F1;10/09/2026;500,00;100,00")


def test_one_file_alone_has_no_answer_for_others() -> None:
    (question,) = [each for each in asked_first(SHED, SOLD) if each.doubt.topic == "genre"]
    assert "hangar.csv" in question.where
    assert len(question.doubt.options) == 4


def test_the_kind_waits_while_another_file_may_still_ask_it() -> None:
    teams = table("relevé.csv", "Jour;quoi;Équipe 1;Équipe 2", "10/09/2026;semis;2h;3h", "11/09/2026;bêche;1h;4h")
    topics = [each.doubt.topic for each in asked_first(SHED, teams)]
    assert "personnes.colonnes" in topics
    assert "genre" not in topics


def test_the_terminal_asks_once_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    for each in (SHED, FIELD, SOLD):
        (tmp_path / each.name).write_bytes(each.data)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    said = iter(["1", "tous"])
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    names = [str(tmp_path / each.name) for each in (SHED, FIELD, SOLD)]
    assert main(["importer", *names, "--dans", "Essai", "--essai"]) == 0
    assert "Pour hangar.csv et champ.csv\xa0: De quel genre" in capsys.readouterr().out


def test_no_answer_in_the_terminal_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("Jour;Qui;Genre;Temps (jours)", "10/09/2026;Ida;commun;0,5", "11/09/2026;Noam;commun;1")
    given = (table("relevé.csv", *lines), SOLD)
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    for each in given:
        (tmp_path / each.name).write_bytes(each.data)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    said = iter(["", " ", "1", "aucun"])
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    assert main(["importer", *(str(tmp_path / each.name) for each in given), "--dans", "Essai", "--essai"]) == 0
    told = capsys.readouterr().out.replace("\xa0", " ")
    assert told.count("Écrivez un numéro de 1 à") == 2
    assert "10 h 30" in told


def test_who_leaves_at_a_question_of_the_terminal_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def leave(_: str) -> str:
        raise EOFError

    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    (tmp_path / SHED.name).write_bytes(SHED.data)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", leave)
    assert main(["importer", str(tmp_path / SHED.name), "--dans", "Essai"]) == 1
    assert "Rien n'est gardé." in capsys.readouterr().err
    assert not (tmp_path / "mes_donnees" / "carnets").exists()


def test_an_unknown_word_among_kinds_of_work_is_asked_by_its_name() -> None:
    lines = ("Jour;Travail;Ida;Noam", "07/09/2026;chantier;3;2", "07/09/2026;outillage;1;", "08/09/2026;réunion;1;1",
             "08/09/2026;outillage;;2", "09/09/2026;chantier;4;")  # fmt: skip
    proposal, asked = read(table("septembre.csv", *lines), genre="appui")
    assert asked.count("genre") == 1
    assert proposal.reading is not None
    kinds = {each.kind.value: 0 for each in proposal.reading.book.hours}
    for each in proposal.reading.book.hours:
        kinds[each.kind.value] += each.minutes
    assert kinds == {"prestation": 540, "appui": 180, "commun": 120}


def test_words_of_free_remarks_are_not_asked_one_by_one() -> None:
    lines = ("Jour;Qui;Tâche;Durée", "07/09/2026;Ida;réunion;3h", "08/09/2026;Ida;plaque;1h", "09/09/2026;Ida;radis;1h")
    findings = [question.doubt for question in read_questions(table("septembre.csv", *lines))]
    assert not any(doubt.words for doubt in findings)


def read_questions(*files: GivenFile) -> tuple[FileQuestion, ...]:
    return propose(files, "Essai", Recipe(), Findings()).questions
