"""During and around the workshop: words changed, a question more, a question open for days, the answers as a table."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from kpa_model.files.log.events import EventLog
from kpa_model.server.lasting import end_of
from kpa_model.workshop.event import Event
from kpa_model.workshop.live import fold
from kpa_model.workshop.seat import Asked
from tests.live_server import Served

SCRIPT = """
titre: Un atelier
etapes:
- {cle: placer, titre: Se placer, minutes: 5, activite: {debat_mouvant: {affirmations: [Le temps se paie.]}}}
- {cle: noter, titre: Noter, minutes: 5, activite: {jugement_majoritaire: {choix: [Parts égales, Les heures]}}}
- {cle: demander, titre: Demander, minutes: 5, activite: {demandes: {noms: oui}}}
- {cle: mot, titre: Un mot, minutes: 5, activite: mot_libre}
"""
NAMES = ("Renard", "Loutre", "Mésange", "Hérisson", "Écureuil")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(str(tmp_path / "a.sqlite"), script=SCRIPT, facts={"pot": 100_000})
    yield made
    made.stop()


def test_the_words_of_a_question_change_before_anybody_answers(served: Served) -> None:
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.act(geste="suivant")
    animator.get("/animation/question")
    assert "Le temps se paie." in animator.text
    assert animator.post("/animation/question", statements="Le besoin compte.\nLe temps aussi.") == 303
    guest.get("/")
    assert "Le besoin compte." in guest.text
    assert "Le temps aussi." in guest.text
    assert "Le temps se paie." not in guest.text
    assert guest.answer(affirmation_1="oui", affirmation_2="non") == 303
    assert animator.get("/animation/question") == 409  # what she answered keeps its meaning
    with EventLog(served.log.engine.url.database) as again:
        assert "Le besoin compte." in str(fold(again.read(served.id)).opened["script"])


def test_a_question_is_added_after_the_step_under_way(served: Served) -> None:
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.act(geste="suivant")
    animator.get("/animation/ajouter")
    words = {"genre": "debat_mouvant", "titre": "Encore une", "mots": "Les trajets se paient."}
    assert animator.post("/animation/ajouter", **words) == 303
    assert [step.title for step in served.workshop.script.steps][:2] == ["Se placer", "Encore une"]
    animator.act(geste="suivant")  # the second round of the first step
    animator.act(geste="suivant")
    guest.get("/")
    assert "Les trajets se paient." in guest.text
    assert animator.post("/animation/ajouter", **{**words, "mots": "x" * 1_999}) == 422


CASE = "Le marché : 200 €\nUn samedi.\nLou : 10 h, a trouvé la commande\nSam : 20 h, 2 h pour le commun"


def test_a_case_written_by_the_group_is_added_shared_and_told(served: Served) -> None:
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.act(geste="suivant")
    case = {"genre": "vignettes", "titre": "Notre marché", "mots": CASE}
    assert animator.post("/animation/ajouter", **{**case, "mots": "Le marché : 200 €\nLou : dix heures"}) == 422
    assert "« dix heures » n'est pas compris." in animator.text.replace("\u00a0", " ")
    assert animator.post("/animation/ajouter", **case) == 303
    animator.act(geste="suivant")
    animator.act(geste="suivant")
    guest.get("/")
    text = guest.text.replace("\u00a0", " ")
    assert "Le marché : 200,00 € à partager" in text
    assert "Sam : 20 h de travail, 2 h pour le commun" in text
    assert "Le buffet" not in text  # the case alone, not those of the workbook
    assert guest.answer(**{"le_marche.lou": "80", "le_marche.sam": "120"}) == 303
    animator.get("/animation/ecran")
    assert "Un samedi." in animator.text
    animator.act(geste="montrer", sur="oui")
    guest.get("/")
    assert "Ce qui semble vous guider" in guest.text


def test_a_case_is_added_to_the_ready_ones_before_anybody_answers(tmp_path: Path) -> None:
    script = "titre: Un atelier\netapes:\n- {cle: cas, titre: Des cas, minutes: 5, activite: vignettes}\n"
    served = Served(str(tmp_path / "b.sqlite"), script=script)
    try:
        guest, animator = served.guest("Renard"), served.facilitator()
        animator.act(geste="suivant")
        animator.get("/animation/question")
        assert animator.post("/animation/question", game="inconnu", own="") == 422
        assert "ce nom n'existe pas" in animator.text
        assert animator.post("/animation/question", game="quatre_partages", own="Lou : 10 h") == 422
        assert animator.post("/animation/question", game="quatre_partages", own=CASE) == 303
        guest.get("/")
        assert guest.text.index("Le marché") < guest.text.index("Le buffet")
        assert "La couture" in guest.text
    finally:
        served.stop()


def test_an_answer_on_paper_is_corrected_and_that_of_a_phone_is_not_shown(served: Served) -> None:
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.get("/animation/personnes")
    animator.post("/animation/personnes", nom="Loutre", geste="ajouter")
    animator.act(geste="suivant")
    for _ in range(2):
        animator.act(geste="suivant")  # to the grades
    guest.answer(parts_egales="5", les_heures="1")
    phone, paper = served.workshop.live.people
    at = {"etape": "noter", "tour": "vote"}
    assert animator.post("/animation/papier", qui=paper, **at, parts_egales="0", les_heures="4") == 303
    animator.get("/animation/personnes")
    assert "Corriger sa réponse" in animator.text
    animator.get(f"/animation/papier?qui={paper}")
    assert animator.text.count("checked") == 2
    assert "Voici la réponse déjà tapée" in animator.text
    assert animator.post("/animation/papier", qui=paper, **at, parts_egales="3", les_heures="4") == 303
    assert served.workshop.live.now.answers[paper] == {"parts_egales": "3", "les_heures": "4"}
    animator.get(f"/animation/papier?qui={phone}")
    assert "checked" not in animator.text
    assert "remplacera sa réponse" in animator.text


def test_a_question_stays_open_for_days_and_closes_by_itself(served: Served) -> None:
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.act(geste="suivant")
    last = date.today() + timedelta(days=3)
    animator.get("/animation/durer")
    chosen = {"questions.placer": "oui"}
    assert animator.post("/animation/durer", **chosen, jusqu_au=(date.today() - timedelta(days=2)).isoformat()) == 422
    assert animator.post("/animation/durer", jusqu_au=last.isoformat()) == 422  # no question is chosen
    assert animator.post("/animation/durer", **chosen, jusqu_au=last.isoformat()) == 303
    animator.get("/animation/durer")
    assert "Une question vous attend : « Se placer », jusqu’au" in animator.text.replace("\u00a0", " ")
    assert served.workshop.code[:3] in animator.text
    guest.get("/")
    assert "Vous pouvez répondre jusqu'au" in guest.text.replace("\u00a0", " ")
    assert guest.answer(affirmation_1="oui") == 303
    person = next(iter(served.workshop.live.people))
    events = served.log.read(served.id)
    late = (datetime.now(UTC) + timedelta(days=5)).isoformat()
    answer = Event("answered", person, "placer", "avant", {"answer": {"affirmation_1": "non"}}, seq=99, at=late)
    assert not fold([*events, answer]).taken
    animator.act(geste="montrer")
    assert served.workshop.live.asked["placer", "avant"].answers[person] == {"affirmation_1": "oui"}


def days(number: int) -> str:
    return (date.today() + timedelta(days=number)).isoformat()


def test_several_questions_are_answered_before_the_room_and_join_it(served: Served) -> None:
    """Each has its own end; a pseudonym, no name in the reminder; the group finds the answers when it comes there."""
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.get("/animation/durer")
    assert animator.post("/animation/durer", **{"questions.placer": "oui"}, jusqu_au=days(2)) == 303
    assert animator.post("/animation/durer", **{"questions.noter": "oui"}, jusqu_au=days(4)) == 303
    animator.get("/animation/durer")
    said = animator.text.replace("\u00a0", " ")
    assert "2 questions vous attendent" in said
    assert "sans les noms" in said
    assert served.workshop.live.step == ""  # the workshop has not begun
    guest.get("/")
    assert guest.text.count("à répondre") == 2
    guest.get("/?etape=noter&tour=vote")
    assert "Vous pouvez répondre jusqu'au" in guest.text.replace("\u00a0", " ")
    about = guest.hidden()
    assert guest.post("/brouillon", **about, parts_egales="3") == 200
    assert guest.post("/repondre", **about, parts_egales="3", les_heures="4") == 303
    guest.get("/")
    assert guest.text.count("à répondre") == 1
    guest.get("/?etape=noter&tour=vote")
    assert "C'est envoyé" in guest.text
    guest.get("/?etape=mot&tour=reponse")  # not opened: the page of the room
    assert "La séance n'a pas commencé" in guest.text
    for _ in range(3):
        animator.act(geste="suivant")
    assert served.workshop.live.step == "noter"
    assert "1 réponse sur 1" in animator.text.replace("\u00a0", " ")
    animator.get("/animation/durer")
    assert animator.post("/animation/durer", fermer="placer/avant") == 303
    animator.act(geste="montrer")
    animator.get("/animation/durer")
    assert "Le rappel" not in animator.text  # nothing waits any more
    guest.get("/")
    assert "À répondre chez vous" not in guest.text


def test_a_question_whose_days_are_over_is_said_so_and_may_be_opened_again(served: Served) -> None:
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.act(geste="suivant")
    person = next(iter(served.workshop.live.people))
    over = {"until": "2026-01-31", "ends": "2026-01-31T22:59:59+00:00"}
    served.log.append(served.id, Event("lasting", step="placer", round="avant", payload=over))
    asyncio.run_coroutine_threadsafe(read_again(served), served._loop).result(10)
    guest.get("/")
    assert "Cette question est fermée." in guest.text
    animator.get("/animation/durer")
    assert "finie" in animator.text
    animator.get("/animation")
    assert "La question est fermée." in animator.text
    animator.post("/animation/geste", geste="rouvrir")
    assert guest.answer(affirmation_1="oui") == 303
    assert served.workshop.live.now.answers[person] == {"affirmation_1": "oui"}


async def read_again(served: Served) -> None:
    served.workshop.reload()


def test_a_day_ends_in_paris() -> None:
    """On the evening of 30 November, it is still that day in Paris until 23:00 in universal time, and no longer."""
    ends = end_of(date(2026, 11, 30))
    asked = Asked(until="2026-11-30", ends=ends)
    assert asked.takes("2026-11-30T22:59:59.900+00:00")
    assert not asked.takes("2026-11-30T23:00:00.100+00:00")
    assert not asked.shut().takes("2026-11-30T12:00:00+00:00")
    assert Asked(until="2026-11-30").takes("2026-11-30T23:30:00+00:00")  # a workshop of before keeps what it took


def table(served: Served) -> list[list[str]]:
    animator = served.facilitator()
    assert animator.get("/animation/reponses.csv") == 200
    return [*csv.reader(io.StringIO(animator.text.lstrip("\ufeff")), delimiter=";")]


def test_the_answers_leave_as_a_table_without_names(served: Served) -> None:
    guests, animator = [served.guest(name) for name in NAMES], served.facilitator()
    typed = {"placer": {"affirmation_1": "oui"}, "noter": {"parts_egales": "3", "les_heures": "4"},
             "demander": {"montant": "120"}, "mot": {"phrase": "Je suis contente."}}  # fmt: skip
    while served.workshop.neighbour(1) or not served.workshop.step:
        animator.act(geste="suivant")
        if served.workshop.live.now and served.workshop.live.round != "apres":
            for guest in guests:
                assert guest.answer(**typed[served.workshop.live.step]) == 303
            animator.act(geste="montrer")
    rows = table(served)
    assert rows[0] == ["etape", "tour", "tableau", "ligne", "colonne", "valeur"]
    assert ["Noter", "Donnez une mention à chaque règle", "Les mentions reçues", "Les heures", "Bien", "5"] in rows
    flat = " ".join(cell for row in rows for cell in row)
    assert not any(name in flat for name in NAMES)
    assert "Je suis contente." not in flat
    assert not any(cell == "'" for row in rows for cell in row)  # an empty cell is empty
    assert animator.get("/animation/reponses.xlsx") == 200
    sheet = openpyxl.load_workbook(io.BytesIO(animator.content)).active
    same = [*sheet.iter_rows(values_only=True)]
    assert [[str(cell or "") for cell in row[:-1]] for row in same] == [row[:-1] for row in rows]
    assert {row[-1] for row in same if row[2:5] == ("Les mentions reçues", "Les heures", "Bien")} == {5}  # a number


def test_a_small_group_is_not_told_in_the_table_either(served: Served) -> None:
    guests, animator = [served.guest(name) for name in NAMES[:3]], served.facilitator()
    animator.act(geste="suivant")
    for guest in guests:
        guest.answer(affirmation_1="oui")
    animator.act(geste="montrer")
    (told,) = table(served)[1:]
    assert told[-1].startswith("Moins de cinq réponses")
