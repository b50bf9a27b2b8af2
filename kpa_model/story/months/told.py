"""A real month, in sentences and rows of cents that add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpa_model.ledger import accounts
from kpa_model.ledger.events import SheetLine
from kpa_model.ledger.month_state import MonthState, MonthStatus
from kpa_model.ledger.refusal import called, titled
from kpa_model.story.months.register import NamedLedger
from kpa_model.words import day, euros, listing, percent

STATES = {
    MonthStatus.OPEN: "Le carnet de ce mois peut encore changer.",
    MonthStatus.FROZEN: "Les montants sont figés. Le groupe les lit, les retouche s'il le faut, puis les adopte.",
    MonthStatus.ADOPTED: "Les montants sont adoptés. Il reste à verser, ou à reporter.",
    MonthStatus.CLOSED: "Chaque centime est versé, ou reporté. Ce mois ne change plus.",
}
"""Where a month stands → what it means."""


@dataclass(frozen=True)
class AmountRow:
    """One person in one month, in cents: what the rule gives, changes by hand, what comes from other months; then
    the amount, what was received, what was carried, what is due."""

    code: str
    name: str
    proposed: int
    by_hand: int
    other: int
    amount: int
    received: int
    carried: int
    due: int

    @property
    def cents(self) -> tuple[int, ...]:
        """Every amount, in the order of the columns."""
        return (self.proposed, self.by_hand, self.other, self.amount, self.received, self.carried, self.due)


COLUMNS = ("La règle donne", "À la main", "Autres mois", "Montant", "Versé", "Reporté", "Reste dû")
AMOUNT, CARRIED = COLUMNS.index("Montant"), COLUMNS.index("Reporté")


def kept_columns(cells: Iterable[Sequence[int]]) -> list[int]:
    """Return the ranks of the columns that say something; the amount is always there, alone when the rule made it."""
    lines = list(cells)
    kept = [at for at in range(1, len(COLUMNS)) if at == AMOUNT or any(line[at] for line in lines)]
    return kept if kept[0] == AMOUNT else [0, *kept]


def rows(seen: NamedLedger, month: MonthState) -> list[AmountRow]:
    """Return one row for each person of a month, then one for all; columns add up, and rows too."""
    people = [each for each in month.people if any((month.amount(each), month.received(each), month.due(each)))]
    made = [_row(seen, month, person) for person in people]
    whole = [sum(each) for each in zip(*(row.cents for row in made), strict=True)] or [0] * len(COLUMNS)
    return [*made, AmountRow("", "Ensemble", *whole)]


def _row(seen: NamedLedger, month: MonthState, person: str) -> AmountRow:
    proposed = month.frozen.pay.get(person, 0) if month.frozen else 0
    pay = month.pay.get(person, 0)
    return AmountRow(
        person, seen.who.name(person), proposed, pay - proposed, month.amount(person) - pay, month.amount(person),
        month.received(person), month.carried.get(person, 0), month.due(person),
    )  # fmt: skip


def pot(seen: NamedLedger, month: MonthState) -> list[SheetLine]:
    """Return how the money of a closed month was shared out: from sales and what came from before, to people."""
    lines = [
        SheetLine(seen.who.told(each.title), seen.who.told(each.sentence), each.cents, each.reached)
        for each in (month.frozen.pot_lines if month.frozen else ())
    ]
    received = lines[-1].reached if lines else 0
    return [*lines, SheetLine("Les personnes reçoivent, toutes ensemble", "", received, received)]


def sheet(seen: NamedLedger, month: MonthState, person: str) -> list[SheetLine]:
    """Return the lines of a person's month: the rule, changes by hand, what comes from other months; they add up."""
    lines: list[SheetLine] = []
    frozen = month.frozen
    for each in frozen.lines.get(person, ()) if frozen else ():
        lines.append(_next(lines, seen, each.title, each.sentence, each.cents))
    missing = (frozen.pay.get(person, 0) if frozen else 0) - (lines[-1].reached if lines else 0)
    if missing:
        lines.append(_next(lines, seen, "La règle", "", missing))
    for shift in month.shifts:
        if person in (shift.source, shift.target):
            cents = shift.cents if person == shift.target else -shift.cents
            lines.append(_next(lines, seen, "Changé à la main", shift.reason, cents))
    for each in month.incoming.get(person, ()):
        lines.append(_next(lines, seen, each.title, each.sentence, each.cents))
    return lines


def _next(lines: Sequence[SheetLine], seen: NamedLedger, title: str, sentence: str, cents: int) -> SheetLine:
    reached = (lines[-1].reached if lines else 0) + cents
    return SheetLine(seen.who.told(title), seen.who.told(sentence), cents, reached)


def payment_sentences(seen: NamedLedger, month: MonthState, person: str) -> tuple[str, ...]:
    """Return what was paid of a month, what is kept back, what is left, in sentences."""
    name, limit = seen.who.name(person), seen.state.limit
    said = []
    for each in month.payments.values():
        if each.person == person:
            means = f", {seen.who.told(each.means)}" if each.means else ""
            what = "Avance versée" if each.advance else "Versé"
            said.append(f"{what} le {day(each.on)}{means} : {euros(each.cents)}.")
    if month.to_give_back(person):
        kept = month.kept_back(person, limit)
        said.append(
            f"{name} doit rendre {euros(month.to_give_back(person))} d'avant. "
            f"On retient au plus {percent(limit)} de ce que la règle donne : ici, {euros(kept)}."
        )
    if carried := month.carried.get(person, 0):
        said.append(f"{'Reporté' if carried > 0 else 'À retenir'} le mois suivant : {euros(abs(carried))}.")
    if (due := month.due(person)) > 0:
        said.append(f"Il reste à verser {euros(due)}.")
    return tuple(said)


def state_sentence(seen: NamedLedger, month: MonthState) -> str:
    """Return where a month stands, since when, by whom; and why it was opened again, if it was."""
    again = "".join(f" Rouvert : {seen.who.told(each).rstrip('.')}." for each in month.reopened)
    if month.adopted:
        by = listing([seen.who.name(each) for each in month.adopted.by])
        where = f" ({seen.who.told(month.adopted.decision)})" if month.adopted.decision else ""
        return f"{titled(month.label)} est {month.status}. Adopté le {day(month.adopted.on)} par {by}{where}.{again}"
    if month.frozen:
        return f"{titled(month.label)} est arrêté depuis le {day(month.frozen.on)}, et n'est pas adopté.{again}"
    return f"{titled(month.label)} est ouvert.{again}"


def purses(seen: NamedLedger) -> list[tuple[str, int]]:
    """Return what the till holds, purse by purse, then all together, in cents."""
    balances = seen.state.balances
    kept = sum(cents for name, cents in balances.items() if name.startswith(accounts.saved("")))
    due = sum(cents for name, cents in balances.items() if name.startswith(accounts.due("")))
    lines = [
        ("Enveloppe reportée", seen.state.balance(accounts.POT)),
        ("Fonds commun", seen.state.balance(accounts.FUND)),
        ("Réserve", seen.state.balance(accounts.RESERVE)),
        ("Épargne des personnes", kept),
        ("À verser aux personnes", due),
    ]
    return [*lines, ("La caisse tient", sum(cents for _, cents in lines))]


def balance_sentence(seen: NamedLedger) -> str:
    """Return that what came in is what went out and what is held."""
    balances = seen.state.balances
    came, went, held = accounts.came_in(balances), accounts.went_out(balances), accounts.held(balances)
    return (
        f"Depuis le début : {euros(came)} sont entrés, {euros(went)} sont sortis, {euros(held)} restent dans la caisse."
    )


def opening_sentence(seen: NamedLedger) -> str:
    """Return what the till held when the ledger began, and where that comes from."""
    opened = seen.state.opened
    if opened is None:
        return ""
    held = opened.pot + opened.fund + opened.reserve + sum(opened.saved.values())
    source = f" {seen.who.told(opened.note).rstrip('.')}." if opened.note else ""
    return f"Au départ, en {called(opened.month)}, la caisse tenait {euros(held)}.{source}"


def promised(seen: NamedLedger) -> tuple[str, ...]:
    """Return what was promised to people and waits: this money is not in the till."""
    owed = {code: cents for code, cents in seen.state.owed.items() if cents}
    return tuple(f"Le groupe doit encore {euros(cents)} à {seen.who.name(code)}." for code, cents in owed.items())


def next_month(seen: NamedLedger) -> str:
    """Return the month the group has something to do with now: the one of `next_step`."""
    late = [each.label for each in seen.state.closed if each.status is MonthStatus.ADOPTED]
    return seen.state.frozen.label if seen.state.frozen else late[0] if late else seen.state.next_label


def next_step(seen: NamedLedger) -> str:
    """Return what the group has to do now, in one sentence."""
    state = seen.state
    if not seen.begun:
        return "Commencez : dites ce qu'il y a dans la caisse."
    if state.frozen:
        return f"{titled(state.frozen.label)} est arrêté : lisez les montants, puis adoptez-les."
    late = [each.label for each in state.closed if each.status is MonthStatus.ADOPTED]
    if late:
        return f"Il reste à verser pour {listing([called(each) for each in late])}."
    return f"Le prochain mois à arrêter est {called(state.next_label)}."
