"""Questions left open for days are answered from anywhere: nothing else opens with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kpa_model.server import lasting
from kpa_model.workshop import seat
from tests.live_server import Served, Visitor

SCRIPT = """
titre: Un atelier
etapes:
- {cle: noter, titre: Noter, minutes: 5, activite: {jugement_majoritaire: {choix: [Parts égales, Les heures]}}}
- {cle: secret, titre: Secret, minutes: 5, activite: mot_libre}
"""
GRADES = {"parts_egales": "3", "les_heures": "4"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(str(tmp_path / "a.sqlite"), script=SCRIPT)
    yield made
    made.stop()


def opened(served: Served, guest: Visitor) -> dict[str, str]:
    """Open the first question for three days; return the hidden fields of its form."""
    animator, last = served.facilitator(), (date.today() + timedelta(days=3)).isoformat()
    animator.get("/animation/durer")
    assert animator.post("/animation/durer", **{"questions.noter": "oui"}, jusqu_au=last) == 303
    guest.get("/?etape=noter&tour=vote")
    return guest.hidden()


def test_a_question_that_is_not_open_takes_nothing_even_asked_by_name(served: Served) -> None:
    guest = served.guest("Renard")
    about = opened(served, guest)
    before = served.workshop.live.seq
    assert guest.post("/repondre", **{**about, "etape": "secret", "tour": "mot"}, phrase="Moi d'abord") == 409
    assert guest.post("/brouillon", **{**about, "etape": "secret", "tour": "mot"}, phrase="Moi d'abord") == 409
    assert guest.post("/repondre", **{**about, "tour": "inconnu"}, **GRADES) == 409
    guest.get("/?etape=secret&tour=mot")
    assert "<form" not in guest.text.partition("<footer")[0]
    assert served.workshop.live.seq == before
    assert [*served.workshop.live.asked] == [("noter", "vote")]


def test_only_the_facilitator_opens_a_question(served: Served) -> None:
    guest = served.guest("Renard")
    opened(served, guest)
    last = (date.today() + timedelta(days=3)).isoformat()
    assert guest.post("/animation/durer", **{"questions.secret": "oui"}, jusqu_au=last) == 403
    animator = served.facilitator()
    animator.get("/animation/durer")
    assert animator.post("/animation/durer", **{"questions.inconnue": "oui"}, jusqu_au=last) == 422
    assert animator.post("/animation/durer", **{"questions.secret": "oui"}, jusqu_au="demain") == 422
    assert animator.post("/animation/durer", fermer="secret/mot") == 409
    assert animator.post("/animation/durer", fermer="<b>") == 409
    assert [*served.workshop.live.asked] == [("noter", "vote")]


def test_after_its_last_day_an_answer_is_refused_keeps_its_draft_and_is_not_written(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = served.guest("Renard")
    about = opened(served, guest)
    (person,) = served.workshop.live.people
    before = served.workshop.live.seq
    takes = seat.Asked.takes
    late = (datetime.now(UTC) + timedelta(days=4)).isoformat()
    monkeypatch.setattr(seat.Asked, "takes", lambda asked, at: takes(asked, late))
    assert guest.post("/repondre", **about, **GRADES) == 409
    assert served.workshop.live.seq == before
    assert served.log.draft(served.id, person, ("noter", "vote")) == GRADES
    guest.get("/")
    assert "À répondre chez vous" not in guest.text


def test_a_day_begins_and_ends_in_paris_whatever_the_machine_says() -> None:
    for day, hours in ((date(2026, 7, 14), 2), (date(2026, 12, 24), 1)):
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC) - timedelta(hours=hours)
        asked = seat.Asked(until=day.isoformat(), ends=lasting.end_of(day))
        assert asked.takes((midnight - timedelta(seconds=1)).isoformat())
        assert not asked.takes(midnight.isoformat())


def test_somebody_who_answered_at_home_on_another_phone_is_told_before_she_counts_twice(served: Served) -> None:
    """She takes her place again with a code; entered twice by mistake, one line goes and the other is hers."""
    home, again = served.guest("Renard"), Visitor(served.port)
    again.get("/")
    assert "vous compteriez deux fois" not in again.text
    hidden = opened(served, home)
    assert home.post("/repondre", **hidden, **GRADES) == 303
    again.get(f"/?code={served.workshop.code}")
    assert "vous compteriez deux fois" in again.text
    assert again.post("/entrer", code=served.workshop.code, nom="renard", cle="c1") == 422
    assert "Qui anime lui donne un code" in again.text
    assert again.post("/entrer", code=served.workshop.code, nom="Renard 2", cle="c2") == 303
    animator = served.facilitator()
    animator.get("/animation/personnes")
    assert "Une personne compte deux fois" in animator.text
    people = {each.name: each.id for each in served.workshop.live.people.values()}
    assert animator.post("/animation/retirer", qui=people["Renard 2"]) == 303
    assert animator.post("/animation/remplacer", qui=people["Renard"]) == 200
    code = re.sub(r"\D", "", re.findall(r"<strong>([\d\s]+)</strong>", animator.text)[0])
    again.get("/")
    assert again.post("/entrer", code=code) == 303
    again.get("/")
    assert "Renard" in again.text
    assert [each.name for each in served.workshop.live.people.values()] == ["Renard"]
    assert served.workshop.live.asked["noter", "vote"].answers[people["Renard"]] == GRADES
