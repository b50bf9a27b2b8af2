"""Dated parameters: every value has its unit, dates, source and confidence; wrong files and uncovered days are told."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kpa_model.benefits import parameters
from kpa_model.benefits.changes import changes, old
from kpa_model.benefits.in_hand import USED, known_day
from kpa_model.benefits.parameters import CONFIDENCES, FILE, UNITS
from kpa_model.errors import UnreadableFile

GOOD = """essai:
  nom: Un essai
  unite: "€/mois"
  source: un décret
  lu_le: 2026-11-23
  valeurs:
  - depuis: 2025-01-01
    jusqu_a: 2025-12-31
    valeur: "10,50"
    confiance: publie
"""


def test_every_value_has_a_unit_dates_a_source_and_a_confidence() -> None:
    known = parameters.parameters()
    assert len(known) > 80
    for each in known.values():
        assert each.unit in UNITS
        assert each.label
        assert each.read_on.year >= 2026
        for value in each.values:
            assert value.since <= value.until
            assert value.confidence in CONFIDENCES
            assert value.source


def test_what_is_used_is_covered_without_a_hole_since_2018() -> None:
    assert parameters.covered(USED)[0] == date(2018, 1, 1)
    for name in USED:
        values = parameters.parameter(name).values
        for before, after in pairwise(values):
            assert after.since == before.until + timedelta(days=1), name


def test_a_day_outside_is_a_warning_and_never_a_figure() -> None:
    late, early = date(2031, 1, 1), date(2010, 1, 1)
    with pytest.raises(parameters.UncoveredDay, match="n'est connu que jusqu'au 31 mars 2027"):
        parameters.amount("rsa_base", late)
    assert "à partir du 1er janvier 2018" in parameters.warning_for(["rsa_base"], early)
    assert parameters.warning_for(["rsa_base"], date(2026, 6, 1)) == ""
    day, warning = known_day(late)
    assert day == parameters.covered(USED)[1]
    assert warning.startswith("« SMIC brut, une heure »")
    assert known_day(date(2026, 6, 1)) == (date(2026, 6, 1), "")
    assert known_day(early)[0] == date(2018, 1, 1)


def test_values_are_written_as_french_people_read_them() -> None:
    day = date(2026, 6, 1)

    def written(name: str) -> str:
        each = parameters.parameter(name)
        return each.written(each.on(day)).replace("\u00a0", " ").replace("\u202f", " ")

    assert written("rsa_base") == "651,69 €/mois"
    assert written("ppa_part_gardee") == "59,85 %"
    assert written("ass_mois_cumul") == "3 mois"
    assert written("smic_heures") == "151,67"


def test_changes_between_two_days() -> None:
    said = {each.parameter.name: each.sentence for each in changes(date(2025, 12, 31), date(2026, 4, 1))}
    assert "646,52" in said["rsa_base"]
    assert "651,69" in said["rsa_base"]
    assert said["cout_maladie_reduction"].endswith("n'existe plus.")
    assert said["allegement_2026_minimum"].endswith("rien avant.")
    assert changes(date(2026, 2, 1), date(2026, 2, 2)) == ()
    gone = {each.parameter.name: each.sentence for each in changes(date(2026, 12, 1), date(2028, 1, 1))}
    assert gone["rsa_base"].endswith("n'est plus connu.")


def test_old_parameters() -> None:
    read = parameters.parameter("rsa_base").read_on
    assert old(read) == ()
    assert {each.name for each in old(read + timedelta(days=366))} == set(parameters.parameters())
    ended = {each.name for each in old(date(2027, 1, 2))}
    assert "smic_horaire" in ended
    assert "rsa_base" not in ended


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(GOOD, encoding="utf-8")
    found = FILE.read(path)["essai"]
    assert found.label == "Un essai"
    assert str(found.values[0].amount) == "10.50"
    assert found.values[0].source == "un décret"


@pytest.mark.parametrize(
    ("old_text", "new_text", "said"),
    [
        ("nom: Un essai", "nom: [", "l'écriture n'est pas comprise."),
        ("€/mois", "francs", "« francs » n'est pas un choix."),
        ("10,50", "dix", "« dix » n'est pas un nombre."),
        ("10,50", "10,505", "« 10,505 » a trop de décimales."),
        ("jusqu_a: 2025-12-31", "jusqu_a: 2024-12-31", "la fin est avant le début."),
        ("jusqu_a: 2025-12-31", "jusqu_a: demain", "« demain » n'est pas une date."),
        ("confiance: publie", "confiance: bonne", "« bonne » n'est pas un choix."),
        ("depuis: 2025", "depui: 2025", "Vouliez-vous dire « depuis » ?"),
        ("  source: un décret\n", "", "il manque « source »."),
        ("nom: Un essai", "nom: 12", "un texte est attendu."),
    ],
)
def test_a_wrong_file_is_told_in_three_parts(tmp_path: Path, old_text: str, new_text: str, said: str) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(GOOD.replace(old_text, new_text), encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        FILE.read(path)
    assert said in str(caught.value)
    assert all(each.where and each.what and each.todo for each in caught.value.problems)


def test_values_that_overlap_and_files_without_values_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(GOOD + GOOD[GOOD.index("  - depuis") :], encoding="utf-8")
    with pytest.raises(UnreadableFile, match="deux valeurs se suivent mal, au 2025-01-01"):
        FILE.read(path)
    path.write_text(GOOD[: GOOD.index("  - depuis")], encoding="utf-8")
    with pytest.raises(UnreadableFile, match="il manque les valeurs"):
        FILE.read(path)
    path.write_text("essai: 3\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="ses lignes manquent"):
        FILE.read(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="le fichier est vide"):
        FILE.read(path)


def test_an_unknown_name_is_for_the_programmer() -> None:
    with pytest.raises(KeyError, match="rsa_base"):
        parameters.parameter("rsa_bas")
