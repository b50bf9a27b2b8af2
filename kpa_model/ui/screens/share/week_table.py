"""The hours of a week, people × days, for one kind of work or one order at a time; each box is kept as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Protocol

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.work import KIND_LABELS, Hours, Kind
from kpa_model.declare.markup import joined, tag
from kpa_model.errors import KpaError, Problem, Refused, UnreadableFile
from kpa_model.files.book.dates import read_duration
from kpa_model.files.importing.typing import Changes, hours_changes
from kpa_model.ui import pieces
from kpa_model.words import hours, month_name

_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_UNSEEN = (Kind.SUPPORT, Kind.COMMONS, Kind.LEARNING)
"""What is forgotten first comes first."""
_NOTHING = {"", "-", "–", "—", "/", "x"}
_TWO_READINGS = re.compile(r"(\d+)[.,]([0-5]\d)")
Make = Callable[[OrderBook], Changes]


class Keeps(Protocol):
    """Whatever keeps what is typed in the group's book: changes it, says so, and can undo it."""

    said: widgets.HTML

    def keep(self, make: Make, gesture: str, what: str, more: str = "") -> None:
        """Change the book, then say it: « C'est noté », what, and what else there is to say. Raises UnreadableFile."""


class WeekTable:
    """The boxes of a week: made once for the people of a book, so that the keyboard stays where it is."""

    def __init__(self, keeps: Keeps) -> None:
        self.keeps, self.drawing = keeps, False
        self.week = widgets.DatePicker(description="Semaine du", value=date.today())
        self.work = widgets.Dropdown(description="Pour quel travail")
        self.people = widgets.VBox()
        self.boxes: dict[tuple[str, int], widgets.Text] = {}
        self.totals: dict[str, widgets.HTML] = {}
        self.refused: dict[tuple[str, int], Problem] = {}
        self.month = pieces.html()
        self.book: OrderBook | None = None
        for each in (self.week, self.work):
            each.observe(lambda _: self._turn(), "value")

    def widget(self) -> widgets.Widget:
        """Return the week, the work, the table, and what the month holds."""
        before, after = (
            pieces.button("Semaine d'avant", self._mover(-7)),
            pieces.button("Semaine d'après", self._mover(7)),
        )
        return pieces.column(pieces.row(self.week, self.work), pieces.row(before, after), self.people, self.month)

    def _mover(self, by: int) -> Callable[[], None]:
        def move() -> None:
            self.week.value = self.monday + timedelta(days=by)

        return move

    def _turn(self) -> None:
        """Show another week, or another work: what was refused in the boxes goes with it."""
        if self.book and not self.drawing:
            self.refused.clear()
            self.show(self.book)

    @property
    def monday(self) -> date:
        """Return the first day of the week shown."""
        shown = self.week.value or date.today()
        return shown - timedelta(days=shown.weekday())

    def show(self, book: OrderBook) -> None:
        """Write what a book holds in the boxes; what was refused stays, marked, until it is right."""
        if self.book is None and book.hours:  # where one was
            self.week.value = max(each.on for each in book.hours)
        self.book, self.drawing = book, True
        try:
            pieces.fill(self.work, works(book))
            members = [each.name for each in book.members]
            if members != list(self.totals):
                self._lay(members)
            for (who, at), box in self.boxes.items():
                day = self.monday + timedelta(days=at)
                box.description = joined(f"{_DAYS[at]} {day.day}", tag("span", f" {who}", cls="kpa-hidden"))
                box.tooltip = f"{who}, le {day:%d/%m/%Y}"
                if (who, at) in self.refused:
                    box.add_class("kpa-refused")
                    continue
                box.remove_class("kpa-refused")
                held = sum(each.minutes for each in book.hours if self._here(each, who, day))
                box.value = hours(held).replace("\u00a0", " ") if held else ""
            for who, said in self.totals.items():
                wrong = [problem for (name, _), problem in sorted(self.refused.items()) if name == who]
                said.value = _told(book, who, self.monday, wrong)
        finally:
            self.drawing = False
        self.month.value = tag("p", _month(book, self.monday), cls="kpa-help")

    def _here(self, each: Hours, who: str, day: date) -> bool:
        return (each.member, each.on, f"{each.kind}:{each.order}") == (who, day, self.work.value)

    def _lay(self, members: list[str]) -> None:
        """Make one row of seven boxes for each person."""
        self.boxes, self.refused, self.totals = {}, {}, {who: pieces.html() for who in members}
        lines = []
        for who in members:
            row = pieces.row(*(self._box(who, at) for at in range(7)))
            row.add_class("kpa-week")
            lines.append(pieces.column(self.totals[who], row))
        pieces.turn(self.people, *lines)

    def _box(self, who: str, at: int) -> widgets.Text:
        box = self.boxes[who, at] = widgets.Text(continuous_update=False, description_allow_html=True)
        box.add_class("kpa-hours")

        def typed(change: dict[str, Any]) -> None:
            if not self.drawing:
                pieces.guarded(self.keeps.said, lambda: self.typed(who, at, change["new"]))

        box.observe(typed, "value")
        return box

    def typed(self, who: str, at: int, text: str) -> None:
        """Keep one box; what cannot be kept is marked and told where it stands. Raises UnreadableFile with it all."""
        assert self.book is not None
        day = self.monday + timedelta(days=at)
        kind, _, order = str(self.work.value).partition(":")
        self.refused.pop((who, at), None)
        try:
            minutes = _minutes(text, who, day)
            what = f"{who}, le {day:%d/%m}, {hours(minutes) if minutes else 'rien'}"
            change = partial(hours_changes, who=who, day=day, kind=kind, order=order, minutes=minutes)
            self.keeps.keep(change, "C'est noté", what, _other_reading(text))
        except KpaError as error:
            self.refused[who, at] = replace(error.problems[0], where=f"{who}, le {day:%d/%m}")
            self.show(self.book)
        if self.refused:
            raise UnreadableFile(*(problem for _, problem in sorted(self.refused.items())))


def _other_reading(text: str) -> str:
    """Return how to write 7 h 30, to who typed 7.30: it is read 7 hours and three tenths."""
    clock = _TWO_READINGS.fullmatch(text.strip())
    return f"Pour {clock[1]}\u00a0h\u00a0{clock[2]}, écrivez {clock[1]}h{clock[2]}." if clock else ""


def works(book: OrderBook) -> list[tuple[str, str]]:
    """Return (`kind:order`, label) of what an hour may be for: what is not invoiced first, then the orders."""
    labels = {each.number: each.label for each in book.orders}
    orders = sorted(book.orders, key=lambda each: each.ordered_on, reverse=True)
    asked = [*(f"{kind}:" for kind in _UNSEEN), *(f"{Kind.JOB}:{each.number}" for each in orders), f"{Kind.JOB}:"]
    noted = sorted({f"{each.kind}:{each.order}" for each in book.hours})  # such as help given to an order
    return [(key, _called(key, labels)) for key in dict.fromkeys((*asked, *noted))]


def _called(key: str, labels: Mapping[str, str]) -> str:
    kind, _, order = key.partition(":")
    if not order:
        return f"{KIND_LABELS[kind]}, sans commande" if kind == Kind.JOB else KIND_LABELS[kind]
    label = labels.get(order, "")
    return f"{KIND_LABELS[kind]} : {order}{f', {label}' if label not in ('', order) else ''}"


def _told(book: OrderBook, who: str, monday: date, wrong: list[Problem]) -> Any:
    """Return a name, her hours of the week over every kind of work, and what is not noted."""
    mine = [each for each in book.hours if each.member == who and monday <= each.on < monday + timedelta(days=7)]
    whole = sum(each.minutes for each in mine)
    said = f" {hours(whole)} cette semaine" if whole else ""
    told = [tag("p", f"Pas noté : {each.what} {each.todo}", cls="kpa-refusal") for each in wrong]
    return joined(tag("strong", who), tag("span", said, cls="kpa-help"), *told)


def _month(book: OrderBook, monday: date) -> str:
    held = sum(each.minutes for each in book.hours if each.on.replace(day=1) == monday.replace(day=1))
    return f"En {month_name(monday)}, le carnet compte {hours(held) if held else '0 h'} en tout."


def _minutes(text: str, who: str, day: date) -> int:
    if text.strip().casefold() in _NOTHING:
        return 0
    try:
        return round(read_duration(text))
    except Refused as error:
        raise UnreadableFile(Problem(f"{who}, le {day:%d/%m}", error.what, error.todo)) from None
