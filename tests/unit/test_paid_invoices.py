"""A list of invoices that says the money came gives payments, or one question; what is made of nothing is told."""

from __future__ import annotations

from typing import Any

import pytest

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.writing import table_values
from kpa_model.files.importing.past import KeptBook
from kpa_model.files.importing.proposal import ImportProposal, propose
from tests.given_tables import read, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Nadège;02/09/2026;commun;3h")


def invoices(*columns: str) -> GivenFile:
    """Return three invoices of 120 €, 240 € and −60 €, with more columns: each a title, then a cell for each."""
    lines = ["Numéro;Date;Total HT;TVA;Total TTC", "F1;05/09/2026;100,00;20,00;120,00"]
    lines += ["F2;12/09/2026;200,00;40,00;240,00", "F3;30/09/2026;-50,00;-10,00;-60,00"]
    return table(
        "ventes.csv", *(";".join(parts) for parts in zip(lines, *(each.split(";") for each in columns), strict=True))
    )


def payments(proposal: ImportProposal) -> list[tuple[str, str, int]]:
    assert proposal.reading is not None, proposal.refusal
    return [(each.invoice, f"{each.received_on:%d/%m}", each.amount) for each in proposal.reading.book.payments]


@pytest.mark.parametrize(
    "columns",
    [
        ("Date de paiement;20/09/2026;;",),
        ("Date du dernier règlement;20/09/2026;;",),
        ("Dernier encaissement le;20/09/2026;;", "Statut;Payée;En attente;"),
        ("Payée le;20/09/2026;;", "Statut;Payée;En attente;"),
        ("Réglée;le 20/09/2026;non;",),
        ("Statut;Payée le 20/09/2026;Envoyée;Avoir",),
        ("Date de règlement;20/09/2026;prévu le 30/10/2026;",),
    ],
)
def test_a_day_beside_an_invoice_is_its_payment(columns: tuple[str, ...]) -> None:
    proposal, asked = read(HOURS, invoices(*columns), sold="")
    assert payments(proposal) == [("F1", "20/09", 12_000)]
    assert "reglement.jour" not in asked


@pytest.mark.parametrize(
    "columns", [("Réglée;oui;non;",), ("Payé ?;x;;",), ("État;Réglée;En attente;",), ("Reste dû;0,00;240,00;-60,00",)]
)
def test_paid_without_a_day_asks_once_which_day(columns: tuple[str, ...]) -> None:
    proposal, asked = read(HOURS, invoices(*columns), sold="")
    assert asked.count("reglement.jour") == 1
    assert payments(proposal) == [("F1", "05/09", 12_000)]
    due = invoices(*columns, "Échéance;15/10/2026;15/10/2026;15/10/2026")
    assert payments(read(HOURS, due, sold="", reglement_jour="echeance")[0]) == [("F1", "15/10", 12_000)]
    unknown, _ = read(HOURS, invoices(*columns), sold="", reglement_jour="inconnu")
    assert payments(unknown) == []
    assert any("120,00" in note and "Aucun paiement" in note for note in unknown.heeded)


def test_what_is_left_to_pay_gives_the_part_that_came() -> None:
    proposal, _ = read(HOURS, invoices("Reste dû;0;140,00;-60,00", "Date de paiement;20/09/2026;21/09/2026;"), sold="")
    assert payments(proposal) == [("F1", "20/09", 12_000), ("F2", "21/09", 10_000)]
    proposal, _ = read(HOURS, invoices("Montant réglé;120,00;100,00;", "Payée le;20/09/2026;21/09/2026;"), sold="")
    assert payments(proposal) == [("F1", "20/09", 12_000), ("F2", "21/09", 10_000)]


def test_paid_in_part_without_an_amount_is_told() -> None:
    proposal, _ = read(HOURS, invoices("Statut;Payée;Payée en partie;", "Payée le;20/09/2026;;"), sold="")
    assert payments(proposal) == [("F1", "20/09", 12_000)]
    assert any("« F2 »" in note and "en partie" in note for note in proposal.unread)


def test_a_bank_statement_is_stronger_than_the_list() -> None:
    bank = table(
        "banque.csv", "Date;Libellé;Débit;Crédit", "22/09/2026;VIR F1;;120,00", "24/09/2026;CB COURSES;-86,40;"
    )
    proposal, _ = read(HOURS, invoices("Date de paiement;20/09/2026;;"), bank, sold="")
    assert payments(proposal) == [("F1", "22/09", 12_000)]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Date;Libellé;Débit;Crédit",
            "22/09/2026;VIR F1;;120,00",
            "24/09/2026;CB COURSES;-86,40;",
            "25/09/2026;LOYER;350,00;",
        ),
        (
            "Date;Libellé;Montant",
            "22/09/2026;VIR F1;120,00",
            "24/09/2026;CB COURSES;-86,40",
            "25/09/2026;LOYER;-350,00",
        ),
    ],
)
def test_money_that_leaves_a_statement_is_told_with_its_sum(lines: tuple[str, ...]) -> None:
    proposal, _ = read(HOURS, invoices("Note;;;"), table("relevé de banque.csv", *lines), sold="")
    assert payments(proposal) == [("F1", "22/09", 12_000)]
    told = [note.replace("\xa0", " ") for note in proposal.unread]
    assert any("436,40 €" in note and "CB COURSES 86,40 €" in note for note in told)


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("espèces", 24_000), ("chèque n° 4550123", 24_000), ("CB", 24_000), ("virement", 24_000),
        ("acompte 100", 10_000), ("acompte de 100,50 €", 10_050), ("reste 40", 20_000), ("50 %", 12_000),
        ("la moitié", 12_000),
    ],
)  # fmt: skip
def test_how_somebody_paid_or_which_part_gives_the_amount_and_asks_the_day(said: str, amount: int) -> None:
    proposal, asked = read(HOURS, invoices(f"Payé;;{said};"), sold="")
    assert payments(proposal) == [("F2", "12/09", amount)]
    assert asked.count("reglement.jour") == 1
    dated, _ = read(HOURS, invoices(f"Payé;;{said} le 18/09;"), sold="")
    assert payments(dated) == [("F2", "18/09", amount)]


@pytest.mark.parametrize("said", ["voir Lou", "chq 455", "oui 50", "chèque prévu le 30/10", "bientôt"])
def test_what_is_neither_yes_nor_no_is_told_first_with_what_it_weighs(said: str) -> None:
    proposal, _ = read(HOURS, invoices(f"Payé;oui;{said};"), sold="")
    assert payments(proposal) == [("F1", "05/09", 12_000)]
    assert [each for each in proposal.unread if f"« {said} »" in each and "240,00" in each]


@pytest.mark.parametrize("said", ["non", "en attente", "chèque à encaisser", "pas encore", "-"])
def test_what_says_that_no_money_came_needs_no_word(said: str) -> None:
    proposal, _ = read(HOURS, invoices(f"Payé;oui;{said};"), sold="")
    assert payments(proposal) == [("F1", "05/09", 12_000)]
    assert not proposal.unread


def test_a_credit_note_that_the_customer_took_off_moves_no_money() -> None:
    bank = table("releve.csv", "Date;Libellé;Crédit;Débit", "25/09/2026;VIR FA2;180,00;", "26/09/2026;FA1;120,00;")
    told = invoices("Client;École;Mairie;Mairie", "Statut;Payée;Payée;Soldée").data.decode().replace("\nF", "\nFA")
    proposal, asked = read(HOURS, bank, table("ventes.csv", told), sold="")
    assert sorted(payments(proposal)) == [
        ("FA1", "26/09", 12_000), ("FA2", "25/09", 18_000), ("FA2", "30/09", 6_000), ("FA3", "30/09", -6_000),
    ]  # fmt: skip
    assert "reglement.jour" not in asked
    assert any("l'avoir « FA3 »" in each for each in proposal.heeded)


def test_a_code_on_the_invoices_of_every_customer_is_no_order() -> None:
    proposal, _ = read(HOURS, invoices("Client;École;Mairie;Mairie", "Code analytique;GR1;GR1;GR1"), sold="")
    assert proposal.reading is not None
    assert {each.order for each in proposal.reading.book.lines} == {"F1", "F2", "F3"}
    assert any("« GR1 » est le même pour tous les clients" in each for each in proposal.heeded)


def months(answer: str, topic_answer: str = "facture") -> tuple[ImportProposal, list[str], ImportProposal]:
    """Give a list in which F2 is not paid, then the same one in which it is; answer what is asked the second time."""
    first, _ = read(HOURS, invoices("Réglée;oui;non;"), sold="", reglement_jour=topic_answer)
    held = KeptBook(table_values(first.reading.book), given_by_file(first))
    novembre = table("heures.csv", "personne;date;genre;duree", "Nadège;03/11/2026;commun;2h")
    later = [novembre, invoices("Réglée;oui;oui;", "Échéance;;12/10/2026;")]
    recipe, asked = first.recipe.lasting, list[str]()
    while (second := propose(later, "Essai", recipe, Findings(), held)).questions:
        (question, *_), said = second.questions, [value for value, _ in second.questions[0].doubt.options]
        assert len(asked) < 5
        asked.append(question.doubt.topic)
        recipe = second.answer(question, answer if question.doubt.topic == "depuis.reglement" else "|".join(said))
    held = KeptBook(table_values(second.reading.book), given_by_file(first, second))
    return second, asked, propose(later, "Essai", second.recipe.lasting, Findings(), held)


def given_by_file(*proposals: ImportProposal) -> dict[str, dict[str, list[dict[str, Any]]]]:
    given: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for proposal in proposals:
        for name, change in proposal.merged.changes.items():
            for values in change.added:
                given.setdefault(proposal.source_of(name, values), {}).setdefault(name, []).append(dict(values))
    return given


@pytest.mark.parametrize(("answer", "day"), [("30/11/2026", "30/11"), ("20/11/2026", "20/11")])
def test_an_invoice_that_the_book_held_unpaid_was_paid_since_and_keeps_that_day(answer: str, day: str) -> None:
    second, asked, third = months(answer)
    assert asked == ["depuis.reglement"]
    assert payments(second) == [("F1", "05/09", 12_000), ("F2", day, 24_000)]
    assert not third.questions  # the same list once more: nothing moves
    assert payments(third) == payments(second)


def test_who_never_noted_the_days_is_not_asked_each_month() -> None:
    second, asked, _ = months("30/11/2026", topic_answer="inconnu")
    assert asked == []
    assert payments(second) == []


def test_the_last_month_of_the_files_is_proposed_and_not_remembered_for_the_next() -> None:
    second, _, _ = months("inconnu")
    assert payments(second) == [("F1", "05/09", 12_000)]
    assert "depuis.reglement" not in str(second.recipe.lasting)
    first, _ = read(HOURS, invoices("Réglée;oui;non;"), sold="")
    held = KeptBook(table_values(first.reading.book), given_by_file(first))
    again = propose([HOURS, invoices("Réglée;oui;oui;")], "Essai", first.recipe.lasting, Findings(), held)
    (question,) = again.questions
    assert "F2" in question.doubt.question
    assert question.doubt.options[0] == ("30/09/2026", "le dernier jour de septembre 2026")


def test_a_number_that_looks_like_a_day_stays_as_it_is_written() -> None:
    listed = table("ventes.csv", "n°;date;client;HT;TVA", "1/10;08/10/2026;Mairie;70;14", "2/10;16/10/2026;Lune;50;10")
    proposal, _ = read(HOURS, listed, sold="")
    assert proposal.reading is not None
    assert [each.invoice for each in proposal.reading.book.lines] == ["1/10", "2/10"]


@pytest.mark.parametrize("title", ["Reçu", "Montant reçu", "Déjà reçu"])
@pytest.mark.parametrize(("said", "amount"), [("150,00", 15_000), ("0,00", 0), ("oui", 36_000), ("non", 0), ("", 0)])
def test_what_was_received_of_an_invoice_is_read(title: str, said: str, amount: int) -> None:
    lines = (f"N°;Date;Client;Montant HT;TVA;TTC;{title}", f"V1;02/09/2026;Foyer;300,00;60,00;360,00;{said}",
             "V2;03/09/2026;MJC;50,00;10,00;60,00;")  # fmt: skip
    worked = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
    proposal, _ = read(worked, table("ventes.csv", *lines), sold="")
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.amount for each in proposal.reading.book.payments) == amount
    assert not proposal.unread
