"""Grids → typed rows, led by the dictionaries. Every doubt is told; nothing is dropped in silence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from kpa_model.errors import Refused
from kpa_model.files.book import cells, dates
from kpa_model.files.book.cells import Cell, as_text, shown
from kpa_model.files.book.dictionaries import Column, Dictionary
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid, Line, header_rank
from kpa_model.files.book.lines import but_idle, but_sums, filled_down, rows_among
from kpa_model.files.book.matching import Sheet, cell_of, cut_amount, layer, matched, say_shifted
from kpa_model.files.book.reading.columns.clocks import complete_time
from kpa_model.files.book.reading.columns.credits import taken_back
from kpa_model.files.book.reading.columns.numbers_alone import Habit
from kpa_model.files.book.reading.columns.stated import counted
from kpa_model.files.book.reading.dated.slips import say_slips
from kpa_model.files.book.reading.habits import habit, in_english, in_usual_order, with_dots
from kpa_model.files.book.reading.rates.untaxed import say_untaxed
from kpa_model.files.book.reading.sales import taxes, totals
from kpa_model.files.book.reading.sales.weights import say_times_aside, say_weights
from kpa_model.files.book.reading.spread.titled_units import day_order
from kpa_model.files.book.reading.written.done_by import say_others
from kpa_model.files.book.reading.written.outside import say_outside
from kpa_model.files.book.where import Place
from kpa_model.words import euros, listing, uncapital

_READERS: dict[str, Callable[[Cell], Any]] = {
    "date": dates.read_date,
    "mois": dates.read_month,
    "euros": cells.read_euros,
    "taux": cells.read_rate,
    "duree": dates.read_duration,
    "heure": dates.read_hour,
    "ouinon": cells.read_yes_no,
}


@dataclass(frozen=True)
class Row:
    """One line of a table: its typed values by column name, and where each cell stands. Empty cells are absent."""

    grid: Grid
    line: int
    columns: Mapping[str, int]
    titles: Sequence[str]
    values: dict[str, Any] = field(default_factory=dict)

    def place(self, column: str = "") -> Place:
        """Return where the cell of a column stands, or the whole line."""
        at = self.columns.get(column, -1)
        return self.grid.place(self.line, at, self.titles[at] if at >= 0 else "")

    @property
    def source(self) -> tuple[str, str]:
        """Return the file and the sheet of the line."""
        return self.grid.file, self.grid.sheet

    def get(self, column: str, default: Any = None) -> Any:
        """Return the value of a column, or the default when the cell is empty or could not be read."""
        return self.values.get(column, default)


Values = Mapping[str, Any]  # one line: its typed values, by name of column
Tables = Mapping[str, Sequence[Row]]  # what files give: the lines of each table
Given = dict[str, list[Row]]  # the same, changed in place
Held = Mapping[str, Sequence[Values]]  # what a book holds already


def by_list(rows: Iterable[Row]) -> list[list[Row]]:
    """Return rows list by list: those of each file and sheet."""
    lists: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        lists[row.source].append(row)
    return [*lists.values()]


def read_cell(cell: Cell, column: Column, read: Callable[[Cell], Any] | None = None) -> Any:
    """Return the typed value of a cell; `read` is the habit of its column, if any. Raises `Refused`."""
    cells.refuse_fault(cell)
    if column.kind == "choix":
        return cells.read_choice(cell, column.choices)
    if usual := reader_of(column) or read:
        _refuse_other_money(cell, column)
        return (read or usual)(cells.unguarded(cell))
    text = cells.unprotected(as_text(cell))
    if found := re.fullmatch(r'="([^"]*)"', text):
        text = found[1]
    if column.kind == "nom":
        text = re.sub(r"^['’‘](?=\S*\d)| \(https?://[^)]*\)$", "", text)  # a guard before a number; a link of Notion
    if column.choices:  # usual values of a free text
        try:
            return cells.read_choice(text, column.choices)
        except Refused:
            return text
    return text


def reader_of(column: Column) -> Callable[[Cell], Any] | None:
    """Return what reads the cells of a column, None for words; a number may be followed by what is counted."""
    if column.kind == "nombre":
        return cells.counting(column.counted)
    return cells.read_vat if column.name == "montant_tva" else _READERS.get(column.kind)


def _refuse_other_money(cell: Cell, column: Column) -> None:
    """Refuse « 120,00 TTC » where the amount before tax is expected."""
    said = layer(cell) if column.kind == "euros" and isinstance(cell, str) else ""
    if said and layer(column.unit) not in ("", said):
        todo = f"Écrivez le montant {layer(column.unit)}, dans cette colonne."
        raise Refused(f"{shown(cell)} est un montant {said}.", todo)


def typed_rows(grid: Grid, dictionary: Dictionary, findings: Findings) -> list[Row] | None:
    """Return the rows of a grid that holds a table; None when its titles are not there, so that nothing hangs on it."""
    rank = header_rank(grid, frozenset(dictionary.titles))
    if rank is None:
        expected = listing([column.name for column in dictionary.columns if column.required])
        what = f"aucun titre de colonne de la table « {dictionary.table} » n'est reconnu."
        todo = f"Écrivez les titres sur la première ligne. Il faut au moins : {expected}."
        findings.problem(grid.place(grid.lines[0][0]), what, todo)
        return None
    if not as_text(grid.lines[0][1][0]).startswith(dictionary.label):  # the title of our own model workbook
        _say_above(grid, rank, findings)
    line, heads = grid.lines[rank]
    sheet = Sheet(grid, dictionary, findings, line, [as_text(each) for each in heads])
    if not grid.separator:  # a workbook: what stands right of the titles is a column without a title
        widest = max(len(content) for _, content in grid.lines[rank:])
        sheet.titles.extend([""] * (widest - len(heads)))
    if not matched(sheet):
        return None
    lines = filled_down(sheet, counted(sheet, but_sums(sheet, rows_among(sheet, grid.lines[rank + 1 :]))))
    say_others(sheet, lines)
    _settle_totals(sheet, lines)
    _settle_vat(sheet, lines)
    say_weights(grid, line, sheet.titles, lines, sheet.columns.values(), findings)
    if dictionary.table in ("commandes", "personnes"):
        say_times_aside(grid, line, sheet.titles, lines, sheet.columns.values(), findings)
    habits = _habits(sheet, lines)
    readers = {
        name: _reader(dictionary.column(name), habits[name].read if name in habits else None) for name in sheet.columns
    }
    rows = but_idle(sheet, [_row(sheet, number, content, readers) for number, content in lines])
    say_slips(dictionary.table, rows, findings)
    say_untaxed(dictionary.table, rows, findings)
    return rows


def _reader(column: Column, own: Callable[[Cell], Any] | None) -> Callable[[Cell], Any]:
    """Return what reads the cells of a column: those of hours say the same few things, each is read once."""
    return lru_cache(maxsize=None, typed=True)(partial(read_cell, column=column, read=own))


def _say_above(grid: Grid, rank: int, findings: Findings) -> None:
    if rank:
        lines = [str(number) for number, _ in grid.lines[:rank]]
        told = f"ligne {lines[0]}" if rank == 1 else f"lignes {listing(lines)}"
        start = grid.lines[rank][0]
        text = f"les titres des colonnes sont à la ligne {start}. Au-dessus, rien n'est lu ({told})."
        findings.note(grid.place(), text)
        say_outside(grid, grid.lines[:rank], findings)


# --- what a whole column tells ----------------------------------------------------------------------------------------


def _habits(sheet: Sheet, lines: Sequence[Line]) -> dict[str, Habit]:
    """Return how each column of days or durations is read; what its cells do not settle is a doubt."""
    written = [sheet.place(at).title for at in range(len(sheet.titles))]
    texts = {cell for _, content in lines for cell in content if isinstance(cell, str)}
    english, dots = in_english(written, texts), with_dots(texts)
    found = {}
    for name, at in sheet.columns.items():
        column = sheet.dictionary.column(name)
        filled = [(number, content[at]) for number, content in lines if at < len(content) and as_text(content[at])]
        free = {as_text(cell) for _, cell in filled if cells.asks_nothing(cell)}
        if free and (sheet.dictionary.table, name) in _ASKED:
            sheet.findings.heed(sheet.place(at), f"{listing([f'« {each} »' for each in sorted(free)])} : lu 0,00 €.")
        told = {topic.split(".")[1]: said for topic, said in sheet.grid.answers.items() if topic.startswith(f"{name}.")}
        when = [cell_of(sheet, content, "date") for _, content in lines]
        own = habit(column.kind, sheet.titles[at], [cell for _, cell in filled], told, english, when, dots)
        if own is None:
            continue
        own = Habit(dates.hour_of_day) if name == "debut" else own
        found[name] = own
        for proof in own.proofs:
            sheet.findings.heed(sheet.place(at) if sheet.place(at).title != name else sheet.grid.place(), proof)
        if own.doubt and filled:
            place = sheet.grid.place(filled[own.doubt.rank][0], at, sheet.titles[at])
            sheet.findings.doubt(place, own.doubt.about(name))
    for name in _DAYS_SAID & sheet.columns.keys():
        if order := day_order(sheet.titles[sheet.columns[name]]) or found.get("date", Habit(as_text)).order:
            found[name] = Habit(partial(in_usual_order, order=order))
    return found


_ASKED = {(table, name) for table in ("factures", "achats") for name in ("montant_ht", "montant_ttc")}
_DAYS_SAID = {"regle_le", "reglement"}
"""Columns of words that may say a day: as those of the days beside."""


def _settle_totals(sheet: Sheet, lines: Sequence[Line]) -> None:
    """Read what each line of an invoice is worth, where its total is repeated on every line."""
    if sheet.dictionary.table != "factures":
        return
    own = totals.of_lines([content for _, content in lines], sheet.columns)
    if own != sheet.columns:
        sheet.findings.heed(sheet.place(), totals.told(sheet.titles, sheet.columns, own))
        sheet.columns.clear()
        sheet.columns.update(own)


def _settle_vat(sheet: Sheet, lines: Sequence[Line]) -> None:
    """Tell whether a column « TVA » holds rates or amounts, by what stands beside it; ask when both are possible."""
    at = sheet.columns.get("taux_tva")
    beside = next((each for each in ("montant_ht", "montant_ttc") if each in sheet.columns), "")
    if at is None or not beside or "montant_tva" in sheet.columns:
        return
    pairs = ((cell_of(sheet, content, beside), cell_of(sheet, content, "taux_tva")) for _, content in lines)
    said = sheet.grid.answers.get("taux_tva.sens") or _added_up(sheet, lines)
    said = said or taxes.meaning_of_vat(pairs, inside=beside == "montant_ttc")
    if not said:
        first, cell = lines[0][0], shown(cell_of(sheet, lines[0][1], "taux_tva"))
        options = (("taux", "un taux, en pour cent"), ("montant", "un montant, en euros"))
        todo = "Écrivez le signe % derrière le taux, ou le titre « TVA (€) » pour un montant."
        doubt = Doubt("taux_tva.sens", f"{cell} : est-ce un taux, ou un montant de TVA ?", options, todo)
        sheet.findings.doubt(sheet.grid.place(first, at, sheet.titles[at]), doubt)
    elif said == "montant" and any(each.name == "montant_tva" for each in sheet.dictionary.aids):
        sheet.columns["montant_tva"] = sheet.columns.pop("taux_tva")
        sheet.findings.note(sheet.place(at), "cette colonne contient des montants de TVA. Le taux s'en déduit.")


def _added_up(sheet: Sheet, lines: Sequence[Line]) -> str:
    """Return `montant` when, on every line, what « TVA » says makes the amount with tax of the one without."""
    ranks = {name: sheet.columns.get(name, -1) for name in ("montant_ht", "taux_tva", "montant_ttc")}
    made = {"montant_tva" if name == "taux_tva" else name: at for name, at in ranks.items()}
    return "montant" if min(made.values()) >= 0 and taxes.parts_of(lines, [*ranks.values()], {}) == made else ""


# --- rows -------------------------------------------------------------------------------------------------------------


def _row(sheet: Sheet, number: int, content: Sequence[Cell], readers: Mapping[str, Callable[[Cell], Any]]) -> Row:
    row = Row(sheet.grid, number, sheet.columns, sheet.titles)
    if _shifted(sheet, content):
        say_shifted(sheet, number, content)
        return row
    faults: dict[str, Refused] = {}
    for name, read in readers.items():
        cell = cell_of(sheet, content, name)
        if as_text(cell):
            try:
                row.values[name] = read(cell)
            except Refused as error:
                faults[name] = error
    if not faults:
        _complete(sheet, row)
        if sheet.dictionary.table in ("factures", "achats", "encaissements"):
            taken_back(row, sheet.dictionary.table, content, sheet.findings)
    for column in (*sheet.dictionary.columns, *sheet.dictionary.aids):
        if fault := faults.get(column.name):
            sheet.findings.problem(row.place(column.name), fault.what, fault.todo)
        elif column.name in row.values or not column.required or column.name in sheet.grid.later:
            continue
        elif not faults or column.name in sheet.columns:
            sheet.findings.problem(row.place(column.name), "la case est vide.", _fill(column, row))
    return row


def _complete(sheet: Sheet, row: Row) -> None:
    """Compute what other cells of the line give: amount and rate, duration."""
    if "montant_ht" in {each.name for each in sheet.dictionary.columns}:
        try:
            row.values.update(taxes.completed(row.values))
        except Refused as error:
            place = row.place("montant_tva" if "montant_tva" in sheet.columns else "montant_ttc")
            sheet.findings.problem(place, error.what, error.todo)
    complete_time(row, sheet.findings)


def _shifted(sheet: Sheet, content: Sequence[Cell]) -> bool:
    """Tell whether a line of a CSV has too many cells: something is left over, or a comma cut an amount in two."""
    if len(content) <= len(sheet.titles):
        return False
    cut = sheet.grid.separator == "," and any(map(cut_amount, content, content[1:]))
    return cut or any(as_text(each) for each in content[len(sheet.titles) :])


def _fill(column: Column, row: Row) -> str:
    if column.name == "montant_ht" and (whole := row.get("montant_ttc")) is not None:
        return f"Le TTC est là ({euros(whole)}). Écrivez aussi le taux de TVA, ou le montant HT."
    example = f" Par exemple {column.example}." if column.kind not in {"texte", "nom"} else ""
    return f"À remplir : {uncapital(column.definition)}{example}"
