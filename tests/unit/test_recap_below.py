"""A title alone and its few figures, under or beside tables, stop nothing: they are told, and not read."""

from __future__ import annotations

import pytest

from tests.given_tables import SOLD, minutes, read, sales, table

HOURS = ("Jour;Prénom;Temps", "02/09/2026;Ida;3h", "09/09/2026;Noam;2h30")
BILLS = ("N° facture;Date;Client;Montant HT;TVA", "31;03/09/2026;Mairie;400;80", "32;20/09/2026;Rivoli;150,50;30,10")
WORKED = {("Ida", "2026-09"): 180, ("Noam", "2026-09"): 150}
BELOW = {
    "money": ("BILAN;", "Ventes HT;550,5", "Achats;0", "Reste;550,5"),
    "people": ("Récapitulatif;", "Ida;3h", "Noam;2h30"),
    "a total last": ("Synthèse;", "Nos ventes;550,5", "Total;550,5"),
    "words": ("À relire avec la comptable;",),
}


@pytest.mark.parametrize("gap", [("", ""), ()])
@pytest.mark.parametrize("below", ["money", "people", "a total last"])
def test_a_recap_under_hours_is_told(below: str, gap: tuple[str, ...]) -> None:
    proposal, asked = read(table("septembre.csv", *HOURS, *gap, *BELOW[below]), genre="commun")
    assert asked == ["genre", "personnes.cape"]
    assert minutes(proposal) == WORKED
    told = BELOW[below][0].rstrip(";")
    assert any(f"« {told} »" in each and "sous le tableau" in each for each in proposal.unread)


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("more", [0, 3])
def test_a_recap_beside_tables_is_told(below: str, more: int) -> None:
    bills = (*BILLS, *(f"{at};2{at}/09/2026;Rivoli;100;20" for at in range(4, 4 + more)))
    hours = (*HOURS, "", *BELOW[below])
    rows = [
        f"{bills[at] if at < len(bills) else ';;;;'};;{hours[at] if at < len(hours) else ''}"
        for at in range(max(len(bills), len(hours)))
    ]
    proposal, _ = read(table("tout.csv", *rows), sold="", genre="commun")
    assert minutes(proposal) == WORKED
    assert sales(proposal) == {"2026-09": 55050 + 10000 * more}


def test_a_recap_under_invoices_is_told() -> None:
    proposal, _ = read(table("ventes.csv", *BILLS, "", *BELOW["money"]), table("heures.csv", *HOURS), sold="")
    assert sales(proposal) == {"2026-09": 55050}
    assert minutes(proposal) == WORKED


@pytest.mark.parametrize("lines", [("Sans jour;;", ";Ida;4h"), ("Divers;;", "lundi;Ida;4h"), ("Suite;;", ";Noam;1h")])
def test_hours_under_a_title_alone_are_never_left_out_in_silence(lines: tuple[str, ...]) -> None:
    proposal, _ = read(table("heures.csv", *HOURS, *lines), sold=SOLD, genre="commun")
    assert proposal.reading is None or sum(minutes(proposal).values()) != 330 or proposal.unread
