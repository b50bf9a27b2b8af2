"""A bot opens a live workshop from the workbook, comes in by a phone, closes it, and opens it again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.server import run
from kpa_model.ui.screens.decide import workshop
from kpa_model.ui.state import Store
from tests.live_server import Visitor


@pytest.fixture
def store(tmp_path, monkeypatch) -> Iterator[Store]:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    yield kpa.open_store()
    workshop.close_workshop()


def every(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def named(widget: widgets.Widget, description: str) -> widgets.Widget:
    return next(each for each in every(widget) if getattr(each, "description", None) == description)


def told(widget: widgets.Widget) -> str:
    return " ".join(each.value for each in every(widget) if isinstance(each, widgets.HTML))


def test_a_workshop_is_opened_closed_and_taken_up_again(store: Store) -> None:
    screen = kpa.live_workshop(store)
    assert "Aucun atelier n'est ouvert" in told(screen)
    named(screen, "Ouvrir l'atelier").click()
    opened = run.opened_now()
    assert opened, told(screen)
    assert "Ouvrir la page d'animation" in told(screen)
    assert f"{opened.code[:3]} {opened.code[3:]}" in told(screen)
    assert "<svg" in told(screen)
    assert oct(run.note().stat().st_mode & 0o777) == "0o600"
    visitor = Visitor(int(re.search(r":(\d+)/", opened.address)[1]))
    visitor.get("/")
    visitor.post("/entrer", code=opened.code, nom="Renard")
    assert visitor.get("/") == 200
    named(screen, "Fermer l'atelier").click()
    assert "L'atelier est fermé" in told(screen)
    assert run.opened_now() is None
    again = named(screen, "Atelier")
    assert [key for _, key in again.options] == ["nouveau", opened.workshop]
    again.value = opened.workshop
    named(screen, "Ouvrir l'atelier").click()
    assert run.opened_now().workshop == opened.workshop
    assert visitor.get("/") == 200
    assert "Renard" in visitor.text  # the phone finds its page again, without coming in once more


def test_a_workshop_that_cannot_open_says_why(store: Store) -> None:
    with pytest.raises(workshop.DoesNotOpen, match="il n'y a ni fichier"):
        workshop.open_workshop(["deroule_inconnu"])


def test_a_new_workshop_talks_about_what_the_workbook_shows(store: Store) -> None:
    store.update(today="heures", compared=("parts_egales",))
    asked = workshop.arguments(store, "deux_heures")
    assert asked[0] == "deux_heures"
    assert asked[asked.index("--mois") + 1] == store.state.month
    assert asked[asked.index("--regles") + 1 :] == ["heures", "parts_egales"]
