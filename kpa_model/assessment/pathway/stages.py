"""The pathway of a cooperant: stages, appointments and questions, as the group wrote them in its file.

Months are counted from the day of entry. A stage says how often people meet; an appointment falls at one month. What
falls when, for one person, is in `timeline`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from kpa_model.declare.entry import entries, entry, part
from kpa_model.declare.form import Choice, Day, Field, Form
from kpa_model.declare.form import Text as TextField
from kpa_model.declare.part import Member, Notes, Text, Texts
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import MONTHS, quoted

LONGEST = 60
"""Most months of a pathway: five years."""


class Meeting(StrEnum):
    """What happens at an appointment. The first three are interviews; a contract does not wait for a pause."""

    INTERVIEW = "entretien"
    REVIEW = "bilan"
    TAKE_OFF = "envol"
    CONTRACT = "contrat"
    MARK = "repere"


INTERVIEWS = (Meeting.INTERVIEW, Meeting.REVIEW, Meeting.TAKE_OFF)
"""The meetings that have questions."""

LONGEST_ANSWER = 2000
"""Most letters of an answer: one page."""


def _months(name: str, least: int = 0) -> Any:
    return part(NumberSetting(name, "", 12, MONTHS, least, LONGEST))


@entry
class Stage:
    """A part of the pathway: from month `start` up to month `end`, an interview at least every `every` months."""

    key: str = part(Text("cle"))
    title: str = part(Text("titre"))
    start: int = _months("debut")
    end: int = _months("fin", 1)
    every: int = _months("entretien_tous_les", 1)
    sentence: str = part(Text("phrase"), default="")

    def settled(self, notes: Notes) -> Stage:
        """Note an end before the start."""
        if self.end <= self.start and notes.clean:
            notes.add(f"elle finit au mois {self.end}, avant son début.", "Corrigez « debut » ou « fin ».")
        return self


@entry
class Appointment:
    """Something that falls at one month of the pathway."""

    key: str = part(Text("cle"))
    title: str = part(Text("titre"))
    kind: Meeting = part(Member("genre", Meeting))
    month: int = _months("mois")
    sentence: str = part(Text("phrase"), default="")


@entry
class Question:
    """One open question of an interview; `choices` makes it a choice among short answers."""

    key: str = part(Text("cle"))
    label: str = part(Text("question"))
    help: str = part(Text("aide"), default="")
    choices: tuple[str, ...] = part(Texts("choix"), default=())

    def settled(self, notes: Notes) -> Question:
        """Note a key that cannot name a field."""
        if "." in self.key:
            notes.add(f"la clé {quoted(self.key)} contient un point.", "Gardez des lettres, des chiffres et « _ ».")
        return self


@entry
class Guide:
    """The questions of one kind of interview."""

    kind: Meeting = part(Member("genre", Meeting, INTERVIEWS))
    title: str = part(Text("titre"))
    sentence: str = part(Text("phrase"), default="", kw_only=True)
    questions: tuple[Question, ...] = entries(Question, "questions", "question", begins="cle: …", called="cle")

    def settled(self, notes: Notes) -> Guide:
        """Note a key that serves twice."""
        _once(notes, self.questions)
        return self


@entry
class Pathway:
    """A whole pathway. Stages follow each other without a hole; appointments are in the order of the file."""

    title: str = part(Text("titre"))
    sentence: str = part(Text("phrase"), default="", kw_only=True)
    source: str = part(Text("source"), default="", kw_only=True)
    licence: str = part(Text("licence"), default="", kw_only=True)
    stages: tuple[Stage, ...] = entries(Stage, "etapes", "étape", begins="cle: …", called="titre")
    appointments: tuple[Appointment, ...] = entries(
        Appointment, "rendez_vous", "rendez-vous", many="rendez-vous", begins="cle: …", called="titre", default=()
    )
    guides: tuple[Guide, ...] = entries(Guide, "entretiens", "entretien", begins="genre: …", called="titre", default=())

    def settled(self, notes: Notes) -> Pathway:
        """Note a hole between two stages, a key that serves twice, an interview without questions."""
        if notes.clean:
            self._follow(notes)
            _once(notes, (*self.stages, *self.appointments))
            self._asked(notes)
        return self

    def _follow(self, notes: Notes) -> None:
        expected = 0
        for at, each in enumerate(self.stages, start=1):
            if each.start != expected:
                what = f"elle commence au mois {each.start}, et non au mois {expected}."
                todo = "Les étapes se suivent, sans trou, dès le mois 0."
                notes.at(f"étape {at} {quoted(each.title)}").add(what, todo)
            expected = each.end

    def _asked(self, notes: Notes) -> None:
        have = Counter(each.kind for each in self.guides)
        needed = (Meeting.INTERVIEW, *(each.kind for each in self.appointments if each.kind in INTERVIEWS))
        for kind in dict.fromkeys(needed):
            if not have[kind]:
                todo = f"Ajoutez à « entretiens: » un entretien « genre: {kind} »."
                notes.add(f"aucune question pour le genre « {kind} ».", todo)
        for kind, times in have.items():
            if times > 1:
                notes.add(f"le genre « {kind} » a {times} listes de questions.", "Gardez une seule liste.")

    @property
    def end(self) -> int:
        """Month at which the last stage ends."""
        return self.stages[-1].end

    def stage_at(self, month: int) -> Stage:
        """Return the stage that holds a month; the last one beyond the end."""
        return next((each for each in self.stages if month < each.end), self.stages[-1])

    def guide(self, kind: Meeting) -> Guide:
        """Return the questions of a kind of interview. Raises KeyError for what is not an interview."""
        for each in self.guides:
            if each.kind is kind:
                return each
        raise KeyError(kind)


def _once(notes: Notes, keyed: Iterable[Stage | Appointment | Question]) -> None:
    for key, times in Counter(each.key for each in keyed).items():
        if key and times > 1:
            notes.add(f"la clé {quoted(key)} sert {times} fois.", "Donnez une clé différente à chacun.")


NEXT_STEP, NEXT_STEP_ON = "prochain_pas", "prochain_pas_le"
"""Names of the two last fields of every interview."""


def interview_form(guide: Guide) -> Form:
    """Return what is asked in an interview: its questions, then one next step with a date.

    No answer is needed: a person may leave any question aside, and come back to it.
    """
    asked: list[Field] = [_field(each) for each in guide.questions]
    asked.append(TextField(NEXT_STEP, "Mon prochain pas", "Une seule chose, que je peux commencer.", False, 300, 2))
    asked.append(Day(NEXT_STEP_ON, "Je le fais avant le", "Une date, même approximative.", False))
    return Form(tuple(asked), guide.title, guide.sentence, "Enregistrer")


def _field(question: Question) -> Field:
    if question.choices:
        return Choice(question.key, question.label, question.help, False, {each: each for each in question.choices})
    return TextField(question.key, question.label, question.help, False, LONGEST_ANSWER, 4)
