"""One frozen state, one store: views read and write through it, and none knows another.

The state is kept in the personal folder, so that a page opened later starts where the last one was.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.errors import KpaError
from kpa_model.pay import ready, rule_file
from kpa_model.pay.engine import Settlement, settle_each
from kpa_model.pay.rule import PayRule
from kpa_model.records import book_reader, books

FIRST_BOOK = "tilleuls"
FIRST_RULES = ("parts_egales", "heures", "melange_cjs")
UNDO_DEPTH = 100
SPANS = ("1", "3", "6", "12", "24")
"""Months that can be looked at together."""
OURS = "notre_regle"
"""Name, among rules, of the one being composed."""


@dataclass(frozen=True)
class State:
    """What the group looks at now.

    `book` names a cooperative, `month` is `2025-03`. `ours` is the rule being composed, `today` names the rule in use.
    `compared` names rules put side by side over `span` months. `told` names the rule explained to `person`. `order` is
    the order followed.
    """

    book: str
    month: str
    ours: PayRule
    today: str
    compared: tuple[str, ...]
    person: str
    order: str
    told: str = OURS
    span: str = "1"


class Store:
    """Holds the state, tells the views, remembers how to undo, and keeps everything on disk."""

    def __init__(self, state: State, path: Path | None = None) -> None:
        self._state = state
        self._path = path
        self._past: list[PayRule] = []
        self._watchers: list[Callable[[], None]] = []

    @property
    def state(self) -> State:
        """The state now."""
        return self._state

    def watch(self, redraw: Callable[[], None]) -> None:
        """Call `redraw` after each change, and once now."""
        self._watchers.append(redraw)
        redraw()

    def update(self, **changes: Any) -> None:
        """Change the state, keep what was to undo a rule, save, and redraw every view."""
        after = replace(self._state, **changes)
        if after == self._state:
            return
        if after.ours != self._state.ours:
            self._past = [*self._past[-UNDO_DEPTH + 1 :], self._state.ours]
        self._settle(after)

    def undo(self) -> bool:
        """Bring back the rule before the last change; tell whether there was one."""
        if not self._past:
            return False
        self._settle(replace(self._state, ours=self._past.pop()))
        return True

    @property
    def can_undo(self) -> bool:
        """Whether a change of the rule can be undone."""
        return bool(self._past)

    def _settle(self, after: State) -> None:
        """Redraw, then save: the picture is on its way while the disk works. A view that fails stops no other."""
        self._state = after
        failures = []
        for redraw in self._watchers:
            try:
                redraw()
            except Exception as error:
                failures.append(error)
        if self._path and after is self._state:  # a view may have changed the state again, and saved it
            _save(after, self._path)
        if failures:
            raise failures[0]


def open_store(path: Path | None = None) -> Store:
    """Return the store of this machine: as it was left, or on the example cooperative.

    What cannot be read again is put aside as `atelier.ancien`, never erased.
    """
    path = path or places.personal() / "atelier.json"
    state = _load(path)
    if state is None and path.exists():
        path.replace(path.with_suffix(".ancien"))
    return Store(state or _first_state(), path)


def _first_state() -> State:
    book, _ = read_named(FIRST_BOOK)
    month = str(months_of_named(FIRST_BOOK)[2].label)
    rule = next(iter(ready.ready_rules().values()))
    ours = ready.ready_rules().get("minimum_et_heures", rule)
    return State(
        book=FIRST_BOOK,
        month=month,
        ours=ours,
        today=FIRST_RULES[0],
        compared=FIRST_RULES,
        person=book.members[0].name,
        order=book.orders[0].number,
    )


def _save(state: State, path: Path) -> None:
    """Write the whole state, then put it in place at once: a crash leaves the version before."""
    rule = json.dumps(rule_file.as_data(state.ours), ensure_ascii=False)  # JSON is YAML too, and a hundred times faster
    content = {**vars(state), "ours": rule}
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)


def _load(path: Path) -> State | None:
    """Return the state kept on disk; None when there is none, or when it no longer means anything."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        compared = content.pop("compared")
        if not all(isinstance(each, str) for each in (*content.values(), *compared)):
            return None
        content["ours"] = rule_file.loads(content["ours"])
        return _with_known_names(State(**content, compared=tuple(compared)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, KpaError):
        return None


def _with_known_names(state: State) -> State:
    """Return the same state where every name still means something; the rule being composed is always kept."""
    if state.book not in known_books():
        return replace(_first_state(), ours=state.ours)
    book, _ = read_named(state.book)
    known = {OURS, *library()}

    def kept(name: str, names: Collection[str], else_: str) -> str:
        return name if name in names else else_

    months = [month.label for month in months_of_named(state.book)]
    people, orders = [member.name for member in book.members], [order.number for order in book.orders]
    return replace(
        state,
        month=kept(state.month, months, months[-1]),
        compared=tuple(name for name in state.compared if name in known),
        told=kept(state.told, known, OURS),
        today=kept(state.today, known - {OURS}, FIRST_RULES[0]),
        person=kept(state.person, people, people[0]),
        order=kept(state.order, orders, next(iter(orders), "")),
        span=kept(state.span, SPANS, SPANS[0]),
    )


# --- what the state names, read once -------------------------------------------------------------------------------


def known_books() -> dict[str, Path]:
    """Return name → place of every cooperative: the personal ones first, then the examples."""
    own = books.personal_books()
    return {**own, **{name: path for name, path in books.example_books().items() if name not in own}}


def read_named(name: str) -> tuple[OrderBook, tuple[str, ...]]:
    """Return the book of that name and the notes of its reading. Raises UnreadableFile."""
    places_of = known_books()
    path = places_of[name]
    newest = max((each.stat().st_mtime_ns for each in path.rglob("*")), default=0) if path.is_dir() else 0
    return _read(path, newest)


@lru_cache(maxsize=8)
def _read(path: Path, _newest: int) -> tuple[OrderBook, tuple[str, ...]]:
    reading = book_reader.read_book(path)
    return reading.book, reading.notes


def months_of_named(name: str) -> tuple[Month, ...]:
    """Return the facts of every month of a book."""
    return _months(read_named(name)[0])


def chain_of_named(name: str) -> tuple[MonthMoney, ...]:
    """Return the money chain of every month of a book."""
    return _chain(read_named(name)[0])


_MONTHS: dict[int, tuple[OrderBook, tuple[Month, ...], tuple[MonthMoney, ...]]] = {}


def _known(book: OrderBook) -> tuple[OrderBook, tuple[Month, ...], tuple[MonthMoney, ...]]:
    """Return the facts of a book, computed once for each object (hashing a whole book would cost more)."""
    if id(book) not in _MONTHS:
        _MONTHS.clear()
        _MONTHS[id(book)] = (book, months_of(book), money_chain(book))
    return _MONTHS[id(book)]


def _months(book: OrderBook) -> tuple[Month, ...]:
    return _known(book)[1]


def _chain(book: OrderBook) -> tuple[MonthMoney, ...]:
    return _known(book)[2]


class _Run:
    """A rule month after month, no further than somebody looked: today's rule is settled once, not at each move."""

    def __init__(self, rule: PayRule, months: tuple[Month, ...]) -> None:
        self._coming = settle_each(rule, months)
        self._done: list[Settlement] = []

    def until(self, last: int) -> tuple[Settlement, ...]:
        """Return the settlements from the first month to that rank."""
        self._done += islice(self._coming, max(0, last + 1 - len(self._done)))
        return tuple(self._done[: last + 1])


@lru_cache(maxsize=24)
def _run(rule: PayRule, months: tuple[Month, ...]) -> _Run:
    return _Run(rule, months)


def settled_until(name: str, rule: PayRule, month: str) -> tuple[Settlement, ...]:
    """Return the settlements of a rule from the first month of a book to the given one. Raises BrokenStep."""
    months = months_of_named(name)
    last = next((at for at, each in enumerate(months) if each.label == month), len(months) - 1)
    try:
        return _run(rule, months).until(last)
    except KpaError:
        _run.cache_clear()  # a run that stopped in the middle says nothing more
        raise


# --- rules by name -------------------------------------------------------------------------------------------------


def rules_folder() -> Path:
    """Return the folder of the group's own rules."""
    folder = places.personal() / "regles"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def library() -> dict[str, PayRule]:
    """Return every rule by name: the group's own first, then the ready ones. A damaged own file is left out."""
    files = [(path, path.stat()) for path in sorted(rules_folder().glob("*.yaml"))]
    read = {path.stem: _own_rule(path, about.st_mtime_ns, about.st_size) for path, about in files}
    own = {name: rule for name, rule in read.items() if rule}
    return own | {name: rule for name, rule in ready.ready_rules().items() if name not in own}


@lru_cache(maxsize=256)
def _own_rule(path: Path, _newest: int, _size: int) -> PayRule | None:
    """Return a rule of the group, read again only when its file changed; None when it is damaged."""
    try:
        return rule_file.load(path)
    except KpaError:
        return None


def rules_by_name(state: State) -> dict[str, PayRule]:
    """Return the rule being composed first, then the library."""
    return {OURS: state.ours, **library()}


def save_rule(rule: PayRule, name: str) -> Path:
    """Write a rule in the group's folder, at once; the version before is kept beside it as `.ancien`."""
    path = rules_folder() / f"{name}.yaml"
    draft = path.with_suffix(".tmp")
    draft.write_text(rule_file.dumps(rule), encoding="utf-8")
    if path.exists():
        shutil.copy2(path, path.with_suffix(".ancien"))
    draft.replace(path)
    return path
