"""Pay, taxes and transfers of a list of expenses are no purchase unless the group says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, table, workbook

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/07/2026;commun;3h")
HEAD = "Libellé;Date;Catégorie;Montant HT"


@pytest.mark.parametrize(
    "line",
    ["Salaire Iris;09/07/2026;;310,00", "Prélèvement URSSAF;09/07/2026;;310,00",
     "Remboursement emprunt;09/07/2026;;310,00", "VIR 224;09/07/2026;Virement interne;310,00",
     "TVA juin;09/07/2026;;310,00"],
)  # fmt: skip
def test_what_buys_nothing_is_asked_and_leaves_when_the_group_says_so(line: str) -> None:
    spent = table("dépenses.csv", HEAD, "Terreau;08/07/2026;Matières;25,00", line)
    proposal, asked = read(HOURS, spent, achats_comptes="")
    assert "achats.comptes" in asked
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [2_500]
    assert any("310,00" in note and "pas un achat" in note for note in proposal.heeded)


@pytest.mark.parametrize("what", ["Terreau", "Essence", "Assurance MAIF", "Impression affiches", "Paillage"])
def test_a_plain_purchase_is_not_asked_about(what: str) -> None:
    _, asked = read(HOURS, table("dépenses.csv", HEAD, f"{what};08/07/2026;Matières;25,00"))
    assert "achats.comptes" not in asked


def test_the_answer_holds_next_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    july = [HOURS, table("dépenses.csv", HEAD, "Salaire juillet;31/07/2026;;310,00", "Terreau;08/07/2026;;25,00")]
    folder = keep(read(*july, achats_comptes="")[0], "Les Essais", july, datetime(2026, 8, 1, 9, 0))
    august = table("dépenses.csv", HEAD, "Salaire août;31/08/2026;;320,00", "Pots;08/08/2026;;12,00")
    later = propose([august], folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert not later.questions
    assert later.reading is not None
    assert sum(each.before_tax for each in later.reading.book.costs) == 3_700


SPENT = (
    "Menuiserie Bois;05/07/2026;lattes;60,00;10,00",
    "Recyclerie;08/07/2026;portes;24,00;4,00",
    "Voisin;09/07/2026;poêle;45,00;",
)


@pytest.mark.parametrize(
    "titles", [("Réglé TTC", "TVA"), ("Coût d'achat TTC", "Dont TVA"), ("Total payé TTC", "TVA déductible")]
)
def test_what_was_paid_is_what_was_spent_and_an_empty_vat_is_none(titles: tuple[str, str]) -> None:
    head = ";".join(("Date;Fournisseur;Objet", *titles))
    proposal, asked = read(HOURS, table("dépenses.csv", head.replace("Date;Fournisseur", "Fournisseur;Date"), *SPENT))
    assert {*asked} <= {"colonne.montant_tva", "personnes.cape"}
    assert proposal.reading is not None, proposal.refusal
    assert [each.before_tax for each in proposal.reading.book.costs] == [5_000, 2_000, 4_500]
    told = " ".join(proposal.heeded).replace("\xa0", " ")
    assert "la TVA est vide (1 ligne, 45,00 € en tout)" in told


def test_a_purchase_without_any_amount_is_refused_where_it_stands() -> None:
    lines = (*SPENT[:2], "Voisin;09/07/2026;poêle;;")
    proposal, _ = read(HOURS, table("dépenses.csv", "Fournisseur;Date;Objet;Réglé TTC;Dont TVA", *lines))
    assert "ligne 4, colonne D « Réglé TTC » : la case est vide" in str(proposal.refusal)


@pytest.mark.parametrize("named", ["Achats", "Dépenses mai"])
def test_a_purchase_whose_vat_is_empty_has_none_on_a_sheet_of_its_name(named: str) -> None:
    bought = [["Date", "Fournisseur", "Libellé", "TTC", "dont TVA"], ["02/09/2026", "Halles", "fruits", 31.5, None],
              ["03/09/2026", "Presse", "tracts", 60, 10]]  # fmt: skip
    sold = [["N°", "Date", "HT", "TVA"], ["K1", "04/09/2026", 900, 180]]
    hours = [["Date", "Qui", "Heures", "Genre"], ["04/09/2026", "Ida", 2, "commun"]]
    proposal, _ = read(workbook("mois.xlsx", {named: bought, "Factures": sold, "Heures": hours}), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert sorted(each.before_tax for each in proposal.reading.book.costs) == [3_150, 5_000]
    assert any("lus sans TVA" in each for each in proposal.heeded)
