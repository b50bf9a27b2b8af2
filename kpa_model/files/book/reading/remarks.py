"""What a remark says: of a payment, « payé le 15 », « pas encore payé »; that its line may not count, « annulée »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from kpa_model.errors import Refused
from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, same
from kpa_model.files.book.dates import read_date
from kpa_model.files.book.grids import Line, laid_again
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.written.doubted import STRUCK, doubted
from kpa_model.files.book.reading.written.under_states import credits_among, void_among
from kpa_model.files.book.vocabulary import pattern

UNPAID = pattern("remarks.unpaid")
_PAID = re.compile(r"paye|regle|recu|encaisse|vire|^(oui|ok|x)\b")


def paid_on(remark: Cell, sold: Cell) -> Cell | None:
    """Return the day a remark says that the money came, an empty text when it says it did not, None when silent.

    >>> paid_on("payé le 15", "04/09/2026"), paid_on("pas encore payé", "04/09/2026"), paid_on("ticket", "04/09/2026")
    (datetime.date(2026, 9, 15), '', None)
    """
    said = same(as_text(remark))
    if UNPAID.search(said):
        return ""
    if is_day(remark):
        return remark
    if not _PAID.search(said) or not is_day(sold):
        return None
    return day_said(said, read_date(sold)) or read_date(sold)


_DAY = re.compile(r"(?<![\d,.])(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d\d))?(?![\d,€])|\d{4}-\d\d-\d\d")


def day_said(text: str, since: date) -> date | None:
    """Return the day in a text: « oui 14/10 », « le 15 », « 1 500,00 € le 20/11/2026 »; its year is the next one.

    >>> day_said("oui 14/10", date(2026, 10, 6)), day_said("12,50 €", date.min)
    (datetime.date(2026, 10, 14), None)
    """
    for found in _DAY.finditer(text):
        year = found[3] or (since.year + (int(found[2]) < since.month) if found[2] else "")
        try:
            return read_date(f"{found[1]}/{found[2]}/{year}" if found[1] else found[0])
        except Refused:
            continue
    found_day = re.search(r"\ble (\d{1,2})(?:er)?\b(?! ?€)", text)
    return _next(since, int(found_day[1])) if found_day else None


def _next(start: date, day: int) -> date | None:
    """Return the first day of that number from a date on."""
    days = (start + timedelta(days=step) for step in range(62))
    return next((each for each in days if each.day == day), None)


_OF_STATES = {"etat", "statut", "status", "state"}
REMARKED = {"factures", "achats", "heures", "encaissements"}


def with_remarks(block: Block, found: Assigned) -> tuple[Block, Assigned]:
    """Return a table that hears what is said of its lines under any title: one may not count, one was paid."""
    return _with_doubts(*_with_void(*_with_credits(*_with_payments(block, found))))


def _with_credits(block: Block, found: Assigned) -> tuple[Block, Assigned]:
    """Return a list of invoices that says which ones take another one back, where a column tells it its own way."""
    if found.dictionary.table != "factures" or "sorte_de_piece" in found.ranks:
        return block, found
    taking = credits_among(block.titles, [cells for _, cells in block.lines], found.ranks)
    return _told(block, found, "sorte_de_piece", {rank: (at, "Avoir") for rank, at in taking.items()})


def _with_void(block: Block, found: Assigned) -> tuple[Block, Assigned]:
    """Return a list of invoices whose state is what another column says, « Validée » no, « Remplacée par » 3."""
    void = void_among(block.titles, [cells for _, cells in block.lines], found.ranks)
    return _told(block, found, "etat", void) if found.dictionary.table == "factures" else (block, found)


def _told(block: Block, found: Assigned, name: str, said: Mapping[int, tuple[int, str]]) -> tuple[Block, Assigned]:
    """Return a table with a field that columns tell of some lines; what the others say of it stays."""
    if not said:
        return block, found
    own = found.ranks.get(name, -1)
    cells = [said[at][1] if at in said else cell_at(cells, own) for at, (_, cells) in enumerate(block.lines)]
    read = (*block.read, *{block.titles[at] for at in (own, *(at for at, _ in said.values())) if at >= 0})
    told = replace(found, ranks={**found.ranks, name: len(block.titles)})
    return replace(block.with_column(name, cells), read=read), told


HOW = (
    "especes?|liquide|cash|cheques?|chq|cb|carte( bleue| bancaire)?|virement|vir|prelevement|prlv|tpe"
    "|paypal|helloasso|lydia|mandat|cesu"
)
"""How money is paid."""
_CAME = re.compile(
    rf"^(paye|regle|encaisse)e?s?[ .!]*$|^(recu|arrive|credite|remis|depose|touche) le \d"
    rf"|\b(cheque|virement|paiement|reglement) (bien )?recu\b"
    rf"|\b(paye|regle|encaisse|solde)e?s?,? "
    rf"(le \d|((par|en|au) )?({HOW}|comptant)\b|\d{{1,2}}/\d|\d[\d ]*(,\d\d)? ?(€|eur))"
)
"""What says in a remark that money came; « réglé le four » does not."""
_OF_PAYMENTS = ("reglement", "regle_le", "montant_regle", "reste_du", "etat_paiement")


def _with_payments(block: Block, found: Assigned) -> tuple[Block, Assigned]:
    """Return a list of invoices with what its remarks say of payments, if no column does: « payé le 20/10 »."""
    if found.dictionary.table != "factures" or any(found.ranks.get(name, -1) >= 0 for name in _OF_PAYMENTS):
        return block, found
    taken = {at for name, at in found.ranks.items() if name != "note"}
    free = [at for at in range(len(block.titles)) if at not in taken]
    at = next((at for at in free if any(map(came, block.column(at)))), -1)
    noted = {number: text for (number, _), text in block.grid.comments.items() if came(text)}
    if at < 0 and not any(line in noted for line, _ in block.lines):
        return block, found
    wide, title = len(block.titles), block.titles[at] if at >= 0 else "règlement"
    lines = list[Line]()
    for number, cells in block.lines:
        row = block.padded(cells)
        told = row[at] if at >= 0 and came(row[at]) else noted.get(number, "")
        lines.append((laid_again(number, [*range(wide), at], block.titles), [*row, told]))
    block = replace(block, heads=[*block.heads, title], titles=[*block.titles, title], lines=lines)
    return block, replace(found, ranks={**found.ranks, "reglement": wide})


def came(cell: Cell) -> bool:
    """Tell whether a remark says that money came."""
    said = same(cell) if isinstance(cell, str) else ""
    return bool(_CAME.search(said)) and not UNPAID.search(said)


def _with_doubts(block: Block, found: Assigned) -> tuple[Block, Assigned]:
    """Return a table whose remarks hold what else says of a line that it may not count: « ANNULÉE », « doublon ».

    A column that nothing reads says it, under any title, a comment of a cell, or a stroke through the line.
    """
    taken = {*found.ranks.values()}
    free = [at for at, title in enumerate(block.titles) if at not in taken and bare(title) not in _OF_STATES]
    table = found.dictionary.table
    if table not in REMARKED:
        return block, found
    said = [at for at in free if any(weighs(table, cell) for cell in block.column(at))]
    beside = _beside(block, found)
    if not (said or beside):
        return block, found
    if not said and "note" not in found.ranks:
        block, said = replace(block, heads=[*block.heads, "note"], titles=[*block.titles, "note"]), [len(block.titles)]
    note = found.ranks.get("note", said[0] if said else -1)
    lines = list[Line]()
    for number, cells in block.lines:
        row = block.padded(cells)
        told = [as_text(cell_at(row, at)) for at in dict.fromkeys((note, *said))]
        row[note] = " ; ".join(filter(None, (*told, beside.get(id(cells), ""))))
        lines.append((number, row))
    block = replace(block, lines=lines, read=(*block.read, *(block.titles[at] for at in said)))
    return block, replace(found, ranks={**found.ranks, "note": note})


def weighs(table: str, cell: Cell) -> bool:
    """Tell whether what is written beside a line changes it: it may not count, or its money came on another day."""
    told = isinstance(cell, str) and (doubted(table, cell) or (table == "encaissements" and came(cell)))
    return bool(told)


def _beside(block: Block, table: Assigned) -> dict[int, str]:
    """Return what says beside the cells of lines, by their `id`, that they may not count: a comment, a stroke.

    A line laid out again holds few cells of its own: a comment of the others is not about it.
    """
    grid, said = block.grid, defaultdict[int, list[tuple[int, str]]](list)
    for (number, column), text in grid.comments.items():
        if weighs(table.dictionary.table, text):
            said[number].append((column, text))
    found = dict[int, str]()
    for line, cells in block.lines if said or grid.struck else ():
        own = getattr(line, "columns", range(len(cells)))
        told = [text for column, text in said.get(line, ()) if column in own or isinstance(own, range)]
        read = [own[at] for at in table.ranks.values() if 0 <= at < len(own)]
        told += [STRUCK] if any((line, at) in grid.struck for at in read) else []
        if told:
            found[id(cells)] = " ".join(told)
    return found
