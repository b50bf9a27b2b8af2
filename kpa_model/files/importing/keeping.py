"""The folder of a book: its tables, the recipe, and what each import gave, so that the last one can be undone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kpa_model.cooperative.book import OrderBook
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.book_reader import finished, read_book
from kpa_model.files.book.books import ASIDE, alone, book_place, write_book
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.sources import GivenFile
from kpa_model.files.book.tables import Given, Held, Row, Values
from kpa_model.files.book.writing import cooperative_values, table_values
from kpa_model.files.importing.merging import TableChange, undone
from kpa_model.files.importing.past import IMPORTS, Import, KeptBook, copy_imports, imports_in, write_import
from kpa_model.files.importing.proposal import ImportProposal
from kpa_model.files.importing.recipe import RECIPE, Recipe, read_recipe, recipe_text


def held_in(folder: Path) -> KeptBook:
    """Return what the book of a folder holds, and what each source gave to it."""
    if not folder.exists():
        return KeptBook()
    book = read_book(folder).book
    by_source: dict[str, dict[str, list[Values]]] = {}
    for each in imports_in(folder):
        for table, lines in each.added.items():
            for source, values in lines:
                by_source.setdefault(source, {}).setdefault(table, []).append(values)
    said = {name: value for name, value in cooperative_values(book.cooperative).items() if value not in (None, "")}
    return KeptBook(table_values(book), by_source, said)


def recipe_in(folder: Path) -> Recipe:
    """Return the recipe of a book; an empty one when there is none."""
    path = folder / RECIPE
    return read_recipe(path) if path.exists() else Recipe()


def keep(proposal: ImportProposal, name: str, files: Iterable[GivenFile], now: datetime) -> Path:
    """Write the book of a proposal in the group's own folder, whole or not at all; return its place.

    Raises:
        UnreadableFile: the proposal has no book yet, or the disk refuses.
    """
    if proposal.reading is None:
        raise proposal.refusal or UnreadableFile(
            Problem("Vos fichiers", "il reste des questions.", "Répondez-y, puis enregistrez.")
        )
    folder = book_place(name)
    with alone(folder), _replaced(folder) as new:
        write_book(proposal.reading.book, new)
        (new / RECIPE).write_text(recipe_text(proposal.recipe.lasting), "utf-8", newline="\n")
        copy_imports(folder, new)
        if not proposal.merged.nothing:
            noticed = (proposal.notes, proposal.unread)
            write_import(new / IMPORTS, proposal.merged.changes, proposal.source_of, list(files), now, *noticed)
    return folder


def undo(folder: Path) -> tuple[Import, list[str]]:
    """Take the last import out of a book; return it, and the lines edited since, which stay.

    A book that was made by this import, and that holds nothing else, goes with it.

    Raises:
        UnreadableFile: there is no import, or the book would not hold without it.
    """
    with alone(folder):
        return _undone(folder)


def _undone(folder: Path) -> tuple[Import, list[str]]:
    kept = imports_in(folder)
    if not kept:
        raise UnreadableFile(
            Problem(f"Carnet « {folder.name} »", "aucun apport n'est gardé.", "Il n'y a rien à défaire.")
        )
    last = kept[-1]
    book = read_book(folder).book
    tables, edited = undone(table_values(book), last.changes)
    if not any(tables.values()) and len(kept) == 1:
        shutil.rmtree(folder)  # this import made the book
    else:
        rewritten(folder, checked(book, tables, folder.name) if any(tables.values()) else OrderBook(book.cooperative))
        shutil.rmtree(folder / IMPORTS / last.path.name)
    return last, [" ; ".join(f"{name} : {value}" for name, value in each.items()) for each in edited]


def checked(book: OrderBook, tables: Held, name: str) -> OrderBook:
    """Return the book with other tables, checked as those of any file. Raises UnreadableFile."""
    return finished(cooperative_values(book.cooperative), rows_of(tables), name, Findings()).book


def rows_of(tables: Held) -> Given:
    """Return typed values as rows that no file holds."""
    typed = Grid("", "", ())
    return {table: [Row(typed, 0, {}, (), dict(each)) for each in lines] for table, lines in tables.items()}


def rewritten(
    folder: Path,
    book: OrderBook,
    changes: Mapping[str, TableChange] | None = None,
    files: Iterable[GivenFile] = (),
    now: datetime = datetime.min,
) -> None:
    """Write a book in the place of the one before, with the recipe and the imports it had. Raises UnreadableFile.

    Args:
        folder: the place of the book.
        book: what it holds now.
        changes: what is kept as one import more, so that it can be undone; nothing otherwise.
        files: what gave these changes.
        now: when.
    """
    with _replaced(folder) as new:
        write_book(book, new)
        if (folder / RECIPE).exists():
            shutil.copy2(folder / RECIPE, new / RECIPE)
        copy_imports(folder, new)
        if changes:
            given = list(files)
            write_import(new / IMPORTS, changes, lambda table, values: given[0].name, given, now)


# --- the folder -------------------------------------------------------------------------------------------------------


@contextmanager
def _replaced(target: Path) -> Iterator[Path]:
    """Give a hidden folder to fill, which then takes the place of the other in two moves; what fails changes nothing.

    Raises:
        UnreadableFile: the disk refuses.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".en_cours_", dir=target.parent))
    old = target.with_name(f"{ASIDE}{target.name}")
    try:
        yield new
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
            os.replace(target, old)
        os.replace(new, target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        if old.exists() and not target.exists():
            os.replace(old, target)
        what = f"il n'a pas pu être écrit ({error.strerror or 'raison inconnue'})."
        todo = "Vérifiez la place sur le disque et vos droits, puis recommencez."
        raise UnreadableFile(Problem(f"Carnet « {target.name} »", what, todo)) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
