"""Who brought the orders of the invoices: those of the group; the others are told, as they may be misspelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Row
from kpa_model.words import count, listing


def of_group(text: str, people: Collection[str]) -> str:
    """Return who of the group brought an order, among those that a cell names."""
    return ", ".join(name for name in names_in(text) if same(name) in people)


def say_strangers(rows: Iterable[Row], people: Collection[str], findings: Findings) -> None:
    """Tell once a list who brought orders there, and is nobody of the group."""
    lists: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
    for row in rows:
        for who in names_in(row.get("apportee_par", "")):
            if same(who) not in people:
                lists[row.grid.file, row.grid.sheet].append((who, row))
    for told in lists.values():
        place = told[0][1].place("apportee_par")
        names = listing([f"« {who} »" for who in dict.fromkeys(who for who, _ in told)], most=6)
        many = count(len(told), "vente n'est notée", "ventes ne sont notées")
        findings.heed(place, f"{names} : personne de ce nom dans le groupe. {many} à personne.")
