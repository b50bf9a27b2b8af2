"""Times noted on a telephone: starts, ends and durations that agree; what no answer can mend is told at once."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, table

ROWS = ("Vaisselle,2026-09-07 09:00:00,2026-09-07 10:15:00,,1:15:00,75",
        "Courrier,2026-09-30 22:00:00,2026-09-30 22:20:00,,0:20:00,20")  # fmt: skip


@pytest.mark.parametrize("titles", ["time started,time ended", "Clock in,Clock out", "Heure de début,Heure de fin"])
@pytest.mark.parametrize("name", ["Nadia stt_records.csv", "boosted-nadia-2026-09.csv", "ATimeLogger report Nadia.csv"])
def test_an_export_of_a_phone_asks_whose_it_is_and_offers_the_name_alone(titles: str, name: str) -> None:
    proposal, asked = read(table(name, f"activity name,{titles},comment,duration,duration minutes", *ROWS))
    assert len(asked) <= 3
    assert {topic.split(".")[0] for topic in asked} == {"personne", "genre", "personnes"}
    assert minutes(proposal) == {("Nadia", "2026-09"): 95}
    assert [each.task for each in proposal.reading.book.hours] == ["Vaisselle", "Courrier"]


def test_the_one_column_that_can_be_a_time_is_read_and_told() -> None:
    lines = ("Qui;Date;Tmp pasé;Commentaire", "Ida;07/09/2026;2,5;a", "Noam;08/09/2026;1;b", "Ida;09/09/2026;0,75;c")
    proposal, asked = read(table("heures.csv", *lines))
    assert not any(topic.startswith("colonne.") for topic in asked)
    assert minutes(proposal) == {("Ida", "2026-09"): 195, ("Noam", "2026-09"): 60}
    assert any("« Tmp pasé » est lu comme la durée" in each for each in proposal.heeded)


@pytest.mark.parametrize("titles", ["Tmp;Dont dehors", "Matin;Route"])
def test_two_columns_that_can_be_times_are_asked_about(titles: str) -> None:
    lines = (f"Qui;Date;{titles}", "Ida;07/09/2026;2,5;1", "Noam;08/09/2026;1;1", "Ida;09/09/2026;0,75;0,5")
    _, asked = read(table("heures.csv", *lines))
    assert "colonne.duree" in asked


@pytest.mark.parametrize(
    "closed", [GivenFile("compta.ods", b"PK not a workbook"), GivenFile("ventes.xlsx", b"\xd0\xcf")]
)
def test_a_file_that_does_not_open_is_told_before_any_question(closed: GivenFile) -> None:
    lines = ("Prénom;Jour;Combien", "Ida;07/09/2026;2,5", "Noam;08/09/2026;1")
    proposal, asked = read(table("pointage.csv", *lines), closed, sold="")
    assert asked == []
    assert closed.name in str(proposal.refusal)
    assert "pointage.csv" not in str(proposal.refusal)


def test_a_count_that_is_the_only_time_of_a_list_of_hours_is_its_duration() -> None:
    lines = ("Qui;Le;Nombre;Lieu", "Ida;07/09/2026;2,5;ici", "Noam;08/09/2026;1;là", "Ida;09/09/2026;0,75;ici")
    proposal, asked = read(table("heures.csv", *lines))
    assert not any(topic.startswith("colonne.") for topic in asked)
    assert minutes(proposal) == {("Ida", "2026-09"): 195, ("Noam", "2026-09"): 60}
    assert any("« Nombre » est lu comme la durée" in each for each in proposal.heeded)


def test_more_than_a_day_in_that_column_is_no_duration() -> None:
    lines = ("Qui;Le;Nombre;Lieu", "Ida;07/09/2026;120;ici", "Noam;08/09/2026;80;là")
    proposal, _ = read(table("heures.csv", *lines))
    assert proposal.reading is None


@pytest.mark.parametrize("sheet", ["Feuil1", "octobre", "Sheet 1"])
def test_the_name_in_the_file_of_somebody_is_offered_whatever_its_plain_sheet_is_called(sheet: str) -> None:
    book, kept = Workbook(), io.BytesIO()
    book.active.title = sheet
    for line in (("Date", "Heures", "Tâche"), (date(2026, 10, 5), 2, "a"), (date(2026, 10, 6), 3, "b")):
        book.active.append(line)
    book.save(kept)
    proposal, asked = read(GivenFile("heures nadia octobre.xlsx", kept.getvalue()))
    assert any(topic.startswith("personne.") for topic in asked)
    assert minutes(proposal) == {("Nadia", "2026-10"): 300}
