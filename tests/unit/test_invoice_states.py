"""What a list says of its invoices: a credit note by its label, one that waits to be validated, states as numbers."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Date;Qui;Heures;Genre", "07/09/2026;Awa;4h;prestation")
HEAD = "N°;Date;Client;Objet;HT;TVA;État"


def listed(*lines: str, head: str = HEAD, name: str = "factures.csv", **answers: str):
    proposal, asked = read(HOURS, table(name, head, *lines), sold="", **answers)
    return proposal, [topic for topic in asked if topic != "personnes.cape"]


@pytest.mark.parametrize(
    "label",
    ["Avoir ménage de juillet", "Annulation facture 12", "Note de crédit", "Remboursement partiel F4", "Trop-perçu"],
)
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


def test_kinds_of_document_that_are_numbers_are_asked_about_only_when_one_is_no_sale() -> None:
    head = "N°;Date;Type;HT;TVA"
    plain, asked = listed("1;07/09/2026;0;300,00;60,00", "2;08/09/2026;3;90,00;18,00", head=head)
    assert asked == []
    assert sales(plain) == {"2026-09": 39_000}
    credit, asked = listed("1;07/09/2026;0;300,00;60,00", "2;08/09/2026;2;-90,00;-18,00", head=head)
    assert asked == ["etat.chiffres"]
    assert sales(credit) == {"2026-09": 21_000}


RECEIPTS = (
    "Date d'encaissement;N° de facture;Client;Montant encaissé",
    "07/09/2026;1;V;120,00",
    "08/10/2026;2;W;60,00",
)


@pytest.mark.parametrize(("rate", "totals"), [("0", (12_000, 6_000)), ("20", (10_000, 5_000))])
def test_a_book_of_receipts_alone_is_asked_about_and_gives_the_sales(rate: str, totals: tuple[int, int]) -> None:
    given = table("Livre des recettes.csv", *RECEIPTS)
    proposal, asked = read(HOURS, given, sold="", recettes_tva=rate)
    assert asked[:2] == ["recettes", "recettes.tva"]
    assert tuple(sales(proposal).values()) == totals
    assert sum(each.amount for each in proposal.reading.book.payments) == 18_000
    assert any("ventes d'après les recettes" in each for each in proposal.heeded)


def test_receipts_that_are_not_the_sales_make_none() -> None:
    proposal, asked = read(HOURS, table("Livre des recettes.csv", *RECEIPTS), sold="", recettes="non")
    assert "recettes.tva" not in asked
    assert "rien ne contient les factures" in str(proposal.refusal)


def test_receipts_beside_a_list_of_invoices_are_its_payments() -> None:
    sold = "N°;Date;HT;TTC\n1;01/09/2026;100,00;120,00\n2;01/09/2026;50,00;60,00"
    proposal, asked = read(HOURS, table("Livre des recettes.csv", *RECEIPTS), sold=sold)
    assert "recettes" not in asked
    assert sales(proposal) == {"2026-09": 15_000}


@pytest.mark.parametrize("state", ["Remboursé", "remboursée", "sur la facture 1", "imputé sur 1"])
def test_a_credit_note_given_back_takes_money_from_sales_and_is_not_asked_about_twice(state: str) -> None:
    lines = ("1;07/09/2026;Mairie;Ménage;300,00;60,00;Envoyée", f"AV-2;08/09/2026;Mairie;Geste;-50,00;-10,00;{state}")
    proposal, asked = listed(*lines)
    assert asked == []
    assert sales(proposal) == {"2026-09": 25_000}
    proposal, asked = listed(
        *(line.replace("-50,00;-10,00", "50,00;10,00") for line in lines), montant_ht_avoir="moins"
    )
    assert asked == ["montant_ht.avoir"]
    assert sales(proposal) == {"2026-09": 25_000}


def test_an_invoice_given_back_or_a_credit_note_cancelled_counts_for_nothing() -> None:
    proposal, _ = listed(
        "1;07/09/2026;Mairie;Ménage;300,00;60,00;Envoyée",
        "2;07/09/2026;Mairie;Ménage;40,00;8,00;Remboursée",
        "AV-3;08/09/2026;Mairie;Geste;-50,00;-10,00;Annulé",
    )
    assert sales(proposal) == {"2026-09": 30_000}
    assert sum("n'est pas lue" in each for each in proposal.heeded) == 2


@pytest.mark.parametrize(("answer", "numbers"), [("deux", ["7", "7 (2)", "8"]), ("une", ["7", "8"])])
def test_one_number_written_for_two_customers_is_asked_about(answer: str, numbers: list[str]) -> None:
    lines = (
        "7;07/09/2026;Mairie;Ménage;300,00;60,00;",
        "7;09/10/2026;Mme Bel;Vitres;40,00;8,00;",
        "8;10/10/2026;Mme Bel;Vitres;40,00;8,00;",
    )
    proposal, asked = listed(*lines, facture_deux=answer)
    assert "facture.deux" in asked
    assert sorted({each.invoice for each in proposal.reading.book.lines}) == numbers
    assert sum(sales(proposal).values()) == 38_000
    assert any("pour chaque client" in each for each in proposal.heeded) == (answer == "deux")


def test_the_lines_of_one_invoice_to_one_customer_are_not_asked_about() -> None:
    lines = ("7;07/09/2026;Mairie;Ménage;300,00;60,00;", "7;07/09/2026;MAIRIE;Vitres;40,00;8,00;")
    assert "facture.deux" not in listed(*lines)[1]


def test_an_invoice_that_another_one_replaces_is_no_sale_and_one_in_dispute_is() -> None:
    states = (("300,00;60,00", "Remplacée par 2"), ("310,00;62,00", "Envoyée"), ("50,00;10,00", "En litige"),
              ("20,00;4,00", "Irrécouvrable"))  # fmt: skip
    lines = [f"{at};08/09/2026;Bar;Ménage;{amounts};{state}" for at, (amounts, state) in enumerate(states, 1)]
    proposal, asked = listed(*lines)
    assert asked == []
    assert sales(proposal) == {"2026-09": 38_000}


@pytest.mark.parametrize(
    ("state", "label"),
    [
        ("annulée par avoir AV-3", ""),
        ("Annulée", "Avoir sur F2"),
        ("annulée (AV-3)", ""),
        ("Cancelled", "credit note of F2"),
    ],
)
def test_an_invoice_that_a_credit_note_of_the_list_cancels_counts_with_it(state: str, label: str) -> None:
    proposal, _ = listed(
        "F1;03/09/2026;finalisée;;500,00;100,00", f"F2;04/09/2026;{state};;300,00;60,00",
        f"AV-3;05/09/2026;finalisée;{label};-300,00;-60,00", "F3;06/09/2026;finalisée;;280,00;56,00",
        head="N°;Date;État;Libellé;HT;TVA",
    )  # fmt: skip
    assert sales(proposal) == {"2026-09": 78_000}
    assert any("son avoir vient en moins" in each for each in proposal.heeded)


@pytest.mark.parametrize(
    "credit", ["AV-3;05/09/2026;annulée;Avoir sur F2;-300,00;-60,00", "F9;05/09/2026;;;10,00;2,00"]
)
def test_a_cancelled_invoice_whose_credit_note_does_not_count_is_left_out(credit: str) -> None:
    proposal, _ = listed(
        "F1;03/09/2026;finalisée;;500,00;100,00", "F2;04/09/2026;annulée;;300,00;60,00", credit,
        head="N°;Date;État;Libellé;HT;TVA",
    )  # fmt: skip
    assert sales(proposal)["2026-09"] in (50_000, 51_000)


@pytest.mark.parametrize(
    ("done", "waits"), [("Terminé", "En attente"), ("Completed", "Pending"), ("Réussi", "En attente")]
)
def test_a_move_of_money_that_waits_among_others_that_are_done_is_asked_about(done: str, waits: str) -> None:
    lines = (f"X1;03/09/2026;{done};Lou;45,00;0 %", f"X2;04/09/2026;{waits};Zoé;30,00;0 %")
    proposal, asked = listed(
        *lines, head="N°;Date;État;Client;HT;Taux TVA", **{f"etat_{waits.lower().replace(' ', '')}": "non"}
    )
    assert [each for each in asked if each.startswith("etat.")]
    assert sales(proposal) == {"2026-09": 4_500}
