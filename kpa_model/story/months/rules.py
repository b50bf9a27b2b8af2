"""The rule in force: put there by a decision, or by hand with a reason; and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.decision.record import DecisionRecord
from kpa_model.ledger import closing
from kpa_model.ledger.events import RuleAdopted
from kpa_model.ledger.refusal import called, refuse
from kpa_model.ledger.state import LedgerState
from kpa_model.pay import rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.story.decide.decisions import Decision, adopted
from kpa_model.story.months.register import MonthsRegister, NamedLedger
from kpa_model.words import count, day

SOON = 45
"""Days before the end of a trial when we begin to say so."""


def put_in_force(
    seen: NamedLedger,
    rule: PayRule,
    since: str,
    *,
    trial_ends: date | None = None,
    decision: str = "",
    reason: str = "",
) -> RuleAdopted:
    """Return the event that puts a rule in force since a month; its trial is the one given here. Raises NotNow."""
    coded = seen.who.rule(replace(rule, trial=None))
    said = tuple(seen.who.hidden(each) for each in coded.read_aloud())
    return closing.adopt_rule(
        seen.state,
        RuleAdopted(
            since=since,
            title=coded.title,
            text=rule_file.dumps(coded),
            fingerprint=rule_file.fingerprint(coded),
            said=said,
            trial_ends=trial_ends,
            decision=decision,
            reason=seen.who.hidden(reason),
        ),
    )


def put_record_in_force(register: MonthsRegister, record: DecisionRecord, name: str, since: str = "") -> RuleAdopted:
    """Put the rule of a decision in force for a cooperative, in one gesture.

    Args:
        register: the ledger of the cooperative.
        record: the decision.
        name: its name in the register of decisions.
        since: the first month; without it, the month after the decision, or the first one that is not closed.

    Raises:
        NotNow: nothing was decided, its words say else than its rule, or the months are closed.
        WrongRule: its rule is not read any more.
    """
    where = f"Décision du {day(record.held_on)}"
    found = adopted(Decision(name, record))
    if found is None and record.differs:
        todo = "Changez les réglages de la règle, puis décidez à nouveau."
        raise refuse(where, "ses mots disent autre chose que la règle de l'ordinateur.", todo)
    if found is None:
        raise refuse(where, "elle n'adopte aucune règle.", "Choisissez une autre décision.")
    rule = found.rule
    seen = register.commit(
        lambda now: put_in_force(
            now, rule, since or first_month(now.state, record.held_on), trial_ends=record.trial_ends, decision=name
        )
    )
    return seen.state.rules[-1]


def first_month(state: LedgerState, held_on: date) -> str:
    """Return the first month that a decision of that day rules: the next one, or the first when no rule was there."""
    if state.opened and not state.rules:
        return state.next_label
    free = str(CalendarMonth.parse(state.frozen.label) + 1) if state.frozen else state.next_label
    return max(free, str(CalendarMonth.of(held_on) + 1))


def rule_sentences(seen: NamedLedger, label: str, today: date) -> tuple[str, ...]:
    """Return which rule is in force in a month, since when, until when; and whether it is time to look again."""
    rule = seen.state.rule_of(label) if label else None
    if rule is None:
        return ("Aucune règle n'est encore en vigueur.",)
    title = f"« {seen.who.told(rule.title)} »"
    said = [f"{title} est en vigueur depuis {called(rule.since)}."]
    coming = min((each for each in seen.state.rules if each.since > label), key=lambda each: each.since, default=None)
    said.append(_end_said(rule.trial_ends, coming, today))
    if coming:
        said.append(f"« {seen.who.told(coming.title)} » prendra la suite en {called(coming.since)}.")
    return tuple(said)


def _end_said(trial_ends: date | None, coming: RuleAdopted | None, today: date) -> str:
    """Return when a trial ends, and whether it is time to look again; not when what comes after it is decided."""
    if trial_ends is None:
        return "Elle n'a pas de date de fin. Vous pouvez en reparler quand vous voulez."
    left, when = (trial_ends - today).days, day(trial_ends)
    decided = coming is not None and coming.since <= str(CalendarMonth.of(trial_ends) + 1)
    if left < 0:
        todo = "" if decided else " Décidez : garder, changer, ou essayer encore."
        return f"Votre essai est fini depuis le {when}.{todo}"
    if decided or left > SOON:
        return f"Votre essai finit le {when}."
    soon = "aujourd'hui" if not left else f"dans {count(left, 'jour')}"
    return f"Votre essai finit le {when}, {soon}. Choisissez une date pour en reparler."


def source_said(seen: NamedLedger, rule: RuleAdopted) -> str:
    """Return where a rule comes from: its decision, or the reason given."""
    if rule.decision:
        return f"Décision du {day(date.fromisoformat(rule.decision[:10]))}."
    return f"Choisie sans compte rendu : {seen.who.told(rule.reason).rstrip('.')}."


def rules_told(seen: NamedLedger) -> list[tuple[str, str, str, str]]:
    """Return since, title, end and source of each rule put in force, the latest first."""
    return [
        (
            called(each.since),
            seen.who.told(each.title),
            day(each.trial_ends) if each.trial_ends else "sans fin",
            source_said(seen, each),
        )
        for _, each in sorted(enumerate(seen.state.rules), key=lambda one: (one[1].since, one[0]), reverse=True)
    ]
