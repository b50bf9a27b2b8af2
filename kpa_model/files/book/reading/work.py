"""What kind of work each line of hours is: what its labels say, its customer, else what the group answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kpa_model.files.book.cells import Cell, as_text, bare, cell_at, chosen, same
from kpa_model.files.book.dictionaries import Column
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import Assigned
from kpa_model.files.book.reading.spread.kinds import (
    EVERY,
    INNER,
    MOST_WORDS,
    OWN,
    Guesses,
    ask_kinds,
    of_ours,
    plain,
    told_of,
)
from kpa_model.files.book.reading.spread.people import is_total
from kpa_model.files.book.where import Place
from kpa_model.words import listing

_UNSOLD = tuple(kind for kind in EVERY if kind != "prestation")
"""What a word of a column of kinds does not say alone, beside a customer of the invoices: it is asked."""
_BILLED = {"billable", "facturable", "afacturer"}


def kinds_of(block: Block, found: Assigned, grid: Grid, context: Context, findings: Findings) -> dict[str, list[Cell]]:
    """Return the kind of work of each line when no column tells it in our words: what is said of it, or a default."""
    if found.dictionary.table != "heures":
        return {}
    column, own = found.dictionary.column("genre"), "genre" in found.ranks
    if own and (not findings.asking or all(map(plain, block.column(found.ranks["genre"])))):
        return {}
    kinds, default = list[Cell](), grid.answers.get("genre", "")
    guesses, sold, unbilled = Guesses(column.choices, grid, context.services), _sold(block, found), _unbilled(block)
    said_in = found.ranks.get("genre", -1) if own else worded(block, found)
    tasks = [*_tasks(block, found), -1 if own else said_in]
    read, silent, ours, mixed = dict[str, str](), dict[str, int](), set[str](), _mixed(block, tasks, column)
    for number, cells in block.lines:
        if is_total(cells, found.ranks.get("date", -1), found.ranks.get("personne", -1)):
            kinds.append("")
            continue
        order, inside = found.text(cells, "commande"), "" if own else _inside(cells, found, context)
        inner = bool(inside) or number in unbilled
        billed = same(found.text(cells, "client")) in context.customers
        ordered = bool(order or billed) and not own and not inner
        told = _labels(cells, found, tasks)
        never: tuple[str, ...] = OWN if ordered and (billed or sold(cells)) else ()
        if _for_customer([*told, found.text(cells, "client") if own else ""], context):
            never = _UNSOLD if own else EVERY
        label = told[0] if own else inside or order if inner else "" if ordered else as_text(cell_at(cells, mixed))
        known = plain(told[0]) or guesses.kind(told, never)
        kind = known or ("prestation" if ordered else "" if bare(label) else default)
        if not kind:
            silent.setdefault(label, number)
            ours.add(inside)
        elif label and not plain(label):
            read.setdefault(label, kind)
        kinds.append(kind)
    if not ask_kinds(silent, default, grid, findings, unsold=any(ours) and silent.keys() <= {"", *ours}):
        kinds = [kind or default for kind in kinds]
        if own and read:
            _say_read(block, read, findings)
        elif not default or guesses.told():
            _tell(grid, guesses, bool(default), findings)
    said = [cell_at(cells, said_in) for _, cells in block.lines]
    return {"genre": kinds} if said_in < 0 or "tache" in found.ranks else {"genre": kinds, "tache": said}


def _mixed(block: Block, tasks: Sequence[int], column: Column) -> int:
    """Return the column of what was done where few words come again, some of which say a kind: all of them do; or −1.

    « chantier, réunion, matériel » are kinds of work, of which one is not known.
    """
    for at in (each for each in tasks if each >= 0):
        cells = block.column(at)
        words = {bare(as_text(cell)): cell for cell in cells}
        if len(words) <= min(MOST_WORDS, len(cells) - 1) and any(
            chosen(cell, column.choices) for cell in words.values()
        ):
            return at
    return -1


def _say_read(block: Block, read: Mapping[str, str], findings: Findings) -> None:
    """Tell how the words of a column of kinds are understood."""
    pairs = listing([f"« {label} » : {kind}" for label, kind in read.items()], most=8)
    text = f"genres de travail compris ainsi. {pairs}{'' if len(read) > 8 else '.'}"
    findings.heed(block.grid.place(block.head), text)


def _labels(cells: Sequence[Cell], found: Assigned, tasks: Sequence[int]) -> list[str]:
    """Return what a line says of its work, its kind first: « Réunion » may stand in the place of a customer."""
    told = [found.text(cells, "genre"), *(as_text(cell_at(cells, at)) for at in tasks), found.text(cells, "commande")]
    customer = found.text(cells, "client")
    ours = of_ours(customer) or chosen(customer, found.dictionary.column("genre").choices)
    return [*told, customer] if ours else told


def _inside(cells: Sequence[Cell], found: Assigned, context: Context) -> str:
    """Return what stands in the place of an order, or of a customer, and is the group's own: « local »; or no text."""
    if order := found.text(cells, "commande"):
        return order if INNER.search(same(order)) or (of_ours(order) and same(order) not in context.orders) else ""
    customer = found.text(cells, "client")
    return customer if of_ours(customer) and same(customer) not in context.customers else ""


_PLACES = re.compile(r"\b(lieux?|salles?|adresses?|villes?|local|locaux|sites?|endroits?)\b", re.IGNORECASE)
"""Titles of where it was done: « Accueil » is a room."""


def worded(block: Block, found: Assigned) -> int:
    """Return the column that nothing else reads and where a whole cell says a kind of work; −1 without any."""
    if found.dictionary.table != "heures" or "genre" in found.ranks:
        return -1
    column = found.dictionary.column("genre")
    taken = {*found.ranks.values(), *_tasks(block, found)}
    free = [at for at, title in enumerate(block.titles) if at not in taken and not _PLACES.search(title)]
    said = [at for at in free if any(chosen(each, column.choices) for each in dict.fromkeys(block.column(at)))]
    return said[0] if len(said) == 1 else -1


_UNTOLD = "aucune colonne ne dit le genre de travail."


def _tell(grid: Grid, guesses: Guesses, asked: bool, findings: Findings) -> None:
    """Tell what says the kind of work, in one sentence for all the sheets of a file."""
    place, words = Place(grid.file), findings.words.setdefault(grid.file, Counter())
    words.update(guesses.lines)
    rest = "Le reste, pour une commande, est de la prestation" if words else "Pour une commande, c'est de la prestation"
    text = f"{told_of(words)} {rest}{' ; sinon, votre réponse compte' if asked else ''}.".strip()
    findings.heeded[:] = [each for each in findings.heeded if each[0] != place or not each[1].startswith(_UNTOLD)]
    findings.heed(place, f"{_UNTOLD} {text}")


def _for_customer(texts: Sequence[str], context: Context) -> bool:
    """Tell whether labels name a customer of the invoices: its errands are sold. A quote is no sale yet."""
    said = f" {same(' '.join(texts))} "
    return " devis " not in said and any(f" {name} " in said for name in context.customers if len(name) > _SHORT)


_SHORT = 3
"""A name of so few letters may be a word like another."""


def _tasks(block: Block, found: Assigned) -> list[int]:
    """Return the columns that say what was done: the one that is read first, then others of the same sense."""
    read, taken = found.ranks.get("tache", -1), found.ranks.values()
    ranks = range(len(block.titles))
    others = [at for at in ranks if at not in taken and may_say(block.titles[at], "tache", found.dictionary)]
    return [at for at in (read, *others) if at >= 0]


def _unbilled(block: Block) -> set[int]:
    """Return the lines that say « Facturable : non » among others that say « oui »; none when all say the same."""
    at = next((at for at, title in enumerate(block.titles) if bare(title) in _BILLED), -1)
    said = {number: same(as_text(cell_at(cells, at))) for number, cells in block.lines} if at >= 0 else {}
    both = {*said.values()} & _YES and {*said.values()} & _NO
    return {number for number, word in said.items() if word in _NO} if both else set()


_YES, _NO = {"yes", "oui", "true", "x", "1"}, {"no", "non", "false", "0"}


def _sold(block: Block, found: Assigned) -> Callable[[Sequence[Cell]], bool]:
    """Return what tells whether a line is for a customer: it names one, else it says that it is billed."""
    billed = next((at for at, title in enumerate(block.titles) if bare(title) in _BILLED), -1)

    def sold(cells: Sequence[Cell]) -> bool:
        if "client" in found.ranks:
            text = same(found.text(cells, "client"))
            return bool(text) and not INNER.search(text)
        return same(as_text(cell_at(cells, billed))) in _YES

    return sold
