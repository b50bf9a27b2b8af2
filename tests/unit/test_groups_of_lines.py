"""Lists that a program wrote by groups: the line that sums up its lines is none, and they keep its name."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

EACH = {("Iris", "2026-09"): 375, ("Omar", "2026-09"): 180}


@pytest.mark.parametrize(("first", "second"), [("Iris (2)", "Omar (1)"), ("Iris", "Omar")])
@pytest.mark.parametrize("total", [(), ("Total;;;9,25",)])
def test_the_lines_of_a_group_are_those_of_whom_it_names(first: str, second: str, total: tuple[str, ...]) -> None:
    rows = ("Employé;Date;Projet;Temps passé", f"{first};;;6,25", ";02/09/2026;Halle;2,5", ";03/09/2026;Halle;3,75",
            f"{second};;;3", ";03/09/2026;Halle;3", *total)  # fmt: skip
    proposal, asked = read(table("temps.csv", *rows))
    assert minutes(proposal) == EACH
    assert asked == ["personnes.cape"]
    assert any(f"« {first} » et « {second} » sont les sommes" in each for each in proposal.heeded)


def test_sums_in_several_units_are_those_of_the_lines_below() -> None:
    rows = ("User,Project,Client,Time (h),Time (decimal)", "Iris,,,06:15:00,6.25", ",Halle,Sud,05:00:00,5.00",
            ",Interne,,01:15:00,1.25", "Omar,,,03:00:00,3.00", ",Halle,Sud,03:00:00,3.00")  # fmt: skip
    name = "Summary_09_01_2026-09_30_2026.csv"
    proposal, asked = read(table(name, *rows), genre="commun")
    assert minutes(proposal) == EACH
    assert "personne.vides" not in asked


def test_what_does_not_add_up_is_asked_about() -> None:
    rows = ("Employé;Date;Projet;Temps passé", "Iris;02/09/2026;Halle;6,25", ";03/09/2026;Halle;2,5", ";;Halle;3,75")
    _, asked = read(table("temps.csv", *rows))
    assert "personne.vides" in asked


def test_groups_whose_lines_say_their_own_name_keep_it() -> None:
    rows = ("Client;Numéro;Date;Montant HT;TVA", "Mairie (2);;;30,00;6,00", "Mairie;F1;02/09/2026;10,00;2,00",
            "Mairie annexe;F2;03/09/2026;20,00;4,00")  # fmt: skip
    proposal, _ = read(
        table("factures.csv", *rows),
        table("heures.csv", "personne;date;genre;duree", "Iris;02/09/2026;commun;3h"),
        sold="",
    )
    assert sales(proposal) == {"2026-09": 3_000}
    assert proposal.reading is not None
    assert {each.customer for each in proposal.reading.book.orders} == {"Mairie", "Mairie annexe"}


@pytest.mark.parametrize("below", ["Reste en caisse;182,40;;", "Solde banque;1 200,00 €;;", "Fond;50;;"])
def test_a_sum_of_something_else_below_a_table_is_no_line(below: str) -> None:
    spent = table("achats.csv", "Date;Libellé;Montant HT;TVA", "02/09/2026;Terreau;40,00;8,00",
                  "03/09/2026;Pots;20,00;4,00", "", below)  # fmt: skip
    proposal, _ = read(table("heures.csv", "personne;date;genre;duree", "Iris;02/09/2026;commun;3h"), spent)
    assert proposal.reading is not None, proposal.refusal
    assert [each.before_tax for each in proposal.reading.book.costs] == [4_000, 2_000]
    assert any("est écrit sous le tableau" in each for each in proposal.heeded)


def test_people_after_an_empty_line_are_people() -> None:
    rows = ("Nom;septembre 2026", "Iris;3", "Omar;2", "", "Lou;4")
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == {("Iris", "2026-09"): 180, ("Omar", "2026-09"): 120, ("Lou", "2026-09"): 240}


@pytest.mark.parametrize(("mine", "told"), [("32", False), ("33", True)])
def test_the_total_of_somebody_is_that_of_her_lines(mine: str, told: bool) -> None:
    rows = ("Personne;Type;janv. 2026;Total", "Iris;Atelier;20;20", ";Réunion;4;4", "Total Iris;;24;24",
            "Omar;Atelier;30;30", ";Réunion;2;2", f"Total Omar;;{mine};{mine}", "TOTAL;;56;56")  # fmt: skip
    proposal, _ = read(table("heures.csv", *rows), genre="prestation", duree_unite="h")
    assert minutes(proposal) == {("Iris", "2026-01"): 1_440, ("Omar", "2026-01"): 1_920}
    assert any("ce total dit" in each for each in proposal.heeded) == told
