"""French letters on screen: spaces that do not break, curled apostrophes, in what is there and in what comes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import at_rest

LOOSE = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const each = texts.currentNode, aside = each.parentElement.closest("pre, code, script, style, textarea");
    if (!aside && / [?!:;»]|« |\\d (min|h)\\b|\\p{L}'(\\p{L}|$)/u.test(each.data)) { found.push(each.data); }
  }
  return found;
}"""


def test_the_spaces_of_french_do_not_break_and_its_apostrophes_are_curled(page_at: Callable[..., Page]) -> None:
    page = page_at("24_seuil", (360, 780))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', `<p>Voir l'<a href='#'>atelier</a>.</p>`)")
    at_rest(page)
    assert page.evaluate(LOOSE) == []
    page.get_by_role("button", name="Combien de convives pour ne rien perdre").click()
    exercise = page.locator(".kpa-exercise", has_text="Combien de convives")
    exercise.get_by_label("Votre réponse").fill("beaucoup d'eau ?")
    exercise.get_by_role("button", name="Vérifier").click()
    expect(exercise.get_by_text("« beaucoup d’eau ? » n’est pas un nombre.")).to_be_visible()
    assert page.evaluate(LOOSE) == []
    expect(exercise.get_by_label("Votre réponse")).to_have_value("beaucoup d'eau ?")  # what people type is theirs
