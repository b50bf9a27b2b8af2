"""Writing workbooks: the empty model that people fill, or a whole book, one sheet per table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kpa_model.files.book.dictionaries import MADE, Column, Dictionary, dictionaries
from kpa_model.files.book.writing import Values, text_of

_HEAD = 3
"""The line of titles; above it, what the table is, then one word of help per column."""
_LAST = 2000
_FORMATS = {"date": "dd/mm/yyyy", "euros": '#,##0.00 "€"', "taux": "0.0#%", "duree": "[h]:mm", "nombre": "General"}
_PUBLISHED = "origine"
"""The column that only the books of examples fill: a group has no use for it in its empty workbook."""
_LISTS = {"personne": "personnes", "commande": "commandes", "facture": "factures"}


def workbook(
    tables: Mapping[str, Iterable[Values]], cooperative: Values | None = None, examples: bool = False
) -> Workbook:
    """Return a workbook with every table, even empty, and the cooperative's own sheet.

    `examples` is for the model that a group fills: each table has one line that shows how to write, which the reader
    leaves out, and none of what is for published examples alone.
    """
    book = Workbook()
    book.remove(book.active)
    for name, dictionary in dictionaries().items():
        sheet = book.create_sheet(name)
        if name == "cooperative":
            _fill_cooperative(sheet, dictionary, cooperative or {})
        else:
            columns = [each for each in dictionary.columns if not (examples and each.name == _PUBLISHED)]
            _fill_table(sheet, dictionary, columns, tables.get(name, ()))
            if examples:
                _add_example(sheet, columns)
    return book


def _add_example(sheet: Any, columns: Sequence[Column]) -> None:
    """Write the example line; its first cell says what it is."""
    for rank, column in enumerate(columns, 1):
        cell = sheet.cell(_HEAD + 1, rank, f"Exemple : {column.shown}" if rank == 1 else column.shown)
        cell.font, cell.data_type = Font(italic=True, color="666666"), "s"


def _fill_table(sheet: Any, dictionary: Dictionary, columns: Sequence[Column], lines: Iterable[Values]) -> None:
    sheet["A1"] = f"{dictionary.label}. {dictionary.definition}"
    sheet["A1"].font = Font(bold=True, size=13)
    for at, column in enumerate(columns, 1):
        required = column.required and column.name not in MADE.get(dictionary.table, ())
        needed = "Obligatoire. " if required else ""
        sheet.cell(_HEAD - 1, at, f"{needed}Exemple : {column.example}").alignment = Alignment(wrap_text=True)
        head = sheet.cell(_HEAD, at, column.label)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBDD" if required else "EEEEEE")
        sheet.column_dimensions[get_column_letter(at)].width = 24
        sheet.add_data_validation(_validation(column, dictionary, get_column_letter(at)))
        sheet.column_dimensions[get_column_letter(at)].number_format = _FORMATS.get(column.kind, "@")
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 1)
    for at, values in enumerate(lines, _HEAD + 1):
        for rank, column in enumerate(columns, 1):
            _write(sheet.cell(at, rank), values.get(column.name), column)


def _validation(column: Column, dictionary: Dictionary, letters: str) -> DataValidation:
    """Return the help bubble of a column, with a list to choose from when there is one."""
    owner = _LISTS.get(column.name, dictionary.table)
    if column.choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    elif owner != dictionary.table:
        rule = DataValidation(type="list", formula1=f"{owner}!$A${_HEAD + 1}:$A${_LAST}", allow_blank=True)
    else:
        rule = DataValidation(allow_blank=True)
    rule.showErrorMessage = column.kind in {"choix", "ouinon"}
    rule.errorTitle, rule.error = "Valeur inconnue", "Choisissez dans la liste."
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.label[:32], column.definition[:250]
    rule.add(f"{letters}{_HEAD + 1}:{letters}{_LAST}")
    return rule


def _write(cell: Any, value: Any, column: Column) -> None:
    """Write a typed cell; a text is never a formula."""
    if value is None or value == "":
        return
    if column.kind == "date":
        cell.value = value
    elif column.kind in {"euros", "nombre"}:
        cell.value = value / 100
    elif column.kind == "taux" and value < 300_000:
        cell.value = value / 1_000_000
    elif column.kind == "duree":
        cell.value = timedelta(minutes=value)
    else:
        cell.value = text_of(value, column)
        cell.data_type = "s"
        return
    cell.number_format = _FORMATS[column.kind]


def _fill_cooperative(sheet: Any, dictionary: Dictionary, values: Values) -> None:
    """Write two columns, champ and valeur, and the meaning of each field in a third sentence beside its name."""
    sheet.append(["champ", "valeur", "explication"])
    for column in dictionary.columns:
        sheet.append([column.name])
        cell = sheet.cell(sheet.max_row, 2)
        cell.value = text_of(values.get(column.name), column) or None
        if cell.value:
            cell.data_type = "s"
        sheet.cell(sheet.max_row, 3, f"{column.label}. {column.definition}")
        if column.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.add(cell)
            sheet.add_data_validation(rule)
    for letters, width in (("A", 22), ("B", 40), ("C", 80)):
        sheet.column_dimensions[letters].width = width
