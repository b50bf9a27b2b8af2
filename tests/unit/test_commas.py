"""Lines of a CSV with more cells than titles: a number cut by its comma is whole again, the others are refused."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")


def test_a_number_that_the_separator_cut_is_whole_again_and_told() -> None:
    proposal, _ = read(
        table("temps.csv", "Jour,Prénom,Heures", "02/09/2026,Léo,2,5", "03/09/2026,Léo,4", "04/09/2026,Mia,3,25")
    )
    assert minutes(proposal) == {("Léo", "2026-09"): 390, ("Mia", "2026-09"): 195}
    assert any("« 2,5 » coupait" in each.replace("\xa0", " ") and "(2 et 4)" in each for each in proposal.heeded)


def test_amounts_cut_in_two_all_along_a_line_are_whole_again() -> None:
    sold = table("ventes.csv", "N°,Date,Client,HT,TVA,TTC", "A1,02/10/2026,Mairie,100,50,20,10,120,60")
    assert sales(read(HOURS, sold, sold="")[0]) == {"2026-10": 10_050}


@pytest.mark.parametrize(
    "lines",
    [
        ("Jour;Prénom;Heures", "02/09/2026;Léo;2;5", "03/09/2026;Léo;4"),  # no comma cuts here: what is the 5?
        ("Jour,Prénom,Badge,Heures", "02/09/2026,Léo,12,2,5"),  # 12,2 and 5, or 12 and 2,5?
        ("Jour,Prénom,Heures", "02/09/2026,Léo,4,midi"),
    ],
)
def test_a_line_too_long_for_its_titles_is_never_cut_in_silence(lines: tuple[str, ...]) -> None:
    proposal, _ = read(table("temps.csv", *lines))
    assert proposal.reading is None
    assert any("Les cases sont décalées" in each.what for each in proposal.refusal.problems)


def test_empty_cells_at_the_end_of_a_line_are_nothing() -> None:
    proposal, _ = read(table("temps.csv", "Jour,Prénom,Heures", "02/09/2026,Léo,4,,", "03/09/2026,Mia,1"))
    assert minutes(proposal) == {("Léo", "2026-09"): 240, ("Mia", "2026-09"): 60}
