"""What is carried from another month, or page, « Report avril », « Solde précédent », is no fact: told, or asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, Euros, as_text, cell_at, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import Line, blanked, first_text
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block, is_day
from kpa_model.files.book.reading.context import NAMES
from kpa_model.files.book.reading.sales.both_ways import money_both_ways
from kpa_model.files.book.reading.spread.people import timed
from kpa_model.files.book.reading.spread.spans import money
from kpa_model.files.book.vocabulary import word_set
from kpa_model.words import listing

TOPIC, _CARRIED = "report", "report"
_HEADS = {"report", "reports", "reporte", "reportee", "reportees", "reporter", "solde", "soldes", "reliquat"}
_AROUND = word_set("carried.around")
_HOURS = {"credit", "debit", "compteur"}
_OF_BEFORE = re.compile(r"report|nouveau|preceden|anterieur|initial|depart|ouverture|reprise")
"""What tells a sum of before from the rest of a price: « Solde » alone may be sold."""
_LABELS = {"date", "tache", "genre", "commande", "client"}


def says_carried(text: str) -> bool:
    """Tell whether a text only says that time, or a sum, is carried from another month or page, or to the next one.

    >>> [*map(says_carried, ("Report d'avril", "Solde mois précédent", "Crédit d'heures (mars 2026)"))]
    [True, True, True]
    >>> [*map(says_carried, ("Report page précédente", "À reporter", "Solde à nouveau"))]
    [True, True, True]
    >>> [*map(says_carried, ("Report photo", "Reportage", "Heures de mars", "Crédit"))]
    [False, False, False, False]
    """
    words = {*re.findall(r"[^\W_]+", same(text))}
    heads = words & _HEADS or ("heures" in words and words & _HOURS)
    others = words - _HEADS - _HOURS - _AROUND
    return bool(heads) and all(re.fullmatch(rf"{NAMES}|20\d\d|\d{{1,3}}", word, re.IGNORECASE) for word in others)


def without_carried(block: Block, findings: Findings) -> Block | None:
    """Return a table of hours without those carried from another month: told first; None once a day of one is asked.

    A line that has a day may be work of that day.
    """
    if _of_money(block):
        return block
    block = _without_columns(block, findings)
    titled = ((at, column_of(title, dictionaries()["heures"])) for at, title in enumerate(block.titles))
    leads = {at: found.name for at, found in titled if found}
    labels = [at for at, name in leads.items() if name in _LABELS]
    day = next((at for at, name in leads.items() if name == "date"), -1)
    kept = list[Line]()
    for number, cells in block.lines:
        said = next((text for text in (first_text(cells), *_texts(cells, labels)) if says_carried(text)), "")
        dated = bool(said) and is_day(cell_at(cells, day))
        said = said if not dated or {"duree", "personne"} & {*leads.values()} else ""
        answer = block.grid.answers.get(TOPIC, "")
        if not said or (dated and answer not in ("", _CARRIED)):
            kept.append((number, cells))
            continue
        told = listing([text for each in cells if (text := as_text(each)) and text != said])
        if dated and not answer and findings.asking:
            question = f"« {said} » ({told}) : est-ce du travail de ce jour, ou des heures d'un autre mois ?"
            options = (
                (_CARRIED, "des heures d'un autre mois : ne pas les compter"),
                ("travail", "du travail de ce jour"),
            )
            todo = "Retirez cette ligne, ou écrivez ce qui a été fait."
            findings.doubt(block.grid.place(number), Doubt(TOPIC, question, options, todo))
            return None
        what = f"« {said} » ({told}) : ce n'est pas du travail de ce mois. Cette ligne n'est pas lue."
        findings.left_out(block.grid.place(number), what)
    return replace(block, lines=kept) if len(kept) < len(block.lines) else block


def _without_columns(block: Block, findings: Findings) -> Block:
    """Return a table without the columns of hours carried, « Report avril », « Solde »; it is told."""
    gone = [at for at, title in enumerate(block.titles) if says_carried(title) and timed(block.column(at))]
    if not gone:
        return block
    told = listing([f"« {block.titles[at]} »" for at in gone])
    findings.heed(block.grid.place(block.head), f"{told} : ce n'est pas du travail de ce mois. Ce n'est pas lu.")
    lines = [(number, blanked(cells, gone)) for number, cells in block.lines]
    titles = blanked(block.titles, gone)
    heads = blanked(block.heads, gone)
    return replace(block, lines=lines, titles=titles, heads=heads)


def _of_money(block: Block) -> bool:
    euros = (isinstance(cell, Euros) for _, cells in block.lines for cell in cells)
    return money(block) or money_both_ways(block.titles) or any(euros)


def without_sums(block: Block, findings: Findings) -> Block:
    """Return a table of money without the sums of other pages, which have no day of their own: they are told."""
    kept = list[Line]()
    for number, cells in block.lines if _of_money(block) else ():
        texts = (cell for cell in cells if isinstance(cell, str) and _OF_BEFORE.search(same(cell)))
        said = "" if any(map(is_day, cells)) else next(filter(says_carried, texts), "")
        if said:
            told = listing([text for each in cells if (text := as_text(each)) and text != said])
            what = f"« {said} » ({told}) : une somme d'une autre page ou d'un autre mois. Cette ligne n'est pas lue."
            findings.heed(block.grid.place(number), what)
        else:
            kept.append((number, cells))
    return replace(block, lines=kept) if 0 < len(kept) < len(block.lines) else block


def _texts(cells: Sequence[Cell], ranks: Sequence[int]) -> list[str]:
    return [cell for at in ranks if isinstance(cell := cell_at(cells, at), str)]
