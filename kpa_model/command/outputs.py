"""What a command writes: all the files at the end, each at once, with their fingerprints beside."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kpa_model.command.screen import Screen
from kpa_model.errors import KpaError, MissingPackage, Problem
from kpa_model.files.results import Columns, comma_separated, parquet
from kpa_model.whole_file import write_whole

_FORMULA = ("=", "+", "-", "@")


class Output:
    """Files to write in one folder; nothing is written before `finish`."""

    def __init__(self, folder: str, name: str) -> None:
        self._folder, self._name = Path(folder), name
        self._files: dict[Path, bytes] = {}
        self._told = False
        if self._folder.exists() and not self._folder.is_dir():
            what = "ce n'est pas un dossier."
            raise KpaError(Problem(f"Sortie « {folder} »", what, "Donnez un dossier ; il sera créé s'il manque."))

    @property
    def written(self) -> tuple[Path, ...]:
        """Places of the files, in the order they were added."""
        return tuple(self._files)

    def add(self, ending: str, content: bytes, name: str = "") -> None:
        """Keep a file to write."""
        self._files[self._folder / f"{name or self._name}.{ending}"] = content

    def add_table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Keep a table that a French spreadsheet opens well; a name never becomes a formula there."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(heads)
        for first, *rest in rows:
            writer.writerow([f"'{first}" if first.startswith(_FORMULA) else first, *rest])
        self.add("csv", text.getvalue().encode("utf-8-sig"))

    def add_columns(self, columns: Columns, about: Mapping[str, str], name: str, screen: Screen) -> None:
        """Write a tidy table as CSV, and as Parquet where its package is installed; else say so."""
        try:
            self.add("parquet", parquet(columns, about), name)
        except MissingPackage as missing:
            if not self._told:  # once, however many tables there are
                screen.problems(missing)
            self._told = True
        self.add("csv", comma_separated(columns), name)

    def tell(self, screen: Screen) -> None:
        """Say where the files are, in the order they were added."""
        screen.line()
        screen.say("Écrit :")
        screen.listing(map(str, self._files))

    def finish(self, origin: Mapping[str, Any]) -> None:
        """Write every file, then where they come from, with the fingerprint of each."""
        prints = {path.name: hashlib.sha256(content).hexdigest() for path, content in self._files.items()}
        text = json.dumps({**origin, "Fichiers": prints}, ensure_ascii=False, indent=2)
        self.add("json", f"{text}\n".encode(), f"{self._name}_origine")
        self._folder.mkdir(parents=True, exist_ok=True)
        for path, content in self._files.items():
            write_whole(path, content, private=False)


def slug(text: str) -> str:
    """Return a short name for a file: `heures_et_solidarite`."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "_", bare.casefold()).strip("_")[:40].rstrip("_") or "regle"
