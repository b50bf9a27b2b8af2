"""Money that came, told by a bank or by a program: what stands under « Référence » may be no number of invoice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, blanked, header_rank
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.titles import time_given
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.vocabulary import pattern

_OTHERS = pattern("statements.others", "(nomd[eu](la?)?)?(WORDS)(nom|name)?")
_MEANS = re.compile(r"(mode|moyen|type)(de|du)?(paiement|reglement)s?|payment(method|type|mode)")
_NUMBERED = re.compile(r"(ref|reference|numero|num|n|no)(de|du)?(paiement|reglement)|payment(number|ref|reference)")
_SUM = re.compile(r"(montant|somme|amount|total)(?!.*(tva|vat|tax|ht\b|hors))", re.IGNORECASE)
_SOLD = re.compile(r"\b(ht|tva|h\.t\.?|vat|tax(es)?|échéance|due)\b|hors tax", re.IGNORECASE)

LEAVING = {"debit", "debiteuros", "montantdebit", "sortie", "sorties", "depense", "depenses", "retrait", "paidout"}
"""Titles of what leaves an account, beside what comes in."""
ARRIVING = {"entree", "entrees", "recette", "recettes", "rentree", "rentrees", "gain", "gains", "recu"}
"""Titles of what comes in, in a book of cash."""


def goes_both_ways(cells: Iterable[Cell]) -> bool:
    """Tell whether money comes in and goes out in a column."""
    cents = [cents_in(cell) for cell in cells]
    return any(each > 0 for each in cents) and any(each < 0 for each in cents)


def lists_payments(titles: Sequence[Cell], named: bool = False) -> bool:
    """Tell whether titles are those of payments that a program lists: their number, from whom, and one amount.

    By what means tells as much, in a list that is `named` so: invoices may say it too.

    >>> lists_payments(["Date", "Numéro", "Mode de paiement", "Client", "Montant"], named=True)
    True
    >>> lists_payments(["Date", "Réf. paiement", "Client", "Montant"])
    True
    >>> lists_payments(["Date", "Numéro", "Mode de paiement", "Client", "Montant HT", "TVA"], named=True)
    False
    """
    said = [as_text(title) for title in titles if as_text(title)]
    means, numbers, customers = (any(map(each.fullmatch, map(bare, said))) for each in (_MEANS, _NUMBERED, _OTHERS))
    told = customers and (numbers or (named and means))
    return told and sum(map(bool, map(_SUM.match, said))) == 1 and not any(map(_SOLD.search, said))


def with_only_sum(block: Block, found: Assigned, listed: bool) -> Assigned:
    """Return `listed` payments, their amount in the one column that may be, whatever more its title says."""
    if not listed or found.dictionary.table != "encaissements" or "montant_ttc" in found.ranks:
        return found
    at = next(at for at, title in enumerate(block.titles) if _SUM.match(title))
    kept = {name: rank for name, rank in found.ranks.items() if rank != at}
    return replace(found, ranks={**kept, "montant_ttc": at}) if any(map(cents_in, block.column(at))) else found


def of_a_bank(grid: Grid, dictionary: Dictionary) -> bool:
    """Tell whether money comes and goes in the amounts of payments, or beside them, or a program lists them."""
    rank = header_rank(grid, frozenset(dictionary.titles))
    titles = grid.lines[rank][1] if rank is not None else ()
    if lists_payments(titles, named=True) or any(bare(as_text(title)) in LEAVING for title in titles):
        return True
    money = [at for at, title in enumerate(titles) if may_say(as_text(title), "montant_ttc", dictionary)]
    under = [cells for _, cells in grid.lines[(rank or 0) + 1 :]]
    return any(goes_both_ways(cells[at] for cells in under if at < len(cells)) for at in money)


def labelled(block: Block, found: Assigned, context: Context) -> tuple[Block, Assigned]:
    """Return payments whose references are no number of invoice: labels of a bank, or numbers of the payments.

    The name beside them leads to the invoice, as their labels do, and as a column that nobody knows but names invoices.
    """
    at, money = found.ranks.get("facture", -1), found.ranks.get("montant_ttc", -1)
    if found.dictionary.table != "encaissements" or money < 0:
        return block, found
    known = [same(as_text(cell)) in context.invoices for cell in block.column(at)] if at >= 0 else []
    own = lists_payments(block.titles, named=True) and bool(context.invoices) and not any(known)
    beside = [] if known and all(known) else _naming(block, found, context)
    if not (own or beside) and (at < 0 or not goes_both_ways(block.column(money)) or all(known)):
        return block, found
    named = [rank for rank, title in enumerate(block.titles) if _OTHERS.fullmatch(bare(title))]
    label = [found.ranks["libelle"]] if "libelle" in found.ranks else []
    parts = dict.fromkeys((*([] if own or at < 0 else [at]), *named, *label, *beside))
    labels = [_joined(cell_at(cells, rank) for rank in parts) for _, cells in block.lines]
    ranks = {name: rank for name, rank in found.ranks.items() if name != "facture"} | {"libelle": len(block.titles)}
    whole = replace(block, titles=blanked(block.titles, parts)).with_column("libelle", labels)
    return whole, replace(found, ranks=ranks)


def _naming(block: Block, found: Assigned, context: Context) -> list[int]:
    """Return the columns that no field took, where some line names an invoice: « ACOMPTE F-2026-12 »."""
    numbers = [f" {number} " for number in context.invoices if len(number) >= _SURE]
    free = [at for at, title in enumerate(block.titles) if title and at not in found.ranks.values()]
    texts = {at: [f" {same(as_text(cell))} " for cell in block.column(at)] for at in free}
    return [at for at in free if any(number in text for text in texts[at] for number in numbers)]


_SURE = 4
"""A shorter number may be a day, or a code."""


def _joined(cells: Iterable[Cell]) -> Cell:
    return " ".join(text for cell in cells if (text := as_text(cell)))


_NAMED = re.compile(r"\b(banque|bancaires?|banks?|releve (de |du )?compte|compte courant)\b")


_OF_BANKS_ALONE = re.compile(r"(vir(ement)?|prlv|prelevement|sepa)\b.*")
"""What no book of cash says: « CB Mme Ruiz » may be a sale of one."""


def as_statement(block: Block, findings: Findings) -> Block:
    """Return lines of a bank, « Recettes ; Dépenses » or « Entrées ; Sorties », under « Crédit ; Débit ».

    Their labels say so, or the name of their sheet or file, which is not that of a book of cash.
    """
    sides = {"Crédit": ARRIVING, "Débit": LEAVING - {"debit"}}
    ranks = {
        next((at for at, title in enumerate(block.titles) if bare(title) in each), -1): side
        for side, each in sides.items()
    }
    if -1 in ranks or not _of_bank(block) or time_given(block.titles, block.column) >= 0:
        return block
    place = block.grid.file, block.grid.sheet
    said = {side: block.titles[at] for at, side in ranks.items()}
    findings.titles[place] = {**findings.titles.get(place, {}), **said}
    return replace(block, titles=[ranks.get(at, title) for at, title in enumerate(block.titles)])


def _of_bank(block: Block) -> bool:
    names = [same(text.replace("_", " ")) for text in (*block.above, block.grid.sheet, block.grid.file)]
    if any("caisse" in name and "caisse d" not in name for name in names):  # « Caisse d'épargne » is a bank
        return False
    texts = (same(as_text(cell)) for at in range(len(block.titles)) for cell in block.column(at))
    return any(map(_NAMED.search, names)) or (speaks_as_banks(block) and any(map(_OF_BANKS_ALONE.fullmatch, texts)))


_BANK = re.compile(r"(vir(ement)?|prlv|prelevement|cb|carte|chq|cheque|sepa|retrait|remise|frais|cotis\w*) .+")


_OPPOSITE = re.compile(r"(nomd[eu](la?)?)?(contrepartie|contreparty|counterparty)(nom|name)?")


def names_opposite(block: Block) -> bool:
    """Tell whether a bank names who stands opposite, « Nom de la contrepartie », beside sums that come and go."""
    named = any(map(_OPPOSITE.fullmatch, map(bare, block.titles)))
    sums = [at for at, title in enumerate(block.titles) if named and _SUM.match(title)]
    return any(goes_both_ways(block.column(at)) for at in sums) and not any(map(_SOLD.search, block.titles))


def speaks_as_banks(block: Block) -> bool:
    """Tell whether a column speaks as banks do on most lines: « VIR SEPA MAIRIE », « PRLV EDF »."""
    lines = block.lines[:200]
    columns = ([same(as_text(cell_at(cells, at))) for _, cells in lines] for at in range(len(block.titles)))
    return any(2 * sum(map(bool, map(_BANK.fullmatch, each))) > len(lines) for each in columns)
