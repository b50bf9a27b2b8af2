"""From the room to the record, through the pages: the text consented to, what was obtained, versions, names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpa_model.pay import rule_file
from kpa_model.pay.ready import ready_rules
from kpa_model.story.decide import decisions
from tests.live_server import Served, Visitor

SCRIPT = """
titre: Un essai
etapes:
- {cle: noter, titre: Noter, minutes: 5, activite: jugement_majoritaire}
- {cle: decider, titre: Décider, minutes: 5, activite: {consentement: {proposition: Essayons.}}}
"""
NAMES = ("Renard", "Loutre", "Mésange", "Hérisson", "Écureuil")
RULES = [
    {"key": key, "title": rule.title, "text": rule_file.dumps(rule), "aloud": [*rule.read_aloud()], "fingerprint": "ab"}
    for key, rule in ready_rules().items()
    if key in ("parts_egales", "heures", "minimum_et_heures")
]
FLOOR = "minimum_et_heures__4__euros"
WORDS = "Un minimum pour chacun, avec un plancher de 80 euros pour tous."
LATER = (date.today() + timedelta(days=91)).isoformat()
CLOSED = {"jour": date.today().isoformat(), "revue_le": LATER, "essai_jusqu_au": LATER, "decision": "essai"}


class Workshop:
    """A room of five phones and its facilitator."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.served = Served(str(base / "a.sqlite"), script=SCRIPT, facts={"rules": RULES})
        self.guests = [self.served.guest(name) for name in NAMES]
        self.host = self.served.facilitator()

    def go_to(self, step: str, round_: str) -> None:
        """Go on until the round asked."""
        while f"{step}/{round_}" != f"{self.served.workshop.live.step}/{self.served.workshop.live.round}":
            self.host.get("/animation")
            self.host.act(geste="suivant")

    def propose(self, **typed: str) -> int:
        """Write the proposal."""
        self.host.get("/animation/proposition")
        return self.host.post("/animation/proposition", **typed)

    def vote(self, *grades: str) -> None:
        """Everybody gives the same grades, in the order of the rules; then they are shown."""
        self.go_to("noter", "vote")
        for guest in self.guests:
            guest.answer(**dict(zip((each["key"] for each in RULES), grades, strict=True)))
        self.host.act(geste="montrer")

    def consent(self, *objections: str) -> None:
        """Everybody answers; the first ones object. Then it is shown."""
        for at, guest in enumerate(self.guests):
            against = at < len(objections)
            why = {"raison": objections[at]} if against else {}
            assert guest.answer(position="objection" if against else "oui", **why) == 303
        self.host.act(geste="montrer")

    def close(self, **typed: str) -> int:
        """Write the record."""
        self.host.get("/animation/compte-rendu")
        return self.host.post("/animation/compte-rendu", **{**CLOSED, **typed})

    def decide(self, **typed: str) -> None:
        """Everybody consents to equal parts, and the record is written."""
        self.go_to("decider", "objections_1")
        self.propose(regle="parts_egales")
        self.consent()
        assert self.close(**typed) == 303

    def leave(self, gone: Visitor) -> str:
        """Somebody erases everything of hers; return what she was told before."""
        gone.get("/moi")
        told = gone.text.replace("\u00a0", " ")
        assert gone.post("/partir", sur="oui", **gone.hidden()) == 200
        return told


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path / "donnees"))
    made = Workshop(tmp_path)
    yield made
    made.served.stop()


def page_of(found: decisions.Decision) -> str:
    content = decisions.register.content(found.name, decisions.register.PAGE) or b""
    return re.sub(r"\s+", " ", content.decode().replace("\u00a0", " ").replace("’", "'"))


def test_the_text_written_in_the_room_and_consented_to_is_first_in_the_record(room: Workshop) -> None:
    room.vote("3", "4", "2")
    room.go_to("decider", "objections_1")
    assert room.propose(regle="minimum_et_heures", texte=WORDS) == 422
    assert "Vos mots disent 80. La règle ne le dit pas." in room.host.text.replace("\u00a0", " ")
    assert room.propose(regle="minimum_et_heures", texte=WORDS, accord="pareil", **{FLOOR: "80"}) == 303
    room.consent()
    assert room.close() == 303
    (found,) = decisions.all_decisions()[0]
    record, page = found.record, page_of(found)
    assert record.words == WORDS
    assert rule_file.loads(record.rule.text).steps[3].minimum == 8000
    assert record.says()[0] == "Consentement obtenu de 5 personnes."
    assert record.vote_said == f"Au vote, « {RULES[1]['title']} » arrive en tête."
    assert page.index(WORDS) < page.index("Consentement obtenu de 5 personnes.") < page.index("lue à voix haute")
    assert "avant 50 €, maintenant 80 €." in page
    adopted = decisions.adopted(found)
    assert adopted is not None
    assert adopted.decision == room.served.id


def test_an_objection_that_stays_is_the_headline_and_asks_why_we_go_on(room: Workshop) -> None:
    room.go_to("decider", "objections_1")
    room.propose(regle="parts_egales")
    room.consent("Le jardin perd trop.")
    assert room.close() == 422
    assert "1 objection reste." in room.host.text.replace("\u00a0", " ")
    assert room.close(raison="Nous voulons voir un trimestre.") == 303
    (found,) = decisions.all_decisions()[0]
    assert [each.replace("\u00a0", " ") for each in found.record.says()[:3]] == [
        "Consentement non obtenu : 1 objection reste.",
        "Nous essayons cette règle sans ce consentement.",
        "Pourquoi : Nous voulons voir un trimestre.",
    ]


def test_a_tie_without_any_consent_is_not_a_decision_in_silence(room: Workshop) -> None:
    room.vote("3", "3", "3")
    room.propose(regle="parts_egales")
    kept = {"decision": "adoptee", "essai_jusqu_au": "", "accord": "pas_demande"}
    assert room.close(**kept) == 422
    assert "Le consentement n'a pas été demandé." in room.host.text.replace("\u00a0", " ")
    assert room.close(**kept, raison="Il fallait choisir.") == 303
    (found,) = decisions.all_decisions()[0]
    assert found.record.says()[0] == "Le consentement n'a pas été demandé."
    assert "3 règles sont à égalité" in page_of(found)


def test_a_text_changed_while_people_answer_is_asked_again_on_their_phones(room: Workshop) -> None:
    room.go_to("decider", "objections_1")
    first = room.guests[0]
    assert first.answer(position="oui") == 303
    assert first.get("/") == 200
    assert "C'est envoyé" in first.text
    room.propose(regle="parts_egales", texte="La même part, un mois.", accord="pareil")
    first.get("/")
    assert "La même part, un mois." in first.text
    assert "C'est envoyé" not in first.text
    room.host.get("/animation")
    assert "0 réponse sur 5" in room.host.text.replace("\u00a0", " ")
    room.close(raison="Pour voir.")
    assert decisions.all_decisions()[0][0].record.obtained.how == "silence"


def test_five_corrections_are_one_decision(room: Workshop) -> None:
    room.go_to("decider", "objections_1")
    room.propose(regle="parts_egales")
    room.consent()
    for at in range(5):
        assert room.close(lieu=f"Salle {at}") == 303
    assert room.close(lieu="Salle 4") == 303
    (found,) = decisions.all_decisions()[0]
    assert (found.record.version, found.record.place, len(found.before)) == (5, "Salle 4", 4)


def test_a_review_in_the_past_is_refused(room: Workshop) -> None:
    room.propose(regle="parts_egales")
    assert room.close(revue_le="01/01/2020", accord="consentement") == 422
    assert decisions.all_decisions() == ((), ())


def test_who_leaves_leaves_the_record_too(room: Workshop) -> None:
    room.decide(gardien="Loutre")
    assert "même dans le compte rendu" in room.leave(room.guests[1])
    (found,) = decisions.all_decisions()[0]
    assert "Loutre" not in json.dumps(found.record.present)
    assert (len(found.record.present), found.record.unnamed) == (4, 1)
    assert "5 personnes présentes, dont 1 sans nom." in page_of(found)
    assert "Loutre" not in page_of(found)
    room.host.get("/animation/compte-rendu")
    assert "Loutre" not in room.host.text
    assert b"Loutre" not in b"".join(each.read_bytes() for each in room.base.rglob("a.sqlite*"))


def test_a_record_corrected_after_somebody_left_counts_who_was_there(room: Workshop) -> None:
    room.decide(gardien="Renard")
    room.leave(room.guests[1])
    room.host.get("/animation/compte-rendu")
    assert 'value="Renard"' in room.host.text  # who stays is still proposed
    assert room.close(lieu="Salle des fêtes", gardien="Renard") == 303
    (found,) = decisions.all_decisions()[0]
    assert (found.record.version, len(found.record.present), found.record.unnamed) == (2, 4, 1)
    assert "5 personnes présentes, dont 1 sans nom." in page_of(found)


def test_a_result_already_shown_does_not_tell_the_answer_of_who_leaves(room: Workshop) -> None:
    room.vote("3", "4", "2")
    room.host.get("/animation")
    assert "arrive en tête" in room.host.text.replace("\u00a0", " ")
    gone, shown = room.guests[0], room.served.workshop.version()
    gone.get("/moi")
    gone.post("/partir", sur="oui", **gone.hidden())
    assert room.served.workshop.version() != shown  # what phones and the screen still show is shown anew
    for page in (room.host, room.guests[2]):
        page.get("/animation" if page is room.host else "/")
        assert "Une personne est partie après ce résultat." in page.text.replace("\u00a0", " ")
        assert "arrive en tête" not in page.text.replace("\u00a0", " ")
    room.propose(regle="parts_egales")
    room.close(accord="consentement")
    record = decisions.all_decisions()[0][0].record
    assert record.leading == ()
    assert "Une personne est partie" in record.votes[0].page[0].text
