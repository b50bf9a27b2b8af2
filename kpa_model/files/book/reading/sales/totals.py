"""Invoices of several lines: a program that repeats the total on each line also gives what each line is worth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kpa_model.declare.number import numbers
from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, read_euros, read_rate, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.titles import discounts
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.taxes import cents_of
from kpa_model.money import part_of, round_ratio
from kpa_model.words import listing

_TOLD = {"montant_ht": " hors taxes", "montant_ttc": " TTC", "Montant": ""}
"""Titles of what several pieces are worth, with what is told of them."""
_WITH_TAX = {"montant_ht": ("ht", "horstaxes"), "montant_ttc": ("ttc", "taxescomprises"), "Montant": ("",)}
_PIECE = ("pu", "prixu", "prixunit", "prixunitaire", "unitprice")
_FOR_ONE = {f"{name}{end}": made for made, ends in _WITH_TAX.items() for end in ends for name in _PIECE}
"""Titles of the price of one piece, and the title of what all of them are worth."""
_EITHER = {f"{name}{end}": made for made, ends in _WITH_TAX.items() for end in ends for name in ("prix", "tarif")}
"""Titles of a price that may be for one piece, or for all of them."""
PRICED = {**_FOR_ONE, **_EITHER}
QUANTITIES = {"qte", "quantite", "quantites", "qty", "nombre", "nb"}
_AMOUNTS = ("montant_ht", "montant_tva", "montant_ttc")
Cents = list[int | None]
REPEATED = "montant_ht.repete"


def priced(block: Block, findings: Findings) -> Block:
    """Return a block whose lines have an amount, where they say how many pieces at what price."""
    titles = [bare(title) for title in block.titles]
    many = next((at for at, title in enumerate(titles) if title in QUANTITIES), -1)
    price = next((at for at, title in enumerate(titles) if title in _FOR_ONE), -1)
    known = [column_of(title, dictionaries()["factures"]) for title in block.titles]
    if many < 0 or any(
        each is not None and each.name in _AMOUNTS and titles[at] not in _EITHER for at, each in enumerate(known)
    ):
        return block
    price = price if price >= 0 else next((at for at, title in enumerate(titles) if title in _EITHER), -1)
    if price >= 0 and (whole := _whole(block, many, price)) >= 0:
        title = block.titles[whole] if (made := PRICED[titles[price]]) == "Montant" else made
        return replace(block, titles=[{price: "", whole: title}.get(at, each) for at, each in enumerate(block.titles)])
    if price >= 0 and titles[price] in _EITHER and not _for_one(block, price, many, findings):
        return block
    off = next((at for at, title in enumerate(titles) if discounts(title) and block.column(at)), -1)
    if price < 0 or (off >= 0 and not (how := _discounted(block, off, findings))):
        return block
    how = how if off >= 0 else ""
    products = [
        _product(cell_at(cells, many), cell_at(cells, price), cell_at(cells, off), how) for _, cells in block.lines
    ]
    used = listing([f"« {block.titles[at]} »" for at in (many, price, off) if at >= 0])
    made = PRICED[titles[price]]
    findings.heed(block.grid.place(block.head), f"le montant{_TOLD[made]} de chaque ligne est calculé, avec {used}.")
    own = replace(block, titles=blanked(block.titles, {price, off}), read=(*block.read, block.titles[many]))
    return own.with_column(made, products)


_VAT_OF = re.compile(r"\b(tva|vat)\b.*\d", re.IGNORECASE)


def one_vat(block: Block) -> Block:
    """Return a block with one amount of VAT, where each rate has its column: « TVA 20 % », « TVA 5,5 % »."""
    ranks = [at for at, title in enumerate(block.titles) if _VAT_OF.search(title) and block.column(at)]
    cents = {at: [cents_of(read_euros, cell) for cell in block.column(at)] for at in ranks}
    if len(ranks) < 2 or any(value is None for values in cents.values() for value in values):
        return block

    def summed(cells: Sequence[Cell]) -> Cell:
        return written(sum(cents_of(read_euros, cell_at(cells, at)) or 0 for at in ranks))

    lines = [(number, blanked(cells, ranks)) for number, cells in block.lines]
    own = replace(block, titles=blanked(block.titles, ranks), lines=lines)
    return own.with_column("montant_tva", [summed(cells) for _, cells in block.lines])


def _whole(block: Block, many: int, price: int) -> int:
    """Return which column says what the pieces of each line are worth, their number times their price; -1 if none."""
    worth = [
        cents_of(read_euros, _product(cell_at(cells, many), cell_at(cells, price), "", "")) for _, cells in block.lines
    ]
    others = (at for at in range(len(block.titles)) if at not in (many, price) and any(worth))
    said = ((at, [cents_of(read_euros, cell_at(cells, at)) for _, cells in block.lines]) for at in others)
    return next((at for at, cents in said if cents == worth), -1)


def _for_one(block: Block, price: int, many: int, findings: Findings) -> bool:
    """Tell whether a price is that of one piece, as the group says; ask it when a line has several."""
    several = [(number, cells) for number, cells in block.lines if as_text(cell_at(cells, many)) not in ("", "1")]
    answer = block.grid.answers.get("montant_ht.piece", "")
    if several and not answer:
        number, cells = several[0]
        said = f"{as_text(cell_at(cells, many))} à {as_text(cell_at(cells, price))}"
        question = f"« {said} » : ce prix est-il pour une pièce, ou pour toutes ?"
        options = (("piece", "pour une pièce"), ("tout", "pour toutes"))
        doubt = Doubt("montant_ht.piece", question, options, "Donnez le montant de chaque ligne.")
        findings.doubt(block.grid.place(number, price, block.titles[price]), doubt)
    return answer == "piece"


def _discounted(block: Block, off: int, findings: Findings) -> str:
    """Tell what a column of discounts holds, `taux` or `montant`; an empty text once it is asked."""
    title, said = block.titles[off], block.grid.answers.get("montant_ht.remise", "")
    cells = [as_text(cell) for cell in block.column(off)]
    if "%" in title or any("%" in cell for cell in cells) or not any(re.search("[1-9]", cell) for cell in cells):
        return "taux"
    if not said:
        first = next(cell for cell in cells if re.search("[1-9]", cell))
        options = (("taux", f"{first} %"), ("montant", f"{first} €"))
        doubt = Doubt("montant_ht.remise", f"« {title} » dit « {first} ». Qu'est-ce ?", options, "Écrivez %, ou €.")
        findings.doubt(block.grid.place(block.head, off, title), doubt)
    return said


def _product(many: Cell, price: Cell, off: Cell, how: str) -> Cell:
    """Return what pieces are worth together, to the cent, the discount taken off; an empty cell without numbers."""
    try:
        cents = read_euros(price) * Fraction(numbers(as_text(many))[0][0])
        if how == "montant" and as_text(off):
            cents -= read_euros(off)
        elif how and as_text(off):
            part = Fraction(numbers(as_text(off).strip(" %"))[0][0])
            cents *= 1 - (part if isinstance(off, float) and 0 < off < 1 else part / 100)
    except (Refused, ValueError):
        return ""
    return written(int(round_ratio(cents.numerator, cents.denominator)))


def of_lines(rows: Sequence[Sequence[Cell]], ranks: Mapping[str, int]) -> dict[str, int]:
    """Return where each field stands, once repeated totals have given way to the amounts of the lines.

    An amount that is the same on every line of each invoice, and that another column adds up to, is a total. A total
    that no column adds up to is left out, since another amount of the line is known; one with tax too, that the
    amounts before tax and their rates make.
    """
    groups: dict[str, list[Sequence[Cell]]] = defaultdict(list)
    for cells in rows:
        if number := same(as_text(cell_at(cells, ranks.get("facture", -1)))):
            groups[number].append(cells)
    if not any(len(group) > 1 for group in groups.values()):
        return dict(ranks)
    repeated = {
        name: [_column(group, ranks[name]) for group in groups.values()]
        for name in _AMOUNTS
        if name in ranks and all(len(set(_column(group, ranks[name]))) == 1 for group in groups.values())
    }
    wide = max(map(len, rows), default=0)
    free = {at: [_column(group, at) for group in groups.values()] for at in range(wide) if at not in ranks.values()}
    found: dict[str, int] = {}
    for name, totals in repeated.items():
        at = next((at for at, parts in free.items() if at not in found.values() and _adds_up(parts, totals)), None)
        if at is not None:
            found[name] = at
    if not found:
        made = {name for name, totals in repeated.items() if _adds_up(_taxed([*groups.values()], ranks, name), totals)}
        return {name: at for name, at in ranks.items() if name not in made}
    return {name: found.get(name, at) for name, at in ranks.items() if name in found or name not in repeated}


def _taxed(groups: Sequence[Sequence[Sequence[Cell]]], ranks: Mapping[str, int], name: str) -> list[Cents]:
    """Return the VAT of the lines of each invoice, or what they are worth with it, from what they say before tax."""

    def told(cells: Sequence[Cell]) -> int | None:
        before, vat, rate = (
            cents_of(read, cell_at(cells, ranks.get(field, -1)))
            for field, read in (("montant_ht", read_euros), ("montant_tva", read_euros), ("taux_tva", read_rate))
        )
        due = vat if rate is None or before is None else int(part_of(before, rate))
        if name == "montant_ht" or before is None or due is None:
            return None
        return before + due if name == "montant_ttc" else due

    return [[told(cells) for cells in group] for group in groups]


def told(titles: Sequence[str], before: Mapping[str, int], ranks: Mapping[str, int]) -> str:
    """Return the sentence that says which columns were read instead of repeated totals."""
    said = listing([f"« {titles[at]} »" for name, at in before.items() if ranks.get(name) != at])
    read = listing([f"« {titles[at]} »" for name, at in ranks.items() if name in _AMOUNTS])
    return f"{said} : le total de la facture est répété sur chacune de ses lignes. Les lignes sont lues dans {read}."


def _adds_up(parts: Sequence[Cents], totals: Sequence[Cents]) -> bool:
    """Tell whether the lines of every invoice make its total, each line rounded by itself."""
    for lines, whole in zip(parts, totals, strict=True):
        if whole[0] is None or any(line is None for line in lines):
            return False
        if abs(sum(line or 0 for line in lines) - whole[0]) >= len(lines):
            return False
    return True


def _column(group: Sequence[Sequence[Cell]], at: int) -> Cents:
    return [cents_of(read_euros, cell_at(cells, at)) for cells in group]
