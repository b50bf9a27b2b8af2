"""What takes money back though its amount is positive, a credit note, a tick under « Avoir »: asked, never added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, below_zero, cell_at, read_yes_no, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.written.doubted import names_of, of_list
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import uncapital

if TYPE_CHECKING:
    from kpa_model.files.book.tables import Row


_BACK = pattern("credits.back")
_SPOKEN = pattern("credits.spoken", r"dit « (un )?(avoir|remboursement|ristourne|note de credit)\b.*(WORDS)")
"""What speaks of another line that takes a part of it back, or will: « avoir de 100 € accordé », « avoir à faire »."""
_DISCOUNT = pattern("credits.discount")
"""What lowers a price, on a line of its own: « Remise 10 % »; « Remise en état », « Remise de chèques » do not."""
_TABLES = {
    "factures": ("montant_ht", "des ventes", "c'est une vente"),
    "achats": ("montant_ht", "des achats", "c'est un achat"),
    "encaissements": ("montant_ttc", "de l'argent reçu", "c'est de l'argent reçu"),
}
"""The amount of each table, from what it is taken off, what it is otherwise."""
_TODO = "Écrivez un montant négatif pour ce qui est rendu, par exemple -120,00."


def taken_back(row: Row, table: str, content: Sequence[Cell], findings: Findings) -> None:
    """Write below zero an amount that takes money back, once the group says so; ask it when it is above.

    Args:
        row: the typed line, changed in place.
        table: what it is a line of.
        content: its cells, those that nothing reads too.
        findings: where it is asked.
    """
    amount, taken, other = _TABLES[table]
    said = _said_of_invoice(row) if table == "factures" else _said_beside(row, content)
    label, topic = row.get("libelle", ""), f"{amount}.avoir"
    if not said and (over := next((each for each in names_of(row.grid) if of_list(each) == states.CREDIT), "")):
        said = f"« {row.get('facture', '') or label} » est dans « {over} »"
    if not said and table != "encaissements" and _DISCOUNT.fullmatch(same(label)):
        said, topic = f"« {row.get('facture', '') or label} » dit « {label} »", f"{amount}.en_moins"
    if not said or row.get(amount, 0) <= 0:
        return
    if _SPOKEN.search(same(said)):
        findings.heed(row.place(amount), f"{said} : la ligne compte entière. Si cet avoir est fait, ajoutez-le.")
        return
    answer = row.grid.answers.get(topic, "")
    if answer == "moins":
        for name in ("montant_ht", "montant_tva", "montant_ttc"):
            if (cents := row.get(name, 0)) > 0:
                row.values[name] = -cents
        for name in ("reste_du", "montant_regle"):  # what is left of it is written the same way
            if (left := row.get(name, "")) and not below_zero(left):
                row.values[name] = f"-{left}"
    elif not answer:
        question = f"{said}, et son montant est positif. Vient-il en moins {taken} ?"
        options = (("moins", "oui, en moins"), ("plus", f"non, {other}"))
        findings.doubt(row.place(amount), Doubt(topic, question, options, _TODO))


def _said_of_invoice(row: Row) -> str:
    """Return what says that an invoice is a credit note: its state, its number, its label; else an empty text."""
    said = [states.meaning(row.get(each, "")) for each in ("etat", "sorte_de_piece")]
    if states.CREDIT in (*said, states.of_number(row.get("facture", ""))):
        return f"« {row.get('facture', '')} » est un avoir"
    labels = (row.get(each, "") for each in ("libelle", "note"))
    label = next((text for text in labels if states.of_number("", text) == states.CREDIT), "")
    return f"« {row.get('facture', '')} » dit « {label} »" if label else ""


def _said_beside(row: Row, content: Sequence[Cell]) -> str:
    """Return what says that a purchase or a payment is given back, in its label or where nothing is read; else none."""
    read = {at for name, at in row.columns.items() if name not in ("note", "etat", "sorte_de_piece")}
    words = [as_text(cell) for at, cell in enumerate(content) if at not in read and isinstance(cell, str)]
    label = row.get("libelle", "")
    words += [label, label.partition(" (")[0]]  # « Consigne rendue (Brasserie) »
    word = next((word for word in words if _BACK.fullmatch(same(word))), "")
    if not word and "facture" not in row.columns:  # « AV-3 », where a payment says which document it is of
        word = next((word for word in words if states.of_number(word) == states.CREDIT), "")
    if not word and states.of_number("", label) == states.CREDIT:
        word = label
    named = label or row.get("facture", "")
    if not word:
        return ""
    return f"« {word} » vient en retour" if word == named else f"« {named} » dit « {uncapital(word)} »"


_CREDIT = pattern("credits.credit")
_KIND = "Type de pièce"
_WHEN = re.compile(r"le|quand|date|jour|a quelle date|quel jour")
_PAID = re.compile(r"(est )?((deja )?(payee?|reglee?|encaissee?|soldee?|acquittee?)s?|paid)( ou non| oui/non)?")
_PAID_ON = "Payé le"


def with_credits(grid: Grid) -> Grid:
    """Return a grid whose column of ticks under « Avoir » tells what each line is; one of amounts stays as it is."""
    for rank, (number, heads) in enumerate(grid.lines[:HEADED]):
        for at in (at for at, cell in enumerate(heads) if _CREDIT.fullmatch(same(as_text(cell)))):
            ticks = [ticked(cell_at(cells, at)) for _, cells in grid.lines[rank + 1 :]]
            if None in ticks or True not in ticks or any(_says_kind(cell) for cell in heads):
                continue
            words = ["Avoir" if each else "Facture" for each in ticks]
            under = [
                (line[0], _put(line[1], at, word)) for line, word in zip(grid.lines[rank + 1 :], words, strict=True)
            ]
            return replace(grid, lines=(*grid.lines[:rank], (number, _put(heads, at, _KIND)), *under))
    return grid


def with_paid_days(grid: Grid) -> Grid:
    """Return a grid whose « le » right after « Réglé ? », filled only beside yes, is the day of the payment.

    Another column says the day of the invoice.
    """
    for rank, (number, heads) in enumerate(grid.lines[:HEADED]):
        under = [cells for _, cells in grid.lines[rank + 1 :]]
        for at in (at for at, cell in enumerate(heads) if at and _WHEN.fullmatch(same(as_text(cell)))):
            others = (as_text(cell) for cell in (*heads[:at], *heads[at + 1 :]) if as_text(cell))
            dated = any(may_say(title, "date", dictionaries()["factures"]) for title in others)
            if not dated or not _PAID.fullmatch(same(as_text(heads[at - 1])).strip(" ?")):
                continue
            days = [(ticked(cell_at(cells, at - 1)), as_text(cell_at(cells, at))) for cells in under]
            if any(day for _, day in days) and all(yes for yes, day in days if day):
                lines = (*grid.lines[:rank], (number, _put(heads, at, _PAID_ON)), *grid.lines[rank + 1 :])
                return replace(grid, lines=lines)
    return grid


def _says_kind(title: Cell) -> bool:
    return bool(as_text(title)) and may_say(as_text(title), "sorte_de_piece", dictionaries()["factures"])


def ticked(cell: Cell) -> bool | None:
    """Return whether a cell is ticked; None when it says another thing. An empty one is not."""
    try:
        return bool(as_text(cell)) and read_yes_no(cell)
    except Refused:
        return None


def _put(cells: list[Cell], at: int, cell: Cell) -> list[Cell]:
    wide = [*cells, *[""] * (at + 1 - len(cells))]
    return [*wide[:at], cell, *wide[at + 1 :]]
