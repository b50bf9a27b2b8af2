"""Our decisions, from the first to the last: kept, read again, compared, and when we talk about them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kpa_model.decision import record_file
from kpa_model.decision.record import DecisionRecord
from kpa_model.errors import Problem
from kpa_model.files import calendar_file, register
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.story.decide.page import record_page
from kpa_model.story.decide.paper import record_paper
from kpa_model.story.pay.rule_changes import told_changes
from kpa_model.words import count, day

SOON = 30
"""Days before a review when we begin to say so."""


@dataclass(frozen=True)
class Decision:
    """One decision of the register: its name there, its record as last corrected, and its versions of before."""

    name: str
    record: DecisionRecord
    before: tuple[Decision, ...] = ()

    @property
    def id(self) -> str:
        """Return what all its versions share."""
        return self.record.id or self.name


@dataclass(frozen=True)
class Adopted:
    """The rule that a decision puts in force, from which day, until which day of trial, and where it comes from."""

    rule: PayRule
    since: date
    until: date | None
    decision: str
    changes: tuple[str, ...]
    words: str


def adopted(decision: Decision) -> Adopted | None:
    """Return the rule a decision puts in force; None when it decides nothing, or when its words say else than the rule.

    Raises:
        WrongRule: the rule was written by a later workbook.
    """
    record = decision.record
    if not record.decided or not record.rule.text or record.differs:
        return None
    rule = rule_file.loads(record.rule.text, f"Décision du {day(record.held_on)}")
    return Adopted(rule, record.held_on, record.trial_ends, decision.id, record.changes, record.words)


def keep(record: DecisionRecord, today: date | None = None) -> Path:
    """Write a record in the register, with its files; return its folder.

    A record that shares its `id` with one already there is its next version; the same one again is not written twice.
    Who was there and is no longer named stays counted.

    Raises:
        CannotPrint: the PDF cannot be made.
        CannotRegister: the disk refuses; nothing is written then.
    """
    last = next((each for each in all_decisions()[0] if record.id and each.id == record.id), None)
    if last:
        version, corrected = last.record.version, last.record.corrected_on
        record = replace(record, unnamed=max(record.unnamed, last.record.unnamed))
        if replace(record, version=version, corrected_on=corrected) == last.record:
            return register.folder() / last.name
        record = replace(record, version=version + 1, corrected_on=today or date.today())
    return register.keep(record.name, files_of(record))


def forget(decision: Decision) -> None:
    """Erase a decision and all its versions."""
    for each in (decision, *decision.before):
        register.forget(each.name)


def forget_name(decision_id: str, name: str) -> None:
    """Take a person's name out of a decision, in all its versions: she is still counted. Raises CannotRegister."""
    for found in all_decisions()[0]:
        for each in (found, *found.before):
            changed = each.record.without(name)
            if found.id == decision_id and changed != each.record:
                register.rewrite(each.name, files_of(changed))


def files_of(record: DecisionRecord) -> dict[str, bytes]:
    """Return every file of a decision, name → content."""
    files = {
        register.RECORD: record_file.dumps(record).encode(),
        register.PAPER: record_paper(record),
        register.PAGE: record_page(record).encode(),
        register.NAMELESS: record_page(record.nameless()).encode(),
    }
    if record.rule.text:
        files[register.RULE] = record.rule.text.encode()
    if record.review_on:
        files[register.EVENT] = review_event(record)
    return files


def review_event(record: DecisionRecord) -> bytes:
    """Return the date of review as a calendar file. Raises ValueError when the record has none."""
    if not record.review_on:
        raise ValueError("no date of review")
    title = f"Reparler de « {record.rule.title} »"
    about = f"{record.cooperative}. Décision du {day(record.held_on)}. Relisez le compte rendu à voix haute."
    return calendar_file.whole_day(record.review_on, title, about, record.held_on)


def all_decisions() -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """Return the decisions as last corrected, the oldest first; and what was damaged and set aside."""
    shelf = register.read_all()
    versions, problems = dict[str, list[Decision]](), list(shelf.problems)
    for name, text in shelf.records.items():
        try:
            each = Decision(name, record_file.loads(text))
        except record_file.DamagedRecord:
            problems.append(register.set_aside(name))
        else:
            versions.setdefault(each.id, []).append(each)
    found = []
    for group in versions.values():
        *before, last = sorted(group, key=lambda each: each.record.version)
        found.append(replace(last, before=tuple(before)))
    return tuple(sorted(found, key=lambda each: (each.record.held_on, each.name))), tuple(problems)


def history(decisions: Sequence[Decision]) -> tuple[tuple[Decision, tuple[str, ...]], ...]:
    """Return each decision with how the rule differs from the one decided before it; the first has no change."""
    told: list[tuple[Decision, tuple[str, ...]]] = []
    last: DecisionRecord | None = None
    for each in decisions:
        new = each.record.decided and each.record.about_rule
        told.append((each, told_changes(last.rule, each.record.rule) if last and new else ()))
        last = each.record if new else last
    return tuple(told)


def reminders(decisions: Sequence[Decision], today: date) -> tuple[str, ...]:
    """Return what our decisions ask of us now, in sentences; nothing when there is time.

    Of the rules, only the last one reminds; any other decision does when its date is near.
    """
    rules = [each.record for each in decisions if each.record.about_rule]
    others = [each.record for each in decisions if not each.record.about_rule]
    said: list[str] = []
    for record in [*others, *rules[-1:]]:
        left = (record.review_on - today).days if record.review_on else SOON + 1
        if record.about_rule and record.decided and record.trial_ends and record.trial_ends < today:
            said.append(f"L'essai de « {record.rule.title} » est fini depuis le {day(record.trial_ends)}.")
        if record.review_on and left <= SOON and (record.about_rule or left >= -SOON):
            said.append(_review(record, record.review_on, today))
    return tuple(said)


def _review(record: DecisionRecord, when: date, today: date) -> str:
    left = (when - today).days
    subject = f"« {record.rule.title} »"
    if left < 0:
        return f"Nous devions reparler de {subject} le {day(when)}. Choisissons une date."
    if left == 0:
        return f"C'est aujourd'hui que nous reparlons de {subject}."
    return f"Nous reparlons de {subject} dans {count(left, 'jour')}, le {day(when)}."
