"""One frozen state, one store: views read and write through it, and none knows another.

The state is kept in the personal folder, so that a page opened later starts where the last one was.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.cooperative.book import Basis, OrderBook
from kpa_model.errors import KpaError, UnreadableFile
from kpa_model.files import first_names
from kpa_model.pay import ready, rule_file
from kpa_model.pay.rule import PayRule
from kpa_model.ui.at_rest import AtRest
from kpa_model.ui.library import known_books, library, months_in, person_to_show, read_named
from kpa_model.whole_file import write_whole

FIRST_BOOK = "tilleuls"
FIRST_RULES = ("parts_egales", "heures", "melange_cjs")
WITHOUT_POINTS = ("parts_egales", "heures", "minimum_et_heures")
"""The rules that a group sees first, and those of a book that holds no points."""
UNDO_DEPTH = 100
SPANS = ("1", "3", "6", "12", "24")
"""Months that can be looked at together."""
OURS = "notre_regle"
"""Name, among rules, of the one being composed."""
AS_TODAY = "pareil"
"""Name, among ways to choose who takes a job, of the one in use today."""


@dataclass(frozen=True)
class State:
    """What the group looks at now.

    `book` names a cooperative, `month` is `2025-03`. `ours` is the rule being composed, `today` names the rule in use.
    `compared` names rules put side by side over `span` months. `told` names the rule explained to `person`. `order` is
    the order followed. `basis` is the date at which a sale counts, empty for the book's own.

    For possible years: `second` names the rule compared with today's, `advance` who advances money (empty: as the
    scenario says), `scenario`, `policy` (who takes a job today) and `policy_ours` (under our rule) are names,
    `least` is the group's own minimum in cents, `histories` how many are simulated; `supposed` holds what sliders
    changed and `cards` the shocks drawn, as JSON (`suppositions`).
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
    basis: str = ""
    scenario: str = "annee_ordinaire"
    policy: str = "volontaires"
    policy_ours: str = AS_TODAY
    second: str = OURS
    advance: str = ""
    least: str = "5000"
    histories: str = "512"
    supposed: str = "{}"
    cards: str = "[]"


class Store:
    """Holds the state, tells the views, remembers how to undo, and keeps everything on disk."""

    def __init__(self, state: State, path: Path | None = None) -> None:
        self._state = state
        self._path = path
        self._seen = _mark(path)
        self._past: list[PayRule] = []
        self._gesture: object = None
        self._watchers: list[Callable[[], None]] = []
        self._disk = AtRest(self._save)
        self.bringing = False
        """Whether files for another book are on the page: the figures of this one are then not theirs."""

    def bring(self, bringing: bool) -> None:
        """Say that files for another book are on the page, or no longer."""
        if bringing != self.bringing:
            self.bringing = bringing
            self.refresh()

    @property
    def state(self) -> State:
        """The state now."""
        return self._state

    def watch(self, redraw: Callable[[], None]) -> None:
        """Call `redraw` after each change, and once now."""
        self._watchers.append(redraw)
        redraw()

    def _catch_up(self) -> None:
        """Take what another page wrote since: two pages open at once add up, instead of undoing one another."""
        if self._path and self._seen != _mark(self._path):
            self._seen = _mark(self._path)
            other = _load(self._path) or self._state
            self._state = replace(other, ours=self._state.ours) if self._disk.waits else other

    def refresh(self) -> None:
        """Redraw every view, when something beside the state changed (a rule saved or put away, a book imported)."""
        self._settle(_with_known_names(self._state))

    def update(self, gesture: object = None, /, **changes: Any) -> None:
        """Change the state, keep what was to undo a rule, save, and redraw every view.

        Changes of the rule made by one same `gesture` (a slider from press to release) are undone together.
        """
        shown = self._state
        self._catch_up()
        after = replace(self._state, **changes)
        if after == shown == self._state:
            return
        if after.ours != self._state.ours and (gesture is None or gesture != self._gesture):
            self._past = [*self._past[-UNDO_DEPTH + 1 :], self._state.ours]
        goes_on = gesture is not None and gesture == self._gesture
        self._gesture = gesture
        self._settle(after, at_rest=goes_on)

    def open_book(self, name: str, month: str = "") -> None:
        """Look at another cooperative, at a month, or at the same one if it has it. Raises UnreadableFile."""
        book, _ = read_named(name)
        months = [each.label for each in months_in(book)]
        month = month or (self._state.month if self._state.month in months else months[-1])
        seen = self._state.compared
        self.update(
            book=name,
            compared=_first_rules(book) if seen in (FIRST_RULES, WITHOUT_POINTS) else seen,
            basis="",
            month=month,
            person=person_to_show(book, month),
            order=next((order.number for order in book.orders), ""),
        )

    def undo(self) -> bool:
        """Bring back the rule before the last change; tell whether there was one."""
        if not self._past:
            return False
        self._gesture = None
        self._catch_up()
        self._settle(replace(self._state, ours=self._past.pop()))
        return True

    @property
    def can_undo(self) -> bool:
        """Whether a change of the rule can be undone."""
        return bool(self._past)

    def _settle(self, after: State, at_rest: bool = False) -> None:
        """Redraw, then save: the picture is on its way while the disk works. A view that fails stops no other.

        While a hand moves a slider, the disk waits until it rests. What it refuses then is said at the next change.
        """
        self._state = after
        failures, self._disk.refused = self._disk.refused, []
        for redraw in self._watchers:
            try:
                redraw()
            except Exception as error:
                failures.append(error)
        if after is self._state:  # a view may have changed the state again, and saved it
            (self._disk.soon if at_rest else self._disk.now)()
        if failures:
            raise failures[0]

    def _save(self) -> None:
        if self._path:
            _save(self._state, self._path)
            self._seen = _mark(self._path)


def open_store(path: Path | None = None) -> Store:
    """Return the store of this machine: as it was left, or on the example cooperative.

    What cannot be read again is put aside as `atelier.ancien`, never erased.
    """
    path = path or places.personal() / "atelier.json"
    first_names.follow()
    state = _load(path)
    if state is None and path.exists():
        path.replace(path.with_suffix(".ancien"))
    return Store(state or _first_state(), path)


def read_ahead() -> None:
    """Read what the next page will most likely show; a page that finds other files on the disk reads those."""
    with contextlib.suppress(KpaError, OSError):  # the page itself will say what is wrong
        state = _load(places.personal() / "atelier.json") or _first_state()
        months_in(read_named(state.book)[0])
        ready.ready_rules()


def _first_state() -> State:
    book, _ = read_named(FIRST_BOOK)
    month = str(months_in(book)[-1].label)
    rule = next(iter(ready.ready_rules().values()))
    ours = ready.ready_rules().get("minimum_et_heures", rule)
    return State(
        book=FIRST_BOOK,
        month=month,
        ours=ours,
        today=FIRST_RULES[0],
        compared=FIRST_RULES,
        person=person_to_show(book, month),
        order=book.orders[0].number,
    )


def _first_rules(book: OrderBook) -> tuple[str, ...]:
    """Return the rules that a group compares before it chose any: each can share its months."""
    return FIRST_RULES if any(month.points.any() for month in months_in(book)) else WITHOUT_POINTS


def _mark(path: Path | None) -> tuple[int, int] | None:
    """Return what tells one writing of a file from the next; None when there is no file."""
    try:
        about = path.stat() if path else None
    except OSError:
        return None
    return (about.st_mtime_ns, about.st_ino) if about else None


def _save(state: State, path: Path) -> None:
    """Write the whole state, then put it in place at once: a crash leaves the version before."""
    rule = json.dumps(rule_file.as_data(state.ours), ensure_ascii=False)  # JSON is YAML too, and a hundred times faster
    content = {**vars(state), "ours": rule}
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1))


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
    """Return the same state where every name still means something; the rule being composed is always kept.

    A book that cannot be read today stays the chosen one: the screens say what to mend in it.
    """
    if state.book not in known_books():
        return replace(_first_state(), ours=state.ours)
    if state.basis not in ("", *Basis):
        state = replace(state, basis="")
    try:
        book = book_of(state)
    except UnreadableFile:
        return state
    if not book.members or not months_in(book):  # its only line was taken back
        return replace(_first_state(), ours=state.ours)
    known = {OURS, *library()}

    def kept(name: str, names: Collection[str], else_: str) -> str:
        return name if name in names else else_

    months = [month.label for month in months_in(book)]
    people, orders = [member.name for member in book.members], [order.number for order in book.orders]
    return replace(
        state,
        month=kept(state.month, months, months[-1]),
        compared=tuple(name for name in state.compared if name in known),
        told=kept(state.told, known, OURS),
        second=kept(state.second, known, OURS),
        today=kept(state.today, known - {OURS}, FIRST_RULES[0]),
        person=kept(state.person, people, people[0]),
        order=kept(state.order, orders, next(iter(orders), "")),
        span=kept(state.span, SPANS, SPANS[0]),
    )


def book_of(state: State) -> OrderBook:
    """Return the book the group looks at, with the date it chose for a sale to count. Raises UnreadableFile."""
    return read_named(state.book, state.basis)[0]


def rules_by_name(state: State) -> dict[str, PayRule]:
    """Return the rule being composed first, then the library."""
    return {OURS: state.ours, **library()}
