"""A list of members that says « CDI », « apprentie » or « CESA »: nobody is refused, and who has a CAPE is asked."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.cooperative.people import Status
from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import ImportProposal, propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", *(f"0{day}/09/2026;{who};2h;prestation"
              for day, who in enumerate(("Lise", "Ugo", "Mona"), 1)))  # fmt: skip


def statuses(proposal: ImportProposal) -> dict[str, Status]:
    assert proposal.reading is not None, proposal.refusal
    return {member.name: member.spells[-1].status for member in proposal.reading.book.members}


@pytest.mark.parametrize("title", ["Statut", "Type de contrat"])
@pytest.mark.parametrize("word", ["CDD 28h", "apprentie", "CESA"])
def test_a_status_that_is_none_of_ours_is_told_and_asked(title: str, word: str) -> None:
    members = table("membres.csv", f"Prénom;{title};Depuis", f"Lise;{word};01/01/2026",
                    "Ugo;CAPE;01/01/2026", f"Mona;{word};01/02/2026")  # fmt: skip
    proposal, asked = read(members, HOURS, personnes_cape="Mona")
    assert "personnes.cape" in asked
    assert statuses(proposal) == {"Lise": Status.VOLUNTEER, "Ugo": Status.CAPE, "Mona": Status.CAPE}
    assert sum(minutes(proposal).values()) == 360
    assert any(
        f"« {word} » ne dit pas qui a un CAPE. Si rien d'autre ne le dit, c'est demandé." in each
        for each in proposal.heeded
    )


def test_a_line_whose_day_cannot_be_read_is_that_of_somebody_too() -> None:
    members = table("membres.csv", "Prénom;Statut;Depuis", "Ugo;CAPE;09/2026", "Lise;salariée;09/2026", "Mona;CAPE;?")
    proposal, asked = read(members, HOURS, personnes_cape="")
    assert "personnes.cape" in asked
    assert {who: each.value for who, each in statuses(proposal).items()} == {
        "Lise": "benevole", "Ugo": "cape", "Mona": "cape",
    }  # fmt: skip


@pytest.mark.parametrize("said", ["Lise", ""])
def test_who_is_asked_about_keeps_her_own_days_her_role_and_the_word_of_the_list(said: str) -> None:
    lines = ("Lise;salariée CAE;14/03/2024;31/12/2026;Trésorière", "Ugo;CAPE;01/01/2026;;", "Mona;CAPE;01/01/2026;;")
    members = table("membres.csv", "Prénom;Statut;Depuis;Jusqu'au;Fonction", *lines)
    proposal, _ = read(members, HOURS, personnes_cape=said)
    assert proposal.reading is not None, proposal.refusal
    (lise,) = [member for member in proposal.reading.book.members if member.name == "Lise"]
    (spell,) = lise.spells
    assert (spell.start, spell.end, spell.role) == (date(2024, 3, 14), date(2026, 12, 31), "Trésorière")
    assert spell.status == (Status.CAPE if said else Status.VOLUNTEER)
    (kept,) = [row for row in proposal.merged.tables["personnes"] if row["personne"] == "Lise"]
    assert kept["note"] == "salariée CAE"
    assert not any("CAPE dès le début" in each for each in proposal.heeded)


def test_a_list_alone_is_not_that_of_another_group() -> None:
    lines = [
        f"{who};{word};01/01/2026" for word in ("CAPE", "CDI") for who in (f"Ana{word}", f"Leo{word}", f"Zoé{word}")
    ]
    (question,) = propose(
        [table("membres.csv", "Prénom;Statut;Depuis", *lines)], "Essai", Recipe(), Findings()
    ).questions
    assert question.doubt.topic == "personnes.cape"


def test_only_those_people_are_asked_about() -> None:
    members = table("membres.csv", "Prénom;Statut;Depuis", "Lise;salariée;01/01/2026",
                    "Ugo;CAPE;01/01/2026", "Mona;bénévole;01/02/2026")  # fmt: skip
    sold = table("factures.csv", "Numéro;Date;Montant HT;TVA", "F1;10/09/2026;5,00;1,00")
    (question,) = propose([members, HOURS, sold], "Essai", Recipe(), Findings()).questions
    assert "Lise" in question.doubt.question
    assert "Ugo" not in question.doubt.question
    assert "Mona" not in question.doubt.question


@pytest.mark.parametrize("title", ["Arrivé·e le", "Entrée le", "Embauché·e le", "Au groupe : arrivée", "Date adhésion"])
def test_the_day_when_somebody_came_is_read_under_other_words(title: str) -> None:
    lines = (f"Membre;Statut;{title}", "Ugo;CAPE;4/9/23", "Lise;salariée;12/11/87", "Mona;CESA;1/10/98")
    proposal, asked = read(table("les gens.csv", *lines), HOURS, personnes_cape="")
    assert {*asked} <= {"genre", "personnes.cape"}
    assert proposal.reading is not None, proposal.refusal
    first = {each.name: each.spells[0].start for each in proposal.reading.book.members}
    assert first == {"Ugo": date(2023, 9, 4), "Lise": date(1987, 11, 12), "Mona": date(1998, 10, 1)}
