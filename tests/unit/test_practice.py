"""An exercise in a live workshop: own numbers, own feedback, and nothing that tells who."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kpa_model import places
from kpa_model.declare.setting import settings_of
from kpa_model.lessons.activities import FIRST, SECOND, Practice
from kpa_model.lessons.measure import shown
from kpa_model.story.lessons.exercise_figures import outside_figures
from kpa_model.workshop.activity import SMALLEST, Room, known_activities
from tests.contract.activities import form_texts, people, texts
from tests.contract.readable import faults

FACTS = {"seed": 7, "figures": {name: str(value) for name, value in outside_figures(date(2026, 7, 1)).items()}}
NAMES = ["prix_buffet", "cae_nature_du_cape", "tva_deux_taux"]


def room(number: int, answers: dict[str, str], name: str = "prix_buffet", key: str = FIRST) -> Room:
    """A room where each person answered: `juste`, the name of a mistake, or what she typed."""
    empty, one = Room(people=people(number), facts=FACTS), Practice(name)
    given = {}
    for person, kind in answers.items():
        drawn = one.drawn(empty, person)
        assert drawn is not None
        typed = kind
        if drawn.exercise.answer and kind == "juste":
            typed = drawn.written
        elif drawn.exercise.answer and kind in drawn.wrong:
            typed = shown(drawn.wrong[kind], drawn.exercise.answer.unit)
        given[person] = {"reponse": typed.split(" par ")[0]}
    return Room(empty.people, {key: given}, FACTS, frozenset({key}))


def said(page) -> str:
    return " ".join(texts(page))


def test_it_is_registered_and_its_setting_is_written():
    assert known_activities()["exercice"] is Practice
    assert [each.label for each in settings_of(Practice).values()][:1] == ["Le nom de l'exercice"]
    assert faults(Practice.sentence) == []


def test_each_person_has_her_own_numbers_and_finds_them_again():
    one, empty = Practice("prix_buffet"), Room(people=people(12), facts=FACTS)
    intros = [one.form(FIRST, empty, person).intro for person in empty.people]
    assert len(set(intros)) == 12
    assert intros == [one.form(SECOND, empty, person).intro for person in empty.people]


@pytest.mark.parametrize("name", NAMES)
def test_forms_and_pages_read_aloud(name: str):
    one, now = Practice(name), room(6, {f"p{at}": "juste" for at in range(6)}, name)
    for key in (FIRST, SECOND):
        pages = [one.page(key, now), *(one.own_page(key, now, person) for person in now.people)]
        for part in (part for page in pages for part in page if hasattr(part, "tone")):
            assert faults(part.text) == []
        assert [fault for text in form_texts(one.form(key, now, "p0")) for fault in faults(text)] == []


def test_feedback_is_for_one_person_alone():
    now = room(6, {"p0": "juste", "p1": "achats_oublies", "p2": "je ne sais pas"})
    one = Practice("prix_buffet")
    assert "juste" in said(one.own_page(FIRST, now, "p0"))
    assert "pas les achats" in said(one.own_page(FIRST, now, "p1"))
    assert "Un indice" in said(one.own_page(FIRST, now, "p1"))
    assert "n'est pas un nombre" in said(one.own_page(FIRST, now, "p2"))
    assert one.own_page(FIRST, now, "p5") == ()
    second = room(6, {"p1": "achats_oublies"}, key=SECOND)
    assert "Le raisonnement" in said(one.own_page(SECOND, second, "p1"))


def test_common_mistakes_are_told_from_five_people_on():
    five = room(9, {f"p{at}": "achats_oublies" for at in range(5)} | {"p5": "prix_ttc"})
    told = said(Practice("prix_buffet", together=True).page(FIRST, five))
    alone = said(Practice("prix_buffet").page(FIRST, five))
    assert "cinq personnes ou plus" not in alone
    assert "6 personnes ont répondu." in alone.replace("\u00a0", " ")
    assert "Les erreurs que cinq personnes ou plus ont faites Achats oubliés 5" in told
    assert "TTC pour HT 1" not in told
    assert "Moins de cinq personnes ont trouvé." in told


@pytest.mark.parametrize("number", range(1, SMALLEST))
def test_under_five_answers_the_page_does_not_depend_on_them(number: int):
    one = Practice("prix_buffet", together=True)
    right = room(number, {f"p{at}": "juste" for at in range(number)})
    wrong = room(number, {f"p{at}": "prix_ttc" for at in range(number)})
    assert one.page(FIRST, right) == one.page(FIRST, wrong)


def test_a_rare_mistake_changes_nothing_that_the_group_sees():
    one = Practice("prix_buffet", together=True)
    most = {f"p{at}": "juste" for at in range(7)}
    pages = [one.page(FIRST, room(8, {**most, "p7": kind})) for kind in ("prix_ttc", "achats_oublies", "12")]
    assert pages[0] == pages[1] == pages[2]
    assert "Zéphyrine" not in said(pages[0])


def test_an_unknown_exercise_or_a_room_without_figures_is_said():
    one = Practice("exercice_absent")
    empty = Room(people=people(1), facts={})
    assert "Choisissez-en un autre" in one.form(FIRST, empty, "p0").intro
    assert "Choisissez-en un autre" in said(one.page(FIRST, empty))
    assert one.own_page(FIRST, empty, "p0") == ()
    assert Practice("prix_buffet").drawn(empty, "p0") is None


def test_an_exercise_stays_as_it_was_when_the_workshop_opened(tmp_path, monkeypatch):
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    (tmp_path / "exercices").mkdir()
    path = tmp_path / "exercices" / "notre_panier.yaml"
    ours = (places.data() / "exercices" / "prix_ttc_a_afficher.yaml").read_text(encoding="utf-8")
    path.write_text(ours, encoding="utf-8")
    one = Practice("notre_panier")
    facts = json.loads(json.dumps(FACTS | dict(one.brings())))
    now = Room(people(1), {FIRST: {"p0": {"reponse": "juste"}}}, facts, frozenset({FIRST}))
    before = one.form(FIRST, now, "p0"), one.page(FIRST, now), one.own_page(SECOND, now, "p0")
    path.write_text(ours.replace("ht * (1 + tva), unite", "ht * (1 + tva) * 2, unite").replace("buffet", "panier")
                    .replace('"15,40"', '"30,80"'), encoding="utf-8")  # fmt: skip
    fresh = one.drawn(Room(facts=FACTS), "p0")
    assert fresh is not None
    assert "panier" in fresh.text
    assert (one.form(FIRST, now, "p0"), one.page(FIRST, now), one.own_page(SECOND, now, "p0")) == before
    path.unlink()
    assert one.form(FIRST, now, "p0") == before[0]


def test_what_could_not_be_drawn_at_the_opening_stays_so(tmp_path, monkeypatch):
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    (tmp_path / "exercices").mkdir()
    one = Practice("notre_panier")
    facts = FACTS | dict(one.brings())
    ours = (places.data() / "exercices" / "prix_ttc_a_afficher.yaml").read_text(encoding="utf-8")
    (tmp_path / "exercices" / "notre_panier.yaml").write_text(ours, encoding="utf-8")
    assert one.drawn(Room(facts=FACTS), "p0") is not None
    assert one.drawn(Room(facts=facts), "p0") is None
