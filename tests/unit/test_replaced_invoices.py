"""An invoice that another one of the list says to replace is left out, and the new one counts."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
HEAD = "N°;Date;Client;Objet;Montant HT;Taux TVA;Remarque"
OLD, OTHER = "V-12;02/09/2026;Foyer;Repas;300,00;20 %;", "V-13;03/09/2026;MJC;Bal;80,00;20 %;"


@pytest.mark.parametrize(
    ("label", "remark"),
    [
        ("Repas (annule et remplace V-12)", ""),
        ("Repas", "remplace la facture n° V-12"),
        ("Annule et remplace : V 12", ""),
    ],
)
def test_the_replaced_invoice_is_left_out_and_told(label: str, remark: str) -> None:
    lines = (HEAD, OLD, OTHER, f"V-14;04/09/2026;Foyer;{label};350,00;20 %;{remark}")
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 43_000}
    assert any("remplacée par V-14" in told and "300,00" in told for told in proposal.heeded)


def test_an_invoice_that_a_credit_note_takes_back_stays() -> None:
    lines = (HEAD, OLD, OTHER, "A-1;04/09/2026;Foyer;Avoir sur V-12;-300,00;20 %;",
             "V-14;04/09/2026;Foyer;Repas (annule et remplace V-12);350,00;20 %;")  # fmt: skip
    proposal, _ = read(WORK, table("ventes.csv", *lines), sold="")
    assert sales(proposal) == {"2026-09": 43_000}


@pytest.mark.parametrize(
    "label", ["Pose (remplace la borne 1)", "Stand, annule et remplace le devis D1", "Remplace 1 vitre"]
)
def test_figures_that_are_no_number_of_invoice_change_nothing(label: str) -> None:
    lines = (HEAD, "1;02/09/2026;Foyer;Repas;300,00;20 %;", f"2;04/09/2026;Foyer;{label};350,00;20 %;")
    proposal, asked = read(WORK, table("ventes.csv", *lines), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 65_000}
    lines = (*lines, "3;05/09/2026;Foyer;Repas, annule et remplace la facture 1;320,00;20 %;")
    assert sales(read(WORK, table("ventes.csv", *lines), sold="")[0]) == {"2026-09": 67_000}


@pytest.mark.parametrize("label", ["Vitre : remplace 2 carreaux", "Bal (remplace V-99)"])
def test_what_replaces_no_invoice_of_the_list_changes_nothing(label: str) -> None:
    proposal, asked = read(WORK, table("ventes.csv", HEAD, OLD, f"V-14;04/09/2026;Foyer;{label};350,00;20 %;"), sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-09": 65_000}


def test_what_replaces_an_invoice_of_another_list_is_told() -> None:
    line = "V-14;04/09/2026;Foyer;Bal (annule et remplace V-99);350,00;20 %;"
    proposal, _ = read(WORK, table("ventes.csv", HEAD, OLD, line), sold="")
    assert any("« V-14 » annule et remplace" in told for told in proposal.heeded)
