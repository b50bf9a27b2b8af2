"""The rule in force: which one, since when, until when; and how another takes its place."""

from __future__ import annotations

from datetime import date

import ipywidgets as widgets

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare.markup import Html, joined, table, tag
from kpa_model.story.months import rules
from kpa_model.story.months.register import NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.screens.months.room import MonthsRoom, months_from, typed
from kpa_model.ui.screens.share.one_pot import chip_title
from kpa_model.ui.state import OURS, Store, rules_by_name
from kpa_model.words import of

TRIALS = "Les autres pages appliquent la règle que vous choisissez : ce sont des essais."


@pieces.framed
def rule_in_force(store: Store) -> widgets.Widget:
    """Say which rule is in force, since when, until when, and offer to look again."""
    room, picture = MonthsRoom(store), pieces.html()
    pieces.follow(store, picture, lambda: setattr(picture, "value", pieces.live(_said(room.read()))))
    return pieces.column(picture)


def _said(seen: NamedLedger) -> Html:
    if not seen.state.rules:
        link = tag("a", "Nos mois", href="14_nos_mois.ipynb")
        return tag("p", "Aucune règle n'est encore en vigueur. ", TRIALS, " Commencez à la page ", link, ".",
                   cls="kpa-info")  # fmt: skip
    return _in_force(seen)


def _in_force(seen: NamedLedger) -> Html:
    """Return which rule is in force, since when, until when, and where to speak of it again."""
    label = seen.state.next_label or seen.state.rules[0].since
    said = rules.rule_sentences(seen, label, date.today())
    again = tag(
        "p", "Pour en reparler : ", tag("a", "l'atelier", href="09_atelier.ipynb"), " ou ",
        tag("a", "nos décisions", href="10_nos_decisions.ipynb"), ".",
    )  # fmt: skip
    return joined(pieces.sentences(said), again)


@pieces.framed
def choose_rule(store: Store) -> widgets.Widget:
    """Show the rules that were in force, and put one in force from a month on."""
    return _ChooseRule(store).box


class _ChooseRule:
    """The screen of rules in force."""

    def __init__(self, store: Store) -> None:
        self.room = MonthsRoom(store)
        self.picture, self.said = pieces.html(), pieces.html()
        self.rule = pieces.choice("Règle", _options(store), OURS)
        self.since = pieces.choice("À partir de", [("", "")], "")
        self.until = widgets.DatePicker(description="Dernier jour de l'essai")
        self.reason = typed("Qui l'a décidée, et quand ?", "Réunion du 3 mars, à l'unanimité")
        put = pieces.button("Mettre en vigueur", self.put, "kpa-primary", self.said)
        pieces.follow(store, self.picture, self.show)
        form = pieces.fold(
            "Mettre une règle en vigueur", pieces.row(self.rule, self.since), pieces.row(self.until, self.reason), put
        )
        self.box = pieces.column(self.picture, form, self.said)

    def show(self) -> None:
        """Draw the rules, and offer months that are not closed."""
        seen = self.room.read()
        pieces.fill(self.rule, _options(self.room.store))
        frozen = seen.state.frozen
        first = seen.state.next_label or str(self.room.book.months[0] if self.room.book.months else "")
        if frozen:
            first = str(CalendarMonth.parse(frozen.label) + 1)
        ahead = 6 if seen.begun else 36
        pieces.fill(self.since, months_from(first, ahead) if first else [])
        head = ("Depuis", "Règle", "Fin de l'essai", "D'où elle vient")
        if not seen.state.rules:
            none = "Aucune règle n'est encore en vigueur. Mettez-en une ci-dessous, ou depuis "
            link = tag("a", "nos décisions", href="10_nos_decisions.ipynb")
            self.picture.value = pieces.live(tag("p", none, link, ".", cls="kpa-info"))
            return
        caption = "Nos règles, de la plus récente à la plus ancienne"
        rows = table(caption, head, rules.rules_told(seen), cls="kpa-table kpa-slip", blocks=True)
        self.picture.value = joined(pieces.live(_in_force(seen)), rows)

    def put(self) -> None:
        """Write the rule, from the month chosen."""
        rule = rules_by_name(self.room.store.state)[self.rule.value]
        since, until, reason = self.since.value, self.until.value, self.reason.value
        self.room.commit(
            lambda seen: rules.put_in_force(seen, rule, since, trial_ends=until, reason=reason),
            self.said,
            f"« {rule.title} » sera la règle à partir {of(dict(months_from(since, 1))[since])}.",
        )
        self.reason.value = ""


def _options(store: Store) -> list[tuple[str, str]]:
    return [(name, chip_title(name, rule)) for name, rule in rules_by_name(store.state).items()]
