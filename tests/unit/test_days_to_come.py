"""A day after today holds nothing done yet: hours, sales, purchases and payments of such days are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.cooperative import calendar
from tests.given_tables import minutes, read, sales, table


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: date(2026, 9, 16))


LISTED = ("Le;Qui;Temps", "15/09/2026;Nour;2h", "16/09/2026;Ivo;3h", "17/09/2026;Nour;4h", "02/10/2026;Ivo;5h")
GRID = ("Personne;15/09/2026;16/09/2026;17/09/2026;18/09/2026", "Nour;2h;;4h;", "Ivo;;3h;;5h")


@pytest.mark.parametrize("lines", [LISTED, GRID])
def test_hours_of_days_to_come_are_asked_about_and_do_not_count_first(lines: tuple[str, ...]) -> None:
    proposal, asked = read(table("equipe.csv", *lines))
    assert "a_venir" in asked
    assert minutes(proposal) == {("Nour", "2026-09"): 120, ("Ivo", "2026-09"): 180}
    assert any("lignes après aujourd'hui (16 septembre 2026)" in each for each in proposal.heeded)
    assert not any("a_venir" in each.answers for each in proposal.recipe.lasting.sources)


def test_hours_of_days_to_come_count_when_the_group_says_so() -> None:
    proposal, _ = read(table("equipe.csv", *LISTED), a_venir="oui")
    assert sum(minutes(proposal).values()) == 14 * 60


@pytest.mark.parametrize(
    "lines",
    [
        ("Le;Qui;Temps", "15/09/2026;Nour;2h", "16/09/2026;Ivo;3h"),
        ("Mois;Qui;Temps", "09/2026;Nour;12h", "08/2026;Ivo;3h"),  # a month that has begun
        ("Semaine du;Qui;Temps", "14/09/2026;Nour;12h", "07/09/2026;Ivo;3h"),
    ],
)
def test_until_today_nothing_is_asked(lines: tuple[str, ...]) -> None:
    _, asked = read(table("equipe.csv", *lines))
    assert "a_venir" not in asked


def test_a_list_asked_about_for_its_name_is_not_asked_about_twice() -> None:
    proposal, asked = read(
        table("a.csv", "Le;Qui;Temps", "15/09/2026;Ivo;1h"), table("b.csv", "Heures prévues", LISTED[0], *LISTED[3:])
    )
    assert [each for each in asked if each.startswith(("prevu", "a_venir"))] == ["prevu.heuresprevues"]
    assert minutes(proposal) == {("Ivo", "2026-09"): 60}


def test_sales_of_days_to_come_are_asked_about() -> None:
    sold = "Numéro;Date;Montant HT;TVA\nF1;10/09/2026;500,00;100,00\nF2;30/09/2026;300,00;60,00"
    proposal, asked = read(table("equipe.csv", *LISTED[:3]), sold=sold)
    assert "a_venir" in asked
    assert sales(proposal) == {"2026-09": 50_000}
