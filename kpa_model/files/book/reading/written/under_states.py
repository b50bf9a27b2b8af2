"""What lines stand under, « Brouillons » alone on a line, or point to, « Avoir sur » F1: it is their state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, as_text, bare, below_zero, cell_at, same
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line, blanked, only_text
from kpa_model.files.book.matching import Sheet, layer
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.credits import ticked
from kpa_model.files.book.reading.columns.numbers_alone import bare_number
from kpa_model.files.book.reading.sales import states
from kpa_model.files.book.reading.spread.people import is_total, name_like
from kpa_model.files.book.reading.written.doubted import FORESEEN, doubted, of_list
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import count, listing

_TABLES = ("factures", "achats", "encaissements")


def under_states(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return lines with the state that stands alone above them, where they say none of their own; it is told."""
    if sheet.dictionary.table not in _TABLES:
        return [*lines]
    said = [text if _is_state(text := only_text(content)) else "" for _, content in lines]
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


def under_words(block: Block, findings: Findings) -> Block:
    """Return a block whose lines note what stands alone above them, and may keep them from counting: « Annulées ».

    « Prévisionnel » among lines of people holds for those under it, up to other words alone that are no name: a line of
    somebody may be empty. Of lists of amounts, a state that is known is told as their state (`under_states`).
    """
    table = "factures" if any(map(layer, block.titles)) else "heures"
    words = [only_text(cells) for _, cells in block.lines]
    apart = {
        rank: word
        for rank, word in enumerate(words)
        if word and not bare_number(word) and doubted(table, word)
        if table == "heures" or not _is_state(word) or of_list(word) == FORESEEN
    }
    if not apart:
        return block
    notes, over = list[Cell](), ""
    for rank, word in enumerate(words):
        over = apart.get(rank, "" if word and not _name(word) else over)
        notes.append(over)
    noted = block.with_column("note", notes)
    kept = [line for rank, line in enumerate(noted.lines) if rank not in apart]
    under = Counter(note for rank, note in enumerate(notes) if note and rank not in apart)
    told = listing([f"« {word} » au-dessus de {count(many, 'ligne')}" for word, many in under.items()])
    if under:
        findings.heed(block.grid.place(block.head), f"{told} : c'est dit de ces lignes.")
    return replace(noted, lines=kept)


_AGAIN = re.compile(r"\b(reel|realise|fait|effectue|maintenu|confirme|valide|retenu|paye)(le)?e?s?\b")


def _name(word: str) -> bool:
    """Tell whether a word alone may be the name of a line that is empty: no week, no « Réalisé », no sentence."""
    return name_like(word) and not _AGAIN.search(same(word))


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


_VALID = pattern("under_states.valid")
_REPLACED = re.compile(r"(est )?(remplacee?s?|replaced|superseded) (par|by)\b.*")


def void_among(
    titles: Sequence[str], rows: Sequence[Sequence[Cell]], ranks: Mapping[str, int]
) -> Mapping[int, tuple[int, str]]:
    """Return which invoices an unread column says to be void, « Validée » no, « Remplacée par » 3: column and state.

    One that a credit note names is taken back by it: it counts. One that is not ticked where others are has a state
    that nobody knows, unless its own is written.
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
    blank = unticked(titles, rows, ranks.values())
    unsaid = {rank for rank, cells in enumerate(rows) if not as_text(cell_at(cells, ranks.get("etat", -1)))}
    return {rank: (at, f"rien sous {titles[at]}") for rank, at in blank.items() if rank in unsaid} | found


def unticked(titles: Sequence[str], rows: Sequence[Sequence[Cell]], taken: Collection[int] = ()) -> Mapping[int, int]:
    """Return which lines are blank under an unread title like « Validée », where the others are ticked: its column.

    Under « Approuvée par », « Validée le », a name or a day is a tick.
    """
    found = dict[int, int]()
    for at, title in enumerate(titles):
        if at in taken or not _VALID.fullmatch(same(title)):
            continue
        cells = [cell_at(row, at) for row in rows]
        told = {rank for rank, cell in enumerate(cells) if as_text(cell)}
        named = re.search(r" (par|le)\b|^date\b", same(title))
        if told and (named or all(ticked(cells[rank]) for rank in told)):
            found |= {rank: at for rank in range(len(rows)) if rank not in told and any(map(as_text, rows[rank]))}
    return found


def say_void(
    grid: Grid, table: str, titles: Sequence[str], lines: Sequence[Line], ranks: Mapping[str, int], findings: Findings
) -> None:
    """Tell the purchases and the payments that nobody validated, « Validée » no or empty: they count.

    Those invoices and hours are asked about.
    """
    void = void_among(titles, [cells for _, cells in lines], ranks) if table in ("achats", "encaissements") else {}
    for word in dict.fromkeys(word for _, word in void.values()):
        told = [lines[rank] for rank, (_, said) in void.items() if said == word]
        numbers = [str(number) for number, cells in told if not is_total(cells, -1)]
        many = f"{count(len(numbers), 'ligne')} ({listing(numbers, most=8)})"
        if numbers:
            counts = "compte" if len(numbers) == 1 else "comptent"
            findings.heed(grid.place(), f"« {word} » : {many} {counts} quand même. Vérifiez.")


def pointing(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """Return invoices of which those that take another one back, as a column says, are credit notes."""
    if sheet.dictionary.table != "factures":
        say_void(sheet.grid, sheet.dictionary.table, sheet.titles, lines, sheet.columns, sheet.findings)
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
