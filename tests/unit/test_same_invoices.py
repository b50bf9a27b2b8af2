"""An invoice that the book and a list, or two lists, tell under two numbers: it is asked, and no sale counts twice."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, sales, table

HEAD = "Numéro;Jour;Client;HT;TVA;État"
WORK = table("temps.csv", "Jour;Qui;Heures;Tâche", "07/03/2026;Lou;3;tri")
FIRST = table("ventes.csv", HEAD, "V7;04/03/2026;Mairie;300,00;60,00;Payée", "V8;05/03/2026;MJC;80,00;16,00;Non payée")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))


def kept(*files: GivenFile) -> Path:
    return keep(read(*files, sold="", genre="commun", reglement="jour")[0], "Renuméroter", files, datetime(2026, 3, 31))


def later(folder: Path, *files: GivenFile, **answers: str) -> tuple[ImportProposal, list[str]]:
    """Answer the questions of a second import, the first option when nothing else is said."""
    recipe, asked = recipe_in(folder), list[str]()
    for _ in range(8):
        proposal = propose(files, folder.name, recipe, Findings(), held_in(folder))
        if not proposal.questions:
            return proposal, asked
        question = proposal.questions[0]
        options = [value for value, _ in question.doubt.options]
        said = "|".join(options) if question.doubt.several else options[0]
        asked.append(question.doubt.topic)
        recipe = proposal.answer(question, answers.get(question.doubt.topic.replace(".", "_"), said))
    raise AssertionError(asked)


AGAIN = ("V-2026-007;04/03/2026;Mairie;300,00;60,00;Payée", "V-2026-008;05/03/2026;MJC;80,00;16,00;Non payée")
NEW = "V-2026-009;02/04/2026;École;50,00;10,00;Non payée"


@pytest.mark.parametrize("lines", [(*AGAIN, NEW), (AGAIN[0], "V8;05/03/2026;MJC;80,00;16,00;Non payée", NEW)])
def test_an_invoice_of_another_number_is_asked_about_and_counts_once(lines: tuple[str, ...]) -> None:
    proposal, asked = later(kept(WORK, FIRST), table("ventes.csv", HEAD, *lines))
    assert asked.count("factures.numeros") == 1
    assert sales(proposal) == {"2026-03": 38_000, "2026-04": 5_000}
    assert {each.invoice for each in proposal.reading.book.payments} == {"V7"}
    assert any("« V-2026-007 » est « V7 »" in told for told in proposal.heeded)


def test_another_sale_of_the_same_day_and_amount_counts_too() -> None:
    proposal, asked = later(kept(WORK, FIRST), table("ventes.csv", HEAD, *AGAIN, NEW), factures_numeros="")
    assert sales(proposal) == {"2026-03": 76_000, "2026-04": 5_000}
    assert asked.count("factures.numeros") == 1


def test_what_was_answered_is_not_asked_the_month_after() -> None:
    folder = kept(WORK, FIRST)
    second = table("ventes.csv", HEAD, *AGAIN, NEW)
    keep(later(folder, second)[0], "Renuméroter", [second], datetime(2026, 4, 30))
    third = table("ventes.csv", HEAD, *AGAIN, NEW, "V-2026-010;03/05/2026;École;20,00;4,00;Non payée")
    proposal, asked = later(folder, third)
    assert not asked
    assert sales(proposal) == {"2026-03": 38_000, "2026-04": 5_000, "2026-05": 2_000}


def test_a_list_that_gives_both_numbers_or_another_amount_asks_nothing() -> None:
    folder = kept(WORK, FIRST)
    both = ("V7;04/03/2026;Mairie;300,00;60,00;Payée", "V9;04/03/2026;Mairie;300,00;60,00;Payée")
    proposal, asked = later(folder, table("ventes.csv", HEAD, *both, "V10;05/03/2026;MJC;81,00;16,20;Non payée"))
    assert "factures.numeros" not in asked
    assert sales(proposal) == {"2026-03": 76_100}


LIST = table("liste.csv", HEAD, "V7;04/03/2026;Mairie;300,00;60,00;Payée", "V8;05/03/2026;MJC;80,00;16,00;Non payée")
CARDS = "Date,Transaction ID,Status,Total,Tax"
BY_CARD = table(
    "cartes.csv", CARDS, "2026-03-05 10:11,T1,Successful,96.00,16.00", "2026-03-05 11:12,T2,Successful,12.00,2.00"
)
ACCOUNTS = table(
    "écritures.txt",
    "EcritureDate\tCompteNum\tCompAuxLib\tPieceRef\tEcritureLib\tDebit\tCredit",
    "20260304\t411000\tMairie\t2026-7\tVente\t360,00\t0,00",
    "20260304\t706000\t\t2026-7\tVente\t0,00\t300,00",
    "20260304\t445710\t\t2026-7\tVente\t0,00\t60,00",
    "20260320\t411000\tMairie\t2026-7\tVirement\t0,00\t360,00",
    "20260320\t512000\t\t2026-7\tVirement\t360,00\t0,00",
)
UNNUMBERED = table(
    "tableau.csv", "Jour;Client;Travail;HT;TVA", "05/03/2026;MJC;Haie;80,00;16,00", "06/03/2026;Lia;Mur;10;2"
)


@pytest.mark.parametrize(("other", "more"), [(BY_CARD, 1_000), (UNNUMBERED, 1_000), (ACCOUNTS, 0)])
def test_one_sale_in_two_files_counts_once(other: GivenFile, more: int) -> None:
    proposal, asked = read(WORK, LIST, other, sold="", genre="commun", reglement="jour")
    assert asked.count("factures.memes") == 1
    assert sales(proposal) == {"2026-03": 38_000 + more}
    paid = [(each.invoice, each.amount) for each in proposal.reading.book.payments if each.amount == 36_000]
    assert len(paid) == 1
    apart, _ = read(WORK, LIST, other, sold="", genre="commun", reglement="jour", factures_memes="")
    assert sales(apart)["2026-03"] > sales(proposal)["2026-03"]


def test_sales_of_another_day_or_amount_in_two_files_are_not_asked_about() -> None:
    other = table("autres.csv", HEAD, "W1;05/03/2026;Lia;300,00;60,00;Payée", "W2;04/03/2026;Lia;80,00;16,00;Payée")
    proposal, asked = read(WORK, LIST, other, sold="", genre="commun", reglement="jour")
    assert "factures.memes" not in asked
    assert sales(proposal) == {"2026-03": 76_000}
