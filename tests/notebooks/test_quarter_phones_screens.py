"""A bot plays a month on the screen of the game with what phones chose in the open workshop."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from dataclasses import asdict

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.lessons.game import cards
from kpa_model.server import catalogue, run
from kpa_model.ui.screens.game.table import GameTable
from kpa_model.ui.state import Store
from kpa_model.workshop import script_file
from tests.kept_workshop import keep_workshop
from tests.notebooks.screens import named, text

TAKE = "Prendre le choix des téléphones"
PRICES, PAY = ("mois_1", "prix"), ("mois_1", "paie")
FIRST, *OTHERS = cards.table(7, 1)
SECOND_RULE = [*cards.rule_titles()][1]


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    catalogue.load()
    return kpa.open_store()


@pytest.fixture
def answering() -> Iterator[str]:
    """An address that answers, as the one of an open workshop does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


def opened(workshop: str, address: str) -> None:
    """Say on this machine that a workshop is open."""
    run.note().write_text(json.dumps(asdict(run.Opened(workshop, "", "", address, address, os.getpid()))))


def script(name: str = "jeu_du_trimestre"):
    return script_file.ready_scripts()[name]


def prices(*options: str) -> list[dict[str, str]]:
    """Return a ballot for each option of the first order; no quote for the others."""
    return [{FIRST.key: option, **{card.key: "rien" for card in OTHERS}} for option in options]


def choices(screen: widgets.Widget) -> list[str]:
    return [named(screen, f"Devis : {card.title}").value for card in (FIRST, *OTHERS)]


def test_the_choice_of_phones_fills_the_lists_and_the_group_sends(store, answering) -> None:
    pay = [{"regle": SECOND_RULE, "garder": "quart"}] * 4 + [{"regle": "parts_egales", "garder": "rien"}]
    opened(keep_workshop(script(), {PRICES: prices("juste", "haut", "juste", "juste", "rien"), PAY: pay}), answering)
    screen = kpa.quarter_game(store)
    named(screen, TAKE).click()
    assert choices(screen) == ["juste", "rien", "rien", "rien"]
    assert "Le choix des téléphones est dans les listes : 5 réponses." in text(screen).replace("\u00a0", " ")
    assert GameTable().turns == []
    named(screen, "Envoyer les devis").click()
    named(screen, "Au travail").click()
    named(screen, TAKE).click()
    assert (named(screen, "Notre règle").value, named(screen, "Pour le mois suivant").value) == (SECOND_RULE, "quart")
    named(screen, "Payer, et finir le mois").click()
    assert GameTable().turns[0] == {"tour": "devis", "prix": {FIRST.key: "juste"}}
    assert GameTable().turns[-1] == {"tour": "paie", "regle": SECOND_RULE, "garder": 250_000}


def test_a_choice_by_hand_stays_possible_and_ties_are_left_to_the_group(store, answering) -> None:
    opened(keep_workshop(script(), {PRICES: prices("haut", "haut", "bas", "bas", "juste")}), answering)
    screen = kpa.quarter_game(store)
    named(screen, f"Devis : {OTHERS[0].title}").value = "bas"
    named(screen, f"Devis : {FIRST.title}").value = "juste"
    named(screen, TAKE).click()
    assert choices(screen)[:2] == ["juste", "rien"]
    assert f"Égalité pour « Devis : {FIRST.title} » : décidez à voix haute." in text(screen)
    named(screen, f"Devis : {OTHERS[0].title}").value = "haut"
    named(screen, "Envoyer les devis").click()
    assert GameTable().turns == [{"tour": "devis", "prix": {FIRST.key: "juste", OTHERS[0].key: "haut"}}]


def test_it_says_why_there_is_nothing_to_take(store, answering) -> None:
    screen = kpa.quarter_game(store)

    def said() -> str:
        named(screen, TAKE).click()
        assert choices(screen) == ["rien"] * 4
        return text(screen)

    assert "Téléphones : aucun atelier n'est ouvert." in said()
    opened(keep_workshop(script("trois_quarts_d_heure"), {}), answering)
    assert "il ne joue pas le jeu du trimestre" in said()
    opened(keep_workshop(script(), {PRICES: prices(*["bas"] * 6)}, reveal=False), answering)
    assert "les votes de ce moment ne sont pas encore montrés" in said()
    opened(keep_workshop(script(), {PRICES: prices(*["bas"] * 4)}), answering)
    assert "moins de 5 réponses : le détail reste caché" in said()
    opened("disparu", answering)
    assert "il n'existe pas ici" in said()


def test_another_draw_is_said(store, answering) -> None:
    opened(keep_workshop(script(), {PRICES: prices(*["bas"] * 6)}), answering)
    screen = kpa.quarter_game(store)
    named(screen, "Numéro du tirage").value = 8
    named(screen, "Recommencer avec ce tirage").click()
    named(screen, TAKE).click()
    assert "il joue le tirage 7, et cet écran le tirage 8." in text(screen)
    alone = catalogue.alone("trimestre_choix")
    opened(keep_workshop(alone, {("trimestre_choix", "prix"): prices(*["bas"] * 6)}), answering)
    named(screen, "Numéro du tirage").value = 7
    named(screen, "Recommencer avec ce tirage").click()
    named(screen, TAKE).click()
    assert choices(screen)[0] == "bas"
    for turn in ("Envoyer les devis", "Au travail", "Payer, et finir le mois", TAKE):
        named(screen, turn).click()
    assert "il ne joue pas le mois 2." in text(screen)
