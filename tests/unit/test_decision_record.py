"""The record of a decision: built from a workshop or from paper, kept, read again; counts only, never who."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpa_model.decision import record_file
from kpa_model.decision.activities.circle import Circle
from kpa_model.decision.activities.claims import Claims
from kpa_model.decision.activities.consent import Consent
from kpa_model.decision.closing import MOST_OBJECTIONS, closing_form, paper_form
from kpa_model.decision.from_workshop import About, record_by_hand, record_of
from kpa_model.decision.record import DecisionRecord, Objection, RuleTold, VoteTold
from kpa_model.declare.form import Form
from kpa_model.declare.page import Bar, Bars, Heading, Page, Sentence, Stack, Stacks, Table, as_data, from_data
from kpa_model.workshop.activity import Activity, Room, Round
from kpa_model.workshop.proposal import CONSENT, NOT_ASKED, OBJECTIONS, Obtained, Proposal
from kpa_model.workshop.script import Script, ScriptStep

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
    "Les Tilleuls", date(2027, 1, 15), "essai", RULE, "Salle", "Tout partager.", ("Awa", "Bruno"), {"Écart": "2 fois"},
    (VoteTold("Le vote", 8, EVERY_PART),), (Objection("Trop vite.", "Trois mois d'essai."),), ("Le taux.",),
    date(2027, 4, 14), date(2027, 4, 15), "Awa", ("Les trajets",), "Deux heures", {"Tirage au sort": "graine 12"},
)  # fmt: skip
FACTS = {
    "cooperative": "Les Tilleuls", "month": "2027-01", "seed": 4271, "data_fingerprint": "a1b2c3",
    "rules": [{
        "key": "egal", "title": "Parts égales", "fingerprint": "ab", "aloud": ["Chacun reçoit la même part."],
        "text": "titre: Parts égales\netapes:\n- parts_egales\n",
        "effect": {"low": 2000, "middle": 3000, "high": 8000, "heavy": 2, "today": False},
    }],
}  # fmt: skip
PROPOSED = Proposal(
    rule="egal", title=RULE.title, sentences=RULE.sentences, text=RULE.text, fingerprint=RULE.fingerprint
)
TYPED = {
    "jour": "15/01/2027", "lieu": "Salle", "texte": "Tout partager.", "decision": "essai", "change": "",
    "accord": "consentement", "raison": "",
    "objection_1": "Trop vite.",
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
    return Room(names, answers, shown=frozenset(shown), proposals=(PROPOSED,))


def play(given: Room, activity: Activity | None = None, **changes: str) -> DecisionRecord:
    script = Script("Deux heures", steps=(ScriptStep("vote", "Le vote", 10, activity=activity or Poll()),))
    answers, wrong = closing_form(None).read({**TYPED, **changes})
    assert not wrong
    return record_of(script, {"vote": given}, FACTS, answers, "kpa_model 1")


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
    assert record.votes == (VoteTold("Le vote", 6, (Sentence("6 réponses apres."),)),)
    assert record.objections == (Objection("Trop vite.", "Trois mois d'essai."),)
    assert record.undecided == ("Les trajets", "Les repas")
    assert (record.held_on, record.review_on) == (date(2027, 1, 15), date(2027, 4, 15))
    assert record.script == "Deux heures"


def test_the_rule_comes_with_its_file_and_the_figures_of_the_ballot() -> None:
    record = play(room(6))
    assert record.rule == RULE
    assert {label: value.replace("\u00a0", " ") for label, value in record.figures.items()} == {
        "Mois regardé": "janvier 2027",
        "Le plus petit montant": "20,00 €",
        "Le plus grand montant": "80,00 €",
        "Le montant du milieu": "30,00 €",
        "Perdent plus d'un cinquième": "2 personnes",
    }
    assert record.origin["Tirage au sort"] == "graine 4271"
    assert record.origin["Empreinte des données"] == "a1b2c3"
    assert len(record.origin["Empreinte du déroulé"]) == 12


def test_a_decision_about_something_else_has_the_words_of_the_group() -> None:
    record = play(replace(room(6), proposals=(Proposal("Acheter un diable.\nÀ deux."),)))
    assert record.rule == RuleTold("Acheter un diable.")
    assert record.says()[:2] == ("Consentement obtenu de 6 personnes.", "Nous essayons cette idée.")
    assert record.figures == {}
    long = play(replace(room(6), proposals=(Proposal("mot " * 40),))).rule.title
    assert len(long) <= 60
    assert long.endswith("…")


def test_a_consent_round_brings_its_objections_and_its_text() -> None:
    names = {f"p{at}": f"Nom{at}" for at in range(6)}
    consent = Consent(proposal="Parts égales, un trimestre.")
    given = {person: {"position": "oui", "raison": None} for person in names}
    given["p1"] = {"position": "objection", "raison": "Trop vite."}
    script = Script("Court", steps=(ScriptStep("accord", "Décider", 10, activity=consent),))
    (name,) = consent._objections(Room(names, {"objections_1": given}), "objections_1")
    host = {f"reponse_{name}": "Un mois d'essai.", f"suite_{name}": "levee"}
    answers = {"objections_1": {**given, "animation": host}}
    seen = Room(names, answers, shown=frozenset({"objections_1"}))
    typed, wrong = closing_form(consent.obtained(seen)).read(TYPED)
    assert not wrong
    assert "objection_1" not in typed
    record = record_of(script, {"accord": seen}, FACTS, typed, "kpa_model 1")
    assert record.objections == (Objection("Trop vite.", "Un mois d'essai. Objection retirée."),)
    assert record.words == "Parts égales, un trimestre."
    assert record.says()[0] == "Consentement obtenu de 6 personnes."
    assert all(isinstance(part, Sentence) and part.tone != "quote" for part in record.votes[0].page)
    hidden = record_of(script, {"accord": Room(names, answers)}, FACTS, typed, "kpa_model 1")
    assert hidden.objections == hidden.votes == ()


def test_what_was_not_shown_is_not_kept() -> None:
    assert play(room(6, "avant")).votes == (VoteTold("Le vote", 6, (Sentence("6 réponses avant."),)),)
    assert play(room(6)).votes == ()
    assert play(room(6, "avant", "apres"), Talk()).votes == ()


def test_claims_and_appreciations_never_enter_a_record() -> None:
    names = {f"p{at}": f"Nom{at}" for at in range(7)}
    given = {person: {"montant": 1111 * (at + 1)} for at, person in enumerate(names)}
    script = Script("Court", steps=(ScriptStep("demander", "Demander", 10, activity=Claims(pot=10_000, named=True)),))
    seen = Room(names, {"demande": given}, shown=frozenset({"demande"}))
    typed, _ = closing_form(None).read(TYPED)
    assert record_of(script, {"demander": seen}, FACTS, typed, "kpa_model 1").votes == ()
    assert not Circle.kept


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


@pytest.mark.parametrize("form", [closing_form(None), paper_form()], ids=["atelier", "papier"])
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


OLD = """{"format": 1, "cooperative": "Les Tilleuls", "held_on": "2027-01-15", "outcome": "essai",
"rule": {"title": "Parts égales", "sentences": ["A."], "text": "", "fingerprint": ""}, "place": "", "words": "",
"present": ["Awa"], "figures": {}, "votes": [], "objections": [], "amended": "Le taux.", "trial_ends": null,
"review_on": "2027-04-15", "kept_by": "", "undecided": [], "script": "", "origin": {}}"""


def test_a_record_of_the_first_format_is_still_read() -> None:
    record = record_file.loads(OLD)
    assert (record.changes, record.version, record.present) == (("Le taux.",), 1, ("Awa",))
    assert record.says()[0] == "Nous essayons cette règle."
    assert record_file.loads(record_file.dumps(record)) == record


def test_everything_of_a_record_is_written_and_read_again() -> None:
    whole = replace(
        RECORD, obtained=Obtained(OBJECTIONS, 8, 1, 2, 3), leading=("Parts égales", "Les heures"), unnamed=6,
        reason="Pour essayer.", differs=True, id="atelier-1", version=2, corrected_on=date(2027, 1, 16),
    )  # fmt: skip
    assert record_file.loads(record_file.dumps(whole)) == whole


def test_what_was_obtained_is_said_before_what_comes_out_of_it() -> None:
    against = replace(RECORD, obtained=Obtained(OBJECTIONS, 8, left=2), reason="Nous voulons voir.")
    assert against.says()[:3] == (
        "Consentement non obtenu : 2\u00a0objections restent.",
        "Nous essayons cette règle sans ce consentement.",
        "Pourquoi : Nous voulons voir.",
    )
    tied = replace(RECORD, obtained=Obtained(NOT_ASKED, 8), leading=("A", "B", "C", "D"), outcome="adoptee")
    assert tied.says()[:3] == (
        "Le consentement n'a pas été demandé.",
        "Nous gardons cette règle sans ce consentement.",
        "Au vote, 4\u00a0règles sont à égalité : « A », « B », « C » et « D ».",
    )


@pytest.mark.parametrize("how", [OBJECTIONS, NOT_ASKED])
def test_going_on_without_consent_asks_why(how: str) -> None:
    for form, typed in ((closing_form(None), {**TYPED, "accord": how}), (closing_form(Obtained(how, 8)), TYPED)):
        assert set(form.read(typed)[1]) == {"raison"}
        assert not form.read({**typed, "raison": "Pour essayer."})[1]
        assert not form.read({**typed, "decision": "reportee", "essai_jusqu_au": ""})[1]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"revue_le": "01/01/2020"}, "revue_le"), ({"revue_le": "15/01/2027"}, "revue_le"),
        ({"essai_jusqu_au": "14/01/2027"}, "essai_jusqu_au"), ({"essai_jusqu_au": ""}, "essai_jusqu_au"),
        ({"decision": "adoptee"}, "essai_jusqu_au"),
    ],
)  # fmt: skip
def test_dates_follow_one_another_and_a_trial_has_an_end(changed: dict[str, str], wrong: str) -> None:
    assert set(closing_form(Obtained(CONSENT, 8)).read({**TYPED, **changed})[1]) == {wrong}
    assert not closing_form(Obtained(CONSENT, 8)).read(TYPED)[1]


def test_a_trial_lasts_as_long_as_the_text_the_group_consented_to() -> None:
    """Another last day, or a rule kept for good, is not what was agreed; without consent, the group says it here."""
    agreed = closing_form(Obtained(CONSENT, 8), "2027-04-14")
    assert not agreed.read(TYPED)[1]
    assert set(agreed.read({**TYPED, "essai_jusqu_au": "2027-04-13"})[1]) == {"essai_jusqu_au"}
    assert set(agreed.read({**TYPED, "decision": "adoptee", "essai_jusqu_au": ""})[1]) == {"decision"}
    assert not agreed.read({**TYPED, "decision": "reportee", "essai_jusqu_au": ""})[1]
    against = closing_form(Obtained(OBJECTIONS, 8), "2027-04-14")
    assert not against.read({**TYPED, "essai_jusqu_au": "2027-04-13", "raison": "Pour essayer."})[1]


def test_the_reservations_shown_to_all_are_in_the_record_without_who() -> None:
    """Under five answers they are said aloud, not written, when the script says so."""
    names = {f"p{at}": f"Nom{at}" for at in range(6)}
    given = {person: {"position": "oui"} for person in names}
    given["p2"] = {"position": "reserve", "raison": "Regardons en février."}
    typed, _ = closing_form(None).read(TYPED)

    def kept(consent: Consent, people: int, shown: bool = True) -> tuple[str, ...]:
        script = Script("Court", steps=(ScriptStep("accord", "Décider", 10, activity=consent),))
        here = dict(list(names.items())[:people])
        answers = {"objections_1": {person: given[person] for person in here}}
        seen = Room(here, answers, shown=frozenset({"objections_1"} if shown else ()), proposals=(PROPOSED,),
                    heard={"objections_1": dict.fromkeys(here, 1)})  # fmt: skip
        made = record_of(script, {"accord": seen}, FACTS, typed, "kpa_model 1")
        assert record_file.loads(record_file.dumps(made)) == made
        return made.concerns

    assert kept(Consent(), 6) == ("Regardons en février.",)
    assert kept(Consent(), 6, shown=False) == ()
    assert kept(Consent(in_the_open=False), 4) == ()


def test_the_text_a_group_consented_to_is_the_one_in_its_record() -> None:
    names = {f"p{at}": f"Nom{at}" for at in range(6)}
    given = {person: {"position": "oui"} for person in names}
    script = Script("Court", steps=(ScriptStep("accord", "Décider", 10, activity=Consent()),))
    first, second = (
        Proposal("Parts égales."),
        replace(PROPOSED, words="Parts égales, plancher de 80 euros.", differs=True),
    )
    typed, _ = closing_form(None).read(TYPED)

    def kept(heard: int) -> DecisionRecord:
        seen = Room(names, {"objections_1": given}, shown=frozenset({"objections_1"}), proposals=(first, second),
                    heard={"objections_1": dict.fromkeys(names, heard)})  # fmt: skip
        return record_of(script, {"accord": seen}, FACTS, typed, "kpa_model 1")

    assert kept(2).words == "Parts égales, plancher de 80 euros."
    assert kept(2).says()[0] == "Consentement obtenu de 6 personnes."
    assert "Nos mots décident." in " ".join(kept(2).says())
    assert kept(1).says()[0] == "Consentement non obtenu : le texte a changé, et la question n'a pas été reposée."


def test_a_person_taken_out_of_a_record_is_still_counted() -> None:
    without = RECORD.without("Awa")
    assert (without.present, without.unnamed, without.people, without.kept_by) == (("Bruno",), 1, 2, "")
    assert (RECORD.nameless().present, RECORD.nameless().people) == ((), 2)


def test_at_least_one_objection_can_be_written() -> None:
    names = paper_form().inputs()
    assert [f"objection_{at}" in names for at in range(1, MOST_OBJECTIONS + 1)] == [True] * 3
