"""The hours of a sheet that holds everything: those of what is sold, and those that are for nobody outside, asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from kpa_model.errors import Refused
from kpa_model.files.book.building import names_in
from kpa_model.files.book.cells import Cell, as_text, cell_at, chosen, same, text_at
from kpa_model.files.book.dates import read_hour
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.grids import Grid, Line
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.titles import time_given
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.fields import assigned
from kpa_model.files.book.reading.laying import facts
from kpa_model.files.book.reading.sales.same_order import Ranks
from kpa_model.files.book.reading.scores import titled_as
from kpa_model.files.book.reading.spread.kinds import EVERY, OWN, Guesses, ask_kinds, of_ours
from kpa_model.files.book.reading.spread.titled_units import unit_of_title
from kpa_model.files.book.reading.together import how_said, says_end


def with_length(block: Block, context: Context) -> tuple[Block, int]:
    """Return the table and its column of times; made from when each line begins and ends, where no column gives it."""
    if (hours := time_given(block.titles, block.column)) >= 0:
        return block, hours
    ranks = assigned(block, dictionaries()["heures"], context).ranks
    if not {"debut", "fin"} <= ranks.keys() or "duree" in ranks:
        return block, hours
    lengths = list[Cell]()
    for _, cells in block.lines:
        begins, ends = (cells[ranks[name]] if ranks[name] < len(cells) else "" for name in ("debut", "fin"))
        try:
            minutes = (read_hour(ends) - read_hour(begins)) % (24 * 60) if as_text(begins) and as_text(ends) else 0
        except Refused:
            return block, -1
        lengths.append(f"{minutes // 60}h{minutes % 60:02d}" if minutes else "")
    return block.with_column("Durée", lengths), len(block.titles)


def hours_of(
    block: Block,
    lines: Sequence[Line],
    hours: int,
    ranks: Ranks,
    orders: Mapping[int, str],
    context: Context,
    findings: Findings,
) -> Iterator[tuple[str, Grid]]:
    """Yield the hours of each line, cut when the cell gives the time of each; people who share one are cut later.

    A line for nobody, without a price, is no order of a customer: what it does not say of its work is asked.
    """
    grid, who, column = block.grid, ranks.who, dictionaries()["heures"].column("genre")
    guesses, silent = Guesses(column.choices, grid), dict[str, int]()
    unit, note = unit_of_title(block.titles[hours]), titled_as(block, dictionaries()["heures"].column("note"))
    inside = _inside(lines, ranks, column.choices, context)

    def rows() -> Iterator[tuple[int, list[Cell], list[int]]]:
        for line in lines:
            number, cells = line
            people, time = names_in(text_at(cells, who)), cell_at(cells, hours)
            if not people or not as_text(time):
                continue
            order, customer = orders[id(line)], _named(text_at(cells, ranks.customer))
            ours = not order and same(customer) in inside
            job = order or ("" if ours else customer)
            texts = [text_at(cells, ranks.label), *([customer] if ours else [])]
            kind = guesses.kind(texts, EVERY if text_at(cells, ranks.price) else OWN if job else ())
            kind = kind or ("prestation" if job else grid.answers.get("genre", ""))
            if not kind:
                silent.setdefault(texts[-1], number)
            each = list(zip(people, _each(line, who, hours), strict=False)) or [(" + ".join(people), time)]
            at = [who, ranks.day, -1, -1 if says_end(block.titles) else hours, -1, ranks.customer, ranks.label, note]
            told = [order, "" if order else job, " ".join(filter(None, texts)), how_said(text_at(cells, note))]
            for name, part in each:
                yield number, [name, cells[ranks.day], kind, part, *told], at

    title = f"duree ({unit})" if unit else "duree"
    made = facts(block, ("personne", "date", "genre", title, "commande", "client", "tache", "note"), rows())
    ask_kinds(silent, "", grid, findings, unsold=ranks.customer >= 0)
    if guesses.told():
        findings.heed(grid.place(), f"aucune colonne ne dit le genre de travail. {guesses.told()}")
    yield "heures", made


def _inside(
    lines: Sequence[Line], ranks: Ranks, choices: Mapping[str, tuple[str, ...]], context: Context
) -> Collection[str]:
    """Return what stands in the place of customers and is none: nothing is sold to it, and it says work of a group."""
    named = {same(name): name for _, cells in lines if (name := text_at(cells, ranks.customer))}
    sold = {same(text_at(cells, ranks.customer)) for _, cells in lines if text_at(cells, ranks.price)}
    sold |= context.customers
    return {
        key
        for key, name in named.items()
        if key not in sold and (of_ours(name) or chosen(name, choices) in (*OWN, "appui"))
    }


def _named(customer: str) -> str:
    """Return a customer; an empty text for « - », « aucun »."""
    return "" if same(customer) in _NONE or not re.search(r"\w", customer) else customer


_NONE = {"aucun", "aucune", "neant", "rien", "personne", "x", "ras", "sans"}


def _each(line: Line, who: int, hours: int) -> list[Cell]:
    """Return the durations of a cell that gives one for each person: « 3h + 2h30 »."""
    parts = [part.strip() for part in re.split(r"[+/;]|\bet\b", text_at(line[1], hours)) if part.strip()]
    people = names_in(text_at(line[1], who))
    return list(parts) if len(parts) == len(people) > 1 else []
