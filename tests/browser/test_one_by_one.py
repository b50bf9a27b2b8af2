"""A first self-assessment on a phone: one card at a time, few touches, nothing lost, the focus where one reads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import within
from tests.browser.test_booklet import NOTEBOOK


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("grille") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOK, made / NOTEBOOK.name)
    return made


# The words on screen from the top to what is touched; folded ones and lists that are closed are not read.
WORDS = r"""(touched) => {
  const walk = document.createTreeWalker(document.querySelector('[role=main]'), NodeFilter.SHOW_TEXT), said = [];
  for (let each = walk.nextNode(); each; each = walk.nextNode()) {
    const shown = each.parentElement.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
    if (!shown || each.parentElement.closest('style, script, option:not(:checked)')) continue;
    if (touched.compareDocumentPosition(each) & 4 && !touched.contains(each)) break;
    said.push(each.textContent.trim());
  }
  return said;
}"""


def test_a_first_grid_takes_few_words_and_few_touches_on_a_phone_then_the_words_are_noted(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], folder: Path
) -> None:
    """At 130 words a minute, a second a touch, and the phrase copied by hand, it takes less than four minutes."""
    page, read, touches = page_at("11_mon_livret", (360, 780), folder), dict[str, None](), 0

    def touch(what: Locator) -> None:
        nonlocal touches
        read.update(dict.fromkeys(what.evaluate(WORDS)))
        what.click()
        touches += 1

    def noted(*ranks: int) -> None:
        expect(page.locator(".kpa-words li").nth(max(ranks) - 1)).to_be_visible()
        words = page.locator(".kpa-words li").all_inner_texts()
        assert axe(page) == []
        for rank in ranks:
            asked = page.locator(".widget-toggle-buttons", has_text=f"Touchez le mot numéro {rank}")
            touch(asked.get_by_role("button", name=words[rank - 1], exact=True))
        touch(page.get_by_role("button", name=re.compile("^C.est noté sur papier")))

    page.get_by_label("Mon prénom, ou un surnom").fill("Aïcha")
    touch(page.get_by_label(re.compile("^J.ai compris")))
    touch(page.get_by_role("button", name="Créer mon livret"))
    expect(page.get_by_role("heading", name="À garder sur papier")).to_be_visible()
    noted(2, 5)
    begin = page.get_by_role("button", name="Pour commencer : une page de questions")
    touch(begin)
    expect(page.get_by_text("Question 1 sur 8")).to_be_visible()
    expect(page.get_by_role("heading", name="Parler")).to_be_in_viewport()
    for at in range(8):
        answer = page.locator(".kpa-level").nth(1)
        if at == 2:
            expect(page.get_by_role("heading", name="Faire de mes mains")).to_be_focused()
            expect(answer).to_be_in_viewport()
            expect(page.get_by_role("button", name="Écouter")).to_be_in_viewport()
            assert within(page)
            assert axe(page) == []
        read.update(dict.fromkeys(page.locator(".kpa-cards").evaluate(WORDS)))
        touch(answer)
        if at < 7:
            expect(page.get_by_text(f"Question {at + 2} sur 8")).to_be_visible()
    touch(page.get_by_role("button", name="Garder mes réponses"))
    expect(page.get_by_text("La grille est gardée, avec la date.")).to_be_visible()
    expect(begin).to_be_hidden()  # the booklet is not empty any more
    words = sum(len(each.split()) for each in read)
    assert (touches <= 18, 300 <= words <= 390) == (True, True), (touches, words)
    touch(page.get_by_role("button", name="Noter mes douze mots"))
    expect(page.get_by_role("heading", name="Mes douze mots de secours")).to_be_in_viewport()
    noted(3, 9)
    expect(page.get_by_text("C’est noté.")).to_be_visible()
