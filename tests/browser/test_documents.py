"""The page of quotes and invoices, at both sizes: a quote becomes an invoice, files are offered, nothing leaves."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

SIZES = [(1280, 800), (360, 780)]


def test_a_quote_becomes_an_invoice_and_a_text_is_checked(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = page_at("33_devis_et_facture", size)
    expect(page.get_by_role("article", name="Devis")).to_be_visible()
    page.get_by_role("button", name="En faire la facture").click()
    expect(page.get_by_role("article", name="Facture")).to_be_visible()
    page.get_by_label("Oublier une mention, pour voir").select_option("La fin du contrat CAPE")
    expect(page.get_by_text("1 mention à ajouter.")).to_be_visible()
    page.get_by_role("button", name="Donner un numéro et préparer").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Prendre la Factur-X").click()
    assert taken.value.suggested_filename.endswith("_facturx.pdf")
    page.get_by_role("button", name="Prendre un exemple à trous").click()
    page.get_by_role("button", name="Vérifier ce texte").click()
    expect(page.get_by_role("heading", name="Ce que disent les mots")).to_be_visible()
    everyone(page)
