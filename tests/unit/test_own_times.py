"""A time of her own beside each name of a cell; a name turned round a comma: each has her own hours, and no other's."""

from __future__ import annotations

import pytest

from kpa_model.files.book.cells import read_euros
from tests.given_tables import minutes, read, sales, table

IDA, NOAM = ("Ida", "2026-09"), ("Noam", "2026-09")


@pytest.mark.parametrize(
    "cell",
    [
        "Ida 1h30, Noam 4h",
        "Ida (1,5) / Noam (4)",
        "Ida : 90 min + Noam : 4h",
        "Ida 1,5 h et Noam 4 h",
        "Ida=1h30;Noam=4h",
    ],
)
@pytest.mark.parametrize("sum_of", ["5,5", ""])
def test_each_has_the_time_written_beside_her_name(cell: str, sum_of: str) -> None:
    lines = ("Jour;Qui;Heures;Tâche", f'02/09/2026;"{cell}";{sum_of};four', "03/09/2026;Ida;2;four")
    proposal, asked = read(table("heures.csv", *lines))
    assert "partage" not in asked
    assert minutes(proposal) == {IDA: 210, NOAM: 240}


def test_no_column_of_times_is_needed() -> None:
    proposal, _ = read(table("heures.csv", "Jour;Équipe;Tâche", "02/09/2026;Ida 1h30, Noam 4h;four"))
    assert minutes(proposal) == {IDA: 90, NOAM: 240}


def test_a_sale_told_beside_is_counted_once() -> None:
    lines = ("Date;Client;Quoi;Prix HT;TVA;Qui;Heures", "02/09/2026;Mairie;Haie;300,00;20 %;Ida 2h, Noam 3h;5")
    proposal, _ = read(table("septembre.csv", *lines), sold="")
    assert sales(proposal) == {"2026-09": 30_000}
    assert minutes(proposal) == {IDA: 120, NOAM: 180}


def test_a_sum_that_is_another_one_is_refused() -> None:
    proposal, _ = read(table("heures.csv", "Jour;Qui;Heures", "02/09/2026;Ida 2h, Noam 3h;6"))
    assert "n'est pas la somme des temps écrits à côté des noms" in str(proposal.refusal)


def test_a_name_turned_round_a_comma_is_one_person() -> None:
    members = table("membres.csv", "Nom;Statut;Depuis", "Awa Diop;cape;01/01/2026", "Ida Roy;cape;01/01/2026")
    lines = ("Qui,Jour,Temps", '"DIOP, Awa",02/09/2026,6h', '"Roy, Ida",03/09/2026,4h', '"Diop, Awa",04/09/2026,2h')
    proposal, asked = read(table("export.csv", *lines), members)
    assert asked.count("personnes.memes") == 1
    assert minutes(proposal) == {("Awa Diop", "2026-09"): 480, ("Ida Roy", "2026-09"): 240}


@pytest.mark.parametrize("minus", ["\u2010", "\u2011", "\ufe63", "\uff0d", "−", "–"])
def test_whatever_minus_a_copy_gives_is_a_minus(minus: str) -> None:
    assert read_euros(f"{minus}12,50 €") == -1_250


@pytest.mark.parametrize("cell", ["Noam 3h, Ida 2h", "Ida 2h / Noam : 3h", "I 2h, N 3h", "Ida (2h) et Noam (3h)"])
def test_the_time_of_each_may_stand_in_the_column_of_times(cell: str) -> None:
    lines = ("Date;Client;Presta;Prix HT;TVA;Qui;Heures", f"02/09/2026;Mairie;Haie;300,00;20 %;Ida / Noam;{cell}",
             "03/09/2026;;réunion;;;Ida / Noam;1h chacun")  # fmt: skip
    proposal, asked = read(table("septembre.csv", *lines), sold="")
    assert "genre" not in asked
    assert sales(proposal) == {"2026-09": 30_000}
    assert minutes(proposal) == {IDA: 180, NOAM: 240}
    assert not any("sans prix" in each for each in proposal.notes)
    assert any("1 ligne donne le temps de chaque personne" in each.replace("\xa0", " ") for each in proposal.notes)


@pytest.mark.parametrize("cell", ["Ida 2h, Paul 3h", "Ida 2h, Noam", "Ida 2h, Ida 3h"])
def test_times_of_somebody_else_than_those_of_the_line_are_refused(cell: str) -> None:
    proposal, _ = read(table("heures.csv", "Jour;Qui;Heures", f"02/09/2026;Ida / Noam;{cell}", "03/09/2026;Ida;1h"))
    assert "n'est pas une durée" in str(proposal.refusal)


@pytest.mark.parametrize(("cell", "asked_first", "each"), [("6h (3h chacun)", False, 180), ("6h à deux", True, 360)])
def test_a_time_for_two(cell: str, asked_first: bool, each: int) -> None:
    proposal, asked = read(table("heures.csv", "Jour;Qui;Heures", f"02/09/2026;Ida / Noam;{cell}", "03/09/2026;Ida;1h"))
    assert ("partage" in asked) is asked_first
    assert minutes(proposal) == {IDA: each + 60, NOAM: each}


@pytest.mark.parametrize("title", ["Qui et combien", "Présentes", "Heures", "Prénoms / durée"])
@pytest.mark.parametrize(
    "cell", ["Ida 1h30, Noam 4h", "1h30 Ida, 4h Noam", "Ida : 90 min / Noam : 4h", "Ida 1h30 Noam 4h"]
)
def test_names_and_their_times_alone_are_people_and_times(title: str, cell: str) -> None:
    lines = (f"Jour;Lieu;{title}", f"02/09/2026;Serre;{cell}", "04/09/2026;Cave;Ida 2h", "Total;;7,5")
    proposal, asked = read(table("passages.csv", *lines))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {IDA: 210, NOAM: 240}


@pytest.mark.parametrize("title", ["Qui (h)", "Participantes (heures)", "Équipe (en h)"])
@pytest.mark.parametrize("cell", ["Ida 1,5, Noam 4", "Ida : 1,5 / Noam : 4", "Ida 1h30 et Noam 4", "Noam 4 Ida 1,5"])
def test_a_title_says_the_unit_of_the_numbers_beside_names(title: str, cell: str) -> None:
    lines = (f"Jour;Lieu;{title}", f'02/09/2026;Serre;"{cell}"', "04/09/2026;Cave;Ida 2")
    proposal, asked = read(table("passages.csv", *lines))
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == {IDA: 210, NOAM: 240}


def test_numbers_beside_names_are_no_hours_when_no_title_says_so() -> None:
    proposal, _ = read(table("passages.csv", "Jour;Qui", '02/09/2026;"Ida 3, Noam 2"', "04/09/2026;Ida 2"))
    assert proposal.reading is None


def test_tasks_with_their_times_are_not_people() -> None:
    lines = ("Jour;Temps passé", "02/09/2026;ponçage 2h, vernis 1h", "04/09/2026;vernis 2h")
    proposal, _ = read(table("Ida.csv", *lines))
    assert proposal.reading is None


def test_a_comma_stands_between_people_beside_those_who_have_their_own_times() -> None:
    lines = ("Jour;Équipe;Durée", "02/09/2026;Ida 2h, Noam 3h;5", "03/09/2026;Ida, Noam;2h")
    proposal, asked = read(table("passages.csv", *lines), partage="chacun", genre="commun")
    assert "partage" in asked
    assert minutes(proposal) == {IDA: 240, NOAM: 300}


@pytest.mark.parametrize(
    ("cell", "asked_first", "each"),
    [
        ("Ida et Noam (2h chacun)", False, {IDA: 210, NOAM: 360}),
        ("Noam, Ida 2h chacune", False, {IDA: 210, NOAM: 360}),
        ("Ida, Noam (2h)", True, {IDA: 210, NOAM: 360}),
        ("Noam : 90 min", False, {IDA: 90, NOAM: 330}),
        ("Noam (absent)", False, {IDA: 90, NOAM: 240}),
    ],
)
def test_a_time_beside_names_counts_where_others_have_their_own(cell: str, asked_first: bool, each: object) -> None:
    lines = ("Jour;Équipe;Tâche", '02/09/2026;"Ida 1h30, Noam 4h";four', f'03/09/2026;"{cell}";four')
    proposal, asked = read(table("heures.csv", *lines))
    assert ("partage" in asked) is asked_first
    assert minutes(proposal) == each


@pytest.mark.parametrize("cell", ["Noam (2x3h)", "Noam (3 h le soir)", "Ida (9h-12h)", "Ida 3h, Noam un peu"])
def test_a_time_beside_names_that_cannot_be_read_is_refused_and_not_dropped(cell: str) -> None:
    lines = ("Jour;Équipe;Tâche", '02/09/2026;"Ida 1h30, Noam 4h";four', f'03/09/2026;"{cell}";four')
    proposal, _ = read(table("heures.csv", *lines))
    assert "ce temps ne se comprend pas" in str(proposal.refusal)
