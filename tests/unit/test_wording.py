"""How hard a text is: syllables, sentences, negations, the measure of Kandel and Moles."""

from __future__ import annotations

import pytest

from kpa_model.assessment.grid_file import ready_grids
from kpa_model.assessment.wording import GridText, ease_of, sentences, syllables, wording, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("je", 1), ("les", 1), ("table", 1), ("une", 1), ("chaque", 1), ("bien", 1), ("parlent", 1), ("facture", 2),
        ("bonjour", 2), ("client", 2), ("moment", 2), ("travail", 2), ("Noël", 2), ("réunion", 3), ("vérifie", 3),
        ("février", 3), ("organiser", 4), ("entrepreneur", 4), ("température", 4), ("coopérative", 5),
        ("responsabilité", 6),
    ],
)  # fmt: skip
def test_syllables_are_those_of_reading_aloud(word: str, count: int) -> None:
    assert syllables(word) == count


def test_ease_is_worked_by_hand() -> None:
    """Two sentences, 7 words, 7 syllables: 207 − 1.015 × 3.5 − 73.6."""
    found = ease_of([GridText("", "Je coupe le pain. Elle range bien.")])
    assert (found.words, found.sentences, found.syllables) == (7, 2, 7)
    assert found.ease == pytest.approx(207 - 1.015 * 7 / 2 - 73.6 * 7 / 7)
    assert found.said == "facile"


def test_words_of_an_office_are_hard() -> None:
    text = "La mobilisation des compétences transversales détermine l'employabilité des bénéficiaires accompagnés."
    found = ease_of([GridText("ici", text)])
    assert found.said == "difficile"
    assert "mobilisation" in [each.text for each in found.long_words]


def test_what_to_look_at_again_says_where() -> None:
    long = "Je prépare le plan de toute la journée avec le groupe et je le change souvent."
    found = ease_of([GridText("Critère 1", long), GridText("Critère 2", "Je n'oublie pas. Je ne crie pas.")])
    assert [(each.where, each.text) for each in found.long_sentences] == [("Critère 1", long[:-1])]
    assert [each.text for each in found.negations] == ["Je n'oublie pas", "Je ne crie pas"]


def test_words_and_sentences() -> None:
    assert words("L'argent, 12 €, d'abord.") == ["L", "argent", "12", "d", "abord"]
    assert sentences("Qui ? Moi. ") == ["Qui", "Moi"]
    assert ease_of([]).words == 0
    assert ease_of([]).ease > 100


@pytest.mark.parametrize("name", ready_grids())
def test_every_ready_grid_is_easy(name: str) -> None:
    grid = ready_grids()[name]
    assert wording(grid).said == "facile"
    assert len(wording(grid).long_sentences) <= 2
    assert all(wording(grid, key).said != "difficile" for key in grid.keys)
