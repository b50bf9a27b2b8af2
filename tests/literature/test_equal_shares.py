"""Equal shares on a worked budget, read from `vectors.json`: five people, 600 €, five projects."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from kpa_model.decision.equal_shares import completed, equal_shares, most_votes

# The tables break ties by the name of the project; ours, by the order of the list.
VECTORS = {each["id"]: each for each in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))}


def listed(given):
    return dict(sorted(given["costs"].items()))


@pytest.mark.parametrize(("name", "utility"), [("MES1", "cost"), ("MES2", "count")])
def test_projects_and_purses_are_those_of_the_tables(name, utility):
    given, expected = VECTORS[name]["input"], VECTORS[name]["expected"]
    purse = Fraction(given["budget"], len(given["approvals"]))
    found = equal_shares(purse, listed(given), given["approvals"], utility)
    assert [*found.projects] == expected["selected"]
    assert [*found.left] == [Fraction(each) for each in expected["left"]]
    for paid, (project, rho, by) in zip(found.paid, expected.get("steps", []), strict=False):
        assert (paid.project, paid.rho) == (project, Fraction(rho))
        assert {str(who): part for who, part in paid.by.items()} == {who: Fraction(each) for who, each in by.items()}


def test_the_completion_funds_the_party_too():
    given, expected = VECTORS["MES3"]["input"], VECTORS["MES3"]["expected"]
    found = completed(given["budget"], listed(given), given["approvals"])
    assert {*found.projects} == {*expected["selected"]}
    assert sum(given["costs"][project] for project in found.projects) == expected["spent"]


def test_most_votes_first_leaves_two_people_with_the_site_alone():
    given, expected = VECTORS["MES4"]["input"], VECTORS["MES4"]["expected"]
    assert {*most_votes(given["budget"], listed(given), given["approvals"])} == {*expected["selected"]}
