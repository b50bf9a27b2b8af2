"""The order books of this machine: the examples, the group's own, and how one is written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

from kpa_model.cooperative.book import OrderBook
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.cells import same, tidy
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.writing import cooperative_values, csv_text, table_values, yaml_text
from kpa_model.places import data, personal
from kpa_model.whole_file import locked

ASIDE = ".avant_"
"""How the name of a book begins while another one takes its place."""


def example_books() -> dict[str, Path]:
    """Return the example cooperatives that come with the workbook, by name of folder."""
    return {**_examples(data())}


@cache
def _examples(folder: Path) -> dict[str, Path]:
    return _books(path.parent for path in folder.glob("*/cooperative.yaml"))


def personal_books() -> dict[str, Path]:
    """Return the books this group imported; they never leave this machine."""
    for aside in _home().glob(f"{ASIDE}*"):  # a program died between the two moves of a book
        with alone(_home() / aside.name.removeprefix(ASIDE)):
            pass
    return _books(_home().glob("*"))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a book while one reads then writes it: other pages wait. What a dead program had moved comes back."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_name(f".{folder.name}.verrou")):
        aside = folder.with_name(f"{ASIDE}{folder.name}")
        if aside.exists() and not folder.exists():
            os.replace(aside, folder)
        yield


def _books(folders: Iterable[Path]) -> dict[str, Path]:
    kept = [path for path in folders if path.is_dir() and not path.name.startswith(".")]
    return {path.name: path for path in sorted(kept)}


def _home() -> Path:
    return personal() / "cooperatives"


def book_place(name: str) -> Path:
    """Return the place of a book of the group under a name, whether it is there already or not.

    Raises:
        UnreadableFile: a name that cannot serve.
    """
    books = personal_books()
    clean = _folder_name(name)
    alike = next((place for other, place in books.items() if same(other) == same(clean)), _home() / clean)
    return books.get(name) or alike


def _folder_name(name: str) -> str:
    """Return a name without what Windows, macOS or Linux refuse in that of a folder."""
    clean = tidy(re.sub(r'[<>:"/\\|?*]|[^\w\s!-~°€«»’–]', " ", tidy(name))).strip(" .")
    if clean.casefold() in example_books():
        what, todo = "c'est déjà le nom d'un exemple.", "Choisissez un autre nom."
        raise UnreadableFile(Problem(f"Nom « {name} »", what, todo))
    if not clean:
        where, what = (f"Nom « {name} »", "ce nom ne peut pas servir.") if name.strip() else ("Nom", "il est vide.")
        raise UnreadableFile(Problem(where, what, "Écrivez des lettres et des chiffres, par exemple Tilleuls 2026."))
    return clean[:80].rstrip(" .")


def write_book(book: OrderBook, folder: Path) -> None:
    """Write a book in a folder: `cooperative.yaml` and one CSV per table (UTF-8, `;`)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cooperative.yaml").write_text(yaml_text(book.cooperative), "utf-8", newline="\n")
    for table, lines in table_values(book).items():
        (folder / f"{table}.csv").write_text(csv_text(dictionaries()[table], lines), "utf-8", newline="\n")


def write_xlsx_template(path: Path) -> None:
    """Write the empty model workbook that people fill."""
    from kpa_model.files.book.workbooks import workbook  # late: openpyxl takes a quarter of a second

    workbook({}, examples=True).save(path)


def xlsx_of(book: OrderBook) -> bytes:
    """Return a book as a workbook that any spreadsheet opens, and that is read back as it is."""
    from kpa_model.files.book.workbooks import workbook

    written = BytesIO()
    workbook(table_values(book), cooperative_values(book.cooperative)).save(written)
    return written.getvalue()
