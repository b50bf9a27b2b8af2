"""A quick thermometer: how are we, from one to five."""

from __future__ import annotations

from typing import ClassVar

from kpa_model.decision import telling
from kpa_model.declare.form import Choice, Form
from kpa_model.declare.page import Bar, Bars, Page, Sentence
from kpa_model.declare.worded import text
from kpa_model.words import count
from kpa_model.workshop.activity import Addable, Room, Round, activity

STEPS = {
    "1": "1 : pas bien du tout",
    "2": "2 : plutôt mal",
    "3": "3 : entre les deux",
    "4": "4 : bien",
    "5": "5 : très bien",
}


@activity("thermometre", "Thermomètre", "Un chiffre chacun, pour sentir où en est le groupe.")
class Thermometer(telling.Discreet):
    """One question, five steps."""

    added: ClassVar[Addable | None] = Addable("Comment allez-vous ? Une question", "question")

    question: str = text("question", "La question", "Comment vous sentez-vous dans cet atelier ?")

    def rounds(self) -> tuple[Round, ...]:
        """Return the one time of asking."""
        return (Round("mesure", self.question),)

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask one step."""
        asked = Choice("niveau", self.question, options=STEPS, scale=True)
        return Form((asked,), title=self.title, intro=self.promise())

    def page(self, key: str, room: Room) -> Page:
        """Tell from where to where answers go, then how many at each step."""
        found = [int(answer["niveau"]) for answer in room.given(key).values()]
        if self.hidden(len(found)):
            return telling.small_group(len(found))
        low, high = min(found), max(found)
        first = f"Les réponses vont de {low} à {high}." if low != high else f"Tout le monde répond {low}."
        half = f"La moitié au moins répond {sorted(found)[len(found) // 2]} ou plus."
        bars = tuple(
            Bar(label, found.count(int(step)), count(found.count(int(step)), "réponse"))
            for step, label in STEPS.items()
        )
        told = Bars(self.question, bars)
        return (Sentence(first, tone="big"), Sentence(half), told, telling.answered(room, key))
