"""One real month, from open to closed: what the rule gives, what to look at, what the group adopts."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.ledger import closing, facts
from kpa_model.ledger.month_state import MonthState, MonthStatus
from kpa_model.ledger.refusal import called, following, titled
from kpa_model.story.months import proposal, told
from kpa_model.story.months.checks import checks
from kpa_model.story.months.register import NamedLedger
from kpa_model.story.pay.balance import balance as balance_of
from kpa_model.ui import pieces
from kpa_model.ui.screens.months import tables
from kpa_model.ui.screens.months.paid import Payments
from kpa_model.ui.screens.months.room import (
    MonthsRoom,
    cents_of,
    chosen_names,
    day_box,
    day_of,
    info,
    people_choice,
    typed,
)
from kpa_model.ui.screens.months.start import Start
from kpa_model.ui.screens.share.balance import balance
from kpa_model.ui.state import Store
from kpa_model.words import euros, of


@pieces.framed
def real_months(store: Store) -> widgets.Widget:
    """Close the months one after the other: freeze, adopt, pay."""
    return RealMonths(store).box


class RealMonths:
    """The screen of a real month. What it offers follows where the month stands."""

    def __init__(self, store: Store) -> None:
        self.room = MonthsRoom(store)
        self.top, self.said = pieces.html(), pieces.html()
        self.chosen = pieces.choice("Mois", [("", "")], "")
        self.body = pieces.column()
        self._book = ""
        self._start: Start | None = None
        self.chosen.observe(lambda _: self.draw(), "value")
        pieces.follow(store, self.top, self.show)
        noticed = pieces.known(store, lambda _: not self.room.read().begun)  # in an open month, they are boxes to tick
        self.box = pieces.column(self.top, noticed, self.chosen, self.said, self.body)

    def show(self) -> None:
        """Read the ledger again, and draw everything."""
        seen = self.room.read()
        if self._book != self.room.store.state.book:
            self._book, self.said.value, self._start = self.room.store.state.book, "", None
        labels = sorted({*(each.label for each in seen.state.closed), *self._ahead(seen)})
        before = self.chosen.value
        pieces.fill(self.chosen, [(label, f"{called(label)} : {seen.state.status(label)}") for label in labels])
        if not before and labels:
            self.chosen.value = told.next_month(seen)
        self.chosen.layout.display = None if labels else "none"
        self.top.value = joined(pieces.live(pieces.sentences([told.next_step(seen)])), tables.all_months(seen))
        self.draw()

    def _ahead(self, seen: NamedLedger) -> list[str]:
        return [seen.state.next_label] if seen.begun else []

    def draw(self) -> None:
        """Draw the month chosen; what it offered before is forgotten."""
        seen = self.room.read()
        if not seen.begun and self._start and self._start.book == self.room.book:
            self._start.follow()  # the same form: nothing typed is lost, and a click made meanwhile counts
            return
        pieces.turn(self.body)
        self._start = None if seen.begun else Start(self.room, self.said)
        if self._start:
            self.body.children = (self._start.box,)
        elif self.chosen.value:
            pieces.guarded(self.said, lambda: setattr(self.body, "children", tuple(self._parts(seen))))

    def _parts(self, seen: NamedLedger) -> list[widgets.Widget]:
        month = seen.state.month(self.chosen.value)
        head = joined(
            tag("h3", titled(month.label)), tables.steps(str(month.status)),
            tag("p", told.state_sentence(seen, month), " ", told.STATES[month.status]),
        )  # fmt: skip
        draws = {
            MonthStatus.OPEN: self._open,
            MonthStatus.FROZEN: self._frozen,
            MonthStatus.ADOPTED: self._adopted,
            MonthStatus.CLOSED: self._closed,
        }
        noticed = [] if month.status is MonthStatus.OPEN else [pieces.known(self.room.store)]
        return [pieces.html(head), *noticed, *draws[month.status](seen, month)]

    # --- open ---------------------------------------------------------------------------------------------------------

    def _open(self, seen: NamedLedger, month: MonthState) -> list[widgets.Widget]:
        label = month.label
        if seen.state.rule_of(label) is None:
            return [pieces.html(info("Mettez d'abord une règle en vigueur, plus haut sur cette page."))]
        proposed = proposal.propose(seen, self.room.book, label)
        picture = self._given(seen, proposed)
        asked = checks(seen, proposed, self.room.notes)
        boxes = {key: widgets.Checkbox(description=seen.who.told(said), indent=False) for key, said in asked}
        for box in boxes.values():
            box.add_class("kpa-check")
        first = (
            "Avant d'arrêter, regardez ensemble. Cochez ce que vous avez vu." if boxes else "Rien à vérifier de plus."
        )

        def write() -> None:
            vu = [key for key, box in boxes.items() if box.value]
            day = day_of(on)
            self.room.commit(
                lambda now: proposal.freeze(now, self.room.book, label, self.room.notes, vu, day),
                self.said,
                f"{titled(label)} est arrêté. Lisez les montants ensemble, puis adoptez-les.",
            )

        on = day_box("Arrêté le")
        send = pieces.button(f"Arrêter {called(label)}", write, "kpa-primary", self.said)
        real = proposed.settled.month
        here = {code: seen.who.name(code) for code, paid in zip(real.members, real.paid, strict=True) if paid}
        early = Payments(self.room, self.said, seen, month).early(here)
        return [pieces.html(picture), *early, pieces.html(tag("p", first)), *boxes.values(), pieces.row(on, send)]

    def _given(self, seen: NamedLedger, proposed: proposal.ProposedMonth) -> Html:
        """Return what the rule in force gives for a month, before it is closed."""
        settled = proposed.settled
        people = [(seen.who.name(code), int(cents))
                  for code, cents in zip(settled.month.members, settled.pay, strict=True) if cents]  # fmt: skip
        rows = [(name, [euros(cents)]) for name, cents in people]
        rows.append(("Ensemble", [euros(sum(cents for _, cents in people))]))
        rule = seen.state.rule_of(settled.month.label)
        sentences = proposal.tell(proposed).sentences
        head, caption = ("Personne", "Coût total"), f"Ce que donne la règle pour {called(settled.month.label)}"
        lines = seen.state.month(settled.month.label).incoming.values()
        more = sum(each.cents for found in lines for each in found)
        verb = "D'autres mois y ajoutent" if more > 0 else "D'autres mois en retirent"
        return joined(
            tag("p", f"Règle en vigueur : « {seen.who.told(rule.title) if rule else ''} »."),
            pieces.sentences([seen.who.told(each) for each in sentences]),
            tables.money_table(caption, head, rows) if people else None,
            tag("p", f"{verb} {euros(abs(more))}, sur une ligne à part.") if more else None,
            balance(balance_of([settled])),
        )

    # --- frozen -------------------------------------------------------------------------------------------------------

    def _frozen(self, seen: NamedLedger, month: MonthState) -> list[widgets.Widget]:
        shifts = items(seen.who.told(f"{euros(each.cents)} {of(each.source)} à {each.target} : {each.reason}")
                       for each in month.shifts)  # fmt: skip
        picture = joined(tables.amounts(seen, month), shifts and tag("h4", "Changé à la main") + shifts)
        shift = [self._shift(seen, month)] if any(month.pay.values()) else []
        return [pieces.html(picture), *shift, *self._adopt(seen, month), self._reopen(month)]

    def _shift(self, seen: NamedLedger, month: MonthState) -> widgets.Widget:
        able = facts.payable_members(month.frozen.facts) if month.frozen else ()
        people = {code: seen.who.name(code) for code in able}
        source, target = people_choice("Prendre à", people), people_choice("Donner à", people)
        cents, why = typed("Montant à déplacer", "12,50"), typed("Raison, imprimée sur les fiches")

        def write() -> None:
            amount = cents_of(cents)
            self.room.commit(
                lambda now: closing.shift(
                    now.state, month.label, source.value, target.value, amount, now.who.hidden(why.value)
                ),
                self.said,
                "Le montant est changé. Le total reste le même.",
            )

        button = pieces.button("Changer ce montant", write, said=self.said)
        return pieces.fold("Changer un montant à la main", pieces.row(source, target), pieces.row(cents, why), button)

    def _adopt(self, seen: NamedLedger, month: MonthState) -> list[widgets.Widget]:
        names = [seen.who.name(code) for code in (month.frozen.facts["members"] if month.frozen else [])]
        here = [name for name in names if any(seen.who.name(code) == name for code in month.people)] or names
        boxes = {name: widgets.Checkbox(description=name, indent=False) for name in here}
        others, decision, on = typed("Autres personnes"), typed("Où est-ce écrit ?"), day_box("Adopté le")
        grid = widgets.HBox(list(boxes.values()))
        grid.add_class("kpa-ticks")

        due = any(month.due(code) for code in month.people)
        after = "Vous pouvez préparer la demande à la CAE." if due else "Il n'y a rien à verser : il est clos."

        def write() -> None:
            by, day = chosen_names(boxes, others.value), day_of(on)
            self.room.commit(
                lambda now: closing.adopt(
                    now.state, month.label, day, [now.who.code(name) for name in by], now.who.hidden(decision.value)
                ),
                self.said,
                f"{titled(month.label)} est adopté. {after}",
            )

        send = pieces.button(f"Adopter {called(month.label)}", write, "kpa-primary", self.said)
        head = pieces.html(tag("h4", "Qui adopte ces montants ?"))
        return [head, grid, pieces.row(others, decision), pieces.row(on, send)]

    def _reopen(self, month: MonthState) -> widgets.Widget:
        why = typed("Pourquoi rouvrir ?", "Une facture manquait")

        def write() -> None:
            self.room.commit(
                lambda now: closing.reopen(now.state, month.label, now.who.hidden(why.value)),
                self.said,
                f"{titled(month.label)} est rouvert. Ce qui était arrêté reste écrit dans le registre.",
            )

        return pieces.fold("Rouvrir ce mois", why, pieces.button("Rouvrir", write, said=self.said))

    # --- adopted, closed ----------------------------------------------------------------------------------------------

    def _adopted(self, seen: NamedLedger, month: MonthState) -> list[widgets.Widget]:
        paid = Payments(self.room, self.said, seen, month)
        return [pieces.html(tables.amounts(seen, month)), *paid.parts(), self._reopen(month)]

    def _closed(self, seen: NamedLedger, month: MonthState) -> list[widgets.Widget]:
        paid = Payments(self.room, self.said, seen, month)
        last = seen.state.closed[-1].label == month.label
        after: list[widgets.Widget] = [self._reopen(month)] if last else []
        if last:
            after.insert(0, self._go_on(following(month.label)))
        return [pieces.html(tables.amounts(seen, month)), *paid.answered(), *paid.undoing(), *after]

    def _go_on(self, label: str) -> widgets.Widget:
        def go() -> None:
            self.said.value = ""
            self.chosen.value = label

        return pieces.button(f"Passer à {called(label)}", go, "kpa-primary", self.said)
