"""« Début » and « Fin » below the halves of a day are read, whatever the first days of the month hold."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.given_tables import minutes, read, sheet, table

HEADS = [["Jour", "Matin", "", "Après-midi", ""], ["", "Arrivée", "Départ", "Arrivée", "Départ"]]
OVER = {"halves": HEADS, "evenings": [["Date", "Matinée", "", "Soirée", ""], ["", "De", "À", "De", "À"]]}


@pytest.mark.parametrize("off", [0, 1, 2, 9])
@pytest.mark.parametrize("over", OVER)
def test_the_first_days_of_a_month_may_be_empty(over: str, off: int) -> None:
    worked = ["", time(9), time(12, 15), time(13, 30), time(17)]
    days = [
        [date(2026, 9, at + 1), *[""] * 4] if at < off else [date(2026, 9, at + 1), *worked[1:]] for at in range(12)
    ]
    proposal, asked = read(sheet("pointage.xlsx", ["Prénom :", "Zita"], ["", ""], *OVER[over], *days), genre="commun")
    assert "table" not in asked
    assert minutes(proposal) == {("Zita", "2026-09"): (12 - off) * 405}


def test_the_first_days_may_be_empty_in_a_csv_beside_a_total() -> None:
    lines = ("Zita - septembre 2026", "Jour;Matin;;Soir;;Total", ";Début;Fin;Début;Fin;", "01/09/2026;;;;;0",
             "02/09/2026;;;;;0", "03/09/2026;9h;12h;14h;16h;5", "04/09/2026;9h;12h;;;3")  # fmt: skip
    proposal, _ = read(table("pointage Zita.csv", *lines), genre="commun")
    assert minutes(proposal) == {("Zita", "2026-09"): 480}
