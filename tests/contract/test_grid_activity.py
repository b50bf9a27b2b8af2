"""The grid filled from phones: rounds, form, and a page that protects small groups and reads aloud."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kpa_model.assessment import versions
from kpa_model.assessment.activities import ON_CASES, FilledTogether
from kpa_model.assessment.cases import invented_cases
from kpa_model.assessment.grid_file import fingerprint, ready_grids
from kpa_model.assessment.laboratory import study
from kpa_model.assessment.readings import FilledGrid
from kpa_model.assessment.study_told import study_details, study_page
from kpa_model.declare.page import Sentence, Stacks, Table
from kpa_model.workshop.activity import Room
from tests.contract.activities import people, played
from tests.contract.readable import faults

EVERY = [FilledTogether(), *(FilledTogether(named=name, about=ON_CASES, cases=2) for name in ready_grids())]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))


def said(page) -> list[str]:
    return [each.text for each in page if isinstance(each, Sentence)]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.named}-{one.about}")
@pytest.mark.parametrize("number", [5, 9])
def test_a_played_room_is_told_without_names(one: FilledTogether, number: int) -> None:
    room = played(one, number, seed=number)
    for each in one.rounds():
        page = one.page(each.key, room)
        assert any(isinstance(part, Stacks) for part in page)
        assert not any("Zéphyrine" in str(part) for part in page)
        assert [fault for text in said(page) for fault in faults(text)] == []


@pytest.mark.parametrize("one", EVERY[:2], ids=["soi", "cas"])
def test_under_five_answers_there_is_no_detail(one: FilledTogether) -> None:
    room = played(one, 4, seed=1)
    for each in one.rounds():
        page = one.page(each.key, room)
        assert not any(isinstance(part, Stacks) for part in page)
        assert said(page)[0].startswith("Moins de cinq réponses")
    assert list(one.readings(room)) == []


def test_nobody_has_answered_yet() -> None:
    one = FilledTogether()
    assert said(one.page("soi", Room(people=people(6))))[0] == "Personne n'a encore répondu."


def test_each_case_is_a_round_and_the_same_people_are_compared() -> None:
    one = FilledTogether(named="implication", about=ON_CASES, cases=3)
    assert [each.key for each in one.rounds()] == ["cas_1", "cas_2", "cas_3"]
    assert invented_cases()[0].lines[0] in one.form("cas_1", Room(), "p0").intro
    page = one.page("cas_3", played(one, 6, seed=2))
    table = next(each for each in page if isinstance(each, Table))
    assert len(table.rows) == 7
    assert any("18\u00a0lectures de cas inventés, par 6\u00a0personnes" in text for text in said(page))


def test_an_unknown_grid_becomes_the_page_of_pictures() -> None:
    assert FilledTogether(named="disparue").grid(Room()).title == "Une page en images"


def test_the_words_of_a_workshop_stay_those_of_its_opening() -> None:
    mine = replace(ready_grids()["implication"], title="Notre grille")
    versions.keep(mine)
    one = FilledTogether(named="notre_grille")
    room = Room(facts=json.loads(json.dumps(one.brings())))
    other = replace(mine.criteria[0], descriptors=("Je viens écouter.", *mine.criteria[0].descriptors[1:]))
    versions.keep(replace(mine, criteria=(other, *mine.criteria[1:])))
    assert fingerprint(one.grid(Room())) != fingerprint(mine)
    assert fingerprint(one.grid(room)) == fingerprint(mine)
    assert "Je viens écouter." not in str(one.form("soi", room, "p0"))
    assert one.grid_read(Room()) is None


def test_a_round_not_revealed_yet_is_not_told_with_another() -> None:
    one = FilledTogether(named="implication", about=ON_CASES, cases=2)
    room = played(one, 6, seed=3)
    assert {each.about for each in one.readings(room)} == {"Nadia", invented_cases()[1].name}
    half = replace(room, shown=frozenset({"cas_1"}))
    assert {each.about for each in one.readings(half)} == {"Nadia"}


def test_empty_answers_do_not_hide_a_small_group() -> None:
    one = FilledTogether()
    answers = {person: {} for person in people(6)} | {"p0": {one.grid(Room()).keys[0]: "1"}}
    room = Room(people(6), {"soi": answers}, shown=frozenset({"soi"}))
    assert list(one.readings(room)) == []
    assert said(one.page("soi", room))[0].startswith("Moins de cinq réponses")


def test_everything_the_laboratory_says_reads_aloud() -> None:
    grid = ready_grids()["implication"]
    readings = [
        FilledGrid(str(by), case.name, done)
        for case in invented_cases()
        for by, done in enumerate(case.read_by_others("implication", grid))
    ]
    for some in ([], readings[:2], readings):
        page = study_page(study(grid, some))
        assert [fault for text in said(page) for fault in faults(text)] == []
        assert study_details(study(grid, some))
    assert "« L'argent du groupe » est compris de plusieurs façons." in " ".join(
        said(study_page(study(grid, readings)))
    )
