"""A member on two lines, one under a status that is none of ours: the one that holds is hers, and nothing clashes."""

from __future__ import annotations

import pytest

from tests.given_tables import read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Rosa;04/03/2026;commun;3h", "Milo;05/03/2026;commun;2h")
MILO = "Milo;CAPE;01/01/2025;"


def spells(*lines: str) -> tuple[list[str], list[tuple[str, str]]]:
    given = table("membres.csv", "personne;statut;du;au", *lines, MILO)
    proposal, asked = read(given, HOURS, personnes_cape="")
    assert proposal.reading is not None, proposal.refusal
    rosa = next(each for each in proposal.reading.book.members if each.name == "Rosa")
    return asked, [(each.status.value, f"{each.start:%d/%m/%Y}") for each in rosa.spells]


@pytest.mark.parametrize("word", ["CDI", "Salariée", "alternance"])
def test_a_status_that_holds_now_asks_nothing(word: str) -> None:
    asked, found = spells(f"Rosa;{word};01/02/2025;31/01/2026", "Rosa;CAPE;01/02/2026;")
    assert "personnes.cape" not in asked
    assert found == [("cape", "01/02/2026")]


def test_a_status_that_comes_later_clashes_with_nothing() -> None:
    _, found = spells("Rosa;CDD;01/02/2025;31/03/2026", "Rosa;CAPE;01/04/2026;")
    assert found == [("cape", "01/04/2026")]


def test_who_left_her_status_is_asked_about() -> None:
    asked, found = spells("Rosa;CAPE;03/02/2025;31/01/2026", "Rosa;CDI;01/02/2026;")
    assert "personnes.cape" in asked
    assert found == [("cape", "03/02/2025"), ("benevole", "01/02/2026")]
