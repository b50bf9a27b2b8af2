"""What a step of a pay rule is, and the register of all known steps.

To add one: a class of under 30 lines, under `@step(...)`, in a module of `steps/`, and one case in `tests/cases/`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, TypeVar

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.money import WHOLE, Cents, split_cents
from kpa_model.pay.promise import Promise
from kpa_model.pay.purses import Move, Purses


class Family(StrEnum):
    """When a step usually comes; the value is the heading members read."""

    LEVY = "Avant de partager"
    RECOGNISE = "Reconnaître un rôle ou un effort"
    SHARE = "Partager l'enveloppe"
    REQUEST = "Payer ce qui est demandé ou promis"
    LIMIT = "Protéger et rapprocher"
    SHORTAGE = "Quand l'enveloppe ne suffit pas"
    REST = "Ce qui reste"


class Takes(StrEnum):
    """What a step takes from the pot."""

    NOTHING = "rien"
    PART = "une part de ce qui reste"
    REST = "tout ce qui reste"
    DUE = "ce qui est dû, même au-delà"
    PROMISED = "ce qui est promis, même au-delà"


@dataclass(frozen=True, eq=False)
class Seen:
    """What a step sees when it explains itself to one person: a single month, before and after the step."""

    month: Month
    who: int
    before: Purses
    after: Purses

    @property
    def name(self) -> str:
        """Name of the person."""
        return self.month.members[self.who]

    @property
    def delta(self) -> int:
        """Change of the person's pay, in cents."""
        return int((self.after.pay - self.before.pay)[..., self.who])

    @property
    def moved(self) -> int:
        """What left the pot in this step, in cents."""
        return int(self.before.pot - self.after.pot)


class Step:
    """Base of every step. A step never returns a pay: it moves cents between purses.

    What it declares, so that nobody has to guess from its name:
        facts: the facts of the month that it reads, besides who is here and who can be paid.
        gives: the purses it may add to.
        takes: what it takes from the pot.
        refills: it may put money back in the pot.
        mends: it brings an overdrawn pot back to what there is.
        lowers: it may lower any amount given before, even the lowest.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    family: ClassVar[Family]
    about: ClassVar[str]
    breaks: ClassVar[Mapping[str, str]]
    facts: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[tuple[str, ...]] = ("pay",)
    takes: ClassVar[Takes] = Takes.PART
    refills: ClassVar[bool] = False
    mends: ClassVar[bool] = False
    lowers: ClassVar[bool] = False

    def reads(self) -> tuple[str, ...]:
        """Return the facts that this step reads with its settings: those it declares, or fewer."""
        return self.facts

    def empties(self) -> bool:
        """Tell whether nothing can be left in the pot after it."""
        return self.takes is Takes.REST or getattr(self, "part", 0) == WHOLE

    def claims(self) -> Promise | None:
        """Return what it claims of the amounts at the end, when it claims something."""
        return None

    def move(self, month: Month, now: Purses) -> Move:
        """Return what moves, for every replicate at once. Changes nothing in its arguments."""
        raise NotImplementedError

    def minute_weights(self) -> tuple[int, ...]:
        """Return what a minute of each kind of work weighs in what this step pays, `[K]`; alike unless a step says."""
        return ALIKE

    def says(self) -> str:
        """Return the step as a French sentence to read aloud."""
        raise NotImplementedError

    def because(self, seen: Seen) -> str:
        """Return why this person's amount changed (or did not) at this step, in French."""
        raise NotImplementedError


ALIKE = (1,) * len(KINDS)
"""Every kind of work weighs the same."""

_STEPS: dict[str, type[Step]] = {}
_S = TypeVar("_S", bound=type[Step])


def step(
    name: str, title: str, family: Family, about: str, breaks: Mapping[str, str] | None = None
) -> Callable[[_S], _S]:
    """Make a class a step: a frozen dataclass, registered under its French file name.

    Args:
        name: name in the files, for example `plancher`.
        title: what the screen shows.
        family: heading under which the screen lists it.
        about: one or two plain French sentences for the reference page.
        breaks: optional laws that the step does not keep, and why, in French; the contract tests check the others.
    """

    def register(cls: _S) -> _S:
        made: _S = dataclass(frozen=True)(cls)  # type: ignore[assignment]
        made.name, made.title, made.family, made.about, made.breaks = name, title, family, about, breaks or {}
        if name in _STEPS:
            raise ValueError(f"two steps are called {name}")
        _STEPS[name] = made
        return made

    return register


@lru_cache(maxsize=1)
def known_steps() -> Mapping[str, type[Step]]:
    """Return every step by its file name, by family then by module; reads the modules of `steps/` once."""
    from kpa_model.pay import steps

    for module in pkgutil.iter_modules(steps.__path__):
        importlib.import_module(f"{steps.__name__}.{module.name}")
    rank = {family: at for at, family in enumerate(Family)}
    return dict(sorted(_STEPS.items(), key=lambda item: rank[item[1].family]))


def affordable(now: Purses, wanted: Cents, turn: int) -> Cents:
    """Return what the pot can pay of amounts wanted, `[..., N]`: all of it, or a proportional cut."""
    return within(now.left, wanted, turn)


def within(money: Cents, wanted: Cents, turn: int) -> Cents:
    """Return what some money can pay of amounts wanted, `[..., N]`: all of it, or a proportional cut."""
    total = np.asarray(np.minimum(wanted.sum(-1), money), np.int64)
    return split_cents(total, wanted, turn=turn, if_nobody="keep")
