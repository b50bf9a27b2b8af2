"""What a person says on a grid: the form, what it keeps, what it gives back."""

from __future__ import annotations

import json

import pytest

from kpa_model.assessment.answers import (
    ASIDE,
    NO_ANSWER,
    NOT_MET,
    Filled,
    Mark,
    as_data,
    filled,
    form_of,
    from_data,
    show,
)
from kpa_model.assessment.grid_file import loads, ready_grids

GRID = loads("""\
titre: En cuisine
niveaux:
- {nom: Je découvre, sens: Je regarde.}
- {nom: Je fais, sens: Je fais ma part.}
criteres:
- {cle: couper, nom: Couper, domaine: Gestes, niveaux: [Je regarde., Je coupe.]}
- {cle: froid, nom: Le froid, niveaux: [Je sais pourquoi., Je note la température.]}
""")


def test_every_criterion_offers_the_levels_then_the_two_other_answers() -> None:
    options = form_of(GRID, details=False).fields[0].options
    assert list(options) == ["1", "2", NOT_MET, NO_ANSWER]
    assert options["2"] == "Je fais : Je coupe."
    assert [options[each] for each in ASIDE] == ["Pas encore rencontré", "Je préfère ne pas répondre"]


def test_a_form_may_ask_for_one_family_only() -> None:
    assert form_of(GRID, area="Gestes").inputs() == ["couper", "couper__exemple", "couper__date", "couper__confiance"]


def test_an_answer_keeps_its_example_its_date_and_its_confidence() -> None:
    raw = {"couper": "2", "couper__exemple": "Cent bouchées.", "couper__date": "3/2/2027", "couper__confiance": "tres"}
    answer, wrong = form_of(GRID).read(raw)
    assert not wrong
    done = filled(GRID, answer, seconds=90)
    assert done.marks == {"couper": Mark("2", "Cent bouchées.", "2027-02-03", "tres")}
    assert done.rank("couper") == 2
    assert done.rank("froid") is None


@pytest.mark.parametrize("level", ASIDE)
def test_not_met_and_no_answer_are_answers_without_a_level(level: str) -> None:
    done = filled(GRID, {"froid": level})
    assert done.marks["froid"].level == level
    assert done.rank("froid") is None
    assert show(GRID, done.marks["froid"]) == ASIDE[level]


def test_a_level_of_another_grid_is_left_aside() -> None:
    assert filled(GRID, {"couper": "7", "froid": "bien"}).marks == {}


def test_filled_grids_are_json() -> None:
    done = filled(GRID, {"couper": "1", "froid": NOT_MET, "froid__exemple": "Au marché."}, seconds=40)
    assert from_data(json.loads(json.dumps(as_data(done)))) == done
    assert from_data(as_data(Filled("a", "1", "b"))) == Filled("a", "1", "b")


def test_something_else_is_refused() -> None:
    about = {"grille": "a", "version": "1", "empreinte": "b"}
    with pytest.raises(ValueError, match="bien"):
        from_data({**about, "reponses": {"couper": {"niveau": "bien"}}})
    with pytest.raises(KeyError):
        from_data({"reponses": {}})


def test_an_answer_knows_whether_the_words_have_changed() -> None:
    other = loads("titre: En cuisine\nniveaux:\n- {nom: A, sens: b}\n- {nom: B, sens: c}\n"
                  "criteres:\n- {cle: couper, nom: Couper, niveaux: [Je vois., Je coupe.]}\n")  # fmt: skip
    assert filled(GRID, {}).fits(GRID)
    assert not filled(GRID, {}).fits(other)


@pytest.mark.parametrize("name", ready_grids())
def test_every_ready_grid_can_be_filled(name: str) -> None:
    grid = ready_grids()[name]
    answer, wrong = form_of(grid).read(dict.fromkeys(grid.keys, "1"))
    assert not wrong
    assert set(filled(grid, answer).marks) == set(grid.keys)
    assert show(grid, filled(grid, answer).marks[grid.keys[0]]) == grid.levels[0].name
    assert show(grid, None) == "—"
