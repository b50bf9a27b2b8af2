"""A closed month never changes. When its facts do, the difference is computed, and enters the next open month."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kpa_model.cooperative.chain import MonthMoney
from kpa_model.cooperative.month import Month
from kpa_model.ledger import accounts, facts
from kpa_model.ledger.closing import moves_of
from kpa_model.ledger.events import MonthFrozen, Regularised
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import called, refuse, titled, written
from kpa_model.ledger.state import LedgerState
from kpa_model.pay.engine import Settlement, settle
from kpa_model.pay.rule import PayRule
from kpa_model.words import euros, hours, of

_FLOORED = (accounts.FUND, accounts.RESERVE)


@dataclass(frozen=True)
class Drift:
    """What a closed month would have given with the facts of today.

    `result` is by account: `moves`, then `du:…`, `epargne:…`, `dette:…`; `changes` says what changed in the book.
    """

    month: Month
    settled: Settlement
    orders: Mapping[str, tuple[int, int]]
    result: Mapping[str, int]
    changes: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the corrected facts."""
        return facts.fingerprint(self.month)


def promised(person: str) -> str:
    """Return the name under which a promise is counted here; it is no account, since it holds no money."""
    return f"dette:{person}"


def on_same_purses(frozen: MonthFrozen, now: Month) -> Month:
    """Return the facts of today for a closed month, with the purses it started with."""
    members = [str(each) for each in frozen.facts["members"]]
    month = facts.aligned(now, members)
    kept: dict[str, Any] = {name: _kept(frozen, name, month) for name in facts.CARRIED_FACTS}
    return replace(month, **kept)


def _kept(frozen: MonthFrozen, name: str, month: Month) -> np.ndarray:
    """Return a fact that came from the months before, as it was; nothing for people who were not there."""
    many, old = len(month.members), len(frozen.facts["members"])
    value = np.asarray(frozen.facts.get(name, 0), np.int64)
    if name in ("carried", "fund", "reserve"):
        return value
    if name.startswith("past_"):
        value = value if value.ndim == 2 else np.zeros((0, old), np.int64)
    elif value.ndim == 0:
        value = np.zeros(old, np.int64)
    more = [(0, 0)] * (value.ndim - 1) + [(0, many - old)]
    return np.pad(value, more)


def drift(month: MonthState, rule: PayRule, now: Month, money: MonthMoney) -> Drift | None:
    """Return what changed since a month was closed, or since it was last corrected; None when no amount does.

    Args:
        month: the closed month.
        rule: the rule it was closed with.
        now: its facts in the book of today.
        money: its money chain in the book of today.
    """
    frozen = month.frozen
    if frozen is None:
        return None
    here = on_same_purses(frozen, now)
    known = month.corrections[-1] if month.corrections else frozen
    if facts.fingerprint(here) == known.fingerprint:
        return None
    settled, orders = settle(rule, here), facts.orders_of(money)
    result, given = _by_account(settled), _already(month)[0]
    if all(result.get(name, 0) == given.get(name, 0) for name in (*result, *given)):
        return None
    return Drift(here, settled, orders, result, _changes(known.facts, here, known.orders, orders))


def _by_account(settled: Settlement) -> dict[str, int]:
    before, after, names = settled.opening, settled.closing, settled.month.members
    result = dict(moves_of(settled))
    for at, name in enumerate(names):
        result[accounts.due(name)] = int(after.pay[at])
        result[accounts.saved(name)] = int(after.saved[at] - before.saved[at])
        result[promised(name)] = int(after.owed[at] - before.owed[at])
    return result


def _already(month: MonthState) -> tuple[dict[str, int], dict[str, int]]:
    """Return, by account, what was given for a month with its corrections, and the part of it that was let go."""
    frozen = month.frozen
    assert frozen is not None
    given: dict[str, int] = {}
    let_go: dict[str, int] = {}
    results: tuple[MonthFrozen | Regularised, ...] = (frozen, *month.corrections)
    for each in results:
        parts = (each.moves, *_named(each.pay, each.saved, each.owed))
        for name, cents in (item for part in parts for item in part.items()):
            given[name] = given.get(name, 0) + cents
    for correction in month.corrections:
        for name, cents in correction.left.items():
            given[name] = given.get(name, 0) + cents
            let_go[name] = let_go.get(name, 0) + cents
    return given, let_go


def _named(pay: Mapping[str, int], saved: Mapping[str, int], owed: Mapping[str, int]) -> tuple[dict[str, int], ...]:
    return (
        {accounts.due(person): cents for person, cents in pay.items()},
        {accounts.saved(person): cents for person, cents in saved.items()},
        {promised(person): cents for person, cents in owed.items()},
    )


def regularise(
    state: LedgerState, label: str, found: Drift, reason: str, forgiven: Collection[str] = ()
) -> Regularised:
    """Bring the difference of a closed month into the next open one; it may be let go for some people.

    What a purse cannot give back, since it was used, is borne by the pot, and remembered: if the facts change again
    the other way, it comes back first.
    """
    where, month = f"Régularisation {of(called(label))}", state.month(label)
    if month.adopted is None or month.frozen is None:
        raise refuse(where, f"ce mois est {month.status}.", "Rouvrez-le, ou changez seulement le carnet.")
    if state.frozen:
        todo = "Adoptez-le, ou rouvrez-le."
        raise refuse(where, f"{titled(state.frozen.label).lower()} est arrêté et n'est pas adopté.", todo)
    reason = written(reason, where, "Dites ce qui était faux dans le carnet.")
    given, let_go = _already(month)
    posted: dict[str, int] = {}
    left: dict[str, int] = {}
    for name in dict.fromkeys([*given, *found.result]):
        change = found.result.get(name, 0) - given.get(name, 0)
        back = _back(change, let_go.get(name, 0))
        now = change - back
        if name.startswith(accounts.due("")) and name.removeprefix(accounts.due("")) in forgiven:
            now = 0
        posted[name] = max(now, -max(0, _balance(state, name))) if _has_floor(name) else now
        left[name] = change - posted[name]
    people = [name.removeprefix(accounts.due("")) for name in posted if name.startswith(accounts.due(""))]
    return Regularised(
        month=label,
        into=state.next_label,
        fingerprint=found.fingerprint,
        facts=facts.as_data(found.month),
        orders=dict(found.orders),
        moves={name: posted[name] for name in found.result if ":" not in name and posted[name]},
        pay={person: cents for person in people if (cents := posted[accounts.due(person)])},
        saved={person: cents for person in people if (cents := posted.get(accounts.saved(person), 0))},
        owed={person: cents for person in people if (cents := posted.get(promised(person), 0))},
        left={name: cents for name, cents in left.items() if cents},
        sentences=_sentences(month, found, posted, people, reason),
        changes=found.changes,
        reason=reason,
    )


def _back(change: int, let_go: int) -> int:
    """Return the part of a change that only undoes what was let go."""
    if change * let_go >= 0:
        return 0
    return min(change, -let_go) if change > 0 else max(change, -let_go)


def _has_floor(name: str) -> bool:
    return name in _FLOORED or name.startswith((accounts.saved(""), promised("")))


def _balance(state: LedgerState, name: str) -> int:
    if name.startswith(promised("")):
        return state.owed.get(name.removeprefix(promised("")), 0)
    return state.balance(name)


def _sentences(
    month: MonthState, found: Drift, posted: Mapping[str, int], people: Collection[str], reason: str
) -> dict[str, str]:
    """Tell each person what she would have received, against what she was given, and why."""
    said = {}
    for person in people:
        if cents := posted[accounts.due(person)]:
            by_hand = month.pay.get(person, 0) - (month.frozen.pay.get(person, 0) if month.frozen else 0)
            right = found.result.get(accounts.due(person), 0) + by_hand
            more = "de plus" if cents > 0 else "de moins"
            said[person] = (
                f"Le carnet {of(called(month.label))} a été corrigé : {reason.rstrip('.')}. "
                f"Pour {called(month.label)}, le montant {of(person)} devient {euros(right)}. "
                f"C'est {euros(abs(cents))} {more} que ce qui était décidé."
            )
    return said


def _changes(
    old: Mapping[str, Any], month: Month, before: Mapping[str, tuple[int, int]], now: Mapping[str, tuple[int, int]]
) -> tuple[str, ...]:
    """Say what changed in the book: orders, hours, then that there is something else."""
    said = []
    for order in dict.fromkeys([*before, *now]):
        pairs = zip(before.get(order, (0, 0)), now.get(order, (0, 0)), strict=True)
        for what, (then, today) in zip(("ventes", "achats"), pairs, strict=True):
            if then != today:
                said.append(f"Commande {order}, {what} : {euros(then)} avant, {euros(today)} maintenant.")
    members = [str(each) for each in old["members"]]
    kept = np.asarray(old.get("minutes", np.zeros((1, len(members)))), np.int64).sum(0)
    for at, name in enumerate(month.members):
        then = int(kept[at]) if at < len(members) else 0
        if then != (today := int(month.all_minutes[at])):
            said.append(f"Heures {of(name)} : {hours(then)} avant, {hours(today)} maintenant.")
    return tuple(said) or ("Une présence, un statut, des points, une demande ou une somme d'avant a changé.",)
