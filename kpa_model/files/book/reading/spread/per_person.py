"""Several columns of one person, « Awa h », « Awa km », « Repas Awa »: what is no time leaves, the rest is hers.

« Awa matin », « Awa soir » are titles on two lines, written on one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from kpa_model.files.book.cells import as_text, same
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Doubt, Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import column_of
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.sales.taxes import cents_in
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread.kinds import kind_said
from kpa_model.files.book.reading.spread.people import name_like
from kpa_model.files.book.reading.spread.titled_units import NEVER_TIME, unit_of_title
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import euros, listing

TOPIC = "colonnes.temps"
_TIME = pattern("per_person.time", r"(nb|nbre|nombre)?\.? ?(d['’]|de )?(WORDS)\.?", re.IGNORECASE)
_MARKS = re.compile(r"[()\[\]:/]| [-–—] |\b(?:de |d['’])(?=[A-ZÀ-Þ])")
"""What stands between a name and what its column holds: « Awa (km) », « Awa - km », « Frais d'Omar »."""

_WORK = "autres heures"
"""What a column is called below its person, when its title says no more."""

Parts = Mapping[int, tuple[str, str]]


def per_person(block: Block, findings: Findings) -> Block | None:
    """Return a block whose columns of people hold time alone; None once it is asked which ones do.

    Two columns of time of one person stand under her name, as on two lines of titles.
    """
    parts = _parts(block)
    labels = dict.fromkeys(label for _, label in parts.values())
    if not any(is_time(label, block) or NEVER_TIME.fullmatch(label) for label in labels):
        return block
    unsure = [label for label in labels if not (is_time(label, block) or NEVER_TIME.fullmatch(label))]
    if unsure and TOPIC not in block.grid.answers:
        question = "Plusieurs colonnes ont le nom d'une même personne. Lesquelles disent son temps de travail ?"
        named = {
            label: [f"« {block.titles[at]} »" for at, each in parts.items() if each[1] == label] for label in unsure
        }
        options = tuple((label, listing(names)) for label, names in named.items())
        todo = "Retirez les colonnes qui ne sont pas du temps."
        findings.doubt(
            block.grid.place(block.head),
            Doubt(TOPIC, question, options, todo, several=True, every="Toutes", none="Aucune"),
        )
        return None
    yes = {*block.grid.answers.get(TOPIC, "").split("|")}
    gone = {at for at, (_, label) in parts.items() if not is_time(label, block) and label not in yes}
    _say_gone(block, gone, findings)
    return _under_names(
        replace(block, titles=blanked(block.titles, gone)), {at: parts[at] for at in parts.keys() - gone}
    )


def _parts(block: Block) -> dict[int, tuple[str, str]]:
    """Return the person of each column and what it holds, « Awa » and « km »; nothing where nobody has two columns."""
    known = [column_of(title, dictionaries()["heures"]) for title in block.titles]
    if any(lead and lead.name in ("personne", "duree") for lead in known) or _sells(block):
        return {}  # a line says whose it is, or is a sale
    upper = [as_text(cell) for cell in block.over]
    if upper:
        below = {at: as_text(block.heads[at]) for at, name in enumerate(upper) if name_like(name) and block.column(at)}
        counted = "" in below.values() and all(not label or NEVER_TIME.fullmatch(label) for label in below.values())
        return {at: (upper[at], label) for at, label in below.items()} if counted else {}
    free = [at for at, title in enumerate(block.titles) if title and known[at] is None and block.column(at)]
    ways = {at: _ways(block.titles[at]) for at in free}
    shared = Counter(same(label) for each in ways.values() for label in {label for _, label in each})
    alone = {same(block.titles[at]) for at in free if name_like(block.titles[at])}
    found: dict[int, tuple[str, str]] = {}
    for at, each in ways.items():
        told = [
            (name, label)
            for name, label in each
            if NEVER_TIME.fullmatch(label) or _TIME.fullmatch(label) or (shared[same(label)] > 1 and label.islower())
        ]
        if told:
            found[at] = min(told, key=lambda way: (same(way[0]) not in alone, -shared[same(way[1])]))
    named = {same(name) for name, _ in found.values()}
    found |= {at: (block.titles[at], "") for at in free if at not in found and same(block.titles[at]) in named}
    several = Counter(same(name) for name, _ in found.values())
    return dict(sorted(found.items())) if any(many > 1 for many in several.values()) else {}


def _sells(block: Block) -> bool:
    """Tell whether a title leads to an amount of a table of the book."""
    leads = (column_of(title, each) for title in block.titles if title for each in dictionaries().values())
    return any(lead is not None and lead.kind == "euros" for lead in leads)


def _ways(title: str) -> list[tuple[str, str]]:
    """Return the ways to cut a title into a name and what its column holds, whichever comes first."""
    words = _MARKS.sub(" ", title).split()
    cuts = [(words[:at], words[at:]) for at in range(1, len(words))]
    both = [pair for first, last in cuts for pair in ((first, last), (last, first))]
    return [(" ".join(name), " ".join(label)) for name, label in both if name_like(" ".join(name))]


def is_time(label: str, block: Block) -> bool:
    """Tell whether what a column of somebody holds is time: nothing is said, « h », « matin », « réunion »."""
    kinds = dictionaries()["heures"].column("genre").choices
    return not label or bool(_TIME.fullmatch(label) or kind_said([label], kinds, block.grid))


def _say_gone(block: Block, gone: set[int], findings: Findings) -> None:
    """Tell the columns that are no time; those of money with their sum, before one agrees."""
    ranks = sorted(gone)
    money = {at: sum(map(cents_in, block.column(at))) for at in ranks if says_money(block.titles[at])}
    told = [f"« {block.titles[at]} »" + (f" ({euros(money[at])})" if money.get(at) else "") for at in ranks]
    if told:
        tell = findings.heed if any(money.values()) else findings.note
        tell(block.grid.place(block.head), f"{listing(told)} : ce n'est pas du temps, cela ne compte pas.")


def _under_names(block: Block, parts: Parts) -> Block:
    """Return a block whose columns of time bear the name of their person, above what each holds when they are many."""
    several = max(Counter(same(name) for name, _ in parts.values()).values(), default=0) > 1
    titles = list(block.titles)
    for at, (name, label) in parts.items():
        titles[at] = f"{name} ({label})" if label else name
    if not several:
        return replace(block, titles=titles, heads=list(titles) if block.over else block.heads, over=())
    heads, over = list(block.heads), [""] * len(titles)
    for at, (name, label) in parts.items():
        over[at], heads[at] = name, label if label and not unit_of_title(label) else _WORK
    return replace(block, titles=titles, heads=heads, over=tuple(over))
