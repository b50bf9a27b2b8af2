"""The lines of one table of the group's book: add one, choose one to change it or take it away, read them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.declare.markup import Html, table, tag, wide
from kpa_model.errors import Problem, Refused, UnreadableFile
from kpa_model.files.book.cells import read_euros, read_rate
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.writing import table_values, text_of
from kpa_model.files.importing.merging import Values, plain
from kpa_model.files.importing.typing import Changes, invoice_changes
from kpa_model.money import part_of
from kpa_model.ui import pieces
from kpa_model.ui.screens.share.week_table import Keeps
from kpa_model.words import count, euros, percent

NEW = ""
_READ: dict[str, Callable[[str], Any]] = {
    "date": read_date, "montant_ht": read_euros, "montant_ttc": read_euros, "taux_tva": read_rate,
}  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """A table that is typed on screen: what it is called, its boxes, and those that may stay empty."""

    table: str
    title: str
    noun: str
    boxes: dict[str, str]
    optional: frozenset[str]


TABLES = (
    Typed("commandes", "Une commande", "commande",
          {"commande": "Numéro", "libelle": "Pour quoi", "client": "Pour qui", "date": "Date"},
          frozenset({"libelle", "client"})),
    Typed("factures", "Une facture", "ligne de facture",
          {"facture": "Numéro", "libelle": "Pour quoi, pour qui", "date": "Date", "montant_ht": "Montant HT",
           "taux_tva": "Taux de TVA", "commande": "Pour quelle commande"},
          frozenset({"libelle", "commande"})),
    Typed("encaissements", "Un paiement reçu", "paiement",
          {"facture": "Numéro de la facture", "date": "Date", "montant_ttc": "Somme reçue, TVA comprise"}, frozenset()),
    Typed("achats", "Un achat", "achat",
          {"libelle": "Quoi", "date": "Date", "montant_ht": "Montant HT", "commande": "Pour quelle commande"},
          frozenset({"commande"})),
)  # fmt: skip


class LineForm:
    """The boxes of one kind of line. A line chosen in the list fills them."""

    def __init__(self, keeps: Keeps, what: Typed) -> None:
        self.keeps, self.what = keeps, what
        self.lines: list[Values] = []
        self.which = widgets.Dropdown(description="Ligne à écrire", options=[(_new(what), NEW)], value=NEW)
        self.boxes: dict[str, widgets.Text | widgets.Dropdown] = {
            name: widgets.Dropdown(description=label) if name == "commande" and what.table != "commandes"
            else pieces.words(label, "25/11/2026" if name == "date" else "")
            for name, label in what.boxes.items()
        }  # fmt: skip
        self.save = pieces.button("Ajouter", self.kept, "kpa-primary", keeps.said)
        self.away = pieces.button("Retirer cette ligne", self.removed, "", keeps.said)
        self.listed = pieces.html()
        self.which.observe(lambda _: self._fill(), "value")

    def widget(self) -> widgets.Widget:
        """Return the list of lines, the boxes, the gestures."""
        boxes = pieces.row(*self.boxes.values())
        return pieces.column(pieces.row(self.which), boxes, pieces.row(self.save, self.away), self.listed)

    def show(self, book: OrderBook) -> None:
        """Draw the lines that a book holds again; what is being typed stays."""
        name = self.what.table
        lines: list[Values] = [plain(name, each) for each in table_values(book)[name]]
        if (box := self.boxes.get("commande")) is not None and isinstance(box, widgets.Dropdown):
            none = "Une commande à elle" if name == "factures" else "Pour tout le groupe"
            orders = [(each.number, f"{each.number} {each.label}".strip()) for each in book.orders]
            pieces.fill(box, [(NEW, none), *orders])
        if lines != self.lines or not self.listed.value:
            chosen = self.chosen
            self.lines = lines
            options = [(str(at), self._called(each)) for at, each in enumerate(lines)]
            pieces.fill(self.which, [(NEW, _new(self.what)), *reversed(options)])
            self.which.value = str(lines.index(chosen)) if chosen in lines else NEW
            self.listed.value = self._table() if lines else ""
        self._gestures()

    @property
    def chosen(self) -> Values | None:
        """Return the line that is being changed, None for a new one."""
        return self.lines[int(self.which.value)] if self.which.value else None

    def _called(self, line: Values) -> str:
        texts = {**self._texts(line), **{name: euros(line[name]) for name in line if name.startswith("montant")}}
        return " · ".join(texts[name] for name in self.what.boxes if texts[name] and name != "taux_tva")

    def _texts(self, line: Values) -> dict[str, str]:
        columns = {each.name: each for each in dictionaries()[self.what.table].columns}
        return {name: text_of(line.get(name), columns[name]) for name in self.what.boxes}

    def _fill(self) -> None:
        """Write the chosen line in the boxes, or empty them."""
        texts = self._texts(self.chosen or {})
        for name, box in self.boxes.items():
            box.value = texts[name]
        self._gestures()

    def _gestures(self) -> None:
        self.save.description = "Garder ce changement" if self.chosen else "Ajouter"
        self.away.layout.display = None if self.chosen else "none"

    def _table(self) -> Html:
        """Return every line, folded: a table that scrolls inside its frame."""
        rows = [tuple(self._texts(each).values()) for each in reversed(self.lines)]
        caption = dictionaries()[self.what.table].label
        drawn = wide(table(caption, tuple(self.what.boxes.values()), rows, cls="kpa-table"), caption)
        first, *rest = self.what.noun.split(" ", 1)
        many = count(len(rows), self.what.noun, " ".join([f"{first}s", *rest]))
        return tag("details", tag("summary", f"Déjà dans le carnet : {many}"), drawn)

    # --- gestures -----------------------------------------------------------------------------------------------------

    def kept(self) -> None:
        """Add the line, or put it instead of the one chosen. Raises UnreadableFile."""
        values, old = self._values(), self.chosen
        gesture = "Le changement est gardé" if old else "C'est noté"
        self.keeps.keep(lambda book: self._changes(book, values, old), gesture, self._called(values), _taxed(values))
        self._empty()

    def removed(self) -> None:
        """Take the chosen line away. Raises UnreadableFile."""
        if (old := self.chosen) is not None:
            self.keeps.keep(lambda _: {self.what.table: ([], [old])}, "Retiré", self._called(old))
            self._empty()

    def _empty(self) -> None:
        self.which.value = NEW
        self._fill()

    def _changes(self, book: OrderBook, values: Values, old: Values | None) -> Changes:
        if self.what.table == "factures":
            return invoice_changes(book, values, old)
        return {self.what.table: ([values], [old] if old else [])}

    def _values(self) -> dict[str, Any]:
        """Return what is typed; what a line holds beside these boxes stays. Raises UnreadableFile."""
        what = self.what
        typed = {name: self._read(name, box.value) for name, box in self.boxes.items() if box.value.strip()}
        missing = [label for name, label in what.boxes.items() if name not in typed and name not in what.optional]
        if missing:
            raise UnreadableFile(Problem(what.title, f"il manque : {', '.join(missing)}.", "Complétez, puis ajoutez."))
        beside = {name: value for name, value in (self.chosen or {}).items() if name not in what.boxes}
        return {**beside, **typed}

    def _read(self, name: str, text: str) -> Any:
        try:
            return _READ.get(name, str.strip)(_with_year(text) if name == "date" else text)
        except Refused as error:
            raise UnreadableFile(Problem(self.what.boxes[name], error.what, error.todo)) from None


def _taxed(values: Values) -> str:
    """Return what a customer owes for a line of invoice; nothing for what has no rate."""
    if "taux_tva" not in values or "montant_ht" not in values:
        return ""
    rate, before = values["taux_tva"], values["montant_ht"]
    return f"Avec {percent(rate)} de TVA : {euros(before + int(part_of(before, rate)))}."


def _with_year(text: str) -> str:
    """Return a day with its year: `5/11` is the one nearest to today."""
    if not re.fullmatch(r"\d{1,2}[/.-]\d{1,2}", found := text.strip()):
        return text
    today = date.today()
    written = (f"{found}/{year}".replace(".", "/").replace("-", "/") for year in range(today.year - 1, today.year + 2))
    return min(written, key=lambda each: abs(read_date(each) - today))


def _new(what: Typed) -> str:
    return f"{what.title}, nouvelle" if what.title.startswith("Une ") else f"{what.title}, nouveau"
