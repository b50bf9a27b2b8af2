"""What a step of a pay rule is, and the register of all known steps.

To add one: a class of under 30 lines, under `@step(...)`, in a module of `steps/`, and one case in `tests/cases/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import ClassVar, TypeVar

import numpy as np

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.money import WHOLE, Cents, split_cents
from kpa_model.pay.guard import Guarded
from kpa_model.pay.promise import Promise, WithinPot
from kpa_model.pay.purses import Move, Purses
from kpa_model.words import capital, uncapital


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


@dataclass(frozen=True)
class Step(Guarded):
    """Base of every step. A step never returns a pay: it moves cents between purses.

    What it declares, so that nobody has to guess from its name:
        facts: the facts of the month that it reads, besides who is here and who can be paid.
        gives: the purses it may add to.
        takes: what it takes from the pot.
        refills: it may put money back in the pot.
        mends: it brings an overdrawn pot back to what there is.
        lowers: it may lower any amount given before, even the lowest.
        for_each: it concerns people one by one, so that it can be for some of them only.

    `move`, `says` and `because` are those of the step alone; once registered, they follow its guard (see `guard`).
    """

    name: ClassVar[str] = ""  # what `@step` fills in; a step that is not registered has none of it
    title: ClassVar[str] = ""
    family: ClassVar[Family] = Family.REST
    about: ClassVar[str] = ""
    breaks: ClassVar[Mapping[str, str]] = MappingProxyType({})
    also: ClassVar[str] = ""
    facts: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[tuple[str, ...]] = ("pay",)
    takes: ClassVar[Takes] = Takes.PART
    refills: ClassVar[bool] = False
    mends: ClassVar[bool] = False
    lowers: ClassVar[bool] = False
    for_each: ClassVar[bool] = True

    @classmethod
    def shares_out(cls) -> bool:
        """Tell whether the step takes a part, or all, of what is in the pot."""
        return cls.takes in (Takes.PART, Takes.REST)

    def reads(self) -> tuple[str, ...]:
        """Return the facts that this step reads with its settings: those it declares, or fewer; its guard's too."""
        return (*self.looks_at(), *self.guard_reads())

    def looks_at(self) -> tuple[str, ...]:
        """Return the facts that the step itself reads with its settings."""
        return self.facts

    def empties(self) -> bool:
        """Tell whether nothing can be left in the pot after it."""
        return not self.guarded and (self.takes is Takes.REST or getattr(self, "part", 0) == WHOLE)

    def overdraws(self) -> bool:
        """Tell whether it may promise more than the pot holds."""
        return self.takes is Takes.PROMISED

    def claims(self) -> Promise | None:
        """Return what it claims of the amounts at the end, when it claims something."""
        return None

    def claimed(self) -> Promise | None:
        """Return what it claims of everybody: nothing when it is for some people or some months only."""
        return None if self.guarded else self.claims()

    def may_break(self, claim: Promise) -> bool:
        """Tell whether this step, coming later, may break a claim on amounts."""
        lifts, lowers = "pay" in self.gives, self.lowers
        if isinstance(claim, WithinPot):
            return self.overdraws() or self.takes is Takes.DUE
        if claim.crossing.startswith("fait passer"):
            return lowers
        return lifts if claim.crossing.startswith("fait dépasser") else lifts or lowers

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


def guard_a_step(cls: type[Step]) -> None:
    """Make the three methods of a step follow its guard: for whom, when, with which money."""
    move, says, because = cls.move, cls.says, cls.because

    def guarded_move(self: Step, month: Month, now: Purses) -> Move:
        if not self.guarded:
            return move(self, month, now)
        moved = move(self, self.seen_month(month), self.seen_purses(month, now))
        return self.only_when(month, now, moved)

    def guarded_says(self: Step) -> str:
        return said_under(self.guard_says(), says(self))

    def guarded_because(self: Step, seen: Seen) -> str:
        if not self.guarded:
            return because(self, seen)
        if not self.when(seen.month, seen.before).all():
            return "Cette étape n'agit pas ce mois-ci."
        if not self.who(seen.month)[seen.who]:
            return f"Cette étape n'est pas pour {seen.name}."
        before = self.seen_purses(seen.month, seen.before)
        month = self.seen_month(seen.month)
        return because(self, Seen(month, seen.who, before, before.after(move(self, month, before))))

    cls.move, cls.says, cls.because = guarded_move, guarded_says, guarded_because  # type: ignore[method-assign]


MOST_WORDS = 15
"""How long a sentence read aloud may be."""


def said_under(guard: tuple[str, ...], said: str) -> str:
    """Return a sentence with what its guard asks: in front when there is room, else in sentences of its own.

    >>> said_under(("en décembre",), "On partage l'enveloppe à parts égales.")
    "En décembre, on partage l'enveloppe à parts égales."
    """
    if not guard:
        return said
    if any(each.startswith("sur ") for each in guard):
        said = said.replace("l'enveloppe", "cet argent", 1)
    first, dot, rest = said.partition(". ")
    together = f"{', '.join(guard)}, {uncapital(first)}{dot}{rest}"
    if len(f"{' '.join(guard)} {first}".split(" ")) <= MOST_WORDS:
        return capital(together)
    one = len(" ".join(guard).split(" ")) < MOST_WORDS
    pieces = (", ".join(guard),) if one else guard
    return " ".join((*(f"Seulement {each}." for each in pieces), said))


ALIKE = (1,) * len(KINDS)
"""Every kind of work weighs the same."""

_STEPS: dict[str, type[Step]] = {}
_S = TypeVar("_S", bound=type[Step])


def step(
    name: str, title: str, family: Family, about: str, breaks: Mapping[str, str] | None = None, also: str = ""
) -> Callable[[_S], _S]:
    """Make a class a step: a frozen dataclass, registered under its French file name.

    Args:
        name: name in the files, for example `plancher`.
        title: what the screen shows.
        family: heading under which the screen lists it.
        about: one or two plain French sentences for the reference page.
        breaks: optional laws that the step does not keep, and why, in French; the contract tests check the others.
        also: other words people use for it, so that they find it.
    """

    def register(cls: _S) -> _S:
        made: _S = dataclass(frozen=True)(cls)  # type: ignore[assignment]
        guard_a_step(made)
        asked = {"avec.": made.shares_out(), "pour.": made.for_each}
        made.left_out = tuple(part for part, serves in asked.items() if not serves)
        made.name, made.title, made.family, made.about, made.breaks = name, title, family, about, breaks or {}
        made.also = also
        if name in _STEPS:
            raise ValueError(f"two steps are called {name}")
        _STEPS[name] = made
        return made

    return register


@lru_cache(maxsize=1)
def known_steps() -> Mapping[str, type[Step]]:
    """Return every step by its file name, by family then as the modules of `steps/` come."""
    from kpa_model.pay import steps

    steps.read()
    rank = {family: at for at, family in enumerate(Family)}
    return dict(sorted(_STEPS.items(), key=lambda item: rank[item[1].family]))


def affordable(now: Purses, wanted: Cents, turn: int) -> Cents:
    """Return what the pot can pay of amounts wanted, `[..., N]`: all of it, or a proportional cut."""
    return within(now.left, wanted, turn)


def within(money: Cents, wanted: Cents, turn: int) -> Cents:
    """Return what some money can pay of amounts wanted, `[..., N]`: all of it, or a proportional cut."""
    total = np.asarray(np.minimum(wanted.sum(-1), money), np.int64)
    return split_cents(total, wanted, turn=turn, if_nobody="keep")
