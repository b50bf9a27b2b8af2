"""A name one letter away from that of somebody known, or her initials, is asked about: never joined, nor new, alone."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from tests.given_tables import minutes, read, table, workbook

PEOPLE = ("Gwenn", "Rozenn Le Bihan", "Sarah Cohen")
LIST = table("membres.csv", "Nom;Statut;CAPE", *(f"{who};CAPE;oui" for who in PEOPLE))


def _hours(*names: str) -> GivenFile:
    return table("suivi.csv", "Qui;Le;Durée", *(f"{who};{at:02d}/06/2026;2h" for at, who in enumerate(names, 1)))


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("Gwen", "Gwenn"),
        ("Gwena", "Gwenn"),
        ("Rl", "Rozenn Le Bihan"),
        ("rlb", "Rozenn Le Bihan"),
        ("Mme Cohen", "Sarah Cohen"),
        ("Sarah Coen", "Sarah Cohen"),
        ("Sarah Cohens", "Sarah Cohen"),
        ("Sara Cohen", "Sarah Cohen"),
    ],
)
def test_a_name_near_that_of_a_list_is_asked_about(short: str, whole: str) -> None:
    proposal, asked = read(_hours(short, "Gwenn"), LIST)
    assert "personnes.memes" in asked
    assert {who for who, _ in minutes(proposal)} == {whole, "Gwenn"}


@pytest.mark.parametrize("names", [("Ian", "Iann"), ("Anna", "Ana"), ("Ada Bel", "Ada Bell"), ("Jeane R", "Jeanne R")])
def test_two_new_names_one_letter_away_are_asked_about(names: tuple[str, str]) -> None:
    proposal, asked = read(_hours(*names), personnes_memes="")
    assert "personnes.memes" in asked
    assert {who for who, _ in minutes(proposal)} == {*names}


@pytest.mark.parametrize("names", [("Léo", "Léa"), ("Tim", "Tom"), ("Louis", "Louise"), ("Al", "Ali"), ("Lou", "Luc")])
def test_short_names_of_another_letter_are_two_people(names: tuple[str, str]) -> None:
    assert "personnes.memes" not in read(_hours(*names))[1]


@pytest.mark.parametrize("names", [("Karim", "Karin"), ("Fatou", "Fatoumata"), ("Julie", "Julia")])
def test_first_names_that_end_otherwise_are_told(names: tuple[str, str]) -> None:
    proposal, asked = read(_hours(*names))
    assert "personnes.memes" not in asked
    assert any("chaque nom compte comme une personne" in each for each in proposal.heeded)


NEAR = [
    ("Samir", "Samis"),
    ("Julie", "Julia"),
    ("Amin", "Amine"),
    ("Fatou", "Fatoumata"),
    ("Amel", "Jamel"),
    ("Cathy", "Kathie"),
]


@pytest.mark.parametrize("names", NEAR)
@pytest.mark.parametrize("same_one", [True, False])
def test_a_near_first_name_of_another_file_is_asked_about_once(names: tuple[str, str], same_one: bool) -> None:
    june, july = _hours(names[0], names[0], "Rose"), table("juillet.csv", "Qui;Le;Durée", f"{names[1]};02/07/2026;3h")
    answers = {} if same_one else {"personnes_memes": ""}
    proposal, asked = read(june, july, **answers)
    assert asked.count("personnes.memes") == 1
    assert {who for who, _ in minutes(proposal)} == {*names[: 1 if same_one else 2], "Rose"}


@pytest.mark.parametrize("names", NEAR)
def test_near_first_names_that_a_file_or_a_list_holds_both_are_two_people(names: tuple[str, str]) -> None:
    one = table("juillet.csv", "Qui;Le;Durée", f"{names[1]};02/07/2026;3h")
    listed = table("membres.csv", "Nom;Statut;CAPE", *(f"{who};CAPE;oui" for who in (*names, "Rose")))
    assert "personnes.memes" not in read(_hours(names[0], "Rose"), one, listed)[1]
    assert "personnes.memes" not in read(_hours(*names), one)[1]


def test_near_first_names_that_each_have_a_sheet_are_two_people() -> None:
    days = {who: [["Date", "Heures"], ["03/06/2026", 3]] for who in ("Julie", "Julia")}
    assert "personnes.memes" not in read(workbook("heures.xlsx", days))[1]


@pytest.mark.parametrize(
    ("who", "asked_about", "told"), [("Rosse", True, False), ("Zoltan", False, True), ("Rose", False, False)]
)
def test_who_brought_an_invoice_is_somebody_of_the_group_or_is_told(who: str, asked_about: bool, told: bool) -> None:
    sold = f"N°;Date;Client;HT;TVA;TTC;Apportée par\nF-1;03/06/2026;Mairie;100;20;120;{who}"
    proposal, asked = read(_hours("Rose", "Karim"), sold=sold)
    assert ("personnes.memes" in asked) == asked_about
    assert any(f"« {who} » : personne de ce nom" in each for each in proposal.heeded) == told


@pytest.mark.parametrize(
    ("address", "asked_about"),
    [("gwenn@exemple.fr", False), ("sarah.cohen@exemple.fr", False), ("r.lebihan@exemple.fr", True)],
)
def test_an_address_is_told_as_a_name_and_asked_about_when_nobody_has_that_one(address: str, asked_about: bool) -> None:
    proposal, asked = read(_hours(address), LIST)
    assert ("personnes.memes" in asked) == asked_about
    assert any(f"d'après l'adresse, « {address} »" in each for each in proposal.heeded)
    assert {who for who, _ in minutes(proposal)} < {*PEOPLE}


def test_one_name_with_and_without_its_capital_is_never_said_to_be_two_people() -> None:
    proposal, _ = read(_hours("Ismaël", "ismael", "ISMAËL"))
    assert {who for who, _ in minutes(proposal)} == {"Ismaël"}
    assert not any("chaque nom compte" in each for each in proposal.heeded)


@pytest.mark.parametrize("noted", ["Rose (stage)", "Rose ?", "Rose*", "ROSE (apprentie)"])
def test_a_name_with_a_note_after_it_is_asked_about_and_the_plain_one_is_kept(noted: str) -> None:
    proposal, asked = read(_hours("Rose", "Karim"), table("juillet.csv", "Qui;Le;Durée", f"{noted};02/07/2026;3h"))
    assert asked.count("personnes.memes") == 1
    assert {who for who, _ in minutes(proposal)} == {"Rose", "Karim"}
