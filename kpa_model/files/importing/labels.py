"""Orders that hours and invoices call by their label, « Buffet Ville », where a list of orders has numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kpa_model.files.book.cells import bare, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.tables import Row
from kpa_model.words import listing

_CALLING = ("heures", "achats", "factures")


def numbered(tables: Mapping[str, Sequence[Row]], held: Iterable[Mapping[str, Any]], findings: Findings) -> None:
    """Call each order by its number where it is called by its label; refuse a label that two orders share.

    Args:
        tables: what the files give.
        held: the orders of the book that lists gave.
        findings: where what is read so, or refused, is told.
    """
    orders = (*(row.values for row in tables.get("commandes", ())), *held)
    numbers = {same(str(each.get("commande", ""))) for each in orders}
    called: dict[str, dict[str, str]] = defaultdict(dict)
    for each in orders:
        if (label := bare(str(each.get("libelle") or ""))) and (number := str(each.get("commande", ""))):
            called[label][same(number)] = number
    for row in (row for table in _CALLING for row in tables.get(table, ())):
        said = row.get("commande", "")
        if not said or same(said) in numbers or not (known := called.get(bare(said))):
            continue
        if len(known) > 1:
            which = listing(sorted(known.values()), "ou")
            what = f"« {said} » est le libellé de plusieurs commandes."
            findings.problem(row.place("commande"), what, f"Écrivez le numéro de la bonne : {which}.")
            row.values["commande"] = ""  # said once
            continue
        row.values["commande"] = next(iter(known.values()))
        findings.note(row.place("commande"), f"« {said} » est la commande {row.values['commande']}, par son libellé.")
