"""One frozen state, one store: views read and write through it, and none knows another.

The state is kept in the personal folder, so that a page opened later starts where the last one was.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.errors import KpaError
from kpa_model.pay import ready, rule_file
from kpa_model.pay.engine import Settlement, settle_months
from kpa_model.pay.rule import PayRule
from kpa_model.records import book_reader, books

FIRST_BOOK = "tilleuls"
FIRST_RULES = ("parts_egales", "heures", "melange_cjs")
UNDO_DEPTH = 100
OURS = "notre_regle"
"""Name, among rules, of the one being composed."""


@dataclass(frozen=True)
class State:
    """What the group looks at now.

    `book` names a cooperative, `month` is `2025-03`, `ours` is the rule being composed and `today` names the rule in use;
    `compared` names rules put side by side over `span` months; `told` names the rule explained to `person`; `order` is
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
        self._state = after
        if self._path:
            _save(after, self._path)
        for redraw in self._watchers:
            redraw()


def open_store(path: Path | None = None) -> Store:
    """Return the store of this machine: as it was left, or on the example cooperative."""
    path = path or places.personal() / "atelier.json"
    state = _load(path) or _first_state()
    return Store(state, path)


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
    content = {**vars(state), "ours": rule_file.dumps(state.ours)}
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)


def _load(path: Path) -> State | None:
    """Return the state kept on disk; None when there is none, or when it no longer means anything."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        content["ours"] = rule_file.loads(content["ours"])
        content["compared"] = tuple(content["compared"])
        state = State(**content)
        book, _ = read_named(state.book)
    except (OSError, ValueError, KeyError, TypeError, KpaError):
        return None
    months = [month.label for month in months_of_named(state.book)]
    return replace(
        state,
        month=state.month if state.month in months else months[-1],
        compared=tuple(name for name in state.compared if name == OURS or name in library()),
        told=state.told if state.told in library() else OURS,
        today=state.today if state.today in library() else FIRST_RULES[0],
        person=state.person if state.person in [m.name for m in book.members] else book.members[0].name,
        order=state.order if state.order in [o.number for o in book.orders] else book.orders[0].number,
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


def settled_until(name: str, rule: PayRule, month: str) -> tuple[Settlement, ...]:
    """Return the settlements of a rule from the first month of a book to the given one."""
    months = months_of_named(name)
    last = next((at for at, each in enumerate(months) if each.label == month), len(months) - 1)
    return settle_months(rule, months[: last + 1])


# --- rules by name -------------------------------------------------------------------------------------------------


def rules_folder() -> Path:
    """Return the folder of the group's own rules."""
    folder = places.personal() / "regles"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def library() -> dict[str, PayRule]:
    """Return every rule by name: the group's own first, then the ready ones. A damaged own file is left out."""
    own: dict[str, PayRule] = {}
    for path in sorted(rules_folder().glob("*.yaml")):
        try:
            own[path.stem] = rule_file.load(path)
        except KpaError:
            continue
    return {**own, **ready.ready_rules()}


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
