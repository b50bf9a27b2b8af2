"""Tidy tables as Parquet, CSV and XLSX bytes; what they come from travels inside the Parquet file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from kpa_model.errors import MissingPackage

Columns = Mapping[str, Sequence[object]]
FORMULA = ("=", "+", "-", "@")
"""How a text begins that a spreadsheet would compute."""


def parquet(columns: Columns, origin: Mapping[str, str]) -> bytes:
    """Return a Parquet file; `origin` (seed, versions, fingerprints) is kept in its metadata under `kpa_model`.

    Raises:
        MissingPackage: in a light installation.
    """
    # Imported late: it weighs a hundred and sixty megabytes, and only this export needs it.
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingPackage("Export Parquet", "pyarrow") from None

    table = pa.table({name: list(values) for name, values in columns.items()})
    kept = table.replace_schema_metadata({"kpa_model": json.dumps(dict(origin), ensure_ascii=False)})
    out = io.BytesIO()
    pq.write_table(kept, out)
    return out.getvalue()


def comma_separated(columns: Columns) -> bytes:
    """Return the same table as CSV that a French spreadsheet opens; whole numbers, `;` between columns."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in zip(*columns.values(), strict=True):
        writer.writerow([f"'{each}" if isinstance(each, str) and each.startswith(FORMULA) else each for each in row])
    return text.getvalue().encode("utf-8-sig")


def spreadsheet(columns: Columns, title: str) -> bytes:
    """Return the same table as an XLSX workbook: amounts are numbers with two decimals, texts are never formulas."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.append(list(columns))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, row in enumerate(zip(*columns.values(), strict=True), 2):
        for rank, value in enumerate(row, 1):
            cell = sheet.cell(at, rank, value)
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, float):
                cell.number_format = '#,##0.00 "€"'
    for rank in range(1, len(columns) + 1):
        sheet.column_dimensions[sheet.cell(1, rank).column_letter].width = 22
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
