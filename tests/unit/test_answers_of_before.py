"""What a file says now is stronger than what was answered of its columns another month."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.keeping import held_in, keep, recipe_in
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")


@pytest.mark.parametrize(("said", "titled"), [("ttc:Prix", "Total TTC"), ("Prix", "Prix HT")])
def test_an_amount_that_a_title_tells_is_no_more_the_one_of_an_answer(
    said: str, titled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    first = [WORK, table("ventes septembre.csv", "N°;Date;Client;Prix;Taux TVA", "V1;02/09/2026;Foyer;480,00;20 %")]
    proposal, asked = read(*first, sold="", colonne_montant_ht=said)
    assert "colonne.montant_ht" in asked
    folder = keep(proposal, "Réponses", first, datetime(2026, 10, 1))
    whole, before = ("240,00", "200,00") if titled == "Total TTC" else ("200,00", "240,00")
    other = f"V2;02/10/2026;Foyer;{before};20 %;{whole}"
    now = [table("ventes octobre.csv", f"N°;Date;Client;Prix;Taux TVA;{titled}", other)]
    again = propose(now, folder.name, recipe_in(folder), Findings(), held_in(folder))
    assert sales(again)["2026-10"] == 20_000
