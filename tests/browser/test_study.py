"""Rules studied in a real browser: audited on one page, found from wishes, a point touched to hear its rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SIZES = [(1280, 800), (360, 780)]


@pytest.mark.parametrize("size", SIZES, ids=["projecteur", "telephone"])
def test_a_rule_is_audited_and_everyone_can_read_it(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], size: tuple[int, int]
) -> None:
    page = page_at("16_eprouver", size)
    page.get_by_role("button", name="Éprouver cette règle").click()
    expect(page.get_by_text("Le plus petit exemple trouvé").first).to_be_visible(timeout=90_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert axe(page) == []


@pytest.mark.parametrize("size", SIZES, ids=["projecteur", "telephone"])
def test_a_point_is_touched_its_rule_is_heard_and_taken(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], size: tuple[int, int]
) -> None:
    page = page_at("15_trouver", size)
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("règles essayées")).to_be_visible(timeout=90_000)
    page.locator("[data-press='Règle 2']").click()
    expect(page.get_by_role("heading", name="Règle 2 :")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Prendre comme notre règle").click()
    expect(page.get_by_text("C’est maintenant « notre règle »")).to_be_visible(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert axe(page) == []
