"""What is added to an amount, beside it, is proved by the other columns, or asked; money that came back counts."""

from __future__ import annotations

import pytest

from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import SOLD, minutes, read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")
TITLES = "N°;Date;Client;Prix HT;{charge};TVA;TTC"
ADDED = ("T1;03/09/2026;Mairie;200,00;20,00;44,00;264,00", "T2;09/09/2026;Musée;50,00;;10,00;60,00")
INSIDE = ("T1;03/09/2026;Mairie;220,00;20,00;44,00;264,00", "T2;09/09/2026;Musée;50,00;;10,00;60,00")


def _bought(proposal: ImportProposal) -> int:
    assert proposal.reading is not None, proposal.refusal
    return sum(each.before_tax for each in proposal.reading.book.costs)


@pytest.mark.parametrize("lines", [ADDED, INSIDE])
@pytest.mark.parametrize("charge", ["Frais de livraison", "Transport HT", "Consigne", "Frais HT", "Frais annexes (HT)"])
def test_the_whole_proves_whether_what_stands_beside_an_amount_is_added(lines: tuple[str, ...], charge: str) -> None:
    proposal, asked = read(table("factures.csv", TITLES.format(charge=charge), *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 27_000}
    assert asked == ["personnes.cape"]


@pytest.mark.parametrize(("said", "cents"), [("plus", 22_000), ("compris", 20_000)])
def test_without_a_proof_it_is_asked(said: str, cents: int) -> None:
    lines = ("N°;Date;Client;Prix HT;Port HT;Taux TVA", "T1;03/09/2026;Mairie;200,00;20,00;20 %")
    proposal, asked = read(table("factures.csv", *lines), HOURS, sold="", montant_ht_frais=said)
    assert "montant_ht.frais" in asked
    assert sales(proposal) == {"2026-09": cents}


def test_a_distance_beside_an_amount_is_not_money() -> None:
    lines = ("N°;Date;Client;Prix HT;Déplacement (km);Taux TVA", "T1;03/09/2026;Mairie;200,00;20;20 %")
    _, asked = read(table("factures.csv", *lines), HOURS, sold="")
    assert "montant_ht.frais" not in asked


def test_money_that_came_back_on_a_purchase_counts_and_a_purchase_that_was_not_made_does_not() -> None:
    lines = (
        "Date;Fournisseur;Objet;Montant HT;TVA;TTC;État",
        "02/09/2026;Quincaillerie;vis;60,00;12,00;72,00;Payé",
        "04/09/2026;Quincaillerie;vis rendues;-20,00;-4,00;-24,00;Remboursée",
        "05/09/2026;Garage;pneu;90,00;18,00;108,00;Annulée",
    )
    proposal, _ = read(table("achats.csv", *lines), HOURS, sold=SOLD)
    assert _bought(proposal) == 4_000


def test_hours_that_wait_to_be_agreed_to_are_asked_about_whatever_says_so() -> None:
    lines = (
        "Jour;Qui;Temps;Statut",
        "03/09/2026;Lou;2h;Approuvé",
        "04/09/2026;Lou;3h;À valider",
        "04/09/2026;Ana;1h;Approuvé",
    )
    proposal, asked = read(table("heures.csv", *lines), heures_validees="non")
    assert "heures.validees" in asked
    assert minutes(proposal) == {("Lou", "2026-09"): 120, ("Ana", "2026-09"): 60}
    everywhere = [line.replace("Approuvé", "À valider") for line in lines]
    proposal, asked = read(table("heures.csv", *everywhere))
    assert "heures.validees" not in asked
    assert minutes(proposal) == {("Lou", "2026-09"): 300, ("Ana", "2026-09"): 60}
