"""One person's answers beside those of others."""

from __future__ import annotations

from kpa_model.assessment.answers import NOT_MET, filled
from kpa_model.assessment.beside import beside, to_talk_about
from kpa_model.assessment.grid_file import ready_grids

GRID = ready_grids()["implication"]


def test_answers_stay_as_they_were_said_in_the_order_of_the_grid() -> None:
    me = filled(GRID, {"reunions": "1", "decisions": "2", "argent": NOT_MET})
    others = filled(GRID, {"reunions": "3", "decisions": "2", "argent": "4"})
    lines = beside(GRID, {"Moi": me, "Ma binôme": others})
    assert [line.criterion.key for line in lines] == list(GRID.keys)
    assert {who: mark and mark.level for who, mark in lines[0].marks.items()} == {"Moi": "1", "Ma binôme": "3"}
    assert [line.gap for line in lines] == [2, 0, 0, 0, 0, 0, 0]
    assert lines[4].levels == 1, "not met is not a level, and no gap comes from it"
    assert [line.criterion.key for line in to_talk_about(lines)] == ["reunions"]
    assert to_talk_about(lines, least=3) == ()


def test_nobody_beside_makes_no_gap() -> None:
    assert all(line.gap == 0 for line in beside(GRID, {}))
