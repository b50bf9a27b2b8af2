"""What possible years say, in whole people and whole years; and their pictures."""

from __future__ import annotations

import re

import numpy as np
import pytest

from kpa_model.declare.markup import tag
from kpa_model.figures import years as pictures
from kpa_model.simulation.calibration.checks import Prediction
from kpa_model.simulation.results.chance import chance
from kpa_model.story.years import facts
from kpa_model.story.years import report as years_report
from kpa_model.story.years import told as years

ALL = "1\u202f000\xa0années simulées"


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        (300, "Sur 10 années simulées, 3 passent sous le minimum (de 27 à 33 sur 100)."),
        (100, "Sur 10 années simulées, 1 passe sous le minimum (de 8 à 13 sur 100)."),
        (20, "Sur 100 années simulées, 2 passent sous le minimum (de 1 à 4 sur 100)."),
        (980, "Sur 100 années simulées, 98 passent sous le minimum (de 96 à 99 sur 100)."),
        (1, "Sur 1\u202f000 années simulées, 1 passe sous le minimum (de 0 à 1 sur 100)."),
        (0, f"Sur {ALL}, aucune ne passe sous le minimum. Cela peut arriver, au plus 4 fois sur 1\u202f000."),
        (1000, f"Sur {ALL}, toutes passent sous le minimum. Le contraire peut arriver, au plus 4 fois sur 1\u202f000."),
    ],
)
def test_a_chance_is_said_in_whole_years_with_how_sure_it_is(hits, said):
    assert years.out_of_ten(chance(hits, 1_000), "passe sous le minimum", "passent sous le minimum") == said


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Prediction(300, 3_400, 11_800, 11_060, 0.06), "C'est dans l'intervalle, mais près du bord"),
        (Prediction(300, 3_400, 11_800, 4_000, 0.4), "C'est dans l'intervalle."),
        (Prediction(300, 2_600, 7_100, 11_060, 0.01), "C'est hors de l'intervalle"),
    ],
)
def test_the_verdict_on_2019_is_said_good_or_bad(seen, said):
    assert said in " ".join(facts.prediction_told(seen, seen))


def test_the_picture_of_bands_says_itself_in_words_and_escapes():
    quantiles, one = np.arange(25).reshape(5, 5).tolist(), [[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [9, 9, 9, 9, 500]]
    drawn = pictures.bands("<b>Titre", quantiles, one, 300, "Trois & plus", 400)
    assert "<b>" not in drawn
    assert "<desc>Trois &amp; plus</desc>" in drawn
    assert 'role="img"' in drawn
    assert drawn.count("<circle") == 5  # means; one upright line for each month, from the least to the best paid
    assert len(re.findall(r'<line x1="([\d.]+)" y1="[\d.]+" x2="\1"', drawn)) == 5
    assert drawn.count("<path") == 1  # the only amount that goes on above the picture


def test_a_ranking_has_one_bar_per_line_with_its_half_width():
    rows = [("Demandes", 3.0, 0.5, "3 €"), ("Frais", 0.1, 0.2, "0,1 €")]
    drawn = pictures.ranking("Titre", rows, "Demandes d'abord")
    assert ">3\u00a0€</text>" in drawn
    assert drawn.count("<rect") == 2
    assert drawn.count("<line") == 2


def test_two_pictures_side_by_side_have_the_same_scale_and_the_last_month():
    low, high = [[100] * 24] * 5, [[30_000] * 24] * 5
    top = pictures.scale(100, 30_000, floor=50_00)
    drawn = [pictures.bands("Titre", each, [[100] * 24] * 3, 50_00, "", top) for each in (low, high)]
    amounts = [re.findall(r">([\d ]+\xa0€)<", each) for each in drawn]
    assert amounts[0] == amounts[1]
    assert all(">24</text>" in each for each in drawn)


@pytest.mark.parametrize("drawn", [
    pictures.ranking("Titre", [("Demandes", 3.0, 0.5, "3 €")], "texte"),
    pictures.interval("Titre", 287, 3_393, 11_693, 11_060, "texte"),
    pictures.bands("Titre", [[1, 2, 3]] * 5, [[1, 2, 3]] * 3, 2, "texte", 4),
], ids=["classement", "intervalle", "bandes"])  # fmt: skip
def test_words_of_a_picture_can_be_read_on_a_phone(drawn):
    sizes = [int(each) for each in re.findall(r'font-size="(\d+)"', drawn)]
    width = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    assert min(sizes) * 328 / width >= 12


def test_nothing_written_on_an_interval_leaves_the_picture():
    for low, middle, high, seen in [(0, 10, 20_000, 19_999), (287, 3_393, 11_693, 11_060), (0, 1, 2, 40_000)]:
        drawn = pictures.interval("Titre", low, middle, high, seen, "texte")
        for x, anchor, said in re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)"[^>]*>([^<]+)<', drawn):
            wide = 0.6 * 27 * len(said)
            left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            assert left >= 0
            assert left + wide <= pictures.WIDTH


def test_every_number_of_the_pictures_is_finite():
    drawn = pictures.interval("Titre", 0, 10, 20, 15, "texte")
    drawn += pictures.ranking("Rien", [("a", 0.0, 0.0, "0 €")], "rien")
    drawn += pictures.bands("Zéro", [[0] * 3] * 5, [[0] * 3] * 3, 0, "rien", pictures.scale(0, floor=0))
    assert not re.search("nan|inf", drawn.replace("infini", ""))


def test_the_report_holds_everything_and_asks_for_nothing():
    page = years_report.page("Titre <x>", [("Un", tag("p", "deux"))], {"Graine": "7 & 8"})
    assert 'lang="fr"' in page
    assert "7 &amp; 8" in page
    assert "&lt;x&gt;" in page
    assert not re.search(r"(src|href)=", page)
