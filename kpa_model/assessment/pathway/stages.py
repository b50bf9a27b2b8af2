"""The pathway of a cooperant: stages, appointments and questions, as the group wrote them in its file.

Months are counted from the day of entry. A stage says how often people meet; an appointment falls at one month. What
falls when, for one person, is in `timeline`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpa_model.declare.form import Choice, Day, Field, Form, Text


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


@dataclass(frozen=True)
class Stage:
    """A part of the pathway: from month `start` up to month `end`, an interview at least every `every` months."""

    key: str
    title: str
    start: int
    end: int
    every: int
    sentence: str = ""


@dataclass(frozen=True)
class Appointment:
    """Something that falls at one month of the pathway."""

    key: str
    title: str
    kind: Meeting
    month: int
    sentence: str = ""


@dataclass(frozen=True)
class Question:
    """One open question of an interview; `choices` makes it a choice among short answers."""

    key: str
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """The questions of one kind of interview."""

    kind: Meeting
    title: str
    sentence: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Pathway:
    """A whole pathway. Stages follow each other without a hole; appointments are in the order of the file."""

    title: str
    stages: tuple[Stage, ...]
    appointments: tuple[Appointment, ...] = ()
    guides: tuple[Guide, ...] = ()
    sentence: str = ""
    source: str = ""
    licence: str = ""

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


NEXT_STEP, NEXT_STEP_ON = "prochain_pas", "prochain_pas_le"
"""Names of the two last fields of every interview."""


def interview_form(guide: Guide) -> Form:
    """Return what is asked in an interview: its questions, then one next step with a date.

    No answer is needed: a person may leave any question aside, and come back to it.
    """
    asked: list[Field] = [_field(each) for each in guide.questions]
    asked.append(Text(NEXT_STEP, "Mon prochain pas", "Une seule chose, que je peux commencer.", False, 300, 2))
    asked.append(Day(NEXT_STEP_ON, "Je le fais avant le", "Une date, même approximative.", False))
    return Form(tuple(asked), guide.title, guide.sentence, "Enregistrer")


def _field(question: Question) -> Field:
    if question.choices:
        return Choice(question.key, question.label, question.help, False, {each: each for each in question.choices})
    return Text(question.key, question.label, question.help, False, LONGEST_ANSWER, 4)
