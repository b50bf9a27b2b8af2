"""One thread that writes: whatever waits is committed together, and each one learns its own end.

A commit costs one true write on the disk. Sixty answers that arrive together share it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from kpa_model.errors import Problem
from kpa_model.files.log.schema import CannotKeep, told

MOST_TOGETHER = 200
Work = Callable[[Connection], Any]


@dataclass
class _Task:
    work: Work
    done: Future[Any] = field(default_factory=Future)


class Writer:
    """A queue of works, each done inside a transaction shared with its neighbours."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="journal de l'atelier", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> Future[Any]:
        """Return what will tell the end of this work: its value once committed, or a KpaError."""
        task = _Task(work)
        if self._closed:
            task.done.set_exception(
                CannotKeep(Problem("Journal de l'atelier", "il est fermé.", "Rouvrez l'atelier, puis recommencez."))
            )
        else:
            self._queue.put(task)
        return task.done

    def close(self) -> None:
        """Finish what waits, then stop."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        while True:
            first = self._queue.get()
            if first is None:
                return
            together, more = [first], True
            while more and len(together) < MOST_TOGETHER and not self._queue.empty():
                task = self._queue.get()
                if task is None:
                    self._queue.put(None)
                    more = False
                else:
                    together.append(task)
            self._commit(together)

    def _commit(self, together: list[_Task]) -> None:
        """Commit all works at once; when the base refuses, each alone, so that one cannot sink the others."""
        try:
            ends = self._try(together)
        except Exception as error:  # nobody in this group was acknowledged
            if len(together) > 1:
                for task in together:
                    self._commit([task])
            else:
                together[0].done.set_exception(_meaning(error))
            return
        for task, (value, failed) in zip(together, ends, strict=True):
            if failed:
                task.done.set_exception(failed)
            else:
                task.done.set_result(value)

    def _try(self, together: list[_Task]) -> list[tuple[Any, Exception | None]]:
        """Do every work in one transaction. Raises what the base says: a full disk undoes the whole of it."""
        ends: list[tuple[Any, Exception | None]] = []
        with self._engine.begin() as connection:
            for task in together:
                inside = connection.begin_nested()
                try:
                    value = task.work(connection)
                    inside.commit()
                    ends.append((value, None))
                except DBAPIError:
                    raise
                except Exception as error:
                    inside.rollback()
                    ends.append((None, error))
        return ends


def _meaning(error: Exception) -> Exception:
    """Return what is told to who waits, the technical error behind it."""
    if not isinstance(error, DBAPIError):
        return error
    meaning = told(error)
    meaning.__cause__ = error
    return meaning
