"""What is read at the end of a workshop: the form of the record, its files, and the register."""

from __future__ import annotations

from collections.abc import Iterable

from kpa_model.decision.from_workshop import obtained, proposed
from kpa_model.decision.record import DIFFERS
from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, items, joined, lines, tag
from kpa_model.declare.unit import Refused
from kpa_model.files import register as shelf
from kpa_model.server import forms, layout
from kpa_model.server.forms import Typed
from kpa_model.server.pages.control import back
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.story.decide.decisions import Decision
from kpa_model.words import day

FILES = {
    shelf.PAPER: "Prendre le PDF à signer",
    shelf.PAGE: "Prendre la page",
    shelf.NAMELESS: "Prendre la page sans les noms, à envoyer",
    shelf.RULE: "Prendre le fichier de la règle",
    shelf.EVENT: "Prendre la date pour l'agenda",
}

NO_TEXT = "Rien n'est encore proposé. Écrivez d'abord la proposition."


def record(
    workshop: LiveWorkshop, token: Html, form: Form, typed: Typed, wrong: dict[str, Refused]
) -> Html:  # fmt: skip
    """Return the form of the record, after its files when it is written."""
    written = workshop.live.texts.get("compte_rendu")
    return joined(
        back(),
        tag("h1", "Le compte rendu"),
        _written(str(written)) if written else None,
        tag("h2", "Ce qui est proposé"),
        _subject(workshop),
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
            tag("a", "Prendre les réponses, sans les noms (CSV)", href="/animation/reponses.csv", cls="bouton"),
            tag("a", "Les mêmes (XLSX)", href="/animation/reponses.xlsx", cls="bouton"),
            tag("a", "Prendre le fichier de l'atelier", href="/animation/exporter", cls="bouton"),
            cls="gestes",
        ),
    )


def _subject(workshop: LiveWorkshop) -> Html:
    """Return what the record is about, as it stands: the text, what the vote gave, what was obtained."""
    played = workshop.played()
    text, got, first = proposed(played), obtained(played), workshop.leading()
    change = tag("a", "Changer la proposition" if text.told() else "Écrire la proposition",
                 href="/animation/proposition", cls="bouton")  # fmt: skip
    vote = f"Au vote, {len(first)} règles sont à égalité." if len(first) > 1 else ""
    vote = f"Au vote, « {first[0]} » arrive en tête." if len(first) == 1 else vote
    said = [*(got.says() if got else ()), *([DIFFERS] if text.differs else []), *([vote] if vote else [])]
    return tag(
        "div",
        tag("p", tag("strong", text.title)) if text.title else None,
        tag("p", f"« {text.told()} »" if text.told() else NO_TEXT),
        items(text.changes),
        [tag("p", each) for each in said],
        change,
        cls="cadre bien" if got and got.agreed else "cadre attention",
    )


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
    articles = []
    for decision, changes in reversed(list(history)):
        found = decision.record
        heading = tag("h2", f"{day(found.held_on)} : {found.rule.title}")
        since = tag("p", "Par rapport à la décision d'avant :") if changes else None
        articles.append(tag("article", heading, [tag("p", each) for each in found.says()], since, items(changes)))
    empty = tag("p", "Aucune décision n'est encore écrite.")
    return joined(
        tag("p", tag("a", "Revenir au compte rendu", href="/animation/compte-rendu", cls="bouton")),
        tag("h1", "Nos décisions"),
        [tag("p", lines(each), cls="cadre attention") for each in said],
        articles or empty,
    )
