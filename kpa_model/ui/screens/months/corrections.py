"""The book of a closed month changed: what would have been paid, and what becomes of the difference."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as widgets

from kpa_model.declare.markup import Html, Piece, items, joined, tag
from kpa_model.ledger import accounts, correcting
from kpa_model.ledger.codec import LedgerEvent
from kpa_model.ledger.correcting import Drift
from kpa_model.ledger.events import Regularised
from kpa_model.ledger.refusal import called, titled
from kpa_model.story.months import proposal
from kpa_model.story.months.register import NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.screens.months import tables
from kpa_model.ui.screens.months.room import PartsScreen, info, typed
from kpa_model.ui.state import Store
from kpa_model.words import euros, listing, of, signed_euros

PURSES = {
    accounts.SALES: "Ventes hors taxes",
    accounts.COSTS: "Achats et frais",
    accounts.CAE: "Contribution à la CAE",
    accounts.FUND: "Fonds commun",
    accounts.RESERVE: "Réserve",
}


_CALM = (
    "Le carnet dit toujours ce qui a été payé. Il n'y a rien à régulariser. Une erreur ? Corrigez-la à la page ",
    tag("a", "Nos chiffres", href="01_nos_chiffres.ipynb"),
    " ou dans vos fichiers, puis rechargez cette page.",
)
"""Nothing changed; and what to do when something was wrong."""


@pieces.framed
def month_corrections(store: Store) -> widgets.Widget:
    """Show what changed in closed months, and bring the difference into the open one."""
    return _Corrections(store).box


class _Corrections(PartsScreen):
    """The screen of corrections: one part for each closed month that the book no longer says."""

    def draw(self, seen: NamedLedger) -> Iterable[widgets.Widget]:
        """Compare the closed months to the book of today."""
        found = proposal.drifts(seen, self.room.book) if seen.begun else {}
        done = [each for month in seen.state.closed for each in month.corrections]
        told = items(self._told(seen, each) for each in done)
        now = None if found else info(_CALM if seen.state.closed else "Aucun mois n'est encore adopté.")
        self.top.value = joined(pieces.live(now), told and tag("h3", "Déjà régularisé") + told)
        return [self._part(seen, label, drift) for label, drift in found.items()]

    def _told(self, seen: NamedLedger, each: Regularised) -> Html:
        """Return what a correction brought, all together, then person by person; and what was let go."""
        whole = f"{titled(each.month)}, dans {called(each.into)} : {signed_euros(sum(each.pay.values()))}."
        let_go = {code: each.left.get(accounts.due(code), 0) for code in seen.who.names}
        left = [f"{seen.who.name(code)} {signed_euros(cents)}" for code, cents in let_go.items() if cents]
        said = f"{whole} {seen.who.told(each.reason).rstrip('.')}."
        if left:
            said += f" Sans rien changer pour : {listing(left)}."
        people = items(f"{seen.who.name(code)} : {signed_euros(cents)}" for code, cents in each.pay.items())
        return joined(said, people and tag("details", tag("summary", "Personne par personne"), people))

    def _part(self, seen: NamedLedger, label: str, drift: Drift) -> widgets.Widget:
        made = correcting.regularise(seen.state, label, drift, "…") if not seen.state.frozen else None
        changes = items(seen.who.told(each) for each in drift.changes)
        head = joined(
            tag("h3", titled(label)), tag("p", "Ce qui a changé dans le carnet :"), changes,
            self._table(seen, label, made) if made else info("Adoptez d'abord le mois arrêté, ou rouvrez-le."),
        )  # fmt: skip
        if made is None:
            return pieces.html(head)
        keeps = {code: widgets.Checkbox(description=f"{seen.who.name(code)} : {signed_euros(cents)}", indent=False)
                 for code, cents in made.pay.items()}  # fmt: skip
        for box in keeps.values():
            box.add_class("kpa-check")
        why = typed("Pourquoi cette correction ?", "La facture F2026-012 était fausse")
        button = pieces.button(f"Régulariser {called(label)}", lambda: self._write(label, keeps, why), "kpa-primary",
                               self.said)  # fmt: skip
        forgive = pieces.fold("Ne rien changer pour certaines personnes", *keeps.values()) if keeps else None
        return pieces.column(pieces.html(head), why, *([forgive] if forgive else []), button)

    def _table(self, seen: NamedLedger, label: str, made: Regularised) -> Piece:
        month = seen.state.month(label)
        rows: list[tuple[Piece, list[str]]] = []
        sums = [0, 0]
        for code, cents in made.pay.items():
            before = month.pay.get(code, 0) + sum(each.pay.get(code, 0) for each in month.corrections)
            sums = [sums[0] + before, sums[1] + cents]
            rows.append((seen.who.name(code), _compared(before, cents)))
        if len(made.pay) > 1:
            rows.append((tag("strong", "Ces personnes, ensemble"), _compared(*sums)))
        for name, cents in made.moves.items():
            frozen = month.frozen.moves.get(name, 0) if month.frozen else 0
            before = frozen + sum(each.moves.get(name, 0) for each in month.corrections)
            rows.append((PURSES[name], _compared(before, cents)))
        if not rows:
            return info("Aucun montant ne change.")
        head = ("Personne, ou poche", "Décidé", "Avec le carnet corrigé", "Écart")
        return tables.money_table(f"{titled(label)} : ce qui aurait été payé", head, rows, foot=False)

    def _write(self, label: str, keeps: dict[str, widgets.Checkbox], why: widgets.Text) -> None:
        forgiven = [code for code, box in keeps.items() if box.value]
        book = self.room.book

        def command(now: NamedLedger) -> LedgerEvent | list[LedgerEvent]:
            drift = proposal.drifts(now, book).get(label)
            if drift is None:
                return []
            return correcting.regularise(now.state, label, drift, now.who.hidden(why.value), forgiven)

        into = called(self.room.read().state.next_label)
        text = f"L'écart {of(called(label))} entre dans {into}, sur une ligne à part de chaque fiche."
        self.room.commit(command, self.said, text)


def _compared(before: int, change: int) -> list[str]:
    return [euros(before), euros(before + change), signed_euros(change)]
