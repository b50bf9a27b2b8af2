"""Running totals beside the sales of each month are no sales."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")


@pytest.mark.parametrize("running", ["Ventes HT cumulées", "Cumul HT", "CA HT YTD", "CA HT depuis le 1er janvier"])
@pytest.mark.parametrize("own", ["Ventes HT du mois", "CA HT mensuel"])
def test_a_running_total_is_no_sale_of_its_month(running: str, own: str) -> None:
    titles, lines = f"Mois;{running};{own};TVA du mois", ("sept. 2026;9800;1200;240", "oct. 2026;10600;800;160")
    proposal, _ = read(table("ventes.csv", titles, *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 120_000, "2026-10": 80_000}


@pytest.mark.parametrize("running", ["Ventes HT cumulées", "CA cumulé HT"])
def test_a_running_total_alone_is_refused(running: str) -> None:
    lines = (f"Mois;{running};TVA", "sept. 2026;9800;1960", "oct. 2026;10600;2120")
    with pytest.raises(AssertionError, match="montant hors taxes"):
        sales(read(table("ventes.csv", *lines), HOURS, sold="")[0])


@pytest.mark.parametrize("due", ["Montant dû HT", "Montant du HT", "Reste du"])
def test_what_is_still_owed_is_no_sale(due: str) -> None:
    lines = (f"N°;Date;Client;{due};Ventes HT du mois;TVA", "V1;02/09/2026;Musée;70;500;100")
    proposal, _ = read(table("ventes.csv", *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 50_000}
