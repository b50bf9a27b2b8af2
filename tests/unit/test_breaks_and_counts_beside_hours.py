"""A break told by its own start and end is no work; what is counted beside a start and an end is no duration."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

INSIDE = ("05/10/2026;8:30;10:15;10:45;12:30", "06/10/2026;9:00;;;11:00", "07/10/2026;9:00;12:00;13:00;17:00")
AFTER = ("05/10/2026;8:30;12:30;10:15;10:45", "06/10/2026;9:00;11:00;;", "07/10/2026;9:00;17:00;12:00;13:00")
RIGHT = {("Ida", "2026-10"): 330, ("Noam", "2026-10"): 420}


@pytest.mark.parametrize(
    ("titles", "lines"),
    [
        ("Heure de début;Début de pause;Fin de pause;Heure de fin", INSIDE),
        ("Arrivée;Pause de;Pause à;Départ", INSIDE),
        ("Entrée;Sortie repas;Retour repas;Sortie", INSIDE),
        ("Début;Fin;Coupure début;Coupure fin", AFTER),
        ("Arrivée;Départ;Début pause déjeuner;Fin pause déjeuner", AFTER),
    ],
)
def test_a_break_told_by_its_hours_is_taken_off(titles: str, lines: tuple[str, ...]) -> None:
    who = ("Ida", "Ida", "Noam")
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{titles}", *map(";".join, zip(who, lines, strict=True))))
    assert minutes(proposal) == RIGHT
    alone, _ = read(table("heures Ida.csv", f"Date;{titles}", *lines))
    assert minutes(alone) == {("Ida", "2026-10"): 750}
    for each in (proposal, alone):
        assert any("disent une pause : elle est enlevée des heures" in told for told in each.heeded)


def test_a_total_beside_a_break_is_no_money() -> None:
    lines = (f"{cells};{total}" for cells, total in zip(INSIDE, ("3:30", "2:00", "7:00"), strict=True))
    proposal, _ = read(table("heures Ida.csv", "Date;Arrivée;Début pause;Fin pause;Départ;Total", *lines))
    assert minutes(proposal) == {("Ida", "2026-10"): 750}


def test_a_break_outside_the_work_is_refused() -> None:
    lines = ("Ida;05/10/2026;8:30;12:30;10:15;10:45", "Noam;06/10/2026;9:00;12:00;12:30;13:00")
    proposal, _ = read(table("équipe.csv", "Nom;Date;Début;Fin;Début pause;Fin pause", *lines))
    assert "ligne 3" in str(proposal.refusal)
    assert "12:30 ? 13:00" in str(proposal.refusal)


def test_a_noon_between_two_works_of_one_person_is_no_work() -> None:
    lines = ("05/10/2026;8:30;12:00;13:30;17:00", "06/10/2026;9:00;12:15;14:00;16:00")
    proposal, _ = read(table("heures Ida.csv", "Date;Arrivée;Départ midi;Retour midi;Départ", *lines))
    assert minutes(proposal) == {("Ida", "2026-10"): 735}


@pytest.mark.parametrize("pair", ["Début;Fin", "Arrivée;Départ"])
@pytest.mark.parametrize(("pause", "breaks"), [("Pause", ("0:20", "1:00")), ("Pause (min)", ("20", "60"))])
@pytest.mark.parametrize(
    ("counted", "numbers"), [("Kms", ("3", "7")), ("Colis", ("12", "22")), ("Tournées", ("2", "1"))]
)
def test_a_count_beside_a_start_an_end_and_a_break_is_no_duration(
    pair: str, pause: str, breaks: tuple[str, str], counted: str, numbers: tuple[str, str]
) -> None:
    lines = (
        f"Ida;05/10/2026;8:00;12:00;{breaks[0]};{numbers[0]}",
        f"Noam;06/10/2026;9:00;17:00;{breaks[1]};{numbers[1]}",
    )
    proposal, _ = read(table("équipe.csv", f"Nom;Date;{pair};{pause};{counted}", *lines))
    assert minutes(proposal) == {("Ida", "2026-10"): 220, ("Noam", "2026-10"): 420}
