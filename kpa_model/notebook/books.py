"""Order books as tables: `kpa.books()`, `kpa.read("tilleuls").hours`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.chain import money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.errors import Problem, UnreadableFile, nearest
from kpa_model.files.book import books as shelf
from kpa_model.files.book.book_reader import Reading, read_book
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.sources import given_files
from kpa_model.files.importing.proposal import propose
from kpa_model.files.importing.recipe import read_recipe
from kpa_model.notebook.asked import check_name
from kpa_model.notebook.shown import Shown, frame
from kpa_model.words import count, listing

EURO, HOUR = "€", "h"


def books() -> pd.DataFrame:
    """Return the books of this machine: the examples, then the group's own."""
    kept = [(shelf.example_books(), "exemple"), (shelf.personal_books(), "notre carnet")]
    rows = [
        {"nom": name, "origine": whose, "dossier": str(place)} for known, whose in kept for name, place in known.items()
    ]
    return frame(rows, {}, ("nom", "origine", "dossier"))


def read(source: str | Path, recipe: str | Path | None = None) -> Book:
    """Read a book: a name of `books()`, a folder, a workbook or a zip. Nothing is written anywhere.

    Args:
        source: the book.
        recipe: the file of answers that an import keeps; the files of the group are then read as they are.

    Raises:
        UnreadableFile: every problem at once, in French.
    """
    check_name("Carnet", source, "Donnez un nom de kpa.books(), un dossier ou un classeur.", UnreadableFile)
    if recipe is not None:
        check_name("Recette", recipe, "Donnez le fichier « recette.yaml » d'un import.", UnreadableFile)
    known = {**shelf.example_books(), **shelf.personal_books()}
    if str(source) in known and not Path(source).exists():
        return Book(read_book(known[str(source)]))
    if not Path(source).exists():
        todo = nearest(str(source), known) or f"Carnets connus : {listing(list(known))}."
        raise UnreadableFile(Problem(f"Carnet « {source} »", "il n'existe pas.", todo))
    return Book(read_book(Path(source)) if recipe is None else _as_they_are(Path(source), Path(recipe)))


def _as_they_are(place: Path, recipe: Path) -> Reading:
    if not recipe.is_file():
        todo = "L'import en garde une, « recette.yaml », dans le dossier du carnet."
        raise UnreadableFile(Problem(f"Recette « {recipe} »", "elle n'existe pas.", todo))
    findings = Findings()
    found = propose(given_files(place, findings), place.stem, read_recipe(recipe), findings)
    if found.questions:
        todo = "Répondez dans « Nos chiffres », ou avec « kpa importer », puis reprenez la recette."
        raise UnreadableFile(*(Problem(str(each.place), each.doubt.question, todo) for each in found.questions))
    if found.reading is None:
        raise found.refusal or UnreadableFile(Problem(str(place), "rien n'est lu.", "Donnez un autre fichier."))
    return replace(found.reading, notes=found.notes)


class Book(Shown):
    """One cooperative's order book. Each table is a copy: changing it changes neither the book nor its files."""

    def __init__(self, reading: Reading) -> None:
        self.inner: OrderBook = reading.book
        self.title = reading.book.cooperative.name
        self.notes = reading.notes
        """What the reader wants to tell."""

    def sentences(self) -> tuple[str, ...]:
        """Return how much there is, then what the reader noticed."""
        book = self.inner
        said = (
            count(len(book.members), "personne"),
            count(len(book.orders), "commande"),
            count(len(book.months), "mois", "mois"),
        )
        return (f"{listing(said)}.", *self.notes)

    def frame(self) -> pd.DataFrame:
        """Return `months`."""
        return self.months

    @property
    def people(self) -> pd.DataFrame:
        """Who is there, under which status, from when to when."""
        return self._table(self.inner.members, lambda each: [
            {"personne": each.name, "statut": str(spell.status), "du": spell.start, "au": spell.end, "role": spell.role}
            for spell in each.spells
        ], {})  # fmt: skip

    @property
    def orders(self) -> pd.DataFrame:
        """What customers asked for."""
        return self._table(self.inner.orders, lambda each: [{
            "commande": each.number, "intitule": each.label, "pole": each.pole, "le": each.ordered_on,
            "client": each.customer, "apportee_par": ", ".join(each.brought_by),
        }], {})  # fmt: skip

    @property
    def invoices(self) -> pd.DataFrame:
        """Every line of every invoice."""
        return self._table(self.inner.lines, lambda each: [{
            "facture": each.invoice, "commande": each.order, "intitule": each.label, "le": each.invoiced_on,
            "a_payer_le": each.due_on, "ht": each.before_tax / 100, "tva": each.vat / 100, "ttc": each.with_tax / 100,
        }], {"ht": EURO, "tva": EURO, "ttc": EURO})  # fmt: skip

    @property
    def payments(self) -> pd.DataFrame:
        """The money that came in."""
        return self._table(self.inner.payments, lambda each: [
            {"facture": each.invoice, "le": each.received_on, "recu": each.amount / 100}
        ], {"recu": EURO})  # fmt: skip

    @property
    def costs(self) -> pd.DataFrame:
        """Purchases and direct costs."""
        return self._table(self.inner.costs, lambda each: [
            {"intitule": each.label, "le": each.spent_on, "commande": each.order, "ht": each.before_tax / 100}
        ], {"ht": EURO})  # fmt: skip

    @property
    def hours(self) -> pd.DataFrame:
        """The time that people gave."""
        return self._table(self.inner.hours, lambda each: [{
            "personne": each.member, "le": each.on, "genre": str(each.kind), "heures": each.minutes / 60,
            "commande": each.order, "tache": each.task,
        }], {"heures": HOUR})  # fmt: skip

    @property
    def months(self) -> pd.DataFrame:
        """One line a month: sales, purchases, margin, hours, how many people could be paid."""
        rows = [
            {
                "mois": str(money.month), "ventes_ht": money.sales / 100, "achats_ht": money.direct_costs / 100,
                "marge": money.margin / 100, "impaye_ttc": money.unpaid / 100,
                "heures": int(facts.all_minutes.sum()) / 60, "personnes": int(facts.paid.sum()),
            }
            for money, facts in zip(money_chain(self.inner), self.facts, strict=True)
        ]  # fmt: skip
        units = dict.fromkeys(("ventes_ht", "achats_ht", "marge", "impaye_ttc"), EURO)
        return frame(rows, {**units, "heures": HOUR})

    @cached_property
    def facts(self) -> tuple[Any, ...]:
        """The facts of each month, as rules read them: cents, minutes."""
        return months_of(self.inner)

    @staticmethod
    def _table(
        nouns: Iterable[Any], told: Callable[[Any], list[dict[str, Any]]], units: dict[str, str]
    ) -> pd.DataFrame:
        return frame([row for noun in nouns for row in told(noun)], units)
