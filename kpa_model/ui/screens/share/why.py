"""Why this amount: one person, the sentences, and cents that add up."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets

from kpa_model.pay.engine import Settlement
from kpa_model.story.paper import documents as paper
from kpa_model.story.pay.payslip import Payslip, PayslipLine, payslip
from kpa_model.ui import pieces
from kpa_model.ui.library import settled_until
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
        slip.value = as_html(payslip(*_told(store)))

    def print_it() -> None:
        settled, who = _told(store)
        content = paper.payslip_paper(book_of(store.state), settled.rule, settled, who, names=names.value)
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


def as_html(slip: Payslip) -> str:
    """Return the payslip as two tables: how the pot was made, how the amount was made."""
    own = "".join(_entry(at, entry) for at, entry in enumerate(slip.own, start=1))
    before = "".join(f"<li>{escape(entry.sentence)}</li>" for entry in slip.before)
    return (
        f'<div role="status"><p class="kpa-big">{euros(slip.total)}</p><p>{escape(slip.says())}</p></div>'
        f'<table class="kpa-table kpa-slip"><caption>Le montant {escape(of(slip.name))}, étape par étape</caption>'
        '<thead><tr><th scope="col">Étape</th><th scope="col">Pourquoi</th><th scope="col" class="num">Effet</th>'
        f'<th scope="col" class="num">On arrive à</th></tr></thead><tbody>{own}</tbody><tfoot><tr>'
        f'<th scope="row" colspan="2">Total</th><td></td><td class="kpa-amount">{euros(slip.total)}</td>'
        "</tr></tfoot></table>"
        f"<h3>Comment l'enveloppe est faite</h3><ul>{before}</ul>"
    )


def _entry(at: int, entry: PayslipLine) -> str:
    return (
        f'<tr><th scope="row">{at}. {escape(entry.title)}</th><td>{escape(entry.sentence)}</td>'
        f'<td class="kpa-amount" data-label="Effet">{signed_euros(entry.cents)}</td>'
        f'<td class="kpa-amount" data-label="On arrive à">{euros(entry.reached)}</td></tr>'
    )
