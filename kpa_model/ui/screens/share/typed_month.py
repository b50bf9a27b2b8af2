"""A month without a spreadsheet: hours as people × days, orders, invoices, purchases, payments; saved as typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.files.book.books import personal_books, xlsx_of
from kpa_model.files.book.building import names_in
from kpa_model.files.importing.typing import Done, changed, start_book, turned
from kpa_model.server import catalogue
from kpa_model.ui import gestures, pieces
from kpa_model.ui.library import read_named, whole_months
from kpa_model.ui.screens.decide.workshop import PhonesDoor
from kpa_model.ui.screens.share.line_form import TABLES, LineForm
from kpa_model.ui.screens.share.understood import next_pages
from kpa_model.ui.screens.share.week_table import Make, WeekTable
from kpa_model.ui.state import Store
from kpa_model.words import day, month_name, slug
from kpa_model.workshop.script_file import ready_scripts

_BEGIN = (
    "Donnez un nom, puis les prénoms du groupe, séparés par des virgules. Qui n'a pas de CAPE a ses heures notées, "
    "et ne reçoit pas de part."
)
_OTHER = "Commencer un carnet, ou en continuer un autre"
TOGETHER = "nos_heures"
"""The ready script in which each person notes her hours on her phone."""


@pieces.framed
def typed_month(store: Store) -> widgets.Widget:
    """Type a month of the group's own book, or start one with its people."""
    return TypedMonth(store).widget()


class TypedMonth:
    """The book being typed, and what can be undone."""

    def __init__(self, store: Store) -> None:
        self.store, self.begun = store, ""
        self.past: list[gestures.Gesture] = []
        self.said, self.refused, self.sheets = pieces.html(), pieces.html(), pieces.html()
        self.name = pieces.words("Nom du carnet", "Notre coopérative 2026")
        self.people = pieces.words("Les prénoms", "Awa, Bruno, Chloé")
        self.unpaid = pieces.words("Parmi eux, qui n'a pas de CAPE ?", "Chloé")
        self.start = pieces.button("Commencer ce carnet", self.begin, "kpa-primary", self.refused)
        self.which = widgets.Dropdown(description="Un carnet déjà commencé")
        self.go_on = pieces.button("Continuer ce carnet", self.open, "", self.refused)
        self.back = pieces.button("Annuler le dernier geste", self.undo, "kpa-undo", self.said)
        self.week = WeekTable(self)
        self.forms = [LineForm(self, what) for what in TABLES]
        self.door = PhonesDoor(lambda: [TOGETHER, "--carnet", str(self.folder)], self.welcome)
        self.again = pieces.row(self.which, self.go_on)
        new = pieces.row(self.name, self.people, self.unpaid, self.start)
        new.add_class("kpa-draft")
        self.opening = pieces.fold(_OTHER, self.again, pieces.html(tag("p", _BEGIN, cls="kpa-help")), new, self.refused)
        self.title = pieces.html()
        lines = pieces.folds({each.what.title: each.widget() for each in self.forms})
        whole = pieces.button("Prendre ce carnet en classeur", self.give, "", self.said)
        self.after = pieces.html()
        after = pieces.column(pieces.row(self.back, whole), self.after)
        self.typing = pieces.column(self.title, self._phones(), self.week.widget(), lines, after)
        store.watch(self.show)

    def widget(self) -> widgets.Widget:
        """Return the whole screen."""
        self.show()
        return pieces.column(self.opening, self.typing, self.said)

    def _phones(self) -> widgets.Widget:
        """Return the ways to note a week together, on phones or on paper, folded."""
        said = (
            "Chaque personne tape ses heures de la semaine en cours sur son téléphone, et donne son accord. "
            "Elles viennent ici quand l'atelier est fermé. Pour une autre semaine : « Changer ce qui est demandé », "
            "page d'animation."
        )
        title = "Noter nos heures ensemble, sur nos téléphones ou sur papier"
        paper = pieces.button("Préparer les feuilles de la semaine", self.put_on_paper, "", self.sheets)
        return pieces.fold(title, pieces.html(tag("p", said)), self.door.widget(), paper, self.sheets)

    def welcome(self) -> None:
        """Show what the phones put in the book. Raises UnreadableFile."""
        if self.folder:
            self._look_at(self.folder.name)

    def put_on_paper(self) -> None:
        """Give the sheets on which people note the week shown, without a phone."""
        from kpa_model.story.decide.script_paper import script_paper
        from kpa_model.story.decide.workshop_facts import hours_facts

        catalogue.load()
        book, monday = self.now(), self.week.monday
        facts = {**hours_facts(book, seed=1), "lundi": monday.isoformat()}
        content = script_paper(ready_scripts()[TOGETHER], facts, max(2, len(book.members)))
        name = f"nos_heures_{monday.isoformat()}.pdf"
        said = f"Prendre les feuilles, semaine du {day(monday)}"
        self.sheets.value = pieces.live(pieces.download(said, name, content, "application/pdf"))

    @property
    def folder(self) -> Path | None:
        """Return the place of the book just begun, else of the one looked at, when it is the group's own."""
        return personal_books().get(self.begun or self.store.state.book)

    def begin(self) -> None:
        """Make the book, and write in it; pressed twice, it is made once. Raises UnreadableFile."""
        asked = (self.name, self.people, self.unpaid)
        if self.folder and not any(each.value for each in asked):
            return
        people, unpaid = names_in(self.people.value), names_in(self.unpaid.value)
        folder = start_book(self.name.value, people, date.today().replace(month=1, day=1), unpaid)
        for each in asked:
            each.value = ""
        gestures.forget(folder.name)
        self._write_in(folder.name)

    def open(self) -> None:
        """Write in a book of the group that is there already. Raises UnreadableFile."""
        self._write_in(self.which.value)

    def _write_in(self, name: str) -> None:
        self._look_at(name)
        self.opening.selected_index = None  # once its place is taken: the keyboard goes there
        self.said.value = pieces.live(tag("p", f"Vous écrivez dans « {name} ». Écrivez les heures de la semaine."))

    def show(self) -> None:
        """Show what the book holds now, and only the gestures that make sense."""
        folder = self.folder
        others = [name for name in personal_books() if not folder or name != folder.name]
        pieces.fill(self.which, [(name, name) for name in others])
        self.again.layout.display = None if others else "none"
        self.typing.layout.display = None if folder else "none"
        if folder is None:
            self.opening.selected_index = 0
            return
        if (title := tag("h3", f"Carnet « {folder.name} »")) != self.title.value:
            self.title.value, self.past = title, gestures.of_book(folder.name)
            self.week.forget()
        self.back.layout.display = None if self.past else "none"
        book = self.now()
        self.week.show(book)
        for each in self.forms:
            each.show(book)
        self.after.value = self._next(book)

    def _next(self, book: OrderBook) -> Html:
        """Return where to go with a month that has sales and hours; before that, what it lacks."""
        if not whole_months(book):
            return tag("p", "Quand un mois a des heures et une facture, il se partage.", cls="kpa-help")
        shown = month_name(CalendarMonth.parse(self.store.state.month).first_day)
        return joined(tag("p", f"Les autres pages montrent {shown}."), next_pages())

    def keep(self, make: Make, what: str) -> tuple[str, ...]:
        """Change the book, look at it once it has a month, return what there is to see in it. Raises UnreadableFile."""
        done = self._changed(make)
        assert self.folder is not None
        self.past.append((done.changes, what))
        gestures.remember(self.folder.name, self.past[-1])
        self.show()
        self.said.value = ""
        return done.noticed

    def now(self) -> OrderBook:
        """Return the book being typed, as it is on the disk."""
        assert self.folder is not None
        return read_named(self.folder.name)[0]

    def _changed(self, make: Make) -> Done:
        assert self.folder is not None
        done = changed(self.folder, make)
        self._look_at(self.folder.name)
        return done

    def _look_at(self, name: str) -> None:
        """Show a book as it is on the disk, on every page once it has a month."""
        self.begun = name  # without a month, nobody else looks at it
        book = self.now()
        if not book.months:
            self.store.refresh()
            return
        self.begun, whole = "", whole_months(book)
        if self.store.state.book != name:
            self.store.open_book(name, whole[-1] if whole else "")
        elif whole and self.store.state.month not in whole:
            self.store.update(month=whole[-1])
        else:
            self.store.refresh()

    def undo(self) -> None:
        """Take back the last gesture; the one before is then the last. Raises UnreadableFile."""
        if self.folder is None or not self.past:
            return
        changes, what = last = self.past.pop()
        gestures.take_back(self.folder.name, last)
        try:
            self._changed(lambda _: turned(changes))
        finally:
            self.show()
        self.said.value = pieces.live(f"Le dernier geste est annulé : {what}.")

    def give(self) -> None:
        """Give the book as a workbook."""
        assert self.folder is not None
        content = xlsx_of(self.now())
        self.said.value = pieces.live(
            pieces.download("Prendre le classeur", f"{slug(self.folder.name)}.xlsx", content, pieces.XLSX)
        )
