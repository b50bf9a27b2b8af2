"""VAT told in several ways: before tax, rate, amount of VAT, with tax. Any two give the others, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations, product
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, read_euros, read_rate
from kpa_model.files.book.grids import Line
from kpa_model.money import part_of, round_ratio
from kpa_model.words import euros, percent

RATES = (0, 21_000, 55_000, 85_000, 100_000, 200_000)
"""Rates in force, in parts per million."""
SEVERAL = "plusieurs taux"
"""What is answered of lines that have several rates: it reads none of them, and what to do is told."""
NO_RATE = "Aucune colonne ne dit la TVA. Quel est le taux ?"
RATE_ANSWERS = (("20", "20 %"), ("10", "10 %"), ("5,5", "5,5 %"), ("0", "pas de TVA"), (SEVERAL, "plusieurs taux"))
"""What may be answered when no column says the rate."""
WRITE_RATE = "Ajoutez une colonne « taux_tva »."
_HIGHEST = 200_000
Cents = Sequence[int | None]


def rate_of(before_tax: int, vat: int) -> int | None:
    """Return the rate that gives this VAT: the nearest in force within a cent, else the true one; None when none can.

    >>> rate_of(5000, 1000), rate_of(9, 1), rate_of(15000, 2500), rate_of(1000, 900)
    (200000, 100000, 166667, None)
    """
    exact = [rate for rate in RATES if int(part_of(before_tax, rate)) == vat]
    near = [rate for rate in RATES if abs(int(part_of(before_tax, rate)) - vat) <= 1]
    if found := exact or near:
        return min(found, key=lambda rate: abs(before_tax * rate - vat * 1_000_000)) if vat else found[0]
    if not before_tax or vat * before_tax < 0:
        return None
    true = int(round_ratio(vat * 1_000_000, before_tax))
    return true if true <= _HIGHEST + 1_000 else None


_MOST_AMOUNTS = 5


def rates_of(amounts: Sequence[int], taxes: Sequence[int]) -> tuple[int, ...]:
    """Return the rate in force of each amount of an invoice, when one way alone makes its taxes; else nothing.

    Args:
        amounts: before tax, in cents.
        taxes: the VAT of each rate, in cents.

    >>> rates_of([100000, 10000], [20000, 550]), rates_of([100, 100], [20, 20])
    ((200000, 55000), ())
    """
    said, ways = sorted(tax for tax in taxes if tax), dict[tuple[tuple[int, int], ...], tuple[int, ...]]()
    for rates in product(RATES, repeat=len(amounts)) if len(amounts) <= _MOST_AMOUNTS else ():
        sums = {rate: sum(a for a, own in zip(amounts, rates, strict=True) if own == rate) for rate in {*rates} - {0}}
        made = sorted(int(part_of(each, rate)) for rate, each in sums.items())
        if len(made) == len(said) and all(abs(one - other) <= 1 for one, other in zip(made, said, strict=True)):
            ways.setdefault(tuple(sorted(sums.items())), rates)
    return next(iter(ways.values())) if len(ways) == 1 else ()


def before_tax_of(with_tax: int, rate: int) -> int:
    """Return the amount before tax whose VAT, rounded, gives this total; the nearest one when no cent does.

    >>> before_tax_of(12000, 200_000)
    10000
    """
    near = int(round_ratio(with_tax * 1_000_000, 1_000_000 + rate))
    return min((near, near - 1, near + 1), key=lambda cents: abs(cents + int(part_of(cents, rate)) - with_tax))


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the amount before tax and the rate of a line, from whatever it says. Raises Refused."""
    given = dict(values)
    before, rate = given.get("montant_ht"), given.get("taux_tva")
    vat, whole = given.get("montant_tva"), given.get("montant_ttc")
    if 0 in (before, whole) and not (before or whole or vat):  # nothing is asked, no tax is in it
        return given | {"montant_ht": 0, "taux_tva": rate or 0}
    if vat is None and before is not None and whole is not None:
        vat = whole - before
    if before is None and whole is not None:
        if vat is not None:
            before = whole - vat
        elif rate is not None:
            before = before_tax_of(whole, rate)
    if before is None:
        return given
    given["montant_ht"] = before
    if vat is not None:
        if rate is None:
            rate = rate_of(before, vat)
            if rate is None:
                raise Refused(f"une TVA de {euros(vat)} sur {euros(before)} ne correspond à aucun taux.", _CHECK)
            given["taux_tva"] = rate
        elif abs(int(part_of(before, rate)) - vat) > 1:
            due = euros(int(part_of(before, rate)))
            raise Refused(f"{euros(before)} à {percent(rate)} font {due} de TVA, et non {euros(vat)}.", _CHECK)
    if whole is not None and vat is not None and abs(before + vat - whole) > 1:
        raise Refused(f"{euros(before)} et {euros(vat)} de TVA ne font pas {euros(whole)}.", _CHECK)
    return given


_CHECK = "Vérifiez le montant HT, la TVA et le TTC de cette ligne."


def meaning_of_vat(pairs: Iterable[tuple[Cell, Cell]], inside: bool = False) -> str:
    """Return what a column « TVA » holds, beside amounts: `taux`, `montant`, or an empty text in doubt.

    Args:
        pairs: an amount, and what is said of its VAT.
        inside: whether the amounts hold the VAT.

    >>> meaning_of_vat([(1000.0, 200.0)]), meaning_of_vat([(100.0, 20.0)]), meaning_of_vat([(50.0, 10.0)])
    ('montant', 'taux', '')
    >>> meaning_of_vat([(1200.0, 200.0)], inside=True), meaning_of_vat([(1200.0, 20.0)], inside=True)
    ('montant', 'taux')
    """
    rates, amounts, agree = True, True, True
    for amount, said in pairs:
        if not as_text(said):
            continue
        if isinstance(said, str) and ("%" in said or not any(each.isdigit() for each in said)):
            return "taux"
        if isinstance(said, str) and "€" in said:
            return "montant"
        rate, vat, sold = cents_of(read_rate, said), cents_of(read_euros, said), cents_of(read_euros, amount)
        sold = sold - vat if inside and sold is not None and vat is not None else sold
        if isinstance(said, float) and 0 < said < 0.3:
            return "taux"
        rates &= rate in RATES
        found = None if vat is None or sold is None else rate_of(sold, vat)
        amounts &= found in RATES and found is not None
        agree &= found == rate
    if rates and amounts:
        return "taux" if agree else ""
    return "montant" if amounts else "taux"


def parts_of(lines: Sequence[Line], columns: Sequence[int], known: Mapping[str, int]) -> dict[str, int]:
    """Return which columns are the amount before tax, the VAT and the whole, when every line proves it; else nothing.

    Args:
        lines: the lines of a table.
        columns: those that hold amounts.
        known: the fields whose column is known already.
    """
    cents = {at: [cents_of(read_euros, cells[at]) if at < len(cells) else None for _, cells in lines] for at in columns}
    taken = {at for name, at in known.items() if name not in ("taux_tva", "montant_tva", "montant_ttc")}
    vat = known.get("montant_tva", known.get("taux_tva", -1))
    found = [
        {"montant_ht": before, "montant_tva": tax, "montant_ttc": whole}
        for before, tax, whole in permutations(cents.keys() - taken, 3)
        if vat in (-1, tax) and known.get("montant_ttc", whole) == whole
        if _make(cents[before], cents[tax], cents[whole])
    ]
    return found[0] if len(found) == 1 else {}


def beside_vat(lines: Sequence[Line], columns: Sequence[int], known: Mapping[str, int]) -> dict[str, int]:
    """Return the one amount that the VAT beside it tells to be with tax, or without; nothing when one is known.

    A column « TVA » whose cells are all rates, « 20 », may be one of rates: it tells nothing.
    """
    vat = known.get("montant_tva", known.get("taux_tva", -1))
    if vat < 0 or known.keys() & {"montant_ht", "montant_ttc"}:
        return {}
    said = [cells[vat] for _, cells in lines if vat < len(cells) and as_text(cells[vat])]
    if "montant_tva" not in known and all(cents_of(read_rate, cell) in RATES for cell in said):
        return {}
    told = {at: way for at in columns if (way := told_by_vat(lines, at, vat))}
    return {way: at for at, way in told.items()} | {"montant_tva": vat} if len(told) == 1 else {}


def told_by_vat(lines: Sequence[Line], amount: int, vat: int) -> str:
    """Return what a column of amounts is, when the VAT beside it leaves one way: `montant_ht`, `montant_ttc`.

    Every line that has some VAT must be at a rate in force in that way, and one of them at none in the other way.
    """
    ways = {"montant_ht": 0, "montant_ttc": 1}
    for _, cells in lines:
        sold, tax = (cents_of(read_euros, cells[at]) if at < len(cells) else None for at in (amount, vat))
        if tax:
            ways = {way: inside for way, inside in ways.items() if rate_of((sold or 0) - inside * tax, tax) in RATES}
    return next(iter(ways)) if len(ways) == 1 else ""


def with_tax(before: Sequence[Cell], whole: Sequence[Cell]) -> bool:
    """Tell whether amounts are others with their VAT: at a rate in force on every line, and not all at none."""
    pairs = [(cents_of(read_euros, a), cents_of(read_euros, b)) for a, b in zip(before, whole, strict=False)]
    if len(before) != len(whole) or any(a is None or b is None for a, b in pairs):
        return False
    rates = {rate_of(a or 0, (b or 0) - (a or 0)) for a, b in pairs}
    return rates <= set(RATES) and rates != {0}


def _make(before: Cents, tax: Cents, whole: Cents) -> bool:
    """Tell whether amounts before tax and their VAT make the whole, on every line that says something."""
    lines = [each for each in zip(before, tax, whole, strict=True) if each[0] is not None or each[2] is not None]
    taxed = 0
    for sold, vat, paid in lines:
        if sold is None or paid is None or sold + (vat or 0) != paid or (vat and rate_of(sold, vat) not in RATES):
            return False
        taxed += bool(vat)
    return taxed > 1


def cents_of(reader: Any, cell: Cell) -> int | None:
    try:
        return int(reader(cell))
    except Refused:
        return None


def cents_in(cell: Cell) -> int:
    """Return the cents of a cell; 0 when it says no amount."""
    return cents_of(read_euros, cell) or 0


_PARTS = 10


def made_of(whole: Sequence[int], parts: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """Return which columns add up to another on every line, the most that do; none when none do, or ten are not enough.

    >>> made_of([5, 7, 3], {1: [5, 4, 0], 2: [0, 3, 3], 3: [8, 8, 8]})
    (1, 2)
    """
    for size in range(min(len(parts), _PARTS), 1, -1) if len(parts) <= _PARTS else ():
        for some in combinations(parts, size):
            told = (sum(line) for line in zip(*(parts[at] for at in some), strict=True))
            if all(made == cents for made, cents in zip(told, whole, strict=True)):
                return some
    return ()
