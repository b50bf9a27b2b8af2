"""`kpa atelier`: what is kept is listed, exported, put back, erased; what is not understood is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpa_model.command import main
from kpa_model.files.log.events import EventLog
from kpa_model.server import catalogue
from kpa_model.server.workshop import begin
from kpa_model.workshop import script_file
from kpa_model.workshop.event import Event


@pytest.fixture
def base(tmp_path: Path) -> str:
    catalogue.load()
    path = str(tmp_path / "ateliers.sqlite")
    with EventLog(path) as log:
        name = begin(log, catalogue.alone("thermometre"), {"seed": 1})
        log.append(name, Event("joined", "p1", payload={"name": "Renard"}))
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    found = capsys.readouterr()
    return " ".join((found.out + found.err).split())


def only(base: str) -> str:
    with EventLog(base) as log:
        return log.workshops()[0][0]


def test_workshops_are_listed(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["atelier", "--base", base, "--liste"]) == 0
    assert f"{only(base)} : Thermomètre, ouvert le" in said(capsys)


def test_a_workshop_is_exported_erased_and_put_back(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, copy = only(base), str(tmp_path / "copie.jsonl")
    assert main(["atelier", "--base", base, "--exporter", name, copy]) == 0
    assert main(["atelier", "--base", base, "--exporter", name, copy]) == 1  # never over another file
    assert main(["atelier", "--base", base, "--effacer", name]) == 0
    assert main(["atelier", "--base", base, "--liste"]) == 0
    assert main(["atelier", "--base", base, "--importer", copy]) == 0
    assert main(["atelier", "--base", base, "--importer", copy]) == 1
    text = said(capsys)
    for sentence in ("gardez-le pour vous", "est effacé", "Aucun atelier n'est gardé", "est remis", "déjà ici"):
        assert sentence in text
    assert only(base) == name


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["--reprendre", "nulle-part"], "il n'est pas gardé ici"),
        (["deux_heure"], "Vouliez-vous dire « deux_heures » ?"),
        (["--activite", "thermometr"], "Vouliez-vous dire « thermometre » ?"),
        (["--carnet", "tilleul"], "Vouliez-vous dire « tilleuls » ?"),
        (["--activite", "thermometre", "--mois", "1999-01"], "Mois « 1999-01 »"),
        (["--activite", "thermometre", "--port", "99999"], "le port 99999 est déjà pris"),
        (["--importer", "absent.jsonl"], "il n'existe pas"),
    ],
)
def test_what_cannot_be_opened_is_told(
    base: str, asked: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["atelier", *asked, "--base", base, "--sans-navigateur"]) == 1
    assert expected in said(capsys).replace("\u00a0", " ")


def test_the_activity_alone_is_a_script_one_can_write_in_a_file() -> None:
    for name in catalogue.activities():
        script = catalogue.alone(name)
        assert script_file.loads(script_file.dumps(script)) == script
