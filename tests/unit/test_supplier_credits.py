"""A supplier's credit note written above zero is asked about, whatever says that it is one."""

from __future__ import annotations

import pytest

from tests.given_tables import ImportProposal, read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/07/2026;commun;3h")
HEAD = "Date;Chez qui;Référence;Objet;HT;TVA;TTC"


def costs(proposal: ImportProposal) -> list[int]:
    assert proposal.reading is not None, proposal.refusal
    return [each.before_tax for each in proposal.reading.book.costs]


@pytest.mark.parametrize(
    "line",
    ["Jardiland;AV26-014;Terreau", "Jardiland;AVOIR 7;Terreau", "Jardiland;NC-3;Terreau",
     "Jardiland (Avoir);B7;Terreau",
     "Jardiland - avoir;B7;Terreau", "Brasserie;B7;Consignes rendues", "Brasserie;B7;Retour de consigne",
     "Brasserie;B7;Déconsignation fûts", "Jardiland;B7;RRR obtenus sur achats", "Jardiland;B7;Remboursement"],
)  # fmt: skip
@pytest.mark.parametrize(("said", "cents"), [("moins", -3_000), ("plus", 3_000)])
def test_what_a_supplier_takes_back_is_asked_and_taken_off(line: str, said: str, cents: int) -> None:
    spent = table("achats.csv", HEAD, "03/07/2026;Jardiland;B6;Pots;100;20;120", f"05/07/2026;{line};30;6;36")
    proposal, asked = read(HOURS, spent, montant_ht_avoir=said)
    assert "montant_ht.avoir" in asked
    assert costs(proposal) == [10_000, cents]


@pytest.mark.parametrize(
    "line",
    ["Jardiland;B7;Terreau", "Brasserie;B7;Consigne", "Avis;A-77;Location", "SNCF;B7;Lyon - retour samedi",
     "Jardiland;B7;Pots (à avoir lundi)"],
)  # fmt: skip
def test_a_plain_purchase_is_not_asked_about(line: str) -> None:
    spent = table("achats.csv", HEAD, "03/07/2026;Jardiland;B6;Pots;100;20;120", f"05/07/2026;{line};30;6;36")
    proposal, asked = read(HOURS, spent)
    assert "montant_ht.avoir" not in asked
    assert costs(proposal) == [10_000, 3_000]
