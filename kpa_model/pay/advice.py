"""Gentle French warnings on a rule as it is composed: what will surprise, said before the first month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.month import Month
from kpa_model.declare.setting import Names, settings_of
from kpa_model.pay.promise import NobodyUnder
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Step, Takes
from kpa_model.words import count, euros, hours, listing, month_name, of


def advice(rule: PayRule, month: Month | None = None) -> tuple[str, ...]:
    """Return what may surprise the group, in French; empty when nothing does.

    Args:
        rule: the rule as composed so far.
        month: facts of a month, to check the names of people.
    """
    checks = (
        _pays_nobody,
        _leaves_costs_unpaid,
        _overdraws,
        _empties_too_early,
        _breaks_its_minimum,
        _two_minimums,
        _repeats,
    )
    said = [sentence for check in checks for sentence in check(rule.steps, rule)]
    return (*said, *_names(rule.steps, month))


_TIME = {"minutes", "order_minutes", "line_minutes", "past_minutes"}


def missing_facts(rule: PayRule, month: Month) -> str:
    """Return what a rule needs and the month does not say: hours, then points; an empty text when all is there."""
    when = month_name(CalendarMonth.parse(month.label).first_day) if month.label else "ce mois-ci"
    read = rule.reads
    if read & _TIME and not month.all_minutes.any():
        return f"Aucune heure n'est écrite en {when}. Cette règle compte les heures : elle ne peut pas partager juste."
    if "points" in read and not month.points.any():
        return f"Aucun point n'est écrit en {when}. Cette règle compte les points : elle ne peut pas partager juste."
    return ""


def unpaid_time(rule: PayRule, month: Month, names: bool = True) -> str:
    """Return whose hours give no part, for want of a CAPE, to a rule that counts hours; an empty text for nobody."""
    if not rule.reads & _TIME:
        return ""
    who = [at for at, left in enumerate(month.present & ~month.payable & (month.all_minutes > 0)) if left]
    if not who:
        return ""
    whose = listing([of(month.members[at]) for at in who]) if names else f"de {count(len(who), 'personne')}"
    lost = hours(int(month.all_minutes[who].sum()))
    return f"{lost} ne donnent pas de part : le temps {whose}, sans CAPE ce mois-ci."


def _the(at: int, step: Step) -> str:
    return f"L'étape {at + 1} (« {step.title} »)"


def _pays_nobody(steps: tuple[Step, ...], rule: PayRule) -> Iterator[str]:
    if not any("pay" in step.gives for step in steps):
        yield "Aucune étape ne paie quelqu'un. Ajoutez par exemple « Parts égales »."


def _leaves_costs_unpaid(steps: tuple[Step, ...], rule: PayRule) -> Iterator[str]:
    if not any("costs" in step.gives and "direct_costs" in step.facts for step in steps):
        yield "Les achats ne sont jamais payés. Ajoutez au début « Payer les achats et frais »."


def _overdraws(steps: tuple[Step, ...], rule: PayRule) -> Iterator[str]:
    for at, step in enumerate(steps):
        if step.overdraws() and not any(later.mends for later in steps[at + 1 :]):
            yield f"{_the(at, step)} peut dépasser l'enveloppe. Ajoutez plus loin « Ramener à l'enveloppe »."


def _empties_too_early(steps: tuple[Step, ...], rule: PayRule) -> Iterator[str]:
    """A request or a floor can still promise; a share, a role or a levy takes a part of nothing."""
    emptied: int | None = None
    for at, step in enumerate(steps):
        if emptied is not None and step.takes is Takes.PART and not step.refills:
            yield f"{_the(emptied, steps[emptied])} prend tout ce qui reste. L'étape {at + 1} n'aura rien."
        if step.refills:
            emptied = None
        elif step.empties() and emptied is None:
            emptied = at


def _breaks_its_minimum(steps: tuple[Step, ...], rule: PayRule) -> Iterator[str]:
    if any(isinstance(promise, NobodyUnder) for promise in rule.promises):
        return
    for at, step in enumerate(steps):
        if isinstance(step.claims(), NobodyUnder) and any(later.lowers for later in steps[at + 1 :]):
            yield f"{_the(at, step)} peut ensuite être réduite. Ajoutez la promesse « {NobodyUnder.title} »."


def minimums(rule: PayRule) -> tuple[int, ...]:
    """Return the minimums a person is given or promised by a rule, in cents, without repeating one."""
    claims = (*(step.claimed() for step in rule.steps), *rule.promises)
    return tuple(dict.fromkeys(each.least for each in claims if isinstance(each, NobodyUnder)))


def _two_minimums(steps: tuple[Step, ...], rule: PayRule) -> Iterator[str]:
    if len(both := minimums(rule)) > 1:
        yield f"La règle parle de plusieurs minimums : {listing([euros(each) for each in both])}. Est-ce voulu ?"


def other_minimum(rule: PayRule, least: int) -> str:
    """Return one French sentence when the minimum of a rule is not the one by which possible years are looked at."""
    others = [euros(each) for each in minimums(rule) if each != least]
    if not others:
        return ""
    return f"La règle « {rule.title} » dit {listing(others)} au moins. Ici, les mois bas sont sous {euros(least)}."


def _repeats(steps: tuple[Step, ...], rule: PayRule) -> Iterator[str]:
    for (first, one), (second, other) in combinations(enumerate(steps), 2):
        if one == other:
            yield f"Les étapes {first + 1} et {second + 1} sont identiques. Est-ce voulu ?"


def _names(steps: tuple[Step, ...], month: Month | None) -> Iterator[str]:
    for at, step in enumerate(steps):
        for attribute, setting in settings_of(step).items():
            chosen = getattr(step, attribute) if isinstance(setting, Names) else None
            if chosen == () and not setting.optional:
                yield f"{_the(at, step)} ne nomme personne. Choisissez qui est concerné."
            elif chosen and month and (unknown := [name for name in chosen if name not in month.members]):
                yield f"{_the(at, step)} nomme {listing(unknown)}. Ce mois-ci, ce nom n'est pas dans la liste."
