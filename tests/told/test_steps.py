"""What each step and promise moves and says, word for word, on months drawn with a seed; settings meet their limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import KINDS
from kpa_model.declare.labels import Labelled, Labels
from kpa_model.declare.setting import ChoiceSetting, Names, NumberSetting, Setting, Weights, YesNo, settings_of
from kpa_model.pay.advice import advice, minimums, missing_facts, other_minimum
from kpa_model.pay.engine import settle, settle_months
from kpa_model.pay.promise import Result, known_promises
from kpa_model.pay.purses import Purses
from kpa_model.pay.rule import PayRule
from kpa_model.pay.step import Seen, known_steps
from kpa_model.words import euros
from tests.contract.months import NAMES, POLES, SAID, SHAPES, fact, purses
from tests.told.golden import Golden, of_data

MONTHS = 60
EVERYTHING = {**known_steps(), **known_promises()}


def month(rng: np.random.Generator) -> Month:
    """Return a month of one to six people; each fact has draws of its own, so that one more changes no other."""
    sizes = {"N": int(rng.integers(1, 7)), "K": len(KINDS), **{each: int(rng.integers(0, 4)) for each in "OLCH"}}
    sizes |= {"Y": sizes["H"], "poles": int(rng.integers(0, 4))}
    seed = int(rng.integers(2**32))
    facts = {
        name: fact(np.random.default_rng([seed, *name.encode()]), name, tuple(sizes[each] for each in axes), sizes)
        for name, axes in SHAPES.items()
    }
    return Month.of(NAMES[: sizes["N"]], label="2019-02", turn=2, poles=POLES[: sizes["poles"]], **facts)


def drawn(rng: np.random.Generator, each: Setting, met: list[int]) -> Any:
    """Return a value of a setting: as usual, at a limit, anywhere, or just at (or beside) an amount of the month."""
    match each:
        case NumberSetting():
            near = [value + step for value in met for step in (0, 0, 1, -1) if each.low <= value + step <= each.high]
            usual = [each.default, each.low, each.high, int(rng.integers(each.low, each.high, endpoint=True))]
            return int(rng.choice(near if near and rng.random() < 0.5 else usual))
        case ChoiceSetting():
            return str(rng.choice(list(each.options)[: None if rng.random() < 0.5 else 4]))
        case Weights():
            return tuple(int(rng.choice([0, 100, 150, each.high])) for _ in each.parts)
        case YesNo():
            return bool(rng.integers(2))
        case Names():
            return tuple(map(str, rng.choice(NAMES[:6], rng.integers(0, 4), replace=False)))
        case Labels():
            return tuple(map(str, rng.choice(each.known or SAID, rng.integers(0, 3), replace=False)))
        case Labelled():
            words = map(str, rng.choice(each.known or SAID, rng.integers(0, 6), replace=False))
            return tuple((word, int(rng.choice([0, 50, 150, each.high]))) for word in words)
    raise NotImplementedError(f"teach the deck how to draw a {type(each).__name__}")


def set_by(rng: np.random.Generator, cls: Any, met: list[int], guarded: bool = False, often: float = 0.25) -> Any:
    """Return a step or promise with its settings drawn; what is optional is set one time in four."""
    values = {
        name: drawn(rng, each, met)
        for name, each in settings_of(cls).items()
        if (guarded or "." not in each.name) and (not each.optional or rng.random() < often)
    }
    return cls(**values)


def amounts(of: Month, now: Purses) -> list[int]:
    """Return the amounts of a month that a limit may meet."""
    each_hours = of.all_minutes.tolist()
    return [int(now.pot), *now.pay.tolist(), *each_hours, *of.seniority.tolist(), *of.points.tolist()]


def purses_said(of: Month, now: Purses) -> Iterator[str]:
    """Yield what is in each purse."""
    common = {name: int(getattr(now, name)) for name in ("pot", "costs", "cae", "fund", "reserve")}
    yield ", ".join(f"{name} {euros(value)}" for name, value in common.items() if value)
    for who, name in enumerate(of.members):
        held = {purse: int(getattr(now, purse)[who]) for purse in ("pay", "saved", "owed")}
        yield f"{name} : {', '.join(f'{purse} {euros(value)}' for purse, value in held.items() if value)}"


def situation(seed: int) -> tuple[np.random.Generator, Month, Purses]:
    """Return a month, and purses in the middle of a rule: the pot is often empty, or short by what was promised."""
    rng = np.random.default_rng(seed)
    of = month(rng)
    now = purses(rng, of, ())
    held = int(now.pay.sum())
    pots = [int(now.pot), abs(int(now.pot)), 0, int(rng.integers(-2, 4)), -held // 2, -held, -held - 5]
    pot = rng.choice(pots, p=(0.25, 0.25, 0.1, 0.1, 0.1, 0.1, 0.1))
    return rng, of, replace(now, pot=np.asarray(pot))


@pytest.mark.parametrize("name", known_steps())
def test_a_step_moves_and_says_what_it_did(name: str) -> None:
    golden, cls = Golden(name), known_steps()[name]
    known = settings_of(cls)
    own = [each for each in known.values() if "." not in each.name]
    golden.scene(
        cls.title, (", ".join(each.name for each in known.values()), *(line for each in own for line in of_data(each)))
    )
    many = len(own) > 9  # what counts
    for seed in range(MONTHS * (1 + 2 * many)):
        rng, of, now = situation(seed)
        step = set_by(rng, cls, amounts(of, now), guarded=seed % 4 == 3, often=0.4 if many else 0.25)
        if many:  # each thing that may be counted, in turn
            step = replace(step, what=[*known["what"].options][seed % len(known["what"].options)])  # type: ignore
        then = now.after(step.move(of, now))
        why = (f"{of.members[who]} : {step.because(Seen(of, who, now, then))}" for who in range(len(of.members)))
        golden.scene(f"mois {seed}", (step.says(), *why), (*purses_said(of, then), str(step.claims())))
    golden.check()


def test_a_weight_is_written_as_it_was() -> None:
    golden, rng = Golden("poids"), np.random.default_rng(12)
    weights = sorted({each * by for by in (1, 60, 100, 6_000) for each in (0, 1, 2, 3, 49, 50, 51, 99, 100, 101, 149,
                      150, 199, 200, 201, 250)})  # fmt: skip
    for name, cls in sorted(known_steps().items()):
        if Golden(name).path.exists() and len(set(cls().minute_weights())) > 1:
            golden.scene(f"{name}, genre après genre", (f"{cls().minute_weights()}",))
        ways = [*settings_of(cls)["what"].options] if "what" in settings_of(cls) else [""]  # type: ignore[attr-defined]
        for way in ways if "unit" in vars(cls) and Golden(name).path.exists() else ():
            one = replace(set_by(rng, cls, [], often=0), **({"what": way} if way else {}))
            golden.scene(f"{name} {way}".strip(), (), (f"{each} {one.unit(each)}" for each in weights))
    golden.check()


@pytest.mark.parametrize("name", known_promises())
def test_a_promise_sees_and_says_what_it_did(name: str) -> None:
    golden, cls = Golden(name), known_promises()[name]
    golden.scene(cls.title, (line for each in settings_of(cls).values() for line in of_data(each)))
    for seed in range(MONTHS):
        rng, of, now = situation(seed)
        each = set_by(rng, cls, amounts(of, now))
        result = Result(of, Purses.opening(of), now)
        even = replace(of, sales=np.abs(of.sales), direct_costs=np.abs(of.sales) + seed % 3 - 1)
        nobody = replace(now, pay=now.pay * 0, pot=np.asarray(-5))
        golden.scene(f"mois {seed}, personne n'est payé", (each.verdict(Result(even, Purses.opening(even), nobody)),))
        twice = replace(now, pay=np.stack([now.pay, now.pay[::-1]]))
        both = np.asarray(each.kept(replace(result, closing=twice))).tolist()
        broken = [name for name, beyond in zip(of.members, each.beyond(result).tolist(), strict=True) if beyond]
        golden.scene(
            f"mois {seed}", (each.says(), each.verdict(result)), (f"{bool(each.kept(result))} {both} {broken}",)
        )
    golden.check()


def test_a_rule_pays_says_and_warns_as_it_did() -> None:
    golden = Golden("regles")
    guard = [each for each in settings_of(known_steps()["parts_egales"]).values() if "." in each.name]
    golden.scene("Pour qui, quand, avec quel argent", (line for each in guard for line in of_data(each)))
    known, promised = (
        [cls for name, cls in sorted(each().items()) if Golden(name).path.exists()]
        for each in (known_steps, known_promises)
    )
    for seed in range(2 * MONTHS):
        rng, of, now = situation(seed)
        steps = [
            set_by(rng, known[at], amounts(of, now), guarded=seed % 3 == 2)
            for at in rng.choice(len(known), 1 + seed % 5)
        ]
        kept = [set_by(rng, each, amounts(of, now)) for each in promised if rng.random() < 0.2]
        rule = PayRule("Essai", tuple(steps), tuple(kept))
        result = settle(rule, of)
        told = (f"L'étape {at} s'appelle {each.title}." for at, each in enumerate(steps, 1))
        warned = (*advice(rule, of), missing_facts(rule, of), other_minimum(rule, 5_000), str(minimums(rule)))
        paid = (*purses_said(of, result.closing), f"{sorted(rule.reads)}")
        golden.scene(f"règle {seed}", warned, (*told, *rule.read_aloud(), *paid))
    golden.check()


def test_a_rule_looks_back_as_it_did() -> None:
    golden = Golden("mois_apres_mois")
    known = [known_steps()[name] for name in ("contributions_recentes", "rattrapage", "lissage", "payer_les_dettes")]
    for seed in range(12):
        rng, of, now = situation(seed)
        empty = {name: np.zeros((0, len(of.members)), np.int64) for name in ("past_pay", "past_minutes", "past_points")}
        months = [replace(of, label=f"2019-{at:02}", turn=at, **facts(of, seed + at)) for at in range(1, 9)]
        months = [
            months[0] if seed % 2 else replace(months[0], **empty),
            *(replace(each, **empty) for each in months[1:]),
        ]
        steps = [set_by(rng, each, amounts(of, now)) for each in known if rng.random() < 0.7]
        rule = PayRule("Essai", (*steps, known_steps()["par_heures"]()))
        paid = [line for each in settle_months(rule, months) for line in purses_said(each.month, each.closing)]
        golden.scene(f"année {seed}", rule.read_aloud(), paid)
    golden.check()


def facts(of: Month, seed: int) -> dict[str, np.ndarray]:
    """Return hours, sales and points of another month of the same people."""
    rng = np.random.default_rng(seed)
    return {name: rng.integers(0, 20_000, getattr(of, name).shape) for name in ("minutes", "sales", "points")}
