"""An exercise on a real phone: own numbers, an answer, feedback for oneself alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import press
from tests.browser.test_course import kept


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[tuple[str, str, str]]:
    """A workshop with one exercise: its address, its code, the facilitator's address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kpa_model.command", "atelier", "--activite", "exercice", "--sans-navigateur",
         "--adresse", "127.0.0.1", "--graine", "7"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env={**os.environ, "KPA_MES_DONNEES": str(tmp_path), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
    )  # fmt: skip
    said = ""
    assert process.stdout
    for line in process.stdout:
        said += line
        if "Gardez cette fenêtre" in line:
            break
    place = re.search(r"(http://127\.0\.0\.1:\d+/)\s+code (\d{3}) (\d{3})", said)
    key = re.search(r"Pour animer : (\S+)", said)
    assert place, said
    assert key, said
    yield place[1], place[2] + place[3], key[1]
    process.terminate()
    process.wait(60)
    process.stdout.close()


def test_two_phones_have_two_series_and_their_own_feedback(
    workshop: tuple[str, str, str], browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    base, code, key = workshop
    screen = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    screen.goto(key)
    phones = [browser.new_context(viewport={"width": 360, "height": 780}).new_page() for _ in range(2)]
    for at, phone in enumerate(phones):
        phone.goto(f"{base}?code={code}")
        phone.get_by_label("Le nom que vous choisissez").fill(f"Renard {at}")
        phone.get_by_role("button", name="Entrer").click()
        expect(phone.get_by_role("heading", name="Vous êtes dans l’atelier")).to_be_visible()
    press(screen, "Commencer", "Ouvrir la question")
    asked = []
    for at, phone in enumerate(phones):  # two draws may be alike: what counts is that each is judged on her own
        box = phone.locator("form.question input[type=text]").first
        expect(box).to_be_visible()
        asked.append(phone.get_by_text("Une formule buffet coûte").inner_text())
        price = float(re.search(r"coûte ([\d,]+)", asked[at])[1].replace(",", "."))  # type: ignore[index]
        box.fill(f"{price * 1.1:.2f}".replace(".", ",") if at else f"{price * 0.1:.2f} €")
        assert axe(phone) == []
        phone.locator("form.question button[type=submit]").click()
        expect(phone.get_by_role("heading", name="C’est envoyé")).to_be_visible()
    press(screen, "Montrer les réponses")
    expect(phones[0].get_by_role("paragraph").filter(has_text="C’est le montant de la TVA seule")).to_be_visible()
    expect(phones[1].get_by_text("C’est juste.")).to_be_visible()
    expect(screen.get_by_text("Moins de cinq réponses")).to_be_visible()
    kept(phones[0], "telephone_reponse")
    kept(screen, "telephone_ecran")
    assert axe(phones[0]) == []
    for page in (screen, *phones):
        page.context.close()
