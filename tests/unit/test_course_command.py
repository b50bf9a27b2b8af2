"""`kpa exercices`, and the sheets it prints."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from kpa_model import places
from kpa_model.command.program import main
from kpa_model.lessons.exercises.exercise import THEMES
from kpa_model.lessons.exercises.file import exercise_named, exercises
from kpa_model.lessons.session import WrongSession, loads, session_of, sessions
from kpa_model.server import catalogue
from kpa_model.story.lessons import exercise_paper
from kpa_model.workshop import script_file
from tests.contract.readable import faults
from tests.unit.test_command_dated import said
from tests.unit.test_typed import EXERCISE

DAY = date(2026, 7, 1)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_exercises_are_listed(capsys) -> None:
    assert main(["exercices"]) == 0
    out, _ = said(capsys)
    assert all(title.split()[0] in out for title in THEMES.values())
    assert main(["exercices", "liste", "prix"]) == 0
    assert "prix_serre : Le prix d'une serre montée (7 min)" in said(capsys)[0]


def test_a_new_exercise_is_checked(capsys, tmp_path: Path) -> None:
    file = tmp_path / "notre_panier.yaml"
    file.write_text(EXERCISE, encoding="utf-8")
    assert main(["exercices", "verifier", str(file)]) == 0
    assert "mille séries sont tirées" in said(capsys)[0]
    file.write_text(EXERCISE.replace("reponse: 12}", "reponse: 13}"), encoding="utf-8")
    assert main(["exercices", "verifier", str(file)]) == 1
    assert "la formule donne 12 €, l'exemple dit 13 €" in said(capsys)[1]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["verifer"], "Vouliez-vous dire « verifier » ?"),
        (["liste", "pris"], "Vouliez-vous dire « prix » ?"),
        (["verifier"], "il manque le fichier"),
        (["imprimer", "prix"], "il manque un thème ou --sortie"),
        (["imprimer", "prix_bufet", "--sortie", "x"], "Vouliez-vous dire « prix_buffet » ?"),
        (["imprimer", "prix", "--sortie", "x", "--groupes", "40"], "De 1 à 12."),
    ],
)
def test_what_is_not_understood_is_told(capsys, arguments: list[str], what: str) -> None:
    assert main(["exercices", *arguments]) == 2
    assert what in said(capsys)[1]


def test_each_group_has_its_own_sheet(capsys, tmp_path: Path) -> None:
    asked = ["exercices", "imprimer", "seuil", "--graine", "12", "--groupes", "2", "--sortie", str(tmp_path / "fiches")]
    assert main(asked) == 0
    names = sorted(path.name for path in (tmp_path / "fiches").iterdir())
    assert names == [
        "exercices_seuil_origine.json", "exercices_seuil_serie_12.pdf", "exercices_seuil_serie_13.pdf",
        "seance_seuil.pdf",
    ]  # fmt: skip
    assert "2 fiches écrites" in said(capsys)[0]


def test_a_script_for_phones_is_written_and_read_again(capsys, tmp_path: Path) -> None:
    assert main(["exercices", "atelier", "tva", "--sortie", str(tmp_path)]) == 0
    assert "kpa atelier" in said(capsys)[0]
    catalogue.load()
    script = script_file.loads((tmp_path / "atelier_tva.yaml").read_text(encoding="utf-8"))
    assert [step.activity.exercise for step in script.steps] == [each.name for each in exercises("tva")[0]]
    assert not any(step.activity.together for step in script.steps)
    assert [fault for step in script.steps for line in step.say.splitlines() for fault in faults(line)] == []
    assert main(["exercices", "atelier", "tva"]) == 2


def test_answers_come_on_pages_of_their_own(monkeypatch) -> None:
    known, _ = exercises("prix")
    contents = []
    monkeypatch.setattr(exercise_paper, "press", lambda name, content: contents.append(content) or b"")
    exercise_paper.exercise_sheet(known, 12, DAY)
    shown = contents[0]["exercices"]
    assert [each["titre"] for each in shown] == [each.title for each in known]
    figures = exercise_paper.outside_figures(DAY)
    assert [each["reponse"] for each in shown] == [each.draw(12, figures).written for each in known]
    assert all(each["reponse"] not in each["texte"] + each["question"] for each in shown)
    monkeypatch.undo()
    assert pages(exercise_paper.exercise_sheet(known, 12, DAY)) >= 3
    assert exercise_paper.exercise_sheet(known, 12, DAY) != exercise_paper.exercise_sheet(known, 13, DAY)


def test_an_exercise_with_choices_prints() -> None:
    assert exercise_paper.exercise_sheet([exercise_named("cae_nature_du_cape")], 3, DAY).startswith(b"%PDF")


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_has_a_session_that_holds_and_prints(theme: str) -> None:
    session = session_of(theme)
    assert (places.notebooks() / f"{session.notebook}.ipynb").is_file()
    assert 30 <= session.minutes <= 60
    page = (places.notebooks() / f"{session.notebook}.ipynb").read_text(encoding="utf-8")
    assert f"**Durée.** {session.minutes} minutes." in page, "the page and the sheet say one duration"
    searched = next(minutes for minutes, done in session.steps if "cherche les exercices" in done)
    assert sum(each.minutes for each in exercises(theme)[0]) <= searched, "the exercises fit their part of the session"
    told = [session.goal, *(done for _, done in session.steps), *session.questions, *session.keep, *session.material]
    told += [f"{tried[:1].upper()}{tried[1:]}" for _, tried in session.traps]
    assert [fault for each in told for fault in faults(each)] == []
    assert len(session.traps) >= 3
    assert exercise_paper.session_sheet(session, exercises(theme)[0]).startswith(b"%PDF")


def test_a_session_names_its_page_as_the_menu_does() -> None:
    printed = PdfReader(io.BytesIO(exercise_paper.session_sheet(session_of("prix"), exercises("prix")[0])))
    assert "« Prix »" in printed.pages[0].extract_text().replace("\u00a0", " ").replace("\u202f", " ")


def test_sessions_are_as_many_as_themes() -> None:
    assert [each.theme for each in sessions()] == list(THEMES)
    with pytest.raises(WrongSession, match="Vouliez-vous dire « prix »"):
        session_of("pris")


def test_a_wrong_session_is_told_at_once() -> None:
    with pytest.raises(WrongSession) as error:
        loads("titre: A\ntheme: pris\nderoule: [dix minutes]\nautre: 1\n", "essai")
    told = str(error.value)
    assert "« dix minutes » n'est pas compris" in told
    assert "« pris » n'est pas un choix" in told
    assert "« autre »" in told
    assert "il manque « materiel »" in told
