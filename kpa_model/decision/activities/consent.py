"""A consent round: proposal, questions, feelings, improvements, objections; adopted when no objection remains.

The proposal is written in one place, for the whole workshop (`Room.proposals`); the facilitator writes here what is
done of each objection (`host_form`). An objection is a gift: it says why the proposal would harm the group. Consent is
not unanimity, and silence is not consent. An answer is about the text that was proposed when it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import ClassVar

from kpa_model.decision import telling
from kpa_model.declare.asked import asked_page
from kpa_model.declare.form import Choice, Field, Form, Text
from kpa_model.declare.page import Heading, Page, Sentence, Table
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import Unit
from kpa_model.declare.worded import text
from kpa_model.words import count
from kpa_model.workshop.activity import Answer, Room, Round, activity
from kpa_model.workshop.proposal import CHANGED, CONSENT, NOT_ASKED, OBJECTIONS, SILENCE, Obtained, TreatedObjection

QUESTIONS, FEELINGS, BETTER = "questions", "ressentis", "ameliorations"
YES, CONCERN, NO = "oui", "reserve", "objection"
STANCES = {
    YES: "Je consens",
    CONCERN: "Je consens, avec une réserve",
    NO: "J'ai une objection : ce texte ferait du tort au groupe",
}
STAYS, LIFTED = "reste", "levee"
TREATED = {STAYS: "L'objection reste", LIFTED: "La personne retire son objection"}

AMENDED = "Le texte a été changé ensuite."

TALKS = {
    QUESTIONS: ("Clarifier : vos questions", "Qu'est-ce qui n'est pas clair pour vous ?", "question"),
    FEELINGS: ("Vos ressentis", "En un mot ou une phrase, que ressentez-vous ?", "ressenti"),
    BETTER: ("Améliorer", "Que changeriez-vous pour que ce soit mieux ?", "amélioration"),
}
"""Round → title, what is asked, what one answer is called."""


@activity("consentement", "Décider par consentement", "On améliore la proposition jusqu'à ce que personne n'y objecte.")
class Consent(telling.Discreet):
    """Talk in three rounds, then objections as many times as the text is amended."""

    in_the_open: bool = telling.open_by_default("Montrer ce qui est écrit, même à moins de cinq réponses")
    proposal: str = text("proposition", "La proposition, telle qu'elle est lue")
    turns: int = setting("tours", Unit("", 1), "Tours d'objections au plus", default=3, low=1, high=5)
    kept: ClassVar[bool] = True
    proposes: ClassVar[bool] = True

    def rounds(self) -> tuple[Round, ...]:
        """Return questions, feelings, improvements, then the rounds of objections."""
        talks = [Round(key, told[0]) for key, told in TALKS.items()]
        names = ["Objections", *(f"Objections, tour {at}" for at in range(2, self.turns + 1))]
        return (*talks, *(Round(f"objections_{at}", name) for at, name in enumerate(names, 1)))

    def promise(self) -> str:
        """Return what is said of the answers before they are given."""
        return "Ce que vous écrivez sera lu par tous, sans votre nom."

    def script_text(self) -> str:
        """Return the proposal of the script."""
        return self.proposal

    def text_now(self, room: Room) -> str:
        """Return the proposal as it stands; before anything is proposed, the one of the script."""
        return room.proposals[-1].told() if room.proposals else self.proposal

    def current(self, key: str, room: Room) -> Mapping[str, Answer]:
        """Return the answers about the last text asked in a round of objections; those to an older one are left out."""
        given = room.given(key)
        if key in TALKS:
            return given
        heard = {person: room.heard.get(key, {}).get(person, 0) for person in given}
        last = max(heard.values(), default=0) if key in room.shown else len(room.proposals)
        return {person: answer for person, answer in given.items() if heard[person] == last}

    def _asked_about(self, key: str, room: Room) -> str:
        """Return the text that the answers of a round are about."""
        heard = [room.heard.get(key, {}).get(person, 0) for person in self.current(key, room)]
        at = max(heard, default=len(room.proposals))
        return room.proposals[at - 1].told() if at else self.proposal

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a few words, or whether one consents to the text as it stands."""
        now = self.text_now(room)
        proposal = f"« {now} »" if now else "La proposition est lue à voix haute."
        if key in TALKS:
            title, label, _ = TALKS[key]
            asked = Text("texte", label, help=self.promise(), needed=False, longest=400, lines=3)
            return Form((asked,), title=title, intro=proposal)
        stance = Choice("position", "Consentez-vous à ce texte ?", options=STANCES)
        label = "Votre réserve ou votre objection"
        why = Text("raison", label, help=self.promise(), needed=False, longest=400, lines=3)
        return Form((stance, why), title="Objections", intro=proposal)

    def asked(self, key: str, room: Room) -> Page:
        """Return the text to decide on, bigger than all the rest, then the question."""
        form = self.form(key, room, "")
        return (Sentence(form.intro, tone="big"), *asked_page(replace(form, intro="")))

    def host_form(self, key: str, room: Room) -> Form | None:
        """Ask the facilitator what is done of each objection."""
        if key in TALKS:
            return None
        fields: list[Field] = []
        for at, (name, objection) in enumerate(self._objections(room, key).items(), 1):
            answer = f"Ce que le groupe répond à l'objection {at}"
            fields += [
                Text(f"reponse_{name}", answer, help=objection, needed=False, longest=400, lines=2),
                Choice(f"suite_{name}", f"L'objection {at}", options=TREATED, needed=False),
            ]
        return Form(tuple(fields), title="Traiter les objections", send="Garder") if fields else None

    def _objections(self, room: Room, key: str) -> dict[str, str]:
        """Return name → text of each objection of a round, in an order that tells nothing.

        The name stays when another objection comes later: a treatment never goes to the wrong one.
        """
        found = [each for each in self.current(key, room).values() if each.get("position") == NO]
        texts = [str(each.get("raison") or "Objection dite à voix haute") for each in found]
        named: dict[str, str] = {}
        for said in telling.shuffled(texts, room.facts.get("seed")):
            mark = sha256(said.encode()).hexdigest()[:8]
            named[f"{mark}_{[*named.values()].count(said) + 1}"] = said
        return named

    def treated(self, room: Room, key: str) -> tuple[TreatedObjection, ...]:
        """Return each objection of a round and what was done of it."""
        host = room.hosted(key)
        return tuple(
            TreatedObjection(said, str(host.get(f"reponse_{name}") or ""), host.get(f"suite_{name}") == LIFTED)
            for name, said in self._objections(room, key).items()
        )

    def answered_rounds(self, room: Room) -> tuple[str, ...]:
        """Return the rounds of objections that somebody answered, in order."""
        return tuple(each.key for each in self.rounds() if each.key not in TALKS and room.given(each.key))

    def last_round(self, room: Room) -> str:
        """Return the last round of objections revealed; talks are not kept."""
        shown = [key for key in self.answered_rounds(room) if key in room.shown]
        return shown[-1] if shown else ""

    def objections(self, room: Room) -> tuple[TreatedObjection, ...]:
        """Return the objections of every round revealed, and what was done of each."""
        return tuple(
            replace(each, answer=each.answer or (AMENDED if self._amended(key, room) and not each.lifted else ""))
            for key in self.answered_rounds(room)
            if key in room.shown
            for each in self.treated(room, key)
        )

    def concerns(self, room: Room) -> tuple[str, ...]:
        """Return the reservations on the last text shown, in an order that tells nothing."""
        key = self.last_round(room)
        if not key or self.hidden(len(self.current(key, room))):
            return ()
        return telling.shuffled(self._concerns(key, room), room.facts.get("seed"))

    def _concerns(self, key: str, room: Room) -> list[str]:
        given = self.current(key, room).values()
        return [str(each["raison"]) for each in given if each.get("position") == CONCERN and each.get("raison")]

    def obtained(self, room: Room) -> Obtained:
        """Return where the last text stands.

        A text changed after the last answers was not asked about. Nor did somebody here who has not answered consent.
        """
        asked = self.answered_rounds(room)
        if not asked:
            return Obtained(NOT_ASKED, len(room.people))
        given = self.current(asked[-1], room)
        left = sum(not each.lifted for each in self.treated(room, asked[-1]))
        silent = sum(person not in given for person in room.people)
        concerns = sum(each.get("position") == CONCERN for each in given.values())
        if self._asked_about(asked[-1], room) != self.text_now(room):
            how = CHANGED
        else:
            how = OBJECTIONS if left else SILENCE if silent else CONSENT
        return Obtained(how, len(room.people), silent, left, concerns)

    def adopted(self, room: Room) -> bool:
        """Tell whether the last text asked about is adopted: nobody objects to it, or every objection was lifted."""
        return self.obtained(room).agreed

    def page(self, key: str, room: Room) -> Page:
        """Show the text, what was written, and where the decision stands."""
        given = self.current(key, room)
        now = self.text_now(room) if key in TALKS else self._asked_about(key, room)
        proposal = (Heading("La proposition"), Sentence(now, tone="quote")) if now else ()
        if self.hidden(len(given)):
            return (*proposal, *telling.small_group(len(given), "Dites vos mots à voix haute."))
        if key in TALKS:
            return (*proposal, *self._talk(key, room), telling.answered(room, key, len(given)))
        return (*self._stands(key, room), *proposal, *self._told(key, room), telling.answered(room, key, len(given)))

    def kept_page(self, key: str, room: Room) -> Page:
        """Tell where the decision stands; its text and its objections have their own place in a record."""
        return (*self._stands(key, room), telling.answered(room, key, len(self.current(key, room))))

    def _talk(self, key: str, room: Room) -> Page:
        said = [str(each["texte"]) for each in room.given(key).values() if each.get("texte")]
        first = f"{count(len(said), TALKS[key][2])} à lire ensemble." if said else "Personne n'a rien écrit."
        return (Sentence(first, tone="big"), *telling.quotes(said, room.facts))

    def _amended(self, key: str, room: Room) -> Page:
        """Return the text of now, when it is no more the one that was asked about."""
        now = self.text_now(room)
        return (Heading("Le nouveau texte"), Sentence(now, tone="quote")) if now != self._asked_about(key, room) else ()

    def _stands(self, key: str, room: Room) -> Page:
        """Return whether the text is adopted, in a sentence; what silence means in another."""
        treated = self.treated(room, key)
        left = sum(not each.lifted for each in treated)
        silent = sum(person not in self.current(key, room) for person in room.people)
        amended = self._amended(key, room)
        if amended:
            said, tone = "Le texte a changé. Demandons à nouveau s'il y a des objections.", "big"
        elif left:
            said, tone = f"{count(left, 'objection')} à entendre. Le texte n'est pas adopté.", "warning"
        elif silent > 0:
            said, tone = "Pas d'objection à entendre pour l'instant. Il manque des réponses.", "big"
        else:
            said = "Personne ne s'y oppose. Le texte est adopté."
            said, tone = "Les objections sont levées. Le texte est adopté." if treated else said, "success"
        missing = f"{count(silent, 'personne')} sans réponse. Se taire n'est pas consentir : posez la question."
        return (Sentence(said, tone=tone), *((Sentence(missing),) if silent > 0 else ()))

    def _told(self, key: str, room: Room) -> Page:
        """Return objections with their treatment, then reservations, then the amended text."""
        treated = self.treated(room, key)
        rows = tuple((each.text, each.answer or "—", "levée" if each.lifted else "reste") for each in treated)
        table = (Table("Les objections", ("Objection", "Ce que le groupe répond", "Suite"), rows),) if rows else ()
        concerns = self._concerns(key, room)
        told = (Heading("Les réserves"), *telling.quotes(concerns, room.facts)) if concerns else ()
        return (*table, *told, *self._amended(key, room))
