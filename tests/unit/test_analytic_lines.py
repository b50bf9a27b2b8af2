"""Account books that tell each sale twice, once by analytic code, under the titles of any program of accounts."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "personne;date;genre;duree", "Zoé;04/06/2026;commun;3h")
TITLES = (
    "Journal;N° de pièce;Date d'écriture;Numéro de compte;Code tiers;Libellé;Montant au débit;Montant au crédit;{};{}",
    "Code journal;Num. facture;Date comptable;Compte général;N° compte tiers;Lib. écriture;Débit (€);Crédit (€);{};{}",
    "Jnl;Réf. pièce;Date de la pièce;N° Cpte;Tiers;Intitulé;Débit;Crédit;{};{}",
)
KINDS = (("G", "A"), ("Général", "Analytique"), ("GEN", "ANA"))
SOLD = (
    ("V7", "040626", "706100", "", "600,00", ""), ("V7", "040626", "706100", "", "600,00", "LUNE"),
    ("V7", "040626", "445710", "", "120,00", ""), ("V7", "040626", "411000", "720,00", "0,00", ""),
    ("V8", "110626", "706100", "", "1000,00", ""), ("V8", "110626", "706100", "", "700,00", "LUNE"),
    ("V8", "110626", "706100", "", "300,00", "SEL"), ("V8", "110626", "445710", "", "200,00", ""),
    ("V8", "110626", "411000", "1200,00", "", ""),
    ("AV1", "190626", "706100", "50,00", "", ""), ("AV1", "190626", "706100", "50,00", "", "LUNE"),
    ("AV1", "190626", "445710", "10,00", "", ""), ("AV1", "190626", "411000", "", "60,00", ""),
    ("V9", "300626", "706100", "0,00", "80,00", ""), ("V9", "300626", "706100", "0,00", "80,00", "SEL"),
    ("V9", "300626", "411000", "80,00", "0,00", ""),
)  # fmt: skip


def book(titles: str, kinds: tuple[str, str] | None, entries: tuple[tuple[str, ...], ...] = SOLD) -> tuple[str, ...]:
    lines = [titles.format("Section analytique", "Type" if kinds else "Lettrage")]
    for piece, day, account, debit, credit, code in entries:
        kind = "" if kinds is None else kinds[bool(code)]
        lines.append(f"VE;{piece};{day};{account};;Client de {piece};{debit};{credit};{code};{kind}")
    return tuple(lines)


@pytest.mark.parametrize("titles", TITLES)
@pytest.mark.parametrize("kinds", [*KINDS, None])
def test_lines_of_analysis_count_once_and_the_codes_of_others_are_left_out(
    titles: str, kinds: tuple[str, str] | None
) -> None:
    for mine, cents in (("LUNE", 60_000 + 70_000 - 5_000), ("SEL", 30_000 + 8_000), ("LUNE|SEL", 163_000)):
        proposal, asked = read(table("ventes.csv", *book(titles, kinds)), HOURS, sold="", analytique=mine)
        assert "analytique" in asked
        assert sales(proposal) == {"2026-06": cents}
        assert proposal.reading is not None
        assert not proposal.reading.book.payments
        assert not proposal.unread


def test_the_vat_of_an_invoice_that_two_codes_share_is_that_of_the_whole() -> None:
    proposal, _ = read(table("ventes.csv", *book(TITLES[0], KINDS[0])), HOURS, sold="", analytique="SEL")
    assert proposal.reading is not None
    assert {each.invoice: each.vat_rate for each in proposal.reading.book.lines} == {"V8": 200_000, "V9": 0}


def test_what_no_line_of_analysis_holds_is_still_sold() -> None:
    short = tuple(("V8", each[1], each[2], "", "650,00", "LUNE") if each[4] == "700,00" else each for each in SOLD)
    proposal, _ = read(table("ventes.csv", *book(TITLES[0], KINDS[0], short)), HOURS, sold="")
    assert sales(proposal) == {"2026-06": 163_000}


def test_sales_without_a_code_beside_several_codes_are_asked_about() -> None:
    plain = (*SOLD, ("V10", "300626", "706100", "", "40,00", ""), ("V10", "300626", "411000", "40,00", "", ""))
    given = table("ventes.csv", *book(TITLES[0], KINDS[0], plain))
    proposal, _ = read(given, HOURS, sold="", analytique="LUNE")
    assert sales(proposal) == {"2026-06": 125_000}
    assert "« sans code » n'est pas à vous : 40,00 €" in " ".join(proposal.heeded).replace("\u00a0", " ")
    proposal, _ = read(given, HOURS, sold="", analytique="LUNE|sans code")
    assert sales(proposal) == {"2026-06": 129_000}


def test_a_code_that_only_spends_is_asked_about_too() -> None:
    spent = tuple(
        ("A4", "120626", account, debit, "", code)
        for account, debit, code in (("606300", "70,00", ""), ("606300", "70,00", "SEL"), ("602000", "9,00", "LUNE"))
    )
    given = table("achats.csv", *book(TITLES[1], KINDS[0], spent))
    for mine, cents in (("LUNE", 900), ("SEL", 7_000)):
        proposal, asked = read(given, HOURS, analytique=mine)
        assert "analytique" in asked
        assert proposal.reading is not None
        assert [each.before_tax for each in proposal.reading.book.costs] == [cents]


def test_the_number_of_a_bank_account_makes_no_account_book() -> None:
    bank = table(
        "releve.csv", "Numéro de compte;Date opération;Libellé;Débit;Crédit",
        "00061234567;12/09/2026;VIR F1;;600,00", "00061234567;14/09/2026;CB FOURNIL;8,50;",
    )  # fmt: skip
    proposal, _ = read(bank, HOURS)
    assert proposal.reading is not None
    assert [(each.invoice, each.amount) for each in proposal.reading.book.payments] == [("F1", 60_000)]


LISTED = (
    "Facture;Date;Client;HT;TVA\nV7;04/06/2026;École;600,00;120,00\nV8;11/06/2026;Mairie;1000,00;200,00\n"
    "AV1;19/06/2026;École;-50,00;-10,00\nV9;30/06/2026;Amis;80,00;0,00\nV10;30/06/2026;Amis;5,00;1,00"
)


def test_invoices_that_a_list_gives_too_count_once() -> None:
    given = table("ventes.csv", *book(TITLES[0], KINDS[0]))
    proposal, _ = read(given, HOURS, sold=LISTED)
    assert sales(proposal) == {"2026-06": 163_500}
    assert any("4\u00a0factures" in each and "c'est aussi dans « factures.csv »" in each for each in proposal.heeded)
    assert proposal.reading is not None
    assert {each.invoice: each.order for each in proposal.reading.book.lines}["V7"] == "LUNE"


def test_a_list_that_says_another_amount_is_refused() -> None:
    proposal, _ = read(table("ventes.csv", *book(TITLES[0], KINDS[0])), HOURS, sold=LISTED.replace("600,00", "700,00"))
    assert proposal.reading is None


def test_a_list_without_rates_is_asked_about_them_not_refused() -> None:
    listed = "Facture;Date;Client;Montant HT\nV7;04/06/2026;École;600,00\nV8;11/06/2026;Mairie;1000,00"
    proposal, asked = read(table("ventes.csv", *book(TITLES[0], KINDS[0])), HOURS, sold=listed)
    assert "taux" in asked
    assert sales(proposal) == {"2026-06": 163_000}


@pytest.mark.parametrize(("others", "orders"), [("", {"P1", "P2"}), ("AUTRE", {"P1", "P2"})])
def test_the_code_of_the_group_itself_is_no_order(others: str, orders: set[str]) -> None:
    pieces = [("P1", "411LYC", "GRP"), ("P2", "411MAI", "GRP"), *([("P3", "411GAR", others)] if others else [])]
    lines = [
        f"VE;{piece};050626;{account};{label};{debit};{credit};{code}"
        for piece, customer, code in pieces
        for account, label, debit, credit in (
            (customer, "facture", "120,00", ""), ("706000", "facture", "", "100,00"), ("445710", "tva", "", "20,00"),
        )
    ]  # fmt: skip
    given = table("journal.csv", "Jnl;Pièce;Date;Compte;Libellé;Débit;Crédit;Code analytique", *lines)
    proposal, asked = read(given, HOURS, sold="", analytique="GRP")
    assert ("analytique" in asked) is bool(others)
    assert proposal.reading is not None, proposal.refusal
    assert {each.number for each in proposal.reading.book.orders} == orders


def test_one_code_for_the_invoices_of_one_customer_is_an_order() -> None:
    lines = [
        f"VE;{piece};050626;{account};travaux;{debit};{credit};TOITURE"
        for piece in ("P1", "P2")
        for account, debit, credit in (("411LYC", "120,00", ""), ("706000", "", "100,00"), ("445710", "", "20,00"))
    ]
    given = table("journal.csv", "Jnl;Pièce;Date;Compte;Libellé;Débit;Crédit;Code analytique", *lines)
    proposal, _ = read(given, HOURS, sold="")
    assert proposal.reading is not None, proposal.refusal
    assert [each.number for each in proposal.reading.book.orders] == ["TOITURE"]
