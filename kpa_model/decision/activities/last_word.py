"""A last word: what each takes home, in one free sentence, shown without names."""

from __future__ import annotations

from typing import ClassVar

from kpa_model.decision import telling
from kpa_model.declare.form import Form, Text
from kpa_model.declare.page import Heading, Page, Sentence
from kpa_model.declare.worded import text
from kpa_model.workshop.activity import Addable, Room, Round, activity


@activity("mot_libre", "Un mot pour finir", "Qui veut écrit une phrase. Toutes sont lues, sans les noms.")
class LastWord(telling.Discreet):
    """One free sentence from whoever wants."""

    added: ClassVar[Addable | None] = Addable("Une phrase de chaque personne. Une question", "question")

    question: str = text("question", "La question", "Avec quoi repartez-vous ?")

    def rounds(self) -> tuple[Round, ...]:
        """Return the one time of asking."""
        return (Round("mot", self.question),)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a few words; nothing is an answer too."""
        told = "Votre phrase sera lue par tous, sans votre nom."
        asked = Text("phrase", self.question, help=told, needed=False, longest=200, lines=3)
        return Form((asked,), title=self.title)

    def page(self, key: str, room: Room) -> Page:
        """Show the sentences in an order that tells nothing."""
        found = [str(answer["phrase"]) for answer in room.given(key).values() if answer.get("phrase")]
        if self.hidden(len(found)):
            few = "Moins de cinq phrases : dites-les à voix haute, si vous voulez."
            return (Sentence("Personne n'a encore écrit." if not room.given(key) else few),)
        return (Heading("Ce que nous emportons"), *telling.quotes(found, room.facts))
