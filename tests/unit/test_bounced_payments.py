"""A payment that was sent back, or is awaited, never counts in silence, whatever the column that says it."""

from __future__ import annotations

import pytest

from kpa_model.files.book.cells import bare
from kpa_model.files.book.findings import Findings
from kpa_model.files.importing.proposal import propose
from tests.given_tables import read, table

WORK = table("temps.csv", "Qui;Jour;Heures;Genre", "Lou;03/09/2026;2h;commun")
SOLD = "Numéro;Date;Client;Montant HT;TVA\nV1;01/09/2026;Foyer;300,00;60,00\nV2;02/09/2026;MJC;50,00;10,00"


def given(title: str, *states: str):
    lines = (
        f"1{rank}/09/2026;V{rank};{cents};{said}"
        for rank, (cents, said) in enumerate(zip(("360,00", "60,00"), states, strict=True), 1)
    )
    return table("paiements.csv", f"Date;N° facture;Montant réglé;{title}", *lines)


@pytest.mark.parametrize("title", ["Situation", "Statut", "État du paiement", "Suivi"])
@pytest.mark.parametrize("state", ["rejetée", "Impayé", "sans provision", "annulé", "en attente de remise"])
def test_a_state_that_says_no_leaves_the_payment_out(title: str, state: str) -> None:
    proposal, asked = read(WORK, given(title, "encaissé", state), sold=SOLD)
    assert proposal.reading is not None, proposal.refusal
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("V1", 36_000)]
    assert asked == ["personnes.cape"]
    assert any(f"« {state} » : cette ligne n'est pas lue" in told for told in proposal.heeded)


@pytest.mark.parametrize("title", ["Observations", "Mode", "Infos banque"])
@pytest.mark.parametrize(("said", "cents"), [("oui", 42_000), ("non", 36_000)])
def test_words_of_another_column_are_asked_about(title: str, said: str, cents: int) -> None:
    proposal, asked = read(WORK, given(title, "", "chèque rejeté"), sold=SOLD, etat_chequerejete=said)
    assert "etat.chequerejete" in asked
    assert proposal.reading is not None, proposal.refusal
    assert sum(each.amount for each in proposal.reading.book.payments) == cents


def test_nothing_is_asked_of_payments_that_came() -> None:
    questions = propose(
        [WORK, table("ventes.csv", *SOLD.split("\n")), given("Mode", "chèque", "virement")], "Essai", None, Findings()
    ).questions
    assert [each.doubt.topic for each in questions] == ["personnes.cape"]


@pytest.mark.parametrize("title", ["Remarques", "Divers"])
@pytest.mark.parametrize(
    "words",
    [
        "à encaisser",
        "virement attendu",
        "sera réglé le 20/10",
        "n'a pas encore payé",
        "rendu au client",
        "contesté",
        "c'est pour Lou, pas pour nous",
    ],
)
def test_a_remark_that_says_the_money_did_not_come_or_stay_is_asked(title: str, words: str) -> None:
    proposal, asked = read(WORK, given(title, "", words), sold=SOLD, **{f"etat_{bare(words)}": "non"})
    assert f"etat.{bare(words)}" in asked
    assert proposal.reading is not None, proposal.refusal
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("V1", 36_000)]


@pytest.mark.parametrize("words", ["payé après relance", "doit encore 50 €", "par chèque"])
def test_a_remark_on_money_that_came_asks_nothing(words: str) -> None:
    _, asked = read(WORK, given("Remarques", "", words), sold=SOLD)
    assert asked == ["personnes.cape"]


@pytest.mark.parametrize("title", ["Remarques", "Divers"])
@pytest.mark.parametrize("words", ["réglé par chèque le 5/10", "reçu le 05/10/2026"])
@pytest.mark.parametrize(("said", "day"), [("colonne", "2026-09-12"), ("remarque", "2026-10-05")])
def test_a_remark_that_says_another_month_of_payment_is_asked(title: str, words: str, said: str, day: str) -> None:
    told = given(title, "payé le 10/09", words)
    proposal, asked = read(WORK, told, sold=SOLD, encaissements_jour=said)
    assert "encaissements.jour" in asked
    assert proposal.reading is not None, proposal.refusal
    assert str(proposal.reading.book.payments[1].received_on) == day


def test_a_remark_that_says_another_sum_or_a_near_day_is_told() -> None:
    proposal, asked = read(WORK, given("Remarques", "reçu 300 €", "payé le 10/09"), sold=SOLD)
    assert asked == ["personnes.cape"]
    assert any("« reçu 300 € » : 360,00" in told for told in proposal.heeded)
    assert any("« payé le 10/09 » pour le 12/09/2026" in told for told in proposal.notes)


@pytest.mark.parametrize("words", ["remboursée le 20/10", "litige en cours", "chèque revenu"])
def test_a_remark_that_denies_the_payment_of_an_invoice_is_told(words: str) -> None:
    sold = f"N°;Date;Client;HT;TVA;TTC;Payée le;Remarque\nV1;01/09/2026;Foyer;300;60;360;12/09/2026;{words}"
    proposal, _ = read(WORK, sold=sold)
    assert any(f"« {words} » : le paiement de « V1 » compte quand même" in told for told in proposal.heeded)
