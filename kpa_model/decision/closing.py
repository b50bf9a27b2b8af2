"""What only people can add to the record of a decision: dates, objections, who keeps it. On a screen or on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpa_model.declare.form import Choice, Day, Field, Form, Text
from kpa_model.workshop.script import Script

MOST_OBJECTIONS = 3
OTHER, OTHER_SHOWN = "autre", "Autre chose qu'une règle"
CHOICES = {
    "essai": "Nous l'essayons jusqu'à une date.",
    "adoptee": "Nous la gardons.",
    "reportee": "Nous n'avons pas décidé.",
}
_LONG = 600


def closing_form(script: Script, facts: Mapping[str, Any]) -> Form:
    """Return what the facilitator adds at the end of a workshop.

    Objections are asked only when the script has no consent round: it keeps them already.
    """
    rules = {str(rule["key"]): str(rule["title"]) for rule in facts.get("rules") or ()}
    chosen = Choice("regle", "De quoi avons-nous décidé ?", options={**rules, OTHER: OTHER_SHOWN})
    consented = any(step.activity and step.activity.objects for step in script.steps)
    return Form(
        (chosen, *_decision(), *(() if consented else _objections()), *_after()),
        title="Écrire notre décision",
        intro="Lisez chaque réponse à voix haute avant d'envoyer.",
        send="Écrire le compte rendu",
    )


def paper_form() -> Form:
    """Return what to type after a workshop held without a computer."""
    counts = "Seulement des nombres, jamais qui. Sous cinq votes, laissez vide."
    held = (
        Text("presents", "Qui était là ?", "Un prénom choisi par ligne.", longest=2000, lines=5),
        Text("vote", "Comment avons-nous voté ?", counts, needed=False, longest=_LONG, lines=3),
    )
    return Form(
        (*held, *_decision(), *_objections(), *_after()),
        title="Noter une décision prise sans ordinateur",
        intro="Tapez ce que le groupe a écrit sur la feuille.",
        send="Écrire le compte rendu",
    )


def _decision() -> tuple[Field, ...]:
    words = "Le nom de la règle, ou autre chose."
    same = "Laissez vide si rien n'a changé."
    return (
        Day("jour", "Quel jour étions-nous ?", "Par exemple 15/01/2027."),
        Text("lieu", "Où étions-nous ?", needed=False, longest=120),
        Text("texte", "Notre décision, avec nos mots", words, needed=False, longest=_LONG, lines=2),
        Choice("decision", "Qu'en faisons-nous ?", options=CHOICES),
        Text("change", "Qu'avons-nous changé avant de dire oui ?", same, needed=False, longest=_LONG, lines=2),
    )


def _objections() -> tuple[Field, ...]:
    found: list[Field] = []
    for at in range(1, MOST_OBJECTIONS + 1):
        help_text = "Sans dire qui l'a faite." if at == 1 else ""
        found += [
            Text(f"objection_{at}", f"Objection {at}", help_text, needed=False, longest=_LONG, lines=2),
            Text(f"reponse_{at}", f"Notre réponse à l'objection {at}", needed=False, longest=_LONG, lines=2),
        ]
    return tuple(found)


def _after() -> tuple[Field, ...]:
    left = "Qu'est-ce que nous n'avons pas décidé ?"
    return (
        Day("essai_jusqu_au", "Jusqu'à quel jour l'essayons-nous ?", "Un trimestre, c'est souvent bien.", needed=False),
        Day("revue_le", "Quel jour en reparlons-nous ?", "Par exemple 15/04/2027."),
        Text("gardien", "Qui garde ce compte rendu ?", needed=False, longest=120),
        Text("pas_decide", left, "Une chose par ligne.", needed=False, longest=2 * _LONG, lines=3),
    )
