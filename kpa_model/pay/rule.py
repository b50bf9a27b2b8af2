"""A pay rule: ordered steps, promises, and a trial with its review date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from kpa_model.declare.entry import entry, named, part
from kpa_model.declare.family import ManyKinds
from kpa_model.declare.part import Notes, Part, Text, day_of
from kpa_model.declare.unit import quoted
from kpa_model.pay.promise import Promise, known_promises
from kpa_model.pay.step import Step, known_steps
from kpa_model.words import count, day, uncapital

MOST_QUARTERS = 8
"""Longest trial of a rule."""


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
class _TrialPart(Part):
    """For how long, and until when, a rule is tried."""

    @property
    def blank(self) -> Any:
        return None

    def take(self, value: Any, notes: Notes) -> Trial | None:
        here = notes.at("essai")
        example = "Écrivez par exemple « essai: {trimestres: 1, revue_le: 2027-03-31} »."
        if not isinstance(value, dict) or set(value) - {"trimestres", "revue_le"}:
            here.add("les réglages ne sont pas compris.", example)
            return None
        quarters, written = str(value.get("trimestres", 1)), str(value.get("revue_le") or "")
        if not (quarters.isdecimal() and 1 <= int(quarters[:4]) <= MOST_QUARTERS):
            here.add(f"la durée va de 1 à {MOST_QUARTERS} trimestres.", example)
        try:
            review = day_of(written) if written else None
        except ValueError:
            here.add(f"la date {quoted(written)} n'existe pas.", example)
        return Trial(int(quarters), review) if here.clean else None

    def write(self, inner: Trial | None) -> dict[str, Any]:
        if inner is None:
            return {}
        review = {"revue_le": inner.review_on.isoformat()} if inner.review_on else {}
        return {"trimestres": inner.quarters, **review}


_STEPS_MISSING = ("il manque les étapes.", "Ajoutez « etapes: » puis une ligne « - parts_egales ».")


@entry
class PayRule:
    """What the group decides. The order of `steps` is the order in which they act: it is part of the decision.

    `sentence`, `favours`, `objections` and `seen_at` are for people: the rule in one sentence, what it favours, what
    people object to, and where it is used.
    """

    WHOSE = "d'une règle"

    title: str = part(Text("titre", lines=True), missing=named("Parts égales"))
    sentence: str = part(Text("phrase", lines=True), default="", kw_only=True)
    favours: str = part(Text("favorise", lines=True), default="", kw_only=True)
    objections: str = part(Text("objections", lines=True), default="", kw_only=True)
    seen_at: str = part(Text("vu_a", lines=True), default="", kw_only=True)
    steps: tuple[Step, ...] = part(
        ManyKinds("etapes", known_steps, "étape", "Étapes connues"), default=(), missing=_STEPS_MISSING
    )
    promises: tuple[Promise, ...] = part(
        ManyKinds("promesses", known_promises, "promesse", "Promesses connues"), default=()
    )
    trial: Trial | None = part(_TrialPart("essai"), default=None)

    @cached_property
    def reads(self) -> frozenset[str]:
        """Facts of a month that a step or a promise of the rule reads."""
        return frozenset(name for step in self.steps for name in step.reads()).union(
            *(promise.facts for promise in self.promises)
        )

    def steps_said(self) -> tuple[str, ...]:
        """Return the sentence of each step; a limit that a later step may break, and nobody checks, says so."""
        said = []
        for at, step in enumerate(self.steps):
            claim = step.claimed()
            later = any(each.may_break(claim) for each in self.steps[at + 1 :]) if claim else False
            doubt = claim.loosened if claim and later and claim not in self.promises else ""
            said.append(f"{step.says()} {doubt}".strip())
        return tuple(said)

    def read_aloud(self) -> tuple[str, ...]:
        """Return the rule as French sentences, one entry per step, then promises, then the trial."""
        said = list(self.steps_said())
        said += [f"Nous promettons : {uncapital(one.says())}" for one in self.promises]
        return (*said, self.trial.says()) if self.trial else tuple(said)

    def recomposed(self, steps: tuple[Step, ...]) -> PayRule:
        """Return the rule with other steps, without the texts that told the old ones: they may be false now."""
        return replace(self, steps=steps, sentence="", favours="", objections="", seen_at="")

    def with_steps(self, *steps: Step) -> PayRule:
        """Return the same rule with other steps."""
        return replace(self, steps=steps)
