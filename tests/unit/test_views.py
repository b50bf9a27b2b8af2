"""Three views of one room: the facilitator leads, the screen shows, the phones answer; each sees what is hers."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live_server import Served, Visitor

SCRIPT = """
titre: Un atelier
etapes:
- {cle: bonjour, titre: Bonjour, minutes: 5, dire: Je lis une note pour moi., affiches: [Une affiche | pour tous]}
- {cle: placer, titre: Se placer, minutes: 5, dire: Une note encore., activite: {debat_mouvant: {affirmations: [Le temps se paie., Le besoin aussi.]}}}
- {cle: noter, titre: Noter, minutes: 5, activite: {jugement_majoritaire: {choix: [Parts égales, Les heures]}}}
- {cle: consentir, titre: Consentir, minutes: 5, activite: {consentement: {proposition: Essayons un mois.}}}
"""  # noqa: E501
NAMES = ("Renard", "Loutre", "Mésange", "Hérisson", "Écureuil")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(str(tmp_path / "a.sqlite"), script=SCRIPT)
    yield made
    made.stop()


def screen(animator: Visitor) -> str:
    assert animator.get("/animation/ecran") == 200
    return animator.text.replace("\u00a0", " ")


def test_the_screen_shows_what_is_asked_and_no_note(served: Served) -> None:
    animator = served.facilitator()
    animator.act(geste="suivant")
    assert "Une affiche" in screen(animator)
    assert "Je lis une note" not in animator.text
    animator.act(geste="suivant")
    assert "Le temps se paie." in screen(animator)
    assert "Le besoin aussi." in animator.text
    assert "Pas d'accord · Plutôt non · Plutôt oui · D'accord" in animator.text.replace("\u00a0", " ")
    assert "Une note encore" not in animator.text
    animator.act(geste="suivant")
    animator.act(geste="suivant")
    assert "Les heures" in screen(animator)
    animator.act(geste="suivant")
    assert "Essayons un mois." in screen(animator)


def test_the_screen_has_nothing_to_press_and_names_nobody_whose_answer_is_typed(served: Served) -> None:
    served.guest("Renard")
    animator = served.facilitator()
    animator.get("/animation/personnes")
    animator.post("/animation/personnes", nom="Tulipe")
    for _ in range(3):
        text = screen(animator)
        assert "Tulipe" not in text
        assert "Et 1 personne sur papier." in text
        assert "Renard" in text
        assert "<form" not in text
        assert "<button" not in text
        animator.act(geste="suivant")


def test_the_result_begins_with_the_answer(served: Served) -> None:
    guests = [served.guest(name) for name in NAMES]
    animator = served.facilitator()
    while served.workshop.live.step != "noter":
        animator.act(geste="suivant")
    for guest in guests:
        assert guest.answer(parts_egales="3", les_heures="4") == 303
    animator.act(geste="montrer")
    shown = re.search(r'id="resultat".*?<p[^>]*>(.*?)</p>', screen(animator), re.S)
    assert shown
    assert shown[1] == "« Les heures » arrive en tête."


def test_a_question_opens_when_she_says_so(served: Served) -> None:
    guest = served.guest("Renard")
    animator = served.facilitator()
    for _ in range(2):
        animator.get("/animation")
        animator.post("/animation/geste", geste="suivant")
    guest.get("/")
    assert "La question s'ouvre ensuite." in guest.text
    assert "<form" not in guest.text
    animator.get("/animation")
    assert 'value="ouvrir"' in animator.text
    animator.post("/animation/geste", geste="ouvrir")
    guest.get("/")
    assert 'class="question"' in guest.text


def test_showing_asks_when_few_have_answered(served: Served) -> None:
    guests = [served.guest(name) for name in NAMES]
    animator = served.facilitator()
    animator.act(geste="suivant")
    animator.act(geste="suivant")
    guests[0].answer(affirmation_1="oui", affirmation_2="oui")
    here = "placer/avant"
    assert animator.act(geste="montrer", ou=here) == 200
    assert not served.workshop.live.asked["placer", "avant"].shown
    assert animator.act(geste="montrer", ou=here, sur="oui") == 303
    assert served.workshop.live.asked["placer", "avant"].shown


def test_going_to_the_step_under_way_changes_nothing(served: Served) -> None:
    animator = served.facilitator()
    animator.act(geste="suivant")
    animator.act(geste="suivant")
    before = served.workshop.live.asked
    animator.act(geste="aller", etape="placer")
    assert served.workshop.live.asked == before


def test_coming_in_again_in_the_same_browser_leaves_the_other_tab_as_it_is(served: Served) -> None:
    animator = served.facilitator()
    shown = animator.hidden()
    animator.get(f"/animation/entrer?jeton={served.key}")
    assert animator.post("/animation/geste", **{**shown, "geste": "suivant"}) == 303


@pytest.mark.parametrize(("kind", "lands"), [("telephone", "/animation"), ("ecran", "/animation/ecran")])
def test_a_link_given_once_lets_in_a_phone_to_lead_or_a_screen_to_show(
    served: Served, monkeypatch: pytest.MonkeyPatch, kind: str, lands: str
) -> None:
    animator = served.facilitator()
    animator.post("/animation/inviter", pour=kind)
    link = re.search(r"animation/entrer\?jeton=([\w-]+)", animator.text)
    assert link
    monkeypatch.setattr("kpa_model.server.guard.is_here", lambda address: False)
    other = served.browser()
    assert other.get(f"/animation/entrer?jeton={link[1]}") == 303
    assert other.path == lands
    assert other.get("/animation/ecran") == 200
    assert other.get("/animation") == (200 if kind == "telephone" else 403)
    assert other.get("/animation/exporter") == (200 if kind == "telephone" else 403)
    assert served.browser().get(f"/animation/entrer?jeton={link[1]}") == 403  # good once


def test_who_is_missing_comes_first_and_several_are_removed_in_one_gesture(served: Served) -> None:
    guests = [served.guest(name) for name in NAMES]
    animator = served.facilitator()
    animator.act(geste="suivant")
    animator.act(geste="suivant")
    for guest in guests[:3]:
        guest.answer(affirmation_1="oui", affirmation_2="oui")
    animator.get("/animation/personnes")
    places = {name: animator.text.index(name) for name in NAMES}
    assert max(places[name] for name in NAMES[3:]) < min(places[name] for name in NAMES[:3])
    gone = [key for key, each in served.workshop.live.people.items() if each.name in NAMES[:2]]
    animator.get(f"/animation/retirer?qui={gone[0]}&qui={gone[1]}")
    assert "Renard et Loutre" in animator.text.replace("\u00a0", " ")
    body = "&".join(["_jeton=" + animator.token, *(f"qui={each}" for each in gone)]).encode()
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    assert animator.ask("POST", "/animation/retirer", body, sent) == 303
    assert [each.name for each in served.workshop.live.people.values()] == list(NAMES[2:])


def test_the_code_is_changed_in_one_gesture(served: Served) -> None:
    before = served.workshop.code
    served.facilitator().act(geste="code")
    assert served.workshop.code != before
    late = served.browser()
    late.get("/")
    assert late.post("/entrer", code=before, nom="Intrus") == 422
    served.guest("Renard")


def test_the_server_says_that_it_is_there_even_when_nothing_happens(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page hears it: a computer asleep closes no link, and only its silence tells."""
    monkeypatch.setattr("kpa_model.server.base.ROOM_BEAT_SECONDS", 0.05)
    animator = served.facilitator()
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    link.request(
        "GET", "/animation/suivre", headers={"Cookie": "; ".join(f"{k}={v}" for k, v in animator.cookies.items())}
    )
    answer = link.getresponse()
    heard = b"".join(answer.readline() for _ in range(8)).decode()
    link.close()
    assert heard.startswith("data: ")
    assert heard.count("event: ici") == 2
