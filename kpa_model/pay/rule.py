"""A pay rule: ordered steps, promises, and a trial with its review date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kpa_model.pay.promise import Promise
from kpa_model.pay.step import Step
from kpa_model.words import count, day


@dataclass(frozen=True)
class Trial:
    """For how many quarters the group tries the rule, and when it looks at it again."""

    quarters: int = 1
    review_on: date | None = None

    def says(self) -> str:
        """Return the trial as a French sentence."""
        when = f" On en reparle le {day(self.review_on)}." if self.review_on else ""
        return f"On essaie cette règle pendant {count(self.quarters, 'trimestre')}.{when}"


@dataclass(frozen=True)
class PayRule:
    """What the group decides. The order of `steps` is the order in which they act: it is part of the decision.

    `sentence`, `favours`, `objections` and `seen_at` are for people: the rule in one sentence, what it favours, what
    people object to, and where it is used.
    """

    title: str
    steps: tuple[Step, ...] = ()
    promises: tuple[Promise, ...] = ()
    trial: Trial | None = None
    sentence: str = ""
    favours: str = ""
    objections: str = ""
    seen_at: str = ""

    @property
    def reads(self) -> frozenset[str]:
        """Facts of a month that a step or a promise of the rule reads."""
        return frozenset(name for step in self.steps for name in step.reads()).union(
            *(promise.facts for promise in self.promises)
        )

    def read_aloud(self) -> tuple[str, ...]:
        """Return the rule as French sentences, one entry per step, then promises, then the trial."""
        said = [step.says() for step in self.steps]
        said += [f"Nous promettons : {one.says()[:1].lower()}{one.says()[1:]}" for one in self.promises]
        return (*said, self.trial.says()) if self.trial else tuple(said)

    def recomposed(self, steps: tuple[Step, ...]) -> PayRule:
        """Return the rule with other steps, without the texts that told the old ones: they may be false now."""
        return replace(self, steps=steps, sentence="", favours="", objections="", seen_at="")

    def with_steps(self, *steps: Step) -> PayRule:
        """Return the same rule with other steps."""
        return replace(self, steps=steps)
