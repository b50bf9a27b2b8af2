"""Running a plan: chunks on an executor, progress, stop with what there is, resume, and workers that may be lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpa_model.errors import KpaError, Problem
from kpa_model.simulation import checkpoint
from kpa_model.simulation.checkpoint import NOTHING, Progress
from kpa_model.simulation.executors import Maker, Serial, opened
from kpa_model.simulation.plan import Plan, Results, run_blocks

CHUNK = 32
"""Blocks in a chunk of a long run (8 192 replicates, a few seconds): the cost of sending it disappears."""

PIECES = 16
"""A short run is cut in at least so many chunks, so that progress shows and workers share."""

_AHEAD = 64
_SAVE_EVERY = 5.0
_LOSSES = 3


class Interrupted(KpaError):
    """Nothing was finished before the stop, or workers were lost again and again."""


@dataclass(frozen=True)
class Step:
    """How far a run is, in replicates."""

    done: int
    total: int
    seconds: float


def _nothing(step: Step) -> None:
    return None


def _never() -> bool:
    return False


def run(
    plan: Plan,
    make: Maker = Serial,
    *,
    on_progress: Callable[[Step], None] = _nothing,
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
    course = _Course(plan, checkpoint.load(resume, plan) if resume else NOTHING, resume, on_progress, should_stop)
    losses = 0
    while chunks := course.left(chunk or max(1, min(CHUNK, plan.blocks // PIECES))):
        before = len(course.progress.done)
        try:
            with opened(make) as executor:
                stopped = course.follow(executor, iter(chunks))
        except BrokenExecutor as error:
            losses = losses + 1 if len(course.progress.done) == before else 0
            if losses >= _LOSSES:
                todo = "Essayez avec moins de processus, ou sans (--calcul ici)."
                raise Interrupted(Problem("Simulation", "les processus s'arrêtent sans résultat.", todo)) from error
            continue
        if stopped:
            break
    return course.end()


class _Course:
    """A run under way."""

    def __init__(
        self,
        plan: Plan,
        progress: Progress,
        path: Path | None,
        on_progress: Callable[[Step], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self.plan, self.progress, self.path = plan, progress, path
        self.on_progress, self.should_stop = on_progress, should_stop
        self.started = self.saved = time.monotonic()

    def left(self, size: int) -> list[tuple[int, int]]:
        """Return chunks of blocks not yet counted."""
        done, chunks = self.progress.blocks(), []
        blocks = [block for block in range(self.plan.blocks) if block not in done]
        while blocks:
            first, count = blocks[0], 1
            while count < min(size, len(blocks)) and blocks[count] == first + count:
                count += 1
            chunks.append((first, first + count))
            blocks = blocks[count:]
        return chunks

    def follow(self, executor: Any, chunks: Iterator[tuple[int, int]]) -> bool:
        """Send chunks, a few ahead, and gather them as they come; tell whether somebody asked to stop."""
        waiting: dict[Any, tuple[int, int]] = {}
        ahead = 1 if isinstance(executor, Serial) else _AHEAD
        while True:
            while len(waiting) < ahead and (chunk := next(chunks, None)) is not None:
                waiting[executor.submit(run_blocks, self.plan, *chunk)] = chunk
            if not waiting:
                return False
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                self._take(waiting.pop(future), future.result())
            if self.should_stop():
                for future in waiting:
                    future.cancel()
                return True

    def _take(self, chunk: tuple[int, int], found: Results) -> None:
        self.progress = self.progress.with_chunk(chunk, found)
        assert self.progress.results is not None
        now = time.monotonic()
        self.on_progress(Step(self.progress.results.replicates, self.plan.replicates, now - self.started))
        if self.path and now - self.saved > _SAVE_EVERY:
            checkpoint.save(self.path, self.plan, self.progress)
            self.saved = now

    def end(self) -> Results:
        """Save what is done and return it."""
        if self.path:
            checkpoint.save(self.path, self.plan, self.progress)
        if self.progress.results is None:
            raise Interrupted(Problem("Simulation", "rien n'est encore calculé.", "Laissez-la tourner plus longtemps."))
        return self.progress.results
