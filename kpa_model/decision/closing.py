"""What only people can add to the record of a decision: dates, objections, who keeps it. On a screen or on paper.

What is decided is not typed again: the record takes the proposal of the workshop, and what was obtained on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kpa_model.declare.form import Choice, Day, Field, Form, Raw, Text
from kpa_model.declare.unit import Refused
from kpa_model.words import day
from kpa_model.workshop.proposal import CONSENT, NOT_ASKED, OBJECTIONS, Obtained

MOST_OBJECTIONS = 3
OTHER, OTHER_SHOWN = "autre", "Autre chose qu'une règle"
TRIAL, KEPT, LATER = "essai", "adoptee", "reportee"
CHOICES = {
    TRIAL: "Nous l'essayons jusqu'à une date.",
    KEPT: "Nous la gardons.",
    LATER: "Nous n'avons pas décidé.",
}
AGREED = {
    CONSENT: "Chaque personne a été interrogée. Personne n'y objecte.",
    OBJECTIONS: "Des objections restent.",
    NOT_ASKED: "Nous n'avons pas posé la question à chaque personne.",
}
QUARTER = timedelta(days=91)
"""How long a trial lasts, unless the group says another day."""
_LONG = 600


@dataclass(frozen=True)
class ClosingForm(Form):
    """The form of a decision: dates follow one another, and going on without consent asks why.

    `obtained` is what the workshop already knows, nothing when the group says it here; `end`, the last day of the trial
    in the text proposed, ISO.
    """

    obtained: Obtained | None = None
    end: str = ""

    def read(self, raw: Raw) -> tuple[dict[str, Any], dict[str, Refused]]:
        """Return the answers, and what is wrong: field by field, then together."""
        answers, wrong = super().read(raw)
        for name, refused in (*_dates(answers), *self._reason(answers), *self._as_agreed(answers)):
            wrong.setdefault(name, refused)
        return answers, wrong

    def _reason(self, answers: dict[str, Any]) -> list[tuple[str, Refused]]:
        how = self.obtained.how if self.obtained else answers.get("accord")
        if answers.get("decision") not in (TRIAL, KEPT) or how in (CONSENT, None) or answers.get("raison"):
            return []
        said = (self.obtained or Obtained(str(how))).says()[0]
        todo = "Dites pourquoi le groupe continue, ou choisissez « Nous n'avons pas décidé »."
        return [("raison", Refused(said, todo))]

    def _as_agreed(self, answers: dict[str, Any]) -> list[tuple[str, Refused]]:
        """Return what is not what the group consented to: a trial, and its last day."""
        end, outcome = self.end, answers.get("decision")
        if not end or not self.obtained or not self.obtained.agreed or outcome not in (TRIAL, KEPT):
            return []
        what, todo = f"Le texte adopté dit un essai jusqu'au {day(date.fromisoformat(end))}.", "Mettez la même date."
        if outcome == KEPT:
            return [("decision", Refused(what, f"Choisissez « {CHOICES[TRIAL]} »"))]
        return [("essai_jusqu_au", Refused(what, todo))] if answers.get("essai_jusqu_au") != end else []


def _dates(answers: dict[str, Any]) -> list[tuple[str, Refused]]:
    """Return what is wrong between dates: a trial has an end, and nothing ends before the meeting."""
    found, outcome = [], answers.get("decision")
    held = date.fromisoformat(answers["jour"]) if answers.get("jour") else None
    for name, what in (("essai_jusqu_au", "L'essai finit"), ("revue_le", "Nous en reparlons")):
        if held and answers.get(name) and date.fromisoformat(answers[name]) <= held:
            todo = f"Choisissez un jour après le {day(held)}."
            found.append((name, Refused(f"{what} le jour de la réunion, ou avant.", todo)))
    if outcome == TRIAL and "essai_jusqu_au" in answers and not answers["essai_jusqu_au"]:
        found.append(("essai_jusqu_au", Refused("Un essai a une fin.", "Choisissez le dernier jour de l'essai.")))
    if outcome in (KEPT, LATER) and answers.get("essai_jusqu_au"):
        todo = "Laissez vide, ou choisissez « Nous l'essayons jusqu'à une date »."
        found.append(("essai_jusqu_au", Refused("Une date d'essai est écrite, mais rien n'est à l'essai.", todo)))
    return found


def closing_form(obtained: Obtained | None, end: str = "") -> ClosingForm:
    """Return what the facilitator adds at the end of a workshop; `end` is the last day of the trial proposed there.

    Objections and consent are asked only when no round of the workshop asked for them: it keeps them already.
    """
    asked = () if obtained else (*_agreement(), *_objections())
    return ClosingForm(
        (*_held(), *_decision(), *asked, _why(), *_after()),
        title="Écrire notre décision",
        intro="Lisez chaque réponse à voix haute avant d'envoyer.",
        send="Écrire le compte rendu",
        obtained=obtained,
        end=end,
    )


def paper_form() -> ClosingForm:
    """Return what to type after a workshop held without a computer."""
    counts = "Seulement des nombres, jamais qui. Sous cinq votes, laissez vide."
    words = "Le nom de la règle, ou autre chose."
    same = "Laissez vide si rien n'a changé."
    held = (
        Text("presents", "Qui était là ?", "Un prénom choisi par ligne.", longest=2000, lines=5),
        Text("vote", "Comment avons-nous voté ?", counts, needed=False, longest=_LONG, lines=3),
    )
    text = Text("texte", "Notre décision, avec nos mots", words, needed=False, longest=_LONG, lines=2)
    change = Text("change", "Qu'avons-nous changé avant de dire oui ?", same, needed=False, longest=_LONG, lines=2)
    return ClosingForm(
        (*held, *_held(), text, *_decision(), *_agreement(), change, *_objections(), _why(), *_after()),
        title="Noter une décision prise sans ordinateur",
        intro="Tapez ce que le groupe a écrit sur la feuille.",
        send="Écrire le compte rendu",
    )


def _held() -> tuple[Field, ...]:
    return (
        Day("jour", "Quel jour étions-nous ?", "Par exemple 15/01/2027."),
        Text("lieu", "Où étions-nous ?", needed=False, longest=120),
    )


def _decision() -> tuple[Field, ...]:
    return (Choice("decision", "Qu'en faisons-nous ?", options=CHOICES),)


def _agreement() -> tuple[Field, ...]:
    return (Choice("accord", "Le groupe a-t-il consenti ?", options=AGREED),)


def _why() -> Field:
    why = "Seulement si des objections restent, ou si la question n'a pas été posée à chaque personne."
    return Text("raison", "Sans ce consentement, pourquoi continuons-nous ?", why, needed=False, longest=_LONG, lines=2)


def _objections() -> tuple[Field, ...]:
    found: list[Field] = []
    for at in range(1, MOST_OBJECTIONS + 1):
        help_text = "Sans dire qui l'a faite." if at == 1 else ""
        found += [
            Text(f"objection_{at}", f"Objection {at}", help_text, needed=False, longest=_LONG, lines=2),
            Text(f"reponse_{at}", f"Notre réponse à l'objection {at}", needed=False, longest=_LONG, lines=2),
        ]
    return tuple(found)


def _after() -> tuple[Field, ...]:
    left = "Qu'est-ce que nous n'avons pas décidé ?"
    end = "Seulement pour un essai. Un trimestre, c'est souvent bien."
    return (
        Day("essai_jusqu_au", "Jusqu'à quel jour l'essayons-nous ?", end, needed=False),
        Day("revue_le", "Quel jour en reparlons-nous ?", "Par exemple 15/04/2027."),
        Text("gardien", "Qui garde ce compte rendu ?", needed=False, longest=120),
        Text("pas_decide", left, "Une chose par ligne.", needed=False, longest=2 * _LONG, lines=3),
    )
