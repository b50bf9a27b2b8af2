"""What every ready script keeps: it reads, lasts what it says, is plain French, and can be played on paper alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kpa_model import places
from kpa_model.decision import record_file
from kpa_model.decision.closing import closing_form
from kpa_model.decision.from_workshop import obtained, record_of
from kpa_model.decision.record import DecisionRecord
from kpa_model.declare.page import Sentence
from kpa_model.files.book.book_reader import read_book
from kpa_model.files.book.books import example_books
from kpa_model.pay.ready import ready_rules
from kpa_model.server import catalogue
from kpa_model.story.decide.page import record_page
from kpa_model.story.decide.paper import record_paper
from kpa_model.story.decide.proposing import proposal_form
from kpa_model.story.decide.script_paper import ballots, pages, script_paper
from kpa_model.story.decide.workshop_facts import workshop_facts
from kpa_model.story.paper.form_paper import copies_on_a_page
from kpa_model.workshop.script import Script
from kpa_model.workshop.script_file import dumps, loads, ready_scripts
from tests.contract import activities as room_of
from tests.pdf import text_of

catalogue.load()  # a script may name any activity
SCRIPTS = ready_scripts()
LASTS = {"deux_heures": 120, "trois_quarts_d_heure": 45, "cercle_d_appreciation": 60, "petit_budget": 50,
         "jeu_du_trimestre": 60, "deux_heures_prix": 120, "nos_heures": 15}  # fmt: skip
LONGEST = 15
JARGON = re.compile(r"\b(feedback|brainstorm\w*|process|deadline|timing|workshop|bonification|médiane)\b", re.I)


@pytest.fixture(params=SCRIPTS)
def script(request: pytest.FixtureRequest) -> Script:
    return SCRIPTS[request.param]


@pytest.fixture(scope="module")
def facts() -> dict[str, object]:
    rules = ready_rules()
    book = read_book(example_books()["tilleuls"]).book
    return workshop_facts(book, str(book.months[2]), {name: rules[name] for name in ("parts_egales", "heures")}, 7)


def texts(script: Script) -> Iterator[str]:
    """Every text that a person reads or hears."""
    yield script.sentence
    for step in script.steps:
        yield from (step.title, step.say, step.without_computer, *step.material)
        yield from (part for text in step.posters for part in text.split("|"))


def test_there_are_the_scripts_we_tell_about() -> None:
    assert {name: script.minutes for name, script in SCRIPTS.items()} == LASTS


def test_minutes_are_close_to_what_the_title_says() -> None:
    assert "deux heures" in SCRIPTS["deux_heures"].title
    assert "trois quarts d'heure" in SCRIPTS["trois_quarts_d_heure"].title


def test_what_is_written_is_read_again(script: Script) -> None:
    assert loads(dumps(script)) == script


def test_every_step_says_something_and_can_be_done_on_paper(script: Script) -> None:
    for step in script.steps:
        assert step.say, step.title
        assert step.without_computer, step.title


def test_activities_are_known_and_pages_exist(script: Script) -> None:
    for step in script.steps:
        assert step.activity is None or type(step.activity) in catalogue.activities().values()
        assert not step.notebook or (places.notebooks() / f"{step.notebook}.ipynb").is_file()
    assert any(step.activity for step in script.steps)


def test_sentences_are_short_and_plain(script: Script) -> None:
    for text in texts(script):
        assert not JARGON.search(text), text
        for sentence in re.split(r"[.!?:\n]+", text):
            assert len(re.findall(r"[\w'’-]+", sentence)) <= LONGEST, sentence


def test_what_is_said_ends_as_a_sentence(script: Script) -> None:
    for step in script.steps:
        for line in (*step.say.splitlines(), *step.without_computer.splitlines()):
            assert line.endswith((".", "?", "!")), line


def test_it_prints_as_an_accessible_document(script: Script, facts: dict[str, object]) -> None:
    pdf = script_paper(script, facts)
    for mark in (b"pdfuaid:part>1<", b"/Lang(fr", b"/MarkInfo<</Marked true", b"/StructTreeRoot"):
        assert mark in pdf
    assert script_paper(script, facts) == pdf


def test_it_prints_without_a_workbook_too(script: Script) -> None:
    assert script_paper(script).startswith(b"%PDF")


def test_hours_on_paper_bear_first_names_are_not_mixed_and_decide_nothing(facts: dict[str, object]) -> None:
    named, voted = (text_of(script_paper(ready_scripts()[name], facts)) for name in ("nos_heures", "deux_heures"))
    assert "Prénom" in named
    assert "après les avoir mélangés" not in named
    assert "Notre décision, à remplir" not in named
    assert "Bulletin n°" not in named
    assert "après les avoir mélangés" in voted
    assert "Notre décision, à remplir" in voted


def test_there_is_a_ballot_for_each_person_at_each_round(facts: dict[str, object]) -> None:
    steps = {step.key: step for step in ready_scripts()["deux_heures"].steps}
    served = {key: [rounds for _, rounds in ballots(steps[key], facts, 6)] for key in ("une_commande", "consentir")}
    assert served == {"une_commande": [2], "consentir": [1, 1, 1, 3]}
    for form, rounds in ballots(steps["une_commande"], facts, 6):
        assert pages(form, rounds, 6) * copies_on_a_page(form) >= 6 * rounds


TYPED = {
    "jour": "15/01/2027", "lieu": "Salle", "decision": "essai", "essai_jusqu_au": "14/04/2027",
    "revue_le": "15/04/2027", "raison": "Essayons.", "accord": "consentement",
}  # fmt: skip


def played_to_the_end(script: Script, people: int, facts: dict[str, object]) -> DecisionRecord:
    """Play every step at random, then write the record."""
    rooms = {
        step.key: room_of.played(step.activity, people, at, facts)
        for at, step in enumerate(script.steps)
        if step.activity
    }
    form = proposal_form(facts["rules"])
    made = form.proposal(form.read({"regle": "heures"})[0])
    rooms = {key: replace(room, proposals=(made,)) for key, room in rooms.items()}
    got = obtained([(step, rooms[step.key]) for step in script.steps if step.activity])
    typed, wrong = closing_form(got).read(TYPED)
    assert not wrong
    return record_of(script, rooms, facts, typed, "kpa_model 1")


@pytest.mark.parametrize("people", [3, 9])
def test_a_workshop_goes_from_its_first_step_to_a_signed_record(
    script: Script, people: int, facts: dict[str, object]
) -> None:
    record = played_to_the_end(script, people, facts)
    assert len(record.present) == people
    assert record.rule.title == ready_rules()["heures"].title
    assert record_file.loads(record_file.dumps(record)) == record
    assert record_paper(record).startswith(b"%PDF")
    assert record.rule.title in record_page(record)


def test_no_record_tells_who_answered_what(script: Script, facts: dict[str, object]) -> None:
    """Names stand in one place, the list of people; no row of a table holds as much as one person's answers."""
    record = played_to_the_end(script, 9, facts)
    said = " ".join(text for vote in record.votes for text in room_of.texts(vote.page))
    assert not any(name in said for name in record.present)
    small = played_to_the_end(script, 3, facts)
    assert all(isinstance(part, Sentence) for vote in small.votes for part in vote.page)
