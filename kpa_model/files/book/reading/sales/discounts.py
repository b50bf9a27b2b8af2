"""Amounts beside a discount, or a deposit invoiced before: the one that counts is proved, or asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from kpa_model.files.book.cells import Cell, as_text, cell_at, read_euros, read_rate, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import column_of, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.titles import discounts
from kpa_model.files.book.reading.sales.taxes import RATES, cents_of, rate_of
from kpa_model.files.book.vocabulary import pattern
from kpa_model.money import WHOLE, part_of, round_ratio
from kpa_model.words import euros

_RECEIVED = re.compile(r"pay[ée]|pay[ée]e|r[ée]gl|encaiss|re[çc]u|vers[ée]|\bnet|paid|received|charged", re.IGNORECASE)
"""What came is what is left after a discount."""
TOPIC, _BEFORE = "montant_ht.rabais", "avant"
_CENT = 1
Cents = list[int | None]


def after_discount(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts are those after the discount of each line; asked when nothing proves which are."""
    off = next((at for at, title in enumerate(block.titles) if discounts(title) and _all_numbers(block.column(at))), -1)
    if off < 0:
        return block
    amounts = {at: cents_at(block, at) for at, title in enumerate(block.titles) if at != off and title}
    amounts = {at: cents for at, cents in amounts.items() if any(cents)}
    for gross, net in permutations(amounts, 2):
        if alike(less_of(block, off, amounts[gross]), amounts[net]) and amounts[gross] != amounts[net]:
            return _counting(block, off, gross, net, findings)
    whole = column_in(block, "montant_ht")
    if whole not in amounts:
        return _with_tax(block, off, amounts, findings)
    left = less_of(block, off, amounts[whole])
    for more, total in permutations([at for at in amounts if at != whole], 2):
        if alike(added(left, amounts[more]), amounts[total]):
            return lowered(block, off, whole, left, findings)
        if alike(added(amounts[whole], amounts[more]), amounts[total]):
            return block  # the discount is taken off already
    for one, other in permutations([at for at in amounts if at != whole], 2):
        pieces = _products(amounts[one], amounts[other])
        less = less_of(block, off, pieces, parts=True)
        if alike(less, amounts[whole]) and not alike(pieces, amounts[whole]):
            text = f"« {block.titles[off]} » est déjà ôtée de « {block.titles[whole]} »."
            findings.note(block.grid.place(block.head), text)
            return replace(block, titles=blanked(block.titles, {off}))
    return _as_answered(block, off, whole, left, findings)


def told_off(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what is taken off a price."""
    return any(discounts(as_text(cell)) for cell in cells)


def _all_numbers(column: Sequence[Cell]) -> bool:
    """Tell whether a column holds sums or rates, some of them: « ETE26 » is a code."""
    told = [cents_of(read_euros, as_text(cell).strip(" %")) for cell in column if as_text(cell)]
    return None not in told and any(told)


def _with_tax(block: Block, off: int, amounts: Mapping[int, Cents], findings: Findings) -> Block:
    """Return a block whose amounts, their VAT included, are those after the discount: the VAT proves it; else asked."""
    sums = [column_in(block, "montant_ttc"), column_in(block, "montant_ttc", "encaissements")]
    told = [at for at in amounts if layer(block.titles[at]) == "avec la TVA"]
    sums = [at for at in (*sums, *(told if len(told) == 1 else ())) if at in amounts]
    whole = next((at for at in sums if not _RECEIVED.search(block.titles[at])), -1)
    if whole < 0:
        return block
    left = less_of(block, off, amounts[whole])
    for more, total in permutations([at for at in amounts if at != whole], 2):
        if alike(added(left, [cents or 0 for cents in amounts[more]]), amounts[total]):
            return _counting(block, off, whole, total, findings, more)
    vat = column_in(block, "montant_tva")
    vat = vat if vat in amounts else column_in(block, "taux_tva")
    if vat in amounts and not any("%" in as_text(cell) for cell in block.column(vat)):
        taxes = amounts[vat]
        rows = [row for row, cents in enumerate(left) if cents != amounts[whole][row] and taxes[row]]
        for made in (amounts[whole], left) if rows else ():
            before = [(made[row] or 0) - (taxes[row] or 0) for row in rows]
            if at_rates(before, [taxes[row] for row in rows]):
                return block if made is not left else lowered(block, off, whole, left, findings)
    return _as_answered(block, off, whole, left, findings)


_DEPOSITS = pattern("discounts.deposits", flags=re.IGNORECASE)
"""Titles of what was invoiced before, on an invoice of its own: « Acompte déjà facturé HT », « Acompte à déduire »."""
DEPOSIT, _INVOICED = "montant_ht.acompte", "facture"


def deposits(cells: Sequence[Cell]) -> bool:
    """Tell whether a line of titles names what was invoiced before, without tax."""
    return any(_is_deposit(as_text(cell)) for cell in cells)


def _is_deposit(title: str) -> bool:
    return bool(_DEPOSITS.match(title)) and not NO_CHARGE.search(re.sub(r"\bttc\b", "", title, flags=re.IGNORECASE))


def after_deposits(block: Block, findings: Findings) -> Block:
    """Return a block whose amounts before tax are what is left to invoice, once deposits have an invoice of their own.

    A line of the list that is the deposit of this customer proves it; it is asked otherwise. A deposit with its VAT is
    compared with the amounts that have it too: what is left to pay, its deposit taken off, proves that they are whole.
    """
    off = next((at for at, title in enumerate(block.titles) if _is_deposit(title) and any(cents_at(block, at))), -1)
    whole = column_in(block, "montant_ht")
    taxed = off >= 0 and layer(block.titles[off]) == "avec la TVA"
    total = column_in(block, "montant_ttc") if taxed else whole
    if off < 0 or -1 in (whole, total) or off in (whole, total) or None in cents_at(block, whole):
        return block
    before, sums, less = cents_at(block, whole), cents_at(block, total), [cents or 0 for cents in cents_at(block, off)]
    customers = [same(as_text(cell_at(cells, column_in(block, "client")))) for _, cells in block.lines]
    if _after_them(block, off, sums, less):
        return block
    sold = [*zip(sums, customers, strict=True)]
    own = [(taken, customers[row], row) for row, taken in enumerate(less) if taken]
    listed = all((taken, who) in sold[:row] + sold[row + 1 :] for taken, who, row in own)
    sure = listed and (not taxed or _whole_before(block, off, total, less))
    answer = _INVOICED if sure else block.grid.answers.get(DEPOSIT, "")
    if not answer:
        row = next(row for row, taken in enumerate(less) if taken)
        number, cells = block.lines[row]
        question = f"« {block.titles[off]} » ({as_text(cell_at(cells, off))}) : l'acompte a-t-il eu sa propre facture ?"
        options = ((_INVOICED, "oui : il a déjà compté, ôter sa somme"), ("total", "non : le total compte en entier"))
        todo = "Donnez ce qui reste à facturer, sur chaque ligne."
        findings.doubt(block.grid.place(number, off, block.titles[off]), Doubt(DEPOSIT, question, options, todo))
    if answer != _INVOICED:
        return block
    parts = [(cents or 0, top or 0, taken) for cents, top, taken in zip(before, sums, less, strict=True)]
    left: Cents = [int(round_ratio(cents * (top - taken), top)) if taken else cents for cents, top, taken in parts]
    return lowered(taxed_as(block, before, left), off, whole, left, findings)


def _whole_before(block: Block, off: int, total: int, less: Sequence[int]) -> bool:
    """Tell whether another column is a total without its deposits, « Reste à payer »: the total holds them."""
    left = [(cents or 0) - taken for cents, taken in zip(cents_at(block, total), less, strict=True)]
    others = (at for at, title in enumerate(block.titles) if title and at not in (off, total))
    return any(cents_at(block, at) == left for at in others)


def _after_them(block: Block, off: int, before: Cents, less: Sequence[int]) -> bool:
    """Tell whether amounts are what is left already: a whole beside them says so, or what was invoiced goes beyond."""
    wholes = (cents_at(block, at) for at, title in enumerate(block.titles) if at != off and title and block.column(at))
    left = ([(cents or 0) - taken for cents, taken in zip(whole, less, strict=True)] for whole in wholes)
    return any(each == before for each in left) or any(t > (whole or 0) for whole, t in zip(before, less, strict=True))


def taxed_as(block: Block, before: Cents, left: Cents) -> Block:
    """Return a block whose VAT, and amounts with it, are those of what is left, where they are those of the whole."""
    changed: dict[int, Cents] = {}
    for name in ("montant_tva", "taux_tva", "montant_ttc"):  # « TVA » may be either
        at = column_in(block, name)
        said = cents_at(block, at) if at >= 0 and not re.search("taux|%|rate", block.titles[at], re.IGNORECASE) else []
        taxes = [
            (cents or 0) - (name == "montant_ttc") * (whole or 0) for cents, whole in zip(said, before, strict=False)
        ]
        if any(said) and None not in said and at_rates(before, taxes):
            changed[at] = said
    lines = []
    for row, (number, cells) in enumerate(block.lines):
        whole, rest = before[row] or 0, left[row] or 0
        made = {at: written(int(round_ratio((said[row] or 0) * rest, whole))) for at, said in changed.items() if whole}
        lines.append((number, [made.get(at, cell) if rest != whole else cell for at, cell in enumerate(cells)]))
    return replace(block, lines=lines)


NO_CHARGE = re.compile(r"ttc|toutes taxes|\bkms?\b|kilom|heure|\bh\b|\bdate\b|\bjour", re.IGNORECASE)
"""What is no amount without tax."""


def at_rates(before: Sequence[int | None], taxes: Sequence[int | None]) -> bool:
    return all(rate_of(cents or 0, vat or 0) in RATES for cents, vat in zip(before, taxes, strict=True))


def added(one: Sequence[int | None], other: Sequence[int | None]) -> Cents:
    return [None if mine is None or yours is None else mine + yours for mine, yours in zip(one, other, strict=True)]


def _as_answered(block: Block, off: int, whole: int, net: Cents, findings: Findings) -> Block:
    answer = block.grid.answers.get(TOPIC, "")
    if answer == _BEFORE:
        return lowered(block, off, whole, net, findings)
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


def column_in(block: Block, name: str, table: str = "factures") -> int:
    """Return the column of a table, of invoices mostly: as a program or the group says, else by title; −1 without."""
    said = {
        each.removeprefix("ttc:"): "montant_ttc" if each.startswith("ttc:") else topic.removeprefix("colonne.")
        for topic, each in block.grid.answers.items()
        if topic in ("colonne.montant_ht", "colonne.montant_ttc")
    }
    if (told := next((at for at, title in enumerate(block.titles) if said.get(title) == name), -1)) >= 0:
        return told
    found = (column_of(title, dictionaries()[table]) if title else None for title in block.titles)
    return next((at for at, each in enumerate(found) if each is not None and each.name == name), -1)


def cents_at(block: Block, at: int) -> Cents:
    return [cents_of(read_euros, cell_at(cells, at)) for _, cells in block.lines]


def less_of(block: Block, off: int, gross: Cents, parts: bool = False) -> Cents:
    """Return amounts less the discount of each line, which is a part of them or a sum; None where one is no number.

    `parts`: numbers below one, as a workbook keeps « 10 % », are parts too.
    """
    told = [cell_at(cells, off) for _, cells in block.lines]
    below = parts and all(isinstance(each, float) and 0 <= each < 1 for each in told if as_text(each))
    rated = below or "%" in block.titles[off] or any("%" in as_text(each) for each in told)
    made: Cents = []
    for cents, each in zip(gross, told, strict=True):
        rate = cents_of(read_rate, each if below else f"{as_text(each).strip(' %')} %")
        rate = rate if rated and as_text(each) else None
        less = int(part_of(cents or 0, min(rate, WHOLE))) if rate is not None else cents_of(read_euros, each)
        made.append(None if cents is None else cents - (less or 0))
    return made


def _products(one: Cents, other: Cents) -> Cents:
    """Return quantities times prices, both told in hundredths; None where one is not told."""
    pairs = zip(one, other, strict=True)
    return [None if a is None or b is None else int(round_ratio(a * b, 100)) for a, b in pairs]


def alike(made: Sequence[int | None], said: Sequence[int | None]) -> bool:
    """Tell whether two columns are the same on every line that both tell, one at least."""
    pairs = [(one, other) for one, other in zip(made, said, strict=True) if one is not None and other is not None]
    return bool(pairs) and all(abs(one - other) <= _CENT for one, other in pairs)


def _counting(block: Block, off: int, gross: int, net: int, findings: Findings, more: int = -1) -> Block:
    """Return a block whose amounts are those of a column that another makes less a discount, with what is added."""
    plus = f" plus « {block.titles[more]} »" if more >= 0 else ""
    text = f"« {block.titles[net]} » est « {block.titles[gross]} » moins « {block.titles[off]} »{plus}"
    findings.heed(block.grid.place(block.head), f"{text} : c'est lui qui compte.")
    said = layer(block.titles[net]) or layer(block.titles[gross])
    named = {"avec la TVA": "montant_ttc", "sans la TVA": "montant_ht"}.get(said, block.titles[net])
    kept = net
    if any(block.titles[gross] in answer for answer in block.grid.answers.values()):  # a program's own column
        kept, named = gross, block.titles[gross]
    gone = {gross, off, more} if _RECEIVED.search(block.titles[net]) else {gross, net, off, more}
    if net not in gone:  # what came says the amount, and stays what came
        kept = gross
    lines = [
        (number, [cell_at(cells, net) if at == kept else cell for at, cell in enumerate(cells)])
        for number, cells in block.lines
    ]
    titles = blanked(block.titles, gone)
    titles[kept] = named
    return replace(block, titles=titles, lines=lines)


def lowered(block: Block, off: int, whole: int, net: Sequence[int | None], findings: Findings) -> Block:
    """Return a block whose amounts are those after what a column takes off them; told with its sum."""
    gone = sum((before or 0) - (after or 0) for before, after in zip(cents_at(block, whole), net, strict=True))
    titles = blanked(block.titles, {off})
    if not gone:
        return replace(block, titles=titles)
    text = f"« {block.titles[off]} » vient en moins de « {block.titles[whole]} » : {euros(gone)} en tout."
    findings.heed(block.grid.place(block.head), text)
    lines = [
        (number, [written(after) if at == whole and after is not None else cell for at, cell in enumerate(cells)])
        for (number, cells), after in zip(block.lines, net, strict=True)
    ]
    return replace(block, lines=lines, titles=titles)


def written(cents: int) -> str:
    """Return cents as a cell of a file says them: `12,50`."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"
