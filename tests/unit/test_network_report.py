"""The report of a network: one picture per rule, a line per KPA or counts by class, and what is told of them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kpa_model.figures import network as pictures
from kpa_model.figures.network import MOST_LINES, Point
from kpa_model.simulation.results.reading import SampledValue
from kpa_model.simulation.runs.network import Kpa
from kpa_model.story.years import network as story


def points(many: int, half: float = 150.0) -> list[Point]:
    return [Point(f"kpa_{at}", 100_00.0 + 37 * at, half, "100\xa0€, à 2\xa0€ près", at % 3 > 0) for at in range(many)]


def kpa(name: str = "nord", value: float = 123_45.0, half: float = 1_99.0, **more: object) -> Kpa:
    plain = {"replicates": 1_000, "years": 2_000, "low_years": 400, "dry": 1, "short": 0, "verdicts": ("yes", "no")}
    return Kpa(name=name, months=24, people=8, each=SampledValue(value, half), **(plain | more))  # type: ignore[arg-type]


# --- the picture ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 2, 13, MOST_LINES])
def test_there_is_one_line_per_kpa_the_highest_first(many):
    drawn = pictures.network(points(many), pictures.frame([points(many)], 50_00))
    names = re.findall(r'text-anchor="start"[^>]*>(kpa_\d+)<', drawn)
    assert names == [f"kpa_{at}" for at in reversed(range(many))]
    assert drawn.count("<rect") == many
    assert "kpa_0\xa0: 100\xa0€, à 2\xa0€ près" in re.search(r"<desc>(.*?)</desc>", drawn)[1]


@pytest.mark.parametrize("many", [MOST_LINES + 1, 200, 1_000])
def test_many_kpas_are_counted_by_class(many):
    drawn = pictures.network(points(many), pictures.frame([points(many)], 50_00))
    assert "kpa_" not in drawn
    told = re.search(r"<desc>(.*?)</desc>", drawn)[1]
    counts = [int(each) for each in re.findall(r"\xa0: ([\d\u202f]+)\xa0KPA", told)]
    assert sum(counts) == many
    assert 3 <= len(counts) <= 12


def test_rules_side_by_side_have_the_same_scale():
    for many in (6, 60):
        low, high = points(many), [Point(p.name, 3 * p.cents, p.half, p.said, True) for p in points(many)]
        frame = pictures.frame([low, high], 50_00)
        amounts = [re.findall(r">([\d\u202f à]+\xa0€)<", pictures.network(each, frame)) for each in (low, high)]
        assert amounts[0] == amounts[1]


def test_a_full_bar_is_a_kpa_that_keeps_all_its_promises():
    drawn = pictures.network(points(6), pictures.frame([points(6)], 50_00))
    assert len(re.findall(f'<rect[^>]*fill="{pictures.FULL}"', drawn)) == 4
    assert len(re.findall(f'<rect[^>]*fill="{pictures.EMPTY}"', drawn)) == 2


@pytest.mark.parametrize("half", [0.0, 150.0, float("inf")])
@pytest.mark.parametrize("many", [1, 5, 50])
@pytest.mark.parametrize("cents", [0.0, 90_00.0, 123_456_00.0])
def test_nothing_leaves_the_picture_and_every_number_is_finite(many, half, cents):
    same = [Point(f"Un nom de commune très très long {at}", cents, half, "?", False) for at in range(many)]
    drawn = pictures.network(same, pictures.frame([same], 50_00))
    assert not re.search(r'="[^"]*(nan|inf)', drawn)
    for x, anchor, size, said in re.findall(
        r'<text x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)" font-size="(\d+)"[^>]*>([^<]+)<', drawn
    ):
        wide = 0.56 * int(size) * len(said)
        left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        assert left >= -1
        assert left + wide <= pictures.WIDTH + 1
        assert int(size) * 328 / pictures.WIDTH >= 12
    for left, wide in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn):
        assert float(left) + float(wide) <= pictures.WIDTH


def test_amounts_under_the_picture_do_not_touch():
    for cents in (90_00.0, 900_00.0, 4_000_00.0, 90_000_00.0):
        same = [Point("nord", cents, 100.0, "?", True)]
        drawn = pictures.network(same, pictures.frame([same], 50_00))
        marks = re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="middle" font-size="(\d+)"[^>]*>([^<]+)<', drawn)
        places = [(float(x), 0.56 * int(size) * len(said) / 2) for x, size, said in marks]
        assert len(places) >= 2
        assert all(a + half < b - other for (a, half), (b, other) in pairwise(places))


# --- the words --------------------------------------------------------------------------------------------------------


def test_a_mean_month_is_said_with_how_sure_it_is():
    assert story.amount(SampledValue(123_45.0, 1_99.0)) == "123\xa0€, à 2\xa0€ près"
    assert story.amount(SampledValue(123_45.0, 3.0)) == "123\xa0€, à 1\xa0€ près"
    assert story.amount(SampledValue(123_45.0, float("inf"))) == "123\xa0€"


@pytest.mark.parametrize(
    ("hits", "tries", "said"),
    [(0, 500, "0"), (1, 500, "moins de 1"), (250, 500, "50"), (499, 500, "plus de 99"), (500, 500, "100")],
)
def test_a_part_is_said_out_of_a_hundred_and_never_hidden(hits, tries, said):
    assert story.out_of_hundred(hits, tries) == said


def test_a_row_says_what_a_kpa_lives():
    assert story.row(kpa()) == ("nord", "123\xa0€, à 2\xa0€ près", "20", "moins de 1", "0", "1 sur 2")
    close = kpa(verdicts=("yes", "close", "close"))
    assert story.row(close)[-1] == "1 sur 3, 2 trop près"
    assert story.row(kpa(verdicts=())) == story.row(kpa())[:-1]
    assert len(story.heads(kpa())) == len(story.row(kpa()))
    assert len(story.heads(kpa(verdicts=()))) == 5


def test_the_spread_of_a_network_is_said_in_amounts():
    some = [kpa("nord", 90_00.0), kpa("sud", 210_00.0, 3_10.0), kpa("est", 40_00.0)]
    said = story.spread_told(some, 50_00)
    assert said[0] == "Le mois moyen va de 40\xa0€ (est) à 210\xa0€ (sud)."
    assert said[1] == "Dans 1\xa0KPA, le mois moyen est sous 50\xa0€."
    assert story.spread_told(some[:1], 50_00)[0] == "Le mois moyen est 90\xa0€ (nord)."
    assert story.sure(some) == "Le mois moyen de chaque KPA est connu à 4\xa0€ près ou mieux, 95 fois sur 100."
    assert "une seule histoire" in story.sure([kpa(half=float("inf"))])
