"""Documents without names: letters instead, everywhere, and no line per person when the group is small.

Names are replaced where they live (the month, the settings of the rule), so that every sentence made afterwards says
the letter; only texts that people typed are searched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from kpa_model.cooperative.book import OrderBook
from kpa_model.declare.setting import Names, settings_of
from kpa_model.pay.engine import Settlement
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Step
from kpa_model.story.pay.comparison import View
from kpa_model.story.provenance import data_fingerprint

SMALL = 5
"""Under this number of people, a line without a name still tells who it is."""

SOMEBODY = "une personne"
"""Stands for a name that is written in a rule but not in the list of members."""

_S = TypeVar("_S", bound=Step)


def too_small(people: int) -> bool:
    """Tell whether lines per person would let people be recognised."""
    return people < SMALL


def letters(names: Sequence[str], amounts: Sequence[int], secret: str) -> dict[str, str]:
    """Return name → `Personne A`, from the largest amount down: the letter says nothing that the amount does not.

    Equal amounts are shuffled by `secret`, something only those who hold the book know: the order of the list of
    members, which many people know, never shows through.
    """
    mixed = [hashlib.sha256(f"{secret} {name}".encode("utf-8", "replace")).hexdigest() for name in names]
    order = sorted(range(len(names)), key=lambda at: (-amounts[at], mixed[at]))
    return {names[at]: f"Personne {_letter(rank)}" for rank, at in enumerate(order)}


def _letter(rank: int) -> str:
    before, rank = divmod(rank, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + rank)


def letters_of(settlements: Sequence[Settlement], book: OrderBook) -> dict[str, str]:
    """Return the letter of each member over some months."""
    total = np.sum([each.pay + each.closing.saved - each.opening.saved for each in settlements], axis=0)
    return letters(settlements[0].month.members, [int(cents) for cents in total], data_fingerprint(book))


def without_names(settlements: Sequence[Settlement], known: Mapping[str, str]) -> tuple[Settlement, ...]:
    """Return the same settlements, with letters for names."""
    return tuple(
        replace(
            each,
            month=replace(each.month, members=tuple(known[name] for name in each.month.members)),
            rule=rule_without_names(each.rule, known),
            lines=tuple(replace(line, step=_step(line.step, known)) for line in each.lines),
        )
        for each in settlements
    )


def rule_without_names(rule: PayRule, known: Mapping[str, str]) -> PayRule:
    """Return the same rule, with letters for names in its settings and in its texts."""
    texts: dict[str, Any] = {
        name: masked(getattr(rule, name), known) for name in ("title", "sentence", "favours", "objections", "seen_at")
    }
    return replace(rule, steps=tuple(_step(step, known) for step in rule.steps), **texts)


def _step(step: _S, known: Mapping[str, str]) -> _S:
    changed = {
        attribute: tuple(known.get(name, SOMEBODY) for name in getattr(step, attribute))
        for attribute, each in settings_of(step).items()
        if isinstance(each, Names)
    }
    return replace(step, **changed) if changed else step  # type: ignore[arg-type]


def views_without_names(views: Iterable[View], book: OrderBook) -> tuple[View, ...]:
    """Return the same views, with letters for names; the first view gives the order of letters."""
    views = tuple(views)
    people = views[0].people
    amounts = [person.cents for person in people]
    known = letters([person.name for person in people], amounts, data_fingerprint(book))
    rank = {name: at for at, name in enumerate(known)}
    return tuple(
        replace(
            view,
            rule=rule_without_names(view.rule, known),
            people=tuple(
                replace(person, name=known[person.name])
                for person in sorted(view.people, key=lambda person: rank[person.name])
            ),
            sentences=tuple(masked(sentence, known) for sentence in view.sentences),
        )
        for view in views
    )


def masked(text: str, known: Mapping[str, str]) -> str:
    """Return a text that people typed, with letters for names, whole words only, capitals or not."""
    if not known or not text:
        return text
    folded = {name.casefold(): alias for name, alias in known.items() if name}
    longest_first = sorted(folded, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(d['’])?({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda found: ("de " if found[1] else "") + folded.get(found[2].casefold(), SOMEBODY), text)
