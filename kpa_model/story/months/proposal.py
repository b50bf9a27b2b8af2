"""What the rule in force gives for a month, with the purses as they really are; and what closed months have become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpa_model.cooperative.book import OrderBook
from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.cooperative.chain import MonthMoney, money_chain
from kpa_model.cooperative.facts import months_of
from kpa_model.cooperative.month import Month
from kpa_model.cooperative.work import Hours, Kind
from kpa_model.ledger import closing, correcting
from kpa_model.ledger.accounts import SALES
from kpa_model.ledger.correcting import Drift
from kpa_model.ledger.events import MonthFrozen, SheetLine
from kpa_model.ledger.refusal import refuse
from kpa_model.pay.engine import Settlement, settle
from kpa_model.story.months.register import NamedLedger
from kpa_model.story.pay.chain import CARRIED, month_sentences
from kpa_model.story.pay.payslip import payslip
from kpa_model.story.provenance import package_version


@dataclass(frozen=True)
class ProposedMonth:
    """A month as it would be closed now; people are codes, save in `book`, which is as it was read."""

    settled: Settlement
    money: MonthMoney
    book: OrderBook
    coded: OrderBook


Facts = dict[str, tuple[Month, MonthMoney]]
_KNOWN: dict[tuple[int, tuple[str, ...]], tuple[OrderBook, OrderBook, Facts]] = {}


def facts_of(seen: NamedLedger, book: OrderBook, labels: Sequence[str]) -> Facts:
    """Return the facts of months in the book of today, people as codes; an empty month has facts too."""
    missing = set(labels) - {str(month) for month in book.months}
    _, found = _coded(_reaching(book, missing), seen) if missing else _known(book, seen)
    return {label: found[label] for label in labels}


def _known(book: OrderBook, seen: NamedLedger) -> tuple[OrderBook, Facts]:
    """Return a book with codes for names and the facts of its months, once for each object and each set of codes."""
    people = tuple(seen.who.code(member.name) for member in book.members)
    if (id(book), people) not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[id(book), people] = (book, *_coded(book, seen))
    return _KNOWN[id(book), people][1:]


def _coded(book: OrderBook, seen: NamedLedger) -> tuple[OrderBook, Facts]:
    coded = seen.who.book(book)
    months = zip(months_of(coded), money_chain(coded), strict=True)
    return coded, {str(money.month): (month, money) for month, money in months}


def _reaching(book: OrderBook, missing: Iterable[str]) -> OrderBook:
    """Return a book that has these months: a line of zero minutes says nothing, and makes the month exist."""
    if not book.members:
        raise refuse("Carnet", "il ne nomme personne.", "Ajoutez les personnes dans le carnet.")
    name = book.members[0].name
    empty = tuple(Hours(name, CalendarMonth.parse(label).first_day, Kind.COMMONS, 0) for label in sorted(missing))
    return replace(book, hours=(*book.hours, *empty))


def propose(seen: NamedLedger, book: OrderBook, label: str) -> ProposedMonth:
    """Return what the rule in force gives for a month that can be closed. Raises NotNow."""
    rule = closing.may_freeze(seen.state, label)
    month, money = facts_of(seen, book, [label])[label]
    settled = settle(rule.read(), closing.with_purses(seen.state, month))
    return ProposedMonth(settled, money, book, _known(book, seen)[0])


def freeze(
    seen: NamedLedger, book: OrderBook, label: str, notes: Sequence[str], vu: Sequence[str], on: date
) -> MonthFrozen:
    """Return the event that closes a month; `vu` holds the keys of the checks people looked at. Raises NotNow."""
    from kpa_model.story.months.checks import checks

    proposal = propose(seen, book, label)
    asked = checks(seen, proposal, notes)
    return closing.freeze(
        seen.state, proposal.settled, proposal.money, on,
        told=tell(proposal), checks=asked, seen=vu, engine=f"kpa_model {package_version()}",
    )  # fmt: skip


def tell(proposal: ProposedMonth) -> closing.Told:
    """Return every sentence of a month: those of the pot, those of each person."""
    settled, members = proposal.settled, proposal.settled.month.members
    slips = [payslip(settled, at) for at in range(len(members))]
    concerned = settled.month.paid | (settled.pay != 0) | (settled.month.all_minutes > 0)
    return closing.Told(
        pot_lines=tuple(_pot_lines(settled)),
        lines={
            slip.name: tuple(SheetLine(each.title, each.sentence, each.cents, each.reached) for each in slip.own)
            for slip, here in zip(slips, concerned, strict=True)
            if here
        },
        sentences=month_sentences(proposal.money, settled, proposal.book.cooperative.basis),
    )


def _pot_lines(settled: Settlement) -> list[SheetLine]:
    """Return how the pot was made: the lines add up to what people receive, all together."""
    month, closing_ = settled.month, settled.closing
    lines = [SheetLine("Ventes du mois, hors taxes", "", int(month.sales), int(month.sales))]
    if month.carried:
        lines.append(_next(lines, CARRIED[bool(month.carried > 0)], "", int(month.carried)))
    for each in payslip(settled, 0).before if month.members else ():
        lines.append(_next(lines, each.title, each.sentence, each.cents))
    received = int((settled.pay + closing_.saved - settled.opening.saved).sum())
    left = int(closing_.pot)
    if other := received + left - lines[-1].reached:
        lines.append(_next(lines, "Autres mouvements", "", other))
    if left:
        lines.append(_next(lines, "Laissé pour le mois suivant" if left > 0 else "Il manque", "", -left))
    return lines


def _next(lines: list[SheetLine], title: str, sentence: str, cents: int) -> SheetLine:
    return SheetLine(title, sentence, cents, lines[-1].reached + cents)


def drifts(seen: NamedLedger, book: OrderBook) -> dict[str, Drift]:
    """Return what the closed months would have given with the book of today, where something changed."""
    closed = [month for month in seen.state.closed if month.frozen]
    if not closed:
        return {}
    facts = facts_of(seen, book, [month.label for month in closed])
    found = {}
    for month in closed:
        assert month.frozen is not None
        if changed := correcting.drift(month, month.frozen.rule.read(), *facts[month.label]):
            found[month.label] = changed
    return found


def sold(frozen: MonthFrozen) -> int:
    """Return the sales of a closed month, before tax."""
    return frozen.moves.get(SALES, 0)
