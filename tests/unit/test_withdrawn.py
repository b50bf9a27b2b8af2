"""An invoice that a list now gives as a draft, or cancelled, leaves the book that held it: told, with its money."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in, undo
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, sales, table

HEAD = "N°;Date;Client;Montant HT;TVA;Statut"
FIRST, SECOND = "B-7;04/02/2026;Crèche;200,00;40,00;payée", "B-8;05/02/2026;MJC;90,00;18,00;{}"
HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;05/02/2026;commun;3h")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))


def listed(*lines: str) -> GivenFile:
    return table("factures.csv", HEAD, *lines)


def kept(state: str) -> Path:
    given = [HOURS, listed(FIRST, SECOND.format(state))]
    return keep(read(*given, sold="")[0], "Les Essais", given, datetime(2026, 3, 1, 9, 0))


def later(folder: Path, *files: GivenFile) -> ImportProposal:
    proposal = propose(files, folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert not proposal.questions
    return proposal


@pytest.mark.parametrize("word", ["annulée", "Brouillon", "abandonnée", "Cancelled"])
@pytest.mark.parametrize("was", ["envoyée", "payée"])
def test_what_a_list_now_cancels_leaves_the_book(was: str, word: str) -> None:
    folder = kept(was)
    proposal = later(folder, listed(FIRST, SECOND.format(word), "B-9;03/03/2026;MJC;50,00;10,00;envoyée"))
    assert sales(proposal) == {"2026-02": 20_000, "2026-03": 5_000}
    assert proposal.reading is not None
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("B-7", 24_000)]
    assert [each["facture"] for each in proposal.merged.changes["factures"].removed] == ["B-8"]
    paid = "avec son paiement (108,00" if was == "payée" else "elle en sort."
    assert any("« B-8 » (90,00" in each and f"« {word} »" in each and paid in each for each in proposal.heeded)


def test_what_left_comes_back_when_the_import_is_undone() -> None:
    folder = kept("payée")
    second = [listed(FIRST, SECOND.format("annulée"))]
    keep(later(folder, *second), "Les Essais", second, datetime(2026, 4, 1, 9, 0))
    assert len(held_in(folder).tables["factures"]) == 1
    undo(folder)
    assert len(held_in(folder).tables["factures"]) == len(held_in(folder).tables["encaissements"]) == 2


def test_an_invoice_cancelled_and_made_again_under_its_number_stays() -> None:
    folder = kept("envoyée")
    proposal = later(folder, listed(SECOND.format("annulée"), "B-8;06/02/2026;MJC;95,00;19,00;envoyée"))
    assert sales(proposal) == {"2026-02": 29_500}


@pytest.mark.parametrize("word", ["Devis", "Bon de commande", "Achats"])
def test_another_document_of_the_same_number_takes_nothing_out(word: str) -> None:
    folder = kept("envoyée")
    head = "N°;Type;Date;Client;Montant HT;TVA"
    lines = (f"B-8;{word};05/02/2026;MJC;90,00;18,00", "B-9;Facture;03/03/2026;MJC;50,00;10,00")
    proposal = later(folder, table("pieces.csv", head, *lines))
    assert sales(proposal) == {"2026-02": 29_000, "2026-03": 5_000}


def test_the_same_list_again_changes_nothing() -> None:
    folder = kept("annulée")
    assert later(folder, listed(FIRST, SECOND.format("annulée"))).merged.nothing


@pytest.mark.parametrize(("third", "told"), [("B-9;03/03/2026;MJC;50,00;10,00;envoyée", True), ("", False)])
def test_an_invoice_that_a_list_no_longer_says_stays_and_is_told(third: str, told: bool) -> None:
    folder = kept("envoyée")
    proposal = later(folder, listed(FIRST, *filter(None, [third])))
    assert sales(proposal)["2026-02"] == 29_000
    said = [each for each in proposal.heeded if "n'est plus dans la liste des factures" in each]
    assert bool(said) == told  # a list that ends before it says nothing of it
    assert not told or "« B-8 » du 05/02/2026 (90,00" in said[0]
