"""Work that waits until a hand rests: a slider that moves is not slowed by the disk."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable

from kpa_model.errors import KpaError

REST = 0.2
"""Seconds after which a hand rests."""


class AtRest:
    """One piece of work: now, or once the hand rests, and at the latest when the page is left."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._clock: asyncio.TimerHandle | None = None
        self.refused: list[Exception] = []

    @property
    def waits(self) -> bool:
        """Whether the work is still to be done."""
        return self._clock is not None

    def now(self) -> None:
        """Do it. Raises what the work raises."""
        self._stop()
        self._work()

    def soon(self) -> None:
        """Do it once nobody asks any more; now where there is no clock. What is refused then goes to `refused`."""
        self._stop()
        try:
            self._clock = asyncio.get_running_loop().call_later(REST, self._at_rest)
        except RuntimeError:
            self.now()
        else:
            atexit.register(self.now)

    def _at_rest(self) -> None:
        try:
            self.now()
        except KpaError as error:
            self.refused.append(error)

    def _stop(self) -> None:
        if self._clock:
            self._clock.cancel()
            self._clock = None
            atexit.unregister(self.now)
