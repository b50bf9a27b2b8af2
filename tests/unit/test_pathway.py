"""The pathway as a file, a person's timeline, and its calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kpa_model import places
from kpa_model.assessment import contract
from kpa_model.assessment.kept import TimeOff
from kpa_model.assessment.pathway import file as pathway_file
from kpa_model.assessment.pathway.calendar import as_calendar
from kpa_model.assessment.pathway.stages import NEXT_STEP, NEXT_STEP_ON, Meeting, interview_form
from kpa_model.assessment.timeline import Held, When, add_months, months_between, timeline

READY = pathway_file.ready()
ENTRY = date(2026, 1, 15)
FILE = """titre: Le nôtre
etapes:
- {cle: a, titre: Arriver, debut: 0, fin: 3, entretien_tous_les: 1}
- {cle: b, titre: Essayer, debut: 3, fin: 6, entretien_tous_les: 2}
rendez_vous:
- {cle: fin, titre: Bilan, genre: bilan, mois: 6}
entretiens:
- {genre: entretien, titre: Un, questions: [{cle: q, question: Quoi ?}]}
- {genre: bilan, titre: Deux, questions: [{cle: q, question: Quoi ?, choix: [oui, non]}]}
"""


def events(**more):
    return {each.key: each for each in timeline(READY, ENTRY, **more).events}


# --- the file


def test_the_ready_pathway_tells_the_stages_of_the_foundation_document():
    months = [(each.start, each.end) for each in READY.stages]
    assert months == [(0, 2), (2, 8), (8, 12), (12, 15), (15, 24)]
    fixed = {each.key: (each.month, each.kind) for each in READY.appointments}
    assert fixed["bilan"] == (8, Meeting.REVIEW)
    assert fixed["envol"] == (15, Meeting.TAKE_OFF)
    assert [key for key, (_, kind) in fixed.items() if kind is Meeting.CONTRACT] == ["signature_cape"]
    assert [each.every for each in READY.stages] == [2, 2, 2, 2, 1]


def test_every_interview_begins_with_the_three_questions_and_ends_with_one_step_and_its_date():
    for guide in READY.guides:
        names = [each.name for each in interview_form(guide).fields]
        assert names[:3] == ["je_sais", "j_aime", "je_pourrais"]
        assert names[-2:] == [NEXT_STEP, NEXT_STEP_ON]


def test_review_and_take_off_ask_what_one_learnt_and_what_it_changes():
    for kind in (Meeting.REVIEW, Meeting.TAKE_OFF):
        keys = {each.key for each in READY.guide(kind).questions}
        assert {"appris_sur_moi", "change_projet"} <= keys


def test_any_question_may_be_left_aside():
    answers, wrong = interview_form(READY.guide(Meeting.TAKE_OFF)).read({})
    assert wrong == {}
    assert set(answers.values()) == {None}


@pytest.mark.parametrize("pathway", [READY, pathway_file.loads(FILE)], ids=["ready", "small"])
def test_the_file_says_it_all(pathway):
    assert pathway_file.loads(pathway_file.dumps(pathway)) == pathway


def test_a_group_may_have_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    assert pathway_file.ours() == READY
    (places.personal() / "parcours.yaml").write_text(FILE, encoding="utf-8")
    assert pathway_file.ours().title == "Le nôtre"


MISTAKES = [
    ["debut: 3", "debut: 4", "Parcours, étape 2 « Essayer » : elle commence au mois 4, et non au mois 3.",
     "Les étapes se suivent, sans trou, dès le mois 0."],
    ["fin: 6", "fin: 2", "Parcours, étape 2 « Essayer » : elle finit au mois 2, avant son début.",
     "Corrigez « debut » ou « fin »."],
    ["fin: 6", "fin: six", "Parcours, étape 2 « Essayer », « fin » : « six » n'est pas un nombre.",
     "Écrivez par exemple 12\u00a0mois."],
    ["genre: bilan, mois", "genre: bilam, mois",
     "Parcours, rendez-vous 1 « Bilan », « genre » : « bilam » n'est pas un choix.",
     "Vouliez-vous dire « bilan » ? Choix : entretien, bilan, envol, contrat ou repere."],
    ["cle: b,", "cle: a,", "Parcours : la clé « a » sert 2 fois.", "Donnez une clé différente à chacun."],
    ["titre: Le nôtre\n", "", "Parcours : il manque « titre ».", "Ajoutez « titre: » et quelques mots."],
    ["rendez_vous:", "rendezvous:", "Parcours : « rendezvous » n'est pas une partie connue ici.",
     "Vouliez-vous dire « rendez_vous » ?",
     "Parties connues : titre, phrase, source, licence, etapes, rendez_vous, entretiens."],
    ["- {genre: bilan, titre: Deux", "- {genre: envol, titre: Deux",
     "Parcours : aucune question pour le genre « bilan ».",
     "Ajoutez à « entretiens: » un entretien « genre: bilan »."],
]  # fmt: skip


def test_a_wrong_file_replaces_nothing_and_coming_back_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    pathway_file.keep(FILE)
    with pytest.raises(pathway_file.WrongPathway):
        pathway_file.keep(FILE.replace("fin: 6", "fin: x"))
    assert pathway_file.ours() == pathway_file.loads(FILE)
    pathway_file.forget()
    assert pathway_file.ours() == READY
    assert pathway_file.load(tmp_path / "parcours.ancien.yaml").title == "Le nôtre"


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake[1] or "titre")
def test_a_mistake_says_where_what_and_what_to_do(mistake):
    before, after, *said = mistake
    with pytest.raises(pathway_file.WrongPathway) as caught:
        pathway_file.loads(FILE.replace(before, after))
    assert str(caught.value) == "\n".join(said)


def test_all_mistakes_come_at_once():
    with pytest.raises(pathway_file.WrongPathway) as caught:
        pathway_file.loads(FILE.replace("fin: 3", "fin: x").replace("mois: 6", "mois: 99"))
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("text", ["", "- a\n- b", "titre: [", "titre: a\netapes: b", "titre: a\netapes: [1, 2]"])
def test_what_is_not_a_pathway_is_refused_in_french(text):
    with pytest.raises(pathway_file.WrongPathway) as caught:
        pathway_file.loads(text)
    assert all(each.what.endswith(".") and each.todo.endswith(".") for each in caught.value.problems)


# --- the timeline


def test_months_are_those_of_the_calendar():
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_between(ENTRY, date(2026, 3, 14)) == 1
    assert months_between(ENTRY, date(2026, 3, 15)) == 2
    assert months_between(ENTRY, date(2025, 3, 15)) == 0


def test_on_the_first_day_everything_is_ahead():
    line = timeline(READY, ENTRY, ENTRY)
    assert (line.month, line.stage.key, line.late) == (0, "immersion", ())
    assert line.next_interview.key == "accueil"
    due = {each.key: each.due for each in line.events}
    assert due["bilan"] == date(2026, 9, 15)
    assert due["envol"] == date(2027, 4, 15)


def test_two_interviews_are_never_more_than_two_months_apart_then_one():
    met = [each.due for each in timeline(READY, ENTRY, ENTRY).events if each.kind in ("entretien", "bilan", "envol")]
    gaps = [(later - sooner).days for sooner, later in pairwise(met)]
    assert max(gaps) <= 62
    after = [gap for gap, day in zip(gaps, met, strict=False) if day >= date(2027, 4, 15)]
    assert max(after) <= 31


def test_what_should_have_been_done_is_late_and_the_oldest_comes_first():
    line = timeline(READY, ENTRY, date(2026, 3, 20))
    assert [each.key for each in line.late] == ["accueil", "entretien_2", "signature_cape"]
    assert line.next_interview.key == "accueil"


def test_an_interview_held_puts_the_next_one_two_months_later():
    held = [Held(Meeting.INTERVIEW, date(2026, 1, 20)), Held(Meeting.INTERVIEW, date(2026, 3, 1))]
    line = timeline(READY, ENTRY, date(2026, 3, 20), held, done={"signature_cape": date(2026, 2, 10)})
    assert line.late == ()
    assert line.next_interview.due == date(2026, 5, 1)
    found = {each.key: each for each in line.events}
    assert found["accueil"].done == date(2026, 1, 20)
    assert found["signature_cape"].done == date(2026, 2, 10)


def test_a_review_held_early_or_late_is_the_review():
    for on in (date(2026, 8, 1), date(2026, 11, 30)):
        found = events(today=date(2026, 12, 1), held=[Held(Meeting.REVIEW, on)])
        assert found["bilan"].done == on
        assert found["envol"].when is When.NEXT


def test_what_comes_after_today_is_not_yet_done():
    found = events(today=ENTRY, held=[Held(Meeting.REVIEW, date(2026, 9, 15))], done={"choix": date(2028, 1, 1)})
    assert found["bilan"].done is None
    assert found["choix"].done is None


def test_a_pause_moves_what_follows_but_not_contracts():
    pause = TimeOff(date(2026, 4, 1), date(2026, 5, 1))
    found = events(today=date(2026, 6, 1), pauses=[pause])
    assert found["bilan"].due == date(2026, 10, 15)
    assert found["signature_cape"].due == date(2026, 3, 15)
    assert timeline(READY, ENTRY, date(2026, 6, 1), pauses=[pause]).month == 3


def test_two_pauses_that_overlap_count_once():
    twice = [TimeOff(date(2026, 4, 1), date(2026, 5, 1)), TimeOff(date(2026, 4, 10), date(2026, 5, 1))]
    assert events(today=ENTRY, pauses=twice)["bilan"].due == date(2026, 10, 15)


def test_during_a_pause_nothing_is_late_except_a_contract():
    mine = contract.events(signed((ENTRY, 12)), date(2027, 2, 1))
    line = timeline(READY, ENTRY, date(2027, 2, 1), pauses=[TimeOff(date(2026, 4, 1))], contract=mine)
    assert line.paused
    assert [each.key for each in line.late] == ["cape_fin"]
    assert line.month == 2


def test_the_end_is_said():
    assert not timeline(READY, ENTRY, date(2028, 1, 14)).finished
    assert timeline(READY, ENTRY, date(2028, 1, 15)).finished


# --- the person's own contract

LAW = contract.Limits(12, 2, "Code de commerce, article L127-2, lu le 23 novembre 2026.")


def signed(*periods) -> contract.Cape:
    made = contract.cape([contract.Period(*each) for each in periods], LAW)
    assert made
    return made


def test_reminders_follow_the_contract_of_the_person_and_not_the_months_of_the_pathway():
    mine = contract.events(signed((date(2026, 3, 10), 12)), date(2026, 6, 1))
    found = {each.key: each for each in timeline(READY, ENTRY, date(2026, 6, 1), contract=mine).events}
    assert "signature_cape" not in found
    assert found["cape_1"].done == date(2026, 3, 10)
    assert (found["cape_fin"].due, found["cape_fin"].when) == (date(2027, 3, 9), When.NEXT)


@pytest.mark.parametrize(
    ("periods", "end", "left", "months", "lost"),
    [
        ([(date(2026, 3, 10), 12)], date(2027, 3, 9), 2, 24, 0),
        ([(date(2026, 3, 10), 6)], date(2026, 9, 9), 2, 24, 6),
        ([(date(2026, 3, 10), 6), (date(2026, 9, 10), 12)], date(2027, 9, 9), 1, 12, 6),
        ([(date(2026, 1, 31), 1)], date(2026, 2, 27), 2, 24, 11),
        ([(date(2024, 2, 29), 12), (date(2025, 2, 28), 12), (date(2026, 2, 28), 12)], date(2027, 2, 27), 0, 0, 0),
        ([(date(2026, 3, 10), 12, date(2026, 5, 1))], date(2026, 5, 1), 0, 0, 0),
    ],
)
def test_a_contract_says_its_end_its_renewals_and_the_months_left(periods, end, left, months, lost):
    made = signed(*periods)
    assert (made.end, made.renewals_left, made.months_left, made.months_lost) == (end, left, months, lost)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=3), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_contracts_that_follow_each_other_and_what_is_left_never_go_beyond_the_law(lengths, first):
    periods, start = [], first
    for months in lengths:
        periods.append((start, months))
        start = signed(*periods).end + timedelta(days=1)
    made = signed(*periods)
    assert sum(lengths) + made.months_left + made.months_lost == 36
    assert made.end < add_months(first, 36)
    assert [each.due for each in contract.events(made, first)][-1] == made.end


def test_more_renewals_than_the_law_knows_tell_to_ask():
    made = signed(*((date(2023 + at, 1, 1), 12) for at in range(4)))
    assert made.beyond
    assert made.renewals_left == 0


def test_a_contract_is_reminded_two_months_before_its_end():
    mine = contract.events(signed((date(2026, 3, 10), 12)), date(2026, 6, 1))
    found = entries(as_calendar(timeline(READY, ENTRY, date(2026, 6, 1), contract=mine), "x"))
    (alarm,) = found["Renouveler mon CAPE, ou le finir2027-03-09"].walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-60)


# --- the calendar


def entries(content: bytes) -> dict:
    return {str(each["SUMMARY"]) + str(each["DTSTART"].dt): each for each in Calendar.from_ical(content).walk("VEVENT")}


def test_the_calendar_holds_whole_days_in_french_with_a_reminder():
    found = entries(as_calendar(timeline(READY, ENTRY, ENTRY), "x"))
    review = found["Bilan à mi-parcours2026-09-15"]
    assert review["DTSTART"].dt == date(2026, 9, 15)
    assert review["DTEND"].dt == date(2026, 9, 16)
    assert review["SUMMARY"].params["LANGUAGE"] == "fr"
    assert review.walk("VALARM")
    assert len(found) == len(timeline(READY, ENTRY, ENTRY).coming)


def test_an_event_that_moves_keeps_its_identity_and_what_is_done_leaves():
    first = as_calendar(timeline(READY, ENTRY, ENTRY), "x")
    held = [Held(Meeting.INTERVIEW, date(2026, 1, 25))]
    moved = as_calendar(
        timeline(READY, ENTRY, date(2026, 1, 30), held, [TimeOff(date(2026, 2, 1), date(2026, 2, 20))]), "x"
    )
    uids = [{str(each["UID"]) for each in entries(content).values()} for content in (first, moved)]
    assert uids[1] < uids[0]
    assert len(uids[0] - uids[1]) == 1  # the welcome is done
    sequence = [{int(each["SEQUENCE"]) for each in entries(content).values()} for content in (first, moved)]
    assert max(sequence[0]) < min(sequence[1])


def test_two_people_have_two_identities_and_the_identity_is_not_in_the_file():
    one, other = (as_calendar(timeline(READY, ENTRY, ENTRY), each) for each in ("awa-secret", "bruno"))
    assert not {str(each["UID"]) for each in entries(one).values()} & {str(e["UID"]) for e in entries(other).values()}
    assert b"awa" not in one
