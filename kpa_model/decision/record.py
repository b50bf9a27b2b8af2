"""What a group decided, on one day: the rule as it was read aloud, and everything needed to understand it later.

A record holds names that people chose, counts, and sentences. It never holds who answered what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kpa_model.declare.page import Page
from kpa_model.words import day, slug

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
        rule: the rule the group tries or keeps; the one it talked about when nothing is decided.
        place: where.
        words: the decision in the group's own words.
        present: names chosen by those who were there, in the order they came.
        figures: what the rule was judged on, label → value.
        votes: what was asked, and the counts.
        objections: objections and their answers.
        amended: what was changed in the rule before the yes.
        trial_ends: last day of the trial.
        review_on: when the group talks about it again.
        kept_by: who keeps the record.
        undecided: what was not decided.
        script: title of the workshop; empty when it was held without a computer.
        origin: seed, versions and fingerprints, label → value.
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
    amended: str = ""
    trial_ends: date | None = None
    review_on: date | None = None
    kept_by: str = ""
    undecided: tuple[str, ...] = ()
    script: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)

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
    def outcome_said(self) -> str:
        """What comes out, in one sentence."""
        return OUTCOMES[self.outcome][0 if self.about_rule else 1]

    def says(self) -> tuple[str, ...]:
        """Return the decision in sentences to read aloud."""
        said = [self.outcome_said]
        if self.decided and self.trial_ends:
            said.append(f"L'essai va jusqu'au {day(self.trial_ends)}.")
        if self.review_on:
            said.append(f"Nous en reparlons le {day(self.review_on)}.")
        return tuple(said)
