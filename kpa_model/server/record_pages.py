"""What is read at the end of a workshop: the form of the record, its files, and the register."""

from __future__ import annotations

from collections.abc import Iterable

from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, joined, lines, tag
from kpa_model.declare.unit import Refused
from kpa_model.files import register as shelf
from kpa_model.server import forms, layout
from kpa_model.server.facilitator_pages import back
from kpa_model.server.forms import Typed
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.story.decide.decisions import Decision
from kpa_model.words import day

FILES = {
    shelf.PAPER: "Prendre le PDF à signer",
    shelf.PAGE: "Prendre la page à envoyer",
    shelf.RULE: "Prendre le fichier de la règle",
    shelf.EVENT: "Prendre la date pour l'agenda",
}

NOT_ADOPTED = "Une objection reste, ou une réponse manque. Le texte n'est pas encore adopté. Parlez-en avant d'écrire."


def record(
    workshop: LiveWorkshop, token: Html, form: Form, typed: Typed, wrong: dict[str, Refused]
) -> Html:  # fmt: skip
    """Return the form of the record, after its files when it is written."""
    written = workshop.live.texts.get("compte_rendu")
    return joined(
        back(),
        tag("h1", "Le compte rendu"),
        _written(str(written)) if written else None,
        tag("p", NOT_ADOPTED, cls="cadre attention") if _refused(workshop) else None,
        tag("h2", form.title),
        tag("p", form.intro, cls="intro"),
        layout.form(
            "/animation/compte-rendu",
            token,
            forms.fields(form, typed, wrong),
            tag("div", layout.button("Écrire à nouveau" if written else form.send, kind="principal"), cls="gestes"),
            novalidate=True,
            cls="question",
        ),
        tag("h2", "Garder ou emporter"),
        tag("p", "Le fichier de l'atelier contient les réponses. Gardez-le pour vous.", cls="aide"),
        tag(
            "div",
            tag("a", "Nos décisions", href="/animation/registre", cls="bouton"),
            tag("a", "Prendre le fichier de l'atelier", href="/animation/exporter", cls="bouton"),
            cls="gestes",
        ),
    )


def _refused(workshop: LiveWorkshop) -> bool:
    """Tell whether a decision was asked for without coming to a text that nobody opposes."""
    steps = workshop.script.steps
    return any(step.activity.refused(workshop.room(step.key)) for step in steps if step.activity)


def _written(name: str) -> Html:
    links = [
        tag("a", label, href=f"/animation/decision/{file}", cls="bouton")
        for file, label in FILES.items()
        if shelf.content(name, file) is not None
    ]
    said = tag("p", tag("strong", "Le compte rendu est écrit."), " Relisez à voix haute, puis signez.")
    return tag("div", said, tag("div", links, cls="gestes"), cls="cadre bien", role="status")


def register(history: Iterable[tuple[Decision, tuple[str, ...]]], said: Iterable[str]) -> Html:
    """Return the decisions, the latest first, with what changed in the rule."""
    items = []
    for decision, changes in reversed(list(history)):
        found = decision.record
        told = tag("ul", [tag("li", each) for each in changes]) if changes else None
        heading = tag("h2", f"{day(found.held_on)} : {found.rule.title}")
        items.append(tag("article", heading, [tag("p", each) for each in found.says()], told))
    empty = tag("p", "Aucune décision n'est encore écrite.")
    return joined(
        tag("p", tag("a", "Revenir au compte rendu", href="/animation/compte-rendu", cls="bouton")),
        tag("h1", "Nos décisions"),
        [tag("p", lines(each), cls="cadre attention") for each in said],
        items or empty,
    )
