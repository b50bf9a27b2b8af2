"""A grid joined to pay: exact cents, what one level is worth, and whom each way of giving points lets change what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpa_model.assessment.answers import NOT_MET, filled
from kpa_model.assessment.grid import SUM
from kpa_model.assessment.grid_file import ready_grids
from kpa_model.cooperative.month import Month
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule_file import loads
from kpa_model.story.grids import pay as grid_pay
from kpa_model.story.grids import pay_told as grid_pay_told
from kpa_model.story.grids.pay import BALLOTS, IMPARTIAL, MIDDLE, ONESELF, WAYS
from tests.contract.readable import faults

GRID = ready_grids()["implication"]
NAMES = ("Awa", "Bruno", "Chloé", "Dalila", "Émile")
RULE = loads("titre: Points\netapes: [points_d_implication]")
MONTH = Month.of(NAMES, sales=100_000)
PLAYED = grid_pay.cast(GRID, "implication", NAMES)


def test_one_level_more_is_worked_by_hand() -> None:
    """Two people, one criterion: levels 1 and 1 share 1 000 € in halves; one level more takes two thirds."""
    one = replace(GRID, criteria=GRID.criteria[:1])
    month = Month.of(("Awa", "Bruno"), sales=100_000)
    played = grid_pay.cast(one, "implication", month.members)
    same = filled(one, {"reunions": "1"})
    played = replace(played, own={"Awa": same, "Bruno": same})
    assert grid_pay.table(RULE, month, played, ONESELF).pay == {"Awa": 50_000, "Bruno": 50_000}
    worth = grid_pay.one_level_more(RULE, month, played, "Awa")
    assert worth == {"reunions": grid_pay.Moved(16_667, -16_667)}


@pytest.mark.parametrize("way", WAYS)
def test_every_cent_is_shared_whatever_the_way(way: str) -> None:
    found = grid_pay.table(RULE, MONTH, PLAYED, way)
    assert sum(found.pay.values()) == 100_000
    assert set(found.pay) == set(NAMES)


@pytest.mark.parametrize("way", [MIDDLE, BALLOTS, IMPARTIAL])
@pytest.mark.parametrize("who", NAMES)
def test_when_others_give_points_rating_oneself_changes_nothing(way: str, who: str) -> None:
    for by in (-1, 1, 3):
        assert grid_pay.moved(RULE, MONTH, PLAYED, grid_pay.higher(PLAYED, who, by), way, who).own == 0


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(NAMES), st.integers(-3, 3), st.sampled_from([BALLOTS, IMPARTIAL]))
def test_what_i_say_of_others_moves_my_own_pay_by_one_cent_at_most(who: str, by: int, way: str) -> None:
    others = [name for name in NAMES if name != who]
    after = grid_pay.with_view(PLAYED, who, others[:2], by)
    assert abs(grid_pay.moved(RULE, MONTH, PLAYED, after, way, who).own) <= 1


def test_rating_oneself_higher_takes_from_the_others_when_each_rates_herself() -> None:
    change = grid_pay.moved(RULE, MONTH, PLAYED, grid_pay.higher(PLAYED, "Bruno", 1), ONESELF, "Bruno")
    assert change.own > 0
    assert change.own == -change.others


def test_nobody_looks_at_herself() -> None:
    assert all(reader not in about for reader, about in PLAYED.views.items())
    assert all(len(about) == len(NAMES) - 1 for about in PLAYED.views.values())


def test_levels_are_drawn_for_a_grid_without_invented_ones_and_stay_the_same() -> None:
    grid = ready_grids()["rectec"]
    one, again = (grid_pay.cast(grid, "rectec", NAMES) for _ in range(2))
    assert one == again
    assert all(set(done.marks) == set(grid.keys) for done in one.own.values())


def test_impartial_division_asks_for_four_people() -> None:
    assert IMPARTIAL not in grid_pay.ways_for(NAMES[:3])
    assert IMPARTIAL in grid_pay.ways_for(NAMES[:4])


def test_a_level_that_is_the_last_or_not_counted_is_worth_nothing_more() -> None:
    done = filled(GRID, {**dict.fromkeys(GRID.keys, "2"), "reunions": "4", "argent": NOT_MET})
    worth = grid_pay.one_level_more(RULE, MONTH, grid_pay.with_own(PLAYED, "Awa", done), "Awa")
    assert worth["reunions"] is None
    assert worth["argent"] is None
    assert worth["lieu"].own > 0


def test_rules_that_use_points_are_known() -> None:
    members = np.arange(1, 6)
    month = Month.of(NAMES, sales=100_000, minutes=np.tile(members * 60, (4, 1)))
    using = {name for name, rule in ready_rules().items() if grid_pay.uses_points(rule, month)}
    assert {"implication", "melange_cjs"} <= using
    assert not {"parts_egales", "heures", "besoin"} & using


def test_only_those_who_can_be_paid_play() -> None:
    month = Month.of(NAMES, sales=100_000, present=[1, 1, 0, 1, 1], payable=[1, 0, 1, 1, 1])
    assert grid_pay.paid_members(month) == ("Awa", "Dalila", "Émile")


@pytest.mark.parametrize(
    "grid", [GRID, replace(GRID, points=SUM), ready_grids()["entrecomp"]], ids=lambda grid: grid.points
)
def test_everything_said_reads_aloud(grid) -> None:
    for members in (NAMES, NAMES[:3], NAMES[:2], NAMES[:1]):
        month = Month.of(members, sales=100_000)
        played = grid_pay.cast(grid, "implication", members)
        page = grid_pay_told.everybody(RULE, month, played, IMPARTIAL)
        if len(members) > 1:
            page += grid_pay_told.one_person(RULE, month, played, members[0])
        said = [each.text for each in page if hasattr(each, "text")]
        assert [fault for text in said for fault in faults(text if text[-1] in ".?!" else f"{text}.")] == []
