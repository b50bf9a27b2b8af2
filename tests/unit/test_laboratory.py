"""What the laboratory sees of a grid, on invented cases and on answers made by hand."""

from __future__ import annotations

import pytest

from kpa_model.assessment.answers import NO_ANSWER, NOT_MET, filled
from kpa_model.assessment.cases import WrongCases, invented_cases, load
from kpa_model.assessment.grid_file import loads, ready_grids
from kpa_model.assessment.laboratory import minutes, reading_marks, study, table
from kpa_model.assessment.readings import ONESELF, FilledGrid

GRID = loads("""\
titre: En cuisine
niveaux:
- {nom: Je découvre, sens: Je regarde.}
- {nom: Je fais, sens: Je fais ma part.}
- {nom: Je montre, sens: Je montre.}
criteres:
- {cle: un, nom: Couper, niveaux: [Je regarde., Je coupe., Je montre.]}
- {cle: deux, nom: Cuire, niveaux: [Je vois., Je cuis., J'explique.]}
""")


def said(by: int, about: str, un: str, deux: str, seconds: int = 0) -> FilledGrid:
    return FilledGrid(str(by), about, filled(GRID, {"un": un, "deux": deux}, seconds))


def invented():
    grid = ready_grids()["implication"]
    return grid, [
        FilledGrid(str(by), case.name, done)
        for case in invented_cases()
        for by, done in enumerate(case.read_by_others("implication", grid))
    ]


def by_key(made):
    return {each.criterion.key: each for each in made.found}


def test_a_criterion_where_everybody_stands_together_separates_nobody() -> None:
    found = by_key(study(GRID, [said(by, case, "2", str(1 + by % 3)) for by in range(3) for case in "ABCDEF"]))
    assert found["un"].separates_nobody
    assert not found["deux"].separates_nobody
    assert not found["un"].read_differently


def test_a_criterion_whose_last_level_is_the_most_chosen_hits_the_ceiling() -> None:
    found = by_key(study(GRID, [said(by, "ABCDEFGH"[by], "3" if by else "1", "1") for by in range(8)]))
    assert found["un"].hits_ceiling
    assert not found["deux"].hits_ceiling


def test_five_readers_of_one_case_are_one_case_for_what_is_told_of_a_criterion() -> None:
    told = [said(by, case, "3", "2") for by in range(5) for case in "ABC"]
    assert not any(each.separates_nobody or each.hits_ceiling for each in study(GRID, told).found)


def test_agreeing_on_one_case_is_not_separating_nobody_nor_repeating() -> None:
    seen = study(GRID, [said(by, "A", "3", "3") for by in range(9)])
    assert not any(each.separates_nobody or each.hits_ceiling for each in seen.found)
    assert study(GRID, [said(by, "A", str(1 + by % 3), str(1 + by % 3)) for by in range(9)]).twins == ()


def test_on_one_case_only_real_distances_are_told() -> None:
    near = by_key(study(GRID, [said(by, "A", "12"[by % 2], "1") for by in range(6)]))
    far = by_key(study(GRID, [said(by, "A", "13"[by % 2], "1") for by in range(6)]))
    assert not near["un"].read_differently
    assert far["un"].read_differently


def test_a_criterion_that_each_reads_in_her_own_way_is_told() -> None:
    ways = ["123123", "231231", "312312"]
    found = by_key(
        study(GRID, [said(by, str(at), way[at], str(1 + at % 3)) for by, way in enumerate(ways) for at in range(6)])
    )
    assert found["un"].read_differently
    assert found["un"].pairs.same == 0
    assert found["deux"].alpha == pytest.approx(1)
    assert not found["deux"].read_differently


def test_criteria_that_go_up_together_repeat_each_other_from_enough_answers() -> None:
    readings = [said(0, str(at), str(1 + at % 3), str(1 + at % 3)) for at in range(9)]
    assert [(each.one.key, each.other.key) for each in study(GRID, readings).twins] == [("un", "deux")]
    assert study(GRID, readings[:7]).twins == ()


def test_answers_on_oneself_are_kept_back_under_five_people() -> None:
    few = [said(by, ONESELF, "1", "2") for by in range(4)]
    seen = study(GRID, few)
    assert (seen.on_oneself, seen.kept_back) == (0, 4)
    assert by_key(seen)["un"].counts == (0, 0, 0)
    assert study(GRID, [*few, few[0]]).on_oneself == 0, "one person twice is still four people"
    enough = study(GRID, [*few, said(4, ONESELF, "1", "2")])
    assert (enough.on_oneself, enough.kept_back) == (5, 0)
    assert by_key(enough)["un"].counts == (5, 0, 0)


def test_answers_that_are_not_levels_are_counted_apart() -> None:
    found = by_key(study(GRID, [said(0, "A", NOT_MET, "1"), said(1, "A", NO_ANSWER, "1"), said(2, "A", "2", "1")]))[
        "un"
    ]
    assert (found.counts, found.not_met, found.no_answer) == ((0, 1, 0), 1, 1)
    assert found.alpha is None


def test_nothing_is_said_of_an_empty_laboratory() -> None:
    seen = study(GRID, [])
    assert seen.alpha is None
    assert seen.measured is None
    assert not any(each.separates_nobody or each.hits_ceiling or each.read_differently for each in seen.found)


def test_the_time_is_estimated_from_words_and_measured_when_it_can_be() -> None:
    fast, slow = minutes(GRID)
    assert 0 < fast < slow < 2
    assert study(GRID, [said(at, "A", "1", "1", 60 * at) for at in (1, 2, 4)]).measured == 2
    assert all(row["source"] and row["date"] and row["confiance"] for row in reading_marks().values())


def test_a_table_has_a_row_for_each_reader_and_a_hole_where_nothing_was_said() -> None:
    assert table([said(0, "A", "1", "1"), said(1, "B", "2", NOT_MET)], "un") == [[1, None], [None, 2]]


def test_the_invented_readings_show_each_thing_the_laboratory_can_see() -> None:
    grid, readings = invented()
    seen = study(grid, readings)
    found = by_key(seen)
    assert [key for key, each in found.items() if each.separates_nobody] == ["decisions"]
    assert [key for key, each in found.items() if each.read_differently] == ["argent"]
    assert [(each.one.key, each.other.key) for each in seen.twins] == [("lieu", "entraide")]
    assert found["accueil"].alpha > 0.9
    assert 0.7 < seen.alpha < 0.9
    assert found["argent"].likely[1] < 0.3


def test_invented_cases_are_told_in_three_short_lines() -> None:
    cases = invented_cases()
    assert 6 <= len(cases) <= 10
    assert all(len(case.lines) == 3 and max(len(line.split()) for line in case.lines) <= 15 for case in cases)
    grid = ready_grids()["implication"]
    assert all(
        case.herself("implication", grid) and len(case.read_by_others("implication", grid)) == 5 for case in cases
    )
    assert cases[0].herself("rectec", ready_grids()["rectec"]) is None
    assert cases[0].read_by_others("implication", GRID) == ()


def test_a_file_of_cases_that_is_wrong_says_everything(tmp_path) -> None:
    path = tmp_path / "cas.yaml"
    path.write_text("titre: Cas\ncas:\n- nom: Nadia\n- texte: [Elle vient.]\n", encoding="utf-8")
    with pytest.raises(WrongCases) as caught:
        load(path)
    assert len(caught.value.problems) == 2
    path.write_text("titre: Cas\n", encoding="utf-8")
    with pytest.raises(WrongCases, match="aucun cas"):
        load(path)
