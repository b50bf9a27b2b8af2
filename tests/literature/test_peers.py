"""Shares from what people say of each other, on published and worked profiles, read from `vectors.json`."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from kpa_model.decision.appreciation import circle, in_cents, shares
from kpa_model.decision.impartial import division

VECTORS = {each["id"]: each for each in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", ["IMP1", "IMP2", "IMP4"])
def test_impartial_shares_are_those_of_the_tables(name):
    expected = VECTORS[name]["expected"]
    found = division(VECTORS[name]["input"])
    assert found == {who: Fraction(share) for who, share in expected["shares"].items()}
    assert sum(found.values()) == Fraction(expected["sum"])
    if "cents_of_1000" in expected:
        assert [*in_cents(found, 100_000).values()] == expected["cents_of_1000"]


def test_one_person_alone_can_help_a_friend_but_not_herself():
    honest, friend = division(VECTORS["IMP2"]["input"]), division(VECTORS["IMP3"]["input"])
    assert honest["A"] == friend["A"]
    told = {who: f"{float(100 * friend[who]):.2f}" for who in "AD"}
    assert told == VECTORS["IMP3"]["expected"]["percent"]


def test_a_cap_on_ratios_softens_what_a_friend_can_do():
    free = division(VECTORS["IMP3"]["input"])["D"]
    capped = division(VECTORS["IMP3"]["input"], cap=9)["D"]
    assert division(VECTORS["IMP2"]["input"])["D"] < capped < free


def test_peer_scores_are_those_of_the_worked_example():
    ballots, expected = VECTORS["WP1"]["input"], VECTORS["WP1"]["expected"]["scores"]
    found = shares(ballots, [*expected])
    assert {who: len(expected) * share for who, share in found.items()} == {
        who: Fraction(score) for who, score in expected.items()
    }


def test_keeping_ones_points_raises_a_raw_share_and_not_a_share_of_ours():
    given, expected = VECTORS["CO2"]["input"], VECTORS["CO2"]["expected"]
    received, others = given["A_receives"], given["others_total_given"]
    raw = [Fraction(received, others + gives) for gives in given["A_gives"]]
    assert raw == [Fraction(expected["share_if_gives_100"]), Fraction(expected["share_if_gives_1"])]
    assert raw[0] < raw[1]
    ballots = {"B": {"A": 75, "C": 75}, "C": {"A": 75, "B": 75}}
    ours = [circle({**ballots, "A": {"B": gives}}, ["A", "B", "C"])["A"] for gives in given["A_gives"]]
    assert ours[0] == ours[1]
