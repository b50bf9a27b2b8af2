"""What was paid of a month: the request to the CAE, its answer, payments whole or in parts, what is carried."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import ipywidgets as widgets

from kpa_model.declare.markup import items, joined, tag
from kpa_model.ledger import paying
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import called
from kpa_model.story.months import request as story
from kpa_model.story.months.register import NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.screens.months.room import (
    MonthsRoom,
    Undoing,
    amount_box,
    cents_of,
    day_box,
    day_of,
    people_choice,
    typed,
)
from kpa_model.words import day, euros


class Payments:
    """The part of a real month that is about money really paid."""

    def __init__(self, room: MonthsRoom, said: widgets.HTML, seen: NamedLedger, month: MonthState) -> None:
        self.room, self.said, self.seen, self.month = room, said, seen, month
        self.key = f"{month.label}:{secrets.token_hex(6)}"

    def parts(self) -> list[widgets.Widget]:
        """Return the request, its answer, payments, and what is left."""
        asked = self._answer() if self.month.requested else self._request()
        return [
            *self.answered(),
            *asked,
            self._all(),
            self._one("Noter un versement, ou une partie", self._people()),
            self._carry(),
            *self.undoing(),
        ]

    def _people(self) -> dict[str, str]:
        return {code: self.seen.who.name(code) for code in self.month.people}

    def _request(self) -> list[widgets.Widget]:
        due, reference, on = widgets.DatePicker(description="Date limite de la CAE"), typed("Référence"), day_box("Le")
        label = self.month.label

        def write() -> None:
            sent, limit = day_of(on), due.value
            self.room.commit(
                lambda now: paying.request(now.state, label, sent, limit, now.who.hidden(reference.value)),
                self.said,
                "La demande est notée. Prenez-la plus bas, à « Quels papiers donner ? ».",
            )

        button = pieces.button("Noter la demande à la CAE", write, said=self.said)
        return [pieces.fold("Demander à la CAE de payer", pieces.row(on, due), reference, button)]

    def _answer(self) -> list[widgets.Widget]:
        outcome = pieces.choice("La CAE répond", paying.OUTCOMES, "payee")
        on, note = day_box("Le"), typed("Précisions")
        left = self.month.awaited(self.seen.state.limit)
        figures = {code: amount_box(f"Payé à {self.seen.who.name(code)}", cents) for code, cents in left.items()}
        label = self.month.label

        def write() -> None:
            said_on, chosen = day_of(on), outcome.value
            paid = {code: cents_of(box) for code, box in figures.items()} if chosen == "payee" else {}
            self.room.commit(
                lambda now: paying.answer(now.state, label, said_on, chosen, paid, now.who.hidden(note.value)),
                self.said,
                "La réponse de la CAE est notée." + (" Les différences restent dues." if paid else ""),
            )

        button = pieces.button("Noter la réponse", write, said=self.said)
        form = pieces.fold("Noter la réponse de la CAE", pieces.row(outcome, on), *figures.values(), note, button)
        return [form]

    def answered(self) -> list[widgets.Widget]:
        """Return what the CAE was asked and answered, when it was."""
        first, *more = story.answers_told(self.seen, self.month) or ("",)
        return [pieces.html(joined(tag("p", first), items(more)))] if first else []

    def _all(self) -> widgets.Widget:
        on, means = day_box("Versé le"), typed("Comment ?", "Virement de la CAE")
        label = self.month.label
        state = self.seen.state
        whole = sum(self.month.payable(code, state.limit) for code in self.month.people)

        def write() -> None:
            paid_on = day_of(on)
            self.room.commit(
                lambda now: paying.pay_all(now.state, label, paid_on, self.key, now.who.hidden(means.value)),
                self.said,
                f"Tout ce qui pouvait l'être est versé pour {called(label)}.",
            )

        button = pieces.button(f"Noter : tout est versé ({euros(whole)})", write, "kpa-primary", self.said)
        return pieces.column(pieces.row(on, means), button)

    def early(self, people: Mapping[str, str]) -> list[widgets.Widget]:
        """Return how an advance is noted before the month is closed; `people` is code → name."""
        return [self._one("Noter une avance, avant d'arrêter le mois", people, True), *self.undoing()] if people else []

    def _one(self, title: str, people: Mapping[str, str], early: bool = False) -> widgets.Widget:
        person, cents = people_choice("Personne", people), typed("Montant versé", "45,50")
        on, means = day_box("Versé le"), typed("Comment ?")
        said = "C'est une avance, au-delà de ce qui est dû"
        ahead = widgets.Checkbox(value=early, description=said, indent=False)
        label = self.month.label

        def write() -> None:
            amount, paid_on = cents_of(cents), day_of(on)
            self.room.commit(
                lambda now: paying.pay(
                    now.state, label, person.value, amount, paid_on, f"{self.key}:un",
                    means=now.who.hidden(means.value), advance=ahead.value,
                ),
                self.said,
                "Le versement est noté.",
            )  # fmt: skip

        button = pieces.button("Noter ce versement", write, said=self.said)
        return pieces.fold(title, pieces.row(person, cents), pieces.row(on, means), *([] if early else [ahead]), button)

    def _carry(self) -> widgets.Widget:
        why, label = typed("Pourquoi le reste attend-il ?"), self.month.label

        def write() -> None:
            self.room.commit(
                lambda now: paying.carry(now.state, label, now.who.hidden(why.value)),
                self.said,
                "Le reste est reporté au mois suivant, sur sa propre ligne.",
            )

        return pieces.fold("Reporter le reste au mois suivant", why, pieces.button("Reporter", write, said=self.said))

    def undoing(self) -> list[widgets.Widget]:
        """Return how a payment that did not take place is undone, when there is one."""
        payments = {
            key: f"{self.seen.who.name(each.person)}, {euros(each.cents)}, le {day(each.on)}"
            for key, each in self.month.payments.items()
        }
        if not payments:
            return []
        told = Undoing("Annuler un versement qui n'a pas eu lieu", "Annuler ce versement", "Le versement est annulé.")
        return [self.room.undoing(people_choice("Versement", payments), paying.undo_payment, told, self.said)]
