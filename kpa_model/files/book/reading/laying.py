"""A recognised table → a grid under the titles of the book, with what its sheet says of every line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at
from kpa_model.files.book.findings import Doubt, Findings, Outgoing
from kpa_model.files.book.grids import Grid, LaidLine, Line, laid_again
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading import tags
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.columns.proved import unit_of_totals
from kpa_model.files.book.reading.columns.taxed import said_rate, with_rate_of_takings
from kpa_model.files.book.reading.columns.titles import discounts
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.dated.day_names import say_other_days
from kpa_model.files.book.reading.dated.moments import noted_on
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.left import say_unused
from kpa_model.files.book.reading.sales.both_ways import numbered
from kpa_model.files.book.reading.sales.discounts import written
from kpa_model.files.book.reading.sales.statements import LEAVING
from kpa_model.files.book.reading.sales.states import SET_ASIDE, meaning, of_payment, refunded, sent_back
from kpa_model.files.book.reading.sales.taxes import NO_RATE, RATE_ANSWERS, WRITE_RATE, cents_in, told_by_vat
from kpa_model.files.book.reading.sales.weights import say_times_aside, say_times_beside
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.reading.spread.titled_units import title_kept
from kpa_model.files.book.reading.work import kinds_of, worded
from kpa_model.files.book.reading.written.sums_said import say_denied
from kpa_model.files.book.reading.written.under_states import say_void
from kpa_model.files.book.reading.written.whose_hours import two_columns, whose_hours
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import euros

Laid = tuple[str, Grid]
"""A table, and a grid under the titles of that table."""
COMPLETED: Mapping[str, set[str]] = {
    "factures": {"commande", "taux_tva"},
    "encaissements": {"facture"},
    "achats": {"taux_tva"},
    "personnes": {"statut", "du"},
}
"""Required columns that the book as a whole, or an answer, can give."""


def laid_out(block: Block, found: Assigned, grid: Grid, context: Context, findings: Findings) -> Iterator[Laid]:
    """Yield the grid of a block under the titles of its table, with what the sheet itself says of every line."""
    if two_columns(block, found, context, findings):
        return
    nobody = found.dictionary.table == "heures" and "personne" not in found.ranks
    people = tags.told(block, context, findings) if nobody else None
    constants = whose_hours(block, found, context, grid, findings) if nobody and people is None else {}
    if constants is None:
        return
    block = _but_refused(block, found, findings)
    sums = _sums(block, found, findings)
    grid = with_rate_of_takings(block, replace(grid, above=block.upper), found.dictionary.table, findings)
    kinds = kinds_of(block, found, grid, context, findings)
    order = sorted(found.ranks.keys() - kinds.keys(), key=lambda name: found.ranks[name])
    ranks = [found.ranks[name] for name in order]
    titles = _titles(block, found, order, findings)
    _say_unused(block, found, [*found.ranks.values(), worded(block, found)], context, findings)
    constants = {**constants, **_rate(block, found, grid, findings)}
    made = {**kinds, **_invoice_names(block, found, findings), **({} if people is None else {"personne": people})}
    heads, more = _as_written(block), (*constants, *made)
    head = LaidLine(block.head, (*ranks, *[-1] * len(more)), (*[heads[at] for at in ranks], *more))
    lines: list[Line] = [(head, [*titles, *more])]
    out = list[Outgoing]()
    for at, (number, cells) in enumerate(block.lines):
        own = [cells[rank] if rank < len(cells) else "" for rank in ranks]
        if not any(as_text(each) for each in own) or number in sums:
            continue
        if found.dictionary.table == "encaissements" and (left := _leaving(block, cells, found)) is not None:
            if not (said := _taking_back(cells, found) or numbered(found.text(cells, "libelle"), context.invoices)):
                out.append(Outgoing(found.text(cells, "libelle"), left, found.text(cells, "date")))
                continue
            back = {"montant_ttc": written(-left), "libelle": said}
            own = [back.get(name, cell) for name, cell in zip(order, own, strict=True)]
        beside = [*constants.values(), *(each[at] for each in made.values())]
        lines.append((laid_again(number, [*ranks, -1, -1], heads), [*own, *beside]))
    if out:
        findings.leaving.append((grid.place(block.head), out))
    later = _may_lack(block, found) if findings.asking else frozenset[str]()
    yield found.dictionary.table, replace(grid, lines=tuple(lines), separator=grid.separator and ";", later=later)


def _sums(block: Block, found: Assigned, findings: Findings) -> set[int]:
    """Return the lines of totals, which are no facts; those of money that the others deny are told."""
    day, who = (found.ranks.get(name, -1) for name in ("date", "personne"))
    sums = {number for number, cells in block.lines if is_total(cells, day, who)}
    say_denied(block.grid, block.titles, block.lines, sums, found.ranks, findings)
    return sums


def _titles(block: Block, found: Assigned, order: Sequence[str], findings: Findings) -> list[str]:
    """Return the titles of the columns of the book, with the units that those of the file, or its totals, say."""
    titles = {name: title_kept(name, block.titles[found.ranks[name]]) for name in order}
    if found.dictionary.table == "heures" and (unit := unit_of_totals(block, found.ranks, findings)):
        titles["duree"] = f"duree ({unit})"
    return [*titles.values()]


def _may_lack(block: Block, found: Assigned) -> frozenset[str]:
    """Return the required columns that may stay empty; a purchase whose VAT is empty has none."""
    taxed = found.dictionary.table == "achats" and {"montant_ttc", "montant_tva"} <= found.ranks.keys()
    untaxed = {"montant_ht"} if taxed and not of_vat(block, found.ranks) else set()
    return frozenset(COMPLETED.get(found.dictionary.table, ())) | untaxed


Facts = Iterable[tuple[int, list[Cell], list[int]]]
"""Lines made from those of a sheet: the number of each, its cells, and the column that each comes from, or −1."""


def facts(block: Block, titles: Sequence[str], rows: Facts) -> Grid:
    """Return a grid of facts that a sheet with everything in it tells; the book as a whole gives what may be empty."""
    head: Line = (LaidLine(0, [-1] * len(titles), titles), list(titles))

    def heads(columns: Sequence[int]) -> list[str]:
        return [block.titles[at] if at >= 0 else title for at, title in zip(columns, titles, strict=True)]

    lines = [(LaidLine(number, columns, heads(columns)), cells) for number, cells, columns in rows]
    return replace(block.grid, lines=(head, *lines), separator="", later=_LATER)


_LATER = frozenset({"facture", "commande", "taux_tva"})


def _but_refused(block: Block, found: Assigned, findings: Findings) -> Block:
    """Return a statement without what should have left the account and did not, « Refusée »; it is told."""
    kept = list[Line]()
    for number, cells in block.lines if found.dictionary.table == "encaissements" else ():
        state, cents = found.text(cells, "etat"), _leaving(block, cells, found)
        if cents and of_payment(meaning(state), state) == SET_ASIDE and not _taking_back(cells, found):
            text = f"« {state} » : cet argent ({euros(cents)}) n'est pas sorti. Cette ligne n'est pas lue."
            findings.heed(block.grid.place(number, found.ranks["etat"]), text)
        else:
            kept.append((number, cells))
    return replace(block, lines=kept) if 0 < len(kept) < len(block.lines) else block


def _leaving(block: Block, cells: Sequence[Cell], found: Assigned) -> int | None:
    """Return what leaves the account on a line of a statement, which pays no invoice; None when money comes in."""
    came = cents_in(cell_at(cells, found.ranks.get("montant_ttc", -1)))
    if came < 0 and not found.text(cells, "facture"):
        return -came
    if came or found.text(cells, "montant_ttc"):
        return None
    return sum(abs(cents_in(cell_at(cells, at))) for at in _debits(block))


def _debits(block: Block) -> list[int]:
    """Return the columns of a statement that say what leaves the account."""
    return [at for at, title in enumerate(block.titles) if bare(title) in LEAVING]


def _taking_back(cells: Sequence[Cell], found: Assigned) -> str:
    """Return what says that money that leaves takes a payment back: its label, or a word of a program before it."""
    label, at = found.text(cells, "libelle"), found.ranks.get("libelle", -1)
    if sent_back(label):
        return label
    words = [as_text(cell) for rank, cell in enumerate(cells) if rank != at and isinstance(cell, str)]
    signed = cents_in(cell_at(cells, found.ranks.get("montant_ttc", -1))) < 0  # a bank says in two columns what leaves
    said = next((word for word in words if sent_back(word) or refunded(word)), "") if signed else ""
    return said and f"{said} {label}".strip()


def _rate(block: Block, found: Assigned, grid: Grid, findings: Findings) -> dict[str, Cell]:
    """Return the rate of VAT of every line when no column gives it: it is asked, never supposed."""
    there, table = found.ranks.keys(), found.dictionary.table
    both = any(found.text(cells, "montant_ht") and found.text(cells, "montant_ttc") for _, cells in block.lines)
    told = "taux_tva" in there or both or "montant_tva" in there or not block.lines
    if told or table not in ("factures", "achats") or (table == "achats" and "montant_ttc" not in there):
        return {}
    if said := grid.answers.get("taux"):
        return {"taux_tva": f"{said} %"}
    if rate := said_rate(block, findings):
        return {"taux_tva": rate}
    vat = of_vat(block, found.ranks) or _fitting_vat(block, found)
    if "colonne.montant_tva" not in grid.answers and vat and findings.asking:
        options = (*((title, title) for title in vat), ("aucune", "aucune de ces colonnes"))
        doubt = Doubt("colonne.montant_tva", "Quelle colonne dit la TVA, en euros ?", options, WRITE_RATE)
        findings.doubt(grid.place(block.head), doubt)
        return {}
    doubt = Doubt("taux", NO_RATE, RATE_ANSWERS, WRITE_RATE)
    findings.doubt(grid.place(), doubt)
    return {} if findings.asking else {"taux_tva": "0 %"}


def of_vat(block: Block, ranks: Mapping[str, int]) -> list[str]:
    """Return the titles that speak of the VAT, and that no field took: « TVA 20 % » beside « TVA 10 % »."""
    return [
        title
        for at, title in enumerate(block.titles)
        if at not in ranks.values() and re.search(r"\btva\b", title, re.IGNORECASE) and block.column(at)
    ]


def _fitting_vat(block: Block, found: Assigned) -> list[str]:
    """Return the titles of amounts that make a VAT in force on every line, and that no field took."""
    way = "montant_ttc" if "montant_ttc" in found.ranks else "montant_ht"
    taken, amount = found.ranks.values(), found.ranks.get(way, -1)
    free = [at for at, title in enumerate(block.titles) if title and at not in taken]
    free = [at for at in free if not _NO_VAT.search(block.titles[at]) and not discounts(block.titles[at])]
    return [block.titles[at] for at in free if amount >= 0 and told_by_vat(block.lines, amount, at) == way]


_NO_VAT = pattern("laying.no_vat", flags=re.IGNORECASE)
"""Parts of an amount that are no VAT, though they may weigh the same."""


def _as_written(block: Block) -> list[str]:
    """Return titles as the file says them, where reading made them those of a day or of a time."""
    heads = [
        as_text(cell_at(block.heads, at)) if text in ("date", "duree") else "" for at, text in enumerate(block.titles)
    ]
    return [head or title for head, title in zip(heads, block.titles, strict=True)]


def told_apart(names: Iterable[str]) -> list[str]:
    """Return names of which none comes twice: the second one has its rank.

    >>> told_apart(["Lune", "Sel", "Lune"])
    ['Lune', 'Sel', 'Lune (2)']
    """
    again: Counter[str] = Counter()
    apart: list[str] = []
    for name in names:
        again[name] += 1
        apart.append(name if again[name] == 1 else f"{name} ({again[name]})")
    return apart


def _invoice_names(block: Block, found: Assigned, findings: Findings) -> dict[str, list[Cell]]:
    """Return the name of each invoice of a list without numbers: its customer, or what it is for, and its day.

    Lines that one line of the file made, a rate each, are of one invoice.
    """
    if found.dictionary.table != "factures" or "facture" in found.ranks:
        return {}
    text = "aucune colonne ne donne le numéro de la facture. Chaque ligne compte pour une facture."
    findings.heed(block.grid.place(block.head), text)
    who = "client" if "client" in found.ranks else "libelle"
    names = [
        (int(number), f"{found.text(cells, who)} {found.text(cells, 'date')}".strip()) for number, cells in block.lines
    ]
    own = [*dict.fromkeys(names)]
    apart = dict(zip(own, told_apart(name for _, name in own), strict=True))
    return {"facture": [apart[name] for name in names]}


def _say_unused(block: Block, found: Assigned, ranks: Sequence[int], context: Context, findings: Findings) -> None:
    """Tell the columns that nothing reads; another day of the same line, before agreeing: it may be the right one."""
    read = found.ranks.get("date", -1)
    free = [at for at in range(len(block.titles)) if at not in ranks and block.titles[at]]
    days = [at for at in free if may_say(block.titles[at], "date", found.dictionary) or _of_work(block, at, found)]
    if read >= 0:
        say_other_days(block, read, days, findings)
    named = [at for at in free if _FEES.search(block.titles[at])] if found.dictionary.table == "factures" else []
    fees = {at: sum(abs(cents_in(cell_at(cells, at))) for _, cells in block.lines) for at in named}
    for at, cents in fees.items():
        title = block.titles[at]
        text = f"{euros(cents)} en tout, qui ne sont pas lus, ni comme des ventes, ni comme des achats."
        if cents:
            findings.heed(block.grid.place(block.head, at, title), f"« {title} » : {text}")
    say_void(block.grid, found.dictionary.table, block.titles, block.lines, found.ranks, findings)
    leaving = _debits(block) if found.dictionary.table == "encaissements" else []  # told once the purchases are known
    say_unused(block, [*ranks, *leaving, *fees], findings, context.people)
    if found.dictionary.table in ("commandes", "personnes"):
        say_times_aside(block.grid, block.head, block.titles, block.lines, ranks, findings)
    elif found.dictionary.table == "heures":
        say_times_beside(block, ranks, findings)


def _of_work(block: Block, at: int, found: Assigned) -> bool:
    """Tell whether a column that no title names holds days beside hours, « Du »; not those when lines were written."""
    if found.dictionary.table != "heures" or noted_on(block.titles[at]):
        return False
    cells = block.column(at)
    return bool(cells) and all(map(is_day, cells))


_FEES = re.compile(r"^(frais|commissions?|fees?)\b", re.IGNORECASE)
"""What somebody takes on a sale: a bank, a program of payment."""
