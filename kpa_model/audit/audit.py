"""A rule, audited: laws kept or not with the smallest example, what the order of steps changes, who can play it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpa_model.audit.changes import HoursCut, LinesCut, with_facts
from kpa_model.audit.drawn import drawn_months
from kpa_model.audit.gestures import PloyGain, given, played
from kpa_model.audit.laws import LAWS, ROUNDING, Law, LinesAreNothing, received
from kpa_model.audit.margin import Margin, margin_of
from kpa_model.audit.order import Swap, swaps
from kpa_model.audit.shrink import smallest
from kpa_model.audit.trial import Example, against_on, light, worst_of
from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.pay.engine import Settlement, settle, settle_months
from kpa_model.pay.rule import PayRule


@dataclass(frozen=True, eq=False)
class LawVerdict:
    """One law. It was tried on `own` cases of the group's months and on `drawn` cases of drawn months.

    Attributes:
        months: labels of the group's months where it fails.
        worst: the case of the group where most cents go against it, None when it fails on no month of the group.
        example: the smallest example found, None when the law held everywhere it was tried.
    """

    law: Law
    own: int
    drawn: int
    months: tuple[str, ...]
    worst: Example | None
    example: Example | None

    @property
    def holds(self) -> bool:
        """Tell whether no case went against the law."""
        return self.example is None


@dataclass(frozen=True, eq=False)
class Audit:
    """Everything found on a rule over some months; `given` is what each position receives in one of them, cents."""

    rule: PayRule
    seed: int
    months: tuple[str, ...]
    verdicts: tuple[LawVerdict, ...]
    swaps: tuple[Swap, ...]
    given: tuple[int, ...]
    played: tuple[PloyGain, ...]
    margin: Margin


def audit(rule: PayRule, months: Sequence[Month], book: OrderBook | None = None, seed: int = 1) -> Audit:
    """Audit a rule on months that follow each other, and on drawn ones; the same seed gives the same audit.

    Args:
        rule: the rule.
        months: facts of the group's months, from the first of the book.
        book: where they come from, to date an invoice one day later.
        seed: of the drawn months.

    Raises:
        BrokenStep: a step of the rule gives an impossible result.
    """
    settled = tuple(replace(each, month=light(rule, each.month)) for each in settle_months(rule, months))
    drawn = tuple(light(rule, month) for month in drawn_months(rule, seed))
    return Audit(
        rule=rule,
        seed=seed,
        months=tuple(each.month.label for each in settled),
        verdicts=(
            *(verdict(rule, law, settled, drawn) for law in LAWS.values()),
            *([lines_cut(rule, settled, drawn, book)] if book else ()),
        ),
        swaps=swaps(rule, settled, drawn),
        given=given(settled),
        played=played(rule, settled),
        margin=margin_of(rule, settled, book),
    )


def verdict(rule: PayRule, law: Law, settled: Sequence[Settlement], drawn: Sequence[Month]) -> LawVerdict:
    """Try one law: on the group's months first, then on drawn ones; shrink the worst case, the group's own if any."""
    failing, worst, own = list[str](), None, 0
    for each in settled:
        changes, cents = against_on(rule, law, each.month)
        own += len(changes)
        if len(cents) and int(cents.max()) > ROUNDING:
            failing.append(each.month.label)
            at = int(cents.argmax())
            if worst is None or int(cents[at]) > worst.cents:
                worst = Example(each.month, changes[at], int(cents[at]))
    tried, other = _worst_drawn(rule, law, drawn)
    found = worst or other
    return LawVerdict(law, own, tried, tuple(failing), worst, smallest(rule, law, found) if found else None)


def lines_cut(rule: PayRule, settled: Sequence[Settlement], drawn: Sequence[Month], book: OrderBook) -> LawVerdict:
    """Note every hour of the book in two lines, read the months again, and see whether anybody gains; then drawn ones.

    On drawn months, and for the smallest example, the lines of a month are cut without a book.
    """
    halves = [
        replace(line, minutes=part, quantity=made)
        for line in book.hours
        for part, made in ((-(-line.minutes // 2), line.quantity), (line.minutes // 2, 0))
        if part
    ]
    law, worst, failing, after = LinesAreNothing(), None, list[str](), months_of(replace(book, hours=tuple(halves)))
    for each, then in zip(settled, after, strict=False):
        held = ("carried", "fund", "reserve", "owed", "saved", "past_pay", "past_minutes", "past_points")
        change = HoursCut(with_facts(then, {name: getattr(each.month, name) for name in held}))
        cents = int(law.against(change, received(each), received(settle(rule, change.then))))
        if cents > ROUNDING:
            failing.append(each.month.label)
            worst = Example(each.month, change, cents) if worst is None or cents > worst.cents else worst
    tried, found = _worst_drawn(rule, law, drawn)
    case = replace(worst, change=LinesCut()) if worst else found
    small = smallest(rule, law, case) if case else None
    example = small if small and small.cents > ROUNDING else worst  # else it hangs on what the book alone tells
    return LawVerdict(law, len(book.hours), tried, tuple(failing), worst, example)


def _worst_drawn(rule: PayRule, law: Law, drawn: Sequence[Month]) -> tuple[int, Example | None]:
    """Return on how many drawn cases a law was tried, and the worst one against it."""
    tried, found = 0, None
    for month in drawn:
        many, other = worst_of(rule, law, month)
        tried += many
        if other and other.cents > max(ROUNDING, found.cents if found else 0):
            found = other
    return tried, found
