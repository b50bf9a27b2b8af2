"""The hours of a week, people × days, for one kind of work or one order at a time; each box is kept as it is typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.people import Member
from kpa_model.cooperative.work import KIND_LABELS, Hours, Kind
from kpa_model.decision.activities.our_hours import INVISIBLE
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.errors import KpaError, Problem, Refused, UnreadableFile
from kpa_model.files.book.dates import read_duration
from kpa_model.files.importing.typing import Changes, hours_changes
from kpa_model.ui import pieces
from kpa_model.words import hours, month_name

_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_NOTHING = {"", "-", "–", "—", "/"}
_CLOCK, _BARE = re.compile(r"(\d+)[.,]([0-5]\d)"), re.compile(r"1\d|2[0-4]")
Make = Callable[[OrderBook], Changes]


class Keeps(Protocol):
    """Whatever keeps what is typed in the group's book: changes it, says so, and can undo it."""

    said: widgets.HTML

    def keep(self, make: Make, what: str) -> tuple[str, ...]:
        """Change the book, and remember what; return what there is to look at in it. Raises UnreadableFile."""

    def now(self) -> OrderBook:
        """Return the book as it is on the disk."""


def _work(each: Hours) -> str:
    """Return the key of the work of some hours, among those that can be chosen."""
    return f"{each.kind}:{each.order}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class WeekTable:
    """The boxes of a week: made once for the people of a book, so that the keyboard stays where it is."""

    def __init__(self, keeps: Keeps) -> None:
        self.keeps, self.drawing = keeps, False
        self.week = widgets.DatePicker(description="Semaine du", value=_monday(date.today()))
        self.work = widgets.Dropdown(description="Pour quel travail")
        self.people, self.days = widgets.VBox(), pieces.html()
        self.boxes: dict[tuple[str, int], widgets.Text] = {}
        self.lines: dict[str, widgets.Widget] = {}
        self.totals: dict[str, widgets.HTML] = {}
        self.beside: dict[str, widgets.HTML] = {}
        self.refused: dict[tuple[str, date, str], tuple[str, Problem]] = {}
        self.noticed: dict[tuple[str, int], str] = {}
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
        self.days.add_class("kpa-days")
        asked = pieces.row(self.week, self.work)
        return pieces.column(asked, pieces.row(before, after), self.days, self.people, self.month)

    def _mover(self, by: int) -> Callable[[], None]:
        def move() -> None:
            self.week.value = self.monday + timedelta(days=by)

        return move

    def _turn(self) -> None:
        """Show another week, or another work; what was refused is found again where it was typed."""
        if self.book and not self.drawing:
            self.noticed.clear()
            self.show(self.book)

    @property
    def monday(self) -> date:
        """Return the first day of the week shown."""
        return _monday(self.week.value or date.today())

    def show(self, book: OrderBook) -> None:
        """Write what a book holds in the boxes; what was refused stays, marked, until it is right."""
        last = max(book.hours, key=lambda each: each.on, default=None) if self.book is None else None
        if last:  # where one was
            self.week.value = _monday(last.on)
        self.book, self.drawing = book, True
        try:
            pieces.fill(self.work, works(book))
            if last and _work(last) in dict(self.work.options).values():
                self.work.value = _work(last)
            self.refused = {key: each for key, each in self.refused.items() if key[0] in {m.name for m in book.members}}
            members = [each.name for each in book.members if self._may_work(each, book)]
            if members != list(self.lines):
                self._lay(members)
            noted = Counter[tuple[str, date]]()
            for each in book.hours:
                if self._about(each):
                    noted[each.member, each.on] += each.minutes
            days = [self.monday + timedelta(days=at) for at in range(7)]
            named = [f"{name} {day.day}" for name, day in zip(_DAYS, days, strict=True)]
            self.days.value = tag("div", [tag("span", each) for each in named], aria_hidden="true")
            for (who, at), box in self.boxes.items():
                box.description = joined(named[at], tag("span", f" {who}", cls="kpa-hidden"))
                box.tooltip = f"{who}, le {days[at]:%d/%m/%Y}"
                refused, held = self.refused.get(self._key(who, at)), noted[who, days[at]]
                (box.add_class if refused else box.remove_class)("kpa-refused")
                box.value = refused[0] if refused else hours(held).replace("\u00a0", " ") if held else ""
            for who, said in self.totals.items():
                said.value = _told(book, who, self.monday)
                self.beside[who].value = self._beside(who)
        finally:
            self.drawing = False
        self.month.value = tag("p", _month(book, self.monday), cls="kpa-help")

    def forget(self) -> None:
        """Begin again with another book: what was wrong in the one before is not wrong in this one."""
        self.book = None
        self.refused.clear()
        self.noticed.clear()

    def _about(self, each: Hours) -> bool:
        """Tell whether an hour is of the week and of the work shown."""
        return 0 <= (each.on - self.monday).days < 7 and _work(each) == self.work.value

    def _beside(self, who: str) -> Html:
        """Return what is wrong in the boxes of a person, and what is to be seen there, day by day."""
        told = []
        for at in range(7):
            day = f"{_DAYS[at]} {(self.monday + timedelta(days=at)).day}"
            if refused := self.refused.get(self._key(who, at)):
                told.append(tag("p", f"Pas noté, {day} : {refused[1].what} {refused[1].todo}", cls="kpa-refusal"))
            if seen := self.noticed.get((who, at)):
                told.append(tag("p", f"{day} : {seen}", cls="kpa-to-see"))
        return joined(*told)

    def _may_work(self, member: Member, book: OrderBook) -> bool:
        """Tell whether somebody has not left before the week shown, or has hours in it all the same."""
        left = all(spell.end and spell.end < self.monday for spell in member.spells)
        return not left or any(
            each.member == member.name and 0 <= (each.on - self.monday).days < 7 for each in book.hours
        )

    def _lay(self, members: list[str]) -> None:
        """Make one row of seven boxes for each person who has none yet."""
        for who in self.lines.keys() - set(members):
            for named in (self.lines, self.totals, self.beside):
                named.pop(who)
            for at in range(7):
                for placed in (self.boxes, self.noticed):
                    placed.pop((who, at), None)
        self.lines = {who: self.lines.get(who) or self._line(who) for who in members}
        pieces.turn(self.people, *self.lines.values())

    def _line(self, who: str) -> widgets.Widget:
        row = pieces.row(*(self._box(who, at) for at in range(7)))
        row.add_class("kpa-week")
        self.totals[who], self.beside[who] = pieces.html(), pieces.html()
        line = pieces.column(self.totals[who], row, self.beside[who])
        line.add_class("kpa-person")
        return line

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
        day = self.monday + timedelta(days=at)
        self.refused.pop(self._key(who, at), None)
        self.noticed.pop((who, at), None)
        try:
            minutes = _minutes(text, who, day)
            what = f"{who}, le {day:%d/%m}, {hours(minutes) if minutes else 'rien'}"
            noticed = self.keeps.keep(lambda book: self._changes(book, who, day, minutes), what)
            self.noticed[who, at] = " ".join(filter(None, [_other_reading(text, minutes), *noticed]))
            self.keeps.said.value = pieces.live(f"C'est noté : {what}. {self.noticed[who, at]}".strip())
        except KpaError as error:
            where = (
                f"{who}, le {day:%d/%m}, {next(label for label, key in self.work.options if key == self.work.value)}"
            )
            self.refused[self._key(who, at)] = text, replace(error.problems[0], where=where)
        self.show(self.keeps.now())
        if self.refused:
            raise UnreadableFile(*(problem for _, (_, problem) in sorted(self.refused.items())))

    def _key(self, who: str, at: int) -> tuple[str, date, str]:
        return who, self.monday + timedelta(days=at), str(self.work.value)

    def _changes(self, book: OrderBook, who: str, day: date, minutes: int) -> Changes:
        """Return what notes a box, unless another window noted something else there. Raises UnreadableFile."""
        kind, _, order = str(self.work.value).partition(":")
        seen, held = (
            [each for each in it.hours if (each.member, each.on) == (who, day) and self._about(each)]
            for it in (self.book or book, book)
        )
        if seen != held:
            what = f"Une autre fenêtre a noté {hours(sum(each.minutes for each in held)) if held else 'rien'} ici."
            raise UnreadableFile(Problem(who, what, "Pour mettre autre chose, tapez-le de nouveau."))
        return hours_changes(book, who, day, kind, order, minutes)


def _other_reading(text: str, minutes: int) -> str:
    """Return what 7.30 counts, which is 7 hours and three tenths, and how to write 7 h 30; so for 20, and 20 min."""
    if clock := _CLOCK.fullmatch(text.strip()):
        other, typed = f"{clock[1]}\u00a0h\u00a0{clock[2]}", f"{clock[1]}h{clock[2]}"
    elif bare := _BARE.fullmatch(text.strip()):
        other, typed = f"{bare[0]}\u00a0min", f"{bare[0]}min"
    else:
        return ""
    return f"« {text.strip()} » compte {hours(minutes)}. Pour {other}, écrivez {typed}."


def works(book: OrderBook) -> list[tuple[str, str]]:
    """Return (`kind:order`, label) of what an hour may be for: what is not invoiced first, then the orders."""
    labels = {each.number: each.label for each in book.orders}
    orders = sorted(book.workable, key=lambda each: each.ordered_on, reverse=True)
    unseen = {f"{kind}:": label for kind, label in INVISIBLE.items()}  # with examples: the words are ours
    asked = [*unseen, *(f"{Kind.JOB}:{each.number}" for each in orders), f"{Kind.JOB}:"]
    noted = sorted({_work(each) for each in book.hours})  # such as help given to an order
    return [(key, unseen.get(key) or _called(key, labels)) for key in dict.fromkeys((*asked, *noted))]


def _called(key: str, labels: Mapping[str, str]) -> str:
    kind, _, order = key.partition(":")
    if not order:
        return f"{KIND_LABELS[kind]}, sans commande" if kind == Kind.JOB else KIND_LABELS[kind]
    label = labels.get(order, "")
    return f"{KIND_LABELS[kind]} : {order}{f', {label}' if label not in ('', order) else ''}"


def _told(book: OrderBook, who: str, monday: date) -> Html:
    """Return a name, and her hours of the week over every kind of work."""
    mine = [each for each in book.hours if each.member == who and monday <= each.on < monday + timedelta(days=7)]
    whole = sum(each.minutes for each in mine)
    return joined(tag("strong", who), tag("span", f" {hours(whole)} cette semaine" if whole else "", cls="kpa-help"))


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
