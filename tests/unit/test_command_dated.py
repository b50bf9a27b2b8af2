"""`kpa parametres`: what is in force, what changed, what is old."""

from __future__ import annotations

import pytest

from kpa_model.command.program import main


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    both = capsys.readouterr()
    plain = [" ".join(each.replace("\u00a0", " ").replace("\u202f", " ").split()) for each in (both.out, both.err)]
    return plain[0], plain[1]


def test_what_changed_between_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parametres", "--entre", "2026-06-01", "2026-03-31"]) == 0
    out, _ = said(capsys)
    assert "Du 31 mars 2026 au 1er juin 2026 : 8 changements." in out
    assert "RSA, montant de base pour une personne : 646,52 €/mois devient 651,69 €/mois." in out


def test_what_is_in_force_and_what_is_old(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parametres"]) == 0
    assert "data/parametres" in said(capsys)[0]
    assert main(["parametres", "--anciens"]) == 0
    assert said(capsys)[0]


def test_a_wrong_day_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parametres", "--entre", "hier", "2026-01-01"]) == 2
    assert "« hier » n'est pas une date." in said(capsys)[1]
