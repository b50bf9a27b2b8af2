"""How a rule changed from one decision to the next, in sentences: steps added, removed, moved, set otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from kpa_model.decision.record import RuleTold
from kpa_model.declare.setting import settings_of
from kpa_model.errors import KpaError
from kpa_model.pay import rule_file
from kpa_model.pay.promise import Promise
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Step
from kpa_model.words import listing, uncapital

Item = Step | Promise
SAME = "La règle n'a pas changé."


def told_changes(before: RuleTold, after: RuleTold) -> tuple[str, ...]:
    """Return how the rule of a record differs from the one before; a rule written by a later workbook says so."""
    try:
        return changes(rule_file.loads(before.text), rule_file.loads(after.text))
    except KpaError:
        same = before.sentences == after.sentences
        return (SAME,) if same else ("Une des deux règles ne se lit plus ici. Comparez les deux comptes rendus.",)


def changes(before: PayRule, after: PayRule) -> tuple[str, ...]:
    """Return every change, steps first, then promises; one sentence when nothing changed."""
    said = [
        *_compared(before.steps, after.steps, ("l'étape", "étape")),
        *_compared(before.promises, after.promises, ("la promesse", "promesse")),
    ]
    return tuple(said) or (SAME,)


def _compared(before: Sequence[Item], after: Sequence[Item], words: tuple[str, str]) -> list[str]:
    """Tell the changes of one list; an item is the same when it has the same name, taken in order."""
    pairs, gone, new = _paired(before, after)
    said = [f"Nous retirons {words[0]} « {before[at].title} »." for at in gone]
    said += [f"Nous ajoutons {words[0]} « {after[at].title} ». {after[at].says()}" for at in new]
    for old, now in pairs:
        said += _reset(before[old], after[now])
    return [*said, *_moved(after, pairs, words[1])]


def _paired(before: Sequence[Item], after: Sequence[Item]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pair items of the same name: equal ones first, then in order; return also what is gone and what is new."""
    left, free, pairs = list(range(len(before))), list(range(len(after))), []
    for alike in (lambda one, other: one == other, lambda one, other: one.name == other.name):
        for old in list(left):
            found = next((now for now in free if alike(before[old], after[now])), None)
            if found is not None:
                pairs.append((old, found))
                left.remove(old)
                free.remove(found)
    return sorted(pairs), left, free


def _reset(before: Item, after: Item) -> list[str]:
    """Tell each setting that changed."""
    said = []
    for attribute, setting in settings_of(after).items():
        old, now = getattr(before, attribute), getattr(after, attribute)
        if old != now:
            label = uncapital(setting.label)
            said.append(f"« {after.title} », {label} : avant {setting.show(old)}, maintenant {setting.show(now)}.")
    return said


def _moved(after: Sequence[Item], pairs: Sequence[tuple[int, int]], word: str) -> list[str]:
    """Tell the items that changed place among those that stay; as few as explain the new order."""
    order = [now for _, now in sorted(pairs)]
    blocks = SequenceMatcher(None, order, sorted(order), autojunk=False).get_matching_blocks()
    stayed = {order[block.a + at] for block in blocks for at in range(block.size)}
    names = [f"« {after[now].title} »" for now in sorted(order) if now not in stayed]
    if not names:
        return []
    return [f"{listing(names)} {'change' if len(names) == 1 else 'changent'} de place dans l'ordre des {word}s."]
