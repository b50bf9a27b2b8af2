"""From the votes to the decision: the proposal, then the record that is kept in the register."""

from __future__ import annotations

from kpa_model.declare.form import Choice, Form, Text
from kpa_model.server.workshop import LiveWorkshop


def proposal_form(workshop: LiveWorkshop) -> Form:
    """Return what the facilitator writes before the consent round."""
    rules = {str(each["key"]): str(each["title"]) for each in workshop.live.facts.get("rules", ())}
    chosen = (Choice("regle", "Quelle règle proposons-nous ?", options=rules, needed=False),) if rules else ()
    help_ = "Laissez vide pour prendre les phrases de la règle." if rules else ""
    words = Text("texte", "La proposition, telle qu'elle est lue", help_, needed=not rules, longest=1500, lines=6)
    return Form((*chosen, words), title="La proposition", send="Garder cette proposition")


def read_aloud(workshop: LiveWorkshop, key: str | None) -> str:
    """Return a rule as it is read aloud, nothing when there is none of that name."""
    rules = {str(each["key"]): each for each in workshop.live.facts.get("rules", ())}
    return " ".join(rules[key]["aloud"]) if key in rules else ""
