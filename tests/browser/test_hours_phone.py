"""A week noted in the room: a phone of 360 pixels, a shared tablet, the screen, the page that leads, and the book."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kpa_model.command.workshop import workshop_facts_of
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.importing.typing import start_book
from kpa_model.server import catalogue
from kpa_model.workshop.script_file import dumps, ready_scripts
from tests.browser.conftest import press, within
from tests.live_server import Served
from tests.typed_books import put_invoice

PROJECTOR, PHONE, TABLET = (1280, 800), (360, 780), (800, 1100)
NAMES = ("Awa", "Bruno", "Chloé")
WEEK = "2026-06-03"
CAPTURES = os.environ.get("KPA_CAPTURES")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "mes_donnees"))
    place = start_book("Notre coopérative", NAMES, date(2026, 1, 1))
    sold = {"facture": "F1", "libelle": "Buffet de juin pour la fête du quartier", "date": date(2026, 6, 3)}
    put_invoice(place, {**sold, "montant_ht": 90_000, "taux_tva": 100_000})
    return place


@pytest.fixture
def served(folder: Path, tmp_path: Path) -> Iterator[Served]:
    catalogue.load()
    ready = ready_scripts()["nos_heures"]
    asked = [hasattr(step.activity, "week") for step in ready.steps]
    assert any(asked)  # a week of one month, whatever the day of the tests: one of two months is asked in two parts
    steps = zip(ready.steps, asked, strict=True)
    script = replace(
        ready,
        steps=tuple(replace(step, activity=replace(step.activity, week=WEEK)) if has else step for step, has in steps),
    )
    facts = workshop_facts_of(str(folder), None, [], 1, script)
    made = Served(str(tmp_path / "a.sqlite"), script=dumps(script), facts=facts)
    yield made
    made.stop()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[tuple[int, int]], Page]]:
    contexts: list[BrowserContext] = []

    def go(size: tuple[int, int]) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
        contexts.append(context)
        return context.new_page()

    yield go
    for context in contexts:
        context.close()


def test_a_week_is_noted_by_a_phone_a_tablet_and_the_room(
    served: Served, folder: Path, open_page: Callable[[tuple[int, int]], Page], axe: Callable[[Page], list[str]]
) -> None:
    base = f"http://127.0.0.1:{served.port}"
    phone, tablet, screen, lead = (open_page(size) for size in (PHONE, TABLET, PROJECTOR, PROJECTOR))

    def look(page: Page, name: str) -> None:
        assert axe(page) == [], name
        assert within(page), name
        if CAPTURES:
            page.screenshot(path=Path(CAPTURES) / f"heures-{name}.png", full_page=True)

    def send(page: Page) -> None:
        page.locator("form.question button[type=submit]").click()
        expect(page.get_by_role("heading", name="C’est envoyé")).to_be_visible()

    lead.goto(f"{base}/animation/entrer?jeton={served.key}")
    screen.goto(f"{base}/animation/entrer?jeton={served.key}")
    screen.goto(f"{base}/animation/ecran")
    phone.goto(f"{base}?code={served.workshop.code}")
    phone.get_by_label("Le nom que vous choisissez").fill("Awa")
    phone.get_by_role("button", name="Entrer").click()
    tablet.goto(f"{base}?partage=oui&code={served.workshop.code}")
    tablet.get_by_role("button", name="Ouvrir la tablette partagée").click()
    for name in ("Bruno", "Chloé"):
        tablet.get_by_label("Le nom que vous choisissez").fill(name)
        tablet.get_by_role("button", name="Entrer").click()
        tablet.get_by_role("link", name="Passer la tablette").click()
    expect(phone.get_by_role("heading", name="Vous êtes dans l’atelier")).to_be_visible()
    press(lead, "Commencer", "Ouvrir la question")

    first = phone.locator("form.question input.nombre").first
    expect(first).to_be_visible()
    expect(phone.get_by_label("Appui : courses, devis, vaisselle")).to_be_visible()
    phone.keyboard.press("Tab")
    first.focus()
    for text in ("2", "1 h 30", "", "3"):  # by the keyboard alone, box after box
        phone.keyboard.type(text)
        phone.keyboard.press("Tab")
    look(phone, "telephone")
    send(phone)
    look(phone, "telephone-envoye")
    for at in range(2):
        tablet.goto(base)
        tablet.locator(".ligne-personne").nth(at).click()
        tablet.locator("input.nombre").nth(1).fill(str(4 + at))
        look(tablet, f"tablette-{at}")
        send(tablet)
    expect(screen.locator("#etape")).to_contain_text("3 réponses sur 3")
    look(screen, "ecran-question")
    press(lead, "Montrer les réponses")
    expect(screen.locator("#etape")).to_contain_text("Ensemble, nous avons donné 15 h 30 cette semaine.")
    look(screen, "ecran-total")
    look(phone, "telephone-total")
    press(lead, "Suivant", "Ouvrir la question")
    expect(phone.get_by_text("Vous avez noté : Appui 2 h, Commun 1 h 30")).to_be_visible()
    look(phone, "telephone-accord")
    phone.get_by_label("Oui, vous pouvez les mettre dans nos chiffres").check()
    send(phone)
    tablet.goto(base)
    tablet.locator(".ligne-personne").nth(0).click()
    tablet.get_by_label("Oui, vous pouvez les mettre dans nos chiffres").check()
    send(tablet)
    press(lead, "Montrer les réponses")
    expect(screen.locator("#etape")).to_contain_text("2 personnes sur 3 ont donné leur accord.")
    look(screen, "ecran-accord")
    look(lead, "animation")
    lead.get_by_role("link", name="Mettre dans nos chiffres").click()
    expect(lead.get_by_role("button", name="Mettre dans nos chiffres")).to_be_visible()
    look(lead, "difference")
    lead.set_viewport_size({"width": 360, "height": 780})
    look(lead, "difference-telephone")
    lead.get_by_role("button", name="Mettre dans nos chiffres").dblclick()
    expect(lead.get_by_text("Les heures de cette semaine sont dans nos chiffres.")).to_be_visible()
    look(lead, "mis")
    held = [sum(each.minutes for each in read_book(folder).book.hours if each.member == who) for who in NAMES]
    assert held == [390, 240, 0]
    with lead.expect_navigation():
        lead.get_by_role("button", name="Défaire").click()
    expect(lead.get_by_text("Les heures de cette semaine sont dans nos chiffres.")).to_have_count(0)
    assert read_book(folder).book.hours == ()
