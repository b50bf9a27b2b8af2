"""The keyboard alone: Enter in a field does what the main button beside it does, and nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

SLOW = 30_000
OWN = Path(__file__).parents[2] / "data" / "tilleuls"


def test_enter_answers_an_exercise(page_at: Callable[..., Page]) -> None:
    page = page_at("24_seuil", (360, 780))
    page.get_by_role("button", name="Combien de convives pour ne rien perdre").press("Enter")
    exercise = page.locator(".kpa-exercise", has_text="Combien de convives")
    exercise.get_by_label("Votre réponse").fill("beaucoup")
    exercise.get_by_label("Votre réponse").press("Enter")
    expect(exercise.get_by_text("« beaucoup » n’est pas un nombre.")).to_be_visible(timeout=SLOW)


def test_enter_keeps_figures_and_leaves_other_fields_alone(page_at: Callable[..., Page]) -> None:
    page = page_at("01_nos_chiffres")
    page.get_by_label("Nos notes").fill("Une ligne")
    page.get_by_label("Nos notes").press("Enter")
    page.wait_for_timeout(500)
    expect(page.get_by_role("alert")).to_have_count(0)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choisir des fichiers").click()
    chooser.value.set_files([path for path in sorted(OWN.iterdir()) if path.suffix in (".csv", ".yaml")])
    page.get_by_label("Où les mettre").select_option(label="Un nouveau carnet")  # another test may have left one open
    page.get_by_label("Nom à donner").fill("Par le clavier")  # it is there once the files are read
    page.get_by_label("Nom à donner").press("Enter")
    expect(page.get_by_text("est enregistrée")).to_be_visible(timeout=SLOW)


def test_enter_saves_a_rule_under_the_name_just_typed(page_at: Callable[..., Page]) -> None:
    page = page_at("04_notre_regle")
    page.get_by_label("Nom de la règle").fill("Par le clavier")
    page.get_by_label("Nom de la règle").press("Enter")
    expect(page.get_by_text("est enregistrée")).to_contain_text("Par le clavier", timeout=SLOW)
