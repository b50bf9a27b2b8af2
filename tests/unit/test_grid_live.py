"""A grid tried in a live workshop: five phones read the same invented case, and the screen speaks of the grid."""

from __future__ import annotations

import pytest

from kpa_model.assessment.grid_file import ready_grids
from kpa_model.server import catalogue
from kpa_model.story.grids.workshop import grid_workshop
from kpa_model.workshop import script_file
from tests.live_server import Served

NAMES = ("Renard", "Loutre", "Castor", "Mésange", "Blaireau")


@pytest.fixture
def served(tmp_path, monkeypatch):
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    catalogue.load()
    script = script_file.dumps(grid_workshop("implication", ready_grids()["implication"]))
    made = Served(f"{tmp_path}/log.sqlite", script=script)
    yield made
    made.stop()


@pytest.mark.parametrize("people", [4, 5])
def test_the_screen_tells_of_the_grid_from_five_answers_on(served: Served, people: int) -> None:
    phones = [served.guest(name) for name in NAMES[:people]]
    animator = served.facilitator()
    for _ in range(2):
        animator.act(geste="suivant")
    for at, phone in enumerate(phones):
        assert phone.answer(reunions=str(1 + at % 4), lieu="2", decisions="pas_rencontre") == 303
    animator.get("/animation")
    animator.act(geste="montrer")
    animator.get("/animation")
    assert ("Moins de cinq réponses" in animator.text) == (people < 5)
    assert ("Où sont les réponses" in animator.text) == (people >= 5)
