"""What says from around that lines may not count: the name of their list, a line above them, a column that points."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table, workbook

HOURS = table("heures.csv", "Date;Personne;Heures", "02/10/2026;Zélie;4")
HEAD = ["N°", "Date", "Client", "HT", "TVA", "TTC"]
SOLD = [HEAD, ["F1", "02/10/2026", "Mairie", 100, 20, 120], ["F2", "03/10/2026", "Lycée", 300, 60, 360]]
MORE = [HEAD, ["F9", "05/10/2026", "Halles", 250, 50, 300]]


@pytest.mark.parametrize("name", ["Brouillons", "Annulées", "Factures annulées", "Modèles", "Anciens", "Proforma oct"])
def test_invoices_put_away_in_a_sheet_of_their_own_are_asked_about(name: str) -> None:
    for said, cents in (("non", 400_00), ("oui", 650_00)):
        given = workbook("oct.xlsx", {"Envoyées": SOLD, name: MORE})
        _, first = read(given, HOURS, sold="")
        topics = [each for each in first if each.startswith("prevu.")]
        proposal, asked = read(given, HOURS, sold="", **{each.replace(".", "_"): said for each in topics})
        assert len(topics) == 1
        assert topics[0] in asked
        assert sales(proposal) == {"2026-10": cents}


@pytest.mark.parametrize("name", ["factures_annulees.csv", "brouillons octobre.csv"])
def test_a_file_of_its_own_too(name: str) -> None:
    lists = {"factures.csv": SOLD, name: MORE}
    given = [table(each, *(";".join(map(str, row)) for row in rows)) for each, rows in lists.items()]
    proposal, asked = read(*given, HOURS, sold="")
    assert any(each.startswith("prevu.") for each in asked)
    assert sales(proposal) == {"2026-10": 400_00}


@pytest.mark.parametrize("name", ["Congés", "Récup", "Annulé", "Brouillon", "Absences"])
def test_hours_in_a_sheet_of_days_off(name: str) -> None:
    head = ["Nom", "Date", "Heures"]
    worked, off = [head, ["Yaël", "02/10/2026", 6]], [head, ["Yaël", "05/10/2026", 7]]
    proposal, asked = read(workbook("heures.xlsx", {"Heures": worked, name: off}))
    assert any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Yaël", "2026-10"): 360}


@pytest.mark.parametrize("name", ["Halles", "Atelier", "Octobre", "Heures octobre", "Am", "Ménage"])
def test_a_place_or_a_month_is_no_state(name: str) -> None:
    rows = [["Nom", "Date", "Heures"], ["Yaël", "02/10/2026", 6]]
    proposal, asked = read(workbook("heures.xlsx", {"Bureau": rows, name: [rows[0], ["Yaël", "05/10/2026", 7]]}))
    assert not any(each.startswith("prevu.") for each in asked)
    assert minutes(proposal) == {("Yaël", "2026-10"): 780}


@pytest.mark.parametrize("head", [HEAD, ["Réf.", "Jour", "Pour qui", "Prix HT", "TVA", "Prix TTC"]])
def test_a_state_alone_above_lines_is_theirs(head: list[str]) -> None:
    gone = ["F8", *SOLD[1][1:]]
    rows = [head, ["Factures envoyées"], *SOLD[1:], ["Brouillons"], MORE[1], ["Annulées"], gone]
    lines = [";".join(map(str, [*row, *[""] * (6 - len(row))])) for row in rows]
    proposal, _ = read(table("ventes.csv", *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-10": 400_00}
    assert any("c'est leur état" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    ("title", "said", "others"),
    [
        ("Avoir sur", "F1", ""),
        ("Facture d'origine", "F1", ""),
        ("Annule", "F1", ""),
        ("Sens", "-", "+"),
        ("Type", "AVO", "FAC"),
        ("Nature", "Facture annulée", "Facture"),
    ],
)
@pytest.mark.parametrize("head", [HEAD, ["Réf.", "Jour", "Pour qui", "Prix HT", "TVA", "Prix TTC"]])
def test_an_invoice_that_takes_another_one_back(head: list[str], title: str, said: str, others: str) -> None:
    rows = [[*head, title], *([*row, others] for row in SOLD[1:]), ["X1", "06/10/2026", "Mairie", 100, 20, 120, said]]
    proposal, asked = read(table("ventes.csv", *(";".join(map(str, row)) for row in rows)), HOURS, sold="")
    assert sales(proposal) == {"2026-10": 400_00 if "annulée" in said else 300_00}
    assert ("montant_ht.avoir" in asked) == ("annulée" not in said)
    assert "factures.negatives" not in asked


def test_a_letter_nobody_knows_may_take_back() -> None:
    rows = [
        [*HEAD, "Type"],
        *([*row, "Facture"] for row in SOLD[1:]),
        ["X1", "06/10/2026", "Mairie", 100, 20, 120, "R"],
    ]
    given = table("ventes.csv", *(";".join(map(str, row)) for row in rows))
    for said, cents in (("oui", 500_00), ("non", 400_00), ("moins", 300_00)):
        proposal, asked = read(given, HOURS, sold="", etat_r=said)
        assert sales(proposal) == {"2026-10": cents}
        assert asked.count("etat.r") == 1
        assert "factures.negatives" not in asked


@pytest.mark.parametrize(
    ("name", "title"),
    [("commandes.csv", "État"), ("boutique.csv", "Statut de la commande")],
)
@pytest.mark.parametrize("state", ["En attente", "On hold", "En cours"])
def test_an_order_that_waits_is_asked_about(name: str, title: str, state: str) -> None:
    rows = [[*HEAD, title], *([*row, "Validé"] for row in SOLD[1:]), [*MORE[1], state]]
    given = table(name, *(";".join(map(str, row)) for row in rows))
    topic = "etat." + state.casefold().replace(" ", "")
    proposal, asked = read(given, HOURS, sold="", **{topic.replace(".", "_"): "non"})
    assert asked.count(topic) == 1
    assert sales(proposal) == {"2026-10": 400_00}


def test_an_invoice_that_waits_is_sold() -> None:
    rows = [[*HEAD, "État"], *([*row, "Payée"] for row in SOLD[1:]), [*MORE[1], "En attente"]]
    proposal, asked = read(table("factures.csv", *(";".join(map(str, row)) for row in rows)), HOURS, sold="")
    assert not any(each.startswith("etat.") for each in asked)
    assert sales(proposal) == {"2026-10": 650_00}


@pytest.mark.parametrize("day", ["3 oct. 2026 10:15", "samedi 3 octobre 2026 à 10h15", "3 oct 2026, 10:15:22"])
def test_a_day_with_its_month_in_letters_may_have_an_hour(day: str) -> None:
    rows = [HEAD, ["F1", day, "Mairie", 100, 20, 120]]
    proposal, _ = read(table("factures.csv", *(";".join(map(str, row)) for row in rows)), HOURS, sold="")
    assert proposal.reading is not None
    assert {f"{each.invoiced_on:%d/%m/%Y}" for each in proposal.reading.book.lines} == {"03/10/2026"}
