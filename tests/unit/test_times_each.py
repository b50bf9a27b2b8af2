"""How many sessions and how long one lasts make the time; what was done goes before a slot; no time is dropped."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table


def both(titles: str, one: str, other: str, **answers: str) -> tuple[dict[str, int], list[str], list[str]]:
    """Return the minutes of two people, one line each, what was asked, and what is told before agreeing."""
    given = table("suivi.csv", titles, f"07/09/2026;Lou;{one}", f"08/09/2026;Ana;{other}")
    proposal, asked = read(given, **answers)
    return {who: told for (who, _), told in minutes(proposal).items()}, asked, [*proposal.heeded]


@pytest.mark.parametrize(
    ("titles", "one", "other"),
    [
        ("Ateliers;Durée d'un atelier", "3;40 min", "2;1h15"),
        ("Nombre de séances;Temps par séance (min)", "3;40", "2;75"),
        ("Qté;Durée unitaire", "3;40 min", "2;1h15"),
        ("Visites;Durée/visite", "3;0:40", "2;1:15"),
        ("Durée de chaque cours;Nb de cours;Quoi", "40 min;3;chant", "1h15;2;danse"),
    ],
)
def test_sessions_and_how_long_one_lasts_make_the_time(titles: str, one: str, other: str) -> None:
    told, asked, heeded = both(f"Date;Qui;{titles}", one, other)
    assert told == {"Lou": 120, "Ana": 150}
    assert "duree.fois" not in asked
    assert any("4\xa0h\xa030 en tout" in each for each in heeded)


@pytest.mark.parametrize(("said", "told"), [("chacune", {"Lou": 120, "Ana": 150}), ("toutes", {"Lou": 40, "Ana": 75})])
def test_a_time_beside_a_number_of_sessions_is_asked_about(said: str, told: dict[str, int]) -> None:
    found, asked, _ = both("Date;Qui;Nb de permanences;Durée", "3;40 min", "2;1h15", duree_fois=said)
    assert "duree.fois" in asked
    assert found == told


@pytest.mark.parametrize(
    ("titles", "one", "other"),
    [
        ("Séance;Durée", "3;40 min", "2;1h15"),  # which one it was
        ("Nb de participants;Durée", "3;40 min", "2;1h15"),
        ("Nb de séances;Durée", "1;40 min", "1;1h15"),
        ("Heures par jour;Note", "40 min;", "1h15;"),
    ],
)
def test_other_numbers_multiply_no_time(titles: str, one: str, other: str) -> None:
    told, asked, _ = both(f"Date;Qui;{titles}", one, other)
    assert "duree.fois" not in asked
    assert told == {"Lou": 40, "Ana": 75}


@pytest.mark.parametrize("done", ["Heures réelles", "Temps effectué", "Actual hours", "Durée réalisée"])
def test_the_time_done_goes_before_a_slot(done: str) -> None:
    slots = (
        f"Membre;Date de début;Date de fin;Heures prévues;{done}",
        "Lou;2026-09-07 08:00:00;2026-09-07 16:00:00;7;6,5",
        "Ana;2026-09-08 13:00:00;2026-09-08 15:00:00;2;2,25",
    )
    proposal, _ = read(table("planning.csv", *slots))
    assert minutes(proposal) == {("Lou", "2026-09"): 390, ("Ana", "2026-09"): 135}
    proposal, _ = read(table("planning.csv", *slots[:2], "Ana;2026-09-08 13:00:00;2026-09-08 15:00:00;2;"))
    assert minutes(proposal) == {("Lou", "2026-09"): 390}
    assert any("est vide" in each for each in proposal.unread)


@pytest.mark.parametrize("title", ["Route", "Trajet A/R", "Préparation", "Temps de rangement"])
@pytest.mark.parametrize(("one", "other"), [("0:20", "0:45"), ("20 min", "45 min"), ("", "1h05")])
def test_times_beside_a_start_and_an_end_that_nobody_reads_are_told(title: str, one: str, other: str) -> None:
    told, _, heeded = both(f"Date;Qui;Début;Fin;{title}", f"08:00;12:00;{one}", f"13:00;15:00;{other}")
    assert told == {"Lou": 240, "Ana": 120}
    assert any(f"« {title} » (1\xa0h\xa005)" in each for each in heeded)


def test_a_time_done_that_is_empty_beside_a_start_and_an_end_is_told() -> None:
    told, _, heeded = both("Date;Qui;Début;Fin;Heures travaillées", "08:00;12:00;3h40", "13:00;15:00;")
    assert told == {"Lou": 220, "Ana": 120}
    assert any("« Heures travaillées » : cette case est vide" in each for each in heeded)


def test_minutes_beside_a_start_and_an_end_are_no_time_of_the_line() -> None:
    told, _, heeded = both("Date;Qui;Début;Fin;Temps sur la route (min)", "08:00;12:00;20", "13:00;15:00;45")
    assert told == {"Lou": 240, "Ana": 120}
    assert any("(1\xa0h\xa005)" in each for each in heeded)


def test_a_time_without_its_break_beside_a_start_and_an_end_still_counts() -> None:
    told, _, _ = both("Date;Qui;Début;Fin;Temps travaillé (min)", "08:00;12:00;220", "13:00;15:00;120")
    assert told == {"Lou": 220, "Ana": 120}


def test_an_exponent_is_no_count_and_stops_nothing() -> None:
    lines = ("Jour;Qui;Séances;Durée d'une séance", "02/09/2026;Ida;²;2h", "03/09/2026;Ida;3;2h")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Ida", "2026-09"): 240}
