"""Random facts, purses, settings and rules for the contract: small sizes, hard corners.

Sizes and settings are drawn by hypothesis, so they shrink; the arrays come from one drawn seed, so that ten thousand
cases take minutes. Each fact has the replicate axes or not, on its own: what is common to all replicates need not be
repeated.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from kpa_model.cooperative.month import Month, known_facts
from kpa_model.cooperative.work import KINDS
from kpa_model.declare.labels import Labelled, Labels
from kpa_model.declare.setting import ChoiceSetting, Names, NumberSetting, Setting, Weights, YesNo, settings_of
from kpa_model.pay.promise import known_promises
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule import PayRule, Trial
from kpa_model.pay.step import Step, known_steps

NAMES = (
    "Awa", "Élodie", "Bruno", "Hélène", "Chloé", "Idriss", "Jean-Luc", "Omar", "Zoé", "Ugo", "Léa-Marie", "Nora",
)  # fmt: skip
POLES = ("traiteur", "jardin", "conciergerie")
HIGH = {
    "minutes": 12_000, "points": 50_000, "claims": 300_000, "need": 500, "seniority": 40, "order_minutes": 3_000,
    "order_brought": 2, "past_minutes": 12_000, "past_points": 50_000, "past_pay": 200_000, "absence": 3_000,
    "calendar": 12, "cost_amount": 30_000, "line_minutes": 900, "line_kind": 3, "line_start": 1_440,
    "line_quantity": 9_000, "order_quantity": 30_000,
}  # fmt: skip
SIGNED = (
    "sales",
    "direct_costs",
    "sales_by_month",
    "margin_by_month",
    "order_sales",
    "order_costs",
    "carried",
    "decided",
)
FLAGS = ("present", "payable")
WORDS = {
    "role": ("", "Capitaine", "musicienne"), "own_pole": ("", "traiteur", "jardin"), "order_number": ("C1", "C2"),
    "order_customer": ("", "association", "particulier"), "line_task": ("", "Vaisselle et rangement", "service"),
    "cost_label": ("Épicerie", "service"),
}  # fmt: skip
SAID = ("vaisselle", "service", "capitaine", "traiteur", "jardin", "association", "C1", "rien de tel")
DAYS = (date(2019, 2, 1).toordinal(), date(2019, 6, 12).toordinal())
BIG = 10**10  # a hundred million euros
GROUND = {"need": 1}
PERSONAL = ("pay", "saved", "owed")
SHAPES = {name: about["axes"] for name, about in known_facts().items()}


def cases(by_day: int, by_night: int = 10_000) -> int:
    """Return how many cases to draw: few by day, ten thousand in the nightly profile.

    A test that is slow, and repeated for each step or promise, may ask for a thousand: there are more than ten steps.
    """
    return by_night if os.environ.get("KPA_HYPOTHESIS") == "nightly" else by_day


def amounts(rng: np.random.Generator, shape: tuple[int, ...], high: int) -> np.ndarray:
    """Return whole numbers from 0 to `high`: sometimes all zero, sometimes all alike, tiny, or with holes."""
    style = rng.integers(6)
    if style == 0:
        return np.zeros(shape, np.int64)
    if style == 1:
        return np.full(shape, rng.integers(high + 1))
    if style == 2:
        return rng.integers(0, min(high, 4) + 1, shape)
    drawn = rng.integers(0, high + 1, shape)
    return drawn * rng.integers(0, 2, shape) if style == 3 else drawn


def money(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Return cents: a usual month, a tiny one, a huge one, or a month that loses money."""
    high = (2_000_00, 100_00, 20, BIG)[rng.choice(4, p=(0.6, 0.2, 0.1, 0.1))]
    return amounts(rng, shape, high) * (-1 if rng.random() < 0.1 else 1)


def fact(rng: np.random.Generator, name: str, shape: tuple[int, ...], sizes: dict[str, int]) -> np.ndarray:
    """Return the array of one fact."""
    if name in WORDS:
        return rng.choice(WORDS[name], shape)
    if name == "line_who":
        return rng.integers(0, sizes["N"], shape)
    if name == "line_order":
        return rng.integers(-1, sizes["O"], shape)
    if name == "line_day":
        return rng.integers(*DAYS, shape)
    if name in FLAGS:
        return rng.random(shape) < rng.choice((0.0, 0.6, 1.0, 1.0))
    if name == "order_pole":
        return rng.integers(0, max(sizes["poles"], 1), shape)
    if name in SIGNED:
        return money(rng, shape)
    if name in HIGH:
        return amounts(rng, shape, HIGH[name]) + GROUND.get(name, 0)
    return np.abs(money(rng, shape))


@cache  # a strategy is checked once: made again at each draw, it would take more time than what it draws
@st.composite
def months(draw: st.DrawFn, axes: tuple[int, ...] = ()) -> Month:
    """Draw the facts of a month; each of them has the replicate `axes` or none."""
    people, orders, past = draw(st.integers(1, 12)), draw(st.integers(0, 5)), draw(st.integers(0, 4))
    poles, lines, bought = draw(st.integers(0, 3)), draw(st.integers(0, 5)), draw(st.integers(0, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = {"N": people, "K": len(KINDS), "O": orders, "L": lines, "C": bought, "H": past, "Y": past, "poles": poles}
    facts = {}
    for name, letters in SHAPES.items():
        leading = axes if rng.random() < 0.7 else ()
        facts[name] = fact(rng, name, (*leading, *(sizes[letter] for letter in letters)), sizes)
    return Month.of(NAMES[:people], label="2019-02", turn=draw(st.integers(0, 30)), poles=POLES[:poles], **facts)


def purses(rng: np.random.Generator, month: Month, axes: tuple[int, ...]) -> Purses:
    """Return purses in the middle of a rule: some pay given, the pot full, empty or overdrawn."""
    leading = axes if rng.random() < 0.7 else ()
    given = amounts(rng, (*leading, len(month.members)), 400_00 if rng.random() < 0.9 else BIG)
    who = month.paid if rng.random() < 0.7 else month.payable  # an absent person may have received an old debt
    now = replace(Purses.opening(month), pay=np.where(who, given, 0))
    return now if rng.random() < 0.3 else replace(now, pot=money(rng, leading))


def values(setting: Setting) -> st.SearchStrategy[Any]:
    """Return the strategy of one setting, from its declaration."""
    match setting:
        case NumberSetting():
            return st.integers(setting.low, setting.high) | st.sampled_from(
                [setting.low, setting.default, setting.high]
            )
        case ChoiceSetting():
            return st.sampled_from(list(setting.options))
        case Weights():
            return st.tuples(*(st.integers(0, setting.high) for _ in setting.parts))
        case YesNo():
            return st.booleans()
        case Names():
            return st.lists(st.sampled_from(NAMES), max_size=4, unique=True).map(tuple)
        case Labels():
            return st.lists(st.sampled_from(setting.known or SAID), max_size=2, unique=True).map(tuple)
        case Labelled():
            weight = st.integers(0, setting.high) | st.sampled_from((50, 150, 200))
            words = st.sampled_from(setting.known or SAID)
            return st.dictionaries(words, weight, max_size=2).map(lambda each: tuple(each.items()))
    raise NotImplementedError(f"teach the contract how to draw a {type(setting).__name__}")


@cache
def set_at_random(cls: Any, guarded: bool = False) -> st.SearchStrategy[Any]:
    """Return the strategy of one step or promise: its settings anywhere in their declared range; guards when asked.

    What is optional is set one time out of two.
    """
    return st.builds(cls, **{
        attribute: st.just(each.default) | values(each) if each.optional else values(each)
        for attribute, each in settings_of(cls).items()
        if guarded or "." not in each.name
    })  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """A step about to act: the facts, the purses before it, and a seed for what a law changes."""

    step: Step
    month: Month
    now: Purses
    axes: tuple[int, ...]
    seed: int

    @property
    def rng(self) -> np.random.Generator:
        """A generator, the same each time."""
        return np.random.default_rng(self.seed)


@st.composite
def situations(
    draw: st.DrawFn, cls: type[Step], axes: tuple[int, ...] | None = None, guarded: bool = False
) -> Situation:
    """Draw a step with random settings, about to act on random facts and purses that nobody may write."""
    where = draw(any_of(((), (3,)))) if axes is None else axes
    step, month, seed = draw(set_at_random(cls, guarded)), draw(months(where)), draw(st.integers(0, 2**32 - 1))
    now = purses(np.random.default_rng(seed), month, where)
    for held in (month, now):
        freeze(held)
    return Situation(step, month, now, where, seed)


def with_all_paid(of: Situation) -> Situation:
    """Return the same situation with everyone there, paid, the last one without hours, and money in the pot."""
    everyone = np.ones(len(of.month.members), np.bool_)
    hours = of.month.minutes * (np.arange(len(everyone)) < len(everyone) - 1)
    month = replace(of.month, present=everyone, payable=everyone, minutes=hours)
    return replace(of, month=month, now=replace(of.now, pot=np.abs(of.now.pot) + 1_000_00))


any_of = cache(st.sampled_from)
TRIALS = st.none() | st.builds(Trial, st.integers(1, 8), st.none() | st.dates(date(2019, 1, 1)))
TEXTS = st.sampled_from(["", "Une : règle", "oui", "null", "# rien", "« L'heure » d'Élodie", "- a\n- b", '"'])


@cache
@st.composite
def rules(draw: st.DrawFn, most: int = 6) -> PayRule:
    """Draw a rule: any steps in any order, any promises, with texts that YAML finds hard."""
    known, promised = any_of(tuple(known_steps().values())), any_of(tuple(known_promises().values()))
    steps = [draw(set_at_random(draw(known), draw(st.booleans()))) for _ in range(draw(st.integers(1, most)))]
    kept = [draw(set_at_random(draw(promised))) for _ in range(draw(st.integers(0, 2)))]
    trial = draw(TRIALS)
    told = {name: draw(TEXTS) for name in ("sentence", "favours", "objections")}
    return PayRule(draw(TEXTS) or "Essai", tuple(steps), tuple(kept), trial, **told)


def freeze(held: Any) -> None:
    """Make every array of a dataclass read-only."""
    for each in fields(held):
        array = getattr(held, each.name)
        if isinstance(array, np.ndarray):
            array.flags.writeable = False


def pick(held: Any, at: tuple[int, ...]) -> Any:
    """Return one replicate of a month or of purses; what has no replicate axes stays."""
    arrays = {name: (getattr(held, name), len(letters)) for name, letters in _axes(held).items()}
    return replace(held, **{name: array[at] for name, (array, own) in arrays.items() if array.ndim > own})


def reorder(held: Any, order: np.ndarray) -> Any:
    """Return the same month or purses with the members in another order."""
    moved = {name: getattr(held, name)[..., order] for name, own in _axes(held).items() if own.endswith("N")}
    if isinstance(held, Month):
        moved["members"] = tuple(held.members[at] for at in order)
        moved["line_who"] = np.argsort(order)[held.line_who]
    return replace(held, **moved)


def doubled(held: Any) -> Any:
    """Return the same month or purses with every amount of money doubled."""
    units = {name: about["unit"] for name, about in known_facts().items()}
    names = [name for name, unit in units.items() if "centimes" in unit] if isinstance(held, Month) else _purses()
    return replace(held, **{name: getattr(held, name) * 2 for name in names})


def _axes(held: Any) -> dict[str, str]:
    """Return the axes of each array, replicates apart."""
    return SHAPES if isinstance(held, Month) else {name: "N" * (name in PERSONAL) for name in _purses()}


def _purses() -> list[str]:
    return [each.name for each in fields(Purses)]
