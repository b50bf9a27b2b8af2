"""What is offered for a table that nothing names, and a book without a sale: taken out, it is read back."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.workbooks import workbook
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import Recipe
from tests.given_tables import minutes, read, table

TYPED: dict[str, list[dict[str, Any]]] = {
    "personnes": [{"personne": who, "statut": "cape", "du": date(2026, 9, 1)} for who in ("Ida", "Noam")],
    "heures": [{"personne": "Ida", "date": date(2026, 9, 8), "genre": "commun", "duree": 135}],
}
WORKED = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Ida;4h;prestation", "08/09/2026;Noam;2h;prestation")


def taken_out(tables: dict[str, list[dict[str, Any]]]) -> GivenFile:
    kept = io.BytesIO()
    workbook(tables).save(kept)
    return GivenFile("carnet.xlsx", kept.getvalue())


def test_a_book_typed_without_any_invoice_is_read_back_and_says_it() -> None:
    proposal, asked = read(taken_out(TYPED), sold="")
    assert asked == []
    assert minutes(proposal) == {("Ida", "2026-09"): 135}
    assert any("la liste des factures est vide" in each for each in proposal.heeded)


def test_hours_alone_and_an_empty_workbook_still_want_their_invoices() -> None:
    assert "rien ne contient les factures" in str(read(WORKED, sold="")[0].refusal)
    assert "rien ne contient les factures" in str(read(taken_out({}), sold="")[0].refusal)


def test_the_empty_workbook_says_obligatory_only_over_what_is() -> None:
    sheet = workbook({}, examples=True)["factures"]
    needed = {sheet.cell(3, at).value: sheet.cell(2, at).value for at in range(1, sheet.max_column + 1)}
    assert not needed["Commande facturée"].startswith("Obligatoire")
    assert [title for title, told in needed.items() if told.startswith("Obligatoire")]


def offered(*lines: str) -> list[str]:
    given = [WORKED, table("tableau.csv", *lines)]
    proposal = propose(given, "Essai", Recipe(), Findings())
    return next(
        [value for value, _ in each.doubt.options] for each in proposal.questions if each.doubt.topic == "table"
    )


def test_people_are_not_the_first_thing_offered_for_amounts_and_months_may_be_nothing() -> None:
    money = offered("Quand;Montant HT;TTC", "été;300,00;360,00", "hiver;200,00;240,00")
    assert money[0] == "factures"
    assert money.index("personnes") > money.index("achats")
    assert offered("Mois;CA HT;CA TTC", "juillet;300,00;360,00", "août;200,00;240,00")[0] == "rien"
