"""A page that lost its link with the workbook says so: nobody goes on writing in a page that keeps nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import at_rest, within

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own, so that its server can be stopped: the last test does it."""
    made = tmp_path_factory.mktemp("lien") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOKS / "01_nos_chiffres.ipynb", made)
    return made


def test_a_file_of_fifteen_megabytes_is_answered_and_the_next_one_too(
    page_at: Callable[..., Page], tmp_path: Path, folder: Path
) -> None:
    page = page_at("01_nos_chiffres", folder=folder)  # a workbook of its own: what other tests gave would be asked less
    answers = {600_000: page.get_by_text("plus de 100000 lignes"), 2: page.get_by_text("Question 1 sur")}
    for lines, answer in answers.items():
        (tmp_path / "heures.csv").write_text("personne;date;genre;duree\n" + "Awa;03/11/2025;appui;1h\n" * lines)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Choisir des fichiers").click()
        chooser.value.set_files(tmp_path / "heures.csv")
        expect(answer).to_be_visible()
    expect(answers[600_000]).to_have_count(0)


def test_a_link_cut_then_back_is_said_and_the_page_goes_on(page_at: Callable[..., Page], folder: Path) -> None:
    page = page_at("01_nos_chiffres", folder=folder)
    links: list[WebSocketRoute] = []
    open_to_all = [True]

    def through(link: WebSocketRoute) -> None:
        links.append(link)
        if open_to_all[0]:
            link.connect_to_server()
        else:
            link.close(code=1011)

    page.route_web_socket(re.compile("/channels"), through)
    page.reload()
    button = page.get_by_role("button", name="Commencer ce carnet")
    expect(button).to_be_visible()
    at_rest(page)  # its link is looked after
    open_to_all[0] = False
    links[-1].close(code=1011)
    expect(page.get_by_role("alert")).to_contain_text("Le cahier ne répond plus.")
    open_to_all[0] = True
    expect(page.get_by_role("alert")).to_contain_text("Le lien est revenu.")
    page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Les personnes : il n’y en a aucune")


def test_a_page_says_that_its_memory_is_gone_then_that_the_workbook_is_closed(
    page_at: Callable[..., Page], serve: Callable, axe: Callable[[Page], list[str]], folder: Path
) -> None:
    page = page_at("01_nos_chiffres", (360, 780), folder)
    expect(page.get_by_role("alert")).to_have_count(0)
    running = serve(folder)
    for kernel in psutil.Process(running.process.pid).children():  # as when the machine lacks memory
        kernel.kill()
    expect(page.get_by_role("alert")).to_contain_text("Cette page a perdu sa mémoire.")
    assert axe(page) == []
    assert within(page)
    page.get_by_role("button", name="Recharger la page").click()
    expect(page.get_by_role("button", name="Choisir des fichiers")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    running.stop()
    expect(page.get_by_role("alert")).to_contain_text("Le cahier ne répond plus.")
