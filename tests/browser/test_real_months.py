"""A real month in a real browser: a rule is put in force, a month is closed and paid on a phone, its papers taken."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import at_rest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "14_nos_mois.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own: its server begins with an empty ledger."""
    made = tmp_path_factory.mktemp("mois") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOK, made / "14_nos_mois.ipynb")
    return made


def press(page: Page, button: str | re.Pattern[str], said: str) -> None:
    """One gesture, and what it says."""
    page.get_by_role("button", name=button, exact=isinstance(button, str)).first.click()
    expect(page.get_by_text(said).first).to_be_visible()


def begin(page: Page) -> None:
    page.get_by_role("button", name="Mettre une règle en vigueur").click()
    page.get_by_label("Règle", exact=True).select_option(label="Parts égales")
    page.get_by_label("Qui l’a décidée, et quand ?").fill("Réunion du 5 janvier")
    press(page, "Mettre en vigueur", "« Parts égales » est en vigueur depuis janvier 2025.")
    press(page, "Commencer", "Le registre commence en janvier 2025.")


def test_a_month_is_closed_and_paid_on_a_phone_then_its_papers_are_taken(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], folder: Path
) -> None:
    page = page_at("14_nos_mois", (360, 780), folder)
    expect(page.get_by_text("Aucune règle n’est encore en vigueur.")).to_have_count(1)
    begin(page)
    press(page, "Arrêter janvier 2025", "choses à corriger")
    at_rest(page)
    assert not re.search(r"\{p\d", page.locator(".kpa-error").first.inner_text())
    for box in page.locator(".kpa-check input").all():
        box.check()
    press(page, "Arrêter janvier 2025", "Janvier 2025 est arrêté. Lisez les montants ensemble")
    for name in ("Awa", "Jeannine"):
        page.locator(".kpa-ticks").get_by_label(name, exact=True).check()
    press(page, "Adopter janvier 2025", "Adopté le")
    press(page, re.compile("Noter : tout est versé"), "Tout ce qui pouvait l’être est versé pour janvier 2025.")
    expect(page.locator(".kpa-states [aria-current]")).to_have_text("clos : nous sommes ici")
    everyone(page)

    page = page_at("14_nos_mois", folder=folder)
    for paper, link in (("Fiche du mois", "Prendre la fiche du mois"), ("L’année du groupe", "Prendre l’année")):
        page.get_by_role("button", name=paper).click()
        with page.expect_download() as taken:
            page.get_by_role("link", name=link).click()
        assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    everyone(page)
