"""Bots that play the laboratory of grids: change, undo, keep, try, see, join to pay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model.assessment import versions
from kpa_model.assessment.answers import filled
from kpa_model.assessment.grid_file import ready_grids
from kpa_model.assessment.readings import ONESELF, FilledGrid
from kpa_model.ui.screens.grids import trials as grid_trials
from kpa_model.ui.screens.grids.bench import bench, from_text
from kpa_model.ui.state import Store


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return kpa.open_store()


def every(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def text(widget: widgets.Widget) -> str:
    found = " ".join(each.value for each in every(widget) if isinstance(each, widgets.HTML))
    plain = re.sub(r"<[^>]+>", " ", found).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", plain.replace("\u00a0", " ").replace("\u202f", " "))


def named(widget: widgets.Widget, description: str) -> widgets.Widget:
    return next(each for each in every(widget) if getattr(each, "description", None) == description)


def test_words_are_changed_seen_and_undone(store) -> None:
    screen = kpa.our_grid(store)
    named(screen, "Son nom").value = "Nos réunions"
    named(screen, "Je découvre").value = "Je viens écouter."
    named(screen, "Son poids, pour les points").value = "2,5"
    named(screen, "Garder ces mots").click()
    assert "Nos réunions" in text(screen)
    assert bench(store).grid.criteria[0].weight == 250
    assert bench(store).grid.criteria[0].descriptors[0] == "Je viens écouter."
    named(screen, "Annuler le changement").click()
    assert bench(store).grid == ready_grids()["implication"]
    assert named(screen, "Annuler le changement").disabled


def test_a_wrong_weight_is_said_and_changes_nothing(store) -> None:
    screen = kpa.our_grid(store)
    named(screen, "Son poids, pour les points").value = "beaucoup"
    named(screen, "Garder ces mots").click()
    assert "n'est pas un nombre" in text(screen)
    assert bench(store).grid == ready_grids()["implication"]


def test_a_criterion_is_added_moved_and_removed(store) -> None:
    screen = kpa.our_grid(store)
    named(screen, "Un critère de plus").value = "La vaisselle"
    named(screen, "Ajouter ce critère").click()
    assert bench(store).grid.keys[-1] == "la_vaisselle"
    assert named(screen, "Critère").value == "la_vaisselle"
    assert "à écrire" in text(screen)
    named(screen, "Monter").click()
    assert bench(store).grid.keys[-2] == "la_vaisselle"
    named(screen, "Retirer ce critère").click()
    assert "la_vaisselle" not in bench(store).grid.keys


def test_levels_are_added_and_removed(store) -> None:
    screen = kpa.our_grid(store)
    named(screen, "Un niveau de plus").value, named(screen, "Ce qu'il veut dire").value = "Je forme", "Je forme."
    named(screen, "Ajouter ce niveau").click()
    assert len(bench(store).grid.levels) == 5
    named(screen, "Niveau").value = "5"
    named(screen, "Retirer ce niveau").click()
    assert bench(store).grid == ready_grids()["implication"]


def test_versions_are_kept_compared_and_taken_back(store) -> None:
    screen = kpa.our_grid(store)
    named(screen, "Garder cette version").click()
    assert "est gardée : version 1" in text(screen)
    named(screen, "Retirer ce critère").click()
    named(screen, "Garder cette version").click()
    assert [each.number for each in versions.versions(bench(store).name)] == [1, 2]
    named(screen, "Comparer").value, named(screen, "avec").value = "1", "2"
    named(screen, "Montrer ce qui change").click()
    assert "« Les réunions » est retiré." in text(screen)
    named(screen, "Reprendre la première").click()
    assert len(bench(store).grid.criteria) == 7


def test_another_grid_is_opened_and_found_again_another_day(store) -> None:
    screen = kpa.our_grid(store)
    named(screen, "Partir d'une grille").value = "metier_jardin"
    named(screen, "Ouvrir cette grille").click()
    assert "La grille « Jardiner »" in text(screen)
    assert bench(kpa.open_store()).grid == ready_grids()["metier_jardin"]
    (versions.folder() / "brouillon.json").write_text("{}", encoding="utf-8")
    assert bench(kpa.open_store()).grid == ready_grids()["implication"]


def test_a_draft_that_is_not_a_grid_is_refused() -> None:
    content = {"nom": "x", "grille": {"title": "x", "levels": [], "criteria": []}}
    with pytest.raises(ValueError, match="descriptors"):
        from_text(json.dumps(content))


def test_the_grid_goes_on_paper_and_in_a_file_when_it_is_whole(store) -> None:
    screen = kpa.our_grid(store)
    for label in ("Préparer la fiche d'animation", "Préparer un déroulé d'atelier"):
        named(screen, label).click()
        assert any("kpa-download" in each.value for each in html(screen))
    for label, found in (("Préparer le PDF à remplir", ".pdf"), ("Préparer le fichier", ".yaml")):
        named(screen, label).click()
        assert any(
            f'download="ma_part_dans_le_collectif{found}"' in getattr(each, "value", "") for each in html(screen)
        )
    named(screen, "Un critère de plus").value = "La vaisselle"
    named(screen, "Ajouter ce critère").click()
    named(screen, "Préparer le fichier").click()
    assert "le descripteur est vide" in text(screen)


def html(widget: widgets.Widget) -> list[widgets.HTML]:
    return [each for each in every(widget) if isinstance(each, widgets.HTML)]


def test_a_case_is_read_and_counts_at_once(store) -> None:
    trial, shown = kpa.try_grid(store), kpa.what_the_grid_shows(store)
    named(shown, "Avec les lectures inventées").value = False
    assert "Personne n'a encore essayé cette grille." in text(shown)
    named(trial, "Garder cette réponse").click()
    assert "Aucune réponse : rien n'est gardé." in text(trial)
    named(trial, "Les réunions").value = "3"
    named(trial, "Garder cette réponse").click()
    assert "Réponse gardée : personne 1, sur Nadia." in text(trial)
    assert "1 lecture de cas inventés, par 1 personne" in text(shown)
    named(shown, "Effacer les réponses").click()
    assert "Personne n'a encore essayé cette grille." in text(shown)


def test_the_same_person_on_the_same_case_says_it_again(store) -> None:
    trial = kpa.try_grid(store)
    for level in ("3", "1"):
        named(trial, "Qui répond").value = "1"
        named(trial, "Les réunions").value = level
        named(trial, "Garder cette réponse").click()
    assert [each.done.rank("reunions") for each in bench(store).readings] == [1]


def test_after_an_answer_the_next_reader_is_proposed(store) -> None:
    trial = kpa.try_grid(store)
    for reader in (1, 2, grid_trials.MOST_READERS):
        if reader > 2:
            named(trial, "Qui répond").value = str(reader)
        named(trial, "Les réunions").value = "3"
        named(trial, "Garder cette réponse").click()
        after = min(reader + 1, grid_trials.MOST_READERS)
        assert named(trial, "Qui répond").value == str(after)
        assert (f"Au tour de la personne {after}." in text(trial)) == (after > reader)
    assert [each.by for each in bench(store).readings] == ["1", "2", str(grid_trials.MOST_READERS)]


def test_invented_readings_are_never_ticked_when_there_are_none(store) -> None:
    shown = kpa.what_the_grid_shows(store)
    box = named(shown, "Avec les lectures inventées")
    assert box.value
    ours = bench(store)
    first = replace(ours.grid.criteria[0], name="D'autres mots")
    ours.change(replace(ours.grid, criteria=(first, *ours.grid.criteria[1:])))
    assert not box.value
    assert box.disabled
    assert "Il n'y a pas de lectures d'exemple pour ces mots." in text(shown)
    assert ours.undo()
    assert box.value
    assert not box.disabled


def test_on_oneself_the_detail_stays_hidden_under_five(store) -> None:
    trial, shown = kpa.try_grid(store), kpa.what_the_grid_shows(store)
    named(shown, "Avec les lectures inventées").value = False
    named(trial, "Sur qui").value = "soi"
    for reader in range(1, 5):
        named(trial, "Qui répond").value = str(reader)
        named(trial, "Les réunions").value = "4"
        named(trial, "Garder cette réponse").click()
    assert "Personne n'a encore lu un cas inventé. 4 réponses sur soi-même : le détail reste caché." in text(shown)
    assert "Où sont les réponses" not in text(shown)
    assert bench(store).readings[0].about == ONESELF


def test_readings_of_other_words_are_set_aside(store) -> None:
    shown = kpa.what_the_grid_shows(store)
    grid = bench(store).grid
    bench(store).add(FilledGrid("1", "Nadia", filled(grid, {"reunions": "2"})))
    kpa.our_grid(store)
    bench(store).open("rectec")
    assert "1 lecture sur d'autres mots : mises de côté." in text(shown)
    assert "inventée" not in text(shown)


def test_time_too_long_is_not_a_measure(store, monkeypatch) -> None:
    trial = kpa.try_grid(store)
    monkeypatch.setattr(grid_trials, "LONGEST", -1)
    named(trial, "Les réunions").value = "3"
    named(trial, "Garder cette réponse").click()
    assert bench(store).readings[0].done.seconds == 0


def test_a_grid_is_joined_to_pay(store) -> None:
    screen = kpa.grid_in_euros(store)
    assert named(screen, "Règle").value == "implication"
    assert "Que vaut un niveau de plus ?" not in text(screen)  # counted once somebody looks
    next(each for each in every(screen) if isinstance(each, widgets.Accordion)).selected_index = 0
    before = text(screen)
    assert "Que vaut un niveau de plus ?" in before
    named(screen, "Qui donne les points").value = "impartial"
    assert text(screen) != before
    person = named(screen, "Regarder de près")
    person.value = person.options[2][1]
    assert f"{person.value} joue le cas" in text(screen)
    named(screen, "Comment compter").value = "somme"
    assert bench(store).grid.points == "somme"
    assert "la somme des niveaux" in text(screen)
