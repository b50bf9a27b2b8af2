"""« Je ne trouve pas ma règle »: a few words lead to the nearest steps and rules, to open or to add."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.declare.markup import items, joined, tag
from kpa_model.pay.seek import Lead, cannot, seek
from kpa_model.pay.step import known_steps
from kpa_model.ui import pieces
from kpa_model.ui.state import Store


def rule_search(store: Store) -> widgets.Widget:
    """Return a box where one writes in one's own words, and what it finds."""
    asked = widgets.Text(
        description="Dites-la avec vos mots", placeholder="la vaisselle compte plus", continuous_update=False
    )
    said, found = pieces.html(), widgets.VBox()

    def look(_: object = None) -> None:
        leads, refused = seek(asked.value), cannot(asked.value)
        if asked.value.strip() and not leads and not refused:
            refused = ("Rien de proche. Essayez un autre mot : le jour, la tâche, la fonction, le montant.",)
        said.value = pieces.live(items(refused))
        found.children = [_lead(store, lead, said) for lead in leads]

    asked.observe(look, "value")
    button = pieces.button("Chercher", look, said=said)
    return pieces.fold("Je ne trouve pas ma règle", pieces.row(asked, button), said, found)


def _lead(store: Store, lead: Lead, said: widgets.HTML) -> widgets.Widget:
    """Return one answer: what it is, how it reads, and the gesture that takes it."""

    def take() -> None:
        ours = store.state.ours
        if lead.rule is not None:
            store.update(ours=lead.rule)
            said.value = pieces.live(tag("p", f"« {lead.title} » est ouverte. Réglez ses étapes ci-dessous."))
        else:
            store.update(ours=ours.recomposed((*ours.steps, known_steps()[lead.name]())))
            said.value = pieces.live(tag("p", f"« {lead.title} » est ajoutée à la fin de la règle."))

    label = "Ouvrir cette règle" if lead.rule is not None else "Ajouter cette étape"
    button = pieces.button(f"{label} : {lead.title}", take, said=said)
    text = joined(tag("p", tag("strong", lead.title), ". ", lead.about), tag("p", lead.example, cls="kpa-step-says"))
    return pieces.column(pieces.html(text), button)
