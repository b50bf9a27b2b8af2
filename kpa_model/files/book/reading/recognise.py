"""Files → the grids of each table: written as the book expects, or laid out again; what nothing recognises is told.

What lays a grid out again is loaded for the files that need it: a group's own book opens without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from kpa_model.files.book.cells import as_text, bare
from kpa_model.files.book.dictionaries import Dictionary
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, grids_of, header_rank
from kpa_model.files.book.matching import Sheet, column_of
from kpa_model.files.book.reading.blocks import no_figures
from kpa_model.files.book.reading.columns.beyond import says_beside, says_more
from kpa_model.files.book.reading.columns.other_lists import other_list
from kpa_model.files.book.reading.columns.taxed import with_rates_of_codes
from kpa_model.files.book.reading.columns.times_each import counts_times
from kpa_model.files.book.reading.columns.titles import names_amount, tells_time
from kpa_model.files.book.reading.context import (
    FIRST_NAMES,
    LAST_NAMES,
    LOGINS,
    NOBODY,
    WHOLE_NAMES,
    WHOSE,
    Context,
    context_of,
    named_as,
    untitled_customers,
)
from kpa_model.files.book.reading.dated.next_sheet import with_month_before
from kpa_model.files.book.reading.islands import leave_hidden, several_tables, without_remarks
from kpa_model.files.book.reading.meaning import Answering, settled
from kpa_model.files.book.reading.sales import states, totals
from kpa_model.files.book.reading.sales.charges import charges, given_back
from kpa_model.files.book.reading.sales.discounts import deposits, told_off
from kpa_model.files.book.reading.sales.our_part import shares
from kpa_model.files.book.reading.sales.statements import of_a_bank
from kpa_model.files.book.reading.sales.suppliers import of_suppliers
from kpa_model.files.book.reading.scores import share
from kpa_model.files.book.reading.spread.sides import side_by_side
from kpa_model.files.book.reading.written.in_parts import parts
from kpa_model.files.book.settings import reader_of
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.spreadsheets import HEADED
from kpa_model.words import listing

_DENIED = 0.2
"""Under this part of cells that a column can read, its title lies."""

_SOLD_AND_PAID = {"facture", "date", "montant_ht", "montant_ttc", "montant_regle"}


def _silent(grid: Grid) -> Grid:
    return grid


def recognised_grids(
    files: Iterable[GivenFile],
    known: dict[str, Dictionary],
    findings: Findings,
    answering: Answering = _silent,
    base: Context = NOBODY,
) -> dict[str, list[Grid]]:
    """Return the grids of each table, by the name of the sheet or file, else by the titles they hold."""
    titles = {name for dictionary in known.values() for column in dictionary.columns for name in column.names}
    grids: dict[str, list[Grid]] = {}
    others: list[Grid] = []
    for file in files:
        if named := reader_of(file):
            found = [grid] if (grid := named(file, findings)) else []
        else:
            tables = grids_of(file, titles | {"champ", "valeur"}, findings)
            found = [without_remarks(each, findings) for each in tables]
        for each in with_month_before([*with_rates_of_codes(found, findings)], findings):
            if (grid := settled(each, base, answering, findings)) is None:
                continue
            if grid.hidden and grid.answers.get("feuille") != "oui":
                leave_hidden(grid, findings)
            elif (table := _plain_table(grid, known, findings)) and not (
                findings.asking and ((table == "heures" and says_more(grid)) or says_beside(grid, known[table]))
            ):
                later = _later(grid, table, known) if findings.asking else frozenset[str]()
                grids.setdefault(table, []).append(replace(grid, later=later))
            else:
                others.append(grid)
    context, sellers = _context(grids, others, known, base)
    others += _customers_aside(grids, context, known) if findings.asking else []
    for grid in others:
        for table, laid in _laid(grid, replace(context, sold=bool(sellers - {_key(grid)})), known, findings):
            grids.setdefault(table, []).append(laid)
    return grids


def _later(grid: Grid, table: str, known: dict[str, Dictionary]) -> frozenset[str]:
    """Return what lines need not say when the assistant reads them: an invoice makes its own order.

    A purchase whose VAT is left empty has none: its amount with tax is all of it.
    """
    if table == "achats" and {"montant_ttc", "montant_tva"} <= _columns(grid, known[table]):
        return frozenset({"montant_ht"})
    return frozenset({"commande"} if table == "factures" else ())


def _customers_aside(grids: dict[str, list[Grid]], context: Context, known: dict[str, Dictionary]) -> list[Grid]:
    """Take out the hours whose customers stand under a title that leads to nothing, and return them."""
    plain = grids.get("heures", [])
    if aside := [each for each in plain if untitled_customers(each, context, known["heures"])]:
        del grids["heures"]
        if left := [each for each in plain if each not in aside]:
            grids["heures"] = left
    return aside


def _context(
    grids: Mapping[str, list[Grid]], others: list[Grid], known: dict[str, Dictionary], base: Context
) -> tuple[Context, set[tuple[str, str]]]:
    """Return what is known before the other grids are read for good, and which ones give invoices.

    One may tell the people or the year of another; a list of orders gives no invoices that others give.
    """
    context = context_of(grids, known, base)
    sellers = {_key(grid) for grid in grids.get("factures", ())}
    if len(others) + bool(grids.get("heures")) < 2:
        return context, sellers
    from kpa_model.files.book.reading.understand import understood

    first = {table: list(group) for table, group in grids.items()}
    for grid in others:
        for table, laid in understood(grid, context, known, Findings(asking=True), completing=True):
            first.setdefault(table, []).append(laid)
            if table == "factures" and named_as(grid, known) != "commandes":
                sellers.add(_key(grid))
    return context_of(first, known, base), sellers


def _key(grid: Grid) -> tuple[str, str]:
    return grid.file, grid.sheet


def _plain_table(grid: Grid, known: dict[str, Dictionary], findings: Findings) -> str:
    """Return the table of a grid written as the book expects; an empty text otherwise."""
    named = named_as(grid, known)
    if (findings.asking or named != "personnes") and _holds(grid, known["heures"], FIRST_NAMES, LAST_NAMES):
        return ""  # a first name and a last one make one person
    if findings.asking and (grid.answers.get("table", named) != named or _told_otherwise(grid, named, known)):
        return ""
    parts = named != "cooperative" and (several_tables(grid) or side_by_side(grid))
    if parts or (named != "cooperative" and findings.asking and _both_ways(grid)):
        return ""
    if findings.asking and "encaissements" in (named, fitting(grid, known)) and of_a_bank(grid, known["encaissements"]):
        return ""  # what stands under « Référence » may be a label
    if named == "encaissements" and findings.asking and _columns(grid, known["factures"]) >= _SOLD_AND_PAID:
        return ""  # what was paid stands beside what was sold
    if named == "cooperative" or (named and _fit(grid, known[named])):
        return "" if named == "commandes" and findings.asking and _beyond_orders(grid, known) else named
    if named:
        return ""
    found = fitting(grid, known)
    if grid.answers.get("table", found) != found:
        return ""  # a known program whose titles look like those of another table
    if found and findings.asking and _beyond(grid, found, known):
        return ""
    if found:
        findings.note(grid.place(), f"lu comme la table « {found} », d'après les titres de ses colonnes.")
    return found


def _told_otherwise(grid: Grid, named: str, known: dict[str, Dictionary]) -> bool:
    """Tell whether titles say in several columns, or beside others, what the book says in one."""
    sold, worked = known["factures"], known["heures"]
    return (
        _holds(grid, worked, LOGINS, WHOLE_NAMES)  # a login and a whole name are one person
        or bool(parts(_titles(grid, worked)))  # whole hours, and the minutes left
        or (named != "factures" and counts_times(_titles(grid, worked)))  # how long each of several sessions lasts
        or any(_holds(grid, known[table], WHOSE) for table in ("factures", "achats", "heures"))  # lines of others
        or _of_documents(grid, sold)  # quotes and orders stand among invoices
        or _holds(grid, sold, totals.QUANTITIES, totals.PRICED.keys())  # a price may be that of one piece
        or (
            named != "heures" and any(each(cells) for each in _BESIDE for _, cells in grid.lines[:HEADED])
        )  # an amount may be without what is added to it, or before what is taken off
        or (named != "achats" and of_suppliers(grid, beside=True))
    )


_BESIDE = (charges, deposits, told_off, given_back, shares)
"""What a line of titles may name beside an amount, which changes it."""
_AMOUNTS = {"montant_ht", "montant_ttc"}
_THERE = {"mois", "personne", "present", "note"}


def _beyond(grid: Grid, found: str, known: Mapping[str, Dictionary]) -> bool:
    """Tell whether titles say more than their table: hours of people, money that may be sold as well as bought."""
    mine, sold, worked = (_columns(grid, known[table]) for table in (found, "factures", "heures"))
    more = {
        "achats": sold >= mine,
        "commandes": _beyond_orders(grid, known),
        # the hours of each person in a month would be lost, or who was there on a day taken for a whole month
        "declarations": "duree" in worked or len(mine) == 2 or ("date" in worked and mine <= _THERE),
    }
    return more.get(found, False) or (found != "heures" and {"personne", "duree"} <= worked)


def _beyond_orders(grid: Grid, known: Mapping[str, Dictionary]) -> bool:
    """Tell whether titles of orders lead to time, or to money of customers: the prices of quotes are no sales."""
    if re.search(r"devis|quotes?\b", grid.name, re.IGNORECASE):
        return False
    there, titles = _columns(grid, known["heures"]), _titles(grid, known["heures"])
    worked = "personne" in there and ("duree" in there or any(map(tells_time, titles)))
    sold = _columns(grid, known["factures"]) & _AMOUNTS or any(map(names_amount, _titles(grid, known["commandes"])))
    return worked or bool(sold)


def _holds(grid: Grid, dictionary: Dictionary, *names: Set[str]) -> bool:
    """Tell whether the line of titles holds one title of each of some sets, in their bare form."""
    titles = {*map(bare, _titles(grid, dictionary))}
    return all(titles & each for each in names)


def _of_documents(grid: Grid, dictionary: Dictionary) -> bool:
    """Tell whether a column that no title names says what each line is: an invoice, a quote, a credit note."""
    if (rank := header_rank(grid, frozenset(dictionary.titles))) is None:
        return False
    untold = [at for at, title in enumerate(grid.lines[rank][1]) if column_of(as_text(title), dictionary) is None]
    under = [cells for _, cells in grid.lines[rank + 1 :]]
    return any(states.of_documents([cells[at] for cells in under if at < len(cells)]) for at in untold)


def _both_ways(grid: Grid) -> bool:
    from kpa_model.files.book.reading.sales.both_ways import money_both_ways

    return any(money_both_ways([as_text(each) for each in cells]) for _, cells in grid.lines[:10])


def _laid(grid: Grid, context: Context, known: dict[str, Dictionary], findings: Findings) -> list[tuple[str, Grid]]:
    """Return the tables of a grid written in another way; what nothing recognises is left to its name, or told."""
    from kpa_model.files.book.reading.choosing import set_aside
    from kpa_model.files.book.reading.understand import understood

    if findings.asking and other_list(grid, findings):
        return []
    if laid := understood(grid, context, known, findings, completing=findings.asking):
        told = sorted({f"« {table} »" for table, _ in laid})
        findings.note(grid.place(), f"lu comme {'la table' if len(told) == 1 else 'les tables'} {listing(told)}.")
        return laid
    spoken = [at for at, _ in (*findings.doubts, *findings.unread)]
    spoken += [*(at for at, *_ in findings.sums), *(at for at, *_ in findings.problems)]
    if set_aside(grid) or any((each.file, each.sheet) == (grid.file, grid.sheet) for each in spoken):
        return []  # left aside on purpose, asked about, refused, or a check of the others
    if table := named_as(grid, known):
        return [(table, grid)]
    blank = len(grid.lines) < 7 and all(no_figures(cells) for _, cells in grid.lines)  # an empty form
    text = "le cahier n'y reconnaît ni heures, ni factures, ni paiements, ni achats. Rien n'y est lu."
    (findings.note if blank else findings.left_out)(grid.place(), text)
    return []


def fitting(grid: Grid, known: Mapping[str, Dictionary]) -> str:
    """Return the table whose required titles all stand on one line of the grid; the one that knows the most titles."""
    scores = {each.table: _fit(grid, each) for each in known.values() if each.table != "cooperative"}
    best, most = max(scores.values()), max(len(_columns(grid, each)) for each in known.values())
    tables = [table for table, score in scores.items() if score == best]
    return tables[0] if best and len(tables) == 1 and best >= most else ""


def _columns(grid: Grid, dictionary: Dictionary) -> set[str]:
    return {column.name for title in _titles(grid, dictionary) if (column := column_of(title, dictionary))}


def _titles(grid: Grid, dictionary: Dictionary) -> list[str]:
    rank = header_rank(grid, frozenset(dictionary.titles))
    return [as_text(each) for each in grid.lines[rank][1]] if rank is not None else []


def _fit(grid: Grid, dictionary: Dictionary) -> int:
    """Return how many columns of a table the titles give; 0 when a required one is not there, nor what gives it."""
    if (rank := header_rank(grid, frozenset(dictionary.titles))) is None:
        return 0
    titles = [as_text(each) for each in grid.lines[rank][1]]
    found = {column.name: at for at, title in enumerate(titles) if (column := column_of(title, dictionary))}
    sheet = Sheet(grid, dictionary, Findings(), 0, titles, found)
    needed = [each for each in dictionary.columns if each.required]
    under = grid.lines[rank + 1 :]
    for column in needed:
        cells = [each[at] for _, each in under if (at := found.get(column.name, -1)) >= 0 and at < len(each)]
        if cells and share(column, [each for each in cells if as_text(each)], NOBODY) < _DENIED:
            return 0
    return len(found) if all(sheet.gives(each.name) for each in needed) else 0
