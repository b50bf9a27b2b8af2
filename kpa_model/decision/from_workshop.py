"""From a finished workshop, or from a sheet of paper, to the record of its decision: counts and words, never who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpa_model.decision.closing import MOST_OBJECTIONS
from kpa_model.decision.record import DecisionRecord, Objection, RuleTold, VoteTold
from kpa_model.declare.page import Page, Sentence
from kpa_model.words import count, euros, month_name
from kpa_model.workshop import script_file
from kpa_model.workshop.activity import SMALLEST, Room
from kpa_model.workshop.script import Script, ScriptStep

SHORT = 12
OURS = "Notre coopérative"
OTHER_TITLE = "Notre décision"
Rooms = Mapping[str, Room]
"""Step key → its room, for the steps begun."""


@dataclass(frozen=True)
class About:
    """What the workbook knows: name of the group, figures the decision was judged on, seed, versions, fingerprints."""

    cooperative: str
    figures: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)


def record_of(
    script: Script, rooms: Rooms, facts: Mapping[str, Any], typed: Mapping[str, Any], versions: str
) -> DecisionRecord:
    """Return the record of a workshop.

    Args:
        script: what was played.
        rooms: step key → its room, for the steps begun; only rounds already revealed are looked at.
        facts: what the workbook gave to the workshop (`story.workshop_facts`), or nothing.
        typed: answers to `closing_form`.
        versions: what made this record.
    """
    chosen = next((each for each in facts.get("rules") or () if each["key"] == typed["regle"]), None)
    people = {person: name for room in rooms.values() for person, name in room.people.items()}
    played = [(step, rooms[step.key]) for step in script.steps if step.key in rooms]
    return _record(
        typed,
        _about(script, facts, chosen, versions),
        rule=_rule(chosen, typed),
        present=tuple(people.values()),
        votes=tuple(vote for step, room in played for vote in votes_of(step, room)),
        objections=(*_treated(played), *_answered(typed)),
        amended=typed["change"] or _adopted(played),
        script=script.title,
    )


def record_by_hand(rule: RuleTold | None, typed: Mapping[str, Any], about: About) -> DecisionRecord:
    """Return the record of a decision taken on paper; `typed` are the answers to `paper_form`."""
    present, words = lines(typed["presents"]), lines(typed["vote"])
    vote = VoteTold("Notre vote, noté à la main", len(present), tuple(Sentence(each) for each in words))
    return _record(
        typed,
        about,
        rule=rule or _rule(None, typed),
        present=present,
        votes=(vote,) if words and len(present) >= SMALLEST else (),
        objections=_answered(typed),
        amended=typed["change"] or "",
    )


def _record(typed: Mapping[str, Any], about: About, **held: Any) -> DecisionRecord:
    return DecisionRecord(
        cooperative=about.cooperative,
        held_on=date.fromisoformat(typed["jour"]),
        outcome=typed["decision"],
        place=typed["lieu"] or "",
        words=typed["texte"] or "",
        figures=about.figures,
        trial_ends=_day(typed["essai_jusqu_au"]),
        review_on=_day(typed["revue_le"]),
        kept_by=typed["gardien"] or "",
        undecided=lines(typed["pas_decide"]),
        origin=about.origin,
        **held,
    )


def _rule(chosen: Mapping[str, Any] | None, typed: Mapping[str, Any]) -> RuleTold:
    """Return the rule chosen, or a title for a decision that is not about a rule."""
    if chosen:
        return RuleTold(chosen["title"], tuple(chosen["aloud"]), chosen.get("text", ""), chosen["fingerprint"])
    first = next(iter(lines(typed["texte"])), OTHER_TITLE)
    return RuleTold(first if len(first) <= 60 else f"{first[:59].rsplit(' ', 1)[0]}…")


def _about(script: Script, facts: Mapping[str, Any], chosen: Mapping[str, Any] | None, versions: str) -> About:
    origin = {"Empreinte du déroulé": script_file.fingerprint(script)[:SHORT], "Versions": versions}
    if facts.get("data_fingerprint"):
        origin["Empreinte des données"] = str(facts["data_fingerprint"])
    if "seed" in facts:
        origin["Tirage au sort"] = f"graine {facts['seed']}"
    figures: dict[str, str] = {}
    if chosen and chosen.get("effect"):
        effect = chosen["effect"]
        figures["Mois regardé"] = month_name(date.fromisoformat(f"{facts['month']}-01"))
        for label, name in (("petit montant", "low"), ("grand montant", "high")):
            figures[f"Le plus {label}"] = euros(effect[name])
        figures["Le montant du milieu"] = euros(effect["middle"])
        figures["Perdent plus d'un cinquième"] = count(int(effect["heavy"]), "personne")
    return About(str(facts.get("cooperative") or OURS), figures, origin)


def votes_of(step: ScriptStep, room: Room) -> tuple[VoteTold, ...]:
    """Return what a step says once revealed: its last round shown, without the words of anybody."""
    if not step.activity or not step.activity.kept:
        return ()
    shown = [key for key in step.activity.kept_rounds(room) if key in room.shown and room.given(key)]
    if not shown:
        return ()
    key, answered = shown[-1], len(room.given(shown[-1]))
    return (VoteTold(step.title, answered, protected(step.activity.kept_page(key, room), answered)),)


def protected(page: Page, answered: int) -> Page:
    """Return a page that may be kept: no quoted words, and no count at all under five answers."""
    if answered < SMALLEST:
        return (Sentence(f"Moins de {SMALLEST} réponses : le détail n'est pas gardé.", "help"),)
    return tuple(part for part in page if not (isinstance(part, Sentence) and part.tone == "quote"))


def _treated(played: list[tuple[ScriptStep, Room]]) -> tuple[Objection, ...]:
    """Return every objection already revealed, with what the group did of it."""
    return tuple(
        Objection(each.text, " ".join([each.answer, *(["Objection retirée."] if each.lifted else [])]).strip())
        for step, room in played
        if step.activity
        for each in step.activity.objections(room)
    )


def _adopted(played: list[tuple[ScriptStep, Room]]) -> str:
    """Return the text as the last activity that has one changed it; nothing when it stayed the same."""
    texts = (step.activity.amended(room) for step, room in reversed(played) if step.activity)
    return next((text for text in texts if text is not None), "")


def _answered(typed: Mapping[str, Any]) -> tuple[Objection, ...]:
    """Return the objections typed by hand."""
    numbers = range(1, MOST_OBJECTIONS + 1)
    pairs = [(typed.get(f"objection_{at}") or "", typed.get(f"reponse_{at}") or "") for at in numbers]
    return tuple(Objection(text, answer) for text, answer in pairs if text or answer)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def lines(text: str | None) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
