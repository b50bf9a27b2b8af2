"""Two possible years, in a real browser: read by everyone, moved by a slider, troubled by a card."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SIZES = [(1280, 800), (360, 780)]
RATE = "input[type=range][data-focus$='/taux/range']"


def bands(page: Page) -> list[str]:
    """The outlines of the bands of both rules, today's first."""
    return page.eval_on_selector_all("svg.kpa-picture polygon", "all => all.map((each) => each.getAttribute('points'))")


def until_other(page: Page, before: list[str]) -> list[str]:
    """Wait until the bands are drawn otherwise."""
    for _ in range(300):
        now = bands(page)
        if now and now != before:
            return now
        page.wait_for_timeout(100)
    raise AssertionError("the picture did not change")


@pytest.mark.parametrize("size", SIZES, ids=["projecteur", "telephone"])
def test_everyone_can_read_the_page(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], size: tuple[int, int]
) -> None:
    page = page_at("08_deux_ans", size)
    expect(page.locator("svg.kpa-picture").first).to_be_visible(timeout=60_000)
    expect(page.locator(".kpa-panel").get_by_text("années simulées").locator("visible=true").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert axe(page) == []
    assert page.foreign == []  # type: ignore[attr-defined]
    assert page.troubles == []  # type: ignore[attr-defined]


def test_a_slider_of_our_rule_moves_our_picture_and_not_todays(page_at: Callable[..., Page]) -> None:
    page = page_at("08_deux_ans")
    expect(page.locator("svg.kpa-picture").first).to_be_visible(timeout=60_000)
    before = bands(page)
    moved = page.locator(RATE).first
    moved.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    after = until_other(page, before)
    assert after[:2] == before[:2]  # today's rule, under the same weather
    assert after[2:] != before[2:]


def test_a_card_and_another_history_change_what_is_drawn(page_at: Callable[..., Page]) -> None:
    page = page_at("08_deux_ans")
    expect(page.locator("svg.kpa-picture").first).to_be_visible(timeout=60_000)
    line = "svg.kpa-picture polyline:last-of-type"
    one, before = page.locator(line).first.get_attribute("points"), bands(page)
    page.get_by_role("button", name="Une autre histoire").click()
    expect(page.locator(line).first).not_to_have_attribute("points", str(one), timeout=30_000)
    assert bands(page) == before
    page.get_by_role("button", name="Tirer une carte").click()
    expect(page.get_by_text(re.compile("À partir du mois"))).to_be_visible(timeout=30_000)
    until_other(page, before)
    page.get_by_role("button", name="Remettre les cartes").click()
    expect(page.get_by_text(re.compile("À partir du mois"))).to_have_count(0, timeout=30_000)


def test_two_rules_are_compared_with_the_one_chosen(page_at: Callable[..., Page]) -> None:
    page = page_at("08_deux_ans")
    expect(page.locator("svg.kpa-picture").first).to_be_visible(timeout=60_000)
    before = bands(page)
    page.get_by_label("Règle d'aujourd'hui").first.select_option(label="Lisser entre bons et mauvais mois")
    after = until_other(page, before)
    assert after[2:] == before[2:]  # ours did not move
