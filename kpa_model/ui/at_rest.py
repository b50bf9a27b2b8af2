"""Work that waits until a hand rests: a slider that moves is not slowed by the disk."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from typing import TYPE_CHECKING

from kpa_model.errors import KpaError

if TYPE_CHECKING:
    from asyncio import TimerHandle

REST = 0.2
"""Seconds after which a hand rests."""


class Delay:
    """One thing to do in a moment, in place of what was waiting; only where there is a clock (in a page)."""

    def __init__(self) -> None:
        self._timer: TimerHandle | None = None

    def after(self, seconds: float, act: Callable[[], object]) -> bool:
        """Do it in so many seconds. Return False, and do nothing, where there is no clock."""
        from asyncio import get_running_loop

        self.stop()
        try:
            self._timer = get_running_loop().call_later(seconds, act)
        except RuntimeError:
            return False
        return True

    def stop(self) -> None:
        """Forget what was waiting."""
        if self._timer:
            self._timer.cancel()
        self._timer = None


class AtRest:
    """One piece of work: now, or once the hand rests, and at the latest when the page is left."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._clock = Delay()
        self.waits = False
        """Whether the work is still to be done."""
        self.refused: list[Exception] = []

    def now(self) -> None:
        """Do it. Raises what the work raises."""
        self._clock.stop()
        if self.waits:
            atexit.unregister(self.now)
        self.waits = False
        self._work()

    def soon(self) -> None:
        """Do it once nobody asks any more; now where there is no clock. What is refused then goes to `refused`."""
        if not self._clock.after(REST, self._at_rest):
            self.now()
        elif not self.waits:
            self.waits = True
            atexit.register(self.now)

    def _at_rest(self) -> None:
        try:
            self.now()
        except KpaError as error:
            self.refused.append(error)
