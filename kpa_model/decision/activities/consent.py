"""A consent round: proposal, questions, feelings, improvements, objections; adopted when no objection remains.

The facilitator writes the proposal, what is done of each objection, and the amended text (`host_form`). An objection
is a gift: it says why the proposal would harm the group. Consent is not unanimity, and silence is not consent.
"""

from __future__ import annotations

from hashlib import sha256
from typing import ClassVar

from kpa_model.decision import telling
from kpa_model.declare.form import Choice, Field, Form, Text
from kpa_model.declare.page import Heading, Page, Sentence, Table
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import Unit
from kpa_model.declare.worded import text
from kpa_model.words import count
from kpa_model.workshop.activity import Room, Round, TreatedObjection, activity

QUESTIONS, FEELINGS, BETTER = "questions", "ressentis", "ameliorations"
YES, CONCERN, NO = "oui", "reserve", "objection"
STANCES = {
    YES: "Je consens",
    CONCERN: "Je consens, avec une réserve",
    NO: "J'ai une objection : ce texte ferait du tort au groupe",
}
STAYS, LIFTED = "reste", "levee"
TREATED = {STAYS: "L'objection reste", LIFTED: "La personne retire son objection"}
LONGEST = 1500

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
    objects: ClassVar[bool] = True

    def rounds(self) -> tuple[Round, ...]:
        """Return questions, feelings, improvements, then the rounds of objections."""
        talks = [Round(key, told[0]) for key, told in TALKS.items()]
        names = ["Objections", *(f"Objections, tour {at}" for at in range(2, self.turns + 1))]
        return (*talks, *(Round(f"objections_{at}", name) for at, name in enumerate(names, 1)))

    def promise(self) -> str:
        """Return what is said of the answers before they are given."""
        return "Ce que vous écrivez sera lu par tous, sans votre nom."

    def text_now(self, room: Room, key: str = "") -> str:
        """Return the proposal as last amended by the facilitator, before a round or at the end."""
        now = self.proposal or str(room.facts.get("proposal") or "")
        for each in self.rounds():
            if each.key == key:
                break
            now = self._written(room, each.key) or now
        return now

    def _written(self, room: Room, key: str) -> str:
        """Return the text the facilitator wrote in a round, or the one of the rule she chose."""
        host = room.hosted(key)
        title = _rules(room).get(str(host.get("regle")))
        return str(host.get("texte") or "") or (f"Nous essayons la règle « {title} »." if title else "")

    def proposed(self, room: Room) -> str:
        """Return the proposal as it stood once questions were answered, before anything changed it."""
        return self.text_now(room, FEELINGS)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a few words, or whether one consents to the text as it stands."""
        now = self.text_now(room, key)
        proposal = f"« {now} »" if now else "La proposition est lue à voix haute."
        if key in TALKS:
            title, label, _ = TALKS[key]
            asked = Text("texte", label, help=self.promise(), needed=False, longest=400, lines=3)
            return Form((asked,), title=title, intro=proposal)
        stance = Choice("position", "Consentez-vous à ce texte ?", options=STANCES)
        label = "Votre réserve ou votre objection"
        why = Text("raison", label, help=self.promise(), needed=False, longest=400, lines=3)
        return Form((stance, why), title="Objections", intro=proposal)

    def host_form(self, key: str, room: Room) -> Form | None:
        """Ask the facilitator for the proposal, then for its new text, and for what is done of each objection."""
        if key == QUESTIONS:
            return _proposal_form(_rules(room))
        if key == FEELINGS:
            return None
        again = "Le nouveau texte, si le groupe le change"
        amended = Text("texte", again, needed=False, longest=LONGEST, lines=5)
        if key == BETTER:
            return Form((amended,), title="La proposition améliorée", send="Garder ce texte")
        fields: list[Field] = []
        for at, (name, objection) in enumerate(self._objections(room, key).items(), 1):
            answer = f"Ce que le groupe répond à l'objection {at}"
            fields += [
                Text(f"reponse_{name}", answer, help=objection, needed=False, longest=400, lines=2),
                Choice(f"suite_{name}", f"L'objection {at}", options=TREATED, needed=False),
            ]
        return Form((*fields, amended), title="Traiter les objections", send="Garder")

    def _objections(self, room: Room, key: str) -> dict[str, str]:
        """Return name → text of each objection of a round, in an order that tells nothing.

        The name stays when another objection comes later: a treatment never goes to the wrong one.
        """
        found = [each for each in room.given(key).values() if each.get("position") == NO]
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

    def asked(self, room: Room) -> tuple[str, ...]:
        """Return the rounds of objections that somebody answered, in order."""
        return tuple(each.key for each in self.rounds() if each.key not in TALKS and room.given(each.key))

    def kept_rounds(self, room: Room) -> tuple[str, ...]:
        """Return the rounds of objections when there were some: talking is not deciding."""
        return self.asked(room) or super().kept_rounds(room)

    def objections(self, room: Room) -> tuple[TreatedObjection, ...]:
        """Return the objections of every round already revealed."""
        shown = (key for key in self.asked(room) if key in room.shown)
        return tuple(each for key in shown for each in self.treated(room, key))

    def amended(self, room: Room) -> str | None:
        """Return the text as the round changed it; nothing when it stayed the same."""
        now = self.text_now(room)
        return now if now != self.proposed(room) else ""

    def refused(self, room: Room) -> bool:
        """Tell whether objections were asked for without coming to a text that nobody opposes."""
        return bool(self.asked(room)) and not self.adopted(room)

    def adopted(self, room: Room) -> bool:
        """Tell whether the last text asked about is adopted: nobody objects to it, or every objection was lifted.

        A text amended after the last answers was not asked about: it is not adopted. Nor is one on which somebody
        here has not answered: silence is not consent.
        """
        asked = self.asked(room)
        if not asked or self.text_now(room, asked[-1]) != self.text_now(room):
            return False
        if any(person not in room.given(asked[-1]) for person in room.people):
            return False
        return all(each.lifted for each in self.treated(room, asked[-1]))

    def page(self, key: str, room: Room) -> Page:
        """Show the text, what was written, and where the decision stands."""
        given = room.given(key)
        now = self.text_now(room, key)
        proposal = (Heading("La proposition"), Sentence(now, tone="quote")) if now else ()
        if self.hidden(len(given)):
            return (*proposal, *telling.small_group(len(given), "Dites vos mots à voix haute."))
        if key in TALKS:
            return (*proposal, *self._talk(key, room), telling.answered(room, key))
        return (*self._stands(key, room), *proposal, *self._told(key, room), telling.answered(room, key))

    def kept_page(self, key: str, room: Room) -> Page:
        """Tell where the decision stands; its text and its objections have their own place in a record."""
        return (*self._stands(key, room), telling.answered(room, key))

    def _talk(self, key: str, room: Room) -> Page:
        said = [str(each["texte"]) for each in room.given(key).values() if each.get("texte")]
        first = f"{count(len(said), TALKS[key][2])} à lire ensemble." if said else "Personne n'a rien écrit."
        return (Sentence(first, tone="big"), *telling.quotes(said, room.facts), *self._amended(key, room))

    def _amended(self, key: str, room: Room) -> Page:
        amended = self._written(room, key)
        title = "La proposition" if key == QUESTIONS else "Le nouveau texte"
        return (Heading(title), Sentence(amended, tone="quote")) if amended else ()

    def _stands(self, key: str, room: Room) -> Page:
        """Return whether the text is adopted, in a sentence; what silence means in another."""
        treated = self.treated(room, key)
        left = sum(not each.lifted for each in treated)
        silent = len(room.people) - len(room.given(key))
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
        concerns = [
            str(each["raison"])
            for each in room.given(key).values()
            if each.get("position") == CONCERN and each.get("raison")
        ]
        told = (Heading("Les réserves"), *telling.quotes(concerns, room.facts)) if concerns else ()
        return (*table, *told, *self._amended(key, room))


def _rules(room: Room) -> dict[str, str]:
    """Return key → title of the rules of the workbook."""
    return {str(rule["key"]): str(rule["title"]) for rule in room.facts.get("rules") or ()}


def _proposal_form(rules: dict[str, str]) -> Form:
    """Return the form by which the facilitator says what is proposed: a rule of the workbook, or other words."""
    words = "Si la proposition est autre chose, ou pour la dire mieux."
    said = Text("texte", "La proposition, avec nos mots", help=words, needed=False, longest=LONGEST, lines=5)
    chosen = Choice("regle", "La règle proposée", needed=False, options=rules)
    fields = (chosen, said) if rules else (said,)
    return Form(fields, title="La proposition, après les questions", send="Garder ce texte")
