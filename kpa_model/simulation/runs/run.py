"""Running one plan, or many together: chunks on an executor, progress, stop and resume, workers that may be lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kpa_model.errors import KpaError, Problem
from kpa_model.simulation.runs import checkpoint
from kpa_model.simulation.runs.checkpoint import NOTHING, Progress
from kpa_model.simulation.runs.executors import Maker, Processes, Serial, opened
from kpa_model.simulation.runs.plan import Plan, Results, run_blocks

CHUNK = 32
"""Blocks in a chunk of a long run (8 192 replicates, a few seconds): the cost of sending it disappears."""

PIECES = 16
"""A short run is cut in at least so many chunks, so that progress shows and workers share."""

_AHEAD = 64
_CHECK_EVERY = 2.0  # seconds without an answer before asking whether anybody still works
_SAVE_EVERY = 5.0
_SAVE_AT_MOST = 20  # saving takes one part in so many of the time, even with hundreds of plans
_LOSSES = 3


NOWHERE: Mapping[str, Path] = MappingProxyType({})
"""Nothing is kept on disk."""


class Interrupted(KpaError):
    """Nothing was finished before the stop, or workers were lost again and again."""


@dataclass(frozen=True)
class Advance:
    """How far a run is, in replicates."""

    done: int
    total: int
    seconds: float


def _nothing(step: Advance) -> None:
    return None


def _never() -> bool:
    return False


def run(
    plan: Plan,
    make: Maker = Serial,
    *,
    on_progress: Callable[[Advance], None] = _nothing,
    should_stop: Callable[[], bool] = _never,
    resume: Path | None = None,
    chunk: int | None = None,
) -> Results:
    """Run a plan and return its sums, the same to the last bit whatever the executor, the chunks and the order.

    Args:
        plan: what to simulate.
        make: makes the executor, see `executors`; here and now by default.
        on_progress: called after each chunk.
        should_stop: asked after each chunk; when true, what is done is returned.
        resume: file that keeps what is done; read at the start when it exists.
        chunk: blocks sent together; chosen from the size of the run by default.

    Raises:
        Interrupted: stopped before anything was done, or workers were lost three times in a row without any result.
        OtherRun: the file to resume holds another run.
    """
    kept = {"": resume} if resume else {}
    return run_all({"": plan}, make, on_progress=on_progress, should_stop=should_stop, resume=kept, chunk=chunk)[""]


def run_all(
    plans: Mapping[str, Plan],
    make: Maker = Serial,
    *,
    on_progress: Callable[[Advance], None] = _nothing,
    should_stop: Callable[[], bool] = _never,
    resume: Mapping[str, Path] = NOWHERE,
    chunk: int | None = None,
) -> dict[str, Results]:
    """Run plans together on one executor, their chunks in turn, and return the sums of each by name.

    The sums of a plan are those of `run`, to the last bit, whatever the other plans. Memory holds the sums of each
    plan, not its replicates. The arguments are those of `run`; each plan has its own file to resume. Stopped early, a
    plan that has nothing yet is left out.

    Raises:
        Interrupted: stopped before anything was done, or workers were lost three times in a row without any result.
        OtherRun: a file to resume holds another run.
    """
    course = _Course([_Leg(name, plan, resume.get(name)) for name, plan in plans.items()], on_progress, should_stop)
    size = chunk or max(1, min(CHUNK, sum(plan.blocks for plan in plans.values()) // PIECES))
    losses = 0
    while chunks := course.left(size):
        before = course.done
        try:
            with opened(make) as executor:
                stopped = course.follow(executor, iter(chunks))
        except BrokenExecutor as error:
            losses = losses + 1 if course.done == before else 0
            if losses >= _LOSSES:
                todo = "Essayez avec moins de processus, ou sans (--calcul ici)."
                raise Interrupted(Problem("Simulation", "les processus s'arrêtent sans résultat.", todo)) from error
            continue
        if stopped:
            break
    return course.end()


class _Leg:
    """One plan under way."""

    def __init__(self, name: str, plan: Plan, path: Path | None) -> None:
        self.name, self.plan, self.path = name, plan, path
        self.progress: Progress = checkpoint.load(path, plan) if path else NOTHING
        self.saved = self.progress

    @property
    def done(self) -> int:
        """Return how many replicates are counted."""
        return self.progress.results.replicates if self.progress.results else 0

    def left(self, size: int) -> list[tuple[int, int]]:
        """Return chunks of blocks not yet counted."""
        done, chunks = self.progress.blocks(), list[tuple[int, int]]()
        for block in (block for block in range(self.plan.blocks) if block not in done):
            if chunks and chunks[-1][1] == block and block - chunks[-1][0] < size:
                chunks[-1] = (chunks[-1][0], block + 1)
            else:
                chunks.append((block, block + 1))
        return chunks

    def save(self) -> None:
        """Keep on disk what has been counted since the last time."""
        if self.path and self.progress is not self.saved:
            checkpoint.save(self.path, self.plan, self.progress)
            self.saved = self.progress


_Chunk = tuple[_Leg, tuple[int, int]]


class _Course:
    """Plans under way, together."""

    def __init__(
        self, legs: list[_Leg], on_progress: Callable[[Advance], None], should_stop: Callable[[], bool]
    ) -> None:
        self.legs, self.on_progress, self.should_stop = legs, on_progress, should_stop
        self.total, self.done = sum(leg.plan.replicates for leg in legs), sum(leg.done for leg in legs)
        self.started = time.monotonic()
        self.save_at = self.started + _SAVE_EVERY

    def left(self, size: int) -> list[_Chunk]:
        """Return chunks not yet counted, one of each plan in turn: stopped early, every plan has something."""
        turns = zip_longest(*([(leg, chunk) for chunk in leg.left(size)] for leg in self.legs))
        return [each for turn in turns for each in turn if each is not None]

    def follow(self, executor: Any, chunks: Iterator[_Chunk]) -> bool:
        """Send chunks, a few ahead, and gather them as they come; tell whether somebody asked to stop."""
        waiting: dict[Any, _Chunk] = {}
        ahead = 1 if isinstance(executor, Serial) else max(_AHEAD, getattr(executor, "ahead", 0))
        while True:
            while len(waiting) < ahead and (each := next(chunks, None)) is not None:
                leg, chunk = each
                waiting[executor.submit(run_blocks, leg.plan, *chunk)] = each
            if not waiting:
                return False
            done = wait(waiting, timeout=_CHECK_EVERY, return_when=FIRST_COMPLETED).done
            if not done and isinstance(executor, Processes):
                executor.check()
            for future in done:
                self._take(*waiting.pop(future), future.result())
            if self.should_stop():
                for future in waiting:
                    future.cancel()
                return True

    def _take(self, leg: _Leg, chunk: tuple[int, int], found: Results) -> None:
        leg.progress = leg.progress.with_chunk(chunk, found)
        self.done += found.replicates
        now = time.monotonic()
        self.on_progress(Advance(self.done, self.total, now - self.started))
        if now > self.save_at:
            self._save()
            ended = time.monotonic()
            self.save_at = ended + max(_SAVE_EVERY, _SAVE_AT_MOST * (ended - now))

    def _save(self) -> None:
        for leg in self.legs:
            leg.save()

    def end(self) -> dict[str, Results]:
        """Save what is done and return it."""
        self._save()
        found = {leg.name: leg.progress.results for leg in self.legs if leg.progress.results is not None}
        if not found:
            raise Interrupted(Problem("Simulation", "rien n'est encore calculé.", "Laissez-la tourner plus longtemps."))
        return found
