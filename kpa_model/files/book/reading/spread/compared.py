"""Several times below each person, month or day, « P ; F », « Th. ; Eff. »: which of them count is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kpa_model.files.book.cells import as_text, cell_at, same
from kpa_model.files.book.dates import read_duration
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import ASKED, Doubt, Findings
from kpa_model.files.book.grids import blanked
from kpa_model.files.book.matching import column_of, may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.columns.clocks import ends, of_a_clock, read_or_none, starts
from kpa_model.files.book.reading.columns.durations import minutes_of
from kpa_model.files.book.reading.columns.planned import says_either
from kpa_model.files.book.reading.context import Context
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread.heading import is_day_title
from kpa_model.files.book.reading.spread.people import TOTAL, timed
from kpa_model.files.book.reading.spread.per_person import TOPIC, is_time
from kpa_model.files.book.reading.spread.shapes import Wide
from kpa_model.files.book.reading.spread.sums import right
from kpa_model.files.book.reading.spread.titled_units import NEVER_TIME, unit_of_title
from kpa_model.files.book.vocabulary import pattern
from kpa_model.words import hours, listing


def counted_below(block: Block, groups: Wide, context: Context, findings: Findings) -> Block | None:
    """Return a block whose columns below people or days are those that count; None once it is asked which ones do.

    « P » and « F » below each may be planned and done: unless words say that they add up, or totals do.
    """
    found = defaultdict[str, list[int]](list)
    for at in groups.values if groups.what in ("personne", "date") else ():
        text = as_text(cell_at(block.heads, at))
        if text and not TOTAL.match(text) and not NEVER_TIME.fullmatch(text) and timed(block.column(at)):
            found[text].append(at)
    answers = block.grid.answers
    asked = {*answers.get(f"{TOPIC}{ASKED}", answers.get(TOPIC, "")).split("|")}
    times = {text: round(sum(sum(minutes_of(block, at)) for at in ranks)) for text, ranks in found.items()}
    sums = {text: f"« {text} » ({hours(time)})" for text, time in times.items()}
    if not found.keys() <= asked and _may_be_compared(block, found, groups, context) and findings.asking:
        names = listing([f"« {text} »" for text in found])
        question = f"{names} : lesquelles de ces colonnes comptent ? Celles que vous choisissez s'ajoutent."
        todo = "Écrivez en entier ce que dit chaque colonne, par exemple « prévu » et « fait »."
        doubt = Doubt(TOPIC, question, (*sums.items(),), todo, several=True, every="Toutes", none="Aucune")
        findings.doubt(block.grid.place(block.head), doubt)
        return None
    sure = [text for text in found if may_say(text, "duree", dictionaries()["heures"])]  # « fait » alone is read
    left = [text for text in found if text in asked and text not in answers.get(TOPIC, "").split("|")]
    left += [text for text in found if sure and text not in (*sure, *left) and _compares(text)]
    if left:
        findings.heed(block.grid.place(block.head), f"{listing([sums[text] for text in left])} : cela ne compte pas.")
    gone = {at for text in left for at in found[text]}
    return replace(block, lines=[(number, blanked(cells, gone)) for number, cells in block.lines]) if gone else block


def _may_be_compared(block: Block, found: Mapping[str, Sequence[int]], groups: Wide, context: Context) -> bool:
    """Tell whether columns below each title may be one time told in several ways, as planned and done."""
    leads = [
        (lead, each.table)
        for text in found
        for each in dictionaries().values()
        if not of_a_clock(text) and (lead := column_of(text, each))
    ]
    fields = any(table == "heures" or lead.kind in ("euros", "taux") for lead, table in leads)
    known = {*context.people, *context.customers, *context.services, *context.orders}
    told = [text for text in found if is_time(text, block) or unit_of_title(text) or is_day_title(text)]
    unknown = [text for text in found if not (text in told or same(text) in known)]
    clocked = any(map(starts, found)) and any(map(ends, found))
    totals = {*groups.totals, *(at for at, head in enumerate(block.heads) if TOTAL.match(as_text(head)))}
    proved = right(block, [at for ranks in found.values() for at in ranks], totals)
    if len(found) < 2 or fields or any(map(says_money, found)) or not unknown or clocked or proved:
        return False
    return any(map(_SHORT.fullmatch, unknown)) or any(map(_compares, unknown)) or _alike(block, [*found.values()])


_SHORT = re.compile(r"[^\W\d_]{1,3}|.*\.")
"""Letters, or a word cut short: « P », « Eff. »."""
_COMPARED = pattern("compared.words", r"\b(WORDS)\b", re.IGNORECASE)
_CLOSE, _FEW = Fraction(15, 100), 3


def _compares(title: str) -> bool:
    return bool(_COMPARED.search(title)) or says_either(title)


def _alike(block: Block, ranks: Sequence[Sequence[int]]) -> bool:
    """Tell whether two columns below each title say nearly the same time, line after line."""
    pairs = [*zip(*ranks, strict=False)] if len(ranks) == 2 else []
    told = [
        [read_or_none(read_duration, cell_at(cells, at)) for at in pair] for _, cells in block.lines for pair in pairs
    ]
    both = [(first, second) for first, second in told if first and second]
    near = [abs(first - second) <= _CLOSE * max(first, second) for first, second in both]
    return len(near) >= _FEW and 4 * sum(near) >= 3 * len(near)
