"""Two people whose names are the same ones in another order: a family name in capitals may be either; it is refused."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

PEOPLE = table("personnes.csv", "Nom;Statut;Début", "Paul Simon;cape;01/09/2024", "Simon Paul;cape;01/09/2024")
HEAD = "Qui;Date;Heures;Genre"


@pytest.mark.parametrize("said", ["SIMON Paul", "Paul SIMON", "simon PAUL"])
def test_a_family_name_in_capitals_that_two_people_may_have_is_refused(said: str) -> None:
    proposal, _ = read(PEOPLE, table("heures.csv", HEAD, f"{said};07/09/2026;4h;commun"))
    told = str(proposal.refusal)
    assert f"« {said} » n'est pas" in told
    assert "« Paul Simon »" in told
    assert "« Simon Paul »" in told


def test_the_names_as_written_stay_two_people() -> None:
    lines = ("Paul Simon;07/09/2026;4h;commun", "simon paul;07/09/2026;1h;commun", "PAUL SIMON;08/09/2026;2h;commun")
    proposal, _ = read(PEOPLE, table("heures.csv", HEAD, *lines))
    assert minutes(proposal) == {("Paul Simon", "2026-09"): 360, ("Simon Paul", "2026-09"): 60}
