"""Months that titles say with another word on one line, « sept th., sept eff. », or by their letters, « S ; O »."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kpa_model.files.book.cells import Cell, same
from kpa_model.files.book.dates import Period
from kpa_model.files.book.dictionaries import dictionaries
from kpa_model.files.book.findings import Findings
from kpa_model.files.book.matching import may_say
from kpa_model.files.book.reading.blocks import Block
from kpa_model.files.book.reading.context import NAMES, Context
from kpa_model.files.book.reading.dated.months import YEAR, in_order, which_year
from kpa_model.files.book.reading.sales.weights import says_money
from kpa_model.files.book.reading.spread.days import here
from kpa_model.files.book.reading.spread.people import TOTAL, names, timed
from kpa_model.files.book.reading.whose import named_by_line
from kpa_model.words import listing, month_name, month_names

_CUT = re.compile(rf"(?P<month>(?:{NAMES})\.?(?: 20\d\d)?)[ :/(_–-]+(?P<other>[^\d]+?)\)?", re.IGNORECASE)
_TURNED = re.compile(rf"(?P<other>[^\d]+?)[ :/(_–-]+(?P<month>(?:{NAMES})\.?(?: 20\d\d)?)\)?", re.IGNORECASE)
_NAMED = re.compile(rf"(?<![^\W\d_])({NAMES})(?![^\W\d_])", re.IGNORECASE)


def with_months_cut(block: Block, context: Context) -> Block:
    """Return a block whose titles each say a month and another word as titles on two lines, beside people.

    Each month has the same words, none of which is money.
    """
    found = {
        at: cut for at, title in enumerate(block.titles) if (cut := _CUT.fullmatch(title) or _TURNED.fullmatch(title))
    }
    below = defaultdict[str, list[str]](list)
    for cut in found.values():
        below[same(cut["month"])].append(same(cut["other"]))
    alike = len(below) > 1 and len({(*sorted(each),) for each in below.values()}) == 1
    work = not any(says_money(cut["other"]) for cut in found.values()) and all(timed(block.column(at)) for at in found)
    if block.over or not alike or not work or not _of_people(block, context):
        return block
    over = [found[at]["month"].replace(".", "") if at in found else "" for at in range(len(block.titles))]
    heads: list[Cell] = [found[at]["other"] if at in found else head for at, head in enumerate(block.heads)]
    return replace(block, heads=heads, over=tuple(over))


def _of_people(block: Block, context: Context) -> bool:
    """Tell whether a column names who worked on each line."""
    hours = dictionaries()["heures"]
    told = (at for at, title in enumerate(block.titles) if may_say(title, "personne", hours))
    return named_by_line(block, context) or any(names(block.column(at)) for at in told)


def with_letters_of_months(block: Block, context: Context, findings: Findings) -> Block | None:
    """Return a block whose letters are the months named around, « S ; O » under « sept oct 2026 »; None once asked.

    Three initials of months that follow each other are enough: « M ; J ; J ».
    """
    ranks = [at for at, title in enumerate(block.titles) if _LETTERS.fullmatch(title) and timed(block.column(at))]
    ranks = [at for at in ranks if not TOTAL.match(block.titles[at])]
    said = [same(block.titles[at]).strip(".") for at in ranks]
    around = ((text, [*dict.fromkeys(_NAMED.findall(text))]) for text in block.names)
    text, months = next((each for each in around if len(each[1]) > 1), ("", _in_a_row(said)))
    fit = len(said) >= len(months) and all(
        same(month).startswith(own) for month, own in zip(months, said, strict=False)
    )
    if not months or not fit or not _of_people(block, context):
        return block
    years, ranks = here(block, context).years, ranks[: len(months)]
    if not (whole := in_order(months, years, block.grid.answers.get(YEAR, ""))):
        findings.doubt(block.grid.place(block.head), which_year(months[0], years))
        return None
    letters = listing([f"« {block.titles[at]} »" for at in ranks])
    names = listing([month_name(each.first_day) for each in whole])
    why = f"d'après « {text} »" if text else "d'après leurs initiales"
    findings.heed(block.grid.place(block.head), f"{letters} : {names}, {why}.")
    own = {at: Period.of_month(month) for at, month in zip(ranks, whole, strict=True)}
    return replace(block, heads=[own.get(at, head) for at, head in enumerate(block.heads)])


_LETTERS = re.compile(r"[^\W\d_]{1,3}\.?")
_INITIALS = "".join(same(month)[0] for month in month_names())


def _in_a_row(letters: Sequence[str]) -> list[str]:
    """Return the months whose initials these letters begin with, three at least, when it can be no other ones.

    >>> _in_a_row(["s", "o", "n", "t"]), _in_a_row(["s", "o"]), _in_a_row(["m", "v", "k"])
    (['septembre', 'octobre', 'novembre'], [], [])
    """
    runs = ("".join(letters[:many]) for many in range(len(letters), 2, -1))
    run = next((each for each in runs if _INITIALS.count(each) == 1), "")
    start = _INITIALS.find(run)
    return [*month_names()[start : start + len(run)]]
