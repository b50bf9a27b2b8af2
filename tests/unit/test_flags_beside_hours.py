"""Flags, rates and amounts beside the time of each line are no time, nor kinds of work."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, table

WORKED = {("Ondine", "2026-09"): 150, ("Piotr", "2026-09"): 60}


@pytest.mark.parametrize(
    ("titles", "first", "second"),
    [("Facturable;Exporté", "1;0", "0;0"), ("Taux facturable;Prix interne", "12;0", "8;0"),
     ("Salaire;Salaire interne;Facturable", "0;0;1", "0;0;1"), ("Facturable ?;Montant facturable", "Oui;30", "Non;0"),
     ("Taux horaire (EUR);Prix / h", "12,5;4", "8;4"), ("Facturé;Billable", "1;1", "0;1"), ("Facturé ?", "Non", "Non"),
     ("Client;Facture ?", "Foyer;Oui", "Foyer;Pas encore")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("time", "long", "short"),
    [("Durée", "2:30", "1:00"), ("Heures", "2,5", "1"), ("Nb heures réalisées", "2,5", "1"),
     ("Début;Fin", "08:00;10:30", "09:00;10:00")],
)  # fmt: skip
def test_what_stands_beside_a_time_is_no_time(
    titles: str, first: str, second: str, time: str, long: str, short: str
) -> None:
    rows = (f"Date;Prénom;{time};{titles}", f"02/09/2026;Ondine;{long};{first}", f"03/09/2026;Piotr;{short};{second}")
    proposal, asked = read(table("heures.csv", *rows))
    assert minutes(proposal) == WORKED
    assert {*asked} <= {"genre", "personnes.cape"}


def test_amounts_beside_kinds_of_work_are_told() -> None:
    rows = ("Date;Qui;Réunion;Chantier;Frais;Montant facturable", "02/09/2026;Ondine;1;1,5;12;40",
            "03/09/2026;Piotr;0,5;0,5;6;20")  # fmt: skip
    proposal, _ = read(table("heures.csv", *rows))
    assert minutes(proposal) == WORKED
    assert any("« Frais » (18,00" in each and "« Montant facturable » (60,00" in each for each in proposal.heeded)


@pytest.mark.parametrize("total", ["Durée", "Total"])
def test_columns_that_make_the_time_are_its_parts(total: str) -> None:
    rows = (f"Date;Qui;Facturable;Non facturable;{total}", "02/09/2026;Ondine;1,5;1;2,5", "03/09/2026;Piotr;0,5;0,5;1")
    proposal, _ = read(table("heures.csv", *rows), genre="commun")
    assert minutes(proposal) == WORKED
    assert proposal.reading is not None
    kinds = [(str(each.kind), each.minutes) for each in proposal.reading.book.hours]
    assert kinds == [("prestation", 90), ("commun", 60), ("prestation", 30), ("commun", 30)]


def test_the_french_export_of_kimai_is_read_without_a_question() -> None:
    head = ("Date,Début,Fin,Durée,Salaire,Salaire interne,Nom d'utilisateur,Nom,Client,Projet,Activité,Description,"
            "Facturable,Exporté,Étiquettes,Taux horaire,Taux fixe,Type")  # fmt: skip
    rows = ("2026-09-02,08:00,10:30,2:30,0,0,ondine,Ondine,Mairie,Affiches,Dessin,,1,0,,0,,timesheet",
            "2026-09-03,09:00,10:00,1:00,0,0,p.zak,Piotr,Collectif,Groupe,Réunion,,0,0,,0,,timesheet")  # fmt: skip
    proposal, asked = read(table("export.csv", head, *rows))
    assert minutes(proposal) == WORKED
    assert asked == ["personnes.cape"]
    assert proposal.reading is not None
    assert [str(each.kind) for each in proposal.reading.book.hours] == ["prestation", "commun"]
