"""Where the ledger begins: the first month, and what the till holds that day."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.declare.markup import Html, tag
from kpa_model.ledger import closing
from kpa_model.ledger.events import LedgerOpened
from kpa_model.ledger.refusal import called
from kpa_model.story.months.register import NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.library import known_books
from kpa_model.ui.screens.months.room import MonthsRoom, amount_box, cents_of, typed, typed_amount
from kpa_model.words import listing


class Start:
    """The form of the opening balances."""

    def __init__(self, room: MonthsRoom, said: widgets.HTML) -> None:
        self.room, self.said = room, said
        book = self.book = room.book
        about = book.cooperative
        months = [(str(month), called(str(month))) for month in book.months]
        self.first = pieces.choice("Premier mois", months, self._ruled() or next((label for label, _ in months), ""))
        self.pot = amount_box("Reste dans l'enveloppe", 0)
        self.fund, self.reserve = amount_box("Dans le fonds commun"), amount_box("Dans la réserve")
        if months and self.first.value == months[0][0]:  # what the book says it held is true of its first month alone
            self.fund.value, self.reserve.value = typed_amount(about.opening_fund), typed_amount(about.opening_reserve)
        self.first.observe(lambda _: self._forget(), "value")
        self.debts = {member.name: amount_box(member.name, 0) for member in book.members}
        self.savings = {member.name: amount_box(member.name, 0) for member in book.members}
        self.note = typed("D'où viennent ces sommes ?", "Relevé de la CAE du 31 décembre")
        lost = room.register.without_book(known_books())
        self.box = pieces.column(
            *([pieces.html(_renamed(lost))] if lost else []),
            pieces.row(self.first, self.pot),
            pieces.row(self.fund, self.reserve),
            pieces.fold("Ce que le groupe doit déjà à des personnes", *self.debts.values()),
            pieces.fold("Ce qui est épargné au nom de personnes", *self.savings.values()),
            self.note,
            pieces.button("Commencer", self.write, "kpa-primary", said),
        )

    def _ruled(self) -> str:
        """Return the first month that has a rule; empty if none has."""
        state = self.room.read().state
        return next((str(month) for month in self.book.months if state.rule_of(str(month))), "")

    def follow(self) -> None:
        """Go on after a rule was put in force: what is typed stays, the first month is one that has a rule."""
        if self.first.value and self.room.read().state.rule_of(self.first.value) is None:
            self.first.value = self._ruled() or self.first.value

    def _forget(self) -> None:
        """Another month, other balances: only the group knows them."""
        self.fund.value = self.reserve.value = typed_amount(0)

    def write(self) -> None:
        """Write the opening balances."""
        first, pot, fund, reserve = self.first.value, *(cents_of(each) for each in (self.pot, self.fund, self.reserve))
        owed = {name: cents_of(box) for name, box in self.debts.items() if cents_of(box)}
        kept = {name: cents_of(box) for name, box in self.savings.items() if cents_of(box)}

        def opened(seen: NamedLedger) -> LedgerOpened:
            debts = {seen.who.code(name): cents for name, cents in owed.items()}
            savings = {seen.who.code(name): cents for name, cents in kept.items()}
            note = seen.who.hidden(self.note.value)
            return closing.open_ledger(seen.state, LedgerOpened(first, pot, fund, reserve, debts, savings, note))

        self.room.commit(opened, self.said, f"Le registre commence en {called(first)}.")


def _renamed(lost: tuple[str, ...]) -> Html:
    """Return what to do when a ledger is here and its book is not: months already paid are not to be begun again."""
    names = listing([f"« {name} »" for name in lost])
    return tag(
        "div",
        tag("p", tag("strong", f"Des mois sont gardés ici, pour {names}.")),
        tag("p", "Leur carnet n'est plus sur cet ordinateur. Son dossier a peut-être changé de nom."),
        tag("p", "Si c'est votre groupe, redonnez ce nom au dossier : vos mois reviennent. Ne les recommencez pas."),
        cls="kpa-warning",
    )
