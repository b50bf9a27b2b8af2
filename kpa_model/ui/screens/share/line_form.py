"""The lines of one table of the group's book: add one, choose one to change it or take it away, read them all."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import ipywidgets as widgets

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.chain import still_due
from kpa_model.cooperative.people import Status
from kpa_model.declare.markup import Html, table, tag, wide
from kpa_model.errors import KpaError, Problem, Refused, UnreadableFile
from kpa_model.files.book.cells import read_euros, read_rate
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.dictionaries import Column, dictionaries
from kpa_model.files.book.reading.sales.taxes import before_tax_of
from kpa_model.files.book.tables import Values, read_cell
from kpa_model.files.book.writing import table_values, text_of
from kpa_model.files.importing.merging import plain
from kpa_model.files.importing.typing import Changes, invoice_changes, person_changes
from kpa_model.money import part_of
from kpa_model.ui import pieces
from kpa_model.ui.screens.share.week_table import Keeps, Make
from kpa_model.words import count, euros, listing, percent

NEW = ""
_STATUSES = {
    Status.CAPE: "CAPE", Status.VOLUNTEER: "Bénévole", Status.CIVIC_SERVICE: "Service civique", Status.TRAINEE: "Stage",
}  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """A table that is typed on screen: what it is called, its boxes, and those that may stay empty."""

    table: str
    title: str
    noun: str
    boxes: dict[str, str]
    optional: frozenset[str]

    @property
    def columns(self) -> dict[str, Column]:
        """Return the column of each box."""
        return {name: dictionaries()[self.table].column(name) for name in self.boxes}

    @property
    def choices(self) -> frozenset[str]:
        """Return the boxes in which a line of another table is chosen."""
        return frozenset({"commande", "facture"}) - {self.table.removesuffix("s")}


TABLES = (
    Typed("commandes", "Une commande", "commande",
          {"commande": "Numéro", "libelle": "Pour quoi", "client": "Pour qui", "date": "Date"},
          frozenset({"libelle", "client"})),
    Typed("factures", "Une facture", "ligne de facture",
          {"facture": "Numéro", "libelle": "Pour quoi, pour qui", "date": "Date", "montant_ht": "Montant HT",
           "taux_tva": "Taux de TVA", "commande": "Pour quelle commande"},
          frozenset({"libelle", "commande"})),
    Typed("encaissements", "Un paiement reçu", "paiement",
          {"facture": "Pour quelle facture", "date": "Date", "montant_ttc": "Somme reçue, TVA comprise"}, frozenset()),
    Typed("achats", "Un achat", "achat",
          {"libelle": "Quoi", "date": "Date", "montant_ht": "Montant HT", "commande": "Pour quelle commande"},
          frozenset({"commande"})),
    Typed("personnes", "Une personne : arrivée, départ, CAPE", "personne",
          {"personne": "Nom choisi par le groupe", "statut": "Statut", "du": "Premier jour", "au": "Dernier jour"},
          frozenset({"au"})),
)  # fmt: skip


class LineForm:
    """The boxes of one kind of line. A line chosen in the list fills them."""

    def __init__(self, keeps: Keeps, what: Typed) -> None:
        self.keeps, self.what, self.drawing, self.done = keeps, what, False, False
        self.book: OrderBook | None = None
        self.lines: list[Values] = []
        self.which = widgets.Dropdown(description="Ligne à écrire", options=[(_new(what), NEW)], value=NEW)
        self.boxes: dict[str, widgets.Text | widgets.Dropdown] = {
            name: _box(what, name, label) for name, label in what.boxes.items()
        }
        self.wrong = {name: pieces.html() for name in what.boxes}
        self.said = pieces.html()
        self.save = pieces.button("Ajouter", self.kept, "kpa-primary", self.said)
        self.away = pieces.button("Retirer cette ligne", self.removed, "", self.said)
        self.listed = pieces.html()
        self.which.observe(lambda _: self._fill(), "value")

    def widget(self) -> widgets.Widget:
        """Return the list of lines, the boxes with what is wrong under each, the gestures, what they did."""
        fields = [pieces.column(box, self.wrong[name]) for name, box in self.boxes.items()]
        for each in fields:
            each.add_class("kpa-field")
        gestures = pieces.row(self.save, self.away)
        form = pieces.column(pieces.row(self.which), pieces.row(*fields), gestures, self.said, self.listed)
        form.add_class("kpa-draft")
        return form

    def show(self, book: OrderBook) -> None:
        """Draw the lines that a book holds again; what is being typed stays."""
        if book is self.book:
            return
        self.book, name = book, self.what.table
        lines: list[Values] = [plain(name, each) for each in table_values(book)[name]]
        self.drawing = True
        try:
            for field in self.boxes.keys() & self.what.choices:
                pieces.fill(self.boxes[field], _choices(book, name, field))
            if lines != self.lines or not self.listed.value:
                chosen = self.chosen
                self.lines = lines
                options = [(str(at), self._called(each)) for at, each in enumerate(lines)]
                pieces.fill(self.which, [(NEW, _new(self.what)), *reversed(options)])
                self.which.value = str(lines.index(chosen)) if chosen in lines else NEW
                self.listed.value = self._table() if lines else ""
        finally:
            self.drawing = False
        self._gestures()

    @property
    def chosen(self) -> Values | None:
        """Return the line that is being changed, None for a new one."""
        return self.lines[int(self.which.value)] if self.which.value else None

    def _called(self, line: Values) -> str:
        texts = {**self._texts(line), **{name: euros(line[name]) for name in line if name.startswith("montant")}}
        return " · ".join(texts[name] for name in self.what.boxes if texts[name] and name != "taux_tva")

    def _texts(self, line: Values) -> dict[str, str]:
        texts = {name: text_of(line.get(name), column) for name, column in self.what.columns.items()}
        return {name: _STATUSES[Status(text)] if name == "statut" and text else text for name, text in texts.items()}

    def _fill(self) -> None:
        """Write the chosen line in the boxes, or empty them."""
        if self.drawing:
            return
        line = self.chosen or {}
        texts = self._texts(line)
        for name, box in self.boxes.items():
            box.value = line.get(name, Status.CAPE) if name == "statut" else texts[name]
        self._mark({})
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
        empty = not any(isinstance(each, widgets.Text) and each.value.strip() for each in self.boxes.values())
        if self.done and empty:  # pressed twice
            return
        values, old = self._values(), self.chosen
        gesture = "Le changement est gardé" if old else "C'est noté"
        self._keep(lambda book: self._changes(book, values, old), gesture, self._called(values), _taxed(values))

    def removed(self) -> None:
        """Take the chosen line away. Raises UnreadableFile."""
        if (old := self.chosen) is not None:
            self._keep(lambda _: {self.what.table: ([], [old])}, "Retiré", self._called(old))

    def _keep(self, make: Make, gesture: str, what: str, more: str = "") -> None:
        try:
            noticed = self.keeps.keep(make, what)
        except KpaError:
            self.show(self.keeps.now())  # as it is by now; what is typed stays
            raise
        self.which.value = NEW
        self._fill()
        self.done = True  # and only then is it said: what is typed next is not emptied
        told = tag("div", [tag("p", each) for each in noticed], cls="kpa-warning") if noticed else None
        self.said.value = pieces.live(tag("p", f"{gesture} : {what}. {more}".strip()), told)

    def _changes(self, book: OrderBook, values: Values, old: Values | None) -> Changes:
        make = {"factures": invoice_changes, "personnes": person_changes}.get(self.what.table)
        return make(book, values, old) if make else {self.what.table: ([values], [old] if old else [])}

    def _values(self) -> dict[str, Any]:
        """Return what is typed; what a line holds beside these boxes stays. Raises UnreadableFile, all said at once."""
        what, typed, wrong = self.what, {}, dict[str, Problem]()
        texts = {name: str(box.value).strip() for name, box in self.boxes.items()}
        if what.table == "factures":
            texts["montant_ht"] = _without_tax(texts["montant_ht"], texts["taux_tva"])
        for name, column in what.columns.items():
            text = texts[name]
            try:
                if text:
                    typed[name] = read_cell(_with_year(text) if column.kind == "date" else text, column)
                elif name not in what.optional:
                    wrong[name] = Problem(what.boxes[name], "Cette case est vide.", "Complétez-la.")
            except Refused as error:
                wrong[name] = Problem(what.boxes[name], error.what, error.todo)
        self._mark(wrong)
        self.done = False
        if wrong:
            named = listing([f"« {what.boxes[name]} »" for name in wrong])
            done = "ajouté" if self.chosen is None else "changé"
            todo = f"Rien n'est {done}. Lisez sous la case."
            raise UnreadableFile(Problem("Dans cette ligne", f"{named}.", todo))
        beside = {name: value for name, value in (self.chosen or {}).items() if name not in what.boxes}
        return {**beside, **typed}

    def _mark(self, wrong: dict[str, Problem]) -> None:
        """Say under each box what is wrong there."""
        for name, box in self.boxes.items():
            problem = wrong.get(name)
            (box.add_class if problem else box.remove_class)("kpa-refused")
            said = f"{problem.what} {problem.todo}" if problem else ""
            self.wrong[name].value = tag("p", said, cls="kpa-field-error") if problem else ""


def _box(what: Typed, name: str, label: str) -> widgets.Text | widgets.Dropdown:
    if name == "statut":
        return pieces.choice(label, [(str(key), said) for key, said in _STATUSES.items()], str(Status.CAPE))
    if name in what.choices:
        return widgets.Dropdown(description=label)
    hints = {"date": "25/11/2026", "du": "25/11/2026", "au": "vide : toujours là"}
    if what.table == "factures":
        hints["montant_ht"] = "100, ou 120 TTC"
    return pieces.words(label, hints.get(name, ""))


def _choices(book: OrderBook, table: str, field: str) -> list[tuple[str, str]]:
    """Return (number, label) of the orders or invoices a line may be for; the invoices that wait for money first."""
    if field == "commande":
        none = "Une commande à elle" if table == "factures" else "Pour tout le groupe"
        return [(NEW, none), *((each.number, f"{each.number} {each.label}".strip()) for each in book.orders)]
    labels, due = {each.invoice: each.label for each in book.lines}, still_due(book)
    named = [(each, " · ".join(filter(None, (each, labels[each], _rest(due[each]))))) for each in reversed(due)]
    none = "Choisissez la facture" if due else "Pas encore de facture dans ce carnet"
    return [(NEW, none), *sorted(named, key=lambda each: due[each[0]] == 0)]


def _rest(due: int) -> str:
    return f"reste {euros(due)}" if due > 0 else f"{euros(-due)} à rendre" if due else "payée"


def _without_tax(text: str, rate: str) -> str:
    """Return `100,00` from `120 TTC` and `20 %`; what cannot be computed as it is, so that the reader says why."""
    whole = re.fullmatch(r"(.*\d.*)\bt\.?t\.?c\.?", text, re.IGNORECASE)
    if whole:
        with suppress(Refused):
            cents = before_tax_of(read_euros(whole[1]), read_rate(rate))
            return f"{Decimal(cents) / 100:.2f}".replace(".", ",")
    return text


def _taxed(values: Values) -> str:
    """Return what a customer owes for a line of invoice; nothing for what has no rate."""
    if "taux_tva" not in values or "montant_ht" not in values:
        return ""
    rate, before = values["taux_tva"], values["montant_ht"]
    return f"Avec {percent(rate)} de TVA : {euros(before + int(part_of(before, rate)))}."


def _with_year(text: str) -> str:
    """Return a day with its year: `5/11`, `5 nov.` is the last one, or the one to come within a month."""
    if not re.fullmatch(r"\d{1,2}([/.-]\d{1,2}| [^\W\d]+\.?)", found := text.strip()):
        return text
    today, between = date.today(), " " if " " in found else "/"
    years = [f"{re.sub('[.-]', '/', found)}{between}{today.year + more}" for more in (1, 0, -1)]
    for each in years:
        with suppress(Refused):
            if read_date(each) <= today + timedelta(days=31):
                return each
    return years[1]


def _new(what: Typed) -> str:
    title, *_ = what.title.split(" :")
    return f"{title}, nouvelle" if title.startswith("Une ") else f"{title}, nouveau"
