"""Every legal sentence of the course, of the documents and of the glossary has a source and the day it was read."""

from __future__ import annotations

import csv
import json
import re
from datetime import date

import pytest

from kpa_model import places
from kpa_model.benefits.layers import band
from kpa_model.benefits.parameters import parameters
from kpa_model.invoicing import mentions
from kpa_model.invoicing.mentions import calendar
from kpa_model.invoicing.trades import known_of_cape, taxed_sales
from kpa_model.lessons.exercises.file import exercises
from kpa_model.lessons.session import sessions
from kpa_model.money import WHOLE

LEGAL = re.compile(
    r"\b(la loi|légale?s?|légaux|interdit\w*|obligatoire\w*|obligation\w*|décret|arrêté|circulaire|trente jours)\b"
    r"|\bCAPE\b|\bTVA (?:est|des \w+ \w+ est) de\b|\btaux (?:normal|réduit|intermédiaire)\b",
    re.I,
)
DATED = re.compile(r"\blue? le 20\d\d-\d\d-\d\d\b")


def told(exercise) -> str:
    sentences = [exercise.title, exercise.text, exercise.question, *exercise.hints, *exercise.reasoning]
    return "\n".join([*sentences, *(each.sentence for each in (*exercise.mistakes, *exercise.options))])


@pytest.mark.parametrize("exercise", exercises()[0], ids=lambda each: each.name)
def test_an_exercise_that_says_the_law_says_where_and_when_it_was_read(exercise) -> None:
    if found := LEGAL.search(told(exercise)):
        assert DATED.search(exercise.source), f"« {found[0]} » : {exercise.source}"
        assert "à vérifier" in exercise.source


@pytest.mark.parametrize("exercise", exercises()[0], ids=lambda each: each.name)
def test_an_exercise_that_names_a_text_says_when_it_was_read(exercise) -> None:
    if re.search(r"\b(Code|Loi|[Dd]écret|[Aa]rrêté|[Cc]irculaire)\b", exercise.source):
        assert DATED.search(exercise.source), exercise.source


def test_the_course_speaks_of_the_papers_of_a_real_month() -> None:
    known = exercises()[0]
    every = "\n".join([*map(told, known), *(option.text for each in known for option in each.options)])
    for said in ("Chorus Pro", "trente jours", "Soixante jours au plus", "arrhes", "médiateur", "changer d'avis",
                 "exonérée de TVA", "e-reporting"):  # fmt: skip
        assert said in every, said


@pytest.mark.parametrize("session", sessions(), ids=lambda each: each.name)
def test_a_session_that_says_the_law_says_where_and_when_it_was_read(session) -> None:
    lines = [session.goal, *session.keep, *session.questions, *session.material]
    lines += [text for _, text in session.steps] + [part for trap in session.traps for part in trap]
    if found := LEGAL.search("\n".join(lines)):
        assert DATED.search(session.source), f"« {found[0]} » : {session.source}"
        assert "à vérifier" in session.source


@pytest.mark.parametrize("path", sorted(places.notebooks().glob("[23]*.ipynb")), ids=lambda path: path.stem)
def test_a_page_of_the_course_that_says_the_law_says_where_and_when_it_was_read(path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(each["source"]) for each in cells if each["cell_type"] == "markdown"]
    said = [line for text in texts for line in text.splitlines() if line.startswith("- ") and line.endswith(".")]
    if any(LEGAL.search(line) or "14 jours" in line for line in said):
        assert DATED.search("\n".join(texts)), path.name
        assert "à vérifier" in "\n".join(texts)


def test_the_test_sees_a_legal_sentence() -> None:
    for said in (
        "La loi lui donne trente jours.",
        "Un CAPE dure douze mois.",
        "C'est obligatoire.",
        "La TVA est de 10 %.",
    ):
        assert LEGAL.search(said)
    assert not LEGAL.search("Ajoutez la TVA, puis divisez.")


def test_a_mention_and_a_date_have_source_day_and_confidence() -> None:
    for each in (*mentions.mentions(), *calendar()):
        assert each.source
        assert each.read_on.year >= 2026
        assert each.confidence == "à vérifier"


def test_the_vat_of_each_trade_has_source_day_and_confidence() -> None:
    found = taxed_sales()
    assert {"Traiteur", "Aide numérique", "Jardin", "Couture", "Conciergerie", "Fête de rue"} <= {
        each.trade for each in found
    }
    for each in found:
        assert "Code général des impôts" in each.source
        assert each.read_on.year >= 2026
        assert each.confidence.endswith("à vérifier")
        assert parameters()[each.rate].on(date(2026, 7, 1))


def test_what_is_known_of_the_cape_has_source_day_and_confidence() -> None:
    found = known_of_cape()
    for said in ("L127-1", "L127-2", "L127-3", "L127-4", "R127-1, 6°", "R127-1, 7°", "L5142-1", "L7331-3"):
        assert any(said in each.source for each in found), said
    for each in found:
        assert each.read_on.year >= 2026
        assert each.confidence.endswith("à vérifier")
        assert all(len(sentence.split()) <= 14 for sentence in each.about.split(". ")), each.about


def test_the_glossary_dates_what_it_takes_from_the_law() -> None:
    with (places.data() / "glossaire.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if re.search(r"\b(Code|Loi|Décret|Arrêté)\b", row["source"]):
                assert DATED.search(row["source"]), row


def test_what_the_reform_asks_of_invoices_follows_the_size_of_the_host() -> None:
    for each in mentions.mentions():
        if "2022-1299" in each.source:
            assert each.since is not None
            assert each.since.isoformat() == "2027-09-01"
            assert "septembre 2026" in each.about


def test_pay_without_complementary_pension_is_a_case_of_its_own() -> None:
    alone = band(date(2026, 7, 1)).unpensioned
    assert alone is not None
    assert (round((WHOLE - alone.person) / 100), round(alone.employer / 1000)) == (8317, 395)
    assert int(alone.net(100_00)) == 59_64


def test_the_length_of_a_cape_comes_from_the_law_that_says_it() -> None:
    assert "L127-2" in parameters()["cape_duree"].source
