"""What is only planned, awaited, refused or cancelled: hours, payments, purchases; asked, left out and told."""

from __future__ import annotations

import pytest

from kpa_model.files.book.book_reader import Reading, read_files
from tests.given_tables import minutes, read, sales, table

DONE = "Lou;02/09/2026;2h;"
DAYS = [("Statut", "Fait", "À faire"), ("État", "réalisée", "planifiée"), ("Status", "Done", "Scheduled"),
        ("Type", "Réalisé", "Prévu"), ("Fait", "oui", "non"), ("Statut", "validé", "reporté")]  # fmt: skip


@pytest.mark.parametrize(("title", "done", "planned"), DAYS)
def test_hours_that_are_only_planned_are_asked_about(title: str, done: str, planned: str) -> None:
    lines = (f"Qui;Le;Durée;{title}", f"{DONE}{done}", f"Ana;28/09/2026;5h;{planned}", f"Ana;03/09/2026;1h;{done}")
    proposal, asked = read(table("heures.csv", *lines), heures_validees="non")
    assert "heures.validees" in asked
    assert minutes(proposal) == {("Lou", "2026-09"): 120, ("Ana", "2026-09"): 60}
    assert any(f"« {planned} »" in each or "dit non" in each for each in proposal.heeded)
    kept, _ = read(table("heures.csv", *lines), heures_validees="oui")
    assert minutes(kept) == {("Lou", "2026-09"): 120, ("Ana", "2026-09"): 360}


def test_a_list_where_all_is_planned_is_asked_about() -> None:
    lines = ("Qui;Le;Temps passé;Statut", f"{DONE}prévu", "Lou;03/09/2026;3h;")
    _, asked = read(table("heures.csv", *lines))
    assert "heures.validees" in asked
    _, asked = read(table("heures.csv", *lines[:2]))
    assert "heures.validees" in asked


BOOK = {
    "personnes.csv": "Nom choisi par le groupe;Statut;Début\nLou;cape;01/09/2024",
    "commandes.csv": "Numéro de la commande;Ce qui est demandé;Date de la commande;Client\nC1;Table;01/09/2026;Bar",
    "factures.csv": "Numéro de la facture;Commande facturée;Ce qui est facturé;Date de la facture;Montant hors taxes;"
    "Taux de TVA\nF1;C1;Table;05/09/2026;1000,00;20 %",
}


def _book(**others: str) -> Reading:
    files = BOOK | {f"{name}.csv": text for name, text in others.items()}
    return read_files([table(name, text) for name, text in files.items()], "Essai")


HOURS = "Personne;Jour;Genre de travail;Durée;Pour quelle commande;État\nLou;02/09/2026;prestation;3h;C1;validé\n"


@pytest.mark.parametrize("state", ["annulée", "Refusé", "rejeté"])
def test_the_strict_reader_leaves_out_hours_that_were_refused_and_tells_them(state: str) -> None:
    reading = _book(heures=f"{HOURS}Lou;04/09/2026;prestation;5h;C1;{state}")
    assert sum(each.minutes for each in reading.book.hours) == 180
    assert f"« {state} » (1 ligne)" in " ".join(map(str, reading.notes)).replace("\xa0", " ")


PAID = "Facture payée;Date du paiement;Montant reçu, TVA comprise;État\nF1;10/09/2026;700,00;"


@pytest.mark.parametrize("state", ["à venir", "En attente", "Attendu", "prévue", "Impayé", "À encaisser"])
def test_money_that_is_awaited_did_not_come(state: str) -> None:
    reading = _book(encaissements=f"{PAID}Reçu\nF1;28/09/2026;500,00;{state}")
    assert sum(each.amount for each in reading.book.payments) == 70_000
    told = " ".join(map(str, reading.notes))
    assert f"« {state} »" in told
    assert "« Reçu »" not in told


def test_an_invoice_to_come_is_no_sale() -> None:
    hours = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
    head = "N°;Date;Client;HT;TVA;État"
    lines = ("1;07/09/2026;Bar;300,00;60,00;Émise", "2;28/09/2026;Bar;100,00;20,00;Prévue",
             "3;28/09/2026;Bar;50,00;10,00;À facturer")  # fmt: skip
    proposal, _ = read(hours, table("factures.csv", head, *lines), sold="")
    assert sales(proposal) == {"2026-09": 30_000}


def test_a_state_of_hours_that_nobody_knows_is_told_and_an_absence_is_no_work() -> None:
    lines = ("Qui;Le;Durée;Statut", f"{DONE}Fait", "Lou;03/09/2026;3h;À cheval", "Lou;04/09/2026;4h;Absente excusée")
    proposal, _ = read(table("heures.csv", *lines))
    assert minutes(proposal) == {("Lou", "2026-09"): 300}
    told = " ".join(proposal.heeded).replace("\xa0", " ")
    assert "« Statut » dit « À cheval » (1 ligne). Ces heures comptent" in told
    assert "« Absente excusée » (1 ligne) : cette ligne n'est pas du travail" in told
    assert "« Fait »" not in told


def test_what_people_are_is_no_state_of_their_hours() -> None:
    proposal, _ = read(table("heures.csv", "Qui;Le;Durée;Statut", f"{DONE}CAPE", "Ana;03/09/2026;3h;Salariée"))
    assert not any("Ces heures comptent" in each for each in proposal.heeded)


@pytest.mark.parametrize("title", ["Validé par", "Approuvé par", "Validée par"])
def test_hours_that_somebody_refused_are_left_out_whoever_agreed_to_others(title: str) -> None:
    lines = (f"Qui;Le;Durée;{title}", f"{DONE}Ana", "Lou;03/09/2026;3h;Refusées", "Lou;04/09/2026;4h;")
    proposal, _ = read(table("heures.csv", *lines), heures_validees="oui")
    assert minutes(proposal)["Lou", "2026-09"] == 120 + 240
    assert any("n'est pas du travail" in each for each in proposal.heeded)
