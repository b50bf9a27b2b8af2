"""The record of a decision: built from a workshop or from paper, kept, read again; counts only, never who."""

from __future__ import annotations

from datetime import date

import pytest

from kpa_model.activity import Activity, Room, Round
from kpa_model.decision import from_workshop, record_file
from kpa_model.decision.from_workshop import About, closing_form, paper_form, record_by_hand, record_of
from kpa_model.decision.record import DecisionRecord, Objection, RuleTold, Vote
from kpa_model.decision.script import Script, ScriptStep
from kpa_model.form import Form
from kpa_model.page import Bar, Bars, Heading, Page, Sentence, Stack, Stacks, Table, as_data, from_data

EVERY_PART: Page = (
    Heading("Le vote"),
    Sentence("Parts égales arrive en tête.", "big"),
    Table("Mentions", ("Règle", "Bien"), (("Parts égales", "7"),)),
    Bars("Réponses", (Bar("Oui", 7.0, "7", None), Bar("Non", 1.0, "1", 0.5)), 8.0),
    Stacks("Mentions", (Stack("Parts égales", (("Bien", 7), ("Passable", 1))),)),
)
RULE = RuleTold(
    "Parts égales", ("Chacun reçoit la même part.",), "titre: Parts égales\netapes:\n- parts_egales\n", "ab"
)
RECORD = DecisionRecord(
    "Les Tilleuls", date(2027, 1, 15), "essai", RULE, "Salle", ("Awa", "Bruno"), {"Écart": "2 fois"},
    (Vote("Le vote", 8, EVERY_PART),), (Objection("Trop vite.", "Trois mois d'essai."),), "Le taux.",
    date(2027, 4, 14), date(2027, 4, 15), "Awa", ("Les trajets",), "Deux heures", {"Tirage au sort": "graine 12"},
)  # fmt: skip
TYPED = {
    "jour": "15/01/2027", "lieu": "Salle", "decision": "essai", "change": "", "objection_1": "Trop vite.",
    "reponse_1": "Trois mois d'essai.", "essai_jusqu_au": "14/04/2027", "revue_le": "2027-04-15", "gardien": "Awa",
    "pas_decide": "Les trajets\n\n Les repas ",
}  # fmt: skip


class Poll(Activity):
    """Two rounds; its page shows names of answers and quotes a person."""

    name, title, sentence, kept = "sondage", "Sondage", "On répond.", True

    def rounds(self) -> tuple[Round, ...]:
        return (Round("avant", "Avant"), Round("apres", "Après"))

    def page(self, key: str, room: Room) -> Page:
        return (Sentence(f"{len(room.given(key))} réponses {key}."), Sentence("Je n'aime pas.", "quote"))


class Talk(Poll):
    """The same, that is not a vote."""

    kept = False


def room(people: int, *shown: str) -> Room:
    names = {f"p{at}": f"Nom{at}" for at in range(people)}
    answers = {key: {person: {"oui": "x"} for person in names} for key in ("avant", "apres")}
    return Room(names, answers, shown=frozenset(shown))


def play(given: Room, activity: Activity | None = None) -> DecisionRecord:
    script = Script("Deux heures", steps=(ScriptStep("vote", "Le vote", 10, activity=activity or Poll()),))
    answers, wrong = closing_form().read(TYPED)
    assert not wrong
    return record_of(script, {"vote": given}, RULE, answers, About("Les Tilleuls", {}, {}))


def test_what_is_written_is_read_again() -> None:
    assert record_file.loads(record_file.dumps(RECORD)) == RECORD


def test_every_part_of_a_page_is_kept() -> None:
    assert from_data(as_data(EVERY_PART)) == EVERY_PART


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": 9}', record_file.dumps(RECORD)[:-40], '{"format": 1, "outcome": "autre"}']
    + [record_file.dumps(RECORD).replace(old, new) for old, new in (
        ("2027-01-15", "hier"), ('"Sentence"', '"Script"'), ('"answered": 8', '"answered": "tous"'),
        ('"present": [', '"present": "Awa", "x": ['),
    )],
)  # fmt: skip
def test_a_damaged_record_is_told_in_french(text: str) -> None:
    with pytest.raises(record_file.DamagedRecord, match="il est abîmé"):
        record_file.loads(text)


def test_a_workshop_gives_its_people_and_its_last_round_shown() -> None:
    record = play(room(6, "avant", "apres"))
    assert record.present == tuple(f"Nom{at}" for at in range(6))
    assert record.votes == (Vote("Le vote", 6, (Sentence("6 réponses apres."),)),)
    assert record.objections == (Objection("Trop vite.", "Trois mois d'essai."),)
    assert record.undecided == ("Les trajets", "Les repas")
    assert (record.held_on, record.review_on) == (date(2027, 1, 15), date(2027, 4, 15))
    assert record.script == "Deux heures"


def test_what_was_not_shown_is_not_kept() -> None:
    assert play(room(6, "avant")).votes == (Vote("Le vote", 6, (Sentence("6 réponses avant."),)),)
    assert play(room(6)).votes == ()
    assert play(room(6, "avant", "apres"), Talk()).votes == ()


def test_under_five_answers_nothing_is_counted() -> None:
    (vote,) = play(room(4, "apres")).votes
    assert [part.text for part in vote.page] == ["Moins de 5 réponses : le détail n'est pas gardé."]


def test_no_word_of_anybody_is_kept() -> None:
    assert "Je n'aime pas" not in record_file.dumps(play(room(9, "apres")))


def test_a_decision_on_paper_becomes_a_record() -> None:
    answers, wrong = paper_form().read({**TYPED, "presents": "Awa\nBruno\nChloé\nDjamila\nÉlodie", "vote": "5 oui"})
    assert not wrong
    record = record_by_hand(RULE, answers, About("Les Tilleuls", {"Écart": "2 fois"}, {}))
    assert record.present == ("Awa", "Bruno", "Chloé", "Djamila", "Élodie")
    assert record.votes[0].page == (Sentence("5 oui"),)
    assert record.script == ""


def test_a_vote_on_paper_of_less_than_five_people_is_not_kept() -> None:
    answers, _ = paper_form().read({**TYPED, "presents": "Awa\nBruno", "vote": "1 oui, 1 non"})
    assert record_by_hand(RULE, answers, About("Les Tilleuls")).votes == ()


@pytest.mark.parametrize("form", [closing_form(), paper_form()], ids=["atelier", "papier"])
def test_the_date_of_review_is_always_asked(form: Form) -> None:
    _, wrong = form.read({})
    assert {"jour", "decision", "revue_le"} <= set(wrong)
    assert "gardien" not in wrong


def test_the_decision_is_read_aloud() -> None:
    assert RECORD.says() == (
        "Nous essayons cette règle.",
        "L'essai va jusqu'au 14 avril 2027.",
        "Nous en reparlons le 15 avril 2027.",
    )
    assert RECORD.name == "2027-01-15_parts_egales"


def test_at_least_one_objection_can_be_written() -> None:
    names = closing_form().inputs()
    assert [f"objection_{at}" in names for at in range(1, from_workshop.MOST_OBJECTIONS + 1)] == [True] * 3
