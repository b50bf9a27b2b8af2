"""What members hold in their hands has nothing to read under 12 points, the foot of the page apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.grid_file import ready_grids
from kpa_model.assessment.kept import (
    AnswerLine,
    BadgeKept,
    Contract,
    Experience,
    Feedback,
    Goal,
    GridKept,
    Interview,
    Said,
    Talent,
    Training,
)  # fmt: skip
from kpa_model.assessment.pathway import file as pathway_file
from kpa_model.assessment.pathway.stages import Meeting
from kpa_model.assessment.timeline import timeline
from kpa_model.cooperative.chain import money_chain
from kpa_model.figures import paper as pen
from kpa_model.invoicing.document import Buyer
from kpa_model.invoicing.samples import sample_draft
from kpa_model.lessons.exercises.file import exercises
from kpa_model.lessons.session import session_of
from kpa_model.server import catalogue
from kpa_model.story.booklet.paper import booklet_paper, interview_paper, recovery_paper
from kpa_model.story.decide.paper import record_paper
from kpa_model.story.decide.script_paper import script_paper
from kpa_model.story.grids.paper import GRID_SHEET, INTERVIEW_SHEET, facilitation_paper, grid_paper
from kpa_model.story.invoicing.paper import document_paper
from kpa_model.story.lessons.exercise_paper import exercise_sheet, session_sheet
from kpa_model.story.lessons.game_paper import game_paper
from kpa_model.story.paper import documents as paper
from kpa_model.story.pay.comparison import compare
from kpa_model.ui import pieces
from kpa_model.workshop import script_file
from tests.pdf import small
from tests.unit.test_paper import EQUAL, NAMES, RULE, make_book, settled
from tests.unit.test_record_paper import RECORD

DAY = date(2026, 3, 1)
PATHWAY = pathway_file.ready()
FULL = Booklet(
    "Awa", DAY, "Les Tilleuls",
    talents=(Talent("Cuisiner", "Le repas de quartier", DAY),),
    experiences=(Experience("Buffet", DAY, date(2026, 3, 3), "Prestation 6 h.", "carnet"),),
    trainings=(Training("Hygiène", "le centre social", DAY),),
    badges=(BadgeKept("Prépare un buffet", "Les Tilleuls", DAY, "a.b.c"),),
    goals=(Goal("Appeler", DAY), Goal("Écrire", DAY, DAY)),
    interviews=(Interview(Meeting.INTERVIEW, DAY, "Mon bilan", (Said("q", "Quoi ?", "Oui"),), "pair", "Aller", DAY),),
    grids=(
        GridKept("Ma part", DAY, (AnswerLine("a", "Accueillir", "Je découvre", False, "La fête"),)),
        GridKept("Ma part", DAY, (AnswerLine("a", "Accueillir", "Je prends part"),), "Bruno"),
    ),
    contracts=(Contract(DAY, 12),), feedback=(Feedback("Dalila", DAY, "Bravo.", ("Appeler",), DAY),),
)  # fmt: skip


def test_a_small_text_is_seen() -> None:
    assert small(document_paper(sample_draft(Buyer.PUBLIC, DAY)))  # the papers of the trade are denser


def test_the_booklet_is_printed_at_12_points() -> None:
    assert small(booklet_paper(FULL, timeline(PATHWAY, DAY, date(2026, 6, 1)), PATHWAY, intimate=True)) == set()


@pytest.mark.parametrize("guide", PATHWAY.guides, ids=lambda each: str(each.kind))
def test_an_interview_is_printed_at_12_points(guide) -> None:
    assert small(interview_paper(guide)) == set()


def test_the_recovery_words_are_printed_at_12_points() -> None:
    assert small(recovery_paper("figue-ruban", ("figue",) * 12, "figue ruban lampe")) == set()


@pytest.mark.parametrize("theme", ["tva", "devis", "papiers"])
def test_exercises_are_printed_at_12_points(theme: str) -> None:
    assert small(exercise_sheet(exercises(theme)[0], 7, DAY)) == set()


def test_why_this_amount_is_printed_at_12_points() -> None:
    book = make_book("Awa", "Bruno", "Chloé")
    assert small(paper.payslip_paper(book, RULE, settled(book)[2], 0)) == set()


@pytest.mark.parametrize("name", ["images", "entrecomp", "metier_traiteur"])
def test_a_grid_to_fill_is_printed_at_12_points(name: str) -> None:
    assert small(grid_paper(ready_grids()[name])) == set()


def test_the_game_on_paper_is_printed_at_12_points() -> None:
    assert small(game_paper()) == set()


@pytest.mark.parametrize("name", ["deux_heures", "cercle_d_appreciation"])
def test_a_workshop_is_printed_at_12_points_guide_ballots_and_answers(name: str) -> None:
    catalogue.load()
    assert small(script_paper(script_file.ready_scripts()[name])) == set()


@pytest.mark.parametrize("sheet", [GRID_SHEET, INTERVIEW_SHEET], ids=["grid", "interview"])
def test_how_to_use_a_grid_is_printed_at_12_points(sheet: Path) -> None:
    assert small(facilitation_paper(sheet)) == set()


def test_a_session_of_the_course_is_printed_at_12_points() -> None:
    assert small(session_sheet(session_of("devis"), exercises("devis")[0])) == set()


def test_a_letter_that_cannot_be_printed_is_told_on_screen_too() -> None:
    plain, odd = (recovery_paper(name, ("figue",) * 12) for name in ("figue", "figue \U000132f9\u1bc0"))
    assert "remplace un signe" not in pieces.download("La feuille", "a.pdf", plain, "application/pdf")
    assert "Dans ce papier, ▯ remplace un signe" in pieces.download("La feuille", "a.pdf", odd, "application/pdf")


def test_the_cards_of_people_are_printed_at_12_points() -> None:
    catalogue.load()
    card = {"name": "Nour", "text": "Vous cuisinez.", "members": {}, "key": "nour"}
    printed = script_paper(script_file.ready_scripts()["deux_heures"], {"characters": [card]})
    assert small(printed, only="Pliez chaque carte") == set()


def test_our_rule_is_printed_at_12_points() -> None:
    book = make_book(*NAMES)
    months = settled(book)
    assert small(paper.rule_paper(book, RULE, months, money_chain(book), pen=pen)) == set()


@pytest.mark.parametrize("rules", [2, 6])
def test_rules_side_by_side_are_printed_at_12_points(rules: int) -> None:
    book = make_book(*NAMES)
    views = compare([[settled(book, EQUAL if rank % 2 else RULE)[1]] for rank in range(rules)])
    assert small(paper.comparison_paper(book, views, "2019-02", pen=pen)) == set()


def test_the_record_of_a_decision_is_printed_at_12_points() -> None:
    assert small(record_paper(RECORD)) == set()


@pytest.mark.parametrize("before", [None, 900])
def test_pictures_are_written_at_12_points_for_a_group_of_thirty(
    before: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: set[float] = set()
    seen = lambda figure: sizes.update(text.get_fontsize() for axes in figure.axes for text in axes.texts) or b""  # noqa: E731
    monkeypatch.setattr(pen, "_svg", seen)
    pen.pay_bars([pen.Amount(f"Personne {rank}", 1000, before) for rank in range(30)], 82)
    assert sizes == {12}
