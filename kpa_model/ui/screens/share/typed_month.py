"""A month without a spreadsheet: hours as people × days, orders, invoices, purchases, payments; saved as typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.files.book.books import personal_books, xlsx_of
from kpa_model.files.book.building import names_in
from kpa_model.files.importing.typing import Changes, changed, start_book, turned
from kpa_model.ui import pieces
from kpa_model.ui.library import read_named
from kpa_model.ui.screens.decide.workshop import PhonesDoor
from kpa_model.ui.screens.share.line_form import TABLES, LineForm
from kpa_model.ui.screens.share.week_table import Make, WeekTable
from kpa_model.ui.state import Store
from kpa_model.words import slug

_BEGIN = (
    "Donnez un nom, puis les prénoms du groupe, séparés par des virgules. Qui n'a pas de CAPE a ses heures notées, "
    "et ne reçoit pas de part."
)
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
        self.past: list[tuple[Changes, str]] = []
        self.said = pieces.html()
        self.name = pieces.words("Nom du carnet", "Notre coopérative 2026")
        self.people = pieces.words("Les prénoms", "Awa, Bruno, Chloé")
        self.unpaid = pieces.words("Parmi eux, qui n'a pas de CAPE ?", "Chloé")
        self.start = pieces.button("Commencer ce carnet", self.begin, "kpa-primary", self.said)
        self.back = pieces.button("Annuler le dernier geste", self.undo, "", self.said)
        self.week = WeekTable(self)
        self.forms = [LineForm(self, what) for what in TABLES]
        self.door = PhonesDoor(lambda: [TOGETHER, "--carnet", str(self.folder)])
        self.opening = pieces.column(
            pieces.html(tag("p", _BEGIN, cls="kpa-help")), pieces.row(self.name, self.people, self.unpaid, self.start)
        )
        lines = pieces.folds({each.what.title: each.widget() for each in self.forms})
        whole = pieces.button("Prendre ce carnet en classeur", self.give, "", self.said)
        self.typing = pieces.column(self._phones(), self.week.widget(), lines, pieces.row(self.back, whole))
        store.watch(self.show)

    def widget(self) -> widgets.Widget:
        """Return the whole screen."""
        self.show()
        return pieces.column(self.opening, self.typing, self.said)  # said in both: a refusal to begin, too

    def _phones(self) -> widgets.Widget:
        """Return the way to note a week together, folded."""
        said = "Chaque personne tape ses heures sur son téléphone, et donne son accord. Elles viennent ensuite ici."
        title = "Noter nos heures ensemble, sur nos téléphones"
        return pieces.fold(title, pieces.html(tag("p", said)), self.door.widget())

    @property
    def folder(self) -> Path | None:
        """Return the place of the book just begun, else of the one looked at, when it is the group's own."""
        return personal_books().get(self.begun or self.store.state.book)

    def begin(self) -> None:
        """Make the book, and look at it."""
        people, unpaid = names_in(self.people.value), names_in(self.unpaid.value)
        folder = start_book(self.name.value, people, date.today().replace(month=1, day=1), unpaid)
        self.begun = folder.name
        self.store.refresh()
        self.show()
        self.said.value = pieces.live(tag("p", f"« {folder.name} » est commencé. Écrivez les heures de la semaine."))

    def show(self) -> None:
        """Show what the book holds now, and only the gestures that make sense."""
        folder = self.folder
        self.opening.layout.display = "none" if folder else None
        self.typing.layout.display = None if folder else "none"
        self.back.layout.display = None if self.past else "none"
        if folder is None:
            return
        book = read_named(folder.name)[0]
        self.week.show(book)
        for each in self.forms:
            each.show(book)

    def keep(self, make: Make, gesture: str, what: str, more: str = "") -> None:
        """Change the book, look at it once it has a month, and say it. Raises UnreadableFile."""
        self.past.append((self._changed(make), what))
        self.show()
        self.said.value = pieces.live(f"{gesture} : {what}. {more}".strip())

    def _changed(self, make: Make) -> Changes:
        assert self.folder is not None
        name = self.folder.name
        book, done = changed(self.folder, make)
        begun, self.begun = self.begun, "" if book.months else name  # without a month, nobody else looks at it
        if begun and book.months:
            self.store.open_book(name)
        else:
            self.store.refresh()
        return done

    def undo(self) -> None:
        """Take back the last gesture; the one before is then the last."""
        if self.past:
            last, what = self.past.pop()
            self._changed(lambda _: turned(last))
            self.show()
            self.said.value = pieces.live(f"Le dernier geste est annulé : {what}.")

    def give(self) -> None:
        """Give the book as a workbook."""
        assert self.folder is not None
        content = xlsx_of(read_named(self.folder.name)[0])
        self.said.value = pieces.live(
            pieces.download("Prendre le classeur", f"{slug(self.folder.name)}.xlsx", content, pieces.XLSX)
        )
