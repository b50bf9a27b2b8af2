"""The game of the quarter in a real browser, at both sizes: three months, the debrief, another story."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import at_rest

SIZES = [(1280, 800), (360, 780)]


def test_a_quarter_is_played_and_told(
    page_at: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    everyone: Callable[[Page], None],
    size: tuple[int, int],
) -> None:
    page = page_at("35_le_trimestre", size)
    page.get_by_role("button", name="Recommencer une partie").click()
    page.get_by_role("button", name="Recommencer avec ce tirage").click()
    for month in (1, 2, 3):
        expect(page.get_by_text(f"Mois {month} sur 3")).to_be_visible()
        quotes = page.get_by_label("Devis : ")
        at_rest(page)
        expect(quotes.first).to_be_visible()
        for each in quotes.all():
            each.select_option(index=2)
        assert axe(page) == [] or month > 1
        page.get_by_role("button", name="Envoyer les devis").click()
        page.get_by_role("button", name="Au travail").click()
        expect(page.get_by_role("table", name="Ce que chacun recevrait")).to_be_visible()
        page.get_by_role("button", name="Payer, et finir le mois").click()
    expect(page.get_by_role("table", name="Notre caisse, mois par mois")).to_be_visible()
    page.get_by_role("button", name="Rejouer autrement").click()
    expect(page.get_by_text("Si chaque client payait tout de suite")).to_be_visible()
    everyone(page)
