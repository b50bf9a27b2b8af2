"""What kind of work hours are, when no column tells: what the label says, else what the group answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, chosen
from kpa_model.files.book.dictionaries import Column
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Grid
from kpa_model.words import listing

KINDS = (("prestation", "Prestation"), ("appui", "Appui"), ("commun", "Commun"), ("formation", "Formation"))


def kind_said(texts: Sequence[str], choices: Mapping[str, tuple[str, ...]], grid: Grid) -> str:
    """Return the kind that a label says, by the group's own answers first: `genre.Réunion` → `commun`."""
    for text in texts:
        if own := grid.answers.get(f"genre.{bare(text)}"):
            return own
        for word in (text, *re.findall(r"[^\W\d_]+", text)):
            if found := chosen(word, choices):
                return found
    return ""


def in_our_words(cells: Iterable[Cell], column: Column) -> bool:
    """Tell whether every cell is one of the kinds of work, or another name of it."""
    return all(chosen(each, column.choices) for each in dict.fromkeys(map(as_text, cells)))


def ask_kind(line: int, grid: Grid, findings: Findings, labels: Sequence[str] = ()) -> None:
    """Ask what the hours that say nothing are, or say it in words that are not ours; show the first of them."""
    question = "De quel genre de travail sont ces heures, quand rien ne le dit ?"
    if labels:
        told = listing([f"« {each} »" for each in labels[:4]]) + ("…" if len(labels) > 4 else "")
        question = f"{told} : de quel genre de travail sont ces heures ?"
    todo = "Ajoutez une colonne « genre » : prestation, appui, commun ou formation."
    findings.doubt(grid.place(line), Doubt("genre", question, KINDS, todo))
