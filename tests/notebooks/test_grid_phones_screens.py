"""Bots that take, in the laboratory of grids, what phones answered in a workshop of this machine."""

from __future__ import annotations

from dataclasses import replace

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.assessment import versions
from kpa_model.assessment.answers import filled
from kpa_model.assessment.cases import invented_cases
from kpa_model.assessment.grid_file import ready_grids
from kpa_model.assessment.readings import ONESELF, FilledGrid
from kpa_model.files.log.archive import forget_person
from kpa_model.files.log.events import EventLog
from kpa_model.server import catalogue
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.story.grids.workshop import grid_workshop
from kpa_model.ui.screens.grids.bench import bench
from kpa_model.ui.state import Store
from kpa_model.workshop.event import Event
from kpa_model.workshop.script import Script
from tests.kept_workshop import NAMES, keep_workshop
from tests.notebooks.screens import every, html, named, text

GRID = ready_grids()["implication"]
CASES = [("cas", f"cas_{at}") for at in (1, 2, 3)]


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    catalogue.load()
    return kpa.open_store()


def unfolded(store: Store) -> widgets.Widget:
    """Return the screen with « Prendre les réponses d'un atelier » unfolded."""
    screen = kpa.try_grid(store)
    screen.selected_index = screen.titles.index("Prendre les réponses d'un atelier")
    return screen


def levels(people: int) -> list[dict[str, str]]:
    return [{"reunions": str(1 + at % 4), "lieu": "2"} for at in range(people)]


def script() -> Script:
    return grid_workshop("implication", GRID)


def test_what_phones_read_comes_without_names(store) -> None:
    keep_workshop(script(), {place: levels(6) for place in CASES})
    shown, screen = kpa.what_the_grid_shows(store), unfolded(store)
    assert "Essayer la grille" in named(screen, "Atelier").options[0][0]
    named(screen, "Prendre les réponses").click()
    assert "Les réponses sont là : 18 lectures, par 6 personnes." in text(screen).replace("\u00a0", " ")
    assert "18 lectures de cas inventés, par 6 personnes" in text(shown).replace("\u00a0", " ")
    assert not named(shown, "Avec les lectures inventées").value
    assert "est compris de plusieurs façons" in text(shown)
    assert {each.about for each in bench(store).readings} == {each.name for each in invented_cases()[:3]}
    assert not any(name in f"{html(screen)}{html(shown)}{bench(store).readings}" for name in NAMES)


def test_taking_twice_counts_once_and_forgets_who_was_forgotten(store) -> None:
    workshop = keep_workshop(script(), {place: levels(6) for place in CASES})
    bench(store).add(FilledGrid("1", "Nadia", filled(GRID, {"lieu": "3"})))
    screen = unfolded(store)
    named(screen, "Prendre les réponses").click()
    before = [each.by for each in bench(store).readings]
    named(screen, "Prendre les réponses").click()
    assert [each.by for each in bench(store).readings] == before
    assert len(before) == 19
    with EventLog() as log:
        forget_person(log, workshop, "p5")
    named(screen, "Prendre les réponses").click()
    assert len(bench(store).readings) == 16


def test_two_workshops_add_up(store) -> None:
    for _ in range(2):
        keep_workshop(script(), {CASES[0]: levels(5)})
    screen = unfolded(store)
    for _, workshop in named(screen, "Atelier").options:
        named(screen, "Atelier").value = workshop
        named(screen, "Prendre les réponses").click()
    assert len(bench(store).readings) == len({each.by for each in bench(store).readings}) == 10


def test_a_workshop_still_open_gives_only_what_the_room_saw(store) -> None:
    workshop = keep_workshop(script(), {CASES[0]: levels(5)})
    with EventLog() as log:
        log.append(workshop, Event("moved", "", *CASES[1]))
        for at, answer in enumerate(levels(5)):
            log.append(workshop, Event("answered", f"p{at}", *CASES[1], {"answer": answer}))
    named(unfolded(store), "Prendre les réponses").click()
    assert {each.about for each in bench(store).readings} == {"Nadia"}


def test_answers_on_oneself_come_too_and_stay_hidden_under_five(store) -> None:
    alone = catalogue.alone("grille")
    keep_workshop(alone, {("grille", "soi"): [{ready_grids()["images"].keys[0]: "1"}] * 4})
    bench(store).open("images")
    screen = unfolded(store)
    named(screen, "Prendre les réponses").click()
    assert "moins de 5 réponses à chaque question : le détail reste caché" in text(screen)
    assert bench(store).readings == []
    keep_workshop(alone, {("grille", "soi"): [{ready_grids()["images"].keys[0]: "1"}] * 5})
    screen = unfolded(store)
    named(screen, "Prendre les réponses").click()
    assert [each.about for each in bench(store).readings] == [ONESELF] * 5


def test_without_a_workshop_it_says_where_to_open_one(store) -> None:
    screen = unfolded(store)
    assert "Aucun atelier n'est gardé sur cet ordinateur." in text(screen)
    assert named(screen, "Atelier").layout.display == "none"
    keep_workshop(script(), {CASES[0]: levels(5)})
    screen.selected_index = None
    screen.selected_index = screen.titles.index("Prendre les réponses d'un atelier")
    assert "Aucun atelier" not in text(screen)
    assert named(screen, "Atelier").layout.display is None


def test_a_workshop_without_a_grid_says_so(store) -> None:
    keep_workshop(catalogue.alone("thermometre"), {("thermometre", "reponse"): []})
    screen = unfolded(store)
    for label in ("Prendre les réponses", "Ouvrir la grille de l'atelier"):
        named(screen, label).click()
        assert "Cet atelier : personne n'y remplit de grille." in text(screen)
    assert bench(store).readings == []


def test_answers_not_revealed_stay_in_the_workshop(store) -> None:
    keep_workshop(script(), {CASES[0]: levels(6)}, reveal=False)
    screen = unfolded(store)
    named(screen, "Prendre les réponses").click()
    assert "les réponses n'y sont pas encore montrées" in text(screen)
    assert bench(store).readings == []


def test_other_words_are_said_and_the_words_of_the_workshop_can_be_opened(store) -> None:
    versions.keep(replace(GRID, title="Notre part"))
    mine = versions.known_grids()["notre_part"]
    keep_workshop(grid_workshop("notre_part", mine), {place: levels(6) for place in CASES})
    changed = replace(mine.criteria[0], descriptors=("Je viens écouter.", *mine.criteria[0].descriptors[1:]))
    versions.keep(replace(mine, criteria=(changed, *mine.criteria[1:])))
    bench(store).open("notre_part")
    screen = unfolded(store)
    named(screen, "Prendre les réponses").click()
    assert "les téléphones ont lu d'autres mots : « Notre part »" in text(screen)
    assert bench(store).readings == []
    named(screen, "Ouvrir la grille de l'atelier").click()
    assert "avec les mots lus dans cet atelier" in text(screen)
    named(screen, "Prendre les réponses").click()
    assert len(bench(store).readings) == len(bench(store).fitting()) == 18
    assert bench(store).undo()
    assert bench(store).grid.criteria[0].descriptors[0] == "Je viens écouter."
    assert bench(store).fitting() == []


def test_a_workshop_of_before_that_does_not_say_its_words_is_refused(store) -> None:
    workshop = keep_workshop(script(), {CASES[0]: levels(6)})
    with EventLog() as log:
        opened = dict(LiveWorkshop(log, workshop).live.opened)
        log.append("ancien", Event("opened", payload={**opened, "facts": {"seed": 1}, "title": "Ancien"}))
    screen = unfolded(store)
    named(screen, "Atelier").value = "ancien"
    named(screen, "Prendre les réponses").click()
    assert "il ne dit pas quels mots ont été lus" in text(screen)


def test_a_script_is_given_only_for_words_that_phones_would_read(store) -> None:
    screen = kpa.our_grid(store)
    named(screen, "Je découvre").value = "Je viens écouter."
    named(screen, "Garder ces mots").click()
    named(screen, "Préparer un déroulé d'atelier").click()
    assert "Gardez d'abord cette version" in text(screen)
    named(screen, "Titre de notre grille").value = "Notre part"
    named(screen, "Garder cette version").click()
    named(screen, "Préparer un déroulé d'atelier").click()
    assert "kpa-download" in html(screen)


def test_the_time_of_an_answer_begins_when_the_form_is_unfolded(store, monkeypatch) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    screen = kpa.try_grid(store)
    now = 1600.0
    screen.selected_index = 0
    now = 1660.0
    next(each for each in every(screen) if getattr(each, "description", "") == "Les réunions").value = "3"
    named(screen, "Garder cette réponse").click()
    assert bench(store).readings[0].done.seconds == 60
