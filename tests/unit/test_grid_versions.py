"""Editing a grid, keeping its versions, and points made from levels."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpa_model.assessment import editing, versions
from kpa_model.assessment.answers import NO_ANSWER, NOT_MET, filled
from kpa_model.assessment.grid import SUM
from kpa_model.assessment.grid_file import WrongGrid, loads, ready_grids
from kpa_model.assessment.points import middle, points, ranks_of, shifted, with_rank

GRID = replace(ready_grids()["implication"], title="Notre grille")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))


def test_a_grid_is_kept_then_found_by_its_name() -> None:
    assert versions.keep(GRID).number == 1
    assert versions.own_names() == ("notre_grille",)
    assert versions.known_grids()["notre_grille"] == replace(GRID, version="1")
    assert versions.known_grids()["rectec"] == ready_grids()["rectec"]


def test_the_same_grid_makes_no_version_and_a_change_makes_one() -> None:
    versions.keep(GRID)
    assert versions.keep(GRID).number == 1
    less = editing.without_criterion(GRID, "argent")
    assert versions.keep(less).number == 2
    assert versions.keep(GRID).number == 3, "going back is a change too"
    assert [each.number for each in versions.versions("notre_grille")] == [1, 2, 3]


def test_a_damaged_version_hides_no_other_and_its_number_is_not_used_again() -> None:
    versions.keep(GRID)
    (versions.folder() / "notre_grille" / "002.yaml").write_text("titre: [", encoding="utf-8")
    assert [each.number for each in versions.versions("notre_grille")] == [1]
    assert versions.keep(editing.without_criterion(GRID, "argent")).number == 3


def test_nothing_is_found_where_nothing_was_kept() -> None:
    assert versions.own_names() == ()
    assert versions.versions("../../secret") == ()
    (versions.folder() / "vide").mkdir(parents=True)
    assert versions.own_names() == ()


@pytest.mark.parametrize("title", ["", "…", "Implication"])
def test_a_title_that_cannot_be_kept_is_refused(title: str) -> None:
    with pytest.raises(WrongGrid):
        versions.keep(replace(GRID, title=title))


def test_a_grid_with_something_to_write_is_not_kept() -> None:
    with pytest.raises(WrongGrid, match="le descripteur est vide"):
        versions.keep(editing.with_criterion(GRID, "La vaisselle"))


def test_what_changed_is_said() -> None:
    renamed = editing.reworded(GRID, "lieu", "Le local", ("Je sais.", *GRID.criterion("lieu").descriptors[1:]), "", 200)
    after = editing.without_criterion(editing.moved(renamed, "reunions", 1), "argent")
    after = replace(after, title="Autre grille", points=SUM)
    assert versions.changes(GRID, after) == (
        "Le titre devient « Autre grille ».",
        "« L'argent du groupe » est retiré.",
        "« Le lieu et le matériel » s'appelle maintenant « Le local ».",
        "« Le local », niveau 1 : « Je sais où se rangent les choses. » devient « Je sais. ».",
        "Le poids de « Le local » change.",
        "L'exemple de « Le local » change.",
        "L'ordre des critères change.",
        "La façon de compter les points change.",
    )
    assert versions.changes(GRID, GRID) == ()


def test_levels_are_added_and_taken_away_everywhere() -> None:
    more = editing.with_level(GRID, "Je forme", "Je forme des groupes.")
    assert all(len(each.descriptors) == 5 for each in more.criteria)
    assert editing.without_level(more, 5) == GRID
    assert "« Les réunions » perd 1\u00a0niveau." in versions.changes(GRID, editing.without_level(GRID, 2))
    assert "« Les réunions » gagne 1\u00a0niveau." in versions.changes(GRID, more)
    assert versions.changes(GRID, more)[0].startswith("Les niveaux sont maintenant : « Je découvre »")


@pytest.mark.parametrize(
    ("gesture", "said"),
    [
        (lambda: editing.with_criterion(GRID, " "), "n'a pas de nom"),
        (lambda: editing.with_criterion(GRID, "les RÉUNIONS"), "est déjà dans la grille"),
        (lambda: editing.with_level(GRID, "Encore", ""), "le nom ou le sens"),
        (lambda: editing.without_criterion(replace(GRID, criteria=GRID.criteria[:1]), "reunions"), "qu'un critère"),
        (lambda: editing.without_level(editing.without_level(editing.without_level(GRID, 1), 1), 1), "que 2 niveaux"),
    ],
)
def test_an_impossible_gesture_says_why(gesture, said: str) -> None:
    with pytest.raises(WrongGrid, match=said):
        gesture()


def test_a_new_criterion_has_a_key_of_its_own() -> None:
    twice = editing.with_criterion(editing.with_criterion(GRID, "3 gestes"), "3 gestes !")
    assert twice.keys[-2:] == ("c_3_gestes", "c_3_gestes_2")


# --- points -----------------------------------------------------------------------------------------------------------

SMALL = loads("""\
titre: Essai
niveaux: [{nom: A, sens: a}, {nom: B, sens: b}, {nom: C, sens: c}]
criteres:
- {cle: un, nom: Un, niveaux: [a, b, c]}
- {cle: deux, nom: Deux, poids: 2, niveaux: [a, b, c]}
- {cle: trois, nom: Trois, niveaux: [a, b, c]}
""")


def test_points_are_worked_by_hand() -> None:
    done = filled(SMALL, {"un": "3", "deux": "2", "trois": NOT_MET})
    assert ranks_of(SMALL, done) == {"un": 3, "deux": 2}
    assert points(SMALL, ranks_of(SMALL, done)) == 233, "(1×3 + 2×2) / 3 = 2.333"
    assert points(replace(SMALL, points=SUM), ranks_of(SMALL, done)) == 700, "1×3 + 2×2"
    assert points(SMALL, {}) == 0


def test_what_is_not_met_is_not_counted() -> None:
    met = filled(SMALL, {"un": "3", "deux": "3", "trois": "3"})
    fewer = filled(SMALL, {"un": "3", "deux": NO_ANSWER, "trois": NOT_MET})
    assert points(SMALL, ranks_of(SMALL, met)) == points(SMALL, ranks_of(SMALL, fewer)) == 300
    total = replace(SMALL, points=SUM)
    assert points(total, ranks_of(SMALL, met)) > points(total, ranks_of(SMALL, fewer))


def test_the_middle_of_several_people_may_be_a_half() -> None:
    several = [filled(SMALL, {"un": "1", "deux": NOT_MET}), filled(SMALL, {"un": "2"})]
    assert middle(SMALL, several) == {"un": Fraction(3, 2)}
    assert points(SMALL, middle(SMALL, several)) == 150
    assert middle(SMALL, [*several, several[1]]) == {"un": 2}


@given(st.lists(st.sampled_from(["1", "2", "3", NOT_MET]), min_size=3, max_size=3), st.integers(-3, 3))
def test_shifting_never_leaves_the_grid_and_keeps_the_other_answers(levels: list[str], by: int) -> None:
    done = filled(SMALL, dict(zip(SMALL.keys, levels, strict=True)))
    after = shifted(SMALL, done, by)
    for key, level in zip(SMALL.keys, levels, strict=True):
        if level == NOT_MET:
            assert after.marks[key].level == NOT_MET
        else:
            assert after.rank(key) == min(3, max(1, int(level) + by))


def test_one_level_is_changed_and_its_example_stays() -> None:
    done = filled(SMALL, {"un": "1", "un__exemple": "Un buffet."})
    assert with_rank(done, "un", 3).marks["un"].level == "3"
    assert with_rank(done, "un", 3).marks["un"].example == "Un buffet."
    assert with_rank(done, "deux", 2).rank("deux") == 2
