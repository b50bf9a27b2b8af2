"""Put a small change in the code as it runs, in a fork, and call the tests of `tests/told`: for `benchmarks.mutations`.

Nothing is imported again: a change takes a tenth of a second or a few. A declaration (a default, a bound) runs once, at
import, and is not seen here.
"""

from __future__ import annotations

import functools
import gc
import importlib
import os
import pkgutil
import re
import resource
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType

from kpa_model.pay.promise import known_promises
from kpa_model.pay.step import known_steps
from tests.told import test_activities, test_benefits, test_counts, test_records, test_scenarios, test_steps

Test = Callable[[], None]
LONGEST = 60
"""Seconds of processor for one change: beyond, it turns for ever."""


def _each(test: Callable[[str], None], names: Sequence[str]) -> list[Test]:
    return [functools.partial(test, name) for name in names]


STEPS = _each(test_steps.test_a_step_moves_and_says_what_it_did, [*known_steps()])
PROMISES = _each(test_steps.test_a_promise_sees_and_says_what_it_did, [*known_promises()])
ACTIVITIES = _each(test_activities.test_an_activity_says_what_it_said, [*test_activities.OURS])
WEIGHTS = test_steps.test_a_weight_is_written_as_it_was
RULES = test_steps.test_a_rule_pays_says_and_warns_as_it_did
YEARS = test_steps.test_a_rule_looks_back_as_it_did
CUTS = test_counts.test_amounts_are_cut_and_explained_as_they_were
ROOMS: list[Test] = [
    test_counts.test_people_share_and_choose_as_they_did,
    test_counts.test_cases_and_mixes_say_what_they_said,
    test_records.test_a_record_says_what_it_said,
    test_records.test_a_record_with_something_less_is_read_or_refused_as_it_was,
    test_records.test_a_decision_is_written_and_refused_as_it_was,
]
NEAREST: dict[str, list[Test]] = {
    "money.py": [CUTS, RULES, *STEPS],
    "shortage/": [CUTS, RULES, *STEPS],
    "pay/promise.py": [*PROMISES, RULES],
    "pay/per_hour.py": [*PROMISES, RULES],
    "pay/": [WEIGHTS, RULES, YEARS, CUTS, *STEPS, *PROMISES],
    "simulation/": [
        test_scenarios.test_a_card_says_and_does_what_it_did,
        test_scenarios.test_a_scenario_supposes_and_gives_what_it_did,
    ],
    "benefits/": [
        test_benefits.test_the_layers_of_pay_are_what_they_were,
        test_benefits.test_dated_amounts_say_what_they_said,
        test_benefits.test_what_is_left_in_hand_is_what_it_was,
    ],
    "decision/": [*ACTIVITIES, *ROOMS],
}


def tests_of(name: str, source: str) -> list[Test]:
    """Return the tests to call for a file: those of its own steps or activities alone, when it has some."""
    near = next(tests for start, tests in NEAREST.items() if name.startswith(start))
    own = set(re.findall(r'@(?:step|activity|promise)\(\s*"(\w+)"', source))
    mine = [each for each in near if isinstance(each, functools.partial) and each.args[0] in own]
    return [*mine, *(each for each in near if not isinstance(each, functools.partial))] if mine else near


class Running:
    """The code of the package, loaded once: its functions by file, and what they keep of past answers."""

    def __init__(self, package: Path, parts: Sequence[str]) -> None:
        self.package = package
        for part in parts:
            home = importlib.import_module(f"kpa_model.{part}")
            for each in pkgutil.walk_packages(getattr(home, "__path__", []), f"{home.__name__}."):
                importlib.import_module(each.name)
        self.functions = defaultdict[str, list[FunctionType]](list)
        self.kept: list[functools._lru_cache_wrapper[object]] = []
        for held in gc.get_objects():
            if isinstance(held, FunctionType):
                self.functions[held.__code__.co_filename].append(held)
            elif isinstance(held, functools._lru_cache_wrapper):
                self.kept.append(held)
        gc.freeze()

    def sees(self, path: Path, before: bytes, after: bytes) -> bool:
        """Tell whether a test sees the change; False too for what only runs at import."""
        old, new = (dict(_codes(compile(source, str(path), "exec"))) for source in (before, after))
        changed = {at: code for at, code in new.items() if at in old and old[at] != code}
        touched = [each for each in self.functions[str(path)] if _place(each.__code__) in changed]
        if not touched:
            return False
        child = os.fork()
        if not child:
            self._call(touched, changed, tests_of(path.relative_to(self.package).as_posix(), before.decode()))
        return os.waitpid(child, 0)[1] != 0

    def _call(self, touched: list[FunctionType], changed: dict[tuple[str, int], CodeType], tests: list[Test]) -> None:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(null, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 1))
        seen = 0
        try:
            for each in touched:
                each.__code__ = changed[_place(each.__code__)]
            for kept in self.kept:
                kept.cache_clear()
            for test in tests:
                test()
        except BaseException:
            seen = 1
        os._exit(seen)


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    yield _place(code), code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)
