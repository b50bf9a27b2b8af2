"""A bot plays whole quarters on the screen, goes back, starts again, breaks the file, reads the debrief."""

from __future__ import annotations

import random

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.ui import state
from kpa_model.ui.screens.game.table import GameTable, path
from tests.notebooks.screens import every, named, text


@pytest.fixture
def store(tmp_path, monkeypatch) -> state.Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return kpa.open_store()


def descriptions(widget: widgets.Widget) -> list[str]:
    return [found for each in every(widget) if (found := getattr(each, "description", ""))]


def shuffle(screen: widgets.Widget, draw: random.Random) -> None:
    """Choose anything in every list shown."""
    for each in list(every(screen)):
        if isinstance(each, widgets.Dropdown):
            each.value = draw.choice(each.options)[1]


@pytest.mark.parametrize("seed", range(4))
def test_a_bot_plays_whole_quarters(store, seed: int) -> None:
    screen, told = kpa.quarter_game(store), kpa.quarter_debrief(store)
    named(screen, "Numéro du tirage").value = seed
    named(screen, "Recommencer avec ce tirage").click()
    draw = random.Random(seed)
    for month in (1, 2, 3):
        assert f"Mois {month} sur 3" in text(screen)
        shuffle(screen, draw)
        named(screen, "Envoyer les devis").click()
        named(screen, "Combien").value = str(draw.choice([0, 5, 20, 1000]))
        named(screen, draw.choice(["Mettre dans la caisse", "Reprendre de la caisse"])).click()
        shuffle(screen, draw)
        named(screen, "Au travail").click()
        shuffle(screen, draw)
        assert "Ce que chacun recevrait" in text(screen)
        assert "Jouez d'abord les trois mois." in text(told)
        named(screen, "Payer, et finir le mois").click()
    assert "Le trimestre est fini." in text(screen)
    assert "Notre caisse, mois par mois" in text(told)
    assert "Parlons-en" in text(told)
    named(told, "Rejouer autrement").click()
    assert "Si chaque client payait tout de suite" in text(told)
    assert "Indicatif, à vérifier." in text(told)
    assert "Quelque chose n'a pas marché" not in text(screen) + text(told)


def test_each_turn_asks_little(store) -> None:
    screen = kpa.quarter_game(store)
    asked = [each for each in every(screen) if isinstance(each, widgets.Dropdown)]
    assert len(asked) == 4
    named(screen, "Envoyer les devis").click()
    assert len([each for each in every(screen) if isinstance(each, widgets.Dropdown)]) == 6
    named(screen, "Au travail").click()
    assert len([each for each in every(screen) if isinstance(each, widgets.Dropdown)]) == 2


def test_money_moves_between_the_two_purses_and_no_further(store) -> None:
    screen = kpa.quarter_game(store)
    named(screen, "Envoyer les devis").click()
    assert "220 €" in text(screen)
    named(screen, "Combien").value = "25"
    named(screen, "Mettre dans la caisse").click()
    assert "245 €" in text(screen)
    assert "Samia 35 €" in text(screen)
    named(screen, "Combien").value = "1000"
    named(screen, "Mettre dans la caisse").click()
    assert "280 €" in text(screen)
    assert "Samia 0 €" in text(screen)
    named(screen, "Combien").value = "douze"
    named(screen, "Reprendre de la caisse").click()
    assert "ce n'est pas un montant possible" in text(screen)
    named(screen, "Reprendre le dernier coup").click()
    assert "245 €" in text(screen)


def test_a_game_goes_on_where_it_was_left_and_a_damaged_file_starts_another(store) -> None:
    screen = kpa.quarter_game(store)
    named(screen, "Envoyer les devis").click()
    assert "Au travail" in descriptions(kpa.quarter_game(store))
    assert GameTable().turns == [{"tour": "devis", "prix": {}}]
    for broken in (
        "[",
        "{}",
        '{"graine": "x", "coups": []}',
        '{"graine": 3, "coups": 4}',
        '{"graine": -1, "coups": []}',
    ):
        path().write_text(broken, encoding="utf-8")
        assert "Envoyer les devis" in descriptions(kpa.quarter_game(store))
    path().write_text('{"graine": 3, "coups": [1, {"tour": "?"}]}', encoding="utf-8")
    assert "Mois 1 sur 3" in text(kpa.quarter_game(store))


def test_the_need_for_cash_is_told_before_the_work(store) -> None:
    screen = kpa.quarter_game(store)
    for seed in range(60):
        named(screen, "Numéro du tirage").value = seed
        named(screen, "Recommencer avec ce tirage").click()
        for each in list(every(screen)):
            if isinstance(each, widgets.Dropdown):
                each.value = "bas"
        named(screen, "Envoyer les devis").click()
        if "en caisse. Sans cela" in text(screen):
            break
    assert "Il manque" in text(screen)
    named(screen, "Au travail").click()
    assert "pas assez d'argent pour les achats" in text(screen)


def test_the_cards_can_be_printed(store) -> None:
    screen = kpa.quarter_cards(store)
    named(screen, "Préparer les cartes et les fiches").click()
    found = " ".join(each.value for each in every(screen) if isinstance(each, widgets.HTML))
    assert 'download="jeu_du_trimestre.pdf"' in found
