"""What a book holds before an import, and what each source had given to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kpa_model.files.book.cells import same
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.tables import Row
from kpa_model.files.importing.merging import Tables, Values, content
from kpa_model.files.importing.naming import customer_of
from kpa_model.files.importing.past import spoken_of
from kpa_model.files.importing.payments.taken_before import of_receipt
from kpa_model.files.importing.recipe import Source


@dataclass(frozen=True)
class KeptBook:
    """What a book holds before an import, and what each source had given to it."""

    tables: Tables = field(default_factory=dict)
    by_source: Mapping[str, Tables] = field(default_factory=dict)
    cooperative: Mapping[str, Any] = field(default_factory=dict)

    def given_by(self, keys: Iterable[str]) -> Tables:
        """Return what some sources had given."""
        before: dict[str, list[Values]] = {}
        for key in self.by_source.keys() & set(keys):
            for table, rows in self.by_source[key].items():
                before.setdefault(table, []).extend(rows)
        return before

    def spoken_of(self, tables: Mapping[str, Sequence[Row]], sources: Mapping[tuple[str, str], Source]) -> Tables:
        """Return what these sources had given, without what their new lines do not speak of."""
        told = replace(self, by_source=spoken_of(self.by_source, tables, sources))
        return told.given_by({each.key for each in sources.values()})

    def without(self, gone: Tables) -> KeptBook:
        """Return the book without some lines of its tables."""
        less = {table: but(self.tables.get(table, ()), lines) for table, lines in gone.items()}
        return replace(self, tables={**self.tables, **less})

    @property
    def own_orders(self) -> bool:
        """Tell whether a file gave a list of orders: then a name that is not among them is a fault of typing."""
        return any(tables.get("commandes") for source, tables in self.by_source.items() if source)

    @property
    def context(self) -> Context:
        """Return the names that the book already knows."""

        def names(table: str, column: str) -> dict[str, str]:
            return {
                same(str(each[column])): str(each[column]) for each in self.tables.get(table, ()) if each.get(column)
            }

        listed = [each for each in self.tables.get("factures", ()) if not of_receipt(each)]
        rows = (each for table in ("factures", "heures") for each in self.tables.get(table, ()))
        days = [each["date"] for each in rows if each.get("date")]
        years = tuple(sorted({day.year for day in days}))
        return Context(
            names("personnes", "personne"),
            names("commandes", "commande"),
            {same(str(each["facture"])): str(each["facture"]) for each in listed if each.get("facture")},
            years,
            customers=frozenset(same(customer_of(each)) for each in self.tables.get("commandes", ())) - {""},
        )


def but(rows: Iterable[Values], given: Iterable[Values]) -> list[Values]:
    """Return the lines of a book that these files had not given before."""
    gone = [content(each) for each in given]
    return [each for each in rows if content(each) not in gone]
