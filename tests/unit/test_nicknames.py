"""A nickname beside the list of people: who it is, is asked; nobody is two people in silence."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, table

TEAM = table("équipe.csv", "Prénom;Nom;Statut;Depuis", "Marguerite;Blin;CAPE;01/02/2025",
             "Thierry;Caro;CAPE;01/02/2025", "Inès;Ott;CAPE;01/02/2025")  # fmt: skip


def worked(*names: str) -> list[str]:
    return ["Date;Qui;Heures;Genre", *(f"{day:02d}/09/2026;{who};2h;commun" for day, who in enumerate(names, 1))]


def people(proposal: ImportProposal) -> set[str]:
    assert proposal.reading is not None, proposal.refusal
    return {member.name for member in proposal.reading.book.members}


@pytest.mark.parametrize("nickname", ["Margot", "Daisy", "Titi", "Mimi", "Margot Blin"])
def test_a_nickname_is_asked_about_with_those_of_the_list_who_have_no_hours(nickname: str) -> None:
    hours = table("heures.csv", *worked("Inès Ott", nickname, "Thierry Caro"))
    answers = {f"personnes_qui_{nickname.lower().replace(' ', '')}": "Marguerite Blin"}
    proposal, asked = read(hours, TEAM, **answers)
    assert len([each for each in asked if each.startswith("personnes.")]) == 1
    assert people(proposal) == {"Marguerite Blin", "Thierry Caro", "Inès Ott"}
    assert minutes(proposal)["Marguerite Blin", "2026-09"] == 120


def test_short_names_are_settled_first_and_each_nickname_is_one_question() -> None:
    hours = table("heures.csv", *worked("Inès", "Daisy", "Titi"))
    answers = {"personnes_qui_daisy": "Marguerite Blin", "personnes_qui_titi": "Thierry Caro"}
    proposal, asked = read(hours, TEAM, **answers)
    assert asked == ["personnes.memes", "personnes.qui.daisy", "personnes.qui.titi"]
    assert people(proposal) == {"Marguerite Blin", "Thierry Caro", "Inès Ott"}


def test_it_may_be_somebody_new() -> None:
    hours = table("heures.csv", *worked("Inès Ott", "Zoé", "Thierry Caro"))
    proposal, asked = read(hours, TEAM, personnes_qui_zoe="Zoé", personnes_cape="Zoé")
    assert asked == ["personnes.qui.zoe", "personnes.cape"]
    assert people(proposal) == {"Marguerite Blin", "Thierry Caro", "Inès Ott", "Zoé"}


@pytest.mark.parametrize(
    "names", [("Inès Ott", "Thierry Caro", "Marguerite Blin", "Zoé"), ("Inès Ott", "Zoé Le Dantec", "Thierry Blum")]
)
def test_nobody_is_asked_about_when_each_of_the_list_has_hours_or_a_whole_name_is_another(
    names: tuple[str, ...],
) -> None:
    _, asked = read(table("heures.csv", *worked(*names)), TEAM)
    assert asked == ["personnes.cape"]


def test_who_left_before_is_no_nickname() -> None:
    team = table(
        "équipe.csv", "Nom;Statut;Du;Au", "Inès Ott;CAPE;01/02/2025;", "Marguerite Blin;CAPE;01/02/2025;31/03/2026"
    )
    _, asked = read(table("heures.csv", *worked("Inès Ott", "Daisy")), team)
    assert asked == ["personnes.cape"]


def test_many_are_told_instead() -> None:
    hours = table("heures.csv", *worked("Inès Ott", "Ali", "Bo", "Cy", "Dan"))
    proposal, asked = read(hours, TEAM)
    assert asked == ["personnes.cape"]
    (told,) = [each for each in proposal.heeded if "dans la liste, sans une heure" in each]
    assert "Ali, Bo, Cy et Dan : des heures, mais pas dans la liste" in told
    assert "Marguerite Blin et Thierry Caro" in told
