"""From a finished workshop to the record of its decision, with what only the facilitator can add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpa_model.activity import SMALLEST, Room
from kpa_model.decision.record import DecisionRecord, Objection, RuleTold, Vote
from kpa_model.decision.script import Script, ScriptStep
from kpa_model.form import Choice, Day, Field, Form, Text
from kpa_model.page import Page, Sentence

MOST_OBJECTIONS = 3
CHOICES = {
    "essai": "Nous l'essayons jusqu'à une date.",
    "adoptee": "Nous la gardons.",
    "reportee": "Nous n'avons pas décidé.",
}
_LONG = 600


@dataclass(frozen=True)
class About:
    """What the workbook knows and the workshop does not: name of the group, figures, seed, versions, fingerprints."""

    cooperative: str
    figures: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)


def closing_form() -> Form:
    """Return what the facilitator adds at the end of a workshop."""
    return Form(
        (*_decision(), *_objections(), *_after()),
        title="Écrire notre décision",
        intro="Lisez chaque réponse à voix haute avant d'envoyer.",
        send="Écrire le compte rendu",
    )


def paper_form() -> Form:
    """Return what to type after a workshop held without a computer."""
    held: tuple[Field, ...] = (
        Text("presents", "Qui était là ?", "Un prénom choisi par ligne.", longest=2000, lines=5),
        Text(
            "vote", "Comment avons-nous voté ?", "Seulement des nombres, jamais qui. Sous cinq votes, laissez vide.",
            needed=False, longest=_LONG, lines=3,
        ),
    )  # fmt: skip
    return Form(
        (*held, *_decision(), *_objections(), *_after()),
        title="Noter une décision prise sans ordinateur",
        intro="Tapez ce que le groupe a écrit sur la feuille.",
        send="Écrire le compte rendu",
    )


def _decision() -> tuple[Field, ...]:
    return (
        Day("jour", "Quel jour étions-nous ?", "Par exemple 15/01/2027."),
        Text("lieu", "Où étions-nous ?", needed=False, longest=120),
        Choice("decision", "Qu'avons-nous décidé pour cette règle ?", options=CHOICES),
        Text(
            "change", "Qu'avons-nous changé dans la règle avant de dire oui ?", "Laissez vide si rien n'a changé.",
            needed=False, longest=_LONG, lines=2,
        ),
    )  # fmt: skip


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
    return (
        Day("essai_jusqu_au", "Jusqu'à quel jour l'essayons-nous ?", "Un trimestre, c'est souvent bien.", needed=False),
        Day("revue_le", "Quel jour en reparlons-nous ?", "Par exemple 15/04/2027."),
        Text("gardien", "Qui garde ce compte rendu ?", needed=False, longest=120),
        Text(
            "pas_decide", "Qu'est-ce que nous n'avons pas décidé ?", "Une chose par ligne.",
            needed=False, longest=2 * _LONG, lines=3,
        ),
    )  # fmt: skip


def record_of(
    script: Script, rooms: Mapping[str, Room], rule: RuleTold, typed: Mapping[str, Any], about: About
) -> DecisionRecord:
    """Return the record of a workshop.

    Args:
        script: what was played.
        rooms: step key → its room, for the steps begun; only rounds already revealed are looked at.
        rule: the rule chosen, as it was read aloud.
        typed: answers to `closing_form`.
        about: name of the group, figures and origin.
    """
    people: dict[str, str] = {}
    for room in rooms.values():
        people |= room.people
    votes = [vote for step in script.steps if step.key in rooms for vote in votes_of(step, rooms[step.key])]
    return _record(rule, typed, about, present=tuple(people.values()), votes=tuple(votes), script=script.title)


def record_by_hand(rule: RuleTold, typed: Mapping[str, Any], about: About) -> DecisionRecord:
    """Return the record of a decision taken on paper; `typed` are the answers to `paper_form`."""
    present = lines(typed["presents"])
    vote = Vote("Notre vote, noté à la main", len(present), tuple(Sentence(each) for each in lines(typed["vote"])))
    shown = (vote,) if vote.page and vote.answered >= SMALLEST else ()
    return _record(rule, typed, about, present=present, votes=shown)


def votes_of(step: ScriptStep, room: Room) -> tuple[Vote, ...]:
    """Return what a step says once revealed: its last round shown, without the words of anybody."""
    if not step.activity or not step.activity.kept:
        return ()
    shown = [each.key for each in step.activity.rounds() if each.key in room.shown and room.given(each.key)]
    if not shown:
        return ()
    key = shown[-1]
    answered = len(room.given(key))
    return (Vote(step.title, answered, protected(step.activity.page(key, room), answered)),)


def protected(page: Page, answered: int) -> Page:
    """Return a page that may be kept: no quoted words, and no count at all under five answers."""
    if answered < SMALLEST:
        return (Sentence(f"Moins de {SMALLEST} réponses : le détail n'est pas gardé.", "help"),)
    return tuple(part for part in page if not (isinstance(part, Sentence) and part.tone == "quote"))


def _record(rule: RuleTold, typed: Mapping[str, Any], about: About, **held: Any) -> DecisionRecord:
    return DecisionRecord(
        cooperative=about.cooperative,
        held_on=date.fromisoformat(typed["jour"]),
        outcome=typed["decision"],
        rule=rule,
        place=typed["lieu"] or "",
        figures=about.figures,
        objections=_answered(typed),
        amended=typed["change"] or "",
        trial_ends=_day(typed["essai_jusqu_au"]),
        review_on=_day(typed["revue_le"]),
        kept_by=typed["gardien"] or "",
        undecided=lines(typed["pas_decide"]),
        origin=about.origin,
        **held,
    )


def _answered(typed: Mapping[str, Any]) -> tuple[Objection, ...]:
    pairs = [(typed[f"objection_{at}"], typed[f"reponse_{at}"]) for at in range(1, MOST_OBJECTIONS + 1)]
    return tuple(Objection(text or "", answer or "") for text, answer in pairs if text or answer)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def lines(text: str | None) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
