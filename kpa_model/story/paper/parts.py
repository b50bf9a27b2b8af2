"""What the documents are made of: a period, the way of its money, who received what, where it comes from."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from kpa_model import places
from kpa_model.cooperative.book import Basis
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney
from kpa_model.declare.rows import WaterfallBar
from kpa_model.pay.engine import Settlement
from kpa_model.story.pay.chain import CARRIED, chain_rows
from kpa_model.words import count, euros, month_name, of

NET_IS_SMALLER = "Ces montants sont en coût total : le net est plus petit. À vérifier avec la CAE."
_WORDS = (
    "TTC", "HT", "marge", "contribution à la CAE", "enveloppe à répartir", "fonds commun", "coût total", "brut", "net",
)  # fmt: skip
_PEOPLE = "Pour les personnes"


@dataclass(frozen=True)
class PaidShare:
    """One person over some months, in cents: pay and launch savings together, what is still owed; and minutes."""

    name: str
    cents: int
    owed: int
    minutes: int


def shares(settlements: Sequence[Settlement]) -> tuple[PaidShare, ...]:
    """Return one share for each person who could be paid at least once, in the order of the list of members."""
    who = np.any([each.month.paid for each in settlements], axis=0)
    total = np.sum([each.pay + each.closing.saved - each.opening.saved for each in settlements], axis=0)
    minutes = np.sum([each.month.all_minutes for each in settlements], axis=0)
    owed = settlements[-1].closing.owed
    return tuple(
        PaidShare(name, int(total[at]), int(owed[at]), int(minutes[at]))
        for at, name in enumerate(settlements[0].month.members)
        if who[at] or total[at] or owed[at]
    )


def period(settlements: Sequence[Settlement]) -> str:
    """Return `février 2019`, or `de février 2019 à avril 2019`."""
    return between(settlements[0].month.label, settlements[-1].month.label)


def between(first: str, last: str) -> str:
    """Return the French writing of the months from `2019-02` to `2019-04`."""
    said = [_month(label) for label in dict.fromkeys((first, last))]
    return said[0] if len(said) == 1 else f"{of(said[0])} à {said[1]}"


def ending(last: str, span: int) -> str:
    """Return the period of `span` months that ends with `last`."""
    try:
        return between(str(CalendarMonth.parse(last) + (1 - span)), last)
    except ValueError:
        return last


def _month(label: str) -> str:
    try:
        return month_name(CalendarMonth.parse(label).first_day)
    except ValueError:
        return label


def way_of_money(
    months_money: Sequence[MonthMoney], settlements: Sequence[Settlement], basis: Basis | None = None
) -> tuple[WaterfallBar, ...]:
    """Return the rows from TTC to people over months that follow each other; people are one row, all together.

    Moves of the same name are added up. What the first month found and what the last one leaves are kept; what goes
    from one month to the next inside the period is not counted twice. `basis` as in `chain_rows`.
    """
    moves: dict[tuple[str, int], WaterfallBar] = {}
    order: list[tuple[str, int]] = []
    for at, (money, settled) in enumerate(zip(months_money, settlements, strict=True)):
        _gather(_before_people(chain_rows(money, settled, basis), inside=at > 0), moves, order)
    received = sum(int((s.pay + s.closing.saved - s.opening.saved).sum()) for s in settlements)
    left = int(settlements[-1].closing.pot)
    return _running([moves[key] for key in order], received, left)


def _before_people(rows: Sequence[WaterfallBar], inside: bool) -> list[WaterfallBar]:
    last = max(at for at, row in enumerate(rows) if row.level and row.label == _PEOPLE)
    return [row for row in rows[:last] if not (inside and row.label in CARRIED.values())]


def _gather(
    rows: Sequence[WaterfallBar], moves: dict[tuple[str, int], WaterfallBar], order: list[tuple[str, int]]
) -> None:
    """Add the rows of a month to those already known; a new one takes its place after its neighbour."""
    at, seen = -1, dict.fromkeys((row.label for row in rows), 0)
    for row in rows:
        key = (row.label, seen[row.label])
        seen[row.label] += 1
        if key in moves:
            moves[key] = WaterfallBar(row.label, 0, moves[key].end + row.cents, row.layer, row.level)
            at = order.index(key)
        else:
            moves[key] = WaterfallBar(row.label, 0, row.cents, row.layer, row.level)
            at += 1
            order.insert(at, key)


def _running(moves: Sequence[WaterfallBar], received: int, left: int) -> tuple[WaterfallBar, ...]:
    """Put the moves one after another, then people, then what is left; the last bar ends on zero."""
    rows: list[WaterfallBar] = []
    now = 0
    for move in moves:
        now, before = (move.end if not rows else now) if move.level else now + move.end, now
        rows.append(WaterfallBar(move.label, 0 if move.level else before, now, move.layer, move.level))
    if other := received + left - now:
        rows.append(WaterfallBar("Autres mouvements", now, now + other, "coût total"))
    rows.append(WaterfallBar(_PEOPLE, 0, received + left, "coût total", level=True))
    rows.append(WaterfallBar("Les personnes reçoivent", received + left, left, "coût total", received=True))
    if left:
        rows.append(WaterfallBar("Reste pour le mois suivant" if left > 0 else "Il manque", left, 0, "coût total"))
    return tuple(rows)


def checked_promises(settlements: Sequence[Settlement]) -> list[dict[str, object]]:
    """Return each promise: its sentence, whether it is kept, and what happened."""
    said: list[dict[str, object]] = []
    for promise in settlements[0].rule.promises:
        kept = sum(bool(promise.kept(each)) for each in settlements)
        whole = kept == len(settlements)
        seen = f"Tenue {kept} mois sur {len(settlements)}."
        if len(settlements) == 1:
            seen = promise.verdict(settlements[0])
        said.append({"phrase": promise.says(), "tenue": whole, "constat": seen})
    return said


def others_who_gave_time(settlements: Sequence[Settlement]) -> str:
    """Return a sentence about people who gave time and could not be paid; empty when there is none."""
    who = np.any([each.month.paid for each in settlements], axis=0)
    gave = np.sum([each.month.all_minutes for each in settlements], axis=0) > 0
    many = int((gave & ~who).sum())
    verb = "a donné du temps sans pouvoir être payée" if many == 1 else "ont donné du temps sans pouvoir être payées"
    return f"{count(many, 'autre personne', 'autres personnes')} {verb} : il faut un CAPE." if many else ""


def monthly_lines(months_money: Sequence[MonthMoney], settlements: Sequence[Settlement]) -> list[list[str]]:
    """Return one line per month: its name, sales, margin, what people and the commons received."""
    return [
        [
            _month(str(money.month)),
            euros(money.sales),
            euros(money.margin),
            euros(int(settled.pay.sum())),
            euros(int(settled.closing.fund - settled.opening.fund + settled.closing.reserve - settled.opening.reserve)),
        ]
        for money, settled in zip(months_money, settlements, strict=True)
    ]


def follow_each_other(settlements: Sequence[Settlement]) -> bool:
    """Tell whether months come one after another, without a hole."""
    ranks = [each.month.turn for each in settlements]
    return all(after == before + 1 for before, after in pairwise(ranks))


@lru_cache(maxsize=1)
def words_of_money() -> tuple[tuple[str, str], ...]:
    """Return the words of money and their definitions, from the glossary of the workbook."""
    path = places.data() / "glossaire.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        known = {line["français"]: line["définition"] for line in csv.DictReader(file, delimiter=";")}
    return tuple((word, known[word]) for word in _WORDS if word in known)
