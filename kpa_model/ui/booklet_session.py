"""The booklet open on a screen: in memory only, saved after each change, closed after a while without a gesture.

Views read `booklet`, change it by `change`, and are told by `follow`. Nothing here writes anything in clear.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

from kpa_model.assessment import booklet as books
from kpa_model.assessment import pathway_file
from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.pathway import Pathway
from kpa_model.assessment.timeline import Held, Pause, Timeline, timeline
from kpa_model.records import booklets
from kpa_model.records.booklets import OpenBooklet
from kpa_model.story.booklet_phone import new_phone_key

IDLE = 15 * 60
"""Seconds without a gesture before the booklet closes by itself."""


class Session:
    """What a screen about a booklet holds: the day one looks from, and the booklet while it is open."""

    def __init__(self, pathway: Pathway | None = None) -> None:
        self.today = date.today()
        self.pathway = pathway or pathway_file.ours()
        self.open: OpenBooklet | None = None
        self.closed_by_itself = False
        self._booklet: Booklet | None = None
        self._doors: list[Callable[[], None]] = []
        self._views: list[Callable[[], None]] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def booklet(self) -> Booklet:
        """The booklet open now. Raises RuntimeError when none is."""
        if self._booklet is None:
            raise RuntimeError("no booklet is open")
        return self._booklet

    def watch(self, redraw: Callable[[], None]) -> None:
        """Call `redraw` when a booklet opens or closes."""
        self._doors.append(redraw)

    def follow(self, redraw: Callable[[], None]) -> None:
        """Call `redraw` now, then after each change, until this booklet closes."""
        self._views.append(redraw)
        redraw()

    def opened(self, made: OpenBooklet) -> None:
        """Show a booklet that was just opened or made. Raises UnreadableFile."""
        self._booklet = books.from_data(made.content, f"Livret « {made.name} »")
        self.open, self.closed_by_itself = made, False
        self._turned()

    def change(self, booklet: Booklet) -> None:
        """Save a changed booklet, then show it; when it cannot be saved, nothing changes. Raises KpaError."""
        if self.open is None:
            raise RuntimeError("no booklet is open")
        self.open.save(books.as_data(booklet))
        self._booklet = booklet
        self._changed()

    def look_from(self, today: date) -> None:
        """Change the day one looks from."""
        self.today = today
        self._changed()

    def close(self) -> None:
        """Forget the booklet and its key."""
        if self._timer:
            self._timer.cancel()
        if self.open:
            self.open.close()
        self.open = self._booklet = None
        self._turned()

    def delete(self) -> None:
        """Remove the booklet and what it shared from this machine, then forget it."""
        if self.open:
            self.open.delete(tuple(each.id for each in self.booklet.shares))
        self.close()

    def line(self) -> Timeline:
        """Return where the person is, seen from the chosen day."""
        mine = self.booklet
        held = [Held(each.kind, each.on) for each in mine.interviews]
        pauses = [Pause(each.start, each.end) for each in mine.pauses]
        return timeline(self.pathway, mine.entry, self.today, held, pauses, dict(mine.marks))

    def gesture(self) -> None:
        """Somebody is there: count the time again. Without a running loop (in a test) nothing is counted."""
        if self._timer:
            self._timer.cancel()
        try:
            self._timer = asyncio.get_running_loop().call_later(IDLE, self._alone) if self.open else None
        except RuntimeError:
            self._timer = None

    def _alone(self) -> None:
        self.closed_by_itself = True
        self.close()

    def _turned(self) -> None:
        """A booklet opened or closed: the views of the one before are gone."""
        self._views.clear()
        self.gesture()
        for redraw in self._doors:
            redraw()

    def _changed(self) -> None:
        self.gesture()
        for redraw in self._views:
            redraw()


def start(name: str, group: str, entry: date, phrase: str) -> tuple[OpenBooklet, tuple[str, ...]]:
    """Make an empty booklet; return it with its recovery words. Raises WeakPhrase, CannotWrite."""
    return booklets.create(books.as_data(Booklet(name, entry, group, phone_key=new_phone_key())), phrase)
