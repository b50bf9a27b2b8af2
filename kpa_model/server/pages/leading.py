"""What the facilitator fills in or is asked once more: the proposal, what the group says, links, the script."""

from __future__ import annotations

from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, joined, table, tag
from kpa_model.declare.unit import Refused
from kpa_model.server import forms, layout
from kpa_model.server.forms import Typed
from kpa_model.server.pages.control import INVITATIONS, back, qr
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.story.decide.proposing import ProposalForm
from kpa_model.words import count

WIFI = "Le Wi-Fi de la salle n'est pas secret : quelqu'un qui l'écoute peut lire ce qui y passe."


def host(workshop: LiveWorkshop, token: Html, form: Form, typed: Typed, wrong: dict[str, Refused]) -> Html:
    """Return the form the facilitator fills in for the group."""
    return joined(
        back(),
        tag("h1", form.title or workshop.round_title()),
        tag("p", form.intro, cls="intro") if form.intro else None,
        layout.form(
            "/animation/ecrire",
            token,
            layout.hidden("ou", f"{workshop.live.step}/{workshop.live.round}"),
            forms.fields(form, typed, wrong),
            tag("div", layout.button(form.send, kind="principal"), cls="gestes"),
            novalidate=True,
            cls="question",
        ),
    )


def proposal(workshop: LiveWorkshop, token: Html, form: ProposalForm, typed: Typed, wrong: dict[str, Refused]) -> Html:
    """Return the form of the proposal: the rule, its settings folded under it, the words."""
    folded = {each.name for found in (form.settings or {}).values() for each in found}
    drawn = {each.name: forms.field(each, typed, wrong.get(each.name)) for each in form.fields if each.label}
    settings = [
        tag("details", tag("summary", f"Changer les réglages : {rule['title']}"), [drawn[each.name] for each in found],
            open=any(typed.get(each.name) for each in found))
        for rule in form.rules
        if (found := (form.settings or {})[str(rule["key"])])
    ]  # fmt: skip
    plain = [html for name, html in drawn.items() if name not in folded]
    again = "Les personnes qui ont déjà répondu à cette question répondront au nouveau texte."
    return joined(
        back(),
        tag("h1", form.title),
        tag("p", again, cls="cadre attention") if workshop.live.proposals else None,
        layout.form(
            "/animation/proposition",
            token,
            forms.summary(form, wrong),
            plain[:1] if settings else plain,
            settings,
            plain[1:] if settings else None,
            tag("div", layout.button(form.send, kind="principal"), cls="gestes"),
            novalidate=True,
            cls="question",
        ),
    )


def invitation(kind: str, link: str) -> Html:
    """Return a link for another device, good once."""
    return joined(
        back(),
        tag("h1", INVITATIONS[kind]),
        tag("p", "Photographiez ce code avec l'appareil. Il sert une fois, pendant dix minutes."),
        qr(link),
        tag("p", "Ou tapez cette adresse :"),
        tag("p", link, cls="adresse"),
        tag("p", "Ne le projetez pas : qui l'a peut animer.", cls="cadre attention") if kind == "telephone" else None,
        tag("p", WIFI, cls="aide"),
    )


def show_already(workshop: LiveWorkshop, token: Html, given: int, here: str) -> Html:
    """Return the question asked before showing what few have answered."""
    said = f"{count(given, 'réponse')} pour {count(len(workshop.live.people), 'personne')}."
    return joined(
        tag("h1", "Montrer déjà ?"),
        tag("p", said, cls="grand"),
        tag("p", "Montrer ferme la question. Sous cinq réponses, le détail reste souvent caché."),
        layout.form(
            "/animation/geste", token, layout.hidden("ou", here), layout.hidden("sur", "oui"),
            tag("div", tag("a", "Attendre encore", href="/animation", cls="bouton principal"),
                layout.button("Montrer quand même", "geste", "montrer"), cls="gestes"),
        ),
    )  # fmt: skip


def script(workshop: LiveWorkshop, token: Html) -> Html:
    """Return the whole script: go to a step, skip the one under way, end the workshop."""
    live, rows = workshop.live, []
    for step in workshop.script.steps:
        state = (
            "en cours"
            if step.key == live.step
            else "passée"
            if step.key in live.skipped
            else "faite"
            if workshop.begun(step.key)
            else ""
        )
        go = layout.form(
            "/animation/geste", token, layout.hidden("etape", step.key), layout.button("Y aller", "geste", "aller")
        )
        minutes = f"{step.minutes} min{' · facultatif' if step.optional else ''}"
        rows.append((step.title, minutes, state, go))
    caption = f"{workshop.script.minutes} minutes, sans ce qui est facultatif"
    end = ("finir", "Finir l'atelier") if not live.ended else ("reprendre", "Reprendre l'atelier")
    more = [
        layout.button("Passer l'étape en cours", "geste", "passer") if workshop.step else None,
        layout.button(end[1], "geste", end[0]),
    ]
    return joined(
        back(), tag("h1", "Le déroulé"),
        table(caption, ("Étape", "Durée", "État", "Aller"), rows),
        layout.form("/animation/geste", token, more, cls="gestes"),
    )  # fmt: skip


def asking(token: Html, form: Form, where: str, typed: Typed, wrong: dict[str, Refused]) -> Html:
    """Return the form that changes or adds a question."""
    send = tag("div", layout.button(form.send, kind="principal"), cls="gestes")
    fields = forms.fields(form, typed, wrong)
    return joined(
        back(), tag("h1", form.title), layout.form(where, token, fields, send, novalidate=True, cls="question")
    )
