"""What the whole room reads, in big type and without a button: what is asked, then what we said together.

No note of the facilitator is here, nor the name of anybody whose answer she types.
"""

from __future__ import annotations

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.server import parts, workbook
from kpa_model.server.pages.control import door, posters, progress
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.words import count
from kpa_model.workshop.seat import PAPER


def screen(workshop: LiveWorkshop, address: str) -> Html:
    """Return the page of the room."""
    return joined(
        tag("div", _body(workshop), id="etape", cls="etape"),
        tag("aside", door(workshop, address), _presence(workshop), aria_label="La salle"),
    )


def _body(workshop: LiveWorkshop) -> Html:
    step, now = workshop.step, workshop.live.now
    if workshop.live.ended:
        return joined(tag("h1", "Merci"), tag("p", "L'atelier est fini.", cls="grand"))
    if step is None:
        said = tag("p", workshop.script.sentence, cls="grand") if workshop.script.sentence else None
        return joined(tag("p", "Bienvenue", cls="surtitre"), tag("h1", workshop.script.title), said)
    title = workshop.round_title() or step.title
    above = tag("p", step.title, cls="surtitre") if title != step.title else None
    head = joined(above, tag("h1", title))
    if now is None:
        look = tag("p", f"Regardons « {workbook.find(step.notebook).label} ».", cls="grand") if step.notebook else None
        return joined(head, look, posters(step))
    if now.shown:
        return joined(head, tag("div", parts.page(workshop.result()), id="resultat", cls="resultat", data_ajuste=True))
    question = tag("div", parts.page(workshop.asked()), cls="demande", data_ajuste=True)
    return joined(head, tag("div", progress(workshop), id="avance", data_vif=True), question)


def _presence(workshop: LiveWorkshop) -> Html:
    """Return who is there; people whose answers are typed are counted, not named."""
    people, answered = workshop.live.people.values(), workshop.current()
    asks = workshop.live.now is not None and not workshop.live.now.shown
    named = [each for each in people if each.by != PAPER]
    chips = [
        tag("li", each.name, cls="fait" if asks and each.id in answered else None)
        for each in sorted(named, key=lambda each: asks and each.id in answered)
    ]
    paper = len(people) - len(named)
    more = tag("p", f"Et {count(paper, 'personne')} sur papier.", cls="aide") if paper else None
    title = tag("h2", count(len(people), "personne"))
    return tag("section", title, tag("ul", chips, cls="presents"), more, id="presence", data_vif=True)
