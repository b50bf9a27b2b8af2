"""What a group decided, on one day: the rule as it was read aloud, and everything needed to understand it later.

A record holds names that people chose, counts, and sentences. It never holds who answered what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kpa_model.declare.page import Page
from kpa_model.words import count, day, listing, slug
from kpa_model.workshop.proposal import UNKNOWN, Obtained

DIFFERS = "Nos mots décident. La règle de l'ordinateur ne dit pas encore la même chose."
OUTCOMES = {
    "essai": ("Nous essayons cette règle.", "Nous essayons cette idée."),
    "adoptee": ("Nous gardons cette règle.", "Nous gardons cette idée."),
    "reportee": ("Nous n'avons pas décidé.", "Nous n'avons pas décidé."),
}
"""What came out of the workshop → how it is said, of a rule and of anything else."""


@dataclass(frozen=True)
class RuleTold:
    """A rule as the group heard it: its sentences, its file, and the fingerprint of what it does.

    A decision about anything else has a title alone.
    """

    title: str
    sentences: tuple[str, ...] = ()
    text: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class VoteTold:
    """What was asked, how many answered, and what the answers say together: counts, never who."""

    title: str
    answered: int
    page: Page = ()


@dataclass(frozen=True)
class Objection:
    """A reason not to go on, and what the group did of it."""

    text: str
    answer: str = ""


@dataclass(frozen=True)
class DecisionRecord:
    """The record of a decision.

    Args:
        cooperative: name of the group, as it chose to write it.
        held_on: day of the decision.
        outcome: a key of `OUTCOMES`.
        rule: the rule the group tries or keeps, its changes in it; the one it talked about when nothing is decided.
        place: where.
        words: the decision in the group's own words: the text it consented to, when it is not the rule's own sentences.
        present: names chosen by those who were there, in the order they came.
        figures: what the rule was judged on, label → value.
        votes: what was asked, and the counts.
        objections: objections and their answers.
        changes: what was changed in the rule before the yes, in sentences.
        trial_ends: last day of the trial.
        review_on: when the group talks about it again.
        kept_by: who keeps the record.
        undecided: what was not decided.
        script: title of the workshop; empty when it was held without a computer.
        origin: seed, versions and fingerprints, label → value.
        obtained: what the group obtained on this text.
        leading: titles that came first in its vote; several are a tie.
        reason: why the group goes on without consent.
        differs: the words decide, and the rule does not say the same.
        unnamed: how many were there without being named.
        id: what all versions of this record share.
        version: 1, then one more at each correction.
        corrected_on: day of the last correction.
        concerns: reservations of those who consent.
    """

    cooperative: str
    held_on: date
    outcome: str
    rule: RuleTold
    place: str = ""
    words: str = ""
    present: tuple[str, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    votes: tuple[VoteTold, ...] = ()
    objections: tuple[Objection, ...] = ()
    changes: tuple[str, ...] = ()
    trial_ends: date | None = None
    review_on: date | None = None
    kept_by: str = ""
    undecided: tuple[str, ...] = ()
    script: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)
    obtained: Obtained = field(default_factory=Obtained)
    leading: tuple[str, ...] = ()
    reason: str = ""
    differs: bool = False
    unnamed: int = 0
    id: str = ""
    version: int = 1
    corrected_on: date | None = None
    concerns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return a file name that sorts by date: `2027-01-15_minimum_et_heures`."""
        return f"{self.held_on.isoformat()}_{slug(self.rule.title)[:40].strip('_')}"

    @property
    def decided(self) -> bool:
        """Whether the group tries or keeps the rule."""
        return self.outcome != "reportee"

    @property
    def about_rule(self) -> bool:
        """Whether the decision is about a rule of the workbook."""
        return bool(self.rule.sentences)

    @property
    def people(self) -> int:
        """How many were there, named or not."""
        return len(self.present) + self.unnamed

    @property
    def outcome_said(self) -> str:
        """What comes out, in one sentence; what goes on without consent says so."""
        said = OUTCOMES[self.outcome][0 if self.about_rule else 1]
        against = self.decided and self.obtained.how != UNKNOWN and not self.obtained.agreed
        return f"{said[:-1]} sans ce consentement." if against else said

    @property
    def vote_said(self) -> str:
        """What the vote gave, in one sentence; nothing without a vote."""
        first = [f"« {title} »" for title in self.leading]
        if len(first) > 1:
            return f"Au vote, {count(len(first), 'règle')} sont à égalité : {listing(first)}."
        return f"Au vote, {first[0]} arrive en tête." if first else ""

    def says(self) -> tuple[str, ...]:
        """Return the decision in sentences to read aloud: what was obtained first, then what comes out of it."""
        said = [*self.obtained.says(), self.outcome_said]
        if self.reason:
            said.append(f"Pourquoi : {self.reason}")
        if self.differs:
            said.append(DIFFERS)
        if self.vote_said:
            said.append(self.vote_said)
        if self.decided and self.trial_ends:
            said.append(f"L'essai va jusqu'au {day(self.trial_ends)}.")
        if self.review_on:
            said.append(f"Nous en reparlons le {day(self.review_on)}.")
        return tuple(said)

    def without(self, name: str) -> DecisionRecord:
        """Return the same record where a person who was there is counted and no longer named."""
        kept = tuple(each for each in self.present if each != name)
        keeper = "" if self.kept_by.strip().casefold() == name.strip().casefold() else self.kept_by
        return replace(self, present=kept, unnamed=self.people - len(kept), kept_by=keeper)

    def nameless(self) -> DecisionRecord:
        """Return the version to send: everybody is counted, nobody is named."""
        return replace(self, present=(), unnamed=self.people, kept_by="")
