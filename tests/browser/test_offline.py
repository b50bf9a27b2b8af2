"""A page with every usual widget: nothing asked outside, in French, one main landmark, no axe violation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

SIZES = [(1280, 800), (360, 780)]

WIDGETS = """
import ipywidgets as w
w.VBox([
    w.HTML('<p class="kpa-sentence">Awa reçoit 150,00 €.</p><div class="kpa-warning"><p>Attention.</p></div>'),
    w.Text(description='Nom de la règle'),
    w.IntSlider(value=150, max=500, description='Minimum par personne'),
    w.FloatRangeSlider(value=[2, 5], max=10, description='Écart'),
    w.Dropdown(options=['Parts égales', 'Heures'], description='Partage'),
    w.ToggleButtons(options=['Mars', 'Avril'], description='Mois'),
    w.RadioButtons(options=['Oui', 'Non'], description='Réserve'),
    w.Checkbox(description='Compter le commun', indent=False),
    w.BoundedFloatText(value=5, description='Taux'),
    w.Textarea(description='Remarques'),
    w.IntProgress(value=3, max=10, description='Avancement'),
    w.HBox([w.Button(description='Appliquer', button_style='primary'), w.Button(icon='trash', tooltip='Retirer')]),
    w.Button(description='Impossible ici', disabled=True),
    w.Tab([w.HTML('<p>Un</p>'), w.HTML('<p>Deux</p>')], titles=['Les parts', 'Les phrases']),
    w.Accordion([w.HTML('<p>Gini</p>'), w.Text(description='Nom')], titles=['Plus loin', 'Enregistrer']),
])
"""
MARKDOWN = "# Tous les réglages\n\nUn [lien](#suite).\n\n## Suite\n\n| Qui | Part |\n|---|---:|\n| Awa | 1 € |"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("chez nous à Lyon") / "pages"  # spaces and accents on purpose
    made.mkdir()
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for name, title, code in [
        ("00_bienvenue", "Tous les réglages", WIDGETS),
        ("01_panne", "Une panne", "import warnings; warnings.warn('secret'); print('avant'); 1 / 0"),
    ]:
        book = nbformat.v4.new_notebook(metadata={"title": title, "kernelspec": kernel})
        book.cells = [nbformat.v4.new_markdown_cell(MARKDOWN), nbformat.v4.new_code_cell(code)]
        nbformat.write(book, made / f"{name}.ipynb")
    return made


def test_a_page_asks_nothing_outside_and_everyone_can_use_it(
    same_page: Callable[..., Page], axe: Callable[[Page], list[str]], folder: Path, size: tuple[int, int]
) -> None:
    page = same_page("00_bienvenue", size, folder)
    expect(page.locator(".widget-tab")).to_be_visible()
    assert page.foreign == []
    assert page.troubles == []
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.title() == "Tous les réglages · Cahier KPA"
    assert page.locator("main, [role=main]").count() == 1
    assert axe(page) == []
    page.get_by_role("button", name="Plus loin").click()
    page.get_by_role("tab", name="Les phrases").click()
    assert axe(page) == []


def test_nothing_sticks_out_and_every_target_is_large(
    same_page: Callable[..., Page], folder: Path, fits: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = same_page("00_bienvenue", size, folder)
    fits(page)
    small = page.evaluate("""() => [...document.querySelectorAll(
        'button, select, textarea, input:not([type=checkbox]):not([type=radio]), .noUi-touch-area, [role=tab],' +
        '.jupyter-widget-Collapse-header, .widget-checkbox .widget-label-basic, .widget-radio-box label')]
        .filter((e) => e.offsetParent).map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
        .map(([name, box]) => `${name} ${box.width}×${box.height}`)""")
    assert small == []


def test_a_slider_and_a_fold_answer_to_the_keyboard(
    same_page: Callable[..., Page], folder: Path, size: tuple[int, int]
) -> None:
    page = same_page("00_bienvenue", size, folder)
    slider = page.get_by_role("slider", name="Minimum par personne")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "151")
    fold = page.get_by_role("button", name="Enregistrer")
    fold.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_label("Nom", exact=True)).to_be_visible()


def test_a_failing_cell_is_told_in_french_without_traceback(page_at: Callable[..., Page], folder: Path) -> None:
    page = page_at("01_panne", folder=folder)
    expect(page.get_by_role("alert")).to_contain_text("Cette partie de la page n’a pas pu s’afficher.")
    assert page.get_by_text("ZeroDivisionError").first.is_hidden()
    assert "secret" not in page.locator("body").inner_text()
    page.get_by_text("Détail technique").click()
    expect(page.get_by_text("ZeroDivisionError").first).to_be_visible()


def test_an_unknown_page_is_told_in_french(same_page: Callable[..., Page], folder: Path, size: tuple[int, int]) -> None:
    page = same_page("00_bienvenue", size, folder)
    page.goto(page.url.split("?")[0].replace("00_bienvenue", "99_rien"))
    expect(page.get_by_role("heading", name="Cette page n’existe pas.")).to_be_visible()
    assert page.foreign == []


def test_lab_speaks_french_and_asks_nothing_outside(page_at: Callable[..., Page], folder: Path) -> None:
    page = page_at("00_bienvenue", folder=folder, lab=True)
    expect(page.get_by_role("menuitem", name="Fichier")).to_be_visible()
    expect(page.get_by_role("heading", name="Tous les réglages")).to_be_visible()
    large = re.compile(r"^(1[89]|[2-9]\d)(\.\d+)?px$")
    expect(page.locator(".jp-RenderedMarkdown p").first).to_have_css("font-size", large)
    assert page.foreign == []


def test_a_text_too_pale_is_seen_each_time_it_comes_and_at_each_look(browser: Browser, axe: Callable) -> None:
    page = browser.new_page()
    pale = "<p style='color: #bbb'>Pâle</p>"
    page.set_content(f"<html lang=fr><title>Pâle</title><main><h1>Des textes</h1>{pale}{pale}<p>Noir</p></main>")
    for _ in range(2):
        assert [each.split(" ")[0] for each in axe(page)] == ["color-contrast", "color-contrast"]
    page.close()
