"""Several columns name who worked on a line: nobody's hours are lost, and nobody's are counted unasked."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

FIRST, SECOND, DAYS = "01/09/2026", "02/09/2026", "2026-09"


def hours_of(title: str, *lines: str, **answers: str) -> tuple[dict[str, int], list[str]]:
    proposal, asked = read(table("heures.csv", title, *lines), **answers)
    return {who: found for (who, month), found in minutes(proposal).items() if month == DAYS}, asked


@pytest.mark.parametrize(
    "titles",
    [
        "Qui;Accompagnée de",
        "Agent 1;Agent 2",
        "Personne;2e personne",
        "Intervenante;En binôme avec",
        "Responsable;Coéquipière",
        "Salarié;Salarié",
        "Animatrice n°1;Animatrice n°2",
        "Bénévole;Avec qui ?",
        "Artisan;Aidé par",
    ],
)
def test_each_person_of_a_line_counts_once_the_group_says_how(titles: str) -> None:
    lines = (f"{FIRST};Nina;Omar;3h", f"{SECOND};Omar;;4h")
    own, asked = hours_of(f"Date;{titles};Durée", *lines)
    assert own == {"Nina": 180, "Omar": 420}
    assert asked.count("equipe") == 1
    assert "colonne.personne" not in asked
    assert hours_of(f"Date;{titles};Durée", *lines, equipe="ensemble")[0] == {"Nina": 90, "Omar": 330}
    assert hours_of(f"Date;{titles};Durée", *lines, equipe="seul")[0] == {"Nina": 180, "Omar": 240}


def test_three_people_and_a_cell_that_names_two_or_nobody_else() -> None:
    lines = (f"{FIRST};9h;11h;Nina;Omar;Lila", f"{SECOND};13h;14h;Omar;;", f"{SECOND};9h;10h;Lila;seule;")
    own, _ = hours_of("Jour;Début;Fin;Bénévole 1;Bénévole 2;Bénévole 3", *lines)
    assert own == {"Nina": 120, "Omar": 180, "Lila": 180}
    own, _ = hours_of("Date;Agent 1;Agent 2;Heures", f"{FIRST};Nina;Omar;2", f"{SECOND};;Omar;1")
    assert own == {"Nina": 120, "Omar": 180}
    own, _ = hours_of("Jour;Qui;Avec;Heures", f"{FIRST};Nina;Omar et Lila;2", f"{SECOND};Omar;-;1")
    assert own == {"Nina": 120, "Omar": 180, "Lila": 120}


def test_a_remark_of_one_line_says_more_than_the_answer() -> None:
    own, _ = hours_of("Date;Qui;Avec;Heures;Note", f"{FIRST};Nina;Omar;4;en tout", f"{SECOND};Omar;Nina;1;")
    assert own == {"Nina": 180, "Omar": 180}


def test_two_columns_that_only_share_people_are_offered_together() -> None:
    title, lines = "Date;Conducteur;Passager;Heures;Lieu", (f"{FIRST};Nina;Omar;3;Creil", f"{SECOND};Omar;Nina;4;Creil")
    own, asked = hours_of(title, *lines, colonne_personne="Conducteur|Passager")
    assert own == {"Nina": 420, "Omar": 420}
    assert asked.count("equipe") == 1
    assert hours_of(title, *lines)[0] == {"Nina": 180, "Omar": 240}


def test_a_time_beside_each_person_is_hers_alone() -> None:
    lines = (f"{FIRST};Nina;3;Omar;2", f"{SECOND};Omar;4;;")
    own, asked = hours_of("Date;Ouvrier 1;Heures 1;Ouvrier 2;Heures 2", *lines)
    assert own == {"Nina": 180, "Omar": 360}
    assert not {"equipe", "colonne.duree", "colonne.personne"} & {*asked}


@pytest.mark.parametrize("title", ["Validé par", "Client 2", "Lieu 2"])
def test_who_agrees_and_what_is_nobody_are_no_teammates(title: str) -> None:
    lines = (f"{FIRST};Nina;Mairie;Omar;3", f"{SECOND};Omar;Halle;Nina;4")
    own, asked = hours_of(f"Date;Qui;{'Client 1' if 'Client' in title else 'Lieu 1'};{title};Heures", *lines)
    assert own == {"Nina": 180, "Omar": 240}
    assert "equipe" not in asked


@pytest.mark.parametrize("titles", ["Titulaire;Remplaçante", "Prévu;Remplacé par", "Qui;Remplaçant"])
def test_hours_may_be_those_of_who_came_instead(titles: str) -> None:
    lines = (f"{FIRST};Nina;Omar;3h", f"{SECOND};Nina;;4h", f"{SECOND};Omar;Nina;1h")
    own, asked = hours_of(f"Date;{titles};Durée", *lines, equipe="remplace")
    assert "equipe" in asked
    assert own == {"Omar": 180, "Nina": 300}


def test_a_time_titled_as_a_person_is_is_hers() -> None:
    lines = (f"{FIRST};Tri;Nina;Omar;3h;1h30", f"{SECOND};Vente;Omar;;2h;")
    own, _ = hours_of("Date;Quoi;Cuisinier;Plongeur;Heures cuisinier;Heures de plongeur", *lines)
    assert own == {"Nina": 180, "Omar": 210}


def test_names_that_come_once_are_offered_beside_those_that_come_again() -> None:
    lines = (f"{FIRST};Lou;Tim;4", f"{SECOND};Lou;Lou;3", f"{SECOND};Tim;Ava;5")
    own, asked = hours_of("Date;Chef;Paysagiste;Heures", *lines, colonne_personne="Paysagiste")
    assert "colonne.personne" in asked
    assert own == {"Tim": 240, "Lou": 180, "Ava": 300}
