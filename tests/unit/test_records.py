"""Records that a program exports as JSON are read like the lines of a sheet: Timewarrior, and others of its kind."""

from __future__ import annotations

import json

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, table

INTERVALS = [
    {"id": 4, "start": "20260401T073000Z", "tags": ["accueil"]},
    {"id": 3, "start": "20260331T220000Z", "end": "20260331T233000Z", "tags": ["accueil"]},
    {"id": 2, "start": "20260302T073000Z", "end": "20260302T091500Z", "tags": ["accueil", "mairie"]},
    {"id": 1, "start": "20260228T231500Z", "end": "20260301T001500Z", "tags": ["accueil"]},
]


def given(content: object, name: str = "timew ines.json") -> GivenFile:
    return GivenFile(name, json.dumps(content).encode())


def test_instants_of_timewarrior_are_days_in_paris_and_a_time_still_running_is_told() -> None:
    proposal, _ = read(given(INTERVALS))
    assert minutes(proposal) == {("Ines", "2026-03"): 165, ("Ines", "2026-04"): 90}
    assert any("ligne 2 : ce temps court encore" in each for each in proposal.heeded)


def test_the_night_between_two_months_is_of_both() -> None:
    night = {"id": 1, "start": "20260430T203000Z", "end": "20260430T230000Z", "tags": ["accueil"]}
    proposal, _ = read(given([night, *INTERVALS[1:]]))
    assert minutes(proposal) == {("Ines", "2026-03"): 165, ("Ines", "2026-04"): 90 + 90, ("Ines", "2026-05"): 60}


def test_records_inside_a_name_with_records_inside_them() -> None:
    entries = [{"user": {"name": who}, "date": f"2026-05-0{day}", "heures": f"{day}h30", "billable": True}
               for day, who in ((1, "Oumar"), (2, "Léna"), (3, "Oumar"))]  # fmt: skip
    proposal, _ = read(given({"entries": entries, "count": 3}))
    assert minutes(proposal) == {("Oumar", "2026-05"): 300, ("Léna", "2026-05"): 150}


@pytest.mark.parametrize("content", [{"a": 1}, [1, 2], "bonjour", {"a": [{"x": 1}], "b": [{"y": 2}]}, []])
def test_what_holds_no_record_is_told_as_not_read(content: object) -> None:
    hours = table("heures.csv", "Date;Qui;Heures", "02/01/2026;Léa;1h")
    proposal = propose([hours, given(content, "export.json")], "Essai", Recipe(), Findings())
    assert any("export.json" in each and "n'est pas lu" in each for each in proposal.unread)


def test_a_damaged_one_is_told_as_not_read() -> None:
    broken = GivenFile("timew.json", b'[{"start": "20260401T073000Z",')
    proposal = propose([broken], "Essai", Recipe(), Findings())
    assert any("timew.json" in each for each in proposal.unread)
