"""The laboratory of grids, in a real browser: readable by everyone at both sizes, and it answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SIZES = [(1280, 800), (360, 780)]


def unfold(page: Page, title: str) -> None:
    page.locator(".jupyter-widget-Collapse-header").filter(has_text=title).click(timeout=60_000)


@pytest.mark.parametrize("size", SIZES, ids=["projecteur", "telephone"])
def test_a_grid_is_changed_tried_and_joined_to_pay(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], size: tuple[int, int]
) -> None:
    page = page_at("13_nos_grilles", size)
    expect(page.get_by_text("« L'argent du groupe » est compris de plusieurs façons.")).not_to_have_count(0)
    unfold(page, "Répondre ici, chacun son tour")
    page.get_by_label("Je prends part : Je donne mon avis, ou je le fais passer par quelqu'un.").check()
    page.get_by_role("button", name="Garder cette réponse").click()
    expect(page.get_by_text("Réponse gardée : personne 1, sur Nadia.")).to_be_visible(timeout=30_000)
    unfold(page, "Changer un critère")
    page.get_by_label("Son nom", exact=True).fill("Nos réunions")
    page.get_by_role("button", name="Garder ces mots").click()
    expect(page.get_by_role("rowheader", name="Nos réunions").first).to_be_visible()
    page.get_by_role("button", name="Annuler le changement").click()
    expect(page.get_by_role("rowheader", name="Les réunions").first).to_be_visible()
    unfold(page, "Essayer, sur un mois")
    page.get_by_label("Qui donne les points", exact=True).select_option("Partage impartial")
    expect(page.get_by_text("Partage impartial. Le trait")).not_to_have_count(0)
    for title in ("Changer les niveaux", "Nos versions", "Imprimer, partager"):
        unfold(page, title)
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert axe(page) == []
    assert page.foreign == []  # type: ignore[attr-defined]
    assert page.troubles == []  # type: ignore[attr-defined]
