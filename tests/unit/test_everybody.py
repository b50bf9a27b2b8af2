"""« tous » is everybody, named and asked about like several people; « ? » is refused: neither is somebody."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import minutes, read, table

HEAD = "Qui;Date;Durée;Genre"
OWN = ("Ida;07/09/2026;2h;commun", "Bo;08/09/2026;1h;commun")


@pytest.mark.parametrize("said", ["tous", "Tout le monde", "l'équipe", "toutes"])
@pytest.mark.parametrize(("how", "ida"), [("chacun", 120 + 60), ("ensemble", 120 + 30)])
def test_everybody_is_each_of_those_who_are_named(said: str, how: str, ida: int) -> None:
    proposal, asked = read(table("heures.csv", HEAD, *OWN, f"{said};09/09/2026;1h;commun"), partage=how)
    assert asked.count("partage") == 1
    assert minutes(proposal) == {("Ida", "2026-09"): ida, ("Bo", "2026-09"): ida - 60}
    assert any(f"« {said} » (Ida et Bo)" in note for note in proposal.heeded)


@pytest.mark.parametrize("said", ["?", "à définir", "inconnu", "-"])
def test_a_word_that_names_nobody_is_refused(said: str) -> None:
    findings = Findings()
    propose([table("heures.csv", HEAD, *OWN, f"{said};09/09/2026;1h;commun")], "Essai", None, findings)
    assert [(place.line, what) for place, what, _ in findings.problems if "ne dit pas qui" in what] == [
        (4, f"« {said} » ne dit pas qui.")
    ]


def test_a_list_of_people_says_who_everybody_is() -> None:
    people = table(
        "personnes.csv", "personne;statut;du", "Ida;cape;01/01/2026", "Bo;cape;01/01/2026", "Cy;cape;01/01/2026"
    )
    proposal, _ = read(people, table("heures.csv", HEAD, *OWN, "tous;09/09/2026;1h;commun"), partage="chacun")
    assert minutes(proposal)["Cy", "2026-09"] == 60
