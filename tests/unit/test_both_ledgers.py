"""One export for what is sold and what is bought: the lines of suppliers are no sales, and they are told first."""

from __future__ import annotations

import pytest

from tests.given_tables import read, sales, table

HOURS = table("heures.csv", "Jour;Qui;Genre;Temps", "03/09/2026;Lou;prestation;2h")


@pytest.mark.parametrize("title", ["Journal", "Type de partenaire", "Sens de la pièce"])
@pytest.mark.parametrize(
    ("sold", "bought"),
    [
        ("Ventes", "Achats"),
        ("Client", "Fournisseur"),
        ("Factures clients", "Factures fournisseurs"),
        ("Facture de vente", "Facture d'achat"),
    ],
)
def test_a_column_whatever_its_title_tells_what_was_bought(title: str, sold: str, bought: str) -> None:
    lines = (f"Numéro;Tiers;Date;{title};Montant HT;TTC", f"V1;Mairie;02/09/2026;{sold};1000;1200")
    given = table("pièces.csv", *lines, f"A1;Leroy;09/09/2026;{bought};100;120")
    proposal, asked = read(given, HOURS, sold="", journal_fournisseurs="non")
    assert sales(proposal) == {"2026-09": 100_000}
    assert {*asked} - {"journal.fournisseurs"} == {"personnes.cape"}
    assert [f"« {bought} » : cette ligne n'est pas lue" in told for told in proposal.unread] == [True]


def test_the_technical_titles_of_odoo_are_read() -> None:
    titles = (
        "id,name,invoice_partner_display_name,invoice_date,amount_untaxed_signed,amount_total_signed,state,move_type"
    )
    lines = (
        "__export__.m_1,V/1,Mairie,2026-09-02,800,960,posted,out_invoice",
        "__export__.m_2,R/1,Mairie,2026-09-03,-200,-240,posted,out_refund",
        "__export__.m_3,F/1,Leroy,2026-09-04,-90,-108,posted,in_invoice",
        "__export__.m_4,/,Roy,2026-09-05,70,84,draft,out_invoice",
    )
    proposal, asked = read(table("account.move.csv", titles, *lines), HOURS, sold="")
    assert sales(proposal) == {"2026-09": 60_000}
    assert asked == ["personnes.cape"]
    assert {each.invoice for each in proposal.reading.book.lines} == {"V/1", "R/1"}
