"""`kpa decisions`: the register, read from a terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpa_model.command import main
from kpa_model.decision.record import DecisionRecord, Objection
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide import decisions
from kpa_model.story.decide.told import rule_told
from kpa_model.workshop.script_file import load, ready_scripts


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def kept() -> None:
    for rule, month in (("parts_egales", 1), ("heures", 3)):
        decisions.keep(
            DecisionRecord(
                "Les Tilleuls", date(2027, month, 1), "essai", rule_told(ready_rules()[rule]),
                objections=(Objection("Trop vite.", "Trois mois d'essai."),), review_on=date(2027, month + 3, 1),
            )
        )  # fmt: skip


def test_an_empty_register_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions"]) == 0
    assert "Aucune décision n'est encore écrite." in capsys.readouterr().out
    assert main(["decisions", "derniere"]) == 1
    assert "il est vide" in capsys.readouterr().err


@pytest.mark.usefixtures("kept")
def test_decisions_come_last_first_with_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions"]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert said.index("1er mars 2027") < said.index("1er janvier 2027")
    assert "Nous retirons l'étape « Parts égales »." in said
    assert "Son nom : 2027-01-01_parts_egales" in said


@pytest.mark.usefixtures("kept")
def test_the_last_decision_is_read_and_copied(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["decisions", "derniere", "--sortie", str(tmp_path / "sortie")]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Nous essayons cette règle. Nous en reparlons le 1er juin 2027." in said
    assert "- Trop vite. Trois mois d'essai." in said
    assert {each.suffix for each in (tmp_path / "sortie").iterdir()} == {".json", ".pdf", ".html", ".yaml", ".ics"}


@pytest.mark.usefixtures("kept")
def test_a_name_nearly_right_is_helped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions", "2027-01-01_parts_egale"]) == 1
    assert "Vouliez-vous dire « 2027-01-01_parts_egales » ?" in capsys.readouterr().err.replace("\u00a0", " ")


def test_a_script_is_printed_for_a_workshop_without_a_computer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = tmp_path / "atelier.pdf"
    asked = ["atelier", "petit_budget", "--imprimer", str(place), "--personnes", "8"]
    assert main(asked) == 0
    assert place.read_bytes().startswith(b"%PDF")
    assert main(asked) == 1
    assert "quelque chose porte déjà ce nom" in capsys.readouterr().err
    assert main([*asked[:-1], "500"]) == 1
    assert "Donnez un nombre de 2 à 60." in capsys.readouterr().err.replace("\u00a0", " ")


def test_a_ready_script_is_copied_to_be_changed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = tmp_path / "le_notre.yaml"
    assert main(["atelier", "deux_heures", "--copier", str(place)]) == 0
    assert load(place) == ready_scripts()["deux_heures"]
    assert "\n  dire: |-\n    Bonjour à toutes et à tous.\n" in place.read_text(encoding="utf-8")
    assert main(["atelier", "--copier", str(place)]) == 1
    assert "quelque chose porte déjà ce nom" in capsys.readouterr().err
