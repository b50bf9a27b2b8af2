"""The register of decisions in a real browser: written by hand on a phone, read again on the projector."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kpa_model.decision.record import DecisionRecord, Objection, VoteTold
from kpa_model.declare.page import Bar, Bars, Sentence, Stack, Stacks, Table
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide.page import record_page
from kpa_model.story.decide.told import rule_told

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "10_nos_decisions.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of its own: its server begins with an empty register."""
    made = tmp_path_factory.mktemp("registre") / "pages"
    made.mkdir()
    shutil.copy(NOTEBOOK, made / "10_nos_decisions.ipynb")
    return made


def looked_at(page: Page, name: str) -> None:
    """Keep a picture of the page, when somebody wants to look at it."""
    if kept := os.environ.get("KPA_CAPTURES"):
        page.screenshot(path=f"{kept}/{name}.png", full_page=True)


def write(page: Page) -> None:
    page.locator(".jupyter-widget-Collapse-header").filter(has_text="Écrire une décision").click()
    page.get_by_label("De quoi avons-nous décidé ?").select_option("Parts égales")
    page.get_by_label("Qui était là ?").fill("Awa\nBruno\nChloé\nDjamila\nÉlodie")
    page.get_by_label("Quel jour étions-nous ?").fill("2027-01-15")
    page.get_by_label("Nous l’essayons jusqu’à une date.").check()
    page.get_by_label("Jusqu’à quel jour l’essayons-nous ?").fill("2027-04-14")
    page.get_by_label("Chaque personne a été interrogée. Personne n’y objecte.").check()
    page.get_by_label("Objection 1", exact=True).fill("Les trajets ne comptent pas.")
    page.get_by_label("Notre réponse à l’objection 1").fill("Nous les comptons dès février.")
    page.keyboard.press("Tab")


def test_a_decision_is_written_on_a_phone_and_read_on_the_projector(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], folder: Path
) -> None:
    page = page_at("10_nos_decisions", (360, 780), folder)
    write(page)
    page.get_by_role("button", name="Écrire le compte rendu").click()
    expect(page.locator(".kpa-error")).to_contain_text("Quel jour en reparlons-nous ?")
    expect(page.get_by_label("Objection 1", exact=True)).to_have_value("Les trajets ne comptent pas.")
    page.get_by_label("Quel jour en reparlons-nous ?").fill("2027-04-15")
    page.keyboard.press("Tab")
    looked_at(page, "registre_telephone_formulaire")
    page.get_by_role("button", name="Écrire le compte rendu").click()
    expect(page.get_by_text("La décision est écrite.")).to_be_visible()
    everyone(page)
    looked_at(page, "registre_telephone")

    page = page_at("10_nos_decisions", folder=folder)
    expect(page.get_by_text("Nous en reparlons le 15 avril 2027.").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Prendre le PDF à signer").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="En faire la règle de départ").click()
    expect(page.get_by_text("Cette règle est maintenant la règle de départ des essais.")).to_be_visible()
    everyone(page)
    looked_at(page, "registre_projecteur")


def test_the_record_alone_is_a_page_that_everyone_can_read(
    browser: Browser, axe: Callable[[Page], list[str]], tmp_path: Path, fits: Callable[[Page], None]
) -> None:
    vote = VoteTold(
        "Le jugement",
        10,
        (
            Sentence("Un minimum arrive en tête.", "big"),
            Stacks("Les mentions", (Stack("Un minimum", (("À rejeter", 1), ("Passable", 2), ("Bien", 7))),)),
            Table("Les nombres", ("Règle", "À rejeter", "Passable", "Bien"), (("Un minimum", "1", "2", "7"),)),
            Bars("Réponses", (Bar("Oui", 7, "7 réponses"), Bar("Non", 1, "1 réponse"))),
        ),
    )
    record = DecisionRecord(
        "Les Tilleuls", date(2027, 1, 15), "essai", rule_told(ready_rules()["minimum_et_heures"]), votes=(vote,),
        present=("Awa", "Bruno"), objections=(Objection("Trop vite.", "Trois mois."),), review_on=date(2027, 4, 15),
    )  # fmt: skip
    written = tmp_path / "compte_rendu.html"
    written.write_text(record_page(record), encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written.as_uri())
    fits(page)
    assert axe(page) == []
    assert asked == [written.as_uri()]
    context.close()
