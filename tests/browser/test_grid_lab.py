"""The laboratory of grids, in a real browser: readable by everyone at both sizes, and it answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kpa_model.assessment.grid_file import ready_grids
from kpa_model.files.log.archive import forget_workshop
from kpa_model.files.log.events import EventLog
from kpa_model.story.grids.workshop import grid_workshop
from tests.browser.conftest import within
from tests.kept_workshop import keep_workshop

SIZES = [(1280, 800), (360, 780)]


def unfold(page: Page, title: str) -> None:
    page.locator(".jupyter-widget-Collapse-header").filter(has_text=title).click()


def test_a_grid_is_changed_tried_and_joined_to_pay(
    page_at: Callable[..., Page], everyone: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = page_at("13_nos_grilles", size)
    expect(page.get_by_text("« L’argent du groupe » est compris de plusieurs façons.")).not_to_have_count(0)
    unfold(page, "Répondre ici, chacun son tour")
    page.get_by_label("Je prends part : Je donne mon avis, ou je le fais passer par quelqu’un.").check()
    page.get_by_role("button", name="Garder cette réponse").click()
    expect(page.get_by_text("Réponse gardée : personne 1, sur Nadia.")).to_be_visible()
    unfold(page, "Changer un critère")
    page.get_by_label("Son nom", exact=True).fill("Nos réunions")
    page.get_by_role("button", name="Garder ces mots").click()
    expect(page.get_by_role("rowheader", name="Nos réunions").first).to_be_visible()
    page.get_by_role("button", name="Annuler le changement").click()
    expect(page.get_by_role("rowheader", name="Les réunions").first).to_be_visible()
    unfold(page, "Essayer, sur un mois")
    page.get_by_label("Qui donne les points", exact=True).select_option("Partage impartial")
    expect(page.get_by_text("Partage impartial. Le trait")).not_to_have_count(0)
    for title in ("Changer les niveaux", "Nos versions", "Imprimer, partager"):
        unfold(page, title)
    everyone(page)


def test_what_phones_answered_is_taken_on_a_phone(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(server.personal))
    answers = [{"reunions": str(1 + at % 4), "lieu": "2"} for at in range(5)]
    script = grid_workshop("implication", ready_grids()["implication"])
    workshop = keep_workshop(script, {("cas", "cas_1"): answers})
    try:
        page = page_at("13_nos_grilles", SIZES[1])
        unfold(page, "Prendre les réponses d’un atelier")
        page.get_by_role("button", name="Prendre les réponses", exact=True).click()
        expect(page.get_by_text("Les réponses sont là : 5 lectures, par 5 personnes.")).to_be_visible()
        expect(page.get_by_text("Nous regardons 5 lectures de cas inventés, par 5 personnes.")).to_be_visible()
        expect(page.get_by_label("Avec les lectures inventées")).not_to_be_checked()
        assert within(page)
        assert axe(page) == []
    finally:
        with EventLog() as log:
            forget_workshop(log, workshop)
