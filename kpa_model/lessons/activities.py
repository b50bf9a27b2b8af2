"""An exercise in a live workshop: each phone has its own numbers and its own feedback; together, only what is common.

The page of the group tells usual mistakes to everyone. It says how many met one of them only from five people on, and
never who: a rare mistake could be guessed in a small group.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from zlib import crc32

from kpa_model.declare.form import Choice, Field, Form, Text
from kpa_model.declare.page import Bar, Bars, Heading, Page, Sentence, Table
from kpa_model.declare.setting import yes_no
from kpa_model.declare.worded import text
from kpa_model.errors import KpaError
from kpa_model.lessons.checking import Verdict, check
from kpa_model.lessons.exercises.exercise import Drawn
from kpa_model.lessons.exercises.file import exercise_named, read, text_of
from kpa_model.words import count
from kpa_model.workshop.activity import SMALLEST, Activity, Answer, Room, Round, activity

FIRST, SECOND = "essai", "second_essai"
MISSING = "Cet exercice ne peut pas être tiré. Choisissez-en un autre."
_SERIES = 9_000


@activity("exercice", "Un exercice, chacun ses nombres", "Chaque personne cherche avec ses nombres, puis on en parle.")
class Practice(Activity):
    """Two tries at one exercise; between them, each phone says what its answer shows, and gives a hint."""

    exercise: str = text("exercice", "Le nom de l'exercice", "prix_ttc_a_afficher")
    together: bool = yes_no("erreurs_communes", "Dire combien ont fait chaque erreur, si le groupe est d'accord")

    def brings(self) -> Mapping[str, Any]:
        """Return the exercise as its file is now: answers keep their meaning, whatever is changed afterwards."""
        return {self._fact: text_of(self.exercise) or ""}

    @property
    def _fact(self) -> str:
        return f"exercice {self.exercise}"

    def rounds(self) -> tuple[Round, ...]:
        """Return the first try, and the second one after a hint."""
        return Round(FIRST, "Cherchez votre réponse"), Round(SECOND, "Cherchez encore, avec un indice")

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask a number, or a choice, about the person's own numbers."""
        drawn = self.drawn(room, person)
        if drawn is None:
            return Form((Text("reponse", "Votre avis", needed=False),), title=self.title, intro=MISSING)
        return Form((_asked(drawn),), title=drawn.exercise.title, intro=drawn.text)

    def page(self, key: str, room: Room) -> Page:
        """Tell how many found, the mistakes that many met, then every usual mistake of this exercise."""
        drawn = self.drawn(room, "")
        if drawn is None:
            return (Sentence(MISSING),)
        given = room.given(key)
        if len(given) < SMALLEST or not self.together:
            return (_few(len(given)), *_usual_mistakes(drawn))
        verdicts = [self.verdict(room, person, answer) for person, answer in given.items()]
        return (*_together(verdicts, drawn), *_usual_mistakes(drawn))

    def own_page(self, key: str, room: Room, person: str) -> Page:
        """Tell a person what her answer shows: a hint after the first try, the reasoning after the second."""
        drawn, answer = self.drawn(room, person), room.given(key).get(person)
        if drawn is None or answer is None:
            return ()
        verdict = self.verdict(room, person, answer)
        said = Sentence(verdict.sentence, tone="success" if verdict.right else "big")
        if verdict.right or key == SECOND:
            return (said, Heading("Le raisonnement"), *(Sentence(each) for each in drawn.reasoning))
        return (said, Heading("Un indice"), Sentence(drawn.hints[0]))

    def drawn(self, room: Room, person: str) -> Drawn | None:
        """Return the exercise with the person's own numbers; None when it cannot be drawn."""
        kept = room.facts.get(self._fact)
        try:
            exercise = exercise_named(self.exercise) if kept is None else read(str(kept), self.exercise)
            return exercise.draw(series(room, person), figures_in(room.facts))
        except KpaError:
            return None

    def verdict(self, room: Room, person: str, answer: Answer) -> Verdict:
        """Return what a person's answer shows, with her own numbers."""
        drawn = self.drawn(room, person)
        assert drawn is not None  # the caller drew it already
        return check(drawn, str(answer.get("reponse") or ""))


def series(room: Room, person: str) -> int:
    """Return the series of a person: another for each, the same when the page is opened again."""
    return 1_000 + crc32(f"{room.facts.get('seed', 0)}:{person}".encode()) % _SERIES


def figures_in(facts: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return the outside figures that the workbook gave, exact."""
    return {str(name): Fraction(str(value)) for name, value in dict(facts.get("figures") or {}).items()}


def _asked(drawn: Drawn) -> Field:
    if drawn.exercise.answer is None:
        return Choice("reponse", drawn.question, options={each.name: each.text for each in drawn.options})
    return Text("reponse", drawn.question, help="Écrivez un nombre, avec son unité si vous voulez.", longest=60)


def _few(answers: int) -> Sentence:
    """Return what is said when the detail is hidden: too few answers, or no agreement to show it."""
    if not answers:
        return Sentence("Personne n'a encore répondu.")
    if answers < SMALLEST:
        return Sentence("Moins de cinq réponses : le détail reste caché.")
    return Sentence(f"{count(answers, 'personne')} ont répondu. Chaque téléphone dit le sien, à vous seul.")


def _together(verdicts: list[Verdict], drawn: Drawn) -> Page:
    """Return how many found, and the mistakes met by five people or more."""
    found = sum(each.right for each in verdicts)
    titles = {each.name: each.title for each in drawn.exercise.mistakes}
    titles |= {each.name: each.text for each in drawn.exercise.options}
    met = {name: sum(each.mistake == name for each in verdicts) for name in titles}
    common = tuple(Bar(titles[name], many, count(many, "personne")) for name, many in met.items() if many >= SMALLEST)
    if found < SMALLEST:
        first = "Moins de cinq personnes ont trouvé."
    elif len(verdicts) - found < SMALLEST:
        first = "La plupart des personnes ont trouvé."
    else:
        first = f"{count(found, 'personne')} ont trouvé, sur {len(verdicts)}."
    return (
        Sentence(first, tone="big"),
        *((Bars("Les erreurs que cinq personnes ou plus ont faites", common),) if common else ()),
    )


def _usual_mistakes(drawn: Drawn) -> Page:
    """Return every usual mistake and what helps: it says nothing of anybody."""
    rows = tuple((each.title, drawn.fill(each.sentence)) for each in drawn.exercise.mistakes)
    rows += tuple((each.text, drawn.fill(each.sentence)) for each in drawn.exercise.options if not each.right)
    note = Sentence("Chaque personne a ses nombres. Ceux de ce tableau sont un exemple.", tone="help")
    return (
        note,
        Table("Les erreurs habituelles de cet exercice", ("Erreur", "Ce qui aide"), rows),
    )
