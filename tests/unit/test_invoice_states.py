"""What a list says of its invoices: a credit note by its label, one that waits to be validated, states as numbers."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
HEAD = "N°;Date;Client;Objet;HT;TVA;État"


def listed(*lines: str, head: str = HEAD, name: str = "factures.csv", **answers: str):
    proposal, asked = read(HOURS, table(name, head, *lines), sold="", **answers)
    return proposal, [topic for topic in asked if topic != "personnes.cape"]


@pytest.mark.parametrize("label", ["Avoir ménage de juillet", "Annulation facture 12", "Note de crédit"])
@pytest.mark.parametrize(("answer", "total"), [("moins", 20_000), ("plus", 40_000)])
def test_a_credit_note_that_only_its_label_tells_is_asked_about(label: str, answer: str, total: int) -> None:
    lines = ("1;07/09/2026;Mairie;Ménage;300,00;60,00;", f"2;08/09/2026;Mairie;{label};100,00;20,00;")
    proposal, asked = listed(*lines, montant_ht_avoir=answer)
    assert asked == ["montant_ht.avoir"]
    assert sales(proposal) == {"2026-09": total}


def test_an_invoice_that_waits_to_be_validated_is_set_aside_and_told() -> None:
    lines = (
        "1;07/09/2026;Mairie;Ménage;300,00;60,00;Validée",
        "2;08/09/2026;V;M;100,00;20,00;En attente de validation",
    )
    proposal, asked = listed(*lines)
    assert asked == []
    assert sales(proposal) == {"2026-09": 30_000}
    assert any(
        "« En attente de validation » : cette ligne n'est pas lue (2, 100,00" in each for each in proposal.heeded
    )


def test_an_invoice_that_waits_to_be_paid_is_a_sale() -> None:
    proposal, _ = listed("1;07/09/2026;Mairie;Ménage;300,00;60,00;En attente de paiement")
    assert sales(proposal) == {"2026-09": 30_000}
    assert not any("n'est pas connu" in each for each in proposal.heeded)


STATES = [
    f"{rank};07/09/2026;Mairie;Ménage;{10**rank},00;{2 * 10 ** (rank - 1)},00;{rank - 1}" for rank in (1, 2, 3, 4)
]


@pytest.mark.parametrize(("answer", "total"), [("dolibarr", 110_000), ("non", 1_111_000)])
def test_states_that_are_numbers_are_asked_about(answer: str, total: int) -> None:
    proposal, asked = listed(*STATES, etat_chiffres=answer)
    assert "etat.chiffres" in asked
    assert sales(proposal) == {"2026-09": total}
    set_aside = [each for each in proposal.heeded if "n'est pas lue" in each]
    assert len(set_aside) == (2 if answer == "dolibarr" else 0)


def test_a_list_whose_numbers_are_under_num_is_one_of_invoices() -> None:
    head = "Num;Date facture;Client;HT;TTC"
    proposal, asked = listed("1;07/09/2026;Mairie;300,00;360,00", head=head, name="Factures émises.csv")
    assert asked == []
    assert sales(proposal) == {"2026-09": 30_000}
