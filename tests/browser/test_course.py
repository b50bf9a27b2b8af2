"""The course in a real browser: sliders redraw, exercises answer, readable by everyone at both sizes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RealServer, asleep

SIZES = [(1280, 800), (360, 780)]
KEPT = os.environ.get("KPA_IMAGES")


def kept(page: Page, name: str) -> None:
    """Keep a picture of the whole page, when somebody wants to look at it."""
    if KEPT:
        page.screenshot(path=Path(KEPT) / f"{name}.png", full_page=True)


def test_a_price_is_searched_then_found(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = page_at("22_fixer_un_prix", size)
    expect(page.get_by_text("Le prix qui paie tout le monde").first).to_be_visible()
    before = page.get_by_text("Le prix qui paie tout le monde").first.text_content()
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Le prix qui paie tout le monde").first).not_to_have_text(before or "")
    page.locator(".jupyter-widget-Collapse-header", has_text="Le prix à afficher").click()
    opened = page.locator(".kpa-exercise", has_text="Le prix à afficher")
    opened.get_by_label("Votre réponse").fill("je ne sais pas")
    opened.get_by_role("button", name="Vérifier").click()
    expect(opened.get_by_text("n’est pas un nombre")).to_be_visible()
    opened.get_by_role("button", name="Un indice").click()
    expect(opened.get_by_text("Le TTC est le HT plus la TVA.")).to_be_visible()
    opened.get_by_role("button", name="Voir le raisonnement").click()
    line = opened.get_by_text(re.compile(r"TTC\s:.*=")).last.text_content() or ""
    opened.get_by_label("Votre réponse").fill(line.rpartition("=")[2].rstrip(" ."))
    opened.get_by_role("button", name="Vérifier").click()
    expect(opened.get_by_text("Trouvé.")).to_be_visible()
    kept(page, f"prix_{size[0]}")
    everyone(page)


def test_a_full_order_book_empties_the_till(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = page_at("27_calendrier_caisse", size)
    page.locator(".jupyter-widget-Collapse-header").last.click()
    expect(page.locator(".kpa-exercise").last).to_be_visible()
    kept(page, f"caisse_{size[0]}")
    everyone(page)


def test_enter_in_a_field_answers_as_the_main_button_beside_it(page_at: Callable[..., Page]) -> None:
    page = page_at("24_seuil", (360, 780))
    page.get_by_role("button", name="Combien de convives pour ne rien perdre").press("Enter")
    exercise = page.locator(".kpa-exercise", has_text="Combien de convives")
    exercise.get_by_label("Votre réponse").fill("beaucoup")
    exercise.get_by_label("Votre réponse").press("Enter")
    expect(exercise.get_by_text("« beaucoup » n’est pas un nombre.")).to_be_visible()


@pytest.mark.parametrize("by_key", [False, True])
def test_what_is_typed_is_read_whole_by_a_slow_workbook(
    page_at: Callable[..., Page], server: RealServer, by_key: bool
) -> None:
    page = page_at("24_seuil")
    page.get_by_role("button", name="Combien de convives pour ne rien perdre").click()
    exercise = page.locator(".kpa-exercise", has_text="Combien de convives")
    exercise.get_by_label("Votre réponse").press_sequentially("v")
    expect(exercise.get_by_label("Votre réponse")).to_be_focused()
    with asleep(server):
        exercise.get_by_label("Votre réponse").press_sequentially("ingt-deux convives")
        if by_key:
            page.keyboard.press("Enter")
        else:
            exercise.get_by_role("button", name="Vérifier").click()
    expect(exercise.get_by_text("« vingt-deux convives » n’est pas un nombre.")).to_be_visible()
