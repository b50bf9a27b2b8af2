"""Bars with a sure part and another part: the text says everything, what comes from people is escaped."""

from __future__ import annotations

import re

from kpa_model.declare.rows import Between, Kept, PurseMonth
from kpa_model.figures.kept import between_bars, kept_bars, pair_bars, purse


def widths(html: str) -> list[float]:
    return [float(each) for each in re.findall(r"width:([\d.]+)%", html)]


def plain(html: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_kept_part_is_solid_and_the_rest_is_hatched() -> None:
    html = kept_bars("Titre", [Kept("100 €", 100_00, 60_00), Kept("200 €", 200_00, 0)])
    assert widths(html) == [30.0, 20.0, 0.0, 100.0]
    assert html.count("kpa-hatch") == 2
    assert "60 €" in plain(html)
    assert html.startswith("<table")
    assert "<caption>Titre</caption>" in html


def test_what_comes_on_top_has_another_pattern_and_a_loss_no_bar() -> None:
    html = kept_bars("T", [Kept("jeune", 100_00, 160_00), Kept("perte", 100_00, -50_00)])
    assert html.count("kpa-more") == 1
    assert widths(html)[:2] == [62.5, 37.5]
    assert widths(html)[2] == 0
    assert "−50 €" in plain(html)


def test_an_alarm_takes_the_place_of_the_amount() -> None:
    html = kept_bars("T", [Kept("ASS", 100_00, -900_00, alarm="Parlez-en avant.")])
    assert "Parlez-en avant." in plain(html)
    assert "900" not in html


def test_a_band_is_told_with_both_bounds_and_a_known_amount_once() -> None:
    html = plain(
        between_bars("T", [Between("Coût", 100_00, 100_00, "coût total"), Between("Net", 54_41, 74_92, "net")])
    )
    assert "entre 54,41 € et 74,92 €" in html
    assert html.count("100 €") == 1


def test_pairs_are_on_one_scale_and_months_add_up() -> None:
    html = pair_bars("T", ["Avant", "Après"], [[Kept("RSA", 50_00, 30_00), Kept("RSA", 100_00, 60_00)]])
    assert widths(html) == [30.0, 20.0, 60.0, 40.0]
    months = plain(purse("T", [PurseMonth("Mois 1", 120_00, 573_49), PurseMonth("Mois 2", 0, 573_49)]))
    assert "693,49 €" in months
    assert "573,49 € d'aides + 120 € de paie" in months


def test_names_are_escaped() -> None:
    assert "<b>" not in kept_bars("<b>", [Kept("<b>", 1, 1, note="<b>", alarm="<b>")])
