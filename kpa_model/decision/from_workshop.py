"""From a finished workshop, or from a sheet of paper, to the record of its decision: counts and words, never who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpa_model.decision.closing import MOST_OBJECTIONS
from kpa_model.decision.record import DecisionRecord, Objection, RuleTold, VoteTold
from kpa_model.declare.page import Page, Sentence
from kpa_model.words import count, euros, month_name
from kpa_model.workshop import script_file
from kpa_model.workshop.activity import SMALLEST, Room
from kpa_model.workshop.proposal import UNKNOWN, Obtained, Proposal
from kpa_model.workshop.script import Script, ScriptStep

SHORT = 12
OURS = "Notre coopérative"
OTHER_TITLE = "Notre décision"
WITHDRAWN = "Une personne est partie après ce résultat. Pour ne pas dire sa réponse, le détail n'est plus montré."
Rooms = Mapping[str, Room]
"""Step key → its room, for the steps begun."""
Played = Sequence[tuple[ScriptStep, Room]]


@dataclass(frozen=True)
class About:
    """What the workbook knows: name of the group, figures the decision was judged on, seed, versions, fingerprints."""

    cooperative: str
    figures: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)


def record_of(
    script: Script, rooms: Rooms, facts: Mapping[str, Any], typed: Mapping[str, Any], versions: str, name: str = ""
) -> DecisionRecord:
    """Return the record of a workshop.

    Args:
        script: what was played.
        rooms: step key → its room, for the steps begun; only rounds already revealed are looked at.
        facts: what the workbook gave to the workshop (`story.workshop_facts`), or nothing.
        typed: answers to `closing_form`.
        versions: what made this record.
        name: what all versions of this record share.
    """
    played = [(step, rooms[step.key]) for step in script.steps if step.key in rooms]
    proposal = proposed(played)
    chosen = next((each for each in facts.get("rules") or () if each["key"] == proposal.rule), None)
    people = {person: name for _, room in played for person, name in room.people.items()}
    return _record(
        typed,
        _about(script, facts, None if proposal.changes else chosen, versions),
        obtained=obtained(played) or _said(typed, len(people)),
        leading=leading(played),
        rule=_rule(proposal, chosen),
        words=proposal.words,
        differs=proposal.differs,
        present=tuple(people.values()),
        votes=tuple(vote for step, room in played for vote in votes_of(step, room)),
        objections=(*_treated(played), *_answered(typed)),
        concerns=tuple(said for step, room in played if step.activity for said in step.activity.concerns(room)),
        changes=proposal.changes,
        script=script.title,
        id=name,
    )


def proposed(played: Played) -> Proposal:
    """Return what the group talked about: the last proposal written, else the one of the script."""
    for step, room in reversed(played):
        if room.proposals:
            return room.proposals[-1]
        if step.activity and step.activity.proposes and (text := step.activity.script_text()):
            return Proposal(words=text)
    return Proposal()


def leading(played: Played) -> tuple[str, ...]:
    """Return the titles that came first at the last vote revealed: several are a tie. Nothing once it is withdrawn."""
    found = [
        first
        for step, room in played
        if step.activity and step.activity.last_round(room) not in room.withdrawn
        if (first := step.activity.leading(room))
    ]
    return found[-1] if found else ()


def obtained(played: Played) -> Obtained | None:
    """Return what the last round of consent obtained, None when the workshop has none."""
    found = [got for step, room in played if step.activity and (got := step.activity.obtained(room))]
    return found[-1] if found else None


def record_by_hand(rule: RuleTold | None, typed: Mapping[str, Any], about: About) -> DecisionRecord:
    """Return the record of a decision taken on paper; `typed` are the answers to `paper_form`."""
    present, words = lines(typed["presents"]), lines(typed["vote"])
    vote = VoteTold("Notre vote, noté à la main", len(present), tuple(Sentence(each) for each in words))
    return _record(
        typed,
        about,
        rule=rule or _titled(typed["texte"]),
        words=typed["texte"] or "",
        obtained=_said(typed, len(present)),
        present=present,
        votes=(vote,) if words and len(present) >= SMALLEST else (),
        objections=_answered(typed),
        changes=lines(typed["change"]),
    )


def _record(typed: Mapping[str, Any], about: About, **held: Any) -> DecisionRecord:
    return DecisionRecord(
        cooperative=about.cooperative,
        held_on=date.fromisoformat(typed["jour"]),
        outcome=typed["decision"],
        place=typed["lieu"] or "",
        reason=typed["raison"] or "",
        figures=about.figures,
        trial_ends=_day(typed["essai_jusqu_au"]),
        review_on=_day(typed["revue_le"]),
        kept_by=typed["gardien"] or "",
        undecided=lines(typed["pas_decide"]),
        origin=about.origin,
        **held,
    )


def _said(typed: Mapping[str, Any], people: int) -> Obtained:
    """Return what the group says it obtained, typed by hand."""
    return Obtained(str(typed.get("accord") or UNKNOWN), people)


def _rule(proposal: Proposal, chosen: Mapping[str, Any] | None) -> RuleTold:
    """Return the rule proposed with its changes, or a title for what is not about a rule."""
    if proposal.sentences:
        return RuleTold(proposal.title, proposal.sentences, proposal.text, proposal.fingerprint)
    if chosen:  # a workshop of before kept the key alone
        return RuleTold(chosen["title"], tuple(chosen["aloud"]), chosen.get("text", ""), chosen["fingerprint"])
    return _titled(proposal.words)


def _titled(words: str | None) -> RuleTold:
    first = next(iter(lines(words)), OTHER_TITLE)
    return RuleTold(first if len(first) <= 60 else f"{first[:59].rsplit(' ', 1)[0]}…")


def noticed(notes: int) -> dict[str, str]:
    """Return how many things the reader noticed of the book, as a figure of a record; they may name people."""
    return {"Remarques de lecture du carnet": f"{notes}, à la page « Nos chiffres »"} if notes else {}


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
        if left := int(effect.get("left", 0)):
            figures["Reste dans l'enveloppe"] = euros(left)
        figures["Perdent plus d'un cinquième"] = count(int(effect["heavy"]), "personne")
        figures |= noticed(int(facts.get("noticed", 0)))
    return About(str(facts.get("cooperative") or OURS), figures, origin)


def votes_of(step: ScriptStep, room: Room) -> tuple[VoteTold, ...]:
    """Return what a step says once revealed: its last round shown, without the words of anybody."""
    if not step.activity or not step.activity.kept or not (key := step.activity.last_round(room)):
        return ()
    answered = len(step.activity.current(key, room))
    if key in room.withdrawn:
        return (VoteTold(step.title, answered, (Sentence(WITHDRAWN, "help"),)),)
    return (VoteTold(step.title, answered, protected(step.activity.kept_page(key, room), answered)),)


def protected(page: Page, answered: int) -> Page:
    """Return a page that may be kept: no quoted words, and no count at all under five answers."""
    if answered < SMALLEST:
        return (Sentence(f"Moins de {SMALLEST} réponses : le détail n'est pas gardé.", "help"),)
    return tuple(part for part in page if not (isinstance(part, Sentence) and part.tone == "quote"))


def _treated(played: Played) -> tuple[Objection, ...]:
    """Return the objections already revealed, with what the group did of each."""
    return tuple(
        Objection(each.text, " ".join([each.answer, *(["Objection retirée."] if each.lifted else [])]).strip())
        for step, room in played
        if step.activity
        for each in step.activity.objections(room)
    )


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
