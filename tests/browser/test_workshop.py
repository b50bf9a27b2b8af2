"""A facilitator and a group play the whole workbook in a real browser: mouse, keyboard, projector and phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import asleep, at_rest, until

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
PLAYED = ("00", "01", "02", "04", "05", "07", "08", "10", "11", "13", "14", "15", "16", "22", "27", "33", "35")
"""Pages that a story of their own ends by looking at so; the others of the course are built alike."""
PAGES = [
    pytest.param(name, marks=pytest.mark.nightly if name[0] in "23" or name.startswith(PLAYED) else ())
    for name in NOTEBOOKS
]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_readable_and_accessible(page_at, everyone, name):
    page = page_at(name, size=(360, 780))
    expect(page.locator(".kpa-error")).to_have_count(0)
    expect(page.locator("h1")).to_have_count(1)
    everyone(page)


def result(page) -> str:
    return page.locator(".kpa-two .kpa-bars").first.inner_text()


def test_a_rule_is_changed_with_the_mouse_and_the_picture_follows(same_page):
    page = same_page("04_notre_regle")
    before = result(page)
    page.get_by_label("Étape à ajouter").select_option("plafond")
    page.get_by_role("button", name="Ajouter cette étape").click()
    page.get_by_role("button", name=re.compile("Retirer « Maximum")).wait_for()
    moved = "before => !document.querySelector('.kpa-two .kpa-bars').innerText.includes(before)"
    page.wait_for_function(moved, arg=before)  # the maximum that is proposed already stops somebody
    before = result(page)
    page.get_by_label("Maximum, Maximum par personne").fill("20")
    page.wait_for_function(moved, arg=before)
    expect(page.locator(".kpa-aloud")).to_contain_text("Personne ne reçoit plus de 20,00")
    page.get_by_role("button", name="Annuler le changement").click()
    page.get_by_role("button", name="Annuler le changement").click()
    page.wait_for_function(
        "() => !document.querySelector('.kpa-aloud').innerText.includes('Personne ne reçoit plus de')"
    )


def test_the_whole_rule_is_made_with_the_keyboard_alone(same_page):
    page = same_page("04_notre_regle")
    first = page.locator(".kpa-steps").first

    def titles() -> list[str]:
        return [each.partition(":")[2].strip() for each in first.locator("h4").all_inner_texts()]

    expect(first.locator("h4").nth(1)).to_be_visible()
    heard = page.evaluate("[...document.querySelectorAll('[aria-label]')].map((each) => each.ariaLabel)")
    assert [each for each in heard if re.search(r"\w'\w", each)] == []  # curled, as what is seen
    before = titles()
    down = first.get_by_role("button", name=re.compile("^Descendre")).first
    down.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("title => document.querySelector('.kpa-steps h4').innerText.includes(title)", arg=before[1])
    assert titles()[:2] == [before[1], before[0]]
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == f"Descendre « {before[0]} »"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Retirer « {before[0]} »"
    page.keyboard.press("Space")
    page.wait_for_function(
        "count => document.querySelectorAll('.kpa-steps')[0].children.length === count", arg=len(before) - 1
    )
    slider = first.locator("input[type=range]:visible").first
    slider.focus()
    value = slider.input_value()
    page.keyboard.press("ArrowRight")
    assert slider.input_value() != value
    focus_ring = slider.evaluate("each => getComputedStyle(each).outlineStyle")
    assert focus_ring == "solid"


def test_nothing_shows_up_above_an_answer_when_the_mouse_passes(same_page):
    page = same_page("04_notre_regle")
    at_rest(page)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(".jp-Cell-outputWrapper").first.bounding_box()
    clip = {"x": box["x"], "y": box["y"] - 16, "width": box["width"], "height": 24}
    page.mouse.move(0, 0)
    before = page.screenshot(clip=clip)
    for down in range(-14, 8, 3):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + down)
        assert page.screenshot(clip=clip) == before
    assert page.locator(".jp-Collapser >> visible=true").count() == 0


def test_a_wrong_number_is_explained_beside_the_field_and_read_aloud(same_page):
    page = same_page("04_notre_regle")
    field = page.locator(".kpa-steps .kpa-number:visible").first
    field.fill("beaucoup")
    field.press("Tab")
    expect(page.locator(".kpa-field-error[role=alert]").first).to_contain_text("n’est pas un nombre")


def test_what_is_being_typed_stays_when_an_answer_comes_late(page_at, server):
    page = page_at("04_notre_regle")
    rate, least = page.get_by_label("Taux", exact=True).first, page.get_by_label("Minimum", exact=True).first
    with asleep(server):
        rate.fill("beaucoup")
        rate.press("Tab")
        least.click(click_count=3)
        page.keyboard.type("7")
    expect(page.locator(".kpa-field-error[role=alert]").first).to_contain_text("n’est pas un nombre")
    expect(least).to_be_focused()
    page.keyboard.type("5")
    expect(least).to_have_value("75")
    with asleep(server):
        page.keyboard.press("Tab")
        rate.fill("10")
        least.click(click_count=3)
    expect(page.locator(".kpa-field-error")).to_have_count(0)
    page.keyboard.type("60")  # instead of what was chosen
    expect(least).to_have_value("60")
    with asleep(server):
        rate.fill("rien du tout")
        least.click(click_count=3)
        page.keyboard.type("65")
    expect(page.locator(".kpa-field-error")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".kpa-aloud").first).to_contain_text("65,00")


def test_a_rule_goes_from_one_page_to_the_next_and_comes_out_on_paper(page_at, same_page):
    page = same_page("04_notre_regle")
    page.get_by_label("Nom de la règle").fill("Notre essai")
    page.get_by_label("Nom de la règle").press("Enter")  # the same as the main button beside it
    page.get_by_text("« Notre essai » est enregistrée.").wait_for()
    with page.expect_download() as rule:
        page.get_by_role("link", name="Prendre le fichier").click()
    assert "Notre essai" in Path(rule.value.path()).read_text(encoding="utf-8")
    page.get_by_role("button", name="Préparer le PDF").click()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Prendre le PDF").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
    other = page_at("05_pourquoi_ce_montant")
    first = other.get_by_label("Règle", exact=True).locator("option").first
    expect(first).to_contain_text("Notre essai (en préparation)")


def test_each_amount_is_explained_and_adds_up(page_at, everyone):
    page = page_at("05_pourquoi_ce_montant", size=(360, 780))
    person = page.get_by_label("Personne", exact=True)
    person.select_option(index=1)
    name = person.evaluate("each => each.selectedOptions[0].innerText")
    page.wait_for_function("name => document.querySelector('.kpa-slip caption').innerText.includes(name)", arg=name)
    at_rest(page)
    cents = page.evaluate(
        """() => {
            const read = (text) => Number(text.replace('−', '-').replace(/[^0-9-]/g, ''));
            const cells = [...document.querySelectorAll('.kpa-slip tbody [data-label=Effet]')];
            const lines = cells.map((each) => read(each.innerText));
            return [lines.reduce((one, other) => one + other, 0), read(document.querySelector('.kpa-big').innerText)];
        }"""
    )
    assert cents[0] == cents[1]
    everyone(page)


def give(page, paths: list[str]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("Choisir des fichiers")).click()
    chooser.value.set_files(paths)


def test_own_figures_are_given_refused_in_french_then_kept(page_at, tmp_path):
    page = page_at("01_nos_chiffres")
    page.get_by_label("Nos notes").fill("Une ligne")
    page.get_by_label("Nos notes").press("Enter")  # there, a line and nothing else
    at_rest(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    wrong = tmp_path / "factures.csv"
    wrong.write_text(
        "facture;commande;libelle;date;montant_ht;taux_tva\nF1;C1;Repas;31/02/2026;dix;20 %\n", encoding="utf-8"
    )
    give(page, [str(wrong)])
    expect(page.locator(".kpa-error")).to_contain_text("31/02/2026")
    expect(page.locator(".kpa-error")).not_to_contain_text("Traceback")
    folder = Path(__file__).parents[2] / "data" / "moulins_2018_2019"  # all is before today: nothing is asked
    give(page, [str(path) for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".yaml")])
    expect(page.locator(".kpa-success").first).to_be_visible()
    page.get_by_label("Où les mettre").select_option(label="Un nouveau carnet")  # another test may have left one open
    page.get_by_label("Nom à donner").fill("Nos essais")
    page.get_by_label("Nom à donner").press("Enter")
    page.get_by_text("Le carnet « Nos essais » est enregistré.").wait_for()


def test_the_page_in_jupyterlab_shows_the_same_screen(page_at, run_all):
    page = page_at("03_une_enveloppe", lab=True)
    page.locator("h1", has_text="enveloppe").first.wait_for()
    run_all(page)
    expect(page.locator(".kpa-panel .kpa-bars").nth(1)).to_be_attached()


def test_a_page_that_is_left_gives_its_memory_back(page_at, serve, everyone):
    page = page_at("00_bienvenue", size=(360, 780))
    everyone(page)
    running = serve(None)
    kernels = f"{running.base}api/kernels?token={running.token}"
    left = set()
    for title in ("Chiffres", "Commande"):
        left.add(page.evaluate("window.jupyterapp.widgetManager.kernel.id"))
        with page.expect_navigation():
            page.get_by_role("link", name=title, exact=True).first.click()
        at_rest(page)
    expect(page.locator(".kpa-bars").first).to_be_visible()
    everyone(page)
    gone = lambda: left.isdisjoint(each["id"] for each in page.request.get(kernels).json())  # noqa: E731
    until(page, gone, "the memory of a page that was left is still there")
    assert page.troubles == []
