"""No line begins with « ? » or « : »: the space before them does not break, in what is there and in what comes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

LOOSE = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const each = texts.currentNode, aside = each.parentElement.closest("pre, code, script, style, option");
    if (!aside && / [?!:;»]|« |\\d (min|h)\\b/.test(each.data)) { found.push(each.data); }
  }
  return found;
}"""


def test_the_spaces_of_french_do_not_break(page_at: Callable[..., Page]) -> None:
    page = page_at("24_seuil", (360, 780))
    assert page.evaluate(LOOSE) == []
    page.get_by_role("button", name="Combien de convives pour ne rien perdre").click()
    exercise = page.locator(".kpa-exercise", has_text="Combien de convives")
    exercise.get_by_label("Votre réponse").fill("beaucoup ?")
    exercise.get_by_role("button", name="Vérifier").click()
    expect(exercise.get_by_text("« beaucoup ? » n'est pas un nombre.")).to_be_visible(timeout=30_000)
    assert page.evaluate(LOOSE) == []
    expect(exercise.get_by_label("Votre réponse")).to_have_value("beaucoup ?")  # what people type is theirs
