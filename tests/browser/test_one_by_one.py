"""A first self-assessment on a phone: one card at a time, few touches, nothing lost, the focus where one reads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import within
from tests.browser.test_booklet import NOTEBOOK, SLOW, make


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("grille") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOK, made / NOTEBOOK.name)
    return made


def test_a_first_grid_takes_ten_touches_on_a_phone(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], folder: Path
) -> None:
    page = page_at("11_mon_livret", (360, 780), folder)
    make(page)
    begin = page.get_by_role("button", name="Pour commencer : une page de questions")
    begin.click()
    expect(page.get_by_text("Question 1 sur 8")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("heading", name="Parler")).to_be_in_viewport()
    touches = 1
    for at in range(8):
        answer = page.locator(".kpa-level").nth(1)
        answer.click()
        touches += 1
        if at == 1:
            expect(page.get_by_role("heading", name="Faire de mes mains")).to_be_focused(timeout=SLOW)
            expect(answer).to_be_in_viewport()
            expect(page.get_by_role("button", name="Écouter")).to_be_in_viewport()
            assert within(page)
            assert axe(page) == []
        if at < 7:
            expect(page.get_by_text(f"Question {at + 2} sur 8")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Garder mes réponses").click()
    touches += 1
    expect(page.get_by_text("La grille est gardée, avec la date.")).to_be_visible(timeout=SLOW)
    expect(begin).to_be_hidden()  # the booklet is not empty any more
    assert touches <= 10
