"""A column that changes what a line says is never set aside: its side, its money, its owner, its clock, its kind."""

from __future__ import annotations

import pytest

from kpa_model.files.book.sources import GivenFile
from kpa_model.files.importing.proposal import ImportProposal
from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Iris;02/07/2026;commun;3h")
BILLS = table(
    "ventes.csv",
    "Numéro;Date;Client;Total HT;TVA;Total TTC",
    "V-71;02/07/2026;Amap Bel Air;100,00;20,00;120,00",
    "V-72;03/07/2026;Lycée Curie;50,00;10,00;60,00",
)


def received(*files: GivenFile) -> tuple[list[tuple[str, str, int]], ImportProposal]:
    proposal, _ = read(HOURS, BILLS, *files, sold="")
    assert proposal.reading is not None, proposal.refusal
    return [(e.invoice, f"{e.received_on:%d/%m}", e.amount) for e in proposal.reading.book.payments], proposal


@pytest.mark.parametrize(
    ("title", "into", "out"),
    [
        ("Sens", "C", "D"),
        ("Débit/Crédit", "Crédit", "Débit"),
        ("Type", "Recette", "Dépense"),
        ("Mouvement", "+", "-"),
        ("Nature", "entrée", "sortie"),
    ],
)
def test_money_that_goes_out_pays_no_invoice(title: str, into: str, out: str) -> None:
    lines = (f"20/07/2026;VIR AMAP V-71;120,00;{into}", f"21/07/2026;REMBOURSEMENT V-72;60,00;{out}")
    paid, proposal = received(table("compte.csv", f"Date;Libellé;Montant;{title}", *lines))
    assert paid == [("V-71", "20/07", 12_000)]
    assert any("60,00" in note and "pas lu" in note for note in proposal.unread)


@pytest.mark.parametrize("money", ["CHF", "USD", "£"])
def test_another_money_is_not_read_as_euros(money: str) -> None:
    lines = (
        "Numéro;Date;Client;Montant HT;TVA;Monnaie",
        "A1;02/07/2026;X;10,00;20 %;EUR",
        f"A2;03/07/2026;Y;90,00;20 %;{money}",
    )
    proposal, _ = read(HOURS, table("ventes.csv", *lines), sold="")
    assert sales(proposal) == {"2026-07": 1_000}
    assert any(money in note and "euros" in note for note in proposal.unread)


def test_lines_of_other_entrepreneurs_are_asked_about() -> None:
    lines = (
        "Enseigne;Numéro;Date;Montant HT;TVA",
        "Les Ruches;R1;02/07/2026;70,00;20 %",
        "Bois Doré;B1;03/07/2026;900,00;20 %",
    )
    proposal, asked = read(HOURS, table("ventes.csv", *lines), sold="", notres="Les Ruches")
    assert "notres" in asked
    assert sales(proposal) == {"2026-07": 7_000}
    assert any("« Bois Doré »" in note for note in proposal.heeded)


def test_hours_of_another_team_are_asked_about_and_a_team_alone_is_who_worked() -> None:
    lines = (
        "Équipe;Prénom;Date;Durée;Genre",
        "Les Ruches;Iris;02/07/2026;2h;commun",
        "Siège;Odile;02/07/2026;7h;commun",
    )
    proposal, _ = read(table("pointage.csv", *lines), BILLS, sold="", notres="Les Ruches")
    assert minutes(proposal) == {("Iris", "2026-07"): 120}
    sheet = (
        "Date;Client;Travail;Prix TTC;Équipe;Heures",
        "02/07/2026;Lycée;Haies;60,00;Iris;2h",
        "03/07/2026;Lycée;Haies;60,00;Jo;1h",
    )
    _, asked = read(table("suivi.csv", *sheet), sold="", taux="20")
    assert "notres" not in asked


@pytest.mark.parametrize("titles", ["Date (UTC);Date (local)", "Date de l'opération (UTC);Autre"])
def test_an_instant_in_utc_is_a_day_in_paris(titles: str) -> None:
    line = "31-07-2026 22:45:00;01-08-2026 00:45:00;VIR V-71;120,00"
    paid, _ = received(table("banque.csv", f"{titles};Libellé;Montant", line))
    assert paid == [("V-71", "01/08", 12_000)]


@pytest.mark.parametrize("title", ["Type pièce", "Nature du document", "Catégorie de pièce", "Type"])
def test_the_words_of_a_column_say_what_was_never_sold(title: str) -> None:
    lines = [f"Numéro;{title};Date;Client;Total HT;Total TVA;Total TTC"]
    for number, kind, amount in (
        ("P1", "Facture", 100),
        ("P2", "Devis", 900),
        ("P3", "Bon de livraison", 40),
        ("P4", "Avoir", -20),
    ):
        lines.append(f"{number};{kind};02/07/2026;Amap;{amount},00;0,00;{amount},00")
    proposal, _ = read(HOURS, table("pieces.csv", *lines), sold="")
    assert sales(proposal) == {"2026-07": 8_000}
    assert any("Devis" in note for note in proposal.heeded)


def test_one_transfer_for_two_short_numbers_and_parts_of_one_are_read() -> None:
    bills = (
        "Numéro;Date;Client;Total HT;TVA",
        "K1;02/07/2026;X;50,00;0 %",
        "K2;02/07/2026;X;30,00;0 %",
        "K3;02/07/2026;Z;40,00;0 %",
    )
    bank = (
        "Date;Libellé;Débit;Crédit",
        "10/07/2026;VIR X K1 K2;;80,00",
        "11/07/2026;Z K3 ACOMPTE;;15,00",
        "12/07/2026;Z K3;;30,00",
    )
    proposal, _ = read(HOURS, table("v.csv", *bills), table("b.csv", *bank), sold="")
    assert proposal.reading is not None
    assert [(e.invoice, e.amount) for e in proposal.reading.book.payments] == [
        ("K1", 5_000), ("K2", 3_000), ("K3", 1_500), ("K3", 2_500),
    ]  # fmt: skip
    assert any("5,00" in note and "de plus" in note for note in proposal.unread)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Type", "Congé payé"),
        ("Statut", "Rejeté"),
        ("Motif", "Arrêt maladie"),
        ("Status", "declined"),
        ("Nature", "férié"),
    ],
)
def test_hours_that_are_no_work_or_were_refused_are_left_out_and_told(title: str, word: str) -> None:
    lines = (f"Prénom;Date;Heures;{title}", "Iris;02/07/2026;3;Travail", f"Iris;03/07/2026;7;{word}")
    proposal, _ = read(table("pointage.csv", *lines), BILLS, sold="", genre="commun")
    assert minutes(proposal) == {("Iris", "2026-07"): 180}
    assert any(f"« {word} »" in note and "pas lue" in note for note in proposal.heeded)


@pytest.mark.parametrize("word", ["Repas", "Déjeuner", "repas du midi", "Lunch", "Coupure midi"])
@pytest.mark.parametrize(("said", "hers"), [("non", 180), ("oui", 240)])
def test_a_meal_among_hours_is_asked_about(word: str, said: str, hers: int) -> None:
    lines = ("Prénom;Date;Heures;Tâche", "Iris;02/07/2026;3;Service", f"Iris;02/07/2026;1;{word}")
    proposal, asked = read(table("pointage.csv", *lines), BILLS, sold="", genre="commun", heures_repas=said)
    assert asked.count("heures.repas") == 1
    assert minutes(proposal) == {("Iris", "2026-07"): hers}
    assert any(f"« {word} »" in note for note in proposal.heeded) == (said == "non")


@pytest.mark.parametrize("words", [("Repas", "Repas"), ("Repas de quartier", "Service"), ("La Pause Café", "Service")])
def test_meals_that_are_the_work_of_the_group_are_not_asked_about(words: tuple[str, str]) -> None:
    lines = ("Prénom;Date;Heures;Tâche", *(f"Iris;0{day}/07/2026;2;{word}" for day, word in enumerate(words, 2)))
    proposal, asked = read(table("pointage.csv", *lines), BILLS, sold="", genre="commun")
    assert "heures.repas" not in asked
    assert minutes(proposal) == {("Iris", "2026-07"): 240}


@pytest.mark.parametrize(("said", "hers"), [("non", 180), ("oui", 600)])
def test_hours_that_nobody_agreed_to_are_asked_about(said: str, hers: int) -> None:
    lines = ("Prénom;Date;Heures;Genre;Validé", "Iris;02/07/2026;3;commun;oui", "Iris;03/07/2026;7;commun;non")
    proposal, asked = read(table("pointage.csv", *lines), BILLS, sold="", heures_validees=said)
    assert "heures.validees" in asked
    assert minutes(proposal) == {("Iris", "2026-07"): hers}


def test_somebody_away_one_day_of_a_grid_takes_no_hours_of_others() -> None:
    grid = table("juillet.csv", "Date;Iris;Jo;Heures", "02/07/2026;3;congé;3", "03/07/2026;1;2;3")
    proposal, _ = read(grid, BILLS, sold="", genre="commun")
    assert minutes(proposal) == {("Iris", "2026-07"): 240, ("Jo", "2026-07"): 120}


def test_a_column_that_says_no_on_every_line_is_not_used_and_asks_nothing() -> None:
    lines = ("Prénom;Date;Heures;Genre;Approved", "Iris;02/07/2026;3;commun;No", "Iris;03/07/2026;7;commun;No")
    proposal, asked = read(table("pointage.csv", *lines), BILLS, sold="")
    assert "heures.validees" not in asked
    assert minutes(proposal) == {("Iris", "2026-07"): 600}


def test_a_purchase_among_sales_is_no_sale_and_a_sale_is_one() -> None:
    lines = ("Type;Numéro;Date;Total HT;Total TVA;Total TTC", "Vente;P1;02/07/2026;100,00;20,00;120,00",
             "Achat;A1;03/07/2026;40,00;8,00;48,00")  # fmt: skip
    proposal, asked = read(HOURS, table("pieces.csv", *lines), sold="")
    assert not any(topic.startswith("etat.") for topic in asked)
    assert sales(proposal) == {"2026-07": 10_000}
    assert any("« Achat »" in note and "pas lue" in note for note in proposal.unread)


def test_hours_that_the_group_says_are_the_same_work_are_refused_no_more() -> None:
    one = table("juin.csv", "Qui;Date;Durée;Genre", "Iris;02/06/2026;2h;commun", "Jo;03/06/2026;1h;commun")
    two = table("été.csv", "Qui;Date;Durée;Genre", "Iris;02/06/2026;2h;commun", "Jo;03/06/2026;1h;commun",
                "Jo;02/07/2026;4h;commun")  # fmt: skip
    proposal, asked = read(one, two, BILLS, sold="", heures_deux_fois="une")
    assert "heures.deux_fois" in asked
    assert minutes(proposal) == {("Iris", "2026-06"): 120, ("Jo", "2026-06"): 60, ("Jo", "2026-07"): 240}
