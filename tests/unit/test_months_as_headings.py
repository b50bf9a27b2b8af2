"""The name of a month alone on a line among those of a table is a heading: no line, and perhaps their month."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Ida;02/05/2026;commun;3h")
MAY, JUNE = ("06", "Fournil", "30,00", "6,00"), ("03", "Halle", "50,00", "10,00")


@pytest.mark.parametrize("day", ["{}/{}/2026", "{}/{}", "{}"])
@pytest.mark.parametrize("more", [(), ("Juillet 2026;;;",)])
@pytest.mark.parametrize("total", [(), ("s/total;;30,00;6,00",)])
def test_days_below_the_name_of_a_month(day: str, more: tuple[str, ...], total: tuple[str, ...]) -> None:
    may, june = (
        ";".join((day.format(each[0], month), *each[1:])) for each, month in ((MAY, "05"), (JUNE, "06"))
    )  # fmt: skip
    rows = ("Jour;Client;Montant HT;TVA", "MAI 2026;;;", may, *total, "JUIN 2026;;;", june, *more)
    proposal, asked = read(table("ventes.csv", *rows), HOURS, sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-05": 3_000, "2026-06": 5_000}


def test_a_month_of_one_line_may_have_its_total() -> None:
    rows = ("Date;N°;Client;HT;TVA", "MAI;;;;", "06/05/2026;F1;Halle;30,00;6,00", "Total mai;;;30,00;6,00", "JUIN;;;;",
            "03/06/2026;F2;Halle;50,00;10,00", "Total juin;;;50,00;10,00", "TOTAL;;;80,00;16,00")  # fmt: skip
    proposal, asked = read(table("ventes.csv", *rows), HOURS, sold="")
    assert asked == ["personnes.cape"]
    assert sales(proposal) == {"2026-05": 3_000, "2026-06": 5_000}


@pytest.mark.parametrize("head", ["Mai", ";MAI;", "05/2026"])
def test_one_month_above_whole_days_is_told(head: str) -> None:
    proposal, _ = read(
        table("temps.csv", "Jour;Qui;Durée", head, "06/05/2026;Ida;3h", "07/05/2026;Bo;2h"), genre="commun"
    )
    assert minutes(proposal) == {("Ida", "2026-05"): 180, ("Bo", "2026-05"): 120}
    assert any("sans rien d'autre sur la ligne : un titre" in each for each in proposal.notes)
    assert not any("n'ont pas d'heures" in each for each in proposal.heeded)


def test_lines_without_a_day_are_of_the_month_above() -> None:
    rows = ("Client;Montant HT;TVA", "MAI;;", "Fournil;30,00;6,00", "Total mai;30,00;6,00", "JUIN;;",
            "Halle;50,00;10,00", "Total;80,00;16,00")  # fmt: skip
    proposal, _ = read(table("ventes 2026.csv", *rows), HOURS, sold="")
    assert sales(proposal) == {"2026-05": 3_000, "2026-06": 5_000}
    assert any("« MAI » et « JUIN » : chaque ligne est du mois écrit au-dessus" in each for each in proposal.heeded)


def test_people_without_a_day_worked_the_month_above() -> None:
    rows = ("Nom;Heures", "Mai 2026;", "Ida;12", "Bo;8", "Juin 2026;", "Ida;4", "Bo;3")
    proposal, _ = read(table("heures du groupe.csv", *rows), genre="commun")
    assert minutes(proposal) == {
        ("Ida", "2026-05"): 720, ("Bo", "2026-05"): 480, ("Ida", "2026-06"): 240, ("Bo", "2026-06"): 180
    }  # fmt: skip


def test_a_month_without_sales_in_a_column_of_months_is_no_heading() -> None:
    rows = ("Mois;Ventes HT;TVA", "Avril 2026;40,00;8,00", "Mai 2026;;", "Juin 2026;50,00;10,00")
    proposal, _ = read(table("ventes.csv", *rows), HOURS, sold="")
    if proposal.reading is not None:
        assert sales(proposal) == {"2026-04": 4_000, "2026-06": 5_000}
    assert not any("écrit au-dessus" in each for each in proposal.heeded)
