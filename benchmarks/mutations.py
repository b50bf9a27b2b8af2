"""Which small changes of the code go unseen by the nearest tests? `python -m benchmarks.mutations`.

A sample of mutants, drawn with a seed, over the parts that count money and votes. Each is first put in the code as it
runs (see `in_place`); one that no test of `tests/told` sees is then written in its file, and the nearest tests run on a
fresh import. It REWRITES the files it mutates, one at a time: run it in a copy.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import sqrt
from pathlib import Path

import hypothesis
import pytest

from benchmarks.in_place import Running

ROOT = Path(__file__).parents[1]
PAY = (
    "unit/test_engine.py unit/test_purses.py unit/test_seek.py unit/test_odd_cent.py unit/test_crossed.py "
    "unit/test_promise.py unit/test_advice.py unit/test_boundaries.py unit/test_rule.py unit/test_rule_file.py "
    "unit/test_cae_scale.py literature/test_cae_scale.py unit/test_reasons.py cases contract/test_reads.py"
)
SIMULATION = (
    "unit/test_boundaries.py unit/test_staffing.py unit/test_scenario_file.py simulation/test_fingerprints.py "
    "simulation/test_closed_forms.py simulation/test_conservation.py simulation/test_seeds.py "
    "simulation/test_any_rule.py simulation/test_situations.py simulation/test_compiled.py"
)
BENEFITS = (
    "unit/test_boundaries.py unit/test_benefits.py unit/test_benefit_parameters.py literature/test_in_hand_tables.py "
    "openfisca/test_against_openfisca.py"
)
DECISION = (
    "unit/test_boundaries.py unit/test_decision_algorithms.py literature/test_majority.py "
    "literature/test_equal_shares.py unit/test_decision_record.py unit/test_activities_told.py unit/test_live.py "
    "unit/test_server_activities.py unit/test_proposing.py unit/test_workshop_record.py unit/test_workshop_facts.py"
)
NEAREST = {
    "money.py": "unit/test_money.py literature/test_split.py",
    "pay/*.py": PAY,
    "pay/steps/*.py": PAY,
    "shortage/*.py": "literature/test_claims.py unit/test_claims.py",
    "simulation/weather/*.py": SIMULATION,
    "simulation/months/*.py": SIMULATION,
    "benefits/*.py": BENEFITS,
    "decision/*.py": DECISION,
    "decision/activities/*.py": DECISION,
}
PARTS = tuple({each.split("/")[0].removesuffix(".py"): "" for each in NEAREST})
ALWAYS = "told unit/test_survivors.py shape/test_docs.py"

SWAPS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
    ast.Mod: ("%", "//"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}


@dataclass(frozen=True)
class Mutant:
    """One small change of one file, and the tests nearest to it."""

    path: Path
    tests: tuple[str, ...]
    start: int
    end: int
    text: str

    @property
    def name(self) -> str:
        """What `--only` calls it."""
        return f"{self.path.relative_to(ROOT)}:{self.start}:{self.text}"

    def source(self, whole: bytes) -> bytes:
        """Return the file, changed."""
        return whole[: self.start] + self.text.encode() + whole[self.end :]

    @property
    def line(self) -> int:
        """Which line it changes, from 1."""
        return self.path.read_bytes()[: self.start].count(b"\n") + 1

    def __str__(self) -> str:
        whole = self.path.read_bytes()
        before, after = (text.split(b"\n")[self.line - 1].decode().strip() for text in (whole, self.source(whole)))
        return f"{self.name} (ligne {self.line})\n    - {before}\n    + {after}"


def places(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk through the code, notes on types left out."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
                yield from places(child)


def changes(node: ast.AST, at: Callable[[int, int], int], whole: bytes) -> Iterator[tuple[int, int, str]]:
    """Say how one place may be changed: start, end, new text. `at` gives a place in bytes from a line and a column."""

    def between(left: ast.expr, operator: ast.AST, right: ast.expr) -> Iterator[tuple[int, int, str]]:
        old, new = SWAPS.get(type(operator), ("", ""))
        start, end = at(left.end_lineno or 0, left.end_col_offset or 0), at(right.lineno, right.col_offset)
        if old and (found := whole.find(old.encode(), start, end)) >= 0:
            yield found, found + len(old), new

    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for before, operator, after in zip([left, *others], ops, others, strict=False):
                yield from between(before, operator, after)
        case ast.BinOp(left=left, op=operator, right=right):
            yield from between(left, operator, right)
        case ast.BoolOp(op=operator, values=values):
            for before, after in pairwise(values):
                yield from between(before, operator, after)
        case ast.AugAssign(target=target, op=operator, value=value):
            yield from between(target, operator, value)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield at(node.lineno, node.col_offset), at(operand.lineno, operand.col_offset), ""
        case ast.Constant(value=bool() | int() | float() as value):
            new = repr(not value if isinstance(value, bool) else value + 1)
            yield at(node.lineno, node.col_offset), at(node.end_lineno or 0, node.end_col_offset or 0), new


def mutants_of(path: Path, tests: tuple[str, ...]) -> Iterator[Mutant]:
    """Change the file in every way we know: an operator, a number, a yes or no."""
    whole = path.read_bytes()
    begins = [0, *accumulate(len(line) for line in whole.splitlines(keepends=True))]
    for node in places(ast.parse(whole)):
        for start, end, text in changes(node, lambda line, column: begins[line - 1] + column, whole):
            try:
                compile(whole[:start] + text.encode() + whole[end:], path, "exec")
            except SyntaxError:
                continue
            yield Mutant(path, tests, start, end, text)


def every() -> list[Mutant]:
    """Return all mutants of the parts that count."""
    found = []
    for pattern, tests in NEAREST.items():
        nearest = tuple(f"tests/{each}" for each in [*ALWAYS.split(), *tests.split()])
        for path in sorted((ROOT / "kpa_model").glob(pattern)):
            found += mutants_of(path, nearest)
    return found


class FewCases:
    """A plugin of pytest: a few cases for each law are enough to see most changes."""

    def pytest_collection_finish(self) -> None:
        """Called by pytest once the project's own profile is loaded."""
        hypothesis.settings.register_profile("few", max_examples=10, derandomize=True, deadline=None, database=None)
        hypothesis.settings.load_profile("few")


def _child(tests: tuple[str, ...]) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.setsid()
    for name in [each for each in sys.modules if each.split(".")[0] in ("kpa_model", "tests")]:
        del sys.modules[name]  # to be imported again, changed
    given = ["-x", "-q", "-p", "no:cacheprovider", *tests]
    os._exit(int(pytest.main(given, plugins=[FewCases()])))


def seen(tests: tuple[str, ...], limit: float) -> str:
    """Run tests in a fork; return « vu », « survit » or « temps »."""
    child = os.fork()
    if not child:
        _child(tests)
    end = time.monotonic() + limit
    try:
        while time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return "survit" if status == 0 else "vu"
            time.sleep(0.02)
        return "temps"
    finally:
        try:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def tried(mutant: Mutant, limit: float) -> str:
    """Write one mutant, run its tests, put the file back."""
    whole = mutant.path.read_bytes()
    try:
        mutant.path.write_bytes(mutant.source(whole))
        return seen(mutant.tests, limit)
    finally:
        mutant.path.write_bytes(whole)


def wilson(survived: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share."""
    share, spread = survived / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / total + spread / total / 4) / (1 + spread)
    return middle - half, middle + half


def main() -> None:
    """Draw, try, say."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=12)
    options.add_argument("--many", type=int, default=300)
    options.add_argument("--first", type=int, default=0, help="how many of those drawn to pass over")
    options.add_argument("--limit", type=float, default=240.0, help="seconds for one mutant")
    options.add_argument("--only", nargs="*", help="names of mutants to try again")
    asked = options.parse_args()
    found = every()
    print(f"{len(found)} changements possibles", flush=True)
    random.Random(asked.seed).shuffle(found)
    sample = found[asked.first : asked.first + asked.many]
    if asked.only:
        sample = [each for each in found if each.name in asked.only]
    for each in {each.tests for each in sample}:
        if seen(each, 600) != "survit":
            sys.exit(f"Ces tests ne passent pas avant tout changement : {' '.join(each)}")
    running = Running(ROOT / "kpa_model", PARTS)
    sys.dont_write_bytecode = True  # what is compiled before any change serves for every mutant
    verdicts: Counter[str] = Counter()
    for each in sample:
        whole = each.path.read_bytes()
        verdict = "vu" if running.sees(each.path, whole, each.source(whole)) else tried(each, asked.limit)
        verdicts[verdict] += 1
        print(f"{verdict} {each}" if verdict != "vu" else f"vu {each.name}", flush=True)
    total, survived = verdicts.total(), verdicts["survit"]
    low, high = wilson(survived, total)
    print(f"{dict(verdicts)} : {survived / total:.1%} survivent ({low:.1%} à {high:.1%}), graine {asked.seed}")


if __name__ == "__main__":
    main()
