"""Rules to try: each template with its settings on a grid of round values, drawn evenly as a Latin hypercube.

Few points then reach every part of every side; the grid makes settings that people can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np

from kpa_model.declare.setting import NumberSetting, settings_of
from kpa_model.declare.unit import EURO, PERCENT
from kpa_model.finder.window import TIED
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Step, known_steps

FROM = "D'après"
"""How the title of a rule with other settings begins: its own title may tell the old ones."""

FREE_SCALE = 4
"""An amount is looked for up to four times its usual value; a rate up to the whole."""

TIED_PART = 3
"""A rule that ties months costs twenty times more: it gets so many times fewer candidates."""


@dataclass(frozen=True)
class Knob:
    """One setting that may move: the step (rank), the attribute, and its round values."""

    step: int
    attribute: str
    values: tuple[int, ...]


def knobs_of(rule: PayRule) -> tuple[Knob, ...]:
    """Return the settings of a rule that a group chooses: amounts and rates, but not those of purchases and host.

    A step that shares all there is goes on doing so.
    """
    found = []
    for at, step in enumerate(rule.steps):
        if {*step.gives} <= {"costs", "cae"}:
            continue
        for attribute, setting in settings_of(step).items():
            whole = attribute == "part" and step.empties()
            if isinstance(setting, NumberSetting) and not whole and not setting.optional:
                found.append(Knob(at, attribute, _values(step, attribute, setting)))
    return tuple(found)


def _values(step: Step, attribute: str, setting: NumberSetting) -> tuple[int, ...]:
    """Return about twenty round values, the one of now among them."""
    now = int(getattr(step, attribute))
    top = setting.high if setting.unit is PERCENT else min(setting.high, FREE_SCALE * max(setting.default, now))
    least = setting.unit.scale * (5 if setting.unit in (EURO, PERCENT) else 1)
    width = max(least, -(-(top - setting.low) // 20 // least) * least)
    return tuple(sorted({*range(setting.low, top + 1, width), now}))


def with_settings(rule: PayRule, knobs: Sequence[Knob], values: Sequence[int]) -> PayRule:
    """Return a rule with other settings, without the texts that told the old ones."""
    steps = list(rule.steps)
    for knob, value in zip(knobs, values, strict=True):
        steps[knob.step] = replace(steps[knob.step], **{knob.attribute: value})  # type: ignore[arg-type]
    title = rule.title if tuple(steps) == rule.steps or rule.title.startswith(FROM) else f"{FROM} “{rule.title}”"
    return replace(rule.recomposed(tuple(steps)), title=title, promises=())


def with_saving(rule: PayRule) -> PayRule:
    """Return the rule with one step more, which keeps a part of good months for bad ones, before anything is shared."""
    steps = rule.steps
    if any("reserve" in step.gives for step in steps):
        return rule
    at = next((at for at, step in enumerate(steps) if not {*step.gives} <= {"costs", "cae", "fund"}), len(steps))
    made = known_steps()["lissage"]()
    return replace(rule.recomposed((*steps[:at], made, *steps[at:])), title=f"{rule.title}, en lissant les mois")


def candidates(templates: Sequence[PayRule], many: int, seed: int) -> Iterator[PayRule]:
    """Yield about so many rules, template by template: all of its grid when it is small, else evenly drawn."""
    free = [rule for rule in templates if not rule.reads & TIED]
    tied = [rule for rule in templates if rule.reads & TIED]
    share = many // max(len(free) + len(tied) // TIED_PART, 1)
    for at, rule in enumerate((*free, *tied)):
        yield from _of(rule, max(share if at < len(free) else share // TIED_PART, 1), seed + at)


def _of(rule: PayRule, many: int, seed: int) -> Iterator[PayRule]:
    knobs = knobs_of(rule)
    yield with_settings(rule, (), ())
    if not knobs:
        return
    if prod(len(knob.values) for knob in knobs) <= many:
        yield from (with_settings(rule, knobs, values) for values in product(*(knob.values for knob in knobs)))
        return
    for row in evenly(many, len(knobs), seed):
        yield with_settings(
            rule, knobs, [knob.values[int(u * len(knob.values))] for u, knob in zip(row, knobs, strict=True)]
        )


def evenly(many: int, sides: int, seed: int) -> np.ndarray:
    """Return points `[many, sides]` of the box `[0, 1)`: each side is cut in `many` parts, each part serves once."""
    chance = np.random.default_rng(seed)
    parts = chance.permuted(np.tile(np.arange(many), (sides, 1)), axis=1).T
    return (parts + chance.random((many, sides))) / many


def neighbours(rule: PayRule) -> Iterator[PayRule]:
    """Yield the rules one step away on the grid, one setting at a time."""
    for knob in knobs_of(rule):
        now = int(getattr(rule.steps[knob.step], knob.attribute))
        at = int(np.searchsorted(knob.values, now))
        for near in (at - 1, at + 1):
            if 0 <= near < len(knob.values):
                yield with_settings(rule, (knob,), (knob.values[near],))
