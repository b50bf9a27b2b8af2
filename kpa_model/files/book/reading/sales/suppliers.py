"""Lists of what was bought: their name, a title or their numbers say it. They are no sales, whatever else they say.

Claims of members who paid out of their own pocket are such lists: no customer pays with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpa_model.errors import Refused
from kpa_model.files.book.building import short_forms
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_euros, same, unguarded
from kpa_model.files.book.dictionaries import dictionaries, table_named
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, blanked, laid_again
from kpa_model.files.book.matching import layer, may_say
from kpa_model.files.book.reading.blocks import Block, rank_of_titles, width
from kpa_model.files.book.reading.columns.titles import may_be_asked, tells_time
from kpa_model.files.book.reading.context import Context, named_as
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.taxes import cents_in, made_of
from kpa_model.files.book.reading.spread.people import TOTAL, is_total
from kpa_model.files.book.vocabulary import pattern

_SUPPLIER = pattern("suppliers.supplier", r"\b(WORDS)\b")
_CUSTOMER = re.compile(r"\b(client[es]*|customers?|ventes?|sales)\b")
_BILL = pattern("suppliers.bill")
"""The numbers that Odoo and Dolibarr give to the invoices of suppliers, and the words that say what a line is."""
_CLAIMED = pattern("suppliers.claimed", r"\b(WORDS)\b")
_ADVANCED = pattern("suppliers.advanced")
"""What a list of claims of members is called, and the titles of a column that says who paid."""
_SENTENCE, _SHORT = re.compile(r"\b(sont|est|ont|inclus|compris|non|sans|hors)|factur"), 8
"""What tells a sentence from a title, which has few words."""
_RATHER = {"commandes", "factures", "encaissements"}
_RECEIVED = pattern("suppliers.received")
"""Words of money that comes."""
_SPENT = pattern("suppliers.spent", flags=re.IGNORECASE)
"""Words of money that goes."""
_OF_A_SALE = re.compile(r"ventes?|recettes?|chiffre d'affaires|prestations?( de services?)?|encaissements?|produits")
_READ = 15
"""So many lines tell what the numbers are."""
_SAID = {name: name for name in ("date", "montant_ht", "montant_ttc", "montant_tva", "taux_tva")} | {
    "libelle": "client"
}
"""What says each fact of a purchase, under the titles of an invoice: who sold it stands where the customer does."""


def of_suppliers(grid: Grid, beside: bool = False) -> bool:
    """Tell whether a list is one of what suppliers sold: a title, what is above, its sheet or its file names them.

    A title that names customers denies it, unless suppliers may stand `beside` them. Without names, numbers may say it.
    Claims of members are such a list.
    """
    head = rank_of_titles(grid.lines)
    lines = [[as_text(cell) for cell in cells] for _, cells in grid.lines[: head + _READ]]
    titles = [same(title) for title in lines[head] if "/" not in title] if lines else []  # « Client/Fournisseur »
    if _of_claims(titles, lines[:head], grid):
        return True
    if any(map(_CUSTOMER.search, titles)):
        return beside and any(map(_SUPPLIER.search, titles))
    around = (*(" ".join(cells) for cells in lines[:head]), grid.sheet, grid.file)
    for text in (*titles, *map(_spaced, around)):
        if _SUPPLIER.search(text) or _CUSTOMER.search(text):
            return not _CUSTOMER.search(text)
    under = lines[head + 1 :]
    return 2 * sum(any(map(_BILL.fullmatch, cells)) for cells in under) > len(under)


def _spaced(text: str) -> str:
    return same(re.sub(r"[_\W]+", " ", text))


def _of_claims(titles: Sequence[str], above: Sequence[Sequence[str]], grid: Grid) -> bool:
    """Tell whether a list is one of claims of members: who paid says it, else its name, else a short title above.

    A name of other money denies it; a sentence above, « frais de déplacement inclus », says nothing.
    """
    advanced, sold = any(map(_ADVANCED.match, titles)), any(map(_CUSTOMER.search, titles))
    if any(map(tells_time, titles)) or advanced or table_named(grid.name, dictionaries()) in _RATHER:
        return advanced and not any(map(tells_time, titles))
    heads = [" ".join(filter(None, cells)) for cells in above if not sold]
    around = [each for each in heads if len(each.split()) <= _SHORT and not _SENTENCE.search(same(each))]
    around += [grid.sheet] if table_named(grid.sheet, dictionaries()) else [grid.sheet, grid.file]
    return any(map(_CLAIMED.search, map(_spaced, around)))


def sides_of(block: Block, found: Assigned, context: Context, named: str) -> tuple[str, ...]:
    """Return the tables that lines of amounts without a number of invoice may be; nothing when it is sure, or `named`.

    Lines are never purchases in silence: something has to speak of spending.
    """
    if _may_be_spent(block, found, context):
        return "achats", "encaissements", "factures"
    sold = found.dictionary.table == "factures" and "facture" not in found.ranks
    bought = found.dictionary.table == "achats" and (_says_a_sale(block) or not _says_spending(block))
    return ("factures", "achats") if (sold or bought) and not named else ()


def _says_a_sale(block: Block) -> bool:
    """Tell whether a cell says only « Vente », « Recettes »."""
    said = (as_text(cell) for at in range(len(block.titles)) for cell in block.column(at) if isinstance(cell, str))
    return any(map(_OF_A_SALE.fullmatch, map(same, said)))


def _says_spending(block: Block) -> bool:
    """Tell whether the titles of amounts, or what stands around them, speak of spending."""
    return any(map(_SPENT.search, (*block.titles, *block.names)))


def _may_be_spent(block: Block, found: Assigned, context: Context) -> bool:
    """Tell whether what looks like money that came may be money that members spent: it names them, or it says a VAT.

    Nothing in the table, nor around it, speaks then of money that comes.
    """
    around = (*block.titles, *block.above, block.grid.sheet, block.grid.file)
    if found.dictionary.table != "encaissements" or any(_RECEIVED.search(_spaced(each)) for each in around):
        return False
    free = [at for at in range(len(block.titles)) if at not in found.ranks.values() and block.column(at)]
    people = {form for name in context.people.values() for form in (bare(name), *short_forms(name))}
    named = any({bare(as_text(cell)) for cell in block.column(at)} <= people for at in free)
    return named or any(re.search(r"\b(tva|vat|tax)\b", same(block.titles[at])) for at in free)


def as_bought(found: Assigned, sold: Mapping[str, int]) -> Assigned:
    """Return the columns of a list of purchases, those that it lacks found under the titles of invoices."""
    more = {name: sold[said] for name, said in _SAID.items() if name not in found.ranks and said in sold}
    free = {name: at for name, at in more.items() if at not in found.ranks.values()}
    return replace(found, ranks={**found.ranks, **free}, score=found.score + 2 * len(free))


def with_total(block: Block, found: Assigned) -> Assigned:
    """Return purchases whose amount is the total of their lines, when the one found is a part of it, with others."""
    at = found.ranks.get("montant_ttc", -1)
    if found.dictionary.table != "achats" or at < 0 or "montant_ht" in found.ranks:
        return found
    free = [rank for rank in range(len(block.titles)) if rank == at or rank not in found.ranks.values()]
    made = _totals_by_line(block, free, found.ranks.get("date", -1))
    whole = next((rank for rank, parts in made.items() if at in parts), at)
    return replace(found, ranks={**found.ranks, "montant_ttc": whole})


def likely_amounts(block: Block, titles: Sequence[str], found: Assigned, name: str) -> list[str]:
    """Return the titles that may be an amount of a table: first the totals that other columns make on every line."""
    free = [at for at, title in enumerate(block.titles) if title and at not in found.ranks.values()]
    made = _totals_by_line(block, free, found.ranks.get("date", -1))
    whole = [block.titles[at] for at, parts in made.items() if parts or name == "montant_ttc"]
    asked = (title for title in titles if may_be_asked(title, found.dictionary.table))
    return sorted(asked, key=lambda title: title not in whole)


def _totals_by_line(block: Block, ranks: Sequence[int], day: int) -> dict[int, tuple[int, ...]]:
    """Return the columns titled as totals, each with those that make it on every line; `day`: where their days are."""
    lines = [cells for _, cells in block.lines if not is_total(cells, day)]
    cents = {rank: [cents_in(unguarded(cell_at(cells, rank))) for cells in lines] for rank in ranks}
    totals = [rank for rank in ranks if TOTAL.match(block.titles[rank]) and any(cents[rank])]
    parts = {rank: told for rank, told in cents.items() if rank not in totals and any(told)}
    return {rank: made_of(cents[rank], parts) for rank in totals}


_SELLER = re.compile(r"\b(fournisseu|supplier|vendor|magasin|marchand|merchant|commercant|product|emetteu)")


def with_goods(grid: Grid, findings: Findings) -> Grid:
    """Return a list of purchases whose sellers stand after what they sold, in one column; any other grid as it is."""
    bought = "achats" in (grid.answers.get("table"), named_as(grid, dictionaries())) or of_suppliers(grid)
    if not (findings.asking and bought) or grid.masked or grid.comments:
        return grid
    head = rank_of_titles(grid.lines)
    titles = [as_text(cell) for cell in grid.lines[head][1]] if grid.lines else []
    named = [at for at, title in enumerate(titles) if title and may_say(title, "libelle", dictionaries()["achats"])]
    sellers = [at for at in named if _SELLER.search(same(titles[at]))]
    if len(named) != 2 or len(sellers) != 1:
        return grid
    (seller,), (what,) = sellers, [at for at in named if at not in sellers]
    kept = [at for at in range(width(grid.lines)) if at != what]
    heads = [*titles, *[""] * (width(grid.lines) - len(titles))]
    read: list[Line] = []
    for rank, (number, cells) in enumerate(grid.lines):
        row = _named(cells, what, seller) if rank > head else cells
        read.append((laid_again(number, kept, heads), [cell_at(row, at) for at in kept]))
    return replace(grid, lines=tuple(read))


def _named(cells: Sequence[Cell], what: int, seller: int) -> Sequence[Cell]:
    """Return a line whose seller stands after what was sold; a total says so."""
    sold, by = as_text(cell_at(cells, what)), as_text(cell_at(cells, seller))
    if not sold:
        return cells
    row = [*cells, *[""] * (seller + 1 - len(cells))]
    both = f"{sold} ({by})" if by and same(by) not in same(sold) else sold
    row[seller] = by or sold if is_total(cells, -1) else both
    return row


_SIDES = ("debit", "credit")
_OF_SUPPLIER = re.compile(r"(fournisseur|supplier|vendor|magasin|ach(at|et))", re.IGNORECASE)


def with_one_side(block: Block, findings: Findings) -> Block:
    """Return a list of purchases with one amount, below zero where money came back: « Débit HT ; Crédit HT »; told.

    A debit and a credit that say neither HT nor TTC are those of a bank, or of a ledger.
    """
    ranks = [
        next((at for at, title in enumerate(block.titles) if layer(title) and bare(title)[:-2].startswith(side)), -1)
        for side in _SIDES
    ]
    paid, back = ranks
    bought = any(map(_OF_SUPPLIER.match, block.titles))
    if min(ranks) < 0 or layer(block.titles[paid]) != layer(block.titles[back]) or not bought:
        return block
    lines = []
    for number, cells in block.lines:
        try:
            sums = [read_euros(cell) if as_text(cell := cell_at(cells, at)) else 0 for at in ranks]
        except Refused:
            return block
        row = block.padded(cells)
        row[paid], row[back] = written(sums[0] - sums[1]) if any(sums) else "", ""
        lines.append((number, row))
    told = f"« {block.titles[back]} » vient en moins de « {block.titles[paid]} »."
    findings.heed(block.grid.place(block.head, back, block.titles[back]), told)
    letters = "TTC" if layer(block.titles[paid]) == "avec la TVA" else "HT"
    titles = blanked(block.titles, {back})
    titles[paid] = f"Montant {letters}"
    return replace(block, titles=titles, lines=lines)
