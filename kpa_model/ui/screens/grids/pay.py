"""The laboratory of grids, third part: what levels would be worth in euros, if points were used in the rule."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.cooperative.calendar import CalendarMonth
from kpa_model.declare import drawn
from kpa_model.declare.markup import tag
from kpa_model.pay.rule import PayRule
from kpa_model.story.grids import pay as grid_pay
from kpa_model.story.grids import pay_told as grid_pay_told
from kpa_model.ui import pieces
from kpa_model.ui.library import months_in, settled_until
from kpa_model.ui.screens.grids.bench import bench
from kpa_model.ui.screens.grids.lab import counting_choice
from kpa_model.ui.state import Store, book_of, rules_by_name
from kpa_model.words import month_name

_WARNING = tag(
    "div",
    tag(
        "p",
        "Ceci est un essai. Une grille sert d'abord à parler et à apprendre. "
        "Payer selon une grille change ce que chacun ose y dire.",
    ),
    cls="kpa-warning",
)
FIRST = "implication"


@pieces.framed
def grid_in_euros(store: Store) -> widgets.Widget:
    """Join the grid on the bench to a rule that uses points, on the month looked at."""
    ours, together, alone = bench(store), pieces.html(), pieces.html()
    rule = widgets.Dropdown(description="Règle")
    ways = pieces.choice("Qui donne les points", grid_pay.WAYS, grid_pay.ONESELF)
    person = widgets.Dropdown(description="Regarder de près")

    def listed() -> dict[str, PayRule]:
        begins = rule.value is None
        plain = next(month for month in months_in(book_of(store.state)) if month.label == store.state.month)
        known = rules_by_name(store.state)
        rules = {name: each for name, each in known.items() if grid_pay.uses_points(each, plain)}
        pieces.fill(rule, [(name, each.title) for name, each in rules.items()])
        if begins and FIRST in rules:
            rule.value = FIRST
        return rules

    def show() -> None:
        state, rules = store.state, listed()
        book = book_of(state)
        month = settled_until(book, rules[rule.value], state.month)[-1].month
        members = grid_pay.paid_members(month)
        pieces.fill(person, [(name, name) for name in members])
        if fold.selected_index is None:  # nobody looks
            return
        played = grid_pay.cast(ours.grid, ours.name, members)
        name = month_name(CalendarMonth.parse(state.month).first_day)
        head = tag("p", f"{book.cooperative.name}, {name}. Les montants sont en coût total.", cls="kpa-help")
        together.value = head + drawn.page(grid_pay_told.everybody(rules[rule.value], month, played, ways.value))
        close = grid_pay_told.one_person(rules[rule.value], month, played, person.value) if len(members) > 1 else ()
        alone.value = drawn.page(close)

    choices = pieces.month_bar(store, rule, ways, counting_choice(store))
    fold = pieces.fold("Essayer, sur un mois", choices, together, pieces.row(person), alone)
    pieces.follow(store, together, show)
    for each, name in ((rule, "value"), (ways, "value"), (person, "value"), (fold, "selected_index")):
        each.observe(lambda _: pieces.guarded(together, show), name)
    return pieces.column(pieces.html(_WARNING), fold)
