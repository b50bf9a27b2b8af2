"""Amounts beside a discount, or beside what is added to them, « Port HT »: the one that counts is proved, or asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_euros, read_rate, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.taxes import RATES, cents_of, rate_of
from kpa_model.money import WHOLE, part_of, round_ratio
from kpa_model.words import euros

DISCOUNTS = {"remise", "remises", "rabais", "discount", "reduction", "tauxderemise", "remiseligne", "remiseht"}
TOPIC, _BEFORE = "montant_ht.rabais", "avant"
_CENT = 1
Cents = list[int | None]


def after_discount(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts are those after the discount of each line; asked when nothing proves which are."""
    off = next((at for at, title in enumerate(block.titles) if bare(title) in DISCOUNTS), -1)
    if off < 0 or not any(re.search("[1-9]", as_text(cell)) for cell in block.column(off)):
        return block
    amounts = {at: _cents(block, at) for at, title in enumerate(block.titles) if at != off and title}
    amounts = {at: cents for at, cents in amounts.items() if any(cents)}
    for gross, net in permutations(amounts, 2):
        if _all(_less(block, off, gross), amounts[net]) and amounts[gross] != amounts[net]:
            return _counting(block, off, gross, net, findings)
    whole = _column(block, "montant_ht")
    if whole not in amounts:
        return block
    left, taxed = _less(block, off, whole), _column(block, "montant_ttc")
    for vat in (_column(block, "montant_tva"), _column(block, "taux_tva")):  # « TVA » may be either
        if vat not in amounts or taxed not in amounts:
            continue
        if _all(_added(left, amounts[vat]), amounts[taxed]):
            return _lowered(block, off, whole, left, findings)
        if _all(_added(amounts[whole], amounts[vat]), amounts[taxed]):
            return block  # the discount is taken off already
    return _as_answered(block, off, whole, left, findings)


_DEPOSITS = re.compile(
    r"[àa] d[ée]duire\b|(?=.*(acompte|avance|arrhes|situation|d[ée]j[àa]|deposit|ant[ée]rieur|pr[ée]c[ée]den))"
    r"(?=.*(factur|d[ée]dui|invoiced|billed))",
    re.IGNORECASE,
)
"""Titles of what was invoiced before, on an invoice of its own: « Acompte déjà facturé HT », « Acompte à déduire »."""
DEPOSIT, _INVOICED = "montant_ht.acompte", "facture"


def deposits(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what was invoiced before, without tax."""
    return any(_is_deposit(as_text(cell)) for cell in cells)


def _is_deposit(title: str) -> bool:
    return bool(_DEPOSITS.match(title)) and layer(title) != "avec la TVA" and not _NO_CHARGE.search(title)


def after_deposits(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts before tax are what is left to invoice, once deposits have an invoice of their own.

    A line of the list that is the deposit of this customer proves it; it is asked otherwise.
    """
    off = next((at for at, title in enumerate(block.titles) if _is_deposit(title) and any(_cents(block, at))), -1)
    whole = _column(block, "montant_ht")
    if off < 0 or whole in (-1, off) or None in _cents(block, whole):
        return block
    before, less = _cents(block, whole), [cents or 0 for cents in _cents(block, off)]
    customers = [same(as_text(cell_at(cells, _column(block, "client")))) for _, cells in block.lines]
    if _after_them(block, off, before, less):
        return block
    sold = [*zip(before, customers, strict=True)]
    own = [(taken, customers[row], row) for row, taken in enumerate(less) if taken]
    listed = all((taken, who) in sold[:row] + sold[row + 1 :] for taken, who, row in own)
    answer = _INVOICED if listed else block.grid.answers.get(DEPOSIT, "")
    if not answer:
        row = next(row for row, taken in enumerate(less) if taken)
        number, cells = block.lines[row]
        question = f"« {block.titles[off]} » ({as_text(cell_at(cells, off))}) : l'acompte a-t-il eu sa propre facture ?"
        options = ((_INVOICED, "oui : il a déjà compté, ôter sa somme"), ("total", "non : le total compte en entier"))
        todo = "Donnez ce qui reste à facturer, sur chaque ligne."
        findings.doubt(block.grid.place(number, off, block.titles[off]), Doubt(DEPOSIT, question, options, todo))
    if answer != _INVOICED:
        return block
    left: Cents = [(cents or 0) - taken for cents, taken in zip(before, less, strict=True)]
    return _lowered(_taxed_as(block, before, left), off, whole, left, findings)


def _after_them(block: Block, off: int, before: Cents, less: Sequence[int]) -> bool:
    """Tell whether amounts are what is left already: a whole beside them says so, or what was invoiced goes beyond."""
    wholes = (_cents(block, at) for at, title in enumerate(block.titles) if at != off and title and block.column(at))
    left = ([(cents or 0) - taken for cents, taken in zip(whole, less, strict=True)] for whole in wholes)
    return any(each == before for each in left) or any(t > (whole or 0) for whole, t in zip(before, less, strict=True))


def _taxed_as(block: Block, before: Cents, left: Cents) -> Block:
    """Return a block whose VAT, and amounts with it, are those of what is left, where they are those of the whole."""
    changed: dict[int, Cents] = {}
    for name in ("montant_tva", "taux_tva", "montant_ttc"):  # « TVA » may be either
        at = _column(block, name)
        said = _cents(block, at) if at >= 0 and not re.search("taux|%|rate", block.titles[at], re.IGNORECASE) else []
        taxes = [
            (cents or 0) - (name == "montant_ttc") * (whole or 0) for cents, whole in zip(said, before, strict=False)
        ]
        if any(said) and None not in said and _at_rates(before, taxes):
            changed[at] = said
    lines = []
    for row, (number, cells) in enumerate(block.lines):
        whole, rest = before[row] or 0, left[row] or 0
        made = {at: written(int(round_ratio((said[row] or 0) * rest, whole))) for at, said in changed.items() if whole}
        lines.append((number, [made.get(at, cell) if rest != whole else cell for at, cell in enumerate(cells)]))
    return replace(block, lines=lines)


_CHARGED = re.compile(
    r"(frais d(e |')|co[uû]t d(e |'))?(ports?|livraison|transport|exp[ée]dition|d[ée]placements?|emballages?)\b"
    r"|(consignes?|suppl[ée]ments?)\b",
    re.IGNORECASE,
)
"""Titles of what is added to the price of a line."""
_NO_CHARGE = re.compile(r"ttc|toutes taxes|\bkms?\b|kilom|heure|\bh\b|\bdate\b|\bjour", re.IGNORECASE)
"""What is no amount without tax."""
ADDED, _MORE = "montant_ht.frais", "plus"


def charges(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what is added to an amount: « Port HT »."""
    texts = [as_text(cell) for cell in cells]
    return any(map(_CHARGED.match, texts)) and any(layer(text) for text in texts if not _CHARGED.match(text))


def with_charges(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts before tax hold what is added to them; asked when nothing proves whether they do."""
    beside = [at for at, title in enumerate(block.titles) if _CHARGED.match(title) and not _NO_CHARGE.search(title)]
    charge = next((at for at in beside if any(_cents(block, at))), -1)
    whole = _column(block, "montant_ht")
    if charge < 0 or whole < 0 or whole == charge or None in _cents(block, whole):
        return block
    without = _cents(block, whole)
    more = _added(without, [cents or 0 for cents in _cents(block, charge)])
    held = _held(block, without, more) or block.grid.answers.get(ADDED, "")
    title, named = block.titles[charge], block.titles[whole]
    if not held:
        row = next(row for row, cents in enumerate(_cents(block, charge)) if cents)
        number, cells = block.lines[row]
        question = f"« {title} » ({as_text(cell_at(cells, charge))}) : en plus de « {named} », ou compris dedans ?"
        options = ((_MORE, "en plus : il s'ajoute"), ("compris", "compris dedans"))
        todo = "Donnez un seul montant hors taxes."
        findings.doubt(block.grid.place(number, charge, title), Doubt(ADDED, question, options, todo))
        return block
    added = held == _MORE
    total = euros(sum(cents or 0 for cents in _cents(block, charge)))
    what = f"s'ajoute à « {named} » : {total} en tout" if added else f"({total}) est compris dans « {named} »"
    findings.heed(block.grid.place(block.head), f"« {title} » {what}.")
    lines = [
        (number, [written(cents or 0) if added and at == whole else cell for at, cell in enumerate(cells)])
        for (number, cells), cents in zip(block.lines, more, strict=True)
    ]
    return replace(block, lines=lines, titles=["" if at == charge else text for at, text in enumerate(block.titles)])


def _held(block: Block, without: Cents, more: Cents) -> str:
    """Return whether what is added makes the whole with the VAT, or the VAT at rates in force; nothing in doubt."""
    taxed, ways = _column(block, "montant_ttc"), {"compris": without, _MORE: more}
    for vat in (_column(block, "montant_tva"), _column(block, "taux_tva")):  # « TVA » may be either
        taxes = _cents(block, vat) if vat >= 0 else []
        if not any(taxes) or any("%" in as_text(cell) for cell in block.column(vat)):
            continue
        if taxed >= 0:
            proved = [way for way, cents in ways.items() if _all(_added(cents, taxes), _cents(block, taxed))]
        else:
            proved = [way for way, cents in ways.items() if _at_rates(cents, taxes)]
        if len(proved) == 1:
            return proved[0]
    return ""


def _at_rates(before: Cents, taxes: Sequence[int | None]) -> bool:
    return all(rate_of(cents or 0, vat or 0) in RATES for cents, vat in zip(before, taxes, strict=True))


def _added(one: Cents, other: Cents) -> Cents:
    return [None if mine is None or yours is None else mine + yours for mine, yours in zip(one, other, strict=True)]


def _as_answered(block: Block, off: int, whole: int, net: Cents, findings: Findings) -> Block:
    answer = block.grid.answers.get(TOPIC, "")
    if answer == _BEFORE:
        return _lowered(block, off, whole, net, findings)
    if not answer:
        row = next(
            row for row, (_, cells) in enumerate(block.lines) if re.search("[1-9]", as_text(cell_at(cells, off)))
        )
        number, cells = block.lines[row]
        said = f"« {block.titles[whole]} » ({as_text(cell_at(cells, whole))})"
        question = f"{said} : avant ou après « {block.titles[off]} » ({as_text(cell_at(cells, off))}) ?"
        options = (("apres", "après : ce montant est le bon"), (_BEFORE, "avant : ôter la remise"))
        todo = "Donnez le montant après la remise."
        findings.doubt(block.grid.place(number, whole, block.titles[whole]), Doubt(TOPIC, question, options, todo))
    return block


def _column(block: Block, name: str) -> int:
    """Return the first column whose title leads to a field of invoices; −1 without any."""
    found = (column_of(title, dictionaries()["factures"]) if title else None for title in block.titles)
    return next((at for at, each in enumerate(found) if each is not None and each.name == name), -1)


def _cents(block: Block, at: int) -> Cents:
    return [cents_of(read_euros, cell_at(cells, at)) for _, cells in block.lines]


def _less(block: Block, off: int, gross: int) -> Cents:
    """Return amounts less the discount of each line, which is a part of them or a sum; None where one is no number."""
    rated = "%" in block.titles[off] or any("%" in as_text(cell) for cell in block.column(off))
    made: Cents = []
    for cents, (_, cells) in zip(_cents(block, gross), block.lines, strict=True):
        told: Cell = cell_at(cells, off)
        rate = cents_of(read_rate, f"{as_text(told).strip(' %')} %") if rated and as_text(told) else None
        less = int(part_of(cents or 0, min(rate, WHOLE))) if rate is not None else cents_of(read_euros, told)
        made.append(None if cents is None else cents - (less or 0))
    return made


def _all(made: Sequence[int | None], said: Sequence[int | None]) -> bool:
    """Tell whether two columns are the same on every line that both tell, one at least."""
    pairs = [(one, other) for one, other in zip(made, said, strict=True) if one is not None and other is not None]
    return bool(pairs) and all(abs(one - other) <= _CENT for one, other in pairs)


def _counting(block: Block, off: int, gross: int, net: int, findings: Findings) -> Block:
    text = (
        f"« {block.titles[net]} » est « {block.titles[gross]} » moins « {block.titles[off]} » : c'est lui qui compte."
    )
    findings.heed(block.grid.place(block.head), text)
    kept = "montant_ttc" if layer(block.titles[net]) == "avec la TVA" else "montant_ht"
    titles = [kept if at == net else "" if at in (gross, off) else title for at, title in enumerate(block.titles)]
    return replace(block, titles=titles)


def _lowered(block: Block, off: int, whole: int, net: Cents, findings: Findings) -> Block:
    """Return a block whose amounts before tax are those after the discount."""
    gone = sum((before or 0) - (after or 0) for before, after in zip(_cents(block, whole), net, strict=True))
    text = f"« {block.titles[off]} » vient en moins de « {block.titles[whole]} » : {euros(gone)} en tout."
    findings.heed(block.grid.place(block.head), text)
    lines = [
        (number, [written(after) if at == whole and after is not None else cell for at, cell in enumerate(cells)])
        for (number, cells), after in zip(block.lines, net, strict=True)
    ]
    return replace(block, lines=lines, titles=["" if at == off else title for at, title in enumerate(block.titles)])


def written(cents: int) -> str:
    """Return cents as a cell of a file says them: `12,50`."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"
