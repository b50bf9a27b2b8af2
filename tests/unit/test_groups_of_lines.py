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


WORKED = {("Ondine Le Goff", "2026-09"): 300, ("Piotr", "2026-09"): 60}


@pytest.mark.parametrize(
    "rows",
    [
        ("Utilisateur;Jour;Projet;Durée", "Ondine Le Goff (2);;;5", ";01/09/2026;Affiches;3,5",
         ";02/09/2026;Fresque;1,5", "Piotr (1);;;1", ";02/09/2026;Fresque;1"),
        ("Jour;Projet;Durée", "Ondine Le Goff (2);;5", "01/09/2026;Affiches;3,5", "02/09/2026;Fresque;1,5",
         "Piotr (1);;1", "02/09/2026;Fresque;1"),
        ("Utilisateur;Jour;Projet;Durée", "Ondine Le Goff (2);;;5", "Affiches (1);;;3,5", ";01/09/2026;Affiches;3,5",
         "Fresque (1);;;1,5", ";02/09/2026;Fresque;1,5", "Piotr (1);;;1", "Fresque (1);;;1", ";02/09/2026;Fresque;1"),
        ("Salarié;Jour;Projet;Durée", "Ondine Le Goff;;;5:00", ";01/09/2026;Affiches;3:30",
         ";02/09/2026;Fresque;1:30", "Piotr;;;1:00", ";02/09/2026;Fresque;1:00"),
        ("Salarié;Projet;Jour;Durée", "Ondine Le Goff;;;5:00", ";Affiches;;3:30", ";;01/09/2026;3:30",
         ";Fresque;;1:30", ";;02/09/2026;1:00", ";;03/09/2026;0:30", "Piotr;;;1:00", ";Fresque;;1:00",
         ";;02/09/2026;1:00"),
        ("Projet;Client;Qui;Jour;Durée;Durée (décimale)", "Affiches;Théâtre;;;4:30:00;4,5",
         ";;Ondine Le Goff;01/09/2026;3:30:00;3,5", ";;Piotr;02/09/2026;1:00:00;1",
         "Fresque;;;;1:30:00;1,5", ";;Ondine Le Goff;02/09/2026;1:30:00;1,5"),
    ],
    ids=["empty column", "no column", "groups in groups", "no count", "three levels", "by project"],
)  # fmt: skip
def test_groups_give_their_name_to_their_lines(rows: tuple[str, ...]) -> None:
    proposal, asked = read(table("heures.csv", *rows))
    assert minutes(proposal) == WORKED
    assert {*asked} <= {"genre", "personnes.cape"}
    assert any("somme" in each and "pas lue" in each for each in proposal.heeded)


def test_a_line_above_others_that_is_not_their_sum_is_a_line() -> None:
    rows = ("Qui;Projet;Jour;Durée", "Piotr;;01/09/2026;2", ";Affiches;02/09/2026;1,5")
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Piotr", "2026-09"): 210}


def test_the_lines_of_an_invoice_below_its_sum_are_its_lines() -> None:
    rows = ("Numéro;Date;Client;Désignation;Montant HT;TVA", "F7;05/09/2026;Théâtre;;700,00;140,00",
            ";;;Affiche;400,00;80,00", ";;;Fresque;300,00;60,00", "F8;06/09/2026;Mairie;;90,00;18,00",
            ";;;Affiche;90,00;18,00")  # fmt: skip
    worked = table("heures.csv", "Jour;Qui;Durée", "02/09/2026;Piotr;1h")
    proposal, _ = read(table("ventes.csv", *rows), worked, sold="")
    assert sales(proposal) == {"2026-09": 79_000}


@pytest.mark.parametrize(
    ("rows", "worked"),
    [(("Client;Jour;Qui;Durée", "Théâtre (2);;;5", ";01/09/2026;Piotr;3,5", ";02/09/2026;Piotr;1,5"), 300),
     (("Jour;Qui;Durée", "septembre 2026 (2);;5", "01/09/2026;Piotr;3,5", "02/09/2026;Piotr;1,5"), 300),
     (("Qui;Jour;Quoi;Durée", "Piotr;01/09/2026;Affiches;2", ";02/09/2026;Fresque;2"), 240),
     (("Jour;Qui;Quoi;Durée", "01/09/2026;Piotr;;2", ";Piotr;Fresque;2"), 240)],
    ids=["customer", "month", "merged", "one day"],
)  # fmt: skip
def test_other_groups_and_other_empty_cells_keep_their_sense(rows: tuple[str, ...], worked: int) -> None:
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Piotr", "2026-09"): worked}


@pytest.mark.parametrize(
    ("top", "bottom"),
    [("Report août", "À reporter"), ("Report de la page 1", "Total à reporter"), ("À nouveau", "Reporté page 3")],
)
def test_a_sum_carried_from_page_to_page_is_no_line(top: str, bottom: str) -> None:
    rows = ("Jour;Qui;Durée;Quoi", f"{top};Piotr;18;", "01/09/2026;Piotr;3,5;Affiches", "02/09/2026;Piotr;1;Reportage",
            f"{bottom};Piotr;22,5;")  # fmt: skip
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Piotr", "2026-09"): 270}
    assert any(f"« {top} » (Piotr 18) est une somme d'une page à l'autre" in each for each in proposal.heeded)
    assert sum("d'une page à l'autre" in each for each in proposal.heeded) == 2


def test_a_sum_carried_over_columns_of_people_is_no_line() -> None:
    rows = ("Jour;Iris;Omar", "Report;12;7", "01/09/2026;3;2", "02/09/2026;1;4", "À reporter;16;13")
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Iris", "2026-09"): 240, ("Omar", "2026-09"): 360}


def test_work_named_as_what_is_carried_is_work() -> None:
    rows = ("Quoi;Jour;Qui;Durée", "Report photo;01/09/2026;Iris;2", "Reportage;02/09/2026;Iris;1")
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == {("Iris", "2026-09"): 180}


@pytest.mark.parametrize("last", [";;;4,25;", ";;;4h15;102,00", ";;;4:15;102"])
def test_a_last_line_without_a_word_that_is_the_sum_of_the_others_is_a_total(last: str) -> None:
    lines = ("Jour;Qui;Projet;Durée;Valeur", "02/09/2026;Iris;Halle;2h30;60,00", "03/09/2026;Omar;Halle;1h45;42,00")
    proposal, asked = read(table("temps.csv", *lines, last))
    assert not any(topic.endswith(".vides") for topic in asked)
    assert minutes(proposal) == {("Iris", "2026-09"): 150, ("Omar", "2026-09"): 105}
    assert any("ligne 4" in note and "c'est la somme des lignes au-dessus" in note for note in proposal.heeded)


def test_a_last_line_without_a_word_that_is_no_sum_is_still_asked_about() -> None:
    lines = ("Jour;Qui;Projet;Durée", "02/09/2026;Iris;Halle;2h30", "03/09/2026;Omar;Halle;1h45", ";;;1h")
    _, asked = read(table("temps.csv", *lines))
    assert "personne.vides" in asked or "date.vides" in asked
