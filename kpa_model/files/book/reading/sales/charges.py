"""What stands beside a price: « Port HT », held in it or not; « Amount Refunded », taken off; « Achats », spent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.matching import layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import SPENT
from kpa_model.files.book.reading.laying import facts
from kpa_model.files.book.reading.sales.discounts import (
    NO_CHARGE,
    Cents,
    added,
    alike,
    at_rates,
    cents_at,
    column_in,
    lowered,
    written,
)
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, euros

_CHARGED = pattern("charges.charged", flags=re.IGNORECASE)
"""Titles of what is added to the price of a line."""
ADDED, _MORE = "montant_ht.frais", "plus"


_ALONE = pattern("charges.alone", r"\b(WORDS)\b", re.IGNORECASE)
"""What an amount before tax says when it is the whole, a price, a cost, or is not of this invoice."""


def _parts(titles: Sequence[str]) -> list[int]:
    """Return the columns of amounts before tax of one thing each: « Main d'œuvre HT », « Fournitures HT »."""
    taxed = [at for at, title in enumerate(titles) if layer(title) == "sans la TVA" and not _ALONE.search(title)]
    return [at for at in taxed if bare(titles[at]) not in ("ht", "horstaxe", "horstaxes")]


def charges(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what is added to an amount: « Port HT », two amounts before tax."""
    texts = [as_text(cell) for cell in cells]
    charged = any(map(_CHARGED.match, texts)) and any(layer(text) for text in texts if not _CHARGED.match(text))
    return charged or len(_parts(texts)) > 1


def with_charges(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts before tax hold what is added to them; asked when nothing proves whether they do."""
    beside = [at for at, title in enumerate(block.titles) if _CHARGED.match(title) and not NO_CHARGE.search(title)]
    parts = [at for at in _parts(block.titles) if any(cents_at(block, at))]
    whole = column_in(block, "montant_ht") if len(parts) < 2 else parts[0]
    charge = next((at for at in (*beside, *parts) if at != whole and any(cents_at(block, at))), -1)
    if charge < 0 or whole < 0 or whole == charge or None in cents_at(block, whole):
        return block
    without = cents_at(block, whole)
    more = added(without, [cents or 0 for cents in cents_at(block, charge)])
    held = _held(block, without, more) or block.grid.answers.get(ADDED, "")
    title, named = block.titles[charge], block.titles[whole]
    if not held:
        row = next(row for row, cents in enumerate(cents_at(block, charge)) if cents)
        number, cells = block.lines[row]
        question = f"« {title} » ({as_text(cell_at(cells, charge))}) : en plus de « {named} », ou compris dedans ?"
        options = ((_MORE, "en plus : il s'ajoute"), ("compris", "compris dedans"))
        todo = "Donnez un seul montant hors taxes."
        findings.doubt(block.grid.place(number, charge, title), Doubt(ADDED, question, options, todo))
        return block
    more_of_it = held == _MORE
    total = euros(sum(cents or 0 for cents in cents_at(block, charge)))
    what = f"s'ajoute à « {named} » : {total} en tout" if more_of_it else f"({total}) est compris dans « {named} »"
    findings.heed(block.grid.place(block.head), f"« {title} » {what}.")
    lines = [
        (number, [written(cents or 0) if more_of_it and at == whole else cell for at, cell in enumerate(cells)])
        for (number, cells), cents in zip(block.lines, more, strict=True)
    ]
    renamed = {charge: "", **({whole: "Montant HT"} if column_in(block, "montant_ht") < 0 else {})}
    return replace(block, lines=lines, titles=[renamed.get(at, text) for at, text in enumerate(block.titles)])


def _held(block: Block, without: Cents, more: Cents) -> str:
    """Return whether what is added makes the whole with the VAT, or the VAT at rates in force; nothing in doubt."""
    taxed, ways = column_in(block, "montant_ttc"), {"compris": without, _MORE: more}
    for vat in (column_in(block, "montant_tva"), column_in(block, "taux_tva")):  # « TVA » may be either
        taxes = cents_at(block, vat) if vat >= 0 else []
        if not any(taxes) or any("%" in as_text(cell) for cell in block.column(vat)):
            continue
        if taxed >= 0:
            proved = [way for way, cents in ways.items() if alike(added(cents, taxes), cents_at(block, taxed))]
        else:
            proved = [way for way, cents in ways.items() if at_rates(cents, taxes)]
        if len(proved) == 1:
            return proved[0]
    return ""


_REFUNDED = re.compile(r"(amount |total )?(refunded|refunds?)( amount)?|(montant |total )?(rembourse|remboursements?)")
_TOLD = re.compile(r"(transaction|payment|charge|id|status|statut|etat|commande|payeur|client)\b")
_BOUGHT = re.compile(r"(fournisseur|magasin|avance|achat|depense|note de frais|beneficiaire)")


def given_back(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what was given back of each sum."""
    return any(_REFUNDED.fullmatch(same(as_text(cell))) for cell in cells)


def after_refunds(block: Block, findings: Findings) -> Block:
    """Return sums less what was given back of them; those given back whole are left out. Both are told.

    An expense that is paid back to a member is no refund: titles of sales, or of a program of payment, stand beside.
    """
    said = [same(title) for title in block.titles]
    off = next((at for at, title in enumerate(said) if _REFUNDED.fullmatch(title)), -1)
    sums = (
        column_in(block, name, table) for name, table in (("montant_ttc", "encaissements"), ("montant_ht", "factures"))
    )
    whole = next((at for at in sums if at >= 0 and at != off), -1)
    if off < 0 or whole < 0 or not any(map(_TOLD.match, said)) or any(map(_BOUGHT.match, said)):
        return block
    back = [abs(cents_in(cell_at(cells, off))) for _, cells in block.lines]
    came = [cents_in(cell_at(cells, whole)) for _, cells in block.lines]
    if not any(back) or any(cents > max(sum_, 0) for cents, sum_ in zip(back, came, strict=True)):
        return block
    gone = [row for row, cents in enumerate(back) if cents and cents == came[row]]
    if gone:
        one, several = "somme entièrement remboursée ne compte pas", "sommes entièrement remboursées ne comptent pas"
        text = f"{count(len(gone), one, several)} : {euros(sum(back[row] for row in gone))}."
        findings.heed(block.grid.place(block.head, off, block.titles[off]), text)
    kept = replace(block, lines=[line for row, line in enumerate(block.lines) if row not in gone])
    left = [sum_ - cents for row, (sum_, cents) in enumerate(zip(came, back, strict=True)) if row not in gone]
    return lowered(kept, off, whole, left, findings)


_WITHOUT, _NOTHING = "ht", "rien"
_WITH = (
    ("0", "avec la TVA, qui ne nous est pas rendue : tout compte"),
    ("20", "avec la TVA, à 20 %"),
    ("10", "avec la TVA, à 10 %"),
    ("5,5", "avec la TVA, à 5,5 %"),
)


def spent_in(block: Block, others: Collection[int]) -> list[int]:
    """Return the columns of purchases among those that nothing else reads."""
    return [
        at
        for at, title in enumerate(block.titles)
        if at not in others and SPENT.match(title) and any(cents_in(cell) for cell in block.column(at))
    ]


def spent_beside(
    block: Block, lines: Sequence[tuple[Line, str]], ranks: Collection[int], day: int, findings: Findings
) -> Iterator[tuple[str, Grid]]:
    """Yield the purchases of columns, each for the order of its line; ask once a column whether they hold the VAT.

    Args:
        block: the table.
        lines: those with a day, with the name of the order of each.
        ranks: the columns of purchases.
        day: the column of days.
        findings: where the question goes.
    """
    for at in ranks:
        title, topic = block.titles[at], f"achats.{bare(block.titles[at])}"
        said, place = layer(title), block.grid.place(block.head, at, block.titles[at])
        answer = block.grid.answers.get(topic, _WITHOUT if said == "sans la TVA" else "")
        paid = [(line, order) for line, order in lines if cents_in(cell_at(line[1], at))]
        total = euros(sum(abs(cents_in(cell_at(cells, at))) for (_, cells), _ in paid))
        if not answer:
            question = f"« {title} » ({total}) : des achats, avec ou sans la TVA ?"
            ways = (*(() if said else ((_WITHOUT, "sans la TVA (HT)"),)), *_WITH)
            options = (*ways, (_NOTHING, "ce ne sont pas des achats du groupe : ne pas les lire"))
            findings.doubt(place, Doubt(topic, question, options, "Écrivez HT ou TTC dans le titre."))
        elif answer == _NOTHING:
            findings.left_out(place, f"« {title} » n'est pas lu, comme vous l'avez dit : {total} en tout.")
        else:
            yield "achats", _bought(block, paid, at, day, answer)


def _bought(block: Block, paid: Sequence[tuple[Line, str]], at: int, day: int, answer: str) -> Grid:
    title = re.sub(r"\W*\b(HT|TTC)\b\W*", " ", block.titles[at]).strip()
    signed = all(cents_in(cell_at(cells, at)) < 0 for (_, cells), _ in paid)
    rate = "" if answer == _WITHOUT else f"{answer} %"

    def amount(cells: Sequence[Cell]) -> Cell:
        cell = cell_at(cells, at)
        return as_text(cell).lstrip("-−") if signed else cell

    def row(cells: Sequence[Cell], order: str) -> list[Cell]:
        return [f"{title} {order}".strip(), cell_at(cells, day), amount(cells), order, *filter(None, (rate,))]

    titles = ("libelle", "date", "montant_ttc" if rate else "montant_ht", "commande", *(("taux_tva",) if rate else ()))
    rows = [(number, row(cells, order), [-1, day, at, -1, -1][: len(titles)]) for (number, cells), order in paid]
    return facts(block, titles, rows)
