"""A line of a till or of a terminal that names an invoice of another list: asked, and never two sales of one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, sales, table

TOPIC = "factures.reglees"
WORK = table("temps.csv", "Jour;Qui;Heures;Tâche", "07/05/2026;Lou;3;tri")
LIST = table(
    "ventes.csv",
    "Numéro;Date;Client;HT;TVA;TTC;État",
    "0318;04/05/2026;Foyer;100,00;20,00;120,00;Payée",
    "V-19;05/05/2026;MJC;50,00;10,00;60,00;Payée",
)


def till(label: str, price: str = "100,00;20,00;120,00"):
    lines = ("Date;N° de ticket;Libellé;HT;TVA;TTC", f"11/05/2026;T1;{label};{price}")
    return table("caisse.csv", *lines, "12/05/2026;T2;Savons 318;5,00;1,00;6,00")


def payments(proposal: ImportProposal) -> dict[str, int]:
    assert proposal.reading is not None, proposal.refusal
    return {each.invoice: each.amount for each in proposal.reading.book.payments}


@pytest.mark.parametrize(
    ("label", "price", "number", "cents"),
    [
        ("Règlement fact. 0318", "100,00;20,00;120,00", "0318", 12_000),
        ("FA0318", "100,00;20,00;120,00", "0318", 12_000),
        ("Acompte n° 0318 Foyer", "25,00;5,00;30,00", "0318", 3_000),
        ("v-19 MJC", "50,00;10,00;60,00", "V-19", 6_000),
        ("Solde facture 19", "20,00;4,00;24,00", "V-19", 2_400),
        ("FOYER", "100,00;20,00;120,00", "0318", 12_000),
    ],
)
def test_a_ticket_that_names_an_invoice_is_its_payment(label: str, price: str, number: str, cents: int) -> None:
    proposal, asked = read(WORK, LIST, till(label, price), sold="", genre="commun", reglement_jour="inconnu")
    assert asked.count(TOPIC) == 1
    assert sales(proposal) == {"2026-05": 15_500}
    assert payments(proposal)[number] == cents
    assert any(f"paie « {number} »" in told for told in proposal.heeded)


def test_another_sale_stays_one() -> None:
    given = (WORK, LIST, till("Facture 0318"))
    proposal, _ = read(*given, sold="", genre="commun", reglement_jour="inconnu", factures_reglees=" ")
    assert sales(proposal) == {"2026-05": 25_500}


@pytest.mark.parametrize("label", ["Plateau 0318", "Facture 0319", "Savon", "MJC"])
def test_a_ticket_that_names_none_is_not_asked_about(label: str) -> None:
    proposal, asked = read(WORK, LIST, till(label), sold="", genre="commun", reglement_jour="inconnu")
    assert TOPIC not in asked
    assert sales(proposal) == {"2026-05": 25_500}


def test_an_invoice_of_the_month_before_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    first = [WORK, LIST]
    folder = keep(
        read(*first, sold="", genre="commun", reglement_jour="inconnu")[0], "Caisse", first, datetime(2026, 6, 1)
    )
    later = propose([till("Facture 0318")], folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert TOPIC in {each.doubt.topic for each in later.questions}
