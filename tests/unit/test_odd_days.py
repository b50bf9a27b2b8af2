"""A day of work that the stamp of its own line makes doubtful is told where one looks."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

HEAD = "Date de saisie;Qui;Jour;Durée"
LINES = ("03/09/2026 18:01;Ondine;03/09/2026;2", "04/09/2026 09:12;Piotr;03/09/2026;1",
         "08/09/2026 20:40;Ondine;07/09/2026;2", "09/09/2026 20:40;Ondine;09/09/2026;1")  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [("10/09/2026 18:00;Piotr;10/09/2027;3", "10/09/2027 vient après"),
     ("10/09/2026 18:00;Piotr;12/09/2026;3", "12/09/2026 vient après"),
     ("10/09/2026 18:00;Piotr;09/07/2026;3", "09/07/2026 vient 63 jours avant")],
)  # fmt: skip
@pytest.mark.parametrize("title", ["Horodateur", "Saisi le", "Timestamp"])
def test_a_day_far_from_its_stamp_is_told(line: str, told: str, title: str) -> None:
    proposal, _ = read(table("réponses.csv", HEAD.replace("Date de saisie", title), *LINES, line))
    assert sum(minutes(proposal).values()) == 540
    assert [each for each in proposal.heeded if told in each and "ligne 6" in each]


@pytest.mark.parametrize(("one", "other", "told"), [
    ("jeu.", "lundi", ""), ("Thu", "Mon", ""), ("JEUDI", "mardi", "« mardi » : le 07/09/2026 est un lundi."),
])  # fmt: skip
def test_the_name_of_a_day_beside_its_day_is_told_only_when_it_is_another(one: str, other: str, told: str) -> None:
    rows = ("Jour;Date;Qui;Durée", f"{one};03/09/2026;Ondine;2", f"{other};07/09/2026;Piotr;1")
    proposal, _ = read(table("pointage.csv", *rows))
    said = [each for each in proposal.heeded if "Jour" in each]
    assert len(said) == bool(told)
    assert all(told in each and "ligne 3" in each for each in said)


def test_days_near_their_stamps_are_not_told() -> None:
    proposal, _ = read(table("réponses.csv", HEAD, *LINES, "10/09/2026 18:00;Piotr;01/09/2026;3"))
    assert not [each for each in proposal.heeded if "vient" in each]


def test_one_short_name_in_two_cases_is_asked_once() -> None:
    rows = ("Qui;Jour;Durée", "Ondine;03/09/2026;2", "ondine;04/09/2026;1", "Ondine Le Goff;07/09/2026;2")
    proposal, asked = read(table("heures.csv", *rows))
    assert asked.count("personnes.memes") == 1
    assert minutes(proposal) == {("Ondine Le Goff", "2026-09"): 300}
    rows = (*rows, "ONDINE;08/09/2026;1")
    proposal, _ = read(table("heures.csv", *rows), personnes_memes="ONDINE=Ondine Le Goff")
    assert minutes(proposal) == {("Ondine Le Goff", "2026-09"): 360}
    proposal, _ = read(table("heures.csv", *rows), personnes_memes="")
    assert minutes(proposal)["Ondine Le Goff", "2026-09"] == 120
