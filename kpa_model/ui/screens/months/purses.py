"""What the till holds, and what is spent together: a decision, a date, an amount, a receipt."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import ipywidgets as widgets

from kpa_model.cooperative.book import Basis
from kpa_model.declare.markup import Piece, joined, table, tag
from kpa_model.declare.unit import PERCENT
from kpa_model.ledger import accounts, paying
from kpa_model.ledger.refusal import refuse
from kpa_model.story.months import told
from kpa_model.story.months.register import NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.screens.months import tables
from kpa_model.ui.screens.months.room import (
    PartsScreen,
    Undoing,
    cents_of,
    day_box,
    day_of,
    info,
    people_choice,
    typed,
)
from kpa_model.ui.state import Store
from kpa_model.words import day, euros, percent

_WHEN = {
    Basis.INVOICED: "Une vente compte ici dès sa facture, même si le client n'a pas encore payé.",
    Basis.RECEIVED: "Une vente compte ici quand le client a payé.",
}
_CHOICES = {accounts.FUND: "Le fonds commun", accounts.RESERVE: "La réserve"}


@pieces.framed
def month_purses(store: Store) -> widgets.Widget:
    """Show every purse, and spend from the fund or the reserve."""
    return _Purses(store).box


class _Purses(PartsScreen):
    """The screen of the purses."""

    def draw(self, seen: NamedLedger) -> Sequence[widgets.Widget]:
        """Say what is held; offer what can be done."""
        if not seen.begun:
            self.top.value = info("Le registre n'est pas commencé.")
            return ()
        rows: list[tuple[Piece, list[str]]] = [(name, [euros(cents)]) for name, cents in told.purses(seen)]
        self.top.value = joined(
            tables.money_table("Ce que la caisse tient", ("Poche", "Euros"), rows),
            tag("p", told.balance_sentence(seen), " ", _WHEN[self.room.book.cooperative.basis]),
            tag("p", told.opening_sentence(seen)),
            self._debts(seen), self._spent(seen),
        )  # fmt: skip
        return (self._spend(), *self._undo(seen), *self._settle(seen), self._limit(seen))

    def _debts(self, seen: NamedLedger) -> Piece:
        rows: list[tuple[Piece, list[str]]] = [
            (seen.who.name(code), [euros(cents)]) for code, cents in seen.state.owed.items() if cents
        ]
        if not rows:
            return None
        rows.append(("Ensemble", [euros(sum(seen.state.owed.values()))]))
        caption = "Promis et pas encore payé. Cet argent n'est pas dans la caisse."
        return tables.money_table(caption, ("Personne", "Le groupe lui doit"), rows)

    def _spent(self, seen: NamedLedger) -> Piece:
        if not seen.state.expenses:
            return None
        rows = [
            (day(each.on), seen.who.told(each.what), _CHOICES.get(each.purse, each.purse),
             seen.who.told(each.decision), seen.who.told(each.receipt), euros(each.cents))
            for each in seen.state.expenses.values()
        ]  # fmt: skip
        head = ("Jour", "Pour quoi", "Poche", "Décision", "Reçu", "Montant")
        kinds = (None, None, None, None, "kpa-amount")
        whole = [("Ensemble", *[""] * 4, euros(sum(each.cents for each in seen.state.expenses.values())))]
        return table("Dépenses communes", head, rows, cls=tables.LOOK, kinds=kinds, foot=whole, blocks=True)

    def _spend(self) -> widgets.Widget:
        purse, cents = pieces.choice("Poche", _CHOICES, accounts.FUND), typed("Montant dépensé", "45,50")
        what, on = typed("Pour quoi ?", "Deux tables pliantes"), day_box("Le")
        decision, receipt = typed("Décision", "Réunion du 3 mars"), typed("Référence du reçu", "Ticket 118")
        key = secrets.token_hex(6)

        def write() -> None:
            amount, spent_on = cents_of(cents), day_of(on)
            self.room.commit(
                lambda now: paying.spend(
                    now.state, purse.value, amount, spent_on, now.who.hidden(what.value), key,
                    now.who.hidden(decision.value), now.who.hidden(receipt.value),
                ),
                self.said,
                "La dépense est notée.",
            )  # fmt: skip

        rows = (pieces.row(purse, cents), pieces.row(what, on), pieces.row(decision, receipt))
        return pieces.fold(
            "Dépenser du fonds ou de la réserve", *rows, pieces.button("Noter la dépense", write, said=self.said)
        )

    def _undo(self, seen: NamedLedger) -> list[widgets.Widget]:
        if not seen.state.expenses:
            return []
        shown = {key: f"{seen.who.told(each.what)}, {euros(each.cents)}" for key, each in seen.state.expenses.items()}
        told = Undoing("Annuler une dépense qui n'a pas eu lieu", "Annuler cette dépense", "La dépense est annulée.")
        return [self.room.undoing(people_choice("Dépense", shown), paying.undo_expense, told, self.said)]

    def _settle(self, seen: NamedLedger) -> list[widgets.Widget]:
        people = {code: f"{seen.who.name(code)} : {euros(cents)}" for code, cents in seen.state.owed.items() if cents}
        if not people:
            return []
        person, cents = people_choice("Personne", people), typed("Montant à payer", "45,50")
        purse = pieces.choice("Poche", {**_CHOICES, accounts.POT: "L'enveloppe reportée"}, accounts.RESERVE)
        why = typed("Qui l'a décidé, et quand ?")

        def write() -> None:
            amount = cents_of(cents)
            self.room.commit(
                lambda now: paying.settle_debt(now.state, person.value, purse.value, amount, now.who.hidden(why.value)),
                self.said,
                "La dette sera payée avec le prochain mois, sur sa propre ligne.",
            )

        button = pieces.button("Payer cette dette", write, said=self.said)
        return [
            pieces.fold(
                "Payer ce que nous devons à une personne", pieces.row(person, cents), pieces.row(purse, why), button
            )
        ]

    def _limit(self, seen: NamedLedger) -> widgets.Widget:
        share, why = typed("Part du mois, au plus", percent(seen.state.limit)), typed("Qui l'a décidé, et quand ?")

        def write() -> None:
            try:
                ppm = PERCENT.exact(share.value)
            except ValueError:
                raise refuse("Retenue", "la part n'est pas comprise.", "Écrivez par exemple 10 %.") from None
            self.room.commit(
                lambda now: paying.set_limit(ppm, now.who.hidden(why.value)), self.said, "La part est notée."
            )

        help_ = (
            f"Quand une personne a reçu trop, on retient au plus {percent(seen.state.limit)} "
            "de ce que la règle lui donne chaque mois. Demandez à la CAE ce que la loi permet."
        )
        button = pieces.button("Changer cette part", write, said=self.said)
        return pieces.fold(
            "Retenir ce qui a été versé en trop", pieces.html(tag("p", help_)), pieces.row(share, why), button
        )
