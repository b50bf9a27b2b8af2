"""What every screen of the real months shares: the ledger of the book looked at, and a way to write in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.form import YEARS
from kpa_model.declare.markup import Html, Piece, tag
from kpa_model.declare.unit import EURO
from kpa_model.ledger.codec import LedgerEvent
from kpa_model.ledger.refusal import called, refuse
from kpa_model.ledger.state import LedgerState
from kpa_model.story.months.register import Command, MonthsRegister, NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.library import read_named
from kpa_model.ui.state import Store
from kpa_model.words import euros, number


class Undoing(NamedTuple):
    """How it is said that an entry is undone: the title, the button, and what was done."""

    title: str
    button: str
    done: str


class MonthsRoom:
    """The ledger of the cooperative that the group looks at."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def register(self) -> MonthsRegister:
        """The ledger, under the name of the book."""
        return MonthsRegister(self.store.state.book, people=[member.name for member in self.book.members])

    @property
    def book(self) -> OrderBook:
        """The book as its files say, whatever date the other pages try."""
        return read_named(self.store.state.book)[0]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader noticed in the book."""
        return read_named(self.store.state.book)[1]

    def read(self) -> NamedLedger:
        """Return the ledger now."""
        return self.register.read()

    def commit(self, command: Command, said: widgets.HTML, text: str) -> None:
        """Write, redraw every screen, then say it: what is said is on the disk."""
        self.register.commit(command)
        self.store.refresh()
        said.value = success(text)

    def undoing(
        self,
        which: widgets.Dropdown,
        undo: Callable[[LedgerState, str, str], LedgerEvent],
        told: Undoing,
        said: widgets.HTML,
    ) -> widgets.Accordion:
        """Return how one entry is undone, folded: which, and why."""
        why = typed("Pourquoi l'annuler ?")

        def write() -> None:
            self.commit(
                lambda now: undo(now.state, which.value, now.who.hidden(why.value)),
                said,
                f"{told.done} Les deux écritures restent.",
            )

        return pieces.fold(told.title, which, why, pieces.button(told.button, write, said=said))


class PartsScreen:
    """A screen of the ledger: what is so, what was just said, then parts made again at each change."""

    def __init__(self, store: Store) -> None:
        self.room = MonthsRoom(store)
        self.top, self.said = pieces.html(), pieces.html()
        self.parts = pieces.column()
        pieces.follow(store, self.top, self.show)
        self.box = pieces.column(self.top, self.said, self.parts)

    def show(self) -> None:
        """Read the ledger again; the parts offered before are forgotten."""
        pieces.turn(self.parts)
        self.parts.children = tuple(self.draw(self.room.read()))

    def draw(self, seen: NamedLedger) -> Iterable[widgets.Widget]:
        """Fill the top, and return the parts."""
        raise NotImplementedError


def success(text: str, *more: object) -> Html:
    """Return a success that screen readers read."""
    return pieces.live(tag("div", tag("p", text), *more, cls="kpa-success"))


def info(text: Piece) -> Html:
    """Return something to know."""
    return tag("p", text, cls="kpa-info")


def cents_of(box: widgets.Text) -> int:
    """Return the cents typed in a box. Raises NotNow, in French."""
    try:
        return EURO.exact(box.value)
    except ValueError:
        what = "il manque un montant." if not box.value.strip() else f"« {box.value} » n'est pas un montant."
        raise refuse(box.description, what, "Écrivez par exemple 45,50.") from None


def day_box(label: str) -> widgets.DatePicker:
    """Return the question of a day, today to begin with."""
    return widgets.DatePicker(description=label, value=date.today())


def day_of(box: widgets.DatePicker) -> date:
    """Return the day chosen. Raises NotNow."""
    if box.value is None:
        raise refuse(box.description, "il manque la date.", "Choisissez un jour.")
    if box.value.year not in YEARS:
        what = f"l'année {box.value.year} n'est pas possible."
        raise refuse(box.description, what, "Écrivez l'année en quatre chiffres, comme 2027.")
    return box.value


def typed(label: str, hint: str = "") -> widgets.Text:
    """Return a box for a few words."""
    return widgets.Text(description=label, placeholder=hint)


def people_choice(label: str, people: Mapping[str, str]) -> widgets.Dropdown:
    """Return the choice of a person; `people` is code → name."""
    return pieces.choice(label, list(people.items()), next(iter(people), ""))


def months_from(first: str, many: int) -> list[tuple[str, str]]:
    """Return (`2026-03`, `mars 2026`) for months that follow."""
    start = CalendarMonth.parse(first)
    return [(str(start + at), called(str(start + at))) for at in range(many)]


def typed_amount(cents: int) -> str:
    """Return an amount as a person types it: `45` or `45,50`."""
    said = euros(cents) if cents % 100 else number(cents // 100)
    return said.removesuffix("\u00a0€").replace("\u202f", " ")


def amount_box(label: str, cents: int = 0) -> widgets.Text:
    """Return a box that holds an amount already."""
    return widgets.Text(description=label, value=typed_amount(cents))


def names_typed(text: str) -> list[str]:
    """Return the names of a list typed with commas or on several lines."""
    parts = text.replace("\n", ",").replace(";", ",").split(",")
    return [each.strip() for each in parts if each.strip()]


def chosen_names(boxes: Mapping[str, widgets.Checkbox], others: str = "") -> list[str]:
    """Return the names ticked, then those typed."""
    return list(dict.fromkeys([*(name for name, box in boxes.items() if box.value), *names_typed(others)]))
