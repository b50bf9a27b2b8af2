"""The ledger of a cooperative, with its names: read it, and commit a command to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kpa_model.errors import Problem
from kpa_model.files.database import is_begun
from kpa_model.files.ledger.entries import KeptLedger, LedgerBase, NewEntry, Overtaken
from kpa_model.files.ledger.schema import default_base
from kpa_model.ledger import codec
from kpa_model.ledger.codec import LedgerEvent
from kpa_model.ledger.refusal import NotNow, refuse
from kpa_model.ledger.state import LedgerState, replay
from kpa_model.story.months.who import Who

ATTEMPTS = 5


@dataclass(frozen=True)
class NamedLedger:
    """A ledger as it was read: its state, and who is who."""

    kept: KeptLedger
    state: LedgerState
    who: Who

    @property
    def begun(self) -> bool:
        """Whether the opening balances were said."""
        return self.state.opened is not None

    def writes_of(self, code: str) -> bool:
        """Tell whether an entry says something of a person."""
        return any(code in codec.canonical(each.payload) for each in self.kept.entries)


Command = Callable[[NamedLedger], LedgerEvent | Iterable[LedgerEvent]]
"""Looks at the ledger and returns what to write, or refuses."""


@lru_cache(maxsize=4)
def _base(address: str | Path) -> LedgerBase:
    return LedgerBase(address)


_LAST: dict[tuple[str, str], NamedLedger] = {}


class MonthsRegister:
    """The ledger of one cooperative, under the name of its book."""

    def __init__(self, book: str, base: str | Path | None = None, people: Iterable[str] = ()) -> None:
        """Open the ledger of a book; `people` are the names it holds: a text that says one is kept with its code."""
        self.book = book
        self._address = base
        self._people = tuple(people)

    @property
    def base(self) -> LedgerBase:
        """The base, opened once for this program."""
        return _base(self._address or default_base())

    def read(self) -> NamedLedger:
        """Return the ledger now, replayed only when something was written. Raises CannotKeep, DamagedLedger."""
        address = self._address or default_base()
        last, names = self._last(str(address)) if is_begun(address) else (_seen(KeptLedger()), {})
        who = Who(names)
        for name in self._people:
            who.code(name)
        return NamedLedger(replace(last.kept, names=names), last.state, who)

    def without_book(self, books: Collection[str]) -> tuple[str, ...]:
        """Return the other ledgers kept on this machine that no book has the name of: a folder was renamed, perhaps."""
        address = self._address or default_base()
        if not isinstance(address, Path) or not is_begun(address):
            return ()
        return tuple(name for name in self.base.ledgers() if name not in books and name != self.book)

    def _last(self, address: str) -> tuple[NamedLedger, dict[str, str]]:
        mark, names = self.base.mark(self.book)
        where = (address, self.book)
        if (last := _LAST.get(where)) is None or last.kept.mark != mark:
            _LAST[where] = _seen(self.base.read(self.book))
        return _LAST[where], names

    def commit(self, command: Command) -> NamedLedger:
        """Write what a command decides, whole or not at all, and return the ledger after.

        When another window wrote meanwhile, the command looks again: it is it that says, then, that a month is
        already closed.

        Raises:
            NotNow: the command refuses.
            CannotKeep: the base refuses.
        """
        for attempt in range(1, ATTEMPTS + 1):
            seen = self.read()
            made = _told(command, seen)
            happened = [made] if isinstance(made, LedgerEvent) else list(made)
            if not happened:
                return seen
            new = [NewEntry(each.kind, each.key, codec.as_data(each)) for each in happened]
            try:
                return _seen(self.base.append(self.book, seen.kept, new, seen.who.met))
            except Overtaken:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def rename(self, code: str, name: str = "") -> None:
        """Give a person another name, or erase it: her code and the sums stay."""
        self.base.rename(self.book, code, name)

    def same_person(self, code: str, name: str) -> None:
        """Say that a name of the book is somebody the ledger knows under another name. Raises NotNow."""
        seen = self.read()
        other = seen.who.code(name)
        if other == code:
            return
        if seen.writes_of(other):
            what = "le registre a déjà noté des sommes sous ce prénom."
            raise refuse(f"Prénom « {name} »", what, "Gardez les deux prénoms, ou reprenez l'ancien dans le carnet.")
        self.rename(other)
        self.rename(code, name)


def _told(command: Command, seen: NamedLedger) -> LedgerEvent | Iterable[LedgerEvent]:
    """Return what a command decides; when it refuses, people are said by name."""
    try:
        return command(seen)
    except NotNow as refused:
        said = [Problem(*map(seen.who.told, (each.where, each.what, each.todo))) for each in refused.problems]
        raise type(refused)(*said, notes=refused.notes) from refused


def _seen(kept: KeptLedger) -> NamedLedger:
    return NamedLedger(kept, replay(codec.from_data(each.kind, each.payload) for each in kept.entries), Who(kept.names))
