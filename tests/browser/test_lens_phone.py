"""The page for oneself on a real phone, and the posters on the screen of the room: read, pressed, looked at.

`KPA_CAPTURES=folder` keeps pictures of what people see.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kpa_model.server import catalogue
from kpa_model.workshop import script_file
from tests.browser.conftest import press, violations, within
from tests.live_server import Served

PROJECTOR, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 780}
CAPTURES = os.environ.get("KPA_CAPTURES")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    catalogue.load()
    script = script_file.dumps(script_file.ready_scripts()["deux_heures"])
    opened = Served(str(tmp_path_factory.mktemp("lentille") / "ateliers.sqlite"), script=script)
    yield opened
    opened.stop()


def checked(page: Page, name: str) -> None:
    """No violation, nothing wider than the screen, everything touched is tall enough."""
    if CAPTURES:
        page.screenshot(path=Path(CAPTURES) / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert within(page)
    for each in page.locator("main a:visible, main button:visible, footer a:visible, summary:visible").all():
        box = each.bounding_box()
        assert box
        assert box["height"] >= 44, each.inner_text()


def test_a_person_computes_for_herself_on_her_phone(browser: Browser, served: Served) -> None:
    page = browser.new_context(viewport=PHONE, locale="fr-FR").new_page()
    base = f"http://127.0.0.1:{served.port}"
    page.goto(base)
    checked(page, "lentille_accueil")
    page.get_by_role("link", name=re.compile("combien me reste-t-il")).click()
    expect(page.get_by_role("button", name="Voir ce qui reste")).to_be_visible()
    expect(page.get_by_label("Mon ARE brute par mois")).to_be_hidden()
    checked(page, "lentille_questions")
    page.get_by_role("button", name="Voir ce qui reste").click()
    expect(page.get_by_role("alert")).to_contain_text("Une réponse est à revoir.")
    checked(page, "lentille_faute")
    page.get_by_label("Le montant de ma paie").fill("400")
    page.get_by_label(re.compile("Le coût total")).check()
    page.get_by_label(re.compile("Chaque mois")).check()
    page.get_by_label("Chômage").check()
    page.get_by_label("Mon ARE brute par mois").fill("900")
    page.get_by_role("button", name="Voir ce qui reste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui reste en main")
    checked(page, "lentille_bande")
    page.get_by_text("Changer un chiffre").click()
    page.get_by_label(re.compile("Le net")).check()
    page.get_by_label("ASS", exact=True).check()
    page.get_by_role("button", name="Voir ce qui reste").click()
    expect(page.locator(".attention").first).to_contain_text("L’ASS s’arrête au quatrième mois")
    checked(page, "lentille_net")
    assert page.url == f"{base}/en-main"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_role("link", name="Tout effacer").click()
    expect(page.get_by_label("Le montant de ma paie")).to_have_value("")
    page.context.close()


def test_the_room_reads_the_posters(browser: Browser, served: Served) -> None:
    page = browser.new_context(viewport=PROJECTOR, locale="fr-FR").new_page()
    page.goto(f"http://127.0.0.1:{served.port}/animation/entrer?jeton={served.key}")
    press(page, "Commencer")
    expect(page.locator(".affiche")).to_contain_text("On peut passer son tour.")
    size = float(page.locator(".affiche p").last.evaluate("each => parseFloat(getComputedStyle(each).fontSize)"))
    assert size >= 28
    checked(page, "affiches_accueil")
    press(page, "Suivant")
    expect(page.locator(".affiche")).to_have_count(2)
    checked(page, "affiches_debat")
    while "commande" not in page.get_by_text("Page du cahier à projeter").all_inner_texts().__repr__().lower():
        press(page, "Suivant")
    checked(page, "affiches_page")
    page.context.close()
