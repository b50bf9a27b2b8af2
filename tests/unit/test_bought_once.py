"""A purchase that two lists tell, or a list and the book, is asked about and counts once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, table

TOPIC = "achats.memes"
WORK = table("temps.csv", "Jour;Qui;Heures;Genre", "07/09/2026;Lou;3;commun")
MINE = table("achats.csv", "Date;Quoi;Montant HT", "03/09/2026;vis;40,00", "10/09/2026;bois;200,00")
OTHERS = (
    table("achats fournisseurs.csv", "Date;Fournisseur;HT;TVA;TTC", "03/09/2026;Brico;40,00;8,00;48,00",
          "24/09/2026;Assureur;35,00;0;35,00"),
    table("dépenses.csv", "Date;Libellé;Montant TTC;TVA", "03/09/2026;Brico;48,00;0", "24/09/2026;Assureur;35,00;0"),
    table("grand livre.csv", "Compte;Intitulé;Date;Pièce;Libellé;Débit;Crédit",
          "606000;Fournitures;03/09/2026;A1;Brico;40,00;", "401000;Fournisseurs;03/09/2026;A1;Brico;;40,00",
          "616000;Assurances;24/09/2026;A2;Assureur;35,00;", "401000;Fournisseurs;24/09/2026;A2;Assureur;;35,00"),
)  # fmt: skip


def spent(proposal: ImportProposal) -> list[tuple[str, int]]:
    assert proposal.reading is not None, proposal.refusal
    return sorted((each.label, each.before_tax) for each in proposal.reading.book.costs)


@pytest.mark.parametrize("other", OTHERS, ids=lambda each: str(each.name))
def test_one_purchase_in_two_lists_counts_once(other: GivenFile) -> None:
    proposal, asked = read(WORK, MINE, other)
    assert asked.count(TOPIC) == 1
    assert spent(proposal) == [("Assureur", 3_500), ("bois", 20_000), ("vis", 4_000)]
    assert any("Compté une fois" in told for told in proposal.heeded)


@pytest.mark.parametrize(("day", "asked_about"), [("02", True), ("07", True), ("12", False)])
def test_two_lists_may_tell_one_purchase_some_days_apart(day: str, asked_about: bool) -> None:
    other = table("fournisseurs.csv", "Date;Fournisseur;HT;TVA;TTC", f"{day}/09/2026;Brico;40,00;8,00;48,00")
    proposal, asked = read(WORK, MINE, other)
    assert (TOPIC in asked) == asked_about
    assert len(spent(proposal)) == (2 if asked_about else 3)


def test_two_purchases_of_one_day_and_amount_both_count() -> None:
    proposal, _ = read(WORK, MINE, OTHERS[0], achats_memes=" ")
    assert len(spent(proposal)) == 4


def test_two_lines_of_one_list_are_two_purchases() -> None:
    lines = ("03/09/2026;vis;40,00", "03/09/2026;clous;40,00", "04/09/2026;vis;40,00")
    proposal, asked = read(WORK, table("achats.csv", "Date;Quoi;Montant HT", *lines))
    assert TOPIC not in asked
    assert len(spent(proposal)) == 3


def test_a_purchase_of_the_book_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    first = [WORK, table("ventes.csv", "Numéro;Date;Montant HT;TVA", "F1;10/09/2026;500,00;100,00"), MINE]
    folder = keep(read(*first, sold="")[0], "Achats", first, datetime(2026, 10, 1))
    again = propose(first, folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert not again.questions
    assert again.merged.nothing
    alone = propose([MINE], folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert not alone.questions
    later = propose([OTHERS[0]], folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert TOPIC in {each.doubt.topic for each in later.questions}
