"""Pictures to print: the same bytes each time, readable without colour, with the text that says the same thing."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import matplotlib
import pytest

from kpa_model.declare.rows import WaterfallBar
from kpa_model.figures.paper import Amount, pay_bars, waterfall

WAY = [
    WaterfallBar("Les clients paient", 0, 120_000, "TTC", True),
    WaterfallBar("La TVA va à l'État", 120_000, 100_000, "TVA"),
    WaterfallBar("Reste du mois d'avant", 100_000, 105_000, "coût total"),
    WaterfallBar("Pour les personnes", 0, 105_000, "coût total", True),
]
HOSTILE = ["$x_2$ #set", "<b>&amp;", "مريم", "🎉 Zoé", "X" * 300, "", "漢字"]


def people(*names: str) -> list[Amount]:
    return [Amount(name, 1000 * at) for at, name in enumerate(names)]


def test_the_same_data_give_the_same_bytes() -> None:
    assert waterfall(WAY).svg == waterfall(WAY).svg
    assert pay_bars(people("Awa", "Bruno")).svg == pay_bars(people("Awa", "Bruno")).svg


def test_no_date_and_no_machine_is_written_in_the_picture() -> None:
    assert b"<dc:date>" not in waterfall(WAY).svg
    assert b"http://matplotlib" not in waterfall(WAY).svg.split(b"<metadata>")[0]


def test_the_text_says_every_amount_and_its_layer() -> None:
    text = waterfall(WAY).text
    for said in (
        "Les clients paient : 1\u202f200,00\u00a0€ (TTC).",
        "La TVA va à l'État : −200,00\u00a0€ (TVA).",
        "Reste du mois d'avant : +50,00\u00a0€ (coût total).",
        "Pour les personnes : 1\u202f050,00\u00a0€ (coût total).",
    ):
        assert said in text


def test_the_text_says_both_rules_when_there_are_two() -> None:
    text = pay_bars([Amount("Awa", 1000, 1250)], now="Heures", before="Parts égales").text
    assert "Awa : 10,00\u00a0€ ; Parts égales : 12,50\u00a0€." in text
    assert "Une barre par personne, 1\u00a0personne, en coût total." in text


@pytest.mark.parametrize("before", [None, 500])
def test_hostile_names_give_a_well_formed_picture(before: int | None) -> None:
    picture = pay_bars([Amount(name, 1000, before) for name in HOSTILE])
    assert ElementTree.fromstring(picture.svg).tag.endswith("svg")
    assert "$x_2$ #set" in picture.text


def test_hatches_tell_apart_what_colour_tells_apart() -> None:
    assert b"<pattern" in waterfall(WAY).svg
    assert b"<pattern" in pay_bars([Amount("Awa", 1000, 1250)]).svg


def test_nothing_to_draw_is_drawn_without_a_failure() -> None:
    assert waterfall([]).svg
    assert pay_bars([]).svg
    assert pay_bars([Amount("Awa", 0)]).svg


def test_a_negative_amount_is_drawn_left_of_zero() -> None:
    assert waterfall([WaterfallBar("Marge", 0, -5_000, "marge", True)]).text.endswith("Marge : −50,00\u00a0€ (marge).")
    paid = WaterfallBar("Les personnes reçoivent", 90_000, 0, "coût total", received=True)
    assert "+900,00" in waterfall([paid]).text  # as in the table above the picture: it is theirs


def test_a_long_list_never_grows_taller_than_a_page() -> None:
    height = ElementTree.fromstring(pay_bars(people(*map(str, range(200)))).svg).get("height")
    assert float(str(height).removesuffix("pt")) < 0.0394 * 232 * 72


def test_the_settings_of_others_are_left_as_they_were() -> None:
    before = dict(matplotlib.rcParams)
    waterfall(WAY)
    assert dict(matplotlib.rcParams) == before
