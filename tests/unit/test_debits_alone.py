"""A statement of debits alone is told as such, with its sum: no question of what it is, nothing read in silence."""

from __future__ import annotations

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import SOLD, read, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Ida;07/09/2026;2h;commun")


@pytest.mark.parametrize("titles", ["Date;Libellé;Débit", "Date;Libellé;Débit;Crédit", "Date;Libellé;Débit euros"])
def test_a_statement_of_debits_alone_is_told(titles: str) -> None:
    out = table("compte.csv", titles, "06/10/2026;ENGIE;36,00;", "07/10/2026;PAPETERIE;10,50;")
    proposal, asked = read(WORK, out)
    assert not [each for each in asked if each.startswith("table")]
    assert proposal.reading is not None
    assert sum("que des débits (46,50" in each for each in proposal.unread) == 1


def test_a_statement_with_one_credit_is_read_as_before() -> None:
    out = table("compte.csv", "Date;Libellé;Débit;Crédit", "06/10/2026;ENGIE;36,00;", "07/10/2026;VIR F1;;600,00")
    proposal = propose([WORK, table("factures.csv", *SOLD.split("\n")), out], "Essai", None, Findings())
    assert not any("que des débits" in each for each in proposal.unread)
