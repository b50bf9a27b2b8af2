"""A general ledger writes the name of each account above its lines, and its sum below: neither is an entry."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")
HEAD = "Compte;Date;Jnl;Pièce;Libellé;Débit;Crédit"


@pytest.mark.parametrize("zeros", [";", "0,00;0,00"])
@pytest.mark.parametrize("total", ["{};;;;Total du compte {};0,00;{}", ";;;;Total {1};;{2}"])
def test_the_lines_of_accounts_are_read_and_their_headings_left(zeros: str, total: str) -> None:
    lines = (
        f"706100;;;;Travaux;{zeros}",
        "706100;04/09/2026;VE;F7;Mairie;;500,00",
        "706100;06/10/2026;VE;F8;Ferme du Lac;;300,00",
        total.format("706100", "706100", "800,00"),
        f"445710;;;;TVA collectée;{zeros}",
        "445710;04/09/2026;VE;F7;Mairie;;100,00",
        "445710;06/10/2026;VE;F8;Ferme du Lac;;60,00",
        total.format("445710", "445710", "160,00"),
    )
    proposal, asked = read(table("Grand livre.csv", HEAD, *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 50_000, "2026-10": 30_000}
    assert asked == ["personnes.cape"]


def test_an_entry_without_its_day_is_still_refused() -> None:
    lines = ("706100;04/09/2026;VE;F7;Mairie;;500,00", "706100;;VE;F8;Ferme du Lac;;300,00")
    proposal, _ = read(table("Grand livre.csv", HEAD, *lines), HOURS, sold="")
    assert proposal.reading is None
