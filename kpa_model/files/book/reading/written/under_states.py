"""What invoices stand under, « Brouillons » alone on a line, or point to, « Avoir sur » F1: it is their state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, below_zero, cell_at, same
from kpa_model.files.book.grids import Line, blanked
from kpa_model.files.book.matching import Sheet
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.sales.flags import ticked
from kpa_model.words import count, listing

_TABLES = ("factures", "achats", "encaissements")


def under_states(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return lines with the state that stands alone above them, where they say none of their own; it is told."""
    if sheet.dictionary.table not in _TABLES:
        return [*lines]
    filled = [[text for each in content if (text := as_text(each))] for _, content in lines]
    said = [texts[0] if len(texts) == 1 and _is_state(texts[0]) else "" for texts in filled]
    if not any(said):
        return [*lines]
    kept, state, under = list[Line](), "", dict[str, int]()
    for (number, content), word in zip(lines, said, strict=True):
        state = word or state
        if word:
            under.setdefault(word, 0)
        else:
            under[state] = under.get(state, 0) + 1
            kept.append((number, _with(sheet, content, "etat", state) if state else [*content]))
    told = listing([f"« {word} » au-dessus de {count(many, 'ligne')}" for word, many in under.items() if word])
    sheet.findings.heed(sheet.grid.place(), f"{told} : c'est leur état.")
    return kept


def _is_state(text: str) -> bool:
    return len(text) > 2 and states.meaning(text) != states.UNKNOWN


def _with(sheet: Sheet, content: Sequence[Cell], name: str, said: str) -> list[Cell]:
    """Return a line that says something in a column, made if there is none; what it says already stays."""
    if name not in sheet.columns:
        sheet.columns[name] = len(sheet.titles)
        sheet.titles.append(name)
    at = sheet.columns[name]
    row = [*content, *[""] * (at + 1 - len(content))]
    return [*row[:at], row[at] if as_text(row[at]) else said, *row[at + 1 :]]


_TAKES = re.compile(r"\b(avoirs?|annul\w*|rectifi\w*|rembours\w*|credit\w*|origine|initiale)\b")
_SIGN = re.compile(r"sens|signe|\+ ?/ ?-")


_VALID = re.compile(r"(est )?(valide?e?s?|emises?)( \?)?")
_REPLACED = re.compile(r"(est )?(remplacee?s?|replaced|superseded) (par|by)\b.*")


def void_among(
    titles: Sequence[str], rows: Sequence[Sequence[Cell]], ranks: Mapping[str, int]
) -> Mapping[int, tuple[int, str]]:
    """Return which invoices an unread column says to be void, « Validée » no, « Remplacée par » 3: column and state.

    One that a credit note names is taken back by it: it counts.
    """
    texts = ([*map(as_text, cells)] for cells in rows)
    minus = (each for each in texts if any(below_zero(text) or same(text).startswith("avoir") for text in each))
    back = {same(word) for each in minus for text in each for word in text.split()}
    found = dict[int, tuple[int, str]]()
    for at, title in ((at, same(each)) for at, each in enumerate(titles) if at not in ranks.values()):
        valid = bool(_VALID.fullmatch(title))
        for rank, cells in enumerate(rows if valid or _REPLACED.fullmatch(title) else ()):
            told, yes = as_text(cell_at(cells, at)), ticked(cell_at(cells, at))
            if valid and told and yes is False:
                found[rank] = at, f"Non {titles[at].lower().removeprefix('est ').strip(' ?')}"
            own = same(as_text(cell_at(cells, ranks.get("facture", -1))))
            if not valid and bare(told) and yes is not False and own not in back:
                found[rank] = at, f"Remplacée par {told}"
    return found


def pointing(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return invoices of which those that take another one back, as a column says, are credit notes."""
    if sheet.dictionary.table != "factures":
        return [*lines]
    rows = [content for _, content in lines]
    void, taking = void_among(sheet.titles, rows, sheet.columns), credits_among(sheet.titles, rows, sheet.columns)
    lines = [
        (number, _with(sheet, content, "sorte_de_piece", "Avoir") if rank in taking else [*content])
        for rank, (number, content) in enumerate(lines)
    ]
    for rank, (_, word) in void.items():
        number, content = lines[rank]
        kept = blanked(content, {sheet.columns.get("etat", -1)})
        lines[rank] = number, _with(sheet, kept, "etat", word)
    return [*lines]


def credits_among(titles: Sequence[str], rows: Sequence[Sequence[Cell]], ranks: Mapping[str, int]) -> Mapping[int, int]:
    """Return which lines of invoices take back another one, with the column that says so; `ranks` are those read.

    « Avoir sur », « Facture d'origine » name an invoice of the list; « Sens » bears a minus.
    """
    numbers = {same(as_text(cell_at(cells, ranks.get("facture", -1)))) for cells in rows} - {""}
    taking = dict[int, int]()
    for at, title in enumerate(titles):
        filled = {rank: text for rank, cells in enumerate(rows) if (text := same(as_text(cell_at(cells, at))))}
        if at in ranks.values() or not filled:
            continue
        if _TAKES.search(same(title)) and {*filled.values()} <= numbers:
            taking |= dict.fromkeys(filled, at)
        elif _SIGN.fullmatch(same(title)) and {*filled.values()} == {"+", "-"}:
            taking |= dict.fromkeys((rank for rank, text in filled.items() if text == "-"), at)
    return taking
