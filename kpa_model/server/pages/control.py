"""What the facilitator reads, and the room with her: who is there, what is asked, what it says, in big type."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from kpa_model.declare.markup import Html, joined, paragraphs, tag
from kpa_model.server import layout, parts, workbook
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.words import count
from kpa_model.workshop.script import ScriptStep

INVITATIONS = {"telephone": "Animer depuis mon téléphone", "ecran": "Montrer sur un autre écran"}


@lru_cache(maxsize=8)
def qr(address: str) -> Html:
    """Return the QR code of an address, as SVG."""
    import segno

    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    return tag("span", Html(drawn), role="img", aria_label="QR code de l'adresse")


def main(workshop: LiveWorkshop, token: Html, address: str) -> Html:
    """Return the page of the room."""
    step = workshop.step
    body = _before(workshop) if step is None else _step(workshop)
    return joined(
        tag("div", body, id="etape", cls="etape"),
        tag(
            "aside",
            door(workshop, address),
            _timer(workshop, token),
            _presence(workshop),
            _views(token),
            aria_label="La salle",
        ),
        _controls(workshop, token),
    )


def _before(workshop: LiveWorkshop) -> Html:
    steps = [tag("li", each.title, tag("span", f" · {each.minutes} min", cls="aide")) for each in workshop.script.steps]
    said = workshop.script.sentence
    return joined(
        tag("p", "Bienvenue", cls="surtitre"),
        tag("h1", workshop.script.title),
        tag("p", said) if said else None,
        tag("ol", steps, cls="deroule"),
        tag("p", tag("a", "Ouvrir des questions avant la séance", href="/animation/durer", cls="bouton")),
    )


def _step(workshop: LiveWorkshop) -> Html:
    step, now = workshop.step, workshop.live.now
    if step is None:
        raise ValueError("no step")
    title = workshop.round_title()
    above = tag("p", step.title, cls="surtitre") if title not in ("", step.title) else None
    head = joined(above, tag("h1", title or step.title))
    say = (
        tag("details", tag("summary", "Ce que vous pouvez dire"), paragraphs(step.say), cls="dire")
        if step.say
        else None
    )
    if now is None:
        shown = tag("div", paragraphs(step.say), cls="grand") if step.say else None
        return joined(tag("h1", step.title), shown, posters(step), _to_project(step), _material(step.material))
    if now.shown:
        shown = tag("div", parts.page(workshop.result()), id="resultat", cls="resultat", data_vif=True)
        return joined(head, shown, _hosting(workshop))
    going = tag("div", progress(workshop), id="resultat", data_vif=True)
    more = joined(_propose(workshop), _changes(workshop))
    return joined(head, posters(step), going, more, _to_project(step), say, _material(step.material))


def _changes(workshop: LiveWorkshop) -> Html:
    """Return the ways to change what is asked during the workshop."""
    ways = (
        ("Changer la question", "/animation/question"), ("Ajouter une question", "/animation/ajouter"),
        ("Laisser ouverte quelques jours", "/animation/durer"),
    )  # fmt: skip
    links = [tag("a", label, href=where, cls="bouton") for label, where in ways]
    return tag("details", tag("summary", "Changer ce qui est demandé"), tag("div", links, cls="gestes petits"))


def posters(step: ScriptStep) -> Html | None:
    """Return the posters of a step for the whole room: a poster is a frame, each of its lines stands alone."""
    drawn = []
    for text in step.posters:
        first, *rest = [line.strip() for line in text.split("|")]
        drawn.append(tag("div", tag("p", tag("strong", first)), [tag("p", each) for each in rest], cls="affiche"))
    return tag("section", drawn, cls="affiches", aria_label="Affiches") if drawn else None


def _to_project(step: ScriptStep) -> Html | None:
    """Return which page of the workbook to project, and how to reach it."""
    if not step.notebook:
        return None
    page = workbook.find(step.notebook)
    if not page.address:
        how = joined("Ouvrez d'abord le cahier. Choisissez ensuite « ", page.label, " » dans son menu.")
    else:
        how = joined("Choisissez-la dans le menu du cahier. Ou ouvrez-la ici : ", _link(page), ".")
    return tag(
        "div", tag("p", tag("strong", f"Page du cahier à projeter : « {page.label} »")), tag("p", how), cls="cadre"
    )


def _link(page: workbook.WorkbookPage) -> Html:
    return tag("a", page.label, " (nouvel onglet)", href=page.address, target="_blank", rel="noopener", cls="lien")


def _propose(workshop: LiveWorkshop) -> Html | None:
    """Return the way to the proposal, when the step is about one."""
    if not (workshop.step and workshop.step.activity and workshop.step.activity.proposes):
        return None
    label = "Changer la proposition" if workshop.live.proposals else "Écrire la proposition"
    text = workshop.live.proposal.told() if workshop.live.now and not workshop.live.now.shown else ""
    said = tag("blockquote", text, cls="grand") if text else None
    return joined(said, tag("p", tag("a", label, href="/animation/proposition", cls="bouton")))


def _hosting(workshop: LiveWorkshop) -> Html | None:
    """Return the way to what the facilitator writes for the group."""
    ways = [_propose(workshop)]
    if workshop.host_form() is not None:
        ways.insert(0, tag("p", tag("a", "Écrire ce que dit le groupe", href="/animation/ecrire", cls="bouton")))
    step = workshop.step
    if (
        step
        and step.activity
        and step.activity.fills
        and step.activity.rounds()[-1].key in workshop.room(step.key).shown
    ):
        put = tag("a", "Mettre dans nos chiffres", href="/animation/nos-chiffres", cls="bouton principal")
        ways.append(tag("p", put))
    return joined(ways)


def _material(items: Iterable[str]) -> Html | None:
    listed = [tag("li", each) for each in items]
    return tag("details", tag("summary", "Matériel"), tag("ul", listed)) if listed else None


def progress(workshop: LiveWorkshop) -> Html:
    """Return how many answered, never what."""
    live, now = workshop.live, workshop.live.now
    takes = workshop.takes((live.step, live.round))
    given = len(workshop.current())
    here = len(live.people)
    said = f"{count(given, 'réponse')} sur {here}"
    done = tag("rect", x="0", y="0", height="100%", width=f"{100 * given / max(here, 1):.1f}%", cls="barre")
    state = "Répondez sur votre téléphone, la tablette ou le papier."
    if now and not takes:
        state = "La question est fermée." if given or now.until else "Écoutez d'abord. La question s'ouvre ensuite."
    return joined(
        tag("p", said, cls="compte"),
        tag("svg", done, cls="piste avance", aria_hidden="true", focusable="false"),
        tag("p", state, cls="grand"),
        tag("p", "Les réponses restent cachées jusqu'à ce qu'on les montre.", cls="aide"),
    )


def door(workshop: LiveWorkshop, address: str) -> Html:
    """Return how to come in: QR code, short address, code."""
    if not workshop.live.entry:
        return tag("section", tag("h2", "Entrée fermée"), cls="porte")
    code = f"{workshop.code[:3]} {workshop.code[3:]}"
    short = address.removeprefix("http://").rstrip("/")
    size = "porte" if workshop.step is None else "porte petite"
    said = tag("p", "Code ", tag("strong", code), cls="code")
    picture = qr(f"{address}?code={workshop.code}")
    return tag("section", picture, tag("p", short, cls="adresse"), said, cls=size, aria_label="Pour entrer")


def _presence(workshop: LiveWorkshop) -> Html:
    """Return who is there and who answered; who is missing comes first."""
    live = workshop.live
    answered = workshop.current()
    chips = []
    for person in sorted(live.people.values(), key=lambda each: bool(live.now) and each.id in answered):
        done = person.id in answered
        state = tag("span", " a répondu" if done else " pas encore", cls="entendu") if live.now else None
        chips.append(tag("li", person.name, state, cls="fait" if done else None))
    title = count(len(live.people), "personne")
    return tag("section", tag("h2", title), tag("ul", chips, cls="presents"), id="presence", data_vif=True)


def _views(token: Html) -> Html:
    """Return the ways to the other views: the screen of the room here or elsewhere, this page on her phone."""
    here = tag(
        "a", "Ouvrir l'écran de la salle", href="/animation/ecran", target="_blank", rel="noopener", cls="bouton"
    )
    ask = [layout.button(label, "pour", kind) for kind, label in INVITATIONS.items()]
    ways = layout.form("/animation/inviter", token, here, ask, cls="gestes petits")
    return tag("section", tag("h2", "Les écrans"), ways)


def _timer(workshop: LiveWorkshop, token: Html) -> Html:
    """Return the one timer: started for the minutes of the step, stopped, or one minute more."""
    until, step = workshop.live.until, workshop.step
    if step is None:
        return Html("")
    left = int((until - datetime.now(UTC)).total_seconds()) if until else None
    shown = f"{max(left, 0) // 60}:{max(left, 0) % 60:02d}" if left is not None else f"{step.minutes}:00"
    clock = tag("p", shown, cls="chrono", role="timer", data_reste=left, aria_label="Temps restant")
    start = layout.button(f"Lancer {step.minutes} min", "geste", "chrono")
    running = joined(
        layout.button("1 min de plus", "geste", "chrono_plus"), layout.button("Arrêter", "geste", "chrono_fin")
    )
    buttons = layout.form("/animation/geste", token, running if until else start, cls="gestes petits")
    return tag("section", tag("h2", "Temps"), clock, buttons, cls="temps")


def _controls(workshop: LiveWorkshop, token: Html) -> Html:
    """Return the bar at the bottom: what comes next first."""
    links = [
        tag("a", "Personnes", href="/animation/personnes", cls="bouton"),
        tag("a", "Déroulé", href="/animation/deroule", cls="bouton"),
        tag("a", "Compte rendu", href="/animation/compte-rendu", cls="bouton"),
    ]
    here = layout.hidden("ou", f"{workshop.live.step}/{workshop.live.round}")
    bar = layout.form("/animation/geste", token, here, _moves(workshop), cls="gestes")
    return tag("nav", bar, tag("div", links, cls="gestes"), cls="barre-gestes", aria_label="Conduire l'atelier")


def _moves(workshop: LiveWorkshop) -> list[Html]:
    """Return the buttons of this moment; the most likely one stands out."""
    if workshop.step is None:
        return [layout.button("Commencer", "geste", "suivant", "principal")]
    now, moves = workshop.live.now, []
    takes = workshop.takes((workshop.live.step, workshop.live.round))
    if workshop.neighbour(-1):
        moves.append(layout.button("Précédent", "geste", "precedent"))
    waits = now and not (now.open or now.shown or now.answers)
    if waits:
        moves.append(layout.button("Ouvrir la question", "geste", "ouvrir", "principal"))
    elif now and not now.shown:
        moves.append(layout.button("Montrer les réponses", "geste", "montrer", "principal"))
    if now and takes:
        moves.append(layout.button("Fermer la question", "geste", "fermer"))
    elif now and not waits and not _asked_next(workshop):
        moves.append(layout.button("Rouvrir la question", "geste", "rouvrir"))
    if workshop.step.optional and not (now and now.answers):
        moves.append(layout.button("Passer cette étape", "geste", "passer"))
    if workshop.neighbour(1):
        moves.append(layout.button("Suivant", "geste", "suivant", "" if now and not now.shown else "principal"))
    return moves


def _asked_next(workshop: LiveWorkshop) -> bool:
    """Tell whether a changed text has a turn of its own: what was said of the old one stays in the record."""
    live, after = workshop.live, workshop.neighbour(1)
    proposes = workshop.step and workshop.step.activity and workshop.step.activity.proposes
    if not (proposes and live.now and live.now.shown and live.now.heard and after and after[0] == live.step):
        return False
    return max(live.now.heard.values()) < len(live.proposals)


def back() -> Html:
    """Return the way back to the page of the room."""
    return tag("p", tag("a", "Revenir à la salle", href="/animation", cls="bouton"))
