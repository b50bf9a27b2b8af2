"""A month without a spreadsheet: hours as people × days, invoices, purchases, payments; saved as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.work import KIND_LABELS
from kpa_model.declare.markup import tag
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.books import personal_books
from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import RefusedCell, read_euros, read_rate
from kpa_model.files.book.dates import read_date, read_duration
from kpa_model.files.importing.typing import put, put_hours, put_invoice, start_book
from kpa_model.ui import pieces
from kpa_model.ui.library import read_named
from kpa_model.ui.state import Store
from kpa_model.words import count, euros, hours

_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_READ: dict[str, Callable[[str], Any]] = {
    "date": read_date, "montant_ht": read_euros, "montant_ttc": read_euros, "taux_tva": read_rate,
}  # fmt: skip
_FORMS = {
    "factures": ("Une facture", (("facture", "Numéro"), ("libelle", "Pour quoi, pour qui"), ("date", "Date"),
                                 ("montant_ht", "Montant HT"), ("taux_tva", "Taux de TVA"))),
    "encaissements": ("Un paiement reçu", (("facture", "Numéro de la facture"), ("date", "Date"),
                                           ("montant_ttc", "Somme reçue, TVA comprise"))),
    "achats": ("Un achat", (("libelle", "Quoi"), ("date", "Date"), ("montant_ht", "Montant HT"))),
}  # fmt: skip


@pieces.framed
def typed_month(store: Store) -> widgets.Widget:
    """Type a month of the group's own book, or start one with its people."""
    return TypedMonth(store).widget()


class TypedMonth:
    """The book being typed, the week shown, and what can be undone."""

    def __init__(self, store: Store) -> None:
        self.store, self.begun = store, ""
        self.said, self.total = pieces.html(), pieces.html()
        self.table, self.forms = widgets.VBox(), widgets.VBox()
        self.name = widgets.Text(description="Nom du carnet", placeholder="Notre coopérative 2026")
        self.people = widgets.Text(description="Les prénoms", placeholder="Awa, Bruno, Chloé")
        self.start = pieces.button("Commencer ce carnet", self.begin, "kpa-primary", self.said)
        self.kind = pieces.choice("Genre de travail", [(each, label) for each, label in KIND_LABELS.items()], "commun")
        self.week = widgets.DatePicker(description="Semaine du", value=date.today())
        self.past: list[Callable[[], OrderBook]] = []
        self.back = pieces.button("Annuler le dernier geste", self.undo, "", self.said)
        for each in (self.kind, self.week):
            each.observe(lambda _: self.show(), "value")
        store.watch(self.show)

    def widget(self) -> widgets.Widget:
        """Return the whole screen."""
        todo = tag("p", "Donnez un nom, puis les prénoms du groupe, séparés par des virgules.", cls="kpa-help")
        opening = pieces.column(pieces.html(todo), pieces.row(self.name, self.people, self.start))
        self.opening = opening
        self.typing = pieces.column(pieces.row(self.week, self.kind), self.table, self.total, self.forms, self.back)
        self.show()
        return pieces.column(opening, self.typing, self.said)

    @property
    def folder(self) -> Path | None:
        """Return the place of the book just begun, else of the one looked at, when it is the group's own."""
        return personal_books().get(self.begun or self.store.state.book)

    def _kept(self, book: OrderBook) -> None:
        """Look at the book once it has a month, and draw every view again."""
        assert self.folder is not None
        if self.begun and book.months:
            name, self.begun = self.begun, ""
            self.store.open_book(name)
        else:
            self.store.refresh()

    def begin(self) -> None:
        """Make the book, and look at it."""
        folder = start_book(self.name.value, names_in(self.people.value), date.today().replace(month=1, day=1))
        self.begun = folder.name
        self.show()
        self.said.value = pieces.live(tag("p", f"« {folder.name} » est commencé. Écrivez les heures de la semaine."))

    def show(self) -> None:
        """Draw the table of the week again."""
        if not hasattr(self, "typing"):
            return
        folder = self.folder
        self.opening.layout.display = "none" if folder else None
        self.typing.layout.display = None if folder else "none"
        self.back.layout.display = None if self.past else "none"
        if folder is None:
            return
        book = read_named(folder.name)[0]
        monday = self.week.value - timedelta(days=self.week.value.weekday()) if self.week.value else date.today()
        days = [monday + timedelta(days=step) for step in range(7)]
        pieces.forget(*self.table.children)
        self.table.children = [self._person(book, member.name, days) for member in book.members]
        self._say_total(book, days)
        if not self.forms.children:
            self.forms.children = [self._form(table) for table in _FORMS]

    def _person(self, book: OrderBook, who: str, days: list[date]) -> widgets.Widget:
        boxes = []
        for day in days:
            key = (who, day, self.kind.value)
            held = [each.minutes for each in book.hours if (each.member, each.on, each.kind) == key]
            box = widgets.Text(
                value=hours(sum(held)).replace("\u00a0", " ") if held else "",
                description=f"{_DAYS[day.weekday()]} {day.day}",
                continuous_update=False,
                tooltip=f"{who}, le {day:%d/%m/%Y}",
            )
            box.add_class("kpa-hours")
            box.observe(self._keeper(who, day), "value")
            boxes.append(box)
        row = widgets.HBox(boxes)
        row.add_class("kpa-row")
        return pieces.column(pieces.html(tag("strong", who)), row)

    def _keeper(self, who: str, day: date) -> Callable[[dict[str, Any]], None]:
        return lambda change: pieces.guarded(self.said, lambda: self.typed(who, day, change))

    def typed(self, who: str, day: date, change: dict[str, Any]) -> None:
        """Keep one cell. Raises UnreadableFile."""
        assert self.folder is not None
        folder, kind = self.folder, self.kind.value
        before = _minutes(change["old"], who, day)
        minutes = _minutes(change["new"], who, day)
        book = put_hours(folder, who, day, kind, "", minutes)
        self.past.append(lambda: put_hours(folder, who, day, kind, "", before))
        self._kept(book)
        self.said.value = pieces.live(f"{who}, le {day:%d/%m} : {hours(minutes)}. C'est noté.")
        self._say_total(book, [day])

    def _say_total(self, book: OrderBook, days: list[date]) -> None:
        month = days[0].replace(day=1)
        held = sum(each.minutes for each in book.hours if each.on.replace(day=1) == month)
        self.total.value = tag("p", f"Ce mois-ci, le carnet compte {hours(held)} en tout.", cls="kpa-help")

    def _form(self, table: str) -> widgets.Widget:
        """Return the boxes of one kind of line, and the button that adds it."""
        title, fields = _FORMS[table]
        boxes = {name: widgets.Text(description=label) for name, label in fields}

        def add() -> None:
            assert self.folder is not None
            values = {name: _read(name, fields, box.value) for name, box in boxes.items() if box.value.strip()}
            missing = [label for name, label in fields if name not in values and name != "libelle"]
            if missing:
                raise UnreadableFile(Problem(title, f"il manque : {', '.join(missing)}.", "Complétez, puis ajoutez."))
            book = put_invoice(self.folder, values) if table == "factures" else put(self.folder, table, [values])
            for box in boxes.values():
                box.value = ""
            self._kept(book)
            sold = sum(line.before_tax for line in book.lines)
            told = f"C'est noté : {count(len(book.lines), 'ligne')} de facture, {euros(sold)} HT en tout."
            self.said.value = pieces.live(told)

        head = tag("h3", title)
        button = pieces.button("Ajouter", add, said=self.said)
        return pieces.column(pieces.html(head), pieces.row(*boxes.values(), button))

    def undo(self) -> None:
        """Take back the last cell typed."""
        if self.past:
            self._kept(self.past.pop()())
            self.said.value = pieces.live("Le dernier geste est annulé.")


def _minutes(text: str, who: str, day: date) -> int:
    if not text.strip():
        return 0
    try:
        return round(read_duration(text))
    except RefusedCell as error:
        raise UnreadableFile(Problem(f"{who}, le {day:%d/%m}", error.what, error.todo)) from None


def _read(name: str, fields: Any, text: str) -> Any:
    try:
        return _READ.get(name, str.strip)(text)
    except RefusedCell as error:
        raise UnreadableFile(Problem(dict(fields)[name], error.what, error.todo)) from None
