"""During and around the workshop: words changed, a question more, a question open for days, the answers as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kpa_model.files.log.events import EventLog
from kpa_model.workshop.event import Event
from kpa_model.workshop.live import fold
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


def test_a_question_stays_open_for_days_and_closes_by_itself(served: Served) -> None:
    guest, animator = served.guest("Renard"), served.facilitator()
    animator.act(geste="suivant")
    last = date.today() + timedelta(days=3)
    animator.get("/animation/durer")
    assert animator.post("/animation/durer", jusqu_au=(date.today() - timedelta(days=1)).isoformat()) == 422
    assert animator.post("/animation/durer", jusqu_au=last.isoformat()) == 303
    animator.get("/animation/durer")
    assert "Une question vous attend" in animator.text
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
    assert animator.get("/animation/reponses.xlsx") == 200


def test_a_small_group_is_not_told_in_the_table_either(served: Served) -> None:
    guests, animator = [served.guest(name) for name in NAMES[:3]], served.facilitator()
    animator.act(geste="suivant")
    for guest in guests:
        guest.answer(affirmation_1="oui")
    animator.act(geste="montrer")
    (told,) = table(served)[1:]
    assert told[-1].startswith("Moins de cinq réponses")
