"""Closing a month: open the ledger, choose the rule, freeze, change by hand, adopt, reopen.

Each command looks at the state and returns the events to write, or refuses in French; it changes nothing by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from kpa_model.cooperative.chain import MonthMoney
from kpa_model.cooperative.month import Month
from kpa_model.errors import Problem
from kpa_model.ledger import accounts, facts
from kpa_model.ledger.events import (
    LedgerOpened,
    MonthAdopted,
    MonthFrozen,
    MonthReopened,
    RuleAdopted,
    SheetLine,
    Shifted,
)
from kpa_model.ledger.month_state import MonthStatus
from kpa_model.ledger.refusal import ToCheck, called, refuse, titled, written
from kpa_model.ledger.state import LedgerState
from kpa_model.pay.engine import MEMORY, Settlement
from kpa_model.words import euros


@dataclass(frozen=True)
class Told:
    """The sentences of a result, made by who knows how to tell it."""

    pot_lines: tuple[SheetLine, ...] = ()
    lines: Mapping[str, tuple[SheetLine, ...]] | None = None
    sentences: tuple[str, ...] = ()


def open_ledger(state: LedgerState, opening: LedgerOpened) -> LedgerOpened:
    """Say what the till holds at the start. It may be said again until the first month is closed."""
    where = "Soldes de départ"
    if any(month.frozen or month.version for month in state.months.values()):
        todo = "Pour corriger un solde, écrivez une dépense ou une régularisation."
        raise refuse(where, "un mois est déjà arrêté.", todo)
    amounts = (opening.fund, opening.reserve, *opening.owed.values(), *opening.saved.values())
    if min(amounts, default=0) < 0:
        raise refuse(where, "un montant est négatif.", "Écrivez zéro ou plus. Seule l'enveloppe peut manquer d'argent.")
    return opening


def adopt_rule(state: LedgerState, rule: RuleAdopted) -> RuleAdopted:
    """Put a rule in force since a month that is not closed yet."""
    where = f"Règle « {rule.title} »"
    if not rule.decision and not rule.reason.strip():
        raise refuse(where, "il manque la raison.", "Dites qui l'a décidée, et quand.")
    frozen = [label for label, month in state.months.items() if month.frozen]
    if frozen and rule.since <= max(frozen):
        todo = f"Choisissez {called(state.next_label) if not state.frozen else 'le mois suivant'}, ou plus tard."
        raise refuse(where, f"{called(max(frozen))} est déjà arrêté avec une autre règle.", todo)
    if rule.trial_ends and str(rule.trial_ends)[:7] < rule.since:
        raise refuse(where, "l'essai finit avant de commencer.", "Choisissez une date de fin plus tardive.")
    return rule


def with_purses(state: LedgerState, month: Month) -> Month:
    """Return a month that starts with the purses as they really are, and remembers what was really paid."""
    people = month.members
    done = state.closed[-MEMORY:]
    past = [[facts.of_person(each.pay, people) for each in done]]
    for name in ("minutes", "points"):
        past.append([_of_the_past(each.frozen.facts, name, people) for each in done if each.frozen])
    pay, minutes, points = (np.array(rows, np.int64).reshape(len(done), len(people)) for rows in past)
    return replace(
        month,
        carried=np.array(state.balance(accounts.POT), np.int64),
        fund=np.array(state.balance(accounts.FUND), np.int64),
        reserve=np.array(state.balance(accounts.RESERVE), np.int64),
        saved=np.array([state.balance(accounts.saved(name)) for name in people], np.int64),
        owed=facts.of_person(state.owed, people),
        past_pay=pay,
        past_minutes=minutes,
        past_points=points,
    )


def _of_the_past(kept: Mapping[str, Any], name: str, people: Sequence[str]) -> Any:
    """Return the minutes (all kinds together) or the points of a closed month, for people of another one."""
    values = np.asarray(kept.get(name, []), np.int64)
    if not values.size:
        return np.zeros(len(people), np.int64)
    members = [str(each) for each in kept["members"]]
    whole = values.sum(0) if values.ndim > 1 else values
    return facts.of_person(dict(zip(members, map(int, whole), strict=True)), people)


def may_freeze(state: LedgerState, label: str) -> RuleAdopted:
    """Return the rule a month is closed with, or refuse to close it now."""
    where = titled(label)
    if state.opened is None:
        raise refuse(where, "le registre n'est pas commencé.", "Écrivez d'abord les soldes de départ.")
    if state.frozen:
        if state.frozen.label == label:
            todo = "Adoptez ce mois, ou rouvrez-le. Rechargez la page pour le voir."
            raise refuse(where, "ce mois est déjà arrêté, peut-être dans une autre fenêtre.", todo)
        todo = "Adoptez d'abord ce mois, ou rouvrez-le."
        raise refuse(where, f"{called(state.frozen.label)} est arrêté et n'est pas adopté.", todo)
    if label != state.next_label:
        done = state.month(label).frozen is not None
        what = "ce mois est déjà arrêté." if done else f"le mois à arrêter est {called(state.next_label)}."
        raise refuse(where, what, "Les mois se ferment l'un après l'autre.")
    rule = state.rule_of(label)
    if rule is None:
        raise refuse(where, "aucune règle n'est en vigueur.", "Choisissez d'abord la règle du groupe.")
    return rule


def freeze(
    state: LedgerState, settled: Settlement, money: MonthMoney, on: date, *,
    told: Told | None = None, checks: Sequence[tuple[str, str]] = (), seen: Collection[str] = (), engine: str = "",
) -> MonthFrozen:  # fmt: skip
    """Freeze the result of a month.

    Args:
        state: the ledger now.
        settled: the rule in force applied to the month with its real purses (`with_purses`).
        money: the money chain of the month.
        on: the day.
        told: its sentences.
        checks: (key, sentence) of what must be looked at before; each key must be in `seen`.
        seen: what people say they looked at.
        engine: version of the program.

    Raises:
        NotNow: the month cannot be closed now.
        ToCheck: something was not looked at.
    """
    month = settled.month
    rule = may_freeze(state, month.label)
    todo = "Regardez, puis cochez que vous l'avez vu."
    if missing := [Problem(titled(month.label), said, todo) for key, said in checks if key not in seen]:
        raise ToCheck(*missing)
    told, closing, opening = told or Told(), settled.closing, settled.opening
    return MonthFrozen(
        month=month.label,
        version=state.month(month.label).version + 1,
        on=on,
        rule=rule,
        facts=facts.as_data(month),
        fingerprint=facts.fingerprint(month),
        engine=engine,
        money=facts.money_of(money),
        orders=facts.orders_of(money),
        moves=moves_of(settled),
        pay=facts.by_person(month, closing.pay),
        saved=facts.by_person(month, closing.saved - opening.saved),
        owed=facts.by_person(month, closing.owed - opening.owed),
        pot_lines=told.pot_lines,
        lines=dict(told.lines or {}),
        told=told.sentences,
        checks=tuple(said for _, said in checks),
    )


def moves_of(settled: Settlement) -> dict[str, int]:
    """Return what each account outside people received."""
    before, after = settled.opening, settled.closing
    moved = {
        accounts.SALES: settled.month.sales,
        accounts.COSTS: after.costs - before.costs,
        accounts.CAE: after.cae - before.cae,
        accounts.FUND: after.fund - before.fund,
        accounts.RESERVE: after.reserve - before.reserve,
    }
    return {name: int(cents) for name, cents in moved.items()}


def shift(state: LedgerState, label: str, source: str, target: str, cents: int, reason: str) -> Shifted:
    """Move cents of a proposal from one person to another, with a reason that is printed."""
    where, month = titled(label), state.month(label)
    if month.status is not MonthStatus.FROZEN or month.frozen is None:
        raise refuse(where, f"ce mois est {month.status}.", "On change un montant entre l'arrêt et l'adoption.")
    reason = written(reason, where, "Écrivez-la : elle est imprimée sur la fiche.")
    if cents <= 0 or source == target:
        raise refuse(where, "rien ne change ainsi.", "Choisissez deux personnes et un montant.")
    if cents > month.pay.get(source, 0):
        here = euros(month.pay.get(source, 0))
        raise refuse(where, f"cette personne reçoit {here} seulement.", "Choisissez un montant plus petit.")
    if target not in facts.payable_members(month.frozen.facts):
        raise refuse(where, "cette personne n'a pas de CAPE ce mois-là.", "Choisissez une autre personne.")
    return Shifted(label, source, target, cents, reason)


def adopt(state: LedgerState, label: str, on: date, by: Sequence[str], decision: str = "") -> MonthAdopted:
    """Adopt a frozen month, by people who were there."""
    where, month = titled(label), state.month(label)
    if month.status is MonthStatus.OPEN:
        raise refuse(where, "ce mois n'est pas arrêté.", "Arrêtez-le d'abord.")
    if month.status is not MonthStatus.FROZEN:
        todo = "Rechargez la page pour le voir."
        raise refuse(where, "ce mois est déjà adopté, peut-être dans une autre fenêtre.", todo)
    if not by:
        raise refuse(where, "personne n'est nommé.", "Dites qui adopte ces montants.")
    return MonthAdopted(label, month.version, on, tuple(by), decision.strip())


def reopen(state: LedgerState, label: str, reason: str) -> MonthReopened:
    """Reopen the last month, while nothing was paid and no request stands at the CAE."""
    where, month = titled(label), state.month(label)
    last = state.frozen or (state.closed[-1] if state.closed else None)
    instead = "corrigez le carnet : la différence deviendra une régularisation."
    correct = instead.capitalize()
    if last is None or last.label != label:
        raise refuse(where, "on ne rouvre que le dernier mois arrêté.", correct)
    reason = written(reason, where, "Écrivez pourquoi nous rouvrons ce mois.")
    if not all(each.advance for each in month.payments.values()):
        todo = f"Si ces versements n'ont pas eu lieu, annulez-les. Sinon, {instead}"
        raise refuse(where, "des versements sont notés.", todo)
    if month.requested:
        raise refuse(where, "la demande est partie à la CAE.", f"Si elle est refusée, notez-le. Sinon, {instead}")
    if month.corrections or any(month.carried.values()):
        raise refuse(where, "une régularisation ou un report s'appuie sur ce mois.", correct)
    back = MonthReopened(label, month.version, reason)
    after = state.after(back)
    people = [cents for name, cents in after.balances.items() if name.startswith(accounts.saved(""))]
    if min([after.balance(accounts.FUND), after.balance(accounts.RESERVE), *people, *after.owed.values()]) < 0:
        raise refuse(where, "ce que ce mois a mis de côté a déjà servi.", correct)
    return back
