"""Lines that nobody ticked under « Validée », where others are: invoices and hours are asked about, others are told."""

from __future__ import annotations

import pytest

from tests.given_tables import minutes, read, sales, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
WAYS = [
    ("Validée", "x"),
    ("Vérifié ?", "oui"),
    ("Approuvée par", "Lou"),
    ("Validée le", "12/09/2026"),
    ("Visa", "✓"),
    ("Bon à payer", "oui"),
    ("Date de validation", "12/09/2026"),
    ("Vu par", "Lou"),
]


def _sold(title: str, yes: str, state: str = "") -> str:
    head = f"N°;Date;Client;Montant HT;TVA;{title}{';Statut' if state else ''}"
    end = f";{state}" if state else ""
    return f"{head}\n1;07/09/2026;Bar;300,00;20 %;{yes}{end}\n2;08/09/2026;Bar;100,00;20 %;{end}"


@pytest.mark.parametrize(("title", "yes"), WAYS)
def test_an_invoice_not_ticked_where_others_are_is_asked_about(title: str, yes: str) -> None:
    topic = next(each for each in read(HOURS, sold=_sold(title, yes))[1] if each.startswith("etat."))
    proposal, _ = read(HOURS, sold=_sold(title, yes), **{topic.replace(".", "_"): "non"})
    assert sales(proposal) == {"2026-09": 30_000}
    assert any("« rien sous" in each and "100,00" in each for each in proposal.heeded)


def test_its_own_state_says_more_than_an_empty_cell() -> None:
    proposal, asked = read(HOURS, sold=_sold("Validée", "x", "Payée"))
    assert not any(each.startswith("etat.") for each in asked)
    assert sales(proposal) == {"2026-09": 40_000}


@pytest.mark.parametrize(("title", "yes"), WAYS)
def test_hours_that_nobody_ticked_are_asked_about(title: str, yes: str) -> None:
    worked = table(
        "heures.csv", f"Date;Qui;Heures;Genre;{title}", f"07/09/2026;Awa;4h;commun;{yes}", "08/09/2026;Awa;3h;commun;"
    )
    assert minutes(read(worked, heures_validees="oui")[0]) == {("Awa", "2026-09"): 420}
    proposal, asked = read(worked)
    assert "heures.validees" in asked
    assert minutes(proposal) == {("Awa", "2026-09"): 240}
    assert any(f"« {title} » est vide" in each for each in proposal.heeded)


def test_purchases_that_nobody_ticked_count_and_are_told() -> None:
    head, lines = "Date;Fournisseur;HT;TVA;Vérifié", ("07/09/2026;Brico;30;6;x", "08/09/2026;Brico;40;8;")
    proposal, _ = read(HOURS, table("achats.csv", head, *lines))
    assert proposal.reading is not None
    assert [each.before_tax for each in proposal.reading.book.costs] == [3_000, 4_000]
    assert any(
        "« rien sous Vérifié » : 1 ligne (3) compte quand même" in each.replace("\xa0", " ") for each in proposal.heeded
    )


def test_an_empty_column_says_nothing() -> None:
    proposal, asked = read(HOURS, sold=_sold("Validée", ""))
    assert sales(proposal) == {"2026-09": 40_000}
    assert not any(each.startswith("etat.") for each in asked)


@pytest.mark.parametrize("state", ["Litige", "À payer", "Unpaid"])
def test_an_order_that_may_fall_is_asked_about(state: str) -> None:
    head = "Numéro;Date;Statut;Client;Montant HT;TVA"
    lines = ("1;07/09/2026;Validé;Bar;300,00;60,00", f"2;08/09/2026;{state};Bar;100,00;20,00")
    asked = read(HOURS, table("commandes.csv", head, *lines), sold="")[1]
    assert any(each.startswith("etat.") for each in asked)
