"""What was paid month after month, and under which rule; beside it, what another rule would have given: a trial."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets

from kpa_model.declare.markup import joined, tag
from kpa_model.story.months.register import NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.library import settled_until
from kpa_model.ui.screens.months import tables
from kpa_model.ui.screens.months.room import MonthsRoom, info
from kpa_model.ui.screens.share.one_pot import chip_title
from kpa_model.ui.state import OURS, Store, rules_by_name
from kpa_model.words import euros, signed_euros

WHOLE = "*"
"""Stands for the whole group in the list of people."""


@pieces.framed
def months_history(store: Store) -> widgets.Widget:
    """Put what was decided beside what another rule would have given."""
    return _History(store).box


class _History:
    """The screen of the history."""

    def __init__(self, store: Store) -> None:
        self.room = MonthsRoom(store)
        self.picture = pieces.html()
        self.person = pieces.choice("Qui", [(WHOLE, "Tout le groupe")], WHOLE)
        self.rule = pieces.choice("Autre règle, à l'essai", self._rules(), OURS)
        for each in (self.person, self.rule):
            each.observe(lambda _: pieces.guarded(self.picture, self.draw), "value")
        pieces.follow(store, self.picture, self.show)
        self.box = pieces.column(pieces.row(self.person, self.rule), self.picture)

    def _rules(self) -> list[tuple[str, str]]:
        return [(name, chip_title(name, rule)) for name, rule in rules_by_name(self.room.store.state).items()]

    def show(self) -> None:
        """Offer the people of the ledger, and draw."""
        seen = self.room.read()
        people = [(code, seen.who.name(code)) for code in seen.who.names]
        pieces.fill(self.person, [(WHOLE, "Tout le groupe"), *people])
        pieces.fill(self.rule, self._rules())
        self.draw()

    def draw(self) -> None:
        """Draw the two columns, and their difference."""
        seen = self.room.read()
        closed = seen.state.closed
        if not closed:
            self.picture.value = info("Aucun mois n'est encore adopté. Cette page se remplira mois après mois.")
            return
        tried = self._tried(seen)
        lines: list[tables.MonthLine] = []
        for month in closed:
            real, trial = self._sum(month.pay), tried.get(month.label, 0)
            since = sum(self._sum(each.pay) for each in month.corrections)
            rule = seen.who.told(month.frozen.rule.title) if month.frozen else ""
            lines.append(tables.MonthLine(month.label, (rule,), (real, since, trial, trial - real - since)))
        head = ("Mois", "Règle en vigueur", "Décidé pour de vrai", "Régularisé depuis", "L'essai donnerait",
                "Écart de l'essai")  # fmt: skip
        kept = any(any(month.frozen.saved.values()) for month in closed if month.frozen)
        said = (
            "Ce que le groupe a décidé, puis régularisé, est réel. L'essai ne l'est pas : "
            "c'est l'autre règle, appliquée au carnet d'aujourd'hui depuis son premier mois. Personne ne l'a reçu."
            + (" Ce qui est mis de côté au nom des personnes n'est pas compté ici." if kept else "")
        )
        table = tables.by_year("Nos mois, et un essai", head, lines, _beside)
        self.picture.value = joined(tag("p", said, cls="kpa-help"), table)

    def _sum(self, pay: dict[str, int]) -> int:
        return sum(pay.values()) if self.person.value == WHOLE else pay.get(str(self.person.value), 0)

    def _tried(self, seen: NamedLedger) -> dict[str, int]:
        """Return what the other rule gives, month by month, in the book of today."""
        book, rule = self.room.book, rules_by_name(self.room.store.state)[self.rule.value]
        found = {}
        for settled in settled_until(book, rule, seen.state.closed[-1].label):
            pay = dict(zip(settled.month.members, map(int, settled.pay), strict=True))
            name = seen.who.name(str(self.person.value))
            found[settled.month.label] = sum(pay.values()) if self.person.value == WHOLE else pay.get(name, 0)
        return found


def _beside(cents: Sequence[int]) -> list[str]:
    real, since, trial, gap = cents
    return [euros(real), signed_euros(since), euros(trial), signed_euros(gap)]
