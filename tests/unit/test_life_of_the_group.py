"""Work that a group does for itself, said by the name of its project: known, or asked with « commun » first."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, table

SOLD = "N°;Date;Client;Montant HT;TVA\nV1;18/06/2026;Moulin;700,00;140,00"


def given(project: str):  # type: ignore[no-untyped-def]
    lines = (f"Ida,,{project},2026-06-03,02:00:00", "Noé,Moulin,V1,2026-06-03,01:00:00")
    return table("suivi.csv", "User,Client,Project,Start date,Duration", *lines)


@pytest.mark.parametrize("project", ["Vie de la coopérative", "VIE DU GROUPE", "vie associative", "Assemblée générale"])
def test_the_life_of_the_group_is_its_own_work_and_is_told(project: str) -> None:
    proposal, asked = read(given(project), sold=SOLD)
    assert "genre" not in asked
    assert {(each.member, str(each.kind)) for each in proposal.reading.book.hours} == {
        ("Ida", "commun"),
        ("Noé", "prestation"),
    }
    assert any(f"« {project.casefold()} » : commun" in each for each in proposal.heeded)


@pytest.mark.parametrize(("project", "first"), [("Interne", "commun"), ("Structure", "commun"), ("Zinc", "prestation")])
def test_the_first_answer_about_an_inner_project_is_no_work_that_is_sold(project: str, first: str) -> None:
    lines = (f"Ida;03/06/2026;2h;{project}", "Noé;04/06/2026;1h;Vaisselle")
    title = "Qui;Le;Durée;Projet" if first == "commun" else "Qui;Le;Durée;Quoi"
    files = [table("suivi.csv", title, *lines), table("factures.csv", SOLD)]
    (question,) = [each for each in propose(files, "Essai", None, Findings()).questions if each.doubt.topic == "genre"]
    assert question.doubt.options[0][0] == first
    assert question.doubt.means[0].startswith("pour tout le groupe" if first == "commun" else "le travail vendu")
