"""Why this amount: one person, the sentences, and cents that add up."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.declare.markup import Html, joined, row, table, tag
from kpa_model.pay.engine import Settlement
from kpa_model.story.paper import documents as paper
from kpa_model.story.paper.content import pot_lines
from kpa_model.story.pay.balance import balance
from kpa_model.story.pay.payslip import Payslip, payslip
from kpa_model.ui import pieces
from kpa_model.ui.library import read_named, settled_until
from kpa_model.ui.screens.share.one_pot import chip_title
from kpa_model.ui.state import Store, book_of, rules_by_name
from kpa_model.words import euros, of, signed_euros, slug


def people_options(store: Store) -> list[tuple[str, str]]:
    """Return (name, name) of each person present in the month."""
    settled, _ = _told(store)
    here = [name for name, present in zip(settled.month.members, settled.month.present, strict=True) if present]
    return [(name, name) for name in dict.fromkeys([*here, store.state.person])]


@pieces.framed
def why_this_amount(store: Store) -> widgets.Widget:
    """Choose a person and a rule; read each step."""
    slip, said, names = pieces.html(), pieces.html(), pieces.with_names()

    def show() -> None:
        said.value = ""  # a paper made for somebody else must not be handed out
        settled, who = _told(store)
        told = as_html(settled, payslip(settled, who))
        lacking, scale = pieces.lacking([settled.rule], settled.month), pieces.borrowed_scale(store, [settled.rule])
        slip.value = joined(lacking, told, scale)

    def print_it() -> None:
        settled, who = _told(store)
        notes = read_named(store.state.book)[1]
        content = paper.payslip_paper(book_of(store.state), settled.rule, settled, who, names=names.value, notes=notes)
        name = f"pourquoi_{slug(store.state.person) if names.value else 'ce_montant'}_{store.state.month}.pdf"
        said.value = pieces.live(pieces.download("Prendre le PDF", name, content, "application/pdf"))

    rules = pieces.linked_choice(
        store,
        "Règle",
        "told",
        lambda: [(name, chip_title(name, rule)) for name, rule in rules_by_name(store.state).items()],
    )
    person = pieces.linked_choice(store, "Personne", "person", lambda: people_options(store))
    pieces.follow(store, slip, show)
    printed = pieces.row(pieces.button("Préparer le PDF", print_it, said=said), names)
    return pieces.column(pieces.month_bar(store, rules, person), slip, printed, said)


def _told(store: Store) -> tuple[Settlement, int]:
    """Return the month told, and the rank of the person."""
    state = store.state
    settled = settled_until(book_of(state), rules_by_name(state)[state.told], state.month)[-1]
    return settled, settled.month.members.index(state.person)


def as_html(settled: Settlement, slip: Payslip) -> Html:
    """Return the payslip as two tables: how the amount was made, how the pot was made and what waits."""
    pot = pot_lines(settled, slip.before)
    purses = balance([settled]).purses()
    last = tag("th", "Total", scope="row", colspan=2) + tag("td") + tag("td", euros(slip.total), cls="kpa-amount")
    told = table(
        f"Le montant {of(slip.name)}, étape par étape",
        ("Étape", "Pourquoi", "Effet", "On arrive à"),
        [
            (f"{at}. {entry.title}", entry.sentence, signed_euros(entry.cents), euros(entry.reached))
            for at, entry in enumerate(slip.own, start=1)
        ],
        cls="kpa-table kpa-slip",
        kinds=(None, "kpa-amount", "kpa-amount"),
        foot=[tag("tr", last)],
        blocks=True,
    )
    return joined(
        tag("div", tag("p", euros(slip.total), cls="kpa-big"), tag("p", slip.says()), role="status"),
        told,
        tag("h3", "Comment l'enveloppe est faite"),
        table(
            "Pour tout le groupe",
            (),
            [row(_line(name, said), cents, cls="kpa-sum" if whole else None) for name, said, cents, whole in pot],
            cls="kpa-balance",
        ),
        tag("p", " ".join(purses), cls="kpa-help") if purses else None,
    )


def _line(title: str, sentence: str) -> Html:
    return joined(tag("strong", title) if sentence else title, f" {sentence}" if sentence else None)
